import type { Clock, TimerView } from './game.ts'

/** What the board shows at `nowMs` (milliseconds since 1970, the server's time). Counting down never passes zero. */
export function readClock(clock: Pick<Clock, 'running' | 'direction' | 'valueMs' | 'asOf'>, nowMs: number): number {
  if (!clock.running) return clock.valueMs
  const elapsed = Math.max(0, nowMs - Date.parse(clock.asOf))
  return clock.direction === 'up' ? clock.valueMs + elapsed : Math.max(0, clock.valueMs - elapsed)
}

/** `4:12`, and `52.3` in the last minute of a countdown. */
export function clockText(valueMs: number, direction: 'up' | 'down', tenths = false): string {
  const ms = Math.max(0, valueMs)
  if (direction === 'down' && tenths && ms < 60_000) return (Math.floor(ms / 100) / 10).toFixed(1)
  // A countdown shows the second it is in until that second has passed, as hall clocks do.
  const seconds = direction === 'down' ? Math.ceil(ms / 1000) : Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** What is left of something beside the clock, which has gone on from its anchor or the day has; 0 or less once it is over. */
export function readTimer(
  { leftMs = 0, lengthMs, untilAt }: Pick<TimerView, 'leftMs' | 'lengthMs' | 'untilAt'>,
  clock: Clock | null,
  nowMs: number,
): number {
  if (untilAt !== undefined) return Date.parse(untilAt) - nowMs
  const left = leftMs - (clock ? Math.abs(readClock(clock, nowMs) - clock.valueMs) : 0)
  return lengthMs === undefined ? left : Math.min(left, lengthMs)
}
