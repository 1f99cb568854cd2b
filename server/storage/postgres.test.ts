import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDataDirectory } from './data-directory.ts'
import { openForServing } from './open.ts'
import { openPostgres, type PostgresOptions } from './postgres.ts'
import { type PostgresForTests, startPostgres } from './postgres-for-tests.ts'
import { lockPostgres, serversOn } from './postgres-lock.ts'
import { statementNames } from './postgres-names.ts'
import { append, person, personIds } from './rows-for-tests.ts'
import type { Statement, Storage, WriteOutcome } from './storage.ts'

let postgres: PostgresForTests
let url: string
const closing: (() => unknown)[] = []

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres?.dispose())
beforeEach(async () => {
  url = await postgres.database()
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function open(options: Partial<PostgresOptions> = {}): Promise<Storage> {
  const storage = await openPostgres({ url, ...options })
  closing.push(() => storage.close())
  return storage
}

async function openMigrated(options: Partial<PostgresOptions> = {}): Promise<Storage> {
  const storage = await open(options)
  await storage.migrate()
  return storage
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
const nameOf = (database: string) => new URL(database).pathname.slice(1)

/** The name of `id` set to what it was and more, in the order given: what two writers can be made to do crosswise. */
const touch = (storage: Storage, id: string): Statement => ({
  query: storage.db.updateTable('persons').set({ name: sql<string>`name || '.'` }).where('id', '=', id).compile(),
})

describe('a session', () => {
  it('waits for the disk at every commit whatever the database says, and uses no other isolation', async () => {
    await postgres.ask(`alter database ${nameOf(url)} set synchronous_commit = off`)
    await postgres.ask(`alter database ${nameOf(url)} set default_transaction_isolation = 'serializable'`)
    const storage = await open()
    const setting = (name: string) => sql<{ value: string }>`select current_setting(${name}) as value`.execute(storage.db)
    expect((await setting('synchronous_commit')).rows).toEqual([{ value: 'on' }])
    expect((await setting('transaction_isolation')).rows).toEqual([{ value: 'read committed' }])
    const written = await storage.write([{ query: sql`select current_setting('synchronous_commit') as value`.compile(storage.db) }])
    expect(written).toMatchObject({ ok: true, rows: [[{ value: 'on' }]] })
  })

  it('is told apart by machine and process', async () => {
    const storage = await open({ isServing: true })
    expect(await serversOn(storage.db)).toEqual([expect.stringContaining(`:${process.pid}`)])
  })
})

describe('a database that cannot be used', () => {
  it('is told in one line without the password', async () => {
    const secret = (address: string) => address.replace('postgres@', 'postgres:CANARY@')
    const cases: [string, RegExp][] = [
      [secret(url).replace(/:\d+\//, ':1/'), /^DATABASE_URL: PostgreSQL at 127\.0\.0\.1:1\/\w+ cannot be used: .*ECONNREFUSED/],
      [secret(url).replace(/\w+$/, 'nowhere'), /database "nowhere" does not exist/],
      [secret(url).replace('postgres:CANARY', 'nobody:CANARY'), /role "nobody" does not exist/],
      [`${secret(url)}?sslmode=require`, /SSL/],
    ]
    for (const [address, reason] of cases) {
      const error = await openPostgres({ url: address }).catch((failed: unknown) => failed as Error)
      expect(error).toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(reason) })
      expect(String(error)).not.toMatch(/CANARY|\n/)
    }
  })

  it('is refused when it cannot hold every text', async () => {
    await postgres.ask(`create database narrow encoding 'LATIN1' locale 'C' locale_provider libc template template0`)
    await expect(openPostgres({ url: url.replace(/\w+$/, 'narrow') })).rejects.toMatchObject({ message: expect.stringContaining('UTF8') })
  })

  it('is read and not written when it is read-only, and says so', async () => {
    await (await openMigrated()).close()
    await postgres.ask(`alter database ${nameOf(url)} set default_transaction_read_only = on`)
    const storage = await open()
    expect(await storage.write([person(storage, 'a')])).toMatchObject({ ok: false, reason: 'unavailable' })
    expect(await personIds(storage)).toEqual([])
    expect(await storage.ping()).toBe(false)
    await postgres.ask(`alter database ${nameOf(url)} set default_transaction_read_only = off`)
    expect(await storage.write([person(storage, 'a')])).toMatchObject({ ok: true })
    expect(await storage.ping()).toBe(true)
  })
})

describe('writers side by side', () => {
  it('wait for a locked row alone: the others go on, and the one is busy in the end', async () => {
    const storage = await openMigrated({ busyMs: 2500 })
    await storage.write([person(storage, 'a'), person(storage, 'b')])
    const transaction = await storage.db.startTransaction().execute()
    await transaction.updateTable('persons').set({ name: 'held' }).where('id', '=', 'a').execute()
    let isSettled = false
    const held = storage.write([touch(storage, 'a')]).finally(() => {
      isSettled = true
    })
    for (let i = 0; i < 10; i++) expect(await storage.write([touch(storage, 'b')])).toMatchObject({ ok: true })
    expect(isSettled).toBe(false)
    expect(await held).toMatchObject({ ok: false, reason: 'busy' })
    await transaction.commit().execute()
    expect(await storage.write([touch(storage, 'a')])).toMatchObject({ ok: true })
  })

  it('that lock the same rows crosswise are busy at worst, and apply what they acknowledge once', async () => {
    const [one, other] = [await openMigrated({ busyMs: 3000 }), await open({ busyMs: 3000 })]
    await one.write([person(one, 'a', ''), person(one, 'b', '')])
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, (_, i) =>
        i % 2 ? one.write([touch(one, 'a'), touch(one, 'b')]) : other.write([touch(other, 'b'), touch(other, 'a')]),
      ),
    )
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.reason).toBe('busy')
    const applied = outcomes.filter(outcome => outcome.ok).length
    expect(applied).toBeGreaterThan(0)
    const rows = await one.db.selectFrom('persons').select('name').execute()
    expect(rows.map(row => row.name.length)).toEqual([applied, applied])
  })

  it('write many refused commands beside good ones in bounded time', async () => {
    const storage = await openMigrated()
    await storage.write([person(storage, 'taken')])
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, i) => storage.write([person(storage, `p${i}`), ...(i % 2 ? [person(storage, 'taken')] : [])])),
    )
    expect(outcomes.map(outcome => outcome.ok)).toEqual(outcomes.map((_, i) => i % 2 === 0))
    expect(await personIds(storage)).toHaveLength(101)
  })
})

describe('a full disk', () => {
  it('fails what was written together, leaves reads working and passes', async () => {
    const storage = await openMigrated()
    await postgres.ask(
      `create function no_room() returns trigger language plpgsql as $$
         begin if length(new.name) > 1000 then raise exception 'no room' using errcode = '53100'; end if; return new; end $$;
       create trigger no_room before insert on persons for each row execute function no_room()`,
      nameOf(url),
    )
    const big = (id: string) => [person(storage, id, 'x'.repeat(2000))]
    for (const outcome of await Promise.all(Array.from({ length: 10 }, (_, i) => storage.write(big(`p${i}`))))) {
      expect(outcome).toMatchObject({ ok: false, reason: 'full' })
    }
    await expect(
      storage.db.transaction().execute(t => t.executeQuery(t.selectNoFrom([]).$call(() => big('t')[0]?.query as never))),
    ).rejects.toMatchObject({
      code: 'FULL',
    })
    expect(await personIds(storage)).toEqual([])
    await postgres.ask('drop trigger no_room on persons', nameOf(url))
    expect(await storage.write(big('after'))).toMatchObject({ ok: true })
  })
})

describe('a forgotten transaction', () => {
  it('is ended by the database, and everything else goes on', async () => {
    const storage = await openMigrated({ transactionIdleMs: 100 })
    const transaction = await storage.db.startTransaction().execute()
    await transaction.insertInto('persons').values({ id: 'a', organisation_id: 'default', name: 'A', created_at: 1 }).execute()
    await pause(400)
    await expect(transaction.commit().execute()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await transaction
      .rollback()
      .execute()
      .catch(() => null)
    expect(await storage.write([person(storage, 'b')])).toMatchObject({ ok: true })
    expect(await personIds(storage)).toEqual(['b'])
  })
})

describe('F9 a database that stops in mid-burst', () => {
  it('loses nothing acknowledged, writes no half, and is used again by itself within 5 s', { timeout: 180_000 }, async () => {
    const storage = await openMigrated({ isServing: true })
    const acknowledged: string[] = []
    const unknown: string[] = []
    const reasons = new Set<string>()
    let isOver = false
    let n = 0
    const lane = async () => {
      while (!isOver) {
        const id = `p${String(n++).padStart(6, '0')}`
        for (;;) {
          const outcome: WriteOutcome = await storage.write([person(storage, id), person(storage, `${id}-twin`)])
          if (outcome.ok) acknowledged.push(id)
          else if (outcome.reason !== 'unique') {
            reasons.add(outcome.reason)
            unknown.push(id)
            await pause(20)
            continue
          }
          break
        }
      }
    }
    const lanes = Promise.all(Array.from({ length: 20 }, lane))
    for (let round = 0; round < 2; round++) {
      const before = acknowledged.length
      while (acknowledged.length < before + 100) await pause(5)
      await postgres.stop('immediate')
      expect(await storage.ping()).toBe(false)
      await expect(personIds(storage)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      await postgres.start()
      const back = performance.now()
      const then = acknowledged.length
      while (acknowledged.length === then) await pause(5)
      expect(performance.now() - back).toBeLessThan(45_000)
      expect(await storage.ping()).toBe(true)
      expect(await serversOn(storage.db)).toHaveLength(1)
    }
    isOver = true
    await lanes
    const ids = new Set(await personIds(storage))
    expect(acknowledged.filter(id => !ids.has(id) || !ids.has(`${id}-twin`))).toEqual([])
    for (const id of ids) expect(ids.has(id.endsWith('-twin') ? id.slice(0, -5) : `${id}-twin`)).toBe(true)
    // The fault was really there.
    expect(unknown.length).toBeGreaterThan(0)
    expect([...reasons]).toEqual(['unavailable'])
  })
})

describe('F10 a connection cut once COMMIT has gone out', () => {
  it('is unknown, and the key settles it: exactly one row', { timeout: 180_000 }, async () => {
    await (await openMigrated()).close()
    const proxy = await cuttingProxy(postgres.port)
    closing.push(() => proxy.close())
    const storage = await open({ url: url.replace(/:\d+\//, `:${proxy.port}/`) })
    let written = 0
    for (let rep = 0; rep < 50; rep++) {
      proxy.cutAtCommit()
      const outcome = await storage.write([person(storage, `p${rep}`)])
      expect(outcome).toMatchObject({ ok: false, reason: 'unavailable' })
      const again = await storage.write([person(storage, `p${rep}`)])
      if (again.ok) continue
      expect(again).toMatchObject({ reason: 'unique', detail: 'persons.id' })
      written += 1
    }
    expect(await personIds(storage)).toHaveLength(50)
    // Both ways it can end have been seen, or at least the one that matters: it was written and nobody was told.
    expect(written).toBeGreaterThan(0)
  })
})

describe('a database that answers no more', () => {
  it('is given up after a while, and the next one who asks gets a new connection', async () => {
    await (await openMigrated()).close()
    const proxy = await cuttingProxy(postgres.port)
    closing.push(() => proxy.close())
    const storage = await open({ url: url.replace(/:\d+\//, `:${proxy.port}/`), statementMs: 500 })
    await storage.write([person(storage, 'before')])
    proxy.holdBack(true)
    const since = performance.now()
    const outcomes = await Promise.all([storage.write([person(storage, 'a')]), personIds(storage).catch(error => error.code)])
    expect(outcomes).toMatchObject([{ ok: false, reason: 'unavailable' }, 'UNAVAILABLE'])
    expect(performance.now() - since).toBeLessThan(40_000)
    proxy.holdBack(false)
    expect(await storage.write([person(storage, 'b')])).toMatchObject({ ok: true })
    expect(await personIds(storage)).toEqual(['b', 'before'])
  })
})

describe('beginning', () => {
  const directory = () => openDataDirectory(join(tmpdir(), `sideline-unused-${process.pid}`))

  it('waits for a database that starts beside it, and says so once', { timeout: 180_000 }, async () => {
    await postgres.stop()
    const told: string[] = []
    const opening = openForServing({ databaseUrl: url }, directory(), line => told.push(line))
    await pause(1500)
    await postgres.start()
    closing.push((await opening).close.bind(await opening))
    expect(told).toEqual([expect.stringMatching(/^DATABASE_URL: PostgreSQL at .* cannot be used: .*; trying again for 30 s$/)])
  })

  it('gives up in time, and at once where waiting is of no use', async () => {
    const told: string[] = []
    const begin = (databaseUrl: string) => openForServing({ databaseUrl }, directory(), line => told.push(line), 1500)
    await expect(begin(url.replace(/:\d+\//, ':1/'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(told).toHaveLength(1)
    await expect(begin(url.replace(/\w+$/, 'nowhere'))).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    expect(told).toHaveLength(1)
    await rm(directory().path, { recursive: true })
  })
})

describe('restores and imports', () => {
  it('have the database alone: not while a server runs, and no server while they do', async () => {
    const serving = await open({ isServing: true })
    await expect(lockPostgres(url)).rejects.toMatchObject({ code: 'LOCKED' })
    await serving.close()
    const lock = await lockPostgres(url)
    await expect(openPostgres({ url, isServing: true })).rejects.toMatchObject({ message: expect.stringContaining('restored or imported') })
    const tool = await open()
    expect(await tool.ping()).toBe(true)
    await lock.release()
    expect(await (await open({ isServing: true })).ping()).toBe(true)
  })
})

describe('a backup', () => {
  it('is a dump for its owner alone, never over another file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sideline-dump-'))
    closing.push(() => rm(folder, { recursive: true }))
    const storage = await openMigrated()
    const file = join(folder, 'a.dump')
    await storage.backupTo(file)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await expect(storage.backupTo(file)).rejects.toMatchObject({ code: 'BACKUP' })
    await writeFile(join(folder, 'file'), '')
    await expect(storage.backupTo(join(folder, 'file', 'b'))).rejects.toMatchObject({ code: 'BACKUP' })
    const { PATH } = process.env
    process.env.PATH = folder
    try {
      await expect(storage.backupTo(join(folder, 'c.dump'))).rejects.toMatchObject({
        code: 'BACKUP',
        message: expect.stringContaining('pg_dump is not installed'),
      })
    } finally {
      process.env.PATH = PATH
    }
  })
})

describe('names for statements', () => {
  it('go to those that come again, and run out', () => {
    const names = statementNames()
    const say = (text: string, times: number) => Array.from({ length: times }, () => names.nameOf(text)).at(-1)
    expect(say('select 1', 2)).toBeUndefined()
    expect(say('select 1', 1)).toBe('s1')
    expect(say('begin', 9)).toBeUndefined()
    for (let i = 0; i < 5000; i++) say(`select ${i} from lists`, 3)
    expect(names.nameOf('select 1')).toBe('s1')
    expect(say('insert into late', 9)).toBeUndefined()
  })

  it('survive another node’s migration', async () => {
    const storage = await openMigrated()
    const read = () => storage.db.selectFrom('persons').selectAll().execute()
    for (let i = 0; i < 5; i++) await read()
    await storage.write([person(storage, 'a', '')])
    await postgres.ask('alter table persons add column later text', nameOf(url))
    // Refused once, to be asked again, on each connection that knew the old one.
    for (let i = 0; i < 10; i++) await read().catch(error => expect(error).toMatchObject({ code: 'BUSY' }))
    expect(await read()).toHaveLength(1)
    expect(await storage.write([append(storage, 'x')])).toMatchObject({ ok: true })
  })
})

/** Stands between the storage and the database. */
async function cuttingProxy(to: number) {
  let willCut = false
  let isHeld = false
  const sockets = new Set<Socket>()
  const server = createServer(near => {
    const far = dial(to, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => {})
      socket.on('close', () => {
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', bytes => {
      if (isHeld) return
      far.write(bytes)
      if (!willCut || !bytes.includes('commit\0')) return
      willCut = false
      near.resetAndDestroy()
      // The database still reads what was sent: it commits, and finds nobody to tell.
      setTimeout(() => far.destroy(), 20)
    })
    far.on('data', bytes => {
      if (!isHeld) near.write(bytes)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    port: (server.address() as AddressInfo).port,
    cutAtCommit() {
      willCut = true
    },
    holdBack(held: boolean) {
      isHeld = held
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      await new Promise(done => server.close(done))
    },
  }
}
