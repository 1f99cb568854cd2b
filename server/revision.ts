import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { ORGANISATION } from './organisation.ts'
import type { Database } from './storage/schema.ts'

const KEY = 'accounts.revision'

/** Says to every other process on this database that accounts or tokens have changed. Only ever compared with what was read before. */
export async function bumpRevision(db: Kysely<Database>): Promise<void> {
  const value = JSON.stringify(randomUUID())
  await db
    .insertInto('settings')
    .values({ organisation_id: ORGANISATION, key: KEY, value })
    .onConflict(conflict => conflict.columns(['organisation_id', 'key']).doUpdateSet({ value }))
    .execute()
}

export async function readRevision(db: Kysely<Database>): Promise<string> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('organisation_id', '=', ORGANISATION)
    .where('key', '=', KEY)
    .executeTakeFirst()
  return row?.value ?? ''
}
