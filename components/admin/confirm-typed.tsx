'use client'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextInput } from '#components/ui/field.tsx'

interface ConfirmTypedProps {
  /** On the button that opens the question, and on the one that answers it. */
  action: string
  title: string
  /** What has to be typed. */
  word: string
  /** An error's words, or null when it is done. */
  onConfirm: () => Promise<string | null>
  children: ReactNode
}

/** For what cannot be taken back: says what is lost, and wants a word typed. */
export function ConfirmTyped({ action, title, word, onConfirm, children }: ConfirmTypedProps) {
  const id = useId()
  const [isOpen, setIsOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [isBusy, setIsBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const isMatch = typed.trim().toLowerCase() === word.toLowerCase()

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!isMatch) return setError(`Type “${word}” first.`)
    if (isBusy) return
    setIsBusy(true)
    const trouble = await onConfirm()
    setIsBusy(false)
    setError(trouble)
    if (trouble === null) setIsOpen(false)
  }

  return (
    <>
      <Button
        look="warn"
        onClick={() => {
          setTyped('')
          setError(null)
          setIsOpen(true)
        }}
      >
        {action}
      </Button>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} title={title}>
        <form onSubmit={submit} className="grid gap-4" noValidate>
          <div className="text-sm">{children}</div>
          <div>
            <label htmlFor={id} className="mb-1 block text-sm font-semibold">
              Type <span className="font-mono">{word}</span> to go on
            </label>
            <TextInput
              id={id}
              value={typed}
              onChange={event => setTyped(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              aria-describedby={error ? `${id}-error` : undefined}
              aria-invalid={error ? true : undefined}
            />
            {error ? (
              <p id={`${id}-error`} role="alert" className="mt-1 text-xs font-semibold text-warn">
                {error}
              </p>
            ) : null}
          </div>
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setIsOpen(false)}>Keep</Button>
            <Button type="submit" look="warn" aria-disabled={!isMatch || isBusy || undefined}>
              {isBusy ? 'Working' : action}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
