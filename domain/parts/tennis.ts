import type { How, Score, Winner } from '../game.ts'
import { type LoggedPlay, other, type Side } from '../play.ts'
import { type Context, type Refusal, refuse, type Step } from '../sport.ts'
import { idOf, type Pairs, personAt, type ServiceDetail, seat, serviceOf, type Turn, toTurn, unsure, withPairs } from './rally-pairs.ts'

/**
 * Tennis: points make service games, games make sets, sets the match. Rule numbers are those of the ITF Rules of Tennis; "appendix" is its
 * appendix of alternative procedures and scoring methods.
 *
 * `detail`: `{points: {home, away}, games: {home, away}, server, tiebreak, breakPoint, setPoint, matchPoint, setNumber, changeEnds, fault,
 * violations, stats}`.
 * Points are strings as on a scoreboard (`0 15 30 40 AD`, counted in a tie-break); `server` serves the next point, null while nobody said who
 * began; `breakPoint` is the side that has one, `setPoint` and `matchPoint` too, or `both` at a deciding point; `changeEnds` asks the players
 * to change now; `fault`: the first serve is gone; `violations` of the code by side; `stats` counts points won, aces and double faults. Of
 * pairs, once somebody was named: what `ServiceDetail` says.
 */
export interface Rules {
  bestOf: number
  gamesPerSet: number
  /** Games all at which the tie-break is played; 0 for sets played out. */
  tieBreakAt: number
  tieBreakPoints: number
  /** 2, or 1 where a single point decides one short of the target. */
  tieBreakMargin: number
  tieBreakOrder: string
  /** `same`, `advantage`, `tb7@6` (to 7 at 6–6) or `mtb10` (a match tie-break to 10 in place of the set). */
  finalSet: string
  noAd: boolean
}

export interface SetLine {
  home: number
  away: number
  /** Of a tie-break that is over. */
  tiebreak?: Score
  winner?: Side
}

export interface State {
  /** The sets begun. The last one is under way unless it has a winner: the next begins with its first play, so that a break has a set. */
  sets: SetLine[]
  /** In the game or tie-break under way. */
  points: Score
  /** Who serves this game, or the next one; in a tie-break who served its first point. */
  server: Side | null
  won: Score
  aces: Score
  doubleFaults: Score
  /** The first serve of the point to come is gone. */
  fault: boolean
  violations: Score
  /** Put out of the match (code violations, ITF: default). */
  defaulted: Side | null
  /** Who of each side serves when; null while nobody was named for it. */
  pairs: Pairs | null
}

interface SetFormat {
  games: number
  /** Null: played until two games ahead. */
  tieBreakAt: number | null
  tieBreakTo: number
  /** The whole set is one tie-break. */
  isMatchTieBreak: boolean
}

export const NIL: Score = { home: 0, away: 0 }
const plus = (score: Score, side: Side): Score => ({ ...score, [side]: score[side] + 1 })
const sum = (score: Score) => score.home + score.away
export const leader = (score: Score): Side | null => (score.home === score.away ? null : score.home > score.away ? 'home' : 'away')

export function formatOf(set: number, rules: Rules): SetFormat {
  const usual: SetFormat = {
    games: rules.gamesPerSet,
    tieBreakAt: rules.tieBreakAt || null,
    tieBreakTo: rules.tieBreakPoints,
    isMatchTieBreak: false,
  }
  if (set !== rules.bestOf || rules.finalSet === 'same') return usual
  if (rules.finalSet === 'advantage') return { ...usual, tieBreakAt: null }
  const [, match, to, at] = /^(m?)tb(\d+)(?:@(\d+))?$/.exec(rules.finalSet) ?? []
  if (!to) return usual
  return { ...usual, tieBreakAt: at ? Number(at) : usual.tieBreakAt, tieBreakTo: Number(to), isMatchTieBreak: match === 'm' }
}

export const currentSet = (state: State) => state.sets[state.sets.length - 1] as SetLine
export const currentFormat = (state: State, rules: Rules) => formatOf(state.sets.length, rules)

export function isTieBreak(set: SetLine, format: SetFormat): boolean {
  if (set.winner) return false
  return format.isMatchTieBreak || (format.tieBreakAt !== null && set.home === format.tieBreakAt && set.away === format.tieBreakAt)
}

/** Rule 5b. */
function tieBreakWinner(points: Score, format: SetFormat, rules: Rules): Side | null {
  const ahead = leader(points)
  if (!ahead) return null
  const isWon = points[ahead] >= format.tieBreakTo && points[ahead] - points[other(ahead)] >= rules.tieBreakMargin
  return isWon ? ahead : null
}

/** Rule 5a; without advantage (appendix) the point at 40–40 decides, in padel that at the first, second or third one. */
function gameWinner(points: Score, rules: Rules & { decidingDeuce?: number }): Side | null {
  const ahead = leader(points)
  if (!ahead || points[ahead] < 4) return null
  const deuce = rules.noAd ? 1 : (rules.decidingDeuce ?? 0)
  const isDeciding = deuce > 0 && points[other(ahead)] >= 2 + deuce
  return isDeciding || points[ahead] - points[other(ahead)] >= 2 ? ahead : null
}

/** Rule 6, by games alone. */
function setWinner(set: Score, format: SetFormat): Side | null {
  const ahead = leader(set)
  if (!ahead) return null
  const [most, least] = [set[ahead], set[other(ahead)]]
  if (format.isMatchTieBreak) return most === 1 ? ahead : null
  const isByTieBreak = format.tieBreakAt !== null && most === format.tieBreakAt + 1 && least === format.tieBreakAt
  return isByTieBreak || (most >= format.games && most - least >= 2) ? ahead : null
}

export const setsWon = (sets: readonly SetLine[]): Score => ({
  home: sets.filter(set => set.winner === 'home').length,
  away: sets.filter(set => set.winner === 'away').length,
})
/** Rule 7; a match of an even number of sets may end level. */
function isDecided(sets: readonly SetLine[], rules: Rules): boolean {
  const { home, away } = setsWon(sets)
  return Math.max(home, away) * 2 > rules.bestOf || home + away >= rules.bestOf
}

/** The next point of a tie-break: one, then two each (rule 5b); in FAST4 two each from the start, the last to serve also serves the decider. */
function tieBreakServer(first: Side, points: Score, format: SetFormat, rules: Rules): Side {
  return tieBreakTurns(points, format, rules) % 2 === 0 ? first : other(first)
}
function tieBreakTurns(points: Score, format: SetFormat, rules: Rules): number {
  const n = sum(points)
  if (rules.tieBreakOrder === '1-2-2') return Math.ceil(n / 2)
  const isDecider = rules.tieBreakMargin === 1 && n === 2 * (format.tieBreakTo - 1)
  return Math.floor((isDecider ? n - 1 : n) / 2)
}

export function serverNow(state: State, rules: Rules): Side | null {
  const format = currentFormat(state, rules)
  if (!state.server || !isTieBreak(currentSet(state), format)) return state.server
  return tieBreakServer(state.server, state.points, format, rules)
}

/** Rules 14 and 15: the sides serve in turn, the two of a pair each time their side does; in a tie-break the order goes on. */
function turnNow(state: State, rules: Rules): Turn {
  const set = currentSet(state)
  const format = currentFormat(state, rules)
  if (set.winner) return 0
  const turns = sum(set) + (isTieBreak(set, format) ? tieBreakTurns(state.points, format, rules) : 0)
  return toTurn(Math.floor(turns / 2))
}
function serverId(state: State, rules: Rules): string | undefined {
  const server = serverNow(state, rules)
  return server && state.pairs ? idOf(personAt(state.pairs, server, turnNow(state, rules))) : undefined
}

function winPoint(state: State, side: Side, rules: Rules): State {
  const points = plus(state.points, side)
  const after = { ...state, points, fault: false }
  const format = currentFormat(state, rules)
  if (!isTieBreak(currentSet(state), format)) return gameWinner(points, rules) ? winGame(after, side, rules) : after
  return tieBreakWinner(points, format, rules) ? winGame(after, side, rules, points) : after
}

/** The tie-break counts as a game: whoever served first in it receives in the next one (rule 5b). */
function winGame(state: State, side: Side, rules: Rules, tiebreak?: Score): State {
  const games = plus(currentSet(state), side)
  const line: SetLine = { home: games.home, away: games.away, ...(tiebreak ? { tiebreak } : {}) }
  const winner = setWinner(line, currentFormat(state, rules))
  const sets = [...state.sets.slice(0, -1), winner ? { ...line, winner } : line]
  // Rule 14: in the next set a pair may begin with the other one.
  const pairs = winner ? unsure(state.pairs) : state.pairs
  return { ...state, sets, points: NIL, fault: false, server: state.server && other(state.server), pairs }
}

/** The state with a set under way to which the play belongs. Between sets the one just over is still the current one: naming it is naming none. */
export function openSet(state: State, play: LoggedPlay, rules: Rules): State | Refusal {
  const n = state.sets.length
  const isFinished = currentSet(state).winner !== undefined
  const named = play.period ?? n
  if (!isFinished) return named === n ? state : refuse(`Set ${n} is not over.`, 'period')
  if (isDecided(state.sets, rules)) return refuse('The match is over.')
  return { ...state, sets: [...state.sets, { ...NIL }], points: NIL }
}

function countPoint(state: State, play: Pick<LoggedPlay, 'data'>, side: Side): State {
  const won = { ...state, won: plus(state.won, side) }
  switch (play.data?.how) {
    case 'ace':
      return { ...won, aces: plus(state.aces, side) }
    case 'doubleFault':
      return { ...won, doubleFaults: plus(state.doubleFaults, other(side)) }
  }
  return won
}

/**
 * A play written down when its set was over. A point of it no longer changes any game, and is counted as a point; a game stands in its
 * column where the set can have ended so. To change who won what, a play takes its place among the others with `before`.
 */
function reduceLate(state: State, play: LoggedPlay, side: Side, rules: Rules): Step<State> | Refusal {
  const warnings = ['set-over']
  const isPenalty = play.kind === 'violation'
  const gains = isPenalty ? other(side) : side
  if (play.kind === 'point' || (isPenalty && play.data?.penalty === 'point')) return { state: countPoint(state, play, gains), warnings }
  if (play.kind === 'server') return { state, warnings }
  const named = play.period as number
  const line = plus(state.sets[named - 1] as SetLine, gains)
  const { home, away } = line
  return stepTo(reduceSet(state, { ...play, kind: 'setScore', data: { home, away, tiebreak: play.data?.tiebreak } }, rules), warnings)
}

/** The first server of a tie-break is worked back from the one who serves now. */
function reduceServer(state: State, side: Side, rules: Rules): State {
  const format = currentFormat(state, rules)
  if (!isTieBreak(currentSet(state), format)) return { ...state, server: side }
  return { ...state, server: tieBreakServer('home', state.points, format, rules) === side ? 'home' : 'away' }
}

function seated(state: State, { playerId }: LoggedPlay, side: Side, rules: Rules): State {
  return playerId === undefined ? state : { ...state, pairs: seat(state.pairs, side, playerId, turnNow(state, rules)) }
}

interface SetData {
  home?: number
  away?: number
  tiebreak?: number
}

/** A set's score said outright: the set under way or the next one, or one that is over and was written down wrongly. */
function reduceSet(state: State, play: LoggedPlay, rules: Rules): State | Refusal {
  const n = state.sets.length
  const isFinished = currentSet(state).winner !== undefined
  const named = play.period ?? (isFinished ? n + 1 : n)
  if (named > n) {
    const opened = openSet(state, play, rules)
    return 'refuse' in opened ? opened : reduceSet(opened, { ...play, period: named }, rules)
  }
  const read = readSet(state, play, named, rules)
  if ('refuse' in read) return read
  const sets = state.sets.map((set, i) => (i === named - 1 ? read.line : set))
  if (named < n) {
    if (!read.line.winner) return refuse(`Set ${named} is over: give its whole score.`, 'data')
    if (isDecided(sets.slice(0, -1), rules)) return refuse(`With that score the match would have ended before set ${n}.`, 'data')
    return { ...state, sets }
  }
  const isOddJump = (sum(read.line) - sum(currentSet(state))) % 2 !== 0
  const pairs = read.line.winner ? unsure(state.pairs) : state.pairs
  return { ...state, sets, points: read.points, server: state.server && isOddJump ? other(state.server) : state.server, pairs }
}

/** What a `setScore` or `setWon` play says of its set. In a match tie-break home and away are its points, unless `tiebreak` is given beside 1–0. */
function readSet(state: State, play: LoggedPlay, named: number, rules: Rules): { line: SetLine; points: Score } | Refusal {
  const { home, away, tiebreak } = (play.data ?? {}) as SetData
  const format = formatOf(named, rules)
  const claimed = play.kind === 'setWon' ? play.side : undefined
  if ((home === undefined) !== (away === undefined)) return refuse('Give both sides, or neither.', 'data')
  if (home === undefined || away === undefined)
    return claimed ? asItStands(state, claimed, named, format) : refuse('Give the score.', 'data')
  const score: Score = { home, away }
  if (claimed && leader(score) !== claimed) return refuse('The side that won the set has to be ahead.', 'data')
  if (format.isMatchTieBreak && tiebreak === undefined) return readMatchTieBreak(score, claimed, format, rules)
  const winner = setWinner(score, format)
  if (!claimed && !isReachable(score, format)) return refuse(`${home}–${away} is not the score of a set under these rules.`, 'data')
  if (!winner && !claimed) {
    if (tiebreak !== undefined) return refuse('The tie-break is over only with the set.', 'data.tiebreak')
    return { line: score, points: NIL }
  }
  const won = (winner ?? claimed) as Side
  const isByTieBreak = format.isMatchTieBreak || Math.abs(home - away) === 1
  if (tiebreak !== undefined && !isByTieBreak) return refuse('There was no tie-break in this set.', 'data.tiebreak')
  const points = tiebreak === undefined ? undefined : tieBreakScore(won, tiebreak, format, rules)
  if (points === null) return refuse('The loser of the tie-break cannot have that many points.', 'data.tiebreak')
  return { line: { ...score, ...(points ? { tiebreak: points } : {}), winner: won }, points: NIL }
}

function readMatchTieBreak(
  points: Score,
  claimed: Side | undefined,
  format: SetFormat,
  rules: Rules,
): { line: SetLine; points: Score } | Refusal {
  const won = tieBreakWinner(points, format, rules) ?? claimed
  if (!won) return { line: { ...NIL }, points }
  const loser = points[other(won)]
  const isOverrun = !claimed && points[won] > Math.max(format.tieBreakTo, loser + rules.tieBreakMargin)
  if (isOverrun) return refuse(`${points.home}–${points.away} is not the score of a match tie-break under these rules.`, 'data')
  return { line: { ...plus(NIL, won), tiebreak: points, winner: won }, points: NIL }
}

/** A set given to a side as it stands: cut off by time, or kept by sets alone, when it reads 1–0. */
function asItStands(state: State, side: Side, named: number, format: SetFormat): { line: SetLine; points: Score } | Refusal {
  if (named !== state.sets.length || currentSet(state).winner) return refuse(`Give the score of set ${named}.`, 'data')
  const { home, away } = currentSet(state)
  const counted = format.isMatchTieBreak ? state.points : { home, away }
  if (sum(counted) > 0 && leader(counted) !== side) return refuse('That side is not ahead: give the score of the set.', 'data')
  if (sum(counted) === 0) return { line: { ...plus(NIL, side), winner: side }, points: NIL }
  if (format.isMatchTieBreak) return { line: { ...plus(NIL, side), tiebreak: counted, winner: side }, points: NIL }
  return { line: { home, away, winner: side }, points: NIL }
}

/** Whether play can pass through this score, won or not. */
function isReachable(score: Score, format: SetFormat): boolean {
  const [most, least] = [Math.max(score.home, score.away), Math.min(score.home, score.away)]
  if (format.isMatchTieBreak) return most <= 1 && least === 0
  const at = format.tieBreakAt
  if (at !== null && least >= at) return least === at && most <= at + 1
  return most <= format.games || (most - least <= 2 && (at === null || most <= at + 1))
}

/** A tie-break by its loser's points, as in 7–6 (4). */
function tieBreakScore(winner: Side, loser: number, format: SetFormat, rules: Rules): Score | null {
  const most = Math.max(format.tieBreakTo, loser + rules.tieBreakMargin)
  const points = { [winner]: most, [other(winner)]: loser } as unknown as Score
  return rules.tieBreakMargin === 1 && loser >= format.tieBreakTo ? null : points
}

export function reduce(state: State, play: LoggedPlay, context: Context<Rules>): Step<State> | Refusal {
  return withPairs(reduceOwn(state, play, context), play, {
    isOther: ERRORS.has(play.data?.how),
    servedBy: () => (context.late ? undefined : servedBy(state, play, context.rules)),
  })
}
/** The side is the one that such a point credits. */
const ERRORS: ReadonlySet<unknown> = new Set(['doubleFault', 'error', 'forcedError'])

/** Who served an ace or a fault that names nobody. */
function servedBy(state: State, { kind, data = {} }: LoggedPlay, rules: Rules): string | undefined {
  const isService = kind === 'fault' || (kind === 'point' && (data.how === 'ace' || data.how === 'doubleFault'))
  return isService ? serverId(state, rules) : undefined
}

function reduceOwn(state: State, play: LoggedPlay, { rules, late }: Context<Rules>): Step<State> | Refusal {
  const { side } = play
  if (play.kind === 'setScore') return stepTo(reduceSet(state, play, rules))
  if (play.kind === 'let') return { state }
  if (play.kind === 'fault') return late ? refuse('That set is over.', 'period') : stepTo(reduceFault(state, play, rules))
  if (!side) return refuse('Say which side.', 'side')
  if (play.kind === 'timeout') return { state }
  if (play.kind === 'violation') return violate(state, play, side, rules, late)
  if (play.kind === 'setWon') return stepTo(reduceSet(state, play, rules))
  if (late) return reduceLate(state, play, side, rules)
  if (play.kind === 'server') return { state: seated(reduceServer(state, side, rules), play, side, rules) }
  const open = openSet(state, play, rules)
  if ('refuse' in open) return open
  switch (play.kind) {
    case 'point':
      return { state: winPoint(countPoint(open, play, side), side, rules) }
    case 'gameWon':
      return stepTo(reduceGame(open, play, side, rules))
  }
  return refuse(`Tennis has no play of kind "${play.kind}".`, 'kind')
}
const stepTo = (state: State | Refusal, warnings?: string[]): Step<State> | Refusal =>
  'refuse' in state ? state : { state, ...(warnings ? { warnings } : {}) }

/** Rules 18 and 19: the second fault in a row loses the point. */
function reduceFault(state: State, play: LoggedPlay, rules: Rules): State | Refusal {
  const open = openSet(state, play, rules)
  if ('refuse' in open) return open
  const known = serverNow(open, rules)
  const server = known ?? play.side
  if (!server) return refuse('Say who serves first.', 'side')
  if (play.side && play.side !== server) return refuse('The other side serves.', 'side')
  const served = known ? open : reduceServer(open, server, rules)
  if (!open.fault) return { ...served, fault: true }
  return winPoint(countPoint(served, DOUBLE_FAULT, other(server)), other(server), rules)
}
const DOUBLE_FAULT = { data: { how: 'doubleFault' } }

/** Code violations: warning, point, game, default; a time violation of the server costs a serve. */
function violate(state: State, play: LoggedPlay, side: Side, rules: Rules, late: boolean): Step<State> | Refusal {
  const penalty = play.data?.penalty ?? 'warning'
  const noted = play.data?.code === 'time' ? state : { ...state, violations: plus(state.violations, side) }
  if (penalty === 'warning') return { state: noted }
  if (penalty === 'default') return { state: { ...noted, defaulted: side } }
  if (late) return penalty === 'fault' ? refuse('That set is over.', 'period') : reduceLate(noted, play, side, rules)
  if (penalty === 'fault') return stepTo(reduceFault(noted, play, rules))
  const open = openSet(noted, play, rules)
  return 'refuse' in open ? open : { state: reducePenalty(open, play, other(side), rules) }
}

const reducePenalty = (state: State, play: LoggedPlay, gains: Side, rules: Rules): State =>
  play.data?.penalty === 'game' ? winGame(state, gains, rules) : winPoint(countPoint(state, play, gains), gains, rules)

function reduceGame(state: State, play: LoggedPlay, side: Side, rules: Rules): State | Refusal {
  const loser = play.data?.tiebreak
  if (typeof loser !== 'number') return winGame(state, side, rules)
  const format = currentFormat(state, rules)
  if (!isTieBreak(currentSet(state), format)) return refuse('No tie-break is under way.', 'data.tiebreak')
  const points = tieBreakScore(side, loser, format, rules)
  return points ? winGame(state, side, rules, points) : refuse('The loser of the tie-break cannot have that many points.', 'data.tiebreak')
}

export function onPeriod(state: State, edge: 'start' | 'end', play: LoggedPlay, { rules, late }: Context<Rules>): Step<State> | Refusal {
  const isFinished = currentSet(state).winner !== undefined
  const n = state.sets.length
  const named = play.period ?? n
  if (late || (edge === 'start' && isFinished && play.period === n)) return refuse(`Set ${named} is over.`, 'period')
  if (edge === 'start') return stepTo(openSet(state, play, rules))
  return isFinished && named === n ? { state } : refuse(`Set ${named} is not over.`, 'period')
}

const CALLS = ['0', '15', '30', '40']

export function pointsShown(state: State, rules: Rules): { home: string; away: string } {
  const { home, away } = state.points
  if (isTieBreak(currentSet(state), currentFormat(state, rules))) return { home: String(home), away: String(away) }
  if (home < 4 && away < 4) return { home: CALLS[home] ?? '40', away: CALLS[away] ?? '40' }
  return { home: home > away ? 'AD' : '40', away: away > home ? 'AD' : '40' }
}

type Chance = Side | 'both' | null
interface Chances {
  breakPoint: Side | null
  setPoint: Chance
  matchPoint: Chance
}

/** What the next point may win, found by playing it for either side. */
export function chancesOf(state: State, rules: Rules): Chances {
  const chances: Chances = { breakPoint: null, setPoint: null, matchPoint: null }
  if (currentSet(state).winner) return chances
  const isGame = !isTieBreak(currentSet(state), currentFormat(state, rules))
  const add = (so: Chance, side: Side): Chance => (so ? 'both' : side)
  for (const side of ['home', 'away'] as const) {
    const next = winPoint(state, side, rules)
    const isWon = currentSet(next).winner !== undefined
    if (isGame && state.server === other(side) && sum(next.points) === 0) chances.breakPoint = side
    if (isWon) chances.setPoint = add(chances.setPoint, side)
    if (isWon && isDecided(next.sets, rules)) chances.matchPoint = add(chances.matchPoint, side)
  }
  return chances
}

/** Rule 10: after odd games, after a set of an odd number of games, and every six points of a tie-break (FAST4: once, after four). */
function isChangeOfEnds(state: State, rules: Rules): boolean {
  const set = currentSet(state)
  if (set.winner) return !isDecided(state.sets, rules) && sum(set) % 2 === 1
  const played = sum(state.points)
  if (played === 0) return sum(set) % 2 === 1
  if (!isTieBreak(set, currentFormat(state, rules))) return false
  return rules.tieBreakOrder === '2-2' ? played === 4 : played % 6 === 0
}

export function endOf(state: State, rules: Rules): { how: How; winner: Winner } | null {
  if (state.defaulted) return { how: 'disqualified', winner: other(state.defaulted) }
  return isDecided(state.sets, rules) ? { how: 'regulation', winner: leader(setsWon(state.sets)) ?? 'draw' } : null
}

/** The facts a reader of `detail` may count on. */
export interface TennisDetail extends Chances, ServiceDetail {
  points: { home: string; away: string }
  games: Score
  server: Side | null
  tiebreak: boolean
  setNumber: number
  changeEnds: boolean
  fault: boolean
  violations: Score
  stats: Record<Side, { points: number; aces: number; doubleFaults: number }>
}

export function detailOf(state: State, rules: Rules): TennisDetail {
  const set = currentSet(state)
  const isOver = endOf(state, rules) !== null
  const stats = (side: Side) => ({ points: state.won[side], aces: state.aces[side], doubleFaults: state.doubleFaults[side] })
  return {
    points: pointsShown(state, rules),
    games: { home: set.home, away: set.away },
    server: isOver ? null : serverNow(state, rules),
    tiebreak: isTieBreak(set, currentFormat(state, rules)),
    ...chancesOf(state, rules),
    setNumber: state.sets.length,
    changeEnds: isChangeOfEnds(state, rules),
    fault: state.fault,
    violations: state.violations,
    stats: { home: stats('home'), away: stats('away') },
    ...serviceOf(state.pairs, isOver ? null : serverNow(state, rules), { server: turnNow(state, rules) }),
  }
}
