import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'libsql'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { type Answer, type Server, startServer } from '#e2e/server.ts'
import { expectError, expectNoInsides } from '../server/built.ts'
import { dial, lines, until } from './wire.ts'

/** Words that may stand in no log, whatever happens to them. */
const CANARY = {
  password: 'canary-of-a-password-7',
  wrong: 'canary-of-a-wrong-one-7',
  token: `sl_pat_${'Canary'.repeat(7)}x`,
  cookie: 'canary.of.a.cookie.that.nobody.has',
  chat: 'canary words of a chat',
  note: 'canary words of an announcement',
}
const UGLY = 'Red\r\n{"level":"error","msg":"forged"}\u001b[31m\u202eStars'

let server: Server
let game: Game
const jar = { owner: '' }
const secrets: string[] = Object.values(CANARY)

beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: 'debug', ADMIN_PASSWORD: CANARY.password } })
  server.owner.password = CANARY.password
  game = await server.createGame({ home: { name: UGLY } })
  jar.owner = await signIn(server.owner)
  secrets.push(server.token, ...secretOf(jar.owner))
})
afterAll(() => server?.dispose())

const secretOf = (cookie: string) => cookie.split('; ').map(pair => decodeURIComponent(pair.slice(pair.indexOf('=') + 1)).slice(0, 30))

async function tryToSignIn(who: { email: string; password: string }, headers: Record<string, string> = {}) {
  return server.api<{ error?: { code: string } }>(
    '/api/auth/sign-in/email',
    { email: who.email, password: who.password },
    { token: null, headers: { origin: server.url, ...headers } },
  )
}
async function signIn(who: { email: string; password: string }, headers: Record<string, string> = {}): Promise<string> {
  const answer = await tryToSignIn(who, headers)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.headers
    .getSetCookie()
    .map(line => line.split(';')[0] ?? '')
    .join('; ')
}
const as = (cookie: string) => ({ token: null, headers: { cookie, origin: server.url } })
const statusOf = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${server.url}${path}`, { redirect: 'manual', ...init })
  const text = await response.text()
  return { status: response.status, text, headers: response.headers }
}

describe('S34 a request caught and sent again', () => {
  it('counts once for who may score the game, also after a new sign-in, and for nobody else', async () => {
    const person = async (name: string, games: string[]) => {
      const who = { email: `${name}@club.example`, password: `turnstile of ${name}` }
      const made = await server.api(
        '/api/v1/admin/people',
        { ...who, name, role: 'scorer', grants: { games, competitions: [] } },
        as(jar.owner),
      )
      expect(made.status, JSON.stringify(made.body)).toBe(201)
      secrets.push(who.password)
      return who
    }
    const own = await server.createGame()
    const [ana, ben] = [await person('ana', [own.id]), await person('ben', [game.id])]
    const caught = { path: `/api/v1/games/${own.id}/plays`, body: { id: randomUUID(), kind: '2pt', side: 'home' } }
    const replay = (cookie: string, path = caught.path) => server.api<{ seq: number }>(path, caught.body, as(cookie))
    const anas = await signIn(ana)
    expect(await replay(anas)).toMatchObject({ status: 201, body: { seq: 1 } })

    const bens = await signIn(ben)
    secrets.push(...secretOf(anas), ...secretOf(bens))
    expectError(await replay(bens), 'FORBIDDEN')
    expectError(await server.api(caught.path, caught.body, { token: null, headers: { origin: server.url } }), 'UNAUTHENTICATED')
    expectError(await replay(CANARY.cookie), 'UNAUTHENTICATED')
    expectError(await server.api(caught.path, caught.body, { token: CANARY.token }), 'AUTH_INVALID')
    // Turned on a game that its sender may not score.
    expectError(await replay(anas, `/api/v1/games/${game.id}/plays`), 'FORBIDDEN')

    expect((await server.api('/api/auth/sign-out', {}, as(anas))).status).toBe(200)
    expectError(await replay(anas), 'UNAUTHENTICATED')
    const again = await signIn(ana)
    secrets.push(...secretOf(again))
    for (const cookie of [again, jar.owner]) expect(await replay(cookie)).toMatchObject({ status: 200, body: { seq: 1 } })
    const now = await server.api<{ game: Game }>(`/api/v1/games/${own.id}`)
    expect(now.body.game).toMatchObject({ seq: 1, score: { home: 2, away: 0 } })
  })
})

describe('S15 a sign-in', () => {
  it('is long, new each time, and never the one that a browser was given by somebody else', async () => {
    const planted = `sideline=${'A'.repeat(32)}.${'B'.repeat(43)}%3D`
    const made = await signIn(server.owner, { cookie: planted })
    secrets.push(...secretOf(made))
    const secret = /^sideline=([A-Za-z0-9]+)/.exec(made)?.[1] ?? ''
    // 62 letters and digits: 32 of them are 190 bits.
    expect(secret.length).toBeGreaterThanOrEqual(32)
    expect(made).not.toContain('A'.repeat(32))
    expect(new Set(secret).size).toBeGreaterThan(10)
    expect(jar.owner).not.toContain(secret)
    const who = async (cookie: string) =>
      (await server.api<{ account: unknown }>('/api/auth/get-session', undefined, as(cookie))).body.account
    expect(await who(planted)).toBeNull()
    expect(await who(made)).toMatchObject({ email: server.owner.email })
    // Two at once, one of them planted: neither is read as both.
    expect(await who(`${planted}; ${planted}`)).toBeNull()
  })
})

describe('S25 a token', () => {
  it('is nobody’s in an address, does what it is for and no more, and is written down nowhere', async () => {
    for (const name of ['token', 'access_token', 'auth', 'authorization', 'api_key', 'bearer']) {
      const asked = await server.api(`/api/v1/admin/overview?${name}=${server.token}`, undefined, { token: null })
      expect([400, 401], name).toContain(asked.status)
    }
    const make = async (...more: string[]) =>
      (JSON.parse(await server.sideline('token', 'create', '--name', 'narrow', '--json', ...more)) as { token: string }).token
    const [reading, elsewhere] = await Promise.all([make('--scope', 'read'), make('--scope', 'score', '--game', randomUUID())])
    secrets.push(reading, elsewhere)
    for (const token of [reading, elsewhere]) {
      const play = { id: randomUUID(), kind: '2pt', side: 'home' }
      expectError(await server.api(`/api/v1/games/${game.id}/plays`, play, { token }), 'FORBIDDEN')
      expectError(await server.api('/api/v1/admin/tokens', { name: 'more', scopes: ['admin'] }, { token }), 'FORBIDDEN')
      expectError(await server.api(`/api/v1/games/${game.id}`, undefined, { method: 'DELETE', token }), 'FORBIDDEN')
    }
    const files = ['sideline.db', 'sideline.db-wal'].map(file => readFileSync(join(server.dataDir, file), 'latin1')).join('')
    for (const secret of [server.token, reading, elsewhere, CANARY.password]) expect(files.includes(secret)).toBe(false)
  })
})

describe('S18 the address of somebody', () => {
  let hits = 0
  const canary = createServer((_request, response) => {
    hits += 1
    response.end('canary')
  })
  beforeAll(() => new Promise<void>(done => canary.listen(0, '127.0.0.1', done)))
  afterAll(() => new Promise(done => canary.close(done)))

  it('is never called, wherever it is written', async () => {
    const { port } = canary.address() as AddressInfo
    const urls = [
      `http://127.0.0.1:${port}/a.png`,
      `http://[::1]:${port}/`,
      `http://0x7f.1:${port}/`,
      `http://2130706433:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      `//127.0.0.1:${port}/`,
      'http://169.254.169.254/latest/meta-data/',
      'file:///etc/passwd',
      `http://localhost:${port}/`,
    ]
    for (const url of urls) {
      const made = await server.createGame({ home: { name: url.slice(0, 80) }, venue: url })
      await server.play(made.id, [
        { kind: 'note', data: { text: url } },
        { kind: '2pt', side: 'home', player: url },
      ])
      for (const field of ['logo', 'logoUrl', 'image', 'avatar', 'url', 'webhook', 'callback', 'feed'])
        expectError(
          await server.api('/api/v1/games', { sport: 'basketball', home: { name: 'A', [field]: url }, away: { name: 'B' } }),
          'INVALID_PAYLOAD',
        )
      expectError(await server.api('/api/v1/competitions', { name: 'Cup', sport: 'soccer', webhook: url }), 'INVALID_PAYLOAD')
      await server.api(`/games/${made.id}`, undefined, { token: null, headers: { referer: url, 'x-forwarded-host': `127.0.0.1:${port}` } })
      await server.api(`/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`, undefined, { token: null })
      await server.api(`/login?next=${encodeURIComponent(url)}`, undefined, { token: null })
    }
    expect(hits).toBe(0)
  })
})

describe('S21 a file', () => {
  it('finds no place to be put, and nothing is served from one', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><foreignObject/></svg>'
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.from('<html><script>alert(1)</script>')])
    const places = [
      '/media',
      '/media/logo.svg',
      '/upload',
      '/uploads/x.png',
      '/api/v1/media',
      '/api/v1/uploads',
      `/api/v1/games/${game.id}/logo`,
      '/api/v1/competitions/x/logo',
      '/api/v1/teams/x/logo',
    ]
    const authorization = `Bearer ${server.token}`
    for (const path of places) {
      for (const method of ['POST', 'PUT', 'PATCH']) {
        const form = new FormData()
        form.set('file', new Blob([svg], { type: 'image/svg+xml' }), 'logo.svg')
        for (const [body, type] of [
          [form, undefined],
          [svg, 'image/svg+xml'],
          [png, 'image/png'],
        ] as const) {
          const { status, text } = await statusOf(path, {
            method,
            body,
            headers: { authorization, ...(type ? { 'content-type': type } : {}) },
          })
          expect([404, 405], `${method} ${path} ${status}`).toContain(status)
          expect(text).not.toContain('alert(1)')
        }
      }
      expect((await statusOf(path)).status, path).toBe(404)
    }
    // Where bodies are taken, a picture is no JSON.
    for (const path of ['/api/v1/games', `/api/v1/games/${game.id}/plays`, '/api/v1/competitions'])
      expect((await statusOf(path, { method: 'POST', body: png, headers: { authorization, 'content-type': 'image/png' } })).status).toBe(
        400,
      )
    expect((await statusOf(`/../${server.dataDir}/sideline.db`)).status).toBe(404)
    for (const path of ['/data/sideline.db', '/sideline.db', '/.env', '/package.json', '/dist/server.js', '/server.ts', '/.git/config'])
      expect((await statusOf(path)).status, path).toBe(404)
  })
})

describe('S29 the headers', () => {
  it('stand on every answer of every address, whatever its method and its end', async () => {
    const described = (await server.api<{ paths: Record<string, object> }>('/api/openapi.json')).body.paths
    const paths = Object.keys(described).map(path => `/api/v1${path.replace('{gameId}', game.id).replaceAll(/\{\w+\}/g, 'x')}`)
    expect(paths.length).toBeGreaterThan(15)
    const wrong: string[] = []
    const check = (what: string, headers: Headers) => {
      const wanted: Record<string, string | null> = {
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'strict-origin-when-cross-origin',
        'cross-origin-opener-policy': 'same-origin',
        'x-powered-by': null,
        server: null,
      }
      for (const [name, value] of Object.entries(wanted))
        if (headers.get(name) !== value) wrong.push(`${what}: ${name} ${headers.get(name)}`)
      if (!headers.get('content-security-policy')?.includes("frame-ancestors 'none'")) wrong.push(`${what}: no policy`)
    }
    for (const path of [
      ...paths,
      '/',
      '/no/such',
      '/admin',
      '/media/x',
      '/socket.io/',
      '/socket.io/x.js',
      '/icon.svg',
      '/healthz',
      '/_next/x',
    ]) {
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const abort = new AbortController()
        const { headers, status } = await fetch(`${server.url}${path}`, { method, redirect: 'manual', signal: abort.signal })
        check(`${method} ${path} ${status}`, headers)
        abort.abort()
      }
    }
    const read = `/api/v1/games/${game.id}`
    const etag = (await statusOf(read)).headers.get('etag') ?? ''
    const unchanged = await fetch(`${server.url}${read}`, { headers: { 'if-none-match': etag } })
    expect(unchanged.status).toBe(304)
    check('304', unchanged.headers)
    expect(wrong).toEqual([])
  })
})

describe('S30 in production', () => {
  it('answers no address of a developer, and upgrades nothing but its sockets', async () => {
    const paths = [
      '/gallery',
      '/api/test',
      '/api/test/reset',
      '/api/v1/test/failpoints',
      '/__nextjs_original-stack-frames',
      '/__nextjs_source-map',
      '/__nextjs_launch-editor',
      '/_next/webpack-hmr',
      '/_next/static/chunks/main.js.map',
      '/debug',
      '/socket.io/admin',
      '/socket.io/socket.io.js',
      '/socket.io/socket.io.js.map',
      '/json/list',
    ]
    for (const path of paths) expect((await statusOf(path)).status, path).toBeGreaterThanOrEqual(400)
    for (const path of ['/_next/webpack-hmr', '/_next/hmr', '/', '/admin']) {
      const line = await dial(server.port)
      line.send(
        lines(
          `GET ${path} HTTP/1.1`,
          `Host: 127.0.0.1:${server.port}`,
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        ),
      )
      await until(line.isEnded, `the end of an upgrade of ${path}`)
      expect(line.text()).not.toContain('101')
      line.close()
    }
    // A browser that asks for a namespace of tools is told what it is told of any other.
    const socket = io(`${server.url}/admin`, { transports: ['websocket'], forceNew: true, reconnection: false })
    const said = await new Promise<Error>(done => socket.on('connect_error', done))
    expect(said.message).toBe('Invalid namespace')
    socket.disconnect()
  })
})

describe('S22 long strings', () => {
  it('of 29 bytes to as much as is taken cost no validator more than a moment', async () => {
    const took: [string, number][] = []
    const timed = async (what: string, ask: () => Promise<{ status: number }>) => {
      const began = performance.now()
      const { status } = await ask()
      took.push([what, performance.now() - began])
      expect(status, what).toBeLessThan(500)
    }
    const units = [
      'a',
      '0',
      ' ',
      '-',
      'a@',
      'a.',
      'A ',
      '%',
      '/',
      '\\',
      '=',
      ',',
      ';',
      '"',
      '1:',
      'http://',
      '::',
      '[',
      '\u0301',
      '<script ',
    ]
    for (const unit of units) {
      for (const length of [29, 2_000, 7_000]) {
        const text = `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length)}!`
        const escaped = encodeURIComponent(text.slice(0, 2_500))
        const plain = text.normalize('NFD').replace(/[^\x20-\x7e]/g, 'x')
        await timed(`query ${unit}`, () =>
          server.api(`/api/v1/games?team=${escaped}&date=${escaped.slice(0, 900)}`, undefined, { token: null }),
        )
        await timed(`cursor ${unit}`, () =>
          server.api(`/api/v1/games?cursor=${escaped}&tz=${escaped.slice(0, 900)}`, undefined, { token: null }),
        )
        await timed(`headers ${unit}`, () =>
          server.api(`/api/v1/games/${game.id}`, undefined, {
            token: null,
            headers: { 'if-none-match': plain, 'accept-language': plain.slice(0, 3_000), 'x-forwarded-for': plain.slice(0, 2_000) },
          }),
        )
        await timed(`cookie ${unit}`, () =>
          server.api('/api/auth/get-session', undefined, {
            token: null,
            headers: { cookie: `sideline=${plain}; ${plain.slice(0, 3_000)}` },
          }),
        )
        await timed(`bearer ${unit}`, () => server.api('/api/v1/admin/overview', undefined, { token: plain }))
      }
      for (const length of [29, 3_000, 30_000]) {
        const text = `${unit.repeat(Math.ceil(length / unit.length)).slice(0, length)}!`
        await timed(`names ${unit}`, () =>
          server.api('/api/v1/games', {
            sport: 'basketball',
            home: { name: text },
            away: { name: 'B' },
            venue: text.slice(0, 300),
            startsAt: text.slice(0, 500),
          }),
        )
        await timed(`play ${unit}`, () =>
          server.api(`/api/v1/games/${game.id}/plays`, { id: text, kind: text.slice(0, 30), player: text.slice(0, 800) }),
        )
        await timed(`e-mail ${unit}`, () =>
          server.api(
            '/api/auth/sign-in/email',
            { email: text.slice(0, 3_000), password: 'x' },
            { token: null, headers: { origin: server.url } },
          ),
        )
      }
    }
    took.sort((a, b) => b[1] - a[1])
    console.log(
      `${took.length} requests with long strings; the slowest: ${took
        .slice(0, 3)
        .map(([what, ms]) => `${what} ${Math.round(ms)} ms`)
        .join(', ')}`,
    )
    expect(took.filter(([, ms]) => ms > 15_000)).toEqual([])
  })
})

describe('S17 guessing', () => {
  it('is slowed down whatever address is claimed, says the same of accounts that are there and that are not, and locks nobody out', async () => {
    const known = server.owner.email
    const told = new Map<string, Answer<{ error?: { code: string } }>[]>()
    for (const email of [known, 'nobody-at-all@example.org']) {
      const answers = []
      for (let i = 0; i < 20; i++)
        answers.push(
          await tryToSignIn(
            { email, password: CANARY.wrong },
            { 'x-forwarded-for': `203.0.113.${i}`, 'x-real-ip': `203.0.113.${i}`, forwarded: `for=203.0.113.${i}` },
          ),
        )
      told.set(email, answers)
    }
    const [there, absent] = [...told.values()]
    const said = (answers: Answer<{ error?: { code: string } }>[] = []) =>
      [...new Set(answers.map(({ status, body }) => `${status} ${body.error?.code}`))].sort()
    expect(said(there)).toEqual(['401 AUTH_INVALID', '429 RATE_LIMITED'])
    expect(said(absent)).toEqual(said(there))
    const bodies = (answers: Answer<unknown>[] = []) => [
      ...new Set(answers.filter(({ status }) => status === 401).map(({ body }) => JSON.stringify(body))),
    ]
    expect(bodies(there)).toHaveLength(1)
    expect(bodies(absent)).toEqual(bodies(there))
    for (const answers of told.values()) {
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused.length).toBeGreaterThan(8)
      for (const answer of refused) {
        expectError(answer, 'RATE_LIMITED', { retryAfterMs: expect.any(Number) as number })
        expect((answer.body as { error: { retryAfterMs?: number } }).error.retryAfterMs).toBeLessThan(16 * 60_000)
      }
    }
    // Whoever is signed in stays so.
    expect((await server.api<{ account: unknown }>('/api/auth/get-session', undefined, as(jar.owner))).body.account).not.toBeNull()
  })
})

describe('S27 an accident', () => {
  it('is told by a code, words and a number, over HTTP, on a page and on a socket; the rest stands in the log', async () => {
    const socket: Socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
    expect(
      await socket.emitWithAck('chat:send', { gameId: game.id, id: randomUUID(), text: CANARY.chat, name: UGLY.slice(0, 30) }),
    ).toMatchObject({ ok: true })
    await server.api('/api/v1/announcements', { text: CANARY.note })
    // From outside, as nothing in the product can: the tables go away under the running server.
    const database = new Database(join(server.dataDir, 'sideline.db'), { timeout: 5_000 })
    database.exec('alter table chat_messages rename to gone_messages; alter table competitions rename to gone_competitions')
    database.close()

    const answer = await server.api(`/api/v1/games/${game.id}/chat`, undefined, { token: null })
    expectError(answer, 'INTERNAL', { errorId: expect.any(String) as string, retryable: true })
    const overSocket = await socket.emitWithAck('chat:send', { gameId: game.id, id: randomUUID(), text: CANARY.chat, name: 'Lena' })
    expect(overSocket).toEqual({
      ok: false,
      error: { code: 'INTERNAL', message: 'Something went wrong.', retryable: true, errorId: expect.any(String) },
    })
    socket.disconnect()
    const ids = [(answer.body as { error: { errorId: string } }).error.errorId, overSocket.error.errorId as string]
    for (const path of ['/competitions', '/competitions/x', '/']) {
      const { status, text } = await statusOf(path)
      if (path !== '/') expect(status, path).toBe(500)
      expectNoInsides(text.replace(/<script.*?<\/script>/gs, ''))
      expect(text).not.toMatch(/no such table|gone_|competitions\.ts|sideline\.db/i)
    }
    await until(() => ids.every(id => server.output().includes(id)), 'both accidents in the log')
    for (const id of ids) {
      const line =
        server
          .output()
          .split('\n')
          .find(each => each.includes(id)) ?? ''
      expect(JSON.parse(line)).toMatchObject({ level: 'error', errorId: id })
      expect(line).toContain('no such table')
    }
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  })
})

describe('S26 the log of all of this', () => {
  it('at its most talkative holds none of the secrets, and every line of it is one line', async () => {
    // More that goes wrong, with secrets in hand.
    for (const headers of [
      { authorization: `Bearer ${CANARY.token}` },
      { cookie: `sideline=${CANARY.cookie}`, origin: server.url },
    ] as Record<string, string>[]) {
      await server.api(`/api/v1/games/${game.id}/chat`, undefined, { token: null, headers })
      await server.api('/api/v1/competitions', { name: UGLY, sport: 'basketball' }, { token: null, headers })
      await fetch(`${server.url}/competitions`, { headers })
    }
    const answer = await tryToSignIn({ email: 'another@example.org', password: CANARY.wrong })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    await server.stop()
    const output = server.output()
    expect(output.length).toBeLessThan(100_000)
    expect(output).toContain('"level":"error"')
    expect(secrets.length).toBeGreaterThan(10)
    expect(secrets.filter(secret => output.includes(secret))).toEqual([])
    // Neither colours nor breaks of a line by somebody's name.
    for (const unseen of ['\u001b', '\r', '\u202e', '\u0000']) expect(output.includes(unseen)).toBe(false)
    const plain = /^(Sideline is at|On this network|Become the owner|Without an https)/
    const odd = output.split('\n').filter(line => line !== '' && !plain.test(line) && !isLogLine(line))
    expect(odd).toEqual([])
    expect(
      output.split('\n').filter(line => line.includes('"msg":"forged"') && isLogLine(line) && JSON.parse(line).msg === 'forged'),
    ).toEqual([])
  })
})

function isLogLine(line: string): boolean {
  try {
    return typeof (JSON.parse(line) as { level: unknown }).level === 'string'
  } catch {
    return false
  }
}
