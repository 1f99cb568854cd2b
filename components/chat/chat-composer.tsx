'use client'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { TextInput } from '#components/ui/field.tsx'
import { useChatName } from './chat-name.ts'
import type { ChatStore } from './chat-store.ts'

const MAX_LENGTH = 300
const MAX_NAME = 40
/** From here on the reader is told how much room is left. */
const COUNT_FROM = 240

interface ChatComposerProps {
  /** Null until it has been fetched. */
  store: ChatStore | null
  accountName: string | null
  isConnected: boolean
}

/** A message and, for a guest who has none yet, the name to send it under. */
export function ChatComposer({ store, accountName, isConnected }: ChatComposerProps) {
  const isLive = isConnected && store !== null
  const { name, setName } = useChatName()
  const [text, setText] = useState('')
  const [typedName, setTypedName] = useState('')
  const [isRenaming, setRenaming] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  // What the server did not answer goes out under its old id when it is sent again: it may have arrived after all.
  const unanswered = useRef<{ id: string; text: string } | null>(null)
  // Sent before what sends it was there: it goes out as soon as that is.
  const [isWaiting, setWaiting] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const noteId = useId()
  const who = accountName ?? name
  const asksName = accountName === null && (name === '' || isRenaming)
  const left = MAX_LENGTH - Array.from(text).length

  async function send(event: FormEvent) {
    event.preventDefault()
    const words = text.trim()
    const sender = asksName ? typedName.trim() : who
    if (!words || left < 0) return
    if (!sender) return setProblem('Choose a name first.')
    if (!store) {
      setProblem(isConnected ? null : 'Not sent: there is no connection just now.')
      return setWaiting(isConnected)
    }
    const message = unanswered.current?.text === words ? unanswered.current : { id: newId(), text: words }
    setText('')
    const result = await store.send({ ...message, ...(accountName === null ? { name: sender } : {}) })
    setProblem(result.ok ? null : result.words)
    unanswered.current = result.ok ? null : message
    if (!result.ok) return setText(typed => (typed ? `${words} ${typed}` : words))
    if (accountName === null) setName(sender)
    setRenaming(false)
  }

  useEffect(() => {
    if (!store || !isWaiting) return
    setWaiting(false)
    // Once the store follows the connection, which it begins to in the same moment.
    setTimeout(() => form.current?.requestSubmit(), 0)
  }, [store, isWaiting])

  const note =
    problem ??
    (isWaiting ? 'Sent as soon as the chat is here.' : isLive ? null : 'Not connected: messages go out again once the page is live.')
  return (
    <form ref={form} onSubmit={send} className="flex flex-col gap-2 pt-3 print:hidden" aria-label="Write a message">
      {asksName ? (
        <TextInput
          value={typedName}
          onChange={event => setTypedName(event.target.value)}
          maxLength={MAX_NAME}
          placeholder="Your name"
          aria-label="Your name"
          autoComplete="nickname"
        />
      ) : null}
      <div className="flex gap-2">
        <TextInput
          value={text}
          onChange={event => setText(event.target.value)}
          placeholder={asksName ? 'Write a message' : `Write as ${who}`}
          aria-label="Message"
          aria-describedby={noteId}
          aria-invalid={left < 0 || undefined}
          autoComplete="off"
          enterKeyHint="send"
        />
        <Button type="submit" look="ink" aria-disabled={!isLive || left < 0 || text.trim() === '' || undefined}>
          Send
        </Button>
      </div>
      <p id={noteId} role="status" className="flex min-h-5 items-baseline justify-between gap-4 text-xs text-soft">
        <span className={problem ? 'font-semibold text-warn' : undefined}>{note}</span>
        <span className="flex shrink-0 gap-4">
          {accountName === null && name && !isRenaming ? (
            <button type="button" onClick={() => setRenaming(true)} className="underline-offset-4 hover:text-ink hover:underline">
              Change name
            </button>
          ) : null}
          {left <= MAX_LENGTH - COUNT_FROM ? (
            <span className={left < 0 ? 'font-semibold text-warn' : undefined}>{left < 0 ? `${-left} too many` : `${left} left`}</span>
          ) : null}
        </span>
      </p>
    </form>
  )
}

/** A page on plain http, in the hall's own network, has no `randomUUID`. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')
}
