import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { startServer } from '#e2e/server.ts'
import { startPostgres } from '#server/storage/postgres-for-tests.ts'
import { readLog, score, truthOf, Watcher } from './crowd.ts'
import { type Invocation, violations } from './history.ts'
import { until } from './until.ts'

const ENGINES = (process.env.ENGINES ?? 'libsql').split(',')

it.each(ENGINES)(
  'F31 a backup in mid-burst, restored, on %s: whole up to its start, a prefix beyond, and pages start anew',
  { timeout: 180_000 },
  async engine => {
    const postgres = engine === 'postgres' ? await startPostgres() : null
    const folder = mkdtempSync(join(tmpdir(), 'sideline-backup-'))
    const server = await startServer({ env: postgres ? { DATABASE_URL: await postgres.database() } : {} })
    try {
      const game = await server.createGame()
      const watcher = new Watcher(server.url, game.id)
      const invocations: Invocation[] = []
      let isOver = false
      const scorers = (['home', 'away', 'home'] as const).map(side => score(server, game.id, side, invocations, () => isOver))
      const acknowledged = () => invocations.filter(({ outcome }) => typeof outcome === 'object').map(({ id }) => id)
      await until(() => acknowledged().length > 50)
      const before = acknowledged()
      const file = join(folder, 'backup')
      await server.sideline('backup', file)
      await until(() => acknowledged().length > before.length + 50)
      isOver = true
      await Promise.all(scorers)
      const whole = await readLog(server, game.id)
      await until(() => watcher.state === truthOf(whole))

      const at = async (seq: number) => {
        const { body } = await server.api<{ game: Game }>(`/api/v1/games/${game.id}?seq=${seq}`)
        const { epoch, updatedAt: _, ...state } = body.game
        return { epoch, state }
      }
      const asked = await at(before.length)
      await server.stop()
      await server.sideline('restore', file)
      await server.restart()
      const log = await readLog(server, game.id)
      expect(log).toEqual(whole.slice(0, log.length))
      const kept = new Set(log.map(play => play.id))
      expect(before.filter(id => !kept.has(id))).toEqual([])
      // It was taken while others wrote: what came after it is not in it.
      expect(log.length).toBeLessThan(whole.length)
      const again = await at(before.length)
      expect(again.state).toEqual(asked.state)
      expect(again.epoch).not.toBe(asked.epoch)

      // The page that was there all the time saw more than there is now, and goes back with everybody else.
      await until(() => watcher.state === truthOf(log))
      expect(new Set(watcher.shown.map(shown => shown.epoch)).size).toBe(2)
      expect(violations({ invocations: [], log, watchers: [watcher], truth: truthOf(log) })).toEqual([])
      console.log(`${engine}: ${before.length} acknowledged before, ${log.length} in the backup, ${whole.length} at the end`)
      watcher.socket.disconnect()
    } finally {
      await server.dispose()
      await postgres?.dispose()
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
