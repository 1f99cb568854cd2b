import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { firstIssue } from '#domain/schema.ts'
import type { Accounts, TokenView } from '../accounts.ts'
import { idText } from '../id-text.ts'
import { type Account, SCOPES, type Scope } from '../policies.ts'
import type { Acts } from './act.ts'

const ids = z.array(idText).min(1).max(500)
const creation = z.strictObject({
  name: z.string().max(200),
  scopes: z.array(z.enum(SCOPES)).min(1, 'Choose at least one.').max(SCOPES.length),
  games: ids.optional(),
  competitions: ids.optional(),
  rate: z.int().optional(),
  expiresAt: z.iso.datetime({ offset: true }).max(40).optional(),
})

/** A token as read: times in ISO-8601, the secret nowhere. */
export interface ShownToken extends Omit<TokenView, 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'revokedAt'> {
  createdAt: string
  expiresAt: string | null
  lastUsedAt: string | null
}

export interface AdminTokens {
  /** Those that are still good, newest first. */
  list(account: Account | null): Promise<Result<{ tokens: ShownToken[] }>>
  /** The secret is in this answer and nowhere else. */
  create(account: Account | null, raw: unknown): Promise<Result<{ token: string; id: string }>>
  revoke(account: Account | null, id: string): Promise<Result<object>>
}

export function createAdminTokens({ look, act }: Acts, accounts: Accounts, now: () => number): AdminTokens {
  /** A program makes and takes no token that may more than score: what leaks with it stays small. */
  const isOutOfReach = (account: Account, scopes: readonly Scope[]) =>
    account.via === 'token' && scopes.some(scope => scope === 'manage' || scope === 'admin')

  return {
    list: account =>
      look(account, async () => {
        const tokens = await accounts.listTokens()
        const good = tokens.filter(token => token.revokedAt === null && (token.expiresAt === null || token.expiresAt > now()))
        return { ok: true, tokens: good.reverse().map(show) }
      }),

    create: (account, raw) =>
      act(account, async admin => {
        const parsed = creation.safeParse(raw)
        if (!parsed.success) return firstIssue(parsed.error)
        const { expiresAt, ...token } = parsed.data
        if (isOutOfReach(admin, token.scopes)) return failure('FORBIDDEN', 'A program makes tokens to read and score only.')
        return accounts.createToken(expiresAt === undefined ? token : { ...token, expiresAt: Date.parse(expiresAt) }, admin.id)
      }),

    revoke: (account, id) =>
      act(account, async admin => {
        const token = (await accounts.listTokens()).find(one => one.id === id)
        if (token && isOutOfReach(admin, token.scopes)) return failure('FORBIDDEN', 'A program revokes tokens that read and score only.')
        return accounts.revokeToken(id, admin.id)
      }),
  }
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())

function show({ revokedAt: _revokedAt, createdAt, expiresAt, lastUsedAt, ...token }: TokenView): ShownToken {
  return { ...token, createdAt: new Date(createdAt).toISOString(), expiresAt: iso(expiresAt), lastUsedAt: iso(lastUsedAt) }
}
