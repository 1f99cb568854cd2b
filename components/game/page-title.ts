import type { Game } from '#domain/game.ts'
import { scoreOf, sidesOf } from './sides.ts'

const NO_SCORE: ReadonlySet<Game['status']> = new Set(['scheduled', 'postponed', 'cancelled'])
const STATES: Readonly<Record<Game['status'], string>> = {
  scheduled: '',
  live: 'Live',
  break: 'Break',
  suspended: 'Halted',
  final: 'Final',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
  abandoned: 'Abandoned',
  forfeited: 'Forfeited',
}
type Titled = Pick<Game, 'home' | 'away' | 'score' | 'status' | 'period'> & Partial<Pick<Game, 'displayOrder'>>

/** `61–58 Hawks v Bears · Q3` */
export function titleOf(game: Titled): string {
  const { score, status, period } = game
  const sides = sidesOf(game)
    .map(side => game[side].shortName)
    .join(' v ')
  const state = status === 'live' && period ? period.label : STATES[status]
  const parts = [NO_SCORE.has(status) ? sides : `${scoreOf(score, game)} ${sides}`, state]
  return parts.filter(Boolean).join(' · ')
}
