import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { firstIssue, name, text } from '#domain/schema.ts'
import type { Account } from './accounts.ts'
import type { Context } from './context.ts'
import { commitFailure } from './games/commit.ts'
import { newId } from './new-id.ts'
import { ORGANISATION } from './organisation.ts'
import { canManageAll } from './policies.ts'

const competitionInput = z.strictObject({
  name: name(),
  sport: z.string().max(40),
  standings: z
    .strictObject({
      points: z.record(z.string().max(20), z.number().min(0).max(100)).optional(),
      tieBreakers: z.array(z.string().max(40)).max(20).optional(),
      deductions: z
        .array(z.strictObject({ team: name(), points: z.int().min(0).max(999), reason: text(120).optional() }))
        .max(100)
        .optional(),
    })
    .optional(),
  demo: z.boolean().optional(),
})

type Created = Result<{ competition: { id: string; name: string; sport: string }; created: boolean }>
export type CreateCompetition = (account: Account | null, input: unknown) => Promise<Created>

/** The name of a competition is its own: the same again answers the one there is. */
export function createCompetitions(context: Context): { create: CreateCompetition } {
  const { db } = context.storage
  return {
    async create(account, raw) {
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      if (!canManageAll(account)) return failure('FORBIDDEN', 'This account may not create competitions.')
      const parsed = competitionInput.safeParse(raw)
      if (!parsed.success) return firstIssue(parsed.error)
      const { name: title, sport, standings, demo } = parsed.data
      if (!context.sports.has(sport)) return failure('INVALID_PAYLOAD', 'No such sport.', { path: 'sport' })
      const existing = () =>
        db
          .selectFrom('competitions')
          .where('organisation_id', '=', ORGANISATION)
          .where('name', '=', title)
          .select(['id', 'name', 'sport'])
          .executeTakeFirst()
      const known = await existing()
      if (known) return sameSport(known, sport)
      const id = newId()
      const written = await context.storage.write([
        {
          query: db
            .insertInto('competitions')
            .values({
              id,
              organisation_id: ORGANISATION,
              name: title,
              sport,
              standings: standings ? JSON.stringify(standings) : null,
              rules: null,
              demo: demo === true,
              created_at: context.now(),
            })
            .compile(),
        },
      ])
      if (written.ok) return { ok: true, competition: { id, name: title, sport }, created: true }
      const other = await existing()
      if (other) return sameSport(other, sport)
      return commitFailure(written.reason)
    },
  }
}

function sameSport(known: { id: string; name: string; sport: string }, sport: string) {
  return known.sport === sport
    ? { ok: true as const, competition: known, created: false }
    : failure('CONFLICT', `There is a ${known.sport} competition of that name.`, { path: 'name' })
}
