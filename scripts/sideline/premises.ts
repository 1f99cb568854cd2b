import { existsSync, readFileSync } from 'node:fs'
import type { Accounts } from '#server/accounts.ts'
import { type Config, loadConfig } from '#server/config.ts'
import { createLog } from '#server/log.ts'
import { openSecrets } from '#server/secrets.ts'
import { type DataDirectory, openDataDirectory } from '#server/storage/data-directory.ts'
import { isStorageError, StorageError } from '#server/storage/error.ts'
import { lockDataDirectory } from '#server/storage/lock.ts'
import { SCHEMA_VERSION } from '#server/storage/migrations/index.ts'
import { openDatabase } from '#server/storage/open.ts'
import { lockPostgres, serversOn } from '#server/storage/postgres-lock.ts'
import { placeOf } from '#server/storage/postgres-pool.ts'
import type { Storage } from '#server/storage/storage.ts'

/** Something the operator has to know: one line, and how the tool ends. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly code: number

  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** By the convention of sysexits. */
export const EX_CONFIG = 78
export const EX_UNAVAILABLE = 69

export interface Premises {
  config: Config
  directory: DataDirectory
  storage: Storage
  accounts: Accounts
}

export function readConfig(): Config {
  const loaded = loadConfig(process.env)
  if (!loaded.ok) throw new Refusal(loaded.problems.join('\n'), EX_CONFIG)
  return loaded.config
}

/** Opens the league's database beside a running server, or makes it where there is none yet. */
export async function withPremises<T>(use: (premises: Premises) => Promise<T>): Promise<T> {
  const config = readConfig()
  const directory = openDataDirectory(config.dataDir)
  const opened = openSecrets(directory.path)
  if (!opened.ok) throw new Refusal(opened.problem, EX_CONFIG)
  return withStorage(config, directory, async storage => {
    // Loaded when needed: help and copies answer sooner without it.
    const { createAccounts } = await import('#server/accounts.ts')
    const accounts = await createAccounts({ db: storage.db, config, secrets: opened.secrets, log: createLog('error', toStandardError) })
    return use({ config, directory, storage, accounts })
  })
}

/** Only opens what is there: for looking, copying and taking away. */
export async function withExisting<T>(use: (premises: Omit<Premises, 'accounts'>) => Promise<T>): Promise<T> {
  const config = readConfig()
  const directory = openDataDirectory(config.dataDir)
  const { databaseUrl } = config
  if (databaseUrl === null && !existsSync(directory.database)) throw new Refusal(`there is no database in ${directory.path}`)
  const storage = await openDatabase(config, directory)
  try {
    if ((await storage.schemaVersion()) === 0)
      throw new Refusal(`there is no league in ${databaseUrl ? placeOf(databaseUrl) : directory.path}`)
    await bringUp(storage, directory)
    return await use({ config, directory, storage })
  } finally {
    await storage.close()
  }
}

/** Has the league's database to itself: stops with one line when a server runs on it. */
export async function withLock<T>(use: (config: Config, directory: DataDirectory) => Promise<T>): Promise<T> {
  const config = readConfig()
  const directory = openDataDirectory(config.dataDir)
  let lock: { release(): unknown }
  try {
    lock = config.databaseUrl === null ? lockDataDirectory(directory) : await lockPostgres(config.databaseUrl)
  } catch (error) {
    if (isStorageError(error) && error.code === 'LOCKED') throw new Refusal(`the server is running: stop it first (${error.message})`)
    throw error
  }
  try {
    return await use(config, directory)
  } finally {
    await lock.release()
  }
}

/** Whether a server has the directory, and which process it is. */
export function runningServer(directory: DataDirectory): number | null {
  // The lock is asked for only when somebody says to hold it: taking it for a moment could turn away a server that starts.
  if (!existsSync(directory.pid)) return null
  try {
    lockDataDirectory(directory).release()
    return null
  } catch (error) {
    if (!isStorageError(error) || error.code !== 'LOCKED') throw error
    return Number.parseInt(readFileSync(directory.pid, 'utf8'), 10) || 0
  }
}

/** @param isAlone the caller holds the lock of the database, so no server can be running on it */
export async function withStorage<T>(
  config: Config,
  directory: DataDirectory,
  use: (storage: Storage) => Promise<T>,
  isAlone = false,
): Promise<T> {
  const storage = await openDatabase(config, directory)
  try {
    await bringUp(storage, directory, isAlone)
    return await use(storage)
  } finally {
    await storage.close()
  }
}

async function bringUp(storage: Storage, directory: DataDirectory, isAlone = false): Promise<void> {
  const version = await storage.schemaVersion()
  if (version >= SCHEMA_VERSION) return
  // Under a server of an older release its tables must not change.
  if (version > 0 && !isAlone && (await isServed(storage, directory))) {
    throw new StorageError('LOCKED', `the running server has schema ${version}, this program ${SCHEMA_VERSION}: restart the server first`)
  }
  await storage.migrate()
}

const isServed = async (storage: Storage, directory: DataDirectory) =>
  storage.engine === 'postgres' ? (await serversOn(storage.db)).length > 0 : runningServer(directory) !== null

function toStandardError(line: string): void {
  process.stderr.write(line)
}
