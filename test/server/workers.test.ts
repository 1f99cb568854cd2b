import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ChatMessage, type LobbyMessage, PROTOCOL_VERSION } from '#domain/protocol.ts'
import { type Server, startServer } from '#e2e/server.ts'
import { startPostgres } from '#server/storage/postgres-for-tests.ts'
import { type Api, readLog, score, truthOf, Watcher } from '#test/faults/crowd.ts'
import { type Invocation, violations } from '#test/faults/history.ts'
import { until } from '#test/faults/until.ts'

const FANS = 12
const FEW = 4
let server: Server
beforeAll(async () => {
  server = await startServer({ env: { WORKERS: '2' } })
})
afterAll(async () => {
  for (const agent of agents) agent.destroy()
  await server.dispose()
})

/** One figure of each worker that gives it. */
async function byWorker(name: string): Promise<Record<string, number>> {
  const { body } = await server.api<string>('/metrics')
  const found: Record<string, number> = {}
  for (const [, labels = '', value] of body.matchAll(new RegExp(`^${name}\\{([^}]*)\\} (.+)$`, 'gm'))) {
    const worker = /worker="(\d+)"/.exec(labels)?.[1] ?? '?'
    found[worker] = (found[worker] ?? 0) + Number(value)
  }
  return found
}

const parentOf = ({ dataDir }: Server) => Number(readFileSync(join(dataDir, 'server.pid'), 'utf8'))
/** The processes that serve. */
function workersOf(parent: number): number[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return [...all.matchAll(/(\d+) +(\d+)/g)].flatMap(([, pid, ppid]) => (Number(ppid) === parent ? [Number(pid)] : []))
}
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** As the owner; good at either. */
async function signIn(): Promise<Record<string, string>> {
  const { headers } = await server.api('/api/auth/sign-in/email', server.owner, { token: null, headers: { origin: server.url } })
  return {
    cookie: headers
      .getSetCookie()
      .map(cookie => cookie.split(';')[0])
      .join('; '),
    origin: server.url,
  }
}

async function open(more: { auth?: object; extraHeaders?: Record<string, string> } = {}): Promise<Socket> {
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false, auth: { v: PROTOCOL_VERSION }, ...more })
  await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
  return socket
}
/** So many, or as many as it takes for each worker to have one of them: whoever is busy is dealt fewer. */
async function openAll(more: Parameters<typeof open>[0] = {}): Promise<Socket[]> {
  const before = await byWorker('sideline_ws_clients')
  const sockets = await Promise.all(Array.from({ length: FEW }, () => open(more)))
  for (;;) {
    const after = await byWorker('sideline_ws_clients')
    if (['1', '2'].every(worker => (after[worker] ?? 0) > (before[worker] ?? 0))) return sockets
    if (sockets.length > 40) throw new Error(`all at one worker: ${JSON.stringify([before, after])}`)
    sockets.push(await open(more))
  }
}

/** A scorer with a connection of its own, which stays with the worker that it was dealt to. */
function scorer(): Api {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  agents.push(agent)
  return {
    api: (path, body) =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' }
        const asked = request(`${server.url}${path}`, { method: 'POST', agent, headers }, response => {
          let text = ''
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part
          })
          response.on('error', reject)
          response.on('end', () => {
            if (response.complete) resolve({ status: response.statusCode ?? 0, headers: new Headers(), body: JSON.parse(text) })
            else reject(new Error('broken off'))
          })
        })
        asked.on('error', reject)
        asked.end(JSON.stringify(body))
      }),
  }
}
const agents: Agent[] = []

/** So many, or as many as it takes for each worker to take plays. */
async function openScorers(): Promise<Api[]> {
  const game = await server.createGame()
  const scorers: Api[] = []
  for (;;) {
    const api = scorer()
    scorers.push(api)
    await api.api(`/api/v1/games/${game.id}/plays`, { id: randomUUID(), kind: '2pt', side: 'home' })
    if (scorers.length < FEW) continue
    const plays = await byWorker('sideline_plays_total')
    if (['1', '2'].every(worker => (plays[worker] ?? 0) > 0)) return scorers
    if (scorers.length > 40) throw new Error(`all at one worker: ${JSON.stringify(plays)}`)
  }
}
const ask = (socket: Socket, event: string, input: object = {}) => socket.timeout(20_000).emitWithAck(event, input)
function collect<T>(socket: Socket, event: string): T[] {
  const all: T[] = []
  socket.on(event, (message: T) => all.push(message))
  return all
}
const close = (sockets: Socket[]) => {
  for (const socket of sockets) socket.disconnect()
}

describe('two workers on the embedded database', () => {
  it('say once that they serve', async () => {
    await until(() => server.output().includes('Sideline is at'))
    expect(server.output().match(/^Sideline is at /gm)).toHaveLength(1)
    expect(workersOf(parentOf(server))).toHaveLength(2)
  })

  it('[N1] take plays and hold fans together; one of them killed in mid-burst, nothing is lost, doubled or reordered', async () => {
    const apis = await openScorers()
    const before = await byWorker('sideline_plays_total')
    const game = await server.createGame()
    const watchers = Array.from({ length: FANS }, () => new Watcher(server.url, game.id))
    const invocations: Invocation[] = []
    let isOver = false
    const scorers = apis.map((api, i) => score(api, game.id, i % 2 ? 'home' : 'away', invocations, () => isOver))
    const acknowledged = () => invocations.filter(({ outcome }) => typeof outcome === 'object').length
    const more = (count: number) => {
      const from = acknowledged()
      return until(() => acknowledged() >= from + count)
    }
    try {
      await more(60)
      const isShown = () => watchers.every(watcher => watcher.shown.length > 0)
      await until(isShown)
      const each = (figure: Record<string, number>, than: Record<string, number> = {}) =>
        ['1', '2'].every(worker => (figure[worker] ?? 0) > (than[worker] ?? 0))
      // Whoever is busy is dealt fewer: as many as it takes.
      while (!each(await byWorker('sideline_ws_clients')) && watchers.length < 40) {
        watchers.push(new Watcher(server.url, game.id))
        await until(isShown)
      }
      const [fans, plays] = [await byWorker('sideline_ws_clients'), await byWorker('sideline_plays_total')]
      console.log(`fans by worker ${JSON.stringify(fans)}, plays by worker ${JSON.stringify(plays)}`)
      expect([each(fans), each(plays, before)]).toEqual([true, true])

      const [victim, survivor] = workersOf(parentOf(server)) as [number, number]
      process.kill(victim, 'SIGKILL')
      await more(60)
      expect(isAlive(survivor)).toBe(true)
      // Started again by itself, and serving.
      await until(() => workersOf(parentOf(server)).length === 2)
      await until(async () => Object.keys(await byWorker('sideline_ws_clients')).length === 2)
      await more(40)
    } finally {
      isOver = true
    }
    const retried = (await Promise.all(scorers)).reduce((sum, count) => sum + count, 0)
    const log = await readLog(server, game.id)
    const truth = truthOf(log)
    await until(() => watchers.every(watcher => watcher.state === truth)).catch(() => null)
    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    expect(invocations.filter(({ outcome }) => outcome === 'info')).toEqual([])
    // It really happened: sends went unanswered, some fans lost their socket and came back, the others noticed nothing.
    const reconnects = watchers.map(watcher => watcher.reconnects)
    console.log(`${log.length} plays, ${retried} sent again, connections of each fan ${reconnects.join(' ')}`)
    expect(retried).toBeGreaterThan(0)
    expect(reconnects.filter(count => count > 1).length).toBeGreaterThan(0)
    expect(reconnects.filter(count => count === 1).length).toBeGreaterThan(0)
    for (const watcher of watchers) watcher.socket.disconnect()
  })

  it('[N4] chat, viewers, announcements and boards cross workers', async () => {
    const game = await server.createGame()
    const sockets = await openAll()
    try {
      const chats = sockets.map(socket => collect<ChatMessage>(socket, 'chat:message'))
      const viewers = sockets.map(socket => collect<{ count: number }>(socket, 'game:viewers'))
      const announced = sockets.map(socket => collect<{ text: string }>(socket, 'announcement'))
      const boards = sockets.map(socket => collect<LobbyMessage>(socket, 'lobby:update'))
      for (const socket of sockets) {
        expect(await ask(socket, 'game:watch', { gameId: game.id })).toMatchObject({ ok: true })
        expect(await ask(socket, 'lobby:watch')).toMatchObject({ ok: true })
      }
      await Promise.all(
        sockets.map((socket, i) => ask(socket, 'chat:send', { gameId: game.id, id: `message-${i}`, text: `Go ${i}`, name: 'Ana' })),
      )
      await server.api('/api/v1/announcements', { text: 'Car park closed' })
      await server.play(game.id, { kind: '3pt', side: 'home' })
      const isOnBoard = (all: LobbyMessage[]) => all.some(({ games }) => games.some(row => row.id === game.id && row.score.home === 3))
      await until(
        () => chats.every(all => all.length >= sockets.length - 1) && announced.every(all => all.length > 0) && boards.every(isOnBoard),
      )
      await until(() => viewers.every(all => all.at(-1)?.count === sockets.length))
      expect(chats.map(all => new Set(all.map(message => message.n)).size)).toEqual(sockets.map(() => sockets.length - 1))
      expect(announced.map(all => all.map(({ text }) => text))).toEqual(sockets.map(() => ['Car park closed']))
    } finally {
      close(sockets)
    }
  })

  it('[N4] a token made by the operator is good at both, and once an admin has ended it, its sockets close at both', async () => {
    const made = JSON.parse(await server.sideline('token', 'create', '--name', 'feed', '--scope', 'score', '--json'))
    const { token } = made as { token: string }
    const sockets = await openAll({ auth: { v: PROTOCOL_VERSION, token } })
    try {
      const headers = await signIn()
      const { tokens } = (await (await fetch(`${server.url}/api/v1/admin/tokens`, { headers })).json()) as {
        tokens: { id: string; name: string }[]
      }
      const id = tokens.find(({ name }) => name === 'feed')?.id
      expect((await fetch(`${server.url}/api/v1/admin/tokens/${id}`, { method: 'DELETE', headers })).status).toBe(200)
      console.log(`sockets of an ended token closed after ${Math.round(await until(() => sockets.every(socket => !socket.connected)))} ms`)
    } finally {
      close(sockets)
    }
  })

  it('[N3] whoever asks either of them sees what was taken by the other', async () => {
    const game = await server.createGame()
    const read = async () => {
      const answer = await fetch(`${server.url}/api/v1/games/${game.id}`, { headers: { connection: 'close' } })
      return ((await answer.json()) as { game: { seq: number } }).game.seq
    }
    // Both keep the game from now on.
    expect(await Promise.all(Array.from({ length: 6 }, read))).toEqual(Array(6).fill(0))
    for (let seq = 1; seq <= 5; seq++) {
      await server.play(game.id, { kind: '2pt', side: 'away' })
      await sleep(120)
      expect(await Promise.all(Array.from({ length: 4 }, read))).toEqual(Array(4).fill(seq))
    }
  })

  it('draw a page for everybody at their own door', async () => {
    const game = await server.createGame()
    const page = async () => (await fetch(`${server.url}/games/${game.id}`, { headers: { connection: 'close' } })).text()
    const all = await Promise.all(Array.from({ length: 8 }, page))
    for (const html of all) expect(html).toContain((game.home as { name: string }).name)
    const renders = await byWorker('sideline_page_renders_total')
    expect(Object.values(renders).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0)
  })

  it('count commits where they are made, and say who measures what', async () => {
    const groups = await byWorker('sideline_db_groups')
    expect(Object.keys(groups)).toEqual(['0'])
    expect(groups['0']).toBeGreaterThan(0)
    expect(Object.keys(await byWorker('process_resident_memory_bytes')).sort()).toEqual(['0', '1', '2'])
    expect(await byWorker('sideline_workers')).toEqual({ 0: 2 })
    expect((await byWorker('sideline_worker_restarts_total'))['0']).toBeGreaterThan(0)
  })

  it('keep a restore and a second server out', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'sideline-workers-'))
    try {
      const [taken, locked, restored] = await Promise.all([
        failing({ PORT: String(server.port), DATA_DIR: elsewhere }),
        failing({ PORT: '0', DATA_DIR: server.dataDir }),
        server.sideline('restore', join(elsewhere, 'copy.db')).catch((error: Error) => error.message),
      ])
      expect(taken).toEqual({ code: 69, text: `PORT: ${server.port} is taken by another program\n` })
      expect(locked).toEqual({ code: 78, text: expect.stringMatching(/^DATA_DIR .* is in use by process \d+\n$/) })
      expect(restored).toMatch(/the server is running: stop it first/)
    } finally {
      rmSync(elsewhere, { recursive: true, force: true })
    }
  })

  it('end when the process that started them is killed, and nothing they answered is lost', async () => {
    const game = await server.createGame()
    const { seq } = await server.play(game.id, { kind: '2pt', side: 'home' })
    const workers = workersOf(parentOf(server))
    expect(workers).toHaveLength(2)
    await server.restart({ signal: 'SIGKILL' })
    await until(() => workers.every(pid => !isAlive(pid)))
    expect(await server.api(`/api/v1/games/${game.id}`)).toMatchObject({ status: 200, body: { game: { seq } } })
  })

  it('F22 told to stop, let their fans go, and end', async () => {
    await until(() => server.output().match(/^Sideline is at /gm)?.length === 2)
    const sockets = await openAll()
    const drains = sockets.map(socket => collect(socket, 'sys:drain'))
    const workers = workersOf(parentOf(server))
    expect(await server.stop()).toBe(0)
    expect(workers.filter(isAlive)).toEqual([])
    await until(() => sockets.every(socket => !socket.connected))
    expect(drains.map(all => all.length)).toEqual(sockets.map(() => 1))
  })
})

it('[N1] on PostgreSQL they are nodes as on any other machine', async () => {
  const postgres = await startPostgres()
  const another = await startServer({ env: { WORKERS: '2', DATABASE_URL: await postgres.database() } })
  try {
    const game = await another.createGame()
    const watchers = Array.from({ length: 8 }, () => new Watcher(another.url, game.id))
    const invocations: Invocation[] = []
    const acknowledged = () => invocations.filter(({ outcome }) => typeof outcome === 'object').length
    await until(() => watchers.every(watcher => watcher.shown.length > 0))
    await Promise.all([0, 1, 2].map(i => score(another, game.id, i % 2 ? 'home' : 'away', invocations, () => acknowledged() >= 60)))
    const log = await readLog(another, game.id)
    const truth = truthOf(log)
    await until(() => watchers.every(watcher => watcher.state === truth)).catch(() => null)
    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    for (const watcher of watchers) watcher.socket.disconnect()
    expect(await another.stop()).toBe(0)
  } finally {
    await another.dispose()
    await postgres.dispose()
  }
})

/** Starts a server that cannot start, and waits for its end. */
function failing(env: Record<string, string>): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, ['dist/server.js'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', HOST: '127.0.0.1', DEMO: '0', WORKERS: '2', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (more: string) => {
      text += more
    })
  }
  return new Promise(done => child.once('close', code => done({ code, text })))
}
