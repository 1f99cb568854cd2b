import { describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { sport } from '#domain/sports/volleyball.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter } from './volleyball.ts'

type VolleyballRecord = Parameters<typeof adapter.game>[0]
type Pair = readonly [number, number]

/** A set in which both score in turn, then one goes away. */
const points = (period: number, [home, away]: Pair) => {
  const level = Math.min(home, away)
  const sides = [...Array.from({ length: level }, () => ['home', 'away'] as const).flat(), ...Array<'home'>(home - level).fill('home')]
  return [...sides, ...Array<'away'>(away - level).fill('away')].map(side => ({ period, side, type: 'point' }))
}
const SETS: readonly Pair[] = [
  [25, 20],
  [23, 25],
  [26, 24],
  [25, 18],
]
const RECORD: VolleyballRecord = {
  id: 'invented-1',
  date: '04/05/2019',
  home: 'Seeheim',
  away: 'Nordkamp',
  format: { bestOf: 5, setTo: 25, fifthTo: 15, winBy: 2 },
  events: SETS.flatMap((set, i) => points(i + 1, set)),
  expected: { home: 3, away: 1, winner: 'home', periods: SETS },
}

function play(record: VolleyballRecord): Game {
  const pack = sport.packs.find(one => one.isDefault)
  const log = new TestLog(sport, { ...(pack?.values as object), ...adapter.game(record).rules?.values })
  log.send(adapter.plays(record).plays)
  return log.game() as Game
}

describe('a recorded volleyball match', () => {
  it('holds rally by rally, and says what does not', () => {
    expect(adapter.game(RECORD)).toMatchObject({
      startsAt: '2019-05-04T12:00:00.000Z',
      rules: { values: { bestOf: 5, pointsPerSet: 25, finalPoints: 15, winBy: 2 } },
    })
    expect(adapter.plays(RECORD).given).toEqual([])
    expect(adapter.compare(RECORD, play(RECORD))).toEqual([])
    const other: VolleyballRecord = { ...RECORD, expected: { home: 3, away: 1, winner: 'home', periods: [[25, 21], ...SETS.slice(1)] } }
    expect(adapter.compare(other, play(RECORD))).toEqual([
      'linescore: recorded [[25,21],[23,25],[26,24],[25,18]], read [[25,20],[23,25],[26,24],[25,18]]',
    ])
  })

  it('holds by sets alone', () => {
    const { events: _, ...rest } = RECORD
    const record: VolleyballRecord = { ...rest, events: [], sets: SETS }
    expect(adapter.plays(record).plays).toHaveLength(4)
    expect(adapter.plays(record).plays[0]).toMatchObject({ kind: 'setScore', period: 1, data: { home: 25, away: 20 } })
    expect(adapter.compare(record, play(record))).toEqual([])
  })

  it('takes scores that correct what was written down, and time-outs', () => {
    const wrong = [
      ...points(1, [7, 5]),
      { period: 1, type: 'setScore', score: [8, 6] as Pair },
      { period: 1, side: 'away' as const, type: 'timeout' },
    ]
    const rest = points(1, [17, 14])
    const record: VolleyballRecord = { ...RECORD, events: [...wrong, ...rest, ...(RECORD.events ?? []).slice(45)] }
    expect(adapter.plays(record).plays[12]).toMatchObject({ kind: 'setScore', period: 1 })
    expect(adapter.compare(record, play(record))).toEqual([])
  })

  it('takes a point too many that is corrected afterwards', () => {
    const closed = [...points(1, [25, 22]), { period: 1, side: 'home' as const, type: 'point' }]
    const corrected = [
      ...closed,
      { period: 1, type: 'setScore', score: [24, 22] as Pair },
      { period: 1, side: 'home' as const, type: 'point' },
    ]
    const record: VolleyballRecord = {
      ...RECORD,
      events: [...corrected, ...(RECORD.events ?? []).slice(45)],
      expected: { home: 3, away: 1, winner: 'home', periods: [[25, 22], ...SETS.slice(1)] },
    }
    expect(adapter.compare(record, play(record))).toEqual([])
  })

  it('is given a retirement, and the status of a match that stopped', () => {
    const retired: VolleyballRecord = {
      ...RECORD,
      events: points(1, [25, 20]),
      expected: { home: 1, away: 0, winner: 'away', periods: [[25, 20]], status: 'retired' },
    }
    expect(adapter.plays(retired).given).toEqual(['retired, away won'])
    expect(adapter.compare(retired, play(retired))).toEqual([])
    const live: VolleyballRecord = {
      ...RECORD,
      events: points(1, [3, 2]),
      expected: { home: 0, away: 0, winner: null, periods: [[3, 2]], status: 'live' },
    }
    expect(adapter.compare(live, play(live))).toEqual([])
  })
})

describe('other forms of a volleyball record', () => {
  const held = (change: Partial<VolleyballRecord>) => {
    const record = { ...RECORD, ...change }
    const game = play(record)
    return { diff: adapter.compare(record, game), game, given: adapter.plays(record).given }
  }
  const ended = (periods: readonly Pair[], home: number, away: number, winner: 'home' | 'away' | null, status?: string) => ({
    home,
    away,
    winner,
    periods,
    ...(status ? { status } : {}),
  })

  it('best of three, the third to fifteen', () => {
    const sets: Pair[] = [
      [25, 20],
      [23, 25],
      [16, 14],
    ]
    expect(held({ format: { bestOf: 3, setTo: 25, fifthTo: null }, events: null, sets, expected: ended(sets, 2, 1, 'home') }).diff).toEqual(
      [],
    )
  })

  it('with a golden set, which decides a cup and not the match', () => {
    const sets: Pair[] = [...SETS, [15, 12]]
    const { diff, game } = held({ events: [], sets, expected: ended(sets, 3, 1, 'home') })
    expect(diff).toEqual([])
    expect(game.linescore.columns).toHaveLength(4)
  })

  it('with a golden set rally by rally', () => {
    const periods: Pair[] = [...SETS, [15, 12]]
    const record = { ...RECORD, events: periods.flatMap((set, i) => points(i + 1, set)), expected: ended(periods, 3, 1, 'home') }
    expect(adapter.compare(record, play(record))).toEqual([])
    expect(adapter.plays(record).plays.at(-1)).toMatchObject({ kind: 'note', data: { text: 'Golden set 15–12' } })
  })

  it.each([
    ['cut short', [15, 9]],
    ['won by one', [26, 25]],
    ['too long', [31, 12]],
  ] as [string, Pair][])('with a set %s, the last one, too', (_, odd) => {
    for (const sets of [
      [odd, [25, 20], [25, 21]],
      [[25, 20], [25, 21], odd],
    ] as Pair[][]) {
      expect(held({ events: [], sets, expected: ended(sets, 3, 0, 'home') }).diff).toEqual([])
    }
  })

  it('retired in a set that is not over', () => {
    const sets: Pair[] = [
      [25, 20],
      [25, 21],
      [15, 9],
    ]
    expect(held({ events: [], sets, expected: ended(sets, 2, 0, 'away', 'retired') }).diff).toEqual([])
  })

  it('forfeited, with the score of its rules or with none', () => {
    for (const won of [0, 3]) expect(held({ events: [], sets: [], expected: ended([], won, 0, 'home', 'forfeit') }).diff).toEqual([])
    expect(held({ events: [], sets: [], expected: ended([], 2, 0, 'home', 'forfeit') }).diff).not.toEqual([])
  })

  it('with a set that was shortened', () => {
    const sets: Pair[] = [
      [25, 20],
      [21, 18],
      [25, 19],
    ]
    expect(held({ events: [], sets, expected: ended(sets, 3, 0, 'home') }).diff).toEqual([])
  })

  it('retired, walked over, abandoned', () => {
    const sets: Pair[] = [
      [25, 20],
      [7, 3],
    ]
    expect(held({ events: [], sets, expected: ended(sets, 1, 0, 'away', 'retired') })).toMatchObject({
      diff: [],
      given: ['retired, away won'],
    })
    const missed = held({
      events: [],
      sets: null,
      expected: ended(
        [
          [25, 0],
          [25, 0],
          [25, 0],
        ],
        3,
        0,
        'home',
        'walkover',
      ),
    })
    expect(missed).toMatchObject({ diff: [], game: { status: 'forfeited', score: { home: 3, away: 0 } } })
    const short = { bestOf: 3, setTo: 25, fifthTo: 15 }
    expect(held({ format: short, events: [], expected: ended([], 2, 0, 'home', 'w/o') }).diff).toEqual([])
    expect(held({ events: [], sets, expected: ended(sets, 1, 0, null, 'abandoned') }).diff).toEqual([])
  })

  it('with a point for a card, and a time-out written down after the end', () => {
    const events = [...points(1, [24, 3]), { period: 1, side: 'home' as const, type: 'redCard', points: 1 }]
    const rest = [2, 3].flatMap(n => points(n, [25, 4]))
    const sets: Pair[] = [
      [25, 3],
      [25, 4],
      [25, 4],
    ]
    const late = { period: 3, side: 'away' as const, type: 'timeout', points: 0 }
    expect(held({ events: [...events, ...rest, late], expected: ended(sets, 3, 0, 'home') }).diff).toEqual([])
  })
})
