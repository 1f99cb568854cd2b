import { expect, it } from 'vitest'
import { clockEntry, parseClock } from './clock-entry.ts'

it.each([
  ['4:12', 252_000],
  ['4.12', 252_000],
  ['0:09.5', 9500],
  ['52', 52_000],
  ['52.5', 52_500],
  ['90:00', 5_400_000],
  ['4:72', null],
  ['', null],
  ['soon', null],
])('reads %s', (text, ms) => {
  expect(parseClock(text)).toBe(ms)
})

it('shows what it reads', () => {
  for (const ms of [0, 9500, 59_900, 252_000, 5_400_000]) expect(parseClock(clockEntry(ms))).toBe(ms)
})
