import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { everything, fillLeague, fillSite, withoutEpochs } from '#server/league-for-tests.ts'
import { openDataDirectory } from '#server/storage/data-directory.ts'
import { openPostgres } from '#server/storage/postgres.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import { openStorage, type Storage } from '#server/storage/storage.ts'
import { type Ran, runTool } from './tool-for-tests.ts'

let postgres: PostgresForTests
let dir: string
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres?.dispose())
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-tool-postgres-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** The operator's tool on PostgreSQL, or without a URL on the embedded database in `data`. */
function sideline(line: string, url: string | null, data = 'data'): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env
  const env = { PATH: `${postgres.bin}:${PATH}`, HOME, DATA_DIR: join(dir, data), ...(url === null ? {} : { DATABASE_URL: url }) }
  return runTool(line, env)
}

async function done(line: string, url: string | null, data?: string): Promise<string> {
  const ran = await sideline(line, url, data)
  expect(ran).toMatchObject({ code: 0 })
  return ran.out
}

async function using<T>(opening: Promise<Storage>, use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await opening
  try {
    await storage.migrate()
    return await use(storage)
  } finally {
    await storage.close()
  }
}

const embedded = (data: string) => openStorage({ file: openDataDirectory(join(dir, data)).database })
const fill = async ({ db }: Storage) => {
  await fillLeague(db)
  await fillSite(db)
}
const contentOf = ({ db }: Storage) => everything(db)
const oneLine = expect.stringMatching(/^[^\n]+\n$/)

// Each call is a process of its own, and slow to begin on a small machine.
describe('the tool on PostgreSQL', { timeout: 240_000 }, () => {
  it('moves a league from the embedded database to PostgreSQL and back, and nothing is lost', async () => {
    const url = await postgres.database()
    const before = await using(embedded('first'), async storage => {
      await fill(storage)
      return contentOf(storage)
    })
    const [out, back] = [join(dir, 'out.jsonl'), join(dir, 'back.jsonl')]
    await done(`export ${out}`, null, 'first')
    expect(JSON.parse(await done(`import ${out} --json`, url))).toMatchObject({ games: 2 })
    await using(openPostgres({ url, isServing: true }), async storage => {
      expect(withoutEpochs(await contentOf(storage))).toEqual(withoutEpochs(before))
      // A server runs on it: what reads goes on, what replaces does not begin.
      const exported = JSON.parse(await done(`export ${back} --json`, url))
      expect(exported.tables).toMatchObject({ plays: 2400, games: 2, user: 1 })
      expect(await sideline(`import ${out}`, url)).toMatchObject({ code: 1, err: expect.stringMatching(/^the server is running[^\n]+\n$/) })
    })
    expect(await sideline(`import ${out}`, url)).toMatchObject({ code: 1, err: expect.stringContaining('import needs an empty one') })
    await done(`import ${back}`, null, 'second')
    expect(withoutEpochs(await using(embedded('second'), contentOf))).toEqual(withoutEpochs(before))
  })

  it('backs up beside a server and restores without one, under new epochs, keeping what was there', async () => {
    const url = await postgres.database()
    const backup = join(dir, 'league.dump')
    const before = await using(openPostgres({ url, isServing: true }), async storage => {
      await fill(storage)
      expect(JSON.parse(await done(`backup ${backup} --json`, url)).bytes).toBeGreaterThan(10_000)
      expect(await sideline(`restore ${backup}`, url)).toMatchObject({
        code: 1,
        err: expect.stringMatching(/^the server is running[^\n]+\n$/),
      })
      const content = await contentOf(storage)
      await storage.db.deleteFrom('games').execute()
      await storage.db.insertInto('announcements').values({ id: 'later', organisation_id: 'default', text: 'After', at: 1 }).execute()
      return content
    })
    const restored = JSON.parse(await done(`restore ${backup} --json`, url))
    expect(restored).toMatchObject({ games: 2, kept: expect.stringContaining('before-restore') })
    expect(readFileSync(restored.kept).subarray(0, 5).toString()).toBe('PGDMP')
    await using(openPostgres({ url }), async storage => {
      const after = await contentOf(storage)
      expect(withoutEpochs(after)).toEqual(withoutEpochs(before))
      for (const row of after.games ?? []) expect(before.games).not.toContain(row)
      expect(await storage.db.selectFrom('session').selectAll().execute()).toEqual([])
    })

    const torn = join(dir, 'torn.dump')
    writeFileSync(torn, readFileSync(backup).subarray(0, -3000))
    const text = join(dir, 'text')
    writeFileSync(text, 'no dump')
    for (const [file, reason] of [
      [text, /is no backup of this database/],
      [torn, /./],
      [join(dir, 'none'), /cannot be read \(ENOENT\)/],
    ] as const) {
      expect(await sideline(`restore ${file}`, url)).toMatchObject({ code: 1, err: expect.stringMatching(reason) })
    }
    expect(withoutEpochs(await using(openPostgres({ url }), contentOf))).toEqual(withoutEpochs(before))
  })

  it('makes tokens and accounts, looks after itself and takes the demo out', async () => {
    const url = await postgres.database()
    mkdirSync(join(dir, 'data'), { mode: 0o700 })
    expect(await sideline('demo remove', url)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^there is no league in PostgreSQL at [^\n]+\n$/),
    })
    expect(await done('token create --name Feed --scope score --json', url)).toMatch(/^\{"token":"sl_pat_[\w-]{43}"\}\n$/)
    expect(await done('user create owner@club.example --role owner', url)).toMatch(/^(\w{4}-){4}\w{4}\n$/)
    expect(await sideline('user create owner@club.example', url)).toMatchObject({ code: 1, err: oneLine })
    expect(JSON.parse(await done('user list --json', url)).users).toMatchObject([{ email: 'owner@club.example', role: 'owner' }])
    await using(openPostgres({ url, isServing: true }), async ({ db }) => {
      await fillLeague(db, { demo: 1 })
      expect(await done('demo remove --json', url)).toBe('{"games":2}\n')
      const { checks } = JSON.parse(await done('doctor --json', url)) as { checks: { check: string; state: string; says: string }[] }
      const named = Object.fromEntries(checks.map(({ check, says }) => [check, says]))
      expect(Object.keys(named)).toEqual([
        'node',
        'settings',
        'data',
        'files',
        'disk',
        'database',
        'league',
        'owner',
        'durability',
        'size',
        'server',
      ])
      expect(named.server).toContain(`:${process.pid}`)
      expect(named.durability).toContain('waits for its disk')
    })
    expect(readdirSync(join(dir, 'data'))).not.toContain('sideline.db')
  })

  it('says in one line that the database is out of reach, without its password', async () => {
    const ran = await sideline('user list', 'postgres://club:CANARY@127.0.0.1:1/league')
    expect(ran).toMatchObject({
      code: 69,
      out: '',
      err: expect.stringMatching(/^DATABASE_URL: PostgreSQL at 127\.0\.0\.1:1\/league [^\n]+\n$/),
    })
    expect(ran.err).not.toContain('CANARY')
  })
})
