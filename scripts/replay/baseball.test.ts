import { describe, expect, test } from 'vitest'
import { view } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import type { LoggedPlay, Side } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { sport } from '#domain/sports/baseball.ts'
import { adapter } from './baseball.ts'

type Recorded = Parameters<typeof adapter.plays>[0]

/** Seven innings nobody played: Herons at home to Otters, level to the seventh. */
const quiet = (inning: number, half: number) => Array.from({ length: 3 }, () => [inning, half, 1, 0, 0, 0] as const)
const scoreless = (from: number, to: number, first = 0) =>
  Array.from({ length: to - from + 1 }, (_, i) => [...quiet(from + i, first), ...quiet(from + i, 1 - first)]).flat()

const format = { scheduledInnings: 7, runnerOnSecondInExtras: true }
const sides = { date: '2024-05-04', home: 'Herons', away: 'Otters' }
const zeros = (n: number) => Array.from({ length: n }, () => [0, 0] as const)

const walkOff: Recorded = {
  ...sides,
  id: 'walk-off',
  format,
  battingFirst: 'away',
  events: [
    { period: 8, type: 'error', points: 1 },
    { period: 8, type: 'homeRun', points: 2 },
  ],
  plays: [...scoreless(1, 7), [8, 0, 0, 1, 0, 1], ...quiet(8, 0), [8, 1, 0, 0, 1, 0], [8, 1, 0, 2, 1, 0]],
  expected: { home: 2, away: 1, winner: 'home', periods: [...zeros(7), [2, 1]], hits: [2, 0], errors: [1, 0] },
}
const notNeeded: Recorded = {
  ...sides,
  id: 'not-needed',
  format,
  events: [{ period: 1, type: 'interference', points: 1 }],
  plays: [...quiet(1, 0), [1, 1, 0, 1, 0, 0], ...quiet(1, 1), ...scoreless(2, 6), ...quiet(7, 0)],
  expected: { home: 1, away: 0, winner: 'home', periods: [[1, 0], ...zeros(5), ['x', 0]], hits: [0, 0], errors: [0, 0] },
}
const called: Recorded = {
  ...sides,
  id: 'called',
  format,
  events: [{ period: 5, type: 'single', points: 1 }],
  plays: [...scoreless(1, 4), [5, 0, 0, 1, 1, 0], ...quiet(5, 0), ...quiet(5, 1), [6, 0, 1, 0, 0, 0]],
  expected: { home: 0, away: 1, winner: 'away', periods: [...zeros(4), [0, 1], ['x', 0]], hits: [0, 1], errors: [0, 0] },
}
/** The home side bats first; its half is numbered 1 where a record numbers halves by side. */
const homeFirst = (first: 0 | 1): Recorded => ({
  ...sides,
  id: `home-first-${first}`,
  format,
  battingFirst: 'home',
  events: [{ period: 1, type: 'triple', points: 1 }],
  plays: [...quiet(1, first), [1, 1 - first, 0, 1, 1, 0], ...quiet(1, 1 - first), ...scoreless(2, 6, first), ...quiet(7, first)],
  expected: { home: 0, away: 1, winner: 'away', periods: [[0, 1], ...zeros(5), [0, 'x']], hits: [0, 1], errors: [0, 0] },
})

function read(record: Recorded) {
  const values = { ...(sport.packs[0]?.values as object), ...adapter.game(record).rules?.values }
  const { plays, given } = adapter.plays(record)
  const log = plays.map((play, i) => ({ ...play, seq: i + 1, order: String(i).padStart(5, '0'), at: '2024-05-04T12:00:00.000Z' }))
  const folded = replay(sport, values, log as unknown as LoggedPlay[])
  return { game: view(sport, values, folded.fold) as unknown as Game, given, plays, marks: folded.plays.map(play => play.marks) }
}

describe('a recorded game', () => {
  test.each([[walkOff], [notNeeded], [called], [homeFirst(0)], [homeFirst(1)]])('$id ends as it was recorded', record => {
    const { game, marks } = read(record)
    expect(adapter.compare(record, game)).toEqual([])
    expect(marks.filter(mark => mark.ignored || mark.warnings)).toEqual([])
  })

  test('is called where its plays stop, and only that is given', () => {
    expect(read(called).given).toEqual(['called before the rules ended it'])
    expect(read(called).plays.at(-1)).toMatchObject({ kind: 'gameEnd', data: { how: 'called', fromResult: true } })
    const { expected, ...bare } = called
    expect(read(bare)).toMatchObject({ given: [], game: { status: 'live', linescore: read(called).game.linescore } })
    expect(expected?.winner).toBe('away')
  })

  test.each(['suspended', 'STATUS_RAIN_DELAY', 'postponed', 'Canceled', 'live'])('that was not finished has its status: %s', status => {
    const open: Recorded = { ...called, expected: { home: 0, away: 1, status } }
    const { game, given } = read(open)
    expect(adapter.compare(open, game)).toEqual([])
    expect(given).toHaveLength(status === 'live' ? 0 : 1)
  })

  test('yields the same plays without its result', () => {
    for (const { expected, ...bare } of [walkOff, notNeeded, homeFirst(1)]) {
      expect(adapter.plays(bare)).toEqual(adapter.plays({ ...bare, expected }))
    }
  })

  test('names inning and side on every play, and a kind this sport knows', () => {
    const { plays } = read(notNeeded)
    expect(plays.every(play => play.period && play.side && sport.kinds[play.kind])).toBe(true)
    expect(plays[3]).toMatchObject({ kind: 'other', side: 'home' as Side, period: 1, data: { runs: 1 } })
    expect(read(walkOff).plays.slice(-1)).toMatchObject([{ kind: 'homeRun', data: { runs: 2 } }])
  })

  test('differs in as many words where it does', () => {
    const { game } = read(walkOff)
    const wrong = { ...walkOff, expected: { ...walkOff.expected, home: 3, winner: 'away', hits: [3, 0] } } as Recorded
    expect(adapter.compare(wrong, game)).toEqual([
      'score: recorded {"home":3,"away":1}, read {"home":2,"away":1}',
      'winner: recorded "away", read "home"',
      'hits: recorded [3,0], read [2,0]',
    ])
  })
})
