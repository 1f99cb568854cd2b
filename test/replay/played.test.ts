import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ADAPTERS } from '#scripts/replay/adapters.ts'
import { EXCEPTIONS } from '#scripts/replay/exceptions.ts'
import { createRandom } from '#test/sim/random.ts'
import { startServer } from '../../e2e/server.ts'
import { inventedRecords, playedRecords, type RecordFile } from './records.ts'
import { replay } from './replaying.ts'

/** One in so many of each file is replayed, others each time; `RECORDS=all` takes every one, as `npm run replay` does, and `SEED` the same ones again. */
const SHARE = process.env.RECORDS === 'all' ? 1 : 8
const SEED = Number(process.env.SEED ?? randomInt(1_000_000))

const played = playedRecords()
const say = (line: string) => process.stderr.write(`\n  ${line}\n\n`)
const scratch = mkdtempSync(join(tmpdir(), 'sideline-played-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Of each file its share, in a file of its own. */
function choose(files: readonly RecordFile[]): RecordFile[] {
  if (SHARE === 1) return [...files]
  const random = createRandom(SEED)
  return files.map(({ path, sport, games }) => {
    const rest = [...games]
    const chosen = Array.from({ length: Math.ceil(games.length / SHARE) }, () => rest.splice(random.below(rest.length), 1)).flat()
    const own = join(scratch, basename(path))
    writeFileSync(own, JSON.stringify({ sport, games: chosen }))
    return { path: own, sport, games: chosen }
  })
}
const chosen = choose(played?.files ?? [])

describe('games that were really played', () => {
  it('hold, each one that is replayed', { timeout: 600_000 }, async () => {
    if (!played) {
      say(
        'NO GAMES THAT WERE REALLY PLAYED HAVE BEEN REPLAYED: there is no folder of them beside this checkout (SIDELINE_RECORDS names it).',
      )
      return
    }
    if (played.others.length > 0) say(`Recorded games of ${played.others.join(', ')} are not replayed: Sideline has no replay of them yet.`)
    const count = (files: readonly RecordFile[]) => files.reduce((sum, { games }) => sum + games.length, 0)
    say(`SEED=${SEED}: ${count(chosen)} of ${count(played.files)} recorded games; RECORDS=all replays every one.`)
    const server = await startServer()
    try {
      const paths = chosen.map(({ path }) => path)
      const { code, lines, stderr } = await replay([...paths, '--url', server.url, '--token', server.token])
      say(stderr.trim())
      const excused = new Set(EXCEPTIONS.map(({ id }) => id))
      expect(lines.filter(({ ok, id }) => !ok && !excused.has(id))).toEqual([])
      expect(lines).toHaveLength(count(chosen))
      expect(code).toBe(0)
    } finally {
      await server.dispose()
    }
  })

  it('become the same plays without their results, what is given apart', async () => {
    for (const { sport, games } of [...inventedRecords(), ...chosen]) {
      const adapter = await ADAPTERS[sport]?.()
      // A tie has no plays of its own; those of its matches are looked at. A table has nothing but its results.
      const records = adapter ? games.flatMap(game => (adapter.split?.(game).length ? adapter.split(game) : [game])) : []
      for (const record of records) {
        const { expected: _, ...bare } = record
        const own = adapter?.plays(record).plays.filter(play => play.data?.fromResult !== true)
        expect(adapter?.plays(bare), record.id).toEqual({ plays: own, given: [] })
      }
    }
  })

  it('are excused in at most one of a hundred', () => {
    for (const { sport, games } of played?.files ?? []) {
      const excused = EXCEPTIONS.filter(exception => exception.sport === sport)
      expect(excused.length, sport).toBeLessThanOrEqual(games.length / 100)
      for (const { id } of excused) expect(games.map(game => game.id)).toContain(id)
    }
  })
})
