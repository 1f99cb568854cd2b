import { describe, expect, test } from 'vitest'
import type { Game } from '#domain/game.ts'
import { sport } from '#domain/sports/rugby-union.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter } from './rugby-union.ts'

type Recorded = Parameters<typeof adapter.game>[0]
type Event = Recorded['events'][number]

const event = (minute: number | null, side: 'home' | 'away', type: string, player: string | null = null): Event => ({
  minute,
  side,
  type,
  player,
})
const record = (events: readonly Event[], expected: Recorded['expected'], date = '2022-10-01'): Recorded => ({
  id: 'invented-1',
  date,
  competition: 'harbour-cup-2022-2023',
  home: 'Quayside',
  away: 'Millbrook',
  events,
  expected,
})

/** The record as a game, played the way a server plays it, under the pack of its date. */
function play(recorded: Recorded): Game {
  const packs = sport.packs
    .filter(pack => pack.isDefault && pack.from <= (recorded.date ?? '2099'))
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))
  const log = new TestLog(sport, { ...(packs[0]?.values as object), ...adapter.game(recorded).rules?.values })
  log.send(adapter.plays(recorded).plays)
  return log.game() as Game
}
const columns = (game: Game) => game.linescore.columns.map(({ label, home, away }) => `${label} ${home}-${away}`).join(', ')

function expectHeld(recorded: Recorded): Game {
  const game = play(recorded)
  expect(adapter.compare(recorded, game)).toEqual([])
  expect(adapter.plays({ ...recorded, expected: undefined })).toEqual(adapter.plays(recorded))
  return game
}

describe('a recorded game of rugby union', () => {
  test('has its halves from the minutes, a kick after the whistle with its try', () => {
    const game = expectHeld(
      record(
        [
          event(0, 'away', 'penaltyGoal'),
          event(40, 'home', 'try', 'Ada Lind'),
          event(41, 'home', 'conversion', 'Bo Vey'),
          event(41, 'away', 'dropGoal'),
          event(60, 'away', 'penaltyMissed'),
          event(83, 'home', 'dropGoalMissed'),
        ],
        { home: 7, away: 6, winner: 'home', tries: [1, 0] },
      ),
    )
    expect(columns(game)).toBe('1H 7-3, 2H 0-3')
    expect(game.statusReason).toBe('regulation')
  })

  test('a kick told after a score by the others still belongs to its try', () => {
    const game = expectHeld(
      record([event(40, 'home', 'try'), event(41, 'away', 'penaltyGoal'), event(41, 'home', 'conversion')], {
        home: 7,
        away: 3,
        winner: 'home',
      }),
    )
    expect(columns(game)).toBe('1H 7-0, 2H 0-3')
  })

  test('kicks that the minute alone has put before their try, or behind the next one, follow their own', () => {
    expectHeld(record([event(12, 'home', 'conversion'), event(12, 'home', 'try')], { home: 7, away: 0, winner: 'home' }))
    expectHeld(
      record([event(70, 'away', 'try'), event(71, 'away', 'try'), event(71, 'away', 'conversion'), event(72, 'away', 'conversionMissed')], {
        home: 0,
        away: 12,
        winner: 'away',
      }),
    )
  })

  test('a kick told after a penalty try, which has none, follows the try before', () => {
    const events = [event(59, 'home', 'try'), event(60, 'home', 'penaltyTry'), event(60, 'home', 'conversion')]
    expectHeld(record(events, { home: 14, away: 0, winner: 'home', tries: [2, 0] }))
  })

  test('a penalty try is worth what it was on the day, and has no player', () => {
    expectHeld(record([event(30, 'home', 'penaltyTry', 'Penalty try')], { home: 7, away: 0, winner: 'home', tries: [1, 0] }))
    const old = record(
      [event(30, 'home', 'penaltyTry', 'Penalty try'), event(31, 'home', 'conversion')],
      { home: 7, away: 0, winner: 'home' },
      '2011-09-22',
    )
    expectHeld(old)
    expect(adapter.plays(old).plays.find(({ kind }) => kind === 'penaltyTry')).not.toHaveProperty('player')
  })

  test('a penalty try is worth what its own record says, where the day is another season’s', () => {
    const by = (points?: number) =>
      record(
        [
          { ...event(30, 'home', 'penaltyTry'), points },
          { ...event(31, 'home', 'conversion'), points: 2 },
        ],
        { home: 7, away: 0, winner: 'home', tries: [1, 0] },
        '2019-06-17',
      )
    for (const told of [by(5), by()]) {
      expect(adapter.game(told).rules).toEqual({ values: { penaltyTryPoints: 5, penaltyTryKick: true } })
      expectHeld(told)
    }
    const seven = record([{ ...event(30, 'home', 'penaltyTry'), points: 7 }], { home: 7, away: 0, winner: 'home' }, '2016-10-01')
    expect(adapter.game(seven).rules).toEqual({ values: { penaltyTryPoints: 7, penaltyTryKick: false } })
    expectHeld(seven)
  })

  test('a kick told long after its try, before it or without a minute is still its own', () => {
    expectHeld(record([event(10, 'home', 'try'), event(55, 'home', 'conversion')], { home: 7, away: 0, winner: 'home' }))
    expectHeld(record([event(10, 'home', 'conversion'), event(55, 'home', 'try')], { home: 7, away: 0, winner: 'home' }))
    const untold = [event(null, 'home', 'try'), event(60, 'away', 'penaltyGoal'), event(61, 'home', 'conversion')]
    expectHeld(record(untold, { home: 7, away: 3, winner: 'home' }))
  })

  test('of a kick told twice the one that counted is kept, and one without a try is a note', () => {
    const retaken = [event(10, 'home', 'try'), event(11, 'home', 'conversionMissed'), event(11, 'home', 'conversion')]
    expectHeld(record([...retaken, event(20, 'home', 'try'), event(21, 'home', 'conversion')], { home: 14, away: 0, winner: 'home' }))
    const none = record([event(10, 'home', 'conversionMissed'), event(30, 'away', 'penaltyGoal')], { home: 0, away: 3, winner: 'away' })
    expectHeld(none)
    expect(adapter.plays(none).plays.find(({ kind }) => kind === 'note')).toMatchObject({
      side: 'home',
      data: { text: 'Conversion missed' },
    })
  })

  test('level after stoppage time and played on beyond ninety minutes had extra time', () => {
    const level = [event(20, 'home', 'penaltyGoal'), event(84, 'away', 'penaltyGoal')]
    const game = expectHeld(
      record([...level, event(87, 'home', 'penaltyGoal'), event(97, 'away', 'try')], { home: 6, away: 8, winner: 'away' }),
    )
    expect(columns(game)).toBe('1H 3-0, 2H 0-3, ET1 3-0, ET2 0-5')
    const stoppage = expectHeld(record([event(20, 'home', 'penaltyGoal'), event(92, 'away', 'try')], { home: 3, away: 5, winner: 'away' }))
    expect(columns(stoppage)).toBe('1H 3-0, 2H 0-5')
  })

  test('without a score is a draw, and what has no minute stands where play is', () => {
    expect(columns(expectHeld(record([], { home: 0, away: 0, winner: 'draw' })))).toBe('1H 0-0, 2H 0-0')
    const game = expectHeld(record([event(50, 'home', 'try'), event(null, 'home', 'conversion')], { home: 7, away: 0, winner: 'home' }))
    expect(columns(game)).toBe('1H 0-0, 2H 7-0')
  })

  test('level with a winner was decided by kicks that nobody recorded', () => {
    const events = [event(20, 'home', 'penaltyGoal'), event(70, 'away', 'dropGoal')]
    const decided = record(events, { home: 3, away: 3, winner: 'away', tries: [0, 0] })
    expect(adapter.compare(decided, play(decided))).toEqual([])
    expect(play(decided)).toMatchObject({ statusReason: 'shootout', score: { home: 3, away: 3 } })
    expect(adapter.plays(decided).given).toEqual(['kicking competition won by away: no kicks recorded'])
    const { plays } = adapter.plays(decided)
    expect(adapter.plays({ ...decided, expected: undefined })).toEqual({ plays: plays.slice(0, -1), given: [] })
    const broken = record([...events, event(71, 'home', 'penaltyGoal')], { home: 6, away: 3, winner: 'away' })
    expect(adapter.plays(broken).given).toEqual([])
  })

  test('has what is no kind of play and scores nothing beside it', () => {
    const events = [event(20, 'home', 'penaltyGoal'), event(70, 'away', 'videoCheck')]
    expectHeld(record(events, { home: 3, away: 0, winner: 'home' }))
  })

  test('that differs from its result says where', () => {
    const expected = { home: 5, away: 0, winner: 'home' as const, tries: [1, 0] }
    expect(adapter.compare(record([], expected), play(record([event(3, 'home', 'penaltyGoal')], undefined)))).toEqual([
      'score: recorded {"home":5,"away":0}, read {"home":3,"away":0}',
      'tries: recorded [1,0], read [0,0]',
    ])
  })
})
