import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changeOf, isWhole } from './board.ts'
import type { GameRow } from './game.ts'

const side = (name: string): GameRow['home'] => ({ id: name, name, shortName: name, abbr: name, color: null, kind: 'team' })
const row: GameRow = {
  id: 'a',
  sport: 'tennis',
  competition: null,
  home: side('Ash'),
  away: side('Birch'),
  startsAt: null,
  epoch: 'one',
  seq: 4,
  status: 'live',
  statusReason: null,
  period: { number: 1, kind: 'set', label: 'Set 1' },
  clock: { running: true, direction: 'up', valueMs: 1_000, asOf: '2026-05-01T10:00:00.000Z' },
  score: { home: 0, away: 1 },
  winner: null,
  line: [{ label: '1', home: 2, away: 3 }],
  brief: '30–15',
}

describe('what a board is told of a row', () => {
  it('[C8] is the score alone where only that has moved', () => {
    const next = { ...row, seq: 5, score: { home: 1, away: 1 }, period: { ...row.period, number: 1 } as GameRow['period'] }
    expect(changeOf(row, next)).toEqual({ id: 'a', seq: 5, score: { home: 1, away: 1 } })
    expect(JSON.stringify(changeOf(row, next)).length).toBeLessThan(60)
  })

  it('is the row where it is new, where more has moved, or where something has gone', () => {
    expect(changeOf(undefined, row)).toBe(row)
    const others: GameRow[] = [
      { ...row, status: 'final', winner: 'away' },
      { ...row, home: { ...row.home, name: 'Aspen' } },
      { ...row, epoch: 'two' },
      { ...row, period: { number: 2, kind: 'set', label: 'Set 2' } },
      { ...row, brief: undefined },
    ]
    for (const other of others) expect(changeOf(row, other)).toBe(other)
  })

  it('makes the next row when put on the one before, whatever has moved', () => {
    const moved = fc.record(
      {
        seq: fc.nat(999),
        score: fc.record({ home: fc.nat(99), away: fc.nat(99) }),
        clock: fc.constantFrom(null, row.clock, { ...row.clock, valueMs: 7 } as GameRow['clock']),
        status: fc.constantFrom('live', 'break', 'final') as fc.Arbitrary<GameRow['status']>,
        line: fc.constantFrom(row.line, [], undefined),
        brief: fc.constantFrom('30–15', 'deuce', undefined),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(moved, moved, (a, b) => {
        const [before, after] = [clean({ ...row, ...a }), clean({ ...row, ...b })]
        const told = clean(changeOf(before, after))
        expect(isWhole(told) ? told : { ...before, ...told }).toEqual(after)
      }),
    )
  })
})

/** As it is after its journey. */
const clean = <T>(value: T): T => JSON.parse(JSON.stringify(value))
