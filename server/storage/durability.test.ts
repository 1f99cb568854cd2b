import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import Database from 'libsql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openChannel } from './channel.ts'
import { openDataDirectory } from './data-directory.ts'
import { lockDataDirectory } from './lock.ts'
import { append, person, personIds } from './rows-for-tests.ts'
import { type OpenOptions, openStorage, type Storage } from './storage.ts'

let folder: string
let file: string
const opened: Storage[] = []
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sideline-storage-'))
  file = join(folder, 'sideline.db')
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await Promise.all(opened.splice(0).map(storage => storage.close()))
  await rm(folder, { recursive: true, force: true })
})

async function open(options: Omit<OpenOptions, 'file'> = {}): Promise<Storage> {
  const storage = await openStorage({ file, ...options })
  opened.push(storage)
  return storage
}

async function openMigrated(options: Omit<OpenOptions, 'file'> = {}): Promise<Storage> {
  const storage = await open(options)
  await storage.migrate()
  return storage
}

/** Runs storage-child.ts; `lines` grows as it speaks. */
function run(task: string, target: string) {
  const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./storage-child.ts', import.meta.url)), task, target], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines: string[] = []
  const reader = createInterface({ input: child.stdout })
  reader.on('line', line => lines.push(line))
  const closed = new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
  const until = async (enough: () => boolean) => {
    while (!enough() && child.exitCode === null) await pause(5)
  }
  return { child, lines, closed, until }
}

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

it('leaves one file behind when it is closed, every time', async () => {
  await (await openStorage({ file })).close()
  for (let time = 0; time < 40; time++) {
    const storage = await openStorage({ file })
    await sql`create table if not exists ${sql.table(`t${time}`)} (id text)`.execute(storage.db)
    await storage.close()
    expect(await readdir(folder)).toEqual(['sideline.db'])
  }
})

describe('the writing connection', () => {
  it('waits for the disk at every commit, and keeps to foreign keys', async () => {
    const storage = await open()
    const pragma = async (name: string) => Object.values((await sql.raw<object>(`pragma ${name}`).execute(storage.db)).rows[0] ?? {})[0]
    expect([await pragma('journal_mode'), await pragma('synchronous'), await pragma('foreign_keys')]).toEqual(['wal', 2, 1])
  })
})

describe('the one writer', () => {
  it('runs commands in the order given', async () => {
    const storage = await openMigrated()
    await storage.write([person(storage, 'a', '')])
    const letters = 'the quick brown fox jumps over the lazy dog'
    await Promise.all([...letters].map(letter => storage.write([append(storage, letter)])))
    expect(await storage.db.selectFrom('persons').select('name').execute()).toEqual([{ name: letters }])
  })

  it('lets nobody else write until a transaction ends', async () => {
    const storage = await openMigrated()
    const order: string[] = []
    let waiting: Promise<unknown> = Promise.resolve()
    await storage.db.transaction().execute(async transaction => {
      waiting = Promise.all([
        storage.write([person(storage, 'b')]).then(() => order.push('command')),
        storage.db.transaction().execute(async other => {
          expect(await other.selectFrom('persons').select('id').execute()).toHaveLength(2)
          order.push('second')
        }),
      ])
      await transaction.insertInto('persons').values({ id: 'a', organisation_id: 'default', name: 'A', created_at: 1 }).execute()
      await pause(50)
      order.push('first')
    })
    await waiting
    expect(order).toEqual(['first', 'command', 'second'])
  })
})

describe('a killed process', () => {
  it('leaves every acknowledged command whole and no half of another', async () => {
    let acknowledged: string[] = []
    for (let round = 0; round < 3; round++) {
      const burst = run('burst', file)
      await burst.until(() => burst.lines.length > 30 + round * 111)
      burst.child.kill('SIGKILL')
      await burst.closed
      acknowledged = burst.lines.slice(1)
      expect(acknowledged.length).toBeGreaterThan(20)
      const storage = await open()
      const ids = new Set(await personIds(storage))
      for (const id of acknowledged) expect(ids.has(id) && ids.has(`${id}-twin`)).toBe(true)
      for (const id of ids) expect(ids.has(id.endsWith('-twin') ? id.slice(0, -5) : `${id}-twin`)).toBe(true)
      expect((await sql`pragma integrity_check`.execute(storage.db)).rows).toEqual([{ integrity_check: 'ok' }])
      await storage.db.deleteFrom('persons').execute()
      await storage.close()
    }
  })
})

describe('bound values', () => {
  it('of any type leave the process alive', async () => {
    const child = run('values', file)
    expect(await child.closed).toBe(0)
    const integer = (value: number) => JSON.stringify({ value, type: 'integer' })
    expect(child.lines).toEqual([
      integer(1),
      integer(0),
      '"VALUE"',
      '{"value":null,"type":"null"}',
      '"VALUE"',
      integer(0),
      integer(1),
      '"VALUE"',
      integer(7),
      '{"value":"x","type":"text"}',
      ...Array(7).fill('"VALUE"'),
      'alive',
    ])
  })

  it('are integers in integer columns and whole numbers where a number meets text', async () => {
    const storage = await openMigrated()
    await storage.write([person(storage, 'a')])
    const types = sql<{ type: string }>`select typeof(created_at) as type from persons`
    expect((await types.execute(storage.db)).rows).toEqual([{ type: 'integer' }])
    expect((await sql`select ${'n'} || ${1} as text`.execute(storage.db)).rows).toEqual([{ text: 'n1' }])
  })
})

describe('a locked database', () => {
  it('makes a write wait and nobody else: the event loop goes on and reads are answered', async () => {
    const storage = await openMigrated({ busyMs: 60_000 })
    const other = new Database(file)
    other.exec('BEGIN EXCLUSIVE')
    let isWritten = false
    const writing = storage.write([person(storage, 'a')]).finally(() => {
      isWritten = true
    })
    for (let i = 0; i < 20; i++) {
      expect(await personIds(storage)).toEqual([])
      expect(await storage.ping()).toBe(true)
      await pause(50)
    }
    expect(isWritten).toBe(false)
    // It is this thread that frees the lock: had anything waited for it here, nothing could have been written.
    other.exec('COMMIT')
    other.close()
    expect(await writing).toMatchObject({ ok: true })
  })

  it('is reported as busy after the timeout, to those who waited in line as well, and is free again later', async () => {
    const writer = await openChannel(file, 'write', 1000)
    const storage = await openMigrated({ busyMs: 1000, writer })
    const other = new Database(file)
    other.exec('BEGIN EXCLUSIVE')
    const asked = vi.spyOn(writer, 'ask')
    const since = performance.now()
    const first = storage.write([person(storage, 'a')])
    // The first is under way, with the whole timeout before it, when the others come.
    while (asked.mock.calls.length === 0) await Promise.resolve()
    const outcomes = await Promise.all([first, storage.write([person(storage, 'b')]), storage.write([person(storage, 'c')])])
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, reason: 'busy' })
    expect(performance.now() - since).toBeGreaterThanOrEqual(990)
    // What they waited in line is taken off what they would wait for the lock.
    expect(asked.mock.calls.map(([request]) => request)).toMatchObject([
      { do: 'group', commands: [[{}]], busyMs: 1000 },
      { do: 'group', commands: [[{}], [{}]], busyMs: expect.toSatisfy((ms: number) => ms < 500) },
    ])
    await expect(storage.db.transaction().execute(async () => {})).rejects.toMatchObject({ code: 'BUSY' })
    other.exec('COMMIT')
    other.close()
    expect(await storage.write([person(storage, 'a')])).toMatchObject({ ok: true })
  })
})

describe('a forgotten transaction', () => {
  it('is rolled back, so that others may write again', async () => {
    const storage = await openMigrated({ transactionIdleMs: 100 })
    const transaction = await storage.db.startTransaction().execute()
    await transaction.insertInto('persons').values({ id: 'a', organisation_id: 'default', name: 'A', created_at: 1 }).execute()
    expect(await storage.write([person(storage, 'b')])).toMatchObject({ ok: true })
    expect(await personIds(storage)).toEqual(['b'])
    await expect(transaction.commit().execute()).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})

describe('a full disk', () => {
  it('fails the whole group, leaves reads working and passes without a restart', async () => {
    const storage = await openMigrated()
    await storage.write([person(storage, 'before')])
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(storage.db)
    await sql.raw(`pragma max_page_count = ${(rows[0]?.page_count ?? 0) + 20}`).execute(storage.db)
    const big = (id: string) => [person(storage, id, 'x'.repeat(40_000))]
    const outcomes = await Promise.all(Array.from({ length: 10 }, (_, i) => storage.write(big(`p${i}`))))
    for (const outcome of outcomes) expect(outcome).toMatchObject({ ok: false, reason: 'full' })
    expect(await personIds(storage)).toEqual(['before'])
    await expect(
      storage.db.transaction().execute(async transaction => {
        for (let i = 0; i < 10; i++)
          await transaction.executeQuery({ ...transaction.selectNoFrom([]).compile(), ...big(`t${i}`)[0]?.query })
      }),
    ).rejects.toMatchObject({ code: 'FULL' })
    expect(await storage.ping()).toBe(true)
    await sql`pragma max_page_count = 1000000`.execute(storage.db)
    expect(await storage.write(big('after'))).toMatchObject({ ok: true })
    expect(await personIds(storage)).toEqual(['after', 'before'])
  })
})

describe('the log file', () => {
  it('stays small however much is written, and is emptied by a checkpoint', async () => {
    const storage = await openMigrated()
    const text = 'x'.repeat(5000)
    for (let round = 0; round < 40; round++) {
      await Promise.all(Array.from({ length: 200 }, (_, i) => storage.write([person(storage, `${round}-${i}`, text)])))
    }
    expect((await stat(`${file}-wal`)).size).toBeLessThan(32 * 1024 * 1024)
    await storage.checkpoint()
    expect((await stat(`${file}-wal`)).size).toBe(0)
  })
})

describe('a backup', () => {
  it('made while others write holds everything acknowledged before it began', async () => {
    const storage = await openMigrated()
    let isDone = false
    const acknowledged: string[] = []
    const writing = (async () => {
      for (let i = 0; !isDone; i++) {
        const id = `p${String(i).padStart(6, '0')}`
        if ((await storage.write([person(storage, id)])).ok) acknowledged.push(id)
      }
    })()
    while (acknowledged.length < 50) await pause(5)
    const before = [...acknowledged]
    const target = join(folder, 'backup.db')
    await storage.backupTo(target)
    isDone = true
    await writing
    expect((await stat(target)).mode & 0o777).toBe(0o600)
    const copy = await openStorage({ file: target })
    opened.push(copy)
    const ids = await personIds(copy)
    // All of them, and beyond them only a prefix of what followed.
    expect(ids.slice(0, before.length)).toEqual(before)
    expect(ids).toEqual(acknowledged.slice(0, ids.length))
    expect((await sql`pragma integrity_check`.execute(copy.db)).rows).toEqual([{ integrity_check: 'ok' }])
    await expect(storage.backupTo(target)).rejects.toMatchObject({ code: 'BACKUP' })
  })
})

describe('the data directory', () => {
  it('is made for its owner alone', async () => {
    const { path } = openDataDirectory(join(folder, 'deep', 'data'))
    expect((await stat(path)).mode & 0o777).toBe(0o700)
  })

  it('is refused in one line when it cannot be written', async () => {
    await openMigrated()
    expect(() => openDataDirectory(join(file, 'data'))).toThrowError(
      expect.objectContaining({ code: 'DATA_DIR', message: `DATA_DIR ${join(file, 'data')} cannot be written (ENOTDIR)` }),
    )
  })

  it('belongs to one server, also within a process, until that one is gone', async () => {
    const directory = openDataDirectory(folder)
    const lock = lockDataDirectory(directory)
    const inUse = `DATA_DIR ${folder} is in use by process ${process.pid}`
    expect(() => lockDataDirectory(directory)).toThrowError(expect.objectContaining({ code: 'LOCKED', message: inUse }))
    const second = run('lock', folder)
    await second.closed
    expect(second.lines).toEqual([`LOCKED ${inUse}`])
    lock.release()

    const third = run('lock', folder)
    await third.until(() => third.lines.length > 0)
    expect(third.lines).toEqual(['held'])
    expect(() => lockDataDirectory(directory)).toThrowError(
      expect.objectContaining({ code: 'LOCKED', message: `DATA_DIR ${folder} is in use by process ${third.child.pid}` }),
    )
    third.child.kill('SIGKILL')
    await third.closed
    lockDataDirectory(directory).release()
  })
})

describe('a file that is no database', () => {
  it('is refused when it is opened', async () => {
    await writeFile(file, 'not a database '.repeat(1000))
    await expect(openStorage({ file })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await expect(openStorage({ file: join(folder, 'nowhere', 'a.db') })).rejects.toMatchObject({ code: 'UNAVAILABLE' })
  })
})
