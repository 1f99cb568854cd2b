import type { Score } from '../game.ts'
import { other, type Side } from '../play.ts'
import type { Timer } from '../sport.ts'
import { LEVEL, plus } from './timed.ts'

/** Somebody off the field for a time. Times are playing time over all periods in ms, as `Context.playedMs` counts it. */
export interface Penalty {
  id: string
  side: Side
  /** Two words at most, as the board shows it. */
  label: string
  playerId?: string
  /** How long it runs, the first part of it where it has two; null: for the rest of the game. */
  lengthMs: number | null
  /** The part still to come after the one that runs (a double minor); 0 for none. */
  thenMs: number
  /** The side plays with one fewer while it runs. */
  isShort: boolean
  /** A goal against the side may end it. */
  endsOnGoal: boolean
  /** So many goals against the side and it is whole again, while its player serves on (a major in box lacrosse); 0 or left out: never. */
  wholeAfter?: number
  /** When it was given: those of both sides at one stoppage may cancel out. Null where nothing tells, or they shall not. */
  givenMs: number | null
  /** When it began; null while it waits for another to end. */
  fromMs: number | null
  /** When the part that runs is over; null while it waits, and for the rest of the game. */
  untilMs: number | null
}

/**
 * The penalties that run or wait, nothing of those that are over. Stays small, and is whole after any correction since the fold builds it
 * anew from the plays.
 */
export interface PenaltyBox {
  /** The latest playing time told. */
  atMs: number
  /** How many were given out; names the next one. */
  served: number
  penalties: readonly Penalty[]
}
export const EMPTY_BOX: PenaltyBox = { atMs: 0, served: 0, penalties: [] }

/** How many a side serves at once so that it is short; the others wait their turn. */
export interface PenaltyLimit {
  atOnce: number
}
export const NO_LIMIT: PenaltyLimit = { atOnce: 99 }

export interface NewPenalty {
  side: Side
  label: string
  playerId?: string
  lengthMs: number | null
  thenMs?: number
  isShort?: boolean
  endsOnGoal?: boolean
  wholeAfter?: number
  /** Whether it is a coincidental one has been said already: `offset` leaves it alone. */
  isSettled?: boolean
}

/** More than two benches are ever emptied of at once; without a clock nothing else would end them. */
const KEPT = 20

/** When all of it is over. */
const endOf = ({ untilMs, thenMs }: Penalty) => (untilMs === null ? Number.POSITIVE_INFINITY : untilMs + thenMs)
const runs = ({ fromMs }: Penalty) => fromMs !== null

/** Starts what waits and may begin now, in its order: nobody serves two at once, and no side more than the limit. */
function begin(penalties: readonly Penalty[], nowMs: number, { atOnce }: PenaltyLimit): readonly Penalty[] {
  let next = penalties
  for (const waiting of penalties) {
    if (runs(waiting)) continue
    const { side, playerId, lengthMs, isShort } = waiting
    const running = next.filter(one => runs(one) && one.side === side)
    const isHeld =
      (isShort && running.filter(one => one.isShort).length >= atOnce) ||
      (playerId !== undefined && running.some(one => one.playerId === playerId))
    if (isHeld) continue
    const begun = { ...waiting, fromMs: nowMs, untilMs: lengthMs === null ? null : nowMs + lengthMs }
    next = next.map(one => (one === waiting ? begun : one))
  }
  return next
}

/** The box at a time of play: what ran out is gone, and what waited for it began at the moment it ended. Null leaves it as it is. */
export function settle(box: PenaltyBox, nowMs: number | null, limit: PenaltyLimit = NO_LIMIT): PenaltyBox {
  if (nowMs === null || nowMs <= box.atMs) return box
  let { penalties } = box
  let first = nextToEnd(penalties)
  while (first && endOf(first) <= nowMs) {
    const over = first
    penalties = begin(
      penalties.filter(one => one !== over),
      endOf(over),
      limit,
    )
    first = nextToEnd(penalties)
  }
  const inSecondPart = (one: Penalty) => one.thenMs > 0 && one.untilMs !== null && one.untilMs <= nowMs
  if (penalties.some(inSecondPart)) {
    penalties = penalties.map(one => (inSecondPart(one) ? { ...one, untilMs: endOf(one), thenMs: 0 } : one))
  }
  return { ...box, atMs: nowMs, penalties }
}
const nextToEnd = (penalties: readonly Penalty[]) =>
  penalties.reduce<Penalty | null>((least, one) => (least && endOf(least) <= endOf(one) ? least : one), null)

/** Longest first among what one player gets at one stoppage: what no goal ends, then what a goal may end, then what leaves nobody short. */
const rank = ({ isShort, endsOnGoal }: Penalty) => (isShort ? 0 : 2) + (endsOnGoal ? 1 : 0)

/**
 * A penalty given at a time of play. Without one (`null`: put back, or written down late) it starts no clock and is left out, unless it is
 * for the rest of the game; whoever calls warns of that with `NO_CLOCK`.
 */
export function serve(box: PenaltyBox, given: NewPenalty, nowMs: number | null, limit: PenaltyLimit = NO_LIMIT): PenaltyBox {
  const { side, label, playerId, lengthMs, thenMs = 0, isShort = true, endsOnGoal = false, wholeAfter = 0, isSettled = false } = given
  if (nowMs === null && lengthMs !== null) return box
  const now = nowMs ?? box.atMs
  const settled = settle(box, now, limit)
  const served = settled.served + 1
  const penalty: Penalty = {
    id: String(served),
    side,
    label,
    ...(playerId === undefined ? {} : { playerId }),
    lengthMs,
    thenMs,
    isShort,
    endsOnGoal,
    ...(wholeAfter > 0 ? { wholeAfter } : {}),
    givenMs: isSettled ? null : nowMs,
    fromMs: null,
    untilMs: null,
  }
  // What the same player got at this very stoppage has not begun to run: the order among them is by their kind.
  const isSame = (one: Penalty) => playerId !== undefined && one.playerId === playerId && one.side === side
  const penalties = settled.penalties.map(one => (isSame(one) && one.fromMs === now ? { ...one, fromMs: null, untilMs: null } : one))
  const at = penalties.findIndex(one => isSame(one) && !runs(one) && rank(one) > rank(penalty))
  const queue = at < 0 ? [...penalties, penalty] : [...penalties.slice(0, at), penalty, ...penalties.slice(at)]
  const after = { ...settled, served, penalties: begin(queue, now, limit).slice(-KEPT) }
  // One given in an earlier period may be over by what is known since.
  return now < settled.atMs ? settle({ ...after, atMs: now }, settled.atMs, limit) : after
}

/**
 * A goal against a side: ends the part that runs of its penalties that a goal may end; of the one with the least time left, or of all. One
 * after some goals of which the side is whole again has had one of them.
 * Whether the goal does so at all (the side was short-handed) is for the sport to say.
 */
export function release(
  box: PenaltyBox,
  side: Side,
  nowMs: number | null,
  which: 'least' | 'all',
  limit: PenaltyLimit = NO_LIMIT,
): PenaltyBox {
  const settled = settle(box, nowMs, limit)
  const open = settled.penalties.filter(
    one => one.side === side && one.isShort && one.untilMs !== null && (one.endsOnGoal || (one.wholeAfter ?? 0) > 0),
  )
  const least = open.reduce<Penalty | null>((found, one) => (found && (found.untilMs ?? 0) <= (one.untilMs ?? 0) ? found : one), null)
  const hit = which === 'all' ? open : least ? [least] : []
  const counted = settled.penalties.map(one => (hit.includes(one) && !one.endsOnGoal ? afterGoal(one) : one))
  const ended = hit.filter(one => one.endsOnGoal)
  const isSame = ended.length === hit.length
  return isSame ? endAll(settled, ended, limit) : endAll({ ...settled, penalties: begin(counted, settled.atMs, limit) }, ended, limit)
}

function afterGoal({ wholeAfter = 1, ...one }: Penalty): Penalty {
  return wholeAfter > 1 ? { ...one, wholeAfter: wholeAfter - 1 } : { ...one, isShort: false }
}

/** Ends penalties before their time (taken back by the referee, a side in possession again). Their second part, if any, begins. */
export function endAll(box: PenaltyBox, ended: readonly Penalty[], limit: PenaltyLimit = NO_LIMIT): PenaltyBox {
  if (ended.length === 0) return box
  const left = box.penalties.flatMap(one => {
    if (!ended.includes(one)) return [one]
    return one.thenMs > 0 ? [{ ...one, fromMs: box.atMs, untilMs: box.atMs + one.thenMs, lengthMs: one.thenMs, thenMs: 0 }] : []
  })
  return { ...box, penalties: begin(left, box.atMs, limit) }
}

/** What both sides got at one stoppage, made anew by `weigh`: coincidental ones leave nobody short, and those that waited for them begin. */
export function offset(
  box: PenaltyBox,
  nowMs: number | null,
  weigh: (given: readonly Penalty[], others: readonly Penalty[]) => readonly Penalty[],
  limit: PenaltyLimit = NO_LIMIT,
): PenaltyBox {
  const given = box.penalties.filter(one => nowMs !== null && one.givenMs === nowMs)
  if (given.length === 0) return box
  const weighed = new Map(
    weigh(
      given,
      box.penalties.filter(one => !given.includes(one)),
    ).map(one => [one.id, one]),
  )
  return {
    ...box,
    penalties: begin(
      box.penalties.map(one => weighed.get(one.id) ?? one),
      box.atMs,
      limit,
    ),
  }
}

/** Whether somebody is off at this time of play; not at the very moment it began, which is all that a clock at rest shows. */
export function isServing({ penalties }: PenaltyBox, playerId: string | undefined, nowMs: number | null): boolean {
  if (playerId === undefined || nowMs === null) return false
  return penalties.some(one => one.playerId === playerId && one.fromMs !== null && one.fromMs < nowMs && nowMs < endOf(one))
}

/** By how many each side is short. */
export function shortBy({ penalties }: PenaltyBox): Score {
  return penalties.filter(one => runs(one) && one.isShort).reduce((sum, { side }) => plus(sum, side), LEVEL)
}

/** The side with fewer on the field, if one has. */
export const shortSide = ({ home, away }: Score): Side | null => (home > away ? 'home' : away > home ? 'away' : null)
/** The side with more on the field, if one has. */
export const strongSide = (short: Score): Side | null => {
  const side = shortSide(short)
  return side && other(side)
}

/** For `Sport.timers`: what runs out with the clock. */
export function timersOf({ penalties }: PenaltyBox): (Timer & { untilMs: number })[] {
  return penalties
    .filter(one => one.untilMs !== null)
    .map(one => {
      const { id, side, label, playerId, fromMs } = one
      const untilMs = endOf(one)
      return { id, side, label, ...(playerId === undefined ? {} : { playerId }), untilMs, lengthMs: untilMs - (fromMs ?? 0) }
    })
}

/** For `Sport.detail`, beside the timers that the kernel adds there. */
export interface ShownPenalties {
  /** The timers that leave their side one short. */
  short: readonly string[]
  /** How many each side is short by for the rest of the game. */
  out: Score
  /** How many wait until another ends. */
  waiting: Score
}
export function shownPenalties({ penalties }: PenaltyBox): ShownPenalties {
  const count = (is: (one: Penalty) => boolean) => penalties.filter(is).reduce((sum, { side }) => plus(sum, side), LEVEL)
  return {
    short: penalties.filter(one => one.isShort && one.untilMs !== null).map(({ id }) => id),
    out: count(one => runs(one) && one.untilMs === null && one.isShort),
    waiting: count(one => !runs(one)),
  }
}

/** By how many each side is short as readers see it: a timer that ran out since the last play no longer counts. */
export function shortNow(shown: ShownPenalties | undefined, timers: unknown): Score {
  if (!shown) return LEVEL
  const left = Array.isArray(timers) ? (timers as readonly { id: string; side: Side }[]) : []
  return left.filter(({ id }) => shown.short.includes(id)).reduce((sum, { side }) => plus(sum, side), shown.out)
}

/** The code to warn with where a penalty starts no clock, and what it means. */
export const NO_CLOCK = 'penalty-without-clock'
export const NO_CLOCK_SENTENCE = 'Nothing tells when this was: it counts, and runs on no clock. Say what the clock showed.'
