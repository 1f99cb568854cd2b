import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { type Game, TO_COME } from '#domain/game.ts'
import { firstIssue } from '#domain/schema.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { canAddPart, canManage, canRead } from '../policies.ts'
import { commitFailure, writeOnOthers } from './commit.ts'
import { guarded } from './present.ts'
import { whyMissing } from './read.ts'
import { renewal, renewedBy, tellRenewed } from './renew.ts'
import { sideInput, sideKey, sideOf } from './sides.ts'

const ATTEMPTS = 5

const changes = z
  .strictObject({ home: sideInput.optional(), away: sideInput.optional() })
  .refine(given => given.home !== undefined || given.away !== undefined, 'Nothing to change.')

export interface LineUp {
  /** Other sides for a game that has not begun: the players of a match, or a team that was taken for another. */
  change(account: Account | null, gameId: string, raw: unknown): Promise<LineUpResult>
}
export type LineUpResult = Result<{ game: Game }> | { ok: false; error: ReturnType<typeof failure>['error']; game?: Game }

/** Who plays stands in no log: the game, and the tie it is a match of, are given another epoch, and whoever shows them reads them anew. */
export function createLineUp(context: Context): LineUp {
  const { storage, heads } = context
  const { db } = storage

  /** Who manages it, and a person who scores it, as with the matches of a tie; of an official tie, who manages. */
  async function mayChange(account: Account, game: Game): Promise<boolean> {
    const guard = guarded(game)
    if (canManage(account, guard) || !canAddPart(account, guard)) return canManage(account, guard)
    return !game.partOf || (await heads.open(game.partOf))?.game.official !== true
  }

  return {
    async change(account, gameId, raw) {
      await context.freshen(gameId)
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const open = await heads.open(gameId)
        if (!open) return whyMissing(context, account, gameId)
        const { game } = open
        if (!canRead(account, guarded(game))) return failure('UNKNOWN_GAME', 'No such game.')
        if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
        if (!(await mayChange(account, game))) return failure('FORBIDDEN', 'This account may not change who plays.')
        const parsed = changes.safeParse(raw)
        if (!parsed.success) return firstIssue(parsed.error)
        // Whom a play names is of a side; the ones who played it do not change.
        if (!TO_COME.has(game.status) || game.official || game.roster.length > 0)
          return { ...failure('CONFLICT', 'The game has begun: who plays it stands.', { path: 'status' }), game }

        const scope = game.competition?.id ?? ''
        const given = { home: parsed.data.home ?? { id: game.home.id }, away: parsed.data.away ?? { id: game.away.id } }
        const home = await sideOf(context, given.home, scope, 'home')
        if (!home.ok) return home
        const away = await sideOf(context, given.away, scope, 'away')
        if (!away.ok) return away
        if (home.id === away.id || sideKey(given.home) === sideKey(given.away))
          return failure('INVALID_PAYLOAD', 'A side cannot play itself.', { path: parsed.data.away ? 'away' : 'home' })
        if (home.id === game.home.id && away.id === game.away.id) return { ok: true, game }

        const written = await writeOnOthers(storage, [
          ...home.statements,
          ...away.statements,
          ...renewal(db, db.selectFrom('games').where('id', '=', gameId).select('id'), context.now()),
          {
            query: db
              .updateTable('games')
              .set({ home_id: home.id, away_id: away.id })
              .where('id', '=', gameId)
              .where('home_id', '=', game.home.id)
              .where('away_id', '=', game.away.id)
              // Nothing was played meanwhile.
              .where('seq', '=', open.head.seq)
              .where('deleted_at', 'is', null)
              .compile(),
            expect: 1,
          },
        ])
        if (written.ok) {
          await tellRenewed(context, renewedBy(written))
          const now = await heads.open(gameId)
          return now ? { ok: true, game: now.game } : whyMissing(context, account, gameId)
        }
        // A play came first, or somebody else named them or removed them: look again.
        if (written.reason !== 'guard' && written.reason !== 'unique' && written.reason !== 'gone') return commitFailure(written.reason)
        heads.forget(gameId)
      }
      return commitFailure('guard')
    },
  }
}
