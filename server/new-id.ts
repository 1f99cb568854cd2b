import { randomBytes } from 'node:crypto'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
/** 65 bits: a league will not meet the same one twice, and nobody finds an unlisted game by trying. */
const LENGTH = 11
/** Of a byte's values, those that share themselves out evenly among the letters. */
const EVEN = 256 - (256 % LETTERS.length)

/** An id that stands in addresses and in every message about what it names: eleven letters and digits. */
export function newId(): string {
  let id = ''
  while (id.length < LENGTH) {
    for (const byte of randomBytes(LENGTH + 4)) if (byte < EVEN && id.length < LENGTH) id += LETTERS[byte % LETTERS.length]
  }
  return id
}
