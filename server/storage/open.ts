import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Config } from '#server/config.ts'
import { renewEpochs } from '#server/epochs.ts'
import type { DataDirectory } from './data-directory.ts'
import { isStorageError, StorageError } from './error.ts'
import { openPostgres } from './postgres.ts'
import { mayPass } from './postgres-errors.ts'
import { openStorage, type Storage } from './storage.ts'
import { tornFrom } from './torn-log.ts'

const WAIT_MS = 30_000
const RETRY_MS = 1_000

const toStandardError = (line: string) => void process.stderr.write(`${line}\n`)

/** The league's database: PostgreSQL where there is a URL, else the file in the data directory. @throws StorageError */
export function openDatabase({ databaseUrl }: Pick<Config, 'databaseUrl'>, directory: DataDirectory): Promise<Storage> {
  return databaseUrl === null ? openEmbedded(directory, toStandardError) : openPostgres({ url: databaseUrl })
}

/**
 * What a damaged log has lost was acknowledged, and somebody may have seen it: games get new epochs, so that pages and tables read anew
 * instead of going on from plays that are no more.
 */
async function openEmbedded({ database }: DataDirectory, tell: (line: string) => void): Promise<Storage> {
  const torn = tornFrom(database)
  const storage = await openStorage({ file: database })
  if (torn === null) return storage
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(storage.db)
    if (rows[0]?.integrity_check !== 'ok') throw new StorageError('UNAVAILABLE', `${database} is damaged: restore a backup`)
    if ((await storage.schemaVersion()) > 0) await storage.db.transaction().execute(renewEpochs)
    const { committed, readable } = torn
    tell(
      `the write-ahead log is damaged: history ends at page ${readable} of ${committed}; every game has a new epoch, so that its readers start anew`,
    )
    return storage
  } catch (error) {
    await storage.close()
    throw error
  }
}

/**
 * The same for a server, which keeps restores and imports away while it runs. A PostgreSQL that is out of reach may be starting beside it,
 * so it is waited for; `tell` gets the reason once.
 */
export async function openForServing(
  { databaseUrl }: Pick<Config, 'databaseUrl'>,
  directory: DataDirectory,
  tell: (line: string) => void,
  waitMs = WAIT_MS,
): Promise<Storage> {
  if (databaseUrl === null) return openEmbedded(directory, tell)
  const deadline = performance.now() + waitMs
  for (let isTold = false; ; isTold = true) {
    try {
      return await openPostgres({ url: databaseUrl, isServing: true })
    } catch (error) {
      if (!isStorageError(error) || !mayPass(error) || performance.now() + RETRY_MS > deadline) throw error
      if (!isTold) tell(`${error.message}; trying again for ${Math.round(waitMs / 1000)} s`)
      await sleep(RETRY_MS)
    }
  }
}
