import type { Connection } from '#components/live/connection.ts'
import type { SidelineError } from '#domain/errors.ts'
import type { ChatMessage } from '#domain/protocol.ts'

const KEPT = 200
const HISTORY = 50
/** A room whose updates were lost is told so at once: its readers do not all ask in the same moment. */
const SPREAD_MS = 1000

export interface ChatView {
  /** Oldest first. */
  messages: readonly ChatMessage[]
  /** Null while the history has not come yet. */
  history: 'ready' | 'failed' | null
  isClosed: boolean
}

export type SendResult = { ok: true } | { ok: false; reason: 'offline' | 'closed' | 'slow' | 'refused'; words: string }

export interface ChatStore {
  getView(): ChatView
  subscribe(listener: () => void): () => void
  follow(live: Pick<Connection, 'ask' | 'on' | 'subscribe' | 'getState'>): () => void
  /** The message is on the page once the server has acknowledged it, not before. The same id may be sent again after a silence. */
  send(message: { id: string; text: string; name?: string }): Promise<SendResult>
  remove(id: string): Promise<boolean>
  /** Its writer writes no more here, or does again. */
  mute(id: string, isMuted: boolean): Promise<boolean>
}

export function createChatStore(gameId: string, fetch: typeof globalThis.fetch): ChatStore {
  const url = `/api/v1/games/${encodeURIComponent(gameId)}/chat`
  const listeners = new Set<() => void>()
  const removed = new Set<string>()
  let view: ChatView = { messages: [], history: null, isClosed: false }
  let over: Pick<Connection, 'ask'> | null = null
  /** Up to this `n` none is missing: messages count without holes. */
  let wholeTo = 0

  function show(change: Partial<ChatView>): void {
    view = { ...view, ...change }
    for (const listener of listeners) listener()
  }

  function add(messages: readonly ChatMessage[]): void {
    const byId = new Map([...view.messages, ...messages].map(message => [message.id, message]))
    for (const id of removed) byId.delete(id)
    const sorted = [...byId.values()].sort((a, b) => a.n - b.n).slice(-KEPT)
    for (const { n } of sorted) if (n === wholeTo + 1) wholeTo = n
    show({ messages: sorted })
  }

  async function page(before?: number): Promise<ChatMessage[] | null> {
    const query = before === undefined ? '' : `&before=${before}`
    const response = await fetch(`${url}?limit=${HISTORY}${query}`, { signal: AbortSignal.timeout(10_000) })
    return response.ok ? ((await response.json()) as { messages: ChatMessage[] }).messages : null
  }

  /** The newest messages; back to the last that followed on those before it, if more were missed than one page holds. */
  async function newest(): Promise<{ messages: ChatMessage[]; isAll: boolean } | null> {
    const from = wholeTo
    const messages: ChatMessage[] = []
    for (;;) {
      const older = await page(messages[0]?.n)
      if (!older) return null
      messages.unshift(...older)
      const isAll = older.length < HISTORY
      if (isAll || from === 0 || messages.length >= KEPT || (messages[0]?.n ?? 0) <= from + 1) return { messages, isAll }
    }
  }

  async function load(): Promise<void> {
    try {
      const read = await newest()
      if (!read) return show({ history: view.history ?? 'failed' })
      const { messages, isAll } = read
      // What was deleted while nobody listened is missing from the part of the history just read.
      const first = messages[0]?.n ?? Number.POSITIVE_INFINITY
      const ids = new Set(messages.map(({ id }) => id))
      const last = messages.at(-1)?.n ?? 0
      const kept = view.messages.filter(({ id, n }) => ids.has(id) || n > last || (!isAll && n < first))
      wholeTo = Math.max(wholeTo, last)
      show({ messages: kept, history: 'ready' })
      add(messages)
    } catch {
      show({ history: view.history ?? 'failed' })
    }
  }

  return {
    getView: () => view,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    follow(live) {
      over = live
      let wasLive = live.getState().link === 'live'
      let later: ReturnType<typeof setTimeout> | undefined
      const stops = [
        live.on('chat:message', ({ gameId: id, ...message }) => {
          if (id === gameId) add([message])
        }),
        live.on('chat:removed', message => {
          if (message.gameId !== gameId) return
          removed.add(message.id)
          add([])
        }),
        // Somebody who lagged is brought up to date on the game; what was said meanwhile went past.
        live.on('game:update', update => {
          if (update.gameId !== gameId || !update.resync || later !== undefined) return
          later = setTimeout(() => {
            later = undefined
            void load()
          }, Math.random() * SPREAD_MS)
        }),
        live.subscribe(() => {
          const isLive = live.getState().link === 'live'
          if (isLive && !wasLive) void load()
          wasLive = isLive
        }),
      ]
      void load()
      return () => {
        over = null
        clearTimeout(later)
        for (const stop of stops) stop()
      }
    },
    async send({ id, text, name }) {
      const answer = await over?.ask('chat:send', { gameId, id, text, ...(name ? { name } : {}) })
      if (!answer) return { ok: false, reason: 'offline', words: 'Not sent: there is no connection just now.' }
      if (!answer.ok) return refusal(answer.error, () => show({ isClosed: true }))
      add([answer.message])
      return { ok: true }
    },
    async mute(id, isMuted) {
      const response = await fetch(`${url}/${encodeURIComponent(id)}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ muted: isMuted }),
      }).catch(() => null)
      if (!response?.ok) return false
      // Whose other messages these are only the server knows.
      await load()
      return true
    },
    async remove(id) {
      const response = await fetch(`${url}/${encodeURIComponent(id)}`, { method: 'DELETE' }).catch(() => null)
      if (!response?.ok && response?.status !== 404) return false
      removed.add(id)
      add([])
      return true
    },
  }
}

function refusal(error: SidelineError, close: () => void): SendResult {
  switch (error.code) {
    case 'RATE_LIMITED': {
      const seconds = Math.max(1, Math.ceil((error.retryAfterMs ?? 1000) / 1000))
      return { ok: false, reason: 'slow', words: `A little slower: again in ${seconds} s.` }
    }
    case 'FORBIDDEN':
      // Closed for this writer alone: there is still something to read.
      if (error.path) return { ok: false, reason: 'refused', words: error.message }
      close()
      return { ok: false, reason: 'closed', words: 'The chat of this game is closed.' }
    default:
      return { ok: false, reason: 'refused', words: error.message }
  }
}
