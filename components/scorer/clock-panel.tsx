'use client'
import { useState } from 'react'
import { clockBeat } from '#components/game/clock-text.tsx'
import { leftText, Timers, timerBeat, timersOf } from '#components/game/timers.tsx'
import { Button } from '#components/ui/button.tsx'
import { TextInput } from '#components/ui/field.tsx'
import { useTime } from '#components/ui/use-time.ts'
import { clockText, readClock } from '#domain/clock.ts'
import { parseClock } from './clock-entry.ts'
import { useConsole } from './console-context.ts'
import { sideNames } from './naming.ts'
import { PanelButton, PanelFrame } from './panel.tsx'

const NUDGES = [-10_000, -1000, 1000, 10_000] as const
const nudgeText = (ms: number) => `${ms < 0 ? '−' : '+'}${Math.abs(ms) / 1000} s`

/** Clock and period: nudges, an exact reading, the end of the period. Nothing is set before it has been seen. */
export function ClockPanel() {
  const { sport, state, moves, act, open, run, now } = useConsole()
  const { clock, period } = state.game
  const [shift, setShift] = useState(0)
  const [entry, setEntry] = useState('')
  const exact = parseClock(entry)
  const after = (nowMs: number) => (clock ? Math.max(0, exact ?? readClock(clock, nowMs) + shift) : 0)
  const before = useTime(nowMs => (clock ? clockText(readClock(clock, nowMs), clock.direction, true) : ''), clockBeat(clock))
  const then = useTime(nowMs => (clock ? clockText(after(nowMs), clock.direction, true) : ''), clockBeat(clock))
  const isChanged = exact !== null || shift !== 0

  function set(): void {
    if (act([{ kind: 'clockSet', clockMs: Math.round(after(now())) }]).ok) open(null)
  }
  return (
    <PanelFrame title={clock ? 'Clock and period' : (period?.label ?? sport.labels.period)}>
      {clock ? (
        <>
          <p className="flex items-baseline gap-3" aria-live="off">
            <span className="figures text-2xl">{before}</span>
            {isChanged ? (
              <>
                <span aria-hidden className="text-soft">
                  →
                </span>
                <span className="figures text-2xl text-live" data-testid="clock-after">
                  {then}
                </span>
              </>
            ) : null}
          </p>
          <div className="mt-3 grid grid-cols-4 gap-2">
            {NUDGES.map(ms => (
              <Button
                key={ms}
                size="l"
                className="px-1 tabular-nums"
                onClick={() => {
                  setEntry('')
                  setShift(shift + ms)
                }}
              >
                {nudgeText(ms)}
              </Button>
            ))}
          </div>
          <form
            className="mt-2 flex gap-2"
            onSubmit={event => {
              event.preventDefault()
              if (isChanged) set()
            }}
          >
            <TextInput
              aria-label="Exact reading, minutes and seconds"
              inputMode="decimal"
              placeholder="4:12"
              className="min-h-14 min-w-0 text-lg tabular-nums"
              value={entry}
              onChange={event => setEntry(event.target.value)}
            />
            <Button type="submit" look="ink" size="l" disabled={!isChanged} className="shrink-0">
              Set {then}
            </Button>
          </form>
          {entry !== '' && exact === null ? <p className="mt-1 text-sm text-warn">Minutes and seconds, as 4:12 or 0:09.5</p> : null}
        </>
      ) : null}
      <Running />
      <div className="mt-4 grid grid-cols-2 gap-2">
        {moves.endPeriod ? (
          <PanelButton
            label={moves.endPeriod.label}
            onClick={() => {
              open(null)
              if (moves.endPeriod) run(moves.endPeriod)
            }}
          />
        ) : null}
        {moves.endGame ? <PanelButton label={`End the ${sport.labels.game.toLowerCase()}…`} onClick={() => open({ is: 'end' })} /> : null}
        <PanelButton label="Delay, halt, review" onClick={() => open({ is: 'status' })} />
      </div>
    </PanelFrame>
  )
}

/** What runs beside the clock, whose it is and how long it has left. */
function Running() {
  const { state, sides } = useConsole()
  const { game } = state
  const names = sideNames(game)
  const timers = sides.flatMap(side => timersOf(game.detail, side))
  const isAny = useTime(now => timers.some(timer => leftText(timer, game.clock, now) !== ''), timerBeat(timers, game.clock))
  if (!isAny) return null
  return (
    <div className="mt-4 grid grid-cols-2 gap-4">
      {sides.map(side => (
        <div key={side}>
          <h3 className="mb-1 text-sm font-semibold">{names[side]}</h3>
          <Timers game={game} side={side} />
        </div>
      ))}
    </div>
  )
}
