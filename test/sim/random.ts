/** The one source of chance of a run: the same seed gives the same run. */
export interface Random {
  /** From 0, below 1. */
  next(): number
  /** A whole number from 0, below `below`. */
  below(below: number): number
  /** A whole number, both ends included. */
  between(low: number, high: number): number
  /** True this often of 1. */
  chance(share: number): boolean
  of<T>(choices: readonly T[]): T
}

export function createRandom(seed: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: share => next() < share,
    of(choices) {
      if (choices.length === 0) throw new Error('nothing to choose from')
      return choices[below(choices.length)] as (typeof choices)[number]
    },
  }
}
