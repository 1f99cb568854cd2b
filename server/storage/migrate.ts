import { type Kysely, Migrator, sql } from 'kysely'
import { StorageError } from './error.ts'
import type { Engine } from './migrations/column-types.ts'
import { migrationsFor, SCHEMA_VERSION, versionOf } from './migrations/index.ts'
import type { Database } from './schema.ts'

export interface Migrated {
  /** The schema found; 0 for an empty database. */
  from: number
  to: number
}

/** The schema a database has; 0 when it is empty. */
export async function schemaVersion(db: Kysely<Database>): Promise<number> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(table => table.name === 'kysely_migration')) return 0
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return Math.max(0, ...rows.map(row => versionOf(row.name)))
}

/** @throws StorageError `SCHEMA_NEWER` when a newer program has been here */
export async function refuseNewerSchema(db: Kysely<Database>): Promise<number> {
  const version = await schemaVersion(db)
  if (version > SCHEMA_VERSION) throw new StorageError('SCHEMA_NEWER', `schema ${version} is newer than this program's ${SCHEMA_VERSION}`)
  return version
}

/**
 * Brings the schema up to this program's, in one transaction: several programs at once run it once, and one that dies leaves nothing
 * half done.
 */
export async function migrate(db: Kysely<Database>, engine: Engine): Promise<Migrated> {
  const from = await refuseNewerSchema(db)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(engine) } })
  const { error } = await migrator.migrateToLatest()
  if (error) {
    await refuseNewerSchema(db)
    throw error
  }
  return { from, to: SCHEMA_VERSION }
}
