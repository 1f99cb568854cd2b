import { handle, preflight, wholeNumber } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(
  async ({ account, url }, { gameId = '' }) => {
    const limit = wholeNumber(url, 'limit', 50, 1, 200)
    if (typeof limit !== 'number') return limit
    const before = wholeNumber(url, 'before', 0, 1, 999_999_999)
    if (typeof before !== 'number') return before
    const answer = await app().chat.history(account, gameId, before || undefined, limit)
    return answer.ok ? { body: { messages: answer.messages } } : answer
  },
  { isPublic: true },
)
