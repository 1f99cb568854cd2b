import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '#server/config.ts'
import type { DataDirectory } from './data-directory.ts'
import { isStorageError } from './error.ts'
import { openPostgres } from './postgres.ts'
import { mayPass } from './postgres-errors.ts'
import { openStorage, type Storage } from './storage.ts'

const WAIT_MS = 30_000
const RETRY_MS = 1_000

/** The league's database: PostgreSQL where there is a URL, else the file in the data directory. @throws StorageError */
export function openDatabase({ databaseUrl }: Pick<Config, 'databaseUrl'>, directory: DataDirectory): Promise<Storage> {
  return databaseUrl === null ? openStorage({ file: directory.database }) : openPostgres({ url: databaseUrl })
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
  if (databaseUrl === null) return openStorage({ file: directory.database })
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
