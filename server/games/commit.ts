import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { failure } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import type { LoggedPlay } from '#domain/play.ts'
import { isConstraint } from '../storage/error.ts'
import type { Database } from '../storage/schema.ts'
import type { Statement, Storage, WriteOutcome } from '../storage/storage.ts'
import type { OpenGame } from './heads.ts'
import type { Working } from './judge.ts'

/** Rows a single insert may carry; engines bound the number of values a statement binds. */
const ROWS_PER_INSERT = 100

/**
 * One command as one transaction. The first statement holds only if nobody wrote to this game since it was read.
 *
 * @param isAhead it was not read but is under way: then the newest play of it has to be the very one this command stands on
 */
export function commitStatements(
  db: Kysely<Database>,
  open: OpenGame,
  working: Working,
  game: Game,
  updatedAt: number,
  isAhead: boolean,
): Statement[] {
  const { id, epoch } = open.meta
  const { head } = working
  const below = isAhead ? newestPlay(open) : null
  const statements: Statement[] = [
    {
      query: db
        .updateTable('games')
        .set({
          seq: head.seq,
          last_order: head.lastOrder,
          state: JSON.stringify(head.fold),
          reducer: open.sport.version,
          ...columnsOf(game),
          updated_at: updatedAt,
        })
        .where('id', '=', id)
        .where('seq', '=', open.head.seq)
        .where('epoch', '=', epoch)
        .where('deleted_at', 'is', null)
        .$if(below !== null, update =>
          update.where(({ exists, selectFrom }) =>
            exists(
              selectFrom('plays')
                .select('plays.seq')
                .where('plays.game_id', '=', id)
                .where('plays.seq', '=', open.head.seq)
                .where('plays.id', '=', below?.id ?? '')
                .where('plays.at', '=', Date.parse(below?.at ?? '')),
            ),
          ),
        )
        .compile(),
      expect: 1,
    },
  ]
  const { organisation } = open.meta
  for (const person of working.seats) {
    statements.push({
      query: db
        .insertInto('persons')
        .values({ id: person.personId, organisation_id: organisation.id, name: person.name, erased_at: null, created_at: updatedAt })
        .onConflict(on => on.column('id').doNothing())
        .compile(),
    })
    statements.push({
      query: db.insertInto('rosters').values({ game_id: id, side: person.side, person_id: person.personId, number: null }).compile(),
    })
  }
  for (let i = 0; i < working.plays.length; i += ROWS_PER_INSERT) {
    const rows = working.plays.slice(i, i + ROWS_PER_INSERT).map((play, k) => ({
      game_id: id,
      seq: play.seq,
      id: play.id,
      hash: working.hashes[i + k] as string,
      kind: play.kind,
      side: play.side ?? null,
      period: play.period ?? null,
      clock_ms: play.clockMs ?? null,
      points: play.points ?? null,
      player_id: play.playerId ?? null,
      data: play.data ? JSON.stringify(play.data) : null,
      voids: play.voids ?? null,
      replaces: play.replaces ?? null,
      corrects: play.voids ?? play.replaces ?? null,
      ord: play.order,
      at: Date.parse(play.at),
      by: play.by ?? null,
    }))
    statements.push({ query: db.insertInto('plays').values(rows).compile() })
  }
  return [
    ...statements,
    ...markStatements(db, id, working),
    ...checkpointStatements(db, id, working),
    ...officialStatements(db, open, game, updatedAt),
  ]
}

function newestPlay({ head, meta }: OpenGame): LoggedPlay {
  const play = head.window.plays.find(({ seq }) => seq === head.seq)
  if (!play) throw new Error(`Play ${head.seq} of game ${meta.id} is not in its window.`)
  return play
}

/** What lists and filters read without opening the state. */
export function columnsOf(game: Game) {
  return {
    status: game.status,
    status_reason: game.statusReason,
    official: game.official,
    under_review: game.underReview,
    home_score: game.score.home,
    away_score: game.score.away,
    winner: game.winner,
    starts_at: game.startsAt === null ? null : Date.parse(game.startsAt),
    venue: game.venue,
    time_zone: game.timeZone,
    neutral: game.neutral,
    visibility: game.visibility,
    display_order: game.displayOrder,
    chat: game.chat,
  }
}

function markStatements(db: Kysely<Database>, gameId: string, working: Working): Statement[] {
  const seqs = [...working.changed]
  if (seqs.length === 0) return []
  const rows = seqs.flatMap(seq => {
    const marks = working.head.marks.get(seq)
    if (!marks) return []
    return [
      {
        game_id: gameId,
        seq,
        ignored: marks.ignored ?? null,
        warnings: marks.warnings ? JSON.stringify(marks.warnings) : null,
        facts: marks.facts ? JSON.stringify(marks.facts) : null,
        voided_by: marks.voidedBy ?? null,
        replaced_by: marks.replacedBy ?? null,
      },
    ]
  })
  const statements: Statement[] = [{ query: db.deleteFrom('marks').where('game_id', '=', gameId).where('seq', 'in', seqs).compile() }]
  for (let i = 0; i < rows.length; i += ROWS_PER_INSERT)
    statements.push({
      query: db
        .insertInto('marks')
        .values(rows.slice(i, i + ROWS_PER_INSERT))
        .compile(),
    })
  return statements
}

function checkpointStatements(db: Kysely<Database>, gameId: string, working: Working): Statement[] {
  const statements: Statement[] = []
  if (working.refolded) {
    const { after } = working.head.window
    const old = db.deleteFrom('checkpoints').where('game_id', '=', gameId)
    statements.push({ query: (after === null ? old : old.where('ord', '>', after)).compile() })
  }
  if (working.checkpoints.length > 0 && !working.head.fold.official) {
    const rows = working.checkpoints.map(point => ({
      game_id: gameId,
      ord: point.order,
      plays: point.count,
      state: JSON.stringify(point.fold),
    }))
    statements.push({ query: db.insertInto('checkpoints').values(rows).compile() })
  }
  return statements
}

/** A result made official is kept beside the log, so that a later reducer can be compared with what was given then. */
function officialStatements(db: Kysely<Database>, open: OpenGame, game: Game, at: number): Statement[] {
  if (!game.official || open.game.official) return []
  const result = JSON.stringify({
    status: game.status,
    statusReason: game.statusReason,
    score: game.score,
    linescore: game.linescore,
    winner: game.winner,
  })
  const hash = createHash('sha256').update(result).digest('hex')
  return [{ query: db.insertInto('results').values({ game_id: game.id, epoch: game.epoch, seq: game.seq, at, result, hash }).compile() }]
}

/** As the storage does it. `gone`: what a row of it stands on was removed in the same moment, as the demo is with all its rows. */
export async function writeOnOthers(
  storage: Pick<Storage, 'write'>,
  statements: readonly Statement[],
): Promise<WriteOutcome | { ok: false; reason: 'gone' }> {
  try {
    return await storage.write(statements)
  } catch (error) {
    if (isConstraint(error)) return { ok: false, reason: 'gone' }
    throw error
  }
}

/** What a caller is told of a command that was not written. */
export function commitFailure(reason: 'guard' | 'unique' | 'busy' | 'full' | 'unavailable') {
  if (reason === 'guard' || reason === 'unique')
    return failure('BUSY_RETRY', 'The same is being written by many at once.', { retryAfterMs: 200 })
  if (reason === 'busy') return failure('BUSY_RETRY', 'The storage is busy.', { retryAfterMs: 500 })
  if (reason === 'full') return failure('STORAGE_FULL', 'The disk is full; nothing was saved.', { retryAfterMs: 5_000 })
  return failure('UNAVAILABLE', 'The storage is out of reach; nothing was saved.', { retryAfterMs: 1_000 })
}
