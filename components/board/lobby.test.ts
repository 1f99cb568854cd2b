import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GameRow } from '#domain/game.ts'
import { openLobby, takeSnapshot, takeUpdate } from './lobby.ts'
import { testRow } from './rows-for-tests.ts'

const update = (n: number, games: GameRow[], removed: string[] = []) => ({ n, games, removed })

describe('the lobby as a page sees it', () => {
  it('sees a jump in the count as a gap, and takes the rows all the same', () => {
    const lobby = openLobby(5, [testRow('a')])
    const next = takeUpdate(lobby, update(6, [testRow('a', { seq: 2 })]))
    expect(next.isGap).toBe(false)
    const jumped = takeUpdate(next.lobby, update(8, [testRow('b')]))
    expect(jumped.isGap).toBe(true)
    expect([...jumped.lobby.rows.keys()]).toEqual(['a', 'b'])
  })

  it('never goes back within one epoch, whatever order updates come in', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), seqs => {
        let lobby = openLobby(0, [])
        let n = 0
        for (const seq of seqs) lobby = takeUpdate(lobby, update(++n, [testRow('a', { seq, score: { home: seq, away: 0 } })])).lobby
        expect(lobby.rows.get('a')?.seq).toBe(Math.max(...seqs))
      }),
    )
  })

  it('takes a lower count of plays from a new epoch', () => {
    const lobby = openLobby(0, [testRow('a', { seq: 40, score: { home: 61, away: 58 } })])
    const restored = takeUpdate(lobby, update(1, [testRow('a', { epoch: 'e2', seq: 12, score: { home: 20, away: 18 } })])).lobby
    expect(restored.rows.get('a')?.score.home).toBe(20)
    expect(restored.rises.size).toBe(0)
  })

  it('counts a rise of the score as news, and a fall as none', () => {
    const score = (home: number, away: number) => ({ score: { home, away } })
    let lobby = openLobby(0, [testRow('a', score(10, 8))])
    lobby = takeUpdate(lobby, update(1, [testRow('a', { seq: 2, ...score(12, 8) })])).lobby
    expect(lobby.rises.get('a')).toEqual({ home: 1, away: 0 })
    lobby = takeUpdate(lobby, update(2, [testRow('a', { seq: 3, ...score(10, 8) })])).lobby
    expect(lobby.rises.get('a')).toEqual({ home: 1, away: 0 })
  })

  it('sees games won within a set', () => {
    const line = (home: number) => ({ line: [{ label: '1', home, away: 3 }] })
    const lobby = openLobby(0, [testRow('a', line(3))])
    expect(takeUpdate(lobby, update(1, [testRow('a', { seq: 2, ...line(4) })])).lobby.rises.get('a')).toEqual({ home: 1, away: 0 })
  })

  it('celebrates nothing when it catches up', () => {
    const lobby = takeSnapshot(
      openLobby(0, [testRow('a')]),
      { n: 9, games: [testRow('a', { seq: 9, score: { home: 30, away: 2 } })] },
      true,
    )
    expect(lobby.rows.get('a')?.score.home).toBe(30)
    expect(lobby.rises.size).toBe(0)
  })

  it('forgets what a whole list no longer has, and keeps it when the list is a part', () => {
    const lobby = openLobby(0, [testRow('a'), testRow('b')])
    expect([...takeSnapshot(lobby, { n: 1, games: [testRow('b')] }, true).rows.keys()]).toEqual(['b'])
    expect([...takeSnapshot(lobby, { n: 1, games: [testRow('b')] }, false).rows.keys()]).toEqual(['a', 'b'])
  })

  it('does not let an old list undo a newer update', () => {
    const lobby = openLobby(3, [testRow('a', { seq: 7, score: { home: 20, away: 0 } })])
    expect(takeSnapshot(lobby, { n: 3, games: [testRow('a', { seq: 6 })] }, true).rows.get('a')?.seq).toBe(7)
  })
})
