import { type Fold, openFold } from './fold.ts'
import { type Correction, type Displaced, displacedBy, isCorrection, newestForm } from './log.ts'
import { orderBetween } from './order.ts'
import type { LoggedPlay, PlayInput, PlayMarks } from './play.ts'
import { foldPlay } from './replay.ts'
import { type Refusal, refuse, type Sport } from './sport.ts'

/** Every so many plays, in order of play, the fold is kept on disk so that a correction need not start from the beginning. */
export const CHECKPOINT_EVERY = 64
/** And in memory, for what is corrected most: what was just written. Checkpoints are among them. */
const STOP_EVERY = 16
/** The newest plays a head keeps at hand; a correction among them costs no reading. */
const WINDOW_MAX = 512
/** As many as a client may catch up on. */
const WINDOW_KEEP = 256

/** The end of a log in order of play, and the fold before it. */
export interface LogWindow {
  from: Fold
  /** Order of the last play folded into `from`, null at the start of the log; `count` plays came before. */
  after: string | null
  count: number
  plays: LoggedPlay[]
  /** Every fold to be kept on the way, in order, or none yet: `isWhole` tells. */
  stops: Stop[]
}

/** A fold on the way, by the order of the play it stands after; `count` plays came up to there. */
export interface Stop {
  order: string
  count: number
  fold: Fold
}

/** A game ready to take the next play. */
export interface Head {
  seq: number
  fold: Fold
  lastOrder: string | null
  /** All voids and replacements, by arrival, and what they displace. */
  corrections: Correction[]
  displaced: ReadonlyMap<number, Displaced>
  window: LogWindow
  /** Marks of the plays in the window. */
  marks: Map<number, PlayMarks>
}

/** A checked play with its references resolved to seqs of the log. */
export interface Draft {
  input: PlayInput
  at: string
  by?: string
  playerId?: string
  voids?: number
  replaces?: number
  before?: number
}

export interface Appended {
  play: LoggedPlay
  /** Plays whose marks this one changed, itself included when it has any. */
  changed: number[]
  /** Folds to keep on disk: the one this play came to, or all of the window's, where it stands within. */
  checkpoints: Stop[]
  refolded: boolean
}
/** The window does not reach back to this play: load an older one and ask again. */
export interface NeedsOlder {
  needs: number
}

export function emptyHead(sport: Sport, rules: unknown): Head {
  const fold = openFold(sport, rules)
  return {
    seq: 0,
    fold,
    lastOrder: null,
    corrections: [],
    displaced: new Map(),
    window: { from: fold, after: null, count: 0, plays: [], stops: [] },
    marks: new Map(),
  }
}

/** A copy to work on: `append` changes its head, and a refused command must leave the kept one as it was. */
export function workOn(head: Head): Head {
  const { window } = head
  return { ...head, window: { ...window, plays: [...window.plays], stops: [...window.stops] }, marks: new Map(head.marks) }
}

/** Adds one play to the head, in place. A refusal or a need leaves the head unchanged. */
export function append(sport: Sport, rules: unknown, head: Head, draft: Draft): Appended | Refusal | NeedsOlder {
  const seq = head.seq + 1
  const replaces = draft.replaces === undefined ? undefined : newestForm(draft.replaces, head.corrections, head.displaced)
  const order = placeOf(head, draft.before, replaces)
  if (typeof order !== 'string') return order
  const placed = place(sport, rules, head, logged(draft, seq, order, replaces))
  if ('needs' in placed) return placed
  if (placed.ignored !== undefined) return refuse(placed.ignored, placed.path)
  return placed.take()
}

/**
 * Takes in a play that is in the log already, written by somebody else after this head was read: the next by seq, wherever it stands in
 * the order of play. It was accepted there, so nothing refuses it here.
 */
export function absorb(sport: Sport, rules: unknown, head: Head, play: LoggedPlay): Appended | NeedsOlder {
  if (play.seq !== head.seq + 1) return { needs: head.seq + 1 }
  const { after } = head.window
  if (after !== null && play.order <= after) return { needs: play.seq }
  const placed = place(sport, rules, head, play)
  return 'needs' in placed ? placed : placed.take()
}

/** A play tried in its place; `take` makes the head one with it. */
interface Placed {
  ignored?: string
  path?: string
  take(): Appended
}

function place(sport: Sport, rules: unknown, head: Head, play: LoggedPlay): Placed | NeedsOlder {
  const isLast = head.lastOrder === null || play.order > head.lastOrder
  return isLast && !isCorrection(play) ? placeLast(sport, rules, head, play) : placeWithin(sport, rules, head, play)
}

function placeWithin(sport: Sport, rules: unknown, head: Head, play: LoggedPlay): Placed | NeedsOlder {
  const { seq, order } = play
  const corrections = isCorrection(play) ? [...head.corrections, play] : head.corrections
  const displaced = isCorrection(play) ? displacedBy(corrections) : head.displaced
  const { window } = head
  const plays = insert(window.plays, play)
  let first = plays.indexOf(play)
  const touched = new Set(differences(head.displaced, displaced))
  for (const [i, other] of plays.entries()) if (touched.delete(other.seq)) first = Math.min(first, i)
  for (const missing of touched) return { needs: missing }
  const kept = stopsBefore(window, plays, first)
  const { fold, marks, stops } = refold(sport, rules, { ...window, stops: kept }, plays, displaced)
  return {
    ignored: marks.get(seq)?.ignored,
    take() {
      const tail = plays.slice((kept.at(-1)?.count ?? window.count) - window.count)
      const all = new Map(head.marks)
      const changed: number[] = []
      for (const other of tail) {
        const now = marks.get(other.seq)
        if (JSON.stringify(all.get(other.seq)) !== JSON.stringify(now)) changed.push(other.seq)
        all.delete(other.seq)
        if (now) all.set(other.seq, now)
      }
      Object.assign(head, {
        seq,
        fold,
        corrections,
        displaced,
        marks: all,
        window: { ...window, plays, stops },
        lastOrder: head.lastOrder === null || order > head.lastOrder ? order : head.lastOrder,
      } satisfies Partial<Head>)
      return { play, changed, checkpoints: checkpointsOf(stops), refolded: true }
    },
  }
}

function placeLast(sport: Sport, rules: unknown, head: Head, play: LoggedPlay): Placed {
  const next = foldPlay(sport, rules, head.fold, play, undefined)
  return {
    ignored: next.marks.ignored,
    path: next.path,
    take() {
      const { window } = head
      const knowsStops = isWhole(window)
      head.seq = play.seq
      head.fold = next.fold
      head.lastOrder = play.order
      window.plays.push(play)
      const isMarked = Object.keys(next.marks).length > 0
      if (isMarked) head.marks.set(play.seq, next.marks)
      const stop = { order: play.order, count: window.count + window.plays.length, fold: next.fold }
      if (knowsStops && isStop(stop.count)) window.stops.push(stop)
      return { play, changed: isMarked ? [play.seq] : [], checkpoints: checkpointsOf([stop]), refolded: false }
    },
  }
}

function placeOf(head: Head, before: number | undefined, replaces: number | undefined): string | NeedsOlder {
  const target = before ?? replaces
  if (target === undefined) return orderBetween(head.lastOrder, null)
  const { plays, after } = head.window
  const i = plays.findIndex(play => play.seq === target)
  const found = plays[i]
  if (!found) return { needs: target }
  if (before !== undefined) return orderBetween(plays[i - 1]?.order ?? after, found.order)
  return orderBetween(found.order, plays[i + 1]?.order ?? null)
}

function logged(draft: Draft, seq: number, order: string, replaces: number | undefined): LoggedPlay {
  const { id, kind, side, period, clockMs, points, data } = draft.input
  const all: LoggedPlay = {
    seq,
    id,
    kind,
    order,
    at: draft.at,
    side,
    period,
    clockMs,
    points,
    playerId: draft.playerId,
    data,
    voids: draft.voids,
    replaces,
    by: draft.by,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as unknown as LoggedPlay
}

function insert(plays: readonly LoggedPlay[], play: LoggedPlay): LoggedPlay[] {
  const i = plays.findIndex(other => other.order > play.order)
  return i < 0 ? [...plays, play] : [...plays.slice(0, i), play, ...plays.slice(i)]
}

function* differences(before: ReadonlyMap<number, Displaced>, after: ReadonlyMap<number, Displaced>): Generator<number> {
  for (const [seq, now] of after) {
    const was = before.get(seq)
    if (was?.voidedBy !== now.voidedBy || was?.replacedBy !== now.replacedBy) yield seq
  }
  for (const seq of before.keys()) if (!after.has(seq)) yield seq
}

const isStop = (count: number) => count % STOP_EVERY === 0
const checkpointsOf = (stops: readonly Stop[]) => stops.filter(({ count }) => count % CHECKPOINT_EVERY === 0)

/** Whether a window has every stop on its way: one that was read has none yet. */
const isWhole = ({ count, plays, stops }: LogWindow) =>
  stops.length === Math.floor((count + plays.length) / STOP_EVERY) - Math.floor(count / STOP_EVERY)

/** The stops of a window that hold for other plays too, which are the same up to the play at `first`. */
function stopsBefore(window: LogWindow, plays: readonly LoggedPlay[], first: number): Stop[] {
  const changed = plays[first]?.order
  return isWhole(window) && changed !== undefined ? window.stops.filter(({ order }) => order < changed) : []
}

/** Folds plays from the last of a window's stops, or from its start where it has none; the marks are those of what was folded. */
export function refold(
  sport: Sport,
  rules: unknown,
  window: LogWindow,
  plays: readonly LoggedPlay[],
  displaced: ReadonlyMap<number, Displaced>,
) {
  const stops = [...window.stops]
  let { fold, count } = stops.at(-1) ?? { fold: window.from, count: window.count }
  const marks = new Map<number, PlayMarks>()
  for (const play of plays.slice(count - window.count)) {
    const next = foldPlay(sport, rules, fold, play, displaced.get(play.seq))
    fold = next.fold
    count += 1
    if (Object.keys(next.marks).length > 0) marks.set(play.seq, next.marks)
    if (isStop(count)) stops.push({ order: play.order, count, fold })
  }
  return { fold, marks, stops }
}

/** Lets go of the oldest plays of an overgrown window by folding them in; twice as many fold steps as plays, whatever the game's length. */
export function trim(sport: Sport, rules: unknown, head: Head): void {
  const { window } = head
  // A newcomer may stand far back in the order of play; whoever catches up by seq must still find it here.
  const newest = window.plays.findIndex(play => play.seq > head.seq - WINDOW_KEEP)
  const cut = Math.min(window.plays.length - WINDOW_KEEP, newest)
  if (window.plays.length <= WINDOW_MAX || cut <= 0) return
  const gone = window.plays.slice(0, cut)
  const count = window.count + cut
  const known = isWhole(window) ? window.stops : []
  const { fold } = refold(sport, rules, { ...window, stops: known.filter(stop => stop.count <= count) }, gone, head.displaced)
  for (const play of gone) head.marks.delete(play.seq)
  head.window = {
    from: fold,
    after: gone.at(-1)?.order ?? window.after,
    count,
    plays: window.plays.slice(cut),
    stops: known.filter(stop => stop.count > count),
  }
}
