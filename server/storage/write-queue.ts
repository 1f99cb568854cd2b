import type { Channel } from './channel.ts'
import { isStorageError, StorageError } from './error.ts'
import type { WireFailure, WireOutcome, WireResult, WireStatement } from './messages.ts'

/** Bounds of a group, so that no one waits long for neighbours: a command may be a whole batch of plays. */
const GROUP_MAX = 200
const GROUP_VALUES_MAX = 20_000
const WAITING_MAX = 10_000

export interface WriteLimits {
  /** How long a write waits for another process's lock. */
  busyMs: number
  /** A transaction that asks nothing for so long is taken for forgotten: nobody else can write meanwhile. */
  transactionIdleMs: number
}

interface Command {
  statements: WireStatement[]
  since: number
  settle: (outcome: WireOutcome) => void
}
/** Has the writing connection to itself until the promise settles. */
type Exclusive = () => Promise<unknown>

/** Since opening; for metrics. */
export interface WriteCounts {
  commands: number
  groups: number
  largestGroup: number
}

/**
 * The one writer. Commands that arrive while it is at work gather and go together, so that they share a transaction and its fsync;
 * transactions that hold a conversation wait for their turn in the same line.
 */
export class WriteQueue {
  readonly counts: WriteCounts = { commands: 0, groups: 0, largestGroup: 0 }
  #channel: Channel
  #limits: WriteLimits
  #line: (Command | Exclusive)[] = []
  #isWorking = false
  #isWoken = false
  #isClosed = false

  constructor(channel: Channel, limits: WriteLimits) {
    this.#channel = channel
    this.#limits = limits
  }

  /** Commands and transactions in the line. */
  get waiting(): number {
    return this.#line.length
  }

  get isWorking(): boolean {
    return this.#isWorking
  }

  write(statements: WireStatement[]): Promise<WireOutcome> {
    const refusal = this.#refusal()
    if (refusal) return Promise.resolve(refusal)
    return new Promise(settle => {
      this.#line.push({ statements, since: performance.now(), settle })
      this.#wake()
    })
  }

  /** @throws StorageError `BUSY` when the database is locked by another process, `UNAVAILABLE` */
  async begin(): Promise<WriteTransaction> {
    return new Promise((resolve, reject) => {
      this.exclusive(async () => {
        await this.#channel.ask({ do: 'begin', busyMs: this.#limits.busyMs })
        const transaction = new WriteTransaction(this.#channel, this.#limits.transactionIdleMs)
        resolve(transaction)
        await transaction.done
      }).catch(reject)
    })
  }

  exclusive<T>(task: () => Promise<T>): Promise<T> {
    const refusal = this.#refusal()
    if (refusal) return Promise.reject(new StorageError(refusal.reason === 'busy' ? 'BUSY' : 'UNAVAILABLE', refusal.detail))
    return this.#last(task)
  }

  /** Lets everything that waits finish, then refuses. */
  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#last(async () => {})
  }

  #last<T>(task: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#line.push(() => task().then(resolve, reject))
      this.#wake()
    })
  }

  #refusal(): (WireFailure & { reason: 'busy' | 'unavailable' }) | null {
    if (this.#isClosed) return { reason: 'unavailable', at: 0, detail: 'the storage is closed' }
    if (this.#line.length >= WAITING_MAX) return { reason: 'busy', at: 0, detail: 'too many writes are waiting' }
    return null
  }

  /** After the current task, so that commands given in one go share their first group too. */
  #wake(): void {
    if (this.#isWorking || this.#isWoken) return
    this.#isWoken = true
    queueMicrotask(() => {
      this.#isWoken = false
      void this.#work()
    })
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return
    this.#isWorking = true
    while (this.#line.length > 0) {
      const next = this.#line[0]
      if (typeof next === 'function') {
        this.#line.shift()
        await next()
      } else await this.#group(this.#takeGroup())
    }
    this.#isWorking = false
  }

  #takeGroup(): Command[] {
    let values = 0
    const end = this.#line.findIndex((job, index) => {
      if (typeof job === 'function' || index === GROUP_MAX) return true
      values += sizeOf(job)
      return index > 0 && values > GROUP_VALUES_MAX
    })
    return this.#line.splice(0, end === -1 ? this.#line.length : end) as Command[]
  }

  async #group(commands: Command[]): Promise<void> {
    this.counts.groups++
    this.counts.commands += commands.length
    this.counts.largestGroup = Math.max(this.counts.largestGroup, commands.length)
    // Time spent in the line counts towards the timeout: who waited behind a locked group is not made to wait as long again.
    const waited = performance.now() - (commands[0]?.since ?? 0)
    const busyMs = waited < 50 ? this.#limits.busyMs : Math.max(50, this.#limits.busyMs - waited)
    const outcomes = await this.#channel
      .ask({ do: 'group', commands: commands.map(command => command.statements), busyMs })
      .catch((error: unknown): WireOutcome[] => commands.map(() => ({ reason: 'unavailable', at: 0, detail: messageOf(error) })))
    for (const [index, command] of commands.entries()) command.settle(outcomes[index] as WireOutcome)
  }
}

/** A transaction somebody converses with: better-auth, migrations. Nobody else writes until it ends. */
export class WriteTransaction {
  /** Settles when the writing connection is free again. */
  readonly done: Promise<void>
  #channel: Channel
  #finish: () => void = () => {}
  #idle: NodeJS.Timeout | undefined
  #idleMs: number
  #state: 'open' | 'ended' | 'forgotten' = 'open'

  constructor(channel: Channel, idleMs: number) {
    this.#channel = channel
    this.#idleMs = idleMs
    this.done = new Promise(resolve => {
      this.#finish = resolve
    })
    this.#watch()
  }

  async run(statement: WireStatement): Promise<WireResult> {
    this.#check()
    clearTimeout(this.#idle)
    try {
      return await this.#channel.ask({ do: 'runInTransaction', statement })
    } finally {
      if (this.#state === 'open') this.#watch()
    }
  }

  async commit(): Promise<void> {
    this.#check()
    await this.#end('ended', 'commit')
  }

  async rollback(): Promise<void> {
    if (this.#state === 'open') await this.#end('ended', 'rollback')
  }

  async #end(state: 'ended' | 'forgotten', how: 'commit' | 'rollback'): Promise<void> {
    this.#state = state
    clearTimeout(this.#idle)
    try {
      await this.#channel.ask({ do: how })
    } finally {
      this.#finish()
    }
  }

  #check(): void {
    if (this.#state === 'forgotten') throw new StorageError('UNAVAILABLE', 'the transaction was rolled back after standing idle too long')
    if (this.#state === 'ended') throw new StorageError('UNAVAILABLE', 'the transaction has ended')
  }

  #watch(): void {
    clearTimeout(this.#idle)
    this.#idle = setTimeout(() => {
      this.#end('forgotten', 'rollback').catch(() => {})
    }, this.#idleMs)
  }
}

const sizeOf = (command: Command) => command.statements.reduce((sum, [, values]) => sum + values.length, 0)
const messageOf = (error: unknown) => (isStorageError(error) ? error.message : String(error))
