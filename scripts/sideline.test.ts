import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Accounts, createAccounts } from '#server/accounts.ts'
import { ADDRESS_HEADER } from '#server/address.ts'
import { everything, fillLeague, fillSite, withoutEpochs } from '#server/league-for-tests.ts'
import { createLog } from '#server/log.ts'
import { createRemovalWatch } from '#server/removals.ts'
import { openSecrets } from '#server/secrets.ts'
import { openDataDirectory } from '#server/storage/data-directory.ts'
import { lockDataDirectory } from '#server/storage/lock.ts'
import { openStorage, type Storage } from '#server/storage/storage.ts'
import { type Ran, runTool } from './sideline/tool-for-tests.ts'

let dir: string
const closing: (() => unknown)[] = []
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-tool-'))
})
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(dir, { recursive: true, force: true })
})

interface How {
  env?: Record<string, string>
  input?: string
  data?: string
}

function sideline(line: string, { env = {}, input = '', data = join(dir, 'data') }: How = {}): Promise<Ran> {
  const { PATH = '', HOME = '' } = process.env
  return runTool(line, { PATH, HOME, DATA_DIR: data, ...env }, input)
}
const oneLine = expect.stringMatching(/^[^\n]+\n$/)

/** What a server has of the data directory: its lock, its database, its accounts. */
async function serving(): Promise<{ accounts: Accounts; storage: Storage; revoked: object[] }> {
  const directory = openDataDirectory(join(dir, 'data'))
  const lock = lockDataDirectory(directory)
  closing.push(() => lock.release())
  const storage = await openStorage({ file: directory.database })
  closing.push(() => storage.close())
  await storage.migrate()
  const opened = openSecrets(directory.path)
  if (!opened.ok) throw new Error(opened.problem)
  const config = { publicOrigin: null, isSecure: false, owner: null }
  const accounts = await createAccounts({ db: storage.db, config, secrets: opened.secrets, log: createLog('silent') })
  const revoked: object[] = []
  accounts.onRevoked(one => revoked.push(one))
  closing.push(accounts.startPolling())
  return { accounts, storage, revoked }
}

async function withDatabase<T>(data: string, use: (storage: Storage) => Promise<T>): Promise<T> {
  const storage = await openStorage({ file: openDataDirectory(join(dir, data)).database })
  try {
    await storage.migrate()
    return await use(storage)
  } finally {
    await storage.close()
  }
}

/** By itself, since it looks every second; generously more, for a busy machine. */
const noticed = (isSo: () => boolean) => vi.waitFor(() => expect(isSo()).toBe(true), 20_000)

const attempt = (accounts: Accounts, email: string, password: string) =>
  accounts.handler(
    new Request('http://hall/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json', [ADDRESS_HEADER]: '127.0.0.1' },
      body: JSON.stringify({ email, password }),
    }),
  )

describe('help and mistakes', () => {
  it('tells every command', async () => {
    const { code, out, err } = await sideline('--help')
    expect([code, err]).toEqual([0, ''])
    for (const command of [
      'token create',
      'user create',
      'user reset-password',
      'backup',
      'restore',
      'export',
      'import',
      'doctor',
      'demo remove',
    ]) {
      expect(out).toContain(`\n  ${command}`)
    }
    expect(out).toContain('--rate')
    expect(existsSync(join(dir, 'data'))).toBe(false)
  })

  it('called wrongly: told in a line, exit 2, nothing made', async () => {
    expect(await sideline('')).toMatchObject({ code: 2, out: expect.stringContaining('Usage') })
    for (const [line, reason] of [
      ['constructor', /no command "constructor"/],
      ['token', /needs to be told/],
      ['token create --name N --scope score --rate fast', /--rate must be a whole number/],
    ] as const) {
      const { code, out, err } = await sideline(line)
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(reason)
      expect(err.trimEnd().split('\n')).toHaveLength(2)
    }
    expect(existsSync(join(dir, 'data'))).toBe(false)
  })

  it('F29 bad settings: a line each, exit 78', async () => {
    const { code, out, err } = await sideline('token list', { env: { PORT: 'abc', REDIS_URL: 'redis://:CANARY@cache' } })
    expect([code, out]).toEqual([78, ''])
    expect(
      err
        .trimEnd()
        .split('\n')
        .map(line => line.split(':')[0]),
    ).toEqual(['PORT', 'REDIS_URL'])
    expect(err).not.toContain('CANARY')
  })

  it('a data directory that cannot be: one line, exit 78', async () => {
    writeFileSync(join(dir, 'file'), '')
    const { code, err } = await sideline('token list', { data: join(dir, 'file') })
    expect([code, err]).toEqual([78, oneLine])
    expect(err).toContain('DATA_DIR')
  })

  it('F30 a newer database: one line, exit 3', async () => {
    await withDatabase('data', ({ db }) =>
      sql`insert into kysely_migration (name, timestamp) values ('099-later', '2099-01-01T00:00:00.000Z')`.execute(db),
    )
    const { code, err } = await sideline('token list')
    expect([code, err]).toEqual([3, oneLine])
    expect(err).toContain('schema 99 is newer')
  })
})

// Each call is a process of its own, and slow to begin on a small machine.
describe('beside a running server', { timeout: 180_000 }, () => {
  it('token create prints the token alone, and the server takes it at once; revoke is honoured within two seconds', async () => {
    const { accounts, revoked } = await serving()
    const made = await sideline('token create --name Feed --scope score,manage --rate 50 --json')
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.out).toMatch(/^\{"token":"sl_pat_[\w-]{43}"\}\n$/)
    const bearer = { authorization: `Bearer ${JSON.parse(made.out).token}` }
    const account = await accounts.accountOf(bearer)
    expect(account).toMatchObject({ name: 'Feed', scopes: ['score', 'manage'], rate: 50, via: 'token' })

    const plain = await sideline('token create --name=Other --scope read')
    expect(plain.out).toMatch(/^sl_pat_[\w-]{43}\n$/)
    expect(plain.err).toContain('only time')
    expect(plain.err).toContain('npm run --silent sideline -- token revoke tok_')

    const list = await sideline('token list --json')
    expect(JSON.parse(list.out).tokens.map((token: { name: string }) => token.name)).toEqual(['Feed', 'Other'])
    expect(list.out).not.toContain('sl_pat_')

    expect(await sideline(`token revoke ${account?.tokenId}`)).toMatchObject({ code: 0 })
    await noticed(() => revoked.length > 0)
    expect(revoked).toEqual([{ tokenId: account?.tokenId }])
    expect(await accounts.accountOf(bearer)).toBeNull()
    expect(await sideline('token revoke tok_none')).toMatchObject({ code: 1, err: oneLine })
    expect(JSON.parse((await sideline('token revoke tok_none --json')).err)).toMatchObject({ error: { message: expect.any(String) } })
  })

  it('user create and reset-password work, end sign-ins, and never take a password from the command line', async () => {
    const { accounts, revoked } = await serving()
    expect(await accounts.setupToken()).not.toBeNull()
    const made = await sideline('user create owner@club.example --role owner --json')
    const { user, password } = JSON.parse(made.out)
    expect(user).toMatchObject({ email: 'owner@club.example', role: 'owner', name: 'owner' })
    expect((await attempt(accounts, 'owner@club.example', password)).status).toBe(200)
    expect(existsSync(join(dir, 'data', 'setup.token'))).toBe(false)

    const given = await sideline('user create --email scorer@club.example --game g1 --password-stdin', { input: 'turnstile seven\n' })
    expect(given).toMatchObject({ code: 0, out: 'scorer@club.example is scorer.\n' })
    const signedIn = await attempt(accounts, 'scorer@club.example', 'turnstile seven')
    const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0]
    const asked = { cookie, [ADDRESS_HEADER]: '127.0.0.1' }
    expect(await accounts.accountOf(asked)).toMatchObject({ role: 'scorer', grants: { games: ['g1'], competitions: [] } })

    const reset = await sideline('user reset-password scorer@club.example')
    expect(reset.out).toMatch(/^(\w{4}-){4}\w{4}\n$/)
    await noticed(() => revoked.length > 0)
    expect(await accounts.accountOf(asked)).toBeNull()
    expect((await attempt(accounts, 'scorer@club.example', reset.out.trim())).status).toBe(200)

    expect(await sideline('user create owner@club.example')).toMatchObject({ code: 1, err: oneLine })
    expect(await sideline('user create weak@club.example --password-stdin', { input: 'changeme' })).toMatchObject({ code: 1, err: oneLine })
    expect(await sideline('user create new@club.example --password secret')).toMatchObject({ code: 2 })
    expect(await sideline('user reset-password nobody@club.example')).toMatchObject({ code: 1, err: oneLine })
    const list = await sideline('user list --json')
    expect(JSON.parse(list.out).users).toHaveLength(2)
    expect(list.out).not.toContain('scrypt')
  })

  it('user set-role, disable and enable work, but never leave the league without an owner', async () => {
    const { accounts } = await serving()
    const people = [
      ['owner@club.example', 'owner'],
      ['scorer@club.example', 'scorer'],
    ] as const
    for (const [email, role] of people) await accounts.createUser({ email, name: role, password: 'turnstile seven', role }, 'test')
    const trySigningIn = async () => (await attempt(accounts, 'scorer@club.example', 'turnstile seven')).status
    expect(await sideline('user set-role scorer@club.example admin')).toMatchObject({ code: 0, out: 'scorer@club.example is admin.\n' })
    expect(await accounts.findUser({ email: 'scorer@club.example' })).toMatchObject({ role: 'admin' })
    expect(await sideline('user disable scorer@club.example')).toMatchObject({ code: 0 })
    expect(await trySigningIn()).toBe(403)
    expect(await sideline('user enable scorer@club.example')).toMatchObject({ code: 0 })
    expect(await trySigningIn()).toBe(200)
    expect(await sideline('user disable owner@club.example')).toMatchObject({ code: 1, err: oneLine })
    expect(await sideline('user set-role nobody@club.example admin')).toMatchObject({ code: 1, err: oneLine })
  })

  it('backup and export work; restore and import stop with one line', async () => {
    const { storage } = await serving()
    await fillLeague(storage.db)
    await fillSite(storage.db)
    const before = await everything(storage.db)
    const [backup, league] = [join(dir, 'backup.db'), join(dir, 'league.jsonl')]
    const backedUp = await sideline(`backup ${backup} --json`)
    expect(JSON.parse(backedUp.out)).toEqual({ file: backup, bytes: statSync(backup).size })
    const exported = await sideline(`export ${league} --json`)
    expect(JSON.parse(exported.out)).toMatchObject({ file: league, tables: { plays: 2400 } })
    for (const file of [backup, league]) expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(await sideline(`backup ${backup}`)).toMatchObject({ code: 1, err: oneLine })
    expect(await sideline(`export ${league}`)).toMatchObject({ code: 1, err: oneLine })

    for (const command of [`restore ${backup}`, `import ${league}`]) {
      const stopped = await sideline(command)
      expect(stopped).toMatchObject({ code: 1, out: '', err: oneLine })
      expect(stopped.err).toContain('the server is running')
    }
    expect(await everything(storage.db)).toEqual(before)

    expect(await sideline(`restore ${backup} --json`, { data: join(dir, 'second') })).toMatchObject({ code: 0 })
    expect(await sideline(`import ${league} --json`, { data: join(dir, 'third') })).toMatchObject({ code: 0 })
    for (const data of ['second', 'third']) {
      expect(withoutEpochs(await withDatabase(data, ({ db }) => everything(db)))).toEqual(withoutEpochs(before))
    }
    expect(await sideline(`import ${league}`, { data: join(dir, 'third') })).toMatchObject({ code: 1, err: oneLine })
    writeFileSync(join(dir, 'torn.jsonl'), readFileSync(league, 'utf8').slice(0, 50_000))
    const torn = await sideline(`import ${join(dir, 'torn.jsonl')}`, { data: join(dir, 'fourth') })
    expect(torn).toMatchObject({ code: 1, err: oneLine })
    expect(await sideline(`restore ${league}`, { data: join(dir, 'second') })).toMatchObject({ code: 1, err: oneLine })
  })

  it('demo remove takes the demo out, and the server is told which games are gone', async () => {
    const { storage } = await serving()
    await fillLeague(storage.db)
    await fillLeague(storage.db, { demo: 1 })
    const gone: string[] = []
    const watch = createRemovalWatch({ db: storage.db, log: createLog('silent'), onRemoved: id => gone.push(id) })
    closing.push(watch.startPolling())
    await watch.poll()
    const removed = await sideline('demo remove --json')
    expect(removed).toMatchObject({ code: 0, out: '{"games":2}\n' })
    await noticed(() => gone.length === 2)
    expect(await storage.db.selectFrom('games').select('id').orderBy('id').execute()).toEqual([{ id: 'a-part' }, { id: 'g-tie' }])
    expect(await sideline('demo remove')).toMatchObject({ code: 0, out: 'The demo is removed: 0 games.\n' })
  })

  it('doctor says that it runs, and finds what is wrong', async () => {
    await serving()
    const well = await sideline('doctor --json')
    expect(well.code).toBe(0)
    const { ok, checks } = JSON.parse(well.out) as { ok: boolean; checks: { check: string; state: string; says: string }[] }
    expect(ok).toBe(true)
    expect(checks.map(({ check }) => check)).toEqual([
      'node',
      'settings',
      'data',
      'files',
      'disk',
      'server',
      'database',
      'integrity',
      'league',
      'owner',
      'size',
    ])
    expect(checks.find(({ check }) => check === 'server')?.says).toContain(`process ${process.pid}`)
    chmodSync(join(dir, 'data', 'auth.secret'), 0o644)
    const ill = await sideline('doctor')
    expect(ill.code).toBe(1)
    expect(ill.out).toMatch(/^FAIL {2}files .*chmod 600/m)
  })
})

describe('without a server', () => {
  it('doctor changes nothing where there is nothing, and names bad settings', async () => {
    const none = await sideline('doctor')
    expect(none.code).toBe(0)
    expect(none.out).toMatch(/^warn {2}data .*the first start makes it/m)
    expect(existsSync(join(dir, 'data'))).toBe(false)
    const bad = await sideline('doctor --json', { env: { PUBLIC_TZ: 'Mars/Olympus' } })
    expect(bad.code).toBe(1)
    expect(JSON.parse(bad.out)).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([expect.objectContaining({ says: expect.stringContaining('PUBLIC_TZ') })]),
    })
  })

  it('doctor finds a damaged database', async () => {
    await withDatabase('data', async ({ db }) => fillLeague(db))
    const file = join(dir, 'data', 'sideline.db')
    const bytes = readFileSync(file)
    bytes.fill(0xff, Math.floor(bytes.length / 2), Math.floor(bytes.length / 2) + 40_000)
    writeFileSync(file, bytes)
    const { code, out } = await sideline('doctor')
    expect(code).toBe(1)
    expect(out).toMatch(/^FAIL {2}(integrity|database)/m)
  })

  it('nothing is made by looking for what is not there', async () => {
    for (const command of [`backup ${join(dir, 'b')}`, `export ${join(dir, 'e')}`, 'demo remove']) {
      expect(await sideline(command)).toMatchObject({ code: 1, err: oneLine })
    }
    expect(existsSync(join(dir, 'b'))).toBe(false)
    expect(existsSync(join(dir, 'data', 'sideline.db'))).toBe(false)
  })
})
