import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { firstIssue, name } from '#domain/schema.ts'
import type { Account, Accounts } from './accounts.ts'
import { createBriefMemory } from './brief-memory.ts'
import type { Context } from './context.ts'
import { removeDemo } from './demo-removal.ts'
import { commitFailure } from './games/commit.ts'
import { ORGANISATION, UNNAMED } from './organisation.ts'
import { canManageAll } from './policies.ts'
import type { Statement } from './storage/storage.ts'

/** Every page asks for it; a change made at another node is seen as soon. */
const NAME_KEPT_MS = 1_000

const changes = z
  .strictObject({
    name: name(40).nullable().optional(),
    chat: z.enum(['on', 'off'], 'Chat is on or off.').optional(),
    chatDays: z.int('Days, a whole number.').min(0).max(3650).optional(),
  })
  .refine(given => Object.keys(given).length > 0, 'Nothing to change.')

/** What the league has switched for the whole site. */
export interface SiteSettings {
  /** What the league calls its site; null: it has no name of its own. */
  name: string | null
  chat: 'on' | 'off'
  /** How many days what was said in a chat is kept; 0: for good. */
  chatDays: number
}
/** Where nobody has said otherwise. */
const CHAT_DAYS = 30

export interface Settings {
  read(): Promise<SiteSettings>
  /** The site's name alone, as it was a second ago at most. */
  name(): Promise<string | null>
  change(account: Account | null, input: unknown): Promise<Result<{ settings: SiteSettings }>>
  /** Removes every game, team and competition of the demo. */
  removeDemo(account: Account | null): Promise<Result<{ games: number }>>
}

export function createSettings(context: Context, accounts: Pick<Accounts, 'poll'>): Settings {
  const { db } = context.storage

  const kept = createBriefMemory<string | null>({ forMs: NAME_KEPT_MS })

  async function readName(): Promise<string | null> {
    const { name } = await db.selectFrom('organisations').where('id', '=', ORGANISATION).select('name').executeTakeFirstOrThrow()
    return name === UNNAMED ? null : name
  }

  async function read(): Promise<SiteSettings> {
    const rows = await db.selectFrom('settings').where('organisation_id', '=', ORGANISATION).select(['key', 'value']).execute()
    const values = new Map(rows.map(row => [row.key, row.value]))
    return {
      name: await readName(),
      chat: values.get('chat') === 'off' ? 'off' : 'on',
      chatDays: Number(values.get('chatDays') ?? CHAT_DAYS),
    }
  }

  const renamed = (name: string | null): Statement => ({
    query: db
      .updateTable('organisations')
      .set({ name: name ?? UNNAMED })
      .where('id', '=', ORGANISATION)
      .compile(),
  })
  const switched = (key: string, value: string): Statement => ({
    query: db
      .insertInto('settings')
      .values({ organisation_id: ORGANISATION, key, value })
      .onConflict(on => on.columns(['organisation_id', 'key']).doUpdateSet({ value }))
      .compile(),
  })

  function mayManage(account: Account | null): Result<object> {
    if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
    return canManageAll(account) ? { ok: true } : failure('FORBIDDEN', 'This account may not change settings.')
  }

  return {
    read,
    name: () => kept.get('', readName),
    async change(account, input) {
      const allowed = mayManage(account)
      if (!allowed.ok) return allowed
      const parsed = changes.safeParse(input)
      if (!parsed.success) return firstIssue(parsed.error)
      const { name, ...switches } = parsed.data
      const written = await context.storage.write([
        ...(name === undefined ? [] : [renamed(name)]),
        ...Object.entries(switches).map(([key, value]) => switched(key, String(value))),
      ])
      if (!written.ok) return commitFailure(written.reason)
      if (name !== undefined) {
        kept.clear()
        // Games say whose they are: those kept ready are read anew.
        context.heads.forgetAll()
      }
      return { ok: true, settings: await read() }
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
