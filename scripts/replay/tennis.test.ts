import { describe, expect, it } from 'vitest'
import { view } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import type { LoggedPlay } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { sport } from '#domain/sports/tennis.ts'
import { adapter } from './tennis.ts'

type TennisRecord = Parameters<typeof adapter.game>[0]

const LOVE_SET = '1111'.repeat(6)
const SIX_ALL = '11112222'.repeat(6)
const WON = { status: 'final', winner: 'home' } as const
const MATCH: TennisRecord = {
  id: 'invented-1',
  date: '2021-06-05',
  home: 'Mina Aydin',
  away: 'Lena Brandt',
  format: { bestOf: 3, finalSet: 'tb7@6', noAd: false },
  points: LOVE_SET + LOVE_SET,
  expected: {
    ...WON,
    sets: [
      [6, 0],
      [6, 0],
    ],
    tiebreaks: [null, null],
  },
}

/** The record as a game, the way a server would fold it. */
function play(record: TennisRecord): Game {
  const pack = sport.packs.find(one => one.isDefault)
  const rules = { ...(pack?.values as object), ...adapter.game(record).rules?.values }
  const log = adapter.plays(record).plays.map((sent, i) => ({
    ...sent,
    seq: i + 1,
    order: String(i).padStart(6, '0'),
    at: '2021-06-05T12:00:00.000Z',
  })) as LoggedPlay[]
  return view(sport, rules, replay(sport, rules, log).fold) as Game
}

describe('a recorded match', () => {
  it('is played by persons or pairs', () => {
    expect(adapter.game(MATCH)).toEqual({
      home: { members: [{ name: 'Mina Aydin' }] },
      away: { members: [{ name: 'Lena Brandt' }] },
      startsAt: '2021-06-05T12:00:00.000Z',
      rules: { values: { bestOf: 3, finalSet: 'tb7@6', noAd: false } },
      externalId: 'invented-1',
    })
    expect(adapter.game({ ...MATCH, home: ['A', 'B'] }).home).toEqual({ members: [{ name: 'A' }, { name: 'B' }] })
    expect(adapter.game({ ...MATCH, format: { bestOf: 5, finalSet: 'n/a' } }).rules).toEqual({ values: { bestOf: 5 } })
  })

  it('is one play a point, the server first where the record knows it', () => {
    expect(adapter.plays(MATCH).plays).toHaveLength(48)
    const { plays, given } = adapter.plays({ ...MATCH, points: '112', firstServer: 'away', marked: 'AS;D' })
    expect(given).toEqual([])
    expect(plays.map(({ id: _, ...rest }) => rest)).toEqual([
      { kind: 'server', side: 'away' },
      { kind: 'point', side: 'home', data: { how: 'ace' } },
      { kind: 'point', side: 'home' },
      { kind: 'point', side: 'away', data: { how: 'doubleFault' } },
    ])
    expect(adapter.plays({ ...MATCH, servers: '2'.repeat(48) }).plays[0]).toMatchObject({ kind: 'server', side: 'away' })
  })

  it('holds, and says what does not', () => {
    expect(adapter.compare(MATCH, play(MATCH))).toEqual([])
    const other: TennisRecord = {
      ...MATCH,
      expected: {
        ...WON,
        sets: [
          [6, 1],
          [6, 0],
        ],
        tiebreaks: [null, [7, 3]],
      },
    }
    expect(adapter.compare(other, play(other))).toEqual([
      'linescore: recorded [[6,1],[6,0]], read [[6,0],[6,0]]',
      'tie-breaks: recorded [null,[7,3]], read [null,null]',
    ])
  })

  it('holds through a tie-break and a match tie-break', () => {
    const record: TennisRecord = {
      ...MATCH,
      format: { bestOf: 3, finalSet: 'mtb10', noAd: true },
      points: `${SIX_ALL}2222222${LOVE_SET}${'12'.repeat(9)}11`,
      expected: {
        status: 'final',
        winner: 'home',
        sets: [
          [6, 7],
          [6, 0],
          [1, 0],
        ],
        tiebreaks: [[0, 7], null, [11, 9]],
      },
    }
    expect(adapter.compare(record, play(record))).toEqual([])
    const bySum: TennisRecord = {
      ...record,
      expected: {
        status: 'final',
        winner: 'home',
        sets: [
          [6, 7],
          [6, 0],
          [1, 0],
        ],
        tiebreakLoserPoints: [0, null, 9],
      },
    }
    expect(adapter.compare(bySum, play(bySum))).toEqual([])
  })

  it('takes of the result only what no point carries', () => {
    const retired: TennisRecord = {
      ...MATCH,
      points: `${LOVE_SET}1111222211`,
      expected: {
        status: 'retired',
        winner: 'away',
        sets: [[6, 0]],
        setsAtRetirement: [
          [6, 0],
          [1, 1],
        ],
        tiebreaks: [null],
      },
    }
    const { plays, given } = adapter.plays(retired)
    expect(given).toEqual(['retired, away won'])
    expect(plays.at(-1)).toMatchObject({ kind: 'gameEnd', data: { how: 'retired', winner: 'away', fromResult: true } })
    expect(adapter.compare(retired, play(retired))).toEqual([])
    const { expected: _, ...bare } = retired
    expect(adapter.plays(bare)).toEqual({ plays: plays.slice(0, -1), given: [] })
  })

  it('reads a walkover, a set broken off in its first game and a feed that stops', () => {
    const walkover: TennisRecord = { ...MATCH, points: '', expected: { status: 'walkover', winner: 'away', sets: [] } }
    expect(adapter.compare(walkover, play(walkover))).toEqual([])
    const early: TennisRecord = {
      ...MATCH,
      points: `${LOVE_SET}11`,
      expected: { status: 'retired', winner: 'away', sets: [[6, 0]], setsAtRetirement: [[6, 0]] },
    }
    expect(adapter.compare(early, play(early))).toEqual([])
    const stopped: TennisRecord = {
      ...MATCH,
      points: `${LOVE_SET}11112`,
      expected: {
        status: 'incomplete',
        winner: null,
        sets: [[6, 0]],
        gamesAfterPoint: [
          [24, 1, 6, 0],
          [25, 2, 0, 0],
          [28, 2, 1, 0],
        ],
      },
    }
    expect(adapter.plays(stopped).given).toEqual([])
    expect(adapter.compare(stopped, play(stopped))).toEqual([])
    expect(
      adapter.compare(
        {
          ...stopped,
          expected: {
            ...WON,
            sets: [
              [6, 0],
              [6, 0],
            ],
            tiebreaks: [null, null],
          },
        },
        play(stopped),
      ),
    ).not.toEqual([])
  })
})

describe('other forms of a record', () => {
  const held = (change: Partial<TennisRecord>) => {
    const record = { ...MATCH, ...change }
    const game = play(record)
    return { diff: adapter.compare(record, game), game, given: adapter.plays(record).given }
  }
  const HALF = `${LOVE_SET}11`
  const ended = (status: string, winner: 'home' | 'away' | null, more: object = {}): Partial<TennisRecord> => ({
    points: HALF,
    expected: { status, winner, sets: [[6, 0]], setsAtRetirement: [[6, 0]], tiebreaks: [null], ...more },
  })

  it.each([
    ['ret.', 'final', 'retired'],
    ['default', 'forfeited', 'disqualified'],
    ['defaulted', 'forfeited', 'disqualified'],
  ])('ended by %s', (said, status, statusReason) => {
    expect(held(ended(said, 'away'))).toMatchObject({
      diff: [],
      game: { status, statusReason, winner: 'away' },
      given: [`${statusReason}, away won`],
    })
  })

  it.each(['abandoned', 'suspended', 'cancelled'])('%s', status => {
    expect(held(ended(status, null))).toMatchObject({ diff: [], game: { status, winner: null } })
  })

  it.each([
    [
      'with the set broken off in its score line',
      {
        sets: [
          [6, 0],
          [2, 1],
        ],
        tiebreaks: [null, null],
      },
    ],
    ['with complete sets alone', { sets: [[6, 0]], tiebreaks: [null] }],
    [
      'with the whole of it',
      {
        sets: [[6, 0]],
        setsAtRetirement: [
          [6, 0],
          [2, 1],
        ],
      },
    ],
  ] as [string, object][])('retired, %s', (_, more) => {
    const points = `${LOVE_SET}111111112222`
    const told = (sets: object) => held({ points, expected: { status: 'retired', winner: 'home', sets: [], ...sets } }).diff
    expect(told(more)).toEqual([])
    expect(
      told({
        sets: [
          [6, 1],
          [2, 1],
        ],
      }),
    ).not.toEqual([])
    expect(
      told({
        sets: [[6, 0]],
        setsAtRetirement: [
          [6, 0],
          [1, 1],
        ],
      }),
    ).not.toEqual([])
  })

  it('retired between two sets, which a record may tell as a set at 0–0', () => {
    const expected = { status: 'RET', winner: 'home' as const, sets: [[6, 0]] as [number, number][] }
    for (const points of [LOVE_SET, HALF]) {
      for (const setsAtRetirement of [
        [[6, 0]],
        [
          [6, 0],
          [0, 0],
        ],
      ] as [number, number][][]) {
        expect(held({ points, expected: { ...expected, setsAtRetirement } }).diff).toEqual([])
      }
    }
  })

  it.each([
    ['ABN', 'abandoned'],
    ['not played', 'cancelled'],
    ['unfinished', 'live'],
  ])('%s', (said, status) => {
    expect(held(ended(said, null))).toMatchObject({ diff: [], game: { status, winner: null } })
  })

  it('never begun: no format, no points, nobody named', () => {
    const expected = { status: 'walkover', winner: 'home' as const, sets: [] }
    expect(held({ format: null, points: null, servers: '', expected })).toMatchObject({
      diff: [],
      game: { status: 'forfeited', winner: 'home' },
    })
    expect(adapter.game({ ...MATCH, home: '', away: null as unknown as string })).toMatchObject({
      home: { members: [{ name: 'Home side' }] },
      away: { members: [{ name: 'Away side' }] },
    })
  })

  it('with marks between the points, which are none', () => {
    expect(held({ points: `${LOVE_SET}.${'1111;'.repeat(6)}` }).diff).toEqual([])
    expect(adapter.plays({ ...MATCH, points: '1', servers: '-' }).plays).toMatchObject([{ kind: 'point' }])
  })
})
