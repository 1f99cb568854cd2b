import { isStorageError, StorageError, type StorageErrorCode } from './error.ts'
import type { Answers, Envelope, Reply, Request, Role, WireFailure } from './messages.ts'
import { startThread } from './thread.ts'

/** So many questions wait only when the thread cannot keep up: then it is better to say so than to let them pile up. */
const WAITING_MAX = 10_000

interface Waiting {
  resolve: (answer: never) => void
  reject: (error: StorageError) => void
}

/** How questions reach a connection elsewhere, and how its side is left. */
interface Way {
  post(envelope: Envelope): void
  leave(): Promise<void>
}

/** Asks a connection that lives elsewhere, in a thread of this process or in the process that writes for several, by messages. */
export class Channel {
  #way: Way
  #waiting = new Map<number, Waiting>()
  #lastId = 0
  #ended: string | null = null

  constructor(way: Way) {
    this.#way = way
  }

  /** Why it answers no more, or null. */
  get ended(): string | null {
    return this.#ended
  }

  /** @throws StorageError */
  ask<R extends Request>(request: R): Promise<Answers[R['do']]> {
    if (this.#ended !== null) return Promise.reject(new StorageError('UNAVAILABLE', this.#ended))
    if (this.#waiting.size >= WAITING_MAX) return Promise.reject(new StorageError('BUSY', 'too many reads are waiting'))
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      this.#waiting.set(id, { resolve, reject })
      this.#way.post({ id, request })
    })
  }

  async close(): Promise<void> {
    if (this.#ended === null) await this.#way.leave()
  }

  /** What has come back. */
  settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    if (!waiting) return
    this.#waiting.delete(reply.id)
    if ('failure' in reply) waiting.reject(errorOf(reply.failure))
    else waiting.resolve(reply.answer as never)
  }

  /** Nothing more will come back: whoever waits is told why. */
  end(why: string): void {
    this.#ended ??= why
    for (const { reject } of this.#waiting.values()) reject(new StorageError('UNAVAILABLE', this.#ended))
    this.#waiting.clear()
  }
}

/** To a worker thread with one connection, which answers in order. */
function startChannel(role: Role): Channel {
  const thread = startThread(`storage-${role}`)
  const exited = new Promise(resolve => thread.once('exit', resolve))
  const channel: Channel = new Channel({
    post: envelope => thread.postMessage(envelope),
    async leave() {
      await channel.ask({ do: 'close' })
      await exited
    },
  })
  thread.on('message', (reply: Reply) => channel.settle(reply))
  thread.on('error', error => channel.end(`the storage thread failed: ${error.message}`))
  thread.on('exit', () => channel.end('the storage is closed'))
  return channel
}

export async function openChannel(file: string, role: Role, busyMs: number): Promise<Channel> {
  const channel = startChannel(role)
  try {
    await channel.ask({ do: 'open', file, role, busyMs })
    return channel
  } catch (error) {
    await channel.close()
    throw error
  }
}

export function errorOf(failure: WireFailure): StorageError {
  const code = {
    guard: 'CONSTRAINT',
    unique: 'UNIQUE',
    constraint: 'CONSTRAINT',
    sql: 'SQL',
    busy: 'BUSY',
    full: 'FULL',
    unavailable: 'UNAVAILABLE',
  } as const
  const message = failure.reason === 'unique' ? `UNIQUE constraint failed: ${failure.detail}` : failure.detail
  return new StorageError(code[failure.reason], message)
}

/** The way back: what another process is told of an error here. */
export function failureOf(error: unknown): WireFailure {
  const detail = error instanceof Error ? error.message : String(error)
  const reason = isStorageError(error) ? (REASONS[error.code] ?? 'unavailable') : 'unavailable'
  return { reason, at: 0, detail: reason === 'unique' ? detail.replace(/^UNIQUE constraint failed: /, '') : detail }
}

const REASONS: Partial<Record<StorageErrorCode, WireFailure['reason']>> = {
  UNIQUE: 'unique',
  CONSTRAINT: 'constraint',
  SQL: 'sql',
  BUSY: 'busy',
  FULL: 'full',
}
