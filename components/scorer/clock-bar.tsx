'use client'
import { Pause, Play } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { cx } from '#components/ui/cx.ts'
import { useTime } from '#components/ui/use-time.ts'
import { useConsole } from './console-context.ts'
import { stands } from './corrections.ts'
import { isTimeUp, type Move, stopsClock } from './moves.ts'
import { useClockText } from './score-head.tsx'

const BAR = 'flex min-h-17 min-w-0 flex-1 items-center gap-3 rounded-lg text-start font-bold select-none disabled:opacity-50'
const ROOMY = 'px-5 text-lg'
/** Three in a row: `Start shoot-out` has no more lines than the bar is high. */
const DENSE = 'px-3 text-base leading-tight'
const INK = 'bg-ink text-paper active:bg-ink/80'
const LINE = 'border-2 border-ink bg-field active:bg-press'
const LOUD = 'bg-live text-paper active:bg-live/80'

/** How long a whistle asks for the clock. */
const WHISTLE_MS = 8000

/** What moves the game on: the clock while a period is open, else whatever comes next. */
export function ClockBar({ className }: { className?: string }) {
  const { sport, rules, state, moves, followUp, isLocked } = useConsole()
  const { fold, game } = state
  const isUp = useTime(now => fold !== null && isTimeUp(sport, rules, fold, now), fold?.open ? 200 : 0)
  const isWhistled = useWhistle()
  if (!fold || state.isGone) return <div className={className} />
  const isPlaying = fold.open && game.clock !== null && moves.endGame !== null
  if (isPlaying) {
    const next = moves.primary ?? (isUp ? (moves.endPeriod ?? moves.endGame) : null)
    return (
      <div className={cx('flex gap-2 px-2.5 pb-2', className)}>
        {next ? <MoveKey move={next} look={INK} /> : null}
        <ClockKey
          // A question has its own black answer, right above.
          look={isWhistled ? LOUD : next || followUp?.is === 'asked' ? LINE : INK}
          isDisabled={isLocked}
          isNarrow={next !== null}
          isWhistled={isWhistled}
        />
      </div>
    )
  }
  const keys = [moves.primary, ...moves.others].filter(move => move !== null)
  if (keys.length === 0) return moves.endGame ? <HaltKey className={className} /> : <div className={className} />
  return (
    <div className={cx('flex gap-2 px-2.5 pb-2', className)}>
      {keys.slice(0, 3).map((move, i) => (
        <MoveKey key={move.label} move={move} look={i === 0 ? INK : LINE} isDense={keys.length > 2} />
      ))}
    </div>
  )
}

/** The whistle has gone, and the clock may still be on. It is not stopped unasked. */
function useWhistle(): boolean {
  const { sport, rules, state, followUp } = useConsole()
  const isRunning = state.game.clock?.running === true
  const row = followUp?.is === 'played' && isRunning ? state.rows.find(({ play }) => play.id === followUp.playId) : undefined
  const at = row && stands(row) && stopsClock(sport, rules, row.play.kind) ? Date.parse(row.play.at) : null
  return useTime(now => at !== null && now - at < WHISTLE_MS, at === null ? 0 : 500)
}

/** Keeps the place of the key that began the game: the keys above must not move between the first tap and the second. */
function HaltKey({ className }: { className?: string }) {
  const { sport, moves, open, panel, isLocked } = useConsole()
  // A period without a clock (an overtime of series) is ended from here.
  const first = moves.endPeriod ? `${moves.endPeriod.label}, halt` : 'Halt'
  const shownAt = useRef(0)
  useEffect(() => {
    shownAt.current = performance.now()
  }, [])
  return (
    <div className={cx('flex px-2.5 pb-2', className)}>
      <button
        type="button"
        disabled={isLocked}
        aria-expanded={panel?.is === 'clock'}
        className={cx(BAR, 'border border-line bg-field px-5 text-base font-semibold text-soft active:bg-press')}
        onClick={() => {
          // The second half of a double tap on the key that stood here.
          if (performance.now() - shownAt.current > 600) open(panel?.is === 'clock' ? null : { is: 'clock' })
        }}
      >
        {first} or end the {sport.labels.game.toLowerCase()}
      </button>
    </div>
  )
}

function MoveKey({ move, look, isDense }: { move: Move; look: string; isDense?: boolean }) {
  const { run, isLocked } = useConsole()
  return (
    <button
      type="button"
      disabled={isLocked}
      className={cx(BAR, isDense ? DENSE : ROOMY, look, move.why && TIGHT)}
      onClick={() => run(move)}
    >
      <span className="min-w-0 text-balance">
        {move.label}
        {move.why ? <span className="line-clamp-2 text-sm leading-tight font-semibold">{move.why}</span> : null}
      </span>
    </button>
  )
}
/** Three lines within the height of the bar, which must not move the keys. */
const TIGHT = 'leading-tight'

interface ClockKeyProps {
  look: string
  isDisabled: boolean
  isNarrow: boolean
  isWhistled: boolean
}
function ClockKey({ look, isDisabled, isNarrow, isWhistled }: ClockKeyProps) {
  const { state, toggleClock } = useConsole()
  const reading = useClockText()
  const isRunning = state.game.clock?.running === true
  const Icon = isRunning ? Pause : Play
  return (
    <button type="button" disabled={isDisabled} className={cx(BAR, ROOMY, look)} onClick={toggleClock} data-testid="clock-key">
      <Icon size={20} aria-hidden fill="currentColor" strokeWidth={0} className="shrink-0" />
      <span className="min-w-0 grow text-balance">
        {isRunning ? 'Stop the clock' : 'Start the clock'}
        {isWhistled ? <span className="block text-sm leading-tight font-semibold">It is still running</span> : null}
      </span>
      {isNarrow ? null : (
        <span aria-hidden className="figures text-[2rem] leading-none">
          {reading}
        </span>
      )}
    </button>
  )
}
