import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { firstIssue } from '#domain/schema.ts'
import type { Accounts, Person } from './accounts.ts'
import { ADDRESS_HEADER } from './address.ts'
import type { Config } from './config.ts'
import { explain } from './explain.ts'
import { type AnyHeaders, acceptsCookies, readHeader } from './origin.ts'

const claim = z.strictObject({
  setupToken: z.string().max(200),
  email: z.string().max(254),
  name: z.string().max(200),
  password: z.string().max(200),
})

/** The first run: an installation without an owner gets one, from whoever holds the token that the server printed. */
export interface SetUp {
  isOpen(): Promise<boolean>
  claim(headers: AnyHeaders, raw: unknown): Promise<Result<{ user: Person }>>
}

export function createSetUp(accounts: Accounts, config: Pick<Config, 'isSecure'>): SetUp {
  return {
    isOpen: async () => !(await accounts.hasOwner()),
    async claim(headers, raw) {
      const address = readHeader(headers, ADDRESS_HEADER)
      if (!acceptsCookies(config.isSecure, address)) {
        return failure('FORBIDDEN', 'Over plain http, the set-up works from this network only. Set PUBLIC_URL to an https address.')
      }
      const parsed = claim.safeParse(raw)
      if (!parsed.success) return firstIssue(parsed.error)
      try {
        return await accounts.claimOwner({ ...parsed.data, ...(address ? { address } : {}) })
      } catch (error) {
        const known = explain(error)
        if (known) return known
        throw error
      }
    },
  }
}
