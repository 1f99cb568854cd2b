'use client'
import { useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { useTime } from '#components/ui/use-time.ts'
import { clockText, readTimer } from '#domain/clock.ts'
import type { Clock, Game, TimerView } from '#domain/game.ts'
import { other, type Side } from '#domain/play.ts'
import { clockBeat } from './clock-text.tsx'
import { useMoment } from './still-clock.tsx'

export const timersOf = (detail: Game['detail'], side: Side): TimerView[] =>
  ((detail.timers ?? []) as TimerView[]).filter(timer => timer.side === side)

/** What is left of it now, when the game's clock has gone on from its anchor or the day has; empty once it is over. */
export function leftText(timer: Pick<TimerView, 'leftMs' | 'lengthMs' | 'untilAt'>, clock: Clock | null, nowMs: number): string {
  const left = readTimer(timer, clock, nowMs)
  return left > 0 ? clockText(left, 'down') : ''
}

/** How often they have to be looked at: what runs by the time of day does so while the game's clock stands. */
export const timerBeat = (timers: readonly TimerView[], clock: Clock | null) =>
  timers.some(({ untilAt }) => untilAt !== undefined) ? 200 : clockBeat(clock)

interface TimersProps {
  game: Pick<Game, 'clock' | 'detail' | 'roster'>
  side: Side
  /** The page stands still, as it was stopped now or as the server was last heard. */
  stands?: 'heard' | 'now' | null
  isEnd?: boolean
}

/** What runs beside the game's clock, a line each, with it and no faster. Told to nobody second by second. */
export function Timers({ game, side, stands = null, isEnd }: TimersProps) {
  const timers = timersOf(game.detail, side)
  // As much as the other side has: their names stand side by side.
  const lines = useMost(Math.max(timers.length, timersOf(game.detail, other(side)).length))
  return (
    <ul
      className={cx('text-xs', isEnd && 'text-end')}
      style={{ minBlockSize: `${Math.max(1, lines) * 1.25}rem` }}
      data-testid={`timers-${side}`}
    >
      {timers.map(timer => (
        <Timer
          key={`${timer.id} ${stands}`}
          timer={timer}
          clock={game.clock}
          name={game.roster.find(({ id }) => id === timer.playerId)?.name ?? null}
          stands={stands}
        />
      ))}
    </ul>
  )
}

/** Room once taken is kept: a goal that ends a penalty must not move the page. */
function useMost(count: number): number {
  const [most, setMost] = useState(count)
  if (count > most) setMost(count)
  return Math.max(most, count)
}

interface TimerProps {
  timer: TimerView
  clock: Clock | null
  name: string | null
  stands: 'heard' | 'now' | null
}
function Timer({ timer, clock, name, stands }: TimerProps) {
  const moment = useMoment(stands ?? 'now')
  const text = useTime(now => leftText(timer, clock, stands ? moment : now), stands ? 0 : timerBeat([timer], clock))
  if (!text) return null
  return (
    <li className="truncate leading-5">
      <span role="timer" aria-live="off" className="figures me-1.5 text-sm text-ink">
        {text}
      </span>
      <span className="text-soft">{[timer.label, name].filter(Boolean).join(' ')}</span>
    </li>
  )
}
