import type { Score } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { FoldedPlay } from '#domain/replay.ts'
import type { Axis } from './axis.ts'

/** The lead from a place on; home ahead is positive. `isFresh`: another set begins, level; `seq` is the play that ended the last. */
export interface LeadStep {
  x: number
  margin: number
  seq: number
  isFresh?: true
}
export interface BiggestLead {
  side: Side
  by: number
  seq: number
  x: number
}
export interface Run {
  side: Side
  points: number
  against: number
  since: number
}
export interface LeadFacts {
  changes: number
  level: number
  biggest: Record<Side, BiggestLead | null>
  run: Run | null
}

/** The lead as it changed: one step a change, in order of play. In sports of sets each begins anew. */
export function leadSteps(plays: readonly FoldedPlay[], axis: Axis): LeadStep[] {
  const steps: LeadStep[] = []
  let margin = 0
  let last: { seq: number; x: number; period: number } | null = null
  for (const { play, counts, margin: after, column, period } of plays) {
    const x = axis.places.get(play.seq)
    if (!counts || x === undefined) continue
    if (column && last && period > last.period && margin !== 0) {
      const begins = axis.stretches.findLast(({ from }) => from < x)?.from ?? last.x
      steps.push({ x: begins, margin: 0, seq: last.seq, isFresh: true })
      margin = 0
    }
    last = { seq: play.seq, x, period }
    if (after === margin) continue
    margin = after
    steps.push({ x, margin, seq: play.seq })
  }
  return steps
}

export function leadFacts(steps: readonly LeadStep[], scores: readonly { seq: number; score: Score }[]): LeadFacts {
  let ahead: Side | null = null
  let changes = 0
  let level = 0
  const biggest: Record<Side, BiggestLead | null> = { home: null, away: null }
  for (const { margin, seq, x, isFresh } of steps) {
    if (isFresh) {
      ahead = null
      continue
    }
    if (margin === 0) {
      level += 1
      continue
    }
    const side: Side = margin > 0 ? 'home' : 'away'
    if (ahead && ahead !== side) changes += 1
    ahead = side
    if (Math.abs(margin) > (biggest[side]?.by ?? 0)) biggest[side] = { side, by: Math.abs(margin), seq, x }
  }
  return { changes, level, biggest, run: currentRun(scores) }
}

const LEAST_RUN = 5

/** The longest way back on which one side scored at least three times what the other did: `8–2 since 4:40`. */
function currentRun(scores: readonly { seq: number; score: Score }[]): Run | null {
  const last = scores.at(-1)
  if (!last) return null
  let best: Run | null = null
  for (let i = scores.length - 1; i >= 0; i--) {
    const before = scores[i - 1]?.score ?? { home: 0, away: 0 }
    const gained = { home: last.score.home - before.home, away: last.score.away - before.away }
    const side: Side = gained.home > gained.away ? 'home' : 'away'
    const [points, against] = side === 'home' ? [gained.home, gained.away] : [gained.away, gained.home]
    if (points < 3 * against) break
    const first = scores[i]
    if (first && points > LEAST_RUN && gain(before, first.score, side) > 0) best = { side, points, against, since: first.seq }
  }
  return best
}
const gain = (before: Score, after: Score, side: Side) => after[side] - before[side]
