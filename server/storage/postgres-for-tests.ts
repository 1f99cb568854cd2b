import { execFile, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { findPostgres } from '#scripts/setup/databases.mjs'
import { freePort } from '#test/free-port.ts'

const run = promisify(execFile)

/** A PostgreSQL of a test's own, in a directory and on a port of its own. */
export interface PostgresForTests {
  port: number
  /** The folder of its programs. */
  bin: string
  /** Makes an empty database and answers its URL. */
  database(): Promise<string>
  /** `immediate` is the power cut: it recovers at the next start. */
  stop(mode?: 'fast' | 'immediate'): Promise<void>
  start(): Promise<void>
  /** As the superuser, on a connection of its own. */
  ask(sql: string, database?: string): Promise<Record<string, unknown>[]>
  dispose(): Promise<void>
}

/** PostgreSQL refuses to run as root: there it runs as the user its package has made. */
const isRoot = () => process.getuid?.() === 0
function asPostgres(program: string, args: string[]): [string, string[]] {
  return isRoot() ? ['runuser', ['-u', 'postgres', '--', program, ...args]] : [program, args]
}
function giveAway(folder: string): void {
  if (!isRoot()) return
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  chownSync(folder, id('-u'), id('-g'))
}

/** In memory where there is room: what these tests break are processes, and a disk's time is not theirs to measure. */
function placeFor(): string {
  const memory = '/dev/shm'
  if (!existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 2e9 ? memory : tmpdir()
}

/** Linguistic order by default, so that a query which relies on the order of bytes shows it. */
const CLUSTER = ['--encoding=UTF8', '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=en', '--auth=trust', '--username=postgres']

export async function startPostgres(): Promise<PostgresForTests> {
  const bin = findPostgres()
  if (!bin) throw new Error('These tests need PostgreSQL 15 or newer: install the package "postgresql", or put its programs in PATH')
  const folder = mkdtempSync(join(placeFor(), 'sideline-postgres-'))
  giveAway(folder)
  const data = join(folder, 'data')
  const port = await freePort()
  const tool = (name: string, args: string[]) => run(...asPostgres(join(bin, name), args), { cwd: folder })
  await tool('initdb', [`--pgdata=${data}`, '--no-sync', '--no-instructions', ...CLUSTER])
  // pg_ctl leaves its child behind: whatever happens to the tests, the child ends with them.
  const stopNow = () => {
    const [program, args] = asPostgres(join(bin, 'pg_ctl'), ['stop', `--pgdata=${data}`, '--mode=immediate', '--no-wait'])
    spawn(program, args, { stdio: 'ignore', detached: true }).unref()
  }
  let made = 0
  const postgres: PostgresForTests = {
    port,
    bin,
    async database() {
      made += 1
      const name = `sideline_${made}`
      await postgres.ask(`create database ${name}`)
      return `postgres://postgres@127.0.0.1:${port}/${name}`
    },
    async start() {
      const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c max_connections=200 -c shared_buffers=32MB -c max_wal_size=256MB`
      await tool('pg_ctl', ['start', `--pgdata=${data}`, '--wait', '--timeout=60', `--log=${join(folder, 'log')}`, `--options=${options}`])
    },
    async stop(mode = 'fast') {
      await tool('pg_ctl', ['stop', `--pgdata=${data}`, '--wait', `--mode=${mode}`])
    },
    async ask(sql, database = 'postgres') {
      const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database })
      client.on('error', () => {})
      await client.connect()
      try {
        return (await client.query(sql)).rows
      } finally {
        await client.end()
      }
    },
    async dispose() {
      process.off('exit', stopNow)
      await postgres.stop('immediate').catch(() => null)
      rmSync(folder, { recursive: true, force: true })
    },
  }
  process.once('exit', stopNow)
  await postgres.start()
  return postgres
}
