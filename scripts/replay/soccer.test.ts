import { describe, expect, test } from 'vitest'
import type { Game } from '#domain/game.ts'
import { sport } from '#domain/sports/soccer.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter } from './soccer.ts'

type Recorded = Parameters<typeof adapter.game>[0]
type Event = Recorded['events'][number]

const goal = (minute: number, side: 'home' | 'away', more: Partial<Event> = {}): Event => ({ minute, side, type: 'goal', ...more })
const record = (events: readonly Event[], expected: Recorded['expected'], more: Partial<Recorded> = {}): Recorded => ({
  id: 'invented-1',
  date: '2019-05-04',
  competition: 'Harbour Cup',
  home: 'Quayside',
  away: 'Millbrook',
  events,
  expected,
  ...more,
})

/** The record as a game, played the way a server plays it. */
function play(recorded: Recorded): Game {
  const log = new TestLog(sport)
  log.send(adapter.plays(recorded).plays)
  return log.game() as Game
}
const columns = (game: Game) => game.linescore.columns.map(({ label, home, away }) => `${label} ${home}-${away}`).join(', ')

/** It holds, and what is not listed as given does not depend on the result. */
function expectHeld(recorded: Recorded): Game {
  const game = play(recorded)
  expect(adapter.compare(recorded, game)).toEqual([])
  const { plays, given } = adapter.plays(recorded)
  const own = plays.filter(({ data }) => data?.fromResult !== true)
  expect(adapter.plays({ ...recorded, expected: undefined })).toEqual({ plays: own, given: [] })
  expect(plays.length - own.length).toBe(given.length)
  return game
}

describe('a recorded soccer game', () => {
  test('with minutes alone has its halves from them', () => {
    const game = expectHeld(
      record([goal(45, 'home'), goal(46, 'away', { type: 'ownGoal' }), goal(90, 'home')], { home: 2, away: 1, winner: 'home' }),
    )
    expect(columns(game)).toBe('1H 1-0, 2H 1-1')
  })

  test('without goals plays two halves and is a draw', () => {
    const game = expectHeld(record([], { home: 0, away: 0, winner: 'draw' }))
    expect(game).toMatchObject({ status: 'final', statusReason: 'regulation' })
    expect(columns(game)).toBe('1H 0-0, 2H 0-0')
  })

  test('with goals past the ninetieth minute has extra time', () => {
    const game = expectHeld(record([goal(97, 'home'), goal(120, 'away')], { home: 1, away: 1, winner: 'tie' }))
    expect(game.statusReason).toBe('overtime')
    expect(columns(game)).toBe('1H 0-0, 2H 0-0, ET1 1-0, ET2 0-1')
  })

  test('has no second half of extra time that nothing tells of in the years of golden goals', () => {
    const golden = record([goal(104, 'home')], { home: 1, away: 0, winner: 'home' }, { date: '2000-07-02' })
    expect(columns(expectHeld(golden))).toBe('1H 0-0, 2H 0-0, ET1 1-0')
    expect(columns(expectHeld({ ...golden, date: '02/07/2000' }))).toBe('1H 0-0, 2H 0-0, ET1 1-0')
    const level = record([goal(93, 'home'), goal(96, 'away')], { home: 1, away: 1, winner: 'draw' }, { date: '2000-07-02' })
    expect(columns(expectHeld(level))).toBe('1H 0-0, 2H 0-0, ET1 1-1, ET2 0-0')
    expect(columns(expectHeld({ ...golden, date: '2010-07-02' }))).toBe('1H 0-0, 2H 0-0, ET1 1-0, ET2 0-0')
  })

  test('with periods, stoppage time, cards and kicks keeps the shoot-out apart', () => {
    const kick = (side: 'home' | 'away', type = 'shootoutGoal') => ({ period: 5, minute: 120, side, type })
    const events: Event[] = [
      goal(45, 'home', { period: 1, added: 2, type: 'penaltyGoal', player: 'Ada Lind' }),
      goal(90, 'away', { period: 2, added: 9 }),
      kick('home'),
      kick('away', 'shootoutMiss'),
      { period: 4, minute: 120, side: 'away', type: 'yellowCard' },
      kick('home'),
    ]
    const game = expectHeld(record(events, { home: 1, away: 1, winner: 'home', ht: [1, 0], ft90: [1, 1], shootout: [2, 0] }))
    expect(columns(game)).toBe('1H 1-0, 2H 0-1, ET1 0-0, ET2 0-0')
    expect(adapter.plays(record(events, undefined)).given).toEqual([])
  })

  test('with kicks at the end of ninety minutes had no extra time', () => {
    const kick: Event = { period: 5, minute: 90, side: 'away', type: 'shootoutGoal' }
    expect(columns(expectHeld(record([kick], { home: 0, away: 0, winner: 'away', shootout: [0, 1] })))).toBe('1H 0-0, 2H 0-0')
  })

  test('of a knock-out round goes to extra time when level, its kicks given as a tally', () => {
    const expected = { home: 0, away: 0, winner: 'away' as const, shootout: [2, 4] as const }
    const final = record(
      [],
      {
        ...expected,
        periods: [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      },
      { competition: 'Harbour Cup 2019 SF' },
    )
    expect(expectHeld(final).detail.shootout).toEqual({ home: 2, away: 4, kicks: [] })
    expect(adapter.plays(final).given).toEqual(['shoot-out 2–4: no kicks recorded'])
  })

  test('of a World Cup has extra time in rounds written out, in other cups a second leg may stay level', () => {
    const level = (competition: string) => columns(play(record([], undefined, { competition })))
    for (const round of ['Round of 16', 'Quarter-finals', 'Semi-final', 'Match for third place', 'Final']) {
      expect(level(`FIFA World Cup 2018 ${round}`), round).toBe('1H 0-0, 2H 0-0, ET1 0-0, ET2 0-0')
    }
    expect(level('FIFA World Cup 2018 Group H')).toBe('1H 0-0, 2H 0-0')
    expect(level('harbour-cup semifinals')).toBe('1H 0-0, 2H 0-0')
  })

  test('still in its kicks is live, as they stand', () => {
    const kicks = ['shootoutGoal', 'shootoutMiss'].map(type => ({ period: 5, minute: 120, side: 'home' as const, type }))
    expectHeld(record(kicks, { home: 0, away: 0, status: 'live', shootout: [1, 0] }))
  })

  test('has what is no kind of play and scores nothing beside it', () => {
    const check: Event = { minute: 30, side: 'home', type: 'videoCheck', points: 0 }
    expectHeld(record([check, goal(31, 'away')], { home: 0, away: 1, winner: 'away' }))
    expect(adapter.plays(record([check], undefined)).plays[1]).toMatchObject({ kind: 'note', side: 'home', data: { text: 'videoCheck' } })
    expect(() => expectHeld(record([{ ...check, points: 1 }], { home: 1, away: 0 }))).toThrow('videoCheck')
  })

  test('decided by kicks of which only the winner is known is given that winner, against the score of a second leg too', () => {
    const level = record([goal(20, 'home'), goal(30, 'away')], { home: 1, away: 1, winner: 'home', shootoutWinner: 'home' })
    expect(expectHeld(level)).toMatchObject({ statusReason: 'shootout', winner: 'home' })
    expect(adapter.plays(level).given).toEqual(['shoot-out won by home: no kicks recorded'])
    expectHeld(record([goal(20, 'home')], { home: 1, away: 0, winner: 'away', shootoutWinner: 'away' }))
  })

  test('postponed, or still going on, is given its status alone', () => {
    const postponed = expectHeld(record([], { home: 0, away: 0, status: 'postponed' }))
    expect(postponed).toMatchObject({ status: 'postponed', period: null, linescore: { columns: [] } })
    const first = expectHeld(record([], { home: 0, away: 0, status: 'live' }))
    expect(first).toMatchObject({ status: 'live', period: { number: 1 } })
    const second = expectHeld(record([goal(58, 'away')], { home: 0, away: 1, status: 'live' }))
    expect(second).toMatchObject({ status: 'live', period: { number: 2 }, winner: null })
  })

  test('that differs from its result says where', () => {
    const expected = { home: 2, away: 0, winner: 'home' as const, ht: [1, 0] as const, shootoutWinner: 'home' as const }
    expect(adapter.compare(record([], expected), play(record([goal(60, 'home')], undefined)))).toEqual([
      'score: recorded {"home":2,"away":0}, read {"home":1,"away":0}',
      'half-time: recorded [1,0], read [0,0]',
      'decided by: recorded "shootout", read "regulation"',
    ])
  })

  test('is compared after extra time, and by who won the kicks, where the record tells', () => {
    const events = [goal(97, 'home'), goal(120, 'away')]
    const game = play(record(events, { home: 1, away: 1, winner: 'home', shootoutWinner: 'home' }))
    const told = (expected: object) => adapter.compare(record(events, { home: 1, away: 1, ...expected }), game)
    expect(told({ aet: [1, 1], shootoutWinner: 'home' })).toEqual([])
    expect(told({ aet: [1, 0] })).toEqual(['after extra time: recorded [1,0], read [1,1]'])
    expect(told({ shootoutWinner: 'away' })).toEqual(['winner of the shoot-out: recorded "away", read "home"'])
  })

  test('carries minutes, the clock that goes with them, and players', () => {
    const { plays } = adapter.plays(
      record([goal(45, 'home', { added: 2, player: 'Ada Lind' }), { side: 'home', type: 'redCard' }], undefined),
    )
    expect(plays[1]).toEqual({
      id: 'replay-00002',
      kind: 'goal',
      side: 'home',
      period: 1,
      clockMs: 46 * 60_000,
      player: 'Ada Lind',
      data: { minute: 45, added: 2 },
    })
    expect(plays[2]).toEqual({ id: 'replay-00003', kind: 'redCard', side: 'home' })
  })
})
