import { scoreOf } from '#domain/display-order.ts'
import type { Field, Fields } from '#domain/fields.ts'
import type { Score } from '#domain/game.ts'
import { allIn, change, NETS, type Nets } from '#domain/parts/goalkeeping.ts'
import { type GoalData, hockeyBox, ICE, STRENGTHS } from '#domain/parts/hockey-box.ts'
import {
  chancesIn,
  type Discipline,
  LIMIT,
  OFFENCES,
  PENALTIES,
  PENALTY_WORDS,
  type PenaltyData,
  type PenaltyRules,
  penalise,
  skaters,
  typeOf,
} from '#domain/parts/hockey-penalties.ts'
import { INTERVAL_FIELDS, type IntervalRules } from '#domain/parts/interval.ts'
import {
  EMPTY_BOX,
  NO_CLOCK,
  NO_CLOCK_SENTENCE,
  release,
  type ShownPenalties,
  settle,
  shortBy,
  shortNow,
  shownPenalties,
  strongSide,
  timersOf,
} from '#domain/parts/penalties.ts'
import {
  attempt,
  dueAttempts,
  isDecided,
  isSettled,
  NO_SHOTS,
  type Shootout,
  type ShownShootout,
  shootoutMarks,
  shownShootout,
  upNext,
} from '#domain/parts/shootout.ts'
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
  total,
} from '#domain/parts/timed.ts'
import { TIMEOUT_KIND, TIMEOUT_SECONDS } from '#domain/parts/timeout.ts'
import { type LoggedPlay, other, SIDES, type Side } from '#domain/play.ts'
import { type Action, type Context, defineSport, type Kind, type RulePack, refuse, type Step } from '#domain/sport.ts'

interface Rules extends PenaltyRules, IntervalRules {
  periods: number
  periodMinutes: number
  /** Overtime periods that may be played; each is sudden death. */
  overtimes: number
  overtimeMinutes: number
  /** On the ice a side in overtime; below five a penalty adds one to the other side instead. */
  overtimeSkaters: number
  shootout: boolean
  shootoutRounds: number
  /** After the first rounds the side that shot second shoots first. */
  shootoutSwaps: boolean
  timeouts: number
  timeoutSeconds: number
  forfeitScore: number
}

interface Row extends PeriodScore {
  shots: Score
}

interface State extends Discipline {
  /** The period under way, 0 before the first. */
  current: number
  rows: readonly Row[]
  shortHanded: Score
  emptyNet: Score
  timeouts: Score
  net: Nets
  shootout: Shootout | null
  /** Of the shots only those that went in are known, or the shoot-out is over: who leads has won it. */
  isTold: boolean
  /** Its winner where nothing else of it was told. */
  given: Side | null
}

/** What the board shows beside the score. */
interface Shown extends Record<string, unknown> {
  /** On goal, goals included. */
  shots: Score
  saves: Score
  powerPlay: Record<Side, { goals: number; chances: number }>
  penaltyMinutes: Score
  penalties: ShownPenalties
  /** Skaters a side without penalties in the period under way. */
  skaters: number
  goalieOut: Record<Side, boolean>
  /** Left to each side. */
  timeouts: Score
  shootout: ShownShootout | null
  shootoutRounds: number
  shootoutNext: Side | null
}

const MAX_OVERTIMES = 20

const iihf: Rules = {
  periods: 3,
  periodMinutes: 20,
  // Of three periods none is half-time.
  halfTimeMinutes: 0,
  breakSeconds: 900,
  overtimes: 1,
  overtimeMinutes: 5,
  overtimeSkaters: 3,
  shootout: true,
  shootoutRounds: 5,
  shootoutSwaps: true,
  minorSeconds: 120,
  majorMinutes: 5,
  misconductMinutes: 10,
  coincidentalMinorsCancel: false,
  gameMisconductPim: 20,
  matchPim: 25,
  timeouts: 1,
  timeoutSeconds: 30,
  forfeitScore: 5,
}
const nhl: Rules = {
  ...iihf,
  breakSeconds: 1080,
  shootoutRounds: 3,
  shootoutSwaps: false,
  gameMisconductPim: 10,
  matchPim: 10,
  forfeitScore: 1,
}
const usa: Rules = { ...nhl, breakSeconds: 0, timeoutSeconds: 60, coincidentalMinorsCancel: true, overtimeSkaters: 5, shootout: false }

const IIHF_BOOK = 'IIHF Official Rule Book 2023/24, rules 16 to 24 (penalties), 26 (delayed), 84 (overtime, shoot-out), 87 (time-out)'
const NHL_BOOK = 'NHL Official Rules, rules 16 to 24 (penalties), 26 (delayed), 84 (overtime, shoot-out), 87 (time-out)'

const packs: readonly RulePack<Rules>[] = [
  { id: 'iihf', name: 'IIHF', version: '2018-19', from: '2018-07-01', isDefault: true, source: IIHF_BOOK, values: iihf },
  {
    id: 'iihf-playoff',
    name: 'IIHF play-off',
    version: '2018-19',
    from: '2018-07-01',
    source: `${IIHF_BOOK}; ten minutes of overtime in play-off games`,
    values: { ...iihf, overtimeMinutes: 10 },
  },
  {
    id: 'iihf-gold',
    name: 'IIHF gold medal game',
    version: '2018-19',
    from: '2018-07-01',
    source: `${IIHF_BOOK}; twenty minutes at a time until a goal decides the gold medal game`,
    values: { ...iihf, overtimes: MAX_OVERTIMES, overtimeMinutes: 20, shootout: false },
  },
  { id: 'nhl', name: 'NHL season', version: '2015-16', from: '2015-07-01', source: `${NHL_BOOK}; three a side since 2015-16`, values: nhl },
  {
    id: 'nhl',
    name: 'NHL season, four a side in overtime',
    version: '2005-06',
    from: '2005-07-01',
    source: 'NHL Official Rules 2005-06, rule 89: overtime of five minutes at four a side, then a shoot-out',
    values: { ...nhl, overtimeSkaters: 4 },
  },
  {
    id: 'nhl-playoffs',
    name: 'NHL play-offs',
    version: '2015-16',
    from: '1943-07-01',
    source: 'NHL Official Rules, rule 84.5: periods of twenty minutes at full strength until a goal decides',
    values: { ...nhl, overtimes: MAX_OVERTIMES, overtimeMinutes: 20, overtimeSkaters: 5, shootout: false },
  },
  {
    id: 'ncaa',
    name: 'NCAA',
    version: '2020-21',
    from: '2020-07-01',
    source: 'NCAA Ice Hockey Rules Book 2020-22, rule 91 (overtime: five minutes at three a side, the game may end tied)',
    values: { ...nhl, breakSeconds: 900, shootout: false },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2023-24',
    from: '2012-07-01',
    source:
      'NFHS Ice Hockey Rules Book, rules 3 (periods of fifteen minutes) and 4 (penalties); overtime of eight minutes as the state adopts it',
    values: { ...usa, periodMinutes: 15, overtimeMinutes: 8 },
  },
  {
    id: 'youth',
    name: 'Youth, 12 and under',
    version: '2021-25',
    from: '2021-07-01',
    source: 'USA Hockey Official Rules 2021-25, rules 402 (minors of a minute and a half at 12 and under), 632 (length of games)',
    values: { ...usa, periodMinutes: 12, overtimes: 0, minorSeconds: 90 },
  },
]

const someone = (label: string, of?: 'other'): Field => ({ type: 'player', label, optional: true, ...(of ? { of } : {}) })
/** Who was on the ice at a goal, for plus and minus. */
const ON_ICE: Fields = Object.fromEntries([
  ...ICE.map(n => [`plus${n}`, someone(`On the ice, ${n}`)]),
  ...ICE.map(n => [`minus${n}`, someone(`On the ice against, ${n}`, 'other')]),
])

const kinds: Readonly<Record<string, Kind>> = {
  goal: {
    label: 'Goal',
    side: 'required',
    player: true,
    scoring: true,
    data: {
      assist: someone('First assist'),
      assist2: someone('Second assist'),
      strength: {
        type: 'choice',
        label: 'Strength',
        options: STRENGTHS,
        labels: { even: 'Even', powerPlay: 'Power play', shortHanded: 'Short-handed', penaltyShot: 'Penalty shot' },
        optional: true,
      },
      emptyNet: { type: 'flag', label: 'Into an empty net', optional: true },
      goalie: someone('Goalkeeper', 'other'),
      ...ON_ICE,
    },
  },
  shot: { label: 'Shot saved', side: 'required', player: true, data: { goalie: someone('Goalkeeper', 'other') } },
  penalty: {
    label: 'Penalty',
    side: 'required',
    player: true,
    data: {
      type: { type: 'choice', label: 'Penalty', options: Object.keys(PENALTIES), labels: PENALTIES, default: 'minor', optional: true },
      offence: { type: 'choice', label: 'For', options: Object.keys(OFFENCES), labels: OFFENCES, optional: true },
      servedBy: someone('Served by'),
      coincidental: { type: 'flag', label: 'Coincidental: no side is short', optional: true },
    },
  },
  penaltyShotMissed: {
    label: 'Penalty shot missed',
    side: 'required',
    player: true,
    data: {
      isSaved: { type: 'flag', label: 'Saved', optional: true },
      goalie: someone('Goalkeeper', 'other'),
    },
  },
  faceoff: { label: 'Face-off won', side: 'required', player: true, data: { against: someone('Against', 'other') } },
  goalieIn: { label: 'Goalkeeper in', side: 'required', player: true },
  goalieOut: { label: 'Goalkeeper pulled', side: 'required' },
  timeout: TIMEOUT_KIND,
  shootoutAttempt: {
    label: 'Shot in the shoot-out',
    side: 'required',
    player: true,
    scoring: true,
    data: {
      result: {
        type: 'choice',
        label: 'Result',
        options: ['goal', 'save', 'miss'],
        labels: { goal: 'Goal', save: 'Saved', miss: 'Missed' },
        default: 'goal',
      },
      goalie: someone('Goalkeeper', 'other'),
    },
  },
  shootoutGoal: { label: 'Goal in the shoot-out, the others untold', side: 'required', player: true, scoring: true },
  shootoutTally: {
    label: 'Shoot-out, tally only',
    side: 'none',
    scoring: true,
    data: {
      home: { type: 'int', min: 0, max: 99, label: 'Home' },
      away: { type: 'int', min: 0, max: 99, label: 'Away' },
    },
  },
}

const IN_PLAY = ['period', 'overtime']
const SHOTS = ['shootout']
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
const ACTIONS: readonly Action[] = [
  act('goal', 'goal', 'Goal', 3, 'sk', {
    during: IN_PLAY,
    depth: 'score',
    ask: ['player', 'assist', 'assist2', 'strength'],
    insteadOf: ['shot'],
  }),
  act('shot', 'shot', 'Shot', 3, 'dl', { hint: 'Saved', during: IN_PLAY, depth: 'full', insteadOf: ['goal'] }),
  act('minor', 'penalty', 'Minor', 2, 'fj', {
    data: { type: 'minor' },
    ask: ['player', 'offence'],
    during: IN_PLAY,
    insteadOf: ['penalty'],
  }),
  act('penalty', 'penalty', 'Penalty', 1, 'ru', { hint: 'Other', ask: ['type', 'player', 'offence'], insteadOf: ['minor'] }),
  act('faceoff', 'faceoff', 'Face-off', 2, 'wo', { hint: 'Won', during: IN_PLAY, depth: 'full' }),
  act('penaltyShotGoal', 'goal', 'Penalty shot', 1, 'ap', {
    hint: 'Scored',
    data: { strength: 'penaltyShot' },
    during: IN_PLAY,
    insteadOf: ['penaltyShotMissed'],
  }),
  act('penaltyShotMissed', 'penaltyShotMissed', 'Penalty shot', 1, 'zm', {
    hint: 'Missed',
    during: IN_PLAY,
    depth: 'full',
    insteadOf: ['penaltyShotGoal'],
  }),
  act('goalieOut', 'goalieOut', 'Goalie out', 1, 'xb', { during: IN_PLAY, insteadOf: ['goalieIn'] }),
  act('goalieIn', 'goalieIn', 'Goalie in', 1, 'cv', { insteadOf: ['goalieOut'] }),
  act('timeout', 'timeout', 'Time-out', 1, 'ty', { during: IN_PLAY }),
  act('shootoutGoal', 'shootoutAttempt', 'Scored', 3, 'gh', {
    data: { result: 'goal' },
    during: SHOTS,
    depth: 'score',
    insteadOf: ['shootoutSave'],
  }),
  act('shootoutSave', 'shootoutAttempt', 'Shot saved', 3, 'ei', {
    data: { result: 'save' },
    during: SHOTS,
    depth: 'score',
    insteadOf: ['shootoutGoal', 'shootoutMiss'],
  }),
  act('shootoutMiss', 'shootoutAttempt', 'Missed', 2, 'q;', {
    hint: 'Wide, post',
    data: { result: 'miss' },
    during: SHOTS,
    insteadOf: ['shootoutSave'],
  }),
]

/** The shoot-out comes after all overtimes, played or not. */
const shootoutOf = ({ periods, overtimes }: Rules) => periods + overtimes + 1

const label = (n: number, rules: Rules) => {
  if (n <= rules.periods) return `P${n}`
  if (n === shootoutOf(rules)) return 'SO'
  return n === rules.periods + 1 ? 'OT' : `${n - rules.periods}OT`
}
const nameOf = (n: number, rules: Rules) => {
  if (n <= rules.periods) return `${ordinal(n)} period`
  if (n === shootoutOf(rules)) return 'Shoot-out'
  return n === rules.periods + 1 ? 'Overtime' : `${ordinal(n - rules.periods)} overtime`
}

const blank = (n: number): Row => ({ n, ...LEVEL, shots: LEVEL })

function score(state: State, play: LoggedPlay, side: Side, { rules, period, late, playedMs }: Context<Rules>): Step<State> {
  const { assist, assist2, strength: said, emptyNet } = (play.data ?? {}) as GoalData
  const conceding = other(side)
  const short = late ? LEVEL : shortBy(state.box)
  const isUp = strongSide(short) === side
  const strength = said ?? (isUp ? 'powerPlay' : strongSide(short) === conceding ? 'shortHanded' : 'even')
  const isEmpty = emptyNet ?? (!late && state.net[conceding].isOut && strength !== 'penaltyShot')
  const people = [play.playerId, assist, assist2].filter(one => one !== undefined)
  const warnings = [
    ...(period > rules.periods && leader(total(state.rows)) !== 'draw' ? ['overtime-decided'] : []),
    ...(new Set(people).size < people.length ? ['named-twice'] : []),
  ]
  return {
    state: {
      ...state,
      rows: amend(addPoints(state.rows, period, blank, side, 1), period, blank, row => ({ ...row, shots: plus(row.shots, side) })),
      // Rule 16.2: the goal of a power play ends the minor with the least time left. One from a penalty shot ends none.
      box: isUp && (said === undefined || said === 'powerPlay') ? release(state.box, conceding, playedMs, 'least', LIMIT) : state.box,
      powerPlay: strength === 'powerPlay' ? plus(state.powerPlay, side) : state.powerPlay,
      shortHanded: strength === 'shortHanded' ? plus(state.shortHanded, side) : state.shortHanded,
      emptyNet: isEmpty ? plus(state.emptyNet, side) : state.emptyNet,
    },
    warnings,
    ...(said === undefined && strength !== 'even' ? { facts: { strength } } : {}),
  }
}

function shoot(state: State, { kind, data }: LoggedPlay, side: Side, rules: Rules): Step<State> {
  const before = state.shootout ?? NO_SHOTS
  if (kind === 'shootoutGoal') return { state: { ...state, shootout: attempt(before, side, true), isTold: true } }
  const next = upNext(before, rules.shootoutRounds, rules.shootoutSwaps)
  const isOver = isSettled(before, rules.shootoutRounds)
  return {
    state: { ...state, shootout: attempt(before, side, data?.result === 'goal') },
    warnings: isOver ? ['shootout-settled'] : next !== null && next !== side ? ['not-their-turn'] : [],
  }
}

/** The side that the shoot-out credits with a goal: once it is settled, or over as it stands. */
function credited({ shootout, isTold, given }: State, { shootoutRounds }: Rules): Side | null {
  if (!isDecided(shootout)) return given
  return isTold || isSettled(shootout, shootoutRounds) ? (leader(shootout) as Side) : null
}

function wholeScore(state: State, rules: Rules): Score {
  const winner = credited(state, rules)
  const goals = total(state.rows)
  return winner ? plus(goals, winner) : goals
}

/** `Goal for {side}, power play, from {assist}`: each kind of goal, with nobody, one or two who set it up. */
const GOAL_WORDS = Object.fromEntries(
  Object.entries({
    goal: ['', 'scores for {side}'],
    'goal.powerPlay': [' on the power play', 'scores for {side} on the power play'],
    'goal.shortHanded': [', short-handed', 'scores short-handed for {side}'],
    'goal.penaltyShot': [' from a penalty shot', 'scores for {side} from a penalty shot'],
    'goal.emptyNet': [' into the empty net', 'scores into the empty net for {side}'],
  }).flatMap(([key, [how, by]]) =>
    Object.entries({ '': '', '.assist': ', from {assist}', '.assists': ', from {assist} and {assist2}' }).flatMap(([more, from]) => [
      [`${key}${more}`, `Goal for {side}${how}${from}`],
      [`${key}${more}.by`, `{player} ${by}${from}`],
    ]),
  ),
)
export const sport = defineSport<State, Rules>({
  id: 'ice_hockey',
  name: 'Ice hockey',
  version: 2,
  labels: {
    game: 'Game',
    period: 'Period',
    periods: 'Periods',
    unit: 'goal',
    units: 'goals',
    byPeriod: 'By period',
    mark: 'shooting',
    endings: { overtime: { second: 'OT' }, shootout: { second: 'SO' } },
    // The international table. The NHL's is 2 for any win and 1 for a loss in overtime or the shoot-out.
    tablePoints: { win: 3, draw: 1, loss: 0, overtimeWin: 2, shootoutWin: 2, overtimeLoss: 1, shootoutLoss: 1 },
    tieBreakers: ['head-to-head', 'difference', 'for'],
  },
  endsItself: false,
  timed: {
    playsOn: ({ overtimes, shootout }) => overtimes > 0 || shootout,
    direction: () => 'down',
    period(n, rules) {
      const { periods, overtimes, overtimeMinutes, periodMinutes, shootout } = rules
      if (n === shootoutOf(rules))
        return shootout ? { number: n, kind: 'shootout', label: 'SO', name: 'Shoot-out', startMs: 0, lengthMs: 0, clockless: true } : null
      if (n < 1 || n > periods + overtimes) return null
      const lengthMs = (n > periods ? overtimeMinutes : periodMinutes) * MINUTE
      const kind = n > periods ? 'overtime' : 'period'
      return { number: n, kind, label: label(n, rules), name: nameOf(n, rules), startMs: lengthMs, lengthMs }
    },
    regulation: ({ periods }) => periods,
    next(n, rules) {
      const last = shootoutOf(rules)
      const more = n + 1 < last ? [n + 1] : []
      return rules.shootout && n >= rules.periods && n < last ? [...more, last] : more
    },
  },
  packs,
  ruleFields: {
    periods: { type: 'int', min: 1, max: 4, label: 'Periods' },
    periodMinutes: { type: 'int', min: 1, max: 60, label: 'Minutes in a period' },
    ...INTERVAL_FIELDS,
    overtimes: { type: 'int', min: 0, max: MAX_OVERTIMES, label: 'Overtimes that may be played' },
    overtimeMinutes: { type: 'int', min: 1, max: 20, label: 'Minutes in an overtime' },
    overtimeSkaters: { type: 'int', min: 3, max: 5, label: 'Skaters a side in overtime' },
    shootout: { type: 'flag', label: 'A shoot-out may decide' },
    shootoutRounds: { type: 'int', min: 1, max: 20, label: 'Shots a side before sudden death' },
    shootoutSwaps: { type: 'flag', label: 'Who shot second goes first in sudden death' },
    minorSeconds: { type: 'int', min: 30, max: 300, label: 'Seconds of a minor penalty' },
    majorMinutes: { type: 'int', min: 1, max: 10, label: 'Minutes of a major penalty' },
    misconductMinutes: { type: 'int', min: 1, max: 20, label: 'Minutes of a misconduct' },
    coincidentalMinorsCancel: { type: 'flag', label: 'One minor each leaves both sides at full strength' },
    gameMisconductPim: { type: 'int', min: 0, max: 99, label: 'Penalty minutes for a game misconduct' },
    matchPim: { type: 'int', min: 0, max: 99, label: 'Penalty minutes for a match penalty' },
    timeoutSeconds: TIMEOUT_SECONDS,
    timeouts: { type: 'int', min: 0, max: 10, label: 'Time-outs a side' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Goals for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    current: 0,
    rows: [],
    box: EMPTY_BOX,
    chances: LEVEL,
    stoppage: { atMs: 0, chances: LEVEL },
    powerPlay: LEVEL,
    shortHanded: LEVEL,
    emptyNet: LEVEL,
    pim: LEVEL,
    timeouts: LEVEL,
    net: NETS,
    ejected: {},
    shootout: null,
    isTold: false,
    given: null,
  }),
  onPeriod(state, edge, _play, { rules, period, playedMs }) {
    const now = { ...state, box: settle(state.box, playedMs, LIMIT) }
    const isShootout = period === shootoutOf(rules)
    if (edge === 'end') return { state: isShootout ? { ...now, isTold: true } : now }
    const opened = { ...now, current: period, net: allIn(state.net) }
    if (isShootout) return { state: { ...opened, shootout: state.shootout ?? NO_SHOTS } }
    return { state: { ...opened, rows: begin(state.rows, period, blank) } }
  },
  onEnd: (state, { how, winner }) => ({
    ...state,
    isTold: state.isTold || state.shootout !== null,
    given: how === 'shootout' && winner && winner !== 'draw' && !isDecided(state.shootout) ? winner : null,
  }),
  reduce(before, play, context) {
    const { rules, period, late, playedMs } = context
    const { kind, side, playerId } = play
    const isShot = kind.startsWith('shootout')
    const isShootout = period === shootoutOf(rules)
    // A tally that names no period is of the whole game.
    const isOfGame = kind === 'shootoutTally' && play.period === undefined && period >= rules.periods && rules.shootout
    if (!isOfGame && isShot !== isShootout && (isShot || kind === 'goal')) {
      return refuse(isShootout ? 'Goals do not count in the shoot-out, its shots do.' : 'That belongs to the shoot-out.', 'period')
    }
    const state = late ? before : { ...before, box: settle(before.box, playedMs, LIMIT) }
    if (kind === 'shootoutTally') {
      const { home = 0, away = 0 } = (play.data ?? {}) as Partial<Score>
      return { state: { ...state, shootout: { home, away, kicks: '' }, isTold: true } }
    }
    if (!side) return refuse('Say which side.', 'side')
    const isOff = kind !== 'penalty' && countOf(state.ejected, playerId) > 0
    const onGoal = (): State => ({ ...state, rows: amend(state.rows, period, blank, row => ({ ...row, shots: plus(row.shots, side) })) })
    const step = ((): Step<State> => {
      switch (kind) {
        case 'goal':
          return score(state, play, side, context)
        case 'penalty':
          return penalise(state, play, side, rules, playedMs)
        case 'shot':
          return { state: onGoal() }
        case 'penaltyShotMissed':
          return { state: play.data?.isSaved ? onGoal() : state }
        case 'goalieIn':
        case 'goalieOut': {
          const isOut = kind === 'goalieOut'
          return { state: late ? state : { ...state, net: change(state.net, side, isOut ? undefined : playerId, isOut) } }
        }
        case 'timeout': {
          const timeouts = plus(state.timeouts, side)
          return { state: { ...state, timeouts }, warnings: timeouts[side] > rules.timeouts ? ['no-timeouts-left'] : [] }
        }
        case 'shootoutGoal':
        case 'shootoutAttempt':
          return shoot(state, play, side, rules)
        default:
          return { state }
      }
    })()
    return isOff ? { ...step, warnings: [...(step.warnings ?? []), 'player-sent-off'] } : step
  },
  score: wholeScore,
  columns(state, rules) {
    const columns = columnsOf(state.rows, n => label(n, rules))
    const winner = credited(state, rules)
    if (!state.shootout && !winner) return columns
    return [...columns, { label: 'SO', home: winner === 'home' ? 1 : 0, away: winner === 'away' ? 1 : 0 }]
  },
  winner: ({ rows, shootout, given }) => (isDecided(shootout) ? leader(shootout) : (given ?? leader(total(rows)))),
  // Overtime is sudden death under every pack.
  decided: ({ rows, shootout }, { periods, shootoutRounds }) => wonIn(rows, shootout, shootoutRounds, n => n > periods),
  how({ rows, shootout, given }, { periods }) {
    return isDecided(shootout) || given ? 'shootout' : rows.some(({ n }) => n > periods) ? 'overtime' : 'regulation'
  },
  detail(state, rules): Shown {
    const { rows, powerPlay, pim, net, shootout, current } = state
    const shots = total(rows.map(row => row.shots))
    const chances = chancesIn(state)
    const left = (side: Side) => Math.max(0, rules.timeouts - state.timeouts[side])
    return {
      shots,
      saves: { home: shots.away - total(rows).away, away: shots.home - total(rows).home },
      powerPlay: { home: { goals: powerPlay.home, chances: chances.home }, away: { goals: powerPlay.away, chances: chances.away } },
      penaltyMinutes: pim,
      penalties: shownPenalties(state.box),
      skaters: current > rules.periods ? rules.overtimeSkaters : 5,
      goalieOut: { home: net.home.isOut, away: net.away.isOut },
      timeouts: { home: left('home'), away: left('away') },
      shootout: shownShootout(shootout),
      shootoutRounds: rules.shootoutRounds,
      shootoutNext:
        shootout && !isSettled(shootout, rules.shootoutRounds) ? upNext(shootout, rules.shootoutRounds, rules.shootoutSwaps) : null,
    }
  },
  timers: ({ box }) => timersOf(box),
  totals(detail) {
    const { shots, saves } = detail as Partial<Shown>
    return shots && saves && saves.home + saves.away > 0 ? [{ label: 'SOG', name: 'Shots on goal', of: shots }] : []
  },
  due(detail) {
    const { shootout, shootoutRounds = 0, shootoutNext } = detail as Partial<Shown>
    const ids = ['shootoutGoal', 'shootoutSave', 'shootoutMiss']
    if (!shootout) return []
    return shootoutNext ? ids.map(id => `${shootoutNext}:${id}`) : dueAttempts(shootout, shootoutRounds, ids)
  },
  chart: 'timeline',
  actions: ({ shootout }) => (shootout ? ACTIONS : ACTIONS.filter(({ kind }) => !kind.startsWith('shootout'))),
  describe({ kind, data = {} }, { facts }) {
    if (kind === 'goal') {
      const { strength = facts?.strength, emptyNet, assist, assist2 } = data as GoalData
      const how = emptyNet ? '.emptyNet' : strength && strength !== 'even' ? `.${strength}` : ''
      return { key: `goal${how}${assist ? (assist2 ? '.assists' : '.assist') : ''}` }
    }
    if (kind === 'penalty') {
      const { offence } = data as PenaltyData
      const key = `penalty.${typeOf(data as PenaltyData)}`
      return offence && Object.hasOwn(OFFENCES, offence) ? { key: `${key}.for`, values: { offence: OFFENCES[offence] } } : { key }
    }
    if (kind === 'shootoutAttempt') return { key: `shootout.${data.result === 'goal' || data.result === 'miss' ? data.result : 'save'}` }
    if (kind === 'shootoutTally') return { key: kind, values: data as Record<string, number> }
    return { key: kind === 'penaltyShotMissed' && data.isSaved ? 'penaltyShotSaved' : kind }
  },
  words: {
    ...GOAL_WORDS,
    ...PENALTY_WORDS,
    shot: 'Shot by {side}, saved',
    'shot.by': '{player} shoots for {side}, saved',
    penaltyShotMissed: '{side} miss a penalty shot',
    'penaltyShotMissed.by': '{player} misses a penalty shot for {side}',
    penaltyShotSaved: 'Penalty shot for {side}, saved',
    'penaltyShotSaved.by': 'Penalty shot by {player} for {side}, saved',
    faceoff: '{side} win the face-off',
    'faceoff.by': '{player} wins the face-off for {side}',
    goalieIn: 'The goalkeeper of {side} is in',
    'goalieIn.by': '{player} in goal for {side}',
    goalieOut: '{side} pull their goalkeeper',
    timeout: 'Time-out, {side}',
    'shootout.goal': '{side} score in the shoot-out',
    'shootout.goal.by': '{player} scores for {side} in the shoot-out',
    'shootout.save': 'Shot by {side} in the shoot-out, saved',
    'shootout.save.by': '{player} is stopped, shoot-out, {side}',
    'shootout.miss': '{side} miss in the shoot-out',
    'shootout.miss.by': '{player} misses for {side} in the shoot-out',
    shootoutGoal: '{side} score in the shoot-out',
    'shootoutGoal.by': '{player} scores for {side} in the shoot-out',
    shootoutTally: 'Shoot-out {home}–{away}',
    'warning.player-sent-off': 'Had been sent off',
    'warning.overtime-decided': 'Overtime had been decided',
    'warning.shootout-settled': 'Taken after the shoot-out was settled',
  },
  warnings: {
    [NO_CLOCK]: NO_CLOCK_SENTENCE,
    'player-sent-off': 'This player has been sent off.',
    'overtime-decided': 'A goal had decided the overtime already.',
    'named-twice': 'Somebody is named twice for this goal.',
    'no-timeouts-left': 'This side had no time-out left.',
    'shootout-settled': 'The shoot-out was settled already.',
    'not-their-turn': 'It was the other side’s turn to shoot.',
  },
  box: (plays, rules) => hockeyBox(plays, rules, n => label(n, rules)),
  glance({ detail, status, displayOrder }) {
    const { penalties, skaters: base = 5, goalieOut, shootout, shootoutRounds = 0, shootoutNext, timers } = detail as Partial<Shown>
    if (shootout) {
      const tally = scoreOf(shootout, { displayOrder })
      return {
        middle: status === 'final' ? `SO ${tally}` : `${tally}, shoot-out`,
        mark: status === 'final' ? null : shootoutNext,
        marks: shootoutMarks(shootout, shootoutRounds, 'Shoot-out'),
      }
    }
    if (status === 'final') return {}
    const short = shortNow(penalties, timers)
    const { home, away } = skaters(short, base)
    const up = strongSide(short)
    const out = SIDES.filter(side => goalieOut?.[side])
    return {
      middle: home !== base || away !== base ? (away > home ? `${away} on ${home}` : `${home} on ${away}`) : '',
      badges: [
        ...(up
          ? [{ side: up, text: 'PP', tone: 'accent' as const, title: `Power play, ${Math.max(home, away)} on ${Math.min(home, away)}` }]
          : []),
        ...out.map(side => ({ side, text: 'EN', tone: 'bad' as const, title: 'Goalkeeper out, the net is empty' })),
      ],
    }
  },
})
