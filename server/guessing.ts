import { createHash } from 'node:crypto'
import { householdOf } from './address.ts'

/** After `free` failures the next try has to wait `firstMs`, doubled with each further failure up to `mostMs`; one is forgiven each `forgiveMs`. */
interface Patience {
  free: number
  firstMs: number
  mostMs: number
  forgiveMs: number
}

const PATIENCE = {
  /** One account from one address: someone mistyping, or someone guessing. */
  pair: { free: 4, firstMs: 1000, mostMs: 15 * 60_000, forgiveMs: 60_000 },
  /** One address, whichever the account: a hall full of scorers shares one, so it begins late. */
  address: { free: 25, firstMs: 2000, mostMs: 15 * 60_000, forgiveMs: 20_000 },
  /** One account from anywhere: guessing spread over many addresses. Short, so that nobody can lock another out. */
  account: { free: 12, firstMs: 1000, mostMs: 30_000, forgiveMs: 30_000 },
} satisfies Record<string, Patience>
type Kind = keyof typeof PATIENCE

interface Failures {
  failures: number
  /** When `failures` was last true. */
  at: number
  blockedUntil: number
}

export interface Guessing {
  /** How long this try has to wait, 0 when it may go ahead. Tells nothing about whether the account exists. */
  waitMs(account: string, address: string): number
  /** Counts a try that begins now as failed until `succeeded` takes it back, so that many at once count too. */
  began(account: string, address: string): void
  /** The try was wrong: its delay begins now, not when the slow check of the password did. */
  failed(account: string, address: string): void
  /** The right password: this pair is known from now on, and what others do to the account no longer delays it. */
  succeeded(account: string, address: string): void
}

/**
 * Growing delays against guessing, per account and per address. Kept in memory under hashed keys and bounded: what does not fit is the
 * longest untouched.
 */
export function createGuessing({
  now = () => performance.now(),
  maxKeys = 20_000,
}: {
  now?: () => number
  maxKeys?: number
} = {}): Guessing {
  const records = new Map<string, Failures>()
  const known = new Set<string>()

  const keysOf = (account: string, address: string): [Kind, string][] => [
    ['pair', keyOf('pair', account.toLowerCase(), address)],
    ['address', keyOf('address', '', address)],
    ['account', keyOf('account', account.toLowerCase(), '')],
  ]

  function forgiven(kind: Kind, record: Failures, at: number): number {
    return Math.max(0, record.failures - Math.floor((at - record.at) / PATIENCE[kind].forgiveMs))
  }

  function fail(kind: Kind, key: string, at: number): void {
    const before = records.get(key)
    const failures = (before ? forgiven(kind, before, at) : 0) + 1
    records.delete(key)
    records.set(key, { failures, at, blockedUntil: at + delayOf(kind, failures) })
    forgetOldest(records, maxKeys)
  }

  return {
    waitMs(account, address) {
      const at = now()
      const keys = keysOf(account, address)
      const isKnown = known.has(keys[0]?.[1] ?? '')
      let wait = 0
      for (const [kind, key] of keys) {
        if (kind === 'account' && isKnown) continue
        wait = Math.max(wait, (records.get(key)?.blockedUntil ?? 0) - at)
      }
      return Math.ceil(wait)
    },
    began(account, address) {
      for (const [kind, key] of keysOf(account, address)) fail(kind, key, now())
    },
    failed(account, address) {
      for (const [kind, key] of keysOf(account, address)) {
        const record = records.get(key)
        if (record) record.blockedUntil = now() + delayOf(kind, record.failures)
      }
    },
    succeeded(account, address) {
      for (const [kind, key] of keysOf(account, address)) {
        const record = records.get(key)
        if (kind === 'pair') {
          records.delete(key)
          known.delete(key)
          known.add(key)
          forgetOldest(known, maxKeys)
        } else if (record) {
          record.failures = Math.max(0, record.failures - 1)
          record.blockedUntil = Math.min(record.blockedUntil, now())
        }
      }
    },
  }
}

function delayOf(kind: Kind, failures: number): number {
  const { free, firstMs, mostMs } = PATIENCE[kind]
  return failures < free ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(30, failures - free))
}

function keyOf(kind: Kind, account: string, address: string): string {
  return createHash('sha256')
    .update(`${kind}\n${account}\n${householdOf(address)}`)
    .digest('base64')
    .slice(0, 22)
}

function forgetOldest(entries: { size: number; keys(): IterableIterator<string>; delete(key: string): boolean }, most: number): void {
  if (entries.size <= most) return
  const oldest = entries.keys().next().value
  if (oldest !== undefined) entries.delete(oldest)
}
