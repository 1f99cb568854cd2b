import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { UpdateMessage } from '#domain/protocol.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { type Server, startServer } from '#e2e/server.ts'
import { createRandom } from '#test/sim/random.ts'
import { type House, TARGETS } from './bodies.ts'
import { FUZZED_EVENTS } from './frames.ts'
import { loadKinds } from './plays.ts'
import { sendBodies } from './requests.ts'
import { throwFrames } from './sockets.ts'
import { allEvents, allRoutes, describedEvents, isWrite } from './surface.ts'
import { createTally } from './tally.ts'

const FRAMES = Number(process.env.HOSTILE_FRAMES ?? 100_000)
const BODIES = Number(process.env.HOSTILE_BODIES ?? 20_000)
const SEED = Number(process.env.SEED ?? 20_301)
const RUN_MS = 600_000
const MIB = 1024 * 1024
/** More than any of this may leave behind, passwords being hashed and garbage not yet collected included. */
const MOST_GROWN = 400 * MIB

let server: Server
let game: Game
let watcher: Socket
let house: House
let admins: string[]
let before: Figures
const updates: UpdateMessage[] = []

/** What the server says of itself. */
interface Figures {
  startedAt: number
  residentBytes: number
  sockets: number
  rooms: number
  watched: number
  delayP99Ms: number
  delayMostMs: number
  cpuSeconds: number
}

async function figures(): Promise<Figures> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
  return {
    startedAt: read('process_start_time_seconds'),
    residentBytes: read('process_resident_memory_bytes'),
    sockets: read('sideline_ws_clients'),
    rooms: read('sideline_ws_rooms'),
    watched: read('sideline_games_watched'),
    delayP99Ms: Math.round(read('nodejs_eventloop_lag_p99_seconds') * 1000),
    delayMostMs: Math.round(read('nodejs_eventloop_lag_max_seconds') * 1000),
    cpuSeconds: read('process_cpu_seconds_total'),
  }
}

async function made<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T> {
  const answer = await server.api<T>(path, body, headers ? { token: null, headers } : {})
  if (answer.status !== 200 && answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
async function signIn(account: { email: string; password: string }): Promise<string> {
  const answer = await server.api('/api/auth/sign-in/email', account, { token: null, headers: { origin: server.url } })
  if (answer.status !== 200) throw new Error(`${account.email} could not sign in: ${answer.status}`)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

beforeAll(async () => {
  process.stdout.write(`SEED=${SEED} HOSTILE_FRAMES=${FRAMES} HOSTILE_BODIES=${BODIES}\n`)
  server = await startServer({ env: { MAX_CONNECTIONS_PER_IP: '0', TRUSTED_PROXIES: '127.0.0.1' } })
  game = await server.createGame()
  const owner = { cookie: await signIn(server.owner), origin: server.url }
  const makeToken = async () => (await made<{ token: string }>('/api/v1/admin/tokens', { name: 'Admin', scopes: ['admin'] }, owner)).token
  admins = []
  for (let i = 0; i < 24; i++) admins.push(await makeToken())
  const fan = { email: 'fan@club.example', password: 'turnstile of a fan' }
  await made('/api/v1/admin/people', { ...fan, name: 'Fan', role: 'scorer', grants: { games: [], competitions: [] } }, owner)
  const { competition } = await made<{ competition: { id: string } }>('/api/v1/competitions', {
    name: 'Harbour League',
    sport: 'basketball',
  })
  const games: Game[] = []
  for (const sport of [...Object.keys(SPORTS), ...Object.keys(SPORTS)]) games.push(await server.createGame({ sport }))
  for (const { id } of games)
    await server.play(
      id,
      Array.from({ length: 6 }, () => ({ kind: 'note', data: { text: 'seen' } })),
    )
  house = {
    games,
    scrap: [],
    leagues: [],
    competitions: [competition.id],
    messages: [],
    tokens: [],
    people: [],
    players: [],
    teams: games.map(({ home }) => home.id),
    announcements: [],
    fan: { ...fan, cookie: await signIn(fan) },
    play: await loadKinds(),
  }
  watcher = io(server.url, { transports: ['websocket'], forceNew: true })
  watcher.on('game:update', (message: UpdateMessage) => updates.push(message))
  expect(await watcher.emitWithAck('game:watch', { gameId: game.id })).toMatchObject({ ok: true })
  before = await figures()
}, 300_000)
afterAll(async () => {
  watcher?.disconnect()
  await server?.dispose()
})

/** What a server says when something went wrong that nobody foresaw, traces included. */
const COMPLAINT = /unhandledRejection|uncaughtException|socket handler failed|handshake failed|request failed|a listener failed|^\s+at \S+/

/** The server that was there at the beginning, with nothing to say about what it was sent. */
async function expectUnharmed(what: string): Promise<void> {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  const now = await figures()
  expect(now.startedAt).toBe(before.startedAt)
  const complaints = server
    .output()
    .split('\n')
    .filter(line => COMPLAINT.test(line))
  expect(complaints).toEqual([])
  const grown = Math.round((now.residentBytes - before.residentBytes) / MIB)
  process.stdout.write(
    `${what}: memory ${Math.round(now.residentBytes / MIB)} MiB (${grown >= 0 ? '+' : ''}${grown}), event-loop delay p99 ${now.delayP99Ms} ms, worst ${now.delayMostMs} ms, ` +
      `processor ${(now.cpuSeconds - before.cpuSeconds).toFixed(1)} s\n`,
  )
  expect(now.residentBytes - before.residentBytes).toBeLessThan(MOST_GROWN)
}

describe('S9 S10 S11 whatever is sent', () => {
  it('every event and every route that writes is among what is sent', () => {
    expect(FUZZED_EVENTS).toEqual(allEvents())
    expect(describedEvents()).toEqual(allEvents())
    expect(Object.keys(TARGETS).sort()).toEqual(allRoutes().filter(isWrite))
  })

  it(
    `S9 ${FRAMES} hostile frames are answered or close their socket`,
    async () => {
      const tally = createTally(FUZZED_EVENTS)
      const hidden = await server.createGame({ visibility: 'private' })
      const world = { games: [...house.games, hidden].map(({ id, epoch }) => ({ id, epoch })), competitions: house.competitions }
      const began = performance.now()
      const thrown = await throwFrames({ url: server.url, total: FRAMES, random: createRandom(SEED), world, tally, tokens: admins })
      const seconds = (performance.now() - began) / 1000
      process.stdout.write(`${tally.print('frames')}\n${thrown.frames} frames on ${thrown.sockets} sockets in ${seconds.toFixed(1)} s\n`)
      await expectUnharmed('frames')

      expect(thrown.internal).toEqual([])
      expect(thrown.unanswered).toEqual([])
      expect(thrown.survived).toEqual([])
      expect(thrown.frames).toBeGreaterThanOrEqual(FRAMES)
      const { sent, reached } = tally.total()
      expect(reached / sent).toBeGreaterThan(0.3)
      for (const event of FUZZED_EVENTS) expect([event, (tally.rows().get(event)?.ok ?? 0) > 0]).toEqual([event, true])
      for (const code of ['INVALID_PAYLOAD', 'RATE_LIMITED', 'UNKNOWN_GAME', 'AUTH_INVALID'])
        expect([code, tally.answers(code) > 0]).toEqual([code, true])

      // Nobody is left in a room: of all these sockets the watcher's alone is there.
      await expect.poll(async () => (await figures()).sockets, { timeout: 60_000 }).toBe(before.sockets)
      const after = await figures()
      expect([after.rooms, after.watched]).toEqual([before.rooms, before.watched])
    },
    RUN_MS,
  )

  it(
    `S9 S10 ${BODIES} hostile bodies are answered in the words of the interface`,
    async () => {
      for (const { id } of house.games) {
        const { messages } = (await server.api<{ messages: { id: string }[] }>(`/api/v1/games/${id}/chat?limit=200`)).body
        house.messages.push(...messages.map(message => ({ gameId: id, id: message.id })))
      }
      const tally = createTally(Object.keys(TARGETS))
      const askers = { program: server.token, admins }
      const began = performance.now()
      const sent = await sendBodies({ port: server.port, total: BODIES, random: createRandom(SEED + 1), house, askers, tally })
      const seconds = (performance.now() - began) / 1000
      process.stdout.write(`${tally.print('bodies')}\n${sent.bodies} bodies in ${seconds.toFixed(1)} s\n`)
      await expectUnharmed('bodies')

      expect(sent.internal).toEqual([])
      expect(sent.odd).toEqual([])
      expect(sent.bodies).toBeGreaterThanOrEqual(BODIES)
      const total = tally.total()
      expect(total.reached / total.sent).toBeGreaterThan(0.3)
      for (const [route, { reached }] of tally.rows()) expect([route, reached > 0]).toEqual([route, true])
      // The two that no body of a stranger's can get anything from.
      const without = [...tally.rows()].filter(([, { ok }]) => ok === 0).map(([route]) => route)
      expect(without.filter(route => route !== 'POST /api/v1/setup' && !route.endsWith('{path}'))).toEqual([])
    },
    RUN_MS,
  )

  it('S11 has changed no prototype, and a play still reaches who watches', async () => {
    // A polluted prototype would show here: in the status, in the headers, and in what nobody may do.
    const read = await server.api('/api/v1/sports', undefined, { token: null })
    expect([read.status, read.headers.get('x-polluted')]).toEqual([200, null])
    const session = await server.api('/api/auth/get-session', undefined, { token: null })
    expect(session.body).toEqual({ account: null })
    expect((await server.api('/api/v1/admin/people', undefined, { token: null })).status).toBe(401)
    expect((await server.api('/api/v1/announcements', { text: 'x' }, { token: null })).status).toBe(401)

    updates.length = 0
    const { game: now } = await server.play(game.id, { kind: '3pt', side: 'home', player: 'Osei' })
    expect(now.score).toEqual({ home: 3, away: 0 })
    await expect.poll(() => updates.at(-1)?.seq, { timeout: 60_000 }).toBe(now.seq)
    expect(updates.at(-1)).toMatchObject({ gameId: game.id, game: { score: { home: 3, away: 0 } }, plays: [{ kind: '3pt' }] })
  })
})
