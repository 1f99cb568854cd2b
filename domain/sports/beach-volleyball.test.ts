import { describe, expect, it, test } from 'vitest'
import { playOut, rallies, read, rulesOf, serves, set, upTo } from '../parts/test-rally.ts'
import type { TestPlay } from '../test-log.ts'
import { sport } from './beach-volleyball.ts'

const FIVB = rulesOf(sport, 'fivb')
const ONE_ALL = [set(21, 15), set(15, 21)]

describe('beach volleyball', () => {
  test.each<[string, TestPlay[], string, object]>([
    ['6.2: 21 by two', upTo(21, 19), '21-19', { home: 1, away: 0 }],
    ['6.2: no cap', upTo(24, 26), '24-26', { home: 0, away: 1 }],
    ['6.3.2: the third to 15', [...ONE_ALL, ...upTo(15, 13)], '21-15 15-21 15-13', { home: 2, away: 1 }],
    ['6.3.2: the third by two', [...ONE_ALL, ...upTo(15, 14)], '21-15 15-21 15-14', { home: 1, away: 1 }],
  ])('%s', (_, plays, line, score) => {
    const after = playOut(sport, FIVB, plays)
    expect(after.line).toBe(line)
    expect(after.game.score).toEqual(score)
  })

  test.each<[string, TestPlay[], boolean]>([
    ['18.2.1: after seven points', upTo(4, 3), true],
    ['18.2.1: not after eight', upTo(4, 4), false],
    ['18.2.1: after fourteen', upTo(9, 5), true],
    ['18.2.1: after five in the third', [...ONE_ALL, ...upTo(3, 2)], true],
    ['18.2.1: not after seven in the third', [...ONE_ALL, ...upTo(4, 3)], false],
    ['not between the sets, where ends are chosen', [set(21, 15)], false],
    ['not where a score was said outright', [set(4, 3)], false],
  ])('ends: %s', (_, plays, expected) => {
    expect(playOut(sport, FIVB, plays).detail.changeEnds).toBe(expected)
  })

  test.each<[string, string, TestPlay[], string | null]>([
    ['15.4.1: when the points add up to 21', 'fivb', upTo(11, 10), 'Technical time-out'],
    ['15.4.1: not in the third', 'fivb', [...ONE_ALL, ...upTo(11, 10)], null],
    ['15.4.1: only in FIVB events', 'league', upTo(11, 10), null],
  ])('technical time-out: %s', (_, pack, plays, expected) => {
    expect(playOut(sport, rulesOf(sport, pack), plays).detail.pause).toBe(expected)
  })

  it('15.4.1 and 18.2.1: says both at once', () => {
    expect(sport.glance?.(playOut(sport, FIVB, upTo(11, 10)).game).middle).toBe('11–10, technical time-out, change ends')
  })

  it('7.6: the two of a pair serve in turn, and a wrong turn is put right', () => {
    const number = (...plays: TestPlay[]) => (playOut(sport, FIVB, serves('home'), ...plays).detail.serverNumber as { home: number }).home
    expect(number()).toBe(1)
    expect(number(...rallies('hah'))).toBe(2)
    expect(number(...rallies('hahah'))).toBe(1)
    expect(number(...rallies('hah'), serves('home', { number: 1 }))).toBe(1)
  })

  it('7.1: asks before each set who serves', () => {
    const { game } = playOut(sport, FIVB, serves('home'), set(21, 15))
    expect(sport.opening?.(game.detail)).toEqual({ ask: 'Who serves?', action: 'server' })
  })

  it('15.1: one time-out a set', () => {
    const { log } = playOut(sport, FIVB, rallies('h'), { kind: 'timeout', side: 'home' })
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' })).warnings).toEqual(['no-timeout-left'])
    log.add(set(21, 5), ...rallies('a'))
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' })).warnings).toBeUndefined()
  })

  it('corrections give a point to the other pair with the service and its turn', () => {
    const { log } = playOut(sport, FIVB, serves('home'), rallies('hhh'))
    log.add({ kind: 'point', side: 'away', replaces: 3 })
    expect(read(log)).toMatchObject({ line: '2-1', detail: { server: 'home', serverNumber: { home: 2, away: 1 } } })
  })

  it('20.3: a red card is a point and the service for the other pair', () => {
    const after = playOut(sport, FIVB, serves('away'), { kind: 'redCard', side: 'home' })
    expect(after).toMatchObject({ line: '1-0', detail: { server: 'home', cards: { red: { home: 0, away: 1 } } } })
  })

  it('pools: two points for a win, one for a loss, none for a forfeit', () => {
    expect(sport.labels.tablePoints).toMatchObject({ win: 2, loss: 1, forfeitLoss: 0 })
  })
})
