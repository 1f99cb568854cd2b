import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { firstIssue, name, text } from '#domain/schema.ts'
import type { Sport } from '#domain/sport.ts'
import { outcomesOf, type StandingsRules } from '#domain/standings.ts'
import { TIE_BREAKERS, type TieBreaker, tieBreakerOf } from '#domain/tie-breakers.ts'
import type { Account } from './accounts.ts'
import type { Context } from './context.ts'
import { commitFailure } from './games/commit.ts'
import { newId } from './new-id.ts'
import { ORGANISATION } from './organisation.ts'
import { canManageAll } from './policies.ts'

const teamPoints = z.strictObject({ team: name(), points: z.int().min(0).max(999) })
/** Points by team, also as `{"Hawks": 8}`. */
const byTeam = <T extends z.ZodType>(list: T) =>
  z.preprocess(
    given =>
      typeof given === 'object' && given !== null && !Array.isArray(given)
        ? Object.entries(given).map(([team, points]) => ({ team, points }))
        : given,
    list,
  )

/** What a competition may say of its table. Names of rules are taken as tables are published with them; deductions by team, too. */
const standingsInput = z.strictObject({
  points: z.record(z.string().max(20), z.number().min(-100).max(100)).optional(),
  tieBreakers: z.array(z.string().max(40)).max(20).optional(),
  deductions: byTeam(z.array(teamPoints.extend({ reason: text(120).optional(), date: z.iso.date().optional() })).max(100)).optional(),
  headToHead: z.enum(['again', 'once']).optional(),
  fairPlay: byTeam(z.array(teamPoints).max(500)).optional(),
  decisions: z
    .array(z.strictObject({ by: z.enum(['playoff', 'lots']), teams: z.array(name()).min(2).max(100) }))
    .max(100)
    .optional(),
})

const competitionInput = z.strictObject({
  name: name(),
  sport: z.string().max(40),
  standings: standingsInput.optional(),
  demo: z.boolean().optional(),
})

/** The rules by their own names; a rule or an outcome that the sport's tables do not know is refused. */
function checkStandings(sport: Sport, given: z.infer<typeof standingsInput>): Result<{ standings: Partial<StandingsRules> }> {
  const path = 'standings.'
  const known = outcomesOf(sport)
  const odd = Object.keys(given.points ?? {}).find(outcome => !known.includes(outcome))
  if (odd !== undefined)
    return failure('INVALID_PAYLOAD', `No such outcome; there are ${known.join(', ')}.`, { path: `${path}points.${odd}`.slice(0, 120) })
  const tieBreakers: TieBreaker[] = []
  for (const [i, asked] of (given.tieBreakers ?? []).entries()) {
    const rule = tieBreakerOf(asked)
    if (!rule) return failure('INVALID_PAYLOAD', `No such rule; there are ${TIE_BREAKERS.join(', ')}.`, { path: `${path}tieBreakers.${i}` })
    tieBreakers.push(rule)
  }
  return { ok: true, standings: { ...given, ...(given.tieBreakers ? { tieBreakers } : {}) } as Partial<StandingsRules> }
}

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
      const played = context.sports.get(sport)
      if (!played) return failure('INVALID_PAYLOAD', 'No such sport.', { path: 'sport' })
      const checked = standings ? checkStandings(played, standings) : null
      if (checked && !checked.ok) return checked
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
              standings: checked ? JSON.stringify(checked.standings) : null,
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
