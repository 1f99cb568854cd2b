import { describe, expect, it } from 'vitest'
import { view } from '#domain/fold.ts'
import { replay } from '#domain/replay.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { TestLog } from '#domain/test-log.ts'
import type { DemoKey } from '#server/demo-orders.ts'
import { squadOf } from './cast.ts'
import type { Moment } from './pen.ts'
import { PROGRAMMES } from './programme.ts'
import { tellGame, type Wish } from './story.ts'

const KEYS = Object.keys(PROGRAMMES) as DemoKey[]

async function tell(key: DemoKey, seed: string, wish: Wish | null = null) {
  const { tell: teller, sport: id, rules: asked, isCup = false, lanes, squad } = PROGRAMMES[key]
  const sport = (await SPORTS[id]?.())?.sport
  if (!sport) throw new Error(id)
  const pack = sport.packs
    .filter(one => (asked?.pack ? one.id === asked.pack : one.isDefault))
    .sort((one, two) => (one.from < two.from ? 1 : -1))[0]
  const rules = { ...(pack?.values as Record<string, unknown>), ...asked?.values }
  const [home, away] = lanes[0]?.teams ?? []
  if (!home || !away) throw new Error(key)
  const cast = { home: squadOf(home, squad), away: squadOf(away, squad) }
  return { sport, rules, moments: tellGame(teller, { sport, rules, cast, seed, isCup, wish }) }
}

/** The log as the server would write it; every play has to be accepted. */
async function played(key: DemoKey, seed: string, wish?: Wish) {
  const { sport, rules, moments } = await tell(key, seed, wish)
  const log = new TestLog(sport, rules)
  log.send(moments.map(({ play }) => play))
  return { log, moments, again: view(sport, rules, replay(sport, rules, log.plays).fold) }
}

const minutes = (moments: readonly Moment[]) => (moments.at(-1)?.atMs ?? 0) / 60_000
/** Said to whoever keeps the score when somebody has to leave, or had better. */
const EXPECTED: ReadonlySet<string> = new Set([
  'player-must-leave',
  'no-window-left',
  'second-yellow',
  'second-green',
  'second-warning',
  'third-suspension',
  'warning-after-suspension',
  'last-personal-foul',
])
/** The shortest story of a sport, where that is less than half an hour. */
const LEAST_MINUTES: Partial<Record<DemoKey, number>> = { 'table-tennis': 20, pickleball: 24, badminton: 24 }

describe.each(KEYS)('a game of the %s', key => {
  it('is made of plays the server takes without a complaint, in the order of time, and ends when such a game does', async () => {
    for (const seed of ['one', 'two', 'three']) {
      const { log, moments, again } = await played(key, seed)
      expect(again).toMatchObject({ status: 'final', official: true, score: log.game().score })
      expect(again.winner).not.toBeNull()
      expect(moments.every(({ atMs }, i) => i === 0 || atMs >= (moments[i - 1]?.atMs ?? 0))).toBe(true)
      expect(new Set(moments.map(({ play }) => play.id)).size).toBe(moments.length)
      const marks = log.plays.map(({ seq }) => log.marks(seq))
      expect(marks.filter(({ ignored }) => ignored)).toEqual([])
      expect(marks.flatMap(({ warnings = [] }) => warnings).filter(code => !EXPECTED.has(code))).toEqual([])
      expect(minutes(moments)).toBeGreaterThan(LEAST_MINUTES[key] ?? 30)
      expect(minutes(moments)).toBeLessThan(240)
    }
  })

  it('is the same for the same seed and another for another', async () => {
    const first = await tell(key, 'a')
    expect((await tell(key, 'a')).moments).toEqual(first.moments)
    expect((await tell(key, 'b')).moments).not.toEqual(first.moments)
  })
})

describe('what the demo wants to show', () => {
  it.each<[DemoKey, Wish, string]>([
    ['basketball-league', 'overtime', 'final'],
    ['soccer-cup', 'shootout', 'final'],
    ['baseball-league', 'overtime', 'final'],
    ['tennis-open', 'retired', 'final'],
    ['tennis-open', 'walkover', 'forfeited'],
  ])('%s can end in %s', async (key, wish, status) => {
    expect((await played(key, 'wish', wish)).again).toMatchObject({ status, statusReason: wish })
  })

  it('has a game put off for its pitch, long before it', async () => {
    const { again, moments } = await played('soccer-league', 'wish', 'postponed')
    expect(again).toMatchObject({ status: 'postponed', statusReason: 'frozen pitch' })
    expect(moments[0]?.atMs).toBeLessThan(-12 * 3_600_000)
    expect(moments[0]?.atMs).toBeLessThan(0)
  })

  it('has corrections now and then', async () => {
    const kinds = new Set<string>()
    for (let n = 0; n < 8; n++) {
      for (const { play } of (await tell('basketball-league', `correction ${n}`)).moments) {
        if (play.voids !== undefined) kinds.add('void')
        if (play.replaces !== undefined) kinds.add('replacement')
      }
    }
    expect(kinds.size).toBe(2)
  })
})
