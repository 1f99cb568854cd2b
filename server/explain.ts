import { failure } from '#domain/errors.ts'
import { HashingBusy } from './password.ts'
import { isStorageError } from './storage/error.ts'

/** What goes wrong without anybody's fault, in the words of the error list. */
export function explain(error: unknown): { ok: false; error: ReturnType<typeof failure>['error'] } | null {
  if (error instanceof HashingBusy) return failure('BUSY_RETRY', 'Many are signing in at this moment.', { retryAfterMs: 3000 })
  if (!isStorageError(error)) return null
  if (error.code === 'BUSY') return failure('BUSY_RETRY', 'The database is busy.', { retryAfterMs: 1000 })
  if (error.code === 'FULL') return failure('STORAGE_FULL', 'The disk is full; nothing was saved.', { retryAfterMs: 5000 })
  if (error.code === 'UNAVAILABLE') return failure('UNAVAILABLE', 'The database is out of reach.', { retryAfterMs: 1000 })
  return null
}
