import type { CSSProperties } from 'react'
import { sideColors, sideProperties } from '#components/colors.ts'
import type { Game } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'

export { scoreOf, sidesOf } from '#domain/display-order.ts'

const NOT_PLAYED: ReadonlySet<Game['status']> = new Set(['scheduled', 'postponed', 'cancelled'])

export const hasBegun = (game: Pick<Game, 'status' | 'period'>) => !NOT_PLAYED.has(game.status) || game.period !== null

/** Custom properties for everything that draws the two sides. */
export function sidesStyle(game: Pick<Game, 'home' | 'away'>): CSSProperties {
  return sideProperties(sideColors(game.home.color, game.away.color)) as CSSProperties
}

export const isLoser = (game: Pick<Game, 'winner'>, side: Side) => game.winner !== null && game.winner !== 'draw' && game.winner !== side
