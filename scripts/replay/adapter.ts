import { type Column, type Game, type Score, STATUSES, type Winner } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'

/** A side of a game to be made: a team by its name, or the people who play it. */
export type SideInput = { name: string } | { members: { name: string }[] }

/** What `POST /games` needs to know of a recorded game. */
export interface GameToCreate {
  home: SideInput
  away: SideInput
  /** ISO-8601 UTC, null where the record has no date. */
  startsAt: string | null
  /** Left out: the pack in force on the game's date. */
  rules?: { pack?: string; values?: Readonly<Record<string, unknown>> }
  externalId: string
}

export interface PlaysToSend {
  plays: PlayInput[]
  /** What no recorded play carries and the result had to give: one short line each. Their plays have `data.fromResult: true`. */
  given: string[]
}

/**
 * Turns one sport's recorded games into plays and says how the game read back differs from the recorded result. `plays` reads
 * `record.expected` for what it lists in `given` alone: without `expected` it yields the same plays, those apart.
 */
export interface ReplayAdapter<R> {
  sport: string
  /** A tie of several matches: its matches, each a record that the other methods take. The tie itself then gets no plays. */
  split?(record: R): readonly R[]
  game(record: R): GameToCreate
  plays(record: R): PlaysToSend
  /** Differences from the record, one line each; empty when all that is compared holds. */
  compare(record: R, game: Game): string[]
}

/** What every record has; `expected` is absent when a replay must do without it. */
export interface RecordedGame {
  id: string
  date?: string | null
  home: string | readonly string[]
  away: string | readonly string[]
}

/** The fields of a recorded game that need no knowledge of its sport. */
export function gameOf(record: RecordedGame): GameToCreate {
  return {
    home: sideOf(record.home, 'Home side'),
    away: sideOf(record.away, 'Away side'),
    startsAt: startOf(record.date),
    externalId: record.id,
  }
}

/** A record may have left a name out, and no name is longer than the API takes it. */
const nameOf = (name: string | null | undefined, nameless: string) => name?.trim().slice(0, LONGEST_NAME).trim() || nameless
function sideOf(names: string | readonly string[] | null | undefined, nameless: string): SideInput {
  return Array.isArray(names)
    ? { members: names.map(name => ({ name: nameOf(name, nameless) })) }
    : { name: nameOf(names as string | null | undefined, nameless) }
}
const LONGEST_NAME = 80

/** Noon UTC of the recorded day (`2019-05-04`, `04/05/2019` with the day first, or a whole timestamp), null where there is none. */
export function startOf(date: string | null | undefined): string | null {
  if (!date) return null
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(date) ?? []
  const iso = year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : date
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T12:00:00.000Z` : iso)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** Statuses that no recorded play tells of: those of games that did not come to an end. */
const UNFINISHED: readonly string[] = STATUSES.filter(status => status !== 'final' && status !== 'forfeited')
const BEGUN = new Set(['live', 'break', 'suspended', 'abandoned'])

/**
 * Collects plays and numbers them: the same record always yields the same ids, so that a second replay finds its plays known, and given
 * plays are numbered apart, so that the others keep theirs when nothing is given.
 */
export function playList() {
  const plays: PlayInput[] = []
  const given: string[] = []
  /** Frame since the last recorded play. */
  let frames: PlayInput[] = []
  const number = (n: number) => String(n).padStart(5, '0')
  const push = (play: PlayInput): PlayInput => {
    plays.push(play)
    return play
  }
  const own = ({ player, ...play }: Omit<PlayInput, 'id'>): PlayInput => {
    const name = nameOf(player, '')
    return push({ id: `replay-${number(plays.length - given.length + 1)}`, ...play, ...(name ? { player: name } : {}) })
  }
  /** A play that the record holds. */
  const add = (play: Omit<PlayInput, 'id'>): PlayInput => {
    frames = []
    return own(play)
  }
  /** A play that the record implies: the beginnings and ends of periods and of the game. */
  const frame = (play: Omit<PlayInput, 'id'>): PlayInput => {
    const framed = own(play)
    frames.push(framed)
    return framed
  }
  /** A play that only the recorded result tells of. */
  const give = (why: string, play: Omit<PlayInput, 'id'>): PlayInput => {
    given.push(why)
    return push({ id: `given-${number(given.length)}`, ...play, data: { ...play.data, fromResult: true } })
  }
  /** The status of a game that was not finished: what was only implied after its last recorded play is taken back. */
  const giveStatus = (status: string | undefined) => {
    if (status === undefined || !UNFINISHED.includes(status)) return
    const isFromStart = frames.length === plays.length - given.length
    for (const { id, kind } of frames.slice(isFromStart && BEGUN.has(status) ? 1 : 0).reverse()) {
      give(`${status}: ${kind} taken back`, { kind: 'void', voids: id })
    }
    give(`status ${status}`, { kind: 'status', data: { status } })
  }
  return { plays, given, add, frame, give, giveStatus }
}

/** One line if the two differ as JSON. */
export function differ(what: string, expected: unknown, read: unknown): string[] {
  const [want, got] = [JSON.stringify(expected), JSON.stringify(read)]
  return want === got ? [] : [`${what}: recorded ${want}, read ${got}`]
}

/** A record's final score, winner (`tie` reads `draw`) and, where named, status; what is undefined is not compared. */
export function differences(
  expected: { home?: number; away?: number; winner?: Winner | 'tie'; status?: string },
  game: Pick<Game, 'score' | 'winner' | 'status'>,
): string[] {
  const { home, away, winner, status } = expected
  return [
    ...(home === undefined || away === undefined ? [] : differ('score', { home, away }, plain(game.score))),
    ...(winner === undefined ? [] : differ('winner', winner === 'tie' ? 'draw' : winner, game.winner)),
    ...(status === undefined ? [] : differ('status', status, game.status)),
  ]
}
const plain = ({ home, away }: Score) => ({ home, away })

/** Compares `[[home, away], …]` with the linescore; columns beyond the record's are added to its last one. */
export function columnDifferences(expected: readonly (readonly (number | null)[])[], columns: readonly Column[]): string[] {
  const folded: (number | null)[][] = []
  for (const [i, { home, away }] of columns.entries()) {
    const last = i >= expected.length ? folded.at(-1) : undefined
    if (last) folded[folded.length - 1] = [(last[0] ?? 0) + (home ?? 0), (last[1] ?? 0) + (away ?? 0)]
    else folded.push([home, away])
  }
  return differ('linescore', expected, folded)
}
