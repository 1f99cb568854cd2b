'use client'
import { type ComponentProps, type ReactNode, type RefObject, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field, TextInput } from '#components/ui/field.tsx'
import { Notice } from '#components/ui/notice.tsx'

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'className'> {
  label: string
  name: string
  hint?: string
  error?: string | null
  className?: string
}

export function TextField({ label, hint, error, className, ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {control => <TextInput {...control} {...input} />}
    </Field>
  )
}

/** A password that can be looked at; pasting and password managers are welcome. */
export function PasswordField({ label, hint, error, className, ...input }: TextFieldProps) {
  const [isShown, setIsShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error} className={className}>
      {control => (
        <span className="relative block">
          <TextInput
            {...control}
            {...input}
            type={isShown ? 'text' : 'password'}
            spellCheck={false}
            autoCapitalize="none"
            className="pe-18"
          />
          <button
            type="button"
            aria-pressed={isShown}
            onClick={() => setIsShown(!isShown)}
            className="absolute inset-y-0 end-0 px-4 text-sm font-semibold text-soft hover:text-ink"
          >
            {isShown ? 'Hide' : 'Show'}
            <span className="sr-only"> what is typed</span>
          </button>
        </span>
      )}
    </Field>
  )
}

interface SubmitProps {
  form: { isBusy: boolean; waitSeconds: number; error: string | null; alert: RefObject<HTMLDivElement | null> }
  busy: string
  look?: 'ink' | 'line'
  className?: string
  children: ReactNode
}

/** What is wrong with the whole, and the button under it. */
export function Submit({ form, busy, look = 'ink', className, children }: SubmitProps) {
  const { isBusy, waitSeconds, error, alert } = form
  return (
    <div className={cx('grid gap-4', className)}>
      <div ref={alert} role="alert" tabIndex={-1} className={error ? 'outline-none' : 'hidden'}>
        {error ? <Notice tone="warn">{error}</Notice> : null}
      </div>
      <Button type="submit" look={look} size="l" aria-disabled={isBusy || waitSeconds > 0 || undefined} className="w-full">
        {isBusy ? busy : waitSeconds > 0 ? `Wait ${waitSeconds} s` : children}
      </Button>
    </div>
  )
}
