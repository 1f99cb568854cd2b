import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { SidelineError } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import { type Recorded, type Server, startServer } from '#e2e/server.ts'
import { readLog } from './crowd.ts'
import { pidOf } from './process.ts'
import { tamper } from './strace.ts'
import { until } from './until.ts'

const basket = (id: string = randomUUID()) => ({ id, kind: '2pt', side: 'home' })
const post = (server: Server, game: Game, body: unknown) =>
  server.api<Recorded & { error: SidelineError }>(`/api/v1/games/${game.id}/plays`, body)
const status = async (server: Server, path: string) => (await server.api(path, undefined, { token: null })).status

it('F4 an fsync that fails is believed: nothing more is acknowledged until a restart, and whoever looks is told', async () => {
  const server = await startServer()
  try {
    const game = await server.createGame()
    const wal = join(server.dataDir, 'sideline.db-wal')
    const tampering = await tamper(pidOf(server), wal, 'fsync,fdatasync', 'error=EIO:when=3+')
    const acknowledged: string[] = []
    const refused: { id: string; code: string }[] = []
    for (let i = 0; i < 12; i++) {
      const play = basket()
      const { status: answered, body } = await post(server, game, play)
      if (answered === 201) acknowledged.push(play.id)
      else {
        expect([answered, body.error.retryable]).toEqual([503, true])
        refused.push({ id: play.id, code: body.error.code })
      }
    }
    expect([acknowledged.length, new Set(refused.map(({ code }) => code))]).toEqual([2, new Set(['UNAVAILABLE'])])
    expect(tampering.hits().length).toBeGreaterThan(0)
    const failures = tampering.hits().length
    // The disk works again, but what it did not keep is not known any more: asked again, it might say that all is well.
    await tampering.stop()
    const late = await Promise.all(Array.from({ length: 5 }, () => post(server, game, basket())))
    expect(late.map(({ body }) => body.error.code)).toEqual(Array(5).fill('UNAVAILABLE'))
    expect([await status(server, '/readyz'), await status(server, '/healthz'), await status(server, `/api/v1/games/${game.id}`)]).toEqual([
      503, 200, 200,
    ])
    console.log(`${failures} calls failed; the log says: ${server.output().split('\n').filter(Boolean).at(-1)?.slice(0, 300)}`)
    expect(server.output()).toMatch(/nothing more is written until a restart/)
    await server.restart({ signal: 'SIGKILL' })
    const log = (await readLog(server, game.id)).map(play => play.id)
    expect(log.slice(0, 2)).toEqual(acknowledged)
    for (const { id } of refused) expect([200, 201]).toContain((await post(server, game, basket(id))).status)
    const whole = (await readLog(server, game.id)).map(play => play.id)
    expect([...whole].sort()).toEqual([...acknowledged, ...refused.map(({ id }) => id)].sort())
  } finally {
    await server.dispose()
  }
})

it('F5 a disk of 8 MB runs full: STORAGE_FULL for what would be written, everything else goes on, and so do the plays once there is room', async () => {
  const disk = mkdtempSync(join(tmpdir(), 'sideline-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m,mode=700', 'tmpfs', disk])
  let server: Server | null = null
  try {
    server = await startServer({ env: { DATA_DIR: join(disk, 'data') } })
    const game = await server.createGame()
    const acknowledged: string[] = []
    const refused: string[] = []
    const batch = () => Array.from({ length: 100 }, () => ({ id: randomUUID(), kind: 'note', data: { text: 'x'.repeat(290) } }))
    for (let i = 0; refused.length < 5; i++) {
      const plays = batch()
      const { status: answered, body } = await post(server, game, plays)
      if (answered === 201) acknowledged.push(...plays.map(({ id }) => id))
      else {
        refused.push(body.error.code)
        expect([answered, body.error.retryable]).toEqual([body.error.code === 'STORAGE_FULL' ? 507 : 503, true])
      }
      expect(i).toBeLessThan(1_000)
    }
    expect(refused).toContain('STORAGE_FULL')
    for (const path of [`/api/v1/games/${game.id}`, `/api/v1/games/${game.id}/chat`, '/api/v1/games', '/healthz', '/'])
      expect(await status(server, path), path).toBe(200)
    expect((await readLog(server, game.id)).map(play => play.id)).toEqual(acknowledged)
    execFileSync('mount', ['-o', 'remount,size=64m', disk])
    const own = server
    await until(async () => (await post(own, game, basket('there-is-room'))).status < 300)
    expect(server.output()).not.toMatch(/uncaughtException|unhandledRejection/)
    await server.restart({ signal: 'SIGKILL' })
    expect((await readLog(server, game.id)).map(play => play.id)).toEqual([...acknowledged, 'there-is-room'])
    console.log(`${acknowledged.length} plays until it was full: ${refused.join(' ')}`)
  } finally {
    await server?.dispose()
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  }
})
