import type { Score } from '../game.ts'
import { type LoggedPlay, other, SIDES, type Side } from '../play.ts'
import type { Step } from '../sport.ts'
import { NO_CLOCK, offset, type Penalty, type PenaltyBox, serve } from './penalties.ts'
import { MINUTE, plus, tally } from './timed.ts'

// Penalties of ice hockey, rules 16 to 26 of the IIHF and the NHL, which number them alike.

export interface PenaltyRules {
  minorSeconds: number
  majorMinutes: number
  misconductMinutes: number
  /** One minor each at full strength leaves both sides at full strength, not at four. */
  coincidentalMinorsCancel: boolean
  /** What is written to a player's name. */
  gameMisconductPim: number
  matchPim: number
}

export interface Discipline {
  box: PenaltyBox
  /** Power plays of the stoppages before the last one, and of that one, which further penalties may still take back. */
  chances: Score
  stoppage: { atMs: number; chances: Score }
  powerPlay: Score
  pim: Score
  /** Sent off for the rest of the game, by roster id. */
  ejected: Readonly<Record<string, number>>
}

/** How many of a side run at once (rule 26). */
export const LIMIT = { atOnce: 2 }

/** What each penalty is called on the board; its length follows from the rules. */
export const PENALTIES = {
  minor: 'Minor',
  bench: 'Bench minor',
  doubleMinor: 'Double minor',
  major: 'Major',
  misconduct: 'Misconduct',
  gameMisconduct: 'Game misconduct',
  match: 'Match penalty',
} as const
type PenaltyType = keyof typeof PENALTIES
const EJECTS: ReadonlySet<PenaltyType> = new Set(['gameMisconduct', 'match'])

export const OFFENCES = {
  tripping: 'tripping',
  hooking: 'hooking',
  holding: 'holding',
  interference: 'interference',
  slashing: 'slashing',
  highSticking: 'high-sticking',
  roughing: 'roughing',
  crossChecking: 'cross-checking',
  boarding: 'boarding',
  delay: 'delay of game',
  tooManyPlayers: 'too many players',
  unsportsmanlike: 'unsportsmanlike conduct',
  elbowing: 'elbowing',
  charging: 'charging',
  head: 'illegal check to the head',
  kneeing: 'kneeing',
  checkingFromBehind: 'checking from behind',
  fighting: 'fighting',
  diving: 'embellishment',
  instigating: 'instigating',
  clipping: 'clipping',
  spearing: 'spearing',
} as const

type Weight = 'minor' | 'doubleMinor' | 'major'
/** What of it cancels out against the same of the other side; a misconduct leaves nobody short. */
const WEIGHTS: Readonly<Record<string, Weight>> = {
  [PENALTIES.minor]: 'minor',
  [PENALTIES.bench]: 'minor',
  [PENALTIES.doubleMinor]: 'doubleMinor',
  [PENALTIES.major]: 'major',
  [PENALTIES.match]: 'major',
}
const weightOf = (penalty: Pick<Penalty, 'label'>) => WEIGHTS[penalty.label]

/**
 * Rule 19: equal penalties of both sides at one stoppage are left out of the strength; one minor each at full strength makes it four a side
 * all the same, unless the rules let them cancel too, and no goal ends those two.
 */
function coincide(given: readonly Penalty[], others: readonly Penalty[], rules: PenaltyRules): Penalty[] {
  const isFull = !others.some(({ isShort, fromMs }) => isShort && fromMs !== null)
  const pairs = new Map<Penalty, 'cancelled' | 'four a side'>()
  for (const weight of ['minor', 'doubleMinor', 'major'] as const) {
    const [home = [], away = []] = SIDES.map(side => given.filter(one => one.side === side && weightOf(one) === weight))
    const n = Math.min(home.length, away.length)
    const isFour = weight === 'minor' && isFull && home.length === 1 && away.length === 1 && !rules.coincidentalMinorsCancel
    for (const one of [...home.slice(0, n), ...away.slice(0, n)]) pairs.set(one, isFour ? 'four a side' : 'cancelled')
  }
  return given.map(one => {
    const weight = weightOf(one)
    const pair = pairs.get(one)
    return weight ? { ...one, isShort: pair !== 'cancelled', endsOnGoal: pair === undefined && weight !== 'major' } : one
  })
}

/** A double minor is two power plays. */
const worth = (weight: Weight | undefined) => (weight === 'doubleMinor' ? 2 : weight ? 1 : 0)

/** The power plays that come of what was given at one stoppage. */
function chancesOf({ penalties }: PenaltyBox, atMs: number): Score {
  const given = penalties.filter(one => one.givenMs === atMs && one.isShort)
  const units = (side: Side) => given.filter(one => one.side === side).reduce((sum, one) => sum + worth(weightOf(one)), 0)
  return { home: Math.max(0, units('away') - units('home')), away: Math.max(0, units('home') - units('away')) }
}

/** Minutes written to a player's name. */
export const minutesOf = (type: PenaltyType, rules: PenaltyRules): number => {
  const minor = Math.round(rules.minorSeconds / 60)
  switch (type) {
    case 'doubleMinor':
      return 2 * minor
    case 'major':
      return rules.majorMinutes
    case 'misconduct':
      return rules.misconductMinutes
    case 'gameMisconduct':
      return rules.gameMisconductPim
    case 'match':
      return rules.matchPim
    default:
      return minor
  }
}

export interface PenaltyData {
  type?: PenaltyType
  offence?: keyof typeof OFFENCES
  servedBy?: string
  coincidental?: boolean
}
export const typeOf = ({ type }: PenaltyData): PenaltyType => (type !== undefined && Object.hasOwn(PENALTIES, type) ? type : 'minor')

/** The state after a penalty. */
export function penalise<S extends Discipline>(
  state: S,
  play: LoggedPlay,
  side: Side,
  rules: PenaltyRules,
  playedMs: number | null,
): Step<S> {
  const data = (play.data ?? {}) as PenaltyData
  const type = typeOf(data)
  const after: S = {
    ...state,
    pim: plus(state.pim, side, minutesOf(type, rules)),
    ejected: EJECTS.has(type) ? tally(state.ejected, play.playerId) : state.ejected,
  }
  if (type === 'gameMisconduct') return { state: after }
  const playerId = data.servedBy ?? play.playerId
  const minorMs = rules.minorSeconds * 1000
  const lengthMs =
    type === 'misconduct' ? rules.misconductMinutes * MINUTE : type === 'major' || type === 'match' ? rules.majorMinutes * MINUTE : minorMs
  const isShort = type !== 'misconduct' && data.coincidental !== true
  const given = {
    side,
    label: PENALTIES[type],
    ...(typeof playerId === 'string' ? { playerId } : {}),
    lengthMs,
    thenMs: type === 'doubleMinor' ? minorMs : 0,
    isShort,
    endsOnGoal: isShort && lengthMs === minorMs,
    isSettled: data.coincidental !== undefined,
  }
  const served = serve(state.box, given, playedMs, LIMIT)
  const warnings = playedMs === null ? [NO_CLOCK] : []
  if (playedMs === null || given.isSettled) {
    const chances = isShort ? plus(state.chances, other(side), worth(weightOf(given))) : state.chances
    return { state: { ...after, box: served, chances }, warnings }
  }
  const box = offset(served, playedMs, (now, others) => coincide(now, others, rules), LIMIT)
  const { stoppage } = state
  const isSame = stoppage.atMs === playedMs
  const chances = isSame
    ? state.chances
    : { home: state.chances.home + stoppage.chances.home, away: state.chances.away + stoppage.chances.away }
  return { state: { ...after, box, chances, stoppage: { atMs: playedMs, chances: chancesOf(box, playedMs) } } }
}

/** Skaters of both sides: below five a side a penalty gives the other side one more, and never leaves fewer than three. */
export function skaters(short: Score, base: number): Score {
  const of = (side: Side) => (base < 5 ? Math.min(5, base + Math.max(0, short[other(side)] - short[side])) : Math.max(3, 5 - short[side]))
  return { home: of('home'), away: of('away') }
}

/** Power plays had; a goal on one that nobody wrote down counts as one. */
export function chancesIn({ chances, stoppage, powerPlay }: Discipline): Score {
  const of = (side: Side) => Math.max(powerPlay[side], chances[side] + stoppage.chances[side])
  return { home: of('home'), away: of('away') }
}

export const PENALTY_WORDS = Object.fromEntries(
  Object.entries({ ...PENALTIES, minor: 'Minor penalty', major: 'Major penalty' }).flatMap(([type, name]) => [
    [`penalty.${type}`, `${name}, {side}`],
    [`penalty.${type}.by`, `${name}, {player}, {side}`],
    [`penalty.${type}.for`, `${name} for {offence}, {side}`],
    [`penalty.${type}.for.by`, `${name} for {offence}, {player}, {side}`],
  ]),
)
