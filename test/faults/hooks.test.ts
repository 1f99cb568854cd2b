import { sql } from 'kysely'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { GET as readGame } from '#app/api/v1/games/[gameId]/route.ts'
import type { SidelineError } from '#domain/errors.ts'
import { PROTOCOL_VERSION, type UpdateMessage } from '#domain/protocol.ts'
import { type Server, startServer as startProduct } from '#e2e/server.ts'
import { provideApp } from '#server/app.ts'
import { basket, type Running, startServer } from '../server/running.ts'
import { signal } from './process.ts'
import { until } from './until.ts'

const CANARY = 'CANARY select * from user'
const broken = () => Promise.reject(new Error(CANARY))

describe('F32 a mistake of ours', () => {
  let server: Running
  const logged: { words: string; errorId?: string }[] = []
  const sockets: Socket[] = []
  beforeAll(async () => {
    server = await startServer()
    provideApp(server.app)
  })
  afterAll(() => server.stop())
  beforeEach(() => {
    logged.length = 0
    const keep = (about: { errorId?: string }, words: string) => void logged.push({ words, errorId: about.errorId })
    vi.spyOn(server.app.log, 'error').mockImplementation(keep as never)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    for (const socket of sockets.splice(0)) socket.disconnect()
  })

  function fan(token?: string): Socket {
    const auth = { v: PROTOCOL_VERSION, token }
    const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, auth })
    sockets.push(socket)
    return socket
  }
  const connected = (socket: Socket) =>
    new Promise<void>((done, fail) => socket.once('connect', done).once('connect_error', error => fail(error)))
  const told = (error: SidelineError) => {
    expect(error).toEqual({ code: 'INTERNAL', message: expect.any(String), retryable: true, errorId: expect.any(String) })
    expect(JSON.stringify(error)).not.toContain('CANARY')
    return error.errorId
  }

  it('in a route is an answer with an id, and the log has it under that id', async () => {
    const game = await server.createGame()
    const ask = () => readGame(new Request(`${server.url}/api/v1/games/${game.id}`), { params: Promise.resolve({ gameId: game.id }) })
    vi.spyOn(server.app.games, 'get').mockImplementationOnce(broken)
    const answer = await ask()
    expect(answer.status).toBe(500)
    const errorId = told(((await answer.json()) as { error: SidelineError }).error)
    expect(logged).toEqual([{ words: 'request failed', errorId }])
    expect((await ask()).status).toBe(200)
  })

  it('in what stands before every route is one too', async () => {
    vi.spyOn(server.app, 'identify').mockImplementationOnce(broken)
    const answer = await readGame(new Request(`${server.url}/api/v1/games/x`), { params: Promise.resolve({ gameId: 'x' }) })
    expect([answer.status, logged.length]).toEqual([500, 1])
    told(((await answer.json()) as { error: SidelineError }).error)
  })

  it('in the handler of a message is an acknowledgement with an id, and the socket goes on', async () => {
    const game = await server.createGame()
    const socket = fan()
    await connected(socket)
    const { reader } = server.app.parts
    const atOnce = () => {
      throw new Error(CANARY)
    }
    const ways = [
      () => vi.spyOn(reader, 'ready').mockImplementationOnce(atOnce),
      () => {
        vi.spyOn(reader, 'ready').mockReturnValueOnce(null)
        vi.spyOn(reader, 'open').mockImplementationOnce(broken)
      },
    ]
    for (const goWrong of ways) {
      logged.length = 0
      goWrong()
      const { error } = (await socket.emitWithAck('game:watch', { gameId: game.id })) as { error: SidelineError }
      expect(logged).toEqual([{ words: 'socket handler failed', errorId: told(error) }])
    }
    expect(await socket.emitWithAck('game:watch', { gameId: game.id })).toMatchObject({ ok: true, seq: 0 })
  })

  it('in a handshake refuses that one, and takes the next', async () => {
    vi.spyOn(server.app.accounts, 'identifyToken').mockImplementationOnce(broken)
    await expect(connected(fan('somebody'))).rejects.toThrow('INTERNAL')
    expect(logged.map(({ words }) => words)).toEqual(['handshake failed'])
    await connected(fan())
  })

  it('in one who listens keeps nobody else from hearing', async () => {
    const game = await server.createGame()
    const socket = fan()
    await connected(socket)
    await socket.emitWithAck('game:watch', { gameId: game.id })
    const seen: number[] = []
    socket.on('game:update', ({ seq }: UpdateMessage) => seen.push(seq))
    const stops = [
      server.context.bus.subscribe('played', () => {
        throw new Error(CANARY)
      }),
      server.context.bus.subscribe('played', ({ game: { seq } }) => void seen.push(-seq)),
    ]
    await server.play(game.id, basket('2pt', 'home'))
    await until(() => seen.length === 2)
    expect(seen.sort()).toEqual([-1, 1])
    expect(logged.map(({ words }) => words)).toEqual(['a listener failed'])
    for (const stop of stops) stop()
  })

  it('in what runs every so often is told once, and it runs again', async () => {
    const told: unknown[] = []
    const notice = (_about: unknown, words?: string) => void told.push(words)
    vi.spyOn(server.app.log, 'warn').mockImplementation(notice as never)
    vi.spyOn(server.app.log, 'error').mockImplementation(notice as never)
    vi.spyOn(server.app.log, 'info').mockImplementation(((words: unknown) => void told.push(words)) as never)
    const { db } = server.context.storage
    await sql`alter table settings rename to settings_elsewhere`.execute(db)
    const says = (words: string) => () => told.some(one => String(one).includes(words))
    await until(says('removed games could not be looked for'))
    await sql`alter table settings_elsewhere rename to settings`.execute(db)
    await until(says('removed games are looked for again'))
  })
})

/** Loaded before the server: at one signal every page fails to draw, at the other something throws where nobody catches it. */
const PLANTED = `
  process.on('SIGUSR2', () => { globalThis[Symbol.for('sideline.app')].pages.game = async () => { throw new Error('CANARY') } })
  process.on('SIGHUP', () => setTimeout(() => { throw new Error('PLANTED') }))`

describe('F32 a mistake of ours in the whole server', () => {
  let server: Server
  beforeAll(async () => {
    server = await startProduct({ env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(PLANTED)}` } })
  })
  afterAll(() => server.dispose())

  it('in drawing a page is a page that says so, and everything else goes on', async () => {
    const game = await server.createGame()
    signal(server, 'SIGUSR2')
    await until(async () => {
      const page = await server.api<string>(`/games/${game.id}`, undefined, { token: null })
      if (page.status !== 500) return false
      expect(page.body).not.toMatch(/CANARY|\bat \S+ \(|node_modules/)
      return true
    })
    expect((await server.api('/healthz', undefined, { token: null })).status).toBe(200)
    expect((await server.api(`/api/v1/games/${game.id}`, undefined, { token: null })).status).toBe(200)
    expect(await server.play(game.id, { kind: '2pt', side: 'home' })).toMatchObject({ seq: 1 })
  })

  it('that nobody catches ends the process with 1 and a line in the log, for whoever starts it again; nothing acknowledged is lost', async () => {
    const game = await server.createGame()
    await server.play(game.id, { kind: '2pt', side: 'home' })
    signal(server, 'SIGHUP')
    await until(() => server.output().includes('PLANTED'))
    expect(await server.stop('SIGCONT')).toBe(1)
    expect(server.output()).toMatch(/"msg":"uncaughtException"/)
    expect(server.output()).toContain('PLANTED')
    await server.restart()
    expect(await server.api(`/api/v1/games/${game.id}`)).toMatchObject({ body: { game: { seq: 1 } } })
  })
})
