import { describe, expect, it } from 'vitest'
import { changesOf, momentInput } from './details.ts'

const startsAt = '2026-11-23T19:30:00.000Z'
const game = { startsAt, venue: 'Mill Hall', neutral: false, displayOrder: 'home-first' } as const
const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
const shown = momentInput(startsAt, timeZone)
const given = { ...game, startsAt: shown }

describe('the details of a game', () => {
  it('are written as the field wants them, in the reader’s zone', () => {
    expect(momentInput(startsAt, 'Europe/Zurich')).toBe('2026-11-23T20:30')
    expect(momentInput(null, 'UTC')).toBe('')
  })
  it('send what was changed and nothing else', () => {
    expect(changesOf(game, given, shown)).toBeNull()
    expect(changesOf(game, { ...given, venue: 'Town Hall', neutral: true }, shown)).toEqual({ venue: 'Town Hall', neutral: true })
    expect(changesOf(game, { ...given, startsAt: '' }, shown)).toEqual({ startsAt: null })
    const later = momentInput('2026-11-23T21:00:00.000Z', timeZone)
    expect(changesOf(game, { ...given, startsAt: later }, shown)).toEqual({ startsAt: '2026-11-23T21:00:00.000Z' })
  })
})
