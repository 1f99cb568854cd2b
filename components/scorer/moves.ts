import { scoreOf } from '#components/game/sides.ts'
import { clockText, readClock } from '#domain/clock.ts'
import type { Fold } from '#domain/fold.ts'
import type { Game, GameState, Score, Winner } from '#domain/game.ts'
import { other, type PlayInput, type Side } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import { calledOf, type Sides, sideNames, winWords } from './naming.ts'

/** A play before it has an id. */
export type Draft = Omit<PlayInput, 'id'>

/** Something that moves the game itself: one key, one or two plays. `asks` is what has to be confirmed first. */
export interface Move {
  id: 'start' | 'resume' | 'end-period' | 'end-game' | 'give'
  label: string
  plays: Draft[]
  asks?: string
  /** Why it is what to do now: `Decided: Hawks win 3–2 in the shoot-out`. */
  why?: string
}

export interface Moves {
  /** What is expected next; null while play goes on. */
  primary: Move | null
  /** What else may happen, the likelier first. */
  others: Move[]
  /** Null where the only period ends with the game. */
  endPeriod: Move | null
  /** With a reason where somebody has won already, though play has not been ended. */
  endGame: Move | null
}

type Stand = Pick<GameState, 'status' | 'score' | 'detail'> & Partial<Pick<Game, 'displayOrder'>>
const CLOSED: ReadonlySet<string> = new Set(['final', 'forfeited'])
const PLAIN: ReadonlySet<string> = new Set(['regulation', 'overtime'])
export const NO_MOVES: Moves = { primary: null, others: [], endPeriod: null, endGame: null }

/** What the scorer may do with the game as a whole, where it stands. */
export function movesOf(sport: Sport, rules: unknown, fold: Fold, game: Stand, sides: Sides): Moves {
  if (CLOSED.has(game.status)) return NO_MOVES
  return sport.timed ? timedMoves(sport, rules, fold, game, sides) : derivedMoves(sport, rules, fold, game)
}

const decidedFor = (sport: Sport, rules: unknown, fold: Fold): Side | null =>
  fold.period === 0 ? null : (sport.decided?.(fold.sport, rules as never, fold.period) ?? null)

/** `Hawks win 3–2 in the shoot-out`, once that is so; null as long as it may turn. */
function wonWords(sport: Sport, rules: unknown, fold: Fold, { score, detail }: Stand, sides: Sides): string | null {
  const by = decidedFor(sport, rules, fold)
  if (!by) return null
  const isShootout = sport.how?.(fold.sport, rules as never, fold.period) === 'shootout'
  const told = isShootout ? ((detail.shootout as Score | null | undefined) ?? score) : score
  const called = { name: sideNames(sides)[by], kind: sides[by].kind }
  return `${winWords(called)} ${told[by]}–${told[other(by)]}${isShootout ? ' in the shoot-out' : ''}`
}

function endGame(sport: Sport, rules: unknown, fold: Fold, game: Stand): Move {
  const what = sport.labels.game.toLowerCase()
  // Where the rules end a game, an end by hand comes before it has been played out: it is called, unless the rules have a word of their own.
  const isPlain = PLAIN.has(sport.how?.(fold.sport, rules as never, fold.period) ?? 'regulation')
  const end: Draft = { kind: 'gameEnd', ...(sport.endsItself && isPlain ? { data: { how: 'called' } } : {}) }
  return { id: 'end-game', label: `End the ${what}`, plays: [end], asks: `End the ${what}? ${scoreOf(game.score, game)}` }
}

function timedMoves(sport: Sport, rules: unknown, fold: Fold, game: Stand, sides: Sides): Moves {
  const { timed } = sport
  if (!timed) return NO_MOVES
  const won = wonWords(sport, rules, fold, game, sides)
  const plain = endGame(sport, rules, fold, game)
  const ending: Move = won ? { ...plain, why: `Decided: ${won}`, asks: `${won}. ${plain.label}?` } : plain
  const start = (n: number): Move[] => {
    const period = timed.period(n, rules as never)
    if (!period) return []
    const opens: Draft = { kind: 'periodStart', period: n }
    return [{ id: 'start', label: `Start ${calledOf(period)}`, plays: period.clockless ? [opens] : [opens, { kind: 'clockStart' }] }]
  }
  if (fold.period === 0) return { ...NO_MOVES, primary: start(1)[0] ?? null, endGame: ending }
  const next = (timed.next?.(fold.period, rules as never) ?? [fold.period + 1]).flatMap(start)
  const regulation = timed.regulation(rules as never)
  if (fold.open) {
    const period = timed.period(fold.period, rules as never)
    const isOnly = regulation === 1 && fold.period === 1
    // Where the only period goes on into overtime, its end is not the game's.
    const label = `End ${isOnly ? 'regular time' : period ? calledOf(period) : sport.labels.period.toLowerCase()}`
    const endPeriod: Move = {
      id: 'end-period',
      label,
      plays: [{ kind: 'periodEnd', period: fold.period }],
      asks: `${label}? ${scoreOf(game.score, game)}`,
    }
    // A clock bar resumes play by itself; where there is none, a key has to.
    const isHalted = game.status !== 'live' && fold.clock === null
    return {
      ...NO_MOVES,
      primary: isHalted ? resume : won ? ending : null,
      endPeriod: isOnly && next.length === 0 ? null : endPeriod,
      endGame: ending,
    }
  }
  if (won) return { ...NO_MOVES, primary: ending, others: next, endGame: ending }
  const isDone = fold.period >= regulation
  // Where a game may not end level, a level one has no winner yet.
  const isLevel = ((sport.winner(fold.sport, rules as never) as Winner) ?? 'draw') === 'draw'
  // A level game goes on where there is one way to go on; where there are several, most stay as they are, unless the rules say otherwise.
  const goesOn = !isDone || (isLevel && (next.length === 1 || timed.playsOn?.(rules as never) === true))
  const [primary, ...others] = goesOn ? [...next, ...(isDone ? [ending] : [])] : [ending, ...next]
  return { ...NO_MOVES, primary: primary ?? ending, others, endGame: ending }
}

const resume: Move = { id: 'resume', label: 'Resume play', plays: [{ kind: 'status', data: { status: 'live' } }] }

function derivedMoves(sport: Sport, rules: unknown, fold: Fold, game: Stand): Moves {
  const ending = endGame(sport, rules, fold, game)
  if (fold.status === 'live') return { ...NO_MOVES, endGame: ending }
  if (fold.status === 'scheduled') {
    const start: Move = { id: 'start', label: `Start the ${sport.labels.game.toLowerCase()}`, plays: [{ kind: 'periodStart' }] }
    return { ...NO_MOVES, primary: start, endGame: ending }
  }
  return { ...NO_MOVES, primary: resume, endGame: ending }
}

/** Whether the period's time is up: the clock has run down, or up to the period's length. Added time is the scorer's to judge. */
export function isTimeUp(sport: Sport, rules: unknown, fold: Fold, nowMs: number): boolean {
  const period = fold.open && fold.clock ? sport.timed?.period(fold.period, rules as never) : null
  if (!period || !fold.clock || !sport.timed) return false
  const direction = sport.timed.direction(rules as never)
  const value = readClock({ ...fold.clock, direction }, nowMs)
  return direction === 'down' ? value <= 0 : value >= period.startMs + period.lengthMs
}

/** Play stops with it, and the clock: at a time-out everywhere, at a foul or a penalty where time runs down to the second. */
export function stopsClock({ kinds, timed }: Sport, rules: unknown, kind: string): boolean {
  if (kinds[kind]?.lasts !== undefined) return true
  return (kind === 'foul' || kind === 'penalty') && timed?.direction(rules as never) === 'down'
}

/** How far a timed game is from its regular end, as a sentence without its full stop; null once it is there, or somebody has won. */
export function earlyWords(sport: Sport, rules: unknown, fold: Fold, nowMs: number): string | null {
  const { timed } = sport
  if (!timed) return null
  const what = sport.labels.game
  if (fold.period === 0) return `The ${what.toLowerCase()} has not begun`
  if (decidedFor(sport, rules, fold)) return null
  const regulation = timed.regulation(rules as never)
  const period = timed.period(fold.period, rules as never)
  const name = fold.period <= regulation ? `${sport.labels.period} ${fold.period} of ${regulation}` : (period?.label ?? sport.labels.period)
  if (!fold.open) return fold.period < regulation ? `${name} is over, and the next has not begun` : null
  if (fold.period >= regulation && (!fold.clock || !period || isTimeUp(sport, rules, fold, nowMs))) return null
  if (!fold.clock || !period) return `${name} is under way`
  const direction = timed.direction(rules as never)
  const value = readClock({ ...fold.clock, direction }, nowMs)
  const left = Math.max(0, direction === 'down' ? value : period.startMs + period.lengthMs - value)
  return `${name} is under way, ${clockText(left, 'down')} left`
}
