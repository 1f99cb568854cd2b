import type { Game, Score } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { differ, differences, gameOf, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'
import { columnsDiffer, type Pair, type SetFormat, scoreOf, setFeed } from './rallies.ts'

interface FeedEvent {
  /** Null before the match. */
  period: number | null
  type: string
  side?: Side | null
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
  format?: { bestOf?: number; gameTo?: number; winBy?: number }
  events: readonly FeedEvent[]
  expected?: { winner: Side | null; games: readonly Pair[]; gamesWon: Pair; status?: string }
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

function rulesOf({ format = {} }: MatchRecord) {
  const { bestOf, gameTo, winBy } = format
  const values = {
    ...(bestOf === undefined ? {} : { bestOf }),
    ...(gameTo === undefined ? {} : { pointsPerSet: gameTo, finalPoints: gameTo }),
    ...(winBy === undefined ? {} : { winBy }),
  }
  return Object.keys(values).length > 0 ? { rules: { values } } : {}
}

/** How many matches a tie is of, and who needs how many, is told by no record: it is over when those that it has are. */
const tieRulesOf = ({ matches }: TieRecord) => ({ rules: { pack: 'tie', values: { tieOf: matches.length, playOn: true } } })

const formatOf = ({ format = {} }: MatchRecord): SetFormat => ({ to: format.gameTo ?? 11, winBy: format.winBy ?? 2 })

/** What a feed tells beside the points. */
const NOTES: Readonly<Record<string, string>> = {
  eventTimeoutStart: 'Time-out',
  eventYellowCard: 'Yellow card',
  eventRedCard: 'Yellow and red card',
  switchDoublesGame: 'The order of the doubles is changed',
  substitution: 'Substitution',
}
/** Those that name a side as plays of their own; points for a card come as points. */
const KINDS: Readonly<Record<string, string>> = { eventTimeoutStart: 'timeout', eventYellowCard: 'yellowCard' }

function playsOf(record: MatchRecord) {
  const list = playList()
  const feed = setFeed(list, () => formatOf(record))
  /** Who serves first in each game, as the feed says, until its first point. */
  const first = new Map<number, Side>()
  const serve = (game: number) => {
    const side = first.get(game)
    if (side) list.add({ kind: 'server', side })
    first.delete(game)
  }
  for (const { period, type, side, score, delta, result } of record.events) {
    const said = scoreOf(result)
    if (type === 'eventSetStart' && period && side) first.set(period, side)
    else if (type === 'eventSetEnd' && period && said) feed.end(period, said)
    else if (type === 'point' && period && side) {
      serve(period)
      feed.point(period, side)
    } else if (type === 'setScore' && period && score) {
      serve(period)
      feed.score(period, score)
    } else if (type === 'pointRemoved' && period) {
      feed.change(period, delta ?? (side === 'home' ? [-1, 0] : [0, -1]))
    } else if (KINDS[type] && side) list.add({ kind: KINDS[type], side })
    else if (NOTES[type]) list.add({ kind: 'note', data: { text: NOTES[type] } })
  }
  feed.close()
  const { status, winner } = record.expected ?? {}
  if (status === 'retired' || status === 'walkover') {
    const data = { how: status, ...(winner ? { winner } : {}) }
    list.give(`${status}${winner ? `, ${winner} won` : ''}`, { kind: 'gameEnd', data })
  }
  list.giveStatus(status)
  return { plays: list.plays, given: list.given }
}

/**
 * Its games, and how many each side won. They tell the winner where one has enough of them, whatever else the feed says; where they do not
 * (a retirement), it is the feed's.
 */
function compareMatch({ format = {}, expected }: MatchRecord, game: Game): string[] {
  if (!expected) return []
  const [home, away] = expected.gamesWon
  const isPlayedOut = Math.max(home, away) * 2 > (format.bestOf ?? 5)
  const winner = isPlayedOut ? (home > away ? 'home' : 'away') : expected.winner
  // Without a winner and a status the feed stopped: nothing tells in what state.
  const { games, status = winner === null ? undefined : 'final' } = expected
  const read = status === 'retired' ? 'final' : status === 'walkover' ? 'forfeited' : status
  return [...differences({ home, away, winner, status: read }, game), ...columnsDiffer(games, game.linescore.columns)]
}

/** Of a tie whose record lacks a match, only the matches it has are compared. A feed without points has them as 0–0. */
function compareTie({ matches, expected }: TieRecord, game: Game): string[] {
  if (!expected) return []
  const { homeMatches, awayMatches, homeGames, awayGames, homePoints, awayPoints, complete } = expected
  if (!complete || matches.length < homeMatches + awayMatches) return []
  const { games, points } = (game.detail as { sums?: { games: Score; points: Score } }).sums ?? {}
  const winner = homeMatches === awayMatches ? 'draw' : homeMatches > awayMatches ? 'home' : 'away'
  return [
    ...differences({ home: homeMatches, away: awayMatches, winner, status: 'final' }, game),
    ...differ('games', [homeGames, awayGames], games && [games.home, games.away]),
    ...(homePoints + awayPoints > 0 ? differ('points', [homePoints, awayPoints], points && [points.home, points.away]) : []),
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
