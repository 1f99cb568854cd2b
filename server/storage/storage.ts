import { type CompiledQuery, Kysely } from 'kysely'
import { backUp } from './backup.ts'
import { type Channel, errorOf, openChannel } from './channel.ts'
import { toRows, toWire, WorkerDialect } from './driver.ts'
import { isFailure, type WireFailure, type WireOutcome } from './messages.ts'
import { type Migrated, migrate, refuseNewerSchema, schemaVersion } from './migrate.ts'
import type { Engine } from './migrations/column-types.ts'
import { createRelay, type Relay } from './relay.ts'
import type { Database } from './schema.ts'
import { type WriteCounts, type WriteLimits, WriteQueue } from './write-queue.ts'

/** `expect`: the exact number of rows it must touch (or return), else the whole command is rolled back. */
export interface Statement {
  query: Pick<CompiledQuery, 'sql' | 'parameters'>
  expect?: number
}

/**
 * `at` is the index of the statement. `unique`: `detail` names the columns, `plays.game_id, plays.id`. `busy`, `full` and `unavailable`:
 * nothing was acknowledged and the same command may be sent again; only after `unavailable` may it have reached the disk nevertheless.
 */
export type WriteOutcome =
  | { ok: true; rows: Record<string, unknown>[][]; affected: number[] }
  | { ok: false; reason: 'guard'; at: number }
  | { ok: false; reason: 'unique'; at: number; detail: string }
  | { ok: false; reason: 'busy' | 'full' | 'unavailable'; detail: string }

type RowsOf<Q> = Q extends CompiledQuery<infer O> ? O[] : never
export type RowsOfAll<Q extends readonly CompiledQuery[]> = { -readonly [K in keyof Q]: RowsOf<Q[K]> }

export interface Storage {
  readonly engine: Engine
  /**
   * Reads see what is committed. On the embedded database a transaction holds up every other write: it is for accounts and migrations, not
   * for plays.
   */
  readonly db: Kysely<Database>
  /**
   * One command: all its statements or none, on disk when it resolves. Commands given while others are being written share a commit. Those
   * of different callers are written in any order: whoever needs one waits for the command before.
   *
   * @throws StorageError `VALUE`, `CONSTRAINT`, `SQL`: mistakes of ours
   */
  write(statements: readonly Statement[]): Promise<WriteOutcome>
  /** Several reads in one round trip, all of the same moment. @throws StorageError */
  readBatch<const Q extends readonly CompiledQuery[]>(queries: Q): Promise<RowsOfAll<Q>>
  /** @throws StorageError `SCHEMA_NEWER` */
  migrate(): Promise<Migrated>
  schemaVersion(): Promise<number>
  /** Reads and writes are answered, and the disk has kept its word so far: after a failed fsync nothing is written until a restart. */
  ping(): Promise<boolean>
  /** Folds the log into the database file, where there is one. */
  checkpoint(): Promise<void>
  /** A whole copy in one file, on disk when it resolves, while others read and write. The target must not exist. @throws StorageError `BACKUP` */
  backupTo(file: string): Promise<void>
  /** For metrics: since opening, and how many writes stand in line now. */
  readonly counts: Readonly<WriteCounts & { waiting: number }>
  /** Lets another process write through this one; absent where each may have connections of its own. */
  relay?(): Relay
  close(): Promise<void>
}

export interface OpenOptions extends Partial<WriteLimits> {
  file: string
  /** Where another process writes for this one; without it, a thread of its own does. */
  writer?: Channel
}

/** @throws StorageError `UNAVAILABLE` when the file cannot be opened, `SCHEMA_NEWER` when a newer program wrote it */
export async function openStorage({ file, writer: given, busyMs = 5000, transactionIdleMs = 10_000 }: OpenOptions): Promise<Storage> {
  const writer = given ?? (await openChannel(file, 'write', busyMs))
  let reader: Channel | null = null
  try {
    reader = await openChannel(file, 'read', busyMs)
    const storage = new LibsqlStorage(file, writer, reader, { busyMs, transactionIdleMs })
    await refuseNewerSchema(storage.db, 'sqlite')
    return storage
  } catch (error) {
    await Promise.all([writer.close(), reader?.close()])
    throw error
  }
}

class LibsqlStorage implements Storage {
  readonly engine = 'sqlite'
  readonly db: Kysely<Database>
  #file: string
  #writer: Channel
  #reader: Channel
  #writes: WriteQueue

  constructor(file: string, writer: Channel, reader: Channel, limits: WriteLimits) {
    this.#file = file
    this.#writer = writer
    this.#reader = reader
    this.#writes = new WriteQueue(writer, limits)
    this.db = new Kysely<Database>({ dialect: new WorkerDialect(this.#writes, writer, reader) })
  }

  get counts(): Readonly<WriteCounts & { waiting: number }> {
    return { ...this.#writes.counts, waiting: this.#writes.waiting }
  }

  async write(statements: readonly Statement[]): Promise<WriteOutcome> {
    return toOutcome(await this.#writes.write(statements.map(({ query, expect }) => toWire(query, expect))))
  }

  async readBatch<const Q extends readonly CompiledQuery[]>(queries: Q): Promise<RowsOfAll<Q>> {
    const results = await this.#reader.ask({ do: 'read', statements: queries.map(query => toWire(query)) })
    return results.map(toRows) as RowsOfAll<Q>
  }

  async migrate(): Promise<Migrated> {
    const migrated = await migrate(this.db, 'sqlite')
    await this.#reader.ask({ do: 'forget' })
    return migrated
  }

  schemaVersion(): Promise<number> {
    return schemaVersion(this.db, 'sqlite')
  }

  async ping(): Promise<boolean> {
    try {
      await this.#reader.ask({ do: 'check' })
      // A writer at work may be waiting for another process's lock: that is busy, not out of order.
      if (!this.#writes.isWorking) await this.#writer.ask({ do: 'check' })
      return this.#writer.ended === null
    } catch {
      return false
    }
  }

  async checkpoint(): Promise<void> {
    await this.#writes.exclusive(() => this.#writer.ask({ do: 'checkpoint' }))
  }

  backupTo(file: string): Promise<void> {
    return backUp(this.#file, file)
  }

  relay(): Relay {
    return createRelay(this.#writes, this.#writer)
  }

  async close(): Promise<void> {
    await this.#writes.close()
    // A log left behind is read again at the next start, so a checkpoint that fails is no loss.
    await this.#writer.ask({ do: 'checkpoint' }).catch(() => null)
    // One after the other: of two that leave at once each takes the other for still there, and the log is left to nobody.
    await this.#reader.close()
    await this.#writer.close()
    await this.db.destroy()
  }
}

function toOutcome(outcome: WireOutcome): WriteOutcome {
  if (isFailure(outcome)) return toFailure(outcome)
  return { ok: true, rows: outcome.map(toRows), affected: outcome.map(([, , affected]) => affected) }
}

/** @throws StorageError for mistakes of ours */
export function toFailure(failure: WireFailure): WriteOutcome {
  switch (failure.reason) {
    case 'guard':
      return { ok: false, reason: 'guard', at: failure.at }
    case 'unique':
      return { ok: false, reason: 'unique', at: failure.at, detail: failure.detail }
    case 'busy':
    case 'full':
    case 'unavailable':
      return { ok: false, reason: failure.reason, detail: failure.detail }
    default:
      throw errorOf(failure)
  }
}
