import type { FoldedPlay } from '#domain/replay.ts'
import type { Sport } from '#domain/sport.ts'

/** `Q3 4:12`; what the sport says itself tells the period too (`45+2′`, `2nd 14.3`). */
export function whenOf({ when }: Pick<Sport, 'when'>, row: Pick<FoldedPlay, 'periodLabel' | 'when'>): string {
  return when && row.when ? row.when : [row.periodLabel, row.when].filter(Boolean).join(' ')
}
