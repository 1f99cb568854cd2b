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
