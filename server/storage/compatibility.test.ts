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
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { migrationsFor } from './migrations/index.ts'
import { openStorage, type Storage } from './storage.ts'

describe('better-auth on this storage', () => {
  let folder: string
  let storage: Storage
  const options = () => ({
    database: { db: storage.db, type: 'sqlite' as const, transaction: true },
    secret: 'a secret for this test alone, long enough',
    baseURL: 'http://localhost:3000',
    emailAndPassword: { enabled: true },
    plugins: [admin()],
  })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sideline-auth-'))
    storage = await openStorage({ file: join(folder, 'sideline.db') })
    await storage.migrate()
  })
  afterEach(async () => {
    await storage.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('finds every table and column it wants', async () => {
    const { toBeAdded, toBeCreated } = await getMigrations(options())
    expect(toBeCreated).toEqual([])
    expect(toBeAdded).toEqual([])
  })

  it('signs up, in and out, and bans', async () => {
    const auth = betterAuth(options())
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
    expect(text).toContain('"emailVerified" boolean not null')
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
    expect(stdout).toBe('{"from":0,"to":1} true\n')
  })
})
