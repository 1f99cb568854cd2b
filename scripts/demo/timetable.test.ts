import { describe, expect, it } from 'vitest'
import { DEMO_COMPETITIONS } from '#server/demo-orders.ts'
import { PROGRAMMES } from './programme.ts'
import { type Fixture, fixtureFrom, timetable } from './timetable.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Some odd moments of a year. */
const MOMENTS = Array.from({ length: 60 }, (_, n) => Date.UTC(2030, 0, 1, 0, 7) + n * 6.1 * DAY)
/** The shortest game of each sport that is seen often. */
const LEAST_MINUTES = { basketball: 60, soccer: 105, tennis: 40, baseball: 65 } as const

describe('the timetable of the demo', () => {
  it('plays what the competitions say', () => {
    for (const { key, sport } of DEMO_COMPETITIONS) expect(PROGRAMMES[key].sport).toBe(sport)
  })

  it('has every sport being played at nearly any moment', () => {
    for (const sport of Object.keys(LEAST_MINUTES) as (keyof typeof LEAST_MINUTES)[]) {
      const keys = DEMO_COMPETITIONS.filter(one => one.sport === sport).map(({ key }) => key)
      const without = MOMENTS.filter(now => {
        const fixtures = keys
          .flatMap(key => timetable(key, now))
          .filter(({ wish }) => wish === null || wish === 'overtime' || wish === 'shootout')
        return !fixtures.some(({ startMs }) => startMs <= now && now < startMs + LEAST_MINUTES[sport] * MINUTE)
      })
      expect(without.length, sport).toBe(0)
    }
  })

  it('has games on the days before, later today or tomorrow, one put off, and no game twice', () => {
    for (const now of MOMENTS) {
      for (const { key } of DEMO_COMPETITIONS) {
        const fixtures = timetable(key, now)
        expect(new Set(fixtures.map(fixture => fixture.key)).size).toBe(fixtures.length)
        expect(fixtures.some(({ startMs }) => startMs < now - DAY)).toBe(true)
        expect(fixtures.some(({ startMs }) => startMs > now)).toBe(true)
        expect(fixtures.length).toBeLessThan(60)
      }
      const [off] = timetable('soccer-league', now)
      expect(off?.wish).toBe('postponed')
      expect((off?.startMs ?? now) - 14 * HOUR).toBeLessThanOrEqual(now)
    }
  })

  it('has what is being played first', () => {
    for (const now of MOMENTS) {
      const fixtures = timetable('basketball-league', now)
      expect(fixtures[0]?.startMs).toBeLessThanOrEqual(now)
      expect(fixtures[0]?.startMs).toBeGreaterThan(now - 120 * MINUTE)
    }
  })

  it('has no side against itself, and none in two games that begin together', () => {
    const all = MOMENTS.flatMap(now => timetable('tennis-open', now))
    for (const { home, away } of all) expect(home).not.toBe(away)
    const sides = new Map<string, string>()
    const take = (fixture: Fixture, name: string) => {
      const at = `${name} ${fixture.startMs}`
      expect(sides.get(at) ?? fixture.key).toBe(fixture.key)
      sides.set(at, fixture.key)
    }
    for (const fixture of all) {
      take(fixture, fixture.home.name)
      take(fixture, fixture.away.name)
    }
  })

  it('finds a game again by its start and its sides', () => {
    for (const fixture of timetable('baseball-league', MOMENTS[3] ?? 0)) {
      expect(fixtureFrom('baseball-league', fixture.startMs, fixture.home.name, fixture.away.name)).toEqual(fixture)
      expect(fixtureFrom('baseball-league', fixture.startMs, fixture.home.name, 'Somebody else')).toBeNull()
      expect(fixtureFrom('baseball-league', fixture.startMs + MINUTE, fixture.home.name, fixture.away.name)).toBeNull()
    }
  })
})
