import { type ErrorCode, failure, type Result } from '#domain/errors.ts'
import { openFold } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'
import { isTie, MOST_PARTS, type PartData, TIE_PACK, type TieDetail, type TiePart, writeColumns } from '#domain/tie.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import { canAddPart, canManage, canRead } from '../policies.ts'
import { commitFailure } from './commit.ts'
import type { OpenGame } from './heads.ts'
import { SERVER } from './judge.ts'
import { guarded } from './present.ts'
import { whyMissing } from './read.ts'
import type { Recorder } from './record.ts'

/** How often matches whose tie was not told are looked for: a node may have ended between the two. */
const LOOK_MS = 15_000
/** A tie that was not told within this is told at the next start. */
const RECENT_MS = 3_600_000
const MOST_LOOKED_AT = 5_000
/** What no other look changes: it is known there already, or the tie was deleted itself. */
const SETTLED: ReadonlySet<ErrorCode> = new Set(['INVALID_PAYLOAD', 'IDEMPOTENCY_MISMATCH', 'GONE', 'UNKNOWN_GAME'])
const OVER: ReadonlySet<Game['status']> = new Set(['final', 'forfeited', 'abandoned', 'cancelled'])

export interface Ties {
  /** As the recorder does it; what changes in a match is in its tie when this answers. */
  record: Recorder['record']
  /** The game that takes a new match: it becomes a tie with its first. */
  open(account: Account, wanted: { partOf: string; sport: string; competitionId?: string; pack?: string }): Promise<Result<{ tie: Game }>>
  /** Writes down in the tie what its match has come to, if that is news. Never throws. */
  tell(part: Game): Promise<void>
  /** The same of a match that was deleted. */
  tellRemoved(part: Game): Promise<void>
  /** Tells ties what they were not told; now, or of late. */
  repair(isOfLate?: boolean): Promise<void>
  /** Looks every now and then. Returns a stop. */
  startLooking(): () => void
}

/**
 * A tie is a game like any other, with a log of its own; its matches are games of their own too. Whatever a board shows of a match and changes
 * is recorded in the tie's log as a play of kind `part`, by the server, through the one way plays take. Its id is made of the match and its
 * seq, so that telling twice counts once; older news than the tie has is refused by its fold.
 */
export function createTies(context: Context, recorder: Recorder): Ties {
  const { heads, turns, storage, log } = context

  async function tieOf(part: Game): Promise<OpenGame | null> {
    if (!part.partOf) return null
    const { partOf } = part
    // What another node wrote there last decides what is news.
    if (!context.isAlone()) await turns.take(partOf, () => context.catchUp(partOf))
    const open = await heads.open(partOf)
    return open && isTie(open.meta.rules.values) ? open : null
  }

  async function write(tie: OpenGame, play: PlayInput): Promise<void> {
    const answer = await recorder.record(SERVER, tie.meta.id, [play], false)
    if (answer.ok || SETTLED.has(answer.error.code)) return
    log.warn({ tie: tie.meta.id, code: answer.error.code }, 'a tie was not told of its match; it is looked at again')
  }

  const quietly = (act: () => Promise<void>) => act().catch(error => log.warn({ err: error }, 'a tie was not told of its match'))

  const tell = (part: Game) =>
    quietly(async () => {
      const tie = await tieOf(part)
      if (!tie) return
      const { parts } = tie.game.detail as unknown as TieDetail
      const at = parts.findIndex(({ id }) => id === part.id)
      const known = parts[at]
      if (known && (known.seq > part.seq || isSame(known, part))) return
      await write(tie, newsOf(part, at < 0 ? parts.length + 1 : at + 1))
      // Deleted meanwhile: its tie may have been told of that first.
      if (!(await heads.open(part.id))) await tellRemoved(part)
    })

  const tellRemoved = (part: Game) =>
    quietly(async () => {
      const tie = await tieOf(part)
      const { parts } = (tie?.game.detail ?? { parts: [] }) as unknown as TieDetail
      const at = parts.findIndex(({ id }) => id === part.id)
      const known = parts[at]
      if (!tie || !known) return
      // Plays may have come since what is deleted was read: nothing is newer than its end.
      const seq = Math.max(part.seq, known.seq)
      const { id, data, ...play } = newsOf({ ...part, seq }, at + 1)
      await write(tie, { ...play, id: `part-${part.id}-removed-${tie.head.seq}`, data: { ...data, removed: true } })
    })

  /** Who sees a tie sees its matches, and nobody else does. */
  const showAs = ({ id: tie, visibility, seq }: Game) =>
    quietly(async () => {
      // Also one that is so new that the tie was not told of it yet.
      const parts = await storage.db.selectFrom('games').where('part_of', '=', tie).where('deleted_at', 'is', null).select('id').execute()
      for (const { id: part } of parts) {
        const edit: PlayInput = { id: `visibility-of-tie-${seq}`, kind: 'edit', data: { visibility } }
        await recorder.record(SERVER, part, [edit], false)
      }
    })

  async function repair(isOfLate = false): Promise<void> {
    const since = context.now() - RECENT_MS
    const rows = await storage.db
      .selectFrom('games as p')
      .innerJoin('games as t', 't.id', 'p.part_of')
      .where('t.deleted_at', 'is', null)
      .where('p.part_of', 'is not', null)
      .where(eb => eb.or([eb('p.updated_at', '>=', eb.ref('t.updated_at')), eb('p.deleted_at', '>', since)]))
      .$if(isOfLate, query => query.where('p.updated_at', '>', since))
      .select(['p.id', 'p.deleted_at'])
      .limit(MOST_LOOKED_AT)
      .execute()
    for (const { id, deleted_at } of rows) {
      if (deleted_at !== null) {
        await quietly(() => forgetPart(id))
        continue
      }
      await context.freshen(id)
      const part = await heads.open(id)
      if (part) await tell(part.game)
    }
  }

  /** A match that was deleted: all that is left to say of it is what its tie knew. */
  async function forgetPart(id: string): Promise<void> {
    const row = await storage.db.selectFrom('games').where('id', '=', id).select('part_of').executeTakeFirst()
    const tie = row?.part_of ? await heads.open(row.part_of) : null
    const known = tie && isTie(tie.meta.rules.values) ? (tie.game.detail as unknown as TieDetail).parts.find(part => part.id === id) : null
    if (tie && known) await tellRemoved({ ...tie.game, ...known, partOf: tie.meta.id, linescore: { columns: known.columns } })
  }

  /** The first match makes a tie of a game: nothing was played in it, so that its log begins anew. */
  async function becomeTie(id: string): Promise<Result<{ tie: Game }>> {
    return turns.take(id, async () => {
      const open = await heads.open(id)
      if (!open) return failure('UNKNOWN_GAME', 'No such game.', { path: 'partOf' })
      if (isTie(open.meta.rules.values)) return { ok: true, tie: open.game }
      const { values } = TIE_PACK
      const written = await storage.write([
        {
          query: storage.db
            .updateTable('games')
            .set({
              pack: TIE_PACK.id,
              pack_version: TIE_PACK.version,
              rules: JSON.stringify(values),
              state: JSON.stringify(openFold(open.sport, values)),
              epoch: newId(),
              updated_at: context.now(),
            })
            .where('id', '=', id)
            .where('epoch', '=', open.meta.epoch)
            .where('seq', '=', 0)
            .where('deleted_at', 'is', null)
            .compile(),
          expect: 1,
        },
      ])
      heads.forget(id)
      if (!written.ok) return commitFailure(written.reason)
      const tie = await heads.open(id)
      if (!tie) return failure('UNKNOWN_GAME', 'No such game.', { path: 'partOf' })
      context.bus.publish('played', { game: tie.game, plays: null })
      return { ok: true, tie: tie.game }
    })
  }

  return {
    tell,
    tellRemoved,
    repair,

    async record(account, gameId, inputs, isBatch) {
      const before = (await heads.open(gameId))?.game
      const part = before?.partOf ? before : null
      const tie = part && (await tieOf(part))
      if (part && tie?.game.official && account && canRead(account, guarded(part)) && !canManage(account, guarded(part)))
        return failure('FORBIDDEN', 'The tie is official; only who manages the league may correct its matches.')
      const answer = await recorder.record(account, gameId, inputs, isBatch)
      if (!answer.ok) return answer
      if (answer.game.partOf) await tell(answer.game)
      if (answer.game.parts && before && before.visibility !== answer.game.visibility) await showAs(answer.game)
      return answer
    },

    async open(account, { partOf, sport, competitionId, pack }) {
      await context.freshen(partOf)
      const open = await heads.open(partOf)
      if (!open || !canRead(account, guarded(open.game))) {
        const missing = open ? failure('UNKNOWN_GAME', 'No such game.') : await whyMissing(context, account, partOf)
        return { ...missing, error: { ...missing.error, path: 'partOf' } }
      }
      const { game } = open
      if (!canAddPart(account, guarded(game))) return failure('FORBIDDEN', 'This account may not add matches to this tie.')
      const refused = (message: string, path: string) => failure('INVALID_PAYLOAD', message, { path })
      if (game.partOf) return refused('A match of a tie has no matches of its own.', 'partOf')
      if (pack === TIE_PACK.id) return refused('A match of a tie is no tie itself.', 'rules.pack')
      if (game.sport !== sport) return refused('The tie is of another sport.', 'sport')
      if (competitionId !== undefined && competitionId !== game.competition?.id)
        return refused('The tie is of another competition.', 'competitionId')
      if (!isTie(game.rules.values)) return game.seq > 0 ? refused('That game has plays of its own.', 'partOf') : becomeTie(partOf)
      if ((game.parts?.length ?? 0) >= MOST_PARTS) return refused(`At most ${MOST_PARTS} matches.`, 'partOf')
      return { ok: true, tie: game }
    },

    startLooking() {
      const look = (isOfLate: boolean) => quietly(() => repair(isOfLate))
      void look(false)
      const timer = setInterval(() => void look(true), LOOK_MS)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}

function isSame(known: TiePart, part: Game): boolean {
  const isLevel = known.score.home === part.score.home && known.score.away === part.score.away
  const hasState = known.status === part.status && known.statusReason === part.statusReason && known.winner === part.winner
  // While it goes on its columns are its own business; once it is over they are a part of the result.
  return isLevel && hasState && (!OVER.has(part.status) || writeColumns(known.columns) === writeColumns(part.linescore.columns))
}

function newsOf({ id, seq, status, statusReason, score, winner, linescore }: Game, number: number): PlayInput {
  const columns = writeColumns(linescore.columns)
  const data: PartData = {
    part: id,
    number,
    seq,
    status,
    ...(statusReason ? { how: statusReason } : {}),
    score,
    ...(winner ? { winner } : {}),
    ...(columns ? { columns } : {}),
  }
  const side = OVER.has(status) && (winner === 'home' || winner === 'away') ? { side: winner } : {}
  return { id: `part-${id}-${seq}`, kind: 'part', ...side, data: { ...data } }
}
