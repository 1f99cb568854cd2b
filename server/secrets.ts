import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

export interface Secrets {
  /** Signs the cookies; made at the first start. */
  auth: string
  /** The one-time token that makes its bearer the owner; made on demand, kept until an owner exists. */
  setupToken(): string
  /** Whether `token` is the set-up token; false as well when there is none. */
  isSetupToken(token: string): boolean
  dropSetupToken(): void
}

const AUTH_FILE = 'auth.secret'
const SETUP_FILE = 'setup.token'

// Letters and digits that nobody confuses on a screen or on paper.
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

/** Whether others on this machine may read or change the file. A container's /run/secrets is nobody else's, whatever its mode says. */
export function isOpenToOthers(file: string, mode: number): boolean {
  return process.platform !== 'win32' && (mode & 0o007) !== 0 && !file.startsWith('/run/secrets/')
}

/** Opens the secrets of a data directory, making what is missing. A problem is one line for the operator. */
export function openSecrets(dataDir: string): { ok: true; secrets: Secrets } | { ok: false; problem: string } {
  const setupFile = join(dataDir, SETUP_FILE)
  let auth: string
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.W_OK)
    auth = readOrMake(join(dataDir, AUTH_FILE), () => randomBytes(48).toString('base64url'))
    if (peek(setupFile) !== null) readGuarded(setupFile)
  } catch (error) {
    return { ok: false, problem: explain(dataDir, error) }
  }
  if (!/^[\w-]{43,}$/.test(auth)) {
    return { ok: false, problem: `DATA_DIR: ${join(dataDir, AUTH_FILE)} is damaged; delete it, and everybody signs in again` }
  }
  return {
    ok: true,
    secrets: {
      auth,
      setupToken: () => readOrMake(setupFile, () => makeReadable(6)),
      isSetupToken: token => {
        const kept = peek(setupFile)
        return kept !== null && isSameText(plainToken(kept), plainToken(token))
      },
      dropSetupToken: () => rmSync(setupFile, { force: true }),
    },
  }
}

/** `groups` of four such letters, a dash between them, to be read aloud and typed: 19.8 bits a group. */
export function makeReadable(groups: number): string {
  const four = () => Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
  return Array.from({ length: groups }, four).join('-')
}

function plainToken(text: string): string {
  return text
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
}

/** Compares in a time that depends on nothing secret. */
export function isSameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length > 0 && left.length === right.length && timingSafeEqual(left, right)
}

class OpenSecret extends Error {}

function readGuarded(file: string): string {
  if (isOpenToOthers(file, statSync(file).mode)) throw new OpenSecret(`everybody on this machine may read ${file}: chmod 600 it`)
  return readFileSync(file, 'utf8').trim()
}

function peek(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim() || null
  } catch {
    return null
  }
}

/** A link appears whole or not at all, so two first starts at once agree on one secret and a power cut leaves no half of it. */
function readOrMake(file: string, make: () => string): string {
  try {
    return readGuarded(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  const descriptor = openSync(draft, 'wx', 0o600)
  try {
    writeSync(descriptor, `${make()}\n`)
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
  try {
    linkSync(draft, file)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    // Some file systems know no links; there a rename is as whole, and two first starts at once are not a case.
    if (code === 'EPERM' || code === 'ENOTSUP' || code === 'ENOSYS') renameSync(draft, file)
    else if (code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  return readGuarded(file)
}

function explain(dataDir: string, error: unknown): string {
  if (error instanceof OpenSecret) return `DATA_DIR: ${error.message}`
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return `DATA_DIR: ${dataDir} is not writable (${code})`
  if (code === 'ENOTDIR' || code === 'EEXIST') return `DATA_DIR: ${dataDir} is not a directory`
  if (code === 'ENOSPC') return `DATA_DIR: no space left for ${dataDir}`
  return `DATA_DIR: ${dataDir} cannot be used (${code ?? String(error)})`
}
