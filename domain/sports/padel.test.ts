import { describe, expect, it, test } from 'vitest'
import { playOut, rallies, read, rulesOf, serves, set } from '../parts/test-rally.ts'
import type { TestPlay } from '../test-log.ts'
import { sport } from './padel.ts'

const DEUCE = 'hhhaaa'
const games = (text: string) => rallies([...text].map(letter => letter.repeat(4)).join(''))
const shown = (rules: unknown, text: string) => {
  const { points, games, goldenPoint } = playOut(sport, rules, rallies(text)).detail as unknown as {
    points: { home: string; away: string }
    games: { home: number; away: number }
    goldenPoint: boolean
  }
  return `${games.home}-${games.away} ${points.home}-${points.away}${goldenPoint ? ' golden' : ''}`
}

describe('a game of padel', () => {
  test.each<[string, string, string, string]>([
    ['golden point: the first 40–40', 'golden', DEUCE, '0-0 40-40 golden'],
    ['golden point: decides', 'golden', `${DEUCE}a`, '0-1 0-0'],
    ['silver point: the first 40–40 does not', 'silver', `${DEUCE}a`, '0-0 40-AD'],
    ['silver point: the second 40–40', 'silver', `${DEUCE}ah`, '0-0 40-40 golden'],
    ['silver point: decides', 'silver', `${DEUCE}ahh`, '1-0 0-0'],
    ['silver point: or the advantage does', 'silver', `${DEUCE}aa`, '0-1 0-0'],
    ['star point: the second 40–40 does not', 'star', `${DEUCE}ahh`, '0-0 AD-40'],
    ['star point: the third 40–40', 'star', `${DEUCE}ahha`, '0-0 40-40 golden'],
    ['star point: decides', 'star', `${DEUCE}ahhah`, '1-0 0-0'],
    ['advantage: without end', 'advantage', `${DEUCE}${'ah'.repeat(9)}`, '0-0 40-40'],
    ['advantage: two ahead', 'advantage', `${DEUCE}${'ah'.repeat(9)}aa`, '0-1 0-0'],
  ])('%s', (_, pack, text, expected) => {
    expect(shown(rulesOf(sport, pack), text)).toBe(expected)
  })

  it('is told', () => {
    const rules = rulesOf(sport, 'golden')
    const { game } = playOut(sport, rules, serves('home'), rallies(DEUCE))
    expect(sport.glance?.(game)).toEqual({ middle: '40–40, golden point', mark: 'home' })
  })

  it('comes back with its golden point by a correction', () => {
    const { log } = playOut(sport, rulesOf(sport, 'golden'), serves('home'), rallies(`${DEUCE}a`), rallies('h'))
    expect(log.game().detail).toMatchObject({ games: { home: 0, away: 1 }, server: 'away' })
    log.add({ kind: 'void', voids: 8 })
    expect(read(log).detail).toMatchObject({ games: { home: 1, away: 0 }, server: 'away', points: { home: '0', away: '0' } })
  })
})

describe('a set and a match', () => {
  it('are those of tennis: the tie-break, who serves in it and after it', () => {
    const rules = rulesOf(sport, 'golden')
    const tied: TestPlay[] = [serves('home'), ...games('hahahahahaha')]
    expect(playOut(sport, rules, tied).detail).toMatchObject({ tiebreak: true, goldenPoint: false, server: 'home' })
    const after = playOut(sport, rules, tied, rallies('hhhhhhh'))
    expect(after.game.linescore.columns).toEqual([{ label: '1', home: 7, away: 6, tiebreak: { home: 7, away: 0 } }])
    expect(after.detail.server).toBe('away')
  })

  it('may have a super tie-break for the third set', () => {
    const { game } = playOut(sport, rulesOf(sport, 'golden-super'), set(6, 3), set(3, 6), rallies('h'.repeat(10)))
    expect(game).toMatchObject({ status: 'final', winner: 'home', score: { home: 2, away: 1 } })
    expect(game.linescore.columns.at(-1)).toMatchObject({ home: 1, away: 0, tiebreak: { home: 10, away: 0 } })
  })

  it('may be scored by sets', () => {
    expect(playOut(sport, rulesOf(sport, 'golden'), set(6, 4), set(7, 5)).game).toMatchObject({ status: 'final', winner: 'home' })
  })

  it('end by retirement', () => {
    const { game } = playOut(sport, rulesOf(sport, 'golden'), games('hh'), { kind: 'gameEnd', data: { how: 'retired', winner: 'away' } })
    expect(game).toMatchObject({ status: 'final', statusReason: 'retired', winner: 'away' })
  })
})
