import { describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { sport } from '#domain/sports/badminton.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter } from './badminton.ts'

type BadmintonRecord = Parameters<typeof adapter.game>[0]

const LOVE = '1'.repeat(21)
const LONG = `${'12'.repeat(29)}1`
const RECORD: BadmintonRecord = {
  id: 'invented-1',
  date: '2019-03-06',
  home: ['Mina Aydin', 'Tor Holm'],
  away: ['Lena Brandt', 'Kai Moss'],
  format: { bestOf: 3, gameTo: 21, winBy: 2, cap: 30 },
  points: [LOVE, LONG],
  expected: {
    status: 'final',
    winner: 'home',
    games: [
      [21, 0],
      [30, 29],
    ],
    gamesWon: [2, 0],
    totalPoints: [51, 29],
  },
}

function play(record: BadmintonRecord): Game {
  const pack = sport.packs.find(one => one.version === '2006')
  const log = new TestLog(sport, { ...(pack?.values as object), ...adapter.game(record).rules?.values })
  log.send(adapter.plays(record).plays)
  return log.game() as Game
}

describe('a recorded badminton match', () => {
  it('is played by persons or pairs, and is one play a point', () => {
    expect(adapter.game(RECORD)).toMatchObject({
      home: { members: [{ name: 'Mina Aydin' }, { name: 'Tor Holm' }] },
      rules: { values: { bestOf: 3, pointsPerSet: 21, finalPoints: 21, winBy: 2, cap: 30, finalCap: 30 } },
    })
    expect(adapter.game({ ...RECORD, home: 'Mina Aydin' }).home).toEqual({ members: [{ name: 'Mina Aydin' }] })
    expect(adapter.plays(RECORD).plays).toHaveLength(80)
  })

  it('holds, and says what does not', () => {
    expect(adapter.compare(RECORD, play(RECORD))).toEqual([])
    expect(adapter.compare({ ...RECORD, points: [LOVE, '12'] }, play({ ...RECORD, points: [LOVE, '12'] }))).toEqual([
      'score: recorded {"home":2,"away":0}, read {"home":1,"away":0}',
      'winner: recorded "home", read null',
      'status: recorded "final", read "live"',
      'linescore: recorded [[21,0],[30,29]], read [[21,0],[1,1]]',
      'points: recorded [51,29], read [22,1]',
    ])
  })

  it('is given a retirement, whose winner the source may not know', () => {
    const retired: BadmintonRecord = {
      ...RECORD,
      points: [LOVE, '112'],
      expected: {
        status: 'retired',
        winner: null,
        games: [
          [21, 0],
          [2, 1],
        ],
        gamesWon: [1, 0],
        totalPoints: [23, 1],
      },
    }
    expect(adapter.plays(retired).given).toEqual(['retired, winner unknown'])
    expect(adapter.compare(retired, play(retired))).toEqual([])
    const { expected: _, ...bare } = retired
    expect(adapter.plays(bare).plays).toEqual(adapter.plays(retired).plays.slice(0, -1))
  })

  it('is given a walkover', () => {
    const walkover: BadmintonRecord = {
      ...RECORD,
      points: [],
      expected: { status: 'walkover', winner: 'away', games: [], gamesWon: [0, 0] },
    }
    expect(adapter.compare(walkover, play(walkover))).toEqual([])
  })
})

describe('other forms of a badminton record', () => {
  const TO_15 = '1'.repeat(15)
  const of = (change: Partial<BadmintonRecord>) => ({ ...RECORD, ...change })
  const expect15 = (status: string, games: [number, number][], gamesWon: [number, number], winner: 'home' | 'away' | null = 'home') => ({
    status,
    winner,
    games,
    gamesWon,
  })

  it.each([
    [
      { bestOf: 3, gameTo: 15, winBy: 2, cap: 21 },
      [TO_15, `${'12'.repeat(20)}1`],
      [
        [15, 0],
        [21, 20],
      ],
    ],
    [
      { bestOf: 3, gameTo: 15, winBy: 2 },
      [TO_15, `${'12'.repeat(20)}1`],
      [
        [15, 0],
        [21, 20],
      ],
    ],
    [
      { bestOf: 5, gameTo: 11, winBy: 2, cap: null },
      ['1'.repeat(11), `${'12'.repeat(14)}1`, '1'.repeat(11)],
      [
        [11, 0],
        [15, 14],
        [11, 0],
      ],
    ],
    [
      { bestOf: 3, gameTo: 21 },
      [LOVE, LONG],
      [
        [21, 0],
        [30, 29],
      ],
    ],
  ] as [BadmintonRecord['format'], string[], [number, number][]][])('%j', (format, points, games) => {
    const record = of({ format, points, expected: expect15('final', games, [games.length, 0]) })
    expect(adapter.compare(record, play(record))).toEqual([])
  })

  it('that stops, and was never begun', () => {
    const stopped = of({
      format: RECORD.format,
      points: [LOVE, '12'],
      expected: expect15(
        'incomplete',
        [
          [21, 0],
          [1, 1],
        ],
        [1, 0],
        null,
      ),
    })
    expect(adapter.plays(stopped).given).toEqual([])
    expect(adapter.compare(stopped, play(stopped))).toEqual([])
    const none = of({ format: RECORD.format, points: [], expected: expect15('incomplete', [], [0, 0], null) })
    expect(adapter.compare(none, play(none))).toEqual([])
  })

  it('that ended otherwise', () => {
    const retired = of({ points: ['12'], expected: expect15('ret.', [[1, 1]], [0, 0], 'away') })
    expect(adapter.compare(retired, play(retired))).toEqual([])
    expect(play(retired)).toMatchObject({ status: 'final', statusReason: 'retired', winner: 'away' })
    const missed = of({ format: null, points: null, expected: expect15('walkover', [], [0, 0]) })
    expect(adapter.compare(missed, play(missed))).toEqual([])
    const black = of({
      points: [LOVE, '1'],
      expected: expect15(
        'defaulted',
        [
          [21, 0],
          [1, 0],
        ],
        [1, 0],
        'away',
      ),
    })
    expect(adapter.compare(black, play(black))).toEqual([])
    expect(play(black)).toMatchObject({ status: 'forfeited', statusReason: 'disqualified', winner: 'away' })
    const rain = of({
      points: [LOVE, '1'],
      expected: expect15(
        'abandoned',
        [
          [21, 0],
          [1, 0],
        ],
        [1, 0],
        null,
      ),
    })
    expect(adapter.compare(rain, play(rain))).toEqual([])
  })

  it('whose players have no names, or are more than two', () => {
    expect(adapter.game(of({ home: '', away: null as unknown as string }))).toMatchObject({
      home: { members: [{ name: 'Home side' }] },
      away: { members: [{ name: 'Away side' }] },
    })
    expect(adapter.game(of({ home: [], away: ['Ada', 'Bo', 'Cy'] }))).toMatchObject({
      home: { members: [{ name: 'Home side' }] },
      away: { name: 'Ada / Bo / Cy' },
    })
  })
})
