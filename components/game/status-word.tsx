'use client'
import { cx } from '#components/ui/cx.ts'
import { useReader, useTime } from '#components/ui/use-time.ts'
import type { Game, GameRow } from '#domain/game.ts'
import { clockBeat } from './clock-text.tsx'
import { useLabels } from './labels.ts'
import { sidesOf } from './sides.ts'
import { isClockStanding, statusSentence, statusWords } from './status-words.ts'

export type StatusOf = Pick<GameRow, 'sport' | 'startsAt' | 'status' | 'statusReason' | 'period' | 'clock' | 'brief'>

const LIVELY = new Set(['live', 'break', 'suspended'])
export const isUnderWay = (game: Pick<GameRow, 'status'>) => LIVELY.has(game.status)

const beatOf = (game: StatusOf) => (game.status === 'live' ? clockBeat(game.clock) : 15_000)

interface StatusWordProps {
  game: StatusOf
  /** Both words on one line. */
  isInline?: boolean
  /** Stands under a heading that names the day already. */
  isDated?: boolean
  className?: string
}

/** Where the game stands, in words: the first line large, the second explaining it. For the eye; `StatusSentence` is for the ear. */
export function StatusWord({ game, isInline, isDated, className }: StatusWordProps) {
  const reader = useReader()
  const labels = useLabels(game.sport)
  const main = useTime(now => statusWords(game, now, reader, labels, isDated).main, beatOf(game))
  const second = useTime(now => statusWords(game, now, reader, labels, isDated).second, 15_000)
  return (
    <span className={cx('min-w-0', isInline ? 'inline-flex items-baseline gap-2' : 'flex flex-col', className)}>
      <span
        className={cx('figures text-base whitespace-nowrap', isUnderWay(game) && !isClockStanding(game) ? 'is-live text-live' : 'text-ink')}
      >
        {main}
      </span>
      {second ? <span className="line-clamp-2 text-xs leading-[1.05rem] text-soft">{second}</span> : null}
    </span>
  )
}

/** Score and state as one sentence, for screen readers: `Hawks 61, Bears 58, live, Q3`. */
export function useGameSentence(game: StatusOf & Pick<GameRow, 'home' | 'away' | 'score'> & Partial<Pick<Game, 'displayOrder'>>): string {
  const reader = useReader()
  const labels = useLabels(game.sport)
  const state = useTime(now => statusSentence(game, now, reader, labels), 15_000)
  // The ear hears the sides in the order in which the eye sees them.
  const [first, second] = sidesOf(game)
  const isOpen = game.status === 'scheduled' || game.status === 'postponed' || game.status === 'cancelled'
  return isOpen
    ? `${game[first].name} against ${game[second].name}, ${state}`
    : `${game[first].name} ${game.score[first]}, ${game[second].name} ${game.score[second]}, ${state}`
}
