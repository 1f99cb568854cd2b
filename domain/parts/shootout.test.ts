import { expect, test } from 'vitest'
import type { Side } from '../play.ts'
import {
  attempt,
  attempting,
  dueAttempts,
  isDecided,
  isSettled,
  NO_SHOTS,
  type Shootout,
  shootoutMarks,
  shownShootout,
  upNext,
} from './shootout.ts'

/** `HhAa`: who shot, capital where it went in. */
const after = (shots: string): Shootout =>
  Array.from(shots).reduce<Shootout>((done, shot) => {
    const side: Side = shot.toLowerCase() === 'h' ? 'home' : 'away'
    return attempt(done, side, shot !== shot.toLowerCase())
  }, NO_SHOTS)

test.each([
  ['nothing yet', '', false],
  ['a lead that can be made good', 'HaHa', false],
  ['a lead that cannot: 3–0 after three of five', 'HaHaHa', true],
  ['two behind with two left', 'HaHahA', false],
  ['level after five', 'HAHAHAHAHA', false],
  ['ahead in sudden death before the answer', 'HAHAHAHAHAH', false],
  ['ahead in sudden death after the answer', 'HAHAHAHAHAHa', true],
])('%s: settled or not', (_what, shots, isOver) => {
  expect(isSettled(after(shots), 5)).toBe(isOver)
})

test('a lead is a decision, settled or not', () => {
  expect(isDecided(after('H'))).toBe(true)
  expect(isDecided(after('HA'))).toBe(false)
  expect(isDecided(null)).toBe(false)
})

test('the turn follows from the shots; sudden death may begin with the side that went second', () => {
  expect(upNext(NO_SHOTS, 2)).toBeNull()
  expect(upNext(after('H'), 2)).toBe('away')
  expect(upNext(after('HA'), 2)).toBe('home')
  expect(upNext(after('HAHA'), 2)).toBe('home')
  expect(upNext(after('HAHA'), 2, true)).toBe('away')
  expect(upNext(after('HAHAA'), 2, true)).toBe('home')
})

test('the tally counts on when the row of dots is full', () => {
  const long = after('HA'.repeat(60))
  expect(long).toMatchObject({ home: 60, away: 60 })
  expect(long.kicks).toHaveLength(80)
})

test('the dots are a row a side, hollow for what is to come', () => {
  const [home, away] = shootoutMarks(shownShootout(after('Ha')), 3, 'Shoot-out')
  expect(home?.marks.map(({ text }) => text).join('')).toBe('●○○')
  expect(away?.marks.map(({ text }) => text).join('')).toBe('×○○')
  expect(shootoutMarks(null, 3, 'Shoot-out')).toEqual([])
})

test('what is left of the series is to come until the shoot-out is settled, and then not needed', () => {
  const left = (shots: string) => shootoutMarks(shownShootout(after(shots)), 3, 'Shoot-out')[1]?.marks.at(-1)?.title
  expect(left('HaH')).toBe('To come')
  expect(left('HaHa')).toBe('Not needed')
})

test('the keys that are due are those of whose turn it is: of both before the first attempt, of nobody once it is settled', () => {
  const shown = (shots: string) => shownShootout(after(shots)) ?? { ...NO_SHOTS, kicks: [] }
  expect(dueAttempts(shown(''), 3, ['in', 'out'])).toEqual(['in', 'out'])
  expect(dueAttempts(shown('H'), 3, ['in', 'out'])).toEqual(['away:in', 'away:out'])
  expect(dueAttempts(shown('HaHa'), 3, ['in'])).toEqual([])
  expect(dueAttempts(shown('HAHAHA'), 3, ['in'], true)).toEqual(['away:in'])
  expect([attempting(shown('H'), 3), attempting(shown('HaHa'), 3), attempting(null, 3)]).toEqual(['away', null, null])
  // Only the tally is known.
  expect(dueAttempts({ home: 3, away: 2, kicks: [] }, 5, ['in'])).toEqual([])
})
