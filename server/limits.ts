/** What is limited, and how: `burst` at once, refilled evenly with `burst` in `perMs`. */
export const LIMITS = {
  /** Requests that record plays, by one scorer: 30 a second, 60 at once. */
  plays: { burst: 60, perMs: 2000 },
  /** Other writes over HTTP, by one account: creating games, moderating. */
  writes: { burst: 60, perMs: 10_000 },
  /** What one spectator's socket may say. */
  messages: { burst: 60, perMs: 30_000 },
  /** Lines in the audit about what one account was not allowed to do. */
  refusals: { burst: 300, perMs: 60_000 },
  /** Chat, by one account or one guest's address. */
  chat: { burst: 5, perMs: 10_000 },
} as const
export type LimitName = keyof typeof LIMITS
export interface Limit {
  burst: number
  perMs: number
}

export type Taken = { ok: true } | { ok: false; retryAfterMs: number }

export interface Limits {
  /** Takes `cost` from the bucket of `key`; a cost above the burst is let through once the bucket is full, and paid off afterwards. */
  take(name: LimitName, key: string, cost?: number): Taken
  /** The same under a limit given with the call: a token's own rate, the handshakes of an address. */
  takeUnder(limit: Limit, key: string, cost?: number): Taken
  size(): number
}

/**
 * Token buckets, each kept as one number: the moment at which it will be full again.
 *
 * @param options.now a monotonic clock in milliseconds, so that a jump of the wall clock neither freezes nor floods
 * @param options.maxKeys when so many are remembered, full buckets are forgotten, then the longest untouched ones
 */
export function createLimits({ now = () => performance.now(), maxKeys = 50_000 }: { now?: () => number; maxKeys?: number } = {}): Limits {
  const fullAt = new Map<string, number>()

  function makeRoom(at: number): void {
    if (fullAt.size < maxKeys) return
    for (const [key, time] of fullAt) if (time <= at) fullAt.delete(key)
    for (const key of fullAt.keys()) {
      if (fullAt.size < maxKeys * 0.9) break
      fullAt.delete(key)
    }
  }

  function takeUnder({ burst, perMs }: Limit, key: string, cost = 1): Taken {
    const at = now()
    const eachMs = perMs / burst
    const debtMs = Math.max(0, (fullAt.get(key) ?? at) - at)
    const waitMs = debtMs + Math.min(cost, burst) * eachMs - perMs
    // A breath of tolerance: sums of fractions are not exact.
    if (waitMs > 0.001) return { ok: false, retryAfterMs: Math.ceil(waitMs) }
    fullAt.delete(key)
    makeRoom(at)
    fullAt.set(key, at + debtMs + cost * eachMs)
    return { ok: true }
  }

  return {
    take: (name, key, cost) => takeUnder(LIMITS[name], `${name} ${key}`, cost),
    takeUnder: (limit, key, cost) => takeUnder(limit, `own ${key}`, cost),
    size: () => fullAt.size,
  }
}

/** `perSecond` as a limit: a second of it may come at once; a batch above that is let through whole and paid off. */
export function rateLimit(perSecond: number): Limit {
  const burst = Math.max(1, Math.ceil(perSecond))
  return { burst, perMs: (burst / perSecond) * 1000 }
}
