import type { Column, How, Score, Winner } from '../game.ts'
import { type LoggedPlay, other, type Side } from '../play.ts'
import { type Refusal, refuse } from '../sport.ts'
import { type Closed, type Crease, type Innings, type Lineup, newCrease, type Overs, type Rules } from './cricket-balls.ts'
import { LEVEL, ordinal, warned } from './timed.ts'

/**
 * Cricket's innings: how they follow each other, when one is over, and what they come to (Laws 13 to 16). An innings ends by what it is, its
 * wickets, overs or target; only what cannot be seen from that is kept of it.
 */
export interface State {
  rows: readonly Innings[]
  crease: Crease
  /** Who bats next, where somebody said so: before the first innings, and after a follow-on. */
  next: Side | null
  /** Named for the innings that has not begun. */
  lineup: Lineup | null
  /** Overs of the innings to come, where they were cut. */
  reduced: Overs | null
  /** A revised target. `isPassed`: the side batting last had it already when play was ended for good. */
  target: { runs: number; isMethod: boolean; isPassed: boolean } | null
  /** Penalty runs of a side whose innings has not begun yet: they are added to that one (Law 41.18), and count from now on. */
  ahead: Score
}

/** A longer one than any on record ends level. */
const MOST_SUPER_OVERS = 5
const SUPER_OVER: Overs = [1, 0]
const SUPER_WICKETS = 2

export const initial = (rules: Rules): State => ({
  rows: [],
  crease: newCrease(rules),
  next: null,
  lineup: null,
  reduced: null,
  target: null,
  ahead: LEVEL,
})

/** Innings before any super over. */
export const inningsOf = (rules: Rules) => 2 * rules.inningsEach
export const isSuper = (at: number, rules: Rules) => at >= inningsOf(rules)
export const wicketsOf = (at: number, rules: Rules) => (isSuper(at, rules) ? Math.min(SUPER_WICKETS, rules.wickets) : rules.wickets)
export const isTimeless = (rules: Rules) => rules.overs === 0

export function limitOf(state: State, at: number, rules: Rules): Overs | null {
  if (isSuper(at, rules)) return SUPER_OVER
  return state.rows[at]?.limit ?? (isTimeless(rules) ? null : [rules.overs, 0])
}
export const isBowled = ({ overs, balls }: Pick<Innings, 'overs' | 'balls'>, [most, rest]: Overs) =>
  overs > most || (overs === most && balls >= rest)

/** Those of the match itself: what is ahead of a super over counts in it alone. */
const aheadOf = ({ rows, ahead }: State, rules: Rules): Score => (rows.length < inningsOf(rules) ? ahead : LEVEL)
export function totalOf(state: State, side: Side, rules: Rules): number {
  const rows = state.rows.slice(0, inningsOf(rules))
  return rows.reduce((sum, row) => sum + (row.side === side ? row.runs : 0), aheadOf(state, rules)[side])
}
export const scoreOf = (state: State, rules: Rules): Score => ({
  home: totalOf(state, 'home', rules),
  away: totalOf(state, 'away', rules),
})

/** A column an innings; one that has runs before it begins stands there already. */
export function columnsOf(state: State, rules: Rules): Column[] {
  const ahead = aheadOf(state, rules)
  const due = dueSide(state, rules) ?? (ahead.home > 0 ? 'home' : 'away')
  const coming = [due, other(due)]
  const told = coming.slice(0, coming.findLastIndex(side => ahead[side] > 0) + 1)
  const cells = [...state.rows.slice(0, inningsOf(rules)), ...told.map(side => ({ side, runs: ahead[side] || null }))]
  return cells.map(({ side, runs }, i) => ({
    label: ordinal(i + 1),
    home: side === 'home' ? runs : null,
    away: side === 'away' ? runs : null,
  }))
}

/** Runs that win the match for the side batting last; null before that is clear. */
export function targetOf(state: State, rules: Rules): number | null {
  const last = inningsOf(rules) - 1
  if (state.rows.length < last || !state.rows[0]) return null
  if (state.target) return state.target.runs
  const chasing = state.rows[last]?.side ?? dueSide(state, rules)
  if (state.rows.length === last && (!chasing || !isOver(state, last - 1, rules))) return null
  const earlier = state.rows.slice(0, last)
  const sum = (side: Side) => earlier.reduce((runs, row) => runs + (row.side === side ? row.runs : 0), 0)
  return chasing ? Math.max(0, sum(other(chasing)) - sum(chasing) + 1) : null
}

/** What the innings at this place has to reach; null where it sets a total of its own. */
export function toReach(state: State, at: number, rules: Rules): number | null {
  const main = inningsOf(rules)
  if (at === main - 1) return targetOf(state, rules)
  if (at < main) return null
  return (at - main) % 2 === 1 ? (state.rows[at - 1]?.runs ?? 0) + 1 : null
}

export function isOver(state: State, at: number, rules: Rules): boolean {
  const row = state.rows[at]
  if (!row) return false
  if (row.closed !== null || row.wickets >= wicketsOf(at, rules)) return true
  const limit = limitOf(state, at, rules)
  if (limit && isBowled(row, limit)) return true
  const target = toReach(state, at, rules)
  return target !== null && row.runs >= target
}

export interface Result {
  /** `superOver` and `boundaries` decide a match that is level. */
  by: 'runs' | 'wickets' | 'innings' | 'superOver' | 'boundaries' | 'fewerWickets' | 'tie'
  winner: Side | 'draw'
  /** Runs or wickets; with `innings` the runs beyond it. */
  margin: number
}

/** The result once it stands (Law 16); null before. */
export function resultOf(state: State, rules: Rules): Result | null {
  const { rows } = state
  const main = inningsOf(rules)
  if (rows.length < main) return inningsWin(state, rules)
  const last = rows[main - 1]
  const target = targetOf(state, rules)
  if (!last || target === null) return null
  if (last.runs >= target) {
    const margin = state.target?.isPassed ? last.runs - target + 1 : rules.wickets - last.wickets
    return { by: state.target?.isPassed ? 'runs' : 'wickets', winner: last.side, margin: Math.max(0, margin) }
  }
  if (!isOver(state, main - 1, rules)) return null
  if (last.runs < target - 1) return { by: 'runs', winner: other(last.side), margin: target - 1 - last.runs }
  return levelResult(state, rules)
}

/** After three innings: the side that has batted twice is still behind the other's one. */
function inningsWin(state: State, rules: Rules): Result | null {
  const third = state.rows[2]
  if (rules.inningsEach < 2 || !third || !isOver(state, 2, rules)) return null
  const isSecond = state.rows.slice(0, 2).some(({ side }) => side === third.side)
  const behind = totalOf(state, other(third.side), rules) - totalOf(state, third.side, rules)
  return isSecond && behind > 0 ? { by: 'innings', winner: other(third.side), margin: behind } : null
}

const TIE: Result = { by: 'tie', winner: 'draw', margin: 0 }

function levelResult(state: State, rules: Rules): Result | null {
  if (rules.level === 'tie') return TIE
  if (rules.level === 'wickets') {
    const lost = (side: Side) => state.rows.reduce((sum, row) => sum + (row.side === side ? row.wickets : 0), 0)
    const ahead = lost('away') - lost('home')
    return ahead === 0 ? TIE : { by: 'fewerWickets', winner: ahead > 0 ? 'home' : 'away', margin: Math.abs(ahead) }
  }
  // Who won a bowl-out is said at the end.
  if (rules.level === 'bowlOut') return null
  const main = inningsOf(rules)
  for (let at = main + 1; at < main + 2 * MOST_SUPER_OVERS; at += 2) {
    const [first, second] = [state.rows[at - 1], state.rows[at]]
    if (!first || !second || !isOver(state, at, rules)) return null
    if (first.runs !== second.runs) {
      const winner = first.runs > second.runs ? first.side : second.side
      return { by: 'superOver', winner, margin: Math.abs(first.runs - second.runs) }
    }
    if (rules.level === 'boundaries') return byBoundaries(state, rules)
  }
  return TIE
}

/** More boundaries off the bat, super over included; then in the match alone (ICC T20I playing conditions 2008 to 2019). */
function byBoundaries(state: State, rules: Rules): Result {
  const lead = (rows: readonly Innings[]) =>
    rows.reduce((sum, { side, fours, sixes }) => sum + (side === 'home' ? 1 : -1) * (fours + sixes), 0)
  const ahead = lead(state.rows) || lead(state.rows.slice(0, inningsOf(rules)))
  return ahead === 0 ? TIE : { by: 'boundaries', winner: ahead > 0 ? 'home' : 'away', margin: Math.abs(ahead) }
}

/** The last innings is over and neither side is ahead. */
export function isLevel(state: State, rules: Rules): boolean {
  const at = inningsOf(rules) - 1
  const target = targetOf(state, rules)
  return isOver(state, at, rules) && target !== null && state.rows[at]?.runs === target - 1
}

export function winnerOf(state: State, rules: Rules): Winner {
  const result = resultOf(state, rules)
  if (result) return result.winner
  // Out of time is a draw (Law 16.5); without its overs a match of so many overs has no result.
  return isTimeless(rules) || isLevel(state, rules) ? 'draw' : null
}

export function howOf(state: State, rules: Rules): How {
  const result = resultOf(state, rules)
  if (result?.by === 'superOver' || result?.by === 'boundaries') return 'shootout'
  if (!result && !isTimeless(rules) && !isLevel(state, rules)) return 'no-result'
  return state.target?.isMethod ? 'dls' : 'regulation'
}

/** Who bats in the innings to come; null where nobody has said who begins. */
export function dueSide(state: State, rules: Rules): Side | null {
  const last = state.rows.at(-1)
  if (state.next || !last) return state.next
  const at = state.rows.length
  // The side that batted second, in the match and in each super over, bats first in the next one.
  const isSame = isSuper(at, rules) && (at - inningsOf(rules)) % 2 === 0
  return isSame ? last.side : other(last.side)
}

/** A further innings may begin. */
export function mayOpen(state: State, rules: Rules): boolean {
  const at = state.rows.length
  if (at < inningsOf(rules)) return resultOf(state, rules) === null
  // However many a late correction has left open before.
  if (at >= inningsOf(rules) + 2 * MOST_SUPER_OVERS) return false
  return rules.level !== 'bowlOut' && isLevel(state, rules) && isOver(state, at - 1, rules) && resultOf(state, rules) === null
}

/** The innings a play belongs to, and how that stands to the one under way. */
export type Place = { at: number; is: 'now' | 'opening' | 'late'; warnings: string[] }

export function placeOf(state: State, { side, period }: Pick<LoggedPlay, 'side' | 'period'>, rules: Rules): Place | Refusal {
  const n = state.rows.length
  const row = state.rows.at(-1)
  const over = !row || isOver(state, n - 1, rules)
  const at = period !== undefined ? period - 1 : whichInnings(state, side, over, rules)
  const isOther = side !== undefined && side !== state.rows[at]?.side
  if (at < n - 1) return { at, is: 'late', warnings: warned(isOther && 'other-side') }
  if (at === n - 1) return { at, is: over ? 'late' : 'now', warnings: warned(over && 'innings-over', isOther && 'other-side') }
  if (at > n || !mayOpen(state, rules)) return refuse('There is no further innings.', period === undefined ? 'side' : 'period')
  if (!side && !dueSide(state, rules)) return refuse('Say who bats first.', 'side')
  return { at, is: 'opening', warnings: over ? [] : ['innings-short'] }
}

/** Of a play that names no innings: the other side can only bat in the next one. */
function whichInnings(state: State, side: Side | undefined, over: boolean, rules: Rules): number {
  const n = state.rows.length
  const row = state.rows.at(-1)
  if (!row) return 0
  if (side !== undefined && side !== row.side) return n
  if (!over) return n - 1
  const due = dueSide(state, rules)
  return side === undefined || side === due || !mayOpen(state, rules) ? n : n - 1
}

function openInnings(state: State, side: Side, rules: Rules): State {
  const penalty = state.ahead[side]
  const row: Innings = {
    ...{ side, runs: penalty, wickets: 0, overs: 0, balls: 0, legal: 0, fours: 0, sixes: 0 },
    ...{ wides: 0, noballs: 0, byes: 0, legbyes: 0, penalty },
    closed: null,
    limit: isSuper(state.rows.length, rules) ? null : state.reduced,
    falls: [],
  }
  const ahead = { ...state.ahead, [side]: 0 }
  return { ...state, rows: [...state.rows, row], crease: newCrease(rules, state.lineup), next: null, lineup: null, ahead }
}

/** The state with the innings under way that the play belongs to. */
export function enter(state: State, play: Pick<LoggedPlay, 'side'>, place: Place, rules: Rules): State {
  if (place.is !== 'opening') return state
  const side = play.side ?? dueSide(state, rules)
  return side ? openInnings(state, side, rules) : state
}

export const withRow = (state: State, at: number, change: (row: Innings) => Innings): State => ({
  ...state,
  rows: state.rows.map((row, i) => (i === at ? change(row) : row)),
})
export const close = (state: State, closed: Closed) => withRow(state, state.rows.length - 1, row => ({ ...row, closed }))
export const crease = (state: State, change: Partial<Crease>): State => ({ ...state, crease: { ...state.crease, ...change } })
