import { rememberServerAhead, serverAhead } from './server-ahead.ts'
import { createServerTime } from './server-time.ts'
import { type AskAnswer, type AskEvent, type AskRequest, openWire, type TellEvent, type TellMessage, type Wire } from './wire.ts'

/**
 * `live`: proof of life within seconds. `polling`: no socket, but the server answers over HTTP. `stale`: nothing heard for two minutes.
 */
export type Link = 'connecting' | 'live' | 'reconnecting' | 'stale' | 'polling'

export interface ConnectionState {
  link: Link
  /** When the link came into this state, by the server's time. */
  since: number
  /** There has been a link before: without one nothing was lost yet. */
  hasOpened: boolean
  /** The server no longer speaks with pages this old: only a reload helps. */
  isOutdated: boolean
  /** The server has said that it tells everything a little late. */
  isBusy: boolean
}

/** What a page keeps up to date over the connection. Both answer whether the server was heard. */
export interface Watcher {
  watch(timeoutMs: number): Promise<boolean>
  poll(): Promise<boolean>
}

export interface Connection {
  getState(): ConnectionState
  subscribe(listener: () => void): () => void
  /** Milliseconds since 1970 by the server's clock. */
  serverNow(): number
  /** When the server was last heard, by its own clock. */
  heardAt(): number
  on<E extends TellEvent>(event: E, take: (message: TellMessage<E>) => void): () => void
  ask<E extends AskEvent>(event: E, request: AskRequest<E>, timeoutMs?: number): Promise<AskAnswer<E> | null>
  /** Watches now if connected, and again after every reconnection, wake-up and half minute, until told to stop. */
  keep(watcher: Watcher): () => void
  close(): void
}

export interface ConnectionOptions {
  wire: Wire
  /** The server's time as well as it is known before the first answer. */
  guess: number
  /** Told after each measurement how far the server's clock is ahead of the device's, ms. */
  onMeasured?(aheadMs: number): void
  /** Where the browser tells of sleep and wake; absent in tests. */
  page?: { window: EventTarget; document: EventTarget & { hidden: boolean } }
}

const TICK_MS = 1000
/** Silence after which the link has to prove itself, and after which it is not called live any more. */
const PROBE_AFTER_MS = 11_000
const SILENT_AFTER_MS = 16_000
const STALE_AFTER_MS = 120_000
const ANSWER_MS = 10_000
/** A phone that wakes does not wait long for an old link. */
const WAKE_ANSWER_MS = 3000
/** A device that says it is offline is believed unless the server answers at once: another network may still carry the socket. */
const DOUBT_ANSWER_MS = 1200
const REWATCH_MS = { every: 30_000, jitter: 5000 }
const POLL = { everyMs: 15_000, afterMs: 10_000, afterFailures: 4 }
const SYNC = { everyMs: 60_000, samples: 5, gapMs: 200 }

export function createConnection({ wire, guess, onMeasured, page }: ConnectionOptions): Connection {
  const mono = () => performance.now()
  const time = createServerTime(mono, guess)
  const listeners = new Set<() => void>()
  const watchers = new Set<Watcher>()
  const timers = new Set<ReturnType<typeof setTimeout>>()

  let state: ConnectionState = { link: 'connecting', since: guess, hasOpened: false, isOutdated: false, isBusy: false }
  let failures = 0
  let heard = mono()
  let downSince = mono()
  let polledAt: number | null = null
  let polling = false
  let nextPoll = 0
  let nextRewatch = Number.POSITIVE_INFINITY
  let nextSync = Number.POSITIVE_INFINITY
  let probing = false
  let doubtedAt: number | null = null
  let wall = Date.now()
  let wokeAt = Number.NEGATIVE_INFINITY

  const after = (ms: number, run: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, ms)
    timers.add(timer)
  }

  function linkNow(): Link {
    const now = mono()
    if (wire.isOpen() && now - heard <= SILENT_AFTER_MS) return 'live'
    if (!wire.isOpen() && polledAt !== null && now - polledAt <= POLL.everyMs + 5000) return 'polling'
    if (now - heard > STALE_AFTER_MS) return 'stale'
    return state.hasOpened || now - downSince > POLL.afterMs ? 'reconnecting' : 'connecting'
  }

  /** @param from when it came about: a link that was in doubt was lost then, not when the answer was given up. */
  function refresh(change: Partial<ConnectionState> = {}, from = mono()): void {
    const link = linkNow()
    if (link === state.link && Object.keys(change).length === 0) return
    state = { ...state, ...change, link, since: link === state.link ? state.since : time.now() - (mono() - from) }
    for (const listener of listeners) listener()
  }

  async function watchAll(timeoutMs: number): Promise<boolean> {
    nextRewatch = mono() + REWATCH_MS.every + Math.random() * REWATCH_MS.jitter
    const answers = await Promise.all([...watchers].map(watcher => watcher.watch(timeoutMs)))
    return answers.every(Boolean)
  }

  async function probe(timeoutMs: number): Promise<void> {
    if (probing) return
    probing = true
    doubtedAt = mono()
    const answer = await wire.ask('time:sync', {}, timeoutMs)
    probing = false
    if (!answer && wire.isOpen()) wire.cut()
    doubtedAt = null
  }

  async function wake(): Promise<void> {
    if (page?.document.hidden || mono() - wokeAt < 1000) return
    wokeAt = mono()
    refresh()
    if (!wire.isOpen()) {
      nextPoll = 0
      return wire.hurry()
    }
    void syncTime(1)
    const isAnswered = watchers.size > 0 ? await watchAll(WAKE_ANSWER_MS) : (await wire.ask('time:sync', {}, WAKE_ANSWER_MS)) !== null
    if (!isAnswered && wire.isOpen()) wire.cut()
  }

  async function syncTime(samples: number): Promise<void> {
    nextSync = mono() + SYNC.everyMs
    let isMeasured = false
    for (let i = 0; i < samples && wire.isOpen(); i++) {
      if (i > 0) await new Promise<void>(resolve => after(SYNC.gapMs, resolve))
      const sentAt = mono()
      const answer = await wire.ask('time:sync', {}, WAKE_ANSWER_MS)
      if (!answer?.ok) continue
      time.sample(sentAt, mono(), answer.now)
      isMeasured = true
    }
    time.settle()
    if (isMeasured) onMeasured?.(time.now() - Date.now())
  }

  async function poll(): Promise<void> {
    if (polling || watchers.size === 0) return
    polling = true
    nextPoll = mono() + POLL.everyMs
    const answers = await Promise.all([...watchers].map(watcher => watcher.poll()))
    polling = false
    if (!answers.some(Boolean)) return
    polledAt = mono()
    heard = polledAt
    refresh()
  }

  function tick(): void {
    const now = mono()
    const jump = Date.now() - wall
    wall = Date.now()
    if (jump > TICK_MS + 5000) void wake()
    if (wire.isOpen()) {
      if (now - heard > PROBE_AFTER_MS) void probe(WAKE_ANSWER_MS)
      if (now >= nextRewatch) void watchAll(ANSWER_MS)
      if (now >= nextSync) void syncTime(1)
    } else if (now >= nextPoll && (now - downSince >= POLL.afterMs || failures >= POLL.afterFailures)) void poll()
    refresh()
  }

  wire.listen({
    proof() {
      heard = mono()
    },
    opened() {
      failures = 0
      polledAt = null
      heard = mono()
      void watchAll(ANSWER_MS)
      void syncTime(SYNC.samples)
      refresh({ hasOpened: true, isOutdated: false, isBusy: false })
    },
    closed() {
      downSince = mono()
      nextPoll = 0
      refresh({}, doubtedAt ?? downSince)
    },
    failed(code) {
      failures += 1
      refresh(code === 'CLIENT_TOO_OLD' ? { isOutdated: true } : {})
    },
  })
  wire.on('sys:busy', ({ isBusy }) => refresh({ isBusy }))
  wire.on('sys:drain', ({ inMs }) => after(Math.random() * Math.max(0, inMs), () => wire.cut()))

  const ticker = setInterval(tick, TICK_MS)
  const onWake = () => void wake()
  page?.document.addEventListener('visibilitychange', onWake)
  page?.window.addEventListener('pageshow', onWake)
  page?.window.addEventListener('online', onWake)
  const onOffline = () => wire.isOpen() && void probe(DOUBT_ANSWER_MS)
  page?.window.addEventListener('offline', onOffline)

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    serverNow: time.now,
    heardAt: () => time.now() - (mono() - heard),
    on: wire.on,
    ask: (event, request, timeoutMs = ANSWER_MS) => wire.ask(event, request, timeoutMs),
    keep(watcher) {
      watchers.add(watcher)
      if (wire.isOpen()) void watcher.watch(ANSWER_MS)
      return () => watchers.delete(watcher)
    },
    close() {
      clearInterval(ticker)
      for (const timer of timers) clearTimeout(timer)
      page?.document.removeEventListener('visibilitychange', onWake)
      page?.window.removeEventListener('pageshow', onWake)
      page?.window.removeEventListener('online', onWake)
      page?.window.removeEventListener('offline', onOffline)
    },
  }
}

let shared: Connection | null = null

/**
 * The page's one connection, opened by the first who asks. Browser only.
 *
 * @param renderedAt the server's time when the page was drawn: until the first answer, the best guess there is of its clock
 */
export function connection(renderedAt?: number): Connection {
  shared ??= createConnection({
    wire: openWire(),
    guess: guessServerTime(renderedAt),
    onMeasured: rememberServerAhead,
    page: { window, document },
  })
  return shared
}

/** How old a page may be that was drawn for somebody who came before. */
const KEPT_AT_MOST_MS = 6 * 60_000

/**
 * A page got by this very navigation left the server about when its first byte came: at the hour the answer itself bears, since the page
 * may have been drawn for somebody who came before. One that was kept for when there is no network
 * (`data-kept`, set by the service worker) was drawn at some time or other, and later navigations are no help either: then it is the
 * device's clock, put right by what was last measured.
 */
function guessServerTime(renderedAt: number | undefined): number {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const age = navigation ? performance.now() - navigation.responseStart : Number.POSITIVE_INFINITY
  const isFresh = age < 15_000 && !('kept' in document.documentElement.dataset)
  if (renderedAt === undefined || !isFresh) return Date.now() + serverAhead()
  // In whole seconds, cut off; a browser that says its own time here, for an answer that bore none, is caught by the page's age.
  const sentAt = Date.parse(document.lastModified) + 500
  const isPlausible = sentAt > renderedAt && sentAt - renderedAt < KEPT_AT_MOST_MS
  return (isPlausible ? sentAt : renderedAt) + age
}
