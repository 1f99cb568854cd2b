import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatMessage, LobbyMessage, UpdateMessage, WatchAnswer } from '#domain/protocol.ts'
import { createHub } from '#server/nodes/link.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

/** What becomes of each message between the nodes; delivered at once unless a test says otherwise. */
let fate: (run: () => void) => void
let dataDir: string
let here: Running
let there: Running
const open: Socket[] = []

beforeEach(async () => {
  fate = run => queueMicrotask(run)
  dataDir = mkdtempSync(join(tmpdir(), 'sideline-nodes-'))
  const link = createHub(run => fate(run))
  here = await startServer({ dataDir, link: link() })
  there = await startServer({ dataDir, link: link() })
})
afterEach(async () => {
  for (const socket of open.splice(0)) socket.disconnect()
  await here.stop({ keepData: true })
  await there.stop({ keepData: true })
  rmSync(dataDir, { recursive: true, force: true })
})

async function fan(server: Running): Promise<Socket> {
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
  open.push(socket)
  await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
  return socket
}
const watch = (socket: Socket, gameId: string): Promise<{ ok: true } & WatchAnswer> =>
  socket.timeout(20_000).emitWithAck('game:watch', { gameId })
function collect<T>(socket: Socket, event: string): T[] {
  const all: T[] = []
  socket.on(event, (message: T) => all.push(message))
  return all
}
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise(done => setTimeout(done, 10))
  }
}
const seqsOf = (updates: UpdateMessage[]) => updates.flatMap(update => update.plays.map(play => play.seq))
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1)

describe('two nodes of one database', () => {
  it('[N1] a play recorded at one reaches the readers of the other, once and in order', async () => {
    const game = await here.createGame()
    const updates = collect<UpdateMessage>(await followed(there, game.id), 'game:update')
    for (let i = 0; i < 20; i++) await here.play(game.id, basket('2pt', i % 2 ? 'home' : 'away'))
    await here.play(game.id, { id: 'undo-00001', kind: 'void', voids: 3 })
    await until(() => updates.at(-1)?.seq === 21)
    expect(seqsOf(updates)).toEqual(upTo(21))
    expect(updates.at(-1)?.game.score).toEqual({ home: 20, away: 18 })
  })

  it('[N1] what scorers record at both at once is one log, and readers of both see all of it', async () => {
    const game = await here.createGame()
    const [one, two] = [await followed(here, game.id), await followed(there, game.id)]
    const seen = [collect<UpdateMessage>(one, 'game:update'), collect<UpdateMessage>(two, 'game:update')]
    const score = async (server: Running, side: 'home' | 'away') => {
      for (let i = 0; i < 15; i++) {
        const play = basket('ft', side)
        // Two nodes that keep writing first ask each other to wait now and then.
        for (;;) {
          const answer = await server.app.games.record(MANAGER, game.id, [play], false)
          if (answer.ok) break
          expect(answer.error.code).toBe('BUSY_RETRY')
        }
      }
    }
    await Promise.all([score(here, 'home'), score(there, 'away')])
    for (const updates of seen) {
      await until(() => updates.at(-1)?.seq === 30)
      expect(seqsOf(updates)).toEqual(upTo(30))
      expect(updates.at(-1)?.game.score).toEqual({ home: 15, away: 15 })
    }
  })

  it.each([
    ['lost', () => {}],
    ['doubled', (run: () => void) => [queueMicrotask(run), queueMicrotask(run)]],
    ['late and out of order', (run: () => void) => void setTimeout(run, Math.random() * 300)],
  ])('[N2] hints that are %s cost no play', async (_what, becomes) => {
    const game = await here.createGame()
    const updates = collect<UpdateMessage>(await followed(there, game.id), 'game:update')
    fate = becomes
    for (let i = 0; i < 12; i++) await here.play(game.id, basket('3pt', 'home'))
    await until(() => updates.at(-1)?.seq === 12)
    expect(seqsOf(updates)).toEqual(upTo(12))
  })

  it('[N2] a board that was read before the first look finds what a lost hint told of', async () => {
    const game = await here.createGame()
    await here.play(game.id, basket('2pt', 'home'))
    const late = await startServer({ dataDir, link: { ...createHub()(), onReady() {} } })
    try {
      const socket = await fan(late)
      const updates = collect<LobbyMessage>(socket, 'lobby:update')
      const { games } = (await socket.timeout(20_000).emitWithAck('lobby:watch', {})) as LobbyMessage
      expect(games).toMatchObject([{ id: game.id, score: { home: 2, away: 0 } }])
      await here.play(game.id, basket('2pt', 'home'))
      await until(() => updates.some(update => update.games.some(row => row.id === game.id && row.score?.home === 4)))
    } finally {
      await late.stop({ keepData: true })
    }
  })

  it('[N3] a reader who asks one node sees what was recorded at the other before', async () => {
    const game = await here.createGame()
    fate = () => {}
    expect(await there.app.games.get(null, game.id)).toMatchObject({ ok: true, game: { seq: 0 } })
    await here.play(game.id, basket('2pt', 'home'))
    await new Promise(done => setTimeout(done, 120))
    expect(await there.app.games.get(null, game.id)).toMatchObject({ ok: true, game: { seq: 1, score: { home: 2, away: 0 } } })
    expect(await watch(await fan(there), game.id)).toMatchObject({ mode: 'snapshot', seq: 1 })
  })

  it('[N2] a correction far back, and somebody new on the roster, arrive as well', async () => {
    const game = await here.createGame()
    await here.play(game.id, ...Array.from({ length: 400 }, () => basket('ft', 'away')))
    const updates = collect<UpdateMessage>(await followed(there, game.id), 'game:update')
    for (let i = 0; i < 3; i++) await here.play(game.id, ...Array.from({ length: 250 }, () => basket('ft', 'home')))
    await here.play(game.id, { id: 'undo-far-1', kind: 'void', voids: 2 })
    await here.play(game.id, basket('3pt', 'home', { player: 'Ines Calloway' }))
    await until(() => updates.at(-1)?.seq === 1152)
    expect(updates.at(-1)?.game.score).toEqual({ home: 753, away: 399 })
    expect(await there.app.games.get(null, game.id)).toMatchObject({ ok: true, game: { roster: [{ name: 'Ines Calloway' }] } })
    expect(updates.at(-1)?.plays.at(-1)?.text).toContain('Ines Calloway')
    // Nobody has to have done it to be new: who set it up is named in the data alone.
    await here.play(game.id, basket('2pt', 'home', { data: { assist: { name: 'Ada Reyes' } } }))
    await until(() => updates.at(-1)?.seq === 1153)
    expect(await there.app.games.get(null, game.id)).toMatchObject({ game: { roster: [{ name: 'Ada Reyes' }, { name: 'Ines Calloway' }] } })
    expect(updates.at(-1)?.plays.at(-1)?.text).toContain('Ada Reyes')
    // By name at once, for pages that are open there.
    expect(updates.flatMap(({ roster = [] }) => roster.map(({ name }) => name))).toEqual(['Ines Calloway', 'Ada Reyes'])
  })

  it('[L1] a play sent again to another node is answered with its seq, and with the game as it is', async () => {
    const game = await here.createGame()
    expect(await there.app.games.get(null, game.id)).toMatchObject({ ok: true, game: { seq: 0 } })
    fate = () => {}
    const play = basket('3pt', 'away')
    await here.play(game.id, play)
    await here.play(game.id, basket('2pt', 'home'))
    const again = await there.app.games.record(MANAGER, game.id, [play], false)
    expect(again).toMatchObject({ ok: true, created: false, plays: [{ seq: 1 }], game: { seq: 2, score: { home: 2, away: 3 } } })
    const other = await there.app.games.record(MANAGER, game.id, [{ ...play, side: 'home' }], false)
    expect(other).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH' } })
  })

  it('[N4] messages written at two nodes at once are numbered without a hole', async () => {
    const game = await here.createGame()
    const writers = await Promise.all([fan(here), fan(there), fan(here), fan(there)])
    await Promise.all(
      writers.map((socket, i) =>
        socket.timeout(20_000).emitWithAck('chat:send', { gameId: game.id, id: `message-${i}`, text: `Go ${i}`, name: `Fan ${i}` }),
      ),
    )
    const history = await here.app.chat.history(null, game.id, undefined, 50)
    expect(history.ok && history.messages.map(message => message.n).sort()).toEqual([1, 2, 3, 4])
  })

  it('[N4] boards show games of either node', async () => {
    const socket = await fan(there)
    const board = (await socket.timeout(20_000).emitWithAck('lobby:watch', {})) as { ok: true; games: { id: string }[] }
    const changes = collect<LobbyMessage>(socket, 'lobby:update')
    const game = await here.createGame('basketball', { startsAt: new Date().toISOString() })
    expect(board.games.map(row => row.id)).not.toContain(game.id)
    await until(() => changes.some(change => change.games.some(row => row.id === game.id)))
    fate = () => {}
    await here.play(game.id, basket('3pt', 'away'))
    await until(() => changes.some(change => change.games.some(row => row.id === game.id && row.score.away === 3)))
    fate = run => queueMicrotask(run)
    await here.app.games.remove(MANAGER, game.id)
    await until(() => changes.some(change => change.removed.includes(game.id)))
  })

  it('[N4] chat, viewers and announcements cross', async () => {
    const game = await here.createGame()
    const [one, two] = [await followed(here, game.id), await followed(there, game.id)]
    const heard = collect<ChatMessage>(two, 'chat:message')
    const own = collect<ChatMessage>(one, 'chat:message')
    const counts = collect<{ count: number }>(two, 'game:viewers')
    const announced = collect<{ text: string }>(two, 'announcement')
    const sent = await one.timeout(20_000).emitWithAck('chat:send', { gameId: game.id, id: 'message-1', text: 'Go on', name: 'Ana' })
    expect(sent).toMatchObject({ ok: true })
    await here.app.announcements.post({ ...MANAGER, role: 'owner' }, { text: 'Car park closed' })
    await until(() => heard.length > 0 && announced.length > 0)
    expect([heard.length, heard[0]?.text, own.length, announced[0]?.text]).toEqual([1, 'Go on', 0, 'Car park closed'])
    await until(() => counts.at(-1)?.count === 2)
  })
})

async function followed(server: Running, gameId: string): Promise<Socket> {
  const socket = await fan(server)
  expect(await watch(socket, gameId)).toMatchObject({ ok: true })
  return socket
}
