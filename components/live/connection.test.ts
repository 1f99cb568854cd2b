import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Connection, createConnection, type Watcher } from './connection.ts'
import { FakeWire } from './fake-wire.ts'

class Page extends EventTarget {
  hidden = false
}

const NOON = Date.parse('2026-11-22T12:00:00.000Z')
let wire: FakeWire
let window: EventTarget
let document: Page
let live: Connection

const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000)
const link = () => live.getState().link
const answerTime = () => {
  wire.reply = event => (event === 'time:sync' ? { ok: true, now: Date.now() } : undefined)
}
function watcher(heard = { watch: true, poll: true }): Watcher & { watches: number[]; polls: number } {
  const kept = {
    watches: [] as number[],
    polls: 0,
    watch: async (timeoutMs: number) => {
      kept.watches.push(timeoutMs)
      return heard.watch
    },
    poll: async () => {
      kept.polls += 1
      return heard.poll
    },
  }
  return kept
}
/** Pings as the server sends them. */
async function beat(totalSeconds: number): Promise<void> {
  for (let i = 0; i < totalSeconds; i += 10) {
    wire.proof()
    await seconds(10)
  }
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOON })
  wire = new FakeWire()
  answerTime()
  window = new EventTarget()
  document = new Page()
  live = createConnection({ wire, guess: NOON, page: { window, document } })
})
afterEach(() => {
  live.close()
  vi.useRealTimers()
})

describe('the connection', () => {
  it('is connecting, then live, and says since when', async () => {
    expect(live.getState()).toEqual({ link: 'connecting', since: NOON, hasOpened: false, isOutdated: false, isBusy: false })
    await seconds(2)
    wire.connect()
    expect(live.getState()).toMatchObject({ link: 'live', since: NOON + 2000 })
  })

  it('stays live for as long as the server is heard', async () => {
    wire.connect()
    await beat(300)
    expect(link()).toBe('live')
    expect(wire.cuts).toBe(0)
  })

  it('is reconnecting from the moment it breaks, and stale after two minutes', async () => {
    wire.connect()
    await seconds(5)
    wire.drop()
    expect(link()).toBe('reconnecting')
    await seconds(110)
    expect(link()).toBe('reconnecting')
    await seconds(12)
    expect(link()).toBe('stale')
    wire.connect()
    expect(link()).toBe('live')
  })

  it('asks a silent link for proof and cuts it when none comes', async () => {
    wire.connect()
    await seconds(1)
    wire.reply = () => undefined
    await seconds(11)
    expect(wire.cuts).toBe(0)
    await seconds(5)
    expect(wire.cuts).toBe(1)
    expect(link()).toBe('reconnecting')
  })

  it('leaves a silent link alone that proves itself', async () => {
    wire.connect()
    wire.reply = event => {
      if (event === 'time:sync') wire.proof()
      return { ok: true, now: Date.now() }
    }
    await seconds(120)
    expect(wire.cuts).toBe(0)
    expect(link()).toBe('live')
  })

  it('watches on connecting, on reconnecting and every half minute', async () => {
    const kept = watcher()
    live.keep(kept)
    expect(kept.watches).toHaveLength(0)
    wire.connect()
    expect(kept.watches).toHaveLength(1)
    await beat(40)
    expect(kept.watches).toHaveLength(2)
    wire.drop()
    wire.connect()
    expect(kept.watches).toHaveLength(3)
  })

  it('watches at once for someone who comes later, and no longer for someone who left', async () => {
    wire.connect()
    const kept = watcher()
    const leave = live.keep(kept)
    expect(kept.watches).toHaveLength(1)
    leave()
    await beat(60)
    expect(kept.watches).toHaveLength(1)
  })

  for (const [what, wake] of [
    ['becomes visible', () => document.dispatchEvent(new Event('visibilitychange'))],
    ['is shown again', () => window.dispatchEvent(new Event('pageshow'))],
    ['is online again', () => window.dispatchEvent(new Event('online'))],
    ['was asleep, as the wall clock tells', () => vi.setSystemTime(Date.now() + 60_000)],
  ] as const) {
    it(`watches once when the page ${what}`, async () => {
      const kept = watcher()
      live.keep(kept)
      wire.connect()
      await seconds(3)
      wake()
      await seconds(2)
      expect(kept.watches).toEqual([10_000, 3000])
      expect(wire.cuts).toBe(0)
    })
  }

  it('cuts the link when nobody answers the wake-up call', async () => {
    live.keep(watcher({ watch: false, poll: true }))
    wire.connect()
    await seconds(3)
    document.dispatchEvent(new Event('visibilitychange'))
    await seconds(1)
    expect(wire.cuts).toBe(1)
  })

  it('is lost within moments when the device goes offline and no answer comes, and counts from then', async () => {
    wire.connect()
    await seconds(3)
    wire.reply = () => undefined
    window.dispatchEvent(new Event('offline'))
    await seconds(1.5)
    expect(link()).toBe('reconnecting')
    expect(live.serverNow() - live.getState().since).toBeGreaterThan(1400)
  })

  it('stays live when the device says it is offline and the server answers all the same', async () => {
    wire.connect()
    await seconds(3)
    const sent = wire.log.length
    window.dispatchEvent(new Event('offline'))
    await seconds(5)
    expect(link()).toBe('live')
    expect(wire.cuts).toBe(0)
    expect(wire.log.length - sent).toBe(1)
  })

  it('does not wait for the retry delay when the page wakes without a link', async () => {
    wire.connect()
    wire.drop()
    await seconds(3)
    window.dispatchEvent(new Event('online'))
    expect(wire.hurries).toBe(1)
  })

  it('does nothing when the page is hidden', async () => {
    const kept = watcher()
    live.keep(kept)
    wire.connect()
    await seconds(3)
    document.hidden = true
    document.dispatchEvent(new Event('visibilitychange'))
    await seconds(1)
    expect(kept.watches).toHaveLength(1)
  })

  it('polls where sockets cannot connect, says so, and is live again once they can', async () => {
    const kept = watcher()
    live.keep(kept)
    for (let i = 0; i < 4; i++) wire.fail()
    await seconds(2)
    expect(kept.polls).toBe(1)
    expect(link()).toBe('polling')
    await seconds(46)
    expect(kept.polls).toBe(4)
    wire.connect()
    expect(link()).toBe('live')
    await seconds(60)
    expect(kept.polls).toBe(4)
  })

  it('polls ten seconds after a break, and does not call that live when nothing answers', async () => {
    const kept = watcher({ watch: true, poll: false })
    live.keep(kept)
    wire.connect()
    wire.drop()
    await seconds(9)
    expect(kept.polls).toBe(0)
    await seconds(3)
    expect(kept.polls).toBe(1)
    expect(link()).toBe('reconnecting')
    await seconds(120)
    expect(link()).toBe('stale')
  })

  it('counts from a missed poll', async () => {
    const heard = { watch: true, poll: true }
    live.keep(watcher(heard))
    await seconds(12)
    expect(link()).toBe('polling')
    heard.poll = false
    await seconds(25)
    expect(link()).toBe('reconnecting')
    await seconds(120)
    expect(link()).toBe('stale')
  })

  it('takes the server’s time over the device’s', async () => {
    wire.reply = () => ({ ok: true, now: Date.now() + 3_600_000 })
    wire.connect()
    await seconds(2)
    expect(Math.abs(live.serverNow() - (Date.now() + 3_600_000))).toBeLessThan(5)
  })

  it('knows when the server was last heard', async () => {
    wire.connect()
    await seconds(5)
    wire.drop()
    await seconds(30)
    expect(Math.abs(live.heardAt() - (NOON + 0))).toBeLessThan(1500)
  })

  it('moves away within the given time when the server drains', async () => {
    wire.connect()
    wire.tell('sys:drain', { inMs: 4000 })
    expect(wire.cuts).toBe(0)
    await seconds(4)
    expect(wire.cuts).toBe(1)
  })

  it('says that only a reload helps when the server does not speak with this page', () => {
    wire.fail('CLIENT_TOO_OLD')
    expect(live.getState().isOutdated).toBe(true)
  })

  it('knows that the server tells everything a little late, until that is over or the link begins anew', async () => {
    wire.connect()
    wire.tell('sys:busy', { isBusy: true })
    expect(live.getState().isBusy).toBe(true)
    wire.tell('sys:busy', { isBusy: false })
    expect(live.getState().isBusy).toBe(false)
    wire.tell('sys:busy', { isBusy: true })
    wire.drop()
    await seconds(3)
    wire.connect()
    expect(live.getState().isBusy).toBe(false)
  })

  it('tells its listeners only what changed', async () => {
    const seen: string[] = []
    live.subscribe(() => seen.push(link()))
    wire.connect()
    await beat(60)
    expect(seen).toEqual(['live'])
  })
})
