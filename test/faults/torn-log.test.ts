import { closeSync, copyFileSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openDataDirectory } from '#server/storage/data-directory.ts'
import { openForServing } from '#server/storage/open.ts'
import { startChild } from './child.ts'
import { until } from './until.ts'

const IMAGES = Number(process.env.IMAGES ?? 24)
/** Small enough for the log to hold all of it: once folded into the file, it could not be cut off any more. */
const PLAYS = 80
/** Bytes: sqlite.org/walformat.html. */
const LOG_HEAD = 32
const FRAME = 24 + 4096

let folder: string
let gameId: string
let acknowledged: number
let size: number
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sideline-torn-'))
  const child = startChild('./scoring-child.ts', [join(folder, 'left'), 'burst'])
  ;[gameId = ''] = await child.heard('ready')
  await until(() => child.lines.length > PLAYS, 60_000)
  child.process.kill('SIGKILL')
  expect(await child.ended).toBe('SIGKILL')
  acknowledged = Number(child.lines.at(-1))
  size = statSync(join(folder, 'left', 'sideline.db-wal')).size
}, 180_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Damage = { how: 'none' } | { how: 'cut' | 'zeros'; at: number } | { how: 'bit'; at: number; bit: number }

function damage(file: string, done: Damage): void {
  const handle = openSync(file, 'r+')
  if (done.how === 'cut') ftruncateSync(handle, done.at)
  if (done.how === 'zeros') writeSync(handle, Buffer.alloc(Math.min(512, size - done.at)), 0, undefined, done.at)
  if (done.how === 'bit') {
    const byte = Buffer.alloc(1)
    readSync(handle, byte, 0, 1, done.at)
    writeSync(handle, Buffer.from([(byte[0] ?? 0) ^ (1 << done.bit)]), 0, 1, done.at)
  }
  closeSync(handle)
}

let images = 0
/** What the server was left with, damaged, opened as the server opens it; without the index of its log where it was brought from elsewhere. */
async function opened(done: Damage, hasIndex = true) {
  images += 1
  const directory = openDataDirectory(join(folder, `image-${images}`))
  mkdirSync(directory.path, { recursive: true })
  for (const suffix of ['', '-wal', ...(hasIndex ? ['-shm'] : [])])
    copyFileSync(join(folder, 'left', `sideline.db${suffix}`), `${directory.database}${suffix}`)
  damage(`${directory.database}-wal`, done)
  const told: string[] = []
  const storage = await openForServing({ databaseUrl: null }, directory, line => void told.push(line))
  try {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(storage.db)
    const game = await storage.db.selectFrom('games').where('id', '=', gameId).selectAll().executeTakeFirstOrThrow()
    const plays = await storage.db.selectFrom('plays').where('game_id', '=', gameId).select(['seq', 'id']).orderBy('seq').execute()
    const isWritten = await storage.write([{ query: storage.db.updateTable('games').set({ venue: 'Hall' }).compile(), expect: 1 }])
    return { integrity: rows.map(row => row.integrity_check).join(), game, plays, told, isWritten: isWritten.ok }
  } finally {
    await storage.close()
    rmSync(directory.path, { recursive: true, force: true })
  }
}

it(`F3 a log cut, flipped or zeroed anywhere opens as a prefix of what it was, ${IMAGES} times, and never in silence`, {
  timeout: 120_000 + IMAGES * 2_000,
}, async () => {
  const whole = await opened({ how: 'none' })
  expect([whole.integrity, whole.told]).toEqual(['ok', []])
  expect(whole.plays.length).toBeGreaterThanOrEqual(acknowledged)
  const met = { shorter: 0, same: 0, cut: 0, zeros: 0, bit: 0, withoutIndex: 0 }
  const at = fc.integer({ min: 1, max: size - 1 })
  const damages = fc.oneof(
    fc.record({ how: fc.constantFrom('cut' as const, 'zeros' as const), at }),
    fc.record({ how: fc.constant('bit' as const), at, bit: fc.integer({ min: 0, max: 7 }) }),
  )
  await fc.assert(
    fc.asyncProperty(damages, fc.boolean(), async (done, hasIndex) => {
      const { integrity, game, plays, told, isWritten } = await opened(done, hasIndex)
      met[done.how] += 1
      met.withoutIndex += hasIndex ? 0 : 1
      expect(integrity).toBe('ok')
      expect(plays).toEqual(whole.plays.slice(0, plays.length))
      // The game is as its plays have left it, and goes on.
      expect([game.seq, game.home_score, isWritten]).toEqual([plays.length, plays.length * 2, true])
      // The last play may have been on its way to the disk when the server died: nobody had an answer to it, nobody had seen it.
      const isShorter = plays.length < acknowledged
      met[isShorter ? 'shorter' : 'same'] += 1
      // Cut between two pages, and no index to ask: nobody can know that there was more.
      const isKnowable = hasIndex || done.how !== 'cut' || (done.at - LOG_HEAD) % FRAME !== 0
      if (isShorter && isKnowable) expect(told).toEqual([expect.stringContaining('history ends at page')])
      // Who has seen more than there is must not go on from there.
      expect(game.epoch !== whole.game.epoch).toBe(told.length === 1)
    }),
    { numRuns: IMAGES, endOnFailure: true, ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) },
  )
  console.log(`${images - 1} images of a log of ${size} bytes, ${whole.plays.length} plays: ${JSON.stringify(met)}`)
  expect(Math.min(met.shorter, met.cut, met.zeros, met.bit, met.withoutIndex)).toBeGreaterThan(0)
})
