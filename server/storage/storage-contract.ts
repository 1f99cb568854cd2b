import { type CompiledQuery, sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SCHEMA_VERSION } from './migrations/index.ts'
import { append, person } from './rows-for-tests.ts'
import type { Statement, Storage } from './storage.ts'

/** An engine under test: an empty database, opened as often as asked. */
export interface Engine {
  open(): Promise<Storage>
  /** Closes what is open and removes the database. */
  remove(): Promise<void>
}

const rename = (storage: Storage, id: string, name: string): Statement => ({
  query: storage.db.updateTable('persons').set({ name }).where('id', '=', id).compile(),
  expect: 1,
})

const names = async (storage: Storage) =>
  Object.fromEntries((await storage.db.selectFrom('persons').select(['id', 'name']).execute()).map(row => [row.id, row.name]))

/** What every engine keeps to. */
export function storageContract(name: string, makeEngine: () => Engine): void {
  describe(`storage on ${name}`, () => {
    let engine: Engine
    let storage: Storage

    beforeEach(async () => {
      engine = makeEngine()
      storage = await engine.open()
    })
    afterEach(() => engine.remove())

    describe('schema', () => {
      it('goes from nothing to the newest, and again to the same', async () => {
        expect(await storage.schemaVersion()).toBe(0)
        expect(await storage.migrate()).toEqual({ from: 0, to: SCHEMA_VERSION })
        expect(await storage.migrate()).toEqual({ from: SCHEMA_VERSION, to: SCHEMA_VERSION })
        expect(await storage.schemaVersion()).toBe(SCHEMA_VERSION)
        expect(await storage.db.selectFrom('organisations').select(['id', 'slug']).execute()).toEqual([{ id: 'default', slug: 'default' }])
      })

      it('is brought up once by several programs that start together', async () => {
        const others = await Promise.all([engine.open(), engine.open()])
        const migrated = await Promise.all([storage, ...others].map(each => each.migrate()))
        for (const { to } of migrated) expect(to).toBe(SCHEMA_VERSION)
        const { rows } = await sql`select name from kysely_migration`.execute(storage.db)
        expect(rows).toHaveLength(SCHEMA_VERSION)
      })

      it('is refused when a newer program wrote it', async () => {
        await storage.migrate()
        await sql`insert into kysely_migration (name, timestamp) values ('099-later', '2099-01-01T00:00:00.000Z')`.execute(storage.db)
        const refusal = { code: 'SCHEMA_NEWER', message: `schema 99 is newer than this program's ${SCHEMA_VERSION}` }
        await expect(storage.migrate()).rejects.toMatchObject(refusal)
        await expect(engine.open()).rejects.toMatchObject(refusal)
      })
    })

    describe('writing', () => {
      beforeEach(async () => {
        await storage.migrate()
      })

      it('answers with the rows returned and the rows touched, statement by statement', async () => {
        const { db } = storage
        const insert = db.insertInto('persons').values([
          { id: 'a', organisation_id: 'default', name: 'Ada', created_at: 1 },
          { id: 'b', organisation_id: 'default', name: 'Ben', created_at: 2 },
        ])
        const outcome = await storage.write([
          { query: insert.returning(['id', 'created_at']).compile(), expect: 2 },
          { query: db.updateTable('persons').set({ name: 'Cleo' }).where('id', '=', 'b').compile() },
          { query: db.selectFrom('persons').select('name').where('id', '=', 'b').compile(), expect: 1 },
          { query: db.deleteFrom('persons').where('id', '=', 'nobody').compile() },
        ])
        expect(outcome).toEqual({
          ok: true,
          rows: [
            [
              { id: 'a', created_at: 1 },
              { id: 'b', created_at: 2 },
            ],
            [],
            [{ name: 'Cleo' }],
            [],
          ],
          affected: [2, 1, 1, 0],
        })
      })

      it('undoes the whole command when a statement touches another number of rows than expected', async () => {
        const outcome = await storage.write([person(storage, 'a'), rename(storage, 'nobody', 'X'), person(storage, 'b')])
        expect(outcome).toEqual({ ok: false, reason: 'guard', at: 1 })
        expect(await names(storage)).toEqual({})
      })

      it('names the columns of a row that exists already', async () => {
        await storage.write([person(storage, 'a', 'Ada')])
        const outcome = await storage.write([person(storage, 'b'), person(storage, 'a', 'Again')])
        expect(outcome).toEqual({ ok: false, reason: 'unique', at: 1, detail: 'persons.id' })
        expect(await names(storage)).toEqual({ a: 'Ada' })
      })

      it('gathers commands given together into few transactions, each command for itself', async () => {
        await storage.write([person(storage, 'taken')])
        const before = storage.counts.groups
        const commands = Array.from({ length: 300 }, (_, i) => {
          if (i % 50 === 7) return [person(storage, `p${i}`), person(storage, 'taken')]
          if (i % 50 === 8) return [person(storage, `p${i}`), rename(storage, 'nobody', 'X')]
          return [person(storage, `p${i}`)]
        })
        const outcomes = await Promise.all(commands.map(command => storage.write(command)))
        expect(storage.counts.groups - before).toBeLessThan(10)
        const refused = outcomes.map((outcome, i) => (outcome.ok ? null : `${i} ${outcome.reason}`)).filter(Boolean)
        expect(refused).toEqual([7, 57, 107, 157, 207, 257].flatMap(i => [`${i} unique`, `${i + 1} guard`]))
        const written = Object.keys(await names(storage)).length
        expect(written).toBe(1 + 300 - 12)
      })

      it('applies commands on the same row one after the other, each once', async () => {
        await storage.write([person(storage, 'a', '')])
        const letters = 'the quick brown fox jumps over the lazy dog'
        await Promise.all([...letters].map(letter => storage.write([append(storage, letter)])))
        const { a = '' } = await names(storage)
        expect([...a].sort()).toEqual([...letters].sort())
      })

      it('throws for mistakes of ours, and the commands beside them stand', async () => {
        const nameless = storage.db
          .insertInto('persons')
          .values({ id: 'x', organisation_id: 'default', name: sql<string>`null`, created_at: 1 })
        const orphan = storage.db.insertInto('persons').values({ id: 'y', organisation_id: 'nowhere', name: 'Y', created_at: 1 })
        const results = await Promise.allSettled([
          storage.write([person(storage, 'a')]),
          storage.write([person(storage, 'b'), { query: nameless.compile() }]),
          storage.write([{ query: orphan.compile() }]),
          storage.write([{ query: sql`insert into no_such_table values (1)`.compile(storage.db) }]),
          storage.write([person(storage, 'c')]),
        ])
        expect(results.map(result => (result.status === 'rejected' ? result.reason.code : result.value.ok))).toEqual([
          true,
          'CONSTRAINT',
          'CONSTRAINT',
          'SQL',
          true,
        ])
        expect(Object.keys(await names(storage)).sort()).toEqual(['a', 'c'])
      })

      it('takes what belongs to a game away with it', async () => {
        await addGame(storage, 'g1')
        await storage.write([play(storage, 'g1', 1, 'a1'), play(storage, 'g1', 2, 'a2')])
        await storage.db.deleteFrom('games').where('id', '=', 'g1').execute()
        expect(await storage.db.selectFrom('plays').select('seq').execute()).toEqual([])
      })

      it('keeps seq, id and place unique within a game and free between games', async () => {
        await addGame(storage, 'g1')
        await addGame(storage, 'g2')
        await storage.write([play(storage, 'g1', 1, 'a1', 'same-id')])
        expect(await storage.write([play(storage, 'g2', 1, 'a1', 'same-id')])).toMatchObject({ ok: true })
        const detail = async (statement: Statement) => {
          const outcome = await storage.write([statement])
          return !outcome.ok && outcome.reason === 'unique' && outcome.detail
        }
        expect(await detail(play(storage, 'g1', 1, 'a5', 'other'))).toBe('plays.game_id, plays.seq')
        expect(await detail(play(storage, 'g1', 5, 'a5', 'same-id'))).toBe('plays.game_id, plays.id')
        expect(await detail(play(storage, 'g1', 5, 'a1', 'other'))).toBe('plays.game_id, plays.ord')
      })
    })

    describe('values', () => {
      beforeEach(async () => {
        await storage.migrate()
      })

      it('come back as they went in', async () => {
        const { db } = storage
        const texts = [
          '',
          ' ',
          'Łódź',
          '日本',
          '🏀',
          "'; drop table plays; --",
          '0',
          '1.0',
          '007',
          'null',
          'x'.repeat(200_000),
          '\u0001\n\t',
        ]
        for (const [i, text] of texts.entries()) expect(await storage.write([person(storage, `t${i}`, text)])).toMatchObject({ ok: true })
        expect(Object.values(await names(storage)).sort()).toEqual([...texts].sort())
        const times = [0, 1, -1, 2 ** 31, 1_900_000_000_123, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, -0]
        for (const time of times) {
          await db.updateTable('persons').set({ created_at: time, erased_at: null }).where('id', '=', 't0').execute()
          const row = await db.selectFrom('persons').select(['created_at', 'erased_at']).where('id', '=', 't0').executeTakeFirstOrThrow()
          expect(row).toEqual({ created_at: time + 0, erased_at: null })
        }
      })

      it('are turned or refused before they reach the database', async () => {
        await addGame(storage, 'g1')
        await storage.db.updateTable('games').set({ neutral: true, demo: false }).where('id', '=', 'g1').execute()
        expect(await storage.db.selectFrom('games').select(['neutral', 'demo']).execute()).toEqual([{ neutral: 1, demo: 0 }])
        for (const [value, what] of REFUSED) {
          const query: CompiledQuery = { ...storage.db.selectFrom('persons').select('id').compile(), sql: 'select ?', parameters: [value] }
          const refusal = { code: 'VALUE', message: `cannot bind ${what} as value 1` }
          await expect(storage.readBatch([query])).rejects.toMatchObject(refusal)
          await expect(storage.write([{ query }])).rejects.toMatchObject(refusal)
          await expect(storage.db.executeQuery(query)).rejects.toMatchObject(refusal)
        }
      })

      it('sort by their bytes where plays are put in order', async () => {
        await addGame(storage, 'g1')
        const orders = ['a1', 'a0v', 'a10', 'az', 'b00', 'a1z', 'a0']
        await storage.write(orders.map((order, i) => play(storage, 'g1', i + 1, order)))
        const rows = await storage.db.selectFrom('plays').select('ord').where('game_id', '=', 'g1').orderBy('ord').execute()
        expect(rows.map(row => row.ord)).toEqual([...orders].sort())
      })
    })

    describe('reading', () => {
      beforeEach(async () => {
        await storage.migrate()
      })

      it('sees what is committed, and nothing else', async () => {
        await storage.db.transaction().execute(async transaction => {
          await transaction.insertInto('persons').values({ id: 'a', organisation_id: 'default', name: 'Ada', created_at: 1 }).execute()
          expect(await transaction.selectFrom('persons').select('id').execute()).toHaveLength(1)
          expect(await names(storage)).toEqual({})
        })
        expect(await names(storage)).toEqual({ a: 'Ada' })
        const failing = storage.db.transaction().execute(async transaction => {
          await transaction.deleteFrom('persons').execute()
          throw new Error('changed my mind')
        })
        await expect(failing).rejects.toThrow('changed my mind')
        expect(await names(storage)).toEqual({ a: 'Ada' })
      })

      it('reads a batch as of one moment', async () => {
        const { db } = storage
        await addGame(storage, 'g1')
        const points = (change: number): Statement[] => [
          {
            query: db
              .updateTable('games')
              .set({ home_score: sql<number>`home_score + ${change}` })
              .compile(),
          },
          {
            query: db
              .updateTable('games')
              .set({ away_score: sql<number>`away_score - ${change}` })
              .compile(),
          },
        ]
        // The query in the middle takes its time, so that writes are sure to fall between the two that look.
        const slow = sql<{
          n: number
        }>`with recursive c(n) as (select 1 union all select n + 1 from c where n < 100000) select max(n) as n from c`
        for (let round = 0; round < 5; round++) {
          const before = storage.counts.groups
          const reading = storage.readBatch([
            db.selectFrom('games').select('home_score').compile(),
            slow.compile(db),
            db.selectFrom('games').select('away_score').compile(),
          ])
          for (let i = 1; i <= 10; i++) await storage.write(points(i))
          const [home, , away] = await reading
          expect(storage.counts.groups).toBeGreaterThan(before)
          expect((home[0]?.home_score ?? Number.NaN) + (away[0]?.away_score ?? Number.NaN)).toBe(0)
        }
        expect(await db.selectFrom('games').select('home_score').executeTakeFirst()).toEqual({ home_score: 5 * 55 })
      })

      it('throws what is wrong with a query and goes on', async () => {
        await expect(sql`select nothing from nowhere`.execute(storage.db)).rejects.toMatchObject({ code: 'SQL' })
        await expect(
          storage.readBatch([sql`select 1`.compile(storage.db), sql`select x from y`.compile(storage.db)]),
        ).rejects.toMatchObject({ code: 'SQL' })
        expect(await storage.ping()).toBe(true)
      })

      it('streams', async () => {
        await storage.write(Array.from({ length: 25 }, (_, i) => person(storage, `p${String(i).padStart(2, '0')}`)))
        const ids: string[] = []
        for await (const row of storage.db.selectFrom('persons').select('id').orderBy('id').stream(10)) ids.push(row.id)
        expect(ids).toHaveLength(25)
        expect(ids[24]).toBe('p24')
      })
    })

    describe('transactions', () => {
      beforeEach(async () => {
        await storage.migrate()
      })

      it('go back to a savepoint', async () => {
        const transaction = await storage.db.startTransaction().execute()
        const add = (id: string) => ({ id, organisation_id: 'default', name: id, created_at: 1 })
        await transaction.insertInto('persons').values(add('a')).execute()
        const saved = await transaction.savepoint('half').execute()
        await saved.insertInto('persons').values(add('b')).execute()
        await saved.rollbackToSavepoint('half').execute()
        await transaction.commit().execute()
        expect(await names(storage)).toEqual({ a: 'a' })
      })

      it('report a row that exists already and can still be rolled back', async () => {
        await storage.write([person(storage, 'a')])
        const failing = storage.db.transaction().execute(async transaction => {
          await transaction.insertInto('persons').values({ id: 'a', organisation_id: 'default', name: 'A', created_at: 1 }).execute()
        })
        await expect(failing).rejects.toMatchObject({ code: 'UNIQUE', message: 'UNIQUE constraint failed: persons.id' })
        expect(await storage.write([person(storage, 'b')])).toMatchObject({ ok: true })
      })
    })

    it('finishes what was given before it closed, and refuses what comes after', async () => {
      await storage.migrate()
      const given = Array.from({ length: 20 }, (_, i) => storage.write([person(storage, `p${i}`)]))
      await storage.close()
      for (const outcome of await Promise.all(given)) expect(outcome.ok).toBe(true)
      expect(await storage.write([person(storage, 'late')])).toMatchObject({ ok: false, reason: 'unavailable' })
      await expect(storage.readBatch([sql`select 1`.compile(storage.db)])).rejects.toMatchObject({ code: 'UNAVAILABLE' })
      expect(await storage.ping()).toBe(false)
      await storage.close()
      const again = await engine.open()
      expect(Object.keys(await names(again))).toHaveLength(20)
    })
  })
}

/** Values no column can hold on every engine, and what the refusal calls them. */
const REFUSED: readonly (readonly [unknown, string])[] = [
  [undefined, 'undefined'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
  [1.5, 'a fraction'],
  [2 ** 53, 'an unsafe integer'],
  [2n ** 60n, 'an unsafe integer'],
  ['a\0b', 'text with a NUL character'],
  [new Date(0), 'an object (Date)'],
  [{ a: 1 }, 'an object (Object)'],
  [Object.create(null), 'an object (no prototype)'],
  [Buffer.from('x'), 'an object (Buffer)'],
  [[1], 'an array'],
  [Symbol('s'), 'symbol'],
  [() => 1, 'function'],
]

async function addGame(storage: Storage, id: string): Promise<void> {
  const { db } = storage
  const team = (teamId: string, number: number) =>
    ({ id: teamId, organisation_id: 'default', kind: 'team', name: teamId, short_name: teamId, abbr: 'T', number, created_at: 1 }) as const
  await db
    .insertInto('teams')
    .values([team('home', 1), team('away', 2)])
    .onConflict(conflict => conflict.doNothing())
    .execute()
  await db
    .insertInto('games')
    .values({
      id,
      organisation_id: 'default',
      sport: 'basketball',
      home_id: 'home',
      away_id: 'away',
      time_zone: 'UTC',
      pack: 'p',
      pack_version: '1',
      rules: '{}',
      reducer: 1,
      epoch: 'e',
      status: 'live',
      created_at: 1,
      updated_at: 1,
      row: '{}',
      state: '{}',
    })
    .execute()
}

function play(storage: Storage, game: string, seq: number, ord: string, id = `${game}-${ord}`): Statement {
  const row = { game_id: game, seq, id, hash: 'h', kind: '2pt', ord, at: 1_900_000_000_000 }
  return { query: storage.db.insertInto('plays').values(row).compile(), expect: 1 }
}
