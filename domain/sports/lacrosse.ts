import type { BoxPlay, BoxTable } from '#domain/box.ts'
import type { Field, Fields } from '#domain/fields.ts'
import type { Score } from '#domain/game.ts'
import { column, count, type Figure, figure, outOf, playerTables, teamRow, teamTable } from '#domain/parts/figures.ts'
import { allIn, change, goalieColumns, has, NETS, type Nets } from '#domain/parts/goalkeeping.ts'
import { INTERVAL_FIELDS, type IntervalRules } from '#domain/parts/interval.ts'
import {
  EMPTY_BOX,
  endAll,
  NO_CLOCK,
  NO_CLOCK_SENTENCE,
  type PenaltyBox,
  release,
  type ShownPenalties,
  serve,
  settle,
  shortBy,
  shortNow,
  shownPenalties,
  strongSide,
  timersOf,
} from '#domain/parts/penalties.ts'
import { SHOT_CLOCK_FIELDS, SHOT_CLOCK_KIND, SHOT_CLOCK_WORDS, shotClockKeys } from '#domain/parts/shot-clock.ts'
import { wonIn } from '#domain/parts/stages.ts'
import {
  addPoints,
  amend,
  begin,
  columnsOf,
  countOf,
  LEVEL,
  leader,
  MINUTE,
  ordinal,
  type PeriodScore,
  plus,
  tally,
  total,
} from '#domain/parts/timed.ts'
import { TIMEOUT_KIND, TIMEOUT_SECONDS } from '#domain/parts/timeout.ts'
import { type LoggedPlay, other, SIDES, type Side } from '#domain/play.ts'
import { type Action, type Context, defineSport, type Kind, type RulePack, refuse, type Step } from '#domain/sport.ts'

interface Rules extends IntervalRules {
  periods: number
  periodMinutes: number
  overtimes: number
  overtimeMinutes: number
  /** The first goal of an overtime ends the game. */
  suddenDeath: boolean
  /** Goals from behind the arc count two. */
  twoPoint: boolean
  /** How play begins: a face-off, or a draw in the women's game. */
  restart: 'faceoff' | 'draw'
  /** After a goal the goalkeeper of who conceded it puts the ball in play, and the shot clock of that side starts. */
  keeperRestarts: boolean
  /** Which penalties there are. */
  penalties: 'field' | 'cards' | 'box'
  /** A goal ends every releasable penalty against its side; else the one with the least time left, and on a power play alone. */
  releasesAll: boolean
  /** Power-play goals after which a side is whole again during a major, whose player serves on; 0: it stays short. */
  majorGoals: number
  /** Players of a side who serve at once. */
  inTheBox: number
  technicalSeconds: number
  personalSeconds: number
  greenSeconds: number
  yellowSeconds: number
  redSeconds: number
  minorSeconds: number
  majorSeconds: number
  timeoutsHalf: number
  timeoutSeconds: number
  shotClock: number
  shotClockAgain: number
  timeoutsOvertime: number
  forfeitScore: number
}

interface Row extends PeriodScore {
  timeouts: Score
}

interface State {
  /** The period under way, 0 before the first. */
  current: number
  rows: readonly Row[]
  box: PenaltyBox
  manUp: Score
  chances: Score
  shots: Score
  saves: Score
  groundBalls: Score
  restarts: Score
  clears: Score
  clearsFailed: Score
  turnovers: Score
  net: Nets
  /** Sent off for the rest of the game, by roster id. */
  ejected: Readonly<Record<string, number>>
}

/** What the board shows beside the score. */
interface Shown extends Record<string, unknown> {
  shots: Score
  saves: Score
  groundBalls: Score
  restarts: Score
  turnovers: Score
  clears: Record<Side, { made: number; tried: number }>
  manUp: Record<Side, { goals: number; chances: number }>
  penalties: ShownPenalties
  goalieOut: Record<Side, boolean>
  /** Left to each side in this half or overtime. */
  timeouts: Score
}

const MAX_OVERTIMES = 20

const men: Rules = {
  periods: 4,
  periodMinutes: 15,
  halfTimeMinutes: 10,
  breakSeconds: 120,
  overtimes: MAX_OVERTIMES,
  overtimeMinutes: 4,
  suddenDeath: true,
  twoPoint: false,
  restart: 'faceoff',
  keeperRestarts: false,
  penalties: 'field',
  releasesAll: true,
  majorGoals: 0,
  inTheBox: 3,
  technicalSeconds: 30,
  personalSeconds: 60,
  greenSeconds: 60,
  yellowSeconds: 120,
  redSeconds: 120,
  minorSeconds: 120,
  majorSeconds: 300,
  timeoutsHalf: 2,
  timeoutSeconds: 60,
  shotClock: 80,
  shotClockAgain: 60,
  timeoutsOvertime: 1,
  forfeitScore: 1,
}

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'ncaa-men',
    name: 'NCAA men',
    version: '2023-24',
    from: '2010-01-01',
    isDefault: true,
    source:
      "NCAA Men's Lacrosse Rules Book 2023-24, rules 3 (periods, sudden-victory overtime), 4 (face-off), 5 and 6 (fouls), 7 (penalties)",
    values: men,
  },
  {
    id: 'ncaa-women',
    name: 'NCAA women',
    version: '2022-23',
    from: '2022-01-01',
    source: "NCAA Women's Lacrosse Rules Book 2022-23, rules 4 (quarters, overtime), 5 (draw), 7 (cards)",
    values: { ...men, shotClock: 90, shotClockAgain: 60, restart: 'draw', penalties: 'cards', inTheBox: 99 },
  },
  {
    id: 'nfhs',
    name: 'US high school, boys (NFHS)',
    version: '2024',
    from: '2010-01-01',
    source: 'NFHS Boys Lacrosse Rules Book, rules 3 (quarters of twelve minutes, overtime of four), 5 to 7 (fouls and penalties)',
    values: { ...men, periodMinutes: 12, shotClock: 0, shotClockAgain: 0 },
  },
  {
    id: 'pll',
    name: 'Premier Lacrosse League',
    version: '2022',
    from: '2019-06-01',
    source: 'PLL Rule Book: quarters of twelve minutes, goals of two points from behind the arc, sudden-death overtime',
    values: { ...men, periodMinutes: 12, twoPoint: true, shotClock: 52, shotClockAgain: 32 },
  },
  {
    id: 'nll',
    name: 'Box (NLL)',
    version: '2022-23',
    from: '2010-01-01',
    source:
      'NLL Official Rule Book: four quarters of fifteen minutes, sudden-death overtime of fifteen, minors of two minutes and majors of five, during which two goals make the side whole again',
    values: {
      ...men,
      shotClock: 30,
      shotClockAgain: 30,
      halfTimeMinutes: 12,
      overtimeMinutes: 15,
      penalties: 'box',
      releasesAll: false,
      majorGoals: 2,
      inTheBox: 2,
      timeoutsHalf: 1,
    },
  },
  {
    id: 'sixes',
    name: 'World Lacrosse Sixes',
    version: '2021',
    from: '2021-05-01',
    source:
      'World Lacrosse Sixes Rules, March 2021: four quarters of eight minutes, sudden-death overtime of four, penalties of thirty seconds and a minute; a face-off begins each quarter, after a goal the goalkeeper puts the ball in play; thirty seconds for a shot',
    values: {
      ...men,
      periodMinutes: 8,
      halfTimeMinutes: 5,
      keeperRestarts: true,
      shotClock: 30,
      shotClockAgain: 30,
      timeoutSeconds: 30,
      timeoutsHalf: 1,
      inTheBox: 99,
    },
  },
]

const someone = (label: string, of?: 'other'): Field => ({ type: 'player', label, optional: true, ...(of ? { of } : {}) })

/** What each foul is called, and whether a goal ends its penalty unless the play says otherwise. */
const FOULS = {
  technical: { label: 'Technical', isReleasable: true },
  personal: { label: 'Personal', isReleasable: true },
  unsportsmanlike: { label: 'Unsportsmanlike', isReleasable: false },
  green: { label: 'Green card', isReleasable: true },
  yellow: { label: 'Yellow card', isReleasable: false },
  red: { label: 'Red card', isReleasable: false },
  minor: { label: 'Minor', isReleasable: true },
  major: { label: 'Major', isReleasable: false },
  expulsion: { label: 'Expulsion', isReleasable: false },
} as const
type Foul = keyof typeof FOULS
const EJECTS: ReadonlySet<Foul> = new Set(['red', 'expulsion'])

const GOAL_FIELDS: Fields = {
  assist: someone('Assist'),
  strength: {
    type: 'choice',
    label: 'Strength',
    options: ['even', 'manUp', 'manDown'],
    labels: { even: 'Even', manUp: 'Man up', manDown: 'Man down' },
    optional: true,
  },
  freePosition: { type: 'flag', label: 'From a free position', optional: true },
  emptyNet: { type: 'flag', label: 'Into an empty net', optional: true },
  goalie: someone('Goalkeeper', 'other'),
}

const kinds: Readonly<Record<string, Kind>> = {
  goal: { label: 'Goal', side: 'required', player: true, scoring: true, attack: 'conceded', data: GOAL_FIELDS },
  shotClock: SHOT_CLOCK_KIND,
  twoPointGoal: { label: 'Goal, two points', side: 'required', player: true, scoring: true, attack: 'conceded', data: GOAL_FIELDS },
  shot: {
    label: 'Shot',
    side: 'required',
    player: true,
    data: {
      result: {
        type: 'choice',
        label: 'Result',
        options: ['saved', 'wide', 'blocked'],
        labels: { saved: 'Saved', wide: 'Wide', blocked: 'Blocked' },
        default: 'saved',
        optional: true,
      },
      freePosition: { type: 'flag', label: 'From a free position', optional: true },
      goalie: someone('Goalkeeper', 'other'),
    },
  },
  groundBall: { label: 'Ground ball', side: 'required', player: true },
  faceoff: { label: 'Face-off or draw won', side: 'required', player: true, attack: 'own', data: { against: someone('Against', 'other') } },
  clear: { label: 'Clear', side: 'required', player: true },
  clearFailed: { label: 'Clear failed', side: 'required', player: true },
  turnover: { label: 'Turnover', side: 'required', player: true, attack: 'other', data: { causedBy: someone('Caused by', 'other') } },
  penalty: {
    label: 'Penalty',
    side: 'required',
    player: true,
    data: {
      type: {
        type: 'choice',
        label: 'Foul',
        options: Object.keys(FOULS),
        labels: Object.fromEntries(Object.entries(FOULS).map(([type, { label }]) => [type, label])),
        default: 'technical',
        optional: true,
      },
      seconds: { type: 'int', min: 30, max: 600, label: 'Seconds', optional: true },
      releasable: { type: 'flag', label: 'A goal ends it', optional: true },
      servedBy: someone('Served by'),
      offsetting: { type: 'flag', label: 'Simultaneous: no side is short', optional: true },
    },
  },
  release: { label: 'Penalty over', side: 'required', player: true },
  goalieIn: { label: 'Goalkeeper in', side: 'required', player: true },
  goalieOut: { label: 'Goalkeeper out', side: 'required' },
  timeout: TIMEOUT_KIND,
}
const WORTH: Readonly<Record<string, number>> = { goal: 1, twoPointGoal: 2 }

const act = (
  id: string,
  kind: string,
  label: string,
  size: Action['size'],
  [home = '', away = '']: string,
  more: Partial<Action> = {},
): Action => ({
  id,
  kind,
  label,
  size,
  key: { home, away },
  ...more,
})
const ASKED = ['player', 'assist', 'strength']
const SCORING: readonly Action[] = [
  act('goal', 'goal', 'Goal', 3, 'sk', { depth: 'score', ask: ASKED, insteadOf: ['saved'] }),
  act('twoPointGoal', 'twoPointGoal', '+2', 3, 'ap', { hint: 'Goal', depth: 'score', ask: ASKED, insteadOf: ['goal'] }),
  act('saved', 'shot', 'Shot', 2, 'dl', { hint: 'Saved', data: { result: 'saved' }, depth: 'full', insteadOf: ['goal', 'wide'] }),
  act('wide', 'shot', 'Shot', 1, 'cm', { hint: 'Wide', data: { result: 'wide' }, depth: 'full', insteadOf: ['saved'] }),
  act('groundBall', 'groundBall', 'Ground ball', 2, 'gh', { depth: 'full' }),
]
const BALL: readonly Action[] = [
  act('turnover', 'turnover', 'Turnover', 1, 'ty', { depth: 'full' }),
  act('clear', 'clear', 'Clear', 1, 'eo', { depth: 'full', insteadOf: ['clearFailed'] }),
  act('clearFailed', 'clearFailed', 'Clear failed', 1, 'xb', { depth: 'full', insteadOf: ['clear'] }),
  act('timeout', 'timeout', 'Time-out', 1, 'vz', {}),
]
const foul = (type: Foul, label: string, size: Action['size'], keys: string, hint?: string): Action =>
  act(type, 'penalty', label, size, keys, { data: { type }, ...(hint ? { hint } : {}), ask: ['player', 'releasable'] })
/** A personal foul is a minute unless the referee says two or three. */
const longFoul = (minutes: 2 | 3, keys: string): Action => ({
  ...foul('personal', 'Personal', 1, keys, `${minutes} min`),
  id: `personal${minutes}`,
  data: { type: 'personal', seconds: minutes * 60 },
  insteadOf: ['personal'],
})
const LONG_FOULS = [longFoul(2, '27'), longFoul(3, '38')]
const PENALTY_KEYS: Readonly<Record<Rules['penalties'], readonly Action[]>> = {
  field: [foul('technical', 'Technical', 2, 'fj', '30 s'), foul('personal', 'Personal', 2, 'ru', '1 min')],
  cards: [foul('green', 'Green', 1, 'fj', 'Card'), foul('yellow', 'Yellow', 1, 'ru', 'Card'), foul('red', 'Red', 1, 'qi', 'Card')],
  box: [foul('minor', 'Minor', 2, 'fj', '2 min'), foul('major', 'Major', 1, 'ru', '5 min')],
}

const kindOf = (n: number, { periods }: Rules) => (n > periods ? 'overtime' : periods === 4 ? 'quarter' : periods === 2 ? 'half' : 'period')
const label = (n: number, { periods }: Rules) => {
  if (n > periods) return n === periods + 1 ? 'OT' : `${n - periods}OT`
  return periods === 4 ? `Q${n}` : periods === 2 ? `${n}H` : `P${n}`
}
const nameOf = (n: number, rules: Rules) => {
  const { periods } = rules
  if (n > periods) return n === periods + 1 ? 'Overtime' : `${ordinal(n - periods)} overtime`
  return `${ordinal(n)} ${kindOf(n, rules)}`
}

const blank = (n: number): Row => ({ n, ...LEVEL, timeouts: LEVEL })
const limitOf = ({ inTheBox }: Rules) => ({ atOnce: inTheBox })

interface PenaltyData {
  type?: Foul
  seconds?: number
  releasable?: boolean
  servedBy?: string
  offsetting?: boolean
}
const typeOf = ({ type }: PenaltyData): Foul => (type !== undefined && Object.hasOwn(FOULS, type) ? type : 'technical')

function secondsOf(data: PenaltyData, rules: Rules): number {
  if (typeof data.seconds === 'number' && data.seconds > 0) return data.seconds
  switch (typeOf(data)) {
    case 'technical':
      return rules.technicalSeconds
    case 'green':
      return rules.greenSeconds
    case 'yellow':
      return rules.yellowSeconds
    case 'red':
      return rules.redSeconds
    case 'minor':
      return rules.minorSeconds
    case 'major':
    case 'expulsion':
      return rules.majorSeconds
    default:
      return rules.personalSeconds
  }
}

function penalise(state: State, play: LoggedPlay, side: Side, { rules, playedMs }: Context<Rules>): Step<State> {
  const data = (play.data ?? {}) as PenaltyData
  const type = typeOf(data)
  const isShort = data.offsetting !== true
  const playerId = data.servedBy ?? play.playerId
  const given = {
    side,
    label: FOULS[type].label,
    ...(typeof playerId === 'string' ? { playerId } : {}),
    lengthMs: secondsOf(data, rules) * 1000,
    isShort,
    endsOnGoal: data.releasable ?? FOULS[type].isReleasable,
    wholeAfter: type === 'major' && data.releasable === undefined ? rules.majorGoals : 0,
  }
  return {
    state: {
      ...state,
      box: serve(state.box, given, playedMs, limitOf(rules)),
      chances: isShort ? plus(state.chances, other(side)) : state.chances,
      ejected: EJECTS.has(type) ? tally(state.ejected, play.playerId) : state.ejected,
    },
    warnings: playedMs === null ? [NO_CLOCK] : [],
  }
}

interface GoalData {
  assist?: string
  strength?: 'even' | 'manUp' | 'manDown'
  emptyNet?: boolean
  freePosition?: boolean
}

function score(state: State, play: LoggedPlay, side: Side, { rules, period, late, playedMs }: Context<Rules>): Step<State> {
  const { assist, strength: said } = (play.data ?? {}) as GoalData
  const conceding = other(side)
  const strong = late ? null : strongSide(shortBy(state.box))
  const isUp = strong === side
  const strength = said ?? (isUp ? 'manUp' : strong === conceding ? 'manDown' : 'even')
  const ends = !late && (rules.releasesAll || (isUp && (said === undefined || said === 'manUp')))
  const isDecided = rules.suddenDeath && period > rules.periods && leader(total(state.rows)) !== 'draw'
  const warnings = [
    ...(isDecided ? ['overtime-decided'] : []),
    ...(assist !== undefined && assist === play.playerId ? ['named-twice'] : []),
  ]
  return {
    state: {
      ...state,
      rows: addPoints(state.rows, period, blank, side, WORTH[play.kind] ?? 1),
      box: ends ? release(state.box, conceding, playedMs, rules.releasesAll ? 'all' : 'least', limitOf(rules)) : state.box,
      manUp: strength === 'manUp' ? plus(state.manUp, side) : state.manUp,
      shots: plus(state.shots, side),
    },
    warnings,
    ...(said === undefined && strength !== 'even' ? { facts: { strength } } : {}),
  }
}

/** The referee lets somebody back: the player named, else whoever has least left. */
function letBack({ box }: State, side: Side, playerId: string | undefined, rules: Rules): PenaltyBox | null {
  const running = box.penalties
    .filter(one => one.side === side && one.untilMs !== null && (playerId === undefined || one.playerId === playerId))
    .sort((a, b) => (a.untilMs ?? 0) - (b.untilMs ?? 0))
  return running[0] ? endAll(box, running.slice(0, 1), limitOf(rules)) : null
}

/** Time-outs left in the half or the overtime. */
function timeoutsLeft({ rows, current }: State, rules: Rules, side: Side): number {
  const half = Math.ceil(rules.periods / 2)
  const [from, to, allowed] =
    current > rules.periods
      ? [current, current, rules.timeoutsOvertime]
      : current > half
        ? [half + 1, rules.periods, rules.timeoutsHalf]
        : [1, half, rules.timeoutsHalf]
  return Math.max(0, allowed - total(rows.filter(({ n }) => n >= from && n <= to).map(row => row.timeouts))[side])
}

const manUpIn = ({ manUp, chances }: State): Score => ({
  home: Math.max(manUp.home, chances.home),
  away: Math.max(manUp.away, chances.away),
})

function figuresOf({ play, before }: BoxPlay<State>): Figure[] {
  const { kind, side, playerId, data = {} } = play
  if (!side) return []
  const against = other(side)
  const net = before.net[against]
  const goalie = (data.goalie as string | undefined) ?? net.goalie ?? undefined
  const mine = (key: string): Figure => ({ side, key, playerId })
  const theirs = (key: string, who: unknown): Figure => ({ side: against, key, playerId: who as string | undefined })
  const free = data.freePosition ? [mine('fps')] : []
  switch (kind) {
    case 'goal':
    case 'twoPointGoal': {
      const { assist, emptyNet } = data as GoalData
      return [
        mine('g'),
        ...(kind === 'twoPointGoal' ? [mine('two')] : []),
        ...(assist === undefined ? [] : [{ side, key: 'a', playerId: assist }]),
        mine('sh'),
        mine('sog'),
        ...free,
        ...(data.freePosition ? [mine('fpg')] : []),
        ...((emptyNet ?? net.isOut) ? [] : [theirs('ga', goalie)]),
      ]
    }
    case 'shot':
      return [mine('sh'), ...free, ...(isOnGoal(data.result) ? [mine('sog'), theirs('sv', goalie)] : [])]
    case 'faceoff':
      return [mine('fow'), theirs('fol', data.against)]
    case 'turnover':
      return [mine('to'), ...(data.causedBy === undefined ? [] : [theirs('ct', data.causedBy)])]
    case 'groundBall':
      return [mine('gb')]
    case 'clear':
    case 'clearFailed':
      return [mine(kind)]
    case 'penalty':
      return [mine('pen')]
    default:
      return []
  }
}
const isOnGoal = (result: unknown) => result !== 'wide' && result !== 'blocked'

function boxOf(plays: readonly BoxPlay<State>[], rules: Rules): BoxTable[] {
  const counted = count(plays, (_play, folded) => figuresOf(folded))
  const restart = rules.restart === 'draw' ? { label: 'DC', name: 'Draw controls' } : { label: 'FO', name: 'Face-offs won' }
  // Where only goals are written down there is nothing to say of shots.
  const hasShots = SIDES.some(side => figure(counted[side].all, 'sh') > figure(counted[side].all, 'g'))
  const columns = [
    column('g', 'G', 'Goals'),
    ...(has(counted, 'two') ? [column('two', '2PT', 'Goals of two points')] : []),
    column('a', 'A', 'Assists'),
    column('p', 'P', 'Points', own => figure(own, 'g') + figure(own, 'two') + figure(own, 'a')),
    ...(hasShots ? [column('sh', 'SH', 'Shots'), column('sog', 'SOG', 'Shots on goal')] : []),
    ...(has(counted, 'gb') ? [column('gb', 'GB', 'Ground balls')] : []),
    ...(has(counted, 'fow')
      ? [column('fo', restart.label, restart.name, own => outOf(figure(own, 'fow'), figure(own, 'fow') + figure(own, 'fol')))]
      : []),
    ...(has(counted, 'to') ? [column('to', 'TO', 'Turnovers'), column('ct', 'CT', 'Turnovers caused')] : []),
    column('pen', 'PEN', 'Penalties'),
  ]
  const last = plays.at(-1)?.after
  const manUp = (side: Side) => (last ? outOf(last.manUp[side], manUpIn(last)[side]) : null)
  const play = { label: rules.penalties === 'box' ? 'Power play' : 'Man up', cells: { home: manUp('home'), away: manUp('away') } }
  const team = teamTable(counted, [
    ...(hasShots ? [teamRow('Shots', 'sh'), teamRow('Shots on goal', 'sog'), teamRow('Saves', 'sv')] : []),
    teamRow('Ground balls', 'gb'),
    { label: restart.name, of: own => outOf(figure(own, 'fow'), figure(own, 'fow') + figure(own, 'fol')) },
    { label: 'Clears', of: own => outOf(figure(own, 'clear'), figure(own, 'clear') + figure(own, 'clearFailed')) },
    { label: 'Free positions', of: own => outOf(figure(own, 'fpg'), figure(own, 'fps')) },
    teamRow('Turnovers', 'to'),
    teamRow('Penalties', 'pen'),
  ])
  const hasPlays = play.cells.home !== null || play.cells.away !== null
  return [
    ...playerTables(counted, 'players', 'Players', columns),
    ...playerTables(counted, 'goalies', 'Goalkeepers', goalieColumns(has(counted, 'sv'))),
    ...team.map(table => (hasPlays ? { ...table, rows: [play, ...table.rows] } : table)),
  ]
}

const GOAL_WORDS = Object.fromEntries(
  Object.entries({ goal: 'Goal for {side}', twoPointGoal: 'Two points for {side}' }).flatMap(([kind, text]) =>
    Object.entries({ '': '', '.manUp': ', man up', '.manDown': ', man down', '.freePosition': ' from a free position' }).flatMap(
      ([how, added]) =>
        Object.entries({ '': '', '.assist': ', from {assist}' }).flatMap(([more, from]) => [
          [`${kind}${how}${more}`, `${text}${added}${from}`],
          [`${kind}${how}${more}.by`, `{player} scores ${kind === 'goal' ? '' : 'two '}for {side}${added}${from}`],
        ]),
    ),
  ),
)
const PENALTY_WORDS = Object.fromEntries(
  Object.entries({ technical: 'Technical foul', personal: 'Personal foul', unsportsmanlike: 'Unsportsmanlike conduct' }).flatMap(
    ([type, name]) => [
      [`penalty.${type}`, `${name}, {side}`],
      [`penalty.${type}.by`, `${name}, {player}, {side}`],
    ],
  ),
)
const CARD_WORDS = Object.fromEntries(
  Object.entries(FOULS).flatMap(([type, { label: name }]) => [
    [`penalty.${type}`, `${name}, {side}`],
    [`penalty.${type}.by`, `${name}, {player}, {side}`],
  ]),
)

const COUNTS: Readonly<Record<string, 'groundBalls' | 'restarts' | 'clears' | 'clearsFailed' | 'turnovers'>> = {
  groundBall: 'groundBalls',
  faceoff: 'restarts',
  clear: 'clears',
  clearFailed: 'clearsFailed',
  turnover: 'turnovers',
}

export const sport = defineSport<State, Rules>({
  id: 'lacrosse',
  name: 'Lacrosse',
  version: 2,
  labels: {
    game: 'Game',
    period: 'Quarter',
    periods: 'Quarters',
    unit: 'goal',
    units: 'goals',
    byPeriod: 'By quarter',
    endings: { golden: { second: 'OT' }, overtime: { second: 'OT' } },
    tablePoints: { win: 2, draw: 1, loss: 0 },
    tieBreakers: ['head-to-head', 'difference', 'for'],
  },
  endsItself: false,
  timed: {
    direction: () => 'down',
    period(n, rules) {
      const { periods, overtimes, overtimeMinutes, periodMinutes } = rules
      if (n < 1 || n > periods + overtimes) return null
      const lengthMs = (n > periods ? overtimeMinutes : periodMinutes) * MINUTE
      return { number: n, kind: kindOf(n, rules), label: label(n, rules), name: nameOf(n, rules), startMs: lengthMs, lengthMs }
    },
    regulation: ({ periods }) => periods,
  },
  packs,
  ruleFields: {
    periods: { type: 'int', min: 1, max: 4, label: 'Periods' },
    periodMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a period' },
    ...INTERVAL_FIELDS,
    overtimes: { type: 'int', min: 0, max: MAX_OVERTIMES, label: 'Overtimes that may be played' },
    overtimeMinutes: { type: 'int', min: 1, max: 20, label: 'Minutes in an overtime' },
    suddenDeath: { type: 'flag', label: 'The first goal of an overtime decides' },
    twoPoint: { type: 'flag', label: 'Goals of two points' },
    restart: { type: 'choice', options: ['faceoff', 'draw'], labels: { faceoff: 'Face-off', draw: 'Draw' }, label: 'Play begins with a' },
    keeperRestarts: { type: 'flag', label: 'After a goal the goalkeeper puts the ball in play' },
    penalties: {
      type: 'choice',
      options: ['field', 'cards', 'box'],
      labels: { field: 'Technical and personal fouls', cards: 'Green, yellow and red cards', box: 'Minors and majors' },
      label: 'Penalties',
    },
    releasesAll: { type: 'flag', label: 'A goal ends all releasable penalties' },
    majorGoals: { type: 'int', min: 0, max: 9, label: 'Power-play goals that make a side whole during a major (0: none)' },
    inTheBox: { type: 'int', min: 1, max: 99, label: 'Players of a side who serve at once (99: no limit)' },
    technicalSeconds: { type: 'int', min: 10, max: 300, label: 'Seconds of a technical foul' },
    personalSeconds: { type: 'int', min: 10, max: 600, label: 'Seconds of a personal foul' },
    greenSeconds: { type: 'int', min: 10, max: 600, label: 'Seconds of a green card' },
    yellowSeconds: { type: 'int', min: 10, max: 600, label: 'Seconds of a yellow card' },
    redSeconds: { type: 'int', min: 10, max: 600, label: 'Seconds of a red card' },
    minorSeconds: { type: 'int', min: 10, max: 600, label: 'Seconds of a minor' },
    majorSeconds: { type: 'int', min: 10, max: 600, label: 'Seconds of a major' },
    timeoutSeconds: TIMEOUT_SECONDS,
    ...SHOT_CLOCK_FIELDS,
    timeoutsHalf: { type: 'int', min: 0, max: 10, label: 'Time-outs in a half' },
    timeoutsOvertime: { type: 'int', min: 0, max: 10, label: 'Time-outs in an overtime' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Goals for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    current: 0,
    rows: [],
    box: EMPTY_BOX,
    manUp: LEVEL,
    chances: LEVEL,
    shots: LEVEL,
    saves: LEVEL,
    groundBalls: LEVEL,
    restarts: LEVEL,
    clears: LEVEL,
    clearsFailed: LEVEL,
    turnovers: LEVEL,
    net: NETS,
    ejected: {},
  }),
  onPeriod(state, edge, _play, { rules, period, playedMs }) {
    const now = { ...state, box: settle(state.box, playedMs, limitOf(rules)) }
    if (edge === 'end') return { state: now }
    return { state: { ...now, current: period, net: allIn(state.net), rows: begin(state.rows, period, blank) } }
  },
  reduce(before, play, context) {
    const { rules, period, late, playedMs } = context
    const { kind, side, playerId } = play
    if (!side) return refuse('Say which side.', 'side')
    if (kind === 'twoPointGoal' && !rules.twoPoint) return refuse('Under these rules every goal counts one.', 'kind')
    const state = late ? before : { ...before, box: settle(before.box, playedMs, limitOf(rules)) }
    const counter = COUNTS[kind]
    const step = ((): Step<State> => {
      if (counter) return { state: { ...state, [counter]: plus(state[counter], side) } }
      switch (kind) {
        case 'goal':
        case 'twoPointGoal':
          return score(state, play, side, context)
        case 'shot': {
          const saves = isOnGoal(play.data?.result) ? plus(state.saves, other(side)) : state.saves
          return { state: { ...state, shots: plus(state.shots, side), saves } }
        }
        case 'penalty':
          return penalise(state, play, side, context)
        case 'release': {
          const box = letBack(state, side, playerId, rules)
          return box ? { state: { ...state, box } } : { state, warnings: ['nobody-to-release'] }
        }
        case 'goalieIn':
        case 'goalieOut': {
          const isOut = kind === 'goalieOut'
          return { state: late ? state : { ...state, net: change(state.net, side, isOut ? undefined : playerId, isOut) } }
        }
        case 'timeout': {
          const left = timeoutsLeft({ ...state, current: period }, rules, side)
          const rows = amend(state.rows, period, blank, row => ({ ...row, timeouts: plus(row.timeouts, side) }))
          return { state: { ...state, rows }, warnings: left > 0 ? [] : ['no-timeouts-left'] }
        }
        default:
          return { state }
      }
    })()
    const isOff = kind !== 'penalty' && kind !== 'release' && countOf(before.ejected, playerId) > 0
    return isOff ? { ...step, warnings: [...(step.warnings ?? []), 'player-sent-off'] } : step
  },
  score: state => total(state.rows),
  columns: (state, rules) => columnsOf(state.rows, n => label(n, rules)),
  winner: state => leader(total(state.rows)),
  decided: ({ rows }, { periods, suddenDeath }) => wonIn(rows, null, 0, n => suddenDeath && n > periods),
  how({ rows }, { periods, suddenDeath }) {
    if (!rows.some(({ n }) => n > periods)) return 'regulation'
    return suddenDeath && leader(total(rows)) !== 'draw' ? 'golden' : 'overtime'
  },
  detail(state, rules): Shown {
    const { shots, saves, groundBalls, restarts, turnovers, clears, clearsFailed, manUp, net, box } = state
    const chances = manUpIn(state)
    const now = { ...state, current: Math.max(1, state.current) }
    return {
      shots,
      saves,
      groundBalls,
      restarts,
      turnovers,
      clears: {
        home: { made: clears.home, tried: clears.home + clearsFailed.home },
        away: { made: clears.away, tried: clears.away + clearsFailed.away },
      },
      manUp: { home: { goals: manUp.home, chances: chances.home }, away: { goals: manUp.away, chances: chances.away } },
      penalties: shownPenalties(box),
      goalieOut: { home: net.home.isOut, away: net.away.isOut },
      timeouts: { home: timeoutsLeft(now, rules, 'home'), away: timeoutsLeft(now, rules, 'away') },
    }
  },
  timers: ({ box }) => timersOf(box),
  totals(detail) {
    const { shots, saves } = detail as Partial<Shown>
    return shots && saves && saves.home + saves.away > 0 ? [{ label: 'SH', name: 'Shots', of: shots }] : []
  },
  chart: 'lead',
  actions: rules => [
    ...SCORING.filter(({ kind }) => kind !== 'twoPointGoal' || rules.twoPoint),
    act('faceoff', 'faceoff', rules.restart === 'draw' ? 'Draw' : 'Face-off', 2, ',.', { hint: 'Won', depth: 'full' }),
    ...PENALTY_KEYS[rules.penalties],
    ...BALL,
    ...(rules.penalties === 'field' ? LONG_FOULS : []),
    ...shotClockKeys(rules, '0569'),
  ],
  describe({ kind, data = {} }, { rules, facts }) {
    switch (kind) {
      case 'goal':
      case 'twoPointGoal': {
        const { strength = facts?.strength, assist, freePosition } = data as GoalData
        const how = freePosition ? '.freePosition' : strength && strength !== 'even' ? `.${strength}` : ''
        return { key: `${kind}${how}${assist ? '.assist' : ''}` }
      }
      case 'shot':
        return { key: `shot.${data.result === 'wide' || data.result === 'blocked' ? data.result : 'saved'}` }
      case 'faceoff':
        return { key: rules.restart === 'draw' ? 'draw' : 'faceoff' }
      case 'turnover':
        return { key: data.causedBy ? 'turnover.caused' : 'turnover' }
      case 'penalty':
        return { key: `penalty.${typeOf(data as PenaltyData)}` }
      default:
        return { key: kind }
    }
  },
  words: {
    ...SHOT_CLOCK_WORDS,
    ...GOAL_WORDS,
    ...CARD_WORDS,
    ...PENALTY_WORDS,
    'shot.saved': 'Shot by {side}, saved',
    'shot.saved.by': '{player} shoots for {side}, saved',
    'shot.wide': 'Shot by {side}, wide',
    'shot.wide.by': '{player} shoots wide for {side}',
    'shot.blocked': 'Shot by {side}, blocked',
    'shot.blocked.by': '{player} shoots for {side}, blocked',
    groundBall: 'Ground ball to {side}',
    'groundBall.by': 'Ground ball to {player}, {side}',
    faceoff: '{side} win the face-off',
    'faceoff.by': '{player} wins the face-off for {side}',
    draw: '{side} control the draw',
    'draw.by': '{player} controls the draw for {side}',
    clear: '{side} clear',
    'clear.by': '{player} clears for {side}',
    clearFailed: '{side} fail to clear',
    'clearFailed.by': '{player} fails to clear for {side}',
    turnover: 'Turnover by {side}',
    'turnover.by': 'Turnover by {player}, {side}',
    'turnover.caused': 'Turnover by {side}, caused by {causedBy}',
    'turnover.caused.by': 'Turnover by {player}, {side}, caused by {causedBy}',
    release: 'A penalty of {side} is over',
    'release.by': '{player} is back for {side}',
    goalieIn: 'The goalkeeper of {side} is in',
    'goalieIn.by': '{player} in goal for {side}',
    goalieOut: '{side} play without a goalkeeper',
    timeout: 'Time-out, {side}',
    'warning.player-sent-off': 'Had been sent off',
    'warning.overtime-decided': 'Overtime had been decided',
  },
  warnings: {
    [NO_CLOCK]: NO_CLOCK_SENTENCE,
    'player-sent-off': 'This player has been sent off.',
    'overtime-decided': 'A goal had decided the overtime already.',
    'named-twice': 'The assist is the scorer’s own.',
    'no-timeouts-left': 'This side had no time-out left.',
    'nobody-to-release': 'Nobody of this side serves a penalty now.',
  },
  box: boxOf,
  glance({ detail, status }) {
    if (status === 'final') return {}
    const { penalties, goalieOut, timers } = detail as Partial<Shown>
    const short = shortNow(penalties, timers)
    const up = strongSide(short)
    const by = Math.abs(short.home - short.away)
    return {
      badges: [
        ...(up ? [{ side: up, text: `+${by}`, tone: 'accent' as const, title: by === 1 ? 'One player up' : `${by} players up` }] : []),
        ...SIDES.filter(side => goalieOut?.[side]).map(side => ({ side, text: 'EN', tone: 'bad' as const, title: 'No goalkeeper' })),
      ],
    }
  },
})
