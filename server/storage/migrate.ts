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
export async function schemaVersion(db: Kysely<Database>, engine: Engine): Promise<number> {
  if (!(await hasMigrations(db, engine))) return 0
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return Math.max(0, ...rows.map(row => versionOf(row.name)))
}

async function hasMigrations(db: Kysely<Database>, engine: Engine): Promise<boolean> {
  if (engine === 'postgres') {
    // Only where our own statements would find it: other programs may have theirs in other schemas of the database.
    const { rows } = await sql<{ found: string | null }>`select to_regclass('kysely_migration')::text as found`.execute(db)
    return rows[0]?.found != null
  }
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  return tables.some(table => table.name === 'kysely_migration')
}

/** @throws StorageError `SCHEMA_NEWER` when a newer program has been here */
export async function refuseNewerSchema(db: Kysely<Database>, engine: Engine): Promise<number> {
  const version = await schemaVersion(db, engine)
  if (version > SCHEMA_VERSION) throw new StorageError('SCHEMA_NEWER', `schema ${version} is newer than this program's ${SCHEMA_VERSION}`)
  return version
}

/**
 * Brings the schema up to this program's, in one transaction: several programs at once run it once, and one that dies leaves nothing
 * half done.
 */
export async function migrate(db: Kysely<Database>, engine: Engine): Promise<Migrated> {
  const from = await refuseNewerSchema(db, engine)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrationsFor(engine) } })
  const { error } = await migrator.migrateToLatest()
  if (error) {
    await refuseNewerSchema(db, engine)
    throw error
  }
  return { from, to: SCHEMA_VERSION }
}
