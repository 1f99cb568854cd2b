import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, dayText, spanText, timeText } from './time.ts'

describe('time in words', () => {
  const at = '2026-11-22T18:30:00.000Z'
  it('is told by the reader’s clock', () => {
    expect(timeText(at, { timeZone: 'Europe/Berlin', hour12: false })).toBe('19:30')
    expect(timeText(at, { timeZone: 'America/New_York', hour12: true })).toBe('1:30 pm')
    expect(timeText('2026-11-22T00:05:00.000Z', { timeZone: 'UTC', hour12: false })).toBe('00:05')
  })
  it('knows which day a moment falls on', () => {
    expect(dayOf('2026-11-22T23:30:00.000Z', 'Asia/Tokyo')).toBe('2026-11-23')
    expect(dayOf('2026-11-22T23:30:00.000Z', 'UTC')).toBe('2026-11-22')
  })
  it('counts days across the change of clocks', () => {
    expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  })
  it('names a year only when it is another one', () => {
    expect(dayText('2026-11-29', '2026-11-22')).toBe('Sun 29 Nov')
    expect(dayText('2027-01-02', '2026-11-22')).toBe('Sat 2 Jan 2027')
  })
  it('says spans shortly', () => {
    expect([6_000, 119_000, 7_300_000, 200_000_000].map(spanText)).toEqual(['6 s', '2 min', '2 h', '2 days'])
  })
})
