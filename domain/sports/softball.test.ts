import { expect, test } from 'vitest'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sport } from './softball.ts'

const pack = (id: string) => sport.packs.find(one => one.id === id)?.values as Record<string, unknown>
const half = ['out', 'out', 'out']
const innings = (n: number) => Array.from({ length: n * 2 }, () => half).flat()
const runs = (n: number): TestPlay[] => Array.from({ length: n }, () => ({ kind: 'homeRun' }))
const play = (id: string, ...plays: (TestPlay | string)[]) => {
  const log = new TestLog(sport, pack(id))
  log.add(...plays)
  return log.game()
}

test('WBSC rule 4: seven innings, from the eighth with a runner on second', () => {
  expect(play('wbsc', ...runs(1), ...innings(7))).toMatchObject({ status: 'final', statusReason: 'regulation', winner: 'away' })
  expect(play('wbsc', ...innings(7), 'ball')).toMatchObject({ status: 'live', detail: { bases: [false, true, false] } })
})

test.each([
  ['wbsc', 15, 3],
  ['wbsc', 10, 4],
  ['wbsc', 7, 5],
  ['ncaa', 8, 5],
  ['nfhs', 10, 5],
  ['little-league', 10, 4],
  ['slow-pitch', 20, 4],
  ['slow-pitch', 15, 5],
] as const)('%s: %i runs ahead after %i innings end it', (id, lead, after) => {
  expect(play(id, ...runs(lead), ...innings(after))).toMatchObject({ status: 'final', statusReason: 'mercy', winner: 'away' })
  expect(play(id, ...runs(lead - 1), ...innings(after)).status).toBe('live')
})

test('slow pitch: a foul after two strikes is an out; the short count begins at one and one', () => {
  expect(play('slow-pitch', 'strike', 'strike', 'foul').detail).toMatchObject({ outs: 1, strikes: 0 })
  expect(play('slow-pitch-one-one', 'ball').detail).toMatchObject({ balls: 2, strikes: 1 })
  expect(play('slow-pitch-one-one', 'ball', 'single').detail).toMatchObject({ balls: 1, strikes: 1 })
  expect(play('slow-pitch-one-one', ...half, 'ball').detail).toMatchObject({ balls: 2, strikes: 1 })
})
