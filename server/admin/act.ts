import { failure, type Result } from '#domain/errors.ts'
import { writeAudit } from '../audit.ts'
import type { Context } from '../context.ts'
import { HashingBusy } from '../password.ts'
import { type Account, canAdmin } from '../policies.ts'
import { isStorageError } from '../storage/error.ts'

export interface Acts {
  /** Something to read, for admins. */
  look<T extends object>(account: Account | null, read: (admin: Account) => Promise<Result<T>>): Promise<Result<T>>
  /** Something to change, for admins: limited by account, and a refusal leaves a line in the audit. */
  act<T extends object>(
    account: Account | null,
    what: { action: string; target?: string },
    change: (admin: Account) => Promise<Result<T>>,
  ): Promise<Result<T>>
}

/** The one way into what admins do: who is asking → may they → how often → the change, with expected trouble as an error and not a throw. */
export function createActs(context: Pick<Context, 'storage' | 'limits' | 'now'>): Acts {
  async function look<T extends object>(account: Account | null, read: (admin: Account) => Promise<Result<T>>): Promise<Result<T>> {
    if (!account) return failure('UNAUTHENTICATED', 'Sign in first.')
    if (!canAdmin(account)) return failure('FORBIDDEN', 'Only an admin may do this.')
    try {
      return await read(account)
    } catch (error) {
      const known = explain(error)
      if (known) return known
      throw error
    }
  }

  return {
    look,
    async act(account, { action, target }, change) {
      if (account) {
        const taken = context.limits.take('writes', account.id)
        if (!taken.ok) return failure('RATE_LIMITED', 'Too many changes at once.', { retryAfterMs: taken.retryAfterMs })
      }
      const answer = await look(account, change)
      if (account && !answer.ok && answer.error.code === 'FORBIDDEN') {
        const line = { at: context.now(), actor: account.id, action: 'admin.refused', detail: { action } }
        await writeAudit(context.storage.db, target === undefined ? line : { ...line, target })
      }
      return answer
    },
  }
}

/** What goes wrong without anybody's fault, in the words of the error list. */
export function explain(error: unknown): { ok: false; error: ReturnType<typeof failure>['error'] } | null {
  if (error instanceof HashingBusy) return failure('BUSY_RETRY', 'Many are signing in at this moment.', { retryAfterMs: 3000 })
  if (!isStorageError(error)) return null
  if (error.code === 'BUSY') return failure('BUSY_RETRY', 'The database is busy.', { retryAfterMs: 1000 })
  if (error.code === 'FULL') return failure('STORAGE_FULL', 'The disk is full; nothing was saved.', { retryAfterMs: 5000 })
  if (error.code === 'UNAVAILABLE') return failure('UNAVAILABLE', 'The database is out of reach.', { retryAfterMs: 1000 })
  return null
}
