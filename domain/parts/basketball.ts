import type { Score } from '../game.ts'
import { type LoggedPlay, other, type Side } from '../play.ts'
import { type Context, type Refusal, refuse, type Step } from '../sport.ts'
import type { IntervalRules } from './interval.ts'
import { addPoints, amend, countOf, LEVEL, leader, MINUTE, ordinal, type PeriodScore, plus, tally, total } from './timed.ts'

/**
 * Basketball, five a side and 3x3. The shot clock stands outside the log.
 *
 * `detail`: `{fouls, bonus, doubleBonus, timeouts, challenges, possession, players, freeThrows}`: team fouls and time-outs left by side,
 * which side shoots free throws at the next foul, challenges left, the arrow, fouls by roster id, and `{side, left}` while free throws are due.
 */
export interface Rules extends IntervalRules {
  periods: number
  periodMinutes: number
  overtimeMinutes: number
  /** 0 where a game may end level. */
  overtimes: number
  /** What the ring is worth inside and outside the arc: `2-3`, `1-2` in 3x3, `2` where there is no arc. */
  fieldGoals: string
  /** Ends regulation at once at this score; 0 for none. */
  target: number
  /** An overtime without a clock, won by the first to make this many in it; 0 where it is played by the clock. */
  overtimeTarget: number
  /** A player leaves the game with this many. */
  playerFouls: number
  /** A player leaves the game with this many technical and unsportsmanlike fouls together; 0 for no such rule. */
  technicalsOut: number
  /** The team foul of a period from which the other side shoots free throws; `doubleBonusAt` 0 where there is one stage only. */
  bonusAt: number
  doubleBonusAt: number
  bonusAtOvertime: number
  /** The same within the last `bonusLastMinutes` of a period, 0 where that makes no difference. */
  bonusAtLastTwo: number
  bonusLastMinutes: number
  overtimeFoulsCarry: boolean
  offensiveFoulsCount: boolean
  technicalFoulsCount: boolean
  benchFoulsCount: boolean
  /** Team fouls that an unsportsmanlike or disqualifying foul counts for. */
  heavyFouls: number
  timeoutsFirstHalf: number
  timeoutsSecondHalf: number
  shotClock: number
  shotClockAgain: number
  timeoutSeconds: number
  timeoutsCarry: boolean
  /** At most this many in the last period of regulation, 0 for no such limit. */
  timeoutsLastPeriod: number
  /** At most this many in its last `timeoutsLateMinutes`, 0 for no such limit. */
  timeoutsLate: number
  timeoutsLateMinutes: number
  timeoutsOvertime: number
  timeoutsCarryOvertime: boolean
  challenges: number
  /** A successful challenge gives one more, once. */
  challengeRegained: boolean
  arrow: boolean
  forfeitScore: number
}

interface Row extends PeriodScore {
  fouls: Score
  foulsLate: Score
  timeouts: Score
  timeoutsLate: Score
}

export interface State {
  /** The period under way, 0 before the first. */
  current: number
  rows: readonly Row[]
  /** Fouls by roster id, and those of them that are technical or unsportsmanlike. */
  players: Readonly<Record<string, number>>
  heavy: Readonly<Record<string, number>>
  possession: Side | null
  challenges: Score
  upheld: Score
  /** Free throws still due to a side; `ifMade`: the second only if the first goes in (one-and-one). */
  freeThrows: { side: Side; left: number; ifMade?: true } | null
  /** Who has won by reaching the target; what is scored after that takes nothing back. */
  won: { side: Side; how: 'regulation' | 'overtime' } | null
}

/** What the board shows beside the score. `bonus` names the side whose next foul against it brings free throws. */
export interface Shown extends Record<string, unknown> {
  fouls: Score
  bonus: Record<Side, boolean>
  doubleBonus: Record<Side, boolean>
  timeouts: Score
  challenges: Score
  possession: Side | null
  players: Readonly<Record<string, number>>
  freeThrows: State['freeThrows']
}

/** The longest game on record had thirteen overtimes; the linescore stays bounded. */
export const MAX_OVERTIMES = 20

export const WORTH: Readonly<Record<string, number>> = { '1pt': 1, '2pt': 2, '3pt': 3, ft: 1 }
/** Shots that these rules do not know: outside the arc, or worth one. */
export const isUnknown = (kind: string, { fieldGoals }: Rules) =>
  (kind.startsWith('3pt') && fieldGoals !== '2-3') || (kind.startsWith('1pt') && fieldGoals !== '1-2')

export const blank = (n: number): Row => ({ n, ...LEVEL, fouls: LEVEL, foulsLate: LEVEL, timeouts: LEVEL, timeoutsLate: LEVEL })

const isHeavy = (type: unknown) => type === 'unsportsmanlike' || type === 'disqualifying'
const foulCounts = (type: unknown, rules: Rules) =>
  (type !== 'offensive' || rules.offensiveFoulsCount) &&
  (type !== 'technical' || rules.technicalFoulsCount) &&
  (type !== 'bench' || rules.benchFoulsCount)

export const isPlayersFoul = (type: unknown, rules: Rules) => type !== 'bench' && (type !== 'technical' || rules.technicalFoulsCount)

/** The rows whose team fouls count together with those of the current period. */
function foulRows({ rows, current }: State, rules: Rules): readonly Row[] {
  const from = rules.overtimeFoulsCarry ? Math.min(current, rules.periods) : current
  return rows.filter(({ n }) => n >= from && n <= current)
}

export function teamFouls(state: State, rules: Rules): Score {
  return total(foulRows(state, rules).map(row => row.fouls))
}

/** Sides that shoot free throws at the next foul against them, by the limit given. */
export function inBonus(state: State, rules: Rules, limit: number): Record<Side, boolean> {
  const fouls = teamFouls(state, rules)
  const late = state.rows.find(({ n }) => n === state.current)?.foulsLate ?? LEVEL
  const has = (fouling: Side) =>
    limit > 0 &&
    (fouls[fouling] >= limit - 1 || (rules.bonusAtLastTwo > 0 && late[fouling] > 0 && late[fouling] >= rules.bonusAtLastTwo - 1))
  return { home: has(other('home')), away: has(other('away')) }
}
const bonusFrom = ({ current }: State, { periods, overtimeFoulsCarry, bonusAtOvertime, bonusAt }: Rules) =>
  current > periods && !overtimeFoulsCarry ? bonusAtOvertime : bonusAt
export const bonusOf = (state: State, rules: Rules): Record<Side, boolean> => inBonus(state, rules, bonusFrom(state, rules))
const doubleBonusOf = (state: State, rules: Rules) => inBonus(state, { ...rules, bonusAtLastTwo: 0 }, rules.doubleBonusAt)

/** @param isLate within the last minutes of regulation, where fewer may be taken */
export function timeoutsLeft({ rows, current }: State, rules: Rules, side: Side, isLate = false): number {
  const { periods } = rules
  const used = (from: number, to: number) => total(rows.filter(({ n }) => n >= from && n <= to).map(row => row.timeouts))[side]
  const half = Math.floor(periods / 2)
  if (current <= half) return Math.max(0, rules.timeoutsFirstHalf - used(1, half))
  const ofHalf = rules.timeoutsCarry
    ? rules.timeoutsFirstHalf + rules.timeoutsSecondHalf - used(1, periods)
    : rules.timeoutsSecondHalf - used(half + 1, periods)
  const ofPeriod =
    rules.timeoutsLastPeriod > 0 && current >= periods ? Math.min(ofHalf, rules.timeoutsLastPeriod - used(periods, periods)) : ofHalf
  const takenLate = rows.find(({ n }) => n === periods)?.timeoutsLate[side] ?? 0
  const hasLimit = rules.timeoutsLate > 0 && current === periods && (isLate || takenLate > 0)
  const capped = hasLimit ? Math.min(ofPeriod, rules.timeoutsLate - takenLate) : ofPeriod
  if (current <= periods) return Math.max(0, capped)
  if (!rules.timeoutsCarryOvertime) return Math.max(0, rules.timeoutsOvertime - used(current, current))
  return Math.max(0, Math.max(0, capped) + (current - periods) * rules.timeoutsOvertime - used(periods + 1, current))
}

export const challengesLeft = ({ challenges, upheld }: State, rules: Rules, side: Side) =>
  Math.max(0, rules.challenges + (rules.challengeRegained ? Math.min(1, upheld[side]) : 0) - challenges[side])

/** Free throws after a foul: as the play says, else by its kind; one more shot of a basket that counted has to be said (`shots: 1`). */
function freeThrowsFor(state: State, type: unknown, shots: unknown, side: Side, rules: Rules): number {
  if (typeof shots === 'number') return shots
  if (type === 'offensive') return 0
  if (type === 'technical' || type === 'bench') return 1
  if (isHeavy(type)) return 2
  if (type === 'shooting' && !bonusOf(state, rules)[side]) return rules.fieldGoals === '1-2' ? 1 : 2
  return bonusOf(state, rules)[side] ? 2 : type === 'shooting' ? 2 : 0
}

/** NCAA men, before the double bonus: the second free throw of a common foul only if the first is made. */
function isOneAndOne(state: State, type: unknown, shots: unknown, side: Side, rules: Rules): boolean {
  const isCommon = (type === undefined || type === 'personal') && shots === undefined
  return isCommon && rules.doubleBonusAt > 0 && rules.fieldGoals !== '1-2' && !doubleBonusOf(state, rules)[side]
}

export const label = (n: number, { periods }: Rules) =>
  n > periods ? `OT${n - periods}` : periods === 4 ? `Q${n}` : periods === 2 ? `${n}H` : periods === 1 ? 'REG' : `P${n}`

export const nameOf = (n: number, { periods }: Rules) => {
  if (n > periods) return n === periods + 1 ? 'Overtime' : `${ordinal(n - periods)} overtime`
  return periods === 1 ? 'Regulation' : `${ordinal(n)} ${kindOf(n, periods)}`
}
export const kindOf = (n: number, periods: number) =>
  n > periods ? 'overtime' : periods === 4 ? 'quarter' : periods === 2 ? 'half' : 'period'

export function reduce(state: State, play: LoggedPlay, { rules, period, late, clockMs }: Context<Rules>): Step<State> | Refusal {
  const { kind, side, playerId } = play
  if (!side) return refuse('Say which side.', 'side')
  if (isUnknown(kind, rules)) return refuse('These rules know no such shot.', 'kind')
  const isOut = hasFouledOut(state, playerId, rules)
  const warnings = isOut && kind !== 'substitution' ? ['player-fouled-out'] : []
  const worth = WORTH[kind]
  if (worth) {
    const rows = addPoints(state.rows, period, blank, side, worth)
    const freeThrows = late ? state.freeThrows : thrown(state, kind, side)
    return { state: { ...state, rows, freeThrows, won: state.won ?? wonBy(rows, rules) }, warnings }
  }
  switch (kind) {
    case 'ftMissed':
      return { state: late ? state : { ...state, freeThrows: thrown(state, kind, side) }, warnings }
    case 'foul':
      return reduceFoul(state, play, side, { rules, period, late, clockMs })
    case 'timeout': {
      const isEnd = period === rules.periods && clockMs !== null && clockMs <= rules.timeoutsLateMinutes * MINUTE
      const left = timeoutsLeft({ ...state, current: Math.max(1, period) }, rules, side, isEnd)
      const rows = amend(state.rows, period, blank, row => ({
        ...row,
        timeouts: plus(row.timeouts, side),
        timeoutsLate: isEnd ? plus(row.timeoutsLate, side) : row.timeoutsLate,
      }))
      return { state: { ...state, rows }, warnings: left > 0 ? [] : ['no-timeouts-left'] }
    }
    case 'possession':
      return { state: { ...state, possession: side } }
    case 'challenge': {
      const upheld = play.data?.result === 'won' ? plus(state.upheld, side) : state.upheld
      const after = { ...state, challenges: plus(state.challenges, side), upheld }
      return { state: after, warnings: challengesLeft(state, rules, side) > 0 ? [] : ['no-challenges-left'] }
    }
    case '1ptMissed':
    case '2ptMissed':
    case '3ptMissed':
    case 'turnover':
    case 'defensiveRebound':
      return { state: late ? state : { ...state, freeThrows: null }, warnings }
    default:
      return { state, warnings }
  }
}

function hasFouledOut({ players, heavy }: State, who: string | undefined, rules: Rules): boolean {
  return countOf(players, who) >= rules.playerFouls || (rules.technicalsOut > 0 && countOf(heavy, who) >= rules.technicalsOut)
}

/** A free throw uses up one that is due; a basket means that none is. */
function thrown({ freeThrows }: State, kind: string, side: Side): State['freeThrows'] {
  if (!kind.startsWith('ft') || freeThrows === null) return null
  if (freeThrows.side !== side) return freeThrows
  const isOver = freeThrows.left <= 1 || (freeThrows.ifMade && kind === 'ftMissed')
  return isOver ? null : { side, left: freeThrows.left - 1 }
}

function reduceFoul(
  state: State,
  play: LoggedPlay,
  side: Side,
  { rules, period, late, clockMs }: Pick<Context<Rules>, 'rules' | 'period' | 'late' | 'clockMs'>,
): Step<State> {
  const { type, shots } = play.data ?? {}
  const { playerId } = play
  const isLast = clockMs !== null && clockMs <= rules.bonusLastMinutes * MINUTE
  const by = isHeavy(type) ? rules.heavyFouls : 1
  const rows = !foulCounts(type, rules)
    ? state.rows
    : amend(state.rows, period, blank, row => ({
        ...row,
        fouls: plus(row.fouls, side, by),
        foulsLate: isLast ? plus(row.foulsLate, side, by) : row.foulsLate,
      }))
  const wasOut = hasFouledOut(state, playerId, rules)
  const players = isPlayersFoul(type, rules) ? tally(state.players, playerId) : state.players
  // FIBA art. 36.2.3 and 37.2.3, NBA 12 part A: two of these, of whichever kind, and the player is out; one disqualifying foul is enough.
  const grave = type === 'disqualifying' ? Math.max(1, rules.technicalsOut) : type === 'technical' || type === 'unsportsmanlike' ? 1 : 0
  const heavy = grave ? tally(state.heavy, playerId, grave) : state.heavy
  const before = { ...state, current: Math.max(1, state.current) }
  const free = freeThrowsFor(before, type, shots, other(side), rules)
  const due = { side: other(side), left: free, ...(isOneAndOne(state, type, shots, other(side), rules) ? { ifMade: true as const } : {}) }
  const freeThrows = late || free === 0 ? state.freeThrows : due
  const after = { ...state, rows, players, heavy, freeThrows }
  const leaves = !wasOut && hasFouledOut(after, playerId, rules)
  const facts = {
    ...(isPlayersFoul(type, rules) ? foulOf(after, playerId, rules) : {}),
    ...(leaves && type !== 'disqualifying' ? { out: countOf(players, playerId) >= rules.playerFouls ? 'fouls' : 'conduct' } : {}),
    ...(foulCounts(type, rules) && !late ? teamFoulOf(before, after, type, side, rules) : {}),
  }
  return { state: after, warnings: leaves ? ['player-must-leave'] : wasOut ? ['player-fouled-out'] : [], facts }
}

/** No limit: nobody counts them. */
const NONE = 99

/** How many that is for the player. */
function foulOf({ players }: State, playerId: string | undefined, { playerFouls }: Rules): { foul?: number } {
  const foul = countOf(players, playerId)
  return foul > 0 && playerFouls < NONE ? { foul } : {}
}

/** What the side stands at with it in the period, and whether that brings the other side free throws it would not have had. */
function teamFoulOf(before: State, after: State, type: unknown, side: Side, rules: Rules): { team?: number; bonus?: string } {
  if (bonusFrom(before, rules) >= NONE) return {}
  const team = teamFouls({ ...after, current: before.current }, rules)[side]
  const isCommon = type === undefined || type === 'personal' || type === 'shooting'
  if (!isCommon || !bonusOf(before, rules)[other(side)]) return { team }
  return { team, bonus: doubleBonusOf(before, rules)[other(side)] ? 'double' : 'single' }
}

/** 3x3: twenty-one points end regulation (art. 6.2), two in overtime decide it (art. 6.3). */
function wonBy(rows: readonly Row[], rules: Rules): State['won'] {
  const side = leader(total(rows))
  if (side === 'draw') return null
  const has = (points: Score, target: number) => target > 0 && points[side] >= target
  if (has(total(rows.filter(({ n }) => n > rules.periods)), rules.overtimeTarget)) return { side, how: 'overtime' }
  return has(total(rows.filter(({ n }) => n <= rules.periods)), rules.target) ? { side, how: 'regulation' } : null
}
