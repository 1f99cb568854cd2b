import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const GET = handle(async ({ account }) => {
  const answer = await app().admin.people.list(account)
  return answer.ok ? { body: { people: answer.people } } : answer
})

export const POST = handle(async ({ account, body }) => {
  const answer = await app().admin.people.create(account, body)
  if (!answer.ok) return answer
  const { person, password } = answer
  return { status: 201, body: { person, ...(password ? { password } : {}) } }
})
