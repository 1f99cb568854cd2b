import { type CompiledQuery, Kysely, PostgresDialect, type PostgresPool, type PostgresPoolClient } from 'kysely'
import { toWire } from './driver.ts'
import { StorageError } from './error.ts'
import { type Migrated, migrate, refuseNewerSchema, schemaVersion } from './migrate.ts'
import { dump } from './postgres-dump.ts'
import { toStorageError } from './postgres-errors.ts'
import { hasFailed, LANES, Lanes } from './postgres-lanes.ts'
import { type Connection, Connections, cannotReach, LOCKS, type SessionLimits } from './postgres-pool.ts'
import type { Database } from './schema.ts'
import { type RowsOfAll, type Statement, type Storage, toFailure, type WriteOutcome } from './storage.ts'
import type { WriteCounts, WriteLimits } from './write-queue.ts'

/** Reads, transactions and single statements; beside the lanes of the writers. */
const READERS = 8
const STATEMENT_MS = 15_000
const UNLIMITED: SessionLimits = { statementMs: 0, lockMs: 0, transactionIdleMs: 0 }

export interface PostgresOptions extends Partial<WriteLimits> {
  /** `postgres://user:password@host:port/database`. */
  url: string
  /** Keeps restores and imports away for as long as it is open. */
  isServing?: boolean
  /** The longest a statement may take. */
  statementMs?: number
}

/** @throws StorageError `UNAVAILABLE` when the database cannot be used, `SCHEMA_NEWER` when a newer program wrote it */
export async function openPostgres({
  url,
  isServing = false,
  statementMs = STATEMENT_MS,
  busyMs = 5000,
  transactionIdleMs = 10_000,
}: PostgresOptions): Promise<Storage> {
  const limits = { statementMs, lockMs: busyMs, transactionIdleMs }
  const readers = await Connections.create({ url, most: READERS, limits, isServing })
  // A command is short: what takes longer than its locks may waits for nothing that will come.
  const brief = { ...limits, statementMs: Math.min(statementMs, busyMs + 1000) }
  const writers = await Connections.create({ url, most: LANES, limits: brief, isServing })
  try {
    await readers.ask('select 1').catch(error => {
      throw cannotReach(url, error)
    })
    const storage = new PostgresStorage(url, readers, writers)
    await refuseNewerSchema(storage.db, 'postgres')
    await storage.learnUnique()
    return storage
  } catch (error) {
    await Promise.all([readers.close(), writers.close()])
    throw error
  }
}

class PostgresStorage implements Storage {
  readonly engine = 'postgres'
  readonly db: Kysely<Database>
  #url: string
  #readers: Connections
  #writers: Connections
  #lanes: Lanes

  constructor(url: string, readers: Connections, writers: Connections) {
    this.#url = url
    this.#readers = readers
    this.#writers = writers
    this.#lanes = new Lanes(writers)
    this.db = kyselyOn(readers)
  }

  get counts(): Readonly<WriteCounts & { waiting: number }> {
    return { ...this.#lanes.counts, waiting: this.#lanes.waiting }
  }

  async write(statements: readonly Statement[]): Promise<WriteOutcome> {
    const outcome = await this.#lanes.write(statements.map(({ query, expect }) => toWire(query, expect)))
    if (hasFailed(outcome)) return toFailure(outcome)
    return { ok: true, rows: outcome.map(({ rows }) => rows), affected: outcome.map(({ affected }) => affected) }
  }

  /** All of it leaves at once. A statement alone needs no transaction to be of one moment. */
  async readBatch<const Q extends readonly CompiledQuery[]>(queries: Q): Promise<RowsOfAll<Q>> {
    const results = await this.#readers.use(async connection => {
      const ask = () => queries.map(({ sql, parameters }) => connection.run(sql, parameters))
      if (queries.length === 1) return Promise.all(ask())
      const sent = [connection.run(SNAPSHOT, []), ...ask(), connection.run('commit', [])]
      // All of them, so that nobody gets the connection while it is still being answered.
      const answers = await Promise.allSettled(sent)
      for (const answer of answers) if (answer.status === 'rejected') throw answer.reason
      return Promise.all(sent.slice(1, -1))
    })
    return results.map(({ rows }) => rows) as RowsOfAll<Q>
  }

  /** Nodes that start together wait for the first one. */
  async migrate(): Promise<Migrated> {
    const connections = await Connections.create({ url: this.#url, most: 2, limits: UNLIMITED, isServing: false })
    try {
      return await connections.use(async keeper => {
        await keeper.run('select pg_advisory_lock($1, $2)', [...LOCKS.migrating])
        const migrated = await migrate(kyselyOn(connections), 'postgres')
        await keeper.run('select pg_advisory_unlock($1, $2)', [...LOCKS.migrating])
        await this.learnUnique()
        return migrated
      })
    } finally {
      await connections.close()
    }
  }

  schemaVersion(): Promise<number> {
    return schemaVersion(this.db, 'postgres')
  }

  async ping(): Promise<boolean> {
    try {
      await this.#readers.ask('select 1')
      // Busy lanes are at work, and say themselves when they are not.
      if (this.#lanes.isFull) return true
      return await this.#writers.use(async connection => {
        const { rows } = await connection.run("select current_setting('transaction_read_only') as readonly", [])
        // The next connection may find the primary.
        if (rows[0].readonly !== 'off') connection.discard()
        return rows[0].readonly === 'off'
      })
    } catch {
      return false
    }
  }

  /** The database looks after its log itself. */
  async checkpoint(): Promise<void> {}

  backupTo(file: string): Promise<void> {
    return dump(this.#url, file)
  }

  async close(): Promise<void> {
    await this.#lanes.close()
    await Promise.all([this.#readers.close(), this.#writers.close()])
    await this.db.destroy()
  }

  /** Which columns each unique constraint is of, in the words of the other engine. */
  async learnUnique(): Promise<void> {
    const rows = await this.#readers.ask<{ name: string; columns: string }>(UNIQUE)
    this.#readers.unique = this.#writers.unique = new Map(rows.map(({ name, columns }) => [name, columns]))
  }
}

const SNAPSHOT = 'begin isolation level repeatable read read only'

const UNIQUE = `select i.relname as name, string_agg(t.relname || '.' || a.attname, ', ' order by k.place) as columns
  from pg_index x
  join pg_class i on i.oid = x.indexrelid
  join pg_class t on t.oid = x.indrelid
  join pg_namespace n on n.oid = t.relnamespace and n.nspname = current_schema()
  cross join lateral unnest(x.indkey::int2[]) with ordinality as k(column_number, place)
  join pg_attribute a on a.attrelid = t.oid and a.attnum = k.column_number
  where x.indisunique
  group by i.relname`

/** Kysely's own dialect, over connections that check what they bind and throw what every storage throws. */
function kyselyOn(connections: Connections): Kysely<Database> {
  const pool: PostgresPool = {
    connect: async () => clientOn(await connections.take(), connections),
    // Whoever made the connections closes them.
    end: async () => {},
  }
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool, cursor: AllAtOnce as never }) })
}

function clientOn(connection: Connection, connections: Connections): PostgresPoolClient {
  let isInTransaction = false
  const ask = async (text: string, values: readonly unknown[]) => {
    try {
      const result = await connection.run(text, values)
      if (/^(begin|start)/i.test(text)) isInTransaction = true
      else if (/^(commit|rollback$)/i.test(text)) isInTransaction = false
      return result
    } catch (error) {
      throw toStorageError(error, connections.unique)
    }
  }
  const client = {
    query(what: string | AllAtOnce, values: readonly unknown[] = []) {
      if (typeof what === 'string') return ask(what, values)
      what.ask = ask
      return what
    },
    release() {
      if (isInTransaction) connection.discard()
      connection.release()
    },
  }
  return client as unknown as PostgresPoolClient
}

/** Reads everything and hands it out in pieces: a cursor left open would keep its connection, and what it sees, for as long. */
class AllAtOnce {
  ask: ((text: string, values: readonly unknown[]) => Promise<{ rows: unknown[] }>) | null = null
  #text: string
  #values: readonly unknown[]
  #rows: unknown[] | null = null

  constructor(text: string, values: readonly unknown[]) {
    this.#text = text
    this.#values = values
  }

  async read(count: number): Promise<unknown[]> {
    if (!this.ask) throw new StorageError('UNAVAILABLE', 'the storage is closed')
    this.#rows ??= (await this.ask(this.#text, this.#values)).rows
    return this.#rows.splice(0, count)
  }

  async close(): Promise<void> {}
}
