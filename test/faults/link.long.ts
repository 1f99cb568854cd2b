import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startServer } from '#e2e/server.ts'
import { readLog, score, truthOf, Watcher } from './crowd.ts'
import { type Invocation, violations } from './history.ts'
import { percentile } from './process.ts'
import { until } from './until.ts'

const LOSSY_MS = Number(process.env.LOSSY_MS ?? 20_000)
const PAGES = 8

it('F13 one packet of ten is dropped, both ways: nothing is lost or doubled, and plays arrive in seconds', async () => {
  const server = await startServer()
  const table = `sideline_${process.pid}`
  const nft = (...words: string[]) => execFileSync('nft', words, { encoding: 'utf8' })
  try {
    const game = await server.createGame()
    const watchers = Array.from({ length: PAGES }, () => new Watcher(server.url, game.id))
    await until(() => watchers.every(watcher => watcher.shown.length > 0))
    // Our own port alone; whatever becomes of this test, nobody else's packets are touched.
    nft('add', 'table', 'inet', table)
    nft('add', 'chain', 'inet', table, 'in', '{ type filter hook input priority 0; policy accept; }')
    for (const way of ['dport', 'sport'])
      nft('add', 'rule', 'inet', table, 'in', 'tcp', way, String(server.port), 'numgen', 'random', 'mod', '10', '<', '1', 'counter', 'drop')
    const invocations: Invocation[] = []
    let isOver = false
    const scorers = (['home', 'away'] as const).map(side => score(server, game.id, side, invocations, () => isOver))
    const ages: number[] = []
    const end = performance.now() + LOSSY_MS
    while (performance.now() < end) {
      await sleep(200)
      const newest = Math.max(0, ...invocations.map(({ outcome }) => (typeof outcome === 'object' ? outcome.ok : 0)))
      ages.push(await until(() => watchers.every(watcher => (watcher.shown.at(-1)?.seq ?? 0) >= newest), 30_000))
    }
    isOver = true
    await Promise.all(scorers)
    const dropped = [...nft('list', 'table', 'inet', table).matchAll(/counter packets (\d+)/g)].map(([, count]) => Number(count))
    nft('delete', 'table', 'inet', table)
    const log = await readLog(server, game.id)
    const truth = truthOf(log)
    await until(() => watchers.every(watcher => watcher.state === truth), 30_000)
    console.log(
      `${dropped.join(' and ')} packets dropped, ${log.length} plays; all pages had the newest after p50 ${percentile(ages, 50).toFixed(0)}, p99 ${percentile(ages, 99).toFixed(0)} ms`,
    )
    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    expect(Math.min(...dropped)).toBeGreaterThan(0)
    expect(percentile(ages, 99)).toBeLessThan(10_000)
    for (const watcher of watchers) watcher.socket.disconnect()
  } finally {
    try {
      nft('delete', 'table', 'inet', table)
    } catch {
      // Gone already.
    }
    await server.dispose()
  }
})
