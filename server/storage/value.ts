import { StorageError } from './error.ts'

/** What reaches the database. Numbers travel as bigint: libsql binds a number as REAL, which a text column would keep as "1.0". */
export type Bound = string | bigint | null

/**
 * The one door for bound values, whatever the engine. libsql 0.5 ends the process on a boolean, reads undefined and NaN as NULL and cuts
 * text at NUL; PostgreSQL refuses NUL and a fraction in an integer column. There are no fractional columns, so a fraction is a mistake.
 *
 * @throws StorageError `VALUE`, naming the position and the type, never the value
 */
export function toBound(value: unknown, index: number): Bound {
  switch (typeof value) {
    case 'string':
      if (value.includes('\0')) throw refused(index, 'text with a NUL character')
      return value
    case 'number':
      if (!Number.isSafeInteger(value)) throw refused(index, Number.isInteger(value) ? 'an unsafe integer' : fraction(value))
      return BigInt(value)
    case 'bigint':
      if (value > MAX || value < -MAX) throw refused(index, 'an unsafe integer')
      return value
    case 'boolean':
      return value ? 1n : 0n
    case 'object':
      if (value === null) return null
      throw refused(index, Array.isArray(value) ? 'an array' : `an object (${value.constructor?.name ?? 'no prototype'})`)
    default:
      throw refused(index, typeof value)
  }
}

export const toBoundAll = (values: readonly unknown[]): Bound[] => values.map(toBound)

const MAX = BigInt(Number.MAX_SAFE_INTEGER)
const fraction = (value: number) => (Number.isFinite(value) ? 'a fraction' : String(value))
const refused = (index: number, what: string) => new StorageError('VALUE', `cannot bind ${what} as value ${index + 1}`)
