import type { Game } from '#domain/game.ts'

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
type Titled = Pick<Game, 'home' | 'away' | 'score' | 'status' | 'period'>

/** `61–58 Hawks v Bears · Q3` */
export function titleOf({ home, away, score, status, period }: Titled): string {
  const sides = `${home.shortName} v ${away.shortName}`
  const state = status === 'live' && period ? period.label : STATES[status]
  const parts = [NO_SCORE.has(status) ? sides : `${score.home}–${score.away} ${sides}`, state]
  return parts.filter(Boolean).join(' · ')
}
