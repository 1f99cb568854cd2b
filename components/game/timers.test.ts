import { expect, it } from 'vitest'
import { leftText, timersOf } from './timers.tsx'

const AT = Date.parse('2030-01-05T18:00:00.000Z')
const clock = { running: true, direction: 'down', valueMs: 600_000, asOf: new Date(AT).toISOString() } as const

it('what runs beside the clock runs with it, whichever way it counts, and stands with it', () => {
  expect(leftText({ leftMs: 90_000 }, clock, AT)).toBe('1:30')
  expect(leftText({ leftMs: 90_000 }, clock, AT + 30_000)).toBe('1:00')
  expect(leftText({ leftMs: 90_000 }, { ...clock, direction: 'up' }, AT + 30_000)).toBe('1:00')
  expect(leftText({ leftMs: 90_000 }, { ...clock, running: false }, AT + 30_000)).toBe('1:30')
})

it('is gone once it is over, and outlives a period that ends before it', () => {
  expect(leftText({ leftMs: 90_000 }, clock, AT + 90_000)).toBe('')
  const late = { ...clock, valueMs: 20_000 }
  expect(leftText({ leftMs: 90_000 }, late, AT + 60_000)).toBe('1:10')
  expect(leftText({ leftMs: 90_000 }, null, AT)).toBe('1:30')
})

it('stands under the side it is of', () => {
  const timers = [
    { id: 'a', side: 'home', label: 'Minor', leftMs: 1 },
    { id: 'b', side: 'away', label: 'Minor', leftMs: 1 },
  ]
  expect(timersOf({ timers }, 'away').map(({ id }) => id)).toEqual(['b'])
  expect(timersOf({}, 'away')).toEqual([])
})
