import { describe, expect, it, test } from 'vitest'
import { playOut, rallies, read, rulesOf, servers, serves, set, upTo } from '../parts/test-rally.ts'
import type { TestPlay } from '../test-log.ts'
import { sport } from './table-tennis.ts'

const FIVE = rulesOf(sport, 'best-of-five', '2001')
const TWO_ALL = [set(11, 5), set(5, 11), set(11, 5), set(5, 11)]
const expedite = (data: Record<string, unknown> = {}): TestPlay => ({ kind: 'expedite', data })

describe('a game', () => {
  test.each<[string, Record<string, unknown>, TestPlay[], string, number]>([
    ['2.11.1: eleven points', FIVE, upTo(11, 9), '11-9', 1],
    ['2.11.1: two ahead at ten all', FIVE, upTo(11, 10), '11-10', 0],
    ['2.11.1: without a limit', FIVE, upTo(18, 16), '18-16', 1],
    ['until 2001: 21 points', rulesOf(sport, 'best-of-five', '1926'), upTo(21, 19), '21-19', 1],
  ])('%s', (_, rules, plays, line, home) => {
    const after = playOut(sport, rules, plays)
    expect(after.line).toBe(line)
    expect(after.game.score).toEqual({ home, away: 0 })
  })

  test.each([
    ['best-of-three', 2],
    ['best-of-five', 3],
    ['best-of-seven', 4],
  ])('2.12: %s ends with %i games', (id, games) => {
    const plays = Array.from({ length: games }, () => set(11, 3))
    expect(playOut(sport, rulesOf(sport, id), plays).game).toMatchObject({ status: 'final', score: { home: games, away: 0 } })
  })
})

describe('the service', () => {
  it('2.13.3: changes after two points, and from ten all after each', () => {
    expect(servers(sport, FIVE, [serves('home')], 'hhhhhhhhhh')).toBe('hhaahhaahh')
    expect(servers(sport, FIVE, [serves('home'), ...upTo(9, 9)], 'haha ha'.replace(' ', ''))).toBe('aahaha')
  })

  it('2.13.6: begins the next game with who received first', () => {
    expect(servers(sport, FIVE, [serves('home'), ...upTo(11, 4)], 'hhh')).toBe('aah')
    expect(playOut(sport, FIVE, serves('home'), set(11, 4), set(4, 11)).detail.server).toBe('home')
  })

  it('until 2001: five each, from twenty all one', () => {
    const rules = rulesOf(sport, 'best-of-five', '1926')
    expect(servers(sport, rules, [serves('away')], 'hhhhhhhhhhh')).toBe('aaaaahhhhha')
    expect(servers(sport, rules, [serves('away'), ...upTo(19, 19)], 'hahaha')).toBe('hhahah')
  })

  it('2.13.3: follows from the points after a jump of the score', () => {
    expect(playOut(sport, FIVE, serves('home'), set(1, 0)).detail.server).toBe('home')
    expect(playOut(sport, FIVE, serves('home'), rallies('h'), set(3, 0)).detail.server).toBe('away')
  })

  it('2.14.1: is put right in the middle, and runs on from there', () => {
    const fixed = [serves('home'), ...rallies('hhh'), serves('home')]
    expect(servers(sport, FIVE, fixed, 'hhh')).toBe('haa')
    expect(playOut(sport, FIVE, ...fixed, set(11, 4)).detail.server).toBe('home')
  })
})

describe('the expedite system', () => {
  it('2.15.4: one service each', () => {
    expect(servers(sport, FIVE, [serves('home'), expedite()], 'hhhh')).toBe('haha')
  })

  it('2.15.3: between rallies who received the last one begins', () => {
    // Home served the second point.
    expect(servers(sport, FIVE, [serves('home'), ...rallies('hh'), expedite()], 'hhh')).toBe('aha')
    expect(servers(sport, FIVE, [serves('home'), ...rallies('h'), expedite()], 'hhh')).toBe('aha')
    // Away served the third.
    expect(servers(sport, FIVE, [serves('home'), ...rallies('hha'), expedite()], 'hhh')).toBe('hah')
  })

  it('2.15.3: in a rally its server serves again', () => {
    expect(servers(sport, FIVE, [serves('home'), ...rallies('h'), expedite({ inRally: true })], 'hhh')).toBe('hah')
  })

  it('2.15.6: stays on for the rest of the match', () => {
    expect(servers(sport, FIVE, [serves('home'), expedite(), ...upTo(11, 3)], 'hhh')).toBe('aha')
    expect(playOut(sport, FIVE, expedite(), set(11, 3)).detail.expedite).toBe(true)
  })

  it('2.15.4: thirteen returns are a point', () => {
    expect(playOut(sport, FIVE, expedite(), { kind: 'point', side: 'away', data: { how: 'returns' } }).line).toBe('0-1')
  })

  it('switched off, or voided, has the service derived again', () => {
    const on = [serves('home'), ...rallies('h'), expedite()]
    expect(servers(sport, FIVE, [...on, expedite({ off: true })], 'hhh')).toBe('haa')
    const { log } = playOut(sport, FIVE, ...on, rallies('hh'))
    expect(read(log).detail.server).toBe('away')
    log.add({ kind: 'void', voids: 3 })
    expect(read(log).detail).toMatchObject({ server: 'away', expedite: false })
    log.add({ kind: 'void', voids: 4 })
    expect(read(log).detail.server).toBe('away')
  })

  it('is said beside the score', () => {
    expect(sport.glance?.(playOut(sport, FIVE, rallies('h'), expedite()).game).middle).toBe('1–0, expedite')
  })
})

describe('ends, time-outs and penalties', () => {
  test.each<[string, TestPlay[], boolean]>([
    ['2.13.7: after a game', [set(11, 3)], true],
    ['2.13.7: at five in the last possible game', [...TWO_ALL, ...upTo(5, 3)], true],
    ['2.13.7: for who is there first', [...TWO_ALL, ...upTo(5, 4), ...rallies('a')], false],
    ['2.13.7: not in other games', upTo(5, 3), false],
  ])('%s', (_, plays, expected) => {
    expect(playOut(sport, FIVE, plays).detail.changeEnds).toBe(expected)
  })

  it('3.4.4.2: one time-out a match', () => {
    const { log } = playOut(sport, FIVE, rallies('h'), { kind: 'timeout', side: 'home' }, set(11, 3), rallies('a'))
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' })).warnings).toEqual(['no-timeout-left'])
    expect(log.marks(log.add({ kind: 'timeout', side: 'away' })).warnings).toBeUndefined()
  })

  it('counts a card and a time-out of a game that is over', () => {
    const late = (kind: string): TestPlay => ({ kind, side: 'home', period: 1 })
    const { detail } = playOut(sport, FIVE, set(11, 3), rallies('h'), late('yellowCard'), late('timeout'))
    expect(detail).toMatchObject({ cards: { yellow: { home: 1, away: 0 } }, timeouts: { home: 1, away: 0 } })
  })

  it('3.5.2.3: a warning, then one point, then two, and each is found again by a correction', () => {
    const penalty: TestPlay = { kind: 'redCard', side: 'away' }
    const { log } = playOut(sport, FIVE, { kind: 'yellowCard', side: 'home' }, penalty, penalty)
    expect(read(log).line).toBe('0-3')
    log.add({ kind: 'void', voids: 2 })
    expect(read(log)).toMatchObject({ line: '0-1', detail: { cards: { yellow: { home: 1, away: 0 }, red: { home: 1, away: 0 } } } })
  })

  it('3.5.2.3: points beyond the end of a game are nobody’s', () => {
    const plays: TestPlay[] = [...upTo(10, 3), { kind: 'redCard', side: 'home', data: { worth: 2 } }]
    expect(playOut(sport, FIVE, plays).line).toBe('11-3')
  })
})

describe('corrections', () => {
  it('give a point to the other side, with the service', () => {
    const { log } = playOut(sport, FIVE, serves('home'), upTo(11, 9), rallies('h'))
    log.add({ kind: 'point', side: 'away', replaces: 21 })
    expect(read(log)).toMatchObject({ line: '11-10', detail: { server: 'away' } })
  })

  it('open a game again, and a match', () => {
    const { log } = playOut(sport, FIVE, set(11, 3), set(11, 3), upTo(11, 9))
    expect(log.game().status).toBe('final')
    log.add({ kind: 'void', voids: log.head.seq })
    expect(read(log)).toMatchObject({ line: '11-3 11-3 10-9', game: { status: 'live' } })
  })

  it('take a jump of the score forth and back', () => {
    expect(playOut(sport, FIVE, rallies('hh'), set(3, 3), set(1, 0), set(3, 4), set(1, 1), set(4, 4), rallies('a')).line).toBe('4-5')
  })
})

it('groups: two points for a win, one for a loss, none for a match not played', () => {
  expect(sport.labels.tablePoints).toEqual({ win: 2, draw: 1, loss: 1, forfeitLoss: 0 })
})

it('offers thirteen returns under expedite alone, to who received', () => {
  const asks = (question: string, side: 'home' | 'away', ...plays: TestPlay[]) => {
    const { detail } = playOut(sport, FIVE, serves('home'), ...plays).game
    return sport.isAsked?.(question, { kind: 'point', side }, detail, detail)
  }
  expect(asks('how.returns', 'away')).toBe(false)
  expect(asks('how.returns', 'away', expedite())).toBe(true)
  expect(asks('how.returns', 'home', expedite())).toBe(false)
  // Nothing was interrupted before the first rally, and what was off is not switched off.
  expect([asks('inRally', 'home'), asks('inRally', 'home', ...rallies('h'))]).toEqual([false, true])
  expect([asks('off', 'home'), asks('off', 'home', expedite())]).toEqual([false, true])
})
