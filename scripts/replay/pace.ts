import { MINUTE } from '#domain/parts/timed.ts'
import type { PlayInput } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'

/** Between two plays that nothing dates: points, pitches, kicks from the mark. */
const EVEN_MS = 30_000
/** Between two periods. */
const PAUSE_MS = 2 * MINUTE

/**
 * When each play of a recorded game was made, in milliseconds since its first one, never backwards. A sport with a clock goes by what its
 * plays say the clock showed, everything else is spread evenly.
 */
export function momentsOf(sport: Sport, rules: unknown, plays: readonly PlayInput[]): number[] {
  const { timed } = sport
  if (!timed) return plays.map((_, i) => i * EVEN_MS)
  const isUp = timed.direction(rules) === 'up'
  let number = 0
  let opened = 0
  let now = 0
  return plays.map(({ kind, period, clockMs }) => {
    if (period !== undefined && period > number) {
      opened = number === 0 ? 0 : now + PAUSE_MS
      number = period
      now = opened
    }
    const current = timed.period(number, rules)
    if (!current || current.clockless) now += number === 0 ? 0 : EVEN_MS
    else if (clockMs !== undefined) now = Math.max(now, opened + (isUp ? clockMs - current.startMs : current.startMs - clockMs))
    else if (kind === 'periodEnd') now = Math.max(now, opened + current.lengthMs)
    return now
  })
}
