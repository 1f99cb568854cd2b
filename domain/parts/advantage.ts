import type { Score } from '../game.ts'
import { type Facts, other, type Side } from '../play.ts'
import type { PenaltyBox } from './penalties.ts'
import { LEVEL, plus } from './timed.ts'

/**
 * For the facts of a goal: by how many its side was up or down, nothing where the sides were level or nothing tells when it was. What was
 * given at this very moment does not count yet: a clock that nobody runs shows no other, and nobody is said to be off for a whole half.
 */
export function advantageOf({ penalties }: PenaltyBox, side: Side, nowMs: number | null): { up?: number; down?: number } {
  if (nowMs === null) return {}
  const isOff = (fromMs: number | null, untilMs: number | null) => fromMs !== null && (untilMs === null || fromMs < nowMs)
  const off = penalties.filter(one => one.isShort && isOff(one.fromMs, one.untilMs)).reduce<Score>((sum, one) => plus(sum, one.side), LEVEL)
  const by = off[other(side)] - off[side]
  return by > 0 ? { up: by } : by < 0 ? { down: -by } : {}
}

/** What `describe` adds to the sentence of such a goal. */
export function sayAdvantage({ up = 0, down = 0 }: Facts = {}): { values: Record<string, string | number>; clauses: string[] } {
  const clause = up ? (up === 1 ? 'up' : 'upBy') : down ? (down === 1 ? 'down' : 'downBy') : null
  return { values: { up, down }, clauses: clause ? [`clause.${clause}`] : [] }
}

export const ADVANTAGE_WORDS = {
  'clause.up': 'a player up',
  'clause.upBy': '{up} players up',
  'clause.down': 'a player down',
  'clause.downBy': '{down} players down',
}
