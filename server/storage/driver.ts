import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { type Channel, errorOf } from './channel.ts'
import { StorageError } from './error.ts'
import { isFailure, type WireResult, type WireStatement } from './messages.ts'
import { toBoundAll } from './value.ts'
import type { WriteQueue, WriteTransaction } from './write-queue.ts'

/**
 * Kysely over the two threads: reads go to the reading connection, a write alone joins the next group, and a transaction has the writing
 * connection to itself until it ends.
 */
export class WorkerDialect implements Dialect {
  #writes: WriteQueue
  #writer: Channel
  #reader: Channel

  constructor(writes: WriteQueue, writer: Channel, reader: Channel) {
    this.#writes = writes
    this.#writer = writer
    this.#reader = reader
  }

  createAdapter(): DialectAdapter {
    return new TransactionalSqliteAdapter()
  }

  createDriver(): Driver {
    return new WorkerDriver(this.#writes, this.#writer, this.#reader)
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler()
  }

  createIntrospector(db: Kysely<never>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}

/** SQLite takes changes of the schema back with their transaction, so migrations run in one: it is their lock, and a crash undoes it. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

export const toWire = (query: Pick<CompiledQuery, 'sql' | 'parameters'>, expect = -1): WireStatement => [
  query.sql,
  toBoundAll(query.parameters),
  expect,
]

export function toRows([columns, rows]: WireResult): Record<string, unknown>[] {
  return rows.map(values => {
    const row: Record<string, unknown> = {}
    for (let i = 0; i < columns.length; i++) row[columns[i] as string] = values[i]
    return row
  })
}

class WorkerDriver implements Driver {
  #open: () => WorkerConnection
  #begin: () => Promise<WriteTransaction>

  constructor(writes: WriteQueue, writer: Channel, reader: Channel) {
    this.#open = () => new WorkerConnection(writes, writer, reader)
    this.#begin = () => writes.begin()
  }

  async init(): Promise<void> {}

  /** A connection here is only a place for a transaction: the real ones belong to the threads. */
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#open()
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.rollbackTransaction(connection)
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    ours(connection).transaction = await this.#begin()
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const transaction = ours(connection).take()
    await transaction.commit()
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // None is left when the commit failed: it has been rolled back then.
    await ours(connection).transaction?.rollback()
    ours(connection).transaction = null
  }

  async savepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await ours(connection).inTransaction(`savepoint ${quoted(name)}`)
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await ours(connection).inTransaction(`rollback to ${quoted(name)}`)
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string): Promise<void> {
    await ours(connection).inTransaction(`release ${quoted(name)}`)
  }

  async destroy(): Promise<void> {}
}

class WorkerConnection implements DatabaseConnection {
  transaction: WriteTransaction | null = null
  #writes: WriteQueue
  #writer: Channel
  #reader: Channel

  constructor(writes: WriteQueue, writer: Channel, reader: Channel) {
    this.#writes = writes
    this.#writer = writer
    this.#reader = reader
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const result = await this.#run(query)
    return { rows: toRows(result) as R[], ...(reads(query) ? {} : { numAffectedRows: BigInt(result[2]) }) }
  }

  /** Reads everything at once and hands it out in pieces: a cursor kept open between two messages would hold up the other readers. */
  async *streamQuery<R>(query: CompiledQuery, chunkSize = 100): AsyncIterableIterator<QueryResult<R>> {
    const { rows } = await this.executeQuery<R>(query)
    for (let start = 0; start < rows.length; start += chunkSize) yield { rows: rows.slice(start, start + chunkSize) }
  }

  take(): WriteTransaction {
    const { transaction } = this
    if (!transaction) throw new StorageError('UNAVAILABLE', 'no transaction is open')
    this.transaction = null
    return transaction
  }

  async inTransaction(sql: string): Promise<void> {
    await this.transaction?.run([sql, [], -1])
  }

  async #run(query: CompiledQuery): Promise<WireResult> {
    const statement = toWire(query)
    if (this.transaction) return this.transaction.run(statement)
    if (reads(query)) {
      const [result] = await this.#reader.ask({ do: 'read', statements: [statement] })
      return result as WireResult
    }
    if (ALONE.test(query.sql)) return this.#writes.exclusive(() => this.#writer.ask({ do: 'run', statement }))
    const outcome = await this.#writes.write([statement])
    if (isFailure(outcome)) throw errorOf(outcome)
    return outcome[0] as WireResult
  }
}

const ours = (connection: DatabaseConnection) => connection as WorkerConnection
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** A raw statement that only looks; anything else raw may write. */
const LOOKS = /^\s*(select|values|explain|pragma\s+(table_|index_|foreign_key_|integrity_check|quick_check))/i
/** What SQLite refuses, or ignores, inside a transaction. */
const ALONE = /^\s*(vacuum|pragma)\b/i

function reads({ query, sql }: CompiledQuery): boolean {
  return query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && LOOKS.test(sql))
}
