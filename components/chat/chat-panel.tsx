'use client'
import { memo, useCallback, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { SCROLLABLE } from '#components/game/scrollable.ts'
import { connection } from '#components/live/connection.ts'
import { useLink } from '#components/shell/use-link.ts'
import { cx } from '#components/ui/cx.ts'
import { LocalTime } from '#components/ui/local-time.tsx'
import { Section } from '#components/ui/section.tsx'
import { useLoaded } from '#components/ui/use-loaded.ts'
import { RenderedAt } from '#components/ui/use-time.ts'
import type { ChatMessage } from '#domain/protocol.ts'
import { ChatComposer } from './chat-composer.tsx'
import type { ChatStore, ChatView } from './chat-store.ts'

interface ChatPanelProps {
  gameId: string
  isOpen: boolean
  /** The name of who is signed in; guests choose one. */
  accountName: string | null
  canModerate: boolean
}

const EMPTY: ChatView = { messages: [], history: null, isClosed: false }
const nothingYet = () => EMPTY
const NEVER = () => () => undefined

export const ChatPanel = memo(function ChatPanel({ gameId, isOpen, accountName, canModerate }: ChatPanelProps) {
  const renderedAt = useContext(RenderedAt)
  // Nobody waits for the chat to see the score: what follows it comes after the page works.
  const create = useLoaded(useCallback(() => import('./chat-store.ts').then(module => module.createChatStore), []))
  const store = useMemo(() => create?.(gameId, (...request) => fetch(...request)) ?? null, [create, gameId])
  const view = useSyncExternalStore(store?.subscribe ?? NEVER, store?.getView ?? nothingYet, nothingYet)
  const { link } = useLink()
  useEffect(() => (isOpen ? store?.follow(connection(renderedAt)) : undefined), [store, isOpen, renderedAt])
  if (!isOpen || view.isClosed)
    return (
      <Section title="Chat">
        <p className="py-4 text-sm text-soft">The chat of this game is closed.</p>
      </Section>
    )
  return (
    <Section title="Chat" aside={view.messages.length > 0 ? `${view.messages.length} messages` : undefined}>
      <Messages messages={view.messages} history={view.history} store={store} canModerate={canModerate} />
      <ChatComposer store={store} accountName={accountName} isConnected={link === 'live'} />
    </Section>
  )
})

interface MessagesProps {
  messages: readonly ChatMessage[]
  history: 'ready' | 'failed' | null
  store: ChatStore | null
  canModerate: boolean
}

/** Oldest first, kept at its end while the reader is there. It speaks by itself only to a reader who is in it. */
function Messages({ messages, history, store, canModerate }: MessagesProps) {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const [isInside, setInside] = useState(false)
  useEffect(() => {
    if (messages.length > 0 && box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight
  }, [messages])
  return (
    <div
      ref={box}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < 40
      }}
      onFocus={() => setInside(true)}
      onBlur={() => setInside(false)}
      {...SCROLLABLE}
      role="log"
      aria-label="Chat messages"
      aria-live={isInside ? 'polite' : 'off'}
      className={cx('overflow-y-auto overscroll-contain border-b border-line', messages.length > 0 && 'h-64')}
      data-testid="chat-messages"
    >
      {messages.length === 0 ? <p className="py-4 text-sm text-soft">{emptyWords(history)}</p> : null}
      <ul>
        {messages.map(message => (
          <Message key={message.id} message={message} moderate={canModerate ? store : null} />
        ))}
      </ul>
    </div>
  )
}

const emptyWords = (history: 'ready' | 'failed' | null) =>
  history === 'ready' ? 'Nobody has written yet.' : history === 'failed' ? 'The messages could not be loaded.' : 'Loading messages…'

const ACT =
  'inline-flex min-h-6 shrink-0 items-center px-1 text-xs text-soft underline-offset-4 hover:text-ink hover:underline aria-pressed:font-semibold aria-pressed:text-ink'

function Message({ message, moderate }: { message: ChatMessage; moderate: Pick<ChatStore, 'remove' | 'mute'> | null }) {
  const [failed, setFailed] = useState('')
  const { id, name, muted = false } = message
  return (
    <li className="flex items-baseline gap-2 py-1.5 text-sm" data-testid="chat-message">
      <p className="min-w-0 grow wrap-anywhere">
        <bdi className="font-semibold">{name}</bdi>
        {message.guest ? <span className="text-soft"> guest</span> : null} <bdi>{message.text}</bdi>
        {failed ? (
          <span role="status" className="text-warn">
            {' '}
            {failed}
          </span>
        ) : null}
      </p>
      {moderate ? (
        <>
          <button
            type="button"
            aria-pressed={muted}
            onClick={() => void moderate.mute(id, !muted).then(isDone => setFailed(isDone ? '' : 'Could not be muted.'))}
            className={ACT}
          >
            {muted ? 'Muted' : 'Mute'}
            <span className="sr-only">: {name} writes no more here</span>
          </button>
          <button
            type="button"
            onClick={() => void moderate.remove(id).then(isDone => setFailed(isDone ? '' : 'Could not be deleted.'))}
            className={ACT}
          >
            Delete<span className="sr-only"> the message of {name}</span>
          </button>
        </>
      ) : null}
      <LocalTime at={message.at} className="shrink-0 text-xs text-soft" />
    </li>
  )
}
