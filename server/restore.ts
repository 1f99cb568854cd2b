import { copyFile, open, rename, rm, stat } from 'node:fs/promises'
import { sql } from 'kysely'
import { renewEpochs } from './epochs.ts'
import type { DataDirectory } from './storage/data-directory.ts'
import { StorageError } from './storage/error.ts'
import { openStorage } from './storage/storage.ts'

export interface Restored {
  games: number
  /** Where the database that was there before lies now; null when there was none. */
  kept: string | null
}

/**
 * Puts a backup in the place of the database. Call it under the lock of the data directory: nobody else may have the database open. The
 * backup is copied, checked, brought up to this program's schema and given new epochs before anything of the old one is touched.
 * Every sign-in of the backup is ended, or those that were ended since would live again.
 *
 * @throws StorageError `BACKUP` when the file is none, `SCHEMA_NEWER` when a newer program made it
 */
export async function restoreBackup(directory: DataDirectory, backup: string, at: number): Promise<Restored> {
  const draft = `${directory.database}.${process.pid}.restore`
  try {
    await checkStart(backup, 'SQLite format 3\0')
    await copyFile(backup, draft)
    const games = await prepare(draft)
    const kept = await keepOld(directory, at)
    await removeLog(directory.database)
    await rename(draft, directory.database)
    await sync(directory.path)
    return { games, kept }
  } finally {
    await rm(draft, { force: true })
    await removeLog(draft)
  }
}

/** @throws StorageError `BACKUP` when the file begins otherwise than its kind does */
export async function checkStart(backup: string, start: string): Promise<void> {
  const handle = await open(backup).catch((error: NodeJS.ErrnoException) => {
    throw new StorageError('BACKUP', `${backup} cannot be read (${error.code})`, { cause: error })
  })
  try {
    const { buffer } = await handle.read(Buffer.alloc(start.length), 0, start.length, 0)
    if (buffer.toString('latin1') === start) return
    throw new StorageError('BACKUP', `${backup} is no backup of this database (export and import go from one kind to the other)`)
  } finally {
    await handle.close()
  }
}

async function prepare(draft: string): Promise<number> {
  const storage = await openStorage({ file: draft })
  try {
    if ((await storage.schemaVersion()) === 0) throw new StorageError('BACKUP', 'the file is a database, but not one of Sideline')
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(storage.db)
    if (rows.length !== 1 || rows[0]?.integrity_check !== 'ok') throw new StorageError('BACKUP', 'the backup is damaged')
    await storage.migrate()
    return await storage.db.transaction().execute(async transaction => {
      await transaction.deleteFrom('session').execute()
      return renewEpochs(transaction)
    })
  } finally {
    await storage.close()
  }
}

export const stampOf = (at: number) => new Date(at).toISOString().replace(/[:.]/g, '-')

/** A copy where the old database can still be read, else its files as they are. */
async function keepOld({ database }: DataDirectory, at: number): Promise<string | null> {
  if (!(await stat(database).catch(() => null))) return null
  const kept = database.replace(/\.db$/, `.before-restore-${stampOf(at)}.db`)
  try {
    const storage = await openStorage({ file: database })
    try {
      await storage.backupTo(kept)
    } finally {
      await storage.close()
    }
  } catch {
    await rename(`${database}-wal`, `${kept}-wal`).catch(() => null)
    await rename(database, kept)
  }
  return kept
}

/** A log that belongs to another database would be read into this one. */
async function removeLog(database: string): Promise<void> {
  for (const suffix of ['-wal', '-shm']) await rm(`${database}${suffix}`, { force: true })
}

async function sync(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
