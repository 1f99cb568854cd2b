import type { WireFailure, WireStatement } from './messages.ts'
import { failureFrom } from './postgres-errors.ts'
import type { Connection, Connections } from './postgres-pool.ts'
import type { WriteCounts } from './write-queue.ts'

/** Commits side by side. The database lets them share an fsync; more of them only wait for its processors. */
export const LANES = 4
/** Commands in one transaction, and the values they bind together. */
const GROUP_MAX = 100
const GROUP_VALUES_MAX = 20_000
const WAITING_MAX = 10_000
/** Commands of a group that may fail before the rest of it goes one by one. */
const FAILURES_MAX = 8

export interface Answer {
  rows: Record<string, unknown>[]
  affected: number
}
/** What became of one command: an answer to each statement, or why it was rolled back. */
export type Outcome = Answer[] | WireFailure
export const hasFailed = (outcome: Outcome): outcome is WireFailure => !Array.isArray(outcome)

interface Command {
  statements: WireStatement[]
  settle: (outcome: Outcome) => void
}

/**
 * Writers side by side. While there are lanes free each command is a transaction of its own; those that find none gather, and the next free
 * lane takes its share of them in one transaction. A group goes without savepoints: when one of its commands fails, it is taken out and
 * the others are written again.
 */
export class Lanes {
  /** Groups are commits: what was rolled back is not counted. */
  readonly counts: WriteCounts = { commands: 0, groups: 0, largestGroup: 0 }
  #connections: Connections
  #line: Command[] = []
  #busy = 0
  #isClosed = false
  #isWoken = false
  #idle: (() => void)[] = []

  constructor(connections: Connections) {
    this.#connections = connections
  }

  get waiting(): number {
    return this.#line.length
  }

  get isFull(): boolean {
    return this.#busy >= LANES
  }

  write(statements: WireStatement[]): Promise<Outcome> {
    if (this.#isClosed) return Promise.resolve({ reason: 'unavailable', at: 0, detail: 'the storage is closed' })
    if (this.#line.length >= WAITING_MAX) return Promise.resolve({ reason: 'busy', at: 0, detail: 'too many writes are waiting' })
    return new Promise(settle => {
      this.#line.push({ statements, settle })
      this.#wake()
    })
  }

  /** Lets everything that waits finish, then refuses. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#line.length > 0 || this.#busy > 0) await new Promise<void>(done => this.#idle.push(done))
  }

  /** After the current task, so that commands given in one go are shared out evenly. */
  #wake(): void {
    if (this.#isWoken || this.#busy >= LANES) return
    this.#isWoken = true
    queueMicrotask(() => {
      this.#isWoken = false
      while (this.#line.length > 0 && this.#busy < LANES) void this.#lane(this.#takeShare())
    })
  }

  #takeShare(): Command[] {
    const share = Math.min(GROUP_MAX, Math.ceil(this.#line.length / (LANES - this.#busy)))
    let values = 0
    let size = 0
    while (size < share) {
      values += sizeOf(this.#line[size] as Command)
      if (size > 0 && values > GROUP_VALUES_MAX) break
      size += 1
    }
    return this.#line.splice(0, size)
  }

  async #lane(commands: Command[]): Promise<void> {
    this.#busy += 1
    this.counts.commands += commands.length
    await this.#writeAll(commands)
    this.#busy -= 1
    if (this.#line.length > 0) this.#wake()
    else if (this.#busy === 0) for (const done of this.#idle.splice(0)) done()
  }

  async #writeAll(commands: Command[]): Promise<void> {
    let left = commands
    for (let failures = 0; left.length > 1 && failures < FAILURES_MAX; failures++) {
      const outcome = await this.#together(left)
      if (outcome === null) return
      const { failure, culprit } = outcome
      // Whoever waited for a lock in vain may have waited for the group's own neighbours.
      if (failure.reason === 'busy') break
      culprit.settle(failure)
      left = left.filter(command => command !== culprit)
    }
    for (const command of left) {
      const outcome = await this.#together([command])
      if (outcome !== null) command.settle(outcome.failure)
    }
  }

  /** One transaction. Settles its commands when all of them are on disk, or when nothing of the kind can be said. */
  async #together(commands: Command[]): Promise<{ culprit: Command; failure: WireFailure } | null> {
    let connection: Connection
    try {
      connection = await this.#connections.take()
    } catch (error) {
      return this.#fail(commands, error)
    }
    try {
      // Awaited, since without a transaction what follows would be written piece by piece.
      await connection.run('begin', [])
      const { outcomes, failed } = await this.#run(connection, commands)
      if (failed !== null) {
        await connection.run('rollback', []).catch(() => connection.discard())
        const outcome = outcomes[failed] as WireFailure
        // Neither is any one command's fault.
        if (outcome.reason === 'unavailable' || outcome.reason === 'full') return settleAll(commands, outcome)
        return { culprit: commands[failed] as Command, failure: outcome }
      }
      await connection.run('commit', [])
      this.counts.groups += 1
      this.counts.largestGroup = Math.max(this.counts.largestGroup, commands.length)
      for (const [index, command] of commands.entries()) command.settle(outcomes[index] as Outcome)
      return null
    } catch (error) {
      connection.discard()
      return this.#fail(commands, error)
    } finally {
      connection.release()
    }
  }

  /** Everything is sent before the first answer is awaited; the first failure counts, what follows it fails because of it. */
  async #run(connection: Connection, commands: Command[]): Promise<{ outcomes: Outcome[]; failed: number | null }> {
    const sent = commands.map(({ statements }) => statements.map(([sql, values]) => connection.run(sql, values)))
    const answers = await Promise.all(sent.map(command => Promise.allSettled(command)))
    const outcomes = answers.map((command, index): Outcome => {
      const results: Answer[] = []
      for (const [at, answer] of command.entries()) {
        if (answer.status === 'rejected') return failureFrom(answer.reason, at, this.#connections.unique)
        const { rows, rowCount } = answer.value
        const affected = rowCount ?? 0
        const expected = commands[index]?.statements[at]?.[2] ?? -1
        if (expected >= 0 && affected !== expected) return { reason: 'guard', at, detail: `${affected} rows instead of ${expected}` }
        results.push({ rows, affected })
      }
      return results
    })
    const failed = outcomes.findIndex(hasFailed)
    return { outcomes, failed: failed === -1 ? null : failed }
  }

  #fail(commands: Command[], error: unknown): null {
    const failure = failureFrom(error, 0, this.#connections.unique)
    return settleAll(commands, failure)
  }
}

function settleAll(commands: readonly Command[], failure: WireFailure): null {
  for (const command of commands) command.settle(failure)
  return null
}

const sizeOf = (command: Command) => command.statements.reduce((sum, [, values]) => sum + values.length, 0)
