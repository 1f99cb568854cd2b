import type { BoxPlay } from '#domain/box.ts'
import { scoreOf } from '#domain/display-order.ts'
import type { Field } from '#domain/fields.ts'
import type { Score } from '#domain/game.ts'
import { advantageOf } from '#domain/parts/advantage.ts'
import { countBadge, shortBadge } from '#domain/parts/badges.ts'
import { type Conduct, note, noted } from '#domain/parts/conduct.ts'
import { column, count, type Figure, figure, outOf, percent, playerTables, teamRow, teamTable } from '#domain/parts/figures.ts'
import { INTERVAL_FIELDS, type IntervalRules } from '#domain/parts/interval.ts'
import {
  EMPTY_BOX,
  endAll,
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
  attempting,
  dueAttempts,
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
import { SHOT_CLOCK_FIELDS, SHOT_CLOCK_KIND, SHOT_CLOCK_WORDS, shotClockKeys } from '#domain/parts/shot-clock.ts'
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
import { type Facts, type LoggedPlay, other, SIDES, type Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack, refuse, type Step } from '#domain/sport.ts'

interface Rules extends IntervalRules {
  periods: number
  periodMinutes: number
  /** Played to the end, before sudden death or a shoot-out. */
  overtimes: number
  overtimeMinutes: number
  /** Further periods, in which the first goal wins. */
  suddenDeath: boolean
  shootout: boolean
  shootoutThrows: number
  exclusionSeconds: number
  /** How long a side is short after violent action or brutality. */
  violentMinutes: number
  /** A player leaves the game with this many. */
  personalFouls: number
  timeouts: number
  timeoutSeconds: number
  shotClock: number
  shotClockAgain: number
  /** 99: no limit but the number of all. */
  timeoutsPerPeriod: number
  /** For the whole of overtime. */
  timeoutsOvertime: number
  /** Challenges a coach may lose, 0 where there is no video. */
  challenges: number
  forfeitScore: number
}

interface Row extends PeriodScore {
  timeouts: Score
}

interface State {
  rows: readonly Row[]
  box: PenaltyBox
  conduct: Conduct
  exclusions: Score
  cards: { yellow: Score; red: Score }
  extra: Score
  /** The side whose penalty throw is to come. */
  penaltyFor: Side | null
  challengesLost: Score
  shootout: Shootout | null
}

/** What the board shows beside the score. `timeouts` and `challenges` are those left; the shoot-out never counts into the score. */
interface Shown extends Record<string, unknown> {
  exclusions: Score
  cards: Record<Side, { yellow: number; red: number }>
  extraManGoals: Score
  timeouts: Score
  challenges: Score | null
  penaltyFor: Side | null
  /** Players with the last personal foul but one, and those who are out. */
  fouls: Readonly<Record<string, number>>
  penalties: ShownPenalties
  shootout: (ShownShootout & { series: number }) | null
}

/** What is counted by player, in `Conduct`. */
const FOULS = 0
const OUT = 1

/** The rules end sudden death with a goal; the linescore stays bounded all the same. */
const MOST_SUDDEN = 20

const current: Rules = {
  periods: 4,
  periodMinutes: 8,
  halfTimeMinutes: 5,
  breakSeconds: 120,
  overtimes: 0,
  overtimeMinutes: 3,
  suddenDeath: false,
  shootout: true,
  shootoutThrows: 5,
  exclusionSeconds: 18,
  violentMinutes: 4,
  personalFouls: 3,
  timeouts: 2,
  timeoutSeconds: 60,
  shotClock: 28,
  shotClockAgain: 18,
  timeoutsPerPeriod: 99,
  timeoutsOvertime: 0,
  challenges: 1,
  forfeitScore: 5,
}
const fina: Rules = { ...current, halfTimeMinutes: 3, exclusionSeconds: 20, challenges: 0, shotClock: 30, shotClockAgain: 20 }
/** Until 2018 half-time is of five minutes (WP 11), and whoever keeps the ball has the whole time again. */
const before2019: Rules = { ...fina, halfTimeMinutes: 5, shotClockAgain: 30 }
const college: Rules = { ...fina, halfTimeMinutes: 5, overtimes: 2, suddenDeath: true, shootout: false, timeouts: 3, timeoutsOvertime: 1 }

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'world-aquatics',
    name: 'World Aquatics',
    version: '2025-05',
    from: '2025-05-20',
    isDefault: true,
    source:
      'World Aquatics Competition Regulations, part VI as amended in May 2025: possession 28 s and 18 s (an exclusion leaves what is more), exclusion 18 s, half-time 5 min; 4 (duration), 5 (time-outs), 9 and 16 (exclusion, personal fouls), shoot-out of 5',
    values: current,
  },
  {
    id: 'world-aquatics',
    name: 'World Aquatics',
    version: '2024-11',
    from: '2024-11-09',
    isDefault: true,
    source: 'World Aquatics Competition Regulations, part VI as amended on 9 November 2024: exclusion 15 s, a challenge for each coach',
    values: { ...current, halfTimeMinutes: 3, exclusionSeconds: 15, shotClock: 30, shotClockAgain: 20 },
  },
  {
    id: 'world-aquatics',
    name: 'World Aquatics, FINA',
    version: '2019',
    from: '2019-01-01',
    isDefault: true,
    source:
      'FINA Water Polo Rules 2019-2021 and World Aquatics Competition Regulations, part VI, 21 February 2023: 4, 5, 9, 16; half-time 3 min',
    values: fina,
  },
  {
    id: 'world-aquatics',
    name: 'FINA, a time-out a period',
    version: '2013',
    from: '2013-09-01',
    isDefault: true,
    source:
      'FINA Water Polo Rules 2013-2017: WP 11 (no extra time, shoot-out of 5), WP 12 (a time-out in each period), WP 22 (exclusion fouls), personal fouls',
    values: { ...before2019, timeouts: 4, timeoutsPerPeriod: 1 },
  },
  {
    id: 'world-aquatics',
    name: 'FINA, with extra time',
    version: '2005',
    from: '2005-09-01',
    isDefault: true,
    source:
      'FINA Water Polo Rules 2005-2009: WP 11 (4×8, extra time 2×3, then penalty throws), WP 12 (two time-outs, one in extra time), exclusion and personal fouls',
    values: { ...before2019, overtimes: 2, timeoutsOvertime: 1 },
  },
  {
    id: 'ncaa',
    name: 'US college (NCAA)',
    version: '2019-20',
    from: '2010-07-01',
    source:
      'NCAA Water Polo Rules: 11 (4×8, overtime 2×3, then sudden victory of 3), 12 (time-outs: two and a short one, one for overtime), 21, 24',
    values: college,
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2020-22',
    from: '2010-07-01',
    source: 'NFHS Water Polo Rules Book 2020-22: 4×7 minutes, overtime 2×3, then sudden victory; time-outs three and a short one',
    values: { ...college, periodMinutes: 7, timeouts: 4 },
  },
  {
    id: 'nfhs-jv',
    name: 'US high school, junior varsity',
    version: '2020-22',
    from: '2010-07-01',
    source: 'NFHS Water Polo Rules Book 2020-22: 4×6 minutes for junior varsity',
    values: { ...college, periodMinutes: 6, timeouts: 4 },
  },
]

const stagesOf = ({ periods, periodMinutes, overtimes, overtimeMinutes, suddenDeath, shootout }: Rules): Stages => ({
  direction: 'down',
  periods,
  periodMs: periodMinutes * MINUTE,
  overtimes: suddenDeath ? overtimes + MOST_SUDDEN : overtimes,
  suddenAfter: overtimes,
  overtimeParts: 1,
  overtimeMs: overtimeMinutes * MINUTE,
  shootout: shootout && !suddenDeath,
  shootoutLabel: 'PSO',
  shootoutName: 'Penalty shoot-out',
})

const ASSIST: Field = { type: 'player', label: 'Assist', optional: true }

const goal = (label: string): Kind => ({ label, side: 'required', player: true, scoring: true, attack: 'other', data: { assist: ASSIST } })
const kinds: Readonly<Record<string, Kind>> = {
  goal: goal('Goal'),
  extraGoal: goal('Extra player goal'),
  counterGoal: goal('Counter-attack goal'),
  penaltyGoal: { label: 'Penalty scored', side: 'required', player: true, scoring: true, attack: 'other' },
  penaltyMissed: {
    label: 'Penalty missed',
    side: 'required',
    player: true,
    data: {
      saved: { type: 'flag', label: 'Saved', optional: true },
      keeper: { type: 'player', of: 'other', label: 'Goalkeeper', optional: true },
    },
  },
  exclusion: {
    label: 'Exclusion',
    side: 'required',
    player: true,
    attack: 'fouled',
    data: { misconduct: { type: 'flag', label: 'Misconduct', optional: true } },
  },
  // The ball stays where it was, and so does the possession clock.
  doubleExclusion: {
    label: 'Simultaneous exclusion',
    side: 'required',
    player: true,
    data: { opponent: { type: 'player', of: 'other', label: 'Of the other side', optional: true } },
  },
  backIn: { label: 'Excluded side complete', side: 'required', player: true },
  penaltyFoul: { label: 'Penalty foul', side: 'required', player: true },
  violentAction: { label: 'Violent action', side: 'required', player: true },
  brutality: { label: 'Brutality', side: 'required', player: true },
  yellowCard: { label: 'Yellow card, bench', side: 'required' },
  redCard: { label: 'Red card', side: 'required', player: true },
  timeout: TIMEOUT_KIND,
  challenge: {
    label: 'Challenge',
    side: 'required',
    data: { result: { type: 'choice', label: 'Decision', options: ['won', 'lost'], labels: { won: 'Won', lost: 'Lost' }, default: 'won' } },
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
  steal: { label: 'Steal', side: 'required', player: true, attack: 'own' },
  turnover: { label: 'Turnover', side: 'required', player: true, attack: 'other' },
  sprint: { label: 'Sprint won', side: 'required', player: true, attack: 'own' },
  shotClock: SHOT_CLOCK_KIND,
  shootoutGoal: { label: 'Throw scored', side: 'required', player: true, scoring: true },
  shootoutMiss: { label: 'Throw missed', side: 'required', player: true, scoring: true },
  shootoutTally: TALLY_KIND,
}
const GOALS: ReadonlySet<string> = new Set(['goal', 'extraGoal', 'counterGoal', 'penaltyGoal'])
/** What only somebody in the water can do. */
const IN_WATER: ReadonlySet<string> = new Set([
  ...GOALS,
  'penaltyMissed',
  'save',
  'missed',
  'steal',
  'turnover',
  'sprint',
  'shootoutGoal',
  'shootoutMiss',
])
const PERSONAL: ReadonlySet<string> = new Set(['exclusion', 'doubleExclusion', 'penaltyFoul', 'violentAction', 'brutality'])

const IN_PLAY = ['quarter', 'half', 'period', 'overtime']
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
  act('goal', 'Goal', 3, 'sk', {
    during: IN_PLAY,
    ask: ['assist'],
    insteadOf: ['extraGoal', 'counterGoal', 'penaltyGoal'],
    depth: 'score',
  }),
  act('extraGoal', 'Extra', 2, 'dl', { hint: 'Goal', during: IN_PLAY, ask: ['assist'], insteadOf: ['goal', 'counterGoal'] }),
  act('penaltyGoal', 'Penalty', 2, 'aj', { hint: 'Scored', during: IN_PLAY, insteadOf: ['penaltyMissed', 'goal'] }),
  act('penaltyMissed', 'Penalty', 1, 'zm', { hint: 'Missed', during: IN_PLAY, ask: ['saved', 'keeper'], insteadOf: ['penaltyGoal'] }),
  act('exclusion', 'Exclusion', 2, 'fh', { during: IN_PLAY, ask: ['player', 'misconduct'], insteadOf: ['penaltyFoul', 'violentAction'] }),
  act('penaltyFoul', 'Penalty foul', 1, 'ei', { hint: 'Conceded', during: IN_PLAY, insteadOf: ['exclusion'] }),
  act('timeout', 'Time-out', 1, 'ty', { during: IN_PLAY }),
  act('shootoutGoal', 'Scored', 3, 'g;', { hint: 'From 5 m', during: THROWS, insteadOf: ['shootoutMiss'], depth: 'score' }),
  act('shootoutMiss', 'Missed', 3, 'b,', { hint: 'From 5 m', during: THROWS, insteadOf: ['shootoutGoal'], depth: 'score' }),
  act('counterGoal', 'Counter', 1, 'x.', {
    hint: 'Goal',
    during: IN_PLAY,
    ask: ['assist'],
    insteadOf: ['goal', 'extraGoal'],
    depth: 'full',
  }),
  act('doubleExclusion', 'Both out', 1, '-=', {
    hint: 'Exclusion',
    during: IN_PLAY,
    ask: ['player', 'opponent'],
    insteadOf: ['exclusion'],
    depth: 'full',
  }),
  act('backIn', 'Back in', 1, 'ru', { hint: 'Who comes in', during: IN_PLAY, depth: 'full' }),
  act('violentAction', 'Violent', 1, 'wo', { hint: 'Action', insteadOf: ['exclusion', 'brutality'], depth: 'full' }),
  act('brutality', 'Brutality', 1, 'qp', { insteadOf: ['violentAction'], depth: 'full' }),
  act('save', 'Save', 2, 'c7', { during: IN_PLAY, ask: ['shooter'], depth: 'full' }),
  act('missed', 'Missed', 1, 'v8', { hint: 'Shot', during: IN_PLAY, ask: ['blocked'], depth: 'full' }),
  act('steal', 'Steal', 1, '19', { during: IN_PLAY, depth: 'full' }),
  act('turnover', 'Turnover', 1, '20', { during: IN_PLAY, depth: 'full' }),
  act('sprint', 'Sprint', 1, '36', { hint: 'Won', during: IN_PLAY, depth: 'full' }),
]

const blank = (n: number): Row => ({ n, ...LEVEL, timeouts: LEVEL })

/** So many in regular time, at most so many of them a period; others for the whole of overtime. */
function timeoutsLeft(rows: readonly Row[], n: number, rules: Rules, side: Side): number {
  const { periods } = rules
  const used = (from: number, to: number) => total(rows.filter(row => row.n >= from && row.n <= to).map(row => row.timeouts))[side]
  if (n > periods) return Math.max(0, rules.timeoutsOvertime - used(periods + 1, n))
  return Math.max(0, Math.min(rules.timeouts - used(1, periods), rules.timeoutsPerPeriod - used(n, n)))
}

const isOut = (conduct: Conduct, id: string | undefined, { personalFouls }: Rules) =>
  noted(conduct, id, OUT) > 0 || noted(conduct, id, FOULS) >= personalFouls

/** Goals of the periods in which the first one wins: there should be one. */
function suddenGoals(rows: readonly Row[], { periods, overtimes, suddenDeath }: Rules): number {
  if (!suddenDeath) return 0
  const { home, away } = total(rows.filter(({ n }) => n > periods + overtimes))
  return home + away
}

/** With a player excluded on the other side a goal is one with the extra player, whichever key told it. */
const kindSaid = (kind: string, facts: Facts = {}) => (kind === 'goal' && facts.up !== undefined ? 'extraGoal' : kind)

function figuresOf({ kind: sent, side, playerId, data = {} }: LoggedPlay, { marks }: BoxPlay<State>): Figure[] {
  if (!side) return []
  const kind = kindSaid(sent, marks.facts)
  const by = (key: string): Figure => ({ side, key, playerId })
  const named = (key: string, of: Side, field: string): Figure => ({ side: of, key, playerId: data[field] as string | undefined })
  const assist = data.assist ? [named('assists', side, 'assist')] : []
  switch (kind) {
    case 'goal':
      return [by('goals'), by('shots'), ...assist]
    case 'extraGoal':
    case 'counterGoal':
      return [by('goals'), by('shots'), by(`${kind}s`), ...assist]
    case 'penaltyGoal':
      return [by('goals'), by('shots'), by('penaltyGoals'), by('penalties')]
    case 'penaltyMissed':
      return [by('shots'), by('penalties'), ...(data.saved || data.keeper ? [named('saves', other(side), 'keeper')] : [])]
    case 'exclusion':
    case 'violentAction':
    case 'brutality':
      return [by('exclusions'), by('fouls')]
    case 'doubleExclusion': {
      const both = ['exclusions', 'fouls', 'doubleExclusions']
      return both.flatMap(key => [by(key), named(key, other(side), 'opponent')])
    }
    case 'penaltyFoul':
      return [by('penaltyFouls'), by('fouls')]
    case 'save':
      return [by('saves'), named('shots', other(side), 'shooter')]
    case 'missed':
      return [by('shots')]
    case 'steal':
    case 'turnover':
    case 'sprint':
    case 'timeout':
      return [by(`${kind}s`)]
    default:
      return []
  }
}

/**
 * Players of both sides excluded at once (22 of 2019, 9 of 2023): each for the time of an exclusion, a personal foul each, and neither side has
 * a player more. The foul of the one who is named first is noted already.
 */
function excludeBoth(
  state: State,
  { playerId, data = {} }: LoggedPlay,
  side: Side,
  rules: Rules,
  playedMs: number | null,
  warnings: readonly string[],
): Step<State> {
  const opponent = data.opponent as string | undefined
  const wasOut = isOut(state.conduct, opponent, rules)
  const conduct = note(state.conduct, opponent, FOULS)
  const isLast = !wasOut && isOut(conduct, opponent, rules)
  const given = { label: 'Exclusion', lengthMs: rules.exclusionSeconds * 1000, endsOnGoal: true, isShort: false }
  const first = serve(state.box, { ...given, side, playerId }, playedMs)
  return {
    state: {
      ...state,
      conduct,
      box: serve(first, { ...given, side: other(side), playerId: opponent }, playedMs),
      exclusions: plus(plus(state.exclusions, side), other(side)),
    },
    warnings: [...new Set([...warnings, ...warned(wasOut && 'player-out', isLast && 'last-personal-foul')])],
  }
}

export const sport = defineSport<State, Rules>({
  id: 'water_polo',
  name: 'Water polo',
  version: 3,
  labels: {
    game: 'Game',
    period: 'Quarter',
    periods: 'Quarters',
    unit: 'goal',
    units: 'goals',
    byPeriod: 'By quarter',
    mark: 'throwing',
    endings: { overtime: { second: 'OT' }, golden: { second: 'SD' }, shootout: { second: 'pens' } },
    tablePoints: { win: 3, draw: 1, loss: 0, shootoutWin: 2, shootoutLoss: 1 },
    tieBreakers: ['head-to-head', 'difference', 'for'],
  },
  endsItself: false,
  timed: timedBy(stagesOf),
  packs,
  ruleFields: {
    periods: { type: 'int', min: 1, max: 4, label: 'Periods' },
    periodMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a period' },
    ...INTERVAL_FIELDS,
    overtimes: { type: 'int', min: 0, max: 8, label: 'Periods of overtime played to the end' },
    overtimeMinutes: { type: 'int', min: 1, max: 20, label: 'Minutes in a period of overtime' },
    suddenDeath: { type: 'flag', label: 'Then periods in which the first goal wins' },
    shootout: { type: 'flag', label: 'A penalty shoot-out may decide' },
    shootoutThrows: { type: 'int', min: 1, max: 20, label: 'Throws a side before sudden death' },
    exclusionSeconds: { type: 'int', min: 1, max: 120, label: 'Seconds of an exclusion' },
    violentMinutes: { type: 'int', min: 1, max: 10, label: 'Minutes short after violent action' },
    personalFouls: { type: 'int', min: 1, max: 99, label: 'A player is out at this personal foul' },
    timeoutSeconds: TIMEOUT_SECONDS,
    ...SHOT_CLOCK_FIELDS,
    timeouts: { type: 'int', min: 0, max: 20, label: 'Time-outs' },
    timeoutsPerPeriod: { type: 'int', min: 0, max: 99, label: 'Time-outs in one period (99: no limit)' },
    timeoutsOvertime: { type: 'int', min: 0, max: 20, label: 'Time-outs in overtime' },
    challenges: { type: 'int', min: 0, max: 9, label: 'Challenges a coach may lose (0: none)' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Goals for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    rows: [],
    box: EMPTY_BOX,
    conduct: {},
    exclusions: LEVEL,
    cards: { yellow: LEVEL, red: LEVEL },
    extra: LEVEL,
    penaltyFor: null,
    challengesLost: LEVEL,
    shootout: null,
  }),
  onPeriod(before, edge, _play, { period, rules, playedMs }) {
    // A penalty throw awarded before the end is still thrown.
    if (edge === 'end') return { state: before }
    const state = { ...before, penaltyFor: null, box: settle(before.box, playedMs) }
    if (period === shootoutAt(stagesOf(rules))) return { state: { ...state, shootout: state.shootout ?? NO_SHOTS } }
    return { state: { ...state, rows: begin(state.rows, period, blank) } }
  },
  reduce(before, play, { rules, period, late, playedMs }) {
    const { kind, side, playerId, data = {} } = play
    const isThrow = kind.startsWith('shootout')
    const { shootout: hasShootout } = stagesOf(rules)
    const isShootout = hasShootout && period === shootoutAt(stagesOf(rules))
    if (isThrow !== isShootout && (isThrow || GOALS.has(kind))) {
      return refuse(isThrow ? 'These throws belong to the shoot-out.' : 'Goals do not count in the shoot-out, its throws do.', 'period')
    }
    if (kind === 'shootoutTally') return { state: { ...before, shootout: tallied(data) } }
    if (!side) return refuse('Say which side.', 'side')
    const state: State = { ...before, box: settle(before.box, playedMs) }
    const { conduct, box } = state
    const clockless = playedMs === null && NO_CLOCK
    const odd = IN_WATER.has(kind)
      ? warned(isOut(conduct, playerId, rules) ? 'player-out' : isServing(box, playerId, playedMs) && 'player-excluded')
      : []

    if (GOALS.has(kind)) {
      const rows = addPoints(state.rows, period, blank, side, 1)
      const facts: Facts = kind === 'goal' && !late && advantageOf(box, side, playedMs).up ? { up: 1 } : {}
      const extra = kindSaid(kind, facts) === 'extraGoal' ? plus(state.extra, side) : state.extra
      const isOver = suddenGoals(state.rows, rules) > 0 && period > rules.periods + rules.overtimes
      const warnings = warned(...odd, isOver && 'sudden-death-over')
      if (late) return { state: { ...state, rows, extra }, warnings }
      // Whoever is excluded may come back after a goal by either side (WP 22.3); the four minutes of violent action run on.
      const free = endAll(
        box,
        box.penalties.filter(({ endsOnGoal }) => endsOnGoal),
      )
      return { state: { ...state, rows, extra, box: free, penaltyFor: null }, warnings, facts }
    }
    if (PERSONAL.has(kind)) {
      const isViolent = kind === 'violentAction' || kind === 'brutality'
      const isForGood = isViolent || data.misconduct === true
      const wasOut = isOut(conduct, playerId, rules)
      const fouled = note(conduct, playerId, FOULS)
      const isLast = !wasOut && !isForGood && isOut(fouled, playerId, rules)
      const after = isForGood ? note(fouled, playerId, OUT) : fouled
      const isExclusion = kind === 'exclusion' || kind === 'doubleExclusion'
      const next = { ...state, conduct: after, penaltyFor: isExclusion || late ? state.penaltyFor : other(side) }
      const warnings = warned(wasOut && 'player-out', isLast && 'last-personal-foul', kind !== 'penaltyFoul' && clockless)
      if (kind === 'penaltyFoul') return { state: next, warnings }
      if (kind === 'doubleExclusion') return excludeBoth(next, play, side, rules, playedMs, warnings)
      const lengthMs = isViolent ? rules.violentMinutes * MINUTE : rules.exclusionSeconds * 1000
      const given = { side, label: isViolent ? 'Violent' : 'Exclusion', playerId, lengthMs, endsOnGoal: !isViolent }
      return { state: { ...next, box: serve(box, given, playedMs), exclusions: plus(state.exclusions, side) }, warnings }
    }
    switch (kind) {
      case 'penaltyMissed':
        return { state: late ? state : { ...state, penaltyFor: null }, warnings: odd }
      case 'backIn': {
        const out = late ? undefined : box.penalties.find(one => one.side === side && one.endsOnGoal && one.fromMs !== null)
        // Of two that were excluded together neither is back before the other.
        const ended = box.penalties.filter(one => one === out || (out?.isShort === false && !one.isShort && one.fromMs === out.fromMs))
        const warnings = warned(isOut(conduct, playerId, rules) && 'player-out', !out && !late && 'nobody-excluded')
        return { state: out ? { ...state, box: endAll(box, ended) } : state, warnings }
      }
      case 'yellowCard':
        return { state: { ...state, cards: { ...state.cards, yellow: plus(state.cards.yellow, side) } } }
      case 'redCard':
        return { state: { ...state, conduct: note(conduct, playerId, OUT), cards: { ...state.cards, red: plus(state.cards.red, side) } } }
      case 'timeout': {
        const left = timeoutsLeft(state.rows, period, rules, side)
        const rows = amend(state.rows, period, blank, row => ({ ...row, timeouts: plus(row.timeouts, side) }))
        return { state: { ...state, rows }, warnings: warned(left === 0 && 'no-timeouts-left') }
      }
      case 'challenge': {
        const isBeyond = state.challengesLost[side] >= rules.challenges
        const challengesLost = data.result === 'lost' ? plus(state.challengesLost, side) : state.challengesLost
        return { state: { ...state, challengesLost }, warnings: warned(isBeyond && 'no-challenge-left') }
      }
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
  decided: ({ rows, shootout }, { periods, overtimes, suddenDeath, shootoutThrows }) =>
    wonIn(rows, shootout, shootoutThrows, n => suddenDeath && n > periods + overtimes),
  how({ rows, shootout }, rules) {
    const how = decidedIn(rows, shootout, stagesOf(rules))
    return how === 'overtime' && suddenGoals(rows, rules) > 0 ? 'golden' : how
  },
  detail({ rows, exclusions, cards, extra, penaltyFor, challengesLost, conduct, box, shootout }, rules): Shown {
    const shown = shownShootout(shootout)
    const n = rows.at(-1)?.n ?? 1
    return {
      exclusions,
      cards: bySide(side => ({ yellow: cards.yellow[side], red: cards.red[side] })),
      extraManGoals: extra,
      timeouts: bySide(side => timeoutsLeft(rows, n, rules, side)),
      challenges: rules.challenges > 0 ? bySide(side => Math.max(0, rules.challenges - challengesLost[side])) : null,
      penaltyFor,
      fouls: Object.fromEntries(Object.entries(conduct).map(([id, counts]) => [id, counts[FOULS] ?? 0])),
      penalties: shownPenalties(box),
      shootout: shown && { ...shown, series: rules.shootoutThrows },
    }
  },
  timers: ({ box }) => timersOf(box),
  totals(detail) {
    const { shootout } = detail as Partial<Shown>
    return shootout ? [{ label: 'PSO', name: 'Penalty shoot-out', of: shootout }] : []
  },
  due(detail) {
    const { penaltyFor, shootout } = detail as Partial<Shown>
    if (shootout) return dueAttempts(shootout, shootout.series, ['shootoutGoal', 'shootoutMiss'])
    return penaltyFor ? [`${penaltyFor}:penaltyGoal`, `${penaltyFor}:penaltyMissed`] : []
  },
  chart: 'lead',
  actions: rules => [
    ...(stagesOf(rules).shootout ? ACTIONS : ACTIONS.filter(({ kind }) => !kind.startsWith('shootout'))),
    ...shotClockKeys(rules, 'g;b,').map(action => ({ ...action, during: IN_PLAY })),
    ...(rules.challenges > 0 ? [act('challenge', 'Challenge', 1, '45', { data: { result: 'won' }, ask: ['result'], depth: 'full' })] : []),
  ],
  describe({ kind: sent, data = {} }, { facts }) {
    const kind = kindSaid(sent, facts)
    if (kind === 'shootoutTally') return { key: kind, values: data as Record<string, number> }
    if (data.assist && GOALS.has(kind)) return { key: `${kind}.assist` }
    if (kind === 'penaltyMissed') return { key: data.keeper ? 'penaltyMissed.keeper' : data.saved ? 'penaltyMissed.saved' : kind }
    if (kind === 'exclusion') return { key: data.misconduct ? 'exclusion.misconduct' : kind }
    if (kind === 'doubleExclusion') return { key: data.opponent ? 'doubleExclusion.opponent' : kind }
    if (kind === 'challenge') return { key: `challenge.${data.result ?? 'won'}` }
    if (kind === 'save') return { key: data.shooter ? 'save.shooter' : kind }
    return { key: kind === 'missed' && data.blocked ? 'missed.blocked' : kind }
  },
  words: {
    ...SHOT_CLOCK_WORDS,
    goal: 'Goal for {side}',
    'goal.by': '{player} scores for {side}',
    'goal.assist': 'Goal for {side}, set up by {assist}',
    'goal.assist.by': '{player} scores for {side}, set up by {assist}',
    extraGoal: '{side} score with the extra player',
    'extraGoal.by': '{player} scores for {side} with the extra player',
    'extraGoal.assist': '{side} score with the extra player, set up by {assist}',
    'extraGoal.assist.by': '{player} scores for {side} with the extra player, set up by {assist}',
    counterGoal: '{side} score on the counter-attack',
    'counterGoal.by': '{player} scores for {side} on the counter-attack',
    'counterGoal.assist': '{side} score on the counter-attack, set up by {assist}',
    'counterGoal.assist.by': '{player} scores for {side} on the counter-attack, set up by {assist}',
    penaltyGoal: '{side} score from five metres',
    'penaltyGoal.by': '{player} scores the penalty for {side}',
    penaltyMissed: '{side} miss a penalty',
    'penaltyMissed.by': '{player} misses a penalty for {side}',
    'penaltyMissed.saved': 'Penalty by {side} saved',
    'penaltyMissed.saved.by': 'Penalty by {player} of {side} saved',
    'penaltyMissed.keeper': '{keeper} saves a penalty by {side}',
    'penaltyMissed.keeper.by': '{keeper} saves the penalty from {player}',
    exclusion: 'Exclusion, {side}',
    'exclusion.by': '{player} of {side} is excluded',
    'exclusion.misconduct': 'Exclusion for the rest of the game, {side}',
    'exclusion.misconduct.by': '{player} of {side} is excluded for the rest of the game',
    doubleExclusion: 'A player of each side is excluded',
    'doubleExclusion.by': '{player} of {side} and a player of the other side are excluded',
    'doubleExclusion.opponent': '{opponent} and a player of {side} are excluded',
    'doubleExclusion.opponent.by': '{player} of {side} and {opponent} are excluded',
    backIn: '{side} are complete again',
    'backIn.by': '{player} comes in, {side} are complete again',
    penaltyFoul: 'Penalty foul by {side}',
    'penaltyFoul.by': 'Penalty foul by {player}, {side}',
    violentAction: 'Violent action, {side}',
    'violentAction.by': '{player} of {side} is out for violent action',
    brutality: 'Brutality, {side}',
    'brutality.by': '{player} of {side} is out for brutality',
    yellowCard: 'Yellow card for the {side} bench',
    redCard: 'Red card, {side}',
    'redCard.by': 'Red card for {player}, {side}',
    timeout: 'Time-out, {side}',
    'challenge.won': 'Challenge by {side} won',
    'challenge.lost': 'Challenge by {side} lost',
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
    sprint: '{side} win the sprint',
    'sprint.by': '{player} wins the sprint for {side}',
    shootoutGoal: '{side} score their throw',
    'shootoutGoal.by': '{player} scores for {side}',
    shootoutMiss: '{side} miss their throw',
    shootoutTally: 'Shoot-out {home}–{away}',
    'shootoutMiss.by': '{player} misses for {side}',
    'warning.last-personal-foul': 'Third personal foul: out of the game',
    'warning.player-out': 'Had to leave the game',
    'warning.shootout-settled': 'Thrown after it was settled',
    'warning.sudden-death-over': 'Scored after the deciding goal',
  },
  warnings: {
    'last-personal-foul': 'The last foul allowed: this player is out.',
    'player-out': 'This player is out of the game.',
    'player-excluded': 'This player is still excluded.',
    'nobody-excluded': 'Nobody of this side is excluded.',
    'no-timeouts-left': 'This side had no time-out left.',
    'no-challenge-left': 'This side had no challenge left.',
    'sudden-death-over': 'The first goal of sudden death had won it.',
    'shootout-settled': 'The throws had settled it already.',
    [NO_CLOCK]: NO_CLOCK_SENTENCE,
  },
  glance({ detail, status, displayOrder }) {
    const { cards, exclusions, penaltyFor, shootout, penalties } = detail as Partial<Shown>
    const short = shortNow(penalties, detail.timers)
    const say = (side: Side) => {
      const n = exclusions?.[side] ?? 0
      return n === 0 ? '' : n === 1 ? '1 exclusion' : `${n} exclusions`
    }
    const thrown = shootout && scoreOf(shootout, { displayOrder })
    const middle = thrown
      ? status === 'final'
        ? `pens ${thrown}`
        : `${thrown}, shoot-out`
      : penaltyFor && status === 'live'
        ? 'Penalty throw'
        : ''
    return {
      home: say('home'),
      away: say('away'),
      middle,
      badges: SIDES.flatMap(side => [
        ...shortBadge(side, short[side], 'in the water'),
        ...countBadge(side, cards?.[side].yellow ?? 0, 'yellow', 'Yellow cards'),
        ...countBadge(side, cards?.[side].red ?? 0, 'red', 'Red cards'),
      ]),
      ...(shootout ? { mark: attempting(shootout, shootout.series) } : {}),
      marks: shootoutMarks(shootout, shootout?.series ?? 0, 'pens'),
    }
  },
  box(plays) {
    const counted = count(plays, figuresOf)
    return [
      ...playerTables(counted, 'players', 'Players', [
        column('goals', 'G', 'Goals'),
        column('shots', 'SH', 'Shots'),
        column('extraGoals', 'EX', 'Extra player goals'),
        column('penalties', '5 m', 'Penalty goals and throws', own => outOf(figure(own, 'penaltyGoals'), figure(own, 'penalties'))),
        column('assists', 'A', 'Assists'),
        column('exclusions', 'EXC', 'Exclusions'),
        column('fouls', 'PF', 'Personal fouls'),
        column('steals', 'ST', 'Steals'),
        column('turnovers', 'TO', 'Turnovers'),
        column('saves', 'SV', 'Saves'),
        column('sprints', 'SPR', 'Sprints won'),
      ]),
      ...teamTable(counted, [
        teamRow('Goals', 'goals'),
        teamRow('Shots', 'shots'),
        { label: 'Shooting', of: own => percent(figure(own, 'goals'), figure(own, 'shots')) },
        // Each exclusion is a chance; a goal that somebody says fell with the extra player had one, written down or not.
        {
          label: 'With the extra player',
          of(own, others) {
            const chances = figure(others, 'exclusions') - figure(others, 'doubleExclusions')
            return outOf(figure(own, 'extraGoals'), Math.max(figure(own, 'extraGoals'), chances))
          },
        },
        { label: 'Penalties', of: own => outOf(figure(own, 'penaltyGoals'), figure(own, 'penalties')) },
        teamRow('Counter-attack goals', 'counterGoals'),
        teamRow('Exclusions', 'exclusions'),
        teamRow('Personal fouls', 'fouls'),
        teamRow('Steals', 'steals'),
        teamRow('Turnovers', 'turnovers'),
        teamRow('Saves', 'saves'),
        teamRow('Sprints won', 'sprints'),
        teamRow('Time-outs', 'timeouts'),
      ]),
    ]
  },
})
