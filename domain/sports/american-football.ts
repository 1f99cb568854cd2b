import type { Score } from '#domain/game.ts'
import { footballBox, isOfTry, yardsOf } from '#domain/parts/football-box.ts'
import { afterPenalty, afterPlay, asTold, type Ball, firstDown, turned } from '#domain/parts/football-downs.ts'
import { labelled, packs, type Rules, ruleFields } from '#domain/parts/football-rules.ts'
import { describe, FOULS, TOUCHDOWNS, TURNOVERS, words } from '#domain/parts/football-words.ts'
import { addPoints, amend, begin, columnsOf, LEVEL, leader, MINUTE, ordinal, plus, total } from '#domain/parts/timed.ts'
import { TIMEOUT_KIND } from '#domain/parts/timeout.ts'
import { blankRow, NOBODY_WAITS, type TwoPartRow, toldMs, waitsIn, withWaiting } from '#domain/parts/two-part.ts'
import { type LoggedPlay, other, SIDES, type Side } from '#domain/play.ts'
import { type Action, type Context, defineSport, type Glance, type Kind, type Refusal, refuse, type Step } from '#domain/sport.ts'

interface Row extends TwoPartRow {
  timeouts: Score
}

/** Overtime as far as it decides the game: all of it under a clock, else the one under way. */
interface Overtime {
  /** How often each side has come into possession. */
  had: Score
  scores: number
  /** What the first score was: by whom, and whether it ends the game as it is. */
  first: { side: Side; isTouchdown: boolean; isByDefence: boolean } | null
}

interface State {
  /** The period under way, 0 before the first. */
  current: number
  rows: readonly Row[]
  /** Whose try is to come. */
  pending: Side | null
  /** Who kicks off next, after a score. */
  kicks: Side | null
  ball: Ball | null
  overtime: Overtime
  firstDowns: Score
  turnovers: Score
  penalties: Score
  penaltyYards: Score
}

interface Shown extends Record<string, unknown> {
  pending: Side | null
  /** Who kicks off next, after a score; at the start of a half either side may. */
  kicksOff: Side | 'either' | null
  /** `toGo` and `toGoal` in yards, the latter to the opponent's goal line. */
  ball: Ball | null
  /** `3rd & 7`, and where: `own 35`, `opp 35`. */
  situation: string | null
  timeouts: Score
  timeoutsOf: number
  firstDowns: Score
  turnovers: Score
  penalties: Score
  penaltyYards: Score
  isRedZone: boolean
  runningClock: boolean
  /** The rules of overtime have decided it: nothing is left to play. */
  isDecided: boolean
}

const KICKS = [20, 25, 30, 35, 40, 45, 50, 55]
const GAINS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20]
const yards = (label = 'Yards', common: readonly number[] = GAINS) =>
  ({ type: 'int', min: 0, max: 110, label, optional: true, common }) as const
const toGoal = {
  type: 'int',
  min: 1,
  max: 99,
  label: 'Yards to the goal line',
  optional: true,
  common: [75, 80, 70, 60, 50, 40, 30, 25, 20, 10],
} as const
const flag = (label: string) => ({ type: 'flag', label, optional: true }) as const
const person = (label: string) => ({ type: 'player', label, optional: true }) as const
const theirs = (label: string) => ({ type: 'player', of: 'other', label, optional: true }) as const

const scores = (label: string, data: Kind['data'] = {}): Kind => ({ label, side: 'required', player: true, scoring: true, data })
const written = (label: string, data: Kind['data'] = {}): Kind => ({ label, side: 'required', player: true, data })

const kinds: Readonly<Record<string, Kind>> = {
  touchdown: scores('Touchdown', {
    how: { type: 'choice', label: 'How', ...labelled(TOUCHDOWNS), optional: true },
    yards: yards(),
    passer: person('Who threw it'),
  }),
  extraPoint: scores('Extra point'),
  extraPointMissed: written('Extra point missed'),
  twoPoint: scores('Two-point try', { passer: person('Who threw it') }),
  twoPointFailed: written('Two-point try failed'),
  fieldGoal: scores('Field goal', { yards: yards('Yards', KICKS) }),
  fieldGoalMissed: written('Field goal missed', { yards: yards('Yards', KICKS), blocked: flag('Blocked') }),
  safety: scores('Safety'),
  defensiveTwoPoint: scores('Try returned by the defence'),
  onePointSafety: scores('Safety on a try'),
  possession: {
    label: 'First down',
    side: 'required',
    data: { toGoal },
  },
  down: {
    label: 'Down and distance',
    side: 'required',
    data: {
      down: { type: 'int', min: 1, max: 4, label: 'Down', optional: true },
      toGo: { type: 'int', min: 1, max: 99, label: 'Yards to go', optional: true, common: [10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 20] },
      toGoal,
    },
  },
  run: written('Run', { yards: yards(), loss: flag('A loss'), tackler: theirs('Tackled by') }),
  pass: written('Pass complete', { yards: yards(), loss: flag('A loss'), receiver: person('Caught by'), tackler: theirs('Tackled by') }),
  incomplete: written('Pass incomplete'),
  sack: written('Sack', { yards: yards('Yards lost') }),
  turnover: written('Turnover', {
    type: { type: 'choice', label: 'How', ...labelled(TURNOVERS), optional: true },
    from: theirs('Lost by'),
    toGoal: { ...toGoal, label: 'Yards to goal' },
  }),
  punt: written('Punt', {
    toGoal: { ...toGoal, label: 'Yards to goal, receivers', common: [80, 75, 70, 65, 60, 55, 50, 85, 90, 40] },
    yards: yards('Yards', [30, 35, 40, 45, 50, 55]),
    blocked: flag('Blocked'),
  }),
  kickoff: written('Kick-off', {
    yards: yards('Yards', [65, 60, 55, 50, 45, 40, 35, 15]),
    toGoal: { ...toGoal, label: 'Yards to goal' },
    recovered: flag('Recovered by the kicking side'),
  }),
  penalty: written('Penalty', {
    yards: yards('Yards', [5, 10, 15]),
    foul: { type: 'choice', label: 'Foul', ...labelled(FOULS), optional: true },
    firstDown: flag('Automatic first down'),
    lossOfDown: flag('Loss of down'),
    declined: flag('Declined'),
    offset: flag('Offset'),
  }),
  timeout: TIMEOUT_KIND,
  challenge: { label: 'Challenge', side: 'required', data: { lost: flag('Lost: it costs a time-out') } },
}

const act = (kind: string, label: string, size: Action['size'], [home = '', away = '']: string, more: Partial<Action> = {}): Action => ({
  id: kind,
  kind,
  label,
  size,
  key: { home, away },
  ...more,
})
const score = { depth: 'score' } as const
const full = { depth: 'full' } as const
const ACTIONS: readonly Action[] = [
  act('touchdown', 'TD', 3, 'sk', { ...score, hint: 'Touchdown', ask: ['how', 'passer', 'yards'], insteadOf: ['fieldGoal'] }),
  act('extraPoint', 'Extra point', 2, 'dl', { ...score, hint: 'Try, kicked', insteadOf: ['extraPointMissed', 'twoPoint'] }),
  act('twoPoint', 'Two points', 2, 'fh', { ...score, hint: 'Try', insteadOf: ['extraPoint', 'twoPointFailed'] }),
  act('fieldGoal', 'Field goal', 2, 'aj', { ...score, ask: ['yards'], insteadOf: ['fieldGoalMissed', 'touchdown'] }),
  act('incomplete', 'Pass', 1, '38', { ...full, hint: 'Incomplete', insteadOf: ['pass'] }),
  act('down', 'Down', 1, 'eu', { hint: 'and distance', ask: ['down', 'toGo'] }),
  act('timeout', 'Time-out', 1, 'ty'),
  act('extraPointMissed', 'No good', 1, 'xm', { hint: 'Extra point', insteadOf: ['extraPoint'] }),
  act('penalty', 'Flag', 1, 'gp', { hint: 'Against', ask: ['yards', 'foul', 'firstDown', 'player', 'declined', 'offset', 'lossOfDown'] }),
  act('fieldGoalMissed', 'No good', 1, 'z,', { hint: 'Field goal', ask: ['yards', 'blocked'], insteadOf: ['fieldGoal'] }),
  act('twoPointFailed', 'Failed', 1, 'cb', { hint: 'Two-point', insteadOf: ['twoPoint'] }),
  act('safety', 'Safety', 1, 'wi', { ...score, hint: 'Who scores' }),
  act('defensiveTwoPoint', 'Return', 1, 'v.', { ...score, hint: 'Try, defence' }),
  act('possession', 'Ball', 2, 'qo', { hint: '1st down', ask: ['toGoal'] }),
  act('run', 'Run', 2, '16', { ...full, ask: ['yards', 'loss'] }),
  act('pass', 'Pass', 2, '27', { ...full, hint: 'Complete', ask: ['yards', 'loss', 'receiver'], insteadOf: ['incomplete'] }),
  act('sack', 'Sack', 1, '49', { ...full, hint: 'Made by', ask: ['yards'] }),
  act('turnover', 'Turnover', 1, 'r0', { ...full, hint: 'Won by', ask: ['type', 'toGoal', 'from'] }),
  act('punt', 'Punt', 1, '5;', { ...full, ask: ['toGoal', 'yards', 'blocked'] }),
  act('kickoff', 'Kick-off', 1, '-=', { ...full, hint: 'Kicked by', ask: ['toGoal', 'recovered'] }),
]

const NO_OVERTIME: Overtime = { had: LEVEL, scores: 0, first: null }
const blank = (n: number): Row => ({ ...blankRow(n), timeouts: LEVEL })
/** A try follows at once; what comes after so much playing time, a clock that nobody stopped included, is not of that touchdown. */
const TRY_WITHIN = 5 * MINUTE
const TRIES: ReadonlySet<string> = new Set([
  'extraPoint',
  'extraPointMissed',
  'twoPoint',
  'twoPointFailed',
  'defensiveTwoPoint',
  'onePointSafety',
])

const overtimeOf = (n: number, { periods }: Rules) => Math.max(0, n - periods)
const isTriesOnly = (n: number, rules: Rules) => rules.triesOnlyFrom > 0 && overtimeOf(n, rules) >= rules.triesOnlyFrom

function periodOf(n: number, rules: Rules) {
  const { periods, periodMinutes, overtime, overtimeMinutes, overtimes } = rules
  const extra = overtimeOf(n, rules)
  if (extra === 0) {
    const kind = periods === 2 ? 'half' : 'quarter'
    const lengthMs = periodMinutes * MINUTE
    return { number: n, kind, label: periods === 2 ? `${n}H` : `Q${n}`, name: `${ordinal(n)} ${kind}`, startMs: lengthMs, lengthMs }
  }
  if (overtime === 'none' || extra > overtimes) return null
  const named = {
    number: n,
    kind: 'overtime',
    label: extra === 1 ? 'OT' : `OT${extra}`,
    name: extra === 1 ? 'Overtime' : `${ordinal(extra)} overtime`,
  }
  if (overtime === 'series') return { ...named, startMs: 0, lengthMs: 0, clockless: true }
  return { ...named, startMs: overtimeMinutes * MINUTE, lengthMs: overtimeMinutes * MINUTE }
}

/** The periods whose time-outs count together with those of the n-th: a half, or what the rules say of overtime. */
function timeoutSpan(n: number, { periods, timeoutsOvertimeFor }: Rules): [from: number, to: number] {
  const half = Math.floor(periods / 2)
  if (n <= half) return [1, half]
  if (n <= periods) return [half + 1, periods]
  const extra = n - periods
  if (timeoutsOvertimeFor === 'pair') return [n - ((extra + 1) % 2), n + (extra % 2)]
  return timeoutsOvertimeFor === 'firstTwo' && extra > 2 ? [periods + 3, Number.POSITIVE_INFINITY] : [n, n]
}
function timeoutsLeft(rows: readonly Row[], n: number, side: Side, rules: Rules): number {
  const [from, to] = timeoutSpan(n, rules)
  const used = total(rows.filter(row => row.n >= from && row.n <= to).map(row => row.timeouts))[side]
  return Math.max(0, timeoutsAllowed(n, rules) - used)
}
const timeoutsAllowed = (n: number, { periods, timeoutsHalf, timeoutsOvertime }: Rules) => (n > periods ? timeoutsOvertime : timeoutsHalf)

const scoreOf = ({ rows }: State): Score => total(rows)

/** Whether an overtime under a clock is decided as it stands, as far as the plays tell who has had the ball. */
function isDecided(state: State, rules: Rules): boolean {
  const { ball, pending, overtime } = state
  const ahead = leader(scoreOf(state))
  const { first, scores, had } = overtime
  if (rules.overtime === 'series' || rules.overtime === 'none' || ahead === 'draw' || !first) return false
  if (rules.overtime === 'sudden' || first.isByDefence) return true
  const behind = other(ahead)
  // What the side behind began it may still finish: its drive, and the try after its touchdown.
  const isAnswered = had[behind] > 0 && ball?.side !== behind && pending !== behind
  return isAnswered || (rules.overtime === 'modified' && (first.isTouchdown || scores > 1))
}

/** The same of an overtime of series, each of which begins anew: once the side behind has had its own. */
function isSeriesDecided({ rows, ball, pending, overtime }: State, { periods }: Rules): boolean {
  const ahead = leader(total(rows))
  if (ahead === 'draw' || (rows.at(-1)?.n ?? 0) <= periods) return false
  const behind = other(ahead)
  return overtime.first?.isByDefence === true || (overtime.had[behind] > 0 && ball?.side !== behind && pending !== behind)
}

/** The state with the ball elsewhere. In overtime it counts who has come into possession. */
function withBall(state: State, ball: Ball | null, rules: Rules): State {
  const isNew = ball !== null && ball.side !== state.ball?.side && state.current > rules.periods
  const overtime = isNew ? { ...state.overtime, had: plus(state.overtime.had, ball.side) } : state.overtime
  return { ...state, ball, overtime }
}
/** The same after a play from scrimmage: a new series of the same side is a first down made. */
function withDown(state: State, ball: Ball, from: Ball, rules: Rules): State {
  const isMade = ball.side === from.side && ball.down === 1 && from.down !== null
  const next = withBall(state, ball, rules)
  return isMade ? { ...next, firstDowns: plus(next.firstDowns, ball.side) } : next
}

/** What a play is worth; null for one that does not score, of any side. Rule 11 of the NFL, 8 of the NCAA and the NFHS. */
function worthOf(kind: string, rules: Rules): number | null {
  switch (kind) {
    case 'touchdown':
      return rules.touchdownPoints
    case 'extraPoint':
      return rules.kickPoints
    case 'twoPoint':
      return rules.twoPoints
    case 'fieldGoal':
      return rules.fieldGoalPoints
    case 'safety':
      return rules.safetyPoints
    case 'defensiveTwoPoint':
      return rules.defensivePoints
    case 'onePointSafety':
      return 1
    case 'extraPointMissed':
    case 'twoPointFailed':
      return 0
    default:
      return null
  }
}

function addScore(state: State, play: LoggedPlay, side: Side, points: number, context: Context<Rules>): Step<State> | Refusal {
  const { kind } = play
  const { rules, period, late } = context
  const warnings = isDecided(state, rules) && period > rules.periods ? ['overtime-decided'] : []
  if (kind === 'fieldGoal' && rules.fieldGoalPoints === 0) return refuse('There are no field goals under these rules.', 'kind')
  if (kind === 'defensiveTwoPoint' && rules.defensivePoints === 0)
    return refuse('Under these rules the defence cannot score on a try.', 'kind')
  if (TRIES.has(kind)) return addTry(state, play, side, points, context, warnings)
  if (isTriesOnly(period, rules)) warnings.push('tries-only')
  const isTouchdown = kind === 'touchdown'
  const waiting = isTouchdown ? { ...NOBODY_WAITS, [side]: { atMs: toldAt(play, context) } } : NOBODY_WAITS
  const rows = addPoints(withWaiting(state.rows, period, blank, waiting), period, blank, side, points)
  if (late) return { state: { ...state, rows }, warnings }
  const how = play.data?.how
  const isFromScrimmage = isTouchdown && (how === 'run' || how === 'pass')
  const isByDefence = kind === 'safety' || how === 'interception' || how === 'fumble'
  // A field goal and a drive's touchdown tell who had the ball, where nobody wrote it down.
  const hadIt = isByDefence || state.ball?.side === side ? state : withBall(state, firstDown(side, null, rules), rules)
  const next: State = {
    ...hadIt,
    rows,
    pending: isTouchdown ? side : null,
    // Whoever was scored upon receives, but after a safety kicks.
    kicks: kind === 'safety' ? other(side) : side,
    ball: null,
    firstDowns: isFromScrimmage ? plus(state.firstDowns, side) : state.firstDowns,
    turnovers: how === 'interception' || how === 'fumble' ? plus(state.turnovers, other(side)) : state.turnovers,
  }
  return { state: inOvertime(next, period, { side, isTouchdown, isByDefence: isByDefence || how === 'block' }, rules), warnings }
}

function inOvertime(state: State, period: number, by: NonNullable<Overtime['first']>, rules: Rules): State {
  if (period <= rules.periods) return state
  const { overtime } = state
  return { ...state, overtime: { ...overtime, scores: overtime.scores + 1, first: overtime.first ?? by } }
}

const toldAt = (play: LoggedPlay, context: Context<Rules>) => toldMs(play, context, periodOf(context.period, context.rules)?.startMs)

/** The second part: of the side that made the touchdown, or of the defence that returned it. Without a touchdown there is none. */
function addTry(
  state: State,
  play: LoggedPlay,
  side: Side,
  points: number,
  context: Context<Rules>,
  warnings: string[],
): Step<State> | Refusal {
  const { kind } = play
  const { rules, period, late } = context
  const atMs = toldAt(play, context)
  const owner = (of: Side) => waitsIn(state.rows, period, of, atMs, TRY_WITHIN)
  // A safety on a try may be either side's.
  const scorer = kind === 'defensiveTwoPoint' ? other(side) : kind === 'onePointSafety' && owner(side) === null ? other(side) : side
  const n = owner(scorer)
  const isFree = isTriesOnly(period, rules)
  if (n === null && !isFree) {
    const what = kind === 'defensiveTwoPoint' ? 'The other side has no try to return.' : 'There is no touchdown to follow.'
    return refuse(what, 'kind')
  }
  const isKick = kind === 'extraPoint' || kind === 'extraPointMissed'
  const mustGo = rules.twoPointFrom > 0 && overtimeOf(period, rules) >= rules.twoPointFrom
  if (isKick && mustGo) warnings.push('must-go-for-two')
  const closed = n === null ? state.rows : withWaiting(state.rows, n, blank, { [scorer]: null })
  const rows = addPoints(closed, period, blank, side, points)
  return { state: { ...state, rows, pending: late ? state.pending : null, kicks: late ? state.kicks : scorer }, warnings }
}

/** Where a series of untimed overtime starts, for whoever has not the ball yet. */
const seriesSpot = ({ current, ball }: State, { overtime, periods, seriesFrom, fieldYards }: Rules): number | null =>
  overtime === 'series' && current > periods && (ball?.toGoal ?? null) === null ? seriesFrom || fieldYards / 2 : null

/** The ball in new hands: first down where the spot is known, else as soon as it is said or played. */
const taken = (side: Side, toGoal: number | null, rules: Rules): Ball =>
  toGoal === null ? { side, down: null, toGo: null, toGoal } : firstDown(side, toGoal, rules)

/** Plays that never touch the score: who has the ball and where. */
function moveBall(state: State, play: LoggedPlay, side: Side, rules: Rules): Step<State> {
  const { kind, data = {} } = play
  const spot = typeof data.toGoal === 'number' ? data.toGoal : null
  const had = state.ball
  const gained = yardsOf(play)
  switch (kind) {
    case 'possession': {
      const next = withBall(state, firstDown(side, spot ?? seriesSpot(state, rules), rules), rules)
      const isMade = had?.side === side && had.down !== null
      return { state: isMade ? { ...next, firstDowns: plus(next.firstDowns, side) } : next }
    }
    case 'down': {
      const from = had?.side === side ? had : firstDown(side, spot, rules)
      return { state: withBall(state, asTold(from, data as Parameters<typeof asTold>[1], rules), rules) }
    }
    case 'run':
    case 'pass':
    case 'incomplete':
    case 'sack': {
      const offence = kind === 'sack' ? other(side) : side
      const own = had?.side === offence ? had : null
      // The first play of a possession is on first down, where nobody said so.
      const ball = own && own.down !== null ? own : firstDown(offence, own?.toGoal ?? null, rules)
      const yardage = kind === 'incomplete' ? 0 : gained
      return { state: yardage === null ? withBall(state, ball, rules) : withDown(state, afterPlay(ball, yardage, rules), ball, rules) }
    }
    case 'turnover': {
      // Who has it already, after a fourth down that failed, keeps the spot.
      const at = had?.side === side ? had.toGoal : turned(had?.toGoal ?? null, rules)
      const next = withBall(state, taken(side, spot ?? at, rules), rules)
      return { state: data.type === 'downs' ? next : { ...next, turnovers: plus(next.turnovers, other(side)) } }
    }
    case 'fieldGoalMissed': {
      // It goes over at the spot of the snap, but not nearer to the own goal line than the 20.
      const from = had?.side === side ? turned(had.toGoal, rules) : null
      const at = from === null || data.blocked === true ? from : Math.min(from, rules.fieldYards - TOUCHBACK)
      return { state: withBall(state, taken(other(side), at, rules), rules) }
    }
    case 'punt': {
      const blockedAt = data.blocked === true && had?.side === side ? turned(had.toGoal, rules) : null
      return { state: withBall(state, taken(other(side), spot ?? blockedAt, rules), rules) }
    }
    case 'kickoff':
      return { state: withBall(state, taken(data.recovered === true ? side : other(side), spot, rules), rules) }
    default:
      return { state }
  }
}

function penalise(state: State, play: LoggedPlay, side: Side, isLate: boolean, rules: Rules): Step<State> {
  const { declined, offset, firstDown: isGiven, lossOfDown } = play.data ?? {}
  if (declined === true || offset === true) return { state }
  const distance = yardsOf(play) ?? 0
  const counted = {
    ...state,
    penalties: plus(state.penalties, side),
    penaltyYards: plus(state.penaltyYards, side, Math.max(0, distance)),
  }
  // On a try the ball stands for nobody's downs.
  if (!state.ball || isLate || state.pending) return { state: counted }
  const isLost = lossOfDown === true && side === state.ball.side
  const ball = afterPenalty(state.ball, side, distance, isGiven === true && side !== state.ball.side, rules, isLost)
  const isRenewed = side !== ball.side && (isGiven === true || (state.ball.toGo !== null && distance >= state.ball.toGo))
  return { state: isRenewed ? withDown(counted, ball, state.ball, rules) : withBall(counted, ball, rules) }
}

function takeTimeout(state: State, side: Side, period: number, rules: Rules): Step<State> {
  const left = timeoutsLeft(state.rows, period, side, rules)
  const rows = amend(state.rows, period, blank, row => ({ ...row, timeouts: plus(row.timeouts, side) }))
  return { state: { ...state, rows }, warnings: left > 0 ? [] : ['no-timeouts-left'] }
}

/** `3rd & 7, own 35`; `1st & goal, opp 4`. */
function situationOf({ down, toGo, toGoal }: Ball, { fieldYards }: Rules): string | null {
  const isGoal = toGoal !== null && toGo !== null && toGo >= toGoal
  const first = down === null ? '' : `${ordinal(down)}${toGo === null ? ' down' : ` & ${isGoal ? 'goal' : toGo}`}`
  const half = fieldYards / 2
  const where = toGoal === null ? '' : toGoal === half ? 'midfield' : toGoal < half ? `opp ${toGoal}` : `own ${fieldYards - toGoal}`
  return [first, where].filter(Boolean).join(', ') || null
}

/** A half begins with a kick-off, and play after a score goes on with one, where there is any: not in flag, not in an overtime of series. */
function kicksOff({ current, pending, kicks, ball }: State, rules: Rules): Shown['kicksOff'] {
  if (!hasKicks(rules) || current === 0 || pending || ball || (current > rules.periods && rules.overtime === 'series')) return null
  const isStart = current === 1 || current - 1 === rules.periods / 2 || current === rules.periods + 1
  return kicks ?? (isStart ? 'either' : null)
}
const hasKicks = ({ fieldGoalPoints }: Rules) => fieldGoalPoints > 0

const RED_ZONE = 20
const TOUCHBACK = 20

/** Fouls of the defence that may give a first down whatever the distance, by one rule book or another. */
const GIVES_FIRST_DOWN: ReadonlySet<unknown> = new Set(['holding', 'passInterference', 'roughing', 'personal', 'unsportsmanlike'])

/** What only some flags leave open: a first down given by the defence, a down lost by the offence, and whether it was walked off at all. */
function isAskedOfFlag(question: string, { side, data = {} }: Pick<LoggedPlay, 'side' | 'data'>, { ball }: Partial<Shown>): boolean {
  const isVoid = data.declined === true || data.offset === true
  if (question === 'declined' || question === 'offset') return !isVoid
  // Intentional grounding and an illegal forward pass cost the down; none of the fouls with a key of their own does.
  if (question === 'lossOfDown') return !isVoid && data.foul === undefined && ball != null && ball.side === side
  if (question !== 'firstDown') return true
  const isReached = typeof data.yards === 'number' && ball?.toGo != null && data.yards >= ball.toGo
  return !isVoid && ball != null && ball.side !== side && !isReached && (data.foul === undefined || GIVES_FIRST_DOWN.has(data.foul))
}

/** Whether the ball was the other side's for a play that only the side in possession makes; of a turnover, this side's own already. */
function contradicts({ kind, data }: LoggedPlay, side: Side, { ball, pending }: State): string | null {
  if (!ball || pending) return null
  if (kind === 'run' || kind === 'pass' || kind === 'incomplete' || kind === 'punt') return ball.side === side ? null : 'not-in-possession'
  if (kind === 'sack') return ball.side === side ? 'had-the-ball' : null
  // Over on downs tells what the fourth down did already.
  return kind === 'turnover' && data?.type !== 'downs' && ball.side === side ? 'had-the-ball' : null
}

export const sport = defineSport<State, Rules>({
  id: 'american_football',
  name: 'American football',
  version: 4,
  labels: {
    game: 'Game',
    period: 'Quarter',
    periods: 'Quarters',
    unit: 'point',
    units: 'points',
    byPeriod: 'By quarter',
    endings: { overtime: { second: 'OT' } },
    tablePoints: { win: 2, draw: 1, loss: 0 },
    tieBreakers: ['percentage', 'head-to-head', 'difference', 'for'],
  },
  endsItself: false,
  timed: { direction: () => 'down', period: periodOf, regulation: ({ periods }) => periods },
  packs,
  ruleFields,
  kinds,
  initial: () => ({
    current: 0,
    rows: [],
    pending: null,
    kicks: null,
    ball: null,
    overtime: NO_OVERTIME,
    firstDowns: LEVEL,
    turnovers: LEVEL,
    penalties: LEVEL,
    penaltyYards: LEVEL,
  }),
  onPeriod(state, edge, _play, { rules, period }) {
    if (edge === 'end') return { state }
    // The ball stays where it is within a half, and within two overtimes under a clock; else a kick-off or a series begins.
    const isWithin = period <= rules.periods ? rules.periods === 4 : rules.overtime !== 'series'
    const goesOn = isWithin && period % 2 === 0
    const ball = goesOn ? state.ball : null
    const overtime = rules.overtime === 'series' ? NO_OVERTIME : state.overtime
    const kicks = goesOn ? state.kicks : null
    return { state: { ...state, current: period, rows: begin(state.rows, period, blank), pending: null, kicks, ball, overtime } }
  },
  reduce(state, play, context) {
    const { rules, period, late } = context
    const { kind, side } = play
    if (!side) return refuse('Say which side.', 'side')
    const points = worthOf(kind, rules)
    if (points !== null) return addScore(state, play, side, points, context)
    if (kind === 'timeout' || (kind === 'challenge' && play.data?.lost === true)) return takeTimeout(state, side, period, rules)
    if (kind === 'penalty') return penalise(state, play, side, late, rules)
    if (kind === 'fieldGoalMissed' && rules.fieldGoalPoints === 0) return refuse('There are no field goals under these rules.', 'kind')
    if (!Object.hasOwn(kinds, kind)) return refuse(`American football has no play of kind "${kind}".`, 'kind')
    if (late || kind === 'challenge') return { state }
    // What is written down of a try itself is no play of the downs.
    if (isOfTry(play, state.pending)) return { state }
    // Once play goes on, the touchdown before it gets no try any more.
    const going = { ...state, pending: null, kicks: null, rows: withWaiting(state.rows, period, blank, NOBODY_WAITS) }
    const moved = moveBall(going, play, side, rules)
    const wrong = contradicts(play, side, state)
    return wrong ? { ...moved, warnings: [wrong] } : moved
  },
  score: scoreOf,
  columns: (state, rules) => columnsOf(state.rows, n => periodOf(n, rules)?.label ?? String(n)),
  winner: state => leader(scoreOf(state)),
  decided(state, rules, period) {
    if (period <= rules.periods) return null
    const isOver = rules.overtime === 'series' ? isSeriesDecided(state, rules) : isDecided(state, rules)
    const ahead = leader(scoreOf(state))
    return isOver && ahead !== 'draw' ? ahead : null
  },
  detail(state, rules): Shown {
    const { pending, ball, firstDowns, turnovers, penalties, penaltyYards } = state
    const period = Math.max(1, state.current)
    const { home, away } = scoreOf(state)
    return {
      pending,
      kicksOff: kicksOff(state, rules),
      ball,
      situation: ball && situationOf(ball, rules),
      timeouts: { home: timeoutsLeft(state.rows, period, 'home', rules), away: timeoutsLeft(state.rows, period, 'away', rules) },
      timeoutsOf: timeoutsAllowed(period, rules),
      firstDowns,
      turnovers,
      penalties,
      penaltyYards,
      isRedZone: ball !== null && ball.toGoal !== null && ball.toGoal <= RED_ZONE && rules.fieldYards > 50,
      runningClock: rules.mercyLead > 0 && period >= rules.mercyFrom && period <= rules.periods && Math.abs(home - away) >= rules.mercyLead,
      isDecided: period > rules.periods && isDecided(state, rules),
    }
  },
  due(detail) {
    const { pending, kicksOff: kicking } = detail as Partial<Shown>
    // A return by the defence is so rare, and not there under all rules, that nothing points to it.
    if (kicking) return [kicking === 'either' ? 'kickoff' : `${kicking}:kickoff`]
    return pending ? ['extraPoint', 'twoPoint', 'extraPointMissed', 'twoPointFailed'].map(id => `${pending}:${id}`) : []
  },
  chart: 'lead',
  actions(rules) {
    const isFlag = !hasKicks(rules)
    return ACTIONS.filter(
      ({ kind }) =>
        !(isFlag && (kind.startsWith('fieldGoal') || kind === 'punt' || kind === 'kickoff')) &&
        (kind !== 'defensiveTwoPoint' || rules.defensivePoints > 0),
    ).map(action => {
      const insteadOf = action.insteadOf?.filter(id => !(isFlag && id.startsWith('fieldGoal')))
      const isKick = isFlag && action.kind.startsWith('extraPoint')
      return { ...action, ...(insteadOf ? { insteadOf } : {}), ...(isKick ? { hint: 'From the 5' } : {}) }
    })
  },
  isAsked(question, play, was) {
    const { kind, data = {} } = play
    if (kind === 'penalty') return isAskedOfFlag(question, play, was)
    if (question === 'passer') return data.how === 'pass'
    return question !== 'from' || data.type === 'interception' || data.type === 'fumble'
  },
  describe,
  words,
  warnings: {
    'no-timeouts-left': 'This side had no time-out left.',
    'not-in-possession': 'The other side had the ball.',
    'had-the-ball': 'This side had the ball already.',
    'overtime-decided': 'By the rules of this overtime it was decided already.',
    'must-go-for-two': 'From this overtime on a touchdown is followed by a two-point try.',
    'tries-only': 'From this overtime on there are only tries.',
  },
  glance({ detail, status }) {
    const { pending, ball, situation, timeouts, timeoutsOf = 0, isRedZone, runningClock, isDecided: isOver } = detail as Partial<Shown>
    if (status === 'final' || status === 'scheduled' || status === 'forfeited') return {}
    const marks = SIDES.map(side => ({
      label: 'Time-outs',
      side,
      marks: Array.from({ length: timeoutsOf }, (_, i) =>
        i < (timeouts?.[side] ?? 0)
          ? { text: '●', tone: 'accent' as const, title: 'Left' }
          : { text: '○', tone: 'plain' as const, title: 'Used' },
      ),
    }))
    const badges: NonNullable<Glance['badges']>[number][] = [
      ...(isRedZone && ball ? [{ side: ball.side, text: 'RZ', tone: 'red' as const, title: 'In the red zone' }] : []),
      ...(runningClock ? SIDES.map(side => ({ side, text: 'RUN', tone: 'plain' as const, title: 'The clock runs on' })) : []),
    ]
    const middle = pending ? 'Try to come' : isOver ? 'Decided' : (situation ?? '')
    return { middle, mark: ball?.side ?? pending ?? null, badges, ...(timeoutsOf > 0 ? { marks } : {}) }
  },
  box: (plays, rules) => footballBox(plays, play => worthOf(play.kind, rules) ?? 0),
})
