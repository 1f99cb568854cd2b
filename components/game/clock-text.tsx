'use client'
import { useTime } from '#components/ui/use-time.ts'
import { clockText, readClock } from '#domain/clock.ts'
import type { Clock, PeriodView } from '#domain/game.ts'
import { useLabels } from './labels.ts'
import { minuteText } from './status-words.ts'

/** How often a clock has to be looked at so that no second is late by much. */
export function clockBeat(clock: Clock | null): number {
  if (!clock?.running) return 0
  return clock.direction === 'down' && clock.valueMs < 120_000 ? 100 : 200
}

interface ClockTextProps {
  sport: string
  period: PeriodView | null
  clock: Clock
  /** Tenths of a second in the last minute of a countdown. */
  hasTenths?: boolean
  className?: string
}

/** What the clock shows, drawn from its anchor: `2:07`, `52.3`, `67′`, `45+2′`. Told to nobody second by second. */
export function ClockText({ sport, period, clock, hasTenths = true, className }: ClockTextProps) {
  const labels = useLabels(sport)
  const text = useTime(now => {
    const value = readClock(clock, now)
    return (period && minuteText(period, value, labels)) ?? clockText(value, clock.direction, hasTenths)
  }, clockBeat(clock))
  return (
    <span role="timer" aria-live="off" className={className}>
      {text}
    </span>
  )
}
