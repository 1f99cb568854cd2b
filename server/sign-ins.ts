import type { Kysely } from 'kysely'
import { failure, type Result } from '#domain/errors.ts'
import { ADDRESS_HEADER } from './address.ts'
import type { Config } from './config.ts'
import { type AnyHeaders, acceptsCookies, readHeader } from './origin.ts'
import type { Account } from './policies.ts'
import type { Database } from './storage/schema.ts'

/** One browser in which an account is signed in. */
export interface SignInView {
  id: string
  since: string
  until: string
  /** The browser's own words for itself. */
  userAgent: string
  isThisOne: boolean
}

export interface SignIns {
  /** False over plain http from an address outside this network: the cookie would be refused. */
  isPossible(headers: AnyHeaders): boolean
  /** The asker's own, newest first. */
  list(account: Account | null): Promise<Result<{ signIns: SignInView[] }>>
}

const MOST = 50

export function createSignIns(db: Kysely<Database>, config: Pick<Config, 'isSecure'>, now: () => number): SignIns {
  return {
    isPossible: headers => acceptsCookies(config.isSecure, readHeader(headers, ADDRESS_HEADER)),
    async list(account) {
      if (account?.via !== 'session') return failure('UNAUTHENTICATED', 'Sign in first.')
      const rows = await db
        .selectFrom('session')
        .where('userId', '=', account.id)
        .select(['id', 'createdAt', 'expiresAt', 'userAgent'])
        .orderBy('createdAt', 'desc')
        .limit(MOST)
        .execute()
      return {
        ok: true,
        signIns: rows
          .filter(row => new Date(row.expiresAt).getTime() > now())
          .map(row => ({
            id: row.id,
            since: new Date(row.createdAt).toISOString(),
            until: new Date(row.expiresAt).toISOString(),
            userAgent: row.userAgent ?? '',
            isThisOne: row.id === account.sessionId,
          })),
      }
    },
  }
}
