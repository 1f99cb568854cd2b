import { describe, expect, test } from 'vitest'
import { TestLog } from '#domain/test-log.ts'
import { sport } from './basketball.ts'

const rulesOf = (pack: string) => sport.packs.find(({ id }) => id === pack)?.values
const fouls = (side: 'home' | 'away', count: number, more = {}) => Array.from({ length: count }, () => ({ kind: 'foul', side, ...more }))
const timeouts = (side: 'home' | 'away', count: number) => Array.from({ length: count }, () => ({ kind: 'timeout', side }))
const periods = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ kind: 'periodStart', period: from + i }))
const started = (pack = 'fiba', period = 1) => {
  const log = new TestLog(sport, rulesOf(pack))
  log.add(...periods(1, period))
  return log
}

describe('points', () => {
  test('are worth one, two and three, a missed free throw nothing', () => {
    const log = started()
    log.add({ kind: 'ft', side: 'home' }, { kind: '2pt', side: 'home' }, { kind: '3pt', side: 'home' }, { kind: 'ftMissed', side: 'away' })
    expect(log.game().score).toEqual({ home: 6, away: 0 })
  })

  test('a two that was a three is replaced in its quarter', () => {
    const log = started()
    const basket = log.add({ kind: '2pt', side: 'home', playerId: 'p4' })
    log.add({ kind: 'periodStart', period: 2 }, { kind: '3pt', side: 'home', playerId: 'p4', replaces: basket })
    expect(log.game().linescore.columns).toEqual([
      { label: 'Q1', home: 3, away: 0 },
      { label: 'Q2', home: 0, away: 0 },
    ])
  })
})

describe('team fouls', () => {
  test('bring free throws from the fifth of a quarter and start anew with the next', () => {
    const log = started()
    log.add(...fouls('away', 3))
    expect(log.game().detail).toMatchObject({ fouls: { home: 0, away: 3 }, bonus: { home: false, away: false } })
    log.add(...fouls('away', 1))
    expect(log.game().detail).toMatchObject({ fouls: { home: 0, away: 4 }, bonus: { home: true, away: false } })
    log.add(...periods(2, 2))
    expect(log.game().detail).toMatchObject({ fouls: { home: 0, away: 0 }, bonus: { home: false, away: false } })
  })

  test('of overtime count with the fourth quarter in FIBA, by themselves and from the fourth in the NBA', () => {
    const fiba = started('fiba', 4)
    fiba.add(...fouls('home', 3), ...periods(5, 5), ...fouls('home', 1))
    expect(fiba.game().detail).toMatchObject({ fouls: { home: 4 }, bonus: { away: true } })
    const nba = started('nba', 4)
    nba.add(...fouls('home', 3), ...periods(5, 5), ...fouls('home', 2))
    expect(nba.game().detail).toMatchObject({ fouls: { home: 2 }, bonus: { away: false } })
    nba.add(...fouls('home', 1))
    expect(nba.game().detail).toMatchObject({ fouls: { home: 3 }, bonus: { away: true } })
  })

  test('bring free throws from the second in the last two minutes of an NBA quarter', () => {
    const log = started('nba')
    log.add(...fouls('home', 1, { clockMs: 119_000 }))
    expect(log.game().detail.bonus).toEqual({ home: false, away: true })
  })

  test('reach the double bonus at the tenth of a college half', () => {
    const log = started('ncaa-men')
    log.add(...fouls('home', 8))
    expect(log.game().detail).toMatchObject({ bonus: { away: true }, doubleBonus: { away: false } })
    log.add(...fouls('home', 1))
    expect(log.game().detail).toMatchObject({ doubleBonus: { away: true } })
    expect(log.game().period).toEqual({ number: 1, kind: 'half', label: '1H' })
  })

  test('are not made by NBA offensive and technical fouls, nor by a bench technical under FIBA', () => {
    const nba = started('nba')
    nba.add({ kind: 'foul', side: 'home', data: { type: 'offensive' } }, { kind: 'foul', side: 'home', data: { type: 'technical' } })
    expect(nba.game().detail.fouls).toEqual({ home: 0, away: 0 })
    const fiba = started()
    fiba.add({ kind: 'foul', side: 'home', data: { type: 'bench' } }, { kind: 'foul', side: 'home', data: { type: 'technical' } })
    expect(fiba.game().detail.fouls).toEqual({ home: 1, away: 0 })
  })
})

describe("a player's fouls", () => {
  test('say when the player must leave, and warn of plays after that', () => {
    const log = started()
    const fifth = log.add(...fouls('home', 5, { playerId: 'p7' }))
    expect(log.marks(fifth)).toEqual({ warnings: ['player-must-leave'] })
    expect(log.game().detail.players).toEqual({ p7: 5 })
    const basket = log.add({ kind: '2pt', side: 'home', playerId: 'p7' })
    expect(log.marks(basket)).toEqual({ warnings: ['player-fouled-out'] })
    expect(log.marks(log.add(...fouls('home', 1, { playerId: 'p7' })))).toEqual({ warnings: ['player-fouled-out'] })
    expect(log.game().score.home).toBe(2)
  })
})

describe('time-outs', () => {
  const left = (log: TestLog) => (log.game().detail.timeouts as { home: number }).home

  test('under FIBA are two, then three, then one an overtime, and do not carry over', () => {
    const log = started()
    expect(left(log)).toBe(2)
    log.add(...timeouts('home', 1), ...periods(2, 3))
    expect(left(log)).toBe(3)
    log.add(...timeouts('home', 3))
    expect(log.marks(log.add(...timeouts('home', 1)))).toEqual({ warnings: ['no-timeouts-left'] })
    expect(left(log)).toBe(0)
    log.add(...periods(4, 5))
    expect(left(log)).toBe(1)
  })

  test('in the NBA are seven, four of them at most in the last quarter, and two an overtime', () => {
    const log = started('nba', 3)
    log.add(...timeouts('home', 1))
    expect(left(log)).toBe(6)
    log.add(...periods(4, 4))
    expect(left(log)).toBe(4)
    log.add(...timeouts('home', 1))
    expect(left(log)).toBe(3)
    log.add(...periods(5, 5))
    expect(left(log)).toBe(2)
  })

  test('in high school carry into overtime, one more for each', () => {
    const log = started('nfhs', 4)
    log.add(...timeouts('home', 3), ...periods(5, 6))
    expect(left(log)).toBe(4)
  })
})

test('the arrow is where the scorer put it, and there is none in the NBA', () => {
  const log = started()
  log.add({ kind: 'possession', side: 'away' })
  expect(log.game().detail.possession).toBe('away')
  expect(sport.actions(rulesOf('fiba')).map(({ id }) => id)).toContain('possession')
  expect(sport.actions(rulesOf('nba')).map(({ id }) => id)).not.toContain('possession')
})
