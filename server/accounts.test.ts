import { randomUUID, scryptSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { type Accounts, createAccounts, type Revoked, type Role } from './accounts.ts'
import { ADDRESS_HEADER } from './address.ts'
import { explain } from './explain.ts'
import { createLog } from './log.ts'
import { hashesComputed } from './password.ts'
import { openSecrets, type Secrets } from './secrets.ts'
import { openPostgres } from './storage/postgres.ts'
import { type PostgresForTests, startPostgres } from './storage/postgres-for-tests.ts'
import { openStorage, type Storage } from './storage/storage.ts'

const PASSWORD = 'turnstile seven'
const HOST = 'hall.local:3000'

interface House {
  accounts: Accounts
  storage: Storage
  secrets: Secrets
  lines: string[]
  dir: string
  revoked: Revoked[]
}
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface Settings {
  publicOrigin?: string | null
  owner?: { email: string; password: string }
  now?: () => number
  dir?: string
  /** A PostgreSQL instead of the file in the directory. */
  databaseUrl?: string
}

let started: Promise<PostgresForTests> | null = null
const postgres = () => {
  started ??= startPostgres()
  return started
}
afterAll(async () => (await started)?.dispose())

async function house({ publicOrigin = null, owner, now, dir: shared, databaseUrl }: Settings = {}): Promise<House> {
  const dir = shared ?? mkdtempSync(join(tmpdir(), 'sideline-accounts-'))
  if (!shared) closing.push(() => rmSync(dir, { recursive: true, force: true }))
  const storage = await (databaseUrl ? openPostgres({ url: databaseUrl }) : openStorage({ file: join(dir, 'sideline.db') }))
  closing.push(() => storage.close())
  await storage.migrate()
  const opened = openSecrets(dir)
  if (!opened.ok) throw new Error(opened.problem)
  const lines: string[] = []
  const accounts = await createAccounts({
    db: storage.db,
    config: { publicOrigin, isSecure: publicOrigin?.startsWith('https:') ?? false, owner: owner ?? null },
    secrets: opened.secrets,
    log: createLog('trace', line => lines.push(line)),
    ...(now ? { now } : {}),
    // However slow the machine, the tests' tries follow each other at once.
    elapsed: () => 0,
  })
  const revoked: Revoked[] = []
  accounts.onRevoked(one => revoked.push(one))
  return { accounts, storage, secrets: opened.secrets, lines, dir, revoked }
}

const plain64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')
const SALT = Buffer.alloc(16, 7)
/** Kept under a low cost: whoever signs in is asked for it as for any other, but in no time. */
const KEPT = `$scrypt$ln=10,r=8,p=1$${plain64(SALT)}$${plain64(scryptSync(PASSWORD, SALT, 32, { N: 2 ** 10, r: 8, p: 1 }))}`

/** Somebody who is there already, as `createUser` leaves them. */
async function person({ accounts, storage: { db } }: House, role: Role = 'scorer', email = `${role}@club.example`) {
  const [id, createdAt] = [randomUUID(), new Date().toISOString()]
  const both = { createdAt, updatedAt: createdAt }
  await db
    .insertInto('user')
    .values({ id, email, name: role, role, emailVerified: 0, ...both })
    .execute()
  const account = { id: randomUUID(), userId: id, accountId: id, providerId: 'credential', password: KEPT, ...both }
  await db.insertInto('account').values(account).execute()
  if (role === 'scorer') await db.insertInto('grants').values({ user_id: id, created_at: Date.now() }).execute()
  const made = await accounts.findUser({ email })
  if (!made) throw new Error(`no ${email}`)
  return made
}

/** Somebody made here and now. */
async function newcomer({ accounts }: House, role: Role = 'scorer', email = `${role}@club.example`) {
  const created = await accounts.createUser({ email, name: role, password: PASSWORD, role }, 'test')
  if (!created.ok) throw new Error(created.error.message)
  return created.user
}

interface Sent {
  body?: unknown
  cookie?: string | undefined
  address?: string
  headers?: Record<string, string>
  method?: string
}
function send({ accounts }: House, path: string, { body, cookie, address = '192.168.1.20', headers = {}, method = 'POST' }: Sent = {}) {
  return accounts.handler(
    new Request(`http://${HOST}/api/auth/${path}`, {
      method,
      headers: {
        host: HOST,
        origin: `http://${HOST}`,
        [ADDRESS_HEADER]: address,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie ? { cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  )
}
const cookieFrom = (response: Response) => response.headers.getSetCookie().map(cookie => cookie.split(';')[0] ?? '')[0]

async function signedIn(place: House, email: string, password = PASSWORD): Promise<string> {
  const response = await send(place, 'sign-in/email', { body: { email, password } })
  expect(response.status).toBe(200)
  return cookieFrom(response) ?? ''
}
const asked = (cookie: string, address = '192.168.1.20') => ({ cookie, host: HOST, [ADDRESS_HEADER]: address })

describe('signing in', () => {
  it('makes an account of a cookie, with role, scopes and limits', async () => {
    const place = await house()
    const scorer = await newcomer(place)
    const cookie = await signedIn(place, 'Scorer@club.example')
    const account = await place.accounts.accountOf(asked(cookie))
    expect(account).toMatchObject({ id: scorer.id, email: 'scorer@club.example', role: 'scorer', via: 'session', grants: null })
    expect(account?.scopes).toEqual(['read', 'score'])
    expect(account?.sessionId).toBeTruthy()
    expect(await place.accounts.accountOf(new Headers(asked(cookie)))).toEqual(account)
    const shown = await send(place, 'get-session', { method: 'GET', cookie })
    expect(await shown.json()).toMatchObject({ account: { id: scorer.id, role: 'scorer' } })
    expect(shown.headers.get('cache-control')).toBe('no-store')
    expect(await (await send(place, 'get-session', { method: 'GET' })).json()).toEqual({ account: null })
  })

  it('S15 over plain http: an HttpOnly Lax cookie under a plain name', async () => {
    const place = await house()
    await person(place)
    const response = await send(place, 'sign-in/email', { body: { email: 'scorer@club.example', password: PASSWORD } })
    const [cookie, ...others] = response.headers.getSetCookie()
    expect(others).toEqual([])
    expect(cookie).toMatch(/^sideline=[^;]{60,}; /)
    expect(cookie).toMatch(/Max-Age=2592000/)
    expect(cookie).toMatch(/Path=\//)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/i)
    expect(cookie).not.toMatch(/Secure|Domain/i)
  })

  it('S15 over https: a __Host- Secure cookie', async () => {
    const place = await house({ publicOrigin: 'https://scores.example' })
    await person(place)
    const headers = { origin: 'https://scores.example' }
    const response = await send(place, 'sign-in/email', {
      body: { email: 'scorer@club.example', password: PASSWORD },
      headers,
      address: '203.0.113.7',
    })
    expect(response.status).toBe(200)
    const [cookie, ...others] = response.headers.getSetCookie()
    expect(others).toEqual([])
    expect(cookie).toMatch(/^__Host-sideline=[^;]{60,}; /)
    for (const word of [/Secure/, /HttpOnly/, /SameSite=Lax/i, /Path=\/(;|$)/]) expect(cookie).toMatch(word)
    expect(cookie).not.toMatch(/Domain/i)
    const account = await place.accounts.accountOf({ cookie: cookieFrom(response), [ADDRESS_HEADER]: '203.0.113.7' })
    expect(account?.role).toBe('scorer')
    const out = await send(place, 'sign-out', { cookie: cookieFrom(response), headers })
    for (const cleared of out.headers.getSetCookie()) expect(cleared).toMatch(/^__Host-sideline(\.passing)?=; .*Max-Age=0.*Secure/s)
    const plain = (cookieFrom(response) ?? '').replace('__Host-', '')
    expect(await place.accounts.accountOf({ cookie: plain, [ADDRESS_HEADER]: '127.0.0.1' })).toBeNull()
  })

  it('shows the secret of a sign-in to nobody but the cookie', async () => {
    const place = await house()
    await person(place)
    const response = await send(place, 'sign-in/email', { body: { email: 'scorer@club.example', password: PASSWORD } })
    const secret = decodeURIComponent(cookieFrom(response)?.split('=')[1] ?? '').split('.')[0] ?? ''
    expect(secret).toHaveLength(32)
    const shown = await send(place, 'get-session', { method: 'GET', cookie: cookieFrom(response) })
    expect((await response.text()) + (await shown.text())).not.toContain(secret)
  })

  it('forgets with the browser when not to be remembered', async () => {
    const place = await house()
    await person(place)
    const response = await send(place, 'sign-in/email', {
      body: { email: 'scorer@club.example', password: PASSWORD, rememberMe: false },
    })
    const cookies = response.headers.getSetCookie()
    expect(cookies.map(cookie => cookie.split('=')[0]).sort()).toEqual(['sideline', 'sideline.passing'])
    for (const cookie of cookies) expect(cookie).not.toMatch(/Max-Age/i)
  })

  it('S15 makes a new sign-in each time and ends the one before in the same browser', async () => {
    const place = await house()
    await person(place)
    const first = await signedIn(place, 'scorer@club.example')
    const response = await send(place, 'sign-in/email', { body: { email: 'scorer@club.example', password: PASSWORD }, cookie: first })
    const second = cookieFrom(response) ?? ''
    expect(second).not.toBe(first)
    expect(await place.accounts.accountOf(asked(first))).toBeNull()
    expect(await place.accounts.accountOf(asked(second))).not.toBeNull()
    const chosen = await send(place, 'sign-in/email', {
      body: { email: 'scorer@club.example', password: PASSWORD },
      cookie: 'sideline=chosen-by-an-attacker',
    })
    expect(cookieFrom(chosen)).not.toContain('chosen')
  })

  it('S2 refuses cookies that were changed, cut, or signed by another house', async () => {
    const place = await house()
    const other = await house()
    await person(place)
    await person(other)
    const cookie = await signedIn(place, 'scorer@club.example')
    const flipped = cookie.replace(/=(.)/, (_, first: string) => `=${first === 'a' ? 'b' : 'a'}`)
    const bad = [flipped, cookie.slice(0, -3), `${cookie.split('.')[0]}`, 'sideline=', 'sideline=%00', `sideline=${'x'.repeat(100_000)}`]
    for (const wrong of [...bad, await signedIn(other, 'scorer@club.example')]) {
      expect((await place.accounts.identify(asked(wrong))).account).toBeNull()
    }
    expect(await place.accounts.identify(asked(flipped))).toEqual({ account: null, shown: 'sign-in', isRefused: true })
    expect(await place.accounts.identify(asked('theme=dark'))).toEqual({ account: null, shown: null, isRefused: false })
    expect(await place.accounts.identify(asked(`theme=dark; ${cookie}; x=y`))).toMatchObject({ account: { role: 'scorer' } })
  })

  it('over plain http, works on this network only', async () => {
    const place = await house()
    await person(place)
    const body = { email: 'scorer@club.example', password: PASSWORD }
    const outside = await send(place, 'sign-in/email', { body, address: '203.0.113.7' })
    expect(outside.status).toBe(403)
    expect(await outside.json()).toMatchObject({ error: { code: 'FORBIDDEN', message: expect.stringContaining('PUBLIC_URL') } })
    const cookie = await signedIn(place, body.email)
    expect(await place.accounts.accountOf(asked(cookie, '203.0.113.7'))).toBeNull()
    expect(await place.accounts.accountOf({ cookie, host: HOST })).toBeNull()
    for (const address of ['127.0.0.1', '::1', '10.1.1.1', 'fe80::1']) {
      expect(await place.accounts.accountOf(asked(cookie, address))).not.toBeNull()
    }
  })

  it('S14 refuses other sites and bodies that are not JSON', async () => {
    const place = await house()
    await person(place)
    const body = { email: 'scorer@club.example', password: PASSWORD }
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'content-type': 'text/plain' },
      { 'content-type': 'application/x-www-form-urlencoded' },
    ]
    for (const headers of foreign) {
      const response = await send(place, 'sign-in/email', { body, headers })
      expect(response.status).toBe(403)
      expect(await response.json()).toMatchObject({ error: { code: 'CSRF' } })
      expect(response.headers.getSetCookie()).toEqual([])
    }
  })

  it('S10 refuses what is not asked for', async () => {
    const place = await house()
    const good = { email: 'scorer@club.example', password: PASSWORD }
    const cases: [unknown, number, string, string?][] = [
      [{}, 400, 'INVALID_PAYLOAD', 'email'],
      [{ ...good, email: 'nobody' }, 400, 'INVALID_PAYLOAD', 'email'],
      [{ ...good, email: [good.email] }, 400, 'INVALID_PAYLOAD', 'email'],
      [{ ...good, password: 12345678 }, 400, 'INVALID_PAYLOAD', 'password'],
      [{ ...good, password: 'x'.repeat(129) }, 400, 'INVALID_PAYLOAD', 'password'],
      [{ ...good, callbackURL: '//evil.example' }, 400, 'INVALID_PAYLOAD', 'callbackURL'],
      ['{"__proto__":{"isAdmin":true},"email":"a@b.example","password":"xxxxxxxx"}', 400, 'INVALID_PAYLOAD'],
      ['{"email":', 400, 'INVALID_PAYLOAD'],
      ['[]', 400, 'INVALID_PAYLOAD'],
      [{ ...good, password: 'x'.repeat(10_000) }, 413, 'TOO_LARGE'],
    ]
    for (const [body, status, code, path] of cases) {
      const response = await send(place, 'sign-in/email', { body })
      expect([response.status, body]).toEqual([status, body])
      expect((await response.json()).error).toMatchObject({ code, ...(path ? { path } : {}) })
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('shows nothing else of better-auth: no sign-up, no admin calls', async () => {
    const place = await house()
    await person(place, 'owner')
    const cookie = await signedIn(place, 'owner@club.example')
    for (const path of [
      'sign-up/email',
      'admin/create-user',
      'admin/impersonate-user',
      'update-user',
      'delete-user',
      'ok',
      'constructor',
      '../v1/games',
    ]) {
      const response = await send(place, path, { body: {}, cookie })
      expect([path, response.status]).toEqual([path, 404])
    }
    expect((await send(place, 'admin/list-users', { method: 'GET', cookie })).status).toBe(404)
    expect((await send(place, 'sign-in/email', { method: 'GET' })).status).toBe(404)
  })
})

describe('S17 guessing', () => {
  it('answers the same for an account that is there and one that is not, and delays both', async () => {
    const place = await house()
    await newcomer(place)
    const answers: Record<string, { status: number; text: string }[]> = {}
    for (const email of ['scorer@club.example', 'nobody@club.example']) {
      answers[email] = []
      for (let n = 0; n < 8; n++) {
        const response = await send(place, 'sign-in/email', {
          body: { email, password: 'wrong wrong' },
          headers: { 'x-forwarded-for': `1.2.3.${n}` },
        })
        const text = (await response.text()).replace(/"retryAfterMs":\d+/, '"retryAfterMs":0')
        answers[email]?.push({ status: response.status, text })
        if (response.status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      }
    }
    expect(answers['scorer@club.example']).toEqual(answers['nobody@club.example'])
    expect(answers['scorer@club.example']?.map(answer => answer.status)).toEqual([401, 401, 401, 401, 429, 429, 429, 429])
    expect(JSON.parse(answers['scorer@club.example']?.[0]?.text ?? '')).toEqual({
      error: { code: 'AUTH_INVALID', message: 'E-mail address or password is wrong.' },
    })
    expect(JSON.parse(answers['scorer@club.example']?.[7]?.text ?? '').error).toMatchObject({ code: 'RATE_LIMITED', retryable: true })
  })

  it('costs one hash for an account that is there and for one that is not, so that time tells nothing', async () => {
    const place = await house()
    await newcomer(place)
    for (const email of ['scorer@club.example', 'nobody@club.example']) {
      const before = hashesComputed()
      await send(place, 'sign-in/email', { body: { email, password: 'wrong wrong' }, address: '10.0.0.9' })
      expect(hashesComputed() - before).toBe(1)
    }
  })

  it('lets the owner of a guessed account in where they have signed in before', async () => {
    const place = await house()
    await person(place)
    await signedIn(place, 'scorer@club.example')
    for (let n = 0; n < 15; n++) {
      await send(place, 'sign-in/email', { body: { email: 'scorer@club.example', password: 'wrong wrong' }, address: `10.9.${n}.1` })
    }
    const stranger = await send(place, 'sign-in/email', { body: { email: 'scorer@club.example', password: PASSWORD }, address: '10.8.0.1' })
    expect(stranger.status).toBe(429)
    await signedIn(place, 'scorer@club.example')
  })
})

describe('S4 revocation', () => {
  it('signing out ends that sign-in alone', async () => {
    const place = await house()
    await person(place)
    const [one, other] = [await signedIn(place, 'scorer@club.example'), await signedIn(place, 'scorer@club.example')]
    const account = await place.accounts.accountOf(asked(one))
    const response = await send(place, 'sign-out', { cookie: one, body: {} })
    expect(response.status).toBe(200)
    expect(response.headers.getSetCookie().every(cookie => cookie.includes('Max-Age=0'))).toBe(true)
    expect(place.revoked).toEqual([{ sessionId: account?.sessionId }])
    expect(await place.accounts.identify(asked(one))).toEqual({ account: null, shown: 'sign-in', isRefused: true })
    expect(await place.accounts.accountOf(asked(other))).not.toBeNull()
    expect((await send(place, 'sign-out', { body: {} })).status).toBe(200)
  })

  it('a disabled account is out at once, cannot sign in, and comes back when enabled', async () => {
    const place = await house()
    const scorer = await person(place)
    const cookie = await signedIn(place, scorer.email)
    expect(await place.accounts.accountOf(asked(cookie))).not.toBeNull()
    expect(await place.accounts.disable(scorer.id, 'test')).toEqual({ ok: true })
    expect(place.revoked).toEqual([{ userId: scorer.id }])
    expect(await place.accounts.accountOf(asked(cookie))).toBeNull()
    const wrong = await send(place, 'sign-in/email', { body: { email: scorer.email, password: 'wrong wrong' } })
    expect(await wrong.json()).toMatchObject({ error: { code: 'AUTH_INVALID' } })
    const right = await send(place, 'sign-in/email', { body: { email: scorer.email, password: PASSWORD } })
    expect(right.status).toBe(403)
    expect(await right.json()).toMatchObject({ error: { code: 'FORBIDDEN', message: 'This account is switched off.' } })
    expect(await place.accounts.enable(scorer.id, 'test')).toEqual({ ok: true })
    expect(await place.accounts.accountOf(asked(cookie))).toBeNull()
    await signedIn(place, scorer.email)
  })

  it('a new role and new limits hold at once', async () => {
    const place = await house()
    const scorer = await person(place)
    const cookie = await signedIn(place, scorer.email)
    await place.accounts.accountOf(asked(cookie))
    expect(await place.accounts.setRole(scorer.id, 'admin', 'test')).toEqual({ ok: true })
    expect(await place.accounts.accountOf(asked(cookie))).toMatchObject({ role: 'admin', scopes: ['read', 'score', 'manage', 'admin'] })
    expect(await place.accounts.setRole(scorer.id, 'scorer', 'test')).toEqual({ ok: true })
    expect(await place.accounts.setGrants(scorer.id, { games: ['g1', 'g1'], competitions: ['c1'] }, 'test')).toEqual({ ok: true })
    expect(await place.accounts.accountOf(asked(cookie))).toMatchObject({ role: 'scorer', grants: { games: ['g1'], competitions: ['c1'] } })
    expect(await place.accounts.setGrants(scorer.id, { games: [], competitions: [] }, 'test')).toEqual({ ok: true })
    expect(await place.accounts.accountOf(asked(cookie))).toMatchObject({ grants: { games: [], competitions: [] } })
    expect(await place.accounts.setGrants(scorer.id, null, 'test')).toEqual({ ok: true })
    expect(await place.accounts.accountOf(asked(cookie))).toMatchObject({ grants: null })
    expect(place.revoked.filter(one => one.userId === scorer.id)).toHaveLength(5)
  })

  it('changing the password asks for the old one and ends every other sign-in', async () => {
    const place = await house()
    const scorer = await person(place)
    const [here, there] = [await signedIn(place, scorer.email), await signedIn(place, scorer.email)]
    const change = (body: object, cookie?: string) => send(place, 'change-password', { body, cookie })
    expect((await change({ currentPassword: PASSWORD, newPassword: 'another one' })).status).toBe(401)
    const wrong = await change({ currentPassword: 'wrong wrong', newPassword: 'another one' }, here)
    expect(await wrong.json()).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'currentPassword' } })
    const weak = await change({ currentPassword: PASSWORD, newPassword: 'changeme' }, here)
    expect(await weak.json()).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'newPassword' } })
    const changed = await change({ currentPassword: PASSWORD, newPassword: 'another one' }, here)
    expect(changed.status).toBe(200)
    expect(place.revoked).toEqual([{ userId: scorer.id }])
    for (const cookie of [here, there]) expect(await place.accounts.accountOf(asked(cookie))).toBeNull()
    expect(await place.accounts.accountOf(asked(cookieFrom(changed) ?? ''))).toMatchObject({ id: scorer.id })
    await signedIn(place, scorer.email, 'another one')
  })

  it('a password reset by an admin ends every sign-in', async () => {
    const place = await house()
    const scorer = await person(place)
    const cookie = await signedIn(place, scorer.email)
    expect(await place.accounts.resetPassword({ email: 'SCORER@club.example' }, 'changeme', 'test')).toMatchObject({
      ok: false,
      error: { code: 'INVALID_PAYLOAD', path: 'password' },
    })
    expect(await place.accounts.resetPassword({ email: 'SCORER@club.example' }, 'another one', 'test')).toEqual({
      ok: true,
      userId: scorer.id,
    })
    expect(place.revoked).toEqual([{ userId: scorer.id }])
    expect(await place.accounts.accountOf(asked(cookie))).toBeNull()
    await signedIn(place, scorer.email, 'another one')
    expect(await place.accounts.resetPassword({ email: 'nobody@club.example' }, 'another one', 'test')).toMatchObject({
      error: { code: 'NOT_FOUND' },
    })
  })

  it('an erased person is gone', async () => {
    const place = await house()
    const scorer = await person(place)
    const cookie = await signedIn(place, scorer.email)
    expect(await place.accounts.removeUser(scorer.id, 'test')).toEqual({ ok: true })
    expect(await place.accounts.accountOf(asked(cookie))).toBeNull()
    expect(await place.accounts.listUsers()).toEqual([])
    expect(await place.storage.db.selectFrom('account').selectAll().execute()).toEqual([])
  })

  it.each(['the embedded database', 'PostgreSQL'])('erased while they are changed and sign in, they are not there, %s', async on => {
    const place = await house(on === 'PostgreSQL' ? { databaseUrl: await (await postgres()).database() } : {})
    const { accounts } = place
    const outcomes = new Set<string>()
    for (let round = 0; round < 4; round++) {
      const { id, email } = await person(place, 'scorer', `scorer${round}@club.example`)
      const change = (n: number) =>
        n % 2
          ? accounts.setGrants(id, { games: ['g1'], competitions: [] }, 'test')
          : accounts.resetPassword({ userId: id }, PASSWORD, 'test')
      const answers = await Promise.all([
        ...Array.from({ length: 4 }, (_, n) => change(n)),
        accounts.removeUser(id, 'test'),
        ...Array.from({ length: 4 }, (_, n) => change(n)),
        send(place, 'sign-in/email', { body: { email, password: PASSWORD } }).then(async response => (await response.json()) as object),
      ])
      for (const answer of answers) outcomes.add('error' in answer ? (answer as { error: { code: string } }).error.code : 'ok')
      expect(await accounts.findUser({ email })).toBeNull()
    }
    expect([...outcomes].filter(outcome => !['ok', 'NOT_FOUND', 'AUTH_INVALID', 'BUSY_RETRY'].includes(outcome))).toEqual([])
    for (const table of ['grants', 'account', 'session'] as const)
      expect(await place.storage.db.selectFrom(table).selectAll().execute()).toEqual([])
  })

  it.each(['the embedded database', 'PostgreSQL'])('a sign-in with the old password while a new one is set does not last, %s', async on => {
    const place = await house(on === 'PostgreSQL' ? { databaseUrl: await (await postgres()).database() } : {})
    for (let round = 0; round < 2; round++) {
      const { id, email } = await person(place, 'scorer', `scorer${round}@club.example`)
      let isSet = false
      const set = place.accounts.resetPassword({ userId: id }, 'another one', 'test').finally(() => {
        isSet = true
      })
      const tries: Promise<Response>[] = []
      while (!isSet) {
        tries.push(send(place, 'sign-in/email', { body: { email, password: PASSWORD }, address: `192.168.1.${tries.length % 250}` }))
        await new Promise(done => setTimeout(done, 12))
      }
      expect(await set).toMatchObject({ ok: true })
      const answers = await Promise.all(tries)
      expect(new Set(answers.map(({ status }) => status))).toContain(200)
      for (const answer of answers) expect(await place.accounts.accountOf(asked(cookieFrom(answer) ?? ''))).toBeNull()
      expect(await place.storage.db.selectFrom('session').select('id').where('userId', '=', id).execute()).toEqual([])
    }
  })

  it.each(['the embedded database', 'PostgreSQL'])('of two owners who go at once the last one stays, %s', async on => {
    const place = await house(on === 'PostgreSQL' ? { databaseUrl: await (await postgres()).database() } : {})
    const { accounts } = place
    const goes = [
      (id: string) => accounts.setRole(id, 'admin', 'test'),
      (id: string) => accounts.disable(id, 'test'),
      (id: string) => accounts.removeUser(id, 'test'),
    ]
    for (const [round, go] of [...goes, ...goes].entries()) {
      const owners = [await person(place, 'owner', `a${round}@club.example`), await person(place, 'owner', `b${round}@club.example`)]
      const answers = await Promise.all(owners.map(({ id }) => go(id)))
      expect(answers.map(answer => answer.ok).sort()).toEqual([false, true])
      expect(answers).toContainEqual(expect.objectContaining({ error: expect.objectContaining({ code: 'FORBIDDEN' }) }))
      expect(await accounts.hasOwner()).toBe(true)
      await place.storage.db.deleteFrom('user').execute()
    }
  })

  it.each(['the embedded database', 'PostgreSQL'])('made many times in the same moment, it is one account, %s', async on => {
    const place = await house(on === 'PostgreSQL' ? { databaseUrl: await (await postgres()).database() } : {})
    const outcomes = new Set<string>()
    const make = async () => {
      const given = { email: 'new@club.example', name: 'New', password: PASSWORD, role: 'admin' as const }
      const answer = await place.accounts
        .createUser(given, 'test')
        .catch((error: unknown) => ({ ok: false, error: explain(error)?.error ?? error }))
      outcomes.add('error' in answer ? String((answer.error as { code?: string }).code) : 'ok')
    }
    // Until the first of them is there, so that some look for it just before and find it just after.
    let isThere = false
    const first = make().finally(() => {
      isThere = true
    })
    const made = [first]
    while (!isThere && made.length < 16) {
      made.push(make())
      await new Promise(done => setTimeout(done, 20))
    }
    await Promise.all(made)
    expect([...outcomes].filter(outcome => !['ok', 'CONFLICT', 'BUSY_RETRY'].includes(outcome))).toEqual([])
    expect(await place.accounts.listUsers()).toHaveLength(1)
  })

  it('what another process does is honoured with the next poll, sockets included', async () => {
    const server = await house()
    const tool = await house({ dir: server.dir })
    const [quiet, moved, gone] = [await person(server), await person(server, 'admin'), await person(server, 'owner')]
    await person(server, 'owner', 'second@club.example')
    const cookies = await Promise.all([quiet, moved, gone].map(({ email }) => signedIn(server, email)))
    const made = await server.accounts.createToken({ name: 'feed', scopes: ['score'] }, 'test')
    if (!made.ok) throw new Error(made.error.message)
    const bearer = { authorization: `Bearer ${made.token}` }
    for (const cookie of cookies) expect(await server.accounts.accountOf(asked(cookie))).not.toBeNull()
    expect(await server.accounts.accountOf(bearer)).not.toBeNull()
    await server.accounts.poll()
    await server.accounts.poll()
    expect(server.revoked).toEqual([])

    await tool.accounts.setRole(moved.id, 'scorer', 'operator')
    await tool.accounts.resetPassword({ userId: gone.id }, 'another one', 'operator')
    await tool.accounts.revokeToken(made.id, 'operator')
    const stop = server.accounts.startPolling()
    await vi.waitFor(() => expect(server.revoked).toHaveLength(3), 20_000)
    stop()
    expect(server.revoked.filter(one => one.sessionId)).toHaveLength(2)
    expect(server.revoked).toContainEqual({ tokenId: made.id })
    expect(await server.accounts.accountOf(asked(cookies[0] ?? ''))).toMatchObject({ role: 'scorer' })
    expect(await server.accounts.accountOf(asked(cookies[1] ?? ''))).toMatchObject({ role: 'scorer', grants: null })
    expect(await server.accounts.accountOf(asked(cookies[2] ?? ''))).toBeNull()
    expect(await server.accounts.accountOf(bearer)).toBeNull()
  })

  it('even without a poll, another process is honoured within two seconds', async () => {
    const server = await house()
    const tool = await house({ dir: server.dir })
    const scorer = await person(server)
    const cookie = await signedIn(server, scorer.email)
    const made = await server.accounts.createToken({ name: 'feed', scopes: ['score'] }, 'test')
    if (!made.ok) throw new Error(made.error.message)
    const bearer = { authorization: `Bearer ${made.token}` }
    await Promise.all([server.accounts.accountOf(asked(cookie)), server.accounts.accountOf(bearer)])
    await tool.accounts.disable(scorer.id, 'operator')
    await tool.accounts.revokeToken(made.id, 'operator')
    await new Promise(resolve => setTimeout(resolve, 1200))
    expect(await server.accounts.accountOf(asked(cookie))).toBeNull()
    expect(await server.accounts.accountOf(bearer)).toBeNull()
  })

  it('a sign-in or token that runs out closes its sockets; F17 a clock an hour ahead does not end sign-ins', async () => {
    let ahead = 0
    const place = await house({ now: () => Date.now() + ahead })
    const scorer = await person(place)
    const cookie = await signedIn(place, scorer.email)
    const made = await place.accounts.createToken({ name: 'feed', scopes: ['score'], expiresAt: Date.now() + 1_800_000 }, 'test')
    if (!made.ok) throw new Error(made.error.message)
    const account = await place.accounts.accountOf(asked(cookie))
    expect(await place.accounts.accountOf({ authorization: `Bearer ${made.token}` })).not.toBeNull()
    ahead = 3_600_000
    await place.accounts.poll()
    expect(place.revoked).toEqual([{ tokenId: made.id }])
    expect(await place.accounts.accountOf({ authorization: `Bearer ${made.token}` })).toBeNull()
    expect(await place.accounts.accountOf(asked(cookie))).not.toBeNull()
    ahead = 31 * 24 * 3_600_000
    await place.accounts.poll()
    expect(place.revoked.at(-1)).toEqual({ sessionId: account?.sessionId })
    expect(await place.accounts.accountOf(asked(cookie))).toBeNull()
  })
})

it('F26 sign-ins that ran out are thrown away', async () => {
  const place = await house()
  const scorer = await person(place)
  await signedIn(place, scorer.email)
  const old = new Date(Date.now() - 1000).toISOString()
  await place.storage.db
    .insertInto('session')
    .values({ id: 'old', token: 'old', userId: scorer.id, expiresAt: old, createdAt: old, updatedAt: old })
    .execute()
  const ids = async () => (await place.storage.db.selectFrom('session').select('id').execute()).map(row => row.id)
  closing.push(place.accounts.startPolling())
  await vi.waitFor(async () => expect(await ids()).toHaveLength(1), 20_000)
})

describe('people', () => {
  it('are listed without their secrets', async () => {
    const place = await house()
    await newcomer(place, 'owner')
    const scorer = await newcomer(place)
    await place.accounts.setGrants(scorer.id, { games: ['g1'], competitions: [] }, 'test')
    const list = await place.accounts.listUsers()
    expect(list).toMatchObject([
      { email: 'owner@club.example', role: 'owner', grants: null, isDisabled: false },
      { email: 'scorer@club.example', role: 'scorer', grants: { games: ['g1'], competitions: [] } },
    ])
    expect(JSON.stringify(list)).not.toContain('scrypt')
    expect(list[0]?.createdAt).toMatch(/^\d{4}-\d\d-\d\dT/)
  })

  it('need a fitting e-mail address, name, password and role, each once', async () => {
    const place = await house()
    const good = { email: 'ann@club.example', name: 'Ann', password: PASSWORD, role: 'scorer' as Role }
    const tries: [object, string][] = [
      [{ email: 'ann' }, 'email'],
      [{ email: `${'a'.repeat(260)}@club.example` }, 'email'],
      [{ name: ' ' }, 'name'],
      [{ name: 'A\u202en' }, 'name'],
      [{ name: 'x'.repeat(81) }, 'name'],
      [{ password: 'short' }, 'password'],
      [{ password: 'ann@club.example' }, 'password'],
      [{ role: 'god' }, 'role'],
      [{ grants: { games: ['no spaces'], competitions: [] } }, 'grants'],
    ]
    for (const [wrong, path] of tries) {
      expect(await place.accounts.createUser({ ...good, ...wrong }, 'test')).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PAYLOAD', path },
      })
    }
    expect(await place.accounts.createUser(good, 'test')).toMatchObject({ ok: true, user: { email: 'ann@club.example', name: 'Ann' } })
    expect(await place.accounts.createUser({ ...good, email: ' ANN@club.example ' }, 'test')).toMatchObject({
      ok: false,
      error: { code: 'CONFLICT' },
    })
    const both = await Promise.all([1, 2].map(() => place.accounts.createUser({ ...good, email: 'ben@club.example' }, 'test')))
    expect(both.map(one => one.ok).sort()).toEqual([false, true])
    expect(await place.accounts.listUsers()).toHaveLength(2)
  })

  it('keep an owner: the last one is neither demoted, disabled nor erased', async () => {
    const place = await house()
    const owner = await person(place, 'owner')
    for (const tried of [
      await place.accounts.setRole(owner.id, 'admin', 'test'),
      await place.accounts.disable(owner.id, 'test'),
      await place.accounts.removeUser(owner.id, 'test'),
    ]) {
      expect(tried).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    }
    const second = await person(place, 'owner', 'second@club.example')
    expect(await place.accounts.disable(owner.id, 'test')).toEqual({ ok: true })
    expect(await place.accounts.disable(second.id, 'test')).toMatchObject({ ok: false })
  })

  it('S26 leave no secret in the log, in the audit or in the open in the database', async () => {
    const place = await house()
    const scorer = await newcomer(place)
    const cookie = await signedIn(place, scorer.email)
    await send(place, 'sign-in/email', { body: { email: scorer.email, password: 'CANARY-wrong' } })
    const made = await place.accounts.createToken({ name: 'feed', scopes: ['score'] }, 'test')
    await place.accounts.resetPassword({ userId: scorer.id }, 'CANARY-reset', 'test')
    const audit = await place.storage.db.selectFrom('audit').selectAll().execute()
    expect(audit.map(line => line.action)).toEqual(['user.create', 'token.create', 'user.reset-password'])
    const all = place.lines.join('') + JSON.stringify(audit)
    const secrets = [PASSWORD, 'CANARY', cookie.split('=')[1] ?? 'x', made.ok ? made.token : 'x', place.secrets.auth]
    for (const secret of secrets) expect(all).not.toContain(secret)
    const database = JSON.stringify(
      await Promise.all((['account', 'tokens', 'user'] as const).map(table => place.storage.db.selectFrom(table).selectAll().execute())),
    )
    for (const secret of secrets) expect(database).not.toContain(secret)
  })
})

describe('the first owner', () => {
  const claim = { email: 'owner@club.example', password: PASSWORD, name: 'Olga', address: '192.168.1.9' }

  it('is whoever brings the token that was printed, once', async () => {
    const place = await house()
    const setupToken = (await place.accounts.setupToken()) ?? ''
    expect(setupToken).toMatch(/^(\w{4}-){5}\w{4}$/)
    expect(await place.accounts.hasOwner()).toBe(false)
    expect(await place.accounts.claimOwner({ ...claim, setupToken: 'guess' })).toMatchObject({ ok: false, error: { code: 'AUTH_INVALID' } })
    expect(await place.accounts.claimOwner({ ...claim, setupToken, password: 'short' })).toMatchObject({
      error: { code: 'INVALID_PAYLOAD' },
    })
    const both = await Promise.all([
      place.accounts.claimOwner({ ...claim, setupToken }),
      place.accounts.claimOwner({ ...claim, email: 'other@club.example', setupToken }),
    ])
    expect(both.map(one => one.ok)).toEqual([true, false])
    expect(await place.accounts.hasOwner()).toBe(true)
    expect(await place.accounts.setupToken()).toBeNull()
    expect(await place.accounts.claimOwner({ ...claim, email: 'third@club.example', setupToken })).toMatchObject({
      error: { code: 'FORBIDDEN' },
    })
    await signedIn(place, 'owner@club.example')
  })

  it.each(['the embedded database', 'PostgreSQL'])(
    'is one, however many servers of one league are asked at once: %s',
    async engine => {
      const databaseUrl = engine === 'PostgreSQL' ? await (await postgres()).database() : undefined
      const first = await house({ databaseUrl })
      const setupToken = (await first.accounts.setupToken()) ?? ''
      const others = await Promise.all([1, 2, 3].map(() => house({ dir: first.dir, databaseUrl })))
      const claims = await Promise.all(
        [first, ...others].map(({ accounts }, n) => accounts.claimOwner({ ...claim, email: `owner-${n}@club.example`, setupToken })),
      )
      expect(claims.map(one => (one.ok ? 'ok' : one.error.code)).sort()).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN', 'ok'])
      const winner = claims.findIndex(one => one.ok)
      // The others left nothing behind, neither an account nor a line.
      expect(await first.accounts.listUsers()).toMatchObject([{ email: `owner-${winner}@club.example`, role: 'owner', grants: null }])
      const audit = await first.storage.db.selectFrom('audit').where('action', '=', 'user.create').selectAll().execute()
      expect(audit).toMatchObject([{ actor: 'setup', detail: '{"role":"owner"}' }])
      await signedIn(first, `owner-${winner}@club.example`)
    },
    60_000,
  )

  it('guessing the token is slowed down', async () => {
    const place = await house()
    await place.accounts.setupToken()
    const codes: string[] = []
    for (let n = 0; n < 6; n++) {
      const tried = await place.accounts.claimOwner({ ...claim, setupToken: `guess ${n}` })
      codes.push(tried.ok ? 'ok' : tried.error.code)
    }
    expect(codes).toEqual(['AUTH_INVALID', 'AUTH_INVALID', 'AUTH_INVALID', 'AUTH_INVALID', 'RATE_LIMITED', 'RATE_LIMITED'])
  })

  it('comes from the environment, once', async () => {
    const owner = { email: 'owner@club.example', password: PASSWORD }
    const place = await house({ owner })
    expect(await place.accounts.ensureOwnerFromConfig()).toEqual({ ok: true, isCreated: true })
    expect(await place.accounts.ensureOwnerFromConfig()).toEqual({ ok: true, isCreated: false })
    expect(await place.accounts.setupToken()).toBeNull()
    expect(await place.accounts.listUsers()).toMatchObject([{ email: owner.email, role: 'owner', name: 'owner' }])
    await signedIn(place, owner.email)
    const none = await house()
    expect(await none.accounts.ensureOwnerFromConfig()).toEqual({ ok: true, isCreated: false })
    expect(await none.accounts.hasOwner()).toBe(false)
  })
})
