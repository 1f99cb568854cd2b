import { handle, preflight, wholeNumber } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(
  async ({ account, url }, { gameId = '' }) => {
    const after = wholeNumber(url, 'after', 0, 0, 999_999_999)
    if (typeof after !== 'number') return after
    const limit = wholeNumber(url, 'limit', 1000, 1, 1000)
    if (typeof limit !== 'number') return limit
    const answer = await app().games.plays(account, gameId, after, limit)
    return answer.ok ? { body: { plays: answer.plays, epoch: answer.epoch, seq: answer.seq } } : answer
  },
  { isPublic: true },
)

export const POST = handle(
  async ({ account, body }, { gameId = '' }) => {
    const isBatch = Array.isArray(body)
    const answer = await app().games.record(account, gameId, isBatch ? body : [body], isBatch)
    if (!answer.ok) return answer
    const { seq, epoch, game, plays, created } = answer
    return { status: created ? 201 : 200, body: { seq, epoch, game, plays } }
  },
  { isBatch: true },
)
