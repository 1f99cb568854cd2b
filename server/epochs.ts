import type { Kysely, Transaction } from 'kysely'
import { newId } from './new-id.ts'
import type { Database } from './storage/schema.ts'

/**
 * Gives every game a new epoch, after a restore or an import: what readers hold may be ahead of what was brought back, and only another
 * epoch tells them to load it anew. Answers how many games there are.
 */
export async function renewEpochs(db: Kysely<Database> | Transaction<Database>): Promise<number> {
  const games = await db.selectFrom('games').select(['id', 'epoch']).execute()
  for (const { id, epoch: before } of games) {
    const epoch = newId()
    await db.updateTable('games').set({ epoch }).where('id', '=', id).execute()
    // Official results are of a log's state, which is still the same one.
    await db.updateTable('results').set({ epoch }).where('game_id', '=', id).where('epoch', '=', before).execute()
  }
  return games.length
}
