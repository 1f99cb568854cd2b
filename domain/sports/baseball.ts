import type { Fields } from '../fields.ts'
import type { Column, How, Score, Winner } from '../game.ts'
import { type LoggedPlay, other, type Side } from '../play.ts'
import { type Action, type Context, defineSport, type Kind, type Refusal, type RulePack, refuse, type Step } from '../sport.ts'

/**
 * Baseball and softball: innings of two halves, each until its outs are made. Numbers follow the Official Baseball Rules (OBR) unless a pack
 * says otherwise; bases are kept as far as the plays tell and never decide a score that a play states.
 */
interface Rules {
  innings: number
  /** Who bats in the first half of every inning: the home side in a game moved to its opponent's ground. */
  battingFirst: Side
  outs: number
  balls: number
  strikes: number
  /** Bases occupied at the start of every half from the `extraFrom`-th extra inning. */
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

interface State {
  inning: number
  half: 0 | 1
  /** The half has ended and the next has not begun. */
  over: boolean
  outs: number
  balls: number
  strikes: number
  /** Occupied bases as bits, first base 1, second 2, third 4; null where the plays no longer tell. */
  bases: number | null
  runs: { home: Cells; away: Cells }
  hits: Score
  errors: Score
}

interface Moved {
  runs: number
  bases: number | null
}

/** What a kind of play means when its data says nothing else. */
interface Turn {
  label: string
  outs?: number
  hit?: number
  errors?: number
  /** It ends a turn at bat, so that the count starts again. */
  atBat?: boolean
  /** Where the batter ends, as a bit of the bases. */
  batter?: number
  /** Nobody who was on base is left there, whoever it was. */
  clears?: boolean
  move(bases: number, outs: number): Moved
}

const FIRST = 1
const SECOND = 2
const THIRD = 4
const LOADED = 7
/** Bases as a play names them, in the order of their bits. */
const BASES = ['none', '1', '2', '12', '3', '13', '23', '123'] as const
const UNKNOWN = 'unknown'

const count = (bits: number) => [...bits.toString(2)].filter(bit => bit === '1').length
/** Everybody goes `by` bases on, the batter too on a hit. */
const advance = (by: number, hasBatter = true) => {
  return (bases: number): Moved => {
    const runners = ((bases << 1) | (hasBatter ? 1 : 0)) << by
    return { runs: count(runners >> 4), bases: (runners >> 1) & LOADED }
  }
}
const stay = (bases: number): Moved => ({ runs: 0, bases })
const lost = (): Moved => ({ runs: 0, bases: null })
/** Only runners who must make room move (OBR 5.06(b)(3)). */
const force = (bases: number): Moved => {
  const free = [FIRST, SECOND, THIRD].find(base => !(bases & base))
  return free ? { runs: 0, bases: bases | free } : { runs: 1, bases: LOADED }
}
/** A runner is out in the batter's place: the forced one, else the one furthest on. */
const swap = (bases: number): Moved => ({ runs: 0, bases: (bases & FIRST ? bases : bases & ~foremost(bases)) | FIRST })
const foremost = (bases: number) => [THIRD, SECOND, FIRST].find(base => bases & base) ?? 0
/** A fly scores the runner from third, a bunt moves the others; with two out there is nothing to sacrifice. */
const sacrifice = (bases: number, outs: number): Moved => {
  if (outs >= 2) return stay(bases)
  return bases & THIRD ? { runs: 1, bases: bases & ~THIRD } : { runs: 0, bases: (bases << 1) & LOADED }
}
/** The foremost runner with a free base ahead; a steal of home has to say its run. */
const steal = (bases: number): Moved => {
  const from = [SECOND, FIRST].find(base => bases & base && !(bases & (base << 1)))
  return { runs: 0, bases: from ? (bases & ~from) | (from << 1) : bases }
}
const caught = (bases: number): Moved => ({ runs: 0, bases: count(bases) > 1 ? null : 0 })

const TURNS: Readonly<Record<string, Turn>> = {
  single: { label: 'Single', hit: 1, atBat: true, batter: FIRST, move: advance(1) },
  double: { label: 'Double', hit: 1, atBat: true, batter: SECOND, move: advance(2) },
  triple: { label: 'Triple', hit: 1, atBat: true, batter: THIRD, clears: true, move: advance(3) },
  homeRun: { label: 'Home run', hit: 1, atBat: true, clears: true, move: advance(4) },
  hit: { label: 'Hit', hit: 1, atBat: true, move: lost },
  walk: { label: 'Walk', atBat: true, batter: FIRST, move: force },
  hitByPitch: { label: 'Hit by pitch', atBat: true, batter: FIRST, move: force },
  error: { label: 'Error', errors: 1, atBat: true, batter: FIRST, move: advance(1) },
  fieldersChoice: { label: 'Fielder’s choice', outs: 1, atBat: true, batter: FIRST, move: swap },
  out: { label: 'Out', outs: 1, atBat: true, move: stay },
  strikeout: { label: 'Strikeout', outs: 1, atBat: true, move: stay },
  sacrifice: { label: 'Sacrifice', outs: 1, atBat: true, move: sacrifice },
  stolenBase: { label: 'Stolen base', move: steal },
  caughtStealing: { label: 'Caught stealing', outs: 1, move: caught },
  wildPitch: { label: 'Wild pitch', move: advance(1, false) },
  passedBall: { label: 'Passed ball', move: advance(1, false) },
  balk: { label: 'Balk', move: advance(1, false) },
  other: { label: 'Other play', move: lost },
}

const bases = { type: 'choice', options: [...BASES, UNKNOWN], label: 'Runners on', optional: true } as const
const TURN_DATA: Fields = {
  outs: { type: 'int', min: 0, max: 3, label: 'Outs', optional: true },
  runs: { type: 'int', min: 0, max: 4, label: 'Runs', optional: true },
  hit: { type: 'int', min: 0, max: 1, label: 'Hit', optional: true },
  errors: { type: 'int', min: 0, max: 9, label: 'Errors', optional: true },
  bases,
}
const pitch = (label: string): Kind => ({ label, side: 'optional', player: true, scoring: true })

const kinds: Readonly<Record<string, Kind>> = {
  ...Object.fromEntries(Object.entries(TURNS).map(([kind, { label }]) => [kind, { ...pitch(label), data: TURN_DATA }])),
  ball: pitch('Ball'),
  strike: pitch('Strike'),
  foul: pitch('Foul'),
  run: { label: 'Runs', side: 'optional', player: true, scoring: true, points: { min: 1, max: 4 } },
  halfEnd: { label: 'End of the half', side: 'optional', scoring: true },
  adjust: {
    label: 'Correct the board',
    side: 'none',
    scoring: true,
    data: {
      inning: { type: 'int', min: 1, max: 99, label: 'Inning', optional: true },
      half: { type: 'choice', options: ['top', 'bottom'], label: 'Half', optional: true },
      outs: { type: 'int', min: 0, max: 3, label: 'Outs', optional: true },
      balls: { type: 'int', min: 0, max: 3, label: 'Balls', optional: true },
      strikes: { type: 'int', min: 0, max: 2, label: 'Strikes', optional: true },
      bases,
      score: { type: 'score', max: 199, label: 'Score', optional: true },
    },
  },
  pitchingChange: {
    label: 'Pitching change',
    side: 'optional',
    player: true,
    data: { text: { type: 'text', max: 120, label: 'Text', optional: true } },
  },
}

interface TurnData {
  outs?: number
  runs?: number
  hit?: number
  errors?: number
  bases?: string
}

// Halves are counted through the game: 0 is the top of the first, 1 its bottom.
const halfOf = (state: State) => (state.inning - 1) * 2 + state.half
const sideOf = (half: number, rules: Rules): Side => (half % 2 === 0 ? rules.battingFirst : other(rules.battingFirst))
const total = (cells: Cells) => cells.reduce<number>((sum, cell) => sum + (cell ?? 0), 0)
const score = (state: State): Score => ({ home: total(state.runs.home), away: total(state.runs.away) })
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
  const isExtra = inning - rules.innings >= rules.extraFrom
  const runners = isExtra ? bitsOf(rules.extraRunners) : 0
  return { ...opened, inning, half: half % 2 === 0 ? 0 : 1, over: false, outs: 0, balls: 0, strikes: 0, bases: runners }
}
const closeHalf = (state: State): State => ({ ...state, over: true, balls: 0, strikes: 0, bases: 0 })

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

function reduce(state: State, play: LoggedPlay, { rules, late }: Context<Rules>): Step<State> | Refusal {
  if (play.kind === 'pitchingChange') return { state }
  if (play.kind === 'adjust') return late ? refuse('That inning is over.', 'period') : adjust(state, play, rules)
  const place = placeOf(state, play, rules)
  if ('refuse' in place) return place
  if (play.kind === 'halfEnd') return endHalf(state, place, rules)
  const next = perform(state, play, place, rules)
  if ('refuse' in next) return next
  const warnings = [...place.warnings, ...(next.warnings ?? [])]
  return { state: next.state, warnings }
}

function perform(state: State, play: LoggedPlay, place: Place, rules: Rules): Step<State> | Refusal {
  const turn = TURNS[play.kind]
  if (turn) return takeTurn(state, play.kind, turn, (play.data ?? {}) as TurnData, place, rules)
  if (place.is === 'late' && play.kind !== 'run') return refuse('That half is over.', 'period')
  const entered = enter(state, place, rules)
  switch (play.kind) {
    case 'run': {
      const scored = withCell(entered, place.half, rules, cell => cell + (play.points ?? 1))
      return { state: place.is === 'late' ? scored : { ...scored, bases: null } }
    }
    case 'ball':
      if (entered.balls + 1 >= rules.balls) return perform(entered, { ...play, kind: 'walk', data: undefined }, already(place), rules)
      return { state: { ...entered, balls: entered.balls + 1 } }
    case 'strike':
      if (entered.strikes + 1 >= rules.strikes)
        return perform(entered, { ...play, kind: 'strikeout', data: undefined }, already(place), rules)
      return { state: { ...entered, strikes: entered.strikes + 1 } }
    case 'foul':
      // With one strike left a foul changes nothing; a bunt that goes foul then is sent as a strikeout (OBR 5.09(a)(4)).
      return { state: { ...entered, strikes: Math.max(entered.strikes, Math.min(entered.strikes + 1, rules.strikes - 1)) } }
  }
  return refuse('Baseball has no such play.', 'kind')
}
const already = (place: Place): Place => ({ ...place, is: 'now' })

/** A play that may score, make outs and move runners; in a half that is over only runs, hits and errors are added. */
function takeTurn(state: State, kind: string, turn: Turn, data: TurnData, place: Place, rules: Rules): Step<State> {
  const isLate = place.is === 'late'
  const before = enter(state, place, rules)
  const side = sideOf(place.half, rules)
  const usual = isLate ? turn.move(0, 0) : usualMove(turn, before)
  const toWin = isLate ? null : runsToWin(before, rules)
  // The game is over as the winning run scores; a home run counts in full (OBR 5.08(b), 9.06(f) and (g)).
  const most = kind === 'homeRun' || toWin === null ? Number.POSITIVE_INFINITY : toWin
  const runs = data.runs ?? Math.min(usual.runs, most)
  const scored: State = {
    ...withCell(before, place.half, rules, cell => cell + runs),
    hits: add(state.hits, side, data.hit ?? turn.hit ?? 0),
    errors: add(state.errors, other(side), data.errors ?? turn.errors ?? 0),
  }
  if (isLate) return { state: scored }
  const outs = Math.min(rules.outs, before.outs + (data.outs ?? turn.outs ?? 0))
  const pitches = turn.atBat ? { balls: 0, strikes: 0 } : {}
  const after: State = { ...scored, ...pitches, outs, bases: basesAfter(turn, usual, data, runs, before) }
  const warnings = runs > most ? ['past-winning-run'] : []
  return { state: outs >= rules.outs ? closeHalf(after) : after, warnings }
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
  return left === 1 && turn.batter && outs === (turn.outs ?? 0) ? turn.batter : null
}

function endHalf(state: State, place: Place, rules: Rules): Step<State> | Refusal {
  const last = halfOf(state)
  if (place.half < last) return refuse('That half is over.', 'period')
  // Pressed after the last out it means the half that has just ended, not the next.
  const isOut = state.outs >= rules.outs && place.half === last + 1
  if (state.over && (place.half === last || isOut)) return { state, warnings: ['half-over'] }
  return { state: closeHalf(enter(state, place, rules)), warnings: place.warnings }
}

function onPeriod(state: State, edge: 'start' | 'end', play: LoggedPlay, { rules }: Context<Rules>): Step<State> | Refusal {
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
    bases: data.bases === undefined ? base.bases : bitsOf(data.bases),
  }
  return { state: withScore(set, data.score) }
}

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
  return { ...back, inning, half: half % 2 === 0 ? 0 : 1, over: false, outs: 0, balls: 0, strikes: 0, bases: 0, runs }
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

/** Runs that end the game at once for the side now batting last, null in any other half. */
function runsToWin(state: State, rules: Rules): number | null {
  return state.half === 1 && state.inning >= rules.innings ? Math.max(0, 1 - lastLead(state, rules)) : null
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
function end(state: State, rules: Rules): { how: How; winner: Winner } | null {
  const lead = lastLead(state, rules)
  const isLastUp = state.half === 1 || state.over
  const isInningOver = state.half === 1 && state.over
  const winner = lead > 0 ? other(rules.battingFirst) : rules.battingFirst
  const isDecided = (by: number) => (isLastUp && lead >= by) || (isInningOver && -lead >= by)
  const how = regularHow(state, rules)
  if (state.inning >= rules.innings) {
    if (isDecided(1)) return { how, winner }
    if (isInningOver && rules.tieAfter > 0 && state.inning >= rules.tieAfter) return { how, winner: 'draw' }
  }
  const isMercy = mercies(rules).some(([by, inning]) => by > 0 && state.inning >= inning && isDecided(by))
  return isMercy ? { how: 'mercy', winner } : null
}
const regularHow = (state: State, rules: Rules): How => (state.inning > rules.innings ? 'overtime' : 'regulation')

function columns(state: State): Column[] {
  const { home, away } = state.runs
  const begun = Math.max(home.length, away.length)
  return Array.from({ length: begun }, (_, i) => ({ label: String(i + 1), home: home[i] ?? null, away: away[i] ?? null }))
}

/** Shown beside the score; `bases` is null where the plays do not tell, `next` is where a play that names nothing falls. */
interface Shown {
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
}

function detail(state: State, rules: Rules): Shown {
  const due = halfOf(state) + (state.over ? 1 : 0)
  const { outs, balls, strikes, bases, hits, errors, over } = state
  return {
    half: state.half === 0 ? 'top' : 'bottom',
    outs,
    balls,
    strikes,
    bases: bases === null ? null : [(bases & FIRST) > 0, (bases & SECOND) > 0, (bases & THIRD) > 0],
    hits,
    errors,
    batting: sideOf(due, rules),
    next: { period: (due >> 1) + 1, side: sideOf(due, rules) },
    between: over,
  }
}

const obr: Rules = {
  innings: 9,
  battingFirst: 'away',
  outs: 3,
  balls: 4,
  strikes: 3,
  extraRunners: 'none',
  extraFrom: 1,
  tieAfter: 0,
  mercyLead: 0,
  mercyInning: 5,
  mercyLead2: 0,
  mercyInning2: 5,
  mercyLead3: 0,
  mercyInning3: 5,
  forfeitScore: 9,
}
const placed: Rules = { ...obr, extraRunners: '2' }
const seven: Rules = { ...placed, innings: 7, forfeitScore: 7 }

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'obr',
    name: 'Baseball, nine innings',
    version: '2019',
    from: '1900-01-01',
    isDefault: true,
    source: 'Official Baseball Rules 7.01',
    values: obr,
  },
  {
    id: 'mlb',
    name: 'Baseball, placed runner in extra innings',
    version: '2020',
    from: '2020-07-23',
    isDefault: true,
    source: 'MLB Operations Manual 2020, 5.1.2; Official Baseball Rules 2023, 7.01(b)',
    values: placed,
  },
  {
    id: 'mlb-doubleheader',
    name: 'Seven-inning double-header',
    version: '2020',
    from: '2020-08-01',
    source: 'MLB and MLBPA agreement of 31 July 2020 on OBR 7.01(a); seasons 2020 and 2021',
    values: { ...seven, forfeitScore: 9 },
  },
  {
    id: 'mlb-postseason',
    name: 'Play-offs, no placed runner',
    version: '2020',
    from: '2020-09-29',
    source: 'Official Baseball Rules 7.01(b): regular season only',
    values: obr,
  },
  {
    id: 'wbsc',
    name: 'WBSC baseball',
    version: '2022',
    from: '2022-01-01',
    source: 'WBSC Baseball tournament regulations: run-ahead rule C7 and tie-break rule',
    values: { ...obr, extraRunners: '12', mercyLead: 10, mercyInning: 7 },
  },
  {
    id: 'wbsc-seven',
    name: 'WBSC baseball, seven innings',
    version: '2022',
    from: '2022-01-01',
    source: 'WBSC Baseball tournament regulations: run-ahead rule in games of seven innings',
    values: { ...seven, extraRunners: '12', mercyLead: 10, mercyInning: 5 },
  },
  {
    id: 'softball',
    name: 'Softball, seven innings',
    version: '2022',
    from: '2022-01-01',
    source: 'WBSC Softball playing rules: run-ahead and tie-break rules',
    values: { ...seven, mercyLead: 15, mercyInning: 3, mercyLead2: 10, mercyInning2: 4, mercyLead3: 7, mercyInning3: 5 },
  },
  {
    id: 'softball-college',
    name: 'College softball',
    version: '2024',
    from: '2024-01-01',
    source: 'NCAA softball rules: eight-run rule after five innings, tie-breaker from the eighth',
    values: { ...seven, mercyLead: 8, mercyInning: 5 },
  },
  {
    id: 'little-league',
    name: 'Little League, six innings',
    version: '2024',
    from: '2024-01-01',
    source: 'Little League 4.10(e): 15 runs after three innings, 10 after four',
    values: { ...obr, innings: 6, mercyLead: 15, mercyInning: 3, mercyLead2: 10, mercyInning2: 4, forfeitScore: 6 },
  },
]

const action = (kind: string, label: string, size: Action['size'], key: string, more: Partial<Action> = {}): Action => ({
  id: kind,
  kind,
  label,
  size,
  key: { home: key, away: key },
  ...more,
})
const ask = ['runs', 'bases']
const ACTIONS: readonly Action[] = [
  action('ball', 'Ball', 3, 'b', { insteadOf: ['strike'] }),
  action('strike', 'Strike', 3, 's', { insteadOf: ['ball', 'foul'] }),
  action('foul', 'Foul', 2, 'f', { insteadOf: ['strike'] }),
  action('out', 'Out', 3, 'o', { ask, insteadOf: ['sacrifice', 'single'] }),
  action('single', 'Single', 3, '1', { hint: '1B', ask, insteadOf: ['error', 'double'] }),
  action('double', 'Double', 2, '2', { hint: '2B', ask, insteadOf: ['single', 'triple'] }),
  action('triple', 'Triple', 2, '3', { hint: '3B', ask, insteadOf: ['double'] }),
  action('homeRun', 'Home run', 2, '4', { hint: 'HR', ask: ['runs'], insteadOf: ['double'] }),
  action('walk', 'Walk', 2, 'w', { hint: 'BB', ask, insteadOf: ['hitByPitch'] }),
  action('strikeout', 'Strikeout', 2, 'k', { hint: 'K', ask: ['outs', 'bases'] }),
  action('error', 'Error', 2, 'e', { hint: 'E', ask, insteadOf: ['single'] }),
  action('fieldersChoice', 'Fielder’s choice', 1, 'c', { hint: 'FC', ask, insteadOf: ['single'] }),
  action('sacrifice', 'Sacrifice', 1, 'a', { hint: 'SAC', ask, insteadOf: ['out'] }),
  action('out', 'Double play', 1, 'd', { id: 'doublePlay', hint: 'DP', data: { outs: 2 }, ask, insteadOf: ['out'] }),
  action('hitByPitch', 'Hit by pitch', 1, 'h', { hint: 'HBP', ask, insteadOf: ['walk'] }),
  action('stolenBase', 'Stolen base', 1, 't', { hint: 'SB', ask }),
  action('caughtStealing', 'Caught stealing', 1, 'x', { hint: 'CS', ask: ['bases'], insteadOf: ['stolenBase'] }),
  action('wildPitch', 'Wild pitch', 1, 'p', { hint: 'WP', ask, insteadOf: ['passedBall'] }),
  action('passedBall', 'Passed ball', 1, 'q', { hint: 'PB', ask, insteadOf: ['wildPitch'] }),
  action('balk', 'Balk', 1, 'l', { hint: 'BK', ask }),
  action('run', 'Run', 1, 'r', { hint: '+1', points: 1 }),
  action('halfEnd', 'End half', 1, 'n'),
  action('pitchingChange', 'New pitcher', 1, 'g', { ask: ['text'] }),
  action('adjust', 'Correct the board', 1, 'j', { ask: ['inning', 'half', 'outs', 'balls', 'strikes', 'bases', 'score'] }),
]

/** What a kind is called in a sentence, and what a named player does. */
const SAID: Readonly<Record<string, readonly [string, string]>> = {
  single: ['Single', '{player} singles'],
  double: ['Double', '{player} doubles'],
  triple: ['Triple', '{player} triples'],
  homeRun: ['Home run', 'Home run by {player}'],
  hit: ['Base hit', 'Base hit by {player}'],
  walk: ['Walk', '{player} walks'],
  hitByPitch: ['Hit by pitch', '{player} is hit by a pitch'],
  error: ['Safe on an error', '{player} is safe on an error'],
  fieldersChoice: ['Fielder’s choice', '{player} reaches on a fielder’s choice'],
  out: ['Out', '{player} is out'],
  doublePlay: ['Double play', '{player} hits into a double play'],
  triplePlay: ['Triple play', '{player} hits into a triple play'],
  strikeout: ['Strikeout', '{player} strikes out'],
  sacrifice: ['Sacrifice', 'Sacrifice by {player}'],
  stolenBase: ['Stolen base', '{player} steals a base'],
  caughtStealing: ['Caught stealing', '{player} is caught stealing'],
  wildPitch: ['Wild pitch', 'Wild pitch'],
  passedBall: ['Passed ball', 'Passed ball'],
  balk: ['Balk', 'Balk'],
  other: ['Play', 'Play'],
}
const RUNS = [
  ['', ''],
  ['.run', ', a run scores'],
  ['.runs', ', {runs} runs score'],
] as const

const words: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(SAID).flatMap(([kind, [plain, by]]) =>
      RUNS.flatMap(([key, tail]) => [
        [`${kind}${key}`, `${plain}${tail}`],
        [`${kind}${key}.by`, `${by}${tail}`],
      ]),
    ),
  ),
  'homeRun.run': 'Solo home run',
  'homeRun.run.by': 'Solo home run by {player}',
  'homeRun.runs': '{runs}-run home run',
  'homeRun.runs.by': '{runs}-run home run by {player}',
  'homeRun.slam': 'Grand slam',
  'homeRun.slam.by': 'Grand slam by {player}',
  'other.run': 'A run scores',
  'other.runs': '{runs} runs score',
  ball: 'Ball',
  strike: 'Strike',
  foul: 'Foul',
  'warning.half-over': 'Recorded after the half was over',
  'warning.half-short': 'Begun before the half was over',
  'warning.past-winning-run': 'More runs than were needed to win',
  'run.run': 'A run scores',
  'run.runs': '{runs} runs score',
  'run.run.by': '{player} scores',
  halfEnd: 'Side retired',
  adjust: 'Board corrected',
  pitchingChange: 'Pitching change',
  'pitchingChange.by': '{player} now pitching',
  'pitchingChange.text': 'Pitching change: {text}',
}

function describe(play: LoggedPlay): { key: string; values?: Readonly<Record<string, string | number>> } {
  const data = (play.data ?? {}) as TurnData & { text?: string }
  const { text } = data
  if (play.kind === 'pitchingChange') return text ? { key: 'pitchingChange.text', values: { text } } : { key: 'pitchingChange' }
  const runs = play.kind === 'run' ? (play.points ?? 1) : TURNS[play.kind] ? (data.runs ?? 0) : 0
  const outs = play.kind === 'out' ? (data.outs ?? 1) : 1
  const kind = outs === 2 ? 'doublePlay' : outs === 3 ? 'triplePlay' : play.kind
  const tail = kind === 'homeRun' && runs === 4 ? '.slam' : runs > 1 ? '.runs' : runs === 1 ? '.run' : ''
  return { key: `${kind}${tail}`, values: { runs } }
}

const INNING = { type: 'int', min: 1, max: 99 } as const
const LEAD = { type: 'int', min: 0, max: 99 } as const

export const sport = defineSport<State, Rules>({
  id: 'baseball',
  name: 'Baseball',
  version: 1,
  labels: {
    game: 'Game',
    period: 'Inning',
    periods: 'Innings',
    unit: 'run',
    units: 'runs',
    byPeriod: 'By inning',
    endings: {
      overtime: { main: 'Final/{n}', second: 'extra innings' },
      mercy: { main: 'Final/{n}' },
      called: { main: 'Final/{n}' },
    },
    mark: 'batting',
    gathered: ['ball', 'strike', 'foul'],
    tablePoints: { win: 1, draw: 0, loss: 0 },
  },
  endsItself: true,
  timed: null,
  packs,
  ruleFields: {
    innings: { ...INNING, label: 'Innings' },
    battingFirst: {
      type: 'choice',
      options: ['away', 'home'],
      labels: { away: 'Away side', home: 'Home side' },
      default: 'away',
      label: 'Bats first',
    },
    outs: { type: 'int', min: 1, max: 3, label: 'Outs in a half' },
    balls: { type: 'int', min: 1, max: 4, label: 'Balls for a walk' },
    strikes: { type: 'int', min: 1, max: 3, label: 'Strikes for an out' },
    extraRunners: { type: 'choice', options: BASES, label: 'Runners placed in extra innings' },
    extraFrom: { ...INNING, label: 'Placed from extra inning' },
    tieAfter: { ...LEAD, label: 'Draw after inning (0: play on)' },
    mercyLead: { ...LEAD, label: 'Run-ahead lead (0: none)' },
    mercyInning: { ...INNING, label: 'Run-ahead after inning' },
    mercyLead2: { ...LEAD, label: 'Second run-ahead lead' },
    mercyInning2: { ...INNING, label: 'Second run-ahead after inning' },
    mercyLead3: { ...LEAD, label: 'Third run-ahead lead' },
    mercyInning3: { ...INNING, label: 'Third run-ahead after inning' },
    forfeitScore: { ...LEAD, label: 'Runs for a forfeit' },
  },
  kinds,
  initial: () => ({
    inning: 1,
    half: 0,
    over: false,
    outs: 0,
    balls: 0,
    strikes: 0,
    bases: 0,
    runs: { home: [], away: [] },
    hits: { home: 0, away: 0 },
    errors: { home: 0, away: 0 },
  }),
  reduce,
  onPeriod,
  score,
  columns,
  period: (state, rules) => ({
    number: state.inning,
    kind: state.inning > rules.innings ? 'extra-inning' : 'inning',
    label: `${state.half === 0 ? 'Top' : 'Bot'} ${state.inning}`,
  }),
  end,
  winner: state => {
    const { home, away } = score(state)
    return home > away ? 'home' : away > home ? 'away' : 'draw'
  },
  // Ended by hand before its last inning is through, a game was called (OBR 7.01(c)).
  how: (state, rules) => end(state, rules)?.how ?? (state.inning < rules.innings ? 'called' : regularHow(state, rules)),
  detail: (state, rules) => ({ ...detail(state, rules) }),
  activeSide: shown => (shown as unknown as Shown).batting,
  chart: 'lead',
  actions: () => ACTIONS,
  describe,
  words,
  warnings: {
    'half-over': 'That half inning was over.',
    'half-short': 'The half inning before it had not had all its outs.',
    'past-winning-run': 'More runs than it took to win.',
  },
  glance: game => {
    if (game.status !== 'live' && game.status !== 'break' && game.status !== 'suspended') return {}
    const { half, outs, balls, strikes, bases, batting, between } = game.detail as unknown as Shown
    const inning = game.period?.number ?? 1
    if (between) return { middle: `${half === 'top' ? 'Middle' : 'End'} of ${inning}`, mark: batting, bases: [] }
    const middle = `${half === 'top' ? 'Top' : 'Bottom'} ${inning}, ${outs} out`
    return { middle, mark: batting, count: `${balls}–${strikes}`, ...(bases ? { bases: [1, 2, 3].filter(base => bases[base - 1]) } : {}) }
  },
})
