import { expect, it } from 'vitest'
import type { BoxPlay } from './box.ts'
import { boxScore, playByPlay } from './box-score.ts'
import type { Sport } from './sport.ts'
import { sport as basketball } from './sports/basketball.ts'
import { sport as cricket } from './sports/cricket.ts'
import { TestLog } from './test-log.ts'

const rowsOf = ({ sport, rules, plays }: TestLog) => Array.from(playByPlay(sport, rules, plays), ({ row }) => row)

it('tells each play with the state on either side of it, in order of play', () => {
  const log = new TestLog(basketball)
  log.add('periodStart', { kind: '2pt', side: 'home' }, { kind: '3pt', side: 'away' })
  log.add({ kind: 'ft', side: 'home', before: 3 })
  const rows = rowsOf(log)
  expect(rows.map(({ play }) => play.seq)).toEqual([1, 2, 4, 3])
  for (const [i, row] of rows.entries()) if (i > 0) expect(row.before).toBe((rows[i - 1] as BoxPlay).after)
  expect(rows.map(({ after }) => basketball.score(after, log.rules))).toEqual([
    { home: 0, away: 0 },
    { home: 2, away: 0 },
    { home: 3, away: 0 },
    { home: 3, away: 3 },
  ])
})

it('gives a play that was put back the reading of the one it replaces, or none', () => {
  const log = new TestLog(basketball)
  log.add('periodStart', 'clockStart', { kind: '2pt', side: 'home', clockMs: 500_000 }, { kind: '2pt', side: 'away', after: 60 })
  log.add({ kind: '3pt', side: 'home', replaces: 3 }, { kind: 'ft', side: 'home', before: 4 })
  const readings = new Map(rowsOf(log).map(({ play, clockMs }) => [play.seq, clockMs]))
  expect(readings.get(5)).toBe(500_000)
  expect(readings.get(6)).toBeNull()
  expect(readings.get(4)).not.toBeNull()
})

it('counts a play without a clock where it stands now, however often it was said anew', () => {
  const log = new TestLog(cricket)
  log.add({ kind: 'ball', side: 'home', data: { runs: 1 } }, { kind: 'ball', side: 'home', data: { wicket: 'out' } })
  log.add({ kind: 'ball', side: 'home', data: { wicket: 'caught' }, replaces: 2 })
  expect(rowsOf(log).flatMap(({ counts, when }) => (counts ? [when] : []))).toEqual(['1st 0.1', '1st 0.2'])
})

it('leaves out tables without a row, and asks nothing of a sport without a box score', () => {
  const log = new TestLog(basketball)
  log.add('periodStart')
  const table = { id: 'x', title: 'X', columns: [], rows: [] }
  const empty: Sport = { ...basketball, box: () => [table, { ...table, id: 'y', rows: [{ label: 'Team', cells: {} }] }] }
  expect(boxScore(empty, log.rules, log.plays).map(({ id }) => id)).toEqual(['y'])
  expect(boxScore({ ...basketball, box: undefined }, log.rules, log.plays)).toEqual([])
})
