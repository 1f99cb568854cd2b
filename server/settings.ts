import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { firstIssue } from '#domain/schema.ts'
import type { Account, Accounts } from './accounts.ts'
import type { Context } from './context.ts'
import { removeDemo } from './demo-removal.ts'
import { commitFailure } from './games/commit.ts'
import { ORGANISATION } from './organisation.ts'
import { canManageAll } from './policies.ts'

const changes = z
  .strictObject({
    chat: z.enum(['on', 'off'], 'Chat is on or off.').optional(),
    chatDays: z.int('Days, a whole number.').min(0).max(3650).optional(),
  })
  .refine(given => Object.keys(given).length > 0, 'Nothing to change.')

/** What the league has switched for the whole site. */
export interface SiteSettings {
  chat: 'on' | 'off'
  /** How many days what was said in a chat is kept; 0: for good. */
  chatDays: number
}
/** Where nobody has said otherwise. */
const CHAT_DAYS = 30

export interface Settings {
  read(): Promise<SiteSettings>
  change(account: Account | null, input: unknown): Promise<Result<{ settings: SiteSettings }>>
  /** Removes every game, team and competition of the demo. */
  removeDemo(account: Account | null): Promise<Result<{ games: number }>>
}

export function createSettings(context: Context, accounts: Pick<Accounts, 'poll'>): Settings {
  const { db } = context.storage

  async function read(): Promise<SiteSettings> {
    const rows = await db.selectFrom('settings').where('organisation_id', '=', ORGANISATION).select(['key', 'value']).execute()
    const values = new Map(rows.map(row => [row.key, row.value]))
    return { chat: values.get('chat') === 'off' ? 'off' : 'on', chatDays: Number(values.get('chatDays') ?? CHAT_DAYS) }
  }

  function mayManage(account: Account | null): Result<object> {
    if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
    return canManageAll(account) ? { ok: true } : failure('FORBIDDEN', 'This account may not change settings.')
  }

  return {
    read,
    async change(account, input) {
      const allowed = mayManage(account)
      if (!allowed.ok) return allowed
      const parsed = changes.safeParse(input)
      if (!parsed.success) return firstIssue(parsed.error)
      const written = await context.storage.write(
        Object.entries(parsed.data).map(([key, given]) => {
          const value = String(given)
          return {
            query: db
              .insertInto('settings')
              .values({ organisation_id: ORGANISATION, key, value })
              .onConflict(on => on.columns(['organisation_id', 'key']).doUpdateSet({ value }))
              .compile(),
          }
        }),
      )
      return written.ok ? { ok: true, settings: await read() } : commitFailure(written.reason)
    },
    async removeDemo(account) {
      const allowed = mayManage(account)
      if (!allowed.ok) return allowed
      const games = await removeDemo(db)
      // Its token went with it: what was looked up of it a moment ago holds no more.
      await accounts.poll()
      for (const gameId of games) {
        context.heads.forget(gameId)
        context.bus.publish('removed', { gameId })
      }
      return { ok: true, games: games.length }
    },
  }
}
