import type { Column } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { differ, differences, gameOf, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'
import { asPeople, endingOf, giveEnd, isForfeit, type Pair, rulesFrom, statusRead } from './rallies.ts'

/** A recorded match: one character a point, and the score lines somebody else wrote down. */
interface TennisRecord extends RecordedGame {
  format?: { bestOf?: number | null; finalSet?: string | null; noAd?: boolean | null } | null
  /** `1` home won the point, `2` away. */
  points?: string | null
  firstServer?: Side
  /** The same points in the source's letters (S server, R receiver, A ace, D double fault) between separators. */
  marked?: string
  /** Who served each point, `1` or `2`. */
  servers?: string
  expected?: {
    /** `final`, `incomplete`, or how it ended or why it did not. */
    status: string
    winner: Side | null
    sets?: Pair[] | null
    /** The set under way included. */
    setsAtRetirement?: Pair[]
    tiebreaks?: (Pair | null)[]
    tiebreakLoserPoints?: (number | null)[]
    /** `[points played, set, home games, away games]` after each game. */
    gamesAfterPoint?: [number, number, number, number][]
  }
}

const HOWS: Readonly<Record<string, string>> = { A: 'ace', D: 'doubleFault' }

/** Who won each point; whatever else stands between them is none. */
const pointsOf = ({ points }: TennisRecord): Side[] =>
  [...(points ?? '').replace(/[^12]/g, '')].map(point => (point === '1' ? 'home' : 'away'))

function rulesOf({ format }: TennisRecord) {
  const { bestOf, finalSet, noAd } = format ?? {}
  // `n/a` stands where no point was played.
  return rulesFrom({ bestOf, finalSet: finalSet === 'n/a' ? null : finalSet, noAd })
}

function firstServerOf({ firstServer, servers }: TennisRecord): Side | null {
  if (firstServer) return firstServer
  return servers?.startsWith('1') ? 'home' : servers?.startsWith('2') ? 'away' : null
}

/** How each point was won, where the source says so for exactly these points. */
function howsOf(record: TennisRecord): (string | undefined)[] {
  const letters = (record.marked ?? '').replace(/[^A-Z]/gi, '')
  return letters.length === pointsOf(record).length ? [...letters].map(letter => HOWS[letter]) : []
}

const lastOf = <T>(list: readonly T[] | undefined): T | undefined => list?.[list.length - 1]

type Told = NonNullable<TennisRecord['expected']>
type Expected = Told & { sets: Pair[] }
const isWhole = (expected: Told): expected is Expected => Boolean(expected.sets)

/** Of a match broken off, the sets that are over: a score line may end with the one that was not, `6-4 2-1 ret.` */
function completeOf({ sets, status }: Expected): readonly Pair[] {
  const [home, away] = lastOf(sets) ?? [0, 0]
  const [most, least] = [Math.max(home, away), Math.min(home, away)]
  return status === 'final' || (most >= 6 && (most - least >= 2 || (most - least === 1 && least % 6 === 0))) ? sets : sets.slice(0, -1)
}

/** The columns to be read: complete sets, and the one broken off where the record knows it; null there where it does not. */
function setsOf(expected: Expected): readonly (Pair | null)[] {
  if (expected.setsAtRetirement) return expected.setsAtRetirement
  const sets = completeOf(expected)
  if (expected.status === 'final' || sets.length < expected.sets.length) return expected.sets
  const [, set, home, away] = lastOf(expected.gamesAfterPoint) ?? []
  if (set === undefined) return [...sets, null]
  return set === sets.length + 1 && home !== undefined && away !== undefined ? [...sets, [home, away]] : sets
}

/** A set broken off before its first game is over is in no official score line, or as 0–0. */
const isBlank = (pair: Pair | null | undefined) => pair?.[0] === 0 && pair[1] === 0
const told = (sets: readonly (Pair | null)[]) => (isBlank(lastOf(sets)) ? sets.slice(0, -1) : sets)

function linescoreDiffers(expected: Expected, columns: readonly Column[]): string[] {
  const wanted = setsOf(expected)
  const read = columns.map(({ home, away }): Pair => [home ?? 0, away ?? 0])
  if (lastOf(wanted) !== null) return differ('linescore', told(wanted), told(read))
  return differ('linescore', wanted.slice(0, -1), read.slice(0, wanted.length - 1))
}

export const adapter: ReplayAdapter<TennisRecord> = {
  sport: 'tennis',

  game: record => ({ ...gameOf({ ...record, home: asPeople(record.home), away: asPeople(record.away) }), ...rulesOf(record) }),

  plays(record) {
    const list = playList()
    const server = firstServerOf(record)
    if (server) list.add({ kind: 'server', side: server })
    const hows = howsOf(record)
    for (const [i, side] of pointsOf(record).entries()) {
      const how = hows[i]
      list.add({ kind: 'point', side, ...(how ? { data: { how } } : {}) })
    }
    const { status, winner } = record.expected ?? {}
    giveEnd(list, status, winner)
    return { plays: list.plays, given: list.given }
  },

  compare(record, game) {
    const { expected } = record
    if (!expected) return []
    const { status, winner } = expected
    const how = endingOf(status)
    if (isForfeit(how)) return [...differences({ winner, status: 'forfeited' }, game), ...differ('statusReason', how, game.statusReason)]
    const hasBegun = pointsOf(record).length > 0
    if (!isWhole(expected)) return differences({ winner, status: statusRead(status, hasBegun) }, game)
    const sets = completeOf(expected)
    const { columns } = game.linescore
    const complete = columns.slice(0, sets.length)
    const won = (side: 0 | 1) => sets.filter(set => set[side] > set[(1 - side) as 0 | 1]).length
    const loserPoints = complete.map(({ tiebreak }) => (tiebreak ? Math.min(tiebreak.home, tiebreak.away) : null))
    const tiebreaks = complete.map(({ tiebreak }) => (tiebreak ? [tiebreak.home, tiebreak.away] : null))
    return [
      ...differences({ home: won(0), away: won(1), winner, status: statusRead(status, hasBegun) }, game),
      ...(how ? differ('statusReason', how, game.statusReason) : []),
      ...linescoreDiffers(expected, columns),
      ...(expected.tiebreaks ? differ('tie-breaks', expected.tiebreaks.slice(0, sets.length), tiebreaks) : []),
      ...(expected.tiebreakLoserPoints ? differ("tie-breaks' loser", expected.tiebreakLoserPoints.slice(0, sets.length), loserPoints) : []),
    ]
  },
}
