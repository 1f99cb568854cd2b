import { describe, expect, it } from 'vitest'
import { ADAPTERS } from '#scripts/replay/adapters.ts'
import { EXCEPTIONS } from '#scripts/replay/exceptions.ts'
import { startServer } from '../../e2e/server.ts'
import { inventedRecords, playedRecords } from './records.ts'
import { replay } from './replaying.ts'

const played = playedRecords()
const say = (line: string) => process.stderr.write(`\n  ${line}\n\n`)

describe('games that were really played', () => {
  it('hold, every one of them', { timeout: 600_000 }, async () => {
    if (!played) {
      say(
        'NO GAMES THAT WERE REALLY PLAYED HAVE BEEN REPLAYED: there is no folder of them beside this checkout (SIDELINE_RECORDS names it).',
      )
      return
    }
    if (played.others.length > 0) say(`Recorded games of ${played.others.join(', ')} are not replayed: Sideline has no replay of them yet.`)
    const server = await startServer()
    try {
      const paths = played.files.map(({ path }) => path)
      const { code, lines, stderr } = await replay([...paths, '--url', server.url, '--token', server.token])
      say(stderr.trim())
      const excused = new Set(EXCEPTIONS.map(({ id }) => id))
      expect(lines.filter(({ ok, id }) => !ok && !excused.has(id))).toEqual([])
      expect(lines).toHaveLength(played.files.reduce((sum, { games }) => sum + games.length, 0))
      expect(code).toBe(0)
    } finally {
      await server.dispose()
    }
  })

  it('become the same plays without their results, what is given apart', async () => {
    for (const { sport, games } of [...inventedRecords(), ...(played?.files ?? [])]) {
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
