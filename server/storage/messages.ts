import type { Bound } from './value.ts'

/**
 * What crosses between the threads: plain arrays, since the structured clone of an object repeats its keys for every row.
 * `expect` is the number of rows the statement must touch, −1 for any.
 */
export type WireStatement = readonly [sql: string, values: Bound[], expect: number]
export type WireResult = readonly [columns: string[], rows: unknown[][], affected: number]

export type WireFailure =
  | { reason: 'guard'; at: number; detail: string }
  | { reason: 'unique'; at: number; detail: string }
  | { reason: 'constraint' | 'sql'; at: number; detail: string }
  | { reason: 'busy' | 'full' | 'unavailable'; at: number; detail: string }
/** One command of a group: its results, or why it was rolled back. */
export type WireOutcome = WireResult[] | WireFailure
export const isFailure = (outcome: WireOutcome): outcome is WireFailure => !Array.isArray(outcome)

export type Role = 'write' | 'read' | 'backup'

export type Request =
  | { do: 'open'; file: string; role: Role; busyMs: number }
  /** Commands that share one transaction and one fsync, each in its own savepoint. */
  | { do: 'group'; commands: WireStatement[][]; busyMs: number }
  /** Reads of one moment. */
  | { do: 'read'; statements: WireStatement[] }
  /** A statement on its own, for what no transaction may hold. */
  | { do: 'run'; statement: WireStatement }
  | { do: 'runInTransaction'; statement: WireStatement }
  | { do: 'begin'; busyMs: number }
  | { do: 'commit' }
  | { do: 'rollback' }
  | { do: 'checkpoint' }
  | { do: 'backup'; file: string }
  /** Fails when this connection can no longer be trusted. */
  | { do: 'check' }
  | { do: 'forget' }
  | { do: 'close' }

/** What each request is answered with when it did not fail. */
export interface Answers {
  open: null
  group: WireOutcome[]
  read: WireResult[]
  run: WireResult
  runInTransaction: WireResult
  begin: null
  commit: null
  rollback: null
  checkpoint: null
  backup: null
  check: null
  forget: null
  close: null
}

export type Envelope = { id: number; request: Request }
export type Reply = { id: number; answer: Answers[Request['do']] } | { id: number; failure: WireFailure }
