import type { Column, Detail, How, PeriodView, Score, Winner } from '../game.ts'
import { type LoggedPlay, other, SIDES, type Side } from '../play.ts'
import { type Context, type Kind, type Refusal, refuse, type Step } from '../sport.ts'
import {
  dueWho,
  idOf,
  type Pairs,
  personAt,
  type ServiceDetail,
  seat,
  serviceOf,
  type Turn,
  type Turns,
  unsure,
  withPairs,
} from './rally-pairs.ts'
import { LEVEL, leader, plus } from './timed.ts'

/** What all games won by points agree on in numbers; a sport adds its own. */
export interface RallyRules {
  bestOf: number
  /** All sets are played, also once the match is won. */
  playAll: boolean
  pointsPerSet: number
  /** Points of the last possible set. */
  finalPoints: number
  winBy: number
  /** The point that wins a set whatever the lead, 0 for none; in the last set `finalCap`. */
  cap: number
  finalCap: number
  /** For each side, in a set or in the match as the sport has it. */
  timeouts: number
  timeoutSeconds: number
  /** Sets to the winner of a match that was not played. */
  forfeitScore: number
}

interface SetLine extends Score {
  winner?: Side
}

/** What is known of a match. A sport adds its own, all of it plain and bounded. */
export interface RallyState {
  /** The sets begun. The last one is under way unless it has a winner: the next begins with its first play, so that a break has a set. */
  sets: readonly SetLine[]
  /** Who serves the next rally, null while nobody said; once a set is over, who begins the next one. */
  server: Side | null
  /** Who served first in the set under way. */
  first: Side | null
  /** Whom the last rally brought a point: ends change when a score is reached, not for as long as it stands. */
  last: Side | null
  /** Taken in this set, or in the match. */
  timeouts: Score
  /** Who of each side serves when; null while nobody was named for it. */
  pairs: Pairs | null
}
export const RALLY_STATE: RallyState = { sets: [{ ...LEVEL }], server: null, first: null, last: null, timeouts: LEVEL, pairs: null }

/** What the plays of one sport do, beyond what they do in all of them. */
export interface Book<S extends RallyState, V extends RallyRules> {
  /** What its sets are called. */
  unit: 'set' | 'game'
  kinds: Readonly<Record<string, Kind>>
  initial(rules: V): S
  /** What begins anew with a set, its first server known or not. */
  fresh(state: S, rules: V): Partial<S>
  /** Who serves first in the next set; null where that is tossed or chosen. */
  next(over: { first: Side | null; winner: Side; number: number }, rules: V): Side | null
  /** Points that a play brings its side; 0 for plays that bring none, whatever else they do. */
  worth(state: S, play: LoggedPlay, rules: V): number
  /**
   * Who serves after a rally won, and whether it scores. Unless given, it does, and its winner serves.
   *
   * @param wins whether a point would win the set
   * @param play what brought it; nothing when it is only asked what a rally would do
   */
  rally?(state: S, side: Side, rules: V, wins: boolean, play?: LoggedPlay): { state: S; scores: boolean }
  /** Kinds of `worth` 0 that may move the score nonetheless. */
  rallies?: readonly string[]
  /** Who serves now, where it follows from the points. */
  serverNow?(state: S, rules: V): Side | null
  /** Whose turn it is within the pairs, where it follows from the plays; the order is said anew for each set. */
  turns?(state: S, rules: V): Turns | null
  /** Whether that still holds after a score was said outright. */
  keepsOrder?(state: S, rules: V): boolean
  /** Who of the side serves, where a line-up tells. */
  serverId?(state: S, side: Side): string | undefined
  /** What is remembered of the order of a set that is over. */
  ended?(state: S): Partial<S>
  /** Which of the other side begins to receive, now that it was said who of this one begins to serve; null where that is chosen. */
  receiverOf?(state: S, side: Side): Turn | null
  /** Kinds that concern the whole match: they count whichever set they name. */
  ofMatch?: readonly string[]
  /** What a play does beside the points: cards, substitutions, an order of service. */
  note?(state: S, play: LoggedPlay, side: Side | undefined, rules: V): Step<S> | Refusal
  /** Whether the sides change ends now. */
  ends(state: S, rules: V): boolean
  /** What interrupts the set now by the rules: `Interval`. */
  pause?(state: S, rules: V): string | null
  detail?(state: S, rules: V): Detail
}

/** The service as a way to win or lose a point. */
const SERVICES: ReadonlySet<unknown> = new Set(['ace', 'serve'])

interface SetFormat {
  to: number
  cap: number
  by: number
}

export const currentSet = (state: RallyState) => state.sets[state.sets.length - 1] as SetLine
export const played = (state: RallyState) => currentSet(state).home + currentSet(state).away
/** The last set there can be; a match of one has only that, played as an ordinary one. */
export const isFinalSet = (state: RallyState, rules: RallyRules) => state.sets.length === rules.bestOf

function formatOf(n: number, rules: RallyRules): SetFormat {
  const isFinal = n === rules.bestOf && rules.bestOf > 1
  return isFinal
    ? { to: rules.finalPoints, cap: rules.finalCap, by: rules.winBy }
    : { to: rules.pointsPerSet, cap: rules.cap, by: rules.winBy }
}

function setWinner(line: Score, { to, cap, by }: SetFormat): Side | null {
  const ahead = leader(line)
  if (ahead === 'draw') return null
  const [most, least] = [line[ahead], line[other(ahead)]]
  return (most >= to && most - least >= by) || (cap > 0 && most >= cap) ? ahead : null
}

/** Whether play can pass through this score, won or not. */
function isReachable({ home, away }: Score, { to, cap, by }: SetFormat): boolean {
  const [most, least] = [Math.max(home, away), Math.min(home, away)]
  if (cap > 0 && (most > cap || least >= cap)) return false
  return most <= to ? least < to || by > 1 : by > 1 && most - least <= by
}

export const setsWon = (sets: readonly SetLine[]): Score => ({
  home: sets.filter(set => set.winner === 'home').length,
  away: sets.filter(set => set.winner === 'away').length,
})
/** A match of an even number of sets, or one in which all are played, may end level. */
function isDecided(sets: readonly SetLine[], rules: RallyRules): boolean {
  const { home, away } = setsWon(sets)
  return (!rules.playAll && Math.max(home, away) * 2 > rules.bestOf) || home + away >= rules.bestOf
}

/** A side has reached `points` just now, before the other: the moment at which ends change or an interval begins. */
export function hasJustReached(state: RallyState, points: number): boolean {
  const { last } = state
  const set = currentSet(state)
  return points > 0 && !set.winner && last !== null && set[last] === points && set[other(last)] < points
}

type Chance = Side | 'both' | null
/** The facts a reader of `detail` may count on, whatever the sport adds. */
export interface RallyDetail extends ServiceDetail {
  points: { home: string; away: string }
  /** Who serves next; null while nobody said, and after the end. */
  server: Side | null
  setPoint: Chance
  matchPoint: Chance
  setNumber: number
  setsToWin: number
  changeEnds: boolean
  /** A set is about to begin, and nobody said yet who serves first. */
  asksServer: boolean
  pause: string | null
  /** Time-outs taken, of how many. */
  timeouts: Score
  timeoutsAllowed: number
}

/** The members of a sport that follow from its book: periods that are sets, a score that counts them, who serves and what stands at the next rally. */
export function rally<S extends RallyState, V extends RallyRules>(book: Book<S, V>) {
  const unit = book.unit === 'set' ? 'Set' : 'Game'
  const withSet = (state: S, line: SetLine): S => ({ ...state, sets: [...state.sets.slice(0, -1), line] })

  function finish(state: S, line: Score, winner: Side, rules: V): S {
    const { home, away } = line
    const server = book.next({ first: state.first, winner, number: state.sets.length }, rules)
    return { ...withSet(state, { home, away, winner }), ...book.ended?.(state), server, pairs: unsure(state.pairs) }
  }

  function award(state: S, side: Side, rules: V): S {
    const { home, away } = plus(currentSet(state), side)
    const after = { ...state, last: side }
    const winner = setWinner({ home, away }, formatOf(state.sets.length, rules))
    return winner ? finish(after, { home, away }, winner, rules) : withSet(after, { home, away })
  }

  function winRally(state: S, side: Side, rules: V, play?: LoggedPlay): S {
    const wins = setWinner(plus(currentSet(state), side), formatOf(state.sets.length, rules)) === side
    const after = book.rally?.(state, side, rules, wins, play) ?? { state: { ...state, server: side }, scores: true }
    return after.scores ? award(after.state, side, rules) : { ...after.state, last: null }
  }

  /** The state with a set under way to which the play belongs. Between sets the one just over is still the current one: naming it is naming none. */
  function openSet(state: S, period: number | undefined, rules: V): S | Refusal {
    const n = state.sets.length
    if (!currentSet(state).winner) return (period ?? n) === n ? state : refuse(`${unit} ${n} is not over.`, 'period')
    if (isDecided(state.sets, rules)) return refuse('The match is over.')
    const opened = { ...state, sets: [...state.sets, { ...LEVEL }], first: state.server, last: null }
    return { ...opened, ...book.fresh(opened, rules) }
  }

  /** A set's score said outright: the set under way or the next one, or one that is over and was written down wrongly. */
  function reduceSet(state: S, play: LoggedPlay, rules: V): S | Refusal {
    const n = state.sets.length
    const before = currentSet(state)
    const named = play.period ?? (before.winner ? n + 1 : n)
    if (named > n) {
      const opened = openSet(state, named, rules)
      return 'refuse' in opened ? opened : reduceSet(opened, { ...play, period: named }, rules)
    }
    const line = readSet(state, play, named, rules)
    if ('refuse' in line) return line
    if (named < n) {
      if (!line.winner) return refuse(`${unit} ${named} is over: give its whole score.`, 'data')
      const sets = state.sets.map((set, i) => (i === named - 1 ? line : set))
      if (isDecided(sets.slice(0, -1), rules)) return refuse(`With that score the match would have ended before ${book.unit} ${n}.`, 'data')
      return { ...state, sets }
    }
    if (line.winner) return finish({ ...state, last: null }, line, line.winner, rules)
    const server = before.winner ? null : (soleGainer(before, line) ?? state.server)
    const after = { ...withSet(state, line), last: null, server }
    return before.winner || book.keepsOrder?.(after, rules) ? after : { ...after, pairs: unsure(state.pairs) }
  }

  /** What a `setScore` or `setWon` play says of its set. */
  function readSet(state: S, play: LoggedPlay, named: number, rules: V): SetLine | Refusal {
    const { home, away } = (play.data ?? {}) as Partial<Score>
    const claimed = play.kind === 'setWon' ? play.side : undefined
    if ((home === undefined) !== (away === undefined)) return refuse('Give both sides, or neither.', 'data')
    if (home === undefined || away === undefined) return claimed ? asItStands(state, claimed, named) : refuse('Give the score.', 'data')
    if (!isCount(home) || !isCount(away)) return refuse('Give the score in points.', 'data')
    const format = formatOf(named, rules)
    const line: Score = { home, away }
    if (claimed && leader(line) !== claimed) return refuse(`The side that won the ${book.unit} has to be ahead.`, 'data')
    if (!claimed && !isReachable(line, format))
      return refuse(`${home}–${away} is not the score of a ${book.unit} under these rules.`, 'data')
    const winner = claimed ?? setWinner(line, format)
    return winner ? { ...line, winner } : line
  }

  /** A set given to a side as it stands: cut off by time, or kept by sets alone, when it reads 1–0. */
  function asItStands(state: S, side: Side, named: number): SetLine | Refusal {
    const { home, away, winner } = currentSet(state)
    if (named !== state.sets.length || winner) return refuse(`Give the score of ${book.unit} ${named}.`, 'data')
    if (home + away === 0) return { ...plus(LEVEL, side), winner: side }
    return leader({ home, away }) === side
      ? { home, away, winner: side }
      : refuse(`That side is not ahead: give the score of the ${book.unit}.`, 'data')
  }

  /** Points written down when their set was over stand in its column where it can have ended so; others need their place, with `before`. */
  function reduceLate(state: S, play: LoggedPlay, side: Side, points: number, rules: V): Step<S> | Refusal {
    const { home, away } = plus(state.sets[(play.period as number) - 1] as SetLine, side, points)
    const next = reduceSet(state, { ...play, kind: 'setScore', data: { home, away } }, rules)
    if ('refuse' in next) return next
    return { state: book.ofMatch?.includes(play.kind) ? noted(next, play, side, rules) : next, warnings: ['set-over'] }
  }

  /** The rally's own effect, or a fixed number of points. */
  function score(state: S, play: LoggedPlay, side: Side, rules: V): Step<S> | Refusal {
    const points = book.worth(state, play, rules)
    const open = openSet(state, play.period, rules)
    if ('refuse' in open) return open
    const told = book.note?.(open, play, side, rules) ?? { state: open }
    if ('refuse' in told) return told
    let after = told.state
    for (let i = 0; i < Math.max(1, points) && !currentSet(after).winner; i++) after = winRally(after, side, rules, play)
    return { ...told, state: after }
  }

  function reduce(state: S, play: LoggedPlay, context: Context<V>): Step<S> | Refusal {
    return withPairs(reduceOwn(state, play, context), play, {
      isOther: book.kinds[play.kind]?.playerSide === 'other',
      servedBy: () => (context.late ? undefined : servedBy(state, play, context.rules)),
    })
  }

  /** Who served an ace or a fault that names nobody. */
  function servedBy(state: S, { side, data = {} }: LoggedPlay, rules: V): string | undefined {
    const server = serverNow(state, rules)
    const isTheirs = data.how === 'ace' ? server === side : server !== side
    return side && isTheirs && SERVICES.has(data.how) ? serverId(state, rules) : undefined
  }

  function reduceOwn(state: S, play: LoggedPlay, { rules, late }: Context<V>): Step<S> | Refusal {
    const { kind, side } = play
    if (kind === 'setScore') return stepTo(reduceSet(state, play, rules))
    if (!side && book.kinds[kind]?.side === 'required') return refuse('Say which side.', 'side')
    if (side && kind === 'setWon') return stepTo(reduceSet(state, play, rules))
    const points = side ? book.worth(state, play, rules) : 0
    if (late) {
      if (side && points > 0) return reduceLate(state, play, side, points, rules)
      if (book.rallies?.includes(kind)) return refuse(`${unit} ${play.period} is over: give its whole score.`, 'period')
      if (!book.ofMatch?.includes(kind)) return { state }
    }
    if (side && (points > 0 || book.rallies?.includes(kind))) return score(state, play, side, rules)
    if (side && kind === 'server') return { state: seated(reduceServer(state, play, side, rules), play, side, rules) }
    if (side && kind === 'timeout') {
      const timeouts = plus(state.timeouts, side)
      return { state: { ...state, timeouts }, ...(timeouts[side] > rules.timeouts ? { warnings: ['no-timeout-left'] } : {}) }
    }
    return book.note?.(state, play, side, rules) ?? refuse(`There is no play of kind "${kind}" here.`, 'kind')
  }

  /** Who serves now; who began the set is worked back from it where the points tell the server. */
  function reduceServer(state: S, play: LoggedPlay, side: Side, rules: V): S {
    const isOver = currentSet(state).winner !== undefined
    const isFirst = !isOver && played(state) === 0
    const fixed: S = { ...state, server: side, ...(isFirst ? { first: side } : {}) }
    if (!isOver && !isFirst && book.serverNow) {
      const asHome: S = { ...state, first: 'home' }
      const first: Side = book.serverNow(asHome, rules) === side ? 'home' : 'away'
      return noted({ ...state, first }, play, side, rules)
    }
    return noted(fixed, play, side, rules)
  }
  /** Who of the pair that is, and who receives. */
  function seated(state: S, { playerId, data = {} }: LoggedPlay, side: Side, rules: V): S {
    const turns = turnsNow(state, rules)
    const receiver = typeof data.receiver === 'string' ? data.receiver : undefined
    if (!turns || (playerId === undefined && receiver === undefined)) return state
    let { pairs } = state
    if (playerId !== undefined) pairs = seat(pairs, side, playerId, turns.server)
    if (receiver !== undefined && turns.receiver !== undefined) pairs = seat(pairs, other(side), receiver, turns.receiver)
    if (!pairs || pairs.first[other(side)] !== null || !book.receiverOf) return { ...state, pairs }
    const first = { ...pairs.first, [other(side)]: book.receiverOf({ ...state, pairs }, side) }
    return { ...state, pairs: { ...pairs, first } }
  }
  /** Each set begins with the turn of those who begin it. */
  const turnsNow = (state: S, rules: V): Turns | null => {
    const turns = book.turns?.(state, rules) ?? null
    return turns && currentSet(state).winner ? { server: 0, ...(turns.receiver === undefined ? {} : { receiver: 0 }) } : turns
  }
  function serverId(state: S, rules: V): string | undefined {
    const server = serverNow(state, rules)
    if (book.serverId) return server ? book.serverId(state, server) : undefined
    const turns = state.pairs && turnsNow(state, rules)
    return server && state.pairs && turns ? idOf(personAt(state.pairs, server, turns.server)) : undefined
  }

  function noted(state: S, play: LoggedPlay, side: Side, rules: V): S {
    const step = book.note?.(state, play, side, rules)
    return step && !('refuse' in step) ? step.state : state
  }

  function onPeriod(state: S, edge: 'start' | 'end', play: LoggedPlay, { rules, late }: Context<V>): Step<S> | Refusal {
    const isOver = currentSet(state).winner !== undefined
    const n = state.sets.length
    const named = play.period ?? n
    if (late || (edge === 'start' && isOver && play.period === n)) return refuse(`${unit} ${named} is over.`, 'period')
    if (edge === 'start') return stepTo(openSet(state, play.period, rules))
    return isOver && named === n ? { state } : refuse(`${unit} ${named} is not over.`, 'period')
  }

  function serverNow(state: S, rules: V): Side | null {
    if (isDecided(state.sets, rules)) return null
    return book.serverNow && !currentSet(state).winner ? book.serverNow(state, rules) : state.server
  }

  /** What the next rally may win, found by playing it for either side. */
  function chancesOf(state: S, rules: V): { setPoint: Chance; matchPoint: Chance } {
    const chances: { setPoint: Chance; matchPoint: Chance } = { setPoint: null, matchPoint: null }
    if (currentSet(state).winner) return chances
    for (const side of SIDES) {
      const next = winRally(state, side, rules)
      if (currentSet(next).winner !== side) continue
      chances.setPoint = chances.setPoint ? 'both' : side
      if (isDecided(next.sets, rules)) chances.matchPoint = chances.matchPoint ? 'both' : side
    }
    return chances
  }

  function detail(state: S, rules: V): Detail {
    const { home, away, winner } = currentSet(state)
    const isOver = isDecided(state.sets, rules)
    const server = serverNow(state, rules)
    const shown: RallyDetail = {
      points: { home: String(home), away: String(away) },
      server,
      ...chancesOf(state, rules),
      setNumber: state.sets.length,
      setsToWin: Math.floor(rules.bestOf / 2) + 1,
      changeEnds: !isOver && book.ends(state, rules),
      asksServer: !isOver && server === null && (winner !== undefined || home + away === 0),
      pause: isOver ? null : (book.pause?.(state, rules) ?? null),
      timeouts: state.timeouts,
      timeoutsAllowed: rules.timeouts,
      ...serviceOf(state.pairs, server, turnsNow(state, rules)),
    }
    return { ...shown, ...book.detail?.(state, rules) }
  }

  const winner = ({ sets }: S): Winner => leader(setsWon(sets))
  return {
    serverNow,
    serverId,
    initial: book.initial,
    reduce,
    onPeriod,
    score: (state: S): Score => setsWon(state.sets),
    columns: (state: S): Column[] => state.sets.map(({ home, away }, i) => ({ label: String(i + 1), home, away })),
    period: ({ sets }: S): PeriodView => ({ number: sets.length, kind: book.unit, label: `${unit} ${sets.length}` }),
    end: (state: S, rules: V): { how: How; winner: Winner } | null =>
      isDecided(state.sets, rules) ? { how: 'regulation', winner: winner(state) } : null,
    winner,
    detail,
    opening: asksServer,
    due: dueServer,
  }
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0
/** The one side that an absolute score brought points. */
function soleGainer(before: Score, after: Score): Side | null {
  const rises = SIDES.filter(side => after[side] > before[side])
  const isRise = rises.length === 1 && SIDES.every(side => after[side] >= before[side])
  return isRise ? (rises[0] as Side) : null
}
const stepTo = <S extends object>(state: S | Refusal): Step<S> | Refusal => ('refuse' in state ? state : { state })

/** Who serves is asked of the side as long as the side is not known, then of who of it serves, where somebody began to say so. */
const dueServer = (detail: Detail): readonly string[] => ((detail as unknown as RallyDetail).asksServer ? ['server'] : dueWho(detail))

const asksServer = (detail: Detail) => ((detail as unknown as RallyDetail).asksServer ? { ask: 'Who serves?', action: 'server' } : null)
