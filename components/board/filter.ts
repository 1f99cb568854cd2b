import type { GameRow } from '#domain/game.ts'

/** What of the day a reader wants to see. Lives in the address, so that it can be sent to somebody. */
export interface Filter {
  status: 'all' | 'live' | 'favourites'
  sport: string | null
  competition: string | null
}

type Params = { get(name: string): string | null }

export function readFilter(params: Params): Filter {
  const status = params.get('status')
  return {
    status: status === 'live' || status === 'favourites' ? status : 'all',
    sport: params.get('sport') || null,
    competition: params.get('comp') || null,
  }
}

/** The address of a day under a filter; today's needs no date. */
export function boardHref(date: string | null, filter: Filter): string {
  const query = new URLSearchParams()
  if (date) query.set('d', date)
  if (filter.status !== 'all') query.set('status', filter.status)
  if (filter.sport) query.set('sport', filter.sport)
  if (filter.competition) query.set('comp', filter.competition)
  const text = query.toString()
  return text ? `/?${text}` : '/'
}

export const isFiltered = (filter: Filter) => filter.status !== 'all' || filter.sport !== null || filter.competition !== null

/** Sport and competition; the status is a matter of the arrangement, since it changes while a reader looks. */
export function isWanted(row: Pick<GameRow, 'sport' | 'competition'>, filter: Filter): boolean {
  if (filter.sport && row.sport !== filter.sport) return false
  return !filter.competition || row.competition?.id === filter.competition
}
