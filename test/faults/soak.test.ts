import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startServer } from '#e2e/server.ts'
import { readLog, truthOf } from './crowd.ts'
import { Fans } from './fans.ts'
import { descriptorsOf, figureOf, pidOf } from './process.ts'
import { until } from './until.ts'

const SOAK_MS = Number(process.env.SOAK_MS ?? 12_000)
const FANS = Number(process.env.SOAK_FANS ?? 60)
/** Of the crowd, each minute. */
const CHURN = Number(process.env.SOAK_CHURN ?? 1)
const COMMANDS_A_SECOND = 20
/** Beyond what a runtime takes on and gives back as it likes. */
const GROWTH_BYTES = Number(process.env.SOAK_GROWTH_MB ?? 120) * 1e6

it(`F27 ${FANS} pages that come and go and ${COMMANDS_A_SECOND} plays a second for ${SOAK_MS / 1_000} s: nothing piles up`, {
  timeout: SOAK_MS + 180_000,
}, async () => {
  const server = await startServer({ env: { MAX_CONNECTIONS_PER_IP: '0' } })
  const game = await server.createGame()
  const fans = new Fans({ port: server.port, gameId: game.id, count: FANS })
  try {
    await fans.come()
    const look = async () => ({
      atMs: performance.now(),
      memory: await figureOf(server, 'process_resident_memory_bytes'),
      handles: await figureOf(server, 'nodejs_active_resources_total'),
      descriptors: descriptorsOf(pidOf(server)),
      lag: await figureOf(server, 'nodejs_eventloop_lag_p99_seconds'),
    })
    const seen: Awaited<ReturnType<typeof look>>[] = []
    const began = performance.now()
    let plays = 0
    let cuts = 0
    while (performance.now() - began < SOAK_MS) {
      const passed = performance.now() - began
      if (passed >= (SOAK_MS / 12) * seen.length) seen.push(await look())
      while (plays < (passed / 1_000) * COMMANDS_A_SECOND) {
        await server.play(game.id, { kind: '2pt', side: plays % 2 ? 'home' : 'away' })
        plays += 1
      }
      while (cuts < (passed / 60_000) * FANS * CHURN) {
        fans.cut(randomInt(FANS))
        cuts += 1
      }
      await sleep(10)
    }
    const truth = truthOf(await readLog(server, game.id))
    await until(() => fans.ready() === FANS && fans.scores().join() === truth, 60_000)
    seen.push(await look())
    const late = seen.slice(Math.floor(seen.length / 3))
    const [first, last] = [late[0], late.at(-1)]
    if (!first || !last) throw new Error('nothing was looked at')
    const hours = (last.atMs - first.atMs) / 3_600_000
    console.log(
      `${plays} plays, ${fans.met.lost} connections lost and ${fans.met.back} back, ${fans.met.gaps} gaps; memory ${seen.map(({ memory }) => Math.round(memory / 1e6)).join(' ')} MB ` +
        `(${((last.memory - first.memory) / 1e6 / hours).toFixed(0)} MB an hour); handles ${first.handles} → ${last.handles}, files ${first.descriptors} → ${last.descriptors}; ` +
        `event loop p99 ${Math.max(...late.map(({ lag }) => lag * 1_000)).toFixed(0)} ms at most`,
    )
    expect(plays).toBeGreaterThan((SOAK_MS / 1_000) * COMMANDS_A_SECOND * 0.1)
    expect(fans.met.lost).toBeGreaterThan(0)
    expect(last.memory - first.memory).toBeLessThan(GROWTH_BYTES)
    // Everybody is connected at both ends, so that what is open is the same.
    const slack = FANS * 0.1 + 20
    expect(last.handles - first.handles).toBeLessThan(slack)
    expect(last.descriptors - first.descriptors).toBeLessThan(slack)
  } finally {
    fans.leave()
    await server.dispose()
  }
})
