import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { SidelineError } from '#domain/errors.ts'
import { startPostgres } from '#server/storage/postgres-for-tests.ts'
import { startServer } from '../../e2e/server.ts'
import { readLog, score, truthOf, Watcher } from './crowd.ts'
import { type Invocation, violations } from './history.ts'

const STOPS = Number(process.env.STOPS ?? 2)
const SCORERS = 4
const WATCHERS = 8
const HEALED_MS = 45_000

it(`F9 PostgreSQL stops in mid-burst, ${STOPS} times: the server stays, says so, loses nothing, and goes on by itself`, {
  timeout: 60_000 + STOPS * 120_000,
}, async () => {
  const postgres = await startPostgres()
  const server = await startServer({ env: { DATABASE_URL: await postgres.database() } })
  const status = async (path: string) => (await server.api(path, undefined, { token: null })).status
  try {
    const game = await server.createGame()
    const watchers = Array.from({ length: WATCHERS }, () => new Watcher(server.url, game.id))
    const invocations: Invocation[] = []
    let isOver = false
    const scorers = Array.from({ length: SCORERS }, (_, i) => score(server, game.id, i % 2 ? 'home' : 'away', invocations, () => isOver))
    const acknowledged = () => invocations.filter(({ outcome }) => typeof outcome === 'object').length
    const until = async (isSo: () => boolean | Promise<boolean>) => {
      const since = performance.now()
      while (!(await isSo())) {
        if (performance.now() - since > HEALED_MS) throw new Error(`not within ${HEALED_MS} ms`)
        await sleep(25)
      }
    }
    for (let stop = 0; stop < STOPS; stop++) {
      const before = acknowledged()
      await until(() => acknowledged() > before + 20)
      await sleep(randomInt(0, 300))
      await postgres.stop('immediate')
      await until(async () => (await status('/readyz')) === 503)
      // Alive, its games still read, and what cannot be kept is not taken.
      expect(await status('/healthz')).toBe(200)
      expect(await status(`/api/v1/games/${game.id}`)).toBe(200)
      const refused = await server.api<{ error: SidelineError }>(`/api/v1/games/${game.id}/plays`, {
        id: randomUUID(),
        kind: '2pt',
        side: 'home',
      })
      expect([refused.status, refused.body.error.code, refused.body.error.retryable]).toEqual([503, 'UNAVAILABLE', true])
      await sleep(1500)
      expect(await status(`/api/v1/games/${game.id}`)).toBe(200)
      const down = acknowledged()
      await postgres.start()
      await until(async () => (await status('/readyz')) === 200)
      await until(() => acknowledged() > down + 5)
    }
    isOver = true
    await Promise.all(scorers)
    const log = await readLog(server, game.id)
    const truth = truthOf(log)
    await until(() => watchers.every(watcher => watcher.state === truth)).catch(() => null)
    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    for (const watcher of watchers) watcher.socket.disconnect()
    expect(server.output()).not.toMatch(/uncaughtException|unhandledRejection|CANARY/)
  } finally {
    await server.dispose()
    await postgres.dispose()
  }
})
