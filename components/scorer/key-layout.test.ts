import { describe, expect, it } from 'vitest'
import { SPORTS } from '#domain/sports/index.ts'
import { planKeys } from './key-layout.ts'

const sports = await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))
const sides = ['home', 'away'] as const

describe.each(sports.map(sport => [sport.name, sport] as const))('the keys of %s', (_, sport) => {
  const rules = sport.packs[0]?.values
  const first = sport.timed?.period(1, rules as never)?.kind ?? null
  const activeSide = sport.activeSide ? 'away' : null
  const plan = (height: number) => planKeys(sport, rules, { sides, height, periodKind: first, activeSide })
  const offered = sport.actions(rules as never).filter(({ during }) => !during || first === null || during.includes(first))

  it('all stand on a phone of 390 × 844', () => {
    // What is left beside status, score, row of follow-ups, Undo, and the clock's bar where there is one.
    const { columns, neutral, more } = plan(sport.timed ? 437 : 500)
    expect(more).toEqual([])
    const ids = new Set([...columns.flatMap(({ rows }) => rows.flatMap(row => row.keys)), ...neutral].map(({ id }) => id))
    expect(ids).toEqual(new Set(offered.map(({ id }) => id)))
  })

  it('are never lower than a thumb, and none is lost, however little room there is', () => {
    for (let height = 160; height < 900; height += 20) {
      const { columns, neutral, more } = plan(height)
      const room = height - (activeSide ? 32 : 0) - (neutral.length > 0 ? 72 : 0)
      for (const { rows } of columns) expect(rows.length * 72 - 8).toBeLessThanOrEqual(Math.max(room, 136))
      const shown = columns[0]?.rows.flatMap(row => row.keys) ?? []
      expect(new Set([...shown, ...neutral, ...more].map(({ id }) => id)).size).toBe(offered.length)
    }
  })

  it('are larger the commoner they are', () => {
    const weights = plan(2000).columns[0]?.rows.map(row => row.weight) ?? []
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
  })
})
