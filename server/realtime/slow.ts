import type { Server } from 'socket.io'
import type { ClientToServerEvents, ServerToClientEvents } from '#domain/protocol.ts'
import { lineOf, type SidelineSocket, type SocketData } from './on.ts'

export interface SlowLimits {
  /** A reader so far behind, by what waits for it or for how long it has waited, gets no more until it has drained … */
  behindBytes: number
  behindMs: number
  /** … and is closed when it has not drained after this. */
  graceMs: number
  sweepMs: number
}
export const SLOW: SlowLimits = { behindBytes: 256 * 1024, behindMs: 10_000, graceMs: 15_000, sweepMs: 1_000 }

/** The rooms of a reader: it leaves all of them when it lags, and is brought back once it has drained. */
interface Rooms {
  leave(socket: SidelineSocket): void
  bringBack(socket: SidelineSocket): Promise<void>
}

/**
 * Bounds what a reader that does not read can cost. One that lags leaves its rooms, and joins none, so that nothing more is queued for it;
 * drained, it is brought up to date with one message for each game and board instead of all it missed.
 */
export function createLaggards(
  io: Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>,
  { leave, bringBack }: Rooms,
  given: Partial<SlowLimits> = {},
) {
  const limits = { ...SLOW, ...given }
  const behindSince = new Map<SidelineSocket, number>()
  const lagging = new Map<SidelineSocket, number>()

  function sweep(): void {
    const now = performance.now()
    for (const socket of io.sockets.sockets.values() as IterableIterator<SidelineSocket>) {
      const bytes = lineOf(socket).waiting
      const since = lagging.get(socket)
      if (since !== undefined) {
        if (bytes === 0) recover(socket)
        else if (now - since > limits.graceMs) lineOf(socket).closeAsSlow()
        continue
      }
      if (bytes === 0) behindSince.delete(socket)
      else if (!behindSince.has(socket)) behindSince.set(socket, now)
      if (bytes > limits.behindBytes || now - (behindSince.get(socket) ?? now) > limits.behindMs) lag(socket, now)
    }
  }

  function lag(socket: SidelineSocket, now: number): void {
    lagging.set(socket, now)
    leave(socket)
  }

  function recover(socket: SidelineSocket): void {
    lagging.delete(socket)
    behindSince.delete(socket)
    void bringBack(socket).catch(() => socket.conn.close())
  }

  const timer = setInterval(sweep, limits.sweepMs)
  timer.unref()
  return {
    count: () => lagging.size,
    has: (socket: SidelineSocket) => lagging.has(socket),
    /** Found to hold too much while it was being sent something: from now on it lags. */
    full(socket: SidelineSocket) {
      if (!lagging.has(socket)) lag(socket, performance.now())
    },
    forget(socket: SidelineSocket) {
      lagging.delete(socket)
      behindSince.delete(socket)
    },
    close: () => clearInterval(timer),
  }
}
