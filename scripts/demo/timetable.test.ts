import { describe, expect, it } from 'vitest'
import { DEMO_COMPETITIONS, type DemoKey } from '#server/demo-orders.ts'
import { PROGRAMMES } from './programme.ts'
import { type Fixture, fixtureFrom, timetable } from './timetable.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Some odd moments of a year. */
const MOMENTS = Array.from({ length: 60 }, (_, n) => Date.UTC(2030, 0, 1, 0, 7) + n * 6.1 * DAY)
/** The shortest game of each sport that is seen often. */
const LEAST_MINUTES: Readonly<Record<string, number>> = {
  ...{ basketball: 60, soccer: 105, tennis: 40, baseball: 65, ice_hockey: 102, american_football: 116, rugby_union: 92, cricket: 140 },
  ...{ handball: 72, volleyball: 60, rugby_league: 90, field_hockey: 78, water_polo: 50, lacrosse: 84, softball: 64, badminton: 28 },
  ...{ table_tennis: 20, beach_volleyball: 34, padel: 40, pickleball: 27, generic: 59 },
}
const isLong = (key: DemoKey) => PROGRAMMES[key].lanes.some(({ around }) => !around)

describe('the timetable of the demo', () => {
  it('plays what the competitions say', () => {
    for (const { key, sport } of DEMO_COMPETITIONS) expect(PROGRAMMES[key].sport).toBe(sport)
  })

  it('has every sport being played at nearly any moment', () => {
    for (const [sport, least] of Object.entries(LEAST_MINUTES)) {
      const keys = DEMO_COMPETITIONS.filter(one => one.sport === sport).map(({ key }) => key)
      const without = MOMENTS.filter(now => {
        const fixtures = keys
          .flatMap(key => timetable(key, now))
          .filter(({ wish }) => wish === null || wish === 'overtime' || wish === 'shootout')
        return !fixtures.some(({ startMs }) => startMs <= now && now < startMs + least * MINUTE)
      })
      expect(without.length, sport).toBe(0)
    }
  })

  it('has games on the days before, later today or tomorrow, one put off, and no game twice', () => {
    for (const now of MOMENTS) {
      for (const { key } of DEMO_COMPETITIONS.filter(one => isLong(one.key))) {
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

  it('has one game of the other sports being played, and of half of them one that was and one to come', () => {
    const others = DEMO_COMPETITIONS.filter(({ key }) => !isLong(key))
    for (const now of MOMENTS) {
      const some = others.filter(({ key }) => {
        const fixtures = timetable(key, now)
        const latest = Math.max(...fixtures.filter(({ startMs }) => startMs <= now).map(({ startMs }) => startMs))
        expect(fixtures[0]?.startMs).toBe(latest)
        return fixtures.some(({ startMs }) => startMs > now) && fixtures.some(({ startMs }) => startMs < latest)
      })
      expect(some.length * 2).toBeGreaterThanOrEqual(others.length)
    }
  })

  it('has at most about thirty games being played at a time', () => {
    for (const now of MOMENTS) {
      const games = DEMO_COMPETITIONS.flatMap(({ key, sport }) => {
        const around = Array.from({ length: 8 }, (_, n) => timetable(key, now - n * 30 * MINUTE)).flat()
        const played = around.filter(({ startMs }) => startMs <= now && now < startMs + (LEAST_MINUTES[sport] ?? 0) * 1.25 * MINUTE)
        return [...new Set(played.map(fixture => fixture.key))]
      })
      expect(games.length).toBeGreaterThan(DEMO_COMPETITIONS.length)
      expect(games.length).toBeLessThan(40)
    }
  })

  it('gives eight sides a rest between their games', () => {
    const { lanes } = PROGRAMMES.volleyball
    const everyMs = (lanes[0]?.everyMinutes ?? 0) * MINUTE
    const last = new Map<string, number>()
    for (let n = 0; n < 120; n++) {
      const [fixture] = timetable('volleyball', (MOMENTS[0] ?? 0) + n * everyMs)
      if (!fixture) throw new Error('nothing is on')
      for (const { name } of [fixture.home, fixture.away]) {
        const before = last.get(name)
        if (before !== undefined && before !== fixture.startMs) expect(fixture.startMs - before).toBeGreaterThanOrEqual(3 * everyMs)
        last.set(name, fixture.startMs)
      }
    }
    expect(last.size).toBe(8)
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

  it.each(['baseball-league', 'padel'] as const)('finds a game of the %s again by its start and its sides', key => {
    for (const fixture of timetable(key, MOMENTS[3] ?? 0)) {
      expect(fixtureFrom(key, fixture.startMs, fixture.home.name, fixture.away.name)).toEqual(fixture)
      expect(fixtureFrom(key, fixture.startMs, fixture.home.name, 'Somebody else')).toBeNull()
      expect(fixtureFrom(key, fixture.startMs + MINUTE, fixture.home.name, fixture.away.name)).toBeNull()
    }
  })
})
