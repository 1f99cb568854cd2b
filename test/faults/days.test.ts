import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, dayBounds, dayOf } from '#server/games/days.ts'

/** Changes by an hour at night and at midnight, by half an hour, at odd offsets, and a day that was left out altogether. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Asia/Beirut',
  'Africa/Cairo',
  'America/Santiago',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
]
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000

const zone = fc.constantFrom(...ZONES)
const moment = fc.oneof(
  fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2035-12-31T00:00:00Z') }),
  // Around the changes of 2026, minute by minute.
  fc
    .tuple(
      fc.constantFrom(
        '2026-03-08T07:00Z',
        '2026-03-29T01:00Z',
        '2026-04-04T15:00Z',
        '2026-04-05T04:00Z',
        '2026-09-06T04:00Z',
        '2026-10-03T15:30Z',
        '2026-10-25T01:00Z',
        '2026-11-01T06:00Z',
      ),
      fc.integer({ min: -1_500, max: 1_500 }),
    )
    .map(([change, minutes]) => Date.parse(change) + minutes * MINUTE_MS),
)

describe(`F28 days where clocks change, seen from ${process.env.TZ ?? 'this machine’s zone'}`, () => {
  it('every moment is in the day that holds it, and in no other', () => {
    fc.assert(
      fc.property(zone, moment, (tz, at) => {
        const day = dayOf(at, tz)
        const { from, to } = dayBounds(day, tz)
        expect(at).toBeGreaterThanOrEqual(from)
        expect(at).toBeLessThan(to)
        expect([dayOf(from, tz), dayOf(to - 1, tz)]).toEqual([day, day])
        expect(dayOf(from - 1, tz) < day && dayOf(to, tz) > day).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  it('days follow each other without a gap, whatever their length', () => {
    const lengths = new Set<number>()
    for (const tz of ZONES) {
      for (let day = '2026-01-01', at = dayBounds(day, tz).from; day < '2027-01-01'; day = addDays(day, 1)) {
        const { from, to } = dayBounds(day, tz)
        expect(from, `${tz} ${day}`).toBe(at)
        lengths.add((to - from) / HOUR_MS)
        at = to
      }
    }
    expect([...lengths].sort((a, b) => a - b)).toEqual([23, 23.5, 24, 24.5, 25])
  })

  it('the hour that is missing and the one that comes twice belong to their day', () => {
    const hours = (day: string, tz: string) => (dayBounds(day, tz).to - dayBounds(day, tz).from) / HOUR_MS
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23)
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25)
    expect(dayOf(Date.parse('2026-10-25T00:30:00Z'), 'Europe/Berlin')).toBe('2026-10-25')
    expect(dayOf(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toBe('2026-10-25')
    expect(hours('2026-04-05', 'Australia/Lord_Howe')).toBe(24.5)
    expect(dayOf(Date.parse('2026-06-30T18:14:59Z'), 'Asia/Kathmandu')).toBe('2026-06-30')
    expect(dayOf(Date.parse('2026-06-30T18:15:00Z'), 'Asia/Kathmandu')).toBe('2026-07-01')
  })
})
