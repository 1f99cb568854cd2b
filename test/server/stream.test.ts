import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { UpdateMessage } from '#domain/protocol.ts'
import { type Server, startServer } from '#e2e/server.ts'
import { expectError } from './built.ts'

let server: Server
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server?.dispose())

interface Sent {
  event: string
  id: string
  data: UpdateMessage & { game: Game }
}
const open: AbortController[] = []
afterEach(() => {
  for (const stream of open.splice(0)) stream.abort()
})

/** Reads the event stream of a game as it comes. */
async function listen(gameId: string, lastEventId?: string) {
  const abort = new AbortController()
  open.push(abort)
  const headers: Record<string, string> = { accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) }
  const response = await fetch(`${server.url}/api/v1/games/${gameId}/stream`, { headers, signal: abort.signal })
  expect(response.status).toBe(200)
  const heard = { events: [] as Sent[], comments: [] as string[], retry: null as number | null, hasEnded: false, headers: response.headers }
  const take = (block: string) => {
    const fields = new Map<string, string>()
    for (const line of block.split('\n')) {
      const [, name = '', value = ''] = /^([^:]*): ?(.*)$/.exec(line) ?? []
      if (name === '') heard.comments.push(value)
      else fields.set(name, value)
    }
    if (fields.has('retry')) heard.retry = Number(fields.get('retry'))
    if (fields.has('data'))
      heard.events.push({ event: fields.get('event') ?? '', id: fields.get('id') ?? '', data: JSON.parse(fields.get('data') ?? '') })
  }
  const read = async () => {
    let rest = ''
    for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + text).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) take(block)
    }
    heard.hasEnded = true
  }
  void read().catch(() => undefined)
  await until(() => heard.retry !== null)
  return heard
}
async function until(condition: () => boolean, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise(done => setTimeout(done, 10))
  }
}
const two = (side: 'home' | 'away') => ({ kind: '2pt', side })

it('sends a snapshot first, then what the sockets get', async () => {
  const game = await server.createGame()
  await server.play(game.id, [two('home'), two('away')])
  const heard = await listen(game.id)
  await until(() => heard.events.length === 1)
  const { game: now } = (await server.api<{ game: Game }>(`/api/v1/games/${game.id}`, undefined, { token: null })).body
  expect(heard.events[0]).toMatchObject({
    event: 'snapshot',
    id: `${game.epoch}:2`,
    data: { gameId: game.id, epoch: game.epoch, seq: 2, game: now },
  })
  expect(heard.events[0]?.data.plays.map(play => play.seq)).toEqual([1, 2])
  expect(heard.retry).toBe(2000)
  expect(heard.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(heard.headers.get('cache-control')).toContain('no-cache')
  expect(heard.headers.get('access-control-allow-origin')).toBe('*')

  const socket = io(server.url, { transports: ['websocket'], forceNew: true })
  const updates: UpdateMessage[] = []
  socket.on('game:update', update => updates.push(update))
  expect(await socket.emitWithAck('game:watch', { gameId: game.id })).toMatchObject({ ok: true })
  await server.play(game.id, two('home'))
  await server.play(game.id, [two('home'), { kind: 'void', voids: 1 }])
  await until(() => heard.events.length === 3 && updates.length === 2)
  socket.disconnect()
  expect(heard.events.slice(1).map(({ event, id }) => [event, id])).toEqual([
    ['update', `${game.epoch}:3`],
    ['update', `${game.epoch}:5`],
  ])
  expect(heard.events.slice(1).map(({ data }) => data)).toEqual(updates)
})

it('gives a reader who comes back what it missed instead, and nothing when it missed nothing', async () => {
  const game = await server.createGame()
  await server.play(game.id, [two('home'), two('home'), two('away'), two('away')])
  const [behind, current] = [await listen(game.id, `${game.epoch}:1`), await listen(game.id, `${game.epoch}:4`)]
  await until(() => behind.events.length === 1)
  expect(behind.events[0]).toMatchObject({
    event: 'update',
    id: `${game.epoch}:4`,
    data: { seq: 4, game: { score: { home: 4, away: 4 } } },
  })
  expect(behind.events[0]?.data.plays.map(play => play.seq)).toEqual([2, 3, 4])
  await server.play(game.id, two('home'))
  await until(() => behind.events.length === 2 && current.events.length === 1)
  for (const heard of [behind, current]) expect(heard.events.at(-1)).toMatchObject({ event: 'update', id: `${game.epoch}:5` })
  expect(current.events[0]?.data.plays.map(play => play.seq)).toEqual([5])
})

it('[C13] names who is new to the roster with the play, and to a reader who comes back', async () => {
  const game = await server.createGame()
  const heard = await listen(game.id)
  await server.play(game.id, { ...two('home'), player: 'Ines Calloway' })
  await server.play(game.id, two('away'))
  await until(() => heard.events.at(-1)?.id === `${game.epoch}:2`)
  const updates = heard.events.filter(({ event }) => event === 'update')
  expect(updates.flatMap(({ data }) => data.roster?.map(({ name }) => name) ?? [])).toEqual(['Ines Calloway'])
  const [behind, current] = [await listen(game.id, `${game.epoch}:0`), await listen(game.id, `${game.epoch}:1`)]
  await until(() => behind.events.length === 1 && current.events.length === 1)
  expect(behind.events[0]?.data.roster).toMatchObject([{ name: 'Ines Calloway', side: 'home' }])
  expect(current.events[0]?.data).not.toHaveProperty('roster')
})

it('gives a snapshot to a reader whose last event it does not know', async () => {
  const game = await server.createGame()
  await server.play(game.id, [two('home'), two('home')])
  for (const last of [
    'another-epoch:1',
    `${game.epoch}:3`,
    game.epoch,
    'nonsense',
    ':',
    `${game.epoch}:-1`,
    `${game.epoch}:1e9`,
    '1'.repeat(2000),
  ]) {
    const heard = await listen(game.id, last)
    await until(() => heard.events.length === 1)
    expect([heard.events[0]?.event, heard.events[0]?.id], last).toEqual(['snapshot', `${game.epoch}:2`])
  }
})

it('has a comment every 15 s, so that a line that went dead is noticed', async () => {
  const game = await server.createGame()
  const heard = await listen(game.id)
  const began = performance.now()
  await until(() => heard.comments.length > 0, 50_000)
  expect(performance.now() - began).toBeGreaterThan(13_000)
})

it('[R1] ends when its game is deleted, is not there for others while it is private, and headers alone open nothing', async () => {
  const game = await server.createGame()
  const path = `/api/v1/games/${game.id}/stream`
  const head = await server.api(path, undefined, { method: 'HEAD', token: null })
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
  const heard = await listen(game.id)
  await until(() => heard.events.length === 1)
  await server.api(`/api/v1/games/${game.id}`, undefined, { method: 'DELETE' })
  await until(() => heard.hasEnded)
  expectError(await server.api(path, undefined, { token: null }), 'GONE')
  const hidden = await server.createGame({ visibility: 'private' })
  expectError(await server.api(`/api/v1/games/${hidden.id}/stream`, undefined, { token: null }), 'UNKNOWN_GAME')
  expectError(await server.api('/api/v1/games/none/stream', undefined, { token: null }), 'UNKNOWN_GAME')
})
