import { describe, expect, it, test } from 'vitest'
import { boxScore } from '../box-score.ts'
import { playOut, rallies as rallyPlays, read, rulesOf, servers, serves, set, upTo } from '../parts/test-rally.ts'
import type { LoggedPlay } from '../play.ts'
import type { TestPlay } from '../test-log.ts'
import { sayPlay } from '../words.ts'
import { sport } from './pickleball.ts'

const DOUBLES = rulesOf(sport, 'doubles')
const SINGLES = rulesOf(sport, 'singles')
const RALLY_2025 = rulesOf(sport, 'rally-21', '2025')
const RALLY_2026 = rulesOf(sport, 'rally-21', '2026')
const ONE_ALL = [set(11, 5), set(5, 11)]
const rallies = (text: string) => rallyPlays(text, 'rally')
const call = (rules: unknown, ...plays: (TestPlay | TestPlay[])[]) => {
  const { server, call: said } = playOut(sport, rules, ...plays).detail
  return `${String(server)[0]} ${said}`
}

describe('side-out scoring', () => {
  test.each<[string, string, string]>([
    ['4.B: doubles begin with the second server', '', 'h 0–0–2'],
    ['4.A: only the serving side scores', 'h', 'h 1–0–2'],
    ['4.B: the first rally lost is a side-out', 'a', 'a 0–0–1'],
    ['4.B: then a second server follows the first', 'ah', 'a 0–0–2'],
    ['4.B: and a side-out the second', 'ahh', 'h 0–0–1'],
    ['4.B: the score is called from the server’s side', 'hhaaaa', 'a 3–2–1'],
    ['a rally won on service keeps the server', 'aa', 'a 1–0–1'],
  ])('doubles, %s', (_, text, expected) => {
    expect(call(DOUBLES, serves('home'), rallies(text))).toBe(expected)
  })

  test.each<[string, string, string]>([
    ['there is one server', 'a', 'a 0–0'],
    ['and a side-out at each rally lost', 'aah', 'h 0–1'],
  ])('singles: %s', (_, text, expected) => {
    expect(call(SINGLES, serves('home'), rallies(text))).toBe(expected)
  })

  it('is to eleven by two, won on service', () => {
    const at = (text: string) => playOut(sport, SINGLES, serves('home'), set(10, 10), rallies(text))
    expect(at('h').line).toBe('11-10')
    expect(at('hh')).toMatchObject({ line: '12-10', game: { score: { home: 1, away: 0 } } })
    expect(at('haaa').line).toBe('11-12')
    expect(at('haaaa')).toMatchObject({ game: { score: { home: 0, away: 1 } } })
  })

  it('asks whose rally wins the game of the server alone', () => {
    const detail = playOut(sport, SINGLES, serves('home'), set(10, 10)).detail
    expect(detail.setPoint).toBeNull()
    expect(playOut(sport, SINGLES, serves('home'), set(10, 8)).detail.setPoint).toBe('home')
    expect(playOut(sport, SINGLES, serves('away'), set(10, 8), serves('away')).detail.setPoint).toBeNull()
  })

  test.each<[string, Record<string, unknown>, string, string]>([
    ['a side-out', DOUBLES, 'a', 'Rally Away, side-out'],
    ['who serves second', DOUBLES, 'ah', 'Rally Home, second server'],
    ['a side-out after both', DOUBLES, 'ahh', 'Rally Home, side-out'],
    ['no more of a point', DOUBLES, 'aa', 'Rally Away'],
    ['a side-out of one', SINGLES, 'ah', 'Rally Home, side-out'],
    ['nothing where every rally scores', RALLY_2025, 'a', 'Rally Away'],
  ])('says %s', (_, rules, text, expected) => {
    const { log } = playOut(sport, rules, serves('home'), rallies(text))
    const play = log.plays.at(-1) as LoggedPlay
    const side = play.side === 'home' ? 'Home' : 'Away'
    expect(sayPlay(sport, play, { side, player: null, rules, facts: log.marks(play.seq).facts })).toBe(expected)
  })

  it('5.B: changes who begins with each game', () => {
    expect(call(DOUBLES, serves('home'), set(11, 5))).toBe('a 0–0–2')
    expect(call({ ...DOUBLES, pointsPerSet: 3 }, serves('home'), rallies('haaaa'))).toBe('a 0–0–2')
    expect(call(DOUBLES, serves('home'), set(11, 5), set(11, 5, 2))).toBe('n null')
    expect(call(DOUBLES, serves('home'), set(11, 5), set(5, 11))).toBe('h 0–0–2')
  })

  it('takes a first rally before anybody said who serves as one won on service', () => {
    expect(call(DOUBLES, rallies('a'))).toBe('a 1–0–2')
  })

  it('takes points alone too, each by who served', () => {
    expect(playOut(sport, DOUBLES, upTo(3, 2), { kind: 'point', side: 'away' }).line).toBe('3-3')
    expect(call(DOUBLES, serves('home'), { kind: 'point', side: 'away' })).toBe('a 1–0–1')
  })
})

describe('rally scoring', () => {
  it('gives every rally a point, its winner serves, without a second server', () => {
    expect(call(RALLY_2026, serves('home'), rallies('haa'))).toBe('a 2–1')
    expect(servers(sport, RALLY_2026, [serves('home')], 'haah', 'rally')).toBe('hhaa')
  })

  it('12.B.1.c in 2025: the point that wins is scored on service', () => {
    const at = playOut(sport, RALLY_2025, serves('away'), set(20, 10), serves('away'), rallies('h'))
    expect(at).toMatchObject({ line: '20-10', detail: { server: 'home' } })
    at.log.add(...rallies('h'))
    expect(at.log.game()).toMatchObject({ status: 'final', winner: 'home' })
  })

  it('2026: either side may win it', () => {
    const at = playOut(sport, RALLY_2026, serves('away'), set(20, 10), serves('away'), rallies('h'))
    expect(at.game).toMatchObject({ status: 'final', winner: 'home', score: { home: 1, away: 0 } })
  })
})

describe('ends', () => {
  test.each<[string, Record<string, unknown>, TestPlay[], boolean]>([
    ['5.B: after a game', DOUBLES, [set(11, 5)], true],
    ['5.B: at six in the third game', DOUBLES, [...ONE_ALL, ...upTo(6, 3)], true],
    ['5.B: not in others', DOUBLES, upTo(6, 3), false],
    ['5.B: at eight in a game to 15', rulesOf(sport, 'doubles-15'), upTo(8, 3), true],
    ['5.B: at eleven in a game to 21', rulesOf(sport, 'doubles-21'), upTo(11, 3), true],
    ['one game to seven: at four', rulesOf(sport, 'to-7'), upTo(4, 3), true],
  ])('%s', (_, rules, plays, expected) => {
    expect(playOut(sport, rules, plays).detail.changeEnds).toBe(expected)
  })

  it('is asked for once, rallies without a point included', () => {
    const six = playOut(sport, DOUBLES, ...ONE_ALL, serves('home'), upTo(6, 3), serves('home', { number: 2 }), rallies('a'))
    expect(six.detail.changeEnds).toBe(false)
  })
})

describe('corrections', () => {
  it('give a rally to the other side, with the server and the number', () => {
    const { log } = playOut(sport, DOUBLES, serves('home'), rallies('hah'))
    expect(read(log)).toMatchObject({ line: '1-0', detail: { server: 'away', serverNumber: 2 } })
    log.add({ kind: 'rally', side: 'away', replaces: 4 })
    expect(read(log)).toMatchObject({ line: '1-1', detail: { server: 'away', serverNumber: 1 } })
  })

  it('put the server’s number right', () => {
    expect(call(DOUBLES, serves('home'), rallies('ah'), serves('away', { number: 1 }))).toBe('a 0–0–1')
  })

  it('open a game again that was closed too early', () => {
    const { log } = playOut(sport, DOUBLES, serves('home'), set(10, 3), rallies('h'))
    expect(read(log)).toMatchObject({ line: '11-3', detail: { server: 'away' } })
    log.add({ kind: 'void', voids: log.head.seq })
    expect(read(log)).toMatchObject({ line: '10-3', detail: { server: 'home', serverNumber: 2 } })
  })

  it('refuse a late rally, whose worth nobody knows', () => {
    const { log } = playOut(sport, DOUBLES, set(11, 3), upTo(1, 0))
    expect(log.refusal({ kind: 'rally', side: 'home', period: 1 })).toBe('Game 1 is over: give its whole score.')
    expect(log.refusal(set(11, 5, 1))).toBeNull()
  })
})

describe('penalties and time-outs', () => {
  it('13.G: a technical foul takes a point off, or gives one where there is none', () => {
    const foul: TestPlay = { kind: 'technicalFoul', side: 'away' }
    expect(playOut(sport, DOUBLES, serves('home'), upTo(3, 2), foul)).toMatchObject({ line: '2-2' })
    expect(playOut(sport, DOUBLES, serves('home'), foul)).toMatchObject({ line: '0-1', detail: { server: 'home', serverNumber: 2 } })
    const { log } = playOut(sport, DOUBLES, serves('home'), upTo(3, 2), foul)
    log.add({ kind: 'void', voids: log.head.seq })
    expect(read(log).line).toBe('3-2')
  })

  it('10.A: two time-outs a game to 11, three to 21', () => {
    const timeout: TestPlay = { kind: 'timeout', side: 'home' }
    const { log } = playOut(sport, DOUBLES, rallies('h'), timeout, timeout)
    expect(log.marks(log.add(timeout)).warnings).toEqual(['no-timeout-left'])
    const long = playOut(sport, rulesOf(sport, 'doubles-21'), rallies('h'), timeout, timeout)
    expect(long.log.marks(long.log.add(timeout)).warnings).toBeUndefined()
  })
})

it('counts rallies on service, points or not', () => {
  const { log } = playOut(sport, SINGLES, serves('home'), rallies('hahh'))
  const rows = boxScore(sport, SINGLES, log.plays).at(-1)?.rows ?? []
  expect(Object.fromEntries(rows.map(({ label, cells }) => [label, [cells.home, cells.away]]))).toMatchObject({
    Points: [2, 0],
    'Won serving': ['2/3', '0/1'],
  })
})

it('is told with the server beside the side', () => {
  expect(sport.glance?.(playOut(sport, DOUBLES, serves('home'), rallies('h')).game)).toMatchObject({
    home: 'Server 2',
    middle: '1–0',
    mark: 'home',
  })
})

it('asks which server it is only where there are two and the game has begun', () => {
  const asks = (rules: Record<string, unknown>, ...plays: TestPlay[]) => {
    const { detail } = playOut(sport, rules, serves('home'), ...plays).game
    return sport.isAsked?.('number', { kind: 'server', side: 'home' }, detail, detail)
  }
  expect([asks(DOUBLES), asks(DOUBLES, ...rallies('h'))]).toEqual([false, true])
  expect([asks(SINGLES, ...rallies('h')), asks(RALLY_2026, ...rallies('h'))]).toEqual([false, false])
})
