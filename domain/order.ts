import { generateKeyBetween } from 'fractional-indexing'

// Only digits and lower-case letters, so that every database and every locale sorts the keys bytewise.
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz'
/** Stands before every play and is never given out, so that keys need no negative head. */
const FLOOR = 'i0'

/**
 * Whether a play was given its place between others. Who comes last gets the next whole key, whose first letter tells its length (`i5`,
 * `j0a`); a key between two others is longer.
 */
export const isPutBack = (order: string): boolean => order.length > order.charCodeAt(0) - LENGTHS_FROM
const LENGTHS_FROM = 'g'.charCodeAt(0)

/** A place after `before` and before `after`; null means the start or the end of the log. */
export function orderBetween(before: string | null, after: string | null): string {
  return generateKeyBetween(before ?? FLOOR, after, DIGITS)
}
