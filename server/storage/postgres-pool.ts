import { hostname } from 'node:os'
import type { ClientBase, Pool, PoolClient, QueryResult } from 'pg'
import { StorageError } from './error.ts'
import { isOurDemand, isSpent, toStorageError, type UniqueColumns, wordsOf } from './postgres-errors.ts'
import { type Names, statementNames } from './postgres-names.ts'
import { toBoundAll } from './value.ts'

/** The oldest release with everything that is used here, and that is still mended. */
const OLDEST = 15
const CONNECT_MS = 5_000
const CLOSE_MS = 5_000
const IDLE_MS = 30_000
/** Given to a statement beyond the database's own limit, before the connection counts as lost. */
const GRACE_MS = 5_000
/** Waiting for a connection; more would only pile up. */
const WAITING_MAX = 10_000

/** Advisory locks of this program: every connection of a server holds the first one shared, a restore or an import holds it alone. */
export const LOCKS = { serving: [0x5349, 1], migrating: [0x5349, 2] } as const

export interface SessionLimits {
  /** A statement; 0: no limit. */
  statementMs: number
  /** Waiting for somebody else's lock; 0: no limit. */
  lockMs: number
  /** A transaction that asks nothing for so long is taken for forgotten; 0: no limit. */
  transactionIdleMs: number
}

export interface PoolOptions {
  url: string
  most: number
  limits: SessionLimits
  /** A server keeps restores and imports away for as long as one of its connections lives. */
  isServing: boolean
}

/** Connections to one database, each set up before anybody gets it. */
export class Connections {
  /** The columns of every unique constraint, once they are known. */
  unique: UniqueColumns = new Map()
  #pool: Pool
  #names: Names = statementNames()

  private constructor(pool: Pool) {
    this.#pool = pool
  }

  static async create({ url, most, limits, isServing }: PoolOptions): Promise<Connections> {
    // Loaded when needed: whoever keeps the embedded database does without it.
    const { default: pg } = await import('pg')
    const pool = new pg.Pool({
      connectionString: withLibpqModes(url),
      application_name: `sideline ${hostname()}:${process.pid}`.slice(0, 63),
      max: most,
      // One stays, so that a server that stands idle is still seen to serve.
      min: isServing ? 1 : 0,
      idleTimeoutMillis: IDLE_MS,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: limits.statementMs === 0 ? undefined : limits.statementMs + Math.min(GRACE_MS, limits.statementMs),
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      // Statements follow each other without waiting for answers: a command is two round trips, however much it holds.
      pipeline: true,
      types: { getTypeParser: (oid: number) => PARSERS[oid] ?? asText },
      onConnect: client => setUp(client, limits, isServing),
    } as ConstructorParameters<typeof pg.Pool>[0])
    // An error of a connection nobody is using at the moment would end the process; whoever uses it next is told.
    pool.on('error', () => {})
    pool.on('connect', client => client.on('error', () => {}))
    return new Connections(pool)
  }

  get waiting(): number {
    return this.#pool.waitingCount
  }

  /** @throws StorageError `UNAVAILABLE`, `BUSY` */
  async take(): Promise<Connection> {
    if (this.#pool.ending) throw new StorageError('UNAVAILABLE', 'the storage is closed')
    if (this.#pool.waitingCount >= WAITING_MAX) throw new StorageError('BUSY', 'too many reads are waiting')
    const client = await this.#pool.connect().catch((error: unknown) => {
      throw toStorageError(error, this.unique)
    })
    return new Connection(client, this.#names)
  }

  /** One statement on whichever connection is free. @throws StorageError */
  async ask<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.use(async connection => (await connection.run(text, values)).rows as Row[])
  }

  /** @throws StorageError */
  async use<T>(task: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await this.take()
    try {
      return await task(connection)
    } catch (error) {
      throw toStorageError(error, this.unique)
    } finally {
      connection.release()
    }
  }

  /** Waits for whoever still has a connection, but not for somebody who has forgotten one. */
  async close(): Promise<void> {
    if (this.#pool.ending) return
    const late = new Promise<void>(done => setTimeout(done, CLOSE_MS).unref())
    await Promise.race([this.#pool.end(), late])
  }
}

/** A connection somebody has to themselves until it is released. */
export class Connection {
  #client: PoolClient
  #names: Names
  #isSpent = false

  constructor(client: PoolClient, names: Names) {
    this.#client = client
    this.#names = names
  }

  /** Sent at once, answered in order. @throws StorageError `VALUE`; what the database says, as it is */
  async run(text: string, values: readonly unknown[]): Promise<QueryResult> {
    const bound = toBoundAll(values)
    try {
      return await this.#client.query({ text, values: bound, name: this.#names.nameOf(text) })
    } catch (error) {
      if (isSpent(error)) this.#isSpent = true
      throw error
    }
  }

  /** What is left of a transaction is rolled back by not keeping the connection. */
  discard(): void {
    this.#isSpent = true
  }

  release(): void {
    this.#client.release(this.#isSpent)
  }
}

const asText = (text: string) => text
/** Wide integers, sums and counts are safe integers here; flags are integers already. Everything else stays as the database writes it. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: text => text === 't',
  20: Number,
  21: Number,
  23: Number,
  26: Number,
  1700: Number,
}

const SET_UP = `select
  set_config('synchronous_commit', case when current_setting('synchronous_commit') = 'remote_apply' then 'remote_apply' else 'on' end, false),
  set_config('statement_timeout', $1, false),
  set_config('lock_timeout', $2, false),
  set_config('idle_in_transaction_session_timeout', $3, false),
  set_config('default_transaction_isolation', 'read committed', false),
  set_config('jit', 'off', false),
  current_setting('server_version_num')::int / 10000 as release,
  current_setting('server_encoding') as encoding`

async function setUp(client: ClientBase, { statementMs, lockMs, transactionIdleMs }: SessionLimits, isServing: boolean): Promise<void> {
  client.on('error', () => {})
  const { rows } = await client.query(SET_UP, [String(statementMs), String(lockMs), String(transactionIdleMs)])
  const { release, encoding } = rows[0] as { release: number; encoding: string }
  if (release < OLDEST) throw new StorageError('UNAVAILABLE', `DATABASE_URL: PostgreSQL ${OLDEST} or newer is needed, this is ${release}`)
  if (encoding !== 'UTF8') throw new StorageError('UNAVAILABLE', `DATABASE_URL: the database must be encoded in UTF8, not in ${encoding}`)
  if (!isServing) return
  const lock = await client.query('select pg_try_advisory_lock_shared($1, $2) as held', [...LOCKS.serving])
  if (!lock.rows[0].held) throw new StorageError('UNAVAILABLE', 'the database is being restored or imported into')
}

/** `sslmode` means what it means to every other PostgreSQL program. */
function withLibpqModes(url: string): string {
  const parsed = new URL(url)
  if (parsed.searchParams.has('sslmode')) parsed.searchParams.set('uselibpqcompat', 'true')
  return parsed.href
}

/** Where the database is, for people: never with the password. */
export function placeOf(url: string): string {
  const { hostname: host, port, pathname, searchParams } = new URL(url)
  return `PostgreSQL at ${searchParams.get('host') ?? host}:${searchParams.get('port') ?? (port || '5432')}${pathname}`
}

/** @returns the error to show an operator who wanted to begin */
export function cannotReach(url: string, error: unknown): StorageError {
  if (isOurDemand(error)) return error as StorageError
  return new StorageError('UNAVAILABLE', `DATABASE_URL: ${placeOf(url)} cannot be used: ${wordsOf(error)}`, { cause: error })
}
