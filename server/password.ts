import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'

/** 32 MiB and about 0.3 s of one core: as hard to guess as N=2^17 with p=1, at a quarter of its memory. */
const COST = { N: 2 ** 15, r: 8, p: 3 }
const KEY_BYTES = 32
const ENCODED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/

// Hashing fills the threads that files and name lookups need too.
const AT_ONCE = 2
const MAX_WAITING = 40

export const PASSWORD_LENGTH = { least: 8, most: 128 }

/** Thrown when too many sign-ins wait for a hash already; the caller answers "try again". */
export class HashingBusy extends Error {
  override name = 'HashingBusy'
}

const waiting: (() => void)[] = []
let running = 0
let derived = 0

/** Hashes computed since the start: what a sign-in costs, and what tells a guesser nothing when it is always the same. */
export const hashesComputed = () => derived

export function isHashingBusy(): boolean {
  return running >= AT_ONCE && waiting.length >= MAX_WAITING
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (isHashingBusy()) throw new HashingBusy('too many passwords are being checked')
  if (running >= AT_ONCE) await new Promise<void>(resume => waiting.push(resume))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    // A waiting one takes this place over, so the count stays.
    if (next) next()
    else running -= 1
  }
}

function derive(password: string, salt: Buffer, cost: { N: number; r: number; p: number }): Promise<Buffer> {
  derived += 1
  const options: ScryptOptions = { ...cost, maxmem: 256 * cost.N * cost.r }
  return new Promise((resolve, reject) => {
    // The same word typed on two keyboards may reach us composed in two ways.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

const plain64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

/** `$scrypt$ln=15,r=8,p=3$SALT$KEY`, base64 without padding, so that the cost can grow and old passwords still verify. */
export function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return inTurn(async () => {
    const key = await derive(password, salt, COST)
    return `$scrypt$ln=${Math.log2(COST.N)},r=${COST.r},p=${COST.p}$${plain64(salt)}$${plain64(key)}`
  })
}

export function verifyPassword({ hash, password }: { hash: string; password: string }): Promise<boolean> {
  const [, ln, r, p, salt, key] = ENCODED.exec(hash) ?? []
  if (!ln || !r || !p || !salt || !key) return Promise.resolve(false)
  const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p) }
  // A row nobody could have written by this program must not cost a gigabyte.
  if (cost.N * cost.r * 128 > 2 ** 28 || cost.p > 16 || cost.p < 1 || cost.r < 1 || cost.N < 2) return Promise.resolve(false)
  return inTurn(async () => timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), cost), Buffer.from(key, 'base64')))
}

const GUESSED_FIRST = new Set(
  'password passw0rd password1 password123 changeme change-me change_me changeit letmein adminadmin admin123 administrator qwertyui qwerty123 qwertyuiop 12345678 123456789 1234567890 87654321 11111111 00000000 abcdefgh abcd1234 iloveyou sideline sideline1 sidelineadmin secretsecret your-password yourpassword your_password example-password correcthorsebatterystaple trustno1'.split(
    ' ',
  ),
)

/** Why a password cannot be used, or null. Words that stand in documentation and at the head of every guesser's list are refused. */
export function passwordProblem(password: string, email?: string): string | null {
  if (password.length < PASSWORD_LENGTH.least) return `must have at least ${PASSWORD_LENGTH.least} characters`
  if (password.length > PASSWORD_LENGTH.most) return `must have at most ${PASSWORD_LENGTH.most} characters`
  const folded = password.toLowerCase()
  if (GUESSED_FIRST.has(folded) || new Set(folded).size < 3) return 'is among the first that anybody would guess'
  if (email && (folded === email.toLowerCase() || folded === email.toLowerCase().split('@')[0])) return 'is the e-mail address'
  return null
}
