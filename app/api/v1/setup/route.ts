import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const POST = handle(async ({ request, body }) => {
  const answer = await app().setUp.claim(request.headers, body)
  if (!answer.ok) return answer
  const { id, name, email } = answer.user
  return { status: 201, body: { user: { id, name, email } } }
})
