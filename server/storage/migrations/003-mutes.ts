import type { Kysely } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** Who writes no more in a game's chat. */
export async function createMutes(db: Kysely<unknown>, { text, whole, clustered }: ColumnTypes): Promise<void> {
  await clustered(
    db.schema
      .createTable('chat_mutes')
      .addColumn('game_id', text, c => c.notNull().references('games.id').onDelete('cascade'))
      .addColumn('writer', text, c => c.notNull())
      .addColumn('at', whole, c => c.notNull())
      .addColumn('by', text, c => c.notNull())
      .addPrimaryKeyConstraint('chat_mutes_key', ['game_id', 'writer']),
  ).execute()
}
