import { join } from 'node:path'
import { sql } from 'kysely'
import { renewEpochs } from './epochs.ts'
import { portableTables } from './portable.ts'
import { checkStart, type Restored, stampOf } from './restore.ts'
import type { DataDirectory } from './storage/data-directory.ts'
import { StorageError } from './storage/error.ts'
import { SCHEMA_VERSION, versionOf } from './storage/migrations/index.ts'
import { openPostgres } from './storage/postgres.ts'
import { dump, pourDump, runTool } from './storage/postgres-dump.ts'
import type { Storage } from './storage/storage.ts'

/**
 * The same on PostgreSQL, with its own programs: what is there is dumped into the data directory, then dropped and replaced in one
 * transaction. Call it while no server has the database open.
 *
 * @throws StorageError `BACKUP` when the file is none, `SCHEMA_NEWER` when a newer program made it
 */
export async function restorePostgres(url: string, directory: DataDirectory, backup: string, at: number): Promise<Restored> {
  await checkStart(backup, 'PGDMP')
  await checkContent(backup)
  const kept = join(directory.path, `sideline.before-restore-${stampOf(at)}.dump`)
  const storage = await openPostgres({ url })
  try {
    const isFirst = (await storage.schemaVersion()) === 0
    if (!isFirst) await dump(url, kept)
    await pourDump(url, backup, await dropping(storage))
    await storage.migrate()
    const games = await storage.db.transaction().execute(async transaction => {
      await transaction.deleteFrom('session').execute()
      return renewEpochs(transaction)
    })
    return { games, kept: isFirst ? null : kept }
  } finally {
    await storage.close()
  }
}

async function checkContent(backup: string): Promise<void> {
  const asBackupError = (error: Error) => {
    throw new StorageError('BACKUP', `${backup}: ${error.message}`, { cause: error })
  }
  const list = await runTool('pg_restore', null, ['--list', backup]).catch(asBackupError)
  if (!/ TABLE DATA \S+ plays /.test(list) || !/ TABLE DATA \S+ kysely_migration /.test(list))
    throw new StorageError('BACKUP', `${backup} is a dump, but not one of Sideline`)
  const rows = await runTool('pg_restore', null, ['--data-only', '--table=kysely_migration', '--file=-', backup]).catch(asBackupError)
  const version = Math.max(...[...rows.matchAll(/^(\d{3}-[\w-]+)\t/gm)].map(([, name = '']) => versionOf(name)))
  if (version > SCHEMA_VERSION)
    throw new StorageError('SCHEMA_NEWER', `the backup's schema ${version} is newer than this program's ${SCHEMA_VERSION}`)
}

/** Everything of ours that is there, and nothing of anybody else's. */
async function dropping({ db }: Storage): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select format('%I', relname) as name from pg_class
    where relkind = 'r' and relnamespace = current_schema()::regnamespace and relname in (${sql.join(OURS)})`.execute(db)
  return rows.length === 0 ? 'select 1' : `drop table ${rows.map(row => row.name).join(', ')}`
}

const OURS = [...portableTables, 'session', 'verification', 'kysely_migration', 'kysely_migration_lock']
