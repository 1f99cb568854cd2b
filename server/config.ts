import { readFileSync, statSync } from 'node:fs'
import { BlockList, isIP } from 'node:net'
import { resolve } from 'node:path'
import { addNetwork } from './address.ts'
import { passwordProblem } from './password.ts'
import { isOpenToOthers } from './secrets.ts'

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface Config {
  port: number
  host: string
  /** Absolute. Holds the secrets, the lock that keeps a second server out and, unless `databaseUrl` is set, the database. */
  dataDir: string
  /** PostgreSQL, or null for the embedded database in `dataDir`. Holds a password: never shown. */
  databaseUrl: string | null
  /** Redis, on which several nodes of one PostgreSQL tell each other what to look at; null for a node alone. May hold a password. */
  redisUrl: string | null
  /** Origin of PUBLIC_URL without a trailing slash, or null when unset. */
  publicOrigin: string | null
  /** PUBLIC_URL is https: Secure `__Host-` cookies and HSTS. */
  isSecure: boolean
  /** IANA name; the day that `?date=` means unless the caller says otherwise. */
  timeZone: string
  trustedProxies: BlockList
  /** The owner to create when there is none. */
  owner: { email: string; password: string } | null
  isDemoWanted: boolean
  logLevel: LogLevel
  /** Sockets from one address, and handshakes from it in 10 s; 0 lifts both. */
  maxConnectionsPerAddress: number
  /** Processes that serve; 1: this one. */
  workers: number
}

type Env = Readonly<Record<string, string | undefined>>
type Reader = (name: string) => string | undefined

/** Every setting comes from the environment. A bad one stops the start: one line a problem, which never repeats a secret. */
export function loadConfig(env: Env): { ok: true; config: Config } | { ok: false; problems: string[] } {
  const problems: string[] = []
  const report = (name: string, reason: string) => {
    problems.push(`${name}: ${reason}`)
  }
  // An empty variable is an unset one: compose files pass empty strings on.
  const plain: Reader = name => env[name]?.trim() || undefined
  const secret: Reader = name => readSecret(env, name, report)

  const wholeNumber = (name: string, fallback: number, least: number, most: number) => {
    const text = plain(name)
    if (text === undefined) return fallback
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    report(name, `must be a whole number from ${least} to ${most}, not "${shorten(text)}"`)
    return fallback
  }

  const publicUrl = readPublicUrl(plain('PUBLIC_URL'), report)
  const config: Config = {
    port: wholeNumber('PORT', 3000, 0, 65_535),
    host: readHost(plain('HOST'), report),
    dataDir: resolve(plain('DATA_DIR') ?? './data'),
    databaseUrl: readDatabaseUrl(secret('DATABASE_URL')?.trim(), report),
    redisUrl: readRedisUrl(secret('REDIS_URL')?.trim(), secret('DATABASE_URL') !== undefined, report),
    publicOrigin: publicUrl?.origin ?? null,
    isSecure: publicUrl?.protocol === 'https:',
    timeZone: readTimeZone(plain('PUBLIC_TZ'), report),
    trustedProxies: readProxies(plain('TRUSTED_PROXIES'), report),
    owner: readOwner(secret, report),
    isDemoWanted: readSwitch('DEMO', plain('DEMO'), true, report),
    logLevel: readLevel(plain('LOG_LEVEL'), report),
    maxConnectionsPerAddress: wholeNumber('MAX_CONNECTIONS_PER_IP', 2000, 0, 1_000_000),
    workers: wholeNumber('WORKERS', 1, 1, 64),
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, config }
}

type Report = (name: string, reason: string) => void

/** NAME, or the content of the file that NAME_FILE names, without its last line break. */
function readSecret(env: Env, name: string, report: Report): string | undefined {
  const value = env[name]?.trim() ? env[name] : undefined
  const file = env[`${name}_FILE`]?.trim() || undefined
  if (file === undefined) return value
  if (value !== undefined) {
    report(name, `is set, and ${name}_FILE too: keep one of them`)
    return undefined
  }
  try {
    const stats = statSync(file)
    if (!stats.isFile()) report(`${name}_FILE`, `"${shorten(file)}" is not a file`)
    else if (isOpenToOthers(file, stats.mode)) report(`${name}_FILE`, `everybody on this machine may read "${file}": chmod 600 it`)
    else if (stats.size > 10_000) report(`${name}_FILE`, `"${shorten(file)}" is too long for a secret`)
    else return readFileSync(file, 'utf8').replace(/\r?\n$/, '') || undefined
  } catch (error) {
    report(`${name}_FILE`, `"${shorten(file)}" cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`)
  }
  return undefined
}

function readHost(text: string | undefined, report: Report): string {
  if (text === undefined) return '0.0.0.0'
  if (isIP(text) === 0 && !/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(text)) {
    report('HOST', `must be an address or a host name, not "${shorten(text)}"`)
  }
  return text
}

function readPublicUrl(text: string | undefined, report: Report): URL | null {
  if (text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(text)) {
    report('PUBLIC_URL', 'must start with https:// or http:// and name a host')
  } else if (url.username || url.password) {
    report('PUBLIC_URL', 'must hold no name and no password')
  } else if (url.pathname !== '/' || url.search || url.hash) {
    report('PUBLIC_URL', `must end after the host: Sideline does not live under a path (write ${url.origin})`)
  } else return url
  return null
}

const URL_PARAMETERS = ['user', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey', 'host', 'port']
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full']

/** Says what is wrong without a piece of the URL: any of it may be the password in the wrong place. */
function readDatabaseUrl(text: string | undefined, report: Report): string | null {
  if (text === undefined) return null
  const problem = databaseUrlProblem(text)
  if (problem === null) return text
  report('DATABASE_URL', problem)
  return null
}

function databaseUrlProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !/^\w+:\/\//.test(text)) {
    return 'must be like postgres://user:password@host:5432/database (write other signs in the password as %40 and the like)'
  }
  try {
    for (const part of [url.username, url.password, url.hostname, url.pathname]) decodeURIComponent(part)
  } catch {
    return 'holds a % that begins no escape: write it as %25'
  }
  if (url.hash) return 'holds a #: write it as %23'
  const unknown = [...url.searchParams.keys()].find(name => !URL_PARAMETERS.includes(name))
  if (unknown !== undefined) return `may be followed by ${URL_PARAMETERS.join(', ')} only`
  const mode = url.searchParams.get('sslmode')
  if (mode !== null && !SSL_MODES.includes(mode)) return `sslmode must be one of ${SSL_MODES.join(', ')}`
  if (mode === 'verify-ca' && !url.searchParams.has('sslrootcert')) return 'sslmode=verify-ca needs sslrootcert'
  if (!url.hostname && !url.searchParams.has('host')) return 'names no host'
  return /^\/[^/]+$/.test(url.pathname) ? null : 'names no database: it ends with /database'
}

function readRedisUrl(text: string | undefined, hasDatabase: boolean, report: Report): string | null {
  if (text === undefined) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^rediss?:$/.test(url.protocol) || !url.hostname) report('REDIS_URL', 'must be like redis://user:password@host:6379/0')
  else if (!hasDatabase) report('REDIS_URL', 'joins several nodes of one PostgreSQL: set DATABASE_URL too, or unset it')
  else return text
  return null
}

function readTimeZone(text: string | undefined, report: Report): string {
  if (text === undefined) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    report('PUBLIC_TZ', `"${shorten(text)}" is no time zone (write it like Europe/Lisbon)`)
    return 'UTC'
  }
}

function readProxies(text: string | undefined, report: Report): BlockList {
  const list = new BlockList()
  for (const range of (text ?? '').split(/[\s,]+/).filter(Boolean)) {
    if (!addNetwork(list, range)) report('TRUSTED_PROXIES', `"${shorten(range)}" is neither an address nor a range like 10.0.0.0/8`)
  }
  return list
}

function readOwner(secret: Reader, report: Report): Config['owner'] {
  const email = secret('ADMIN_EMAIL')?.trim()
  const password = secret('ADMIN_PASSWORD')
  if (email === undefined && password === undefined) return null
  if (email === undefined) report('ADMIN_EMAIL', 'is missing beside ADMIN_PASSWORD')
  else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) report('ADMIN_EMAIL', 'is not an e-mail address')
  const problem = password === undefined ? 'is missing beside ADMIN_EMAIL' : passwordProblem(password, email)
  if (problem) report('ADMIN_PASSWORD', problem)
  return email === undefined || password === undefined ? null : { email: email.toLowerCase(), password }
}

function readSwitch(name: string, text: string | undefined, fallback: boolean, report: Report): boolean {
  if (text === undefined) return fallback
  if (/^(1|true|yes|on)$/i.test(text)) return true
  if (!/^(0|false|no|off)$/i.test(text)) report(name, `must be 1 or 0, not "${shorten(text)}"`)
  return false
}

function readLevel(text: string | undefined, report: Report): LogLevel {
  const level = LOG_LEVELS.find(known => known === text?.toLowerCase())
  if (text !== undefined && level === undefined) report('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`)
  return level ?? 'info'
}

function shorten(text: string): string {
  const printable = text.replace(/[^\x20-\x7e]/g, '?')
  return printable.length > 60 ? `${printable.slice(0, 60)}…` : printable
}
