import { errorOf } from './channel.ts'
import { isStorageError, type StorageError } from './error.ts'
import type { WireFailure } from './messages.ts'

/** The columns of a unique constraint by its name: the database's own words for them depend on its language. */
export type UniqueColumns = ReadonlyMap<string, string>

interface DatabaseError extends Error {
  /** SQLSTATE: postgresql.org/docs/current/errcodes-appendix.html. */
  code?: string
  severity?: string
  table?: string
  constraint?: string
  detail?: string
}

/** What the database itself answered has a severity; everything else was said by the connection, or the lack of one. */
const isAnswer = (error: unknown): error is DatabaseError => error instanceof Error && 'severity' in error && error.severity !== undefined

export function failureFrom(error: unknown, at: number, unique: UniqueColumns): WireFailure {
  if (isStorageError(error)) return { reason: error.code === 'BUSY' ? 'busy' : 'unavailable', at, detail: error.message }
  if (!isAnswer(error)) return { reason: 'unavailable', at, detail: wordsOf(error) }
  const reason = reasonOf(error)
  return { reason, at, detail: reason === 'unique' ? columnsOf(error, unique) : error.message }
}

/** @returns the same error as every other storage throws */
export function toStorageError(error: unknown, unique: UniqueColumns): StorageError {
  if (isStorageError(error)) return error
  const known = errorOf(failureFrom(error, 0, unique))
  known.cause = error
  return known
}

/** Whether waiting may help whoever wants to begin: the database is out of reach, starting, full, or somebody has it to themselves. */
export function mayPass(error: unknown): boolean {
  if (isStorageError(error)) return error.code === 'UNAVAILABLE' && (error.cause === undefined ? !isOurDemand(error) : mayPass(error.cause))
  return !isAnswer(error) || /^(08|53|57)/.test(error.code ?? '')
}

/** What no waiting changes, such as a release that is too old. */
export const isOurDemand = (error: unknown): boolean => isStorageError(error) && error.message.startsWith('DATABASE_URL')

function reasonOf({ code = '', message }: DatabaseError): Exclude<WireFailure['reason'], 'guard'> {
  switch (code) {
    case '23505':
      return 'unique'
    case '53100':
      return 'full'
    case '40001': // serialisation
    case '40P01': // deadlock
    case '55P03': // lock timeout
    case '57014': // statement timeout
      return 'busy'
    case '25006': // read-only: a stand-by, or a former primary
    case '25P03': // idle in a transaction for too long
    case '57P01': // shut down, crashed, starting, dropped, idle for too long
    case '57P02':
    case '57P03':
    case '57P04':
    case '57P05':
    case '3D000': // no such database
      return 'unavailable'
  }
  if (isPlanOutdated({ code, message })) return 'busy'
  // Integrity · connection, authorisation, resources, system, corruption.
  if (code.startsWith('23')) return 'constraint'
  return /^(08|28|53|58|F0|XX)/.test(code) ? 'unavailable' : 'sql'
}

/** A statement prepared before another node's migration; a new connection prepares it anew. */
const isPlanOutdated = ({ code, message }: { code: string; message: string }) => code === '0A000' && message.includes('cached plan')

/** Whether the connection itself is of no further use, whatever it says of itself. */
export const isSpent = (error: unknown): boolean =>
  !isAnswer(error) || reasonOf(error) === 'unavailable' || isPlanOutdated({ code: error.code ?? '', message: error.message })

function columnsOf({ table = '', constraint = '', detail = '' }: DatabaseError, unique: UniqueColumns): string {
  const known = unique.get(constraint)
  if (known !== undefined) return known
  const named = /^\D+ \(([^)]+)\)=/.exec(detail)?.[1]
  return named === undefined
    ? `${table}.${constraint}`
    : named
        .replaceAll('"', '')
        .split(', ')
        .map(name => `${table}.${name}`)
        .join(', ')
}

/** One line. Several addresses tried in vain are an error without words. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return (error.message || code || error.name).split('\n')[0] ?? ''
}
