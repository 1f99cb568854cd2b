import type { Score } from '../game.ts'
import type { Side } from '../play.ts'
import type { Timer } from '../sport.ts'
import { LEVEL, MINUTE, plus } from './timed.ts'

/** Somebody off for a time of the day, not of play, who may come back until then: bleeding, or looked at for a concussion. */
export interface Leave {
  id: string
  side: Side
  /** Two words at most, as the board shows it. */
  label: string
  playerId?: string
  /** When the replacement becomes permanent, ISO-8601; null where nothing tells when it began, and once it is. */
  untilAt: string | null
  isPermanent?: boolean
}

/** More are never off at once; not everybody comes back. */
const KEPT = 8

/** At this time of day: who is not back by now is replaced for good. */
export function settleOff(off: readonly Leave[], at: string | null): readonly Leave[] {
  const isOver = ({ untilAt }: Leave) => at !== null && untilAt !== null && untilAt <= at
  return off.some(isOver) ? off.map(one => (isOver(one) ? { ...one, untilAt: null, isPermanent: true } : one)) : off
}

export function goOff(
  off: readonly Leave[],
  given: { side: Side; label: string; playerId?: string; minutes: number },
  at: string | null,
): readonly Leave[] {
  const { side, label, playerId, minutes } = given
  const untilAt = at === null || !(minutes > 0) ? null : new Date(Date.parse(at) + minutes * MINUTE).toISOString()
  const ids = new Set(off.map(({ id }) => id))
  let n = 1
  while (ids.has(`off${n}`)) n++
  return [...off, { id: `off${n}`, side, label, ...(playerId === undefined ? {} : { playerId }), untilAt }].slice(-KEPT)
}

/** Who is back: the player named, else somebody unnamed, else who went first; null where nobody of that side was off. */
export function comeBack(off: readonly Leave[], side: Side, playerId: string | undefined): { back: Leave; off: readonly Leave[] } | null {
  const own = off.filter(one => one.side === side).sort((a, b) => Number(a.isPermanent ?? false) - Number(b.isPermanent ?? false))
  const back = own.find(one => playerId !== undefined && one.playerId === playerId) ?? own.find(one => one.playerId === undefined) ?? own[0]
  return back ? { back, off: off.filter(one => one !== back) } : null
}

/** For `Sport.timers`. */
export const leaveTimers = (off: readonly Leave[]): Timer[] =>
  off.flatMap(({ untilAt, isPermanent: _, ...one }) => (untilAt === null ? [] : [{ ...one, untilAt }]))

/** How many of each side went and have not come back. */
export const countOff = (off: readonly Leave[]): Score => off.reduce((sum, { side }) => plus(sum, side), LEVEL)
