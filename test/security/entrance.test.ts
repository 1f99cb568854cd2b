import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SidelineError } from '#domain/errors.ts'
import type { ClientToServerEvents } from '#domain/protocol.ts'
import { provideApp } from '#server/app.ts'
import { loadConfig } from '#server/config.ts'
import { createHttp, secureAll } from '#server/http.ts'
import { MANAGER, type Running, SCORER, startServer } from '../server/running.ts'
import { dial, lines, opened, takesOver, until } from './wire.ts'

const ROUTES = fileURLToPath(new URL('../../app/api/', import.meta.url))
type Route = (request: Request, context: { params: Promise<object> }) => Promise<Response>
interface Write {
  name: string
  method: string
  route: Route
}

let server: Running
let writes: Write[]
const open: Socket[] = []
beforeAll(async () => {
  server = await startServer()
  provideApp(server.app)
  const files = readdirSync(ROUTES, { recursive: true, encoding: 'utf8' }).filter(
    file => file.endsWith('route.ts') && !file.startsWith('[['),
  )
  const modules = await Promise.all(files.map(async file => [file, (await import(`${ROUTES}${file}`)) as Record<string, Route>] as const))
  writes = modules.flatMap(([file, module]) =>
    ['POST', 'PUT', 'PATCH', 'DELETE'].flatMap(method =>
      module[method] ? [{ name: `${method} ${file}`, method, route: module[method] }] : [],
    ),
  )
})
afterAll(async () => {
  for (const socket of open) socket.disconnect()
  await server.stop()
})

/** A request as a browser sends it; parts of the address that are not given are nobody's. */
async function ask({ method, route }: Write, params: object, headers: Record<string, string>, body = '{}') {
  const request = new Request(`${server.url}/api`, {
    method,
    headers: { host: new URL(server.url).host, 'content-type': 'application/json', ...headers },
    body,
  })
  const response = await route(request, { params: Promise.resolve({ all: ['sign-out'], ...params }) })
  const text = await response.text()
  return { status: response.status, error: text ? ((JSON.parse(text) as { error?: SidelineError }).error ?? null) : null }
}

describe('S14 every write there is', () => {
  it('is refused to a browser that another site leads, before anything else is looked at', async () => {
    const game = await server.createGame()
    expect(writes.length).toBeGreaterThan(12)
    const forged: Record<string, string>[] = [
      { cookie: 'sideline=x', origin: 'https://evil.example' },
      { cookie: 'sideline=x', origin: 'null' },
      { cookie: 'sideline=x', 'sec-fetch-site': 'cross-site' },
      { cookie: 'sideline=x' },
      { origin: 'https://evil.example' },
    ]
    for (const write of writes) {
      for (const headers of forged)
        expect(await ask(write, { gameId: game.id }, headers), `${write.name} ${JSON.stringify(headers)}`).toMatchObject({
          status: 403,
          error: { code: 'CSRF' },
        })
    }
  })

  it('S3 is refused to nobody, and what it says tells nothing', async () => {
    const game = await server.createGame('basketball', { visibility: 'private' })
    const forAll = new Set(['POST auth/[...all]/route.ts', 'POST v1/setup/route.ts'])
    for (const write of writes) {
      if (forAll.has(write.name)) continue
      const { status, error } = await ask(write, { gameId: game.id, messageId: 'x', personId: 'x', tokenId: 'x', announcementId: 'x' }, {})
      const seen = `${write.name} ${status} ${error?.code}`
      expect(['UNAUTHENTICATED', 'UNKNOWN_GAME'], seen).toContain(error?.code)
      expect([401, 404], seen).toContain(status)
    }
  })

  it('S11 keeps no key that would reach a prototype', async () => {
    const evil = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}'
    for (const write of writes)
      for (const body of [evil, `{"a":${evil}}`, `[${evil}]`, '{"constructor":{"prototype":{"isAdmin":true}}}'])
        await ask(write, { gameId: 'x' }, { origin: server.url }, body)
    const game = await server.createGame()
    for (const data of [evil, `{"edit":${evil}}`]) {
      const input = { id: randomUUID(), kind: 'note', data: JSON.parse(data) as Record<string, unknown> }
      expect(await server.app.games.record(MANAGER, game.id, [input], false)).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PAYLOAD' },
      })
    }
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
    expect((Object.prototype as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })
})

describe('S3 every event of a socket', () => {
  async function fan(): Promise<Socket> {
    const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    open.push(socket)
    await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
    return socket
  }

  it('gives nothing of a private game to who may not read it, and says what it says of one that is not there', async () => {
    const game = await server.createGame('basketball', { visibility: 'private', startsAt: new Date().toISOString() })
    await server.play(game.id, { id: 'private-play-1', kind: '2pt', side: 'home' })
    const socket = await fan()
    const heard: unknown[] = []
    socket.onAny((...message: unknown[]) => heard.push(message))
    // Each event there is: one that joins them is asked for here by the compiler.
    const asked = (gameId: string) =>
      ({
        'game:watch': { gameId },
        'game:unwatch': { gameId },
        'lobby:watch': {},
        'lobby:unwatch': {},
        'chat:send': { gameId, id: randomUUID(), text: 'Hello', name: 'Lena' },
        'time:sync': {},
      }) satisfies Record<keyof ClientToServerEvents, object>
    for (const [event, payload] of Object.entries(asked(game.id))) {
      const answer = (await socket.emitWithAck(event, payload)) as { ok: boolean; error?: SidelineError; now?: number; n?: number }
      expect(JSON.stringify(answer), event).not.toContain(game.id)
      const missing = (await socket.emitWithAck(event, asked(randomUUID())[event as keyof ClientToServerEvents])) as typeof answer
      if (event === 'time:sync') continue
      expect(answer, event).toEqual(missing)
      if ('gameId' in payload && event !== 'game:unwatch')
        expect(answer, event).toMatchObject({ ok: false, error: { code: 'UNKNOWN_GAME' } })
    }
    await server.play(game.id, { id: 'private-play-2', kind: '2pt', side: 'home' })
    const other = await server.createGame('basketball', { startsAt: new Date().toISOString() })
    await socket.emitWithAck('game:watch', { gameId: other.id })
    await server.play(other.id, { id: 'public-play-1', kind: '2pt', side: 'home' })
    await until(() => JSON.stringify(heard).includes('public-play-1'), 'an update of the other game')
    expect(JSON.stringify(heard)).not.toContain(game.id)
    expect(JSON.stringify(heard)).not.toContain('private-play')
  })

  it('S1 comes over a connection of its own: nobody takes an open one over by naming it', async () => {
    const wire = await opened(server.url)
    const { sid } = JSON.parse((wire.heard[0] ?? '').slice(1)) as { sid: string }
    for (const headers of [{ origin: 'https://evil.example' }, {}] as Record<string, string>[])
      expect(await takesOver(server.url, sid, headers)).toBe(false)
    wire.send('421["time:sync"]')
    expect(await wire.answer(1)).toMatchObject({ ok: true })
    wire.close()
  })

  it('S8 holds to twenty boards, also when they are asked for in one breath; S5 one that nobody knows is counted and answered', async () => {
    const socket = await fan()
    const answers = await Promise.all(
      Array.from({ length: 22 }, () => socket.emitWithAck('lobby:watch', { competitionId: randomUUID() }) as Promise<{ ok: boolean }>),
    )
    expect(answers.filter(({ ok }) => ok)).toHaveLength(20)
    const unknown = await socket.timeout(20_000).emitWithAck('no:such', {})
    expect(unknown).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } })
  })

  it('that scores is none: a play over a socket changes nothing', async () => {
    const game = await server.createGame()
    const socket = await fan()
    for (const event of ['game:play', 'play', 'game:record', 'game:score', 'chat:delete', 'chat:remove', 'announcement', 'game:update'])
      socket.emit(event, { gameId: game.id, id: randomUUID(), kind: '2pt', side: 'home', plays: [], text: 'x' })
    expect(await socket.emitWithAck('time:sync')).toMatchObject({ ok: true })
    expect(await server.app.games.get(SCORER, game.id)).toMatchObject({ ok: true, game: { seq: 0 } })
  })
})

describe('S29 the entrance', () => {
  it.each([
    ['http', undefined, null],
    ['https', 'https://scores.example', expect.stringMatching(/^max-age=\d{8}; includeSubDomains$/)],
  ])('over %s puts its headers before every answer, and takes a client’s own for nothing', async (_scheme, PUBLIC_URL, hsts) => {
    const loaded = loadConfig({ DATA_DIR: server.dataDir, DEMO: '0', PUBLIC_URL })
    if (!loaded.ok) throw new Error(loaded.problems.join())
    let seen: Record<string, unknown> = {}
    const http: HttpServer = createHttp(
      (request, response) => {
        seen = { ...request.headers }
        if (request.url === '/throws') throw new Error('on purpose')
        response.writeHead(request.url === '/there' ? 200 : 404).end()
      },
      () => {},
    )
    secureAll(http, loaded.config, false)
    await new Promise<void>(done => http.listen(0, '127.0.0.1', done))
    const { port } = http.address() as AddressInfo
    try {
      const nonces = new Set<string>()
      const paths = ['/there', '/absent', '/throws', '//other.example', '/%', '/api/v1/nothing']
      for (const path of paths) {
        const forged = 'Zm9yZ2VkZm9yZ2VkZm9yZw=='
        const { headers } = await fetch(`http://127.0.0.1:${port}${path}`, {
          headers: { 'x-nonce': forged, 'content-security-policy': "script-src 'unsafe-inline'", 'x-middleware-subrequest': 'proxy:proxy' },
        })
        const policy = new Map(
          (headers.get('content-security-policy') ?? '').split('; ').map(part => {
            const [name = '', ...sources] = part.split(' ')
            return [name, sources] as const
          }),
        )
        const nonce = policy.get('script-src')?.find(source => /^'nonce-[A-Za-z0-9+/]{22}=='$/.test(source))
        expect(nonce, path).toBeTruthy()
        nonces.add(nonce ?? '')
        expect(policy.get('script-src'), path).toEqual(["'self'", nonce])
        for (const name of ['object-src', 'base-uri', 'frame-ancestors']) expect(policy.get(name), `${path} ${name}`).toEqual(["'none'"])
        expect([...policy.values()].flat().join(), path).not.toContain(forged)
        expect(headers.get('x-content-type-options'), path).toBe('nosniff')
        expect(headers.get('referrer-policy'), path).toBe('strict-origin-when-cross-origin')
        expect(headers.get('cross-origin-opener-policy'), path).toBe('same-origin')
        expect(headers.get('strict-transport-security'), path).toEqual(hsts)
        if (path === '/there') {
          expect(`'nonce-${seen['x-nonce']}'`).toBe(nonce)
          expect(seen).not.toHaveProperty('x-middleware-subrequest')
        }
      }
      expect(nonces.size).toBe(paths.length)
      // The whole address of a server, ours or another, is what a proxy is asked for.
      for (const target of ['http://other.example/', `http://127.0.0.1:${port}/there`, '*', 'other.example:443']) {
        const line = await dial(port)
        line.send(lines(`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${port}`, 'Connection: close'))
        await until(line.isEnded, `an answer to ${target}`)
        expect(line.text()).toMatch(/^HTTP\/1\.1 400 /)
        line.close()
      }
    } finally {
      http.closeAllConnections()
      await new Promise(done => http.close(done))
    }
  })
})
