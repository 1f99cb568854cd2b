import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Account } from '../accounts.ts'
import { ADDRESS_HEADER } from '../address.ts'
import { loadConfig } from '../config.ts'
import { type App, createApp } from '../create-app.ts'
import { createLog } from '../log.ts'
import { ROLE_SCOPES, type Role } from '../policies.ts'
import { openSecrets } from '../secrets.ts'
import { openStorage, type Storage } from '../storage/storage.ts'

const PASSWORD = 'turnstile seven'
const dir = mkdtempSync(join(tmpdir(), 'sideline-admin-'))
let app: App
let storage: Storage
let people: Record<Role, Account>

const accountOf = (id: string, role: Role): Account => ({
  id,
  name: role,
  email: `${role}@club.example`,
  role,
  scopes: ROLE_SCOPES[role],
  grants: null,
  via: 'session',
  sessionId: `session of ${id}`,
})
const program = (scopes: Account['scopes']): Account => ({
  id: 'tok_1',
  name: 'program',
  email: '',
  role: 'admin',
  scopes,
  grants: null,
  via: 'token',
  tokenId: 'tok_1',
})

beforeAll(async () => {
  const loaded = loadConfig({ DATA_DIR: dir, DEMO: '0' })
  const opened = openSecrets(dir)
  if (!loaded.ok || !opened.ok) throw new Error('no settings')
  storage = await openStorage({ file: join(dir, 'sideline.db') })
  await storage.migrate()
  app = await createApp({ config: loaded.config, storage, secrets: opened.secrets, log: createLog('silent') })
  const made = async (role: Role) => {
    const created = await app.accounts.createUser({ email: `${role}@club.example`, name: role, password: PASSWORD, role }, 'test')
    if (!created.ok) throw new Error(created.error.message)
    return accountOf(created.user.id, role)
  }
  people = { owner: await made('owner'), admin: await made('admin'), scorer: await made('scorer') }
})
afterAll(async () => {
  await app.parts.close()
  rmSync(dir, { recursive: true, force: true })
})

const audit = () => storage.db.selectFrom('audit').select(['actor', 'action', 'target', 'detail']).orderBy('at').execute()
const code = (answer: { ok: boolean; error?: { code: string } }) => (answer.ok ? 'ok' : answer.error?.code)

describe('S3 what admins do is refused to everybody else', () => {
  it('with nobody told to sign in, a scorer told no, and a line in the audit for each no', async () => {
    const { scorer, admin } = people
    const acts: Record<string, (account: Account | null) => Promise<{ ok: boolean; error?: { code: string } }>> = {
      overview: account => app.admin.overview(account, {}),
      'people.list': account => app.admin.people.list(account),
      'people.create': account => app.admin.people.create(account, { email: 'x@club.example', name: 'X', role: 'scorer' }),
      'people.change': account => app.admin.people.change(account, admin.id, { role: 'scorer' }),
      'people.resetPassword': account => app.admin.people.resetPassword(account, admin.id, {}),
      'people.remove': account => app.admin.people.remove(account, admin.id),
      'tokens.list': account => app.admin.tokens.list(account),
      'tokens.create': account => app.admin.tokens.create(account, { name: 'X', scopes: ['admin'] }),
      'tokens.revoke': account => app.admin.tokens.revoke(account, 'tok_x'),
      'games.list': account => app.admin.games.list(account, { stage: 'live', page: 1 }),
      'games.competitions': account => app.admin.games.competitions(account),
    }
    const before = await app.accounts.listUsers()
    for (const [name, act] of Object.entries(acts)) {
      expect([name, code(await act(null))]).toEqual([name, 'UNAUTHENTICATED'])
      expect([name, code(await act(scorer))]).toEqual([name, 'FORBIDDEN'])
      expect([name, code(await act({ ...admin, grants: { games: ['g'], competitions: [] } }))]).toEqual([name, 'FORBIDDEN'])
      expect([name, code(await act(program(['read', 'score', 'manage'])))]).toEqual([name, 'FORBIDDEN'])
    }
    expect(await app.accounts.listUsers()).toEqual(before)
  })

  it('and an admin stays below owners', async () => {
    const { owner, admin } = people
    expect(code(await app.admin.people.create(admin, { email: 'b@club.example', name: 'B', role: 'owner' }))).toBe('FORBIDDEN')
    expect(code(await app.admin.people.change(admin, owner.id, { role: 'scorer' }))).toBe('FORBIDDEN')
    expect(code(await app.admin.people.change(admin, owner.id, { isDisabled: true }))).toBe('FORBIDDEN')
    expect(code(await app.admin.people.resetPassword(admin, owner.id, {}))).toBe('FORBIDDEN')
    expect(code(await app.admin.people.remove(admin, owner.id))).toBe('FORBIDDEN')
    expect(code(await app.admin.people.change(admin, people.scorer.id, { role: 'owner' }))).toBe('FORBIDDEN')
    expect(await app.accounts.findUser({ userId: owner.id })).toMatchObject({ role: 'owner', isDisabled: false })
  })

  it('and nobody changes, resets or removes themselves', async () => {
    const { owner } = people
    expect(code(await app.admin.people.change(owner, owner.id, { role: 'admin' }))).toBe('FORBIDDEN')
    expect(code(await app.admin.people.resetPassword(owner, owner.id, {}))).toBe('FORBIDDEN')
    expect(code(await app.admin.people.remove(owner, owner.id))).toBe('FORBIDDEN')
  })

  it('and programs reach nobody above a scorer, and make no token above score', async () => {
    const all = program(['admin'])
    expect(code(await app.admin.people.create(all, { email: 'p@club.example', name: 'P', role: 'admin' }))).toBe('FORBIDDEN')
    expect(code(await app.admin.people.change(all, people.admin.id, { role: 'scorer' }))).toBe('FORBIDDEN')
    expect(code(await app.admin.tokens.create(all, { name: 'X', scopes: ['score', 'manage'] }))).toBe('FORBIDDEN')
    const made = await app.admin.tokens.create(people.owner, { name: 'Feed', scopes: ['manage'] })
    expect(made.ok && code(await app.admin.tokens.revoke(all, made.id))).toBe('FORBIDDEN')
    expect(made.ok && code(await app.admin.tokens.revoke(people.admin, made.id))).toBe('ok')
  })
})

describe('people', () => {
  it('are made with a password that is told once, and can sign in with it', async () => {
    const created = await app.admin.people.create(people.admin, {
      email: 'Ana@Club.example',
      name: ' Ana ',
      role: 'scorer',
      grants: { games: ['game-1'], competitions: [] },
    })
    expect(created).toMatchObject({ ok: true, person: { email: 'ana@club.example', name: 'Ana', role: 'scorer' } })
    if (!created.ok) return
    expect(created.person.grants).toEqual({ games: ['game-1'], competitions: [] })
    expect(created.password).toMatch(/^([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/)
    expect(await signIn('ana@club.example', created.password ?? '')).toBe(200)
    const again = await app.admin.people.resetPassword(people.admin, created.person.id, {})
    expect(again.ok && again.password).not.toBe(created.password)
    expect(await signIn('ana@club.example', created.password ?? '')).toBe(401)
    expect(JSON.stringify(await audit())).not.toContain(created.password)
  })

  it('get limits before they become scorers, and lose none by staying what they are', async () => {
    const created = await app.admin.people.create(people.owner, { email: 'c@club.example', name: 'C', role: 'admin', password: PASSWORD })
    if (!created.ok) throw new Error(created.error.message)
    const limits = { games: [], competitions: ['league-1'] }
    expect(await app.admin.people.change(people.owner, created.person.id, { role: 'scorer', grants: limits })).toMatchObject({
      person: { role: 'scorer', grants: limits },
    })
    expect(await app.admin.people.change(people.owner, created.person.id, { isDisabled: true })).toMatchObject({
      person: { isDisabled: true, grants: limits },
    })
    expect(await signIn('c@club.example', PASSWORD)).toBe(403)
    expect(await app.admin.people.change(people.owner, created.person.id, { isDisabled: false, grants: null })).toMatchObject({
      person: { isDisabled: false, grants: null },
    })
    expect(await signIn('c@club.example', PASSWORD)).toBe(200)
  })

  it.each([
    [{ email: 'nobody', name: 'N', role: 'scorer' }, 'email'],
    [{ email: 'n@club.example', name: ' ', role: 'scorer' }, 'name'],
    [{ email: 'n@club.example', name: 'N', role: 'referee' }, 'role'],
    [{ email: 'n@club.example', name: 'N', role: 'scorer', password: 'short' }, 'password'],
    [{ email: 'n@club.example', name: 'N', role: 'admin', grants: { games: [], competitions: [] } }, 'grants'],
    [{ email: 'n@club.example', name: 'N', role: 'scorer', isOwner: true }, 'isOwner'],
    [{ email: 'owner@club.example', name: 'N', role: 'scorer' }, 'email'],
  ])('are not made of %j: the field %s is named', async (input, path) => {
    const answer = await app.admin.people.create(people.owner, input)
    expect(answer).toMatchObject({ ok: false, error: { path } })
  })
})

describe('tokens', () => {
  it('are shown once, listed without the secret, and gone from the list once revoked or over', async () => {
    const expiresAt = new Date(Date.now() + 60_000).toISOString()
    const made = await app.admin.tokens.create(people.owner, {
      name: 'Board',
      scopes: ['read', 'score'],
      games: ['g1'],
      rate: 5,
      expiresAt,
    })
    if (!made.ok) throw new Error(made.error.message)
    const listed = await app.admin.tokens.list(people.admin)
    const shown = listed.ok ? listed.tokens.find(token => token.id === made.id) : null
    expect(shown).toMatchObject({ name: 'Board', scopes: ['read', 'score'], games: ['g1'], competitions: null, rate: 5, expiresAt })
    expect(JSON.stringify(listed)).not.toContain(made.token)
    expect(code(await app.admin.tokens.revoke(people.admin, made.id))).toBe('ok')
    const after = await app.admin.tokens.list(people.admin)
    expect(after.ok && after.tokens.some(token => token.id === made.id)).toBe(false)
    expect(code(await app.admin.tokens.revoke(people.admin, made.id))).toBe('NOT_FOUND')
  })
})

describe('games and figures', () => {
  it('list private games too, by where they stand, and count them', async () => {
    const competition = await app.competitions.create(people.owner, { name: 'Harbour League', sport: 'basketball' })
    if (!competition.ok) throw new Error(competition.error.message)
    for (const [at, visibility] of [
      [3_600_000, 'private'],
      [60_000, 'public'],
    ] as const) {
      const game = await app.games.create(people.owner, {
        sport: 'basketball',
        home: { name: `Home ${at}` },
        away: { name: `Away ${at}` },
        startsAt: new Date(Date.now() + at).toISOString(),
        competitionId: competition.competition.id,
        visibility,
      })
      if (!game.ok) throw new Error(game.error.message)
    }
    const next = await app.admin.games.list(people.admin, { stage: 'next', page: 1 })
    expect(next).toMatchObject({ ok: true, counts: { live: 0, next: 2, done: 0 }, hasMore: false })
    expect(next.ok && next.games.map(game => [game.home.name, game.visibility])).toEqual([
      ['Home 60000', 'public'],
      ['Home 3600000', 'private'],
    ])
    expect(await app.admin.games.competitions(people.admin)).toMatchObject({
      competitions: [{ name: 'Harbour League', sport: 'basketball', games: 2, isDemo: false }],
    })
    const seen = await app.admin.overview(people.admin, {
      host: 'hall.local',
      [ADDRESS_HEADER]: '10.0.0.7',
      'x-forwarded-for': '203.0.113.9',
    })
    expect(seen).toMatchObject({
      overview: {
        games: { live: 0, all: 2, demo: 0 },
        competitions: 1,
        seen: { address: '10.0.0.7', host: 'hall.local', isSecure: false, isProxyUnlisted: true },
      },
    })
    const plain = await app.admin.overview(people.admin, { [ADDRESS_HEADER]: '10.0.0.7', 'x-forwarded-for': '::ffff:10.0.0.7' })
    expect(plain).toMatchObject({ overview: { seen: { isProxyUnlisted: false } } })
  })
})

describe('the first run', () => {
  it('is over once there is an owner, and refuses what comes over plain http from outside', async () => {
    const claim = { setupToken: 'x', email: 'n@club.example', name: 'N', password: PASSWORD }
    expect(await app.setUp.isOpen()).toBe(false)
    expect(code(await app.setUp.claim({ [ADDRESS_HEADER]: '127.0.0.1' }, claim))).toBe('FORBIDDEN')
    expect(await app.setUp.claim({ [ADDRESS_HEADER]: '203.0.113.7' }, claim)).toMatchObject({ error: { message: /plain http/ } })
  })
})

async function signIn(email: string, password: string): Promise<number> {
  const request = new Request('http://hall.local/api/auth/sign-in/email', {
    method: 'POST',
    headers: { host: 'hall.local', origin: 'http://hall.local', 'content-type': 'application/json', [ADDRESS_HEADER]: '127.0.0.1' },
    body: JSON.stringify({ email, password }),
  })
  return (await app.accounts.handler(request)).status
}
