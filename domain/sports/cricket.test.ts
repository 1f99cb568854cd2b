import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import { mayOpen, type State } from '#domain/parts/cricket.ts'
import type { Innings, Rules } from '#domain/parts/cricket-balls.ts'
import type { LoggedPlay, Side } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './cricket.ts'

type Values = Record<string, unknown>
const pack = (id: string, version?: string): Values => {
  const found = sport.packs.find(one => one.id === id && (version === undefined || one.version === version))
  if (!found) throw new Error(`no pack ${id}`)
  return found.values as Values
}
const game = (id = 't20', change: Values = {}) => new TestLog(sport, { ...pack(id), ...change })

/** Balls as a scorer's book has them: `.` `1` `4` `wd` `nb` `nb4` `2b` `1lb` `W`. */
function balls(side: Side, ...marks: string[]): TestPlay[] {
  return marks.map(mark => ({ kind: 'ball', side, data: ballOf(mark) }))
}
function ballOf(mark: string): Record<string, unknown> {
  const [, n = '', what = ''] = /^(\d*)([a-zA-Z.]*)\d?$/.exec(mark) ?? []
  const runs = Number(n || 0)
  switch (what) {
    case 'wd':
      return { wides: runs || 1 }
    case 'nb':
      return { noballs: 1, runs: Number(/\d$/.exec(mark)?.[0] ?? 0) }
    case 'b':
      return { byes: runs }
    case 'lb':
      return { legbyes: runs }
    case 'W':
      return { wicket: 'bowled' }
  }
  return { runs }
}
const six = (side: Side, ...marks: string[]) => balls(side, ...marks, ...Array.from({ length: 6 - marks.length }, () => '.'))
const overs = (side: Side, n: number, ...first: string[]) =>
  Array.from({ length: n }, (_, i) => six(side, ...(i === 0 ? first : []))).flat()

interface Shown {
  innings: {
    side: Side
    runs: number
    wickets: number
    overs: string
    balls: number
    declared: boolean
    over: boolean
    target: number | null
    extras: Record<string, number>
  }[]
  batting: Side | null
  between: boolean
  target: number | null
  need: { runs: number; balls: number | null } | null
  thisOver: string[]
  partnership: { runs: number; balls: number }
  runRate: number
  requiredRate: number | null
  batters: { playerId: string | null; runs: number; balls: number; isOnStrike: boolean }[]
  bowler: { playerId: string; overs: string; maidens: number; runs: number; wickets: number } | null
  fallOfWickets: { wicket: number; runs: number; overs: string; playerId: string | null }[]
  freeHit: boolean
  followOn: Side | null
  superOvers: { home: number; away: number }[]
  result: { by: string; winner: string; margin: number } | null
  rate: Record<Side, { for: number; forBalls: number; against: number; againstBalls: number }> | null
}
const shown = (log: TestLog) => log.game().detail as unknown as Shown
const last = (log: TestLog) => shown(log).innings.at(-1)
const striker = (log: TestLog) => shown(log).batters.find(({ isOnStrike }) => isOnStrike)?.playerId

describe('a ball', () => {
  test('Law 21, 22: a wide and a no-ball add a run and are bowled again', () => {
    const log = game()
    log.add(...balls('home', '.', 'wd', 'nb', '1'))
    expect(last(log)).toMatchObject({ runs: 3, overs: '0.2', balls: 2, extras: { wides: 1, noballs: 1, total: 2 } })
  })

  test('Law 21.15: runs off a no-ball are the batter’s, byes off it are not', () => {
    const log = game()
    log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } }, ...balls('home', 'nb4'))
    log.add({ kind: 'ball', side: 'home', data: { noballs: 1, byes: 2 } })
    expect(shown(log).batters[0]).toMatchObject({ playerId: 'a', runs: 4, balls: 2 })
    expect(last(log)).toMatchObject({ runs: 8, extras: { noballs: 2, byes: 2 } })
  })

  test('Law 23: byes and leg byes count against no bowler', () => {
    const log = game()
    log.add(...balls('home', '.'), { kind: 'bowler', side: 'home', playerId: 'x' }, ...balls('home', '4b', '2lb', '3wd'))
    expect(shown(log).bowler).toEqual({ playerId: 'x', overs: '0.2', maidens: 0, runs: 3, wickets: 0 })
  })

  test('Law 17.1: six legal balls make an over, a maiden if nothing was conceded', () => {
    const log = game()
    log.add({ kind: 'bowler', side: 'home', playerId: 'x' }, ...six('home', '1b', '1lb'))
    expect(last(log)).toMatchObject({ overs: '1', runs: 2 })
    log.add(...six('home'), { kind: 'bowler', side: 'home', playerId: 'x' }, ...balls('home', '.'))
    expect(shown(log).bowler).toMatchObject({ overs: '1.1', maidens: 1, runs: 0 })
  })

  test('four without a boundary is no four', () => {
    const log = game()
    log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } })
    log.add({ kind: 'ball', side: 'home', data: { runs: 4, boundary: false } }, ...balls('home', '4'))
    expect(shown(log).batters[0]).toMatchObject({ runs: 8, fours: 1 })
  })

  test('ICC 21.19: a free hit follows a no-ball, outlasts a wide, and gives no wicket but a run out', () => {
    const log = game()
    log.add(...balls('home', 'nb'))
    expect(shown(log).freeHit).toBe(true)
    log.add(...balls('home', 'wd'))
    expect(shown(log).freeHit).toBe(true)
    const bowled = log.add(...balls('home', 'W'))
    expect(log.marks(bowled).warnings).toEqual(['not-off-free-hit'])
    expect(shown(log).freeHit).toBe(false)
    // A run-out may still be said.
    const unsaid = game()
    const out = unsaid.add(...balls('home', 'nb'), { kind: 'ball', side: 'home', data: { wicket: 'out' } })
    expect(unsaid.marks(out).warnings).toBeUndefined()
    const test = game('test')
    test.add(...balls('home', 'nb'))
    expect(shown(test).freeHit).toBe(false)
  })

  test('Law 22.9 and 21.18: nobody is bowled off a wide or a no-ball; it is taken with a warning', () => {
    const log = game()
    const wide = log.add({ kind: 'ball', side: 'home', data: { wides: 1, wicket: 'lbw' } })
    const noBall = log.add({ kind: 'ball', side: 'home', data: { noballs: 1, wicket: 'stumped' } })
    const fine = log.add({ kind: 'ball', side: 'home', data: { wides: 1, wicket: 'stumped' } })
    expect([wide, noBall, fine].map(seq => log.marks(seq).warnings)).toEqual([['not-off-wide'], ['not-off-no-ball'], undefined])
    expect(last(log)?.wickets).toBe(3)
  })
})

describe('the strike', () => {
  const start = (id?: string) => {
    const log = game(id)
    log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } })
    return log
  }

  test.each([
    ['1', 'b'],
    ['2', 'a'],
    ['3', 'b'],
    ['5', 'b'],
    ['1b', 'b'],
    ['1lb', 'b'],
    ['wd', 'a'],
    ['2wd', 'b'],
    ['5wd', 'a'],
    ['nb', 'a'],
    ['nb1', 'b'],
  ])('Law 18: after %s it is %s who faces', (mark, faces) => {
    const log = start()
    log.add(...balls('home', mark))
    expect(striker(log)).toBe(faces)
  })

  test('Law 17.1: at the end of an over it changes, after a single off the last ball it does not', () => {
    const log = start()
    log.add(...six('home'))
    expect(striker(log)).toBe('b')
    log.add(...balls('home', '.', '.', '.', '.', '.', '1'))
    expect(striker(log)).toBe('b')
  })

  test('The Hundred: the ends change after ten balls, and a no-ball is two runs', () => {
    const log = start('hundred')
    log.add(...balls('home', '.', '.', '.', '.', '.'))
    expect(striker(log)).toBe('a')
    log.add(...balls('home', '.', '.', '.', '.', '.'))
    expect(striker(log)).toBe('b')
    log.add({ kind: 'ball', side: 'home', data: { noballs: 2 } })
    expect(last(log)).toMatchObject({ runs: 2, overs: '10' })
    expect(striker(log)).toBe('b')
  })

  test('Law 18.11 since October 2022: a catch brings the new batter to the striker’s end, crossed or not', () => {
    for (const [version, faces] of [
      ['2022', 'c'],
      ['2019', 'b'],
    ]) {
      const log = new TestLog(sport, pack('t20', version))
      log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } })
      log.add({ kind: 'ball', side: 'home', data: { wicket: 'caught', crossed: true, newBatter: 'c' } })
      expect(striker(log)).toBe(faces)
    }
  })

  test('Law 38: run out at the far end after one run; the runs made count', () => {
    const log = start()
    log.add({ kind: 'ball', side: 'home', data: { runs: 1, wicket: 'runOut', out: 'nonStriker', newBatter: 'c' } })
    expect(last(log)).toMatchObject({ runs: 1, wickets: 1 })
    expect(shown(log).batters.map(({ playerId, isOnStrike }) => [playerId, isOnStrike])).toEqual([
      ['a', false],
      ['c', true],
    ])
    log.add({ kind: 'ball', side: 'home', data: { wicket: 'runOut', batterOut: 'a', crossed: true, newBatter: 'd' } })
    expect(striker(log)).toBe('d')
  })

  test('whoever a ball names takes their place; a swap puts the rest right', () => {
    const log = start()
    log.add(...balls('home', '1'), { kind: 'ball', side: 'home', data: { runs: 2, batter: 'a', nonStriker: 'b', bowler: 'x' } })
    expect(shown(log).batters).toMatchObject([
      { playerId: 'a', runs: 3, isOnStrike: true },
      { playerId: 'b', runs: 0 },
    ])
    log.add('swapStrike')
    expect(striker(log)).toBe('b')
  })

  test('scored without names, the two batters still change ends; a name given late keeps the figures', () => {
    const log = game()
    log.add(...balls('home', '4', '1', '2'))
    expect(shown(log).batters).toMatchObject([
      { playerId: null, runs: 5, isOnStrike: false },
      { playerId: null, runs: 2, isOnStrike: true },
    ])
    log.add({ kind: 'batters', data: { striker: 'b', nonStriker: 'a' } })
    expect(shown(log).batters.map(({ playerId, runs }) => [playerId, runs])).toEqual([
      ['a', 5],
      ['b', 2],
    ])
  })
})

describe('wickets', () => {
  test('Law 25.4: retired hurt is no wicket and may come back, retired out is one', () => {
    const log = game()
    log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } }, ...balls('home', '4'))
    log.add({ kind: 'wicket', side: 'home', data: { wicket: 'retiredHurt', newBatter: 'c' } })
    expect(last(log)?.wickets).toBe(0)
    expect(shown(log).partnership).toEqual({ runs: 4, balls: 1 })
    log.add({ kind: 'wicket', side: 'home', data: { wicket: 'retiredOut', newBatter: 'a' } })
    expect(last(log)?.wickets).toBe(1)
    expect(shown(log).batters[0]).toMatchObject({ playerId: 'a', runs: 4, balls: 1 })
  })

  test('Law 40: timed out counts without a ball', () => {
    const log = game()
    log.add(...balls('home', 'W'), { kind: 'wicket', side: 'home', data: { wicket: 'timedOut', batterOut: 'c' } })
    expect(last(log)).toMatchObject({ wickets: 2, balls: 1 })
    expect(shown(log).fallOfWickets.map(({ overs }) => overs)).toEqual(['0.1', '0.1'])
  })

  test('the fall of wickets names who, at what score and when', () => {
    const log = game()
    log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } }, ...six('home', '4', '1'))
    log.add({ kind: 'ball', side: 'home', data: { wicket: 'lbw' } })
    expect(shown(log).fallOfWickets).toEqual([{ wicket: 1, runs: 5, overs: '1.1', playerId: 'a' }])
    expect(shown(log).partnership).toEqual({ runs: 0, balls: 0 })
  })

  test('Law 13.3: ten wickets end an innings, and the eleventh has nowhere to fall', () => {
    const log = game()
    log.add(...balls('home', ...Array.from({ length: 10 }, () => 'W')))
    expect(shown(log)).toMatchObject({ between: true, batting: 'away', target: 1 })
    expect(log.refusal({ kind: 'ball', side: 'home', period: 1, data: { wicket: 'bowled' } })).toBe('All were out in that innings.')
  })
})

describe('overs', () => {
  test('Law 17.5: a miscounted over of five balls, and one of seven', () => {
    const log = game('t20', { overs: 3 })
    log.add(...balls('home', '.', '.', '.', '.', '.'), 'overEnd')
    expect(last(log)).toMatchObject({ overs: '1', balls: 5 })
    log.add(...six('home'))
    expect(last(log)).toMatchObject({ overs: '2', balls: 11 })
    log.add('overGoesOn')
    expect(last(log)).toMatchObject({ overs: '1.6', balls: 11 })
    log.add(...balls('home', '2'))
    expect(last(log)).toMatchObject({ overs: '2', balls: 12, over: false })
    log.add(...balls('home', '.'), { kind: 'overGoesOn', data: { balls: 7 } }, ...balls('home', '.', '.', '.', '.', '.'))
    expect(last(log)).toMatchObject({ over: false })
    log.add(...balls('home', '.'))
    expect(last(log)).toMatchObject({ overs: '3', balls: 19, over: true })
  })

  test('the strike follows an over that goes on, and a maiden with a run in its seventh ball is none', () => {
    const log = game()
    log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } }, { kind: 'bowler', side: 'home', playerId: 'x' }, ...six('home'))
    log.add('overGoesOn')
    expect(striker(log)).toBe('a')
    expect(shown(log).bowler).toMatchObject({ playerId: 'x', maidens: 0 })
    log.add(...balls('home', '2'))
    expect(striker(log)).toBe('b')
  })

  test('Law 17.6 and the overs of one bowler: warned of, not refused', () => {
    const log = game('t20', { bowlerOvers: 1 })
    const by = (bowler: string) => six('home').map(play => ({ ...play, data: { ...play.data, bowler } }))
    log.add(...by('x'))
    const [again] = by('x')
    const seq = log.add(again as TestPlay)
    expect(log.marks(seq).warnings).toEqual(['bowler-again', 'bowler-limit'])
  })

  test('an over that has ended does not end twice', () => {
    const log = game()
    expect(log.refusal('overEnd')).toBe('No innings is under way.')
    log.add(...six('home'))
    expect(log.marks(log.add('overEnd')).warnings).toEqual(['over-ended'])
    expect(last(log)?.overs).toBe('1')
  })
})

describe('the result', () => {
  const twoOvers = (level = 'tie') => game('t20', { overs: 2, level })

  test('Law 16.1: by runs', () => {
    const log = twoOvers()
    log.add(...overs('home', 2, '6', '4'), ...overs('away', 2, '6'))
    expect(log.game()).toMatchObject({ status: 'final', winner: 'home', statusReason: 'regulation', score: { home: 10, away: 6 } })
    expect(shown(log).result).toEqual({ by: 'runs', winner: 'home', margin: 4 })
  })

  test('by wickets, the moment the target is reached; the rest of a six counts', () => {
    const log = twoOvers()
    log.add(...overs('home', 2, '4'), ...balls('away', 'W', '6'))
    expect(shown(log).result).toEqual({ by: 'wickets', winner: 'away', margin: 9 })
    expect(log.game().score).toEqual({ home: 4, away: 6 })
    expect(log.refusal(balls('away', '1')[0] as TestPlay)).toBe('The game is over.')
  })

  test('columns hold one innings each', () => {
    const log = twoOvers()
    log.add(...overs('away', 2, '4'), ...balls('home', '1'))
    expect(log.game().linescore.columns).toEqual([
      { label: '1st', home: null, away: 4 },
      { label: '2nd', home: 1, away: null },
    ])
    expect(log.game().period).toEqual({ number: 2, kind: 'innings', label: '2nd innings' })
  })

  test('Law 16.5.1: level with all done is a tie, worth one point each', () => {
    const log = twoOvers()
    log.add(...overs('home', 2, '4'), ...overs('away', 2, '4'))
    expect(log.game()).toMatchObject({ status: 'final', winner: 'draw' })
    expect(sport.outcome?.(log.game())).toEqual({ home: 'tie', away: 'tie' })
    expect(sport.labels.tablePoints).toMatchObject({ win: 2, tie: 1, noResult: 1, loss: 0 })
  })

  test('Law 16.4 and 16.5: a match of so many overs broken off has no result, one by time is drawn', () => {
    const log = twoOvers()
    log.add(...overs('home', 2, '4'), ...balls('away', '1'), 'gameEnd')
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'no-result', winner: null })
    expect(sport.outcome?.(log.game())).toEqual({ home: 'noResult', away: 'noResult' })
    const timed = game('club-timed')
    timed.add(...overs('home', 2, '4'), { kind: 'inningsEnd', data: { how: 'declared' } }, ...balls('away', '1'), 'gameEnd')
    expect(timed.game()).toMatchObject({ status: 'final', statusReason: 'regulation', winner: 'draw' })
    expect(sport.outcome?.(timed.game())).toEqual({ home: 'draw', away: 'draw' })
  })

  test('a chase short of its overs that is said to be played out is lost', () => {
    const log = twoOvers()
    log.add(...overs('home', 2, '4'), ...balls('away', '1'))
    const end = log.add({ kind: 'gameEnd', data: { how: 'regulation' } })
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'regulation', winner: 'home' })
    expect(log.game().detail).toMatchObject({ result: { by: 'runs', margin: 3 } })
    log.add({ kind: 'void', voids: end })
    expect(log.game()).toMatchObject({ status: 'live', winner: null })
    const first = twoOvers()
    first.add(...balls('home', '4'), { kind: 'gameEnd', data: { how: 'regulation' } })
    expect(first.game()).toMatchObject({ status: 'final', winner: null })
  })

  test('absent hurt: an innings of nine wickets is all out, for net run rate, too', () => {
    const log = twoOvers()
    log.add(...overs('home', 2, '6'), ...balls('away', ...Array.from({ length: 9 }, () => 'W')), {
      kind: 'inningsEnd',
      data: { how: 'allOut' },
    })
    expect(log.game()).toMatchObject({ status: 'final', winner: 'home' })
    expect(shown(log).rate?.away).toEqual({ for: 0, forBalls: 12, against: 6, againstBalls: 12 })
  })

  test('net run rate: a chase counts the balls it took', () => {
    const log = twoOvers()
    log.add(...overs('home', 2, '4'), ...balls('away', '2', '3'))
    expect(shown(log).rate).toEqual({
      home: { for: 4, forBalls: 12, against: 5, againstBalls: 2 },
      away: { for: 5, forBalls: 2, against: 4, againstBalls: 12 },
    })
  })
})

describe('a revised target', () => {
  const cut = () => {
    const log = game('t20', { overs: 4, level: 'tie' })
    log.add(...overs('home', 4, '6', '6'))
    return log
  }

  test('fewer runs in fewer overs, reached: by wickets, how is dls', () => {
    const log = cut()
    log.add({ kind: 'setTarget', data: { runs: 8, overs: 2 } }, ...balls('away', '1'))
    expect(shown(log)).toMatchObject({ target: 8, need: { runs: 7, balls: 11 }, requiredRate: 3.82 })
    log.add(...balls('away', '6', '1'))
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'dls', winner: 'away' })
    expect(shown(log).result).toEqual({ by: 'wickets', winner: 'away', margin: 10 })
  })

  test('not reached in its overs: the side in the field wins by what was missing', () => {
    const log = cut()
    log.add({ kind: 'setTarget', data: { runs: 8, overs: 1 } }, ...six('away', '4'))
    expect(shown(log).result).toEqual({ by: 'runs', winner: 'home', margin: 3 })
    expect(shown(log).rate?.home).toEqual({ for: 7, forBalls: 6, against: 4, againstBalls: 6 })
  })

  test('set when play ends for good and already passed: the side batting last wins by runs', () => {
    const log = cut()
    log.add(...overs('away', 1, '6'), { kind: 'setTarget', data: { runs: 4, overs: 1 } })
    expect(log.game()).toMatchObject({ winner: 'away', statusReason: 'dls' })
    expect(shown(log).result).toEqual({ by: 'runs', winner: 'away', margin: 3 })
  })

  test('one run short of it is a tie', () => {
    const log = cut()
    log.add({ kind: 'setTarget', data: { runs: 5, overs: 1 } }, ...six('away', '4'))
    expect(log.game()).toMatchObject({ winner: 'draw', statusReason: 'dls' })
  })

  test('overs alone cut the innings under way and the one to come', () => {
    const log = game('t20', { overs: 4, level: 'tie' })
    log.add(...six('home', '4'), { kind: 'setTarget', data: { overs: 2 } }, ...six('home'))
    expect(shown(log)).toMatchObject({ between: true, target: 5 })
    log.add(...overs('away', 2, '1'))
    expect(log.game()).toMatchObject({ winner: 'home', statusReason: 'regulation' })
  })

  test('rain ends the first innings: the target closes it', () => {
    const log = game('t20', { overs: 4 })
    log.add(...six('home', '4'), { kind: 'setTarget', data: { runs: 9, overs: 1 } })
    expect(shown(log)).toMatchObject({ between: true, batting: 'away', target: 9 })
    const open = log.add('setTarget')
    expect(log.marks(open).warnings).toEqual(['target-open'])
    expect(shown(log).target).toBe(9)
  })
})

describe('penalty runs (Law 41)', () => {
  test('to the side batting: extras of its innings', () => {
    const log = game()
    log.add(...balls('home', '1'), { kind: 'penaltyRuns', side: 'home' })
    expect(last(log)).toMatchObject({ runs: 6, balls: 1, extras: { penalty: 5, total: 5 } })
  })

  test('to the side in the field: its last innings, and the target is five more', () => {
    const log = game('t20', { overs: 1 })
    log.add(...six('home', '4'), ...balls('away', '1'), { kind: 'penaltyRuns', side: 'home' })
    expect(log.game().score).toEqual({ home: 9, away: 1 })
    expect(shown(log).target).toBe(10)
    const revised = game('t20', { overs: 2 })
    revised.add(...overs('home', 2, '4'), { kind: 'setTarget', data: { runs: 3, overs: 1 } }, ...balls('away', '1'))
    revised.add({ kind: 'penaltyRuns', side: 'home' })
    expect(shown(revised).target).toBe(8)
  })

  test('to a side that has not batted: its next innings begins with them', () => {
    const log = game('t20', { overs: 1 })
    log.add(...six('home', '4'), { kind: 'penaltyRuns', side: 'away' })
    expect(log.game().score).toEqual({ home: 4, away: 5 })
    log.add(...balls('away', '.'))
    expect(log.game().score).toEqual({ home: 4, away: 5 })
    expect(log.game().winner).toBe('away')
  })

  test('Law 41.18.2: they count at once, in the column of the innings to come, and are in it once', () => {
    const log = game('t20', { overs: 2 })
    log.add(...six('home', '4'), { kind: 'penaltyRuns', side: 'away' })
    const columns = [
      { label: '1st', home: 4, away: null },
      { label: '2nd', home: null, away: 5 },
    ]
    expect(log.game()).toMatchObject({ score: { home: 4, away: 5 }, linescore: { columns }, period: { number: 1 } })
    log.add(...six('home'), ...balls('away', '1'))
    expect(log.game()).toMatchObject({ score: { home: 4, away: 6 }, winner: 'away' })
    expect(last(log)).toMatchObject({ runs: 6, extras: { penalty: 5 } })
  })

  test('before the first ball, too, whoever bats first', () => {
    const log = game()
    log.add({ kind: 'penaltyRuns', side: 'away' })
    expect(log.game()).toMatchObject({ score: { home: 0, away: 5 }, linescore: { columns: [{ label: '1st', home: null, away: 5 }] } })
    log.add({ kind: 'bats', side: 'home' })
    expect(log.game().linescore.columns).toEqual([
      { label: '1st', home: null, away: null },
      { label: '2nd', home: null, away: 5 },
    ])
  })

  test('to the side in the field of a super over: in its own innings of it, and never in the match', () => {
    const log = game('t20', { overs: 1 })
    log.add(...six('home', '4'), ...six('away', '4'), ...balls('away', '1'), { kind: 'penaltyRuns', side: 'home' })
    expect(log.game()).toMatchObject({ score: { home: 4, away: 4 } })
    expect(log.game().linescore.columns).toHaveLength(2)
    log.add(...balls('away', 'W', 'W'), ...balls('home', '.'))
    expect(log.game()).toMatchObject({ winner: 'home', score: { home: 4, away: 4 }, detail: { shootout: { home: 5, away: 1 } } })
  })

  test('those that name the innings to come begin it', () => {
    const log = game('test')
    log.add(...six('home', '4'), 'inningsEnd', ...six('away', '1'), 'inningsEnd', { kind: 'penaltyRuns', side: 'home', period: 3 })
    expect(log.game().linescore.columns.map(({ home, away }) => home ?? away)).toEqual([4, 1, 5])
  })
})

test('who comes in is asked after a wicket, and not after the last one', () => {
  const log = game('t20', { overs: 2, wickets: 2 })
  log.add({ kind: 'batters', data: { striker: 'h1', nonStriker: 'h2' } }, ...balls('home', '2'))
  const was = log.game().detail
  const isAsked = (question: string) => sport.isAsked?.(question, { kind: 'ball' }, was, log.game().detail)
  log.add(...balls('home', 'W'))
  expect(['newBatter', 'newBatter.h1', 'newBatter.h2', 'newBatter.h3'].map(isAsked)).toEqual([true, false, false, true])
  log.add(...balls('home', 'W'))
  expect(isAsked('newBatter')).toBe(false)
  expect(isAsked('fielder')).toBe(true)
})

test('who bats, bowls and is out is said from the crease where the ball names nobody', () => {
  const log = game('t20', { overs: 2 })
  log.add({ kind: 'batters', side: 'home', data: { striker: 'Rao', nonStriker: 'Lunn' } }, ...balls('home', '1'))
  log.add({ kind: 'bowler', side: 'home', playerId: 'Moss' }, ...balls('home', '4'))
  log.add({ kind: 'ball', side: 'home', data: { wicket: 'runOut', out: 'nonStriker', newBatter: 'Ames' } })
  log.add({ kind: 'ball', side: 'home', data: { wicket: 'bowled', batter: 'Lunn', bowler: 'Moss' } })
  log.add({ kind: 'wicket', side: 'home', data: { wicket: 'retiredHurt', out: 'nonStriker' } })
  const said = log.plays
    .filter(({ kind }) => kind === 'ball' || kind === 'wicket')
    .map(play => {
      const { facts } = log.marks(play.seq)
      return sayPlay(sport, play, { side: 'Hawks', player: null, rules: log.rules as Values, facts, nameOf: id => id })
    })
  expect(said).toEqual([
    'Rao, one run',
    'Moss to Lunn, four',
    'Moss to Lunn, Rao out, run out',
    'Moss to Lunn, out, bowled',
    'Ames retired hurt',
  ])
})

describe('super overs', () => {
  const level = (rule: string) => {
    const log = game('t20', { overs: 1, level: rule })
    log.add(...six('home', '4'), ...six('away', '4'))
    return log
  }

  test('ICC 16.3: apart from the score; the side that batted second bats first', () => {
    const log = level('superOver')
    expect(log.game()).toMatchObject({ status: 'live', winner: null })
    expect(shown(log).batting).toBe('away')
    log.add(...balls('away', '6', 'W', 'W'))
    expect(shown(log)).toMatchObject({ between: true, batting: 'home', target: 7 })
    log.add(...balls('home', '6', '1'))
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'shootout', winner: 'home', score: { home: 4, away: 4 } })
    expect(log.game().linescore.columns).toHaveLength(2)
    expect(log.game().detail).toMatchObject({ shootout: { home: 7, away: 6 }, result: { by: 'superOver' } })
    expect(sport.totals?.(log.game().detail)).toMatchObject([{ label: 'W', of: { home: 0, away: 0 } }, { label: 'SO' }])
    expect(shown(log).rate?.home).toMatchObject({ for: 4, forBalls: 6 })
  })

  test('no more than five, also where a late correction leaves one of them open', () => {
    const log = level('superOver')
    log.add(...six('away', '1'), ...six('home', '1'))
    const state = log.head.fold.sport as State
    const rules = log.rules as Rules
    const [first, second, one, other] = state.rows as [Innings, Innings, Innings, Innings]
    const open = { ...other, runs: 0, overs: 0, legal: 0 }
    const pairs = (n: number) => Array.from({ length: n }, () => [one, other]).flat()
    expect(mayOpen({ ...state, rows: [first, second, one, open, ...pairs(3)] }, rules)).toBe(true)
    expect(mayOpen({ ...state, rows: [first, second, one, open, ...pairs(4)] }, rules)).toBe(false)
  })

  test('two in one match: the order of batting turns round', () => {
    const log = level('superOver')
    log.add(...six('away', '1'), ...six('home', '1'))
    expect(log.game().status).toBe('live')
    expect(shown(log).batting).toBe('home')
    log.add(...six('home', '2'))
    expect(log.game().period).toMatchObject({ kind: 'super-over', label: 'Super over 2' })
    log.add(...balls('away', '4'))
    expect(log.game()).toMatchObject({ winner: 'away', statusReason: 'shootout' })
    expect(shown(log).superOvers).toEqual([
      { home: 1, away: 1 },
      { home: 2, away: 4 },
    ])
  })

  test('until October 2019 boundaries decided a level one', () => {
    const log = new TestLog(sport, { ...pack('t20', '2008'), overs: 1 })
    log.add(...six('home', '4', '2'), ...six('away', '3', '3'), ...six('away', '1'), ...six('home', '1'))
    expect(log.game()).toMatchObject({ winner: 'home', statusReason: 'shootout' })
    expect(shown(log).result).toEqual({ by: 'boundaries', winner: 'home', margin: 1 })
  })

  test('what is to come is said: the first one, the break within it, and another where it is level again', () => {
    const log = level('superOver')
    const middle = () => sport.glance?.(log.game())?.middle
    expect(middle()).toBe('Scores level, super over to come')
    log.add(...six('away', '1'))
    expect(middle()).toBe('Innings break, target 2')
    log.add(...six('home', '1'))
    expect(middle()).toBe('Level again, super over to come')
    expect(sport.glance?.(level('tie').game())?.middle).toBe('Match tied')
  })

  test('none played, the match is a tie; none where the rules know none', () => {
    const log = level('superOver')
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ winner: 'draw', statusReason: 'regulation' })
    expect(level('tie').refusal(balls('away', '1')[0] as TestPlay)).toBe('The game is over.')
  })

  test('before 2008 a bowl-out: its winner is said, its balls are not', () => {
    const log = new TestLog(sport, { ...pack('t20', '2003'), overs: 1 })
    log.add(...six('home', '4'), ...six('away', '4'))
    expect(log.game()).toMatchObject({ status: 'live', winner: null })
    expect(sport.glance?.(log.game())?.middle).toBe('Scores level')
    log.add({ kind: 'gameEnd', data: { how: 'shootout', winner: 'away' } })
    expect(log.game()).toMatchObject({ status: 'final', winner: 'away', score: { home: 4, away: 4 } })
  })

  test('level with fewer wickets lost, where that decides', () => {
    const log = game('club', { overs: 1, level: 'wickets' })
    log.add(...six('home', '4', 'W'), ...six('away', '4'))
    expect(shown(log).result).toEqual({ by: 'fewerWickets', winner: 'away', margin: 1 })
  })
})

describe('two innings a side', () => {
  const declare = { kind: 'inningsEnd', data: { how: 'declared' } }
  const first = (runs: string[], more: string[]) => {
    const log = game('test', { followOn: 10 })
    log.add(...six('home', ...runs), declare, ...six('away', ...more), declare)
    return log
  }

  test('Law 15: a declaration ends the innings where it stands', () => {
    const log = game('test')
    log.add(...balls('home', '4', '4'), declare)
    expect(shown(log)).toMatchObject({ batting: 'away', between: true, innings: [{ declared: true, overs: '0.2', runs: 8 }] })
  })

  test('Law 14: the follow-on, asked for and played; the side bats twice in a row', () => {
    const log = first(['6', '6', '6'], ['4'])
    expect(shown(log).followOn).toBe('away')
    expect(sport.due?.(log.game().detail)).toEqual(['followOn'])
    // The key stands with the side that would bat next: it is its captain who asks for it.
    const side = sport.activeSide?.(log.game().detail) ?? undefined
    expect(side).toBe('home')
    log.add({ kind: 'followOn', side })
    expect(shown(log)).toMatchObject({ batting: 'away', followOn: null })
    log.add(...six('away', '6', '6', '6'), declare, ...balls('home', '4', '1'))
    expect(shown(log).innings.map(({ side }) => side)).toEqual(['home', 'away', 'away', 'home'])
    expect(log.game()).toMatchObject({ winner: 'home', score: { home: 23, away: 22 } })
    expect(shown(log).result).toEqual({ by: 'wickets', winner: 'home', margin: 10 })
  })

  test('a follow-on the lead does not allow is warned of', () => {
    const log = first(['6'], ['4'])
    expect(log.marks(log.add('followOn')).warnings).toEqual(['follow-on-lead'])
    expect(game('test').refusal('followOn')).toBe('A side follows on after its first innings.')
  })

  test('Law 16.1: by an innings and runs', () => {
    const log = first(['6', '6', '6'], ['4'])
    log.add('followOn', ...balls('away', ...Array.from({ length: 10 }, () => 'W')))
    expect(log.game()).toMatchObject({ status: 'final', winner: 'home' })
    expect(shown(log).result).toEqual({ by: 'innings', winner: 'home', margin: 14 })
  })

  test('Law 15.2: a forfeited innings is an innings of none', () => {
    const log = game('test')
    const forfeit = { kind: 'inningsEnd', data: { how: 'forfeited' } }
    log.add(...six('home', '6', '4'), declare, forfeit, forfeit)
    expect(shown(log)).toMatchObject({ batting: 'away', target: 11 })
    expect(log.game().linescore.columns.map(({ home, away }) => [home, away])).toEqual([
      [10, null],
      [null, 0],
      [0, null],
    ])
    log.add(...balls('away', '6', '6'))
    expect(log.game()).toMatchObject({ winner: 'away', score: { home: 10, away: 12 } })
  })

  test('the fourth innings chases what is left; the lead is told before', () => {
    const log = first(['6', '6'], ['4', '6'])
    expect(log.game().detail.lead).toEqual({ side: 'home', runs: 2 })
    log.add(...six('home', '4'), declare)
    expect(shown(log).target).toBe(7)
    log.add(...balls('away', '6'))
    expect(shown(log).need).toEqual({ runs: 1, balls: null })
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ winner: 'draw', statusReason: 'regulation' })
  })
})

describe('corrections', () => {
  test('any ball of any over is derived anew: strike, over and target follow', () => {
    const log = game('t20', { overs: 1 })
    log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } })
    const [one] = [log.add(...balls('home', '1'))]
    log.add(...balls('home', '.', '.', '.', '.', '4'))
    log.add(...balls('away', '4'))
    expect(shown(log).target).toBe(6)
    log.add({ kind: 'ball', side: 'home', data: { wides: 1 }, replaces: one })
    // A ball short now: the over had five, and the other side bats all the same.
    expect(log.game().score).toEqual({ home: 5, away: 4 })
    log.add({ kind: 'void', voids: one })
    expect(log.game().linescore.columns).toHaveLength(2)
  })

  test('a ball voided in an innings that is over leaves the next one where it is', () => {
    const log = game('t20', { overs: 1 })
    const four = log.add(...balls('home', '4'))
    log.add(...balls('home', '.', '.', '.', '.', '.'))
    const chase = log.add(...balls('away', '1'))
    log.add({ kind: 'void', voids: four })
    expect(log.marks(chase).warnings).toEqual(['innings-short'])
    expect(log.game().linescore.columns).toEqual([
      { label: '1st', home: 0, away: null },
      { label: '2nd', home: null, away: 1 },
    ])
    expect(shown(log).target).toBe(1)
  })

  test('a late ball of an earlier innings counts its runs there and moves no strike', () => {
    const log = game('t20', { overs: 1 })
    log.add(...six('home', '4'), { kind: 'batters', data: { striker: 'a', nonStriker: 'b' } }, ...balls('away', '1'))
    log.add({ kind: 'ball', side: 'home', period: 1, data: { runs: 1 } })
    expect(log.game().score).toEqual({ home: 5, away: 1 })
    expect(shown(log)).toMatchObject({ target: 6, thisOver: ['1'] })
    expect(striker(log)).toBe('b')
  })

  test('wrong batter, wrong bowler: put right by a replacement, box and crease alike', () => {
    const log = game()
    const ball = log.add({ kind: 'ball', side: 'home', data: { runs: 4, batter: 'a', nonStriker: 'b', bowler: 'x' } })
    log.add({ kind: 'ball', side: 'home', data: { runs: 4, batter: 'b', nonStriker: 'a', bowler: 'y' }, replaces: ball })
    const [batting, bowling] = boxScore(sport, log.rules, log.plays)
    expect(batting?.rows.map(({ playerId, cells }) => [playerId, cells.runs])).toEqual([
      ['b', 4],
      ['a', 0],
      [undefined, 0],
    ])
    expect(bowling?.rows).toMatchObject([{ playerId: 'y', cells: { overs: '0.1', runs: 4 } }])
  })

  test('scored for the wrong side: one play turns every innings round', () => {
    const log = game('t20', { overs: 1 })
    log.add(...six('home', '4'), ...balls('away', '1'), 'swapSides')
    expect(log.game().score).toEqual({ home: 1, away: 4 })
    expect(shown(log).batting).toBe('home')
    const stray = log.add({ kind: 'ball', side: 'away', period: 2, data: { runs: 1 } })
    expect(log.marks(stray).warnings).toEqual(['other-side'])
  })

  test('the ball that ended the match is voided, and play goes on', () => {
    const log = game('t20', { overs: 1 })
    log.add(...six('home', '4'))
    const winning = log.add(...balls('away', '6'))
    expect(log.game().status).toBe('final')
    log.add({ kind: 'void', voids: winning }, ...balls('away', '1'))
    expect(log.game()).toMatchObject({ status: 'live', winner: null, score: { home: 4, away: 1 } })
  })
})

describe('depths', () => {
  test('score only: overs at once, or the innings as it stands', () => {
    const log = game()
    log.add({ kind: 'overTotal', side: 'home', data: { runs: 9, wickets: 1 } })
    expect(last(log)).toMatchObject({ runs: 9, wickets: 1, overs: '1', balls: 6 })
    log.add({ kind: 'inningsScore', side: 'home', data: { runs: 187, wickets: 6, overs: 18, balls: 4 } })
    expect(last(log)).toMatchObject({ runs: 187, wickets: 6, overs: '18.4', balls: 112 })
    log.add({ kind: 'inningsScore', side: 'home', data: { overs: 20 } })
    expect(shown(log)).toMatchObject({ between: true, target: 188 })
  })

  test('joined in mid-innings, then ball by ball, then by overs: totals agree', () => {
    const log = game()
    log.add({ kind: 'inningsScore', side: 'away', data: { runs: 40, wickets: 2, overs: 5, balls: 4 } }, ...balls('away', '4', '1'))
    expect(last(log)).toMatchObject({ runs: 45, wickets: 2, overs: '6', balls: 36 })
    log.add(...balls('away', '6', 'wd'), { kind: 'overTotal', side: 'away', data: { runs: 3 } })
    expect(last(log)).toMatchObject({ runs: 55, overs: '7', balls: 42, extras: { total: 1 } })
    expect(log.game().score.away).toBe(55)
  })

  test('what cannot be is refused', () => {
    const log = game()
    log.add(...balls('home', 'W'))
    expect(log.refusal({ kind: 'overTotal', data: { runs: 2, wickets: 10 } })).toBe('So many wickets were not left.')
    expect(log.refusal({ kind: 'inningsScore', data: { overs: 21 } })).toBe('The innings has fewer overs.')
    expect(log.refusal({ kind: 'inningsScore', data: { overs: 3, balls: 6 } })).toBe('That is another over.')
    expect(log.refusal({ kind: 'bats', side: 'away' })).toBe('An innings is under way.')
    expect(game().refusal({ kind: 'ball', data: { runs: 1 } })).toBe('Say who bats first.')
  })
})

describe('the packs', () => {
  test('T20 is the default, as it was on the day', () => {
    const on = (date: string) =>
      sport.packs.filter(({ isDefault, from }) => isDefault && from <= date).sort((a, b) => (a.from < b.from ? 1 : -1))[0]?.values as Values
    expect(on('2007-09-24')).toMatchObject({ overs: 20, level: 'bowlOut' })
    expect(on('2014-04-29')).toMatchObject({ level: 'boundaries', caughtCrossing: true })
    expect(on('2020-10-18')).toMatchObject({ level: 'superOver', caughtCrossing: true })
    expect(on('2023-05-29')).toMatchObject({ level: 'superOver', caughtCrossing: false })
  })

  test.each([
    ['odi', { overs: 50, bowlerOvers: 10, powerplay: 10 }],
    ['test', { inningsEach: 2, overs: 0, followOn: 200 }],
    ['multi-day', { inningsEach: 2, followOn: 150 }],
    ['two-day', { followOn: 100 }],
    ['hundred', { ballsPerOver: 5, oversPerEnd: 2, noBallRuns: 2, countsBalls: true }],
    ['t10', { overs: 10, bowlerOvers: 2 }],
    ['club', { overs: 40, level: 'tie' }],
    ['club-timed', { inningsEach: 1, overs: 0 }],
  ])('%s has the numbers people know', (id, values) => {
    expect(pack(id)).toMatchObject(values)
  })
})

describe('what readers see', () => {
  test('who bats first is asked, then known', () => {
    const log = game()
    expect(sport.opening?.(log.game().detail)).toEqual({ ask: 'Who bats first?', action: 'bats' })
    log.add({ kind: 'bats', side: 'away' })
    expect(log.game().status).toBe('scheduled')
    const started = game()
    started.add('periodStart')
    expect(started.game()).toMatchObject({ status: 'live', linescore: { columns: [] } })
    expect(sport.opening?.(log.game().detail)).toBeNull()
    log.add({ kind: 'ball', data: { runs: 4 } })
    expect(log.game()).toMatchObject({ status: 'live', score: { home: 0, away: 4 } })
  })

  test('score, overs and what is needed, the over in marks, signs for free hit and power play', () => {
    const log = game('t20', { overs: 1, powerplay: 1 })
    log.add(...six('home', '4', 'W'), ...balls('away', '1', 'nb'))
    const glance = sport.glance?.(log.game())
    expect(glance).toMatchObject({ home: '4/1 (1)', away: '2/0 (0.1)', middle: '2/0, 3 to win off 5', mark: 'away' })
    expect(glance?.marks?.[0]?.marks.map(({ text }) => text)).toEqual(['1', 'nb'])
    expect(glance?.badges?.map(({ text }) => text)).toEqual(['FH', 'PP'])
    log.add(...balls('away', '4'))
    expect(sport.glance?.(log.game())?.middle).toBe('won by 10 wickets')
  })

  test('which ball it was, innings by innings', () => {
    const log = game('t20', { overs: 1, wickets: 3 })
    log.add(...balls('home', '.', 'wd', '1', '.', '.', '.', '.'), ...balls('away', '2', '.', '.', '.', '.', '.'), ...balls('away', '4'))
    const when = replay(sport, log.rules, log.plays).plays.map(one => one.when)
    const first = ['1st 0.1', '1st 0.2', '1st 0.2', '1st 0.3', '1st 0.4', '1st 0.5', '1st 0.6']
    expect(when).toEqual([...first, ...first.filter((_, i) => i !== 2).map(text => text.replace('1st', '2nd')), 'SO 0.1'])
    const hundred = game('hundred')
    hundred.add(...balls('home', '.', '.', '.', '.', '.', '1'))
    expect(replay(sport, hundred.rules, hundred.plays).plays.at(-1)?.when).toBe('1st 6')
  })

  test('sentences a commentator could say', () => {
    const names: Record<string, string> = { a: 'Ash', b: 'Birch', x: 'Xylander', f: 'Fern' }
    const log = game()
    const say = (data: Record<string, unknown>) => {
      log.add({ kind: 'ball', side: 'home', data })
      const context = { side: 'Rovers', player: null, rules: log.rules as Values, nameOf: (id: string) => names[id] ?? null }
      return sayPlay(sport, log.plays.at(-1) as LoggedPlay, context)
    }
    expect(say({ runs: 4, batter: 'a', bowler: 'x' })).toBe('Xylander to Ash, four')
    expect(say({ wides: 2 })).toBe('2 wides')
    expect(say({ wicket: 'caught', batter: 'a', bowler: 'x', fielder: 'f' })).toBe('Xylander to Ash, out, caught by Fern')
    expect(say({ runs: 1, wicket: 'runOut', batter: 'b', batterOut: 'a', bowler: 'x' })).toBe(
      'Xylander to Birch, Ash out, run out, one run',
    )
    expect(say({ legbyes: 1 })).toBe('One leg bye')
  })

  test('the scorecard adds up', () => {
    const log = game('t20', { overs: 2 })
    const ball = (data: Record<string, unknown>) => ({ kind: 'ball', side: 'home' as const, data: { bowler: 'x', ...data } })
    log.add({ kind: 'batters', data: { striker: 'a', nonStriker: 'b' } })
    log.add(ball({ runs: 4 }), ball({ runs: 1 }), ball({ wides: 1 }), ball({ runs: 6 }), ball({ legbyes: 1 }))
    log.add(ball({ wicket: 'caught', fielder: 'f', newBatter: 'c' }), ball({ runs: 2 }))
    const [batting, falls, bowling] = boxScore(sport, log.rules, log.plays)
    const notOut = { text: 'not out' }
    const caught = { text: 'c {fielder} b {bowler}', people: { fielder: 'f', bowler: 'x' } }
    expect(batting?.rows).toEqual([
      { playerId: 'a', note: caught, cells: { runs: 5, balls: 3, fours: 1, sixes: 0, rate: 166.7 } },
      { playerId: 'b', note: notOut, cells: { runs: 6, balls: 2, fours: 0, sixes: 1, rate: 300 } },
      { playerId: 'c', note: notOut, cells: { runs: 2, balls: 1, fours: 0, sixes: 0, rate: 200 } },
      { label: 'Extras', note: { text: 'w 1, lb 1' }, cells: { runs: 2, balls: null, fours: null, sixes: null, rate: null } },
    ])
    expect(batting).toMatchObject({ total: { runs: 15 }, totalNote: '1 wkt, 1 ov', others: { label: 'Yet to bat', most: 11 } })
    expect(bowling?.rows).toEqual([
      { playerId: 'x', cells: { overs: '1', maidens: 0, runs: 14, wickets: 1, economy: 14, wides: 1, noballs: 0 } },
    ])
    expect(falls?.rows).toEqual([{ playerId: 'a', cells: { wicket: 1, score: 13, over: '0.5' } }])
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['bowled', { wicket: 'bowled' }, 'b {bowler}'],
    ['lbw', { wicket: 'lbw' }, 'lbw b {bowler}'],
    ['hit wicket', { wicket: 'hitWicket' }, 'hit wicket b {bowler}'],
    ['caught by nobody named', { wicket: 'caught' }, 'caught, b {bowler}'],
    ['caught and bowled', { wicket: 'caughtAndBowled' }, 'c & b {bowler}'],
    ['caught by the bowler', { wicket: 'caught', fielder: 'x' }, 'c & b {bowler}'],
    ['stumped', { wicket: 'stumped', fielder: 'k' }, 'st {fielder} b {bowler}'],
    ['run out', { wicket: 'runOut', fielder: 'f' }, 'run out ({fielder})'],
    ['run out by two', { wicket: 'runOut', fielder: 'f', fielder2: 'k' }, 'run out ({fielder}/{fielder2})'],
    ['run out by nobody named', { wicket: 'runOut' }, 'run out'],
    ['obstructing', { wicket: 'obstructing', fielder: 'f' }, 'obstructing the field'],
    ['retired hurt', { wicket: 'retiredHurt' }, 'retired hurt'],
  ])('a card says %s as cards do', (_, data, text) => {
    const card = (bowler?: string) => {
      const log = game()
      log.add({ kind: 'ball', side: 'home', data: { ...data, batter: 'a', nonStriker: 'b', ...(bowler ? { bowler } : {}) } })
      return boxScore(sport, log.rules, log.plays)[0]?.rows.find(({ playerId }) => playerId === 'a')?.note
    }
    expect(card('x')?.text).toBe(text)
    expect(Object.keys(card('x')?.people ?? {}).sort()).toEqual([...text.matchAll(/\{(\w+)\}/g)].map(([, key]) => key).sort())
    expect(card()?.text).not.toContain('{bowler}')
  })

  test('a card is told innings by innings: batting, fall of wickets, the other side’s bowling', () => {
    const log = game('test', { wickets: 1 })
    const out = (side: Side, batter: string, bowler: string) => ({ kind: 'ball', side, data: { wicket: 'bowled', batter, bowler } })
    log.add(out('home', 'a', 'x'), out('away', 'x', 'a'), out('home', 'b', 'x'))
    const tables = boxScore(sport, log.rules, log.plays)
    expect(tables.map(({ part, side, title }) => [part?.side, part?.title, side, title])).toEqual([
      ...[1, 2, 3].flatMap(n => {
        const [bats, bowls] = n === 2 ? ['away', 'home'] : ['home', 'away']
        const title = n === 3 ? '2nd innings' : '1st innings'
        return [
          [bats, title, bats, 'Batting'],
          [bats, title, bats, 'Fall of wickets'],
          [bats, title, bowls, 'Bowling'],
        ]
      }),
    ])
    expect(tables[0]).toMatchObject({ totalNote: 'all out, 0.1 ov' })
    expect(tables[0]?.others).toBeUndefined()
  })

  test('who is in and who bowls is told as soon as anybody is named, in rows that stay', () => {
    const log = game()
    expect(sport.glance?.(log.game())?.marks ?? []).toEqual([])
    log.add({ kind: 'ball', side: 'home', data: { runs: 1, batter: 'a', nonStriker: 'b', bowler: 'x' } })
    const rows = () => sport.glance?.(log.game())?.marks?.slice(1)
    expect(rows()).toEqual([
      { label: 'Batting', side: 'home', playerId: 'a', figures: '1 (1)', marks: [] },
      { label: 'Bowling', side: 'away', playerId: 'x', figures: '0/1 (0.1)', marks: [] },
      { label: 'On strike', side: 'home', playerId: 'b', figures: '0 (0)', marks: [] },
    ])
    log.add(...balls('home', 'W'))
    expect(rows()?.map(({ label, playerId }) => [label, playerId])).toEqual([
      ['Batting', 'a'],
      ['Bowling', 'x'],
      ['On strike', undefined],
    ])
  })

  test('the scorecard adds up with a batter nobody named', () => {
    const log = game('t20', { overs: 2 })
    const ball = (runs: number) => ({ kind: 'ball', side: 'home' as const, data: { runs } })
    log.add({ kind: 'batters', data: { striker: 'a' } })
    log.add(ball(1), ball(4), ball(2))
    const [batting] = boxScore(sport, log.rules, log.plays)
    expect(batting?.rows.map(({ playerId, label, cells }) => [playerId ?? label, cells.runs])).toEqual([
      ['a', 1],
      ['Not named', 6],
      ['Extras', 0],
    ])
    expect(batting?.total).toMatchObject({ runs: 7 })
  })
})
