import type { Score } from '#domain/game.ts'
import { countBadge } from '#domain/parts/badges.ts'
import { HALF_TIME } from '#domain/parts/interval.ts'
import {
  EMPTY_BOX,
  NO_CLOCK,
  NO_CLOCK_SENTENCE,
  type PenaltyBox,
  type ShownPenalties,
  serve,
  settle,
  shownPenalties,
  timersOf,
} from '#domain/parts/penalties.ts'
import {
  addScore,
  cardKey,
  cardWords,
  key,
  MINUTE_FIELDS,
  minuteOf,
  NO_SCORES,
  type RugbyFigure,
  rugbyBox,
  type Scoring,
  scoreOf,
  type Worth,
} from '#domain/parts/rugby.ts'
import { wonIn } from '#domain/parts/stages.ts'
import { begin, columnsOf, countOf, LEVEL, leader, MINUTE, ordinal, plus, tally } from '#domain/parts/timed.ts'
import { blankRow } from '#domain/parts/two-part.ts'
import { SIDES, type Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack, refuse } from '#domain/sport.ts'

interface Rules {
  halfMinutes: number
  halfTimeMinutes: number
  /** Level at the end: nothing, the first to score wins (`golden`), only a try does (`goldenTry`), or extra time first (`full`). */
  extraTime: 'none' | 'golden' | 'goldenTry' | 'full'
  extraMinutes: number
  /** Periods of golden point before it is a draw. */
  goldenPeriods: number
  tryPoints: number
  conversionPoints: number
  penaltyPoints: number
  dropPoints: number
  /** A drop goal from 40 metres or more. */
  longDropPoints: number
  penaltyTryPoints: number
  /** A try between the posts in nines; 0 where there is no such zone. */
  bonusTryPoints: number
  sinBinMinutes: number
  /** 99: no limit. */
  interchanges: number
  /** Tackles in a set. */
  tackles: number
  setRestarts: boolean
  forfeitScore: number
}

interface State extends Scoring {
  bin: PenaltyBox
  sinBins: Score
  sendOffs: Score
  sentOff: Readonly<Record<string, number>>
  interchanges: Score
  restarts: Score
}

interface Shown extends Record<string, unknown> {
  tries: Score
  conversions: Score
  penaltyGoals: Score
  dropGoals: Score
  pending: Side | null
  sinBins: Score
  sendOffs: Score
  penalties: ShownPenalties
  interchanges: Record<Side, { used: number; left: number | null }>
  setRestarts: Score
}

const international: Rules = {
  halfMinutes: 40,
  // Section 7 has five, which the organiser may lengthen, as all who play on television did.
  halfTimeMinutes: 10,
  extraTime: 'none',
  extraMinutes: 5,
  goldenPeriods: 2,
  tryPoints: 4,
  conversionPoints: 2,
  penaltyPoints: 2,
  dropPoints: 1,
  longDropPoints: 1,
  penaltyTryPoints: 4,
  bonusTryPoints: 0,
  sinBinMinutes: 10,
  interchanges: 8,
  tackles: 6,
  setRestarts: true,
  forfeitScore: 0,
}
const nines: Rules = {
  ...international,
  halfMinutes: 9,
  halfTimeMinutes: 2,
  extraTime: 'goldenTry',
  extraMinutes: 5,
  goldenPeriods: 1,
  bonusTryPoints: 5,
  sinBinMinutes: 5,
  interchanges: 99,
  tackles: 5,
  setRestarts: false,
}

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'international',
    name: 'International',
    version: '2020',
    from: '2020-05-01',
    isDefault: true,
    source: 'International Laws of the Game, sections 3 (interchange), 6 (scoring), 7 (time), 15 (sin bin); set restarts since 2020',
    values: international,
  },
  {
    id: 'international',
    name: 'International, ten interchanges',
    version: '2008',
    from: '2008-01-01',
    isDefault: true,
    source: 'International Laws of the Game, section 3: ten interchanges, twelve before',
    values: { ...international, interchanges: 10, setRestarts: false },
  },
  {
    id: 'international',
    name: 'International, try of four',
    version: '1983',
    from: '1983-01-01',
    isDefault: true,
    source: 'International Laws of the Game 1983, section 6: the try worth four, the drop goal one',
    values: { ...international, interchanges: 99, setRestarts: false },
  },
  {
    id: 'international',
    name: 'International, try of three',
    version: '1974',
    from: '1974-01-01',
    isDefault: true,
    source: 'International Laws of the Game 1974, section 6: the drop goal brought from two to one; the try worth three',
    values: { ...international, tryPoints: 3, penaltyTryPoints: 3, interchanges: 99, setRestarts: false },
  },
  {
    id: 'nrl',
    name: 'NRL',
    version: '2021',
    from: '2021-01-01',
    source: 'NRL rules 2021: drop goal from 40 metres worth two, golden point of two fives (section 7), eight interchanges',
    values: { ...international, extraTime: 'golden', longDropPoints: 2 },
  },
  {
    id: 'nrl',
    name: 'NRL, one-point drop goal',
    version: '2003',
    from: '2003-03-01',
    source: 'NRL rules 2003: golden point',
    values: { ...international, extraTime: 'golden', interchanges: 10, setRestarts: false },
  },
  {
    id: 'nrl-finals',
    name: 'NRL finals',
    version: '2021',
    from: '2021-01-01',
    source: 'NRL finals series rules: two fives in full, then golden point until decided',
    values: { ...international, extraTime: 'full', longDropPoints: 2, goldenPeriods: 12 },
  },
  {
    id: 'super-league',
    name: 'Super League',
    version: '2019',
    from: '2019-01-01',
    source: 'RFL operational rules 2019: golden point of two fives, eight interchanges',
    values: { ...international, extraTime: 'golden' },
  },
  {
    id: 'nines',
    name: 'Nines',
    version: '2014',
    from: '2014-01-01',
    source: 'NRL Auckland Nines rules 2014: nine-minute halves, five for a try in the bonus zone, golden try, sets of five',
    values: nines,
  },
  {
    id: 'nines-world-cup',
    name: 'World Cup Nines',
    version: '2019',
    from: '2019-10-01',
    source: 'IRL Rugby League World Cup 9s 2019 rules: nine-minute halves, golden point',
    values: { ...nines, extraTime: 'golden' },
  },
]

const OFFENCES = { foulPlay: 'Foul play', professional: 'Professional foul', repeated: 'Repeated offences', dissent: 'Dissent' }
const offence: NonNullable<Kind['data']> = {
  ...MINUTE_FIELDS,
  offence: { type: 'choice', label: 'Offence', options: Object.keys(OFFENCES), labels: OFFENCES, optional: true },
}
const scores = (label: string): Kind => ({ label, side: 'required', player: true, scoring: true, data: MINUTE_FIELDS })
const written = (label: string, data: Kind['data'] = MINUTE_FIELDS): Kind => ({ label, side: 'required', player: true, data })

const kinds: Readonly<Record<string, Kind>> = {
  try: scores('Try'),
  bonusTry: scores('Try in the bonus zone'),
  penaltyTry: scores('Penalty try'),
  conversion: scores('Conversion'),
  conversionMissed: written('Conversion missed'),
  penaltyGoal: scores('Penalty goal'),
  penaltyMissed: written('Penalty goal missed'),
  dropGoal: scores('Drop goal'),
  dropGoalLong: scores('Drop goal from 40 metres'),
  dropGoalMissed: written('Drop goal missed'),
  sinBin: written('Sin bin', offence),
  sendOff: written('Sent off', offence),
  interchange: written('Interchange', {
    ...MINUTE_FIELDS,
    off: { type: 'player', label: 'Who goes off', optional: true },
    free: { type: 'flag', label: 'Free (head injury, blood, foul play)', optional: true },
  }),
  sixAgain: { label: 'Set restart', side: 'required', data: MINUTE_FIELDS },
  penalty: written('Penalty conceded'),
  error: written('Handling error'),
  lineBreak: written('Line break'),
  fortyTwenty: written('40/20'),
  tackle: written('Tackle'),
}

const score = { depth: 'score' } as const
const full = { depth: 'full' } as const
/** Play goes on: whatever became of the conversion, it is not due any more. */
const PLAYED_ON: ReadonlySet<string> = new Set(['tackle', 'error', 'lineBreak', 'fortyTwenty'])
const ACTIONS: readonly Action[] = [
  key('try', 'Try', 3, 'sk', { ...score, insteadOf: ['penaltyTry'] }),
  key('bonusTry', 'Bonus try', 2, 'vb', { ...score, hint: 'In the zone', insteadOf: ['try'] }),
  key('conversion', 'Kick', 2, 'dl', { ...score, hint: 'Conversion', insteadOf: ['conversionMissed'] }),
  key('conversionMissed', 'Missed', 2, 'fh', { hint: 'Conversion', insteadOf: ['conversion'] }),
  key('penaltyGoal', 'Penalty', 2, 'aj', { ...score, hint: 'Goal', insteadOf: ['penaltyMissed'] }),
  key('penaltyMissed', 'Penalty', 1, 'zm', { hint: 'Missed', insteadOf: ['penaltyGoal'] }),
  key('dropGoal', 'Drop goal', 1, 'qo', { ...score, insteadOf: ['dropGoalMissed'] }),
  key('dropGoalLong', 'Drop goal', 1, 'c.', { ...score, hint: 'From 40 m', insteadOf: ['dropGoal'] }),
  key('penaltyTry', 'Penalty try', 1, 'wi', { ...score, insteadOf: ['try'] }),
  key('sinBin', 'Sin bin', 1, 'eu', { ask: ['player', 'offence'], insteadOf: ['sendOff'] }),
  key('sendOff', 'Sent off', 1, 'ry', { ask: ['player', 'offence'], insteadOf: ['sinBin'] }),
  key('interchange', 'Change', 1, 'tp', { hint: 'Who comes on', ask: ['off', 'free'] }),
  key('sixAgain', 'Six again', 1, 'g;', { hint: 'Has the ball' }),
  key('penalty', 'Penalty', 1, '16', { ...full, hint: 'Conceded' }),
  key('error', 'Error', 1, '27', { ...full, hint: 'Made by' }),
  key('lineBreak', 'Line break', 1, '38', full),
  key('fortyTwenty', '40/20', 1, '49', full),
  key('tackle', 'Tackle', 1, '50', full),
  key('dropGoalMissed', 'Drop goal', 1, 'x,', { ...full, hint: 'Missed', insteadOf: ['dropGoal'] }),
]

function periodOf(n: number, { halfMinutes, extraTime, extraMinutes, goldenPeriods }: Rules) {
  const startMs = (Math.min(n - 1, 2) * halfMinutes + Math.max(0, n - 3) * extraMinutes) * MINUTE
  const lengthMs = (n <= 2 ? halfMinutes : extraMinutes) * MINUTE
  if (n <= 2) return { number: n, kind: 'half', label: `${n}H`, name: `${ordinal(n)} half`, startMs, lengthMs }
  const played = extraTime === 'full' ? 2 : 0
  const nth = n - 2 - played
  if (nth <= 0) return { number: n, kind: 'extra-time', label: `ET${n - 2}`, name: `Extra time, ${ordinal(n - 2)} half`, startMs, lengthMs }
  if (extraTime === 'none' || nth > goldenPeriods) return null
  const what = extraTime === 'goldenTry' ? 'Golden try' : 'Golden point'
  const name = nth === 1 ? what : `${what}, ${ordinal(nth)} period`
  return { number: n, kind: 'golden-point', label: extraTime === 'goldenTry' ? `GT${nth}` : `GP${nth}`, name, startMs, lengthMs }
}

/** Section 6: what a score is worth. A penalty try is converted from in front of the posts. */
function worthOf(kind: string, rules: Rules): Worth | null {
  switch (kind) {
    case 'try':
      return { points: rules.tryPoints, made: 'tries', isTry: 'converted' }
    case 'bonusTry':
      return { points: rules.bonusTryPoints, made: 'tries', isTry: 'converted' }
    case 'penaltyTry':
      return { points: rules.penaltyTryPoints, made: 'tries', isTry: 'converted' }
    case 'conversion':
      return { points: rules.conversionPoints, made: 'conversions' }
    case 'penaltyGoal':
      return { points: rules.penaltyPoints, made: 'penaltyGoals' }
    case 'dropGoal':
      return { points: rules.dropPoints, made: 'dropGoals' }
    case 'dropGoalLong':
      return { points: rules.longDropPoints, made: 'dropGoals' }
    case 'conversionMissed':
    case 'penaltyMissed':
    case 'dropGoalMissed':
      return { points: 0 }
    default:
      return null
  }
}

const FIGURES: readonly RugbyFigure[] = [
  { key: 'tries', label: 'T', name: 'Tries', kinds: ['try', 'bonusTry', 'penaltyTry'] },
  { key: 'goals', label: 'G', name: 'Goals', kinds: ['conversion', 'penaltyGoal'], missed: ['conversionMissed', 'penaltyMissed'] },
  { key: 'dropGoals', label: 'FG', name: 'Drop goals', kinds: ['dropGoal', 'dropGoalLong'], missed: ['dropGoalMissed'] },
  { key: 'tackles', label: 'Tck', name: 'Tackles', kinds: ['tackle'] },
  { key: 'lineBreaks', label: 'LB', name: 'Line breaks', kinds: ['lineBreak'] },
  { key: 'fortyTwenty', label: '40/20', name: '40/20 kicks', kinds: ['fortyTwenty'] },
  { key: 'errors', label: 'Err', name: 'Errors', kinds: ['error'] },
  { key: 'penalties', label: 'Pen', name: 'Penalties conceded', kinds: ['penalty'] },
  { key: 'restarts', label: '6A', name: 'Set restarts won', kinds: ['sixAgain'], isTeams: true },
  { key: 'interchanges', label: 'Int', name: 'Interchanges', kinds: ['interchange'], isTeams: true },
  { key: 'sinBins', label: 'SB', name: 'Sin bins', kinds: ['sinBin'] },
  { key: 'sendOffs', label: 'SO', name: 'Sent off', kinds: ['sendOff'] },
]

export const sport = defineSport<State, Rules>({
  id: 'rugby_league',
  name: 'Rugby league',
  version: 2,
  labels: {
    game: 'Match',
    period: 'Half',
    periods: 'Halves',
    unit: 'point',
    units: 'points',
    byPeriod: 'By half',
    endings: { overtime: { second: 'AET' }, golden: { second: 'golden point' } },
    isInMinutes: true,
    tablePoints: { win: 2, draw: 1, loss: 0 },
    tieBreakers: ['difference', 'for', 'head-to-head'],
  },
  endsItself: false,
  timed: { direction: () => 'up', period: periodOf, regulation: () => 2 },
  packs,
  ruleFields: {
    halfMinutes: { type: 'int', min: 1, max: 60, label: 'Minutes in a half' },
    halfTimeMinutes: HALF_TIME,
    extraTime: {
      type: 'choice',
      options: ['none', 'golden', 'goldenTry', 'full'],
      labels: { none: 'None', golden: 'Golden point', goldenTry: 'Golden try', full: 'Two periods, then golden point' },
      label: 'Level at the end',
    },
    extraMinutes: { type: 'int', min: 1, max: 20, label: 'Minutes in a period of extra time' },
    goldenPeriods: { type: 'int', min: 1, max: 20, label: 'Most periods of golden point' },
    tryPoints: { type: 'int', min: 1, max: 9, label: 'Try' },
    conversionPoints: { type: 'int', min: 0, max: 9, label: 'Conversion' },
    penaltyPoints: { type: 'int', min: 1, max: 9, label: 'Penalty goal' },
    dropPoints: { type: 'int', min: 0, max: 9, label: 'Drop goal' },
    longDropPoints: { type: 'int', min: 0, max: 9, label: 'Drop goal from 40 metres' },
    penaltyTryPoints: { type: 'int', min: 1, max: 9, label: 'Penalty try' },
    bonusTryPoints: { type: 'int', min: 0, max: 9, label: 'Try in the bonus zone (0: no such zone)' },
    sinBinMinutes: { type: 'int', min: 1, max: 40, label: 'Minutes in the sin bin' },
    interchanges: { type: 'int', min: 0, max: 99, label: 'Interchanges (99: no limit)' },
    tackles: { type: 'int', min: 1, max: 9, label: 'Tackles in a set' },
    setRestarts: { type: 'flag', label: 'A set may be restarted (six again)' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Points for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({ ...NO_SCORES, bin: EMPTY_BOX, sinBins: LEVEL, sendOffs: LEVEL, sentOff: {}, interchanges: LEVEL, restarts: LEVEL }),
  onPeriod(state, edge, _play, { period, playedMs }) {
    if (edge === 'end') return { state }
    return { state: { ...state, pending: null, bin: settle(state.bin, playedMs), rows: begin(state.rows, period, blankRow) } }
  },
  reduce(before, play, context) {
    const { rules, period, late, playedMs } = context
    const { kind, side, playerId, data } = play
    if (!side) return refuse('Say which side.', 'side')
    const state = { ...before, bin: settle(before.bin, playedMs) }
    const isBinned = playerId !== undefined && state.bin.penalties.some(one => one.playerId === playerId)
    const odd = countOf(state.sentOff, playerId) > 0 ? ['player-sent-off'] : isBinned ? ['player-in-bin'] : []
    const worth = worthOf(kind, rules)
    if (kind === 'bonusTry' && rules.bonusTryPoints === 0) return refuse('There is no bonus zone under these rules.', 'kind')
    if (worth) {
      const scored = addScore(state, play, side, worth, context, periodOf(period, rules)?.startMs)
      if ('refuse' in scored) return scored
      const isGolden = periodOf(period, rules)?.kind === 'golden-point' && worth.points > 0
      const wasDecided = isGolden && leader(scoreOf(state)) !== 'draw'
      const decidesNothing = isGolden && !wasDecided && rules.extraTime === 'goldenTry' && worth.isTry === undefined
      const warnings = [...odd, ...(wasDecided ? ['decided'] : []), ...(decidesNothing ? ['only-tries'] : [])]
      return { state: { ...state, ...scored }, warnings }
    }
    switch (kind) {
      case 'sinBin': {
        const bin = serve(state.bin, { side, label: 'Sin bin', playerId, lengthMs: rules.sinBinMinutes * MINUTE }, playedMs)
        return { state: { ...state, bin, sinBins: plus(state.sinBins, side) }, warnings: playedMs === null ? [NO_CLOCK] : odd }
      }
      case 'sendOff': {
        const bin = serve(state.bin, { side, label: 'Sent off', playerId, lengthMs: null }, playedMs)
        return { state: { ...state, bin, sendOffs: plus(state.sendOffs, side), sentOff: tally(state.sentOff, playerId) } }
      }
      case 'interchange': {
        if (data?.free === true) return { state, warnings: odd }
        const interchanges = plus(state.interchanges, side)
        const isBeyond = rules.interchanges < 99 && interchanges[side] > rules.interchanges
        return { state: { ...state, interchanges }, warnings: isBeyond ? ['no-interchanges-left'] : odd }
      }
      case 'sixAgain':
        return { state: { ...state, restarts: plus(state.restarts, side) }, warnings: rules.setRestarts ? [] : ['no-restarts'] }
      default:
        if (PLAYED_ON.has(kind) && !late) return { state: { ...state, pending: null }, warnings: odd }
        return Object.hasOwn(kinds, kind) ? { state, warnings: odd } : refuse(`Rugby league has no play of kind "${kind}".`, 'kind')
    }
  },
  score: scoreOf,
  columns: (state, rules) => columnsOf(state.rows, n => periodOf(n, rules)?.label ?? String(n)),
  winner: state => leader(scoreOf(state)),
  decided(state, rules) {
    const { home, away } = scoreOf(state)
    // What is no try does not decide where only a try does.
    if (rules.extraTime === 'goldenTry' && Math.abs(home - away) < rules.tryPoints) return null
    return wonIn(state.rows, null, 0, n => periodOf(n, rules)?.kind === 'golden-point')
  },
  how(state, rules, period) {
    const isGolden = periodOf(period, rules)?.kind === 'golden-point' && leader(scoreOf(state)) !== 'draw'
    return isGolden ? 'golden' : period > 2 ? 'overtime' : 'regulation'
  },
  detail(state, { interchanges: most }): Shown {
    const { tries, conversions, penaltyGoals, dropGoals, pending, sinBins, sendOffs, bin, interchanges, restarts } = state
    const changes = (side: Side) => ({ used: interchanges[side], left: most >= 99 ? null : Math.max(0, most - interchanges[side]) })
    return {
      tries,
      conversions,
      penaltyGoals,
      dropGoals,
      pending,
      sinBins,
      sendOffs,
      penalties: shownPenalties(bin),
      interchanges: { home: changes('home'), away: changes('away') },
      setRestarts: restarts,
    }
  },
  timers: ({ bin }) => timersOf(bin),
  totals(detail) {
    const { tries = LEVEL, conversions = LEVEL, penaltyGoals = LEVEL, dropGoals = LEVEL } = detail as Partial<Shown>
    return [
      { label: 'Try', name: 'Tries', of: tries },
      { label: 'C', name: 'Conversions', of: conversions },
      { label: 'P', name: 'Penalty goals', of: penaltyGoals },
      { label: 'D', name: 'Drop goals', of: dropGoals },
    ]
  },
  due: ({ pending }) => (pending ? [`${pending}:conversion`, `${pending}:conversionMissed`] : []),
  chart: 'lead',
  actions: rules =>
    ACTIONS.filter(
      ({ kind }) =>
        (kind !== 'bonusTry' || rules.bonusTryPoints > 0) &&
        (kind !== 'dropGoalLong' || rules.longDropPoints !== rules.dropPoints) &&
        (kind !== 'sixAgain' || rules.setRestarts),
    ),
  describe({ kind, data = {} }) {
    if (kind === 'interchange') return { key: data.off === undefined ? kind : 'interchange.for' }
    return { key: kind === 'sinBin' || kind === 'sendOff' ? cardKey(kind, data.offence, OFFENCES) : kind }
  },
  when: (play, { period, clockMs, rules }) => minuteOf(play, clockMs, periodOf(period, rules)),
  words: {
    try: 'Try, {side}',
    'try.by': 'Try, {player}, {side}',
    bonusTry: 'Try in the bonus zone, {side}',
    'bonusTry.by': 'Try in the bonus zone, {player}, {side}',
    penaltyTry: 'Penalty try, {side}',
    'penaltyTry.by': 'Penalty try, {player}, {side}',
    conversion: 'Conversion, {side}',
    'conversion.by': '{player} converts for {side}',
    conversionMissed: 'Conversion missed, {side}',
    'conversionMissed.by': '{player} misses the conversion for {side}',
    penaltyGoal: 'Penalty goal, {side}',
    'penaltyGoal.by': 'Penalty goal by {player}, {side}',
    penaltyMissed: 'Penalty goal missed, {side}',
    'penaltyMissed.by': '{player} misses a penalty goal for {side}',
    dropGoal: 'Drop goal, {side}',
    'dropGoal.by': 'Drop goal by {player}, {side}',
    dropGoalLong: 'Drop goal from 40 metres, {side}',
    'dropGoalLong.by': 'Drop goal from 40 metres by {player}, {side}',
    dropGoalMissed: 'Drop goal missed, {side}',
    'dropGoalMissed.by': '{player} misses a drop goal for {side}',
    ...cardWords('sinBin', 'Sin bin, {side}', '{player} goes to the sin bin, {side}', OFFENCES),
    ...cardWords('sendOff', 'Sent off, {side}', '{player} is sent off, {side}', OFFENCES),
    interchange: 'Interchange, {side}',
    'interchange.by': '{player} comes on for {side}',
    'interchange.for': '{off} goes off for {side}',
    'interchange.for.by': '{player} replaces {off}, {side}',
    sixAgain: 'Six again, {side}',
    penalty: 'Penalty against {side}',
    'penalty.by': 'Penalty against {player}, {side}',
    error: 'Handling error, {side}',
    'error.by': 'Handling error by {player}, {side}',
    lineBreak: 'Line break, {side}',
    'lineBreak.by': 'Line break by {player}, {side}',
    fortyTwenty: '40/20, {side}',
    'fortyTwenty.by': '40/20 by {player}, {side}',
    tackle: 'Tackle, {side}',
    'tackle.by': 'Tackle by {player}, {side}',
    'warning.player-sent-off': 'Had been sent off',
    'warning.player-in-bin': 'Was in the sin bin',
    'warning.no-interchanges-left': 'More interchanges than allowed',
    'warning.decided': 'Scored after it was decided',
  },
  warnings: {
    'player-sent-off': 'This player has been sent off.',
    'player-in-bin': 'This player is in the sin bin.',
    'no-interchanges-left': 'This side had no interchange left.',
    'no-restarts': 'Sets are not restarted under these rules.',
    decided: 'The golden point had been scored already.',
    'only-tries': 'Only a try decides golden try.',
    [NO_CLOCK]: NO_CLOCK_SENTENCE,
  },
  glance({ detail, status }) {
    const { tries, pending, penalties, timers = [] } = detail as Partial<Shown> & { timers?: readonly { side: Side; label: string }[] }
    const say = (side: Side) => (tries?.[side] ? `${tries[side]} ${tries[side] === 1 ? 'try' : 'tries'}` : '')
    const badges = SIDES.flatMap(side => [
      ...countBadge(side, timers.filter(timer => timer.side === side).length, 'yellow', 'In the sin bin'),
      ...countBadge(side, penalties?.out[side] ?? 0, 'red', 'Sent off'),
    ])
    return { home: say('home'), away: say('away'), middle: pending && status === 'live' ? 'Conversion' : '', badges }
  },
  box: (plays, rules) => rugbyBox(plays, FIGURES, play => worthOf(play.kind, rules)?.points ?? 0),
})
