import { randomFillSync } from 'node:crypto'

const BYTES = 15
/** Drawn ahead for so many: asking for a few bytes costs as much as asking for a page of them. */
const pool = Buffer.allocUnsafe(BYTES * 256)
let used = pool.length

/** 120 random bits as twenty letters that fit an address. */
export function nextSessionId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += BYTES
  return pool.toString('base64url', used - BYTES, used)
}
