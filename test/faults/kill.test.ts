import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startServer } from '../../e2e/server.ts'
import { readLog, score, truthOf, Watcher } from './crowd.ts'
import { type Invocation, violations } from './history.ts'

const KILLS = Number(process.env.KILLS ?? 3)
const SCORERS = 4
const WATCHERS = 12
const CONVERGED_MS = 45_000

it(`F1 every acknowledged play survives kill -9 in mid-burst, ${KILLS} times, and every page converges by itself`, {
  timeout: 120_000 + KILLS * 90_000,
}, async () => {
  const server = await startServer()
  try {
    const game = await server.createGame()
    const watchers = Array.from({ length: WATCHERS }, () => new Watcher(server.url, game.id))
    const invocations: Invocation[] = []
    let isOver = false
    const scorers = Array.from({ length: SCORERS }, (_, i) => score(server, game.id, i % 2 ? 'home' : 'away', invocations, () => isOver))
    let slowest = 0
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(randomInt(200, 900))
      const before = invocations.length
      await server.restart({ signal: 'SIGKILL' })
      const back = performance.now()
      // Everybody goes on by themselves: a watcher is back once it shows plays that fell after the restart.
      while (watchers.some(watcher => (watcher.shown.at(-1)?.seq ?? 0) < before)) {
        if (performance.now() - back > CONVERGED_MS) break
        await sleep(20)
      }
      slowest = Math.max(slowest, performance.now() - back)
    }
    isOver = true
    const retried = (await Promise.all(scorers)).reduce((sum, count) => sum + count, 0)
    const log = await readLog(server, game.id)
    const truth = truthOf(log)
    const settled = performance.now()
    while (watchers.some(watcher => watcher.state !== truth) && performance.now() - settled < CONVERGED_MS) await sleep(20)

    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    expect(slowest).toBeLessThan(CONVERGED_MS)
    // The fault really happened: sends went unanswered, pages lost their socket and came back.
    expect(retried).toBeGreaterThan(0)
    expect(watchers.every(watcher => watcher.reconnects > KILLS / 2)).toBe(true)
    expect(log.length).toBeGreaterThan(KILLS)
    for (const watcher of watchers) watcher.socket.disconnect()
  } finally {
    await server.dispose()
  }
})
