import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import Database from 'libsql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SidelineError } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import { type Answer, type Recorded, type Server, startServer } from '#e2e/server.ts'
import { MANAGER, startServer as startApp } from '../server/running.ts'
import { readLog } from './crowd.ts'
import { pidOf } from './process.ts'

/** Longer than a write waits for somebody else's lock, on demand. */
const LOCKED_MS = Number(process.env.LOCKED_MS ?? 1_500)

type Refusable = Answer<Recorded & { error: SidelineError }>

let server: Server
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.dispose())

const basket = (id: string) => ({ id, kind: '2pt', side: 'home' as const })
const post = (game: Game, body: unknown): Promise<Refusable> => server.api(`/api/v1/games/${game.id}/plays`, body)
const isUp = async (path: string) => (await server.api(path, undefined, { token: null })).status

it('F4 a write that the system refuses is not acknowledged, reads go on, and once it is possible again so do the plays', async () => {
  const game = await server.createGame()
  await server.play(game.id, basket('before-all-that'))
  // No file may grow beyond what the log is now: from the next page on, the system says no.
  const limit = (most: string) => execFileSync('prlimit', ['--pid', String(pidOf(server)), `--fsize=${most}:`])
  limit(String(statSync(join(server.dataDir, 'sideline.db-wal')).size + 10_000))
  const refused: { id: string; answer: Refusable }[] = []
  const acknowledged = new Map([['before-all-that', 1]])
  const stored = async () => new Map((await readLog(server, game.id)).map(play => [play.id, play.seq]))
  try {
    for (let round = 0; refused.length < 12; round++) {
      // Several at once: they are judged one on top of the other while none of them is on the disk yet.
      const ids = Array.from({ length: 4 }, () => randomUUID())
      const answers = await Promise.all(ids.map(async id => ({ id, answer: await post(game, basket(id)) })))
      for (const { id, answer } of answers) {
        if (answer.status === 201) acknowledged.set(id, answer.body.seq)
        else refused.push({ id, answer })
      }
      expect(round).toBeLessThan(50)
    }
    for (const { answer } of refused) {
      const { code, retryable } = answer.body.error
      expect(['STORAGE_FULL', 'UNAVAILABLE']).toContain(code)
      expect([answer.status, retryable]).toEqual([code === 'STORAGE_FULL' ? 507 : 503, true])
      expect(JSON.stringify(answer.body)).not.toMatch(/SQLITE|disk I\/O| at \//)
    }
    expect(await isUp(`/api/v1/games/${game.id}`)).toBe(200)
    expect(await isUp(`/api/v1/games/${game.id}/chat`)).toBe(200)
    expect(await isUp('/healthz')).toBe(200)
    expect(await stored()).toEqual(acknowledged)
  } finally {
    limit('unlimited')
  }
  const again = await Promise.all(refused.map(({ id }) => post(game, basket(id))))
  for (const [i, answer] of again.entries()) {
    expect([200, 201]).toContain(answer.status)
    acknowledged.set(refused[i]?.id ?? '', answer.body.seq)
  }
  await server.restart({ signal: 'SIGKILL' })
  expect(await stored()).toEqual(acknowledged)
  expect([...acknowledged.values()].sort((a, b) => a - b)).toEqual([...acknowledged].map((_, i) => i + 1))
})

it(`F6 another process holds the database for ${LOCKED_MS} ms: plays wait or are asked for again, everything else goes on`, async () => {
  const game = await server.createGame()
  const other = new Database(join(server.dataDir, 'sideline.db'), { timeout: 5_000 })
  other.exec('BEGIN EXCLUSIVE')
  const ids = Array.from({ length: 10 }, () => randomUUID())
  const began = performance.now()
  const answers = ids.map(async id => ({ id, answer: await post(game, basket(id)), tookMs: performance.now() - began }))
  let slowest = 0
  let reads = 0
  while (performance.now() - began < LOCKED_MS) {
    const asked = performance.now()
    expect(await isUp(`/api/v1/games/${game.id}`)).toBe(200)
    expect(await isUp('/readyz')).toBe(200)
    slowest = Math.max(slowest, performance.now() - asked)
    reads += 1
    await sleep(20)
  }
  other.exec('COMMIT')
  other.close()
  const settled = await Promise.all(answers)
  const busy = settled.filter(({ answer }) => answer.status !== 201)
  console.log(
    `${reads} reads meanwhile, the slowest ${slowest.toFixed(0)} ms; ${busy.length} of ${ids.length} plays were told to come again`,
  )
  for (const { answer } of busy)
    expect([answer.status, answer.body.error.code, answer.body.error.retryable]).toEqual([503, 'BUSY_RETRY', true])
  // The lock was felt, and by nobody else: a server that stood still would have answered nothing.
  if (LOCKED_MS > 5_500) expect(busy.length).toBeGreaterThan(0)
  else expect(Math.min(...settled.map(({ tookMs }) => tookMs))).toBeGreaterThan(LOCKED_MS - 50)
  expect(Math.max(...settled.map(({ tookMs }) => tookMs))).toBeLessThan(Math.max(LOCKED_MS, 5_000) + 30_000)
  expect(reads).toBeGreaterThan(1)
  for (const { id } of busy) expect([200, 201]).toContain((await post(game, basket(id))).status)
  const log = await readLog(server, game.id)
  expect(log.map(play => play.id).sort()).toEqual([...ids].sort())
})

describe('F5 a disk that is full', () => {
  it('is told as STORAGE_FULL, games and chat are still read, and it goes on without a restart', async () => {
    const own = await startApp()
    try {
      const { db } = own.context.storage
      const game = await own.createGame()
      const said = { gameId: game.id, id: 'message-1', text: 'Hello', name: 'Fan' }
      const sender = { account: null, address: '192.0.2.1', socketId: null }
      expect(await own.app.chat.send(sender, said)).toMatchObject({ ok: true })
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
      await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(db)
      const note = (id: string) => ({ id, kind: 'note', data: { text: 'x'.repeat(290) } })
      const batch = (n: number) => Array.from({ length: 200 }, (_, i) => note(`note-${n}-${i}-full`))
      let acknowledged = 0
      let refused = 0
      for (let n = 0; refused < 3; n++) {
        const answer = await own.app.games.record(MANAGER, game.id, batch(n), true)
        if (answer.ok) acknowledged += 200
        else {
          refused += 1
          expect(answer.error).toMatchObject({ code: 'STORAGE_FULL', retryable: true, retryAfterMs: expect.any(Number) })
        }
        expect(n).toBeLessThan(20)
      }
      expect(await own.app.games.get(null, game.id)).toMatchObject({ ok: true, game: { seq: acknowledged } })
      expect(await own.app.chat.history(null, game.id, undefined, 10)).toMatchObject({ ok: true, messages: [{ text: 'Hello' }] })
      await sql`pragma max_page_count = 1000000`.execute(db)
      expect(await own.app.games.record(MANAGER, game.id, batch(99), true)).toMatchObject({ ok: true, seq: acknowledged + 200 })
    } finally {
      await own.stop()
    }
  })
})
