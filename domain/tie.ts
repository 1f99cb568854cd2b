import { scoreOf } from './display-order.ts'
import type { Column, Detail, Score, Status, Winner } from './game.ts'
import { STATUSES } from './game.ts'
import type { LoggedPlay, Side } from './play.ts'
import { type Refusal, type RulePack, refuse, type Sport, type Step } from './sport.ts'

/** How a tie of several matches is decided. */
export interface TieRules {
  /** How many matches are planned; 0: as many as it has. */
  tieOf: number
  /** All of them are played, also when the tie is decided. */
  playOn: boolean
  /** What decides when both have won as many matches: nothing more, then it is drawn; or the games of all matches; or those, then their points. */
  decidedBy: 'matches' | 'games' | 'points'
}

/** The pack that makes a game of any sport a tie. */
export const TIE_PACK: RulePack<TieRules> = {
  id: 'tie',
  name: 'Tie of several matches',
  version: '1',
  from: '1900-01-01',
  isDefault: true,
  source: 'Set by each league: ITTF regulations for team matches, Davis Cup regulations and others differ in number alone.',
  values: { tieOf: 0, playOn: false, decidedBy: 'matches' },
}
export const MOST_PARTS = 99

export const isTie = (rules: unknown): boolean => typeof (rules as Partial<TieRules> | null | undefined)?.tieOf === 'number'

/** What a tie knows of one of its matches. */
export interface TiePart {
  /** The game that it is. */
  id: string
  /** How far that game had come. */
  seq: number
  status: Status
  statusReason: string | null
  score: Score
  winner: Winner
  columns: Column[]
}
interface State {
  parts: TiePart[]
}
/** `detail` of a tie. */
export interface TieDetail {
  parts: TiePart[]
  /** What the scores of all matches come to, and what their columns do. */
  sums: { games: Score; points: Score }
}

const ties = new WeakMap<Sport, Sport>()

/** The sport as these rules have it: itself, or a tie of it. */
export function playedAs(sport: Sport, rules: unknown): Sport {
  if (!isTie(rules) || sport.packs[0] === TIE_PACK) return sport
  const known = ties.get(sport)
  if (known) return known
  const tie = tieOf(sport)
  ties.set(sport, tie)
  return tie
}

const OVER: ReadonlySet<Status> = new Set(['final', 'forfeited', 'abandoned', 'cancelled'])
const TO_COME: ReadonlySet<Status> = new Set(['scheduled', 'postponed', 'cancelled'])
const hasBegun = ({ status }: TiePart) => !TO_COME.has(status)
const isOver = ({ status }: TiePart) => OVER.has(status)
const WON: ReadonlySet<Winner> = new Set(['home', 'away'])

/**
 * A tie over a sport: it folds what the server tells it of its matches (`part`), each time with all that is known of that match. Its score
 * is the matches won, a column stands for each match that has begun.
 */
function tieOf(sport: Sport): Sport {
  const { labels } = sport
  const tie: Sport<State, TieRules> = {
    id: sport.id,
    name: sport.name,
    version: sport.version,
    labels: {
      game: 'Tie',
      period: 'Match',
      periods: 'Matches',
      unit: 'match',
      units: 'matches',
      byPeriod: 'By match',
      inColumns: labels.units,
      ...(labels.tablePoints ? { tablePoints: labels.tablePoints } : {}),
      ...(labels.tieBreakers ? { tieBreakers: labels.tieBreakers } : {}),
    },
    endsItself: true,
    timed: null,
    packs: [TIE_PACK],
    ruleFields: {
      tieOf: { type: 'int', min: 0, max: MOST_PARTS, default: 0, label: 'Matches planned' },
      playOn: { type: 'flag', default: false, label: 'All are played' },
      decidedBy: {
        type: 'choice',
        options: ['matches', 'games', 'points'],
        labels: { matches: 'Matches won', games: 'Then games', points: 'Then games, then points' },
        default: 'matches',
        label: 'Decided by',
      },
    },
    kinds: {
      part: {
        label: 'Match of the tie',
        side: 'optional',
        isNews: true,
        data: {
          part: { type: 'text', max: 64, label: 'Game' },
          number: { type: 'int', min: 1, max: 999, label: 'Number in the tie' },
          seq: { type: 'int', min: 0, max: Number.MAX_SAFE_INTEGER, label: 'Its newest play' },
          status: { type: 'choice', options: STATUSES, label: 'Status' },
          how: { type: 'text', max: 120, label: 'How it ended, or why it waits', optional: true },
          score: { type: 'score', max: 100_000, label: 'Score' },
          winner: { type: 'choice', options: ['home', 'away', 'draw'], label: 'Winner', optional: true },
          columns: { type: 'text', max: 1_000, label: 'Linescore', optional: true },
          removed: { type: 'flag', label: 'Taken out', optional: true },
        },
      },
    },
    initial: () => ({ parts: [] }),
    reduce: hear,
    score: ({ parts }) => wonIn(parts),
    columns: ({ parts }) =>
      parts.flatMap((part, i) => (hasBegun(part) ? [{ label: String(i + 1), home: part.score.home, away: part.score.away }] : [])),
    period({ parts }) {
      const under = parts.findIndex(part => hasBegun(part) && !isOver(part))
      const number = 1 + (under < 0 ? parts.findLastIndex(hasBegun) : under)
      return number === 0 ? null : { number, kind: 'match', label: `Match ${number}` }
    },
    end(state, rules) {
      const { parts } = state
      if (parts.length === 0) return null
      const { home, away } = wonIn(parts)
      const left = Math.max(rules.tieOf, parts.length) - parts.filter(isOver).length
      const isDecided = left <= 0 || (!rules.playOn && Math.abs(home - away) > left)
      return isDecided ? { how: 'regulation', winner: leader(state, rules) } : null
    },
    winner: leader,
    detail: ({ parts }): Detail => ({ parts, sums: sumsOf(parts) }) satisfies TieDetail as unknown as Detail,
    totals(detail) {
      const { sums } = detail as unknown as TieDetail
      // What one match is won by, where its score says that: sets, games.
      return sport.showColumns ? [{ label: labels.units.charAt(0).toUpperCase(), name: labels.units, of: sums.games }] : []
    },
    chart: 'lead',
    actions: () => [],
    describe: play => say(play),
    words: {
      planned: 'Match {number} is planned',
      status: 'Match {number} {status}',
      score: 'Match {number}: {home}–{away}',
      won: 'Match {number} goes to {side}, {home}–{away}',
      drawn: 'Match {number} is drawn, {home}–{away}',
      over: 'Match {number} is over without a winner',
      removed: 'Match {number} is taken out of the tie',
    },
    glance({ detail, status, displayOrder }) {
      const { parts } = detail as unknown as TieDetail
      const i = parts.findIndex(part => hasBegun(part) && !isOver(part))
      const part = parts[i]
      return part && status === 'live' ? { middle: `Match ${i + 1}, ${scoreOf(part.score, { displayOrder })}` } : {}
    },
  }
  return tie as unknown as Sport
}

/** News of one match: it takes the place of what was known of it. */
function hear(state: State, play: LoggedPlay): Step<State> | Refusal {
  if (play.kind !== 'part') return refuse('A tie is scored in its matches.', 'kind')
  const data = play.data as unknown as PartData
  const known = state.parts.find(({ id }) => id === data.part)
  if (known && data.seq < known.seq) return refuse('More is known of this match already.', 'data.seq')
  if (!known && data.removed) return refuse('The tie has no such match.', 'data.part')
  if (!known && state.parts.length >= MOST_PARTS) return refuse('The tie has too many matches.', 'data.part')
  const told: TiePart = {
    id: data.part,
    seq: data.seq,
    status: data.status,
    statusReason: data.how ?? null,
    score: data.score,
    winner: data.winner ?? null,
    columns: readColumns(data.columns),
  }
  const others = state.parts.filter(({ id }) => id !== data.part)
  const parts = data.removed ? others : known ? state.parts.map(part => (part === known ? told : part)) : [...state.parts, told]
  const isOn = parts.some(hasBegun)
  const changes = isOn !== state.parts.some(hasBegun) || (!data.removed && told.status === 'live')
  return { state: { parts }, ...(changes ? { status: isOn ? 'live' : 'scheduled' } : {}) }
}

/** What a `part` play holds: of the game all that its tie needs, and nothing personal. */
export interface PartData {
  part: string
  number: number
  seq: number
  status: Status
  how?: string
  score: Score
  winner?: Side | 'draw'
  /** `11-6 9-11`, `x` where a side had nothing to play. */
  columns?: string
  removed?: boolean
}

export const writeColumns = (columns: readonly Column[]): string =>
  columns
    .map(({ home, away }) => `${home ?? 'x'}-${away ?? 'x'}`)
    .join(' ')
    .slice(0, 1_000)

function readColumns(text = ''): Column[] {
  const cell = (part = 'x') => (part === 'x' ? null : Number(part))
  return text
    .split(' ')
    .filter(Boolean)
    .map((column, i) => {
      const [home, away] = column.split('-')
      return { label: String(i + 1), home: cell(home), away: cell(away) }
    })
}

function wonIn(parts: readonly TiePart[]): Score {
  const of = (side: Side) => parts.filter(part => isOver(part) && part.winner === side).length
  return { home: of('home'), away: of('away') }
}

function sumsOf(parts: readonly TiePart[]): TieDetail['sums'] {
  const sum = (of: (part: TiePart) => Score): Score =>
    parts.map(of).reduce((all, { home, away }) => ({ home: all.home + home, away: all.away + away }), { home: 0, away: 0 })
  const inColumns = ({ columns }: TiePart): Score => ({
    home: columns.reduce((all, { home }) => all + (home ?? 0), 0),
    away: columns.reduce((all, { away }) => all + (away ?? 0), 0),
  })
  return { games: sum(({ score }) => score), points: sum(inColumns) }
}

function leader({ parts }: State, { decidedBy }: TieRules): Winner {
  const { games, points } = sumsOf(parts)
  const measures = [wonIn(parts), ...(decidedBy === 'matches' ? [] : [games]), ...(decidedBy === 'points' ? [points] : [])]
  const telling = measures.find(({ home, away }) => home !== away)
  return telling ? (telling.home > telling.away ? 'home' : 'away') : 'draw'
}

function say({ data }: LoggedPlay): { key: string; values: Record<string, string | number> } {
  const { number, status, score, winner = null, removed } = data as unknown as PartData
  const values = { number, status, home: score.home, away: score.away }
  if (removed) return { key: 'removed', values }
  if (status === 'scheduled') return { key: 'planned', values }
  if (status === 'final' || status === 'forfeited') return { key: WON.has(winner) ? 'won' : winner === 'draw' ? 'drawn' : 'over', values }
  return { key: status === 'live' || status === 'break' ? 'score' : 'status', values }
}
