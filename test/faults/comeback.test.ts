import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeAll, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { type Server, startServer } from '#e2e/server.ts'
import { readLog, score, truthOf } from './crowd.ts'
import { Fans, peakOf } from './fans.ts'
import { type Invocation, violations } from './history.ts'
import { figureOf } from './process.ts'
import { until } from './until.ts'

const FLAPPING = Number(process.env.FLAPPING_FANS ?? 40)
const FLAPPING_MS = Number(process.env.FLAPPING_MS ?? 4_000)
const DRAINED = Number(process.env.DRAINED_FANS ?? 200)
const HERD = Number(process.env.HERD_FANS ?? 200)
/** How long the server stays away after it was killed. */
const GONE_MS = Number(process.env.GONE_MS ?? 0)
const BACK_MS = 60_000

let server: Server
let crowd: Fans | null = null
beforeAll(async () => {
  server = await startServer({ env: { MAX_CONNECTIONS_PER_IP: '0' } })
  return () => server.dispose()
})
afterEach(() => crowd?.leave())

const gather = async (game: Game, count: number) => {
  crowd = new Fans({ port: server.port, gameId: game.id, count })
  await crowd.come()
  return crowd
}

const figure = (name: string) => figureOf(server, name)
/** What a crowd must leave behind nothing of. */
const held = async () => ({
  sockets: await figure('sideline_ws_clients'),
  rooms: await figure('sideline_ws_rooms'),
  games: await figure('sideline_games_watched'),
})

/** Two scorers at work while something happens; afterwards everybody is where the log is, and nothing was lost or doubled. */
async function whileScoring(game: Game, fans: Fans, meanwhile: () => Promise<void>) {
  const invocations: Invocation[] = []
  let isOver = false
  const scorers = (['home', 'away'] as const).map(side => score(server, game.id, side, invocations, () => isOver))
  await until(() => invocations.length > 20)
  await meanwhile()
  isOver = true
  const retried = (await Promise.all(scorers)).reduce((sum, count) => sum + count, 0)
  const log = await readLog(server, game.id)
  const truth = truthOf(log)
  const healedMs = await until(() => fans.scores().join() === truth, BACK_MS)
  expect(violations({ invocations, log, watchers: [], truth })).toEqual([])
  return { retried, healedMs, plays: log.length }
}

it(`F15 ${FLAPPING} pages whose network comes and goes for ${FLAPPING_MS} ms: all end where the game is, and nothing of them stays`, {
  timeout: 180_000 + FLAPPING_MS,
}, async () => {
  const game = await server.createGame()
  const before = await held()
  const handles = await figure('nodejs_active_handles_total')
  const fans = await gather(game, FLAPPING)
  const { healedMs } = await whileScoring(game, fans, async () => {
    const end = performance.now() + FLAPPING_MS
    const isTime = () => performance.now() < end
    while (isTime() || fans.met.lost <= FLAPPING) {
      // Each is cut every second or so; on a machine too slow for them to be back by then, less often, until it was enough.
      await sleep((isTime() ? 1_000 : 10_000) / FLAPPING)
      fans.cut(randomInt(FLAPPING))
    }
  })
  console.log(`${fans.met.lost} connections lost, ${fans.met.back} came back; all there ${healedMs.toFixed(0)} ms after the last cut`)
  fans.leave()
  await until(async () => JSON.stringify(await held()) === JSON.stringify(before))
  await until(async () => (await figure('nodejs_active_handles_total')) <= handles + 5)
})

it(`F22 told to stop in mid-burst with ${DRAINED} pages: nothing lost, the process ends well, everybody comes back to the next one`, {
  timeout: 240_000,
}, async () => {
  const game = await server.createGame()
  const fans = await gather(game, DRAINED)
  const began = performance.now()
  let stoppedMs = 0
  const { retried, healedMs } = await whileScoring(game, fans, async () => {
    const stopping = performance.now()
    expect(await server.stop('SIGTERM')).toBe(0)
    stoppedMs = performance.now() - stopping
    await server.restart()
    await until(() => fans.ready() === DRAINED, BACK_MS)
  })
  const windowS = Math.min(4, DRAINED * 0.005)
  console.log(
    `stopped after ${stoppedMs.toFixed(0)} ms; ${fans.met.drained} were told, ${fans.met.lost} left; ` +
      `within a second at most ${peakOf(fans.leaves, began)} left and ${peakOf(fans.knocks, began)} knocked (${fans.met.refused} were asked to come again); ` +
      `all there ${healedMs.toFixed(0)} ms after the last play`,
  )
  expect([fans.met.drained, fans.met.lost >= DRAINED, retried > 0 || fans.met.refused > 0]).toEqual([DRAINED, true, true])
  // Spread over the window in which they were told to go, not all at once: each by chance, and whoever stays too long is sent.
  if (windowS > 2) expect(peakOf(fans.leaves, began)).toBeLessThan((DRAINED / windowS) * 1.5)
})

it(`F23 killed with ${HERD} pages on it: all of them are back and at the head, and it is no heavier for it`, {
  timeout: 300_000,
}, async () => {
  const game = await server.createGame()
  const fans = await gather(game, HERD)
  const memory = await figure('process_resident_memory_bytes')
  let backMs = 0
  const { healedMs } = await whileScoring(game, fans, async () => {
    await server.stop('SIGKILL')
    const killed = performance.now()
    await sleep(GONE_MS)
    await server.restart()
    const since = performance.now()
    await until(() => fans.ready() === HERD, BACK_MS)
    backMs = performance.now() - since
    console.log(`at most ${peakOf(fans.knocks, killed)} knocked within a second`)
  })
  const after = await figure('process_resident_memory_bytes')
  console.log(
    `all ${HERD} back ${(backMs / 1_000).toFixed(1)} s after the server was, at the head ${healedMs.toFixed(0)} ms after the last play; ` +
      `${(memory / 1e6).toFixed(0)} MB before, ${(after / 1e6).toFixed(0)} MB after`,
  )
  expect(fans.met.lost).toBeGreaterThanOrEqual(HERD)
  expect(after).toBeLessThan(Math.max(2 * memory, memory + 200e6))
})
