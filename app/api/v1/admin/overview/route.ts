import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const GET = handle(async ({ account, request }) => {
  const answer = await app().admin.overview(account, request.headers)
  return answer.ok ? { body: { overview: answer.overview } } : answer
})
