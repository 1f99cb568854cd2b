import { handle, preflight, wholeNumber } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(
  async ({ account, url }, { gameId = '' }) => {
    const seq = wholeNumber(url, 'seq', -1, 0, 999_999_999)
    if (typeof seq !== 'number') return seq
    const answer = await app().games.get(account, gameId, seq < 0 ? undefined : seq)
    return answer.ok ? { body: { game: answer.game } } : answer
  },
  { isPublic: true },
)

export const PATCH = handle(async ({ account, body }, { gameId = '' }) => {
  const answer = await app().games.change(account, gameId, body)
  return answer.ok ? { body: { game: answer.game } } : answer
})

export const DELETE = handle(async ({ account }, { gameId = '' }) => {
  const answer = await app().games.remove(account, gameId)
  return answer.ok ? { body: { ok: true } } : answer
})
