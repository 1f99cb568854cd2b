import { constants } from 'node:fs'
import { access, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openChannel } from './channel.ts'
import { StorageError } from './error.ts'

/**
 * Copies a database that may be in use, through a thread and a connection of its own, so that nobody waits for it. The name appears only
 * when the copy is complete and on the disk. (Never copy the file itself from inside the process that has it open: closing that copy's
 * handle would drop the database's locks.)
 */
export async function backUp(from: string, to: string): Promise<void> {
  const unfinished = `${to}.${process.pid}.part`
  if (await exists(to)) throw new StorageError('BACKUP', `${to} exists already`)
  try {
    // The engine writes into an empty file that is there; made here, nobody else may read it.
    await open(unfinished, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600).then(handle => handle.close())
    const channel = await openChannel(from, 'backup', 5000)
    try {
      await channel.ask({ do: 'backup', file: unfinished })
    } finally {
      await channel.close()
    }
    await sync(unfinished)
    await rename(unfinished, to)
    await sync(dirname(to))
  } catch (error) {
    throw new StorageError('BACKUP', `cannot write the backup ${to}: ${messageOf(error)}`, { cause: error })
  } finally {
    await rm(unfinished, { force: true }).catch(() => null)
  }
}

export const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** VACUUM INTO itself does not wait for the disk. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
