import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const DELETE = handle(async ({ account }, { tokenId = '' }) => {
  const answer = await app().admin.tokens.revoke(account, tokenId)
  return answer.ok ? { body: { ok: true } } : answer
})
