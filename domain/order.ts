import { generateKeyBetween } from 'fractional-indexing'

// Only digits and lower-case letters, so that every database and every locale sorts the keys bytewise.
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'
/** Stands before every play and is never given out, so that keys need no negative head. */
const FLOOR = 'i0'

/** A place after `before` and before `after`; null means the start or the end of the log. */
export function orderBetween(before: string | null, after: string | null): string {
  return generateKeyBetween(before ?? FLOOR, after, DIGITS)
}
