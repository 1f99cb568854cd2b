import type { Fields } from '#domain/fields.ts'
import type { Score } from '#domain/game.ts'
import type { LoggedPlay, Side } from '#domain/play.ts'
import { type Action, defineSport, type Kind, type RulePack, refuse } from '#domain/sport.ts'
import { addPoints, begin, columnsOf, countOf, LEVEL, leader, MINUTE, type PeriodScore, plus, tally, total } from '#domain/timed.ts'

interface Rules {
  halfMinutes: number
  /** Extra time may be played; where it may not, kicks follow the second half. */
  extraTime: boolean
  extraMinutes: number
  shootout: boolean
  /** Kicks a side before sudden death. */
  shootoutKicks: number
  /** 99: no limit. */
  substitutions: number
  extraSubstitutions: number
  clock: 'up' | 'down'
  forfeitScore: number
}

interface Shootout extends Score {
  /** One letter a kick, in order: `H` `A` scored, `h` `a` missed. Empty where only the tally is known. */
  kicks: string
}

interface State {
  rows: readonly PeriodScore[]
  yellow: Score
  red: Score
  /** Yellow cards by roster id, and who was sent off. */
  booked: Readonly<Record<string, number>>
  sentOff: Readonly<Record<string, number>>
  substitutions: Score
  /** Minutes announced for the half under way. */
  added: number | null
  shootout: Shootout | null
}

/** What the board shows beside the score. The kicks never count into it. */
interface Shown extends Record<string, unknown> {
  cards: Record<Side, { yellow: number; red: number }>
  substitutions: Score
  addedMinutes: number | null
  shootout: (Score & { kicks: { side: Side; scored: boolean }[] }) | null
}

/** The shoot-out is period 5 whether or not extra time was played. */
const SHOOTOUT = 5
/** The longest shoot-out on record had 56 kicks; the tally counts on, the row of dots keeps the newest. */
const KICKS_KEPT = 80

const ifab: Rules = {
  halfMinutes: 45,
  extraTime: true,
  extraMinutes: 15,
  shootout: true,
  shootoutKicks: 5,
  substitutions: 5,
  extraSubstitutions: 1,
  clock: 'up',
  forfeitScore: 0,
}

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'ifab',
    name: 'IFAB',
    version: '2022-23',
    from: '2022-07-01',
    isDefault: true,
    source: 'IFAB Laws of the Game 2022/23, laws 3, 7, 10',
    values: ifab,
  },
  {
    id: 'ifab',
    name: 'IFAB, three substitutes',
    version: '1995-96',
    from: '1995-07-01',
    isDefault: true,
    source: 'IFAB Laws of the Game 1995/96, laws III, VII',
    values: { ...ifab, substitutions: 3, extraSubstitutions: 0 },
  },
  {
    id: 'ifab',
    name: 'IFAB, two substitutes',
    version: '1970',
    from: '1970-07-01',
    isDefault: true,
    source: 'IFAB Laws of the Game 1970/71, law III; kicks from the mark adopted in June 1970',
    values: { ...ifab, substitutions: 2, extraSubstitutions: 0 },
  },
  {
    id: 'ifab',
    name: 'IFAB, no substitutes',
    version: '1897',
    from: '1863-10-26',
    isDefault: true,
    source: 'IFAB Laws of the Game 1897: ninety minutes',
    values: { ...ifab, substitutions: 0, extraSubstitutions: 0 },
  },
  {
    id: 'youth',
    name: 'Youth',
    version: '2022-23',
    from: '2022-07-01',
    source: 'IFAB Laws of the Game 2022/23, modifications for youth football: shorter halves, return substitutes',
    values: { ...ifab, halfMinutes: 30, extraTime: false, extraMinutes: 5, substitutions: 99, extraSubstitutions: 0 },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2023-24',
    from: '2023-07-01',
    source: 'NFHS Soccer Rules Book 2023-24, rules 3 (substitutes), 7 (periods); overtime as the state adopts it',
    values: { ...ifab, halfMinutes: 40, extraMinutes: 10, substitutions: 99, extraSubstitutions: 0, clock: 'down' },
  },
]

/** Feeds that know the minute but not the clock say it here: 45 and 2 for `45+2′`. */
const MINUTE_FIELDS: Fields = {
  minute: { type: 'int', min: 1, max: 200, label: 'Minute', optional: true },
  added: { type: 'int', min: 0, max: 60, label: 'Minute of added time', optional: true },
}

const kinds: Readonly<Record<string, Kind>> = {
  goal: { label: 'Goal', side: 'required', player: true, scoring: true, data: MINUTE_FIELDS },
  ownGoal: { label: 'Own goal', side: 'required', player: true, playerSide: 'other', scoring: true, data: MINUTE_FIELDS },
  penaltyGoal: { label: 'Penalty scored', side: 'required', player: true, scoring: true, data: MINUTE_FIELDS },
  penaltyMissed: { label: 'Penalty missed', side: 'required', player: true, data: MINUTE_FIELDS },
  yellowCard: { label: 'Yellow card', side: 'required', player: true, data: MINUTE_FIELDS },
  redCard: { label: 'Red card', side: 'required', player: true, data: MINUTE_FIELDS },
  substitution: { label: 'Substitution', side: 'required', player: true, data: MINUTE_FIELDS },
  addedTime: {
    label: 'Added time',
    side: 'none',
    data: { minutes: { type: 'int', min: 0, max: 60, label: 'Minutes', default: 3 } },
  },
  shootoutGoal: { label: 'Kick scored', side: 'required', player: true, scoring: true, data: MINUTE_FIELDS },
  shootoutMiss: { label: 'Kick missed', side: 'required', player: true, scoring: true, data: MINUTE_FIELDS },
  shootoutTally: {
    label: 'Shoot-out, tally only',
    side: 'none',
    data: {
      home: { type: 'int', min: 0, max: 99, label: 'Home' },
      away: { type: 'int', min: 0, max: 99, label: 'Away' },
    },
  },
}

const GOALS: ReadonlySet<string> = new Set(['goal', 'ownGoal', 'penaltyGoal'])

const IN_PLAY = ['half', 'extra-time']
const KICKS = ['shootout']
const act = (kind: string, label: string, size: Action['size'], [home = '', away = '']: string, more: Partial<Action> = {}): Action => ({
  id: kind,
  kind,
  label,
  size,
  key: { home, away },
  ...more,
})
const ACTIONS: readonly Action[] = [
  act('goal', 'Goal', 3, 'sk', { during: IN_PLAY, insteadOf: ['ownGoal', 'penaltyGoal'] }),
  act('penaltyGoal', 'Penalty', 2, 'dl', { hint: 'Scored', during: IN_PLAY, insteadOf: ['goal', 'penaltyMissed'] }),
  act('ownGoal', 'Own goal', 2, 'aj', { hint: 'Counts for this side', during: IN_PLAY, insteadOf: ['goal'] }),
  act('penaltyMissed', 'Penalty', 1, 'zm', { hint: 'Missed', during: IN_PLAY, insteadOf: ['penaltyGoal'] }),
  act('shootoutGoal', 'Scored', 3, 'gh', { hint: 'Kick from the mark', during: KICKS, insteadOf: ['shootoutMiss'] }),
  act('shootoutMiss', 'Missed', 3, 'bu', { hint: 'Kick from the mark', during: KICKS, insteadOf: ['shootoutGoal'] }),
  act('yellowCard', 'Yellow', 1, 'ei', { hint: 'Card', insteadOf: ['redCard'] }),
  act('redCard', 'Red', 1, 'ro', { hint: 'Card', insteadOf: ['yellowCard'] }),
  act('substitution', 'Sub', 1, 'fy', { during: IN_PLAY }),
  act('addedTime', 'Added time', 1, 'tt', { data: { minutes: 3 }, ask: ['minutes'], during: IN_PLAY }),
]

const PERIODS = [
  { number: 1, kind: 'half', label: '1H', name: '1st half' },
  { number: 2, kind: 'half', label: '2H', name: '2nd half' },
  { number: 3, kind: 'extra-time', label: 'ET1', name: 'Extra time, 1st half' },
  { number: 4, kind: 'extra-time', label: 'ET2', name: 'Extra time, 2nd half' },
  { number: SHOOTOUT, kind: 'shootout', label: 'PEN', name: 'Shoot-out' },
] as const

const lengthOf = (n: number, rules: Rules) => (n <= 2 ? rules.halfMinutes : rules.extraMinutes)
/** Minutes played before the n-th period, added time aside. */
const minutesBefore = (n: number, { halfMinutes, extraMinutes }: Rules) =>
  Math.min(n - 1, 2) * halfMinutes + Math.max(0, Math.min(n - 3, 2)) * extraMinutes

const blank = (n: number): PeriodScore => ({ n, ...LEVEL })

/** `45+2′`: what a feed said, else counted from the clock; the first minute is 1. */
function minuteOf(play: LoggedPlay, period: number, clockMs: number | null, rules: Rules): string | null {
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

const kick = (shootout: Shootout | null, side: Side, isScored: boolean): Shootout => {
  const { kicks, ...score } = shootout ?? { ...LEVEL, kicks: '' }
  const letter = side === 'home' ? 'h' : 'a'
  const now = isScored ? plus(score, side) : score
  return { ...now, kicks: `${kicks}${isScored ? letter.toUpperCase() : letter}`.slice(-KICKS_KEPT) }
}

/** Whether the kicks have settled it: a lead that the kicks left of the first series, or the equal number in sudden death, cannot undo. */
function isSettled({ home, away, kicks }: Shootout, series: number): boolean {
  const taken = { home: 0, away: 0 }
  for (const letter of kicks) taken[letter.toLowerCase() === 'h' ? 'home' : 'away'] += 1
  const rounds = Math.max(series, taken.home, taken.away)
  return home > away + rounds - taken.away || away > home + rounds - taken.home
}

const isDecided = (shootout: Shootout | null): shootout is Shootout => shootout !== null && shootout.home !== shootout.away

export const sport = defineSport<State, Rules>({
  id: 'soccer',
  name: 'Soccer',
  version: 1,
  labels: {
    game: 'Match',
    period: 'Half',
    periods: 'Halves',
    unit: 'goal',
    units: 'goals',
    byPeriod: 'By half',
    endings: { overtime: { second: 'AET' }, shootout: { second: 'pens' } },
    isInMinutes: true,
  },
  endsItself: false,
  timed: {
    direction: rules => rules.clock,
    period(n, rules) {
      const period = PERIODS[n - 1]
      if (!period || (period.kind === 'extra-time' && !rules.extraTime) || (n === SHOOTOUT && !rules.shootout)) return null
      const lengthMs = lengthOf(n, rules) * MINUTE
      if (n === SHOOTOUT) return { ...period, startMs: 0, lengthMs: 0, clockless: true }
      return { ...period, lengthMs, startMs: rules.clock === 'up' ? minutesBefore(n, rules) * MINUTE : lengthMs }
    },
    regulation: () => 2,
    next(n, { extraTime, shootout }) {
      const kicks = shootout && n >= 2 ? [SHOOTOUT] : []
      if (n === 1) return [2]
      return extraTime && n < 4 ? [n + 1, ...kicks] : n < SHOOTOUT ? kicks : []
    },
  },
  packs,
  ruleFields: {
    halfMinutes: { type: 'int', min: 1, max: 60, label: 'Minutes in a half' },
    extraTime: { type: 'flag', label: 'Extra time may be played' },
    extraMinutes: { type: 'int', min: 1, max: 30, label: 'Minutes in a half of extra time' },
    shootout: { type: 'flag', label: 'Kicks from the mark may decide' },
    shootoutKicks: { type: 'int', min: 1, max: 20, label: 'Kicks a side before sudden death' },
    substitutions: { type: 'int', min: 0, max: 99, label: 'Substitutions (99: no limit)' },
    extraSubstitutions: { type: 'int', min: 0, max: 99, label: 'More substitutions in extra time' },
    clock: { type: 'choice', options: ['up', 'down'], labels: { up: 'Counts up', down: 'Counts down' }, label: 'Clock' },
    forfeitScore: { type: 'int', min: 0, max: 99, label: 'Goals for the winner of a forfeit' },
  },
  kinds,
  initial: () => ({
    rows: [],
    yellow: LEVEL,
    red: LEVEL,
    booked: {},
    sentOff: {},
    substitutions: LEVEL,
    added: null,
    shootout: null,
  }),
  onPeriod(state, edge, _play, { period }) {
    if (edge === 'end') return { state: { ...state, added: null } }
    if (period === SHOOTOUT) return { state: { ...state, added: null, shootout: state.shootout ?? { ...LEVEL, kicks: '' } } }
    return { state: { ...state, added: null, rows: begin(state.rows, period, blank) } }
  },
  reduce(state, play, { rules, period, late }) {
    const { kind, side, playerId } = play
    if (kind === 'addedTime') {
      const minutes = (play.data as { minutes?: number } | undefined)?.minutes ?? 0
      return { state: late ? state : { ...state, added: minutes } }
    }
    if (kind.startsWith('shootout') !== (period === SHOOTOUT) && (kind.startsWith('shootout') || GOALS.has(kind))) {
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
    const warnings = isOff && kind !== 'ownGoal' ? ['player-sent-off'] : []
    if (GOALS.has(kind)) return { state: { ...state, rows: addPoints(state.rows, period, blank, side, 1) }, warnings }
    switch (kind) {
      case 'yellowCard': {
        const booked = tally(state.booked, playerId)
        const isSecond = countOf(booked, playerId) === 2
        return { state: { ...state, yellow: plus(state.yellow, side), booked }, warnings: isSecond ? ['second-yellow'] : warnings }
      }
      case 'redCard':
        return { state: { ...state, red: plus(state.red, side), sentOff: tally(state.sentOff, playerId) }, warnings }
      case 'substitution': {
        const substitutions = plus(state.substitutions, side)
        const allowed = rules.substitutions + (state.rows.some(({ n }) => n > 2) ? rules.extraSubstitutions : 0)
        const isBeyond = rules.substitutions < 99 && substitutions[side] > allowed
        return { state: { ...state, substitutions }, warnings: isBeyond ? ['no-substitutions-left'] : warnings }
      }
      case 'shootoutGoal':
      case 'shootoutMiss': {
        const wasSettled = state.shootout !== null && isSettled(state.shootout, rules.shootoutKicks)
        const shootout = kick(state.shootout, side, kind === 'shootoutGoal')
        return { state: { ...state, shootout }, warnings: wasSettled ? ['shootout-settled'] : warnings }
      }
      default:
        return { state, warnings }
    }
  },
  score: state => total(state.rows),
  columns: state => columnsOf(state.rows, n => PERIODS[n - 1]?.label ?? String(n)),
  // Kicks come first: at the end of a two-legged tie they decide against the score of the day.
  winner: ({ rows, shootout }) => leader(isDecided(shootout) ? shootout : total(rows)),
  how: ({ rows, shootout }) => (isDecided(shootout) ? 'shootout' : rows.some(({ n }) => n > 2) ? 'overtime' : 'regulation'),
  detail({ yellow, red, substitutions, added, shootout }): Shown {
    return {
      cards: { home: { yellow: yellow.home, red: red.home }, away: { yellow: yellow.away, red: red.away } },
      substitutions,
      addedMinutes: added,
      shootout: shootout && {
        home: shootout.home,
        away: shootout.away,
        kicks: Array.from(shootout.kicks, letter => ({
          side: letter.toLowerCase() === 'h' ? 'home' : 'away',
          scored: letter === letter.toUpperCase(),
        })),
      },
    }
  },
  chart: 'timeline',
  actions: ({ shootout }) => (shootout ? ACTIONS : ACTIONS.filter(({ kind }) => !kind.startsWith('shootout'))),
  describe({ kind, data }) {
    const values = (data ?? {}) as Readonly<Record<string, number>>
    return { key: kind === 'addedTime' && values.minutes === 1 ? 'addedTime.one' : kind, values }
  },
  when: (play, { period, clockMs, rules }) => minuteOf(play, period, clockMs, rules),
  words: {
    goal: 'Goal for {side}',
    'goal.by': 'Goal for {side}, {player}',
    ownGoal: 'Own goal, counts for {side}',
    'ownGoal.by': 'Own goal by {player}, counts for {side}',
    penaltyGoal: 'Goal for {side}, penalty',
    'penaltyGoal.by': 'Goal for {side}, {player} from the penalty spot',
    penaltyMissed: '{side} miss a penalty',
    'penaltyMissed.by': '{player} misses a penalty for {side}',
    yellowCard: 'Yellow card, {side}',
    'yellowCard.by': 'Yellow card, {player}, {side}',
    redCard: 'Red card, {side}',
    'redCard.by': 'Red card, {player}, {side}',
    substitution: 'Substitution, {side}',
    'substitution.by': '{player} comes on for {side}',
    addedTime: 'At least {minutes} minutes added',
    'addedTime.one': 'At least one minute added',
    shootoutGoal: '{side} score their kick',
    'shootoutGoal.by': '{player} scores for {side}',
    shootoutMiss: '{side} miss their kick',
    'shootoutMiss.by': '{player} misses for {side}',
    shootoutTally: 'Shoot-out {home}–{away}',
    'warning.second-yellow': 'Second yellow card',
    'warning.player-sent-off': 'Had been sent off',
    'warning.no-substitutions-left': 'More substitutions than allowed',
    'warning.shootout-settled': 'Taken after the shoot-out was settled',
  },
  warnings: {
    'second-yellow': 'The second yellow card: it takes a red one too.',
    'player-sent-off': 'This player has been sent off.',
    'no-substitutions-left': 'This side had no substitution left.',
    'shootout-settled': 'The shoot-out was settled already.',
  },
  glance({ detail, status }) {
    const { cards, addedMinutes, shootout } = detail as Partial<Shown>
    const reds = (side: Side) => {
      const n = cards?.[side].red ?? 0
      return n === 0 ? '' : n === 1 ? '1 red card' : `${n} red cards`
    }
    const kicks = shootout && `${shootout.home}–${shootout.away}`
    const middle = kicks
      ? status === 'final'
        ? `pens ${kicks}`
        : `${kicks} on penalties`
      : addedMinutes && status !== 'final'
        ? `+${addedMinutes}′`
        : ''
    return { home: reds('home'), away: reds('away'), middle }
  },
})
