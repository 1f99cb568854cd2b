import { type Column, type Game, type How, STATUSES, type Status, type Winner } from '#domain/game.ts'
import type { PlayInput, Side } from '#domain/play.ts'
import { clean } from '#domain/schema.ts'
import type { Sport } from '#domain/sport.ts'

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

/** A record may have left a name out, or written one as the API takes none: too long, with controls in it, half a character. */
export const nameOf = (name: string | null | undefined, nameless: string) =>
  clean(
    clean((name ?? '').toWellFormed())
      .slice(0, LONGEST_NAME)
      .toWellFormed(),
  ) || nameless
function sideOf(names: string | readonly string[] | null | undefined, nameless: string): SideInput {
  return Array.isArray(names)
    ? { members: names.map(name => ({ name: nameOf(name, nameless) })) }
    : { name: nameOf(names as string | null | undefined, nameless) }
}
const LONGEST_NAME = 80
/** A record's id as part of an `externalId`, whatever a source put into it. */
export const printable = (id: string) =>
  id
    .slice(0, 70)
    .toWellFormed()
    .replace(/\p{Cc}/gu, ' ')

/** A minute as plays take it, whole; null where a record has none, or one that no game has. */
export const minuteIn = (minute: number | null | undefined): number | null =>
  typeof minute === 'number' && minute >= 0 && minute <= LAST_MINUTE ? Math.floor(minute) : null
const LAST_MINUTE = 200

/** Noon UTC of the recorded day (`2019-05-04`, `04/05/2019` with the day first, or a whole timestamp), null where there is none. */
export function startOf(date: string | null | undefined): string | null {
  if (!date) return null
  const [, day, month, year] = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(date) ?? []
  const iso = year ? `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}` : date
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T12:00:00.000Z` : iso)
  return Number.isNaN(at.getTime()) ? null : at.toISOString()
}

/** What sources call a game's status, without capitals, spaces and hyphens, where it is not our word. */
const STATUS_WORDS: ReadonlyMap<string, Status> = new Map(
  Object.entries({
    pre: 'scheduled',
    preview: 'scheduled',
    notstarted: 'scheduled',
    fut: 'scheduled',
    tbd: 'scheduled',
    inprogress: 'live',
    crit: 'live',
    overtime: 'live',
    extratime: 'live',
    shootout: 'live',
    firsthalf: 'live',
    secondhalf: 'live',
    halftime: 'break',
    halftimeet: 'break',
    intermission: 'break',
    endperiod: 'break',
    endofperiod: 'break',
    endofregulation: 'break',
    endofextratime: 'break',
    interrupted: 'suspended',
    delayed: 'suspended',
    raindelay: 'suspended',
    canceled: 'cancelled',
    fulltime: 'final',
    finalaet: 'final',
    finalpen: 'final',
    over: 'final',
    off: 'final',
    finished: 'final',
    complete: 'final',
    completed: 'final',
    awarded: 'final',
    forfeit: 'forfeited',
    walkover: 'forfeited',
  }),
)
const plainWord = (word: string) =>
  word
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/^status/, '')
/** A recorded status in our words; one that we have no word for stays as it is, and holds for nothing. */
export const statusOf = (word: string): string =>
  STATUS_WORDS.get(plainWord(word)) ?? STATUSES.find(status => status === plainWord(word)) ?? word
/** Endings that no score tells of. */
const ENDINGS: ReadonlyMap<string, How> = new Map(
  Object.entries({ awarded: 'awarded', forfeited: 'forfeit', forfeit: 'forfeit', walkover: 'walkover' }),
)

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
  /** What a recorded kind of play that scores nothing becomes where it has no place in the rules: a sentence beside the game. */
  const remark = (side: Side | undefined, text: string) => add({ kind: 'note', ...(side ? { side } : {}), data: { text } })
  /** How a game ended that was not played out: its end is told anew, with who was given it. */
  const giveEnding = (word: string, winner: string | null | undefined) => {
    const how = ENDINGS.get(plainWord(word))
    const end = frames.findLast(({ kind }) => kind === 'gameEnd')
    if (!how || !end) return
    const won = winner === 'home' || winner === 'away' ? { winner } : {}
    give([how, winner].filter(Boolean).join(', '), { kind: 'gameEnd', replaces: end.id, data: { how, ...won } })
  }
  /** The status of a game that was not finished: what was only implied after its last recorded play is taken back. */
  const giveStatus = (word: string | null | undefined, winner?: string | null) => {
    if (!word) return
    const status = statusOf(word)
    if (!UNFINISHED.includes(status)) return giveEnding(word, winner)
    const isFromStart = frames.length === plays.length - given.length
    for (const { id, kind } of frames.slice(isFromStart && BEGUN.has(status) ? 1 : 0).reverse()) {
      give(`${status}: ${kind} taken back`, { kind: 'void', voids: id })
    }
    give(`status ${status}`, { kind: 'status', data: { status } })
  }
  return { plays, given, add, frame, give, giveStatus, remark }
}

/** A recorded event that is no kind of play here and scores nothing. */
export const isBesidePlay = ({ kinds }: Pick<Sport, 'kinds'>, { type, points }: { type: string; points?: number | null }): boolean =>
  !Object.hasOwn(kinds, type) && !points

/** One line if the two differ as JSON. */
export function differ(what: string, expected: unknown, read: unknown): string[] {
  const [want, got] = [JSON.stringify(expected), JSON.stringify(read)]
  return want === got ? [] : [`${what}: recorded ${want}, read ${got}`]
}

/** A record's final score, winner (`tie` reads `draw`) and, where named, status; what is undefined is not compared. */
export function differences(
  expected: { home?: number; away?: number; winner?: Winner | 'tie'; status?: string | null },
  game: Pick<Game, 'score' | 'winner' | 'status'>,
): string[] {
  const { home, away, winner, status } = expected
  const read = { home: home === undefined ? home : game.score.home, away: away === undefined ? away : game.score.away }
  return [
    ...differ('score', { home, away }, read),
    ...(winner === undefined ? [] : differ('winner', winner === 'tie' ? 'draw' : winner, game.winner)),
    ...(status ? differ('status', statusOf(status), game.status) : []),
  ]
}

/** Compares `[[home, away], …]` with the linescore; columns beyond the record's are added to its last one. One that is null was not told. */
export function columnDifferences(expected: readonly (readonly (number | null)[] | null)[], columns: readonly Column[]): string[] {
  const folded: (number | null)[][] = []
  for (const [i, { home, away }] of columns.entries()) {
    const last = i >= expected.length ? folded.at(-1) : undefined
    if (last) folded[folded.length - 1] = [(last[0] ?? 0) + (home ?? 0), (last[1] ?? 0) + (away ?? 0)]
    else folded.push([home, away])
  }
  return differ(
    'linescore',
    expected,
    folded.map((column, i) => (expected[i] === null ? null : column)),
  )
}
