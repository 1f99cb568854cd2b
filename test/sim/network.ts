import type { Wire, WireListener } from '#components/live/wire.ts'
import type { WatchAnswer } from '#domain/protocol.ts'
import type { Account } from '#server/accounts.ts'
import type { Reading, SimNode } from './node.ts'
import { latency, type World } from './world.ts'

const GIVEN_UP_MS = 10_000
const PING_MS = 10_000

/** The link between the nodes: hints that get lost, doubled and late. */
export function hintsOf(world: World): { sending(node: number): void; deliver(run: () => void): void } {
  const { random, time, weather } = world
  let sender = -1
  return {
    sending(node) {
      sender = node
    },
    deliver(run) {
      const from = sender
      if (weather.mute.has(from)) return world.fire('hint cut off')
      if (random.chance(weather.hintLost)) return world.fire('hint lost')
      const isLate = random.chance(weather.hintLate)
      if (isLate) world.fire('hint late')
      const arrive = () => {
        world.note(`hint from ${from}`)
        run()
      }
      time.after(isLate ? random.between(50, 3_000) : latency(world), arrive)
      if (!random.chance(weather.hintTwice)) return
      world.fire('hint twice')
      time.after(random.between(1, 2_000), arrive)
    },
  }
}

export interface Home {
  /** The node this page speaks with at the moment. */
  node: SimNode
}

/** `fetch` of a page, to whichever node its home is. Requests and answers get lost; a request may arrive twice, and late. */
export function fetchOver(world: World, home: Home, account: Account, name: string): typeof fetch {
  const { random, time, weather } = world
  return ((input: unknown, init?: RequestInit) =>
    new Promise((resolve, reject) => {
      const { node } = home
      const method = init?.method ?? 'GET'
      const url = String(input)
      const body = String(init?.body ?? '')
      const giveUp = time.after(GIVEN_UP_MS, () => reject(new TypeError('no answer')))
      const isWrite = method === 'POST'
      const arrive = (isFirst: boolean) => {
        if (!node.isUp) {
          if (!isFirst) return
          giveUp()
          return reject(new TypeError('connection refused'))
        }
        world.note(`${name} ${method} to ${node.index}${isFirst ? '' : ' again'}`)
        void node.request(account, method, url, body).then(({ status, body: text }) => {
          if (!isFirst) return
          if (random.chance(weather.answerLost)) return world.fire('answer lost')
          time.after(latency(world), () => {
            giveUp()
            world.note(`${name} has ${status}`)
            resolve({ ok: status < 300, status, headers: { get: () => null }, json: async () => JSON.parse(text) } as unknown as Response)
          })
        })
      }
      if (random.chance(weather.requestLost)) return world.fire('request lost')
      const isLate = random.chance(weather.requestLate)
      if (isLate) world.fire('request late')
      time.after(isLate ? random.between(500, 14_000) : latency(world), () => arrive(true))
      if (!isWrite || !random.chance(weather.requestTwice)) return
      world.fire('request twice')
      time.after(random.between(1, 12_000), () => arrive(false))
    })) as typeof fetch
}

interface Open {
  reading: Reading
  node: SimNode
  isOpen: boolean
  /** When the latest message of each direction arrives. */
  lastDown: number
  lastUp: number
  stopPing(): void
}

/** A page's socket. In order unless the weather says otherwise; closed by either end, it comes back, perhaps to the other node. */
export function wireOver(world: World, home: Home, nodes: readonly SimNode[], name: string): Wire & { end(): void } {
  const { random, time, weather } = world
  const takers = new Map<string, Set<(message: never) => void>>()
  let listener: WireListener | null = null
  let open = null as Open | null
  let waiting: (() => void) | null = null
  let isEnded = false

  /** What comes first arrives first. */
  function inOrder(last: number): number {
    return Math.max(last, time.now() + latency(world))
  }

  function connect(): void {
    if (isEnded) return
    waiting = null
    const node = home.node.isUp || random.chance(0.3) ? home.node : random.of(nodes)
    time.after(latency(world), () => {
      if (isEnded || open) return
      if (!node.isUp) {
        home.node = random.of(nodes)
        listener?.failed(null)
        return retry()
      }
      home.node = node
      const reading: Reading = { tell: text => arrives(own, text), cut: () => closed(own) }
      const own: Open = { reading, node, isOpen: true, lastDown: 0, lastUp: 0, stopPing: () => {} }
      node.enter(reading)
      open = own
      ping(own)
      world.note(`${name} connects to ${node.index}`)
      listener?.proof()
      listener?.opened()
    })
  }

  function retry(): void {
    waiting?.()
    waiting = time.after(random.between(0, 2_000), connect)
  }

  function ping(own: Open): void {
    own.stopPing = time.after(PING_MS, () => {
      if (!own.isOpen) return
      listener?.proof()
      ping(own)
    })
  }

  function arrives(own: Open, text: string): void {
    if (random.chance(weather.updateLost)) {
      world.fire('update lost')
      return
    }
    const isLate = random.chance(weather.updateLate)
    if (isLate) world.fire('update late')
    const take = () => {
      if (!own.isOpen) return
      listener?.proof()
      const message = sharedParse(text)
      world.note(`${name} is told ${message.seq}`)
      for (const taker of takers.get('game:update') ?? []) taker(message as never)
    }
    own.lastDown = isLate ? own.lastDown : inOrder(own.lastDown)
    time.after((isLate ? time.now() + random.between(20, 2_000) : own.lastDown) - time.now(), take)
    if (!random.chance(weather.updateTwice)) return
    world.fire('update twice')
    time.after(random.between(1, 1_500), take)
  }

  function closed(own: Open): void {
    if (!own.isOpen) return
    own.isOpen = false
    own.stopPing()
    own.node.leave(own.reading)
    if (open === own) open = null
    listener?.closed()
    retry()
  }

  // Whoever listens does so before the first event.
  waiting = time.after(0, connect)

  return {
    isOpen: () => open !== null,
    ask(event, request, timeoutMs) {
      const own = open
      if (!own) return Promise.resolve(null)
      return new Promise(resolve => {
        const giveUp = time.after(timeoutMs, () => resolve(null))
        own.lastUp = inOrder(own.lastUp)
        time.after(own.lastUp - time.now(), () => {
          if (!own.isOpen) return
          void answerTo(own, event, request).then(answer => {
            const text = JSON.stringify(answer)
            own.lastDown = inOrder(own.lastDown)
            time.after(own.lastDown - time.now(), () => {
              if (!own.isOpen) return
              giveUp()
              listener?.proof()
              if (event === 'game:watch') world.note(`${name} has an answer`)
              resolve(JSON.parse(text))
            })
          })
        })
      })
    },
    on(event, take) {
      const own = takers.get(event) ?? new Set()
      takers.set(event, own.add(take as (message: never) => void))
      return () => own.delete(take as (message: never) => void)
    },
    listen(one) {
      listener = one
    },
    cut() {
      if (open) closed(open)
    },
    hurry() {
      waiting?.()
      connect()
    },
    end() {
      isEnded = true
      waiting?.()
      if (open) closed(open)
      waiting?.()
    },
  }

  async function answerTo(own: { node: SimNode; reading: Reading }, event: string, request: unknown): Promise<unknown> {
    if (event === 'game:watch') {
      const answer = await own.node.watch(own.reading, request as { gameId: string })
      const { mode } = answer as { mode?: string }
      if (mode) world.meet(`watched: ${mode}`)
      return spoiltAnswer(answer)
    }
    if (event === 'game:unwatch') {
      own.node.leave(own.reading)
      own.node.enter(own.reading)
    }
    return { ok: true, now: Date.now() }
  }

  /** Another reader's answer, of a time before. */
  function spoiltAnswer(answer: unknown): unknown {
    if (world.planted !== 'an answer of another time') return answer
    const now = answer as { ok: boolean } & WatchAnswer
    if (!now.ok || now.mode === 'same') return answer
    return { ...now, seq: now.seq + 1, game: { ...now.game, seq: now.game.seq + 1 } }
  }
}

let last: { text: string; message: { seq: number } } | null = null
/** One update goes to many pages: nobody changes it, so it is read once. */
function sharedParse(text: string): { seq: number } {
  if (last?.text !== text) last = { text, message: JSON.parse(text) }
  return last.message
}
