import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Server, startServer } from '#e2e/server.ts'
import { figureOf, percentile } from './process.ts'

const PLAYS = Number(process.env.GROWN_PLAYS ?? 6_000)
const CHAT = Number(process.env.GROWN_CHAT ?? 2_000)
const GAMES = 12
const BATCH = 500
const WAL_MOST = 64e6
/** Of a game nobody had open; generous, since a test does not measure. */
const COLD_MS = 5_000

let server: Server
beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: 'info' } })
})
afterAll(() => server.dispose())

it(`F26 ${PLAYS} plays and ${CHAT} lines of chat: the log of the disk stays small, the server’s own says little, and games open as fast`, {
  timeout: 600_000,
}, async () => {
  const games = await Promise.all(Array.from({ length: GAMES }, () => server.createGame()))
  // Somebody reads half of the time, as a backup or a look at the figures does; the log cannot be begun anew under them.
  const reader = new Database(join(server.dataDir, 'sideline.db'), { timeout: 5_000 })
  const wal = () => statSync(join(server.dataDir, 'sideline.db-wal')).size
  let largest = 0
  let requests = 0
  for (let written = 0, n = 0; written < PLAYS; written += BATCH, n++) {
    if (n % 4 === 0) {
      reader.exec('BEGIN')
      reader.prepare('select count(*) from games').all([])
    }
    if (n % 4 === 2) reader.exec('COMMIT')
    const { id } = games[n % GAMES] ?? { id: '' }
    await server.play(
      id,
      Array.from({ length: BATCH }, (_, i) => ({ kind: '2pt', side: i % 2 ? 'home' : 'away' })),
    )
    requests += 1
    largest = Math.max(largest, wal())
  }
  if (reader.inTransaction) reader.exec('COMMIT')
  const chatty = games[0]?.id ?? ''
  const line = reader.prepare('insert into chat_messages (game_id, n, id, name, guest, text, at) values (?, ?, ?, ?, 1, ?, ?)')
  reader.exec('BEGIN IMMEDIATE')
  for (let n = 1; n <= CHAT; n++) line.run([chatty, n, `line-${String(n).padStart(8, '0')}`, 'Fan', 'What a game that is', Date.now()])
  reader.exec('COMMIT')
  reader.close()
  expect(largest).toBeLessThan(WAL_MOST)
  expect(await figureOf(server, 'sideline_db_commands')).toBeGreaterThanOrEqual(requests)
  // At most a line for each command, on top of what is said at the start.
  expect(server.output().split('\n').length).toBeLessThan(requests + 50)

  await server.restart()
  const cold: number[] = []
  for (const { id } of games) {
    const asked = performance.now()
    expect((await server.api(`/api/v1/games/${id}`)).status).toBe(200)
    cold.push(performance.now() - asked)
  }
  const asked = performance.now()
  expect((await server.api<{ messages: object[] }>(`/api/v1/games/${chatty}/chat?limit=50`)).body.messages).toHaveLength(50)
  console.log(
    `log of the disk ${(largest / 1e6).toFixed(1)} MB at most, file ${(statSync(join(server.dataDir, 'sideline.db')).size / 1e6).toFixed(1)} MB; ` +
      `cold games p50 ${percentile(cold, 50).toFixed(0)} ms, p99 ${percentile(cold, 99).toFixed(0)} ms; chat ${(performance.now() - asked).toFixed(0)} ms`,
  )
  expect(percentile(cold, 99)).toBeLessThan(COLD_MS)
})
