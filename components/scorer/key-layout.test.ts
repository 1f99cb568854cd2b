import { describe, expect, it } from 'vitest'
import { SPORTS } from '#domain/sports/index.ts'
import { keysAt, LEVELS, type Level } from './depth.ts'
import { keysDuring, planKeys } from './key-layout.ts'

const sports = await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))
const sides = ['home', 'away'] as const

describe.each(sports.map(sport => [sport.name, sport] as const))('the keys of %s', (_, sport) => {
  const rules = sport.packs[0]?.values
  const first = sport.timed?.period(1, rules as never)?.kind ?? null
  const activeSide = sport.activeSide ? 'away' : null
  const keys = (level: Level) => keysAt(keysDuring(sport.actions(rules as never), first), level)
  const plan = (height: number, level: Level) => planKeys(sport, keys(level), { sides, height, activeSide })
  /** What is left on a phone of 390 × 844 beside status, score, row of follow-ups, Undo, and the clock's bar where there is one. */
  const phone = sport.timed ? 437 : 500

  it('all stand on a phone for who keeps the score alone, and the commonest for who keeps more', () => {
    const { columns, neutral, more } = plan(phone, 'score')
    expect(more).toEqual([])
    const ids = new Set([...columns.flatMap(({ rows }) => rows.flatMap(row => row.keys)), ...neutral].map(({ id }) => id))
    expect(ids).toEqual(new Set(keys('score').map(({ id }) => id)))
    for (const level of ['plays', 'full'] as const) expect(plan(phone, level).more.filter(({ size }) => size === 3)).toEqual([])
  })

  it.each(LEVELS)('are never lower than a thumb, and none is lost, however little room there is: %s', level => {
    for (let height = 160; height < 900; height += 20) {
      const { columns, neutral, more } = plan(height, level)
      const room = height - (activeSide ? 32 : 0) - (neutral.length > 0 ? 72 : 0)
      for (const { rows } of columns) expect(rows.length * 72 - 8).toBeLessThanOrEqual(Math.max(room, 136))
      const shown = columns[0]?.rows.flatMap(row => row.keys) ?? []
      expect(new Set([...shown, ...neutral, ...more].map(({ id }) => id)).size).toBe(keys(level).length)
      // The key that shows the others has a place of its own.
      if (more.length > 0) expect(columns[0]?.rows.at(-1)?.keys.length).toBeLessThan(activeSide ? 4 : 2)
    }
  })

  it('are larger the commoner they are', () => {
    const weights = plan(2000, 'full').columns[0]?.rows.map(row => row.weight) ?? []
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
  })
})
