import type { Kysely } from 'kysely'
import type { ColumnTypes } from './column-types.ts'

/** What a play's sentence knows of where the game stood. */
export async function addFacts(db: Kysely<unknown>, { text }: ColumnTypes): Promise<void> {
  await db.schema.alterTable('marks').addColumn('facts', text).execute()
}
