'use client'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { useConsole } from './console-context.ts'

interface PanelProps {
  title: string
  aside?: ReactNode
  children: ReactNode
  /** Where Close leads; the keys unless given. */
  onClose?: () => void
  /** Stands beside the keys and has nowhere to go. */
  isFixed?: boolean
  /** Without margins: rows from edge to edge. */
  isFlush?: boolean
}

/** What is open in the place of the keys. It scrolls inside itself, and keeps its own keys to itself. */
export function PanelFrame({ title, aside, children, onClose, isFixed, isFlush }: PanelProps) {
  const { open } = useConsole()
  return (
    <section aria-label={title} data-own-keys className="flex h-full min-h-0 flex-col bg-paper select-text">
      <header className="flex shrink-0 min-h-11 items-center justify-between gap-3 border-b border-line ps-4 pe-1">
        <h2 className="heading text-base">{title}</h2>
        <div className="flex items-center gap-2 text-sm text-soft">
          {aside}
          {isFixed ? null : (
            <IconButton label={`Close ${title}`} onClick={onClose ?? (() => open(null))}>
              <X size={20} aria-hidden />
            </IconButton>
          )}
        </div>
      </header>
      <div className={cx('min-h-0 grow touch-pan-y overflow-y-auto overscroll-contain', !isFlush && 'px-4 py-3')}>{children}</div>
    </section>
  )
}

/** A large row of a panel: what it does, and a word about it. */
export function PanelButton({
  label,
  hint,
  onClick,
  isOn,
  isDisabled,
}: {
  label: string
  hint?: string
  onClick: () => void
  isOn?: boolean
  isDisabled?: boolean
}) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      disabled={isDisabled}
      onClick={onClick}
      className="flex min-h-16 w-full flex-col justify-center rounded-lg border border-line bg-field px-4 py-1 text-start text-[1.0625rem] leading-tight font-semibold hover:border-edge active:bg-press disabled:opacity-45"
    >
      <span>{label}</span>
      {hint || isOn !== undefined ? (
        <span className="mt-0.5 text-xs font-normal text-soft">{isOn === undefined ? hint : isOn ? 'On' : 'Off'}</span>
      ) : null}
    </button>
  )
}
