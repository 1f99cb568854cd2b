import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import type { Announcement } from '#domain/protocol.ts'
import { firstIssue, text, time } from '#domain/schema.ts'
import type { Account } from './accounts.ts'
import type { Context } from './context.ts'
import { commitFailure } from './games/commit.ts'
import { ORGANISATION } from './organisation.ts'
import { canManageAll } from './policies.ts'

const input = z.strictObject({ text: text(300).pipe(z.string().min(1)), until: time.optional() })

export interface Announcements {
  /** Those that still hold, newest first. */
  current(): Promise<Announcement[]>
  post(account: Account | null, raw: unknown): Promise<Result<{ announcement: Announcement }>>
  remove(account: Account | null, id: string): Promise<Result<object>>
}

export function createAnnouncements(context: Context): Announcements {
  const { db } = context.storage

  function mayAnnounce(account: Account | null): Result<object> {
    if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
    return canManageAll(account) ? { ok: true } : failure('FORBIDDEN', 'This account may not announce.')
  }

  return {
    async current() {
      const rows = await db
        .selectFrom('announcements')
        .where('organisation_id', '=', ORGANISATION)
        .where(eb => eb.or([eb('until', 'is', null), eb('until', '>', context.now())]))
        .selectAll()
        .orderBy('at', 'desc')
        .limit(5)
        .execute()
      return rows.map(row => ({
        id: row.id,
        text: row.text,
        at: new Date(row.at).toISOString(),
        until: row.until === null ? null : new Date(row.until).toISOString(),
      }))
    },

    async post(account, raw) {
      const allowed = mayAnnounce(account)
      if (!allowed.ok) return allowed
      const parsed = input.safeParse(raw)
      if (!parsed.success) return firstIssue(parsed.error)
      const until = parsed.data.until ? Date.parse(parsed.data.until) : null
      const announcement: Announcement = {
        id: randomUUID(),
        text: parsed.data.text,
        at: new Date(context.now()).toISOString(),
        until: until === null ? null : new Date(until).toISOString(),
      }
      const written = await context.storage.write([
        {
          query: db
            .insertInto('announcements')
            .values({ id: announcement.id, organisation_id: ORGANISATION, text: announcement.text, at: Date.parse(announcement.at), until })
            .compile(),
        },
      ])
      if (!written.ok) return commitFailure(written.reason)
      context.bus.publish('announcement', announcement)
      return { ok: true, announcement }
    },

    async remove(account, id) {
      const allowed = mayAnnounce(account)
      if (!allowed.ok) return allowed
      const written = await context.storage.write([
        { query: db.deleteFrom('announcements').where('id', '=', id).where('organisation_id', '=', ORGANISATION).compile(), expect: 1 },
      ])
      if (!written.ok) return written.reason === 'guard' ? failure('NOT_FOUND', 'No such announcement.') : commitFailure(written.reason)
      context.bus.publish('announcement', { id, text: '', at: new Date(context.now()).toISOString(), until: null, removed: true })
      return { ok: true }
    },
  }
}
