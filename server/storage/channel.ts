import type { Worker } from 'node:worker_threads'
import { StorageError } from './error.ts'
import type { Answers, Envelope, Reply, Request, Role, WireFailure } from './messages.ts'
import { startThread } from './thread.ts'

/** So many questions wait only when the thread cannot keep up: then it is better to say so than to let them pile up. */
const WAITING_MAX = 10_000

interface Waiting {
  resolve: (answer: never) => void
  reject: (error: StorageError) => void
}

/** A worker thread with one connection, asked by messages and answering in order. */
export class Channel {
  #worker: Worker
  #waiting = new Map<number, Waiting>()
  #lastId = 0
  #ended: string | null = null

  constructor(role: Role) {
    this.#worker = startThread(`storage-${role}`)
    this.#worker.on('message', (reply: Reply) => this.#settle(reply))
    this.#worker.on('error', error => this.#end(`the storage thread failed: ${error.message}`))
    this.#worker.on('exit', () => this.#end('the storage is closed'))
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
      this.#worker.postMessage({ id, request } satisfies Envelope)
    })
  }

  async close(): Promise<void> {
    if (this.#ended !== null) return
    const exited = new Promise(resolve => this.#worker.once('exit', resolve))
    await this.ask({ do: 'close' })
    await exited
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    if (!waiting) return
    this.#waiting.delete(reply.id)
    if ('failure' in reply) waiting.reject(errorOf(reply.failure))
    else waiting.resolve(reply.answer as never)
  }

  #end(why: string): void {
    this.#ended ??= why
    for (const { reject } of this.#waiting.values()) reject(new StorageError('UNAVAILABLE', this.#ended))
    this.#waiting.clear()
  }
}

export async function openChannel(file: string, role: Role, busyMs: number): Promise<Channel> {
  const channel = new Channel(role)
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
