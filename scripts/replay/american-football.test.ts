import { describe, expect, test } from 'vitest'
import type { Game } from '#domain/game.ts'
import { sport } from '#domain/sports/american-football.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter } from './american-football.ts'

type Recorded = Parameters<typeof adapter.game>[0]
type Event = Recorded['events'][number]

const event = (period: number, clock: string | null, side: 'home' | 'away', type: string, text?: string): Event => ({
  period,
  clock,
  side,
  type,
  text,
})
const record = (events: readonly Event[], expected: Recorded['expected'], more: Partial<Recorded> = {}): Recorded => ({
  id: 'invented-1',
  date: '2016-10-02',
  competition: 'Harbour League 2016 REG wk4',
  home: 'Quayside',
  away: 'Millbrook',
  events,
  expected,
  ...more,
})

/** The record as a game, played the way a server plays it. */
function play(recorded: Recorded): Game {
  const id = adapter.game(recorded).rules?.pack ?? 'nfl'
  const packs = sport.packs
    .filter(pack => pack.id === id && pack.from <= (recorded.date ?? '2099'))
    .toSorted((a, b) => (a.from < b.from ? 1 : -1))
  const log = new TestLog(sport, packs[0]?.values)
  log.send(adapter.plays(recorded).plays)
  return log.game() as Game
}

function expectHeld(recorded: Recorded): Game {
  const game = play(recorded)
  expect(adapter.compare(recorded, game)).toEqual([])
  expect(adapter.plays({ ...recorded, expected: undefined })).toEqual(adapter.plays(recorded))
  expect(adapter.plays(recorded).given).toEqual([])
  return game
}

describe('a recorded game of American football', () => {
  test('with tries of every kind has its quarters', () => {
    expectHeld(
      record(
        [
          event(1, '10:00', 'home', 'touchdown', 'A.Marsh 12 yd. pass from B.Hill (C.Wood kick is good)'),
          event(1, '10:00', 'home', 'extraPoint', 'C.Wood kick is good'),
          event(2, '0:04', 'away', 'touchdown', 'D.Reed 3 yd. run (pass failed)'),
          event(2, '0:04', 'away', 'twoPointFailed', 'pass failed'),
          event(3, null, 'away', 'safety', 'A.Marsh tackled in end zone by D.Reed for a Safety'),
          event(4, '9:00', 'home', 'touchdown', 'A.Marsh 1 yd. pass from B.Hill'),
          event(4, '8:52', 'away', 'defensiveTwoPoint', 'D.Reed defensive two point conversion'),
          event(4, '1:00', 'away', 'touchdown'),
          event(4, '1:00', 'away', 'extraPointMissed', 'kick blocked'),
          event(4, '0:00', 'home', 'fieldGoal', 'C.Wood 41 yd. Field Goal Drive: 5 plays, 20 yards in 0:58'),
        ],
        {
          home: 16,
          away: 16,
          winner: 'tie',
          periods: [
            [7, 0],
            [0, 6],
            [0, 2],
            [9, 8],
            [0, 0],
          ],
        },
      ),
    )
  })

  test('ends with a touchdown that has no try', () => {
    const game = expectHeld(
      record([event(4, '0:00', 'away', 'touchdown', 'D.Reed 80 yd. punt return')], { home: 0, away: 6, winner: 'away' }),
    )
    expect(game.period?.label).toBe('Q4')
  })

  test('has an overtime whose second one the record folds into it', () => {
    const game = expectHeld(
      record(
        [event(4, '0:30', 'home', 'fieldGoal'), event(4, '0:02', 'away', 'fieldGoal'), event(6, '13:18', 'away', 'fieldGoal')],
        {
          home: 3,
          away: 6,
          winner: 'away',
          periods: [
            [0, 0],
            [0, 0],
            [0, 0],
            [3, 3],
            [0, 3],
          ],
        },
        { competition: 'Harbour League 2012 POST wk20', date: '2013-01-12' },
      ),
    )
    expect(game).toMatchObject({ statusReason: 'overtime', period: { label: 'OT2' } })
  })

  test('says who and how where the sentence tells', () => {
    const { plays } = adapter.plays(
      record(
        [
          event(1, '10:00', 'home', 'touchdown', 'A.Marsh 12 yd. pass from B.Hill (B.Hill-A.Marsh-Lee pass)'),
          event(1, '10:00', 'home', 'twoPoint', 'B.Hill-A.Marsh-Lee pass'),
          event(1, '9:00', 'away', 'touchdown', 'D.Reed 5 yd. return of blocked punt (E.Fox kick is good)'),
          event(1, '9:00', 'away', 'extraPoint', 'E.Fox kick is good'),
          event(2, '9:00', 'away', 'touchdown', 'D.Reed fumble recovery in end zone (E.Fox kick is good)'),
        ],
        undefined,
      ),
    )
    const told = plays.filter(({ kind }) => kind !== 'periodStart' && kind !== 'periodEnd').map(({ player, data }) => ({ player, data }))
    expect(told.slice(0, 5)).toEqual([
      { player: 'A.Marsh', data: { how: 'pass', passer: { name: 'B.Hill' }, yards: 12 } },
      { player: 'A.Marsh-Lee', data: { passer: { name: 'B.Hill' } } },
      { player: 'D.Reed', data: { how: 'block', yards: 5 } },
      { player: 'E.Fox', data: undefined },
      { player: undefined, data: undefined },
    ])
  })

  test('has each try with its touchdown, whatever the feed’s clock says', () => {
    expectHeld(
      record(
        [
          event(1, null, 'home', 'touchdown'),
          event(1, '2:00', 'home', 'extraPoint'),
          event(2, '0:00', 'away', 'touchdown'),
          event(3, '15:00', 'away', 'twoPoint'),
        ],
        {
          home: 7,
          away: 8,
          winner: 'away',
          periods: [
            [7, 0],
            [0, 8],
            [0, 0],
            [0, 0],
          ],
        },
      ),
    )
  })

  test('counts a try once: what is told of it again, or of none, is a note', () => {
    const events = [
      event(1, '9:00', 'home', 'touchdown'),
      event(1, '9:00', 'home', 'extraPointMissed'),
      event(1, '8:58', 'away', 'defensiveTwoPoint'),
      event(2, '9:00', 'home', 'fieldGoal'),
      event(2, '9:00', 'home', 'extraPointMissed'),
    ]
    expectHeld(record(events, { home: 9, away: 2, winner: 'home' }))
    const notes = adapter.plays(record(events, undefined)).plays.filter(({ kind }) => kind === 'note')
    expect(notes.map(({ data }) => data)).toEqual([{ text: 'Extra point missed' }, { text: 'Extra point missed' }])
  })

  test('without a score went into overtime, and what names no quarter stands in the one under way', () => {
    expectHeld(record([], { home: 0, away: 0, winner: 'tie', periods: Array(5).fill([0, 0]) }))
    const untold = { side: 'home' as const, type: 'touchdown' }
    const events = [event(2, '3:00', 'away', 'fieldGoal'), untold, { ...untold, type: 'extraPoint', period: null }]
    expectHeld(
      record(events, {
        home: 7,
        away: 3,
        winner: 'home',
        periods: [
          [0, 0],
          [7, 3],
          [0, 0],
          [0, 0],
        ],
      }),
    )
    expectHeld(record([untold, { ...untold, type: 'holding', points: 0 }], { home: 6, away: 0, winner: 'home' }))
  })

  test('that differs from its result says where', () => {
    const expected = { home: 7, away: 0, winner: 'home' as const, periods: [[7, 0]] }
    expect(adapter.compare(record([], expected), play(record([event(1, '3:00', 'home', 'fieldGoal')], undefined)))).toEqual([
      'score: recorded {"home":7,"away":0}, read {"home":3,"away":0}',
      'linescore: recorded [[7,0]], read [[3,0]]',
    ])
  })
})
