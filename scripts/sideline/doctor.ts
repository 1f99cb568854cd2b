import { existsSync } from 'node:fs'
import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { type Config, loadConfig } from '#server/config.ts'
import { isOpenToOthers } from '#server/secrets.ts'
import { type DataDirectory, openDataDirectory } from '#server/storage/data-directory.ts'
import { SCHEMA_VERSION } from '#server/storage/migrations/index.ts'
import { openDatabase } from '#server/storage/open.ts'
import { openPostgres } from '#server/storage/postgres.ts'
import { serversOn } from '#server/storage/postgres-lock.ts'
import type { Storage } from '#server/storage/storage.ts'
import { type Command, sizeOf } from './command.ts'
import { runningServer } from './premises.ts'

interface Finding {
  check: string
  state: 'ok' | 'warn' | 'fail'
  says: string
}

const NODE_FLOOR = [20, 19]
const DISK_FAIL = 100e6
const DISK_WARN = 1e9
const LOG_WARN = 64e6

export const doctorCommands: Readonly<Record<string, Command>> = {
  doctor: {
    help: 'look at everything an installation needs; changes nothing',
    async run() {
      const findings = await examine()
      const isWell = findings.every(finding => finding.state !== 'fail')
      const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' }
      return {
        json: { ok: isWell, checks: findings },
        lines: findings.map(({ check, state, says }) => `${marks[state]}  ${check.padEnd(12)}  ${says}`),
        code: isWell ? 0 : 1,
      }
    },
  },
}

async function examine(): Promise<Finding[]> {
  const findings = [nodeVersion()]
  const loaded = loadConfig(process.env)
  if (!loaded.ok) return [...findings, ...loaded.problems.map(says => ({ check: 'settings', state: 'fail' as const, says }))]
  const { config } = loaded
  findings.push(settings(config))
  if (!existsSync(config.dataDir)) {
    return [...findings, { check: 'data', state: 'warn', says: `there is no ${config.dataDir} yet; the first start makes it` }]
  }
  const directory = await found('data', findings, async () => openDataDirectory(config.dataDir))
  if (!directory) return findings
  findings.push({ check: 'data', state: 'ok', says: `${directory.path} can be written` })
  findings.push(...(await files(directory)))
  await found('disk', findings, async () => {
    findings.push(await disk(directory))
  })
  if (config.databaseUrl !== null) return [...findings, ...(await examinePostgres(config))]
  await found('server', findings, async () => {
    const pid = runningServer(directory)
    findings.push(await server(pid === null ? [] : [`process ${pid}`], config))
  })
  if (!existsSync(directory.database)) {
    return [...findings, { check: 'database', state: 'warn', says: 'there is none yet; the first start makes it' }]
  }
  await found('database', findings, async () => {
    const storage = await openDatabase({ databaseUrl: null }, directory)
    try {
      findings.push(...(await database(storage)), await log(directory))
    } finally {
      await storage.close()
    }
  })
  return findings
}

/** A check that throws is a finding itself. */
async function found<T>(check: string, findings: Finding[], look: () => Promise<T>): Promise<T | null> {
  try {
    return await look()
  } catch (error) {
    findings.push({ check, state: 'fail', says: error instanceof Error ? error.message : String(error) })
    return null
  }
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [floorMajor = 0, floorMinor = 0] = NODE_FLOOR
  const isNewEnough = major > floorMajor || (major === floorMajor && minor >= floorMinor)
  return { check: 'node', state: isNewEnough ? 'ok' : 'fail', says: `${process.version}, ${NODE_FLOOR.join('.')} or newer is needed` }
}

function settings({ publicOrigin, isSecure, port, host }: Config): Finding {
  const where = publicOrigin ?? `http://${host}:${port}, PUBLIC_URL unset`
  if (isSecure) return { check: 'settings', state: 'ok', says: where }
  return { check: 'settings', state: 'warn', says: `${where}: without https, sign-ins work on this network only and travel unencrypted` }
}

async function files({ path }: DataDirectory): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const name of await readdir(path)) {
    const file = join(path, name)
    const stats = await stat(file).catch(() => null)
    if (!stats?.isFile() || !/\.(secret|token|db|db-wal)$/.test(name) || !isOpenToOthers(file, stats.mode)) continue
    // The server refuses to start on an open secret; an open database is the operator's own choice.
    const state = /\.(secret|token)$/.test(name) ? 'fail' : 'warn'
    const parent = await stat(path)
    if (state === 'warn' && !isOpenToOthers(path, parent.mode)) continue
    findings.push({ check: 'files', state, says: `everybody on this machine may read ${file}: chmod 600 it` })
  }
  return findings.length > 0 ? findings : [{ check: 'files', state: 'ok', says: 'secrets are readable by their owner alone' }]
}

async function disk({ path }: DataDirectory): Promise<Finding> {
  const { bavail, bsize } = await statfs(path)
  const free = bavail * bsize
  return { check: 'disk', state: free < DISK_FAIL ? 'fail' : free < DISK_WARN ? 'warn' : 'ok', says: `${sizeOf(free)} free` }
}

async function server(running: readonly string[], { port }: Config): Promise<Finding> {
  if (running.length === 0) return { check: 'server', state: 'ok', says: 'not running' }
  const who = running.join(', ')
  const url = `http://127.0.0.1:${port}/readyz`
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(2000) })
    return { check: 'server', state: status === 200 ? 'ok' : 'fail', says: `running as ${who}, ${url} answers ${status}` }
  } catch {
    return { check: 'server', state: 'warn', says: `running as ${who}, but not on port ${port} of this machine` }
  }
}

async function examinePostgres(config: Config): Promise<Finding[]> {
  const findings: Finding[] = []
  await found('database', findings, async () => {
    const storage = await openPostgres({ url: config.databaseUrl ?? '' })
    try {
      if ((await storage.schemaVersion()) === 0) {
        findings.push({ check: 'database', state: 'warn', says: 'there is no league yet; the first start makes it' })
      } else findings.push(...(await database(storage)))
      findings.push(await durability(storage), await sizeInPostgres(storage))
      findings.push(await server(await serversOn(storage.db), config))
    } finally {
      await storage.close()
    }
  })
  return findings
}

/** A commit is on the disk only when these are on; the server sets what a session may set. */
async function durability({ db }: Storage): Promise<Finding> {
  const { rows } = await sql<{ release: string; name: string; setting: string }>`
    select current_setting('server_version') as release, name, setting from pg_settings where name in ('fsync', 'full_page_writes')`.execute(
    db,
  )
  const off = rows.filter(({ setting }) => setting !== 'on').map(({ name }) => name)
  const says = `PostgreSQL ${rows[0]?.release}`
  return off.length === 0
    ? { check: 'durability', state: 'ok', says: `${says} waits for its disk` }
    : { check: 'durability', state: 'fail', says: `${says}: ${off.join(' and ')} off, so a power cut may lose what was acknowledged` }
}

async function sizeInPostgres({ db }: Storage): Promise<Finding> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db)
  return { check: 'size', state: 'ok', says: sizeOf(rows[0]?.bytes ?? 0) }
}

async function database(storage: Storage): Promise<Finding[]> {
  const findings: Finding[] = []
  const version = await storage.schemaVersion()
  const isCurrent = version === SCHEMA_VERSION
  const says = isCurrent ? `schema ${version}` : `schema ${version}, the next start brings it to ${SCHEMA_VERSION}`
  findings.push({ check: 'database', state: isCurrent ? 'ok' : 'warn', says })

  if (storage.engine === 'sqlite') findings.push(...(await integrity(storage, isCurrent)))
  if (!isCurrent) return findings

  const count = async (table: 'games' | 'plays' | 'user' | 'tokens') =>
    Number(
      (
        await storage.db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirst()
      )?.n ?? 0,
    )
  const [games, plays, users, tokens] = [await count('games'), await count('plays'), await count('user'), await count('tokens')]
  findings.push({ check: 'league', state: 'ok', says: `${games} games, ${plays} plays, ${users} accounts, ${tokens} tokens` })

  const owners = await storage.db.selectFrom('user').select('banned').where('role', '=', 'owner').execute()
  const hasOwner = owners.some(owner => !owner.banned)
  findings.push({ check: 'owner', state: hasOwner ? 'ok' : 'warn', says: hasOwner ? 'there is one' : 'nobody is the owner yet' })
  return findings
}

/** PostgreSQL keeps to both by itself. */
async function integrity({ db }: Storage, isCurrent: boolean): Promise<Finding[]> {
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)
  const isWhole = rows.length === 1 && rows[0]?.integrity_check === 'ok'
  const findings: Finding[] = [
    {
      check: 'integrity',
      state: isWhole ? 'ok' : 'fail',
      says: isWhole ? 'every page and index holds' : (rows[0]?.integrity_check ?? 'unknown'),
    },
  ]
  const loose = isCurrent ? (await sql`pragma foreign_key_check`.execute(db)).rows : []
  if (loose.length > 0) findings.push({ check: 'references', state: 'fail', says: `${loose.length} rows refer to something that is gone` })
  return findings
}

/** What has been written but not yet moved into the database file. */
async function log({ database: file }: DataDirectory): Promise<Finding> {
  const [main, wal] = [await stat(file), await stat(`${file}-wal`).catch(() => null)]
  const bytes = wal?.size ?? 0
  return { check: 'size', state: bytes > LOG_WARN ? 'warn' : 'ok', says: `${sizeOf(main.size)}, write-ahead log ${sizeOf(bytes)}` }
}
