/**
 * `VALUE` a value that must not be bound · `UNIQUE`, `CONSTRAINT` the row is not allowed · `SQL` the statement is wrong · `BUSY` locked for
 * longer than the timeout, or too much waiting · `FULL` no room on the disk · `UNAVAILABLE` closed, broken or out of reach · `SCHEMA_NEWER`
 * written by a newer program · `LOCKED` another server has the data directory · `DATA_DIR` the directory cannot be used · `BACKUP` the
 * target of a backup cannot be used.
 */
export type StorageErrorCode =
  | 'VALUE'
  | 'UNIQUE'
  | 'CONSTRAINT'
  | 'SQL'
  | 'BUSY'
  | 'FULL'
  | 'UNAVAILABLE'
  | 'SCHEMA_NEWER'
  | 'LOCKED'
  | 'DATA_DIR'
  | 'BACKUP'

/** The message is one line that may be shown to the operator. */
export class StorageError extends Error {
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StorageError'
    this.code = code
  }
}

/** By name, since one class may exist twice in a process that holds several bundles. */
export const isStorageError = (error: unknown): error is StorageError => error instanceof Error && error.name === 'StorageError'

/** Most of the time: what the row stands on was removed in the same moment. */
export const isConstraint = (error: unknown): boolean => isStorageError(error) && error.code === 'CONSTRAINT'
