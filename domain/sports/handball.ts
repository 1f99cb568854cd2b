import { scoreOf } from '#domain/display-order.ts'
import type { Field, Fields } from '#domain/fields.ts'
import type { Score } from '#domain/game.ts'
import { ADVANTAGE_WORDS, advantageOf, sayAdvantage } from '#domain/parts/advantage.ts'
import { countBadge, shortBadge } from '#domain/parts/badges.ts'
import { type Conduct, note, noted } from '#domain/parts/conduct.ts'
import {
  column,
  count,
  type Figure,
  type Figures,
  figure,
  outOf,
  percent,
  playerTables,
  teamRow,
  teamTable,
} from '#domain/parts/figures.ts'
import { HALF_TIME } from '#domain/parts/interval.ts'
import {
  EMPTY_BOX,
  isServing,
  NO_CLOCK,
  NO_CLOCK_SENTENCE,
  type PenaltyBox,
  type ShownPenalties,
  serve,
  settle,
  shortNow,
  shownPenalties,
  timersOf,
} from '#domain/parts/penalties.ts'
import {
  attempt,
  isDecided,
  isSettled,
  NO_SHOTS,
  type Shootout,
  type ShownShootout,
  shootoutMarks,
  shownShootout,
  TALLY_KIND,
  tallied,
} from '#domain/parts/shootout.ts'
import { decidedIn, type Stages, shootoutAt, stageLabel, timedBy, wonIn } from '#domain/parts/stages.ts'
import {
  addPoints,
  amend,
  begin,
  bySide,
  columnsOf,
  LEVEL,
  leader,
  MINUTE,
  type PeriodScore,
  plus,
  total,
  warned,
} from '#domain/parts/timed.ts'
import { TIMEOUT_KIND, TIMEOUT_SECONDS } from '#domain/parts/timeout.ts'
import { type LoggedPlay, other, SIDES, type Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack, refuse } from '#domain/sport.ts'

interface Rules {
  halfMinutes: number
  halfTimeMinutes: number
  /** Overtimes that may be played, of two halves each (rule 2:2). */
  overtimes: number
  overtimeMinutes: number
  /** Throws from seven metres decide what overtime left level (rule 2:2, comment). */
  shootout: boolean
  shootoutThrows: number
  /** Rule 16:3. */
  suspensionMinutes: number
  /** The suspension that disqualifies its player (rule 16:5). */
  suspensionsOut: number
  /** Warnings to the players of one team (rule 16:1, comment). */
  warnings: number
  timeouts: number
  timeoutSeconds: number
  timeoutsPerHalf: number
  /** In the last five minutes of regular time, 99 for no limit of their own. */
  timeoutsLastFive: number
  forfeitScore: number
}

interface Row extends PeriodScore {
  timeouts: Score
  lateTimeouts: Score
}

interface State {
  rows: readonly Row[]
  box: PenaltyBox
  conduct: Conduct
  suspensions: Score
  yellow: Score
  red: Score
  blue: Score
  sevens: { scored: Score; thrown: Score }
  /** Sides that play without a goalkeeper. */
  emptyGoal: Record<Side, boolean>
  shootout: Shootout | null
}

/** What the board shows beside the score. `timeouts` are those left now; the throws of a shoot-out never count into the score. */
interface Shown extends Record<string, unknown> {
  suspensions: Score
  cards: Record<Side, { yellow: number; red: number; blue: number }>
  timeouts: Score
  sevens: { scored: Score; thrown: Score }
  emptyGoal: Record<Side, boolean>
  penalties: ShownPenalties
  shootout: (ShownShootout & { series: number }) | null
}

/** What is counted by player, in `Conduct`. */
const SUSPENDED = 0
const BOOKED = 1
const OUT = 2

const LAST_FIVE_MS = 5 * MINUTE

const ihf: Rules = {
  halfMinutes: 30,
  halfTimeMinutes: 15,
  overtimes: 2,
  overtimeMinutes: 5,
  shootout: true,
  shootoutThrows: 5,
  suspensionMinutes: 2,
  suspensionsOut: 3,
  warnings: 3,
  timeouts: 3,
  timeoutSeconds: 60,
  timeoutsPerHalf: 2,
  timeoutsLastFive: 1,
  forfeitScore: 10,
}

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'ihf',
    name: 'IHF',
    version: '2024',
    from: '2024-07-01',
    isDefault: true,
    source:
      'IHF Rules of the Game, Indoor Handball, 2024: 2:1 (playing time), 2:2 and comment (overtime, 7 m throws), 2:10 and clarification 3 (team time-outs), 16 (punishments)',
    values: ihf,
  },
  {
    id: 'ihf',
    name: 'IHF',
    version: '2016',
    from: '2016-07-01',
    isDefault: true,
    source:
      'IHF Rules of the Game, Indoor Handball, 1 July 2016: 2:1, 2:2, 2:10 with the note on three team time-outs, 16 (blue card 16:8)',
    values: ihf,
  },
  {
    id: 'ihf',
    name: 'IHF, one time-out a half',
    version: '2005',
    from: '1999-08-01',
    isDefault: true,
    source: 'IHF Rules of the Game, 1 August 2005 and 1 July 2010: 2:1, 2:2, 2:10 (one team time-out in each half), 16',
    values: { ...ihf, halfTimeMinutes: 10, timeouts: 2, timeoutsPerHalf: 1, timeoutsLastFive: 99 },
  },
  {
    id: 'youth-12',
    name: 'Youth, 12 to 16',
    version: '2016',
    from: '2016-07-01',
    source: 'IHF Rules of the Game, 2:1: 2×25 minutes at the ages of 12 to 16',
    values: { ...ihf, halfMinutes: 25, halfTimeMinutes: 10 },
  },
  {
    id: 'youth-8',
    name: 'Youth, 8 to 12',
    version: '2016',
    from: '2016-07-01',
    source: 'IHF Rules of the Game, 2:1: 2×20 minutes at the ages of 8 to 12',
    values: { ...ihf, halfMinutes: 20, halfTimeMinutes: 10 },
  },
  {
    id: 'tournament',
    name: 'Short tournament',
    version: '2016',
    from: '2016-07-01',
    source: 'Tournament practice, no rule book: 2×15 minutes, one time-out, 7 m throws at once, suspensions of two minutes (rule 16:3)',
    values: { ...ihf, halfMinutes: 15, halfTimeMinutes: 5, overtimes: 0, timeouts: 1, timeoutsPerHalf: 1 },
  },
]

const stagesOf = ({ halfMinutes, overtimes, overtimeMinutes, shootout }: Rules): Stages => ({
  direction: 'up',
  periods: 2,
  periodMs: halfMinutes * MINUTE,
  overtimes: 2 * overtimes,
  overtimeParts: 2,
  overtimeMs: overtimeMinutes * MINUTE,
  shootout,
  shootoutLabel: '7M',
  shootoutName: '7 m shoot-out',
})

const ASSIST: Field = { type: 'player', label: 'Assist', optional: true }
const KEEPER: Field = { type: 'player', of: 'other', label: 'Goalkeeper', optional: true }
const FROM: Field = {
  type: 'choice',
  label: 'From',
  options: ['sixMetres', 'nineMetres', 'wing', 'breakthrough', 'fastBreak', 'emptyGoal'],
  labels: {
    sixMetres: '6 m',
    nineMetres: '9 m',
    wing: 'Wing',
    breakthrough: 'Breakthrough',
    fastBreak: 'Fast break',
    emptyGoal: 'Empty goal',
  },
  optional: true,
}
const BENCH: Fields = { official: { type: 'flag', label: 'To a team official', optional: true } }

const kinds: Readonly<Record<string, Kind>> = {
  goal: { label: 'Goal', side: 'required', player: true, scoring: true, data: { assist: ASSIST, from: FROM } },
  sevenMetreGoal: { label: '7 m goal', side: 'required', player: true, scoring: true },
  sevenMetreMissed: {
    label: '7 m missed',
    side: 'required',
    player: true,
    data: { saved: { type: 'flag', label: 'Saved', optional: true }, keeper: KEEPER },
  },
  save: {
    label: 'Save',
    side: 'required',
    player: true,
    data: { shooter: { type: 'player', of: 'other', label: 'Shot by', optional: true } },
  },
  missed: {
    label: 'Shot missed',
    side: 'required',
    player: true,
    data: { blocked: { type: 'flag', label: 'Blocked', optional: true } },
  },
  steal: { label: 'Steal', side: 'required', player: true },
  turnover: { label: 'Turnover', side: 'required', player: true },
  suspension: { label: 'Suspension', side: 'required', player: true, data: BENCH },
  yellowCard: { label: 'Yellow card', side: 'required', player: true, data: BENCH },
  redCard: { label: 'Red card', side: 'required', player: true, data: BENCH },
  blueCard: { label: 'Blue card', side: 'required', player: true, data: BENCH },
  timeout: { ...TIMEOUT_KIND, label: 'Team time-out' },
  emptyGoal: { label: 'Goal left empty', side: 'required' },
  keeperBack: { label: 'Goalkeeper back', side: 'required' },
  shootoutGoal: { label: 'Throw scored', side: 'required', player: true, scoring: true },
  shootoutMiss: { label: 'Throw missed', side: 'required', player: true, scoring: true },
  shootoutTally: TALLY_KIND,
}
const GOALS: ReadonlySet<string> = new Set(['goal', 'sevenMetreGoal'])
/** What only somebody on the court can do. */
const ON_COURT: ReadonlySet<string> = new Set([
  'goal',
  'sevenMetreGoal',
  'sevenMetreMissed',
  'save',
  'missed',
  'steal',
  'turnover',
  'shootoutGoal',
  'shootoutMiss',
])

const IN_PLAY = ['half', 'overtime']
const THROWS = ['shootout']
const act = (kind: string, label: string, size: Action['size'], keys: string, more: Partial<Action> = {}): Action => ({
  id: kind,
  kind,
  label,
  size,
  key: { home: keys.charAt(0), away: keys.charAt(1) },
  ...more,
})
const ACTIONS: readonly Action[] = [
  act('goal', 'Goal', 3, 'sk', { during: IN_PLAY, ask: ['assist', 'from'], insteadOf: ['sevenMetreGoal'], depth: 'score' }),
  act('sevenMetreGoal', '7 m', 2, 'dl', { hint: 'Scored', during: IN_PLAY, insteadOf: ['goal', 'sevenMetreMissed'] }),
  act('sevenMetreMissed', '7 m', 1, 'aj', { hint: 'Missed', during: IN_PLAY, ask: ['saved', 'keeper'], insteadOf: ['sevenMetreGoal'] }),
  act('shootoutGoal', 'Scored', 3, 'gh', { hint: '7 m throw', during: THROWS, insteadOf: ['shootoutMiss'], depth: 'score' }),
  act('shootoutMiss', 'Missed', 3, 'bu', { hint: '7 m throw', during: THROWS, insteadOf: ['shootoutGoal'], depth: 'score' }),
  act('suspension', '2 min', 2, 'ei', { hint: 'Suspension', insteadOf: ['yellowCard', 'redCard'] }),
  act('yellowCard', 'Yellow', 1, 'wo', { hint: 'Warning', insteadOf: ['suspension'] }),
  act('redCard', 'Red', 1, 'rp', { hint: 'Out', insteadOf: ['suspension', 'blueCard'] }),
  act('timeout', 'Time-out', 1, 'ty', { hint: 'Team', during: IN_PLAY }),
  act('blueCard', 'Blue', 1, 'q;', { hint: 'With report', insteadOf: ['redCard'], depth: 'full' }),
  act('save', 'Save', 2, 'fm', { during: IN_PLAY, ask: ['shooter'], depth: 'full' }),
  act('missed', 'Missed', 1, 'z,', { hint: 'Shot', during: IN_PLAY, ask: ['blocked'], depth: 'full' }),
  act('steal', 'Steal', 1, 'x.', { during: IN_PLAY, depth: 'full' }),
  act('turnover', 'Turnover', 1, 'c7', { during: IN_PLAY, depth: 'full' }),
  act('emptyGoal', 'Empty goal', 1, '18', { hint: 'Seventh out', during: IN_PLAY, insteadOf: ['keeperBack'], depth: 'full' }),
  act('keeperBack', 'Keeper back', 1, '29', { during: IN_PLAY, insteadOf: ['emptyGoal'], depth: 'full' }),
]

const blank = (n: number): Row => ({ n, ...LEVEL, timeouts: LEVEL, lateTimeouts: LEVEL })
const FULL: Record<Side, boolean> = { home: false, away: false }

const NO_TIMEOUTS = { total: LEVEL, late: LEVEL }
function timeoutsTaken(rows: readonly Row[], half?: number): typeof NO_TIMEOUTS {
  const counted = rows.filter(({ n }) => half === undefined || n === half)
  return { total: total(counted.map(row => row.timeouts)), late: total(counted.map(row => row.lateTimeouts)) }
}

/** Rule 2:10: so many a game, so many of them a half, none in overtime. */
function timeoutsLeft({ rows }: State, rules: Rules, side: Side): number {
  const half = Math.max(1, rows.at(-1)?.n ?? 1)
  if (half > 2) return 0
  const left = rules.timeouts - timeoutsTaken(rows).total[side]
  return Math.max(0, Math.min(left, rules.timeoutsPerHalf - timeoutsTaken(rows, half).total[side]))
}

/** Why a time-out is odd, if it is. */
function timeoutWarning({ rows }: State, rules: Rules, side: Side, period: number, isLastFive: boolean): string | null {
  if (period > 2) return 'timeout-in-overtime'
  if (timeoutsTaken(rows).total[side] >= rules.timeouts) return 'no-timeouts-left'
  if (timeoutsTaken(rows, period).total[side] >= rules.timeoutsPerHalf) return 'timeouts-in-half'
  return isLastFive && timeoutsTaken(rows).late[side] >= rules.timeoutsLastFive ? 'timeouts-in-last-five' : null
}

const isOut = (conduct: Conduct, id: string | undefined, { suspensionsOut }: Rules) =>
  noted(conduct, id, OUT) > 0 || noted(conduct, id, SUSPENDED) >= suspensionsOut

/** Goals, and shots at goal: each save is one of the other side's, and what went past or was blocked too. */
function figuresOf(play: LoggedPlay): Figure[] {
  const { kind, side, playerId, data = {} } = play
  if (!side) return []
  const by = (key: string): Figure => ({ side, key, playerId })
  const named = (key: string, of: Side, field: string): Figure => ({ side: of, key, playerId: data[field] as string | undefined })
  switch (kind) {
    case 'goal': {
      const isFast = data.from === 'fastBreak' ? [by('fastBreak')] : []
      return [by('goals'), by('shots'), ...(data.assist ? [named('assists', side, 'assist')] : []), ...isFast]
    }
    case 'sevenMetreGoal':
      return [by('goals'), by('shots'), by('sevenGoals'), by('sevens')]
    case 'sevenMetreMissed':
      return [by('shots'), by('sevens'), ...(data.saved || data.keeper ? [named('saves', other(side), 'keeper')] : [])]
    case 'save':
      return [by('saves'), named('shots', other(side), 'shooter')]
    case 'missed':
      return [by('shots')]
    case 'steal':
    case 'turnover':
    case 'suspension':
    case 'yellowCard':
    case 'redCard':
    case 'timeout':
      return [by(`${kind}s`)]
    default:
      return []
  }
}

const sevens = (own: Figures) => outOf(figure(own, 'sevenGoals'), figure(own, 'sevens'))
const shooting = (own: Figures) => percent(figure(own, 'goals'), figure(own, 'shots'))

export const sport = defineSport<State, Rules>({
  id: 'handball',
  name: 'Handball',
  version: 2,
  labels: {
    game: 'Game',
    period: 'Half',
    periods: 'Halves',
    unit: 'goal',
    units: 'goals',
    byPeriod: 'By half',
    endings: { overtime: { second: 'OT' }, shootout: { second: '7 m' } },
    tablePoints: { win: 2, draw: 1, loss: 0 },
    tieBreakers: ['head-to-head', 'difference', 'for'],
  },
  endsItself: false,
  timed: timedBy(stagesOf),
  packs,
  ruleFields: {
    halfMinutes: { type: 'int', min: 1, max: 60, label: 'Minutes in a half' },
    halfTimeMinutes: HALF_TIME,
    overtimes: { type: 'int', min: 0, max: 4, label: 'Overtimes that may be played (two halves each)' },
    overtimeMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a half of overtime' },
    shootout: { type: 'flag', label: '7 m throws may decide' },
    shootoutThrows: { type: 'int', min: 1, max: 20, label: 'Throws a side before sudden death' },
    suspensionMinutes: { type: 'int', min: 1, max: 10, label: 'Minutes of a suspension' },
    suspensionsOut: { type: 'int', min: 1, max: 99, label: 'A player is out at this suspension' },
    warnings: { type: 'int', min: 0, max: 99, label: 'Yellow cards for the players of a team' },
    timeoutSeconds: TIMEOUT_SECONDS,
    timeouts: { type: 'int', min: 0, max: 20, label: 'Team time-outs' },
    timeoutsPerHalf: { type: 'int', min: 0, max: 20, label: 'Team time-outs in one half' },
    timeoutsLastFive: { type: 'int', min: 0, max: 99, label: 'Team time-outs in the last five minutes (99: no limit)' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Goals for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    rows: [],
    box: EMPTY_BOX,
    conduct: {},
    suspensions: LEVEL,
    yellow: LEVEL,
    red: LEVEL,
    blue: LEVEL,
    sevens: { scored: LEVEL, thrown: LEVEL },
    emptyGoal: FULL,
    shootout: null,
  }),
  onPeriod(before, edge, _play, { period, rules, playedMs }) {
    if (edge === 'end') return { state: before }
    const state = { ...before, emptyGoal: FULL, box: settle(before.box, playedMs) }
    if (period === shootoutAt(stagesOf(rules))) return { state: { ...state, shootout: state.shootout ?? NO_SHOTS } }
    return { state: { ...state, rows: begin(state.rows, period, blank) } }
  },
  reduce(before, play, { rules, period, late, playedMs }) {
    const { kind, side, playerId, data = {} } = play
    const isThrow = kind.startsWith('shootout')
    if (isThrow !== (period === shootoutAt(stagesOf(rules))) && (isThrow || GOALS.has(kind))) {
      return refuse(isThrow ? 'These throws belong to the shoot-out.' : 'Goals do not count in the shoot-out, its throws do.', 'period')
    }
    if (kind === 'shootoutTally') return { state: { ...before, shootout: tallied(data) } }
    if (!side) return refuse('Say which side.', 'side')
    const state = { ...before, box: settle(before.box, playedMs) }
    const { conduct, box } = state
    const odd = ON_COURT.has(kind)
      ? warned(isOut(conduct, playerId, rules) ? 'player-disqualified' : isServing(box, playerId, playedMs) && 'player-suspended')
      : []
    const suspend = () =>
      serve(box, { side, label: `${rules.suspensionMinutes} min`, playerId, lengthMs: rules.suspensionMinutes * MINUTE }, playedMs)
    const clockless = playedMs === null && NO_CLOCK
    switch (kind) {
      case 'goal': {
        const facts = late ? {} : advantageOf(box, side, playedMs)
        return { state: { ...state, rows: addPoints(state.rows, period, blank, side, 1) }, warnings: odd, facts }
      }
      case 'sevenMetreGoal': {
        const { scored, thrown } = state.sevens
        const rows = addPoints(state.rows, period, blank, side, 1)
        return { state: { ...state, rows, sevens: { scored: plus(scored, side), thrown: plus(thrown, side) } }, warnings: odd }
      }
      case 'sevenMetreMissed': {
        const thrown = plus(state.sevens.thrown, side)
        return { state: { ...state, sevens: { ...state.sevens, thrown } }, warnings: odd }
      }
      case 'suspension': {
        const after = note(conduct, playerId, SUSPENDED)
        const wasOut = isOut(conduct, playerId, rules)
        // The third disqualifies (16:5); where the red card was written down before it, nobody need be told.
        const isLast = !wasOut && isOut(after, playerId, rules)
        const next = { ...state, box: suspend(), conduct: after, suspensions: plus(state.suspensions, side) }
        return { state: next, warnings: warned(isLast && 'third-suspension', clockless) }
      }
      case 'yellowCard': {
        const yellow = plus(state.yellow, side)
        const warnings = warned(
          noted(conduct, playerId, BOOKED) > 0 && 'second-warning',
          noted(conduct, playerId, SUSPENDED) > 0 && 'warning-after-suspension',
          // One more is for the officials together.
          yellow[side] > rules.warnings + (data.official ? 1 : 0) && 'no-warnings-left',
        )
        return { state: { ...state, yellow, conduct: note(conduct, playerId, BOOKED) }, warnings }
      }
      case 'redCard': {
        // The third suspension's own two minutes are all that its red card costs (16:5); any other costs two (16:8).
        const isThird = noted(conduct, playerId, SUSPENDED) >= rules.suspensionsOut
        const warnings = warned(noted(conduct, playerId, OUT) > 0 && 'player-disqualified', !isThird && clockless)
        const next = { ...state, box: isThird ? box : suspend(), conduct: note(conduct, playerId, OUT), red: plus(state.red, side) }
        return { state: next, warnings }
      }
      case 'blueCard': {
        // Shown after the red one, for a written report: it takes nobody off the court.
        const isAlone = playerId !== undefined && !isOut(conduct, playerId, rules)
        return { state: { ...state, blue: plus(state.blue, side) }, warnings: warned(isAlone && 'blue-without-red') }
      }
      case 'timeout': {
        const isLastFive = playedMs !== null && period <= 2 && playedMs >= 2 * rules.halfMinutes * MINUTE - LAST_FIVE_MS
        const warning = timeoutWarning(state, rules, side, period, isLastFive)
        const rows = amend(state.rows, period, blank, row => ({
          ...row,
          timeouts: plus(row.timeouts, side),
          lateTimeouts: isLastFive ? plus(row.lateTimeouts, side) : row.lateTimeouts,
        }))
        return { state: { ...state, rows }, warnings: warned(warning) }
      }
      case 'emptyGoal':
      case 'keeperBack':
        return { state: late ? state : { ...state, emptyGoal: { ...state.emptyGoal, [side]: kind === 'emptyGoal' } } }
      case 'shootoutGoal':
      case 'shootoutMiss': {
        const wasSettled = state.shootout !== null && isSettled(state.shootout, rules.shootoutThrows)
        const shootout = attempt(state.shootout, side, kind === 'shootoutGoal')
        return { state: { ...state, shootout }, warnings: warned(...odd, wasSettled && 'shootout-settled') }
      }
      default:
        return { state, warnings: odd }
    }
  },
  score: state => total(state.rows),
  columns: (state, rules) => columnsOf(state.rows, n => stageLabel(n, stagesOf(rules))),
  winner: ({ rows, shootout }) => leader(isDecided(shootout) ? shootout : total(rows)),
  decided: ({ rows, shootout }, { shootoutThrows }) => wonIn(rows, shootout, shootoutThrows, () => false),
  how: ({ rows, shootout }, rules) => decidedIn(rows, shootout, stagesOf(rules)),
  detail(state, rules): Shown {
    const { suspensions, yellow, red, blue, sevens: thrown, emptyGoal, box, shootout } = state
    const shown = shownShootout(shootout)
    return {
      suspensions,
      cards: bySide(side => ({ yellow: yellow[side], red: red[side], blue: blue[side] })),
      timeouts: bySide(side => timeoutsLeft(state, rules, side)),
      sevens: thrown,
      emptyGoal,
      penalties: shownPenalties(box),
      shootout: shown && { ...shown, series: rules.shootoutThrows },
    }
  },
  timers: ({ box }) => timersOf(box),
  totals(detail) {
    const { sevens: thrown, shootout } = detail as Partial<Shown>
    const seven = thrown && thrown.thrown.home + thrown.thrown.away > 0 ? [{ label: '7 m', name: '7 m goals', of: thrown.scored }] : []
    return shootout ? [...seven, { label: 'SO', name: '7 m throws after the game', of: shootout }] : seven
  },
  chart: 'lead',
  actions: ({ shootout }) => (shootout ? ACTIONS : ACTIONS.filter(({ kind }) => !kind.startsWith('shootout'))),
  describe({ kind, data = {} }, { facts }) {
    if (kind === 'shootoutTally') return { key: kind, values: data as Record<string, number> }
    if (data.official) return { key: `${kind}.bench` }
    if (kind === 'goal') return { key: data.assist ? 'goal.assist' : data.from ? `goal.${data.from}` : 'goal', ...sayAdvantage(facts) }
    if (kind === 'sevenMetreMissed') return { key: data.keeper ? 'sevenMetreMissed.keeper' : data.saved ? 'sevenMetreMissed.saved' : kind }
    if (kind === 'save') return { key: data.shooter ? 'save.shooter' : 'save' }
    return { key: kind === 'missed' && data.blocked ? 'missed.blocked' : kind }
  },
  words: {
    ...ADVANTAGE_WORDS,
    'clause.down': 'short-handed',
    goal: 'Goal for {side}',
    'goal.by': '{player} scores for {side}',
    'goal.assist': 'Goal for {side}, set up by {assist}',
    'goal.assist.by': '{player} scores for {side}, set up by {assist}',
    'goal.sixMetres': 'Goal for {side} from six metres',
    'goal.sixMetres.by': '{player} scores for {side} from six metres',
    'goal.nineMetres': 'Goal for {side} from nine metres',
    'goal.nineMetres.by': '{player} scores for {side} from nine metres',
    'goal.wing': 'Goal for {side} from the wing',
    'goal.wing.by': '{player} scores for {side} from the wing',
    'goal.breakthrough': '{side} break through and score',
    'goal.breakthrough.by': '{player} breaks through and scores for {side}',
    'goal.fastBreak': '{side} score on the fast break',
    'goal.fastBreak.by': '{player} scores for {side} on the fast break',
    'goal.emptyGoal': '{side} score into the empty goal',
    'goal.emptyGoal.by': '{player} scores for {side} into the empty goal',
    sevenMetreGoal: '{side} score from seven metres',
    'sevenMetreGoal.by': '{player} scores for {side} from seven metres',
    sevenMetreMissed: '{side} miss from seven metres',
    'sevenMetreMissed.by': '{player} misses from seven metres for {side}',
    'sevenMetreMissed.saved': 'Seven-metre throw by {side} saved',
    'sevenMetreMissed.saved.by': '{player} is denied from seven metres',
    'sevenMetreMissed.keeper': '{keeper} saves a seven-metre throw by {side}',
    'sevenMetreMissed.keeper.by': '{keeper} saves from {player} at seven metres',
    save: 'Save for {side}',
    'save.by': '{player} saves for {side}',
    'save.shooter': '{side} save from {shooter}',
    'save.shooter.by': '{player} saves from {shooter}',
    missed: '{side} miss the goal',
    'missed.by': '{player} misses the goal for {side}',
    'missed.blocked': 'Shot by {side} blocked',
    'missed.blocked.by': '{player} of {side} is blocked',
    steal: '{side} win the ball',
    'steal.by': '{player} wins the ball for {side}',
    turnover: '{side} lose the ball',
    'turnover.by': '{player} loses the ball for {side}',
    suspension: 'Suspension, {side}',
    'suspension.by': 'Suspension for {player}, {side}',
    'suspension.bench': 'Suspension for the {side} bench',
    yellowCard: 'Yellow card, {side}',
    'yellowCard.by': 'Yellow card for {player}, {side}',
    'yellowCard.bench': 'Yellow card for the {side} bench',
    redCard: 'Red card, {side}',
    'redCard.by': 'Red card for {player}, {side}',
    'redCard.bench': 'Red card for the {side} bench',
    blueCard: 'Blue card, {side}',
    'blueCard.by': 'Blue card for {player}, {side}',
    'blueCard.bench': 'Blue card for the {side} bench',
    timeout: 'Time-out, {side}',
    emptyGoal: '{side} leave their goal empty',
    keeperBack: 'The {side} goalkeeper is back',
    shootoutGoal: '{side} score their throw',
    'shootoutGoal.by': '{player} scores for {side}',
    shootoutMiss: '{side} miss their throw',
    shootoutTally: 'Shoot-out {home}–{away}',
    'shootoutMiss.by': '{player} misses for {side}',
    'warning.third-suspension': 'Third suspension: out of the game',
    'warning.player-disqualified': 'Had been disqualified',
    'warning.shootout-settled': 'Thrown after it was settled',
  },
  warnings: {
    'third-suspension': 'The last one allowed: this player is disqualified.',
    'player-disqualified': 'This player is out of the game.',
    'player-suspended': 'This player is still suspended.',
    'second-warning': 'This player had a yellow card already: the next step is a suspension.',
    'warning-after-suspension': 'This player has been suspended: a yellow card no longer fits.',
    'no-warnings-left': 'The players of this side have had their yellow cards.',
    'blue-without-red': 'A blue card follows a red one.',
    'no-timeouts-left': 'This side had no time-out left.',
    'timeouts-in-half': 'This side had its time-outs of this half.',
    'timeouts-in-last-five': 'This side had its time-out of the last five minutes.',
    'timeout-in-overtime': 'There are no time-outs in overtime.',
    'shootout-settled': 'The throws had settled it already.',
    [NO_CLOCK]: NO_CLOCK_SENTENCE,
  },
  glance({ detail, status, displayOrder }) {
    const { cards, emptyGoal, shootout, penalties } = detail as Partial<Shown>
    const short = shortNow(penalties, detail.timers)
    const badges = SIDES.flatMap(side => [
      ...shortBadge(side, short[side], 'on the court'),
      ...countBadge(side, cards?.[side].yellow ?? 0, 'yellow', 'Yellow cards'),
      ...countBadge(side, cards?.[side].red ?? 0, 'red', 'Red cards'),
      ...countBadge(side, cards?.[side].blue ?? 0, 'blue', 'Blue cards'),
    ])
    const throws = shootout && scoreOf(shootout, { displayOrder })
    return {
      home: emptyGoal?.home ? 'empty goal' : '',
      away: emptyGoal?.away ? 'empty goal' : '',
      middle: throws ? (status === 'final' ? `7 m ${throws}` : `${throws} from 7 m`) : '',
      badges,
      marks: shootoutMarks(shootout, shootout?.series ?? 0, '7 m'),
    }
  },
  box(plays) {
    const counted = count(plays, figuresOf)
    return [
      ...playerTables(counted, 'players', 'Players', [
        column('goals', 'G', 'Goals'),
        column('shots', 'SH', 'Shots'),
        column('efficiency', '%', 'Goals a shot', shooting),
        column('sevens', '7 m', '7 m goals and throws', sevens),
        column('assists', 'A', 'Assists'),
        column('turnovers', 'TO', 'Turnovers'),
        column('steals', 'ST', 'Steals'),
        column('saves', 'SV', 'Saves'),
        column('yellowCards', 'YC', 'Yellow cards'),
        column('suspensions', '2M', 'Suspensions'),
        column('redCards', 'RC', 'Red cards'),
      ]),
      ...teamTable(counted, [
        teamRow('Goals', 'goals'),
        teamRow('Shots', 'shots'),
        { label: 'Shooting', of: shooting },
        { label: '7 m throws', of: sevens },
        teamRow('Fast breaks', 'fastBreak'),
        teamRow('Saves', 'saves'),
        { label: 'Saved', of: (own, others) => percent(figure(own, 'saves'), figure(own, 'saves') + figure(others, 'goals')) },
        teamRow('Assists', 'assists'),
        teamRow('Turnovers', 'turnovers'),
        teamRow('Steals', 'steals'),
        teamRow('Yellow cards', 'yellowCards'),
        teamRow('Suspensions', 'suspensions'),
        teamRow('Red cards', 'redCards'),
        teamRow('Time-outs', 'timeouts'),
      ]),
    ]
  },
})
