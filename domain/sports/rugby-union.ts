import type { BoxPlay } from '#domain/box.ts'
import { scoreOf as inOrder } from '#domain/display-order.ts'
import type { Game, Score } from '#domain/game.ts'
import { countBadge } from '#domain/parts/badges.ts'
import { isSecondCaution } from '#domain/parts/conduct.ts'
import { HALF_TIME } from '#domain/parts/interval.ts'
import {
  EMPTY_BOX,
  endAll,
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
import {
  attempt,
  isDecided,
  isSettled,
  NO_SHOTS,
  type Shootout,
  type ShownShootout,
  shootoutMarks,
  shownShootout,
} from '#domain/parts/shootout.ts'
import { wonIn } from '#domain/parts/stages.ts'
import { comeBack, countOff, goOff, type Leave, leaveTimers, settleOff } from '#domain/parts/temporary.ts'
import { begin, columnsOf, countOf, LEVEL, leader, MINUTE, ordinal, plus, tally } from '#domain/parts/timed.ts'
import { blankRow } from '#domain/parts/two-part.ts'
import { type LoggedPlay, other, SIDES, type Side } from '#domain/play.ts'
import { type Action, type Context, defineSport, type Kind, type RulePack, refuse, type Step } from '#domain/sport.ts'

interface Rules {
  form: 'fifteens' | 'sevens'
  halfMinutes: number
  halfTimeMinutes: number
  /** Level at the end: two halves and then sudden death (`full`), sudden death at once, or nothing. */
  extraTime: 'none' | 'full' | 'sudden'
  extraMinutes: number
  /** Kickers a side in the kicking competition; 0 for none. */
  kickers: number
  tryPoints: number
  conversionPoints: number
  penaltyPoints: number
  dropPoints: number
  penaltyTryPoints: number
  /** A penalty try is followed by a kick, as any other. */
  penaltyTryKick: boolean
  yellowMinutes: number
  /** After so many minutes somebody else may come on for who was sent off; 0: never. */
  redMinutes: number
  /** Of the day, not of play; who is not back by then does not come back. 0: nobody is off for a time. */
  bloodMinutes: number
  hiaMinutes: number
  /** 99: no limit. */
  substitutions: number
  tryBonus: 'none' | 'four' | 'threeMore'
  /** A loss by this many points at most brings a bonus point; 0: none does. */
  narrowLoss: number
  forfeitScore: number
}

interface State extends Scoring {
  yellow: Score
  red: Score
  /** Yellow cards by roster id, and who was sent off. */
  booked: Readonly<Record<string, number>>
  sentOff: Readonly<Record<string, number>>
  bin: PenaltyBox
  substitutions: Score
  /** Who bleeds or is assessed, and is not back. */
  off: readonly Leave[]
  shootout: Shootout | null
}

interface Shown extends Record<string, unknown> {
  form: Rules['form']
  tries: Score
  conversions: Score
  penaltyGoals: Score
  dropGoals: Score
  pending: Side | null
  cards: Record<Side, { yellow: number; red: number }>
  penalties: ShownPenalties
  substitutions: Score
  /** How many of each side went off for blood or an assessment and are not back. */
  temporary: Score
  /** What each side would have if it ended now. */
  bonus: Record<Side, { tries: boolean; narrowLoss: boolean }>
  kickers: number
  shootout: ShownShootout | null
}

const union: Rules = {
  form: 'fifteens',
  halfMinutes: 40,
  halfTimeMinutes: 15,
  extraTime: 'full',
  extraMinutes: 10,
  kickers: 5,
  tryPoints: 5,
  conversionPoints: 2,
  penaltyPoints: 3,
  dropPoints: 3,
  penaltyTryPoints: 7,
  penaltyTryKick: false,
  yellowMinutes: 10,
  redMinutes: 0,
  bloodMinutes: 15,
  hiaMinutes: 12,
  substitutions: 8,
  tryBonus: 'four',
  narrowLoss: 7,
  forfeitScore: 0,
}
const before2020: Rules = { ...union, hiaMinutes: 10 }
const before2017: Rules = { ...before2020, penaltyTryPoints: 5, penaltyTryKick: true }
const sevens: Rules = {
  ...union,
  form: 'sevens',
  halfMinutes: 7,
  halfTimeMinutes: 2,
  extraTime: 'sudden',
  extraMinutes: 5,
  kickers: 0,
  yellowMinutes: 2,
  substitutions: 5,
  tryBonus: 'none',
  narrowLoss: 0,
}
/** Bonus points came with the World Cup of 2003 and the leagues of those years, replacements for a time in the nineties. */
const withoutBonus = { tryBonus: 'none', narrowLoss: 0, redMinutes: 0, bloodMinutes: 0, hiaMinutes: 0 } as const

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'union',
    name: 'Fifteen-a-side',
    version: '2020',
    from: '2020-07-27',
    isDefault: true,
    source:
      'World Rugby Laws of the Game 2020, laws 3 (replacements; 3.25 blood 15 minutes, 3.27 head injury assessment 12, both of actual time), 5 (time; 5.2 half-time of 15), 8 (scoring), 9 (foul play; 9.29 second yellow card); Rugby World Cup tournament rules for level games and bonus points',
    values: union,
  },
  {
    id: 'union',
    name: 'Fifteen-a-side, assessment of ten minutes',
    version: '2017',
    from: '2017-08-01',
    isDefault: true,
    source:
      'World Rugby Laws of the Game 2017, laws 3 (replacements; head injury assessment 10 minutes), 5 (time), 8 (scoring), 9 (foul play); Rugby World Cup tournament rules for level games and bonus points',
    values: before2020,
  },
  {
    id: 'union',
    name: 'Fifteen-a-side, penalty try converted',
    version: '1992',
    from: '1992-09-01',
    isDefault: true,
    source: 'Laws of the Game 1992, law 11: the try worth five; a penalty try followed by a conversion until 2017',
    values: before2017,
  },
  {
    id: 'union',
    name: 'Fifteen-a-side, try of four',
    version: '1971',
    from: '1971-09-01',
    isDefault: true,
    source: 'Laws of the Game 1971, law 11: the try worth four',
    values: { ...before2017, ...withoutBonus, tryPoints: 4, penaltyTryPoints: 4, substitutions: 2 },
  },
  {
    id: 'union',
    name: 'Fifteen-a-side, try of three',
    version: '1948',
    from: '1948-09-01',
    isDefault: true,
    source: 'Laws of the Game 1948, law 11: the drop goal brought from four to three; the try worth three',
    values: { ...before2017, ...withoutBonus, tryPoints: 3, penaltyTryPoints: 3, substitutions: 0 },
  },
  {
    id: 'union',
    name: 'Fifteen-a-side, drop goal of four',
    version: '1905',
    from: '1905-09-01',
    isDefault: true,
    source: 'Laws of the Game 1905: try three, conversion two, penalty goal three, drop goal four',
    values: { ...before2017, ...withoutBonus, tryPoints: 3, penaltyTryPoints: 3, dropPoints: 4, substitutions: 0 },
  },
  {
    id: 'union-20',
    name: 'Fifteen-a-side, 20-minute red card',
    version: '2025',
    from: '2025-01-01',
    source: 'World Rugby global law trial 2025, law 9: who is sent off, for a second yellow card too, may be replaced after 20 minutes',
    values: { ...union, redMinutes: 20 },
  },
  {
    id: 'top14',
    name: 'French league',
    version: '2014-15',
    from: '2014-08-01',
    source: 'LNR general regulations: bonus for three tries more than the opponent, and for a loss by five at most',
    values: { ...union, tryBonus: 'threeMore', narrowLoss: 5 },
  },
  {
    id: 'u19',
    name: 'Under 19',
    version: '2017',
    from: '2017-08-01',
    source: 'World Rugby Laws of the Game 2017, under-19 variations, law 5: halves of 35 minutes, no extra time',
    values: { ...union, halfMinutes: 35, extraTime: 'none', kickers: 0, substitutions: 99, hiaMinutes: 0 },
  },
  {
    id: 'sevens',
    name: 'Sevens',
    version: '2017',
    from: '2017-08-01',
    source:
      'World Rugby Laws of the Game 2017, seven-a-side variations, laws 3, 5 (halves of 7, half-time of two minutes, sudden death in fives), 9 (two minutes)',
    values: sevens,
  },
  {
    id: 'sevens',
    name: 'Sevens, penalty try converted',
    version: '1992',
    from: '1992-09-01',
    source: 'Laws of the Game 1992, seven-a-side variations',
    values: { ...sevens, penaltyTryPoints: 5, penaltyTryKick: true },
  },
]

const OFFENCES = {
  highTackle: 'High tackle',
  dangerous: 'Dangerous play',
  repeated: 'Repeated offences',
  cynical: 'Cynical play',
  dissent: 'Dissent',
}
const offence: NonNullable<Kind['data']> = {
  offence: { type: 'choice', label: 'Offence', options: Object.keys(OFFENCES), labels: OFFENCES, optional: true },
}
const kick = (label: string): Kind => ({ label, side: 'required', player: true, scoring: true, data: MINUTE_FIELDS })
const miss = (label: string): Kind => ({ label, side: 'required', player: true, data: MINUTE_FIELDS })
const written = (label: string, data: Kind['data'] = {}): Kind => ({
  label,
  side: 'required',
  player: true,
  data: { ...MINUTE_FIELDS, ...data },
})
const lost: Kind['data'] = { lost: { type: 'flag', label: 'Lost to the other side', optional: true } }

const kinds: Readonly<Record<string, Kind>> = {
  try: kick('Try'),
  conversion: kick('Conversion'),
  conversionMissed: miss('Conversion missed'),
  // Nobody's in the box score, but feeds write something where a name stands.
  penaltyTry: kick('Penalty try'),
  penaltyGoal: kick('Penalty goal'),
  penaltyMissed: miss('Penalty goal missed'),
  dropGoal: kick('Drop goal'),
  dropGoalMissed: miss('Drop goal missed'),
  yellowCard: written('Yellow card', offence),
  redCard: written('Red card', {
    ...offence,
    permanent: { type: 'flag', label: 'Nobody may come on', optional: true },
  }),
  substitution: written('Replacement', {
    off: { type: 'player', label: 'Who goes off', optional: true },
    reason: {
      type: 'choice',
      label: 'Why',
      options: ['tactical', 'injury', 'frontRow', 'blood', 'hia', 'back'],
      labels: { tactical: 'Tactical', injury: 'Injury', frontRow: 'Front row', blood: 'Blood', hia: 'Head injury', back: 'Comes back' },
      optional: true,
    },
  }),
  penalty: written('Penalty conceded'),
  scrum: written('Scrum', lost),
  lineout: written('Line-out', lost),
  turnover: written('Turnover won'),
  tackle: written('Tackle'),
  shootoutGoal: kick('Kick scored'),
  shootoutMiss: { ...miss('Kick missed'), scoring: true },
  shootoutTally: {
    label: 'Kicking competition, tally only',
    side: 'none',
    data: { home: { type: 'int', min: 0, max: 99, label: 'Home' }, away: { type: 'int', min: 0, max: 99, label: 'Away' } },
  },
}

const IN_PLAY = ['half', 'extra-time', 'sudden-death']
const KICKS = ['shootout']
const score = { depth: 'score', during: IN_PLAY } as const
const full = { depth: 'full', during: IN_PLAY } as const
/** Play goes on: whatever became of the conversion, it is not due any more. */
const PLAYED_ON: ReadonlySet<string> = new Set(['scrum', 'lineout', 'tackle', 'turnover'])
const ACTIONS: readonly Action[] = [
  key('try', 'Try', 3, 'sk', { ...score, insteadOf: ['penaltyTry'] }),
  key('conversion', 'Kick', 2, 'dl', { ...score, hint: 'Conversion', insteadOf: ['conversionMissed'] }),
  key('conversionMissed', 'Missed', 2, 'fh', { during: IN_PLAY, hint: 'Conversion', insteadOf: ['conversion'] }),
  key('penaltyGoal', 'Penalty', 2, 'aj', { ...score, hint: 'Goal', insteadOf: ['dropGoal', 'penaltyMissed'] }),
  key('penaltyMissed', 'Penalty', 1, 'zm', { during: IN_PLAY, hint: 'Missed', insteadOf: ['penaltyGoal'] }),
  key('dropGoal', 'Drop goal', 1, 'qo', { ...score, insteadOf: ['penaltyGoal', 'dropGoalMissed'] }),
  key('penaltyTry', 'Penalty try', 1, 'wi', { ...score, insteadOf: ['try'] }),
  key('yellowCard', 'Yellow', 1, 'eu', { hint: 'Card', ask: ['player', 'offence'], insteadOf: ['redCard'] }),
  key('redCard', 'Red', 1, 'ry', { hint: 'Card', ask: ['player', 'offence'], insteadOf: ['yellowCard'] }),
  key('substitution', 'Sub', 1, 'tp', { during: IN_PLAY, hint: 'Who comes on', ask: ['off', 'reason'] }),
  key('penalty', 'Penalty', 1, '16', { ...full, hint: 'Conceded' }),
  key('scrum', 'Scrum', 1, '27', { ...full, hint: 'Fed by', ask: ['lost'] }),
  key('lineout', 'Line-out', 1, '38', { ...full, hint: 'Thrown by', ask: ['lost'] }),
  key('turnover', 'Turnover', 1, '49', { ...full, hint: 'Won by' }),
  key('tackle', 'Tackle', 1, '50', full),
  key('dropGoalMissed', 'Drop goal', 1, 'x,', { ...full, hint: 'Missed', insteadOf: ['dropGoal'] }),
  key('shootoutGoal', 'Scored', 3, 'g;', { depth: 'score', hint: 'Kick at goal', during: KICKS, insteadOf: ['shootoutMiss'] }),
  key('shootoutMiss', 'Missed', 3, 'b.', { depth: 'score', hint: 'Kick at goal', during: KICKS, insteadOf: ['shootoutGoal'] }),
]

const SHOOTOUT = 6
/** Law 5 of sevens plays on until somebody scores; the linescore stays bounded. */
const MOST_SUDDEN = 8

function periodOf(n: number, rules: Rules) {
  const { extraTime, halfMinutes, extraMinutes, kickers } = rules
  const startMs = (Math.min(n - 1, 2) * halfMinutes + Math.max(0, n - 3) * extraMinutes) * MINUTE
  const lengthMs = (n <= 2 ? halfMinutes : extraMinutes) * MINUTE
  if (n <= 2) return { number: n, kind: 'half', label: `${n}H`, name: `${ordinal(n)} half`, startMs, lengthMs }
  if (extraTime === 'sudden') {
    const nth = n - 2
    const name = nth === 1 ? 'Sudden death' : `Sudden death, ${ordinal(nth)} period`
    return nth > MOST_SUDDEN ? null : { number: n, kind: 'sudden-death', label: `SD${nth}`, name, startMs, lengthMs }
  }
  if (n === SHOOTOUT && kickers > 0)
    return { number: n, kind: 'shootout', label: 'KICKS', name: 'Kicking competition', startMs: 0, lengthMs: 0, clockless: true }
  if (extraTime === 'none' || n > 5) return null
  if (n === 5) return { number: n, kind: 'sudden-death', label: 'SD', name: 'Sudden death', startMs, lengthMs }
  return { number: n, kind: 'extra-time', label: `ET${n - 2}`, name: `Extra time, ${ordinal(n - 2)} half`, startMs, lengthMs }
}

function nextOf(n: number, rules: Rules): readonly number[] {
  const kicks = rules.extraTime !== 'sudden' && rules.kickers > 0 && n < SHOOTOUT ? [SHOOTOUT] : []
  if (n === 1) return [2]
  if (rules.extraTime === 'none') return kicks
  if (rules.extraTime === 'full' && n === 3) return [4]
  const usual = periodOf(n + 1, rules)
  return usual && usual.kind !== 'shootout' ? [n + 1, ...kicks] : kicks
}

/** Law 8: what a score is worth; a penalty try is followed by no kick since 2017. */
function worthOf(kind: string, rules: Rules): Worth | null {
  switch (kind) {
    case 'try':
      return { points: rules.tryPoints, made: 'tries', isTry: 'converted' }
    case 'penaltyTry':
      return { points: rules.penaltyTryPoints, made: 'tries', isTry: rules.penaltyTryKick ? 'converted' : 'unconverted' }
    case 'conversion':
      return { points: rules.conversionPoints, made: 'conversions' }
    case 'penaltyGoal':
      return { points: rules.penaltyPoints, made: 'penaltyGoals' }
    case 'dropGoal':
      return { points: rules.dropPoints, made: 'dropGoals' }
    case 'conversionMissed':
    case 'penaltyMissed':
    case 'dropGoalMissed':
      return { points: 0 }
    default:
      return null
  }
}

/**
 * Law 9: ten minutes for a yellow card (two in sevens); a red card ends a player's game, and so does a second yellow one (9.29), whose red
 * card may be written down too and is no further one.
 */
function card(state: State, play: LoggedPlay, side: Side, { rules, playedMs }: Context<Rules>): Step<State> {
  const { kind, playerId, data } = play
  const isYellow = kind === 'yellowCard'
  const had = countOf(state.booked, playerId)
  const wasOff = countOf(state.sentOff, playerId) > 0
  const isSecond = isYellow && isSecondCaution(state.booked, state.sentOff, playerId)
  const cards = isYellow ? { yellow: plus(state.yellow, side), booked: tally(state.booked, playerId) } : {}
  if (wasOff) {
    const isExplained = !isYellow && had > 1
    const isForGood = isExplained && data?.permanent === true
    const bin = isForGood ? sendOff(state.bin, side, playerId, null, playedMs) : state.bin
    return { state: { ...state, ...cards, bin }, warnings: isExplained ? [] : ['player-sent-off'] }
  }
  const isUntimed = playedMs === null ? [NO_CLOCK] : []
  if (isYellow && !isSecond) {
    const bin = serve(state.bin, { side, label: 'Yellow', playerId, lengthMs: rules.yellowMinutes * MINUTE }, playedMs)
    return { state: { ...state, ...cards, bin }, warnings: isUntimed }
  }
  const lengthMs = rules.redMinutes === 0 || data?.permanent === true ? null : rules.redMinutes * MINUTE
  const bin = sendOff(state.bin, side, playerId, lengthMs, playedMs)
  return {
    state: { ...state, ...cards, red: plus(state.red, side), sentOff: tally(state.sentOff, playerId), bin },
    warnings: lengthMs === null ? [] : isUntimed,
    ...(isSecond ? { facts: { card: 'second' } } : {}),
  }
}

/** What the player was serving is part of it. */
function sendOff(bin: PenaltyBox, side: Side, playerId: string | undefined, lengthMs: number | null, playedMs: number | null): PenaltyBox {
  const served = bin.penalties.filter(one => playerId !== undefined && one.playerId === playerId && one.side === side)
  return serve(endAll(bin, served), { side, label: 'Red', playerId, lengthMs }, playedMs)
}

/**
 * Law 3: eight replacements; those for blood and for a head injury assessment, and who comes back from one, do not count. The time for either
 * is actual time, over stoppages and half-time (3.25, 3.27).
 */
function replace(state: State, play: LoggedPlay, side: Side, { rules, at = null }: Context<Rules>): Step<State> {
  const reason = play.data?.reason
  if (reason === 'blood' || reason === 'hia') {
    const isBlood = reason === 'blood'
    const playerId = play.data?.off as string | undefined
    const given = { side, label: isBlood ? 'Blood' : 'HIA', playerId, minutes: isBlood ? rules.bloodMinutes : rules.hiaMinutes }
    return { state: { ...state, off: goOff(state.off, given, at) } }
  }
  if (reason === 'back') {
    const made = comeBack(state.off, side, play.playerId)
    if (!made) return { state, warnings: ['nobody-off'] }
    return { state: { ...state, off: made.off }, warnings: made.back.isPermanent ? ['permanent-already'] : [] }
  }
  const substitutions = plus(state.substitutions, side)
  const isBeyond = rules.substitutions < 99 && substitutions[side] > rules.substitutions
  return { state: { ...state, substitutions }, warnings: isBeyond ? ['no-substitutions-left'] : [] }
}

/** A count as a feed may send it. */
const whole = (n: unknown) => (Number.isInteger(n) ? Math.max(0, n as number) : 0)

/** Somebody plays who was sent off, or sits in the sin bin. */
function oddPlayer({ sentOff, bin }: State, playerId: string | undefined): string[] {
  if (countOf(sentOff, playerId) > 0) return ['player-sent-off']
  const isOff = playerId !== undefined && bin.penalties.some(one => one.playerId === playerId)
  return isOff ? ['player-in-bin'] : []
}

function hasTryBonus(tries: Score, side: Side, { tryBonus }: Rules): boolean {
  if (tryBonus === 'none') return false
  return tryBonus === 'four' ? tries[side] >= 4 : tries[side] - tries[other(side)] >= 3
}

const FIGURES: readonly RugbyFigure[] = [
  { key: 'tries', label: 'T', name: 'Tries', kinds: ['try'] },
  { key: 'penaltyTries', label: 'PT', name: 'Penalty tries', kinds: ['penaltyTry'], isTeams: true },
  { key: 'conversions', label: 'C', name: 'Conversions', kinds: ['conversion'], missed: ['conversionMissed'] },
  { key: 'penaltyGoals', label: 'P', name: 'Penalty goals', kinds: ['penaltyGoal'], missed: ['penaltyMissed'] },
  { key: 'dropGoals', label: 'D', name: 'Drop goals', kinds: ['dropGoal'], missed: ['dropGoalMissed'] },
  { key: 'scrums', label: 'Scr', name: 'Scrums won', kinds: ['scrum'], missed: ['scrumLost'], isTeams: true },
  { key: 'lineouts', label: 'LO', name: 'Line-outs won', kinds: ['lineout'], missed: ['lineoutLost'], isTeams: true },
  { key: 'tackles', label: 'Tck', name: 'Tackles', kinds: ['tackle'] },
  { key: 'turnovers', label: 'TO', name: 'Turnovers won', kinds: ['turnover'] },
  { key: 'penalties', label: 'Pen', name: 'Penalties conceded', kinds: ['penalty'] },
  { key: 'yellow', label: 'YC', name: 'Yellow cards', kinds: ['yellowCard'] },
  { key: 'red', label: 'RC', name: 'Red cards', kinds: ['redCard'] },
]

/** A second yellow card is a red one too, and the red card shown after it is no further one. */
function cardsOf({ play, marks, before, after }: BoxPlay<State>): readonly string[] {
  if (marks.facts?.card === 'second') return ['yellowCard', 'redCard']
  const isNew = !play.side || play.kind !== 'redCard' || after.red[play.side] > before.red[play.side]
  return isNew ? [play.kind] : []
}

const FORFEITS: ReadonlySet<string | null> = new Set(['forfeit', 'walkover', 'disqualified', 'awarded'])

/** A penalty try has no scorer. */
const ofNobody = (folded: BoxPlay<State>): BoxPlay<State> =>
  folded.play.kind === 'penaltyTry' ? { ...folded, play: { ...folded.play, playerId: undefined } } : folded

export const sport = defineSport<State, Rules>({
  id: 'rugby_union',
  name: 'Rugby union',
  version: 2,
  labels: {
    game: 'Match',
    period: 'Half',
    periods: 'Halves',
    unit: 'point',
    units: 'points',
    byPeriod: 'By half',
    endings: { overtime: { second: 'AET' }, golden: { second: 'sudden death' }, shootout: { second: 'kicks' } },
    isInMinutes: true,
    tablePoints: { win: 4, draw: 2, loss: 0, tries: 1, narrowLoss: 1, sevensWin: 3, sevensDraw: 2, sevensLoss: 1 },
    tieBreakers: ['wins', 'difference', 'for', 'head-to-head'],
  },
  endsItself: false,
  timed: { direction: () => 'up', period: periodOf, regulation: () => 2, next: nextOf },
  packs,
  ruleFields: {
    form: { type: 'choice', options: ['fifteens', 'sevens'], labels: { fifteens: 'Fifteens', sevens: 'Sevens' }, label: 'Tables as in' },
    halfMinutes: { type: 'int', min: 1, max: 60, label: 'Minutes in a half' },
    halfTimeMinutes: HALF_TIME,
    extraTime: {
      type: 'choice',
      options: ['none', 'full', 'sudden'],
      labels: { none: 'None', full: 'Two halves, then sudden death', sudden: 'Sudden death at once' },
      label: 'Extra time',
    },
    extraMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a period of extra time' },
    kickers: { type: 'int', min: 0, max: 15, label: 'Kickers a side in the kicking competition (0: none)' },
    tryPoints: { type: 'int', min: 1, max: 9, label: 'Try' },
    conversionPoints: { type: 'int', min: 0, max: 9, label: 'Conversion' },
    penaltyPoints: { type: 'int', min: 1, max: 9, label: 'Penalty goal' },
    dropPoints: { type: 'int', min: 1, max: 9, label: 'Drop goal' },
    penaltyTryPoints: { type: 'int', min: 1, max: 9, label: 'Penalty try' },
    penaltyTryKick: { type: 'flag', label: 'A conversion follows a penalty try' },
    yellowMinutes: { type: 'int', min: 1, max: 40, label: 'Minutes off for a yellow card' },
    redMinutes: { type: 'int', min: 0, max: 40, label: 'Minutes until a sent-off player is replaced (0: never)' },
    bloodMinutes: { type: 'int', min: 0, max: 40, label: 'Minutes off for a blood injury, of actual time (0: no count)' },
    hiaMinutes: { type: 'int', min: 0, max: 40, label: 'Minutes off for a head injury assessment, of actual time (0: no count)' },
    substitutions: { type: 'int', min: 0, max: 99, label: 'Replacements (99: no limit)' },
    tryBonus: {
      type: 'choice',
      options: ['none', 'four', 'threeMore'],
      labels: { none: 'None', four: 'Four tries', threeMore: 'Three tries more than the other side' },
      label: 'Bonus point for tries',
    },
    narrowLoss: { type: 'int', min: 0, max: 20, label: 'Bonus point for a loss by at most (0: none)' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Points for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    ...NO_SCORES,
    yellow: LEVEL,
    red: LEVEL,
    booked: {},
    sentOff: {},
    bin: EMPTY_BOX,
    substitutions: LEVEL,
    off: [],
    shootout: null,
  }),
  onPeriod(state, edge, _play, { rules, period, playedMs }) {
    if (edge === 'end') return { state }
    if (periodOf(period, rules)?.kind === 'shootout') return { state: { ...state, pending: null, shootout: state.shootout ?? NO_SHOTS } }
    return { state: { ...state, pending: null, bin: settle(state.bin, playedMs), rows: begin(state.rows, period, blankRow) } }
  },
  reduce(before, play, context) {
    const { rules, period, late, playedMs, at = null } = context
    const { kind, side, playerId, data } = play
    const inside = periodOf(period, rules)?.kind
    const isKick = kind.startsWith('shootout')
    // A tally that names no period is of the whole game.
    const isOfGame = play.period === undefined && period >= 2 && rules.kickers > 0
    if (kind === 'shootoutTally' && (inside === 'shootout' || isOfGame)) {
      const { home, away } = (data ?? {}) as Partial<Score>
      return { state: { ...before, shootout: { home: whole(home), away: whole(away), kicks: '' } } }
    }
    if (isKick && inside !== 'shootout') return refuse('These kicks belong to the kicking competition.', 'period')
    if (!side) return refuse('Say which side.', 'side')
    const state = { ...before, bin: settle(before.bin, playedMs), off: settleOff(before.off, at) }
    const worth = worthOf(kind, rules)
    if (worth && inside === 'shootout') return refuse('Only its own kicks count in the kicking competition.', 'period')
    if (isKick) {
      const wasSettled = state.shootout !== null && isSettled(state.shootout, rules.kickers)
      return {
        state: { ...state, shootout: attempt(state.shootout, side, kind === 'shootoutGoal') },
        warnings: wasSettled ? ['shootout-settled'] : [],
      }
    }
    if (worth) {
      const scored = addScore(state, play, side, worth, context, periodOf(period, rules)?.startMs)
      if ('refuse' in scored) return scored
      const wasDecided = worth.points > 0 && inside === 'sudden-death' && leader(scoreOf(state)) !== 'draw'
      return { state: { ...state, ...scored }, warnings: [...oddPlayer(state, playerId), ...(wasDecided ? ['decided'] : [])] }
    }
    if (kind === 'yellowCard' || kind === 'redCard') return card(state, play, side, context)
    if (kind === 'substitution') return replace(state, play, side, context)
    return Object.hasOwn(kinds, kind)
      ? { state: PLAYED_ON.has(kind) && !late ? { ...state, pending: null } : state, warnings: oddPlayer(state, playerId) }
      : refuse(`Rugby has no play of kind "${kind}".`, 'kind')
  },
  score: scoreOf,
  columns: (state, rules) => columnsOf(state.rows, n => periodOf(n, rules)?.label ?? String(n)),
  winner: state => leader(isDecided(state.shootout) ? state.shootout : scoreOf(state)),
  decided: ({ rows, shootout }, rules) => wonIn(rows, shootout, rules.kickers, n => periodOf(n, rules)?.kind === 'sudden-death'),
  how(state, rules, period) {
    if (isDecided(state.shootout)) return 'shootout'
    const isSudden = periodOf(period, rules)?.kind === 'sudden-death' && leader(scoreOf(state)) !== 'draw'
    return isSudden ? 'golden' : period > 2 ? 'overtime' : 'regulation'
  },
  detail(state, rules): Shown {
    const { tries, conversions, penaltyGoals, dropGoals, pending, yellow, red, bin, substitutions, off, shootout } = state
    const now = scoreOf(state)
    const cards = (side: Side) => ({ yellow: yellow[side], red: red[side] })
    const bonus = (side: Side) => {
      const behind = now[other(side)] - now[side]
      return { tries: hasTryBonus(tries, side, rules), narrowLoss: behind > 0 && behind <= rules.narrowLoss }
    }
    return {
      form: rules.form,
      tries,
      conversions,
      penaltyGoals,
      dropGoals,
      pending,
      cards: { home: cards('home'), away: cards('away') },
      penalties: shownPenalties(bin),
      substitutions,
      temporary: countOff(off),
      bonus: { home: bonus('home'), away: bonus('away') },
      kickers: rules.kickers,
      shootout: shownShootout(shootout),
    }
  },
  timers: ({ bin, off }) => [...timersOf(bin), ...leaveTimers(off)],
  totals(detail) {
    const { tries = LEVEL, conversions = LEVEL, penaltyGoals = LEVEL, dropGoals = LEVEL, shootout } = detail as Partial<Shown>
    return [
      { label: 'Try', name: 'Tries', of: tries },
      { label: 'C', name: 'Conversions', of: conversions },
      { label: 'P', name: 'Penalty goals', of: penaltyGoals },
      { label: 'D', name: 'Drop goals', of: dropGoals },
      ...(shootout ? [{ label: 'K', name: 'Kicks', of: { home: shootout.home, away: shootout.away } }] : []),
    ]
  },
  due: ({ pending }) => (pending ? [`${pending}:conversion`, `${pending}:conversionMissed`] : []),
  chart: 'lead',
  actions: rules => ACTIONS.filter(({ kind }) => !kind.startsWith('shootout') || rules.kickers > 0),
  isAsked: (question, { kind }) => question !== 'player' || kind !== 'penaltyTry',
  describe({ kind, data = {} }, { facts }) {
    const { reason, off, lost: isLost, home, away } = data
    if (kind === 'shootoutTally') return { key: kind, values: { home: whole(home), away: whole(away) } }
    if (kind === 'substitution') {
      const why = reason === 'blood' || reason === 'hia' || reason === 'back' ? `.${reason}` : ''
      return { key: `substitution${why}${off === undefined ? '' : '.for'}` }
    }
    if (kind === 'yellowCard' || kind === 'redCard') {
      return { key: cardKey(facts?.card === 'second' ? 'secondYellow' : kind, data.offence, OFFENCES) }
    }
    return { key: (kind === 'scrum' || kind === 'lineout') && isLost === true ? `${kind}.lost` : kind }
  },
  when: (play, { period, clockMs, rules }) => minuteOf(play, clockMs, periodOf(period, rules)),
  words: {
    try: 'Try, {side}',
    'try.by': 'Try, {player}, {side}',
    conversion: 'Conversion, {side}',
    'conversion.by': '{player} converts for {side}',
    conversionMissed: 'Conversion missed, {side}',
    'conversionMissed.by': '{player} misses the conversion for {side}',
    penaltyTry: 'Penalty try, {side}',
    'penaltyTry.by': 'Penalty try, {player}, {side}',
    penaltyGoal: 'Penalty goal, {side}',
    'penaltyGoal.by': 'Penalty goal by {player}, {side}',
    penaltyMissed: 'Penalty goal missed, {side}',
    'penaltyMissed.by': '{player} misses a penalty goal for {side}',
    dropGoal: 'Drop goal, {side}',
    'dropGoal.by': 'Drop goal by {player}, {side}',
    dropGoalMissed: 'Drop goal missed, {side}',
    'dropGoalMissed.by': '{player} misses a drop goal for {side}',
    ...cardWords('yellowCard', 'Yellow card, {side}', 'Yellow card, {player}, {side}', OFFENCES),
    ...cardWords('secondYellow', 'Second yellow card and sent off, {side}', 'Second yellow card, {player} is sent off, {side}', OFFENCES),
    ...cardWords('redCard', 'Red card, {side}', 'Red card, {player}, {side}', OFFENCES),
    substitution: 'Replacement, {side}',
    'substitution.by': '{player} comes on for {side}',
    'substitution.for': '{off} goes off for {side}',
    'substitution.for.by': '{player} replaces {off}, {side}',
    'substitution.blood': 'Blood replacement, {side}',
    'substitution.blood.by': '{player} comes on for {side}, blood',
    'substitution.blood.for': '{off} goes off for {side}, blood',
    'substitution.blood.for.by': '{player} replaces {off}, {side}, blood',
    'substitution.hia': 'Head injury assessment, {side}',
    'substitution.hia.by': '{player} comes on for {side}, head injury assessment',
    'substitution.hia.for': '{off} goes off for {side}, head injury assessment',
    'substitution.hia.for.by': '{player} replaces {off}, {side}, head injury assessment',
    'substitution.back': 'Back on the field, {side}',
    'substitution.back.by': '{player} comes back for {side}',
    'substitution.back.for': '{off} makes way again, {side}',
    'substitution.back.for.by': '{player} comes back for {off}, {side}',
    penalty: 'Penalty against {side}',
    'penalty.by': 'Penalty against {player}, {side}',
    scrum: 'Scrum, {side}',
    'scrum.by': 'Scrum, {player}, {side}',
    'scrum.lost': 'Scrum lost by {side}',
    lineout: 'Line-out, {side}',
    'lineout.by': 'Line-out won by {player}, {side}',
    'lineout.lost': 'Line-out lost by {side}',
    turnover: 'Turnover won, {side}',
    'turnover.by': 'Turnover won by {player}, {side}',
    tackle: 'Tackle, {side}',
    'tackle.by': 'Tackle by {player}, {side}',
    shootoutGoal: '{side} score their kick',
    'shootoutGoal.by': '{player} scores for {side}',
    shootoutMiss: '{side} miss their kick',
    'shootoutMiss.by': '{player} misses for {side}',
    shootoutTally: 'Kicking competition {home}–{away}',
    'warning.player-sent-off': 'Had been sent off',
    'warning.player-in-bin': 'Was in the sin bin',
    'warning.no-substitutions-left': 'More replacements than allowed',
    'warning.decided': 'Scored after it was decided',
    'warning.shootout-settled': 'Taken after it was settled',
  },
  warnings: {
    'player-sent-off': 'This player has been sent off.',
    'player-in-bin': 'This player is in the sin bin.',
    'no-substitutions-left': 'This side had no replacement left.',
    'nobody-off': 'Nobody of this side was off for a time.',
    'permanent-already': 'The time was up: this replacement had become permanent.',
    decided: 'Sudden death was decided already.',
    'shootout-settled': 'The kicking competition was settled already.',
    [NO_CLOCK]: NO_CLOCK_SENTENCE,
  },
  glance({ detail, status, displayOrder }) {
    const {
      tries,
      pending,
      bonus,
      penalties,
      kickers = 5,
      shootout,
      timers = [],
    } = detail as Partial<Shown> & { timers?: readonly { side: Side; label: string }[] }
    const isOver = status === 'final'
    const say = (side: Side) => (tries?.[side] ? `${tries[side]} ${tries[side] === 1 ? 'try' : 'tries'}` : '')
    const running = (side: Side, label: string) => timers.filter(timer => timer.side === side && timer.label === label).length
    const badges = SIDES.flatMap(side => [
      ...countBadge(side, running(side, 'Yellow'), 'yellow', 'In the sin bin'),
      ...countBadge(side, running(side, 'Red') + (penalties?.out[side] ?? 0), 'red', 'Sent off'),
      ...(bonus?.[side].tries ? [{ side, text: 'BP', tone: 'good' as const, title: 'Bonus point for tries' }] : []),
    ])
    const kicks = shootout && inOrder(shootout, { displayOrder })
    const middle = kicks ? (isOver ? `kicks ${kicks}` : `${kicks} on kicks`) : pending && status === 'live' ? 'Conversion' : ''
    return { home: say('home'), away: say('away'), middle, badges, marks: shootoutMarks(shootout, kickers, 'Kicks') }
  },
  box: (plays, rules) => rugbyBox(plays.map(ofNobody), FIGURES, play => worthOf(play.kind, rules)?.points ?? 0, cardsOf),
  outcome(game) {
    // Sevens have points of their own; fifteens those of how it ended, where the league has a word for it.
    const manner =
      game.statusReason === 'shootout' ? 'shootout' : game.statusReason === 'overtime' || game.statusReason === 'golden' ? 'overtime' : ''
    const prefix = game.detail.form === 'sevens' ? 'sevens' : game.winner === 'draw' ? '' : manner
    const of = (side: Side) => {
      const plain = game.winner === 'draw' ? 'draw' : game.winner === side ? 'win' : 'loss'
      return prefix ? `${prefix}${plain.charAt(0).toUpperCase()}${plain.slice(1)}` : plain
    }
    return { home: of('home'), away: of('away') }
  },
  bonus: game => ({ home: bonusOf(game, 'home'), away: bonusOf(game, 'away') }),
})

function bonusOf({ detail, statusReason, winner }: Pick<Game, 'detail' | 'statusReason' | 'winner'>, side: Side): string[] {
  const own = (detail as Partial<Shown>).bonus?.[side]
  if (!own || FORFEITS.has(statusReason)) return []
  return [...(own.tries ? ['tries'] : []), ...(own.narrowLoss && winner === other(side) ? ['narrowLoss'] : [])]
}
