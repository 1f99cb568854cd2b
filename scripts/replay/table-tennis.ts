import type { Game, Score } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { differ, differences, gameOf, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'
import {
  columnsDiffer,
  endingOf,
  giveEnd,
  isForfeit,
  type Pair,
  rulesFrom,
  type SetFormat,
  scoreOf,
  setFeed,
  statusRead,
} from './rallies.ts'

interface FeedEvent {
  /** Null before the match. */
  period: number | null
  type: string
  side?: Side | null
  /** What it is worth, whatever it is called. */
  points?: number | null
  /** Of `setScore`: the score of the game from now on. */
  score?: Pair
  /** Of `pointRemoved`: how the score changed. */
  delta?: Pair
  /** The score as the feed's own events say it, `7:11`. */
  result?: string
}

/** One match of a tie. */
interface Match {
  id: string
  format?: { bestOf?: number | null; gameTo?: number | null; winBy?: number | null } | null
  /** None, or null, of a match that was not played. */
  events?: readonly FeedEvent[] | null
  expected?: { winner: Side | null; games?: readonly Pair[] | null; gamesWon?: Pair | null; status?: string | null }
}
interface MatchRecord extends RecordedGame, Omit<Match, 'id'> {}

/** Two teams, several matches. */
interface TieRecord extends RecordedGame {
  matches: readonly Match[]
  expected?: {
    homeMatches: number
    awayMatches: number
    homeGames: number
    awayGames: number
    homePoints: number
    awayPoints: number
    /** Whether every match of the tie is in the record. */
    complete: boolean
  }
}
type TableTennisRecord = TieRecord | MatchRecord

const isTie = (record: TableTennisRecord): record is TieRecord => 'matches' in record

const gamesToWin = ({ format }: Pick<Match, 'format'>) => Math.floor((format?.bestOf ?? 5) / 2) + 1

function rulesOf(record: MatchRecord) {
  const { bestOf, gameTo, winBy } = record.format ?? {}
  // In tables a match given away counts as lost in straight games.
  const forfeitScore = isForfeit(endingOf(statusOf(record))) ? gamesToWin(record) : null
  return rulesFrom({ bestOf, pointsPerSet: gameTo, finalPoints: gameTo, winBy, forfeitScore })
}

/**
 * How it ended, as the record says or as follows: whoever won without the games that it takes won because the other gave up, or never came.
 * Without a winner the feed stopped, and nothing tells in what state.
 */
function statusOf(record: MatchRecord): string | undefined {
  const { expected } = record
  if (!expected || expected.status) return expected?.status ?? undefined
  const gamesWon = gamesWonIn(expected)
  if (!gamesWon) return undefined
  if (Math.max(...gamesWon) >= gamesToWin(record)) return wasPlayed(record) ? 'final' : 'walkover'
  return expected.winner === null ? undefined : wasPlayed(record) ? 'retired' : 'walkover'
}
/** As the record says, else as its games tell. */
const gamesWonIn = ({ gamesWon, games }: NonNullable<MatchRecord['expected']>): Pair | undefined =>
  gamesWon ?? (games ? [games.filter(([home, away]) => home > away).length, games.filter(([home, away]) => away > home).length] : undefined)
const wasPlayed = ({ events }: Pick<Match, 'events'>) => (events ?? []).some(({ type }) => type === 'point' || type === 'setScore')
/** The side with the games that it takes, whatever else the feed says; else the feed's. */
function winnerOf({ format, expected }: MatchRecord): Side | null {
  const [home, away] = (expected && gamesWonIn(expected)) ?? [0, 0]
  return Math.max(home, away) >= gamesToWin({ format }) ? (home > away ? 'home' : 'away') : (expected?.winner ?? null)
}

/** How many matches a tie is of, and who needs how many, is told by no record: it is over when those that it has are. */
const tieRulesOf = ({ matches }: TieRecord) => ({ rules: { pack: 'tie', values: { tieOf: matches.length, playOn: true } } })

const formatOf = ({ format }: MatchRecord): SetFormat => ({ to: format?.gameTo ?? 11, winBy: format?.winBy ?? 2 })

/** What a feed tells beside the points. */
const NOTES: Readonly<Record<string, string>> = {
  eventTimeoutStart: 'Time-out',
  eventYellowCard: 'Yellow card',
  eventRedCard: 'Yellow and red card',
  switchDoublesGame: 'The order of the doubles is changed',
  substitution: 'Substitution',
}
/** Those that change the score in a way of their own. */
const RESET: ReadonlySet<string> = new Set(['setScore', 'pointRemoved'])
/** Those that name a side as plays of their own; points for a card come as points. */
const KINDS: Readonly<Record<string, string>> = { eventTimeoutStart: 'timeout', eventYellowCard: 'yellowCard' }

function playsOf(record: MatchRecord) {
  const list = playList()
  const feed = setFeed(list, () => formatOf(record), record.format?.bestOf ?? 5)
  /** Who serves first in each game, as the feed says, until its first point. */
  const first = new Map<number, Side>()
  const serve = (game: number) => {
    const side = first.get(game)
    if (side) list.add({ kind: 'server', side })
    first.delete(game)
  }
  for (const { period, type, side, score, delta, result, points } of record.events ?? []) {
    const said = scoreOf(result)
    if (type === 'eventSetStart' && period && side) first.set(period, side)
    else if (type === 'eventSetEnd' && period && said) feed.end(period, said)
    else if (period && side && (type === 'point' || (!RESET.has(type) && (points ?? 0) > 0))) {
      serve(period)
      for (let i = 0; i < (type === 'point' ? 1 : (points ?? 0)); i++) feed.point(period, side)
    } else if (type === 'setScore' && period && score) {
      serve(period)
      feed.score(period, score)
    } else if (type === 'pointRemoved' && period) {
      feed.change(period, delta ?? (side === 'home' ? [-1, 0] : [0, -1]))
    } else if (KINDS[type] && side && !feed.isDecided()) list.add({ kind: KINDS[type], side })
    else if (NOTES[type]) list.add({ kind: 'note', data: { text: NOTES[type] } })
  }
  feed.close()
  const status = statusOf(record)
  // Where the tie was decided before, a match of it is not played any more.
  const isDropped = status === undefined && record.expected !== undefined && !wasPlayed(record)
  giveEnd(list, isDropped ? 'cancelled' : status, winnerOf(record))
  return { plays: list.plays, given: list.given }
}

/** Its games, how many each side won, and who the match. */
function compareMatch(record: MatchRecord, game: Game): string[] {
  const { expected } = record
  if (!expected) return []
  const [home, away] = gamesWonIn(expected) ?? []
  const status = statusOf(record)
  const winner = winnerOf(record)
  if (isForfeit(endingOf(status))) return differences({ winner, status: 'forfeited' }, game)
  return [
    ...differences({ home, away, winner, status: statusRead(status) }, game),
    ...(expected.games ? columnsDiffer(expected.games, game.linescore.columns) : []),
  ]
}

/** Of a tie whose record lacks a match, only the matches it has are compared. A feed without points has them as 0–0. */
function compareTie({ matches, expected }: TieRecord, game: Game): string[] {
  if (!expected) return []
  const { homeMatches, awayMatches, homeGames, awayGames, homePoints, awayPoints, complete } = expected
  if (!complete || matches.length < homeMatches + awayMatches) return []
  const { sums, parts = [] } = game.detail as { sums?: { games: Score; points: Score }; parts?: readonly { status: string }[] }
  const { games, points } = sums ?? {}
  // The points of a match that was not played are not played either.
  const isPlayed = parts.every(({ status }) => status !== 'forfeited')
  const winner = homeMatches === awayMatches ? 'draw' : homeMatches > awayMatches ? 'home' : 'away'
  return [
    ...differences({ home: homeMatches, away: awayMatches, winner, status: 'final' }, game),
    ...differ('games', [homeGames, awayGames], games && [games.home, games.away]),
    ...(homePoints + awayPoints > 0 && isPlayed ? differ('points', [homePoints, awayPoints], points && [points.home, points.away]) : []),
  ]
}

export const adapter: ReplayAdapter<TableTennisRecord> = {
  sport: 'table_tennis',

  split(record) {
    if (!isTie(record)) return []
    const { date, home, away } = record
    return record.matches.map((match): MatchRecord => ({ ...match, date, home, away }))
  },

  game: record => ({ ...gameOf(record), ...(isTie(record) ? tieRulesOf(record) : rulesOf(record)) }),
  plays: record => (isTie(record) ? { plays: [], given: [] } : playsOf(record)),
  compare: (record, game) => (isTie(record) ? compareTie(record, game) : compareMatch(record, game)),
}
