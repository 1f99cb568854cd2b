import type { GameRow, Ref, Status } from '#domain/game.ts'
import { type Filter, isWanted } from './filter.ts'

/** Where a row stands among the others. Taken down when the board is arranged, so that rows stay put while their games go on. */
export interface Place {
  bucket: Bucket
  startsAt: string | null
  isFavourite: boolean
}
type Bucket = 'live' | 'upcoming' | 'done' | 'off'

const BUCKETS: Readonly<Record<Status, Bucket>> = {
  live: 'live',
  break: 'live',
  suspended: 'live',
  scheduled: 'upcoming',
  final: 'done',
  forfeited: 'done',
  postponed: 'off',
  cancelled: 'off',
  abandoned: 'off',
}
const RANK: Readonly<Record<Bucket, number>> = { live: 0, upcoming: 1, done: 2, off: 3 }

export interface BoardSection {
  key: string
  kind: 'favourites' | 'competition' | 'other'
  competition: Ref | null
  sport: string | null
  ids: string[]
}
export interface Arrangement {
  /** Live games for the wall of a wide screen, favourites first. */
  wall: string[]
  sections: BoardSection[]
}

export const isLive = (row: Pick<GameRow, 'status'>) => BUCKETS[row.status] === 'live'
export const WALL_SIZE = 6

export function placesOf(rows: Iterable<GameRow>, isFavourite: (row: GameRow) => boolean): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const row of rows) {
    places.set(row.id, { bucket: BUCKETS[row.status], startsAt: row.startsAt, isFavourite: isFavourite(row) })
  }
  return places
}

/** The rows in sections: favourites, then competitions, those being played first. Rows without a place are left out. */
export function arrange(rows: Iterable<GameRow>, places: ReadonlyMap<string, Place>, filter: Filter): Arrangement {
  const shown = [...rows].filter(row => isShown(row, places.get(row.id), filter)).sort((a, b) => compare(a, b, places))
  const favourites = shown.filter(row => places.get(row.id)?.isFavourite)
  const others = shown.filter(row => !places.get(row.id)?.isFavourite)
  const sections = new Map<string, BoardSection>()
  // The rows come live first, so the first of a competition decides where the competition stands.
  for (const row of others) {
    const key = row.competition?.id ?? `sport:${row.sport}`
    const section = sections.get(key) ?? {
      key,
      kind: row.competition ? 'competition' : 'other',
      competition: row.competition,
      sport: row.sport,
      ids: [],
    }
    section.ids.push(row.id)
    sections.set(key, section)
  }
  const pinned: BoardSection[] =
    favourites.length > 0
      ? [{ key: 'favourites', kind: 'favourites', competition: null, sport: null, ids: favourites.map(row => row.id) }]
      : []
  const live = [...favourites, ...others].filter(row => places.get(row.id)?.bucket === 'live')
  return { wall: live.slice(0, WALL_SIZE).map(row => row.id), sections: [...pinned, ...sections.values()] }
}

function isShown(row: GameRow, place: Place | undefined, filter: Filter): boolean {
  if (!place || !isWanted(row, filter)) return false
  if (filter.status === 'live') return place.bucket === 'live'
  return filter.status === 'all' || place.isFavourite
}

function compare(a: GameRow, b: GameRow, places: ReadonlyMap<string, Place>): number {
  const [one, two] = [places.get(a.id), places.get(b.id)]
  if (!one || !two) return 0
  return (
    RANK[one.bucket] - RANK[two.bucket] ||
    (one.startsAt ?? '9').localeCompare(two.startsAt ?? '9') ||
    (a.competition?.name ?? '').localeCompare(b.competition?.name ?? '') ||
    (a.id < b.id ? -1 : 1)
  )
}

/** Whether two arrangements show the same rows in the same places. */
export function isSameOrder(a: Arrangement, b: Arrangement): boolean {
  const line = ({ wall, sections }: Arrangement) => `${wall.join()}|${sections.map(s => `${s.key}:${s.ids.join()}`).join(';')}`
  return line(a) === line(b)
}
