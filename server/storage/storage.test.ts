import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openPostgres } from './postgres.ts'
import { type PostgresForTests, startPostgres } from './postgres-for-tests.ts'
import { openRelayed } from './relay-for-tests.ts'
import { openStorage, type Storage } from './storage.ts'
import { type Engine, storageContract } from './storage-contract.ts'

function libsqlEngine(): Engine {
  const folder = mkdtemp(join(tmpdir(), 'sideline-storage-'))
  const opened: Storage[] = []
  return {
    async open() {
      const storage = await openStorage({ file: join(await folder, 'sideline.db') })
      opened.push(storage)
      return storage
    },
    async remove() {
      await Promise.all(opened.map(storage => storage.close()))
      await rm(await folder, { recursive: true, force: true })
    },
  }
}

/** Every storage but the first writes through it, as the workers of one server do. */
function relayedEngine(): Engine {
  const folder = mkdtemp(join(tmpdir(), 'sideline-relayed-'))
  const opened: Storage[] = []
  let owner: Promise<Storage> | null = null
  return {
    async open() {
      const file = join(await folder, 'sideline.db')
      owner ??= openStorage({ file })
      const { storage } = await openRelayed(await owner, file)
      opened.push(storage)
      return storage
    },
    async remove() {
      await Promise.all(opened.map(storage => storage.close()))
      await (await owner)?.close()
      await rm(await folder, { recursive: true, force: true })
    },
  }
}

// Started by the first test that needs it: where there is none, the other engine's tests still run.
let starting: Promise<PostgresForTests> | null = null
afterAll(async () => {
  const postgres = await starting?.catch(() => null)
  await postgres?.dispose()
})

function postgresEngine(): Engine {
  starting ??= startPostgres()
  const url = starting.then(postgres => postgres.database())
  url.catch(() => {})
  const opened: Storage[] = []
  return {
    async open() {
      const storage = await openPostgres({ url: await url })
      opened.push(storage)
      return storage
    },
    async remove() {
      await Promise.all(opened.map(storage => storage.close()))
    },
  }
}

storageContract('libsql', libsqlEngine)
storageContract('libsql, written by another process', relayedEngine)
storageContract('PostgreSQL', postgresEngine)
