import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io'
import { z } from 'zod'
import { failure, type SidelineError } from '#domain/errors.ts'
import type { ClientToServerEvents, ServerToClientEvents } from '#domain/protocol.ts'
import { firstIssue } from '#domain/schema.ts'
import { shapeProblem } from '#domain/shape.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { explain } from '../explain.ts'
import type { Written } from './encode.ts'
import type { Line } from './engine.ts'

export interface SocketData {
  account: Account | null
  address: string
  games: Set<string>
  /** By room: the competition a board is about, and how far its reader had come when it was left out. */
  lobbies: Map<string, { competitionId: string | undefined; n: number }>
}
export type SidelineSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>

/** What Socket.IO writes to: a line of this server's own engine, whatever its types say. */
export const lineOf = ({ conn }: SidelineSocket): Line => conn as unknown as Line

type Answer = { ok: true } | { ok: false; error: SidelineError } | Written
/** Asked in the very moment before it is sent: what it does, such as entering a room, and what it says are of the same instant. */
type AtOnce = () => Answer
type Handler<T> = (input: T, socket: SidelineSocket) => Promise<Answer | AtOnce> | Answer | AtOnce
type Heard = (sent: unknown[], socket: SidelineSocket) => void

/** How often a socket may be told that it is too fast before it is closed. */
const STRIKES = 50
const UNREAD_RETRY_MS = 2_000

/**
 * The one way an event of a client gets a handler: payload checked against a schema, rate limited, awaited, and answered if an
 * acknowledgement was asked for. Whatever happens inside, the process lives and the client gets a typed answer.
 *
 * @param mostUnreadBytes who has more than this to read is answered when it has read
 */
export function createOn(context: Context, mostUnreadBytes: number) {
  const strikes = new WeakMap<SidelineSocket, number>()

  const handlers = new Map<string, Heard>()

  function heard<T>(event: string, schema: z.ZodType<T>, handle: Handler<T>): Heard {
    return (sent, socket) => {
      const last = sent.at(-1)
      const acknowledge = typeof last === 'function' ? (last as (answer: Answer) => void) : () => {}
      const payload = typeof last === 'function' ? sent.slice(0, -1) : sent
      const settle = (outcome: Answer | AtOnce) => {
        const answer = typeof outcome === 'function' ? atOnce(event, socket, outcome) : outcome
        try {
          acknowledge(answer)
        } catch (error) {
          context.log.debug({ err: error, socket: socket.id, event }, 'acknowledgement not sent')
        }
      }
      const outcome = run(event, payload, socket, schema, handle)
      // Most of what a crowd asks is answered without waiting for anything, and a promise for each is not for nothing.
      if (outcome instanceof Promise) void outcome.then(settle, error => settle(failed(event, socket, error)))
      else settle(outcome)
    }
  }
  const on = <T>(event: keyof ClientToServerEvents, schema: z.ZodType<T>, handle: Handler<T>) =>
    void handlers.set(event, heard(event, schema, handle))
  /** What nobody knows counts like any other message, so that it floods nothing either. */
  const unknown = heard('unknown', z.unknown(), () => failure('INVALID_PAYLOAD', 'No such event.'))

  /** Of all sockets: listeners of their own would be a good part of what each of thousands weighs. */
  function hear(this: SidelineSocket, event: string, ...sent: unknown[]): void {
    ;(handlers.get(event) ?? unknown)(sent, this)
  }

  function run<T>(
    event: string,
    payload: unknown[],
    socket: SidelineSocket,
    schema: z.ZodType<T>,
    handle: Handler<T>,
  ): ReturnType<Handler<T>> {
    try {
      const taken = context.limits.take('messages', socket.id)
      if (!taken.ok) {
        const count = (strikes.get(socket) ?? 0) + 1
        strikes.set(socket, count)
        if (count >= STRIKES) socket.disconnect(true)
        return failure('RATE_LIMITED', 'Too many messages.', { retryAfterMs: taken.retryAfterMs })
      }
      if (lineOf(socket).waiting > mostUnreadBytes)
        return failure('RATE_LIMITED', 'More was asked for than has been read.', { retryAfterMs: UNREAD_RETRY_MS })
      if (payload.length > 1) return failure('INVALID_PAYLOAD', 'One argument, please.')
      const problem = shapeProblem(payload[0])
      if (problem) return { ok: false, error: problem }
      const parsed = schema.safeParse(payload[0] ?? {})
      if (!parsed.success) return firstIssue(parsed.error)
      return handle(parsed.data, socket)
    } catch (error) {
      return failed(event, socket, error)
    }
  }

  function atOnce(event: string, socket: SidelineSocket, answer: AtOnce): Answer {
    try {
      return answer()
    } catch (error) {
      return failed(event, socket, error)
    }
  }

  function failed(event: string, socket: SidelineSocket, error: unknown): Answer {
    const known = explain(error)
    if (known) return known
    const errorId = randomUUID()
    context.log.error({ err: error, errorId, socket: socket.id, event }, 'socket handler failed')
    return failure('INTERNAL', 'Something went wrong.', { errorId })
  }

  return { on, listenTo: (socket: SidelineSocket) => void socket.onAny(hear as (...heard: unknown[]) => void) }
}
