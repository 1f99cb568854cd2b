/** Off by more than this and the clock jumps; below it, it is drawn towards the truth so that no second is seen twice. */
const JUMP_MS = 1000
const SLEW_PER_MS = 0.05

export interface ServerTime {
  /** Milliseconds since 1970 by the server's clock. */
  now(): number
  /** One answered question: the sample with the shortest way of a round sets the time. */
  sample(sentAt: number, answeredAt: number, serverNow: number): void
  /** Ends a round of samples and takes over its best. */
  settle(): void
}

/**
 * The server's time, from a monotonic clock and a measured offset: the device's own clock may be hours off or be set while we watch.
 *
 * @param monotonic milliseconds that never go back (`performance.now`)
 * @param guess the server's time now, as well as it is known before the first sample
 */
export function createServerTime(monotonic: () => number, guess: number): ServerTime {
  let offset = guess - monotonic()
  let target = offset
  let readAt = monotonic()
  let best: { trip: number; offset: number } | null = null

  return {
    now() {
      const now = monotonic()
      const reach = Math.max(0, now - readAt) * SLEW_PER_MS
      const error = target - offset
      offset = Math.abs(error) > JUMP_MS || Math.abs(error) <= reach ? target : offset + Math.sign(error) * reach
      readAt = now
      return now + offset
    },
    sample(sentAt, answeredAt, serverNow) {
      const trip = answeredAt - sentAt
      if (!best || trip < best.trip) best = { trip, offset: serverNow - (sentAt + answeredAt) / 2 }
    },
    settle() {
      if (best) target = best.offset
      best = null
    },
  }
}
