import { randomUUID } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { openFold } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import { fieldSchema, firstIssue, name, text } from '#domain/schema.ts'
import type { RulePack, Sport } from '#domain/sport.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { idText } from '../id-text.ts'
import { ORGANISATION } from '../organisation.ts'
import { canManage, canManageAll, canRead, canSchedule } from '../policies.ts'
import type { Database } from '../storage/schema.ts'
import type { Statement } from '../storage/storage.ts'
import { columnsOf, commitFailure } from './commit.ts'
import { isTimeZone } from './days.ts'
import { guarded, presentGame } from './present.ts'
import { whyMissing } from './read.ts'

const sideInput = z.union([
  z.strictObject({
    name: name(),
    color: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/)
      .optional(),
    abbr: name(6).optional(),
    shortName: name(40).optional(),
  }),
  z.strictObject({ id: idText }),
  z.strictObject({
    members: z
      .array(z.strictObject({ name: name() }))
      .min(1)
      .max(2),
  }),
])
type SideInput = z.infer<typeof sideInput>

const gameInput = z.strictObject({
  sport: z.string().max(40),
  home: sideInput,
  away: sideInput,
  startsAt: z.iso.datetime({ offset: true }).max(40).nullable().default(null),
  competitionId: idText.optional(),
  rules: z
    .strictObject({
      pack: z.string().max(40).optional(),
      version: z.string().max(40).optional(),
      values: z.record(z.string().max(40), z.unknown()).optional(),
    })
    .optional(),
  // Compared, never shown: taken as it is sent, or not at all.
  externalId: z
    .string()
    .min(1)
    .max(120)
    .refine(value => value.isWellFormed() && !/\p{Cc}/u.test(value), 'printable characters only')
    .optional(),
  visibility: z.enum(['public', 'unlisted', 'private']).optional(),
  venue: name(120).optional(),
  neutral: z.boolean().optional(),
  timeZone: z.string().max(60).refine(isTimeZone, 'not a time zone').optional(),
  displayOrder: z.enum(['home-first', 'away-first']).optional(),
  demo: z.boolean().optional(),
})

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

export interface Schedule {
  createGame(account: Account | null, input: unknown): Promise<Result<{ game: Game; created: boolean }>>
  createCompetition(
    account: Account | null,
    input: unknown,
  ): Promise<Result<{ competition: { id: string; name: string; sport: string }; created: boolean }>>
  removeGame(account: Account | null, gameId: string): Promise<Result<object>>
}

export function createSchedule(context: Context): Schedule {
  const { db } = context.storage

  return {
    async createGame(account, raw) {
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      const parsed = gameInput.safeParse(raw)
      if (!parsed.success) return firstIssue(parsed.error)
      const input = parsed.data
      if (!canSchedule(account, input.competitionId ?? null)) return failure('FORBIDDEN', 'This account may not create games here.')
      const sport = context.sports.get(input.sport)
      if (!sport) return failure('INVALID_PAYLOAD', 'No such sport.', { path: 'sport' })
      if (input.externalId) {
        const known = await byExternalId(context, input.externalId)
        if (known) return knownAlready(account, known)
      }
      if (input.competitionId) {
        const competition = await db.selectFrom('competitions').where('id', '=', input.competitionId).select('sport').executeTakeFirst()
        if (!competition) return failure('NOT_FOUND', 'No such competition.', { path: 'competitionId' })
        if (competition.sport !== input.sport) return failure('INVALID_PAYLOAD', 'The competition is of another sport.', { path: 'sport' })
      }
      const rules = rulesFor(
        sport,
        input.rules,
        input.startsAt ? input.startsAt.slice(0, 10) : new Date(context.now()).toISOString().slice(0, 10),
      )
      if (!rules.ok) return rules

      for (let attempt = 0; attempt < 3; attempt++) {
        const home = await sideOf(context, input.home, input.competitionId ?? '', 'home')
        if (!home.ok) return home
        const away = await sideOf(context, input.away, input.competitionId ?? '', 'away')
        if (!away.ok) return away
        if (home.id === away.id) return failure('INVALID_PAYLOAD', 'A side cannot play itself.', { path: 'away' })
        const id = randomUUID()
        const written = await context.storage.write([
          ...home.statements,
          ...away.statements,
          { query: insertGame(context, db, id, sport, input, rules.rules, home.id, away.id) },
        ])
        if (written.ok) {
          const open = await context.heads.open(id)
          if (!open) throw new Error('A game that was just written cannot be read.')
          context.bus.publish('created', { game: open.game })
          return { ok: true, game: open.game, created: true }
        }
        if (written.reason !== 'unique') return commitFailure(written.reason)
        // Somebody created the same team or game in the same moment: look again.
        const known = input.externalId ? await byExternalId(context, input.externalId) : null
        if (known) return knownAlready(account, known)
      }
      return failure('BUSY_RETRY', 'The same names are being created by many at once.', { retryAfterMs: 200 })
    },

    async createCompetition(account, raw) {
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
      const id = randomUUID()
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

    async removeGame(account, gameId) {
      const open = await context.heads.open(gameId)
      if (!open) return whyMissing(context, account, gameId)
      if (!canRead(account, guarded(open.game))) return failure('UNKNOWN_GAME', 'No such game.')
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      if (!canManage(account, guarded(open.game))) return failure('FORBIDDEN', 'This account may not delete this game.')
      const written = await context.storage.write([
        {
          query: db
            .updateTable('games')
            // Its sender may create it anew.
            .set({ deleted_at: context.now(), external_id: null })
            .where('id', '=', gameId)
            .where('deleted_at', 'is', null)
            .compile(),
        },
      ])
      if (!written.ok) return commitFailure(written.reason)
      context.heads.forget(gameId)
      context.bus.publish('removed', { gameId })
      return { ok: true }
    },
  }
}

function sameSport(known: { id: string; name: string; sport: string }, sport: string) {
  return known.sport === sport
    ? { ok: true as const, competition: known, created: false }
    : failure('CONFLICT', `There is a ${known.sport} competition of that name.`, { path: 'name' })
}

async function byExternalId(context: Context, externalId: string): Promise<Game | null> {
  const row = await context.storage.db
    .selectFrom('games')
    .where('organisation_id', '=', ORGANISATION)
    .where('external_id', '=', externalId)
    .where('deleted_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row ? ((await context.heads.open(row.id))?.game ?? null) : null
}

/** Somebody else's private game is not shown to whoever guesses its externalId. */
function knownAlready(account: Account, known: Game): Result<{ game: Game; created: boolean }> {
  return canRead(account, guarded(known))
    ? { ok: true, game: known, created: false }
    : failure('CONFLICT', 'This externalId is taken.', { path: 'externalId' })
}

type Rules = { pack: string; version: string; values: Record<string, unknown> }

/** The pack asked for, else the one in force on the day; single values may be set over it. */
function rulesFor(sport: Sport, asked: z.infer<typeof gameInput>['rules'], day: string): Result<{ rules: Rules }> {
  const isNamed = asked?.pack !== undefined
  const candidates = sport.packs
    .filter(pack => (isNamed ? pack.id === asked.pack : pack.isDefault))
    .filter(pack => asked?.version === undefined || pack.version === asked.version)
  const pack = packInForce(candidates, day)
  if (!pack) return failure('INVALID_PAYLOAD', 'No such rule pack.', { path: 'rules.pack' })
  const values: Record<string, unknown> = { ...(pack.values as object) }
  for (const [key, value] of Object.entries(asked?.values ?? {})) {
    const field = Object.hasOwn(sport.ruleFields, key) ? sport.ruleFields[key as never] : undefined
    if (!field) return failure('INVALID_PAYLOAD', 'No such rule.', { path: `rules.values.${key}` })
    const checked = fieldSchema(field).safeParse(value)
    if (!checked.success) return firstIssue(checked.error, `rules.values.${key}`)
    values[key] = checked.data
  }
  return { ok: true, rules: { pack: pack.id, version: pack.version, values } }
}

/** The newest not after the day; before the first, the first. */
export function packInForce(packs: readonly RulePack<unknown>[], day: string): RulePack<unknown> | undefined {
  const dated = [...packs].sort((a, b) => (a.from < b.from ? -1 : 1))
  return dated.filter(pack => pack.from <= day).at(-1) ?? dated[0]
}

type FoundSide = Result<{ id: string; statements: Statement[] }>

async function sideOf(context: Context, input: SideInput, scope: string, path: string): Promise<FoundSide> {
  const { db } = context.storage
  if ('id' in input) {
    const team = await db
      .selectFrom('teams')
      .where('id', '=', input.id)
      .where('organisation_id', '=', ORGANISATION)
      .select(['id', 'competition_id'])
      .executeTakeFirst()
    return team ? { ok: true, id: team.id, statements: [] } : failure('NOT_FOUND', 'No such team.', { path: `${path}.id` })
  }
  const members = 'members' in input ? input.members.map(member => member.name) : []
  const title = 'members' in input ? members.join(' / ') : input.name
  const kind = members.length === 0 ? 'team' : members.length === 1 ? 'person' : 'pair'
  const known = await db
    .selectFrom('teams')
    .where('organisation_id', '=', ORGANISATION)
    .where('competition_id', '=', scope)
    .where('kind', '=', kind)
    .where('name', '=', title)
    .select('id')
    .executeTakeFirst()
  if (known) return { ok: true, id: known.id, statements: [] }
  const id = randomUUID()
  const now = context.now()
  const given = 'name' in input ? input : null
  const number = sql<number>`(select coalesce(max(number), 0) + 1 from teams where organisation_id = ${ORGANISATION})`
  const statements: Statement[] = [
    {
      query: db
        .insertInto('teams')
        .values({
          id,
          organisation_id: ORGANISATION,
          competition_id: scope,
          kind: kind as 'team' | 'person' | 'pair',
          name: title,
          short_name: given?.shortName ?? shorten(title, members),
          abbr: given?.abbr ?? abbreviate(title, members),
          color: given?.color ?? null,
          number,
          created_at: now,
        })
        .compile(),
    },
  ]
  for (const [position, member] of members.entries()) {
    const person = randomUUID()
    statements.push({
      query: db
        .insertInto('persons')
        .values({ id: person, organisation_id: ORGANISATION, name: member, erased_at: null, created_at: now })
        .compile(),
    })
    statements.push({ query: db.insertInto('team_members').values({ team_id: id, person_id: person, position }).compile() })
  }
  return { ok: true, id, statements }
}

const surname = (person: string) => person.split(' ').at(-1) ?? person

function shorten(title: string, members: string[]): string {
  if (members.length > 0) return members.map(surname).join(' / ')
  return title.length <= 14 ? title : (title.split(' ').at(-1) ?? title)
}

function abbreviate(title: string, members: string[]): string {
  if (members.length > 1)
    return members
      .map(member => surname(member).charAt(0))
      .join('')
      .toUpperCase()
  const words = (members.length === 1 ? surname(title) : title).split(/\s+/).filter(word => word && !/^\p{L}\.$/u.test(word))
  const letters = words.length >= 3 ? words.map(word => word.charAt(0)).join('') : (words[0] ?? '')
  return Array.from(letters).slice(0, 3).join('').toUpperCase()
}

function insertGame(
  context: Context,
  db: Kysely<Database>,
  id: string,
  sport: Sport,
  input: z.infer<typeof gameInput>,
  rules: Rules,
  homeId: string,
  awayId: string,
) {
  const now = context.now()
  const side = { id: '', name: '', shortName: '', abbr: '', color: null, kind: 'team' as const }
  const fold = openFold(sport, rules.values)
  const epoch = randomUUID()
  const game = presentGame(
    sport,
    {
      id,
      sport: sport.id,
      organisation: { id: ORGANISATION, name: '' },
      competition: null,
      season: null,
      round: null,
      home: side,
      away: side,
      venue: input.venue ?? null,
      neutral: input.neutral ?? false,
      displayOrder: input.displayOrder ?? 'home-first',
      startsAt: input.startsAt === null ? null : new Date(input.startsAt).toISOString(),
      timeZone: input.timeZone ?? context.config.timeZone,
      visibility: input.visibility ?? 'public',
      demo: input.demo ?? false,
      rules,
      partOf: null,
      chat: true,
      epoch,
    },
    fold,
    0,
    new Date(now).toISOString(),
    [],
  )
  return db
    .insertInto('games')
    .values({
      id,
      organisation_id: ORGANISATION,
      competition_id: input.competitionId ?? null,
      sport: sport.id,
      home_id: homeId,
      away_id: awayId,
      ...columnsOf(game),
      row: JSON.stringify(editable(game)),
      demo: game.demo,
      external_id: input.externalId ?? null,
      part_of: null,
      pack: rules.pack,
      pack_version: rules.version,
      rules: JSON.stringify(rules.values),
      reducer: sport.version,
      epoch,
      seq: 0,
      last_order: null,
      state: JSON.stringify(fold),
      deleted_at: null,
      created_at: now,
      updated_at: now,
    })
    .compile()
}

/** What plays may change of a game, as it is created: the ground on which edits fold, and on which they are taken back. */
function editable({ startsAt, venue, timeZone, neutral, visibility, displayOrder, chat }: Game) {
  return { startsAt, venue, timeZone, neutral, visibility, displayOrder, chat }
}
