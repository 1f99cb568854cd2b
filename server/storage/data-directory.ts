import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { StorageError } from './error.ts'

/** What lies where in DATA_DIR. */
export interface DataDirectory {
  path: string
  database: string
  /** Held by the running server; see lock.ts. */
  lock: string
  /** The process that holds it, for people. */
  pid: string
}

/**
 * Creates the directory for its owner alone and makes sure that it can be written.
 *
 * @throws StorageError `DATA_DIR`
 */
export function openDataDirectory(directory: string): DataDirectory {
  const path = resolve(directory)
  const probe = join(path, `.probe-${process.pid}`)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    // A file says more than the permission bits: read-only mounts and full quotas show only here.
    closeSync(openSync(probe, 'w', 0o600))
    rmSync(probe)
  } catch (error) {
    throw new StorageError('DATA_DIR', `DATA_DIR ${path} cannot be written (${codeOf(error)})`, { cause: error })
  }
  return { path, database: join(path, 'sideline.db'), lock: join(path, 'server.lock'), pid: join(path, 'server.pid') }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error))
