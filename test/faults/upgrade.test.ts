import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, Migrator, sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { everything, fillLeague, fillSite } from '#server/league-for-tests.ts'
import { portableTables } from '#server/portable.ts'
import { migrationsFor, SCHEMA_VERSION } from '#server/storage/migrations/index.ts'
import { openPostgres } from '#server/storage/postgres.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import type { Database } from '#server/storage/schema.ts'
import { openStorage, type Storage } from '#server/storage/storage.ts'
import { basket, type Running, startServer } from '../server/running.ts'
import { startChild } from './child.ts'

/** How many moments of a migration it is killed at; `all` of them on demand. */
const KILLS = process.env.MIGRATION_KILLS ?? '3'

let folder: string
let file: string
const opened: Storage[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sideline-upgrade-'))
  file = join(folder, 'sideline.db')
})
afterEach(async () => {
  for (const storage of opened.splice(0)) await storage.close()
  rmSync(folder, { recursive: true, force: true })
})

async function open(url?: string): Promise<Storage> {
  const storage = url ? await openPostgres({ url }) : await openStorage({ file })
  opened.push(storage)
  return storage
}

/** The database as the first release made it. */
async function makeFirst(storage: Storage): Promise<void> {
  const [[name, migration] = []] = Object.entries(migrationsFor(storage.engine))
  if (!name || !migration) throw new Error('no first version')
  const { error } = await new Migrator({
    db: storage.db,
    provider: { getMigrations: async () => ({ [name]: migration }) },
  }).migrateToLatest()
  if (error) throw error
  expect(await storage.schemaVersion()).toBe(1)
}

type Columns = ReadonlyMap<string, ReadonlySet<string>>
const columnsOf = async (db: Kysely<Database>): Promise<Columns> =>
  new Map((await db.introspection.getTables()).map(({ name, columns }) => [name, new Set(columns.map(column => column.name))]))
/** A row without the columns that came later. */
const within = (known: Columns, table: string, row: object) =>
  Object.fromEntries(Object.entries(row).filter(([column]) => known.get(table)?.has(column)))
const asIn = (known: Columns, all: Record<string, unknown[]>) =>
  Object.fromEntries(
    Object.entries(all).map(([table, rows]) => [table, rows.map(row => JSON.stringify(within(known, table, JSON.parse(String(row)))))]),
  )

const shape = async (storage: Storage) => {
  const tables = await storage.db.introspection.getTables()
  return tables.flatMap(table => table.columns.map(column => `${table.name}.${column.name} ${column.dataType}`)).sort()
}

describe('F30 a database of the first release', () => {
  let postgres: PostgresForTests
  let played: Running
  beforeAll(async () => {
    postgres = await startPostgres()
    played = await startServer()
    await fillLeague(played.context.storage.db)
    await fillSite(played.context.storage.db)
  })
  afterAll(async () => {
    await played?.stop()
    await postgres?.dispose()
  })

  /** Rows of games that were really played, among those of a league with everything, in the columns that there were. */
  async function fill(db: Kysely<Database>, tables: readonly string[], known: Columns): Promise<void> {
    const isPart = (row: object) => Number('part_of' in row && row.part_of !== null)
    for (const table of tables as (keyof Database)[]) {
      const rows = await played.context.storage.db.selectFrom(table).selectAll().execute()
      rows.sort((a, b) => isPart(a) - isPart(b))
      for (const row of rows) {
        await db
          .insertInto(table)
          .values(within(known, table, row) as never)
          .onConflict(on => on.doNothing())
          .execute()
      }
    }
  }

  it.each(['libsql', 'PostgreSQL'])('on %s is brought up to date, and everything in it reads as before', async engine => {
    const game = await played.createGame()
    await played.play(
      game.id,
      { id: 'start-of-it', kind: 'periodStart', period: 1 },
      ...Array.from({ length: 150 }, () => basket('2pt', 'home')),
    )
    await played.play(game.id, { id: 'take-it-back', kind: 'void', voids: 2 }, basket('3pt', 'away', { player: 'Ana' }))
    const [read, log] = [await played.app.games.get(null, game.id), await played.app.games.plays(null, game.id, 0, 1000)]
    const storage = await open(engine === 'libsql' ? undefined : await postgres.database())
    await makeFirst(storage)
    // Tables that came later are empty then.
    const known = await columnsOf(storage.db)
    const tables = portableTables.filter(table => known.has(table))
    expect(tables.length).toBeGreaterThan(portableTables.length / 2)
    await fill(storage.db, tables, known)
    const before = await everything(storage.db, tables)
    expect(await storage.migrate()).toEqual({ from: 1, to: SCHEMA_VERSION })
    expect(await storage.schemaVersion()).toBe(SCHEMA_VERSION)
    expect(asIn(known, await everything(storage.db, tables))).toEqual(before)
    if (engine !== 'libsql') return
    await opened.pop()?.close()
    const upgraded = await startServer({ dataDir: folder })
    try {
      expect(await upgraded.app.games.get(null, game.id)).toEqual(read)
      expect(await upgraded.app.games.plays(null, game.id, 0, 1000)).toEqual(log)
      const { seq, game: after } = await upgraded.play(game.id, { id: 'one-more-play', kind: '2pt', side: 'home' })
      expect([seq, after.score]).toEqual([154, { home: 300, away: 3 }])
    } finally {
      await upgraded.stop({ keepData: true })
    }
  })
})

describe('F30 a migration', () => {
  it(`killed at ${KILLS} moments of it leaves nothing half done, and the next start does it`, { timeout: 300_000 }, async () => {
    const whole = startChild('./migrating-child.ts', [file, '0'])
    const [count = '0'] = await whole.heard('statements')
    expect(await whole.ended).toBe(0)
    const done = await open()
    const target = await shape(done)
    await done.close()
    opened.pop()
    const most = Number(count)
    expect(most).toBeGreaterThan(20)
    const kills = KILLS === 'all' ? most : Number(KILLS)
    for (let kill = 0; kill < kills; kill++) {
      const at = 1 + Math.round((kill * (most - 1)) / Math.max(1, kills - 1))
      file = join(folder, `killed-at-${at}.db`)
      const child = startChild('./migrating-child.ts', [file, String(at)])
      expect(await child.ended, `statement ${at} of ${most}`).toBe('SIGKILL')
      const storage = await open()
      expect((await storage.db.introspection.getTables()).filter(table => table.name === 'games')).toEqual([])
      expect(await storage.migrate()).toEqual({ from: 0, to: SCHEMA_VERSION })
      expect(await shape(storage)).toEqual(target)
      expect((await sql<{ integrity_check: string }>`pragma integrity_check`.execute(storage.db)).rows).toEqual([{ integrity_check: 'ok' }])
      await storage.close()
      opened.pop()
    }
  })
})
