import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { LobbyMessage } from '#domain/protocol.ts'
import type { Context } from '#server/context.ts'
import { createLobby, type Lobby } from '#server/lobby.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

let server: Running
const lobbies: Lobby[] = []
beforeAll(async () => {
  server = await startServer()
})
afterAll(async () => {
  for (const lobby of lobbies) lobby.close()
  await server.stop()
})

const TICK_MS = 300
const ticked = () => new Promise(done => setTimeout(done, TICK_MS * 2))
const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()

/** A lobby of its own on the server's games, whose looks at the database take until they are let go on. */
function slowLobby() {
  let letGo = () => {}
  const gate = new Promise<void>(done => {
    letGo = done
  })
  const { storage } = server.context
  const readBatch: Context['storage']['readBatch'] = async queries => {
    const rows = await storage.readBatch(queries)
    await gate
    return rows
  }
  const slow = new Proxy(storage, {
    get(target, key) {
      const value = key === 'readBatch' ? readBatch : Reflect.get(target, key, target)
      return typeof value === 'function' && key !== 'readBatch' ? value.bind(target) : value
    },
  })
  const lobby = createLobby({ ...server.context, storage: slow })
  lobbies.push(lobby)
  return { lobby, letGo }
}

describe('while the board is being read from the database', () => {
  it('[C8] what happens in the meantime is newer: a game that goes live stays, one that is deleted stays away, a score is not taken back', async () => {
    const onBoard = await server.createGame('basketball', { startsAt: hours(0) })
    const goesLive = await server.createGame('basketball', { startsAt: hours(72) })
    const goes = await server.createGame('basketball', { startsAt: hours(0) })
    const { lobby, letGo } = slowLobby()
    const reading = lobby.snapshot()
    await ticked()
    await server.play(goesLive.id, basket('2pt', 'home'))
    await server.play(onBoard.id, basket('3pt', 'away'))
    await server.app.games.remove(MANAGER, goes.id)
    await ticked()
    letGo()
    await reading
    await ticked()
    const { games } = await lobby.snapshot()
    const scores = new Map(games.map(row => [row.id, row.score]))
    expect(scores.get(goesLive.id)).toEqual({ home: 2, away: 0 })
    expect(scores.get(onBoard.id)).toEqual({ home: 0, away: 3 })
    expect(scores.has(goes.id)).toBe(false)
  })
})

describe('a day with more games than a board holds', () => {
  const MOST = 500
  const start = new Date()
  start.setUTCHours(12, 0, 0, 0)
  const last: Game[] = []
  const own: { server?: Running } = {}
  beforeAll(async () => {
    own.server = await startServer()
    const at = (second: number) => new Date(start.getTime() + second * 1000).toISOString()
    const made = await Promise.all(
      Array.from({ length: MOST + 20 }, (_, i) => (own.server as Running).createGame('basketball', { startsAt: at(i) })),
    )
    last.push(...made.slice(-3))
  })
  afterAll(() => own.server?.stop())

  it('[C8] has every live one, whether it was live before or becomes so, and never more than 500', async () => {
    const { app, context, play } = own.server as Running
    const [before, after] = last as [Game, Game]
    await play(before.id, basket('2pt', 'home'))
    const lobby = createLobby(context)
    lobbies.push(lobby)
    const shown = new Set((await lobby.snapshot()).games.map(row => row.id))
    expect([shown.size, shown.has(before.id), shown.has(after.id)]).toEqual([MOST, true, false])

    // Who follows the board by its messages has the same rows as who asks for it.
    let counter = (await lobby.snapshot()).n
    lobby.onChange((competition, { n, games, removed }: LobbyMessage) => {
      if (competition !== null) return
      expect(n).toBe(counter + 1)
      counter = n
      for (const id of removed) expect(shown.delete(id)).toBe(true)
      for (const row of games) shown.add(row.id)
    })
    await play(after.id, basket('2pt', 'home'))
    // Neither does one that is not live get in at the cost of another.
    await play((last[2] as Game).id, { id: 'note-at-the-end', kind: 'note', data: { text: 'Doors open' } })
    await ticked()
    const snapshot = await lobby.snapshot()
    expect([snapshot.games.length, snapshot.n]).toEqual([MOST, counter])
    expect(new Set(snapshot.games.map(row => row.id))).toEqual(shown)
    expect([shown.has(before.id), shown.has(after.id), shown.has((last[2] as Game).id)]).toEqual([true, true, false])
    expect(await app.games.get(null, after.id)).toMatchObject({ game: { status: 'live' } })
  })
})
