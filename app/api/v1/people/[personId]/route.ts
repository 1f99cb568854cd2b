import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const DELETE = handle(async ({ account }, { personId = '' }) => {
  const answer = await app().players.erase(account, personId)
  return answer.ok ? { body: { ok: true } } : answer
})
