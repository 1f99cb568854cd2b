import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const PATCH = handle(async ({ account, body }, { teamId = '' }) => {
  const answer = await app().teams.change(account, teamId, body)
  return answer.ok ? { body: { team: answer.team } } : answer
})
