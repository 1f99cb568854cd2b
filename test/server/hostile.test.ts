import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { type Answer, type Server, startServer } from '#e2e/server.ts'
import { expectError, expectNoInsides } from './built.ts'

const KIB = 1024
let server: Server
let game: Game
beforeAll(async () => {
  server = await startServer()
  game = await server.createGame()
})
afterAll(async () => {
  // Whatever was sent, it is still the same process, and nothing of it reached a log as a stack.
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(server.output()).not.toContain('request failed')
  await server.dispose()
})

/** Sends a body as it is, byte by byte. */
async function post(path: string, body: BodyInit, headers: Record<string, string> = {}): Promise<Answer<unknown>> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}`, ...headers },
    body,
    duplex: 'half',
  }
  const response = await fetch(`${server.url}${path}`, init)
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, headers: response.headers, body: isJson && text ? JSON.parse(text) : text }
}
const plays = () => `/api/v1/games/${game.id}/plays`
let ids = 0
const id = () => {
  ids += 1
  return `hostile-${String(ids).padStart(5, '0')}`
}
const two = (more: object = {}) => ({ id: id(), kind: '2pt', side: 'home', ...more })
const padded = (value: unknown, bytes: number) => JSON.stringify(value).padEnd(bytes, ' ')

describe('S7 sizes and depths', () => {
  it('takes 32 KiB and not a byte more, whether or not the length is announced', async () => {
    const competition = { name: 'Big League', sport: 'basketball' }
    expect((await post('/api/v1/competitions', padded(competition, 32 * KIB))).status).toBe(201)
    expectError(await post('/api/v1/competitions', padded(competition, 32 * KIB + 1)), 'TOO_LARGE')
    const chunks = new Blob([padded(competition, 32 * KIB + 1)]).stream()
    expectError(await post('/api/v1/competitions', chunks), 'TOO_LARGE')
  })

  it('takes 512 KiB of plays, of one play no more than of anything else', async () => {
    const batch = () => Array.from({ length: 400 }, () => two())
    expect((await post(plays(), padded(batch(), 512 * KIB))).status).toBe(201)
    expectError(await post(plays(), padded(batch(), 512 * KIB + 1)), 'TOO_LARGE')
    expect((await post(plays(), padded(two(), 32 * KIB))).status).toBe(201)
    expectError(await post(plays(), padded(two(), 32 * KIB + 1)), 'TOO_LARGE')
  })

  it('takes nothing nested deeper than eight', async () => {
    const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    const withData = (depth: number) => `{"id":"${id()}","kind":"note","data":${nested(depth)}}`
    const message = async (body: string) => {
      const answer = await post(plays(), body)
      expectError(answer, 'INVALID_PAYLOAD')
      return (answer.body as { error: { message: string } }).error.message
    }
    expect(await message(withData(7))).not.toBe('Nested too deep.')
    const arrays = (depth: number) => `${'['.repeat(depth)}1${']'.repeat(depth)}`
    for (const body of [withData(8), withData(1_000), arrays(9), arrays(5_000)]) expect(await message(body)).toBe('Nested too deep.')
  })

  it('S9 refuses what is not JSON', async () => {
    for (const body of [
      '',
      '{',
      'NaN',
      '{"id":NaN}',
      'Infinity',
      "{'id':1}",
      '{"id":1,}',
      'undefined',
      '42[',
      new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
    ])
      expectError(await post(plays(), body), 'INVALID_PAYLOAD')
  })
})

describe('S10 values', () => {
  it('numbers are whole, within bounds, and numbers', async () => {
    for (const field of ['period', 'clockMs', 'agoMs', 'expectedSeq', 'voids', 'points']) {
      for (const value of ['-1', '1.5', '9007199254740992', '1e308', '1e999', '"3"', '"٣"', '"1e3"', 'null', 'true', '[1]', '{}']) {
        const kind = field === 'voids' ? 'void' : '2pt'
        const side = field === 'voids' ? '' : ',"side":"home"'
        const answer = await post(plays(), `{"id":"${id()}","kind":"${kind}"${side},"${field}":${value}}`)
        // A number nobody can have reached yet is a conflict like any other.
        if (field === 'expectedSeq' && answer.status === 409) expectError(answer, 'CONFLICT')
        else expectError(answer, 'INVALID_PAYLOAD', { path: field })
      }
    }
    for (const kind of ['void', 'clockSet', '__proto__', 'constructor', 'toString', ''])
      expectError(await post(plays(), JSON.stringify({ id: id(), kind })), 'INVALID_PAYLOAD')
  })

  it('names are kept in NFC, without control and direction characters', async () => {
    const hostile = ' Ha\u0000wks\u202e\u2066 of\tthe\r\nCafe\u0301\u200f \u007f'
    const plain = 'Ha wks of the Café'
    const sides = { home: { name: hostile, shortName: 'H\u0000K' }, away: { members: [{ name: `${hostile} II` }] } }
    const made = await server.createGame({ ...sides, venue: hostile })
    expect([made.home.name, made.home.shortName, made.away.name, made.venue]).toEqual([plain, 'H K', `${plain} II`, plain])
    const { plays: recorded, game: now } = await server.play(made.id, [
      { kind: '2pt', side: 'home', player: hostile },
      { kind: 'note', data: { text: hostile, reason: hostile } },
    ])
    expect(now.roster.map(entry => entry.name)).toEqual([plain])
    expect(recorded[1]?.data).toEqual({ text: plain, reason: plain })
    for (const name of ['\u0000', '\u202e\u2066', '  ', '\u200f']) {
      expectError(await server.api('/api/v1/games', { sport: 'basketball', home: { name }, away: { name: 'Foxes' } }), 'INVALID_PAYLOAD')
      expectError(await server.api(plays(), two({ player: name })), 'INVALID_PAYLOAD', { path: 'player' })
      expectError(await server.api('/api/v1/announcements', { text: name }), 'INVALID_PAYLOAD', { path: 'text' })
    }
    // Neither can the words of one line pass for two in a log.
    expect(server.output()).not.toContain('\u0000')
  })

  it('half a surrogate pair is refused wherever text is taken', async () => {
    const half = '\\ud800'
    const side = (name: string) => `{"sport":"basketball","home":{"name":"${name}"},"away":{"name":"Owls"}}`
    const tries: [string, string][] = [
      ['/api/v1/competitions', `{"name":"L${half}","sport":"basketball"}`],
      ['/api/v1/competitions', `{"name":"Cup","sport":"${half}"}`],
      ['/api/v1/games', side(`T${half}`)],
      ['/api/v1/games', side('T').replace('}}', `},"venue":"${half}"}`)],
      ['/api/v1/games', side('T').replace('}}', `},"externalId":"${half}"}`)],
      ['/api/v1/games', side('T').replace('}}', '},"externalId":"a\\u0000b"}')],
      ['/api/v1/games', `{"sport":"basketball","home":{"members":[{"name":"${half}"}]},"away":{"name":"Owls"}}`],
      [plays(), `{"id":"${id()}","kind":"2pt","side":"home","player":"${half}"}`],
      [plays(), `{"id":"${id()}","kind":"2pt","side":"home","playerId":"${half}"}`],
      [plays(), `{"id":"${id()}","kind":"note","data":{"text":"${half}"}}`],
      [plays(), `{"id":"${id()}","kind":"edit","data":{"venue":"${half}"}}`],
      [plays(), `{"id":"${half}aaaaaaaa","kind":"2pt","side":"home"}`],
      ['/api/v1/announcements', `{"text":"${half}"}`],
    ]
    for (const [path, body] of tries) expectError(await post(path, body), 'INVALID_PAYLOAD')
    // Ids are looked up, not kept.
    expectError(await post('/api/v1/games', `{"sport":"basketball","home":{"id":"${half}"},"away":{"name":"Owls"}}`), 'NOT_FOUND')
    expectError(await post('/api/v1/games', side('T').replace('}}', `},"competitionId":"a${half}"}`)), 'NOT_FOUND')
    const socket = io(server.url, { transports: ['websocket'], forceNew: true })
    for (const text of ['\ud800', 'a\udc00b'])
      expect(await socket.emitWithAck('chat:send', { gameId: game.id, id: id(), text, name: 'Lena' })).toMatchObject({
        error: { code: 'INVALID_PAYLOAD' },
      })
    socket.disconnect()
  })

  it('S12 markup is text like any other', async () => {
    const name = '<img src=x onerror=alert(1)>'
    const made = await server.createGame({ home: { name } })
    const html = (await server.api<string>(`/games/${made.id}`, undefined, { token: null })).body
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
    expect(html).not.toContain(name)
  })
})

it('S10 a side does not play itself, whether it is there already or would be made twice', async () => {
  const sides: [object, object][] = [
    [{ name: 'Quarry Pilots' }, { name: ' Quarry\u202e  Pilots' }],
    [{ members: [{ name: 'Ada Cole' }] }, { members: [{ name: 'Ada Cole' }] }],
    [{ members: [{ name: 'Ida' }, { name: 'Mia' }] }, { members: [{ name: 'Ida' }, { name: 'Mia' }] }],
  ]
  for (const [home, away] of sides) {
    const wanted = { sport: 'basketball', home, away, startsAt: null }
    expectError(await server.api('/api/v1/games', wanted), 'INVALID_PAYLOAD', { path: 'away' })
    expect((await server.api('/api/v1/games', { ...wanted, away: { name: 'Somebody Else' } })).status).toBe(201)
    expectError(await server.api('/api/v1/games', wanted), 'INVALID_PAYLOAD', { path: 'away' })
  }
})

describe('S11 keys', () => {
  it('__proto__ and constructor are unknown keys like any other', async () => {
    const evil = '"__proto__":{"isAdmin":true}'
    const tries: [string, string][] = [
      ['/api/v1/competitions', `{"name":"Cup","sport":"basketball",${evil}}`],
      ['/api/v1/competitions', `{"name":"Cup","sport":"basketball","standings":{${evil}}}`],
      ['/api/v1/competitions', '{"name":"Cup","sport":"basketball","standings":{"points":{"__proto__":3}}}'],
      ['/api/v1/games', `{"sport":"basketball","home":{"name":"A"},"away":{"name":"B"},${evil}}`],
      ['/api/v1/games', `{"sport":"basketball","home":{"name":"A",${evil}},"away":{"name":"B"}}`],
      ['/api/v1/games', `{"sport":"basketball","home":{"name":"A"},"away":{"name":"B"},"rules":{"values":{${evil}}}}`],
      [
        '/api/v1/games',
        '{"sport":"basketball","home":{"name":"A"},"away":{"name":"B"},"rules":{"values":{"constructor":{"prototype":{"isAdmin":true}}}}}',
      ],
      [plays(), `{"id":"${id()}","kind":"2pt","side":"home",${evil}}`],
      [plays(), `{"id":"${id()}","kind":"note","data":{"text":"x",${evil}}}`],
      [plays(), `[{"id":"${id()}","kind":"note","data":{"text":"x","constructor":{"prototype":{"isAdmin":true}}}}]`],
      ['/api/v1/announcements', `{"text":"x",${evil}}`],
    ]
    for (const [path, body] of tries) expectError(await post(path, body), 'INVALID_PAYLOAD')
    for (const query of ['__proto__[x]=1', 'constructor=1', 'constructor[prototype][x]=1', 'limit=1&__proto__=1'])
      expect((await server.api(`/api/v1/games?${query}`, undefined, { token: null })).status).toBe(200)
    expect((await server.api(`/api/v1/games/${game.id}`, undefined, { token: null })).body).not.toHaveProperty('game.isAdmin')
  })
})

it('odd addresses get a plain refusal', async () => {
  const odd = [
    '%00',
    'a%00b',
    '..%2f..',
    '%2e%2e',
    '__proto__',
    'constructor',
    '%ED%A0%80',
    "'%20or%201=1--",
    '%27',
    'x'.repeat(3_000),
    '%F0%9F%8F%80',
  ]
  for (const name of odd) {
    for (const path of [
      `/api/v1/games/${name}`,
      `/api/v1/games/${name}/plays`,
      `/api/v1/games/${name}/stream`,
      `/api/v1/competitions/${name}/standings`,
    ]) {
      const answer = await server.api(path, undefined, { token: null })
      expect([400, 404], `${path} ${answer.status}`).toContain(answer.status)
      expectNoInsides(JSON.stringify(answer.body).replace(/<script.*?<\/script>/gs, ''))
    }
    for (const filter of ['team', 'competition', 'sport', 'cursor', 'status', 'date', 'tz', 'x']) {
      const answer = await server.api(`/api/v1/games?${filter}=${name}`, undefined, { token: null })
      if (answer.status !== 200) expectError(answer, 'INVALID_PAYLOAD', { path: filter })
    }
  }
  for (const cursor of [[1.5, 'x'], [1e300, 'x'], [2 ** 53, 'x'], [1, 2], [1, 'a\0b'], {}, null, 'x']) {
    const text = Buffer.from(JSON.stringify(cursor)).toString('base64url')
    expectError(await server.api(`/api/v1/games?cursor=${text}`, undefined, { token: null }), 'INVALID_PAYLOAD', { path: 'cursor' })
  }
  const nothing = '\\u0000'
  for (const body of [
    `{"sport":"basketball","home":{"id":"${nothing}"},"away":{"name":"Owls"}}`,
    `{"sport":"basketball","home":{"name":"Foxes"},"away":{"name":"Owls"},"competitionId":"a${nothing}"}`,
  ])
    expectError(await post('/api/v1/games', body), 'INVALID_PAYLOAD')
  const socket = io(server.url, { transports: ['websocket'], forceNew: true })
  for (const gameId of ['\0', 'a\0b']) {
    expect(await socket.emitWithAck('game:watch', { gameId })).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'gameId' } })
    expect(await socket.emitWithAck('chat:send', { gameId, id: id(), text: 'x', name: 'Lena' })).toMatchObject({
      error: { path: 'gameId' },
    })
  }
  socket.disconnect()
  for (const path of ['/api/v1/games/%E0%A4%A', '/api/v1/%']) expectError(await server.api(path), 'INVALID_PAYLOAD')
  for (const path of ['/games/%ff', '/%', '/games/%00', '/games/__proto__', '/competitions/a%00b']) {
    const answer = await server.api<string>(path, undefined, { token: null })
    expect([400, 404], `${path} ${answer.status}`).toContain(answer.status)
  }
  for (const day of ['2026-02-30', '9999-12-31', '0000-01-01', '%00', '-1', '2026-02-28&d=2026-03-01'])
    expect((await server.api(`/?d=${day}`, undefined, { token: null })).status, day).toBe(200)
})

describe('S14 a browser that another site leads', () => {
  let cookie = ''
  beforeAll(async () => {
    const signedIn = await server.api('/api/auth/sign-in/email', server.owner, { token: null, headers: { origin: server.url } })
    expect(signedIn.status).toBe(200)
    cookie = signedIn.headers
      .getSetCookie()
      .map(line => line.split(';')[0])
      .join('; ')
  })
  const ask = (path: string, method: string, headers: Record<string, string>, body?: unknown) =>
    server.api(path, body, { method, token: null, headers: { cookie, ...headers } })

  it('changes nothing without the page’s own origin, whatever it asks for', async () => {
    const forged: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${server.url}.evil.example` },
      { origin: server.url.replace('127.0.0.1', 'localhost') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: server.url, 'sec-fetch-site': 'cross-site' },
      { origin: server.url, 'content-type': 'text/plain' },
      { origin: server.url, 'content-type': 'text/plain;charset=UTF-8' },
      { origin: server.url, 'content-type': 'application/x-www-form-urlencoded' },
      { origin: server.url, 'content-type': 'multipart/form-data; boundary=x' },
      {},
    ]
    const writes: [string, string, unknown?][] = [
      ['POST', plays(), two()],
      ['POST', '/api/v1/games', { sport: 'basketball', home: { name: 'A' }, away: { name: 'B' } }],
      ['POST', '/api/v1/competitions', { name: 'Forged', sport: 'soccer' }],
      ['POST', '/api/v1/announcements', { text: 'Forged' }],
      ['DELETE', `/api/v1/games/${game.id}`],
      ['PATCH', '/api/v1/admin/settings', { chat: 'off' }],
      ['POST', '/api/v1/admin/tokens', { name: 'forged', scopes: ['admin'] }],
      ['DELETE', '/api/v1/admin/demo'],
      ['POST', '/api/auth/sign-out', {}],
    ]
    const before = await server.api(`/api/v1/games/${game.id}`)
    for (const headers of forged) {
      for (const [method, path, body] of writes) {
        // A form carries no body with DELETE; the type alone is then no sign of one.
        if (method === 'DELETE' && headers['content-type']) continue
        expectError(await ask(path, method, headers, body), 'CSRF')
      }
    }
    expect((await server.api(`/api/v1/games/${game.id}`)).body).toEqual(before.body)
    expect((await ask('/api/v1/announcements', 'GET', {})).body).toEqual({ announcements: [] })
    expect(await ask('/api/v1/announcements', 'POST', { origin: server.url }, { text: 'Ours' })).toMatchObject({ status: 201 })
  })

  it('changes nothing by reading', async () => {
    const before = (await server.api<{ plays: Play[] }>(plays())).body.plays.length
    for (const path of [
      `${plays()}?id=${id()}&kind=2pt&side=home`,
      '/api/v1/games?_method=DELETE',
      '/api/auth/sign-out',
      `/api/v1/games/${game.id}?_method=DELETE`,
    ]) {
      await ask(path, 'GET', { 'x-http-method-override': 'DELETE' })
      await ask(path, 'HEAD', {})
    }
    expect((await server.api<{ plays: Play[] }>(plays())).body.plays.length).toBe(before)
    expect((await ask('/api/v1/admin/overview', 'GET', {})).status).toBe(200)
  })
})

describe('S19 S20 requests that mean another server, or a way around the guards', () => {
  let hits = 0
  const canary = createServer((_request, response) => {
    hits += 1
    response.end('canary')
  })
  canary.on('upgrade', (_request, socket) => {
    hits += 1
    socket.destroy()
  })
  let at = ''
  beforeAll(async () => {
    await new Promise<void>(done => canary.listen(0, '127.0.0.1', done))
    at = `127.0.0.1:${(canary.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise(done => canary.close(done)))

  /** One request, written by hand; what came back until the server closed, or for two seconds. */
  const raw = (lines: string[]): Promise<string> =>
    new Promise(done => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`))
      let text = ''
      const end = () => {
        clearTimeout(timer)
        socket.destroy()
        done(text)
      }
      const timer = setTimeout(end, 2_000)
      socket.setEncoding('latin1').on('data', chunk => {
        text += chunk
      })
      socket.on('close', end).on('error', end)
    })
  const UPGRADE = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==']

  it('S19 nothing is fetched for anybody from an address of theirs', async () => {
    const host = `Host: 127.0.0.1:${server.port}`
    const targets = [
      `http://${at}/`,
      `//${at}/`,
      `/\\${at}/`,
      `/@${at}/`,
      `/http://${at}/`,
      `http:${at}`,
      `ws://${at}/socket.io/`,
      '*',
      '/',
    ]
    for (const target of targets) {
      for (const headers of [
        [host, ...UPGRADE],
        [`Host: ${at}`, ...UPGRADE],
        [host, 'Connection: close'],
        [`Host: ${at}`, 'Connection: close'],
      ]) {
        const answer = await raw([`GET ${target} HTTP/1.1`, ...headers])
        expect(answer).not.toContain('canary')
        expect(answer).not.toMatch(/^HTTP\/1\.1 101/)
      }
    }
    await raw([`CONNECT ${at} HTTP/1.1`, host])
    await raw([`GET /_next/image?url=${encodeURIComponent(`http://${at}/x.png`)}&w=64&q=75 HTTP/1.1`, host, 'Connection: close'])
    const rerouted = [
      `X-Forwarded-Host: ${at}`,
      `X-Forwarded-Proto: http`,
      `Origin: http://${at}`,
      `X-Matched-Path: http://${at}/`,
      `X-Invoke-Path: //${at}/`,
    ]
    for (const path of ['/', '/admin', '/login', '/no-such-page']) {
      await raw([`GET ${path} HTTP/1.1`, `Host: ${at}`, ...rerouted, 'Connection: close'])
      await raw([
        `POST ${path} HTTP/1.1`,
        `Host: ${at}`,
        ...rerouted,
        `Next-Action: ${'a'.repeat(40)}`,
        'Content-Type: text/plain',
        'Content-Length: 2',
        'Connection: close',
        '',
        '[]',
      ])
    }
    expect(hits).toBe(0)
  })

  it('S20 what only an admin sees is in no answer to nobody', async () => {
    const secret = await server.api<{ token: string }>('/api/v1/admin/overview', undefined, { token: null })
    expectError(secret, 'UNAUTHENTICATED')
    const subrequest = ['middleware', 'src/middleware', 'proxy', 'src/proxy'].map(name => Array(6).fill(name).join(':'))
    const headers: Record<string, string>[] = [
      {},
      ...subrequest.map(value => ({ 'x-middleware-subrequest': value })),
      { rsc: '1', 'next-router-prefetch': '1' },
      { rsc: '1', 'next-router-segment-prefetch': '/_tree' },
      { 'x-nextjs-data': '1' },
      { 'next-resume': '1' },
      { 'next-action': 'a'.repeat(40) },
      { 'x-invoke-path': '/admin/people', 'x-matched-path': '/admin/people' },
      { 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' },
      { 'x-original-url': '/admin/people', 'x-rewrite-url': '/admin/people' },
    ]
    const pages = [
      '/admin/people',
      '/%61dmin/people',
      '//admin/people',
      '/admin//people',
      '/admin/people.rsc',
      '/admin/people?_rsc=1',
      '/./admin/people',
      '/x/../admin/people',
    ]
    const calls = [
      '/api/v1/admin/people',
      '/api/v1/admin/tokens',
      '/api/v1//admin/people',
      '/api/v1/%61dmin/people',
      '/api/v1/admin/people/',
    ]
    for (const given of headers) {
      for (const path of [...pages, ...calls]) {
        const method = given['next-action'] ? 'POST' : 'GET'
        const response = await fetch(`${server.url}${path}`, { method, headers: given, redirect: 'manual' })
        const text = await response.text()
        const asked = `${method} ${path} ${JSON.stringify(given)} → ${response.status}`
        expect(text, asked).not.toContain(server.owner.email)
        expectNoInsides(text.replace(/<script.*?<\/script>/gs, ''))
        expect(response.status, asked).toBeGreaterThanOrEqual(calls.includes(path) ? 300 : 200)
        expect(response.status, asked).toBeLessThan(500)
        // Neither is anybody led to another host.
        const location = response.headers.get('location')
        if (location) expect(new URL(location, server.url).origin, asked).toBe(server.url)
      }
    }
  })
})
