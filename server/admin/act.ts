import { failure, type Result } from '#domain/errors.ts'
import type { Context } from '../context.ts'
import { explain } from '../explain.ts'
import { type Account, canAdmin } from '../policies.ts'

export interface Acts {
  /** Something to read, for admins. */
  look<T extends object>(account: Account | null, read: (admin: Account) => Promise<Result<T>>): Promise<Result<T>>
  /** Something to change, for admins: limited by account. */
  act<T extends object>(account: Account | null, change: (admin: Account) => Promise<Result<T>>): Promise<Result<T>>
}

/** The one way into what admins do: who is asking → may they → how often → the change, with expected trouble as an error and not a throw. */
export function createActs(context: Pick<Context, 'limits'>): Acts {
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
    async act(account, change) {
      if (account) {
        const taken = context.limits.take('writes', account.id)
        if (!taken.ok) return failure('RATE_LIMITED', 'Too many changes at once.', { retryAfterMs: taken.retryAfterMs })
      }
      return look(account, change)
    },
  }
}
