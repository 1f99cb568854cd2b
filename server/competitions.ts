import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import type { Ref } from '#domain/game.ts'
import { firstIssue, name, text } from '#domain/schema.ts'
import type { Sport } from '#domain/sport.ts'
import { outcomesOf, type StandingsRules, standingsRules } from '#domain/standings.ts'
import { TIE_BREAKERS, type TieBreaker, tieBreakerOf } from '#domain/tie-breakers.ts'
import type { Account } from './accounts.ts'
import { auditStatement } from './audit.ts'
import type { Context } from './context.ts'
import { removeDeadTokens } from './demo-removal.ts'
import { commitFailure, writeOnOthers } from './games/commit.ts'
import { renewal, renewedBy, tellRenewed } from './games/renew.ts'
import { newId } from './new-id.ts'
import { ORGANISATION } from './organisation.ts'
import { canManageAll, canManageCompetition } from './policies.ts'
import type { Statement } from './storage/storage.ts'

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

/** Names of rules are taken as tables are published with them; deductions by team, too. */
const tableRules = {
  points: z.record(z.string().max(20), z.number().min(-100).max(100)),
  tieBreakers: z.array(z.string().max(40)).max(20),
  deductions: byTeam(z.array(teamPoints.extend({ reason: text(120).optional(), date: z.iso.date().optional() })).max(100)),
  headToHead: z.enum(['again', 'once']),
  fairPlay: byTeam(z.array(teamPoints).max(500)),
  decisions: z.array(z.strictObject({ by: z.enum(['playoff', 'lots']), teams: z.array(name()).min(2).max(100) })).max(100),
}
/** What a competition may say of its table. */
const standingsInput = z.strictObject(tableRules).partial()
/** Of these, what is named takes the place of what was said before; null: as usual in the sport. */
const standingsChange = z
  .strictObject({
    points: tableRules.points.nullable(),
    tieBreakers: tableRules.tieBreakers.nullable(),
    deductions: tableRules.deductions.nullable(),
    headToHead: tableRules.headToHead.nullable(),
    fairPlay: tableRules.fairPlay.nullable(),
    decisions: tableRules.decisions.nullable(),
  })
  .partial()

const competitionInput = z.strictObject({
  name: name(),
  sport: z.string().max(40),
  standings: standingsInput.optional(),
  demo: z.boolean().optional(),
})
const competitionChange = z
  .strictObject({ name: name().optional(), standings: standingsChange.optional() })
  .refine(given => Object.keys(given).length > 0, 'Nothing to change.')

/** Nothing is played in such a game, so that it may go with its competition. */
export const UNPLAYED = ['scheduled', 'postponed', 'cancelled'] as const
const ATTEMPTS = 5

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

type CompetitionRef = Ref & { sport: string }
/** A competition by itself, with all that its table is made by. */
export interface CompetitionView extends CompetitionRef {
  standings: StandingsRules
}

export interface Competitions {
  get(id: string): Promise<Result<{ competition: CompetitionView }>>
  /** The name of a competition is its own: the same again answers the one there is. */
  create(account: Account | null, input: unknown): Promise<Result<{ competition: CompetitionRef; created: boolean }>>
  /** Another name, another way to count: every game there says the name anew, and the table is made anew from the same games. */
  change(account: Account | null, id: string, input: unknown): Promise<Result<{ competition: CompetitionView }>>
  /** Takes it away with its games that nobody has played; refused as long as one was. */
  remove(account: Account | null, id: string): Promise<Result<object>>
}

export function createCompetitions(context: Context): Competitions {
  const { storage } = context
  const { db } = storage

  const read = (id: string) =>
    id.includes('\0')
      ? Promise.resolve(undefined)
      : db
          .selectFrom('competitions')
          .where('organisation_id', '=', ORGANISATION)
          .where('id', '=', id)
          .select(['id', 'name', 'sport', 'standings'])
          .executeTakeFirst()
  type Known = NonNullable<Awaited<ReturnType<typeof read>>>

  function shown({ id, name, sport, standings }: Known): CompetitionView {
    const played = context.sports.get(sport)
    if (!played) throw new Error(`No sport ${sport}.`)
    return { id, name, sport, standings: standingsRules(played, parsed(standings)) }
  }

  function statementsOf(known: Known, next: Known, by: string): Statement[] {
    const at = context.now()
    const { id } = known
    const games = db.selectFrom('games').where('competition_id', '=', id).select('id')
    return [
      {
        query: db
          .updateTable('competitions')
          .set({ name: next.name, standings: next.standings })
          .where('id', '=', id)
          .where('name', '=', known.name)
          .where('standings', known.standings === null ? 'is' : '=', known.standings)
          .compile(),
        expect: 1,
      },
      ...(next.name === known.name ? [] : renewal(db, games, at)),
      auditStatement(db, { at, actor: by, action: 'competition.edit', target: id }),
    ]
  }

  /** Its games that were never played, its limits and itself; the guard comes first. */
  function removalOf(id: string, by: string): Statement[] {
    const at = context.now()
    const gone = { competition_id: null, season_id: null, round_id: null, external_id: null, updated_at: at }
    const played = db
      .selectFrom('games')
      .where('competition_id', '=', id)
      .where('deleted_at', 'is', null)
      .where('status', 'not in', [...UNPLAYED])
      .select('id')
    return [
      {
        query: db
          .updateTable('competitions')
          .set({ demo: 0 })
          .where('id', '=', id)
          .where(eb => eb.not(eb.exists(played)))
          .compile(),
        expect: 1,
      },
      {
        query: db
          .updateTable('games')
          .set({ ...gone, deleted_at: at })
          .where('competition_id', '=', id)
          .where('deleted_at', 'is', null)
          .where('status', 'in', [...UNPLAYED])
          .returning('id')
          .compile(),
      },
      // What was deleted before is kept without a place: a game that has begun meanwhile holds the competition.
      { query: db.updateTable('games').set(gone).where('competition_id', '=', id).where('deleted_at', 'is not', null).compile() },
      { query: db.deleteFrom('grants').where('competition_id', '=', id).compile() },
      { query: db.deleteFrom('competitions').where('id', '=', id).compile(), expect: 1 },
      auditStatement(db, { at, actor: by, action: 'competition.remove', target: id }),
    ]
  }

  return {
    async get(id) {
      const known = await read(id)
      return known ? { ok: true, competition: shown(known) } : failure('NOT_FOUND', 'No such competition.')
    },

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

    async change(account, id, raw) {
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const known = await read(id)
        if (known ? !canManageCompetition(account, id) : !canManageAll(account))
          return failure('FORBIDDEN', 'This account may not change this competition.')
        if (!known) return failure('NOT_FOUND', 'No such competition.')
        const given = competitionChange.safeParse(raw)
        if (!given.success) return firstIssue(given.error)
        const changed = changeOf(context, known, given.data)
        if (!changed.ok) return changed
        const { next } = changed
        if (next.name === known.name && next.standings === known.standings) return { ok: true, competition: shown(known) }
        const written = await storage.write(statementsOf(known, next, account.id))
        if (written.ok) {
          context.bus.publish('competition', { competitionId: id })
          await tellRenewed(context, renewedBy(written))
          return { ok: true, competition: shown(next) }
        }
        if (written.reason === 'unique') return failure('CONFLICT', 'There is another competition of that name.', { path: 'name' })
        // Somebody else changed it in the same moment: look again.
        if (written.reason !== 'guard') return commitFailure(written.reason)
      }
      return commitFailure('guard')
    },

    async remove(account, id) {
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      if (!canManageAll(account)) return failure('FORBIDDEN', 'This account may not delete competitions.')
      if (!(await read(id))) return failure('NOT_FOUND', 'No such competition.')
      const written = await writeOnOthers(storage, removalOf(id, account.id))
      if (written.ok) {
        for (const gameId of renewedBy(written)) {
          context.heads.forget(gameId)
          context.bus.publish('removed', { gameId })
        }
        context.bus.publish('competition', { competitionId: id })
        await removeDeadTokens(db)
        return { ok: true }
      }
      // A game was made or begun there in the same moment.
      if (written.reason === 'gone') return commitFailure('guard')
      if (written.reason !== 'guard') return commitFailure(written.reason)
      return (await read(id))
        ? failure('CONFLICT', 'Games of it have been played: as long as they are there, so is the competition.')
        : failure('NOT_FOUND', 'No such competition.')
    },
  }
}

const parsed = (standings: string | null) => (standings ? (JSON.parse(standings) as Partial<StandingsRules>) : {})

/** What a competition will be called and count by. */
function changeOf<T extends { name: string; sport: string; standings: string | null }>(
  { sports }: Pick<Context, 'sports'>,
  known: T,
  given: z.infer<typeof competitionChange>,
): Result<{ next: T }> {
  const next = { ...known, name: given.name ?? known.name }
  if (!given.standings) return { ok: true, next }
  const sport = sports.get(known.sport)
  const said = Object.fromEntries(Object.entries(given.standings).filter(([, rule]) => rule !== null))
  const checked = sport ? checkStandings(sport, said) : failure('INVALID_PAYLOAD', 'No such sport.')
  if (!checked.ok) return checked
  const usual = Object.entries(given.standings).flatMap(([rule, value]) => (value === null ? [rule] : []))
  const rules = Object.entries({ ...parsed(known.standings), ...checked.standings }).filter(([rule]) => !usual.includes(rule))
  return { ok: true, next: { ...next, standings: rules.length > 0 ? JSON.stringify(Object.fromEntries(rules)) : null } }
}

function sameSport(known: CompetitionRef, sport: string) {
  return known.sport === sport
    ? { ok: true as const, competition: known, created: false }
    : failure('CONFLICT', `There is a ${known.sport} competition of that name.`, { path: 'name' })
}
