'use client'
import { Pause, Play } from 'lucide-react'
import { cx } from '#components/ui/cx.ts'
import { useLink } from './use-link.ts'

interface LiveSwitchProps {
  isPaused: boolean
  /** Changes held back while paused. */
  waiting: number
  onToggle: () => void
  /** Stands alone: its words stay on a phone, too. */
  hasWords?: boolean
  className?: string
}

const WORDS = { connecting: 'On', live: 'On', reconnecting: 'Reconnecting', stale: 'Not connected', polling: 'Every 15 s' } as const

/** Whether the page moves by itself, and the way to hold it still (WCAG 2.2.2). */
export function LiveSwitch({ isPaused, waiting, onToggle, hasWords, className }: LiveSwitchProps) {
  const { link } = useLink()
  const word = isPaused ? (waiting > 0 ? `Paused, ${waiting} waiting` : 'Paused') : WORDS[link]
  const Icon = isPaused ? Play : Pause
  return (
    <button
      type="button"
      aria-pressed={isPaused}
      aria-label={`Live updates: ${word}. ${isPaused ? 'Resume' : 'Pause'}`}
      onClick={onToggle}
      className={cx(
        'inline-flex min-h-11 min-w-11 shrink-0 items-center justify-end gap-2 text-xs text-soft hover:text-ink print:hidden',
        className,
      )}
    >
      <span>
        <span className={hasWords ? undefined : 'max-sm:hidden'}>Live updates: </span>
        <span
          className={cx(
            'font-semibold',
            !isPaused && !hasWords && link === 'live' ? 'max-sm:sr-only' : '',
            isPaused ? 'text-ink' : undefined,
          )}
        >
          {word}
        </span>
      </span>
      <Icon size={13} aria-hidden fill="currentColor" strokeWidth={0} />
    </button>
  )
}
