import Link from 'next/link'
import type { ComponentProps } from 'react'
import { cx } from './cx.ts'

/** `ink` for the one thing a page is for, `line` for the rest, `plain` where a border would shout, `warn` for what cannot be taken back. */
export type ButtonLook = 'ink' | 'line' | 'plain' | 'warn'
export type ButtonSize = 'm' | 'l'

const LOOKS: Readonly<Record<ButtonLook, string>> = {
  ink: 'border border-ink bg-ink text-paper hover:bg-ink/85 active:bg-ink/75',
  line: 'border border-edge/70 bg-field text-ink hover:border-ink active:bg-press',
  plain: 'border border-transparent text-ink hover:bg-press active:bg-press',
  warn: 'border border-warn bg-field text-warn hover:bg-warn-tint active:bg-warn-tint',
}
const SIZES: Readonly<Record<ButtonSize, string>> = { m: 'min-h-11 px-4 text-sm', l: 'min-h-14 px-5 text-base' }

export function buttonClass(look: ButtonLook = 'line', size: ButtonSize = 'm', className?: string): string {
  return cx(
    'inline-flex items-center justify-center gap-2 rounded-md font-semibold leading-tight no-underline select-none',
    'disabled:cursor-default disabled:opacity-50 aria-disabled:opacity-50',
    LOOKS[look],
    SIZES[size],
    className,
  )
}

type Looks = { look?: ButtonLook; size?: ButtonSize }

export function Button({ look, size, className, type = 'button', ...rest }: ComponentProps<'button'> & Looks) {
  return <button type={type} className={buttonClass(look, size, className)} {...rest} />
}

export function ButtonLink({ look, size, className, ...rest }: ComponentProps<typeof Link> & Looks) {
  return <Link className={buttonClass(look, size, className)} {...rest} />
}

/** A square key with an icon; `label` is its name. */
export function IconButton({ label, className, type = 'button', children, ...rest }: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type={type}
      aria-label={label}
      title={label}
      className={cx('target inline-grid place-items-center rounded-md text-soft hover:text-ink disabled:opacity-40', className)}
      {...rest}
    >
      {children}
    </button>
  )
}
