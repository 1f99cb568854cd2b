import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const DELETE = handle(async ({ account }) => {
  const answer = await app().settings.removeDemo(account)
  return answer.ok ? { body: { games: answer.games } } : answer
})
