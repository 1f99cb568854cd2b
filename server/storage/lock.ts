import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import Database from 'libsql'
import type { DataDirectory } from './data-directory.ts'
import { StorageError } from './error.ts'

export interface Lock {
  release(): void
}

/** Held until released: a connection nobody refers to would be collected, and its lock with it. */
const held = new Set<InstanceType<typeof Database>>()

/**
 * One server to a data directory. The lock is an exclusive transaction on an empty database, which is a lock of the operating system: it
 * ends with its process however that ends, so nothing stale is left to judge, and process numbers that repeat in containers do not matter.
 * Nothing else in this process may open the lock file: closing it would drop the lock.
 *
 * @throws StorageError `LOCKED`, naming the process where it is known; `DATA_DIR` when the file cannot be made
 */
export function lockDataDirectory({ path, lock, pid }: DataDirectory): Lock {
  const db = openLock(path, lock)
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    db.close()
    if (isBusy(error)) throw new StorageError('LOCKED', `DATA_DIR ${path} is in use by ${holder(pid)}`, { cause: error })
    throw cannotLock(path, error)
  }
  held.add(db)
  writeFileSync(pid, String(process.pid), { mode: 0o600 })
  return {
    release() {
      if (!held.delete(db)) return
      rmSync(pid, { force: true })
      db.close()
    },
  }
}

function openLock(path: string, file: string): InstanceType<typeof Database> {
  try {
    return new Database(file, { timeout: 0 })
  } catch (error) {
    throw cannotLock(path, error)
  }
}

const cannotLock = (path: string, error: unknown) =>
  new StorageError('DATA_DIR', `DATA_DIR ${path} cannot be locked (${error instanceof Error ? error.message : String(error)})`, {
    cause: error,
  })

function holder(file: string): string {
  try {
    return `process ${Number.parseInt(readFileSync(file, 'utf8'), 10)}`
  } catch {
    return 'another process'
  }
}

const isBusy = (error: unknown) => error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY')
