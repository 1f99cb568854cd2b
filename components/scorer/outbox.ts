import type { SidelineError } from '#domain/errors.ts'
import type { PlayInput } from '#domain/play.ts'
import type { Posted, PostPlays } from './post-plays.ts'
import type { Stamp, Steady } from './steady.ts'

/** A play on its way. It stays until the log itself shows it, or until somebody has looked at its refusal. */
export interface Outgoing {
  play: PlayInput
  made: Stamp
  /** The server has it; the log at hand does not show it yet. */
  saved?: { epoch: string; seq: number }
  refused?: SidelineError
}

type Change = (kept: Outgoing[]) => Outgoing[]

/** Where plays wait, of one game, whoever is signed in. Shared by all tabs of a device. */
export interface OutboxStore {
  read(): Promise<Outgoing[]>
  /** Reads, changes and writes in one transaction. */
  update(change: Change): Promise<void>
  /** Holds what is being written where it outlives the page at once, in the place of what it held before: the next one to read finds it. */
  hold(plays: readonly Outgoing[]): void
  /** Told when another tab has changed it. */
  watch(listener: () => void): () => void
}

/** Lets one tab at a time send; answers false without having run if it is another one's turn. */
export type Turn = (work: () => Promise<void>) => Promise<boolean>

export type Trouble = { why: 'offline' | 'busy' } | { why: 'signed-out' | 'forbidden' | 'gone'; message: string }

export interface OutboxState {
  plays: readonly Outgoing[]
  isSending: boolean
  /** Why the last attempt brought nothing; null once something went through. */
  trouble: Trouble | null
  /** False where the browser keeps nothing: closing the page would lose what waits. */
  isKept: boolean
}

export interface Outbox {
  getState(): OutboxState
  subscribe(listener: () => void): () => void
  /** Reads what waits from before, and sends it. */
  open(): () => void
  add(plays: readonly PlayInput[]): void
  /** Changes a play that was never tried; false once it was, since the server may have it. */
  amend(play: PlayInput): boolean
  /** A refused play: away with it, or once more. */
  drop(id: string): void
  retry(id: string): void
  /** The log has moved on: what it shows has arrived. */
  arrived(log: { epoch: string; seq: number; has(id: string): boolean }): void
  /** Something may have changed for the better. */
  nudge(): void
}

export interface OutboxOptions {
  store: OutboxStore
  post: PostPlays
  steady: Steady
  turn: Turn
  onSaved?(answer: Extract<Posted, { is: 'saved' }>): void
}

const MOST_AT_ONCE = 500
const RETRY_MS = [500, 1000, 2000, 5000]
const LOOK_EVERY_MS = 5000

export const isWaiting = (entry: Outgoing) => !entry.saved && !entry.refused

export function createOutbox({ store, post, steady, turn, onSaved }: OutboxOptions): Outbox {
  const listeners = new Set<() => void>()
  /** Added by this tab and never sent: nobody else can know them. */
  const untried = new Set<string>()
  /** Added and not on the disk yet: should the page go now, they are held. */
  const unwritten = new Set<string>()
  let state: OutboxState = { plays: [], isSending: false, trouble: null, isKept: true }
  let writing: Promise<void> = Promise.resolve()
  let writes = 0
  let isStale = true
  let isOpen = false
  let isRunning = false
  let isWanted = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  /** How many to send at a time after a batch was refused, so that the one at fault goes alone. */
  let sizes: number[] = []

  function show(change: Partial<OutboxState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  /** On the screen at once, on the disk in the order it was done. */
  function change(how: Change): void {
    const next = how([...state.plays])
    if (next.length === state.plays.length && next.every((entry, i) => entry === state.plays[i])) return
    const added = next.flatMap(({ play }) => (state.plays.some(entry => entry.play.id === play.id) ? [] : [play.id]))
    for (const id of added) unwritten.add(id)
    show({ plays: next })
    if (unwritten.size > 0) hold()
    writes += 1
    writing = writing
      .then(() => store.update(how))
      .then(
        () => {
          for (const id of added) unwritten.delete(id)
          if (added.length > 0) hold()
        },
        () => show({ isKept: false }),
      )
  }

  const hold = () => store.hold(state.plays.filter(({ play }) => unwritten.has(play.id)))

  /** Takes over what other tabs have done, once nothing of our own is still being written. */
  async function catchUp(): Promise<void> {
    while (isStale && state.isKept) {
      isStale = false
      for (let written: Promise<void> | null = null; written !== writing; ) {
        written = writing
        await written
      }
      const before = writes
      try {
        const kept = await store.read()
        if (before !== writes) isStale = true
        else show({ plays: kept })
      } catch {
        show({ isKept: false })
      }
    }
  }

  async function run(): Promise<void> {
    if (!isOpen) return
    if (isRunning) {
      isWanted = true
      return
    }
    isRunning = true
    clearTimeout(timer)
    try {
      do {
        isWanted = false
        await catchUp()
        if (state.plays.some(isWaiting) && !(await turn(sendAll))) isStale = true
      } while (isWanted && isOpen)
    } finally {
      isRunning = false
      if (isOpen) timer = setTimeout(() => void run(), waitMs())
    }
  }

  function waitMs(): number {
    if (!state.plays.some(isWaiting) || failures === 0) return LOOK_EVERY_MS
    return RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? LOOK_EVERY_MS
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const batch = state.plays.filter(isWaiting).slice(0, sizes[0] ?? MOST_AT_ONCE)
      if (batch.length === 0) break
      sizes = sizes.slice(1)
      for (const { play } of batch) untried.delete(play.id)
      show({ isSending: true })
      const answer = await post(batch.map(({ play, made }) => ({ ...play, agoMs: steady.ago(made) })))
      if (!settle(batch, answer)) break
    }
    show({ isSending: false })
  }

  /** Whether to go on with the next. */
  function settle(batch: readonly Outgoing[], answer: Posted): boolean {
    switch (answer.is) {
      case 'saved': {
        failures = 0
        const seqs = new Map(answer.plays.map(play => [play.id, play.seq]))
        const { epoch } = answer
        change(kept =>
          kept.map(entry => {
            const seq = seqs.get(entry.play.id)
            return seq === undefined || entry.saved ? entry : { ...entry, saved: { epoch, seq } }
          }),
        )
        show({ trouble: null })
        onSaved?.(answer)
        return true
      }
      case 'refused': {
        failures = 0
        show({ trouble: null })
        if (batch.length === 1) refuse((batch[0] as Outgoing).play.id, answer.error)
        else sizes = answer.error.index ? [answer.error.index, 1] : [1]
        return true
      }
      case 'later': {
        failures += 1
        sizes = []
        show({ trouble: { why: answer.why } })
        return false
      }
      case 'stopped': {
        failures = RETRY_MS.length
        sizes = []
        show({ trouble: { why: answer.why, message: answer.message } })
        return false
      }
    }
  }

  /** A play that was taken back before it was refused needs nobody's decision: neither it nor its void counts. */
  function refuse(id: string, error: SidelineError): void {
    change(kept => {
      const undo = kept.find(entry => isWaiting(entry) && entry.play.kind === 'void' && entry.play.voids === id)
      if (undo) return kept.filter(entry => entry.play.id !== id && entry !== undo)
      return kept.map(entry => (entry.play.id === id ? { ...entry, refused: error } : entry))
    })
  }

  return {
    getState: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    open() {
      isOpen = true
      isStale = true
      const stop = store.watch(() => {
        isStale = true
        void run()
      })
      void run()
      return () => {
        isOpen = false
        clearTimeout(timer)
        stop()
      }
    },
    add(plays) {
      const made = steady.stamp()
      const added = plays.map(play => ({ play, made }))
      for (const { id } of plays) untried.add(id)
      change(kept => [...kept, ...added.filter(entry => !kept.some(other => other.play.id === entry.play.id))])
      void run()
    },
    amend(play) {
      if (!untried.has(play.id)) return false
      change(kept => kept.map(entry => (entry.play.id === play.id ? { ...entry, play } : entry)))
      return true
    },
    drop: id => change(kept => kept.filter(entry => entry.play.id !== id || !entry.refused)),
    retry(id) {
      change(kept => kept.map(entry => (entry.play.id === id ? { play: entry.play, made: entry.made } : entry)))
      void run()
    },
    arrived({ epoch, seq, has }) {
      // After a restore the log counts anew: what was saved before it is in it or is gone.
      const isIn = ({ play, saved }: Outgoing) => has(play.id) || (saved !== undefined && (saved.epoch !== epoch || saved.seq <= seq))
      change(kept => kept.filter(entry => !isIn(entry)))
    },
    nudge() {
      failures = 0
      isStale = true
      void run()
    },
  }
}
