import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startServer } from '#e2e/server.ts'
import { type Api, apiAt, readLog, score, truthOf, Watcher } from './crowd.ts'
import { type Invocation, violations } from './history.ts'
import { startChaosProxy } from './proxy.ts'
import { until } from './until.ts'

const LOSSY_MS = Number(process.env.LOSSY_MS ?? 5_000)
const PAGES = 6
/** Longer, and calmer, on a machine too slow for a page to have come back and gone on in that time. */
const MOST_MS = LOSSY_MS + 60_000

it(`F13 a link that stalls, crawls and breaks for ${LOSSY_MS} ms: nothing is lost or doubled, and everybody ends where the game is`, {
  timeout: 300_000 + LOSSY_MS,
}, async () => {
  const server = await startServer()
  const link = await startChaosProxy({ port: server.port })
  const watchers: Watcher[] = []
  try {
    const game = await server.createGame()
    for (let i = 0; i < PAGES; i++) watchers.push(new Watcher(link.url, game.id))
    const across: Api = apiAt(link.url, server.token)
    const invocations: Invocation[] = []
    let isOver = false
    const scorers = (['home', 'away', 'home'] as const).map((side, i) =>
      score(i ? across : server, game.id, side, invocations, () => isOver),
    )
    const weather = { stalls: 0, crawls: 0, cuts: 0, resets: 0 }
    const resumed = () => watchers.flatMap(({ shown }) => shown.slice(1)).filter(shown => !shown.bySnapshot).length
    const began = performance.now()
    const passed = () => performance.now() - began
    for (let turn = 0; passed() < LOSSY_MS || (resumed() === 0 && passed() < MOST_MS); turn++) {
      await sleep(randomInt(50, passed() < LOSSY_MS ? 250 : 3_000))
      if (turn % 4 === 0) {
        weather.stalls += 1
        link.blackHole()
        await sleep(randomInt(100, 600))
        link.heal()
      } else if (turn % 4 === 1) {
        weather.crawls += 1
        link.delay(randomInt(20, 200))
      } else if (turn % 4 === 2) weather.cuts += link.cut()
      else weather.resets += link.reset()
    }
    link.heal()
    isOver = true
    const retried = (await Promise.all(scorers)).reduce((sum, count) => sum + count, 0)
    const log = await readLog(server, game.id)
    const truth = truthOf(log)
    const healedMs = await until(() => watchers.every(watcher => watcher.state === truth), 60_000)
    console.log(
      `${JSON.stringify(weather)}, ${retried} plays sent again, ${log.length} in the log; all there after ${healedMs.toFixed(0)} ms`,
    )
    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    for (const count of [...Object.values(weather), retried, resumed()]) expect(count).toBeGreaterThan(0)
    expect(watchers.some(watcher => watcher.reconnects > 1)).toBe(true)
  } finally {
    for (const watcher of watchers) watcher.socket.disconnect()
    await link.close()
    await server.dispose()
  }
})
