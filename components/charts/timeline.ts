import type { Side } from '#domain/play.ts'
import type { FoldedPlay } from '#domain/replay.ts'
import type { Card, Sport } from '#domain/sport.ts'
import type { Axis } from './axis.ts'

export type MarkKind = 'score' | Card
/** Something that happened once, on a side, at a place: goals and cards. */
export interface Mark {
  x: number
  side: Side
  kind: MarkKind
  seq: number
}

/** Goals are what moved the score; which plays are cards the sport says. */
export function timelineMarks({ kinds }: Pick<Sport, 'kinds'>, plays: readonly FoldedPlay[], axis: Axis): Mark[] {
  const marks: Mark[] = []
  let before = { home: 0, away: 0 }
  for (const { play, marks: said, counts, score } of plays) {
    const x = axis.places.get(play.seq)
    const scored: Side | null = score.home > before.home ? 'home' : score.away > before.away ? 'away' : null
    before = score
    if (!counts || x === undefined) continue
    const kind = scored ? 'score' : ((said.facts?.card as Card | undefined) ?? kinds[play.kind]?.card)
    const side = scored ?? play.side
    if (kind && side) marks.push({ x, side, kind, seq: play.seq })
  }
  return marks
}
