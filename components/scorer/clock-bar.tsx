'use client'
import { Pause, Play } from 'lucide-react'
import { cx } from '#components/ui/cx.ts'
import { useTime } from '#components/ui/use-time.ts'
import { useConsole } from './console-context.ts'
import { isTimeUp, type Move } from './moves.ts'
import { useClockText } from './score-head.tsx'

const BAR = 'flex min-h-17 min-w-0 flex-1 items-center gap-3 rounded-lg px-5 text-start text-lg font-bold select-none disabled:opacity-50'
const INK = 'bg-ink text-paper active:bg-ink/80'
const LINE = 'border-2 border-ink bg-field active:bg-press'

/** What moves the game on: the clock while a period is open, else whatever comes next. */
export function ClockBar({ className }: { className?: string }) {
  const { sport, rules, state, moves, isLocked } = useConsole()
  const { fold, game } = state
  const isUp = useTime(now => fold !== null && isTimeUp(sport, rules, fold, now), fold?.open ? 200 : 0)
  if (!fold || state.isGone) return <div className={className} />
  const isPlaying = fold.open && game.clock !== null && moves.endGame !== null
  if (isPlaying) {
    return (
      <div className={cx('flex gap-2 px-2.5 pb-2', className)}>
        {isUp && moves.endPeriod ? <MoveKey move={moves.endPeriod} look={INK} /> : null}
        <ClockKey look={isUp ? LINE : INK} isDisabled={isLocked} isNarrow={isUp} />
      </div>
    )
  }
  const keys = [moves.primary, ...moves.others].filter(move => move !== null)
  if (keys.length === 0) return <div className={className} />
  return (
    <div className={cx('flex gap-2 px-2.5 pb-2', className)}>
      {keys.slice(0, 3).map((move, i) => (
        <MoveKey key={move.label} move={move} look={i === 0 ? INK : LINE} />
      ))}
    </div>
  )
}

function MoveKey({ move, look }: { move: Move; look: string }) {
  const { run, isLocked } = useConsole()
  return (
    <button type="button" disabled={isLocked} className={cx(BAR, look)} onClick={() => run(move)}>
      <span className="min-w-0 text-balance">{move.label}</span>
    </button>
  )
}

function ClockKey({ look, isDisabled, isNarrow }: { look: string; isDisabled: boolean; isNarrow: boolean }) {
  const { state, toggleClock } = useConsole()
  const reading = useClockText()
  const isRunning = state.game.clock?.running === true
  const Icon = isRunning ? Pause : Play
  return (
    <button type="button" disabled={isDisabled} className={cx(BAR, look)} onClick={toggleClock} data-testid="clock-key">
      <Icon size={20} aria-hidden fill="currentColor" strokeWidth={0} className="shrink-0" />
      <span className="min-w-0 grow text-balance">{isRunning ? 'Stop the clock' : 'Start the clock'}</span>
      {isNarrow ? null : (
        <span aria-hidden className="figures text-[2rem] leading-none">
          {reading}
        </span>
      )}
    </button>
  )
}
