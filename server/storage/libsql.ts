import Database from 'libsql'
import type { Role, WireFailure, WireOutcome, WireResult, WireStatement } from './messages.ts'

const STATEMENTS_KEPT = 300
const CHECKPOINT_WAIT_MS = 100

/** How a failed write may go on. `broken`: what the disk holds is no longer known, so nothing may be acknowledged before a restart. */
interface Verdict {
  reason: Exclude<WireFailure['reason'], 'guard'>
  broken: boolean
}

interface Prepared {
  statement: ReturnType<InstanceType<typeof Database>['prepare']>
  /** Null for a statement that returns no rows. */
  columns: string[] | null
}

/** One connection to a libsql file. Every call blocks its thread, so this lives in a worker. */
export class Connection {
  #db: InstanceType<typeof Database>
  #statements = new Map<string, Prepared>()
  #busyMs: number
  #broken: string | null = null

  constructor(file: string, role: Role, busyMs: number) {
    this.#busyMs = busyMs
    this.#db = new Database(file, { timeout: busyMs })
    for (const pragma of PRAGMAS[role]) this.#pragma(pragma)
    if (role === 'write' && this.#pragma('journal_mode=WAL') !== 'wal') throw new Broken('the file system cannot hold a write-ahead log')
  }

  /** One statement of the open transaction. A full disk may have ended it: what follows must not commit by itself. */
  inTransaction(statement: WireStatement): WireResult {
    if (!this.#db.inTransaction) throw new Broken('the transaction was rolled back')
    return this.run(statement)
  }

  run([sql, values]: WireStatement): WireResult {
    const { statement, columns } = this.#prepare(sql)
    if (columns === null) {
      const { changes } = statement.run(values)
      return [[], [], changes]
    }
    const rows = statement.all(values) as unknown[][]
    return [columns, rows, rows.length]
  }

  read(statements: WireStatement[]): WireResult[] {
    if (statements.length === 1) return [this.run(statements[0] as WireStatement)]
    this.#db.exec('BEGIN')
    try {
      return statements.map(statement => this.run(statement))
    } finally {
      if (this.#db.inTransaction) this.#db.exec('COMMIT')
    }
  }

  /** One transaction, one fsync. A command that fails is undone alone; if the commit fails, all of them have failed. */
  group(commands: WireStatement[][], busyMs: number): WireOutcome[] {
    try {
      this.begin(busyMs)
      const alone = commands.length === 1
      const outcomes = commands.map(command => (alone ? this.#command(command) : this.#inSavepoint(command)))
      if (outcomes.every(outcome => !Array.isArray(outcome))) this.rollback()
      else this.commit()
      return outcomes
    } catch (error) {
      const failure = this.#failed(error, 0)
      this.rollback()
      return commands.map(() => failure)
    }
  }

  begin(busyMs: number): void {
    if (this.#broken !== null) throw new Broken(this.#broken)
    this.#waitAtMost(busyMs)
    this.#db.exec('BEGIN IMMEDIATE')
  }

  commit(): void {
    try {
      this.#db.exec('COMMIT')
    } catch (error) {
      this.#failed(error, 0)
      this.rollback()
      throw error
    }
  }

  rollback(): void {
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK')
  }

  /** Moves the log into the database file and empties it. Waits only briefly for readers: a checkpoint that did not finish loses nothing. */
  checkpoint(): void {
    if (this.#broken !== null) throw new Broken(this.#broken)
    this.#waitAtMost(CHECKPOINT_WAIT_MS)
    this.#pragma('wal_checkpoint(TRUNCATE)')
  }

  backup(file: string): void {
    this.#db.prepare('VACUUM INTO ?').run([file])
  }

  check(): void {
    if (this.#broken !== null) throw new Broken(this.#broken)
    this.run(['select 1', [], 1])
  }

  /** Prepared statements know the columns of their tables, so a change of the schema drops them. */
  forget(): void {
    this.#statements.clear()
  }

  close(): void {
    this.forget()
    this.#db.close()
  }

  failureOf(error: unknown): WireFailure {
    return this.#failed(error, 0)
  }

  #inSavepoint(command: WireStatement[]): WireOutcome {
    this.#db.exec('SAVEPOINT command')
    const outcome = this.#command(command)
    if (!Array.isArray(outcome)) this.#db.exec('ROLLBACK TO command')
    this.#db.exec('RELEASE command')
    return outcome
  }

  #command(command: WireStatement[]): WireOutcome {
    const results: WireResult[] = []
    for (const [at, statement] of command.entries()) {
      try {
        const result = this.run(statement)
        const [, , affected] = result
        const expected = statement[2]
        if (expected >= 0 && affected !== expected) return { reason: 'guard', at, detail: `${affected} rows instead of ${expected}` }
        results.push(result)
      } catch (error) {
        const { reason } = verdictOf(error)
        // A full disk or an I/O error ends the whole transaction, and the neighbours with it.
        if (!OWN_FAULTS.has(reason) || !this.#db.inTransaction) throw error
        return this.#failed(error, at)
      }
    }
    return results
  }

  #failed(error: unknown, at: number): WireFailure {
    if (error instanceof Broken) return { reason: 'unavailable', at, detail: error.message }
    const { reason, broken } = verdictOf(error)
    const detail = error instanceof Error ? error.message : String(error)
    if (broken) this.#distrust(detail)
    return { reason, at, detail: reason === 'unique' ? detail.replace(/^UNIQUE constraint failed: /, '') : detail }
  }

  #distrust(detail: string): void {
    if (this.#broken === null)
      process.stderr.write(`the disk did not keep what was written (${detail}): nothing more is written until a restart\n`)
    this.#broken = detail
  }

  #prepare(sql: string): Prepared {
    const known = this.#statements.get(sql)
    if (known) {
      // A map keeps the order of insertion: putting it last again makes the first one the least recently used.
      this.#statements.delete(sql)
      this.#statements.set(sql, known)
      return known
    }
    const statement = this.#db.prepare(sql)
    const prepared = { statement, columns: statement.reader ? statement.columns().map(column => column.name) : null }
    if (prepared.columns !== null) statement.raw()
    if (DDL.test(sql)) {
      this.forget()
      return prepared
    }
    this.#statements.set(sql, prepared)
    if (this.#statements.size > STATEMENTS_KEPT) this.#statements.delete(this.#statements.keys().next().value as string)
    return prepared
  }

  #waitAtMost(busyMs: number): void {
    if (busyMs === this.#busyMs) return
    this.#busyMs = busyMs
    this.#pragma(`busy_timeout=${Math.trunc(busyMs)}`)
  }

  #pragma(text: string): unknown {
    const [row] = this.#db.prepare(`PRAGMA ${text}`).all([]) as Record<string, unknown>[]
    return row && Object.values(row)[0]
  }
}

/** No statement's fault: this connection cannot do it any more. */
class Broken extends Error {}

const SHARED = ['foreign_keys=ON', 'temp_store=MEMORY', 'cache_size=-16000']
const PRAGMAS: Readonly<Record<Role, readonly string[]>> = {
  // FULL is one fsync a commit: an acknowledged play is on the disk. The log is folded back every 8 MB and cut to 16 MB.
  write: ['journal_mode=WAL', 'synchronous=FULL', 'wal_autocheckpoint=2000', 'journal_size_limit=16777216', ...SHARED],
  read: ['query_only=ON', ...SHARED],
  backup: SHARED,
}

const DDL = /^\s*(create|alter|drop)\s/i
/** Faults of the statement or its row: undone with its command, the neighbours stand. */
const OWN_FAULTS: ReadonlySet<Verdict['reason']> = new Set(['unique', 'constraint', 'sql'])

const UNIQUE = new Set([1555, 2067, 2579])
/** No room for the shared index of the log, reported as an I/O error. */
const SHARED_MEMORY_FULL = 4874
/** fsync and directory fsync: the kernel may have dropped what it could not write, and says so only once. */
const SYNC_FAILED = new Set([1034, 1290])

/** Result codes: sqlite.org/rescode.html. */
function verdictOf(error: unknown): Verdict {
  const raw = rawCodeOf(error)
  if (raw === undefined) return { reason: 'sql', broken: false }
  if (UNIQUE.has(raw)) return { reason: 'unique', broken: false }
  if (raw === SHARED_MEMORY_FULL) return { reason: 'full', broken: false }
  switch (raw & 0xff) {
    case 19: // CONSTRAINT
      return { reason: 'constraint', broken: false }
    case 5: // BUSY
    case 6: // LOCKED
      return { reason: 'busy', broken: false }
    case 13: // FULL
      return { reason: 'full', broken: false }
    case 10: // IOERR
      return { reason: 'unavailable', broken: SYNC_FAILED.has(raw) }
    case 11: // CORRUPT
    case 26: // NOTADB
      return { reason: 'unavailable', broken: true }
    case 7: // NOMEM
    case 8: // READONLY
    case 9: // INTERRUPT
    case 14: // CANTOPEN
    case 15: // PROTOCOL
      return { reason: 'unavailable', broken: false }
    default:
      return { reason: 'sql', broken: false }
  }
}

const rawCodeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'rawCode' in error && typeof error.rawCode === 'number' ? error.rawCode : undefined
