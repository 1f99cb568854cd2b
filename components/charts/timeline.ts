import type { Side } from '#domain/play.ts'
import type { FoldedPlay } from '#domain/replay.ts'
import type { Axis } from './axis.ts'

export type MarkKind = 'score' | 'yellow' | 'red'
/** Something that happened once, on a side, at a place: goals and cards. */
export interface Mark {
  x: number
  side: Side
  kind: MarkKind
  seq: number
}

/** Goals are what moved the score; cards go by the sport's own kinds. */
export function timelineMarks(plays: readonly FoldedPlay[], axis: Axis): Mark[] {
  const marks: Mark[] = []
  let before = { home: 0, away: 0 }
  for (const { play, counts, score } of plays) {
    const x = axis.places.get(play.seq)
    const scored: Side | null = score.home > before.home ? 'home' : score.away > before.away ? 'away' : null
    before = score
    if (!counts || x === undefined) continue
    const kind = scored ? 'score' : /^yellow/.test(play.kind) ? 'yellow' : /^red/.test(play.kind) ? 'red' : null
    const side = scored ?? play.side
    if (kind && side) marks.push({ x, side, kind, seq: play.seq })
  }
  return marks
}
