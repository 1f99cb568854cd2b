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
import type { Statement } from '../storage/storage.ts'
import { columnsOf, commitFailure, writeOnOthers } from './commit.ts'
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

  /** Where it is played: in a competition, or in a tie, which says that and who sees it. */
  async function findPlace(account: Account, input: z.infer<typeof gameInput>): Promise<Result<object>> {
    const { partOf, sport, competitionId } = input
    if (partOf) {
      const found = await ties.open(account, { partOf, sport, competitionId, pack: input.rules?.pack })
      if (!found.ok) return found
      input.competitionId = found.tie.competition?.id
      input.visibility = found.tie.visibility
    } else if (competitionId) {
      const competition = await db.selectFrom('competitions').where('id', '=', competitionId).select('sport').executeTakeFirst()
      if (!competition) return failure('NOT_FOUND', 'No such competition.', { path: 'competitionId' })
      if (competition.sport !== sport) return failure('INVALID_PAYLOAD', 'The competition is of another sport.', { path: 'sport' })
    }
    return { ok: true }
  }

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
      const found = await findPlace(account, input)
      if (!found.ok) return found
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
        const written = await writeOnOthers(context.storage, [
          ...home.statements,
          ...away.statements,
          ...stillInTie(db, input),
          { query: insertGame(context, db, id, sport, input, rules.rules, home.id, away.id) },
        ])
        if (written.ok) {
          const open = await context.heads.open(id)
          // Deleted as soon as it was there.
          if (!open) return whyMissing(context, account, id)
          context.bus.publish('created', { game: open.game })
          await ties.tell(open.game)
          return { ok: true, game: open.game, created: true }
        }
        if (written.reason !== 'unique' && written.reason !== 'guard' && written.reason !== 'gone') return commitFailure(written.reason)
        // Somebody created the same team or game in the same moment, or changed or removed what it is to stand on: look again.
        const known = input.externalId ? await byExternalId(context, input.externalId) : null
        if (known) return knownAlready(account, known)
        if (partOf && !context.isAlone()) await context.turns.take(partOf, () => context.catchUp(partOf))
        const still = await findPlace(account, input)
        if (!still.ok) return still
      }
      return failure('BUSY_RETRY', 'The same names are being created by many at once.', { retryAfterMs: 200 })
    },

    async removeGame(account, gameId) {
      const open = await context.heads.open(gameId)
      if (!open) return whyMissing(context, account, gameId)
      if (!canRead(account, guarded(open.game))) return failure('UNKNOWN_GAME', 'No such game.')
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      if (!canManage(account, guarded(open.game))) return failure('FORBIDDEN', 'This account may not delete this game.')
      const now = context.now()
      const removal = (of: 'id' | 'part_of'): Statement => ({
        query: db
          .updateTable('games')
          // Its sender may create it anew.
          .set({ deleted_at: now, updated_at: now, external_id: null })
          .where(of, '=', gameId)
          .where('deleted_at', 'is', null)
          .returning('id')
          .compile(),
      })
      // A tie before its matches: whoever adds one meanwhile has done so by then, or finds the tie deleted.
      const written = await context.storage.write([removal('id'), removal('part_of')])
      if (!written.ok) return commitFailure(written.reason)
      for (const id of new Set([gameId, ...written.rows.flat().map(row => String(row.id))])) {
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

/** The tie of a new match stays as it was read until the match is there: nobody deletes or hides the one without the other. */
function stillInTie(db: Kysely<Database>, { partOf, visibility = 'public' }: z.infer<typeof gameInput>): Statement[] {
  if (!partOf) return []
  const held = db
    .updateTable('games')
    .set(eb => ({ seq: eb.ref('seq') }))
    .where('id', '=', partOf)
    .where('visibility', '=', visibility)
    .where('deleted_at', 'is', null)
  return [{ query: held.compile(), expect: 1 }]
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
