import { handle, preflight, wholeNumber } from '#app/api/handle.ts'
import { failure } from '#domain/errors.ts'
import { STATUSES } from '#domain/game.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(
  async ({ account, url }) => {
    const limit = wholeNumber(url, 'limit', 100, 1, 500)
    if (typeof limit !== 'number') return limit
    const value = (name: string) => url.searchParams.get(name) ?? undefined
    // An id that got lost on the way to the address is no wish for all games.
    const empty = ['competition', 'sport', 'team'].find(name => value(name) === '')
    if (empty) return failure('INVALID_PAYLOAD', 'Empty.', { path: empty })
    const status = value('status')?.split(',')
    if (status?.some(entry => !(STATUSES as readonly string[]).includes(entry)))
      return failure('INVALID_PAYLOAD', 'No such status.', { path: 'status' })
    const answer = await app().games.list(account, {
      date: value('date'),
      tz: value('tz'),
      status,
      competition: value('competition'),
      sport: value('sport'),
      team: value('team'),
      cursor: value('cursor'),
      limit,
    })
    return answer.ok ? { body: { games: answer.games, cursor: answer.cursor } } : answer
  },
  { isPublic: true },
)

export const POST = handle(async ({ account, body }) => {
  const answer = await app().games.create(account, body)
  return answer.ok ? { status: answer.created ? 201 : 200, body: { game: answer.game } } : answer
})
