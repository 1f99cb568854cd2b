'use client'
import { useLink } from '#components/shell/use-link.ts'
import { useTime } from '#components/ui/use-time.ts'
import type { ConnectionState } from './connection.ts'

/** What the fan is told about the connection, by how long it has been so. */
export type Freshness = 'fresh' | 'connecting' | 'reconnecting' | 'late' | 'stale' | 'polling'

const LATE_AFTER_MS = 3000
/** A link that was lost and is back within this time was never missed. */
const LOST_AFTER_MS = 1000
const BANNER_AFTER_MS = 10_000

export function freshnessOf({ link, since }: Pick<ConnectionState, 'link' | 'since'>, nowMs: number): Freshness {
  if (link === 'live') return 'fresh'
  if (link === 'polling' || link === 'stale') return link
  const age = nowMs - since
  // The page has only just been drawn: it is as fresh as it looks. On the server there is no connection to speak of.
  if (link === 'connecting') return since === 0 || age < LATE_AFTER_MS ? 'fresh' : age < BANNER_AFTER_MS ? 'connecting' : 'late'
  return age < LOST_AFTER_MS ? 'fresh' : age < BANNER_AFTER_MS ? 'reconnecting' : 'late'
}

export function useFreshness(): Freshness {
  const state = useLink()
  return useTime(now => freshnessOf(state, now), 500)
}

/** Whether what the page shows is still vouched for: by the page itself, just drawn, by the socket, or by reads every few seconds. */
export const isVouchedFor = (freshness: Freshness) => freshness === 'fresh' || freshness === 'connecting' || freshness === 'polling'
