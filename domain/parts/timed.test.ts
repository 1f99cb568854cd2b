import { expect, test } from 'vitest'
import { addPoints, amend, begin, columnsOf, countOf, leader, ordinal, type PeriodScore, tally, total } from './timed.ts'

const blank = (n: number): PeriodScore => ({ n, home: 0, away: 0 })

test('points go to the row of their period, in order of periods', () => {
  let rows = begin([], 1, blank)
  rows = begin(rows, 3, blank)
  rows = addPoints(rows, 2, blank, 'away', 3)
  rows = addPoints(rows, 1, blank, 'home', 2)
  expect(rows).toEqual([
    { n: 1, home: 2, away: 0 },
    { n: 2, home: 0, away: 3 },
    { n: 3, home: 0, away: 0 },
  ])
  expect(total(rows)).toEqual({ home: 2, away: 3 })
  expect(columnsOf(rows, n => `P${n}`).map(({ label }) => label)).toEqual(['P1', 'P2', 'P3'])
})

test('a period that began keeps what it has when it begins again', () => {
  const rows = addPoints([], 1, blank, 'home', 2)
  expect(begin(rows, 1, blank)).toEqual(rows)
  expect(amend(rows, 1, blank, row => ({ ...row, away: 1 }))).toEqual([{ n: 1, home: 2, away: 1 }])
})

test('the leader is a side or a draw', () => {
  expect([leader({ home: 1, away: 0 }), leader({ home: 0, away: 1 }), leader({ home: 1, away: 1 })]).toEqual(['home', 'away', 'draw'])
})

test('a tally counts by roster id, ids of any spelling, and stays bounded', () => {
  let counts = tally(tally({}, '__proto__'), '__proto__')
  expect(countOf(counts, '__proto__')).toBe(2)
  expect(countOf(counts, 'constructor')).toBe(0)
  expect(tally(counts, undefined)).toBe(counts)
  for (let i = 0; i < 500; i++) counts = tally(counts, `player-${i}`)
  expect(Object.keys(counts)).toHaveLength(80)
  expect(countOf(tally(counts, 'player-3'), 'player-3')).toBe(2)
})

test('ordinals', () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(ordinal).join(' ')).toBe('1st 2nd 3rd 4th 11th 12th 13th 21st 102nd 111th')
})
