/** When the simulated world begins. */
export const BEGIN = Date.UTC(2030, 2, 2, 18)

interface Event {
  at: number
  n: number
  run: (() => void) | null
}

/** Time that passes only when the next event is taken. Everything of a run waits in here: messages, answers of the store, timers. */
export interface Timeline {
  now(): number
  /** Answers how to call it off. */
  after(ms: number, run: () => void): () => void
  /** Takes the next event, and lets everything it set off come to rest; false when nothing waits. */
  step(): Promise<boolean>
  /** Puts this timeline's clocks and timers, and the run's chance, in place of the process's own until the returned function is called. */
  install(chance: () => number): () => void
}

export function createTimeline(): Timeline {
  const heap: Event[] = []
  let now = 0
  let made = 0

  const isBefore = (a: Event, b: Event) => a.at < b.at || (a.at === b.at && a.n < b.n)

  function push(event: Event): void {
    let i = heap.length
    heap.push(event)
    while (i > 0) {
      const parent = (i - 1) >> 1
      const above = heap[parent] as Event
      if (!isBefore(event, above)) break
      heap[i] = above
      i = parent
    }
    heap[i] = event
  }

  function pop(): Event | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (!first || !last || heap.length === 0) return first
    let i = 0
    for (;;) {
      const left = 2 * i + 1
      if (left >= heap.length) break
      const right = left + 1
      const child = right < heap.length && isBefore(heap[right] as Event, heap[left] as Event) ? right : left
      if (!isBefore(heap[child] as Event, last)) break
      heap[i] = heap[child] as Event
      i = child
    }
    heap[i] = last
    return first
  }

  function after(ms: number, run: () => void): () => void {
    const event: Event = { at: now + Math.max(0, Number.isFinite(ms) ? ms : 0), n: made++, run }
    push(event)
    return () => {
      event.run = null
    }
  }

  return {
    now: () => now,
    after,
    async step() {
      for (;;) {
        const event = pop()
        if (!event) return false
        if (!event.run) continue
        now = event.at
        event.run()
        // A tick comes once no promise has anything left to do.
        await new Promise<void>(resolve => process.nextTick(resolve))
        return true
      }
    },
    install(chance) {
      return replaceGlobals(
        () => now,
        after,
        () => chance(),
      )
    },
  }
}

/** What a timer function gives: Node's have methods, a browser's is a number; nobody looks inside. */
class Timer {
  cancel: () => void = () => {}
  unref(): this {
    return this
  }
  ref(): this {
    return this
  }
}

function replaceGlobals(now: () => number, after: Timeline['after'], chance: () => number): () => void {
  const once = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const timer = new Timer()
    timer.cancel = after(Math.max(1, ms), () => run(...args))
    return timer
  }
  const repeat = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
    const timer = new Timer()
    const again = () => {
      timer.cancel = after(Math.max(1, ms), () => {
        again()
        run(...args)
      })
    }
    again()
    return timer
  }
  const soon = (run: (...args: unknown[]) => void, ...args: unknown[]) => {
    const timer = new Timer()
    timer.cancel = after(0, () => run(...args))
    return timer
  }
  const cancel = (timer: unknown) => {
    if (timer instanceof Timer) timer.cancel()
  }
  const RealDate = globalThis.Date
  const stops = [
    put(globalThis, 'setTimeout', once),
    put(globalThis, 'setInterval', repeat),
    put(globalThis, 'setImmediate', soon),
    put(globalThis, 'clearTimeout', cancel),
    put(globalThis, 'clearInterval', cancel),
    put(globalThis, 'clearImmediate', cancel),
    put(performance, 'now', now),
    put(RealDate, 'now', () => BEGIN + Math.floor(now())),
    put(Math, 'random', chance),
    // Whoever is asked in here answers or is given up by the simulated network itself.
    put(AbortSignal, 'timeout', () => new AbortController().signal),
  ]
  return () => {
    for (const stop of stops) stop()
  }
}

function put(owner: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(owner, name)
  Object.defineProperty(owner, name, { value, configurable: true, writable: true })
  return () => {
    if (before) Object.defineProperty(owner, name, before)
    else Reflect.deleteProperty(owner, name)
  }
}
