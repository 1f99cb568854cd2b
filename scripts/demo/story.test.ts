import { describe, expect, it } from 'vitest'
import { view } from '#domain/fold.ts'
import type { PlayInput } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { checkPlay, playEnvelope } from '#domain/schema.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import type { DemoKey } from '#server/demo-orders.ts'
import { squadOf } from './cast.ts'
import type { Moment } from './pen.ts'
import { PROGRAMMES } from './programme.ts'
import { tellGame, type Wish } from './story.ts'

const KEYS = Object.keys(PROGRAMMES) as DemoKey[]

async function tell(key: DemoKey, seed: string, wish: Wish | null = null) {
  const { tell: teller, sport: id, rules: asked, isCup = false, lanes } = PROGRAMMES[key]
  const sport = (await SPORTS[id]?.())?.sport
  if (!sport) throw new Error(id)
  const pack = sport.packs.filter(one => one.isDefault).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  const rules = { ...(pack?.values as Record<string, unknown>), ...asked?.values }
  const [home, away] = lanes[0]?.teams ?? []
  if (!home || !away) throw new Error(key)
  const cast = { home: squadOf(home), away: squadOf(away) }
  return { sport, rules, moments: tellGame(teller, { sport, rules, cast, seed, isCup, wish }) }
}

/** The log as the server would write it; every play has to be accepted. */
async function played(key: DemoKey, seed: string, wish?: Wish) {
  const { sport, rules, moments } = await tell(key, seed, wish)
  const log = new TestLog(sport, rules)
  const seqs = new Map<string, number>()
  const seqOf = (id: PlayInput['voids']) => (id === undefined ? undefined : seqs.get(String(id)))
  for (const { play } of moments) {
    const envelope = playEnvelope.parse(play) as PlayInput
    expect(checkPlay(sport, envelope)).toMatchObject({ ok: true })
    const { voids, replaces, before: _, player, id: _id, ...rest } = play
    const sent: TestPlay = { ...rest, playerId: player, voids: seqOf(voids), replaces: seqOf(replaces) }
    seqs.set(play.id, log.add(sent))
  }
  return { log, moments, again: view(sport, rules, replay(sport, rules, log.plays).fold) }
}

const minutes = (moments: readonly Moment[]) => (moments.at(-1)?.atMs ?? 0) / 60_000

describe.each(KEYS)('a game of the %s', key => {
  it('is made of plays the server takes, in the order of time, and comes to an end', async () => {
    for (const seed of ['one', 'two', 'three', 'four']) {
      const { log, moments, again } = await played(key, seed)
      expect(again).toMatchObject({ status: 'final', official: true, score: log.game().score })
      expect(again.winner).not.toBeNull()
      expect(moments.every(({ atMs }, i) => i === 0 || atMs >= (moments[i - 1]?.atMs ?? 0))).toBe(true)
      expect(new Set(moments.map(({ play }) => play.id)).size).toBe(moments.length)
      expect(log.plays.filter(({ seq }) => log.marks(seq).ignored)).toEqual([])
    }
  })

  it('lasts about as long as such a game does', async () => {
    for (const seed of ['five', 'six', 'seven']) {
      const { moments } = await tell(key, seed)
      expect(minutes(moments)).toBeGreaterThan(30)
      expect(minutes(moments)).toBeLessThan(200)
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
