import { randomUUID } from 'node:crypto'
import type { Socket } from 'socket.io'
import type { z } from 'zod'
import { failure, type SidelineError } from '#domain/errors.ts'
import type { ClientToServerEvents, ServerToClientEvents } from '#domain/protocol.ts'
import { firstIssue } from '#domain/schema.ts'
import { shapeProblem } from '#domain/shape.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { explain } from '../explain.ts'
import type { Written } from './encode.ts'

export interface SocketData {
  account: Account | null
  address: string
  games: Set<string>
  /** By room: the competition a board is about, and how far its reader had come when it was left out. */
  lobbies: Map<string, { competitionId: string | undefined; n: number }>
}
export type SidelineSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>

type Answer = { ok: true } | { ok: false; error: SidelineError } | Written
type Handler<T> = (input: T, socket: SidelineSocket) => Promise<Answer> | Answer
type Heard = (sent: unknown[], socket: SidelineSocket) => Promise<void>

/** How often a socket may be told that it is too fast before it is closed. */
const STRIKES = 50

/**
 * The one way an event of a client gets a handler: payload checked against a schema, rate limited, awaited, and answered if an
 * acknowledgement was asked for. Whatever happens inside, the process lives and the client gets a typed answer.
 */
export function createOn(context: Context) {
  const strikes = new WeakMap<SidelineSocket, number>()

  const handlers = new Map<string, Heard>()

  function on<T>(event: keyof ClientToServerEvents, schema: z.ZodType<T>, handle: Handler<T>): void {
    handlers.set(event, async (sent, socket) => {
      const last = sent.at(-1)
      const acknowledge = typeof last === 'function' ? (last as (answer: Answer) => void) : () => {}
      const payload = typeof last === 'function' ? sent.slice(0, -1) : sent
      const answer = await run(payload, socket, schema, handle)
      try {
        acknowledge(answer)
      } catch (error) {
        context.log.debug({ err: error, event }, 'acknowledgement not sent')
      }
    })
  }

  /** Of all sockets: listeners of their own would be a good part of what each of thousands weighs. */
  function hear(this: SidelineSocket, event: string, ...sent: unknown[]): void {
    void handlers.get(event)?.(sent, this)
  }

  async function run<T>(payload: unknown[], socket: SidelineSocket, schema: z.ZodType<T>, handle: Handler<T>): Promise<Answer> {
    try {
      const taken = context.limits.take('messages', socket.id)
      if (!taken.ok) {
        const count = (strikes.get(socket) ?? 0) + 1
        strikes.set(socket, count)
        if (count >= STRIKES) socket.disconnect(true)
        return failure('RATE_LIMITED', 'Too many messages.', { retryAfterMs: taken.retryAfterMs })
      }
      if (payload.length > 1) return failure('INVALID_PAYLOAD', 'One argument, please.')
      const problem = shapeProblem(payload[0])
      if (problem) return { ok: false, error: problem }
      const parsed = schema.safeParse(payload[0] ?? {})
      if (!parsed.success) return firstIssue(parsed.error)
      return await handle(parsed.data, socket)
    } catch (error) {
      const known = explain(error)
      if (known) return known
      const errorId = randomUUID()
      context.log.error({ err: error, errorId }, 'socket handler failed')
      return failure('INTERNAL', 'Something went wrong.', { errorId })
    }
  }

  return { on, listenTo: (socket: SidelineSocket) => void socket.onAny(hear as (...heard: unknown[]) => void) }
}
