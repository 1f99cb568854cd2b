'use client'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'

interface SecretOnceProps {
  title: ReactNode
  /** What it is called for a screen reader: `Password`, `Token`. */
  name: string
  secret: string
  onDone: () => void
  children?: ReactNode
}

/** A secret that is kept nowhere: shown now, with the focus on it, and gone when it is put away. */
export function SecretOnce({ title, name, secret, onDone, children }: SecretOnceProps) {
  const field = useRef<HTMLInputElement>(null)
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => field.current?.focus(), [])
  const copy = async () => setIsCopied(await copyText(secret, field.current))
  return (
    <div className="border-2 border-ink bg-field p-4">
      <p className="font-[560]">{title}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <input
          ref={field}
          readOnly
          aria-label={name}
          value={secret}
          onFocus={event => event.currentTarget.select()}
          className="min-h-11 min-w-0 grow basis-64 rounded-md border border-edge bg-paper px-3 font-mono text-sm"
        />
        <Button look="ink" onClick={copy}>
          {isCopied ? 'Copied' : 'Copy'}
        </Button>
        <Button onClick={onDone}>Done</Button>
      </div>
      <p role="status" className="mt-2 text-xs text-soft">
        {isCopied ? `${name} copied. ` : null}It is shown only now and kept nowhere.
      </p>
      {children}
    </div>
  )
}

/** The clipboard of a plain http page is closed to scripts; the old command still works there. */
async function copyText(text: string, field: HTMLInputElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    field?.focus()
    field?.select()
    return document.execCommand('copy')
  }
}
