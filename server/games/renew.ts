import type { Kysely, SelectQueryBuilder } from 'kysely'
import type { Context } from '../context.ts'
import { newId } from '../new-id.ts'
import type { Database } from '../storage/schema.ts'
import type { Statement, WriteOutcome } from '../storage/storage.ts'
import { presentRecords } from './read.ts'
import { type GameRecord, selectGames } from './rows.ts'

/** Games by their ids. */
export type SomeGames = SelectQueryBuilder<Database, 'games', { id: string }>

const READ_AT_ONCE = 100

/**
 * Gives games another epoch, to be written together with what changes their names: names are no plays, and only another epoch makes every
 * page, program and node read a game anew. Their ties and matches show the same names. Official results stay those of the same log.
 *
 * @param games as they are found before the change: these statements come first
 */
export function renewal(db: Kysely<Database>, games: SomeGames, now: number): Statement[] {
  const epoch = newId()
  const ties = db
    .selectFrom('games')
    .where('id', 'in', games)
    .where('part_of', 'is not', null)
    .select('part_of')
    .$narrowType<{ part_of: string }>()
  const touched = db
    .selectFrom('games')
    .where(eb => eb.or([eb('id', 'in', games), eb('part_of', 'in', games), eb('id', 'in', ties)]))
    .where('deleted_at', 'is', null)
    .select('id')
  return [
    {
      query: db
        .updateTable('results')
        .set({ epoch })
        .where('game_id', 'in', touched)
        .where('epoch', '=', eb => eb.selectFrom('games').whereRef('games.id', '=', 'results.game_id').select('games.epoch'))
        .compile(),
    },
    { query: db.updateTable('games').set({ epoch, updated_at: now }).where('id', 'in', touched).returning('id').compile() },
  ]
}

/** The games that such a command has renewed. */
export const renewedBy = (written: Extract<WriteOutcome, { ok: true }>): string[] =>
  written.rows.flat().flatMap(row => (row.id === undefined ? [] : [String(row.id)]))

/** Tells everybody who shows one of these games, here and at other nodes, that it has to be read anew. */
export async function tellRenewed(context: Context, ids: readonly string[]): Promise<void> {
  const { heads, bus, turns, watching, storage } = context
  const followed = ids.filter(id => heads.peek(id) !== null || watching.has(id))
  for (const id of ids) heads.forget(id)
  for (const id of followed)
    await turns.take(id, async () => {
      const open = await heads.open(id)
      if (open) bus.publish('played', { game: open.game, plays: null })
    })
  // The rest stands on boards at most: read together, and none of it kept ready.
  const isFollowed = new Set(followed)
  const others = ids.filter(id => !isFollowed.has(id))
  for (let start = 0; start < others.length; start += READ_AT_ONCE) {
    const some = others.slice(start, start + READ_AT_ONCE)
    const records = (await selectGames(storage.db).where('g.id', 'in', some).execute()) as GameRecord[]
    for (const game of await presentRecords(context, records)) bus.publish('played', { game, plays: null })
  }
}
