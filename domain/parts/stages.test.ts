import { expect, test } from 'vitest'
import { decidedIn, type Stages, shootoutAt, stageLabel, timedBy } from './stages.ts'
import { MINUTE } from './timed.ts'

const halves: Stages = {
  direction: 'up',
  periods: 2,
  periodMs: 30 * MINUTE,
  overtimes: 4,
  overtimeParts: 2,
  overtimeMs: 5 * MINUTE,
  shootout: true,
  shootoutLabel: 'SO',
  shootoutName: 'Shoot-out',
}
const timed = timedBy<Stages>(stages => stages)
const labels = (stages: Stages) => Array.from({ length: 9 }, (_, i) => timed.period(i + 1, stages)?.label ?? null)

test('regular time, overtimes and a shoot-out follow each other', () => {
  expect(labels(halves)).toEqual(['1H', '2H', 'OT1', 'OT2', 'OT3', 'OT4', 'SO', null, null])
  expect(shootoutAt(halves)).toBe(7)
  expect(timed.period(0, halves)).toBeNull()
  expect(labels({ ...halves, periods: 4, overtimes: 1, shootout: false })).toEqual(['Q1', 'Q2', 'Q3', 'Q4', 'OT', null, null, null, null])
  expect(labels({ ...halves, periods: 3, overtimes: 0 }).slice(0, 4)).toEqual(['P1', 'P2', 'P3', 'SO'])
  expect(stageLabel(99, halves)).toBe('99')
})

test('a clock that counts up goes on where the period before ended, one that counts down begins anew', () => {
  expect(timed.period(4, halves)).toMatchObject({ startMs: 65 * MINUTE, lengthMs: 5 * MINUTE, name: 'Overtime, 2nd half' })
  expect(timed.period(5, halves)?.name).toBe('2nd overtime, 1st half')
  expect(timed.period(4, { ...halves, direction: 'down' })?.startMs).toBe(5 * MINUTE)
  expect(timed.period(7, halves)).toMatchObject({ clockless: true, startMs: 0 })
})

test('an overtime is played out before the shoot-out, which may follow any of them', () => {
  const next = (n: number) => timed.next?.(n, halves)
  expect([1, 2, 3, 4, 5, 6, 7].map(next)).toEqual([[2], [3, 7], [4], [5, 7], [6], [7], []])
  expect(timed.next?.(2, { ...halves, overtimes: 0, shootout: false })).toEqual([])
})

test('where sudden death follows, its periods say so', () => {
  const sudden = { ...halves, periods: 4, overtimes: 5, overtimeParts: 1, suddenAfter: 2, shootout: false }
  expect(labels(sudden)).toEqual(['Q1', 'Q2', 'Q3', 'Q4', 'OT1', 'OT2', 'SD1', 'SD2', 'SD3'])
  expect([7, 8].map(n => timed.period(n, sudden)?.name)).toEqual(['Sudden death', '2nd sudden death'])
})

test('how it was decided follows from the periods played, the shoot-out first', () => {
  const row = (n: number) => ({ n, home: 0, away: 0 })
  expect(decidedIn([row(1), row(2)], null, halves)).toBe('regulation')
  expect(decidedIn([row(1), row(2), row(3)], null, halves)).toBe('overtime')
  expect(decidedIn([row(1), row(2), row(3)], { home: 4, away: 3, kicks: '' }, halves)).toBe('shootout')
  expect(decidedIn([row(1)], { home: 3, away: 3, kicks: '' }, halves)).toBe('regulation')
})
