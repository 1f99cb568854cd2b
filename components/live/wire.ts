import { io } from 'socket.io-client'
import { type ClientToServerEvents, PROTOCOL_VERSION, type ServerToClientEvents } from '#domain/protocol.ts'

type Acked<F> = F extends (request: infer R, ack?: (answer: infer A) => void) => void ? { request: R; answer: A } : never
export type AskEvent = keyof ClientToServerEvents
export type AskRequest<E extends AskEvent> = NonNullable<Acked<ClientToServerEvents[E]>['request']>
export type AskAnswer<E extends AskEvent> = Acked<ClientToServerEvents[E]>['answer']
export type TellEvent = keyof ServerToClientEvents
export type TellMessage<E extends TellEvent> = Parameters<ServerToClientEvents[E]>[0]

/** The little of a socket that the connection stands on; tests put their own in its place. */
export interface Wire {
  isOpen(): boolean
  /** Sends and waits for the acknowledgement; null if it does not come in time or the wire is closed. Nothing is kept to be sent later. */
  ask<E extends AskEvent>(event: E, request: AskRequest<E>, timeoutMs: number): Promise<AskAnswer<E> | null>
  on<E extends TellEvent>(event: E, take: (message: TellMessage<E>) => void): () => void
  /** One listener for the wire itself. `proof` is any packet, pings included. */
  listen(listener: WireListener): void
  /** Ends the transport under a link that only looks alive; the wire reconnects by itself. */
  cut(): void
  /** Tries again now instead of at the end of the current delay. */
  hurry(): void
}

export interface WireListener {
  opened(): void
  closed(): void
  /** `code` is the server's own refusal, where there is one. */
  failed(code: string | null): void
  proof(): void
}

const RETRY_MS = { first: 1000, longest: 8000 }

/** The one Socket.IO client of a page. */
export function openWire(): Wire {
  const socket = io({
    path: '/socket.io/',
    transports: ['websocket'],
    auth: { v: PROTOCOL_VERSION },
    timeout: 6000,
    reconnectionDelay: RETRY_MS.first,
    reconnectionDelayMax: RETRY_MS.longest,
    randomizationFactor: 1,
  })
  let retry: ReturnType<typeof setTimeout> | undefined
  // The client retries a broken transport by itself, but neither a refused handshake nor a close by the server.
  const retryLater = (afterMs = RETRY_MS.first + Math.random() * (RETRY_MS.longest - RETRY_MS.first)) => {
    clearTimeout(retry)
    retry = setTimeout(() => socket.connect(), afterMs)
  }

  return {
    isOpen: () => socket.connected,
    ask: (event, request, timeoutMs) =>
      socket.connected
        ? socket
            .timeout(timeoutMs)
            .emitWithAck(event, request)
            .catch(() => null)
        : Promise.resolve(null),
    on(event, take) {
      const listener = take as (message: unknown) => void
      socket.on<string>(event, listener)
      return () => socket.off<string>(event, listener)
    },
    listen(listener) {
      socket.on('connect', () => {
        listener.proof()
        // Pings never reach the socket's own events, and each connection has its own engine.
        socket.io.engine.on('heartbeat', listener.proof)
        listener.opened()
      })
      socket.on('disconnect', reason => {
        listener.closed()
        if (reason === 'io server disconnect') retryLater()
      })
      socket.on('connect_error', error => {
        const code = refusalOf(error)
        listener.failed(code)
        if (!socket.active && code !== 'CLIENT_TOO_OLD') retryLater()
      })
    },
    cut: () => {
      socket.io.engine?.close()
    },
    hurry() {
      if (socket.connected) return
      clearTimeout(retry)
      socket.disconnect().connect()
    },
  }
}

function refusalOf(error: Error & { data?: unknown }): string | null {
  const data = error.data as { code?: unknown } | undefined
  if (typeof data?.code === 'string') return data.code
  return /^[A-Z][A-Z_]+$/.test(error.message) ? error.message : null
}
