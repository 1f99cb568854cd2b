import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { PROTOCOL_VERSION, type UpdateMessage } from '#domain/protocol.ts'
import { type Server, startServer } from '#e2e/server.ts'
import { startServer as startApp } from '../server/running.ts'
import { percentile } from './process.ts'
import { until } from './until.ts'

/** Guests of different addresses: what one may say is limited. */
const GUESTS = Number(process.env.STORM_GUESTS ?? 60)
const STORM_MS = Number(process.env.STORM_MS ?? 3_000)
/** How many of them also read what the others say. */
const LISTENERS = Math.min(GUESTS, 50)
/** Each as often as it may: five in ten seconds. */
const EACH_MS = 2_000
const PAUSE_MS = 25
const FEW = 20

let server: Server
const sockets: Socket[] = []
beforeAll(async () => {
  server = await startServer({ env: { TRUSTED_PROXIES: '127.0.0.1' } })
})
afterAll(async () => {
  for (const socket of sockets) socket.disconnect()
  await server.dispose()
})

async function open(address: string): Promise<Socket> {
  const socket = io(server.url, {
    transports: ['websocket'],
    forceNew: true,
    auth: { v: PROTOCOL_VERSION },
    extraHeaders: { 'x-forwarded-for': address },
  })
  sockets.push(socket)
  await new Promise<void>((done, fail) => socket.once('connect', done).once('connect_error', fail))
  return socket
}

it(`F33 ${GUESTS} guests chat in one game as fast as they may: the plays of another reach its pages as before, every one`, {
  timeout: 240_000,
}, async () => {
  const [loud, other] = [await server.createGame(), await server.createGame()]
  const reader = await open('192.0.2.250')
  const seenAt = new Map<number, number>()
  reader.on('game:update', ({ plays }: UpdateMessage) => {
    for (const { seq } of plays) seenAt.set(seq, performance.now())
  })
  await reader.emitWithAck('game:watch', { gameId: other.id })
  const guests = await Promise.all(Array.from({ length: GUESTS }, (_, i) => open(`198.51.${i >> 8}.${i & 255}`)))
  let heard = 0
  for (const guest of guests.slice(0, LISTENERS)) {
    await guest.emitWithAck('game:watch', { gameId: loud.id })
    guest.on('chat:message', () => {
      heard += 1
    })
  }

  /** From the moment a play is posted until it is on the page; so long, and so many at least. */
  async function score(ms: number): Promise<number[]> {
    const ages: number[] = []
    const end = performance.now() + ms
    while (performance.now() < end || ages.length < FEW) {
      const posted = performance.now()
      const { seq } = await server.play(other.id, { kind: '2pt', side: 'home' })
      await until(() => seenAt.has(seq))
      ages.push((seenAt.get(seq) ?? Number.NaN) - posted)
      await sleep(PAUSE_MS)
    }
    return ages
  }
  await score(0)
  const quiet = await score(STORM_MS / 2)
  const told = { ok: 0, refused: 0, late: 0 }
  let isOver = false
  const storm = guests.map(async (guest, i) => {
    await sleep((EACH_MS * i) / GUESTS)
    while (!isOver) {
      const said = { gameId: loud.id, id: randomUUID(), name: `Guest ${i}`, text: 'Go' }
      const answer = (await guest
        .timeout(20_000)
        .emitWithAck('chat:send', said)
        .catch(() => null)) as { ok: boolean } | null
      told[answer === null ? 'late' : answer.ok ? 'ok' : 'refused'] += 1
      await sleep(EACH_MS)
    }
  })
  await sleep(200)
  const stormy = await score(STORM_MS)
  await until(() => told.ok > GUESTS)
  isOver = true
  await Promise.all(storm)
  await until(() => heard > told.ok * (LISTENERS - 1) * 0.5)
  const figures = (of: number[]) => [50, 99].map(share => percentile(of, share).toFixed(1)).join(' and ')
  console.log(
    `${told.ok} lines taken, ${told.refused} refused, ${told.late} late, ${heard} heard; p50 and p99 of a play ${figures(quiet)} ms in quiet, ${figures(stormy)} ms in the storm`,
  )
  // A few milliseconds as before; behind what is chatted it would be as many seconds.
  expect(percentile(stormy, 50)).toBeLessThan(Math.max(10 * percentile(quiet, 50), 2_500))
})

it('F33 more lines at once than a game can take: some are asked to come again, the others are numbered without a hole', async () => {
  const own = await startApp()
  try {
    const game = await own.createGame()
    const send = (i: number) =>
      own.app.chat.send(
        { account: null, address: `198.51.100.${i}`, socketId: null },
        { gameId: game.id, id: `line-${i}-of-many`, text: 'Go', name: 'Fan' },
      )
    const answers = await Promise.all(Array.from({ length: 250 }, (_, i) => send(i)))
    const taken = answers.flatMap(answer => (answer.ok ? [answer.message.n] : []))
    const refused = answers.flatMap(answer => (answer.ok ? [] : [answer.error]))
    expect(taken.sort((a, b) => a - b)).toEqual(taken.map((_, i) => i + 1))
    expect(Math.min(taken.length, refused.length)).toBeGreaterThan(50)
    for (const error of refused) expect(error).toMatchObject({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: expect.any(Number) })
    expect(await send(250)).toMatchObject({ ok: true, message: { n: taken.length + 1 } })
  } finally {
    await own.stop()
  }
})
