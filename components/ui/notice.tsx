import type { ReactNode } from 'react'
import { cx } from './cx.ts'

/** A line the reader should see before going on. `warn` when something is wrong, `info` when something is so. */
export function Notice({ tone = 'info', className, children }: { tone?: 'info' | 'warn'; className?: string; children: ReactNode }) {
  return (
    <div className={cx('border-s-4 px-4 py-3 text-sm', tone === 'warn' ? 'border-warn bg-warn-tint' : 'border-ink bg-press', className)}>
      {children}
    </div>
  )
}

/** Why there is nothing here, and where to go instead. */
export function Empty({ title, className, children }: { title: string; className?: string; children?: ReactNode }) {
  return (
    <div className={cx('py-12', className)}>
      <p className="heading text-lg text-balance">{title}</p>
      {children ? <div className="mt-2 max-w-prose text-soft">{children}</div> : null}
    </div>
  )
}
