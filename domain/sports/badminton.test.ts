import { describe, expect, it, test } from 'vitest'
import { playOut, rallies, read, rulesOf, servers, serves, set, upTo } from '../parts/test-rally.ts'
import type { TestPlay } from '../test-log.ts'
import { sport } from './badminton.ts'

const TO_21 = rulesOf(sport, 'bwf', '2006')
const TO_15 = rulesOf(sport, 'bwf', '2027')
const ONE_ALL = [set(21, 15), set(15, 21)]
/** Level at so many, then one point more for each letter. */
const from = (points: number, text: string) => [...upTo(points, points), ...rallies(text)]

describe('a game', () => {
  test.each<[string, Record<string, unknown>, TestPlay[], string, number]>([
    ['7.2: 21 points', TO_21, upTo(21, 19), '21-19', 1],
    ['7.4: two ahead at 20-all', TO_21, from(20, 'h'), '21-20', 0],
    ['7.4: won 22–20', TO_21, from(20, 'hh'), '22-20', 1],
    ['7.5: at 29-all the thirtieth point wins', TO_21, from(29, 'h'), '30-29', 1],
    ['7.5: 29–28 is not the end', TO_21, from(28, 'h'), '29-28', 0],
    ['from 2027: 15 points', TO_15, upTo(15, 13), '15-13', 1],
    ['from 2027: two ahead at 14-all', TO_15, from(14, 'h'), '15-14', 0],
    ['from 2027: at 20-all the twenty-first point wins', TO_15, from(20, 'h'), '21-20', 1],
    ['five games to 11: at 14-all the fifteenth wins', rulesOf(sport, '5x11'), from(14, 'h'), '15-14', 1],
  ])('%s', (_, rules, plays, line, home) => {
    const after = playOut(sport, rules, plays)
    expect(after.line).toBe(line)
    expect(after.game.score).toEqual({ home, away: 0 })
  })

  it.each([
    ['2026-12-31', 'Best of three to 21'],
    ['2027-01-04', 'Best of three to 15'],
  ])('on %s is by default: %s', (date, name) => {
    const packs = sport.packs.filter(({ isDefault, from }) => isDefault && from <= date)
    expect(packs.sort((a, b) => (a.from < b.from ? 1 : -1))[0]?.name).toBe(name)
  })

  test.each([
    [set(31, 29), '31–29 is not the score of a game under these rules.'],
    [set(30, 30), '30–30 is not the score of a game under these rules.'],
    [set(22, 15), '22–15 is not the score of a game under these rules.'],
    [set(30, 28), null],
    [set(30, 29), null],
    [set(29, 29), null],
  ] as [TestPlay, string | null][])('is refused or not as it can have been: %j', (play, reason) => {
    expect(playOut(sport, TO_21, rallies('h')).log.refusal(play)).toBe(reason)
  })

  it('7.1: two of three are the match', () => {
    expect(playOut(sport, TO_21, ...ONE_ALL, set(30, 29)).game).toMatchObject({
      status: 'final',
      winner: 'home',
      score: { home: 2, away: 1 },
    })
  })
})

describe('the service', () => {
  it('10.3: goes to who wins the rally, from the court of the own score', () => {
    const courts = ['']
      .concat([...'hhaah'])
      .map((_, i, all) => playOut(sport, TO_21, serves('home'), rallies(all.slice(0, i + 1).join(''))))
    expect(courts.map(({ detail }) => `${String(detail.server)[0]} ${detail.court}`)).toEqual([
      'h right',
      'h left',
      'h right',
      'a left',
      'a right',
      'h left',
    ])
    expect(sport.glance?.(courts[3]?.game as never)).toMatchObject({ away: 'Left court', mark: 'away', middle: '2–1' })
  })

  it('7.6: begins the next game with its winner', () => {
    expect(playOut(sport, TO_21, serves('home'), set(15, 21)).detail).toMatchObject({ server: 'away', court: 'right' })
    expect(servers(sport, TO_21, [serves('home'), set(15, 21)], 'aah')).toBe('aaa')
  })

  it('is unknown until somebody says, or the first rally does', () => {
    expect(playOut(sport, TO_21).detail).toMatchObject({ server: null, court: null })
    expect(playOut(sport, TO_21, rallies('a')).detail).toMatchObject({ server: 'away', court: 'left' })
  })

  it('is put right by a play of its own', () => {
    expect(playOut(sport, TO_21, serves('home'), rallies('h'), serves('away')).detail).toMatchObject({ server: 'away', court: 'right' })
  })
})

describe('intervals and ends', () => {
  test.each<[string, Record<string, unknown>, TestPlay[], string | null, boolean]>([
    ['16.2.1: interval at 11', TO_21, upTo(11, 7), 'Interval', false],
    ['16.2.1: for who is there first', TO_21, [...upTo(11, 10), ...rallies('a')], null, false],
    ['16.2.1: once', TO_21, [...upTo(11, 7), ...rallies('a')], null, false],
    ['8.1.1: ends after the game', TO_21, upTo(21, 7), null, true],
    ['8.1.3: ends at 11 in the third', TO_21, [...ONE_ALL, ...upTo(11, 7)], 'Interval', true],
    ['from 2027: interval at 8', TO_15, upTo(8, 7), 'Interval', false],
    ['from 2027: ends at 8 in the third', TO_15, [set(15, 9), set(9, 15), ...upTo(8, 7)], 'Interval', true],
    ['one game: no change at 11', rulesOf(sport, 'one-game'), upTo(11, 7), 'Interval', false],
  ])('%s', (_, rules, plays, pause, changeEnds) => {
    expect(playOut(sport, rules, plays).detail).toMatchObject({ pause, changeEnds })
  })
})

describe('corrections', () => {
  it('give a point to the other side, with service and court', () => {
    const { log } = playOut(sport, TO_21, serves('home'), rallies('hhh'))
    log.add({ kind: 'point', side: 'away', replaces: 4 })
    expect(read(log)).toMatchObject({ line: '2-1', detail: { server: 'away', court: 'left' } })
  })

  it('open a game again that was closed too early', () => {
    const { log } = playOut(sport, TO_21, from(20, 'hh'), rallies('a'))
    log.add({ kind: 'void', voids: 42 })
    expect(read(log)).toMatchObject({ line: '21-21', game: { score: { home: 0, away: 0 } } })
  })
})

describe('around the rallies', () => {
  it('16.7: a red card is a fault, and so a point and the service', () => {
    const { line, detail } = playOut(sport, TO_21, serves('home'), { kind: 'redCard', side: 'away' })
    expect(line).toBe('0-1')
    expect(detail).toMatchObject({ server: 'away', cards: { red: { home: 1, away: 0 } } })
  })

  it('14: a let changes nothing', () => {
    expect(playOut(sport, TO_21, rallies('h'), { kind: 'let' }).line).toBe('1-0')
  })

  it('ends by retirement with the games as they stood, the winner known or not', () => {
    const end = (data: object): TestPlay => ({ kind: 'gameEnd', data: { how: 'retired', ...data } })
    const known = playOut(sport, TO_21, set(21, 13), upTo(4, 2), end({ winner: 'away' }))
    expect(known.game).toMatchObject({ status: 'final', statusReason: 'retired', winner: 'away', score: { home: 1, away: 0 } })
    expect(known.line).toBe('21-13 4-2')
    expect(playOut(sport, TO_21, upTo(4, 2), end({})).game.winner).toBeNull()
  })

  it('a black card ends it', () => {
    const { game } = playOut(sport, TO_21, rallies('h'), { kind: 'gameEnd', data: { how: 'disqualified', winner: 'away' } })
    expect(game).toMatchObject({ status: 'forfeited', winner: 'away', score: { home: 0, away: 0 } })
  })
})
