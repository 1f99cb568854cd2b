import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { exists, sync } from './backup.ts'
import { StorageError } from './error.ts'

const TOOL_MISSING = 'is not installed here: install the PostgreSQL client programs, or use the tools of your PostgreSQL'

/** pg_dump's own format, of one moment, beside whoever reads and writes. The name appears only when the file is whole and on the disk. */
export async function dump(url: string, to: string): Promise<void> {
  const unfinished = `${to}.${process.pid}.part`
  if (await exists(to)) throw new StorageError('BACKUP', `${to} exists already`)
  try {
    await open(unfinished, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600).then(handle => handle.close())
    await runTool('pg_dump', url, ['--format=custom', '--no-owner', '--no-privileges', `--file=${unfinished}`])
    await sync(unfinished)
    await rename(unfinished, to)
    await sync(dirname(to))
  } catch (error) {
    throw new StorageError('BACKUP', `cannot write the backup ${to}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  } finally {
    await rm(unfinished, { force: true }).catch(() => null)
  }
}

/**
 * One of PostgreSQL's programs on this database; answers what it printed. The password goes by the environment: every process of the machine
 * may read a command line.
 *
 * @throws Error with one line
 */
export function runTool(program: 'pg_dump' | 'pg_restore', url: string | null, args: readonly string[]): Promise<string> {
  const child = spawn(program, [...args, ...(url === null ? [] : [`--dbname=${withoutPassword(url)}`])], {
    env: environmentFor(url),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, 1_000_000)
  })
  return ended(child, program).then(() => said)
}

function ended(child: ChildProcess, program: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let complained = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complained = (complained + text).slice(0, 10_000)
    })
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new Error(error.code === 'ENOENT' ? `${program} ${TOOL_MISSING}` : error.message)),
    )
    child.once('close', code => {
      if (code === 0) resolve()
      else reject(new Error(complained.split('\n').find(line => /error:|fatal:/i.test(line)) ?? `${program} ended with ${code}`))
    })
  })
}

const environmentFor = (url: string | null): NodeJS.ProcessEnv => ({
  ...process.env,
  ...(url === null ? {} : { PGPASSWORD: decodeURIComponent(new URL(url).password) }),
  LC_ALL: 'C',
})

function withoutPassword(url: string): string {
  const parsed = new URL(url)
  parsed.password = ''
  return parsed.href
}

/**
 * Runs `first` and then a whole dump, in one transaction.
 *
 * @throws StorageError `BACKUP`
 */
export async function pourDump(url: string, from: string, first: string): Promise<void> {
  const reader = spawn('pg_restore', ['--no-owner', '--no-privileges', '--file=-', from], { stdio: ['ignore', 'pipe', 'pipe'] })
  const options = ['--no-psqlrc', '--quiet', '--single-transaction', '--set=ON_ERROR_STOP=1', '--output=/dev/null']
  const writer = spawn('psql', [...options, `--command=${first}`, '--file=-', `--dbname=${withoutPassword(url)}`], {
    env: environmentFor(url),
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  try {
    // A dump that ends too early must not be committed: psql hears of its end only when the reader was content with it.
    reader.stdout.pipe(writer.stdin, { end: false })
    writer.stdin.on('error', () => {})
    const reading = ended(reader, 'pg_restore').then(
      () => void writer.stdin.end(),
      error => {
        writer.kill('SIGKILL')
        throw error
      },
    )
    const [read, written] = await Promise.allSettled([reading, ended(writer, 'psql')])
    for (const end of [written, read]) if (end.status === 'rejected' && !(end === written && read.status === 'rejected')) throw end.reason
    if (read.status === 'rejected') throw read.reason
  } catch (error) {
    throw new StorageError('BACKUP', `${from} cannot be restored: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  } finally {
    reader.kill('SIGKILL')
  }
}
