import type { PlayData, Side } from '#domain/play.ts'
import type { Happening } from './clocked.ts'
import { type Ground, onField } from './ground.ts'

// What the sheets of several sports say in the same way.

/** Who set it up, in so many of the goals. */
export const setUp =
  (chance: number, field: number) =>
  (ground: Ground, side: Side, scorer: string): PlayData => {
    const name = onField(ground, side, 0, field)
    return ground.random.chance(chance) && name !== scorer ? { assist: { name } } : {}
  }
/** A side that still has some of it. */
export const left = (key: 'timeouts' | 'interchanges') => (ground: Ground, side: Side) => {
  const has = (ground.pen.game().detail[key] as Record<Side, number | { left: number | null }> | undefined)?.[side]
  return (typeof has === 'object' ? (has.left ?? 0) : (has ?? 0)) > 0
}
/** In the side's own attack, while it has one left. */
export const timeout = (weight: number, seconds: number): Happening => ({
  weight,
  by: null,
  keeps: true,
  if: left('timeouts'),
  stops: [seconds, seconds + 8],
})
/** One of its ways, as often as they say. */
export const chosen = <T extends string>(key: string, weights: Readonly<Record<T, number>>) => ({
  data: ({ random }: Ground): PlayData => ({ [key]: random.weighed(weights) }),
})
