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
    const date = value('date')
    if (date !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(Date.parse(date))))
      return failure('INVALID_PAYLOAD', 'A day, YYYY-MM-DD.', { path: 'date' })
    const tz = value('tz')
    if (tz !== undefined && !isTimeZone(tz)) return failure('INVALID_PAYLOAD', 'Not a time zone.', { path: 'tz' })
    const status = value('status')?.split(',')
    if (status?.some(entry => !(STATUSES as readonly string[]).includes(entry)))
      return failure('INVALID_PAYLOAD', 'No such status.', { path: 'status' })
    const answer = await app().games.list(account, {
      date,
      tz,
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

function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
