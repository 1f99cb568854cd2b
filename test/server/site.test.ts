import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHub } from '#server/nodes/link.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import { SCORER } from './accounts.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

let postgres: PostgresForTests
beforeAll(async () => {
  postgres = await startPostgres()
}, 180_000)
afterAll(() => postgres?.dispose())

describe.each(['the embedded database', 'PostgreSQL'])('on %s', engine => {
  it('[R8] a site is called by its own name, at every node, and its games say whose they are', async () => {
    const databaseUrl = engine === 'PostgreSQL' ? await postgres.database() : undefined
    const dataDir = mkdtempSync(join(tmpdir(), 'sideline-site-'))
    const link = createHub(run => queueMicrotask(run))
    const servers: Running[] = []
    try {
      for (let i = 0; i < 2; i++) servers.push(await startServer({ dataDir, databaseUrl, link: link() }))
      const [here, there] = servers as [Running, Running]
      const { settings, games } = here.app
      const game = await here.createGame('basketball')
      const nameOf = async () => {
        const answer = await games.get(MANAGER, game.id)
        return answer.ok ? answer.game.organisation.name : answer.error.code
      }
      expect([await settings.name(), await there.app.settings.name()]).toEqual([null, null])

      for (const name of ['', ' \u202e ', 'x'.repeat(41), 7])
        expect(await settings.change(MANAGER, { name })).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD', path: 'name' } })
      expect(await settings.change(SCORER, { name: 'Mine' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
      const named = await settings.change(MANAGER, { name: 'Liga del Puerto <b>', chatDays: 7 })
      expect(named).toEqual({ ok: true, settings: { name: 'Liga del Puerto <b>', chat: 'on', chatDays: 7 } })
      expect([await settings.name(), await nameOf()]).toEqual(['Liga del Puerto <b>', 'Liga del Puerto <b>'])
      await expect.poll(() => there.app.settings.name(), { timeout: 30_000 }).toBe('Liga del Puerto <b>')
      // Nothing else of the game has changed, and it goes on.
      const recorded = await here.play(game.id, basket('2pt', 'home'))
      expect([recorded.epoch, recorded.seq]).toEqual([game.epoch, 1])

      expect(await settings.change(MANAGER, { name: null })).toMatchObject({ ok: true, settings: { name: null, chatDays: 7 } })
      expect(await settings.name()).toBeNull()
    } finally {
      for (const server of servers) await server.stop({ keepData: true })
      rmSync(dataDir, { recursive: true, force: true })
    }
  })
})
