import { expect, test } from 'vitest'
import { view } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import type { Sport } from '#domain/sport.ts'
import { sport as baseball } from '#domain/sports/baseball.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { presentRow } from './present.ts'

function row(sport: Sport, ...plays: (TestPlay | string)[]) {
  const rules = sport.packs[0]?.values
  const log = new TestLog(sport, rules)
  log.add(...plays)
  return presentRow(sport, { id: 'g1', sport: sport.id, rules: { values: rules }, ...view(sport, rules, log.head.fold) } as unknown as Game)
}

test('a row says what the sport says of the game while it is played, and of its end', () => {
  expect(row(tennis, 'periodStart', { kind: 'point', side: 'home' }).brief).toBe('15–0')
  const shootout = ['periodStart', 'periodEnd', 'periodStart', 'periodEnd', { kind: 'periodStart', period: 5 }] as const
  const ended = row(soccer, ...shootout, { kind: 'shootoutGoal', side: 'away' }, 'gameEnd')
  expect(ended).toMatchObject({ status: 'final', statusReason: 'shootout', brief: 'pens 0–1' })
})

test('and nothing where it has nothing to say, nor in a break', () => {
  expect(row(soccer, 'periodStart', { kind: 'addedTime', data: { minutes: 3 } }).brief).toBe('+3′')
  expect(row(soccer, 'periodStart', { kind: 'goal', side: 'home' }, 'periodEnd', 'gameEnd')).not.toHaveProperty('brief')
  expect(row(soccer, 'periodStart', 'periodEnd')).not.toHaveProperty('brief')
  expect(row(baseball, 'periodStart', { kind: 'gameEnd', data: { how: 'called' } })).not.toHaveProperty('brief')
})
