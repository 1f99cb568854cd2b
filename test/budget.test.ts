import { expect, test } from 'vitest'
import { FIRST_LOAD_BUDGET, firstLoad } from '#bench/first-load.ts'
import { startServer } from '#e2e/server.ts'

test(`the page of a live game loads at most ${FIRST_LOAD_BUDGET} KB of packed scripts`, async () => {
  const server = await startServer()
  try {
    const game = await server.createGame()
    await server.play(game.id, { kind: '2pt', side: 'home' })
    const { bytes, scripts } = await firstLoad(server, `/games/${game.id}`)
    expect(scripts).toBeGreaterThan(3)
    expect(bytes / 1_000).toBeLessThanOrEqual(FIRST_LOAD_BUDGET)
  } finally {
    await server.dispose()
  }
})
