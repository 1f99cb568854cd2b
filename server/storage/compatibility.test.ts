import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { admin } from 'better-auth/plugins'
import { build } from 'esbuild'
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { migrationsFor, SCHEMA_VERSION } from './migrations/index.ts'
import { openPostgres } from './postgres.ts'
import { startPostgres } from './postgres-for-tests.ts'
import { openStorage, type Storage } from './storage.ts'

const ENGINES: Record<string, () => Promise<{ storage: Storage; remove: () => Promise<unknown> }>> = {
  async libsql() {
    const folder = await mkdtemp(join(tmpdir(), 'sideline-auth-'))
    const storage = await openStorage({ file: join(folder, 'sideline.db') })
    return { storage, remove: () => rm(folder, { recursive: true, force: true }) }
  },
  async PostgreSQL() {
    const postgres = await startPostgres()
    return { storage: await openPostgres({ url: await postgres.database() }), remove: postgres.dispose }
  },
}

const optionsOn = (storage: Storage) => ({
  // Its words for this engine fit both, and a row of an account reads the same from both.
  database: { db: storage.db, type: 'sqlite' as const, transaction: true },
  secret: 'a secret for this test alone, long enough',
  baseURL: 'http://localhost:3000',
  emailAndPassword: { enabled: true },
  plugins: [admin()],
})

describe.each(Object.keys(ENGINES))('better-auth on %s', name => {
  let engine: Awaited<ReturnType<(typeof ENGINES)[string]>>
  let storage: Storage
  beforeAll(async () => {
    engine = await (ENGINES[name] as (typeof ENGINES)[string])()
    storage = engine.storage
    await storage.migrate()
  })
  afterAll(async () => {
    await storage.close()
    await engine.remove()
  })

  it('signs up, in and out, and bans', async () => {
    const auth = betterAuth(optionsOn(storage))
    const body = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' }
    const { user } = await auth.api.signUpEmail({ body })
    await expect(auth.api.signUpEmail({ body })).rejects.toMatchObject({ status: 'UNPROCESSABLE_ENTITY' })
    await storage.db.updateTable('user').set({ role: 'admin' }).where('id', '=', user.id).execute()
    const { headers } = await auth.api.signInEmail({ body, returnHeaders: true })
    const cookie = new Headers({ cookie: headers.get('set-cookie')?.split(';')[0] ?? '' })
    const session = await auth.api.getSession({ headers: cookie })
    expect(session?.user).toMatchObject({ email: 'ada@example.org', emailVerified: false, role: 'admin' })
    expect(session?.session.expiresAt).toBeInstanceOf(Date)

    const other = await auth.api.signUpEmail({ body: { ...body, email: 'ben@example.org' } })
    await auth.api.banUser({ headers: cookie, body: { userId: other.user.id, banExpiresIn: 60 } })
    const banned = await storage.db.selectFrom('user').select(['banned', 'banExpires']).where('id', '=', other.user.id).executeTakeFirst()
    expect(banned).toEqual({ banned: 1, banExpires: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) })
    await auth.api.signOut({ headers: cookie })
    expect(await auth.api.getSession({ headers: cookie })).toBeNull()
  })
})

describe('migrations', () => {
  it('make every table and column that better-auth wants, and the same ones on both', async () => {
    const columns: Record<string, string[]> = {}
    for (const [name, open] of Object.entries(ENGINES)) {
      const { storage, remove } = await open()
      await storage.migrate()
      if (storage.engine === 'sqlite') {
        // Asks in the words of the engine it is told of, which is this one for both.
        const { toBeAdded, toBeCreated } = await getMigrations(optionsOn(storage))
        expect([toBeCreated, toBeAdded]).toEqual([[], []])
      }
      const tables = await storage.db.introspection.getTables()
      columns[name] = tables.flatMap(table => table.columns.map(column => `${table.name}.${column.name}`)).sort()
      await storage.close()
      await remove()
    }
    expect(columns.PostgreSQL).toEqual(columns.libsql)
  })

  it('compile for PostgreSQL, with wide times and bytewise order', async () => {
    const statements: string[] = []
    const db = new Kysely<unknown>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: kysely => new PostgresIntrospector(kysely),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
      log: event => void statements.push(event.query.sql),
    })
    for (const migration of Object.values(migrationsFor('postgres'))) await migration.up(db)
    const text = statements.join(';\n')
    expect(text).toContain('"starts_at" bigint')
    expect(text).toContain('"ord" text collate "C" not null')
    expect(text).toContain('"emailVerified" bigint not null')
    // Every text sorts by its bytes, and every number takes whatever a reader compares it with.
    expect(text.replaceAll('text collate "C"', '')).not.toMatch(/" (text|integer)\b/)
    expect(text).not.toMatch(/rowid|autoincrement|\bdate\b/)
  })
})

describe('a build', () => {
  const folder = fileURLToPath(new URL('../../node_modules/.cache/sideline-storage-build/', import.meta.url))
  const source = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('runs from two bundles, without the sources', async () => {
    await mkdir(folder, { recursive: true })
    const shared = { bundle: true, platform: 'node', format: 'esm', packages: 'external', target: 'node20' } as const
    await build({ ...shared, entryPoints: [source('worker.ts')], outfile: join(folder, 'storage-worker.js') })
    await build({ ...shared, entryPoints: [source('storage.ts')], outfile: join(folder, 'server.js') })
    const data = await mkdtemp(join(tmpdir(), 'sideline-build-'))
    await writeFile(
      join(folder, 'main.mjs'),
      `import { openStorage } from './server.js'
       const storage = await openStorage({ file: ${JSON.stringify(join(data, 'a.db'))} })
       console.log(JSON.stringify(await storage.migrate()), await storage.ping())
       await storage.close()`,
    )
    const { stdout, stderr } = spawnSync(process.execPath, [join(folder, 'main.mjs')], { cwd: tmpdir(), encoding: 'utf8' })
    await rm(data, { recursive: true, force: true })
    expect(stderr).toBe('')
    expect(stdout).toBe(`{"from":0,"to":${SCHEMA_VERSION}} true\n`)
  })
})
