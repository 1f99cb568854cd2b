import type { Game } from './game.ts'
import type { Side } from './play.ts'

type Ordered = Partial<Pick<Game, 'displayOrder'>>

/** The sides as their game names them: visitors may stand first. */
export function sidesOf({ displayOrder }: Ordered): readonly [Side, Side] {
  return displayOrder === 'away-first' ? ['away', 'home'] : ['home', 'away']
}

/** A score in that order: `3–0` of visitors who are named first. */
export const scoreOf = (of: Readonly<Record<Side, number | string | null>>, game: Ordered): string =>
  sidesOf(game)
    .map(side => of[side] ?? 0)
    .join('–')
