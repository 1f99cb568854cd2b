/** Chance that is the same every time for the same seed: a demo that is started again goes on with the very games it was playing. */
export interface Random {
  /** From 0 up to 1. */
  next(): number
  chance(probability: number): boolean
  /** A whole number, both ends included. */
  whole(least: number, most: number): number
  /** Milliseconds from so many to so many seconds. */
  seconds(least: number, most: number): number
  pick<T>(list: readonly T[]): T
  /** One of the names, as often as its weight says. */
  weighed<T extends string>(weights: Readonly<Record<T, number>>): T
  shuffled<T>(list: readonly T[]): T[]
}

/** A seeded generator (mulberry32 over an FNV-1a hash of the seed). */
export function randomFrom(seed: string): Random {
  let state = 0x811c9dc5
  for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193)

  function next(): number {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1))

  return {
    next,
    whole,
    chance: probability => next() < probability,
    seconds: (least, most) => Math.round(1000 * (least + next() * (most - least))),
    pick<T>(list: readonly T[]): T {
      const picked = list[Math.floor(next() * list.length)]
      if (picked === undefined) throw new Error('There is nothing to pick from.')
      return picked
    },
    weighed<T extends string>(weights: Readonly<Record<T, number>>): T {
      const entries = Object.entries(weights) as [T, number][]
      let left = next() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      const found = entries.find(([, weight]) => {
        left -= weight
        return left < 0
      })
      return (found ?? (entries[0] as [T, number]))[0]
    },
    shuffled<T>(list: readonly T[]): T[] {
      const left = [...list]
      return list.map(() => left.splice(Math.floor(next() * left.length), 1)[0] as T)
    },
  }
}
