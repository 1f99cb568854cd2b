import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { SidelineError } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import { type LobbyMessage, PROTOCOL_VERSION, type UpdateMessage } from '#domain/protocol.ts'
import { type Recorded, type Server, startServer } from '../../e2e/server.ts'
import { type Api, Watcher } from './crowd.ts'
import { startChaosProxy } from './proxy.ts'
import { burst, expectHints, expectNoLooks, looksSince, startTwoNodes, type TwoNodes } from './two-nodes.ts'
import { until } from './until.ts'

type Refusal = { error: SidelineError; game?: Game }

/** Longer on demand: each fault lasts so long. */
const FAULT_MS = Number(process.env.FAULT_MS ?? 3_000)
/** Longer than any look back at what was written lately. */
const CUT_MS = 9_000
/** What a machine that is busy with everything else is given to answer one message. */
const ANSWERED_MS = 20_000

let nodes: TwoNodes
const sockets: Socket[] = []
beforeAll(async () => {
  nodes = await startTwoNodes()
}, 300_000)
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect()
})
afterAll(async () => {
  const printed = nodes ? [nodes.a, nodes.b].map(node => node.output()).join('') : ''
  await nodes?.dispose()
  expect(printed).not.toMatch(/uncaughtException|unhandledRejection|a listener failed/)
})

const status = async (node: Server, path: string, token: string | null = null) => (await node.api(path, undefined, { token })).status
const basket = (side: 'home' | 'away' = 'home') => ({ id: randomUUID(), kind: '2pt', side })
const record = (node: Server, gameId: string, play: object) => node.api<Recorded & Refusal>(`/api/v1/games/${gameId}/plays`, play)

/** A quiet game that was followed at both nodes all the while: its hints go again by themselves, both ways. */
async function hintsAreBack(quiet: Quiet): Promise<void> {
  await until(async () => (await nodes.redis.ask(`PUBSUB NUMSUB sideline:game:${quiet.game.id}`)).endsWith(':2'))
  await expectHints(nodes.a, quiet.game.id, quiet.atB)
  await expectHints(nodes.b, quiet.game.id, quiet.atA)
}

/** Plays are shown for as long as the fault lasts, and as it has to be without hints: each time by another look. */
async function shownByLooks(show: () => Promise<unknown>): Promise<void> {
  const since = performance.now()
  let times = 0
  while (performance.now() - since < FAULT_MS) {
    await show()
    times += 1
  }
  // One more, for what was on its way when Redis fell silent.
  expect(times).toBeLessThanOrEqual(looksSince(since) + 1)
}

interface Quiet {
  game: Game
  atA: Watcher
  atB: Watcher
}
async function quietGame(): Promise<Quiet> {
  const game = await nodes.b.createGame()
  const [atA, atB] = [new Watcher(nodes.a.url, game.id), new Watcher(nodes.b.url, game.id)]
  sockets.push(atA.socket, atB.socket)
  await until(() => atA.shown.length > 0 && atB.shown.length > 0)
  return { game, atA, atB }
}

async function open(node: Server, { auth = {}, headers = {} }: { auth?: object; headers?: Record<string, string> } = {}): Promise<Socket> {
  const socket = io(node.url, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    auth: { v: PROTOCOL_VERSION, ...auth },
    extraHeaders: headers,
  })
  sockets.push(socket)
  await new Promise<void>((done, fail) => socket.once('connect', done).once('connect_error', fail))
  return socket
}
const watch = (socket: Socket, gameId: string) =>
  socket.timeout(ANSWERED_MS).emitWithAck('game:watch', { gameId }) as Promise<{ ok: boolean; error?: SidelineError }>

async function signIn(node: Server): Promise<{ cookie: string; origin: string }> {
  const response = await fetch(`${node.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: node.url },
    body: JSON.stringify(nodes.a.owner),
  })
  expect(response.status).toBe(200)
  const cookie = response.headers.getSetCookie().map(line => line.split(';')[0])
  return { cookie: cookie.join('; '), origin: node.url }
}

describe('Redis', () => {
  it('F7 is killed in mid-burst and comes back empty: nothing is lost, scorers notice nothing, hints go again by themselves', async () => {
    const { a, b, redis } = nodes
    const quiet = await quietGame()
    await burst(nodes, { scorers: [a, a], pages: [a.url, b.url, b.url] }, async ({ watchers, more, shown }) => {
      const [here, ...there] = watchers as [Watcher, ...Watcher[]]
      await redis.kill()
      // Neither scorers nor the readers of their own node wait for anything.
      await expectNoLooks(async () => {
        await more(5)
        await shown([here])
      })
      await shownByLooks(async () => {
        await more(5)
        await shown(there)
      })
      await redis.start()
    })
    await hintsAreBack(quiet)
    for (const node of [a, b]) expect(node.output()).toContain('Redis is out of reach')
  })

  it('F8 stands still in mid-burst: plays and reads are answered, guessing is held up all the same, hints go again', async () => {
    const { a, b, redis } = nodes
    const quiet = await quietGame()
    await burst(nodes, { scorers: [a, a], pages: [a.url, b.url] }, async ({ game, more, shown }) => {
      redis.freeze()
      try {
        await shownByLooks(async () => {
          await more(5)
          await shown()
          expect(await status(b, `/api/v1/games/${game.id}`)).toBe(200)
        })
        await signIn(b)
        const guess = { email: 'nobody@example.org', password: 'a wrong guess' }
        const answers: number[] = []
        // The delay doubles, so that however slowly the guesses come one of them is too early.
        while (answers.at(-1) !== 429 && answers.length < 12) {
          answers.push((await a.api('/api/auth/sign-in/email', guess, { token: null, headers: { origin: a.url } })).status)
        }
        expect(answers.slice(0, 4)).toEqual([401, 401, 401, 401])
        expect(answers.at(-1)).toBe(429)
      } finally {
        redis.thaw()
      }
    })
    await hintsAreBack(quiet)
  })
})

describe('a node', () => {
  it('F11 is killed in mid-burst: its readers go on at the other from where they were, its scorers send again, nothing is lost or doubled', async () => {
    const { a, b } = nodes
    // The one address that people know; connections to a node that is gone are made to the other.
    const door = { port: a.port }
    const balancer = await startChaosProxy(door)
    const scorer: Api = { api: (...request) => (door.port === a.port ? a : b).api(...request) }
    try {
      const { retried, watchers } = await burst(
        nodes,
        { scorers: [scorer, scorer, b], pages: [balancer.url, balancer.url, balancer.url, b.url] },
        async ({ more, shown }) => {
          await a.stop('SIGKILL')
          door.port = b.port
          balancer.reset()
          await shown()
          await more(20)
        },
      )
      expect(retried).toBeGreaterThan(0)
      const moved = watchers.slice(0, 3)
      expect(moved.map(watcher => watcher.reconnects)).toEqual([2, 2, 2])
      // Each took up where it was: a page that had shown something needed no snapshot.
      expect(moved.map(watcher => watcher.shown.filter(shown => shown.bySnapshot).length)).toEqual([1, 1, 1])
      expect(watchers[3]?.reconnects).toBe(1)
    } finally {
      await balancer.close()
      await a.restart()
    }
  })

  it('F12 is cut from the database: it takes no plays and lets its readers go, the other goes on, and after healing all agree', async () => {
    const { a, b, toDatabase } = nodes
    const other = await b.createGame()
    const board = async () => {
      const socket = await open(a)
      const { games } = (await socket.timeout(ANSWERED_MS).emitWithAck('lobby:watch', {})) as { games: LobbyMessage['games'] }
      socket.disconnect()
      return games.find(row => row.id === other.id)
    }
    await until(async () => (await board()) !== undefined)
    await burst(nodes, { scorers: [a, b], pages: [a.url, a.url, b.url] }, async ({ game, more, watchers }) => {
      toDatabase.refuse()
      toDatabase.reset()
      // Followed by nobody here, told of by a hint that leads nowhere: the board has to find it afterwards.
      const { seq } = await b.play(other.id, basket('away'))
      const refused = await record(a, game.id, basket())
      expect([refused.status, refused.body.error.code, refused.body.error.retryable]).toEqual([503, 'UNAVAILABLE', true])
      expect([await status(a, '/healthz'), await status(a, '/readyz'), await status(b, '/readyz')]).toEqual([200, 503, 200])
      expect(await status(a, `/api/v1/games/${game.id}`)).toBe(200)
      const cutSince = performance.now()
      // Its readers are told: their sockets go, to a node that sees the database, or to none.
      const connected = () => watchers.map(watcher => watcher.socket.connected)
      await until(() => connected().join() === 'false,false,true')
      while (performance.now() - cutSince < Math.max(FAULT_MS, CUT_MS)) await more(5)
      toDatabase.heal()
      await until(async () => (await status(a, '/readyz')) === 200)
      await more(10)
      await until(() => watchers.every(watcher => watcher.socket.connected))
      await until(async () => ((await board())?.seq ?? 0) >= seq).catch(async error => {
        throw new Error(`${error.message}, ${seq} of ${JSON.stringify(await board())}: ${a.output().slice(-4_000)}`)
      })
    })
  })
})

describe('nodes without Redis', () => {
  it('F12 one that is cut from the database lets its readers go as well, once it has seen what another recorded', async () => {
    const url = await nodes.postgres.database()
    const toDatabase = await startChaosProxy({ port: nodes.postgres.port })
    const [a, b] = await Promise.all([
      startServer({ env: { DATABASE_URL: url.replace(`:${nodes.postgres.port}/`, `:${toDatabase.port}/`) } }),
      startServer({ env: { DATABASE_URL: url } }),
    ])
    try {
      const game = await b.createGame()
      const watcher = new Watcher(a.url, game.id)
      sockets.push(watcher.socket)
      await until(() => watcher.shown.length > 0)
      const { seq } = await b.play(game.id, basket())
      await until(() => watcher.shown.at(-1)?.seq === seq)
      toDatabase.refuse()
      toDatabase.reset()
      await until(() => !watcher.socket.connected)
      const missed = await b.play(game.id, basket('away'))
      toDatabase.heal()
      await until(() => watcher.socket.connected && watcher.shown.at(-1)?.seq === missed.seq)
    } finally {
      await Promise.all([a.dispose(), b.dispose()])
      await toDatabase.close()
    }
  })
})

describe('two nodes at once', () => {
  it('F18 one play sent ten times to both is one play; with another body it is refused', async () => {
    const { a, b } = nodes
    const game = await b.createGame()
    for (let round = 0; round < 5; round++) {
      const play = basket()
      const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => recordSurely(i % 2 ? a : b, game.id, play)))
      const statuses = answers.map(answer => answer.status).sort()
      expect(statuses).toEqual([...Array(9).fill(200), 201])
      expect(new Set(answers.map(({ body }) => JSON.stringify([body.seq, body.plays.map(one => [one.seq, one.id])]))).size).toBe(1)
      expect(answers[0]?.body.seq).toBe(round + 1)
      for (const node of [a, b]) {
        const other = await record(node, game.id, { ...play, kind: '3pt' })
        expect([other.status, other.body.error.code]).toEqual([409, 'IDEMPOTENCY_MISMATCH'])
      }
    }
  })

  it('F19 of two scorers who expect the same head one is written, the other is told the game as it is now', async () => {
    const { a, b } = nodes
    const game = await b.createGame()
    for (let n = 0; n < 20; n++) {
      const answers = await Promise.all(
        [a, b].map((node, i) => recordSurely(node, game.id, { ...basket(i ? 'home' : 'away'), expectedSeq: n })),
      )
      expect(answers.map(answer => answer.status).sort()).toEqual([201, 409])
      const refused = answers.find(answer => answer.status === 409)?.body
      expect([refused?.error.code, refused?.game?.seq]).toEqual(['CONFLICT', n + 1])
    }
    const { score } = (await a.api<{ game: Game }>(`/api/v1/games/${game.id}`)).body.game
    expect(score.home + score.away).toBe(40)
  })
})

/** Two nodes that keep writing first may ask to be asked again. */
async function recordSurely(node: Server, gameId: string, play: object) {
  for (;;) {
    const answer = await record(node, gameId, play)
    if (answer.body.error?.code !== 'BUSY_RETRY') return answer
    await sleep(20)
  }
}

describe.each(['with Redis', 'without Redis'])('what ends at one node ends at the other, %s', how => {
  const isWithout = how.startsWith('without')
  beforeAll(async () => {
    if (isWithout) await nodes.redis.kill()
  })
  afterAll(async () => {
    if (isWithout) await nodes.redis.start()
  })

  it('S4 a token', async () => {
    const { a, b } = nodes
    const name = `Feed ${how}`
    const made = JSON.parse(await a.sideline('token', 'create', '--name', name, '--scope', 'score', '--json')) as { token: string }
    const socket = await open(b, { auth: { token: made.token } })
    const signedIn = await signIn(a)
    const tokens = await (await fetch(`${a.url}/api/v1/admin/tokens`, { headers: signedIn })).json()
    const id = (tokens as { tokens: { id: string; name: string }[] }).tokens.find(token => token.name === name)?.id
    const revoked = await fetch(`${a.url}/api/v1/admin/tokens/${id}`, { method: 'DELETE', headers: signedIn })
    expect(revoked.status).toBe(200)
    await until(() => !socket.connected)
    const game = await b.createGame()
    expect((await b.api(`/api/v1/games/${game.id}/plays`, basket(), { token: made.token })).status).toBe(401)
  })

  it('S4 a sign-in, which is good at both until then', async () => {
    const { a, b } = nodes
    const signedIn = await signIn(a)
    const atB = { ...signedIn, origin: b.url }
    const who = async () => (await (await fetch(`${b.url}/api/auth/get-session`, { headers: atB })).json()) as { account: object | null }
    expect((await who()).account).toMatchObject({ role: 'owner' })
    const socket = await open(b, { headers: atB })
    const signedOut = await fetch(`${a.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { ...signedIn, 'content-type': 'application/json' },
      body: '{}',
    })
    expect(signedOut.status).toBe(200)
    await until(() => !socket.connected)
    await until(async () => (await who()).account === null)
  })

  it('a game that is deleted', async () => {
    const { a, b } = nodes
    const game = await a.createGame()
    const socket = await open(b)
    expect(await watch(socket, game.id)).toMatchObject({ ok: true })
    expect(await status(b, `/games/${game.id}`)).toBe(200)
    const board = new Set<string>()
    socket.on('lobby:update', ({ games, removed }: LobbyMessage) => {
      for (const { id } of games) board.add(id)
      for (const id of removed) board.delete(id)
    })
    const { games } = (await socket.timeout(ANSWERED_MS).emitWithAck('lobby:watch', {})) as { games: { id: string }[] }
    for (const { id } of games) board.add(id)
    const unfollowed = await a.createGame()
    await until(() => board.has(game.id) && board.has(unfollowed.id))
    expect((await a.api(`/api/v1/games/${game.id}`, undefined, { method: 'DELETE' })).status).toBeLessThan(300)
    expect((await a.api(`/api/v1/games/${unfollowed.id}`, undefined, { method: 'DELETE' })).status).toBeLessThan(300)
    await until(() => !board.has(game.id) && !board.has(unfollowed.id))
    expect(await status(b, `/api/v1/games/${game.id}`)).toBe(410)
    expect(await watch(socket, game.id)).toMatchObject({ ok: false, error: { code: 'GONE' } })
    expect(await status(b, `/games/${game.id}`)).toBe(404)
  })

  it('the right to see a game that is made private', async () => {
    const { a, b } = nodes
    const game = await a.createGame()
    const [stranger, scorer] = [await open(b), await open(b, { auth: { token: b.token } })]
    const seen = { stranger: 0, scorer: 0 }
    for (const [who, socket] of [
      ['stranger', stranger],
      ['scorer', scorer],
    ] as const) {
      expect(await watch(socket, game.id)).toMatchObject({ ok: true })
      socket.on('game:update', ({ seq }: UpdateMessage) => {
        seen[who] = seq
      })
    }
    await a.play(game.id, basket())
    await until(() => seen.stranger === 1 && seen.scorer === 1)
    await a.play(game.id, { kind: 'edit', data: { visibility: 'private' } })
    await a.play(game.id, basket())
    await until(() => seen.scorer === 3)
    await a.play(game.id, basket())
    await until(() => seen.scorer === 4)
    expect(seen.stranger).toBe(1)
    expect(await status(b, `/api/v1/games/${game.id}`)).toBe(404)
    expect(await status(b, `/games/${game.id}`)).toBe(404)
    expect(await watch(stranger, game.id)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_GAME' } })
  })
})
