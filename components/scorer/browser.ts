import { createStore, get, update } from 'idb-keyval'
import type { OutboxStore, Outgoing, Turn } from './outbox.ts'
import { newSender } from './play-id.ts'

const LEASE_MS = 12_000
const ANSWER_MS = 3000

/** The outbox of one game in IndexedDB: it belongs to the game, not to a page, a tab or a sign-in. */
export function browserStore(gameId: string): OutboxStore {
  // Opened by the first use: a private window may have none, and says so only then.
  let opened: ReturnType<typeof createStore> | null = null
  const database = () => {
    opened ??= createStore('sideline-outbox', 'plays')
    return opened
  }
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(`sideline-outbox-${gameId}`)
  // Small enough to be written before a tap is over, and kept whatever becomes of the page: a page's own until its database has the plays.
  const held = `sideline-held-${gameId}-`
  const own = `${held}${newSender()}`

  /** What pages held that went before their database had it. Of one that is only slow the same plays come twice, and are one by their ids. */
  async function takeOver(): Promise<void> {
    const left = keysFrom(held).filter(key => key !== own)
    if (left.length === 0) return
    const plays = left.flatMap(key => parseHeld(read(key)))
    const isIn = (kept: readonly Outgoing[], { play }: Outgoing) => kept.some(entry => entry.play.id === play.id)
    await inTime(update<Outgoing[]>(gameId, (kept = []) => [...kept, ...plays.filter(entry => !isIn(kept, entry))], database()))
    for (const key of left) keep(key, null)
  }

  return {
    async read() {
      await takeOver()
      return (await inTime(get<Outgoing[]>(gameId, database()))) ?? []
    },
    hold: plays => keep(own, plays.length > 0 ? JSON.stringify(plays) : null),
    async update(change) {
      await inTime(update<Outgoing[]>(gameId, kept => change(kept ?? []), database()))
      channel?.postMessage('changed')
    },
    watch(listener) {
      channel?.addEventListener('message', listener)
      return () => channel?.removeEventListener('message', listener)
    },
  }
}

/** A database that never answers, as some browsers' do after a wake-up, must not keep plays from being sent. */
export function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error('IndexedDB does not answer.')), ANSWER_MS)
    work.then(done, fail).finally(() => clearTimeout(timer))
  })
}

/** One sending tab at a time: by the browser's locks, and over plain http, which has none, by a lease. Two at once would do no harm. */
export function browserTurn(gameId: string): Turn {
  const name = `sideline-outbox-${gameId}`
  const me = newSender()
  return async work => {
    if (navigator.locks) {
      return await navigator.locks.request(name, { ifAvailable: true }, async lock => {
        if (lock) await work()
        return lock !== null
      })
    }
    if (!takeLease(name, me)) return false
    const renewal = setInterval(() => takeLease(name, me), LEASE_MS / 3)
    try {
      await work()
    } finally {
      clearInterval(renewal)
      keep(name, null)
    }
    return true
  }
}

function takeLease(name: string, me: string): boolean {
  const [holder, until] = (read(name) ?? '').split(' ')
  if (holder && holder !== me && Number(until) > Date.now()) return false
  keep(name, `${me} ${Date.now() + LEASE_MS}`)
  return true
}

/** This device's name in one game's play ids. */
export function deviceSender(gameId: string): string {
  const key = `sideline-sender-${gameId}`
  const known = read(key)
  if (known && /^[0-9a-f]{12}$/.test(known)) return known
  const made = newSender()
  keep(key, made)
  return made
}

/** Small settings of this device; none where the browser keeps nothing. */
export function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
function keysFrom(prefix: string): string[] {
  try {
    return Object.keys(localStorage).filter(key => key.startsWith(prefix))
  } catch {
    return []
  }
}
function parseHeld(text: string | null): Outgoing[] {
  try {
    return JSON.parse(text ?? '[]') as Outgoing[]
  } catch {
    return []
  }
}
export function keep(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // A private window forgets; nothing depends on it.
  }
}
