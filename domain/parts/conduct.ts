import { countOf } from './timed.ts'

/** A count by roster id. */
type Counts = Readonly<Record<string, number>>

/** Cards, fouls and suspensions by roster id: a count for each kind of them, in the order its sport gives them. */
export type Conduct = Readonly<Record<string, readonly number[]>>

/** Bounded however many ids a feed makes up: beyond the limit nobody new is kept. */
const PLAYERS_KEPT = 80

export function note(conduct: Conduct, id: string | undefined, what: number): Conduct {
  if (id === undefined) return conduct
  const had = Object.hasOwn(conduct, id) ? (conduct[id] ?? []) : null
  if (!had && Object.keys(conduct).length >= PLAYERS_KEPT) return conduct
  const counts = Array.from({ length: Math.max(had?.length ?? 0, what + 1) }, (_, i) => (had?.[i] ?? 0) + (i === what ? 1 : 0))
  return { ...conduct, [id]: counts }
}

/**
 * Whether a caution is the second of somebody, who is sent off for it whichever key told it. Nobody is sent off twice. `apart` of those before
 * are no part of two.
 */
export const isSecondCaution = (booked: Counts, sentOff: Counts, id: string | undefined, apart = 0): boolean =>
  countOf(sentOff, id) === 0 && countOf(booked, id) > apart

export const noted = (conduct: Conduct, id: string | undefined, what: number): number =>
  id !== undefined && Object.hasOwn(conduct, id) ? (conduct[id]?.[what] ?? 0) : 0
