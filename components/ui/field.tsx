import { type ComponentProps, type ReactNode, useId } from 'react'
import { cx } from './cx.ts'

const CONTROL =
  'block w-full min-h-11 rounded-md border border-edge bg-field px-3 text-base text-ink placeholder:text-soft hover:border-ink aria-invalid:border-warn disabled:opacity-60'

interface FieldProps {
  label: string
  hint?: string
  error?: string | null
  className?: string
  /** Given the attributes that tie the control to its label, hint and error. */
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}

/** A control with its label above and what it wants, or what is wrong, below. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error || hint
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-semibold">
        {label}
      </label>
      {children({ id, ...(note ? { 'aria-describedby': noteId } : {}), ...(error ? { 'aria-invalid': true } : {}) })}
      {note ? (
        <p id={noteId} className={cx('mt-1 text-xs', error ? 'font-semibold text-warn' : 'text-soft')}>
          {note}
        </p>
      ) : null}
    </div>
  )
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={cx(CONTROL, className)} {...rest} />
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cx(CONTROL, 'py-2', className)} {...rest} />
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={cx(CONTROL, 'pe-8', className)} {...rest} />
}

export function Checkbox({ label, hint, className, ...rest }: ComponentProps<'input'> & { label: ReactNode; hint?: string }) {
  return (
    <label className={cx('flex min-h-11 items-start gap-3 py-2.5 text-sm', className)}>
      <input type="checkbox" className="mt-0.5 size-4.5 shrink-0 accent-ink" {...rest} />
      <span>
        <span className="font-semibold">{label}</span>
        {hint ? <span className="block text-xs text-soft">{hint}</span> : null}
      </span>
    </label>
  )
}
