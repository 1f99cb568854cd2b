import { describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { TestLog } from '#domain/test-log.ts'
import { ADAPTERS, type AnyRecord } from '#scripts/replay/adapters.ts'
import { inventedRecords } from './records.ts'

type Path = readonly (string | number)[]
/** What a record says beside its result, and what follows from the rest of it. */
const UNTOLD = new Set(['pointScores', 'gamesAfterPoint', 'intermediate', 'scoreAfterPoint', 'complete', 'note', 'triesDerived'])
/** Compared by something else: a match of a tie by its games, sets broken off by how they stood then. */
const isToldTwice = (sport: string, { expected }: AnyRecord, [key]: Path) =>
  (sport === 'table_tennis' && key === 'winner') || (key === 'sets' && 'setsAtRetirement' in (expected as object))

/** Every figure of a result: numbers, winners, states. */
function figures(told: unknown, at: Path = []): Path[] {
  if (told === null || typeof told !== 'object') return [at]
  return Object.entries(told).flatMap(([key, value]) =>
    UNTOLD.has(key) ? [] : figures(value, [...at, Array.isArray(told) ? Number(key) : key]),
  )
}
function changed(told: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return otherThan(told)
  const copy = structuredClone(told) as Record<string | number, unknown>
  copy[key] = changed(copy[key], rest)
  return copy
}
function otherThan(value: unknown): unknown {
  if (typeof value === 'number') return value + 1
  if (value === 'home' || value === 'away') return value === 'home' ? 'away' : 'home'
  if (value === 'draw' || value === 'tie' || value === null) return 'home'
  // Tennis calls a match that was left where it was incomplete.
  return value === 'x' ? 7 : value === 'live' || value === 'incomplete' ? 'final' : 'live'
}

/** A recorded game under the rules it asks for, as a server plays it; of a tie, each of its matches. */
async function played(sportOfFile: string, record: AnyRecord): Promise<Game> {
  const adapter = await ADAPTERS[sportOfFile]?.()
  const { sport } = (await SPORTS[adapter?.sport ?? '']?.()) ?? {}
  if (!adapter || !sport) throw new Error(sportOfFile)
  const { rules, startsAt } = adapter.game(record)
  const packs = sport.packs
    .filter(pack => (rules?.pack ? pack.id === rules.pack : pack.isDefault))
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))
  const pack = packs.find(({ from }) => from <= (startsAt ?? '2100')) ?? packs.at(-1)
  const log = new TestLog(sport, { ...(pack?.values as object), ...rules?.values })
  log.send(adapter.plays(record).plays)
  return log.game() as Game
}

describe('a result that is not the recorded one is noticed', () => {
  it.each(inventedRecords().map(file => [file.sport, file] as const))('%s, figure by figure', async (name, { games }) => {
    const adapter = await ADAPTERS[name]?.()
    if (!adapter) throw new Error(name)
    const unnoticed: string[] = []
    let looked = 0
    for (const record of games.flatMap(game => (adapter.split?.(game)?.length ? adapter.split(game) : [game]))) {
      const game = await played(name, record)
      expect(adapter.compare(record, game), record.id).toEqual([])
      for (const path of figures(record.expected).filter(path => !isToldTwice(name, record, path))) {
        looked += 1
        if (adapter.compare({ ...record, expected: changed(record.expected, path) }, game).length === 0) {
          unnoticed.push(`${record.id}: ${path.join('.')}`)
        }
      }
    }
    expect(unnoticed).toEqual([])
    expect(looked).toBeGreaterThan(games.length)
  })
})
