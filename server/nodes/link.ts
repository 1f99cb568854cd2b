/**
 * What nodes tell each other on. It may lose, double and reorder messages, and it may be out of reach: whoever listens treats a message as
 * a hint to look at the database, where the truth is.
 */
export interface Link {
  /** Never throws and never waits; what cannot be sent now is lost. */
  publish(channel: string, message: string): void
  subscribe(channel: string): void
  unsubscribe(channel: string): void
  onMessage(listener: (channel: string, message: string) => void): void
  /** Told each time it can be reached again: what was said meanwhile was not heard. */
  onReady(listener: () => void): void
  isReady(): boolean
  /** Messages on their way, of which it is not known yet that they arrived: what has no room among them is lost. */
  waiting(): number
  close(): Promise<void>
}

/** For tests, and for a node alone: links that reach each other in memory. */
export function createHub(deliver: (run: () => void) => void = run => queueMicrotask(run)) {
  const links = new Set<{ channels: Set<string>; hear: (channel: string, message: string) => void }>()
  return function open(): Link {
    const own = { channels: new Set<string>(), hear: (_channel: string, _message: string) => {} }
    links.add(own)
    return {
      publish(channel, message) {
        for (const link of links) if (link.channels.has(channel)) deliver(() => link.hear(channel, message))
      },
      subscribe: channel => void own.channels.add(channel),
      unsubscribe: channel => void own.channels.delete(channel),
      onMessage(listener) {
        own.hear = listener
      },
      onReady: listener => queueMicrotask(listener),
      isReady: () => links.has(own),
      waiting: () => 0,
      async close() {
        links.delete(own)
      },
    }
  }
}
