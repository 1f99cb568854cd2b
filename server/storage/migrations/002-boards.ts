import type { Kysely } from 'kysely'

/** What boards and other nodes look for: the games of a day, and those written to since a moment. */
export async function indexBoards(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('games_by_day').on('games').columns(['starts_at', 'id']).execute()
  await db.schema.createIndex('games_by_change').on('games').columns(['updated_at']).execute()
}
