import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createConnection } from '#components/live/connection.ts'
import { FakeWire } from '#components/live/fake-wire.ts'
import type { GameUpdate } from '#domain/game.ts'
import type { ChatMessage } from '#domain/protocol.ts'
import { type ChatStore, createChatStore } from './chat-store.ts'

const message = (n: number, text = `Message ${n}`): ChatMessage => ({
  id: `message-${n}`,
  n,
  name: 'Ana',
  guest: true,
  text,
  at: '2026-11-22T18:00:00.000Z',
})

let history: ChatMessage[]
let reads: string[]
let wire: FakeWire
let store: ChatStore
let stop: () => void
const texts = () => store.getView().messages.map(({ text }) => text)
const settled = () => new Promise(resolve => setTimeout(resolve, 0))

beforeEach(async () => {
  history = [message(1), message(2)]
  reads = []
  wire = new FakeWire()
  wire.reply = event => (event === 'time:sync' ? { ok: true, now: Date.now() } : undefined)
  const fetched = (async (url: string, init?: { method?: string }) => {
    if (init?.method === 'DELETE') history = history.filter(({ id }) => !url.endsWith(id))
    const asked = new URL(url, 'http://here').searchParams
    reads.push(asked.get('before') ?? 'newest')
    const older = history.filter(({ n }) => n < Number(asked.get('before') ?? Number.POSITIVE_INFINITY))
    return Response.json({ messages: older.slice(-Number(asked.get('limit'))) })
  }) as typeof fetch
  store = createChatStore('g1', fetched)
  const live = createConnection({ wire, guess: Date.now() })
  const leave = store.follow(live)
  stop = () => {
    leave()
    live.close()
  }
  await settled()
  return () => stop()
})

describe('a game’s chat', () => {
  it('begins with what was said before', () => {
    expect(store.getView()).toMatchObject({ history: 'ready', messages: history })
  })

  it('shows what others write, once, in order', () => {
    wire.connect()
    wire.tell('chat:message', { gameId: 'g1', ...message(4) })
    wire.tell('chat:message', { gameId: 'g1', ...message(3) })
    wire.tell('chat:message', { gameId: 'g1', ...message(3) })
    wire.tell('chat:message', { gameId: 'g2', ...message(9) })
    expect(texts()).toEqual(['Message 1', 'Message 2', 'Message 3', 'Message 4'])
  })

  it('shows one’s own message from the acknowledgement and not before', async () => {
    wire.connect()
    const sending = store.send({ id: 'own-message', text: 'Go on', name: 'Ben' })
    await settled()
    expect(texts()).not.toContain('Go on')
    const asked = wire.asked.find(({ event }) => event === 'chat:send')
    expect(asked?.request).toEqual({ gameId: 'g1', id: 'own-message', text: 'Go on', name: 'Ben' })
    asked?.answer({ ok: true, message: { ...message(3, 'Go on'), id: 'own-message', name: 'Ben' } })
    expect(await sending).toEqual({ ok: true })
    expect(texts()).toContain('Go on')
  })

  it('says that it is offline, too quick, or closed', async () => {
    expect(await store.send({ id: 'own-message', text: 'Hello' })).toMatchObject({ ok: false, reason: 'offline' })
    wire.connect()
    wire.reply = () => ({ ok: false, error: { code: 'RATE_LIMITED', message: '', retryAfterMs: 1800 } })
    expect(await store.send({ id: 'own-message', text: 'Hello' })).toMatchObject({
      reason: 'slow',
      words: 'A little slower: again in 2 s.',
    })
    wire.reply = () => ({ ok: false, error: { code: 'INVALID_PAYLOAD', message: 'That name is taken.' } })
    expect(await store.send({ id: 'own-message', text: 'Hello' })).toMatchObject({ reason: 'refused', words: 'That name is taken.' })
    wire.reply = () => ({ ok: false, error: { code: 'FORBIDDEN', message: '' } })
    expect(await store.send({ id: 'own-message', text: 'Hello' })).toMatchObject({ reason: 'closed' })
    expect(store.getView().isClosed).toBe(true)
  })

  it('takes a deleted message away, and does not let it come back', () => {
    wire.connect()
    wire.tell('chat:removed', { gameId: 'g1', id: 'message-1' })
    wire.tell('chat:message', { gameId: 'g1', ...message(1) })
    expect(texts()).toEqual(['Message 2'])
  })

  it('reads the history again after a break, deletions included', async () => {
    wire.connect()
    wire.drop()
    history = [message(2), message(3)]
    wire.connect()
    await settled()
    expect(texts()).toEqual(['Message 2', 'Message 3'])
  })

  it('reads back to the last message it had, however many it missed', async () => {
    wire.connect()
    await settled()
    wire.tell('chat:message', { gameId: 'g1', ...message(3) })
    wire.drop()
    history = Array.from({ length: 130 }, (_, i) => message(i + 1))
    reads = []
    wire.connect()
    // This one comes before the history is there, and says nothing about what lies between.
    wire.tell('chat:message', { gameId: 'g1', ...message(131) })
    await vi.waitFor(() => expect(reads).toEqual(['newest', '81', '31']), 20_000)
    await settled()
    expect(store.getView().messages.map(({ n }) => n)).toEqual(Array.from({ length: 131 }, (_, i) => i + 1))
    reads = []
    wire.drop()
    wire.connect()
    await settled()
    expect(reads).toEqual(['newest'])
  })

  it('reads the history again when the game says that updates were lost on the way', async () => {
    wire.connect()
    await settled()
    history = [message(2), message(3), message(4)]
    reads = []
    const lost = { epoch: 'e', seq: 9, plays: [], game: {} as GameUpdate }
    wire.tell('game:update', { ...lost, gameId: 'g1' })
    wire.tell('game:update', { ...lost, gameId: 'g2', resync: true })
    await new Promise(resolve => setTimeout(resolve, 1100))
    expect(reads).toEqual([])
    wire.tell('game:update', { ...lost, gameId: 'g1', resync: true })
    wire.tell('game:update', { ...lost, gameId: 'g1', resync: true })
    await vi.waitFor(() => expect(texts()).toEqual(['Message 2', 'Message 3', 'Message 4']), 20_000)
    expect(reads).toEqual(['newest'])
  })

  it('deletes', async () => {
    expect(await store.remove('message-2')).toBe(true)
    expect(texts()).toEqual(['Message 1'])
    expect(history).toHaveLength(1)
  })
})
