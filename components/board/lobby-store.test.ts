import { describe, expect, it } from 'vitest'
import type { Connection, Watcher } from '#components/live/connection.ts'
import type { GameRow } from '#domain/game.ts'
import type { LobbyMessage } from '#domain/protocol.ts'
import { createLobbyStore } from './lobby-store.ts'
import { testRow } from './rows-for-tests.ts'

/** A connection that answers with the games given, and the means to send updates over it. */
function fakeConnection(games: () => { n: number; games: GameRow[] }) {
  const asked: string[] = []
  let hear: (message: LobbyMessage) => void = () => {}
  let watcher: Watcher | null = null
  const connection = {
    on(_event: string, take: (message: LobbyMessage) => void) {
      hear = take
      return () => {
        hear = () => {}
      }
    },
    async ask(event: string) {
      asked.push(event)
      return { ok: true, ...games() }
    },
    keep(given: Watcher) {
      watcher = given
      return () => {
        watcher = null
      }
    },
  } as unknown as Pick<Connection, 'on' | 'ask' | 'keep'>
  return { connection, asked, send: (message: LobbyMessage) => hear(message), watch: () => watcher?.watch(1000) }
}

const scored = (seq: number) => testRow('a', { seq, score: { home: seq, away: 0 } })

describe('the store of a board', () => {
  it('watches again after a gap, and ends with what the server has', async () => {
    const wire = fakeConnection(() => ({ n: 9, games: [scored(9)] }))
    const store = createLobbyStore({ n: 1, rows: [scored(1)], pollUrl: '' })
    store.follow(wire.connection)
    wire.send({ n: 2, games: [scored(2)], removed: [] })
    expect(wire.asked).toEqual([])
    wire.send({ n: 5, games: [], removed: [] })
    expect(wire.asked).toEqual(['lobby:watch'])
    await Promise.resolve()
    await Promise.resolve()
    expect(store.getState().rows.get('a')?.seq).toBe(9)
    expect(store.getState().n).toBe(9)
  })

  it('shows nothing new while paused, counts it, and shows it all on resuming', () => {
    const wire = fakeConnection(() => ({ n: 1, games: [] }))
    const store = createLobbyStore({ n: 1, rows: [scored(1)], pollUrl: '' })
    store.follow(wire.connection)
    store.pause(true)
    wire.send({ n: 2, games: [scored(2)], removed: [] })
    wire.send({ n: 3, games: [scored(3)], removed: [] })
    expect(store.getState().rows.get('a')?.seq).toBe(1)
    expect(store.getState().waiting).toBe(2)
    store.pause(false)
    expect(store.getState().rows.get('a')?.seq).toBe(3)
    expect(store.getState().waiting).toBe(0)
  })

  it('keeps the other games of a competition that the lobby does not list', async () => {
    const wire = fakeConnection(() => ({ n: 2, games: [scored(4)] }))
    const store = createLobbyStore({ n: 0, rows: [scored(1), testRow('old', { status: 'final' })], competitionId: 'north', pollUrl: '' })
    store.follow(wire.connection)
    await wire.watch()
    expect([...store.getState().rows.keys()].sort()).toEqual(['a', 'old'])
  })

  it('keeps them too where a part of its games is followed on the board of everything', async () => {
    const wire = fakeConnection(() => ({ n: 2, games: [scored(4), testRow('of others', { status: 'live' })] }))
    const store = createLobbyStore({ n: 0, rows: [scored(1), testRow('old', { status: 'final' })], isPart: true, pollUrl: '' })
    store.follow(wire.connection)
    await wire.watch()
    expect([...store.getState().rows.keys()].sort()).toEqual(['a', 'of others', 'old'])
    expect(store.getState().rows.get('a')?.seq).toBe(4)
  })

  it('lets go of the lobby when the page is left', () => {
    const wire = fakeConnection(() => ({ n: 0, games: [] }))
    const store = createLobbyStore({ n: 0, rows: [], pollUrl: '' })
    store.follow(wire.connection)()
    expect(wire.asked).toEqual(['lobby:unwatch'])
  })
})
