import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const PATCH = handle(async ({ account, body }, { gameId = '', messageId = '' }) => {
  const answer = await app().chat.mute(account, gameId, messageId, body)
  return answer.ok ? { body: { muted: answer.muted } } : answer
})

export const DELETE = handle(async ({ account }, { gameId = '', messageId = '' }) => {
  const answer = await app().chat.remove(account, gameId, messageId)
  return answer.ok ? { body: { ok: true } } : answer
})
