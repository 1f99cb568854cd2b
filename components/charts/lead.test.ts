import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LeadStep, leadFacts } from './lead.ts'
import { guideOf, leadY, reachOf, stepPath } from './step-path.ts'
import type { MarkKind } from './timeline.ts'
import { markY, spread } from './timeline-chart.tsx'

const steps = (...margins: number[]): LeadStep[] => margins.map((margin, i) => ({ x: (i + 1) / (margins.length + 1), margin, seq: i + 1 }))
const scores = (...pairs: [number, number][]) => pairs.map(([home, away], i) => ({ seq: i + 1, score: { home, away } }))

describe('facts of the lead', () => {
  it('counts changes of the lead and times level', () => {
    const facts = leadFacts(steps(2, 0, -1, 0, -2, 1, 3, 0), [])
    expect(facts).toMatchObject({ changes: 2, level: 3 })
    expect(facts.biggest.home).toMatchObject({ by: 3, seq: 7 })
    expect(facts.biggest.away).toMatchObject({ by: 2, seq: 5 })
  })

  it('names the first of equal leads', () => {
    expect(leadFacts(steps(4, 0, 4), []).biggest.home?.seq).toBe(1)
  })

  it('finds the run under way', () => {
    const facts = leadFacts([], scores([10, 10], [12, 10], [12, 12], [15, 12], [17, 12], [20, 12]))
    expect(facts.run).toEqual({ side: 'home', points: 10, against: 2, since: 2 })
  })

  it('calls a few baskets no run', () => {
    expect(leadFacts([], scores([2, 0], [2, 2], [4, 2])).run).toBeNull()
  })
})

describe('the mountains', () => {
  const plot = { width: 100, height: 100, home: 10, away: 10 }

  it('stand on the zero line and end where the game stands', () => {
    expect(stepPath([{ x: 0.1, margin: 5, seq: 1 }], 'home', 0.5, plot)).toBe('M10 50V25H50V50Z')
    expect(stepPath([{ x: 0.1, margin: 5, seq: 1 }], 'away', 0.5, plot)).toBe('')
  })

  it('close when the lead passes over', () => {
    const path = stepPath(
      [
        { x: 0.1, margin: 5, seq: 1 },
        { x: 0.2, margin: -5, seq: 2 },
        { x: 0.3, margin: 2, seq: 3 },
      ],
      'away',
      0.4,
      plot,
    )
    expect(path).toBe('M20 50V75H30V50Z')
  })

  it('never leave their half of the box, whatever the leads', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -60, max: 60 }), { minLength: 1, maxLength: 80 }), margins => {
        const all = steps(...margins)
        const reach = reachOf(all)
        expect(Math.max(...margins.map(Math.abs))).toBeLessThanOrEqual(Math.max(reach.home, reach.away))
        expect(guideOf(reach)).toBeLessThan(Math.max(reach.home, reach.away))
        const zero = leadY(0, reach) * 400
        for (const side of ['home', 'away'] as const) {
          const path = stepPath(all, side, 1, { width: 1000, height: 400, ...reach })
          expect(path).toMatch(/^(M[\d.]+ [\d.]+V[\d.]+(H[\d.]+V[\d.]+)*Z)*$/)
          for (const [, y] of path.matchAll(/V([\d.]+)/g)) {
            expect(Number(y)).toBeGreaterThanOrEqual(side === 'home' ? 0 : zero - 0.1)
            expect(Number(y)).toBeLessThanOrEqual(side === 'home' ? zero + 0.1 : 400)
          }
        }
      }),
    )
  })

  it('leave the smaller side a third of the larger one’s room', () => {
    expect(reachOf(steps(20))).toEqual({ home: 25, away: 9 })
    expect(reachOf([])).toEqual({ home: 2, away: 2 })
  })
})

describe('marks on a line', () => {
  it('step aside for their neighbours', () => {
    const mark = (x: number, side: 'home' | 'away', kind: MarkKind = 'score') => ({ x, side, kind, seq: 0 })
    expect(spread([mark(0.1, 'home'), mark(0.11, 'home'), mark(0.11, 'away'), mark(0.5, 'home')])).toEqual([0, 1, 0, 0])
    expect(spread([mark(0.1, 'home'), mark(0.105, 'home', 'red'), mark(0.3, 'home')])).toEqual([0, -1, 0])
    expect(markY('home', 1)).toBeLessThan(markY('home', 0))
    expect(markY('away', 0)).toBeGreaterThan(0.5)
  })
})
