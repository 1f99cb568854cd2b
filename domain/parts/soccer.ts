import type { Score } from '../game.ts'
import { type LoggedPlay, other, type Side } from '../play.ts'
import { type Context, type Refusal, refuse, type Step } from '../sport.ts'
import { isSecondCaution } from './conduct.ts'
import { NO_CLOCK, type PenaltyBox, release, type ShownPenalties, serve, settle, shortBy } from './penalties.ts'
import { attempt, isSettled, type Shootout, type ShownShootout } from './shootout.ts'
import { addPoints, amend, countOf, LEVEL, leader, MINUTE, type PeriodScore, plus, tally, total } from './timed.ts'

/**
 * Soccer and futsal. `detail`: `{cards, substitutions, windows, addedMinutes, fouls, timeouts, penalty, short, shootout}`: fouls as futsal
 * accumulates them, time-outs left, the side whose penalty is to be taken, and the kicks from the mark, which never count into the score.
 */
export interface Rules {
  halfMinutes: number
  halfTimeMinutes: number
  /** Extra time may be played; where it may not, kicks follow the second half. */
  extraTime: boolean
  extraMinutes: number
  shootout: boolean
  /** Kicks a side before sudden death. */
  shootoutKicks: number
  /** 99: no limit. */
  substitutions: number
  extraSubstitutions: number
  /** Interruptions of play in which a side may substitute, the intervals aside; 0 for no limit. */
  windows: number
  extraWindows: number
  /** Beyond the others; each gives the other side one more of its own (IFAB 2024/25, protocol for concussion substitutes). */
  concussionSubs: number
  /** Extra time ends with a goal. */
  goldenGoal: boolean
  /** On the field. */
  players: number
  /** A temporary dismissal lasts so long; 0 where there is none. */
  sinBinMinutes: number
  /** After so long a side is whole again that had a player sent off, or when it concedes; 0: it stays short. */
  sendOffMinutes: number
  /** Fouls a half, after which a free kick has no wall; 0 where they are not counted. */
  foulLimit: number
  /** For each side in each half. */
  timeouts: number
  timeoutSeconds: number
  clock: 'up' | 'down'
  forfeitScore: number
}

interface Row extends PeriodScore {
  fouls: Score
  timeouts: Score
}

export interface State {
  rows: readonly Row[]
  /** The period last opened, 0 before the first; no play runs between two of them. */
  current: number
  isBreak: boolean
  yellow: Score
  red: Score
  /** Yellow cards by roster id, those of them that were temporary dismissals, and who was sent off. */
  booked: Readonly<Record<string, number>>
  binned?: Readonly<Record<string, number>>
  sentOff: Readonly<Record<string, number>>
  /** Who was replaced, where nobody comes back. */
  gone: Readonly<Record<string, number>>
  substitutions: Score
  concussions: Score
  windows: Score
  /** Playing time of the last substitution in play. */
  lastWindow: Record<Side, number | null>
  /** Minutes announced for the half under way. */
  added: number | null
  /** The side whose penalty kick is to come. */
  penalty: Side | null
  penalties: PenaltyBox
  /** Who scored the golden goal; what is scored after it takes nothing back. */
  golden: Side | null
  shootout: Shootout | null
}

/** What the board shows beside the score. The kicks never count into it. */
export interface Shown extends Record<string, unknown> {
  cards: Record<Side, { yellow: number; red: number }>
  substitutions: Score
  windows: Score
  addedMinutes: number | null
  /** Null where they are not counted. */
  fouls: Score | null
  foulLimit: number
  timeouts: Score | null
  penalty: Side | null
  short: ShownPenalties
  shootout: ShownShootout | null
  shootoutKicks: number
}

/** The shoot-out is period 5 whether or not extra time was played. */
export const SHOOTOUT = 5

const GOALS: ReadonlySet<string> = new Set(['goal', 'ownGoal', 'penaltyGoal'])

export const PERIODS = [
  { number: 1, kind: 'half', label: '1H', name: '1st half' },
  { number: 2, kind: 'half', label: '2H', name: '2nd half' },
  { number: 3, kind: 'extra-time', label: 'ET1', name: 'Extra time, 1st half' },
  { number: 4, kind: 'extra-time', label: 'ET2', name: 'Extra time, 2nd half' },
  { number: SHOOTOUT, kind: 'shootout', label: 'PEN', name: 'Shoot-out' },
] as const

export const lengthOf = (n: number, rules: Rules) => (n <= 2 ? rules.halfMinutes : rules.extraMinutes)
/** Minutes played before the n-th period, added time aside. */
export const minutesBefore = (n: number, { halfMinutes, extraMinutes }: Rules) =>
  Math.min(n - 1, 2) * halfMinutes + Math.max(0, Math.min(n - 3, 2)) * extraMinutes

export const blank = (n: number): Row => ({ n, ...LEVEL, fouls: LEVEL, timeouts: LEVEL })

/** `45+2′`: what a feed said, else counted from the clock; the first minute is 1. */
export function minuteOf(play: LoggedPlay, period: number, clockMs: number | null, rules: Rules): string | null {
  const { minute, added } = (play.data ?? {}) as { minute?: number; added?: number }
  if (period === SHOOTOUT) return null
  if (minute !== undefined) return added ? `${minute}+${added}′` : `${minute}′`
  if (clockMs === null) return null
  const before = minutesBefore(period, rules)
  const end = before + lengthOf(period, rules)
  const playedMs = rules.clock === 'up' ? clockMs : end * MINUTE - clockMs
  const reached = Math.max(before + 1, Math.floor(playedMs / MINUTE) + 1)
  return reached > end ? `${end}+${reached - end}′` : `${reached}′`
}

/** Playing time of a play: its minute where a feed says one, else by the clock. */
function timeOf({ data }: LoggedPlay, playedMs: number | null): number | null {
  const { minute, added = 0 } = (data ?? {}) as { minute?: number; added?: number }
  return minute === undefined ? playedMs : (minute + added - 1) * MINUTE
}

/** Nothing of the period has been played. */
function isKickOff({ data }: LoggedPlay, period: number, clockMs: number | null, rules: Rules): boolean {
  const before = minutesBefore(period, rules)
  if (typeof data?.minute === 'number') return data.minute - 1 <= before
  if (clockMs === null) return false
  return rules.clock === 'up' ? clockMs <= before * MINUTE : clockMs >= lengthOf(period, rules) * MINUTE
}

/** Substitutions within this time of each other are made in one stoppage. */
const ONE_STOP_MS = 90_000

/** Law 3: intervals are no window, nor is the moment a half begins. */
function substitute(state: State, play: LoggedPlay, side: Side, { rules, period, clockMs, playedMs }: Context<Rules>): Step<State> {
  const isExtra = state.rows.some(({ n }) => n > 2)
  const { out } = play.data ?? {}
  const canReturn = rules.substitutions >= 99
  const gone = canReturn ? state.gone : tally(state.gone, typeof out === 'string' ? out : undefined)
  const back = !canReturn && countOf(state.gone, play.playerId) > 0 ? ['player-returned'] : []
  if (play.data?.concussion === true) {
    const concussions = plus(state.concussions, side)
    const isBeyond = concussions[side] > rules.concussionSubs
    return { state: { ...state, concussions, gone }, warnings: [...(isBeyond ? ['no-substitutions-left'] : []), ...back] }
  }
  const substitutions = plus(state.substitutions, side)
  const more = (isExtra ? rules.extraSubstitutions : 0) + Math.min(rules.concussionSubs, state.concussions[other(side)])
  const at = timeOf(play, playedMs)
  const last = state.lastWindow[side]
  const isInterval = state.isBreak || at === null || isKickOff(play, period, clockMs, rules)
  const isSame = at !== null && last !== null && Math.abs(at - last) <= ONE_STOP_MS
  const windows = isInterval || isSame ? state.windows : plus(state.windows, side)
  const lastWindow = isInterval ? state.lastWindow : { ...state.lastWindow, [side]: at }
  const hasNone = rules.substitutions < 99 && substitutions[side] > rules.substitutions + more
  const allowed = rules.windows + (isExtra ? rules.extraWindows : 0) + Math.min(rules.concussionSubs, state.concussions[other(side)])
  const isShut = rules.windows > 0 && windows[side] > allowed && windows !== state.windows
  const warnings = [...(hasNone ? ['no-substitutions-left'] : []), ...(isShut ? ['no-window-left'] : []), ...back]
  return { state: { ...state, substitutions, windows, lastWindow, gone }, warnings }
}

/**
 * Yellow, second yellow, red: who is off, and for how long the side is short. Law 12: a second caution sends off, whichever key told it; one
 * with a temporary dismissal is no part of two (guidelines for temporary dismissals). Nobody is sent off twice: the red card shown after a
 * second yellow is the one that it brought.
 */
function showCard(state: State, play: LoggedPlay, side: Side, { rules, playedMs }: Context<Rules>): Step<State> {
  const { kind, playerId } = play
  const { binned = {} } = state
  const had = countOf(state.booked, playerId)
  const wasOff = countOf(state.sentOff, playerId) > 0
  const isBin = kind === 'yellowCard' && play.data?.sinBin === true && rules.sinBinMinutes > 0
  const isSecond = kind === 'yellowCard' && !isBin && isSecondCaution(state.booked, state.sentOff, playerId, countOf(binned, playerId))
  const isYellow = kind !== 'redCard'
  const isOff = (kind !== 'yellowCard' || isSecond) && !wasOff
  const cards = {
    yellow: isYellow ? plus(state.yellow, side) : state.yellow,
    red: isOff ? plus(state.red, side) : state.red,
    booked: isYellow ? tally(state.booked, playerId) : state.booked,
    ...(isBin ? { binned: tally(binned, playerId) } : {}),
    sentOff: isOff ? tally(state.sentOff, playerId) : state.sentOff,
  }
  const minutes = isBin ? rules.sinBinMinutes : isOff ? rules.sendOffMinutes : 0
  const label = isBin ? 'Sin-bin' : 'Sent off'
  const given = { side, label, ...(playerId === undefined ? {} : { playerId }), lengthMs: minutes * MINUTE, endsOnGoal: !isBin }
  const penalties = minutes > 0 ? serve(state.penalties, given, playedMs) : state.penalties
  const isExplained = kind === 'redCard' && had - countOf(binned, playerId) > 1
  const warnings = [
    ...(wasOff && !isExplained ? ['player-sent-off'] : []),
    ...(isBin && countOf(binned, playerId) > 0 ? ['second-dismissal'] : []),
    ...(kind === 'secondYellow' && playerId !== undefined && had === 0 ? ['no-first-yellow'] : []),
    ...(minutes > 0 && playedMs === null ? [NO_CLOCK] : []),
  ]
  return { state: { ...state, ...cards, penalties }, warnings, ...(isSecond ? { facts: { card: 'second' } } : {}) }
}

/** A goal; futsal's law 3: the side with fewer players is made up by one when it concedes. */
export function score(state: State, side: Side, { rules, period, late, playedMs }: Context<Rules>): State {
  const short = shortBy(settle(state.penalties, playedMs))
  const isMadeUp = short[other(side)] > short[side]
  const rows = addPoints(state.rows, period, blank, side, 1)
  // IFAB 1993 to 2004, where the competition chose it.
  const isGolden = rules.goldenGoal && period > 2 && period < SHOOTOUT && leader(total(rows)) === side
  return {
    ...state,
    rows,
    golden: state.golden ?? (isGolden ? side : null),
    penalty: late ? state.penalty : null,
    penalties: isMadeUp ? release(state.penalties, other(side), playedMs, 'least') : state.penalties,
  }
}

/** Law 13 of futsal: those of the second half count on in extra time. */
export const foulsOf = ({ rows, current }: State) =>
  total(rows.filter(({ n }) => (current <= 1 ? n === 1 : n > 1)).map(({ fouls }) => fouls))
export const timeoutsLeft = ({ rows, current }: State, { timeouts }: Rules): Score => {
  const used = rows.find(({ n }) => n === Math.max(1, current))?.timeouts ?? LEVEL
  const left = (side: Side) => (current > 2 ? 0 : Math.max(0, timeouts - used[side]))
  return { home: left('home'), away: left('away') }
}

export function reduce(state: State, play: LoggedPlay, context: Context<Rules>): Step<State> | Refusal {
  const { kind, side, playerId } = play
  const { rules, period, late, playedMs } = context
  if (kind === 'addedTime') {
    const minutes = (play.data as { minutes?: number } | undefined)?.minutes ?? null
    return { state: late ? state : { ...state, added: minutes } }
  }
  // A tally that names no period is of the whole game; kicks tell that the shoot-out has begun.
  const isOfGame = kind === 'shootoutTally' && play.period === undefined && period >= 2 && rules.shootout
  if (!isOfGame && kind.startsWith('shootout') !== (period === SHOOTOUT) && (kind.startsWith('shootout') || GOALS.has(kind))) {
    return refuse(
      period === SHOOTOUT ? 'Goals do not count in the shoot-out, kicks do.' : 'Kicks belong to the shoot-out, period 5.',
      'period',
    )
  }
  if (kind === 'shootoutTally') {
    const { home = 0, away = 0 } = (play.data ?? {}) as Partial<Score>
    return { state: { ...state, shootout: { home, away, kicks: '' } } }
  }
  if (!side) return refuse('Say which side.', 'side')
  const isOff = playerId !== undefined && countOf(state.sentOff, playerId) > 0
  const odd = isOff && kind !== 'ownGoal' ? ['player-sent-off'] : []
  const withOdd = ({ state: after, warnings = [] }: Step<State>): Step<State> => ({
    state: after,
    warnings: warnings.length ? warnings : odd,
  })
  if (GOALS.has(kind)) return { state: score(state, side, context), warnings: odd }
  switch (kind) {
    case 'yellowCard':
    case 'secondYellow':
    case 'redCard':
      return showCard(state, play, side, context)
    case 'substitution':
      return withOdd(substitute(state, play, side, context))
    case 'penaltyAwarded':
      return { state: late ? state : { ...state, penalty: side }, warnings: odd }
    case 'penaltyMissed':
      return { state: late ? state : { ...state, penalty: null }, warnings: odd }
    case 'foul': {
      const rows = amend(state.rows, period, blank, row => ({ ...row, fouls: plus(row.fouls, side) }))
      return { state: { ...state, rows }, warnings: odd }
    }
    case 'timeout': {
      const left = timeoutsLeft({ ...state, current: period }, rules)[side]
      const rows = amend(state.rows, period, blank, row => ({ ...row, timeouts: plus(row.timeouts, side) }))
      return { state: { ...state, rows }, warnings: left > 0 ? [] : ['no-timeouts-left'] }
    }
    case 'shootoutGoal':
    case 'shootoutMiss': {
      const wasSettled = state.shootout !== null && isSettled(state.shootout, rules.shootoutKicks)
      const shootout = attempt(state.shootout, side, kind === 'shootoutGoal')
      return { state: { ...state, shootout }, warnings: wasSettled ? ['shootout-settled'] : odd }
    }
    default:
      return { state: { ...state, penalties: settle(state.penalties, playedMs) }, warnings: odd }
  }
}
