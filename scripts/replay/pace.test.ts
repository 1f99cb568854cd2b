import { describe, expect, it } from 'vitest'
import type { PlayInput } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import { sport as baseball } from '#domain/sports/baseball.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { momentsOf } from './pace.ts'

const rulesOf = (sport: Sport) => sport.packs[0]?.values
const play = (kind: string, more: Partial<PlayInput> = {}): PlayInput => ({ id: 'x', kind, ...more })
const MINUTE = 60_000

describe('when recorded plays were made', () => {
  it('follows a clock that counts down, and pauses between periods', () => {
    const plays = [
      play('periodStart', { period: 1 }),
      play('2pt', { period: 1, clockMs: 9 * MINUTE }),
      play('3pt', { period: 1 }),
      play('ft', { period: 1, clockMs: 0 }),
      play('periodEnd', { period: 1, clockMs: 0 }),
      play('periodStart', { period: 2 }),
      play('2pt', { period: 2, clockMs: 9.5 * MINUTE }),
      play('gameEnd'),
    ]
    expect(momentsOf(basketball, rulesOf(basketball), plays).map(ms => ms / MINUTE)).toEqual([0, 1, 1, 10, 10, 12, 12.5, 12.5])
  })

  it('follows a clock that counts up, past the end of a half, and spreads the kicks', () => {
    const plays = [
      play('goal', { period: 1, clockMs: 20 * MINUTE }),
      play('goal', { period: 1, clockMs: 47 * MINUTE }),
      play('periodEnd', { period: 1 }),
      play('goal', { period: 2, clockMs: 50 * MINUTE }),
      play('periodEnd', { period: 2 }),
      play('shootoutGoal', { period: 5 }),
      play('shootoutGoal', { period: 5 }),
    ]
    expect(momentsOf(soccer, rulesOf(soccer), plays).map(ms => ms / MINUTE)).toEqual([20, 47, 47, 54, 94, 96.5, 97])
  })

  it('never runs backwards, and spreads evenly what no clock dates', () => {
    const late = [play('2pt', { period: 1, clockMs: 1 * MINUTE }), play('2pt', { period: 1, clockMs: 5 * MINUTE })]
    expect(momentsOf(basketball, rulesOf(basketball), late).map(ms => ms / MINUTE)).toEqual([9, 9])
    expect(momentsOf(baseball, rulesOf(baseball), [play('out'), play('out'), play('out')])).toEqual([0, 30_000, 60_000])
  })
})
