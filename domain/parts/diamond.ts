import type { Column, How, Score, Winner } from '../game.ts'
import { type Facts, type LoggedPlay, other, type Side } from '../play.ts'
import { type Context, type Refusal, refuse, type Step } from '../sport.ts'
import { BASES, count, FIRST, GROWING, LONGEST_ORDER, type Moved, SECOND, THIRD, TURNS, type Turn, UNKNOWN } from './diamond-plays.ts'
import { countOf, tally } from './timed.ts'

/**
 * Baseball, softball, Baseball5: innings of two halves, each until its outs are made. Numbers follow the Official Baseball Rules (OBR) unless
 * a pack says otherwise; bases, and who stands on them, are kept as far as the plays tell and never decide a score that a play states.
 */
export interface Rules {
  innings: number
  /** Who bats in the first half of every inning: the home side in a game moved to its opponent's ground. */
  battingFirst: Side
  outs: number
  /** 0 where nobody pitches and nothing is counted. */
  balls: number
  strikes: number
  /** The count a turn at bat begins with. */
  startBalls: number
  startStrikes: number
  /** A foul with one strike left is a strike too, and so an out. */
  foulOut: boolean
  /** A half ends with this many runs; 0 for no such limit. */
  maxRuns: number
  /** Pitches of one pitcher after which the table is warned; 0 for no limit. */
  pitchLimit: number
  /** Bases occupied at the start of every half from the `extraFrom`-th extra inning; `growing`: one more with each. */
  extraRunners: string
  extraFrom: number
  /** A game level after this inning is a draw; 0 plays until decided. */
  tieAfter: number
  mercyLead: number
  mercyInning: number
  mercyLead2: number
  mercyInning2: number
  mercyLead3: number
  mercyInning3: number
  forfeitScore: number
}

/** One cell an inning begun; null where a side has not batted. */
type Cells = readonly (number | null)[]

/** Somebody on base: who, who pitched when the turn at bat began, and whether the run would be unearned. */
export interface Runner {
  who?: string
  by?: string
  free?: true
}

/** What the last play came to, for the box score. */
export interface Outcome {
  /** What it was in the end: the fourth ball is a walk. */
  kind: string
  batting: Side
  batter?: string
  pitcher?: string
  /** Unearned where `free`. */
  scored: readonly Runner[]
  batted: number
  outs: number
  /** Pitches thrown in it. */
  pitches: number
  /** Left on base by the half that it ended. */
  left?: number
}

export interface State {
  inning: number
  half: 0 | 1
  /** The half has ended and the next has not begun. */
  over: boolean
  outs: number
  balls: number
  strikes: number
  /** Occupied bases as bits, first base 1, second 2, third 4; null where the plays no longer tell. */
  bases: number | null
  /** Who stands there, as far as known: first, second, third. */
  on: readonly (Runner | null)[]
  /** Errors that gave the side at bat another turn in this half: what follows its last out but for them is unearned. */
  gifts: number
  runs: { home: Cells; away: Cells }
  hits: Score
  errors: Score
  /** Roster ids in the order they bat, empty where nobody wrote it down, and whose turn comes next. */
  order: Record<Side, readonly string[]>
  upNext: Score
  pitchers: { home: string | null; away: string | null }
  /** Pitches by roster id of the pitcher, or by side where nobody is named; `counted` once a pitch was written down by itself. */
  thrown: Readonly<Record<string, number>>
  counted: boolean
  /** No inning begins after this one; null while nobody said so. */
  lastInning: number | null
  outcome: Outcome | null
}

const NOBODY: readonly (Runner | null)[] = [null, null, null]

interface TurnData {
  outs?: number
  runs?: number
  hit?: number
  errors?: number
  bases?: string
  pitcher?: string
  rbi?: number
  earned?: number
  how?: string
}

// Halves are counted through the game: 0 is the top of the first, 1 its bottom.
const halfOf = (state: State) => (state.inning - 1) * 2 + state.half
/** The half that a play falls in which names nothing. */
const halfDue = (state: State) => halfOf(state) + (state.over ? 1 : 0)
const sideOf = (half: number, rules: Rules): Side => (half % 2 === 0 ? rules.battingFirst : other(rules.battingFirst))
function total(cells: Cells): number {
  let sum = 0
  for (const cell of cells) sum += cell ?? 0
  return sum
}
export const score = (state: State): Score => ({ home: total(state.runs.home), away: total(state.runs.away) })
const bitsOf = (text: string) => (text === UNKNOWN ? null : Math.max(0, (BASES as readonly string[]).indexOf(text)))
const add = (to: Score, side: Side, n: number): Score => (n ? { ...to, [side]: to[side] + n } : to)

function withCell(state: State, half: number, rules: Rules, change: (cell: number) => number | null): State {
  const side = sideOf(half, rules)
  const cells = [...state.runs[side]]
  const i = half >> 1
  while (cells.length <= i) cells.push(null)
  cells[i] = change(cells[i] ?? 0)
  return { ...state, runs: { ...state.runs, [side]: cells } }
}
/** Counts the half as begun: its cell reads 0 instead of nothing. */
const begin = (state: State, half: number, rules: Rules) => withCell(state, half, rules, cell => cell)

/** Halves passed over were played and brought nothing. */
function openHalf(state: State, half: number, rules: Rules): State {
  let opened = state
  for (let passed = halfOf(state); passed <= half; passed++) opened = begin(opened, passed, rules)
  const inning = (half >> 1) + 1
  const placed = runnersFrom(inning, rules)
  // A placed runner scores no earned run (OBR 9.16, MLB Operations Manual 2020, 5.1.2).
  const on = [FIRST, SECOND, THIRD].map((base): Runner | null => (placed && placed & base ? { free: true } : null))
  return { ...opened, ...freshCount(rules), inning, half: half % 2 === 0 ? 0 : 1, over: false, outs: 0, gifts: 0, bases: placed, on }
}
function runnersFrom(inning: number, { innings, extraFrom, extraRunners }: Rules): number | null {
  const extra = inning - innings - extraFrom + 1
  if (extra < 1) return 0
  return extraRunners === GROWING ? (1 << Math.min(3, extra)) - 1 : bitsOf(extraRunners)
}
const freshCount = ({ startBalls, startStrikes }: Rules) => ({ balls: startBalls, strikes: startStrikes })
const closeHalf = (state: State): State => ({ ...state, over: true, balls: 0, strikes: 0, gifts: 0, bases: 0, on: NOBODY })

/** Where a play falls: in the half under way, in a later one that it opens, or in one that is over. */
type Place = { half: number; is: 'now' | 'opening' | 'late'; warnings: string[] }

/**
 * The half follows from the state; inning and side are taken at their word where a play names them, so that what is corrected earlier in the
 * log never moves it to another half. Opening a half before the outs of the last are made earns `half-short`.
 */
function placeOf(state: State, { side, period }: Pick<LoggedPlay, 'side' | 'period'>, rules: Rules): Place | Refusal {
  const now = halfOf(state)
  let half: number
  if (period === undefined) {
    const due = state.over ? now + 1 : now
    // After the last out the side that batted can only mean the half that has just ended.
    half = side === undefined || side === sideOf(due, rules) ? due : state.over ? now : now + 1
  } else if (side !== undefined) half = (period - 1) * 2 + (side === rules.battingFirst ? 0 : 1)
  else if (period < state.inning) return refuse('Say which side batted.', 'side')
  else if (period > state.inning) half = (period - 1) * 2
  else half = state.over && state.half === 0 ? now + 1 : now

  if (half < now) return { half, is: 'late', warnings: [] }
  if (half === now) return state.over ? { half, is: 'late', warnings: ['half-over'] } : { half, is: 'now', warnings: [] }
  return { half, is: 'opening', warnings: state.over && half === now + 1 ? [] : ['half-short'] }
}
const enter = (state: State, place: Place, rules: Rules) =>
  place.is === 'opening' ? openHalf(state, place.half, rules) : begin(state, place.half, rules)

/** Who plays, and how long: none of these changes the score. */
const DEFENCE: ReadonlySet<string> = new Set(['pitchingChange', 'lineup', 'timeLimit', 'runner'])

export function reduce(before: State, play: LoggedPlay, { rules, late }: Context<Rules>): Step<State> | Refusal {
  const state = before.outcome ? { ...before, outcome: null } : before
  if (DEFENCE.has(play.kind)) return manage(state, play, rules)
  if (play.kind === 'adjust') return late ? refuse('That inning is over.', 'period') : adjust(state, play, rules)
  const place = placeOf(state, play, rules)
  if ('refuse' in place) return place
  if (play.kind === 'halfEnd') return endHalf(state, place, rules)
  const next = perform(state, play, place, rules)
  if ('refuse' in next) return next
  return { state: next.state, warnings: [...place.warnings, ...(next.warnings ?? [])], facts: factsOf(play, next.state.outcome) }
}

/**
 * What the play does not say itself: that the fourth ball was a walk, how many scored where that follows from who was on base, and who batted
 * where that follows from the order.
 */
function factsOf({ kind, data, playerId }: LoggedPlay, outcome: Outcome | null): Facts {
  if (!outcome) return {}
  const { batter } = outcome
  const hasCome = outcome.kind !== kind && TURNS[outcome.kind] !== undefined
  const runs = kind === 'run' || data?.runs !== undefined ? 0 : outcome.scored.length
  return {
    ...(hasCome && { came: outcome.kind }),
    ...(runs > 0 && { runs }),
    ...(batter !== undefined && playerId === undefined && { batter }),
  }
}

/** What leaves the half where it was but for an out, where nobody was on base: no run, and nobody there after it. */
const LEAVES_NOBODY: ReadonlySet<string> = new Set(['out', 'strikeout', 'sacrifice'])
const PITCHES: ReadonlySet<string> = new Set(['ball', 'strike', 'foul'])
const STEALS: ReadonlySet<string> = new Set(['stolenBase', 'caughtStealing'])
/** Told without a name: what the pitcher or the catcher let through. */
const NOBODYS: ReadonlySet<string> = new Set(['wildPitch', 'passedBall', 'balk'])
/** Where the batter ends by what the play is called. */
const IS_PLAIN: ReadonlySet<string> = new Set(['single', 'double', 'triple', 'walk', 'hitByPitch'])

/** No more come in, are out or stay on than were there, with whoever batted; and only somebody on base steals. */
function isPossible(field: string, answer: string, kind: string, { bases, runners }: Pick<Shown, 'bases' | 'runners'>): boolean {
  if (field === 'player') return !STEALS.has(kind) || !runners.some(Boolean) || runners.includes(answer)
  const most = (bases?.filter(Boolean).length ?? 3) + (TURNS[kind]?.atBat ? 1 : 0)
  if (field === 'runs' || field === 'outs') return Number(answer) <= most
  return field !== 'bases' || count(bitsOf(answer) ?? 0) <= most
}

type Stand = Pick<Shown, 'bases' | 'runners' | 'balls' | 'strikes' | 'between'>
/** Whether a play leaves open what it is asked: with nobody on base most say all there is, and a half that is over has nobody left. */
export function isAsked(question: string, { kind }: Pick<LoggedPlay, 'kind'>, was: Stand, now: Stand): boolean {
  const [field = '', answer] = question.split('.')
  if (answer !== undefined) return isPossible(field, answer, kind, was)
  if (question === 'bases' && now.between) return false
  // The batter is of interest once the turn is over.
  if (question === 'player' && PITCHES.has(kind)) return now.between || now.balls < was.balls || now.strikes < was.strikes
  if (question === 'player' && NOBODYS.has(kind)) return false
  if (question !== 'runs' && question !== 'bases') return true
  // Everybody on base comes in.
  if (kind === 'homeRun') return was.bases === null
  const wasEmpty = was.bases !== null && !was.bases.includes(true)
  return !wasEmpty || !(IS_PLAIN.has(kind) || LEAVES_NOBODY.has(kind))
}

/** What changes who plays, or how long, and no score. */
function manage(state: State, play: LoggedPlay, rules: Rules): Step<State> | Refusal {
  const { kind, playerId } = play
  const data = (play.data ?? {}) as { slot?: number; base?: string; inning?: number }
  const batting = sideOf(halfDue(state), rules)
  if (kind === 'pitchingChange') {
    const side = play.side ?? other(batting)
    const thrown = playerId === undefined ? { ...state.thrown, [side]: 0 } : state.thrown
    return { state: { ...state, pitchers: { ...state.pitchers, [side]: playerId ?? null }, thrown } }
  }
  if (kind === 'timeLimit') {
    const lastInning = data.inning ?? state.inning
    if (lastInning < state.inning) return refuse('A later inning has begun.', 'data.inning')
    return { state: { ...state, lastInning } }
  }
  if (kind === 'lineup') {
    const side = play.side ?? batting
    const order = [...state.order[side]]
    const slot = typeof data.slot === 'number' ? data.slot : order.length + 1
    if (!(slot >= 1 && slot <= LONGEST_ORDER)) return refuse('The order has no such place.', 'data.slot')
    while (order.length < slot) order.push('')
    order[slot - 1] = playerId ?? ''
    return { state: { ...state, order: { ...state.order, [side]: order } } }
  }
  return replaceRunner(state, playerId, data.base)
}

function replaceRunner(state: State, who: string | undefined, base: string | undefined): Step<State> | Refusal {
  const occupied = [0, 1, 2].filter(i => state.bases === null || state.bases & (1 << i))
  const i =
    base === undefined && state.bases !== null && occupied.length === 1 ? occupied[0] : base === undefined ? undefined : Number(base) - 1
  if (i === undefined) return refuse('Say on which base.', 'data.base')
  if (!occupied.includes(i)) return refuse('Nobody is on that base.', 'data.base')
  const { who: _, ...rest } = state.on[i] ?? {}
  return { state: { ...state, on: state.on.map((runner, n) => (n === i ? { ...rest, ...(who === undefined ? {} : { who }) } : runner)) } }
}

function perform(state: State, play: LoggedPlay, place: Place, rules: Rules): Step<State> | Refusal {
  const turn = TURNS[play.kind]
  if (turn) return takeTurn(state, play, turn, place, rules)
  if (place.is === 'late' && play.kind !== 'run') return refuse('That half is over.', 'period')
  const entered = enter(state, place, rules)
  if (play.kind === 'run') return scoreRun(entered, play, place, rules)
  if (rules.balls === 0) return refuse('Nobody pitches under these rules.', 'kind')
  const ends = (kind: string) => perform({ ...entered, counted: true }, { ...play, kind, data: undefined }, already(place), rules)
  const goesOn = (count: Partial<State>) => throwPitch({ ...entered, ...count, counted: true }, place, rules)
  const isLastStrike = entered.strikes + 1 >= rules.strikes
  switch (play.kind) {
    case 'ball':
      return entered.balls + 1 >= rules.balls ? ends('walk') : goesOn({ balls: entered.balls + 1 })
    case 'strike':
      return isLastStrike ? ends('strikeout') : goesOn({ strikes: entered.strikes + 1 })
    case 'foul':
      // With one strike left a foul changes nothing; a bunt that goes foul then is sent as a strikeout (OBR 5.09(a)(4)).
      if (isLastStrike && rules.foulOut) return ends('strikeout')
      return goesOn({ strikes: Math.max(entered.strikes, Math.min(entered.strikes + 1, rules.strikes - 1)) })
  }
  return refuse('Baseball has no such play.', 'kind')
}
const already = (place: Place): Place => ({ ...place, is: 'now' })

const pitcherOf = ({ pitchers }: State, side: Side, data: TurnData): string | undefined => data.pitcher ?? pitchers[side] ?? undefined

/** A pitch that leaves the batter at the plate. */
function throwPitch(state: State, place: Place, rules: Rules): Step<State> {
  const batting = sideOf(place.half, rules)
  const pitcher = pitcherOf(state, other(batting), {})
  const { after, warnings } = countPitches(state, other(batting), pitcher, 1, rules)
  const outcome: Outcome = { kind: 'pitch', batting, ...named('pitcher', pitcher), scored: [], batted: 0, outs: 0, pitches: 1 }
  return { state: { ...after, outcome }, warnings }
}

function countPitches(state: State, side: Side, pitcher: string | undefined, by: number, { pitchLimit }: Rules) {
  const key = pitcher ?? side
  const thrown = by > 0 ? tally(state.thrown, key, by) : state.thrown
  const isReached = pitchLimit > 0 && by > 0 && state.counted && countOf(thrown, key) === pitchLimit
  return { after: { ...state, thrown }, warnings: isReached ? ['pitch-limit'] : [] }
}
const named = <K extends string>(key: K, value: string | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: string }

/** One run or more with nothing else said; who is named leaves his base, else nobody knows who is still on. */
function scoreRun(state: State, play: LoggedPlay, place: Place, rules: Rules): Step<State> {
  const points = play.points ?? 1
  const side = sideOf(place.half, rules)
  const i = play.playerId === undefined ? -1 : state.on.findIndex(runner => runner?.who === play.playerId)
  const from = state.on[i]
  const scored: Runner[] = Array.from({ length: points }, (_, n) => (n > 0 ? {} : (from ?? named('who', play.playerId))))
  const pitcher = pitcherOf(state, other(side), {})
  const outcome: Outcome = { kind: 'run', batting: side, ...named('pitcher', pitcher), scored, batted: 0, outs: 0, pitches: 0 }
  const counted = { ...withCell(state, place.half, rules, cell => cell + points), outcome }
  if (place.is === 'late') return { state: counted }
  const isKnown = from && points === 1 && state.bases !== null
  const bases = isKnown ? (state.bases ?? 0) & ~(1 << i) : null
  const on = isKnown ? state.on.map((runner, n) => (n === i ? null : runner)) : NOBODY
  return { state: closeIfDone({ ...counted, bases, on }, place.half, rules) }
}

const cellOf = (state: State, half: number, rules: Rules) => state.runs[sideOf(half, rules)][half >> 1] ?? 0
/** The half is over with its outs, or where it may bring so many runs and no more. */
function closeIfDone(state: State, half: number, rules: Rules): State {
  const isFull = rules.maxRuns > 0 && cellOf(state, half, rules) >= rules.maxRuns
  if (state.outs < rules.outs && !isFull) return state
  const left = state.bases === null ? {} : { left: count(state.bases) }
  return closeHalf({ ...state, outcome: state.outcome && { ...state.outcome, ...left } })
}

/** A play that may score, make outs and move runners; in a half that is over only runs, hits and errors are added. */
function takeTurn(state: State, play: LoggedPlay, turn: Turn, place: Place, rules: Rules): Step<State> {
  const { kind } = play
  const data = (play.data ?? {}) as TurnData
  const isLate = place.is === 'late'
  const before = enter(state, place, rules)
  const side = sideOf(place.half, rules)
  const usual = isLate ? turn.move(0, 0) : usualMove(turn, before)
  const toWin = isLate ? null : runsToWin(before, rules)
  // The game is over as the winning run scores; a home run counts in full (OBR 5.08(b), 9.06(f) and (g)).
  const most = kind === 'homeRun' || toWin === null ? Number.POSITIVE_INFINITY : toWin
  const room = rules.maxRuns > 0 && !isLate ? Math.max(0, rules.maxRuns - cellOf(before, place.half, rules)) : Number.POSITIVE_INFINITY
  const runs = data.runs ?? Math.min(usual.runs, most, room)
  const turned = turn.atBat && !isLate ? nextBatter(before, side, play.playerId) : { batter: play.playerId, at: {}, warnings: [] }
  const pitcher = pitcherOf(before, other(side), data)
  const scored: State = {
    ...withCell(before, place.half, rules, cell => cell + runs),
    hits: add(state.hits, side, data.hit ?? turn.hit ?? 0),
    errors: add(state.errors, other(side), data.errors ?? turn.errors ?? 0),
    ...turned.at,
  }
  const outs = isLate ? 0 : Math.min(rules.outs - before.outs, data.outs ?? turn.outs ?? 0)
  const bases = isLate ? null : basesAfter(turn, usual, data, runs, before)
  const batter: Runner = { ...named('who', turned.batter), ...named('by', pitcher), ...(kind === 'error' ? { free: true as const } : {}) }
  const people = isLate ? { on: before.on, scored: unknown(runs) } : peopleAfter(before, kind, turn, { runs, outs, bases, batter })
  const isGift = !isLate && (kind === 'error' || kind === 'passedBall' || before.outs + before.gifts >= rules.outs)
  const outcome: Outcome = {
    kind,
    batting: side,
    ...(turn.atBat ? named('batter', turned.batter) : {}),
    ...named('pitcher', pitcher),
    scored: people.scored.map((runner, i) => earnedOr(runner, data.earned === undefined ? !isGift && !runner.free : i < data.earned)),
    batted: data.rbi ?? (isBattedIn(kind, data.outs ?? turn.outs ?? 0) ? runs : 0),
    outs,
    pitches: isLate ? 0 : pitchesIn(kind, turn, before, rules),
  }
  const thrown = countPitches(scored, other(side), pitcher, outcome.pitches, rules)
  const warnings = [
    ...(runs > most ? ['past-winning-run'] : []),
    ...(runs > room ? ['past-run-limit'] : []),
    ...turned.warnings,
    ...thrown.warnings,
  ]
  if (isLate) return { state: { ...scored, outcome }, warnings }
  const pitches = turn.atBat ? freshCount(rules) : {}
  const gifts = before.gifts + (kind === 'error' ? 1 : 0)
  const after: State = { ...thrown.after, ...pitches, outs: before.outs + outs, gifts, bases, on: people.on, outcome }
  return { state: closeIfDone(after, place.half, rules), warnings }
}

/** OBR 9.04: no run is batted in on an error, a wild pitch, a passed ball, a balk or a steal, nor when two are out on the play. */
const isBattedIn = (kind: string, outs: number) =>
  TURNS[kind]?.hit === 1 || ['walk', 'hitByPitch', 'sacrifice', 'fieldersChoice'].includes(kind) || (kind === 'out' && outs < 2)
const earnedOr = ({ free: _, ...runner }: Runner, isEarned: boolean): Runner => (isEarned ? runner : { ...runner, free: true })
const unknown = (runs: number): Runner[] => Array.from({ length: runs }, () => ({}))
/** One for every turn at bat, but for a walk that nobody pitched. */
const pitchesIn = (kind: string, { atBat }: Turn, { balls }: State, rules: Rules) =>
  rules.balls > 0 && atBat && !(kind === 'walk' && balls + 1 < rules.balls) ? 1 : 0

/** Who bats, and who is next. Somebody new takes the place whose turn it is; somebody from elsewhere in the order bats out of it (OBR 6.03(b)). */
function nextBatter(state: State, side: Side, playerId: string | undefined) {
  const order = state.order[side]
  if (order.length === 0) return { batter: playerId, at: {}, warnings: [] }
  const due = state.upNext[side] % order.length
  const found = playerId === undefined ? due : order.indexOf(playerId)
  const slot = found < 0 ? due : found
  const taken = found < 0 ? { order: { ...state.order, [side]: order.map((who, i) => (i === due ? (playerId ?? '') : who)) } } : {}
  const at = { ...taken, upNext: { ...state.upNext, [side]: (slot + 1) % order.length } }
  return { batter: playerId ?? (order[due] || undefined), at, warnings: slot === due ? [] : ['out-of-order'] }
}

const BATTER_OUT: ReadonlySet<string> = new Set(['out', 'strikeout', 'sacrifice'])
interface Moves {
  runs: number
  outs: number
  bases: number | null
  batter: Runner
}

/**
 * Who scored and who stands where. Nobody passes the one ahead (OBR 5.09(b)(9)), so that the order of the runners stays; of those put out
 * the batter goes first, then who was forced from first base. Where it cannot be told the bases keep their count without names.
 */
function peopleAfter(before: State, kind: string, turn: Turn, { runs, outs, bases, batter }: Moves): { on: State['on']; scored: Runner[] } {
  const places = (bits: number | null) => [2, 1, 0].filter(i => bits !== null && bits & (1 << i))
  const standing = (people: readonly Runner[]): State['on'] => {
    const on: (Runner | null)[] = [...NOBODY]
    places(bases).forEach((i, n) => {
      on[i] = people[n] ?? (turn.atBat && outs === 0 && turn.batter === 1 << i ? batter : {})
    })
    return on
  }
  const line = places(before.bases).map(i => before.on[i] ?? {})
  if (turn.atBat) line.push(batter)
  const first = [...line.slice(0, runs), ...unknown(Math.max(0, runs - line.length))]
  if (before.bases === null) return { on: standing([]), scored: turn.clears && runs === 1 ? [batter] : unknown(runs) }
  if (bases === null || line.length !== runs + outs + count(bases)) return { on: standing([]), scored: first }
  let isBatterIn = turn.atBat === true
  for (let n = outs; n > 0; n--) {
    const runners = line.length - (isBatterIn ? 1 : 0)
    if (n === outs && isBatterIn && BATTER_OUT.has(kind)) {
      line.pop()
      isBatterIn = false
    } else if (!turn.atBat && runners > 1) return { on: standing([]), scored: unknown(runs) }
    else {
      const isForced = before.bases & FIRST || kind !== 'fieldersChoice'
      const [out] = line.splice(isForced ? Math.max(0, runners - 1) : 0, 1)
      // The batter who takes a runner's place is charged to that runner's pitcher (OBR 9.16(g)).
      if (isBatterIn && kind === 'fieldersChoice' && out?.by !== undefined) line[line.length - 1] = { ...batter, by: out.by }
    }
  }
  return { on: standing(line.slice(runs)), scored: line.slice(0, runs) }
}

function usualMove(turn: Turn, { bases, outs }: State): Moved {
  if (bases !== null) return turn.move(bases, outs)
  const alone = turn.move(0, outs)
  return { runs: alone.runs, bases: turn.clears ? alone.bases : null }
}

/** Where a play goes another way than usual, the runners are known only if there is no choice. */
function basesAfter(turn: Turn, usual: Moved, data: TurnData, runs: number, before: State): number | null {
  if (data.bases !== undefined) return bitsOf(data.bases)
  const outs = data.outs ?? turn.outs ?? 0
  if (turn.clears || (runs === usual.runs && outs === (turn.outs ?? 0))) return usual.bases
  if (before.bases === null) return null
  const left = count(before.bases) + (turn.atBat ? 1 : 0) - runs - outs
  if (left <= 0) return 0
  // Nobody but the batter, who reached first where the out was not made (OBR 5.05(a)(2)).
  if (left === 1 && turn.atBat && before.bases === 0 && runs === 0 && outs === 0 && (turn.outs ?? 0) > 0) return FIRST
  return left === 1 && turn.batter && outs === (turn.outs ?? 0) ? turn.batter : null
}

function endHalf(state: State, place: Place, rules: Rules): Step<State> | Refusal {
  const last = halfOf(state)
  if (place.half < last) return refuse('That half is over.', 'period')
  // Pressed after the last out it means the half that has just ended, not the next.
  const isOut = state.outs >= rules.outs && place.half === last + 1
  if (state.over && (place.half === last || isOut)) return { state, warnings: ['half-over'] }
  const entered = enter(state, place, rules)
  const outcome: Outcome = { kind: 'halfEnd', batting: sideOf(place.half, rules), scored: [], batted: 0, outs: 0, pitches: 0 }
  const left = entered.bases === null ? outcome : { ...outcome, left: count(entered.bases) }
  return { state: { ...closeHalf(entered), outcome: left }, warnings: place.warnings }
}

export function onPeriod(state: State, edge: 'start' | 'end', play: LoggedPlay, { rules }: Context<Rules>): Step<State> | Refusal {
  if (edge === 'end') {
    if (play.period !== undefined && play.period !== state.inning) return refuse('No such inning is under way.', 'period')
    return { state: state.over ? state : closeHalf(begin(state, halfOf(state), rules)) }
  }
  const place = placeOf(state, play, rules)
  if ('refuse' in place) return place
  if (place.is === 'late') return refuse('That inning is over.', 'period')
  return { state: enter(state, place, rules), warnings: place.warnings }
}

interface Board {
  inning?: number
  half?: 'top' | 'bottom'
  outs?: number
  balls?: number
  strikes?: number
  bases?: string
  score?: Score
}

function adjust(state: State, play: LoggedPlay, rules: Rules): Step<State> | Refusal {
  const data = (play.data ?? {}) as Board
  const from = halfOf(state)
  const inning = data.inning ?? play.period ?? state.inning
  const isBottom = data.half ? data.half === 'bottom' : inning === state.inning && state.half === 1
  const half = (inning - 1) * 2 + (isBottom ? 1 : 0)
  // A score known on arrival belongs to the innings before the one joined.
  const base = half > from ? openHalf(withScore(state, data.score), half, rules) : backTo(begin(state, from, rules), half, rules)
  if (!base) return refuse('Runs were scored since: void them first.', 'data.inning')
  const outs = data.outs ?? base.outs
  const set: State = {
    ...base,
    outs,
    over: data.outs === undefined ? base.over : outs >= rules.outs,
    balls: data.balls ?? base.balls,
    strikes: data.strikes ?? base.strikes,
    ...(data.bases === undefined ? {} : { bases: bitsOf(data.bases), on: [0, 1, 2].map(i => standsOn(base, bitsOf(data.bases ?? ''), i)) }),
  }
  return { state: withScore(set, data.score) }
}

const standsOn = ({ on }: State, bits: number | null, i: number) => (bits !== null && bits & (1 << i) ? (on[i] ?? {}) : null)

/** An earlier half stands open again; null if runs of later ones would be lost. */
function backTo(state: State, half: number, rules: Rules): State | null {
  let back = state
  for (let undone = halfOf(state); undone > half; undone--) {
    if (back.runs[sideOf(undone, rules)][undone >> 1]) return null
    back = withCell(back, undone, rules, () => null)
  }
  if (half === halfOf(state)) return back
  const inning = (half >> 1) + 1
  const cut = (cells: Cells) => cells.slice(0, inning)
  const runs = { home: cut(back.runs.home), away: cut(back.runs.away) }
  return { ...back, ...freshCount(rules), inning, half: half % 2 === 0 ? 0 : 1, over: false, outs: 0, gifts: 0, bases: 0, on: NOBODY, runs }
}

const withScore = (state: State, want: Score | undefined): State =>
  want ? { ...state, runs: { home: withTotal(state.runs.home, want.home), away: withTotal(state.runs.away, want.away) } } : state

/** The column last batted takes what a corrected total differs by, earlier ones what it cannot. */
function withTotal(cells: Cells, want: number): Cells {
  const set = cells.length ? [...cells] : [null]
  const last = Math.max(
    0,
    set.findLastIndex(cell => cell !== null),
  )
  let change = want - total(cells)
  for (let i = last; i >= 0 && change !== 0; i--) {
    const cell = Math.max(0, (set[i] ?? 0) + change)
    change -= cell - (set[i] ?? 0)
    set[i] = cell
  }
  return want === total(cells) ? cells : set
}

/** Lead of the side that bats last. */
function lastLead(state: State, rules: Rules): number {
  const { [rules.battingFirst]: first, [other(rules.battingFirst)]: last } = score(state)
  return last - first
}

/** The innings of the game: as the rules have them, or fewer where no new one may begin. */
const regulation = ({ lastInning }: State, { innings }: Rules) => Math.min(innings, lastInning ?? innings)

/** Runs that end the game at once for the side now batting last, null in any other half. */
function runsToWin(state: State, rules: Rules): number | null {
  return state.half === 1 && state.inning >= regulation(state, rules) ? Math.max(0, 1 - lastLead(state, rules)) : null
}

const mercies = (rules: Rules) =>
  [
    [rules.mercyLead, rules.mercyInning],
    [rules.mercyLead2, rules.mercyInning2],
    [rules.mercyLead3, rules.mercyInning3],
  ] as const

/**
 * The side that bats last has won as soon as it leads with only its own half to come or under way, the side that bats first when the inning
 * is over (OBR 7.01(b) and (g)); the run-ahead rule ends a game in the same places.
 */
export function end(state: State, rules: Rules): { how: How; winner: Winner } | null {
  const lead = lastLead(state, rules)
  const isLastUp = state.half === 1 || state.over
  const isInningOver = state.half === 1 && state.over
  const winner = lead > 0 ? other(rules.battingFirst) : rules.battingFirst
  const isDecided = (by: number) => (isLastUp && lead >= by) || (isInningOver && -lead >= by)
  const how = regularHow(state, rules)
  if (state.inning >= regulation(state, rules)) {
    if (isDecided(1)) return { how, winner }
    const isLast = (rules.tieAfter > 0 && state.inning >= rules.tieAfter) || (state.lastInning !== null && state.inning >= state.lastInning)
    if (isInningOver && isLast && lead === 0) return { how, winner: 'draw' }
  }
  const isMercy = mercies(rules).some(([by, inning]) => by > 0 && state.inning >= inning && isDecided(by))
  return isMercy ? { how: 'mercy', winner } : null
}
export const regularHow = (state: State, rules: Rules): How =>
  state.inning > rules.innings ? 'overtime' : state.inning < rules.innings ? 'called' : 'regulation'

export function columns(state: State): Column[] {
  const { home, away } = state.runs
  const begun = Math.max(home.length, away.length)
  return Array.from({ length: begun }, (_, i) => ({ label: String(i + 1), home: home[i] ?? null, away: away[i] ?? null }))
}

/**
 * Shown beside the score; `bases` is null where the plays do not tell, between halves those whom the rules place there, `next` is where a play that names nothing falls. `runners` are roster
 * ids by base, `batter`, `onDeck` and `pitchers` too, null where nobody was named; `pitches` counts those of the two pitchers, null until a
 * pitch was written down by itself. `lastInning` after the time limit.
 */
export interface Shown {
  half: 'top' | 'bottom'
  outs: number
  balls: number
  strikes: number
  bases: [boolean, boolean, boolean] | null
  hits: Score
  errors: Score
  /** Who bats, between halves who bats next. */
  batting: Side
  next: { period: number; side: Side }
  between: boolean
  runners: readonly (string | null)[]
  batter: string | null
  onDeck: string | null
  pitchers: { home: string | null; away: string | null }
  pitches: Score | null
  lastInning: number | null
  hasCount: boolean
}

export function detail(state: State, rules: Rules): Shown {
  const due = halfDue(state)
  const { outs, balls, strikes, hits, errors, over, pitchers, thrown, lastInning } = state
  const bases = over && !end(state, rules) ? runnersFrom((due >> 1) + 1, rules) : state.bases
  const batting = sideOf(due, rules)
  const order = state.order[batting]
  const inOrder = (by: number) => (order.length > 0 ? order[(state.upNext[batting] + by) % order.length] : '') || null
  const pitches = (side: Side) => countOf(thrown, pitchers[side] ?? side)
  return {
    half: state.half === 0 ? 'top' : 'bottom',
    outs,
    balls,
    strikes,
    bases: bases === null ? null : [(bases & FIRST) > 0, (bases & SECOND) > 0, (bases & THIRD) > 0],
    hits,
    errors,
    batting,
    next: { period: (due >> 1) + 1, side: sideOf(due, rules) },
    between: over,
    runners: state.on.map(runner => runner?.who ?? null),
    batter: inOrder(0),
    onDeck: inOrder(1),
    pitchers,
    pitches: state.counted ? { home: pitches('home'), away: pitches('away') } : null,
    lastInning,
    hasCount: rules.balls > 0,
  }
}

export const initial = (rules: Rules): State => ({
  inning: 1,
  half: 0,
  over: false,
  outs: 0,
  ...freshCount(rules),
  bases: 0,
  on: NOBODY,
  gifts: 0,
  runs: { home: [], away: [] },
  hits: { home: 0, away: 0 },
  errors: { home: 0, away: 0 },
  order: { home: [], away: [] },
  upNext: { home: 0, away: 0 },
  pitchers: { home: null, away: null },
  thrown: {},
  counted: false,
  lastInning: null,
  outcome: null,
})
