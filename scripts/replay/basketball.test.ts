import { describe, expect, test } from 'vitest'
import type { Game } from '#domain/game.ts'
import { sport } from '#domain/sports/basketball.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter, clockMs } from './basketball.ts'

type Recorded = Parameters<typeof adapter.game>[0]

const RECORD: Recorded = {
  id: 'invented-1',
  date: null,
  competition: 'Harbour League',
  home: 'Quayside Herons',
  away: 'Millbrook Foxes',
  events: [
    { period: 1, clock: '9:41', side: 'home', type: '2pt', player: 'Ada Lind' },
    { period: 1, clock: '0:00', side: 'away', type: 'ft', player: null },
    { period: 2, clock: '0:07.1', side: 'away', type: '3pt', player: 'Bo Vey' },
    { period: 4, clock: '5:00', side: 'home', type: 'ft' },
    { period: 4, clock: null, side: 'home', type: 'ft' },
    { period: 5, clock: '4:59', side: 'home', type: '2pt' },
    { period: 5, clock: '0:00', side: 'away', type: '2pt' },
    { period: 6, clock: '0:01', side: 'away', type: 'ft' },
  ],
  expected: {
    home: 6,
    away: 7,
    winner: 'away',
    periods: [
      [2, 1],
      [0, 3],
      [0, 0],
      [2, 0],
      [2, 2],
      [0, 1],
    ],
  },
}

/** The record as a game, played the way a server plays it. */
function play(record: Recorded): Game {
  const pack = sport.packs.find(({ id }) => id === adapter.game(record).rules?.pack)
  const log = new TestLog(sport, pack?.values)
  log.send(adapter.plays(record).plays)
  return log.game() as Game
}

describe('a recorded basketball game', () => {
  test('ends with its recorded score, quarters, overtimes and winner', () => {
    expect(adapter.compare(RECORD, play(RECORD))).toEqual([])
  })

  test('is the same without its result, and gives nothing', () => {
    expect(adapter.plays({ ...RECORD, expected: undefined })).toEqual(adapter.plays(RECORD))
    expect(adapter.plays(RECORD).given).toEqual([])
  })

  test('is compared to the last column, overtimes in one entry where the record has them so', () => {
    const periods = RECORD.expected?.periods ?? []
    const folded = [...periods.slice(0, 4), [2, 3]]
    const game = play(RECORD)
    expect(adapter.compare({ ...RECORD, expected: { home: 6, away: 7, winner: 'away', periods: folded } }, game)).toEqual([])
    expect(adapter.compare({ ...RECORD, expected: { home: 6, away: 8, winner: 'home', periods: folded } }, game)).toEqual([
      'score: recorded {"home":6,"away":8}, read {"home":6,"away":7}',
      'winner: recorded "home", read "away"',
    ])
    const wrong = [[3, 1], ...periods.slice(1)]
    expect(adapter.compare({ ...RECORD, expected: { home: 6, away: 7, periods: wrong } }, game)).toHaveLength(1)
  })

  test('plays all four quarters, scored in or not', () => {
    const early: Recorded = { ...RECORD, events: RECORD.events.slice(0, 1), expected: undefined }
    expect(play(early)).toMatchObject({ status: 'final', period: { number: 4 }, score: { home: 2, away: 0 } })
  })

  test('still going on is given its status, and what was only implied is taken back', () => {
    const live: Recorded = { ...RECORD, events: RECORD.events.slice(0, 3), expected: { home: 2, away: 4, status: 'live' } }
    const { plays, given } = adapter.plays(live)
    expect(given.at(-1)).toBe('status live')
    expect(plays.filter(({ data }) => data?.fromResult === true)).toHaveLength(given.length)
    expect(plays.filter(({ data }) => data?.fromResult !== true)).toEqual(adapter.plays({ ...live, expected: undefined }).plays)
    expect(play(live)).toMatchObject({ status: 'live', period: { number: 2 }, winner: null })
    expect(adapter.compare(live, play(live))).toEqual([])
  })

  test('given to a side without being played is its win', () => {
    const forfeit: Recorded = { ...RECORD, events: [], expected: { home: 0, away: 0, status: 'forfeit', winner: 'away' } }
    expect(adapter.compare(forfeit, play(forfeit))).toEqual([])
    expect(play(forfeit)).toMatchObject({ status: 'forfeited', winner: 'away' })
    expect(adapter.plays(forfeit).given).toEqual(['forfeit, away'])
  })

  test('has what is no kind of play and scores nothing beside it', () => {
    const events: Recorded['events'] = [...RECORD.events, { period: 4, clock: '0:00', side: 'home', type: 'jumpBall', points: 0 }]
    expect(adapter.compare(RECORD, play({ ...RECORD, events }))).toEqual([])
  })

  test('has the rules of its league, or those its clock tells of', () => {
    const packOf = (competition: string, clock: string) =>
      adapter.game({ ...RECORD, competition, events: [{ period: 1, clock, side: 'home', type: 'ft' }] }).rules?.pack
    expect(packOf('NBA 2015-16', '3:00')).toBe('nba')
    expect(packOf('Harbour League', '9:59')).toBe('fiba')
    expect(packOf('Harbour League', '11:59')).toBe('nba')
    expect(packOf('Harbour League', '19:20')).toBe('ncaa-men')
  })

  test('has clocks in minutes, seconds and tenths', () => {
    expect([clockMs('11:47'), clockMs('0:07.1'), clockMs('1:05.25'), clockMs(null), clockMs('half')]).toEqual([
      707_000,
      7100,
      65_250,
      undefined,
      undefined,
    ])
  })
})
