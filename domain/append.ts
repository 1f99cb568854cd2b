import { type Fold, openFold } from './fold.ts'
import { type Correction, type Displaced, displacedBy, isCorrection, newestForm } from './log.ts'
import { orderBetween } from './order.ts'
import type { LoggedPlay, PlayInput, PlayMarks } from './play.ts'
import { foldPlay } from './replay.ts'
import { type Refusal, refuse, type Sport } from './sport.ts'

/** Every so many plays, in order of play, the fold is kept so that a correction need not start from the beginning. */
export const CHECKPOINT_EVERY = 64
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
  /** Folds to keep, by the order they stand after; set when the rest of the window was folded anew. */
  checkpoints: { order: string; count: number; fold: Fold }[]
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
    window: { from: fold, after: null, count: 0, plays: [] },
    marks: new Map(),
  }
}

/** A copy to work on: `append` changes its head, and a refused command must leave the kept one as it was. */
export function workOn(head: Head): Head {
  return { ...head, window: { ...head.window, plays: [...head.window.plays] }, marks: new Map(head.marks) }
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
  const inWindow = new Set(head.window.plays.map(other => other.seq))
  for (const touched of differences(head.displaced, displaced)) {
    if (!inWindow.has(touched)) return { needs: touched }
  }
  const plays = insert(head.window.plays, play)
  const refolded = refold(sport, rules, head.window, plays, displaced)
  return {
    ignored: refolded.marks.get(seq)?.ignored,
    take() {
      const changed = changedMarks(head.marks, refolded.marks)
      Object.assign(head, {
        seq,
        fold: refolded.fold,
        corrections,
        displaced,
        marks: refolded.marks,
        window: { ...head.window, plays },
        lastOrder: head.lastOrder === null || order > head.lastOrder ? order : head.lastOrder,
      } satisfies Partial<Head>)
      return { play, changed, checkpoints: refolded.checkpoints, refolded: true }
    },
  }
}

function placeLast(sport: Sport, rules: unknown, head: Head, play: LoggedPlay): Placed {
  const next = foldPlay(sport, rules, head.fold, play, undefined)
  return {
    ignored: next.marks.ignored,
    path: next.path,
    take() {
      head.seq = play.seq
      head.fold = next.fold
      head.lastOrder = play.order
      head.window.plays.push(play)
      const isMarked = Object.keys(next.marks).length > 0
      if (isMarked) head.marks.set(play.seq, next.marks)
      const count = head.window.count + head.window.plays.length
      const checkpoints = count % CHECKPOINT_EVERY === 0 ? [{ order: play.order, count, fold: next.fold }] : []
      return { play, changed: isMarked ? [play.seq] : [], checkpoints, refolded: false }
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

/** Folds a window from its start. */
export function refold(
  sport: Sport,
  rules: unknown,
  window: LogWindow,
  plays: readonly LoggedPlay[],
  displaced: ReadonlyMap<number, Displaced>,
) {
  let fold = window.from
  let count = window.count
  const marks = new Map<number, PlayMarks>()
  const checkpoints: Appended['checkpoints'] = []
  for (const play of plays) {
    const next = foldPlay(sport, rules, fold, play, displaced.get(play.seq))
    fold = next.fold
    count += 1
    if (Object.keys(next.marks).length > 0) marks.set(play.seq, next.marks)
    if (count % CHECKPOINT_EVERY === 0) checkpoints.push({ order: play.order, count, fold })
  }
  return { fold, marks, checkpoints }
}

function changedMarks(before: ReadonlyMap<number, PlayMarks>, after: ReadonlyMap<number, PlayMarks>): number[] {
  const seqs = new Set([...before.keys(), ...after.keys()])
  return [...seqs].filter(seq => JSON.stringify(before.get(seq)) !== JSON.stringify(after.get(seq)))
}

/** Lets go of the oldest plays of an overgrown window by folding them in; twice as many fold steps as plays, whatever the game's length. */
export function trim(sport: Sport, rules: unknown, head: Head): void {
  const { window } = head
  // A newcomer may stand far back in the order of play; whoever catches up by seq must still find it here.
  const newest = window.plays.findIndex(play => play.seq > head.seq - WINDOW_KEEP)
  const cut = Math.min(window.plays.length - WINDOW_KEEP, newest)
  if (window.plays.length <= WINDOW_MAX || cut <= 0) return
  const gone = window.plays.slice(0, cut)
  const { fold } = refold(sport, rules, window, gone, head.displaced)
  for (const play of gone) head.marks.delete(play.seq)
  head.window = {
    from: fold,
    after: gone.at(-1)?.order ?? window.after,
    count: window.count + gone.length,
    plays: window.plays.slice(cut),
  }
}
