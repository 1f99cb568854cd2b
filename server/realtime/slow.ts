import type { Server } from 'socket.io'
import type { ClientToServerEvents, ServerToClientEvents } from '#domain/protocol.ts'
import type { SidelineSocket, SocketData } from './on.ts'

/** A reader so far behind gets no more until it has drained … */
const BEHIND_BYTES = 256 * 1024
const BEHIND_MS = 10_000
/** … and is closed when it has not drained after this. */
const GRACE_MS = 15_000
const SWEEP_MS = 1_000

interface Queue {
  writeBuffer: { data?: unknown }[]
  transport: { socket?: { bufferedAmount?: number } }
}

/** Bytes that wait for a reader: what the socket has not sent, and what has not reached the socket. */
function waiting(socket: SidelineSocket): number {
  const conn = socket.conn as unknown as Queue
  let bytes = conn.transport.socket?.bufferedAmount ?? 0
  for (const packet of conn.writeBuffer) bytes += typeof packet.data === 'string' ? packet.data.length : 64
  return bytes
}

/**
 * Bounds what a reader that does not read can cost. One that lags leaves its rooms, so that nothing more is queued for it; drained, it is
 * brought up to date with one whole game instead of all it missed.
 */
export function createLaggards(
  io: Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>,
  bringBack: (socket: SidelineSocket, gameId: string) => Promise<void>,
) {
  const behindSince = new Map<SidelineSocket, number>()
  const lagging = new Map<SidelineSocket, number>()

  function sweep(): void {
    const now = performance.now()
    for (const socket of io.sockets.sockets.values() as IterableIterator<SidelineSocket>) {
      const bytes = waiting(socket)
      const since = lagging.get(socket)
      if (since !== undefined) {
        if (bytes === 0) recover(socket)
        else if (now - since > GRACE_MS) socket.conn.close()
        continue
      }
      if (bytes === 0) behindSince.delete(socket)
      else if (!behindSince.has(socket)) behindSince.set(socket, now)
      if (bytes > BEHIND_BYTES || now - (behindSince.get(socket) ?? now) > BEHIND_MS) lag(socket, now)
    }
  }

  function lag(socket: SidelineSocket, now: number): void {
    lagging.set(socket, now)
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room)
  }

  function recover(socket: SidelineSocket): void {
    lagging.delete(socket)
    behindSince.delete(socket)
    for (const room of socket.data.lobbies) void socket.join(room)
    for (const gameId of socket.data.games) void bringBack(socket, gameId).catch(() => socket.conn.close())
  }

  const timer = setInterval(sweep, SWEEP_MS)
  timer.unref()
  return {
    count: () => lagging.size,
    forget(socket: SidelineSocket) {
      lagging.delete(socket)
      behindSince.delete(socket)
    },
    close: () => clearInterval(timer),
  }
}
