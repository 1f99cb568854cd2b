import { createElement, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

interface SectionProps {
  title: ReactNode
  /** Stands at the other end of the heading's line: a figure, a link, a switch. */
  aside?: ReactNode
  level?: 2 | 3
  className?: string
  children: ReactNode
}

/** A heading over its 2 px rule, and what belongs to it. */
export function Section({ title, aside, level = 2, className, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={className}>
      <header className="rule flex min-h-11 items-end justify-between gap-4 pb-2">
        {createElement(`h${level}`, { id, className: 'heading text-base leading-snug' }, title)}
        {aside ? <div className={cx('shrink-0 text-xs text-soft')}>{aside}</div> : null}
      </header>
      {children}
    </section>
  )
}
