import type { LoggedPlay } from './play.ts'

type Said = Pick<LoggedPlay, 'kind' | 'side' | 'period' | 'clockMs' | 'points' | 'playerId' | 'data'>
const FIELDS = ['side', 'period', 'clockMs', 'points', 'playerId'] as const

/**
 * Whether a replacement only says more than the play it replaces: who it was, who assisted, how. Nothing that was said is said otherwise,
 * so that to a reader nothing was corrected.
 */
export function onlyAdds(older: Said, newer: Said): boolean {
  if (older.kind !== newer.kind || newer.data?.reason !== undefined) return false
  const keeps = FIELDS.every(field => older[field] === undefined || older[field] === newer[field] || isPlace(field, newer))
  return keeps && Object.entries(older.data ?? {}).every(([key, value]) => JSON.stringify(newer.data?.[key]) === JSON.stringify(value))
}

/** A replacement that is silent about its place in the game keeps that of the play it replaces. */
const isPlace = (field: (typeof FIELDS)[number], newer: Said) => (field === 'period' || field === 'clockMs') && newer[field] === undefined
