import type { Score } from '../game.ts'
import { type LoggedPlay, other, type Side } from '../play.ts'
import { type Context, defineSport, type Refusal, type RulePack, refuse, type Step } from '../sport.ts'

/**
 * Tennis: points make service games, games make sets, sets the match. Rule numbers are those of the ITF Rules of Tennis; "appendix" is its
 * appendix of alternative procedures and scoring methods.
 *
 * `detail`: `{points: {home, away}, games: {home, away}, server, tiebreak, breakPoint, setPoint, matchPoint, setNumber, changeEnds, stats}`.
 * Points are strings as on a scoreboard (`0 15 30 40 AD`, counted in a tie-break); `server` serves the next point, null while nobody said who
 * began; `breakPoint` is the side that has one, `setPoint` and `matchPoint` too, or `both` at a deciding point; `changeEnds` asks the players
 * to change now; `stats` counts points won, aces and double faults by side.
 */
interface Rules {
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

interface SetLine {
  home: number
  away: number
  /** Of a tie-break that is over. */
  tiebreak?: Score
  winner?: Side
}

interface State {
  /** The sets begun. The last one is under way unless it has a winner: the next begins with its first play, so that a break has a set. */
  sets: SetLine[]
  /** In the game or tie-break under way. */
  points: Score
  /** Who serves this game, or the next one; in a tie-break who served its first point. */
  server: Side | null
  won: Score
  aces: Score
  doubleFaults: Score
}

interface SetFormat {
  games: number
  /** Null: played until two games ahead. */
  tieBreakAt: number | null
  tieBreakTo: number
  /** The whole set is one tie-break. */
  isMatchTieBreak: boolean
}

const NIL: Score = { home: 0, away: 0 }
const plus = (score: Score, side: Side): Score => ({ ...score, [side]: score[side] + 1 })
const sum = (score: Score) => score.home + score.away
const leader = (score: Score): Side | null => (score.home === score.away ? null : score.home > score.away ? 'home' : 'away')

function formatOf(set: number, rules: Rules): SetFormat {
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

const currentSet = (state: State) => state.sets[state.sets.length - 1] as SetLine
const currentFormat = (state: State, rules: Rules) => formatOf(state.sets.length, rules)

function isTieBreak(set: SetLine, format: SetFormat): boolean {
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

/** Rule 5a; without advantage (appendix) the point at 40–40 decides. */
function gameWinner(points: Score, rules: Rules): Side | null {
  const ahead = leader(points)
  if (!ahead || points[ahead] < 4) return null
  return rules.noAd || points[ahead] - points[other(ahead)] >= 2 ? ahead : null
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

const setsWon = (sets: readonly SetLine[]): Score => ({
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
  const n = sum(points)
  if (rules.tieBreakOrder === '1-2-2') return Math.ceil(n / 2) % 2 === 0 ? first : other(first)
  const isDecider = rules.tieBreakMargin === 1 && n === 2 * (format.tieBreakTo - 1)
  return Math.floor((isDecider ? n - 1 : n) / 2) % 2 === 0 ? first : other(first)
}

function serverNow(state: State, rules: Rules): Side | null {
  const format = currentFormat(state, rules)
  if (!state.server || !isTieBreak(currentSet(state), format)) return state.server
  return tieBreakServer(state.server, state.points, format, rules)
}

function winPoint(state: State, side: Side, rules: Rules): State {
  const points = plus(state.points, side)
  const after = { ...state, points }
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
  return { ...state, sets, points: NIL, server: state.server && other(state.server) }
}

/** The state with a set under way to which the play belongs. Between sets the one just over is still the current one: naming it is naming none. */
function openSet(state: State, play: LoggedPlay, rules: Rules): State | Refusal {
  const n = state.sets.length
  const isFinished = currentSet(state).winner !== undefined
  const named = play.period ?? n
  if (!isFinished) return named === n ? state : refuse(`Set ${n} is not over.`, 'period')
  if (isDecided(state.sets, rules)) return refuse('The match is over.')
  return { ...state, sets: [...state.sets, { ...NIL }], points: NIL }
}

function countPoint(state: State, play: LoggedPlay, side: Side): State {
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
  return { ...state, sets, points: read.points, server: state.server && isOddJump ? other(state.server) : state.server }
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

function reduce(state: State, play: LoggedPlay, { rules, late }: Context<Rules>): Step<State> | Refusal {
  const { side } = play
  if (play.kind === 'setScore') return stepTo(reduceSet(state, play, rules))
  if (!side) return refuse('Say which side.', 'side')
  if (play.kind === 'timeout' || (play.kind === 'violation' && (play.data?.penalty ?? 'warning') === 'warning')) return { state }
  if (play.kind === 'setWon') return stepTo(reduceSet(state, play, rules))
  if (late) return reduceLate(state, play, side, rules)
  if (play.kind === 'server') return { state: reduceServer(state, side, rules) }
  const open = openSet(state, play, rules)
  if ('refuse' in open) return open
  switch (play.kind) {
    case 'point':
      return { state: winPoint(countPoint(open, play, side), side, rules) }
    case 'gameWon':
      return stepTo(reduceGame(open, play, side, rules))
    case 'violation':
      return { state: reducePenalty(open, play, other(side), rules) }
  }
  return refuse(`Tennis has no play of kind "${play.kind}".`, 'kind')
}
const stepTo = (state: State | Refusal, warnings?: string[]): Step<State> | Refusal =>
  'refuse' in state ? state : { state, ...(warnings ? { warnings } : {}) }

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

function onPeriod(state: State, edge: 'start' | 'end', play: LoggedPlay, { rules, late }: Context<Rules>): Step<State> | Refusal {
  const isFinished = currentSet(state).winner !== undefined
  const n = state.sets.length
  const named = play.period ?? n
  if (late || (edge === 'start' && isFinished && play.period === n)) return refuse(`Set ${named} is over.`, 'period')
  if (edge === 'start') return stepTo(openSet(state, play, rules))
  return isFinished && named === n ? { state } : refuse(`Set ${named} is not over.`, 'period')
}

const CALLS = ['0', '15', '30', '40']

function pointsShown(state: State, rules: Rules): { home: string; away: string } {
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
function chancesOf(state: State, rules: Rules): Chances {
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

/** The facts a reader of `detail` may count on. */
interface TennisDetail extends Chances {
  points: { home: string; away: string }
  games: Score
  server: Side | null
  tiebreak: boolean
  setNumber: number
  changeEnds: boolean
  stats: Record<Side, { points: number; aces: number; doubleFaults: number }>
}

function detailOf(state: State, rules: Rules): TennisDetail {
  const set = currentSet(state)
  const isOver = isDecided(state.sets, rules)
  const stats = (side: Side) => ({ points: state.won[side], aces: state.aces[side], doubleFaults: state.doubleFaults[side] })
  return {
    points: pointsShown(state, rules),
    games: { home: set.home, away: set.away },
    server: isOver ? null : serverNow(state, rules),
    tiebreak: isTieBreak(set, currentFormat(state, rules)),
    ...chancesOf(state, rules),
    setNumber: state.sets.length,
    changeEnds: isChangeOfEnds(state, rules),
    stats: { home: stats('home'), away: stats('away') },
  }
}

const TOUR: Rules = {
  bestOf: 3,
  gamesPerSet: 6,
  tieBreakAt: 6,
  tieBreakPoints: 7,
  tieBreakMargin: 2,
  tieBreakOrder: '1-2-2',
  finalSet: 'same',
  noAd: false,
}
const pack = (id: string, name: string, from: string, source: string, change: Partial<Rules>): RulePack<Rules> => ({
  id,
  name,
  version: '1',
  from,
  source,
  values: { ...TOUR, ...change },
})

const SLAMS = 'Grand Slam Board, 16 March 2022: ten-point tie-break at 6–6 in the final set, from Roland-Garros 2022'
const PLAYED_OUT = 'ITF Rules of Tennis, rule 6a; Australian Open and Wimbledon until 2018, Roland-Garros until 2021'
const WIMBLEDON = 'Wimbledon 2019 to 2021: seven-point tie-break at 12–12 in the final set'
const MATCH_TIE_BREAK = 'ITF Rules of Tennis, appendix: match tie-break (10 points)'
const FAST4 = 'ITF Rules of Tennis 2017, appendix, FAST4: four games, at 3–3 a tie-break to five with a decider at 4–4, no-ad'

const PACKS: readonly RulePack<Rules>[] = [
  { ...pack('tour', 'Best of three', '1970-01-01', 'ITF Rules of Tennis, rules 5–7; singles of ATP and WTA', {}), isDefault: true },
  pack('tour-doubles', 'Doubles, no-ad and match tie-break', '2006-01-01', `${MATCH_TIE_BREAK}, no-ad; doubles of ATP and WTA`, {
    finalSet: 'mtb10',
    noAd: true,
  }),
  pack('club', 'Match tie-break in place of the third set', '2006-01-01', MATCH_TIE_BREAK, { finalSet: 'mtb10' }),
  pack('slam-men', 'Grand Slam, best of five', '2022-05-22', SLAMS, { bestOf: 5, finalSet: 'tb10@6' }),
  pack('slam-women', 'Grand Slam, best of three', '2022-05-22', SLAMS, { finalSet: 'tb10@6' }),
  pack('slam-men-advantage', 'Best of five, last set played out', '1970-01-01', PLAYED_OUT, { bestOf: 5, finalSet: 'advantage' }),
  pack('slam-women-advantage', 'Best of three, last set played out', '1970-01-01', PLAYED_OUT, { finalSet: 'advantage' }),
  pack('us-open-men', 'US Open until 2021, best of five', '1970-09-02', 'US Open 1970 to 2021: tie-break in every set', { bestOf: 5 }),
  pack('wimbledon-men-2019', 'Wimbledon 2019–2021, best of five', '2019-07-01', WIMBLEDON, { bestOf: 5, finalSet: 'tb7@12' }),
  pack('wimbledon-women-2019', 'Wimbledon 2019–2021, best of three', '2019-07-01', WIMBLEDON, { finalSet: 'tb7@12' }),
  pack('fast4', 'FAST4', '2016-01-01', FAST4, {
    gamesPerSet: 4,
    tieBreakAt: 3,
    tieBreakPoints: 5,
    tieBreakMargin: 1,
    tieBreakOrder: '2-2',
    noAd: true,
  }),
  pack('pro-set', 'Pro set to eight', '1970-01-01', 'College and club practice: eight games by two, tie-break at 8–8', {
    bestOf: 1,
    gamesPerSet: 8,
    tieBreakAt: 8,
  }),
]

const GAMES = { type: 'int', min: 0, max: 99, optional: true } as const
const SET_DATA = {
  home: { ...GAMES, label: 'Home' },
  away: { ...GAMES, label: 'Away' },
  tiebreak: { ...GAMES, label: "Loser's tie-break points" },
} as const

export const sport = defineSport<State, Rules>({
  id: 'tennis',
  name: 'Tennis',
  version: 1,
  labels: {
    game: 'Match',
    period: 'Set',
    periods: 'Sets',
    unit: 'set',
    units: 'sets',
    byPeriod: 'By set',
    player: 'Player',
    inColumns: 'games',
    endings: { disqualified: { second: 'defaulted' } },
    mark: 'serving',
    tablePoints: { win: 1, draw: 0, loss: 0 },
  },
  endsItself: true,
  timed: null,
  packs: PACKS,
  ruleFields: {
    bestOf: { type: 'int', min: 1, max: 5, label: 'Best of how many sets' },
    gamesPerSet: { type: 'int', min: 1, max: 12, label: 'Games to win a set' },
    tieBreakAt: { type: 'int', min: 0, max: 24, label: 'Tie-break at how many games all (0: never)' },
    tieBreakPoints: { type: 'int', min: 3, max: 21, label: 'Points to win a tie-break' },
    tieBreakMargin: { type: 'int', min: 1, max: 2, label: 'Points ahead to win a tie-break' },
    tieBreakOrder: {
      type: 'choice',
      options: ['1-2-2', '2-2'],
      labels: { '1-2-2': 'One, then two each', '2-2': 'Two each' },
      label: 'Serves in a tie-break',
    },
    finalSet: {
      type: 'choice',
      options: ['same', 'advantage', 'tb7@6', 'tb10@6', 'tb7@12', 'mtb7', 'mtb10'],
      labels: {
        same: 'Like the others',
        advantage: 'Played out',
        'tb7@6': 'Tie-break to 7 at 6–6',
        'tb10@6': 'Tie-break to 10 at 6–6',
        'tb7@12': 'Tie-break to 7 at 12–12',
        mtb7: 'Match tie-break to 7',
        mtb10: 'Match tie-break to 10',
      },
      label: 'Final set',
    },
    noAd: { type: 'flag', label: 'No advantage: one point decides at 40–40' },
  },
  kinds: {
    point: {
      label: 'Point',
      side: 'required',
      player: true,
      scoring: true,
      data: { how: { type: 'choice', options: ['ace', 'doubleFault', 'winner', 'error'], label: 'How', optional: true } },
    },
    gameWon: {
      label: 'Game won',
      side: 'required',
      scoring: true,
      data: { tiebreak: { ...GAMES, label: "Loser's tie-break points" } },
    },
    setWon: { label: 'Set won', side: 'required', scoring: true, data: SET_DATA },
    setScore: { label: 'Set score', side: 'none', scoring: true, data: SET_DATA },
    server: { label: 'Server', side: 'required', player: true },
    violation: {
      label: 'Code violation',
      side: 'required',
      player: true,
      scoring: true,
      data: {
        penalty: {
          type: 'choice',
          options: ['warning', 'point', 'game'],
          labels: { warning: 'Warning', point: 'Point penalty', game: 'Game penalty' },
          label: 'Penalty',
          default: 'warning',
          optional: true,
        },
      },
    },
    timeout: {
      label: 'Time-out',
      side: 'required',
      player: true,
      data: { why: { type: 'choice', options: ['medical', 'toilet', 'equipment'], label: 'Why', default: 'medical', optional: true } },
    },
  },
  initial: () => ({ sets: [{ ...NIL }], points: NIL, server: null, won: NIL, aces: NIL, doubleFaults: NIL }),
  reduce,
  onPeriod,
  score: state => setsWon(state.sets),
  columns: (state, rules) =>
    state.sets.map(({ home, away, tiebreak }, i) => {
      const isLast = i === state.sets.length - 1
      const played = tiebreak ?? (isLast && isTieBreak(currentSet(state), currentFormat(state, rules)) ? state.points : undefined)
      return { label: String(i + 1), home, away, ...(played ? { tiebreak: played } : {}) }
    }),
  period: (state, rules) => {
    const number = state.sets.length
    const isMatchTieBreak = formatOf(number, rules).isMatchTieBreak
    return isMatchTieBreak ? { number, kind: 'match-tiebreak', label: 'Match tie-break' } : { number, kind: 'set', label: `Set ${number}` }
  },
  end: (state, rules) => (isDecided(state.sets, rules) ? { how: 'regulation', winner: leader(setsWon(state.sets)) ?? 'draw' } : null),
  winner: state => leader(setsWon(state.sets)) ?? 'draw',
  detail: (state, rules) => ({ ...detailOf(state, rules) }),
  margin: state => state.won.home - state.won.away,
  chart: 'lead',
  showColumns: true,
  actions: () => [
    { id: 'point', kind: 'point', label: 'Point', size: 3, key: { home: 's', away: 'k' }, ask: ['how'], insteadOf: ['ace', 'doubleFault'] },
    { id: 'ace', kind: 'point', label: 'Ace', size: 2, key: { home: 'd', away: 'l' }, data: { how: 'ace' }, insteadOf: ['point'] },
    {
      id: 'doubleFault',
      kind: 'point',
      label: 'Double fault',
      hint: 'point to the other side',
      size: 2,
      key: { home: 'a', away: 'j' },
      data: { how: 'doubleFault' },
      creditsOther: true,
      insteadOf: ['point'],
    },
    { id: 'server', kind: 'server', label: 'Serves', hint: 'fix the server', size: 1, key: { home: 'q', away: 'p' } },
    {
      id: 'gameWon',
      kind: 'gameWon',
      label: 'Game',
      hint: 'without points',
      size: 1,
      key: { home: 'z', away: 'm' },
      asks: 'Give {side} the game as it stands, {call}?',
    },
    {
      id: 'setWon',
      kind: 'setWon',
      label: 'Set',
      hint: 'without games',
      size: 1,
      key: { home: 'x', away: 'n' },
      asks: 'Give {side} the set as it stands, {column}?',
      ask: ['home', 'away', 'tiebreak'],
    },
    { id: 'violation', kind: 'violation', label: 'Code violation', size: 1, key: { home: 'w', away: 'o' }, ask: ['penalty'] },
    { id: 'timeout', kind: 'timeout', label: 'Time-out', hint: 'medical', size: 1, key: { home: 'e', away: 'i' }, ask: ['why'] },
  ],
  opening: detail => ((detail as unknown as TennisDetail).server === null ? { ask: 'Who serves first?', action: 'server' } : null),
  describe: play => {
    const data = play.data ?? {}
    const variant = { point: data.how, violation: data.penalty ?? 'warning', timeout: data.why ?? 'medical' }[play.kind]
    const hasScore = typeof data.home === 'number' && typeof data.away === 'number'
    const key = variant ? `${play.kind}.${variant}` : play.kind === 'setWon' && hasScore ? 'setWon.score' : play.kind
    return hasScore ? { key, values: { home: data.home as number, away: data.away as number } } : { key }
  },
  words: {
    point: 'Point {side}',
    'point.by': 'Point {side}, {player}',
    'point.ace': 'Ace by {side}',
    'point.ace.by': 'Ace by {player}',
    'point.doubleFault': 'Double fault, point {side}',
    'point.doubleFault.by': 'Double fault by {player}, point {side}',
    'point.winner': 'Winner by {side}',
    'point.winner.by': 'Winner by {player}',
    'point.error': 'Error, point {side}',
    'point.error.by': 'Error by {player}, point {side}',
    gameWon: 'Game {side}',
    setWon: 'Set {side}',
    'setWon.score': 'Set {side}, {home}–{away}',
    setScore: 'Set score {home}–{away}',
    server: '{side} to serve',
    'server.by': '{player} to serve',
    'violation.warning': 'Code violation, warning {side}',
    'violation.warning.by': 'Code violation, warning {player}',
    'violation.point': 'Code violation, point penalty against {side}',
    'violation.point.by': 'Code violation, point penalty against {player}',
    'violation.game': 'Code violation, game penalty against {side}',
    'violation.game.by': 'Code violation, game penalty against {player}',
    'timeout.medical': 'Medical time-out, {side}',
    'timeout.medical.by': 'Medical time-out, {player}',
    'timeout.toilet': 'Toilet break, {side}',
    'timeout.toilet.by': 'Toilet break, {player}',
    'timeout.equipment': 'Change of equipment, {side}',
    'timeout.equipment.by': 'Change of equipment, {player}',
  },
  warnings: { 'set-over': 'That set was over.' },
  glance: ({ detail, status, period }) => {
    const { points, tiebreak, server, breakPoint, setPoint, matchPoint } = detail as unknown as TennisDetail
    if (status !== 'live' && status !== 'suspended') return {}
    const chance = matchPoint ? ', match point' : setPoint ? ', set point' : breakPoint ? ', break point' : ''
    const prefix = tiebreak && period?.kind !== 'match-tiebreak' ? 'Tie-break ' : ''
    return { middle: `${prefix}${points.home}–${points.away}${chance}`, mark: server }
  },
})
