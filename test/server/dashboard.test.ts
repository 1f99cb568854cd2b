import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createMetrics } from '#server/metrics.ts'
import { basket, startServer } from './running.ts'

it('every figure the dashboard draws is one the server gives', async () => {
  const server = await startServer()
  try {
    const registry = createMetrics(server.context, server.gateway, {
      pageRenders: () => 0,
      link: { isReady: () => true, waiting: () => 0 },
    })
    const game = await server.createGame()
    await server.play(game.id, basket('2pt', 'home'))
    const text = await registry.metrics()
    const { panels } = JSON.parse(readFileSync('deploy/grafana.json', 'utf8')) as { panels: { targets: { expr: string }[] }[] }
    const names = new Set(
      panels.flatMap(panel => panel.targets.flatMap(({ expr }) => expr.match(/\b(sideline|nodejs|process)_\w+/g) ?? [])),
    )
    expect(names.size).toBeGreaterThan(12)
    expect([...names].filter(name => !text.includes(`\n${name}`))).toEqual([])
    expect(text).toMatch(/sideline_commit_seconds_count 1\n/)
    expect(text).toMatch(/sideline_plays_total\{sport="basketball"\} 1\n/)
  } finally {
    await server.stop()
  }
})
