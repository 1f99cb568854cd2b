import { describe, expect, test } from 'vitest'
import type { Game } from '#domain/game.ts'
import { sport } from '#domain/sports/ice-hockey.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter } from './ice-hockey.ts'

type Record = Parameters<typeof adapter.plays>[0]

const game: Record = {
  id: 'nhl-2031020001',
  date: '2031-01-04',
  competition: 'Lakes 2031',
  home: 'Harbour Herons',
  away: 'Mill Foxes',
  events: [],
}

function played(record: Record): Game {
  const { pack } = adapter.game(record).rules as { pack: string }
  const log = new TestLog(sport, sport.packs.find(({ id }) => id === pack)?.values)
  log.send(adapter.plays(record).plays)
  return log.game() as Game
}
const goal = (period: number, clock: string | null, side: 'home' | 'away', more: object = {}) => ({
  period,
  clock,
  side,
  type: 'goal',
  player: 'Ada Lind',
  strength: 'EVEN',
  ...more,
})
const shot = (side: 'home' | 'away', result: string) => ({ period: 5, clock: null, side, type: 'shootoutAttempt', player: 'Bo Ek', result })

describe('recorded ice hockey', () => {
  test('turns a clock that counts up into one that counts down, by the length of the period', () => {
    const sent = adapter.plays({ ...game, events: [goal(1, '02:30', 'home'), goal(3, '19:00', 'away'), goal(4, '01:15', 'home')] }).plays
    expect(sent.filter(({ kind }) => kind === 'goal').map(({ clockMs }) => clockMs)).toEqual([1_050_000, 60_000, 225_000])
    const playOff = adapter.plays({ ...game, id: 'nhl-2031030111', events: [goal(4, '01:15', 'home')] }).plays
    expect(playOff.find(({ kind }) => kind === 'goal')?.clockMs).toBe(1_125_000)
  })

  test('says the strength in one way, and an empty net', () => {
    const events = [goal(1, '02:30', 'home', { strength: 'ppg' }), goal(1, '03:30', 'home', { strength: 'SH', emptyNet: true })]
    const data = adapter.plays({ ...game, events }).plays.filter(({ kind }) => kind === 'goal')
    expect(data.map(play => play.data)).toEqual([{ strength: 'powerPlay' }, { strength: 'shortHanded', emptyNet: true }])
  })

  test('takes the play-offs by name, by number, or since nothing else gets so far', () => {
    const pack = (record: Partial<Record>) => (adapter.game({ ...game, ...record }).rules as { pack: string }).pack
    expect(pack({})).toBe('nhl')
    expect(pack({ competition: 'Lakes 2031 playoffs' })).toBe('nhl-playoffs')
    expect(pack({ id: 'nhl-2031030111' })).toBe('nhl-playoffs')
    expect(pack({ events: [goal(5, '03:00', 'home')] })).toBe('nhl-playoffs')
    expect(pack({ id: 'nhl-2031030001', events: [shot('home', 'goal')] })).toBe('nhl')
  })

  test('plays a shoot-out, and credits its winner with one goal', () => {
    const events = [
      goal(1, '02:30', 'home'),
      goal(3, '19:00', 'away'),
      shot('home', 'goal'),
      shot('away', 'post'),
      shot('home', 'goal'),
      shot('away', 'save'),
    ]
    const expected = {
      home: 2,
      away: 1,
      winner: 'home' as const,
      periods: [
        [1, 0],
        [0, 0],
        [0, 1],
        [0, 0],
        [1, 0],
      ] as const,
      shootout: { homeConversions: 2, homeAttempts: 2, awayConversions: 0, awayAttempts: 2 },
    }
    const record = { ...game, events, expected }
    expect(adapter.plays(record).given).toEqual([])
    expect(adapter.compare(record, played(record))).toEqual([])
    expect(adapter.compare({ ...record, expected: { ...expected, home: 3 } }, played(record))).not.toEqual([])
  })

  test('takes a shoot-out known by its goals alone', () => {
    const events = [
      goal(1, '02:30', 'home'),
      goal(3, '19:00', 'away'),
      { period: 5, clock: null, side: 'away' as const, type: 'shootoutGoal' },
    ]
    expect(played({ ...game, events })).toMatchObject({ score: { home: 1, away: 2 }, winner: 'away', statusReason: 'shootout' })
  })

  test('does not count shots of which the goals alone were told', () => {
    const events = [{ period: 5, clock: null, side: 'away' as const, type: 'shootoutGoal' }]
    const shootout = { homeConversions: 0, homeAttempts: 3, awayConversions: 1, awayAttempts: 2 }
    const record = { ...game, events, expected: { home: 0, away: 1, winner: 'away' as const, shootout } }
    expect(adapter.compare(record, played(record))).toEqual([])
  })

  test('lists what only the result tells of a shoot-out', () => {
    const events = [goal(1, '02:30', 'home'), goal(3, '19:00', 'away')]
    const winner = { ...game, events, expected: { home: 1, away: 2, winner: 'away' as const } }
    expect(adapter.plays(winner).given).toEqual(['shoot-out won by away: no shots recorded'])
    expect(adapter.compare(winner, played(winner))).toEqual([])
    const tally = { ...winner, expected: { ...winner.expected, shootout: { homeConversions: 1, awayConversions: 2 } } }
    expect(adapter.plays(tally).given).toEqual(['shoot-out 1–2: no shots recorded'])
    expect(adapter.compare(tally, played(tally))).toEqual([])
  })

  test('without a goal goes on into overtime, and its shoot-out is given as any other', () => {
    const scoreless = {
      ...game,
      expected: {
        home: 0,
        away: 1,
        winner: 'away' as const,
        periods: Array(4)
          .fill([0, 0])
          .concat([[0, 1]]),
      },
    }
    expect(adapter.plays(scoreless).given).toEqual(['shoot-out won by away: no shots recorded'])
    expect(adapter.compare(scoreless, played(scoreless))).toEqual([])
    const tally = { ...scoreless, expected: { ...scoreless.expected, shootout: { homeConversions: 0, awayConversions: 1 } } }
    expect(adapter.compare(tally, played(tally))).toEqual([])
    const postponed = { ...game, expected: { home: 0, away: 0, status: 'postponed', periods: [] } }
    expect(adapter.compare(postponed, played(postponed))).toEqual([])
  })

  test('still in its shoot-out is live, as the shots stand', () => {
    const events = [goal(1, '02:30', 'home'), goal(3, '19:00', 'away'), shot('home', 'goal'), shot('away', 'save')]
    const shootout = { homeConversions: 1, homeAttempts: 1, awayConversions: 0, awayAttempts: 1 }
    const live = { ...game, events, expected: { home: 1, away: 1, status: 'live', shootout } }
    expect(adapter.compare(live, played(live))).toEqual([])
  })

  test('has what is no kind of play and scores nothing beside it', () => {
    const events = [goal(1, '02:30', 'home'), { period: 2, clock: '01:00', side: 'away' as const, type: 'icing', points: 0 }]
    expect(adapter.plays({ ...game, events }).plays.find(({ kind }) => kind === 'note')).toMatchObject({ data: { text: 'icing' } })
    expect(played({ ...game, events }).score).toEqual({ home: 1, away: 0 })
  })

  test('leaves a snapshot live, and a game level at the end a draw', () => {
    const live = {
      ...game,
      events: [goal(2, '02:30', 'home')],
      expected: {
        home: 1,
        away: 0,
        status: 'live',
        periods: [
          [0, 0],
          [1, 0],
          [0, 0],
        ] as const,
      },
    }
    expect(adapter.compare(live, played(live))).toEqual([])
    const level = {
      ...game,
      events: [goal(1, '02:30', 'home'), goal(2, '02:30', 'away')],
      expected: { home: 1, away: 1, winner: 'tie' as const },
    }
    expect(adapter.compare(level, played(level))).toEqual([])
  })

  test('of a play-off game plays every overtime up to the goal', () => {
    const events = [goal(1, '02:30', 'home'), goal(3, '19:00', 'away'), goal(5, '12:00', 'away')]
    const expected = {
      home: 1,
      away: 2,
      winner: 'away' as const,
      periods: [
        [1, 0],
        [0, 0],
        [0, 1],
        [0, 0],
        [0, 1],
      ] as const,
    }
    const record = { ...game, id: 'nhl-2031030111', events, expected }
    expect(adapter.compare(record, played(record))).toEqual([])
    expect(played(record).statusReason).toBe('overtime')
  })
})
