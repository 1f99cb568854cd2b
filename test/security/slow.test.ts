import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Server, startServer } from '#e2e/server.ts'
import { dial, type Line, lines } from './wire.ts'

const HALF_OPEN = 500
const SLOW_BODIES = 40
const SILENT = 40
/** Headers may take 10 s, a request 15 s, and they are looked at every second: five times as long is never. */
const FREED_MS = 80_000

let server: Server
let gameId = ''
const all: Line[] = []
beforeAll(async () => {
  server = await startServer()
  gameId = (await server.createGame()).id
})
afterAll(async () => {
  for (const line of all) line.close()
  await server.dispose()
})

async function many(count: number, send: (line: Line) => void): Promise<Line[]> {
  const made: Line[] = []
  for (let i = 0; i < count; i++) {
    const line = await dial(server.port)
    send(line)
    made.push(line)
  }
  all.push(...made)
  return made
}

describe('S28 requests that never end', () => {
  it('are given up on, while everybody else is answered', { timeout: 180_000 }, async () => {
    const halves = await many(HALF_OPEN, line => line.send('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: '))
    const silent = await many(SILENT, () => {})
    const head = lines(
      `POST /api/v1/games/${gameId}/plays HTTP/1.1`,
      `Host: 127.0.0.1:${server.port}`,
      `Authorization: Bearer ${server.token}`,
      'Content-Type: application/json',
      'Content-Length: 400',
    )
    const bodies = await many(SLOW_BODIES, line => line.send(`${head}{"id":"`))
    // Answered, and kept for whoever asks again: for five seconds.
    const [kept] = await many(1, line => line.send(lines(`GET /api/v1/games/${gameId} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`)))
    const began = performance.now()
    // A byte now and then keeps neither headers nor a body alive.
    const drip = setInterval(() => {
      for (const line of [...halves, ...bodies]) line.send('a')
    }, 1_000)
    const waits: number[] = []
    const freed = new Map<string, number>()
    const held = () =>
      [
        ['half-open headers', halves],
        ['silent connections', silent],
        ['slow bodies', bodies],
        ['answered ones', kept ? [kept] : []],
      ] as const
    try {
      while (freed.size < 4) {
        const asked = performance.now()
        expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
        waits.push(performance.now() - asked)
        for (const [what, some] of held())
          if (!freed.has(what) && some.every(line => line.isEnded())) freed.set(what, performance.now() - began)
        expect(
          performance.now() - began,
          `still held: ${held()
            .filter(([what]) => !freed.has(what))
            .map(([what]) => what)}`,
        ).toBeLessThan(FREED_MS)
        await sleep(200)
      }
    } finally {
      clearInterval(drip)
    }
    expect(kept?.text()).toContain('200 OK')
    // One that is in time is recorded meanwhile and afterwards, and nothing of the slow ones was.
    expect((await server.play(gameId, { kind: '2pt', side: 'home' })).seq).toBe(1)
    const told = [...freed].map(([what, ms]) => `${what} after ${(ms / 1000).toFixed(1)} s`).join(', ')
    console.log(`${HALF_OPEN + SILENT + SLOW_BODIES} held; freed: ${told}; /healthz ${Math.round(Math.max(...waits))} ms at most`)
    expect(waits.length).toBeGreaterThan(2)
    expect(server.output()).not.toMatch(/"level":"(error|fatal)"/)
  })
})
