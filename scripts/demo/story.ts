import type { Sport } from '#domain/sport.ts'
import type { Cast } from './cast.ts'
import { createPen, type Moment, type Pen } from './pen.ts'
import { type Random, randomFrom } from './random.ts'

/** How a game has to end, where the demo wants to show it: a `statusReason`, or put off before it began. */
export type Wish = 'overtime' | 'shootout' | 'walkover' | 'retired' | 'postponed'

export interface Scene {
  pen: Pen
  random: Random
  cast: Cast
  sport: Sport
  rules: Readonly<Record<string, unknown>>
  /** Level games are played on until they are decided. */
  isCup: boolean
  wish: Wish | null
}

/** Tells one game of a sport from its first play to its end. */
export type Storyteller = (scene: Scene) => void

interface Asked {
  sport: Sport
  rules: Readonly<Record<string, unknown>>
  cast: Cast
  seed: string
  isCup: boolean
  wish: Wish | null
}

const TRIES = 200
const HOUR = 3_600_000

/** A whole game, the same for the same seed. A wish is looked for among the games that chance makes; in the end any game will do. */
export function tellGame(tell: Storyteller, { sport, rules, cast, seed, isCup, wish }: Asked): Moment[] {
  if (wish === 'postponed') return tellPostponed(sport, rules)
  for (let n = 0; ; n++) {
    const pen = createPen(sport, rules)
    tell({ pen, random: randomFrom(`${seed} ${n}`), cast, sport, rules, isCup, wish })
    const { statusReason } = pen.game()
    if (wish === null || statusReason === wish || n >= TRIES) return official(pen)
  }
}

function tellPostponed(sport: Sport, rules: unknown): Moment[] {
  // The evening before, so that the day it would have been played on shows it from midnight on.
  const pen = createPen(sport, rules, -14 * HOUR)
  pen.write({ kind: 'status', data: { status: 'postponed', reason: 'frozen pitch' } })
  return pen.moments()
}

function official(pen: Pen): Moment[] {
  pen.settle()
  pen.wait(4 * 60_000)
  pen.write({ kind: 'status', data: { official: true } })
  return pen.moments()
}
