import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlayInput } from '#domain/play.ts'
import { createOutbox, isWaiting, type Outbox, type OutboxStore, type Outgoing, type Turn } from './outbox.ts'
import { createPostPlays } from './post-plays.ts'
import { createSteady } from './steady.ts'

/** A store that outlives the tabs that use it, as IndexedDB does. */
function memoryStore(): OutboxStore & { kept(): Outgoing[]; held(): readonly Outgoing[]; breakDown(): void } {
  let kept: Outgoing[] = []
  let held: readonly Outgoing[] = []
  let isBroken = false
  const watchers = new Set<() => void>()
  const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
  const work = async <T>(act: () => T): Promise<T> => {
    await Promise.resolve()
    if (isBroken) throw new Error('no storage')
    return act()
  }
  return {
    kept: () => kept,
    held: () => held,
    hold: plays => {
      held = copy(plays)
    },
    breakDown: () => {
      isBroken = true
    },
    read: () => work(() => copy(kept)),
    update: change =>
      work(() => {
        kept = copy(change(copy(kept)))
        for (const watcher of watchers) queueMicrotask(watcher)
      }),
    watch(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
  }
}

type Weather = 'fine' | 'no-request' | 'no-answer' | 'signed-out' | 'busy' | 'portal'

/** The server as far as an outbox can tell: one transaction a request, every id once. */
function fakeServer() {
  const log: { id: string; kind: string; agoMs: number }[] = []
  const requests: number[] = []
  let weather: Weather = 'fine'
  let open = 0
  let mostOpen = 0
  const refuses = new Set<string>()
  const fetch = (async (_url: string, init: RequestInit) => {
    open += 1
    mostOpen = Math.max(mostOpen, open)
    await new Promise(resolve => setTimeout(resolve, 20))
    open -= 1
    const now = weather
    if (now === 'no-request') throw new TypeError('network')
    if (now === 'portal') return new Response('<html>Pay here</html>', { headers: { 'content-type': 'text/html' } })
    if (now === 'signed-out') return Response.json({ error: { code: 'UNAUTHENTICATED', message: 'Sign in.' } }, { status: 401 })
    if (now === 'busy') return Response.json({ error: { code: 'BUSY_RETRY', message: 'Busy.', retryable: true } }, { status: 503 })
    const body = JSON.parse(String(init.body)) as (PlayInput & { agoMs: number }) | (PlayInput & { agoMs: number })[]
    const plays = Array.isArray(body) ? body : [body]
    requests.push(plays.length)
    const index = plays.findIndex(play => refuses.has(play.id))
    if (index >= 0) {
      const at = Array.isArray(body) ? { index } : {}
      return Response.json({ error: { code: 'INVALID_PAYLOAD', message: 'Not possible.', ...at } }, { status: 400 })
    }
    for (const { id, kind, agoMs } of plays) if (!log.some(play => play.id === id)) log.push({ id, kind, agoMs })
    if (now === 'no-answer') throw new TypeError('network')
    const seqOf = (id: string) => log.findIndex(play => play.id === id) + 1
    const answer = plays.map(play => ({ ...play, seq: seqOf(play.id) }))
    return Response.json({ seq: log.length, epoch: 'e1', game: { id: 'g' }, plays: answer }, { status: 201 })
  }) as unknown as typeof globalThis.fetch
  return {
    log,
    requests,
    refuses,
    mostOpen: () => mostOpen,
    turnTo: (next: Weather) => {
      weather = next
    },
    fetch,
  }
}

const always: Turn = async work => {
  await work()
  return true
}

let page = 0
function openTab(server: ReturnType<typeof fakeServer>, store: OutboxStore, turn: Turn = always) {
  page += 1
  const steady = createSteady({ mono: () => performance.now(), wall: () => Date.now(), page: `page-${page}` })
  const outbox = createOutbox({ store, steady, turn, post: createPostPlays('g', server.fetch) })
  const close = outbox.open()
  return { outbox, close }
}
const play = (n: number, more: Partial<PlayInput> = {}): PlayInput => ({
  id: `play-${String(n).padStart(5, '0')}`,
  kind: 'goal',
  side: 'home',
  ...more,
})
const ids = (server: ReturnType<typeof fakeServer>) => server.log.map(entry => entry.id)
const showLog = (outbox: Outbox, server: ReturnType<typeof fakeServer>) =>
  outbox.arrived({ epoch: 'e1', seq: server.log.length, has: id => server.log.some(entry => entry.id === id) })
const waiting = (outbox: Outbox) => outbox.getState().plays.filter(isWaiting).length

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the outbox', () => {
  it('sends what is added, in order, one request at a time', async () => {
    const server = fakeServer()
    const { outbox, close } = openTab(server, memoryStore())
    for (let n = 1; n <= 7; n++) outbox.add([play(n)])
    await vi.advanceTimersByTimeAsync(500)
    expect(ids(server)).toEqual([1, 2, 3, 4, 5, 6, 7].map(n => play(n).id))
    expect(server.mostOpen()).toBe(1)
    expect(waiting(outbox)).toBe(0)
    close()
  })

  it('keeps a saved play until the log shows it, so that it never flickers away', async () => {
    const server = fakeServer()
    const store = memoryStore()
    const { outbox, close } = openTab(server, store)
    outbox.add([play(1)])
    await vi.advanceTimersByTimeAsync(100)
    expect(outbox.getState().plays).toMatchObject([{ saved: { epoch: 'e1', seq: 1 } }])
    showLog(outbox, server)
    await vi.advanceTimersByTimeAsync(10)
    expect(outbox.getState().plays).toEqual([])
    expect(store.kept()).toEqual([])
    close()
  })

  it('forgets a play whose answer was lost as soon as the log shows it', async () => {
    const server = fakeServer()
    const { outbox, close } = openTab(server, memoryStore())
    server.turnTo('no-answer')
    outbox.add([play(1)])
    await vi.advanceTimersByTimeAsync(100)
    expect(waiting(outbox)).toBe(1)
    showLog(outbox, server)
    expect(outbox.getState().plays).toEqual([])
    close()
  })

  it('survives a reload: seven plays made offline arrive once, in order, as old as they are', async () => {
    const server = fakeServer()
    const store = memoryStore()
    server.turnTo('no-request')
    const first = openTab(server, store)
    for (let n = 1; n <= 7; n++) {
      first.outbox.add([play(n)])
      await vi.advanceTimersByTimeAsync(1000)
    }
    expect(first.outbox.getState().trouble).toEqual({ why: 'offline' })
    first.close()

    const second = openTab(server, store)
    await vi.advanceTimersByTimeAsync(1000)
    expect(waiting(second.outbox)).toBe(7)
    second.outbox.add([play(8, { kind: 'void', side: undefined, voids: play(7).id })])
    await vi.advanceTimersByTimeAsync(60_000)
    server.turnTo('fine')
    second.outbox.nudge()
    await vi.advanceTimersByTimeAsync(1000)
    expect(ids(server)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map(n => play(n).id))
    expect(server.requests).toEqual([8])
    const ages = server.log.map(entry => entry.agoMs)
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(60_000)
    expect(ages[0]).toBeGreaterThanOrEqual((ages[6] ?? 0) + 6000)
    second.close()
  })

  it('retries by itself', async () => {
    const server = fakeServer()
    const { outbox, close } = openTab(server, memoryStore())
    server.turnTo('busy')
    outbox.add([play(1)])
    await vi.advanceTimersByTimeAsync(3000)
    expect(outbox.getState().trouble).toEqual({ why: 'busy' })
    server.turnTo('fine')
    await vi.advanceTimersByTimeAsync(6000)
    expect(ids(server)).toEqual([play(1).id])
    expect(outbox.getState().trouble).toBeNull()
    close()
  })

  it('takes the sign-in page of a network for no network', async () => {
    const server = fakeServer()
    const { outbox, close } = openTab(server, memoryStore())
    server.turnTo('portal')
    outbox.add([play(1)])
    await vi.advanceTimersByTimeAsync(200)
    expect(outbox.getState().trouble).toEqual({ why: 'offline' })
    expect(waiting(outbox)).toBe(1)
    close()
  })

  it('waits through a sign-out and goes on after the next sign-in', async () => {
    const server = fakeServer()
    const { outbox, close } = openTab(server, memoryStore())
    outbox.add([play(1)])
    await vi.advanceTimersByTimeAsync(100)
    server.turnTo('signed-out')
    outbox.add([play(2)])
    outbox.add([play(3)])
    await vi.advanceTimersByTimeAsync(100)
    expect(outbox.getState().trouble).toMatchObject({ why: 'signed-out' })
    expect(waiting(outbox)).toBe(2)
    server.turnTo('fine')
    outbox.nudge()
    await vi.advanceTimersByTimeAsync(100)
    expect(ids(server)).toEqual([1, 2, 3].map(n => play(n).id))
    close()
  })

  it('puts a refused play aside for review, the others go through', async () => {
    const server = fakeServer()
    const store = memoryStore()
    const { outbox, close } = openTab(server, store)
    server.turnTo('no-request')
    server.refuses.add(play(3).id)
    for (let n = 1; n <= 5; n++) outbox.add([play(n)])
    await vi.advanceTimersByTimeAsync(100)
    server.turnTo('fine')
    outbox.nudge()
    await vi.advanceTimersByTimeAsync(500)
    expect(ids(server)).toEqual([1, 2, 4, 5].map(n => play(n).id))
    showLog(outbox, server)
    expect(outbox.getState().plays).toMatchObject([
      { play: { id: play(3).id }, refused: { code: 'INVALID_PAYLOAD', message: 'Not possible.' } },
    ])
    await vi.advanceTimersByTimeAsync(20_000)
    expect(outbox.getState().plays).toHaveLength(1)

    server.refuses.clear()
    outbox.retry(play(3).id)
    await vi.advanceTimersByTimeAsync(100)
    expect(ids(server).at(-1)).toBe(play(3).id)
    close()
  })

  it('drops only what was refused', async () => {
    const server = fakeServer()
    const { outbox, close } = openTab(server, memoryStore())
    server.turnTo('no-request')
    outbox.add([play(1)])
    await vi.advanceTimersByTimeAsync(100)
    outbox.drop(play(1).id)
    expect(waiting(outbox)).toBe(1)
    close()
  })

  it('asks nobody about a refused play that was taken back already', async () => {
    const server = fakeServer()
    const { outbox, close } = openTab(server, memoryStore())
    server.turnTo('no-request')
    server.refuses.add(play(1).id)
    outbox.add([play(1)])
    outbox.add([play(2, { kind: 'void', side: undefined, voids: play(1).id })])
    outbox.add([play(3)])
    server.turnTo('fine')
    await vi.advanceTimersByTimeAsync(2000)
    expect(ids(server)).toEqual([play(3).id])
    expect(outbox.getState().plays.filter(entry => entry.refused)).toEqual([])
    close()
  })

  it('changes a play only as long as nobody can have it', async () => {
    const server = fakeServer()
    const { outbox, close } = openTab(server, memoryStore())
    server.turnTo('no-request')
    outbox.add([play(1)])
    outbox.add([play(2)])
    expect(outbox.amend(play(2, { player: 'Ito' }))).toBe(true)
    await vi.advanceTimersByTimeAsync(100)
    expect(outbox.amend(play(2, { player: 'Novak' }))).toBe(false)
    expect(outbox.getState().plays[1]?.play.player).toBe('Ito')
    close()
  })

  it('goes on without storage, and says so', async () => {
    const server = fakeServer()
    const store = memoryStore()
    store.breakDown()
    const { outbox, close } = openTab(server, store)
    await vi.advanceTimersByTimeAsync(10)
    outbox.add([play(1)])
    await vi.advanceTimersByTimeAsync(100)
    expect(outbox.getState().isKept).toBe(false)
    expect(ids(server)).toEqual([play(1).id])
    close()
  })

  it('holds what is added from the same moment on until it is written down, and as long as it cannot be', async () => {
    const server = fakeServer()
    const store = memoryStore()
    server.turnTo('no-request')
    const { outbox, close } = openTab(server, store)
    await vi.advanceTimersByTimeAsync(10)
    outbox.add([play(1)])
    outbox.add([play(2)])
    expect(store.kept()).toEqual([])
    expect(store.held()).toMatchObject([{ play: play(1) }, { play: play(2) }])
    await vi.advanceTimersByTimeAsync(10)
    expect(store.kept()).toMatchObject([{ play: play(1) }, { play: play(2) }])
    expect(store.held()).toEqual([])
    store.breakDown()
    outbox.add([play(3)])
    await vi.advanceTimersByTimeAsync(10)
    expect(store.held()).toMatchObject([{ play: play(3) }])
    // Sent and seen in the log, it needs to be held no longer.
    server.turnTo('fine')
    outbox.nudge()
    await vi.advanceTimersByTimeAsync(200)
    showLog(outbox, server)
    expect(store.held()).toEqual([])
    close()
  })

  it('keeps what is tapped while it is still opening', async () => {
    const server = fakeServer()
    server.turnTo('no-request')
    const { outbox, close } = openTab(server, memoryStore())
    outbox.add([play(1)])
    await Promise.resolve()
    outbox.add([play(2)])
    for (let i = 0; i < 20; i++) {
      await Promise.resolve()
      expect(waiting(outbox)).toBe(2)
    }
    close()
  })

  it('lets one tab send what another has made, and both see it arrive', async () => {
    const server = fakeServer()
    const store = memoryStore()
    server.turnTo('no-request')
    const one = openTab(server, store)
    const two = openTab(server, store)
    one.outbox.add([play(1)])
    await vi.advanceTimersByTimeAsync(100)
    expect(waiting(two.outbox)).toBe(1)
    one.close()
    server.turnTo('fine')
    two.outbox.nudge()
    await vi.advanceTimersByTimeAsync(200)
    expect(ids(server)).toEqual([play(1).id])
    two.close()
  })

  it('[F25] loses nothing, doubles nothing and keeps the order, whatever the network and the tabs do', async () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constant('add' as const) },
      { weight: 2, arbitrary: fc.constantFrom<Weather>('fine', 'no-request', 'no-answer', 'busy', 'signed-out', 'portal') },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 3000 }) },
      { weight: 1, arbitrary: fc.constantFrom('reload' as const, 'log' as const) },
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const server = fakeServer()
        const store = memoryStore()
        let tab = openTab(server, store)
        let n = 0
        for (const what of steps) {
          if (what === 'add') tab.outbox.add([play(++n)])
          else if (what === 'reload') {
            // Storage gets its turn before the page is gone.
            await vi.advanceTimersByTimeAsync(1)
            tab.close()
            tab = openTab(server, store)
          } else if (what === 'log') showLog(tab.outbox, server)
          else if (typeof what === 'number') await vi.advanceTimersByTimeAsync(what)
          else server.turnTo(what)
        }
        server.turnTo('fine')
        await vi.advanceTimersByTimeAsync(30_000)
        showLog(tab.outbox, server)
        await vi.advanceTimersByTimeAsync(100)
        expect(ids(server)).toEqual(Array.from({ length: n }, (_, i) => play(i + 1).id))
        expect(tab.outbox.getState().plays).toEqual([])
        expect(store.kept()).toEqual([])
        tab.close()
      }),
      { numRuns: 150 },
    )
  })
})
