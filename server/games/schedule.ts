import type { Kysely } from 'kysely'
import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { openFold } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import { firstIssue, name, time } from '#domain/schema.ts'
import type { Sport } from '#domain/sport.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { idText } from '../id-text.ts'
import { newId } from '../new-id.ts'
import { ORGANISATION } from '../organisation.ts'
import { canManage, canRead, canSchedule } from '../policies.ts'
import type { Database } from '../storage/schema.ts'
import { columnsOf, commitFailure } from './commit.ts'
import { dayOf, isTimeZone } from './days.ts'
import { guarded, presentGame } from './present.ts'
import { whyMissing } from './read.ts'
import { type Rules, rulesFor, rulesInput } from './rules.ts'
import { sideInput, sideKey, sideOf } from './sides.ts'
import type { Ties } from './ties.ts'

const gameInput = z.strictObject({
  sport: z.string().max(40),
  home: sideInput,
  away: sideInput,
  startsAt: time.nullable().default(null),
  competitionId: idText.optional(),
  rules: rulesInput.optional(),
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
  partOf: idText.optional(),
})

export interface Schedule {
  createGame(account: Account | null, input: unknown): Promise<Result<{ game: Game; created: boolean }>>
  removeGame(account: Account | null, gameId: string): Promise<Result<object>>
}

export function createSchedule(context: Context, ties: Ties): Schedule {
  const { db } = context.storage

  return {
    async createGame(account, raw) {
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      const parsed = gameInput.safeParse(raw)
      if (!parsed.success) return firstIssue(parsed.error)
      const { data: input } = parsed
      const { partOf } = input
      if (!partOf && !canSchedule(account, input.competitionId ?? null))
        return failure('FORBIDDEN', 'This account may not create games here.')
      const sport = context.sports.get(input.sport)
      if (!sport) return failure('INVALID_PAYLOAD', 'No such sport.', { path: 'sport' })
      if (input.externalId) {
        const known = await byExternalId(context, input.externalId)
        if (known) return knownAlready(account, known)
      }
      if (partOf) {
        const found = await ties.open(account, { partOf, sport: sport.id, competitionId: input.competitionId, pack: input.rules?.pack })
        if (!found.ok) return found
        input.competitionId = found.tie.competition?.id
        input.visibility = found.tie.visibility
      } else if (input.competitionId) {
        const competition = await db.selectFrom('competitions').where('id', '=', input.competitionId).select('sport').executeTakeFirst()
        if (!competition) return failure('NOT_FOUND', 'No such competition.', { path: 'competitionId' })
        if (competition.sport !== input.sport) return failure('INVALID_PAYLOAD', 'The competition is of another sport.', { path: 'sport' })
      }
      // The day it is where the game is played, however its start was written.
      const day = dayOf(input.startsAt ? Date.parse(input.startsAt) : context.now(), input.timeZone ?? context.config.timeZone)
      const rules = rulesFor(sport, input.rules, day)
      if (!rules.ok) return rules

      const ofItself = () => failure('INVALID_PAYLOAD', 'A side cannot play itself.', { path: 'away' })
      if (sideKey(input.home) === sideKey(input.away)) return ofItself()
      for (let attempt = 0; attempt < 3; attempt++) {
        const home = await sideOf(context, input.home, input.competitionId ?? '', 'home')
        if (!home.ok) return home
        const away = await sideOf(context, input.away, input.competitionId ?? '', 'away')
        if (!away.ok) return away
        if (home.id === away.id) return ofItself()
        const id = newId()
        const written = await context.storage.write([
          ...home.statements,
          ...away.statements,
          { query: insertGame(context, db, id, sport, input, rules.rules, home.id, away.id) },
        ])
        if (written.ok) {
          const open = await context.heads.open(id)
          if (!open) throw new Error('A game that was just written cannot be read.')
          context.bus.publish('created', { game: open.game })
          await ties.tell(open.game)
          return { ok: true, game: open.game, created: true }
        }
        if (written.reason !== 'unique') return commitFailure(written.reason)
        // Somebody created the same team or game in the same moment: look again.
        const known = input.externalId ? await byExternalId(context, input.externalId) : null
        if (known) return knownAlready(account, known)
      }
      return failure('BUSY_RETRY', 'The same names are being created by many at once.', { retryAfterMs: 200 })
    },

    async removeGame(account, gameId) {
      const open = await context.heads.open(gameId)
      if (!open) return whyMissing(context, account, gameId)
      if (!canRead(account, guarded(open.game))) return failure('UNKNOWN_GAME', 'No such game.')
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      if (!canManage(account, guarded(open.game))) return failure('FORBIDDEN', 'This account may not delete this game.')
      const parts = await db.selectFrom('games').where('part_of', '=', gameId).where('deleted_at', 'is', null).select('id').execute()
      const now = context.now()
      const gone = [gameId, ...parts.map(({ id }) => id)]
      const written = await context.storage.write([
        {
          query: db
            .updateTable('games')
            // Its sender may create it anew.
            .set({ deleted_at: now, updated_at: now, external_id: null })
            .where(eb => eb.or([eb('id', '=', gameId), eb('part_of', '=', gameId)]))
            .where('deleted_at', 'is', null)
            .compile(),
        },
      ])
      if (!written.ok) return commitFailure(written.reason)
      for (const id of gone) {
        context.heads.forget(id)
        context.bus.publish('removed', { gameId: id })
      }
      await ties.tellRemoved(open.game)
      return { ok: true }
    },
  }
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
  const epoch = newId()
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
      displayOrder: input.displayOrder ?? `${sport.namedFirst?.(rules.values) ?? 'home'}-first`,
      startsAt: input.startsAt === null ? null : new Date(input.startsAt).toISOString(),
      timeZone: input.timeZone ?? context.config.timeZone,
      visibility: input.visibility ?? 'public',
      demo: input.demo ?? false,
      rules,
      partOf: input.partOf ?? null,
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
      part_of: input.partOf ?? null,
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
