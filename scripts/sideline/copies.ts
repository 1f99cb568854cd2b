import { rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Kysely } from 'kysely'
import { exportLeague, importLeague, Unportable } from '#server/portable.ts'
import { restoreBackup } from '#server/restore.ts'
import { restorePostgres } from '#server/restore-postgres.ts'
import type { DataDirectory } from '#server/storage/data-directory.ts'
import type { Database } from '#server/storage/schema.ts'
import { openStorage, type Storage } from '#server/storage/storage.ts'
import { type Command, sizeOf } from './command.ts'
import { Refusal, withExisting, withLock, withStorage } from './premises.ts'

export const copyCommands: Readonly<Record<string, Command>> = {
  backup: {
    help: 'copy the database into one file, beside a running server',
    words: ['FILE'],
    run: given =>
      withExisting(async ({ storage }) => {
        const file = resolve(given.words[0] ?? '')
        await storage.backupTo(file)
        const { size } = await stat(file)
        return { json: { file, bytes: size }, lines: [`${file}, ${sizeOf(size)}`] }
      }),
  },

  restore: {
    help: 'put a backup in the place of the database; the server must not run',
    words: ['FILE'],
    run: given =>
      withLock(async ({ databaseUrl }, directory) => {
        const file = resolve(given.words[0] ?? '')
        const { games, kept } = await (databaseUrl === null
          ? restoreBackup(directory, file, Date.now())
          : restorePostgres(databaseUrl, directory, file, Date.now()))
        return {
          json: { file, games, kept },
          lines: [`${file} is restored: ${games} games.`],
          notes: [
            ...(kept ? [`What was there before lies in ${kept}`] : []),
            'Accounts, passwords and tokens are those of the backup; everybody signs in anew.',
          ],
        }
      }),
  },

  export: {
    help: 'write the league as JSON lines, to take it to another database',
    words: ['FILE'],
    run: given =>
      withExisting(async ({ storage, directory }) => {
        const file = resolve(given.words[0] ?? '')
        await refuseExisting(file)
        try {
          const { rows, tables } = await standingStill(storage, directory, still => exportLeague(still, file, Date.now()))
          return {
            json: { file, rows, tables },
            lines: [`${file}: ${rows} rows, ${tables.games} games, ${tables.plays} plays.`],
            notes: ['It holds e-mail addresses and the hashes of passwords and tokens: keep it as you keep the database.'],
          }
        } catch (error) {
          await rm(file, { force: true })
          throw error
        }
      }),
  },

  import: {
    help: 'read an exported league into an empty database; the server must not run',
    words: ['FILE'],
    run: given =>
      withLock(async (config, directory) => {
        const file = resolve(given.words[0] ?? '')
        try {
          const { rows, games } = await withStorage(config, directory, storage => importLeague(storage.db, file), true)
          return { json: { file, rows, games }, lines: [`${file} is imported: ${rows} rows, ${games} games.`] }
        } catch (error) {
          if (error instanceof Unportable) throw new Refusal(`${file}: ${error.message}`)
          throw error
        }
      }),
  },
}

/** The league as of one moment, while it goes on: a snapshot where the database has them, else a copy. */
async function standingStill<T>(storage: Storage, directory: DataDirectory, use: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  if (storage.engine === 'postgres') {
    return storage.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(use)
  }
  const copy = `${directory.database}.${process.pid}.export`
  try {
    await storage.backupTo(copy)
    const still = await openStorage({ file: copy })
    try {
      return await use(still.db)
    } finally {
      await still.close()
    }
  } finally {
    for (const suffix of ['', '-wal', '-shm']) await rm(`${copy}${suffix}`, { force: true })
  }
}

async function refuseExisting(file: string): Promise<void> {
  const known = await stat(file).catch(() => null)
  if (known) throw new Refusal(`${file} exists already`)
}
