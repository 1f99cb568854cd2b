import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { Side } from '#domain/play.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './american-football.ts'

const MINUTE = 60_000
const valuesOf = (id: string, date = '2099-01-01') =>
  sport.packs.filter(pack => pack.id === id && pack.from <= date).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]?.values
const football = (id = 'nfl', date?: string) => new TestLog(sport, valuesOf(id, date))

const on =
  (side: Side) =>
  (kind: string, data?: TestPlay['data'], more: Partial<TestPlay> = {}): TestPlay => ({
    kind,
    side,
    ...(data ? { data } : {}),
    ...more,
  })
const home = on('home')
const away = on('away')
const score = (log: TestLog) => log.game().score
const open = (log: TestLog, ...periods: number[]) => {
  for (const period of periods) log.add({ kind: 'periodStart', period })
  return log
}
const inOvertime = (log: TestLog, overtimes = 1) => open(log, ...Array.from({ length: 4 + overtimes }, (_, i) => i + 1))
const warnings = (log: TestLog, play: TestPlay) => log.marks(log.add(play)).warnings ?? []
const ball = (log: TestLog) => log.game().detail.situation

describe('NFL 11, NCAA 8: scoring', () => {
  test.each([
    ['touchdown', 6],
    ['fieldGoal', 3],
    ['safety', 2],
    ['fieldGoalMissed', 0],
  ])('%s is worth %i', (kind, points) => {
    const log = football()
    log.add(home(kind))
    expect(score(log)).toEqual({ home: points, away: 0 })
  })

  test.each([
    ['extraPoint', 7, 0],
    ['twoPoint', 8, 0],
    ['extraPointMissed', 6, 0],
    ['twoPointFailed', 6, 0],
  ])('NFL 11-3: a touchdown and %s', (kind, points, others) => {
    const log = football()
    log.add(home('touchdown'))
    expect(log.game().detail.pending).toBe('home')
    expect(sport.due?.(log.game().detail)).toContain(`home:${kind}`)
    log.add(home(kind))
    expect(score(log)).toEqual({ home: points, away: others })
    expect(log.game().detail.pending).toBeNull()
    expect(log.refusal(home('extraPoint'))).toBe('There is no touchdown to follow.')
  })

  test('NFL 11-3-2: a try that the defence returns is two for it, and over', () => {
    const log = football()
    expect(log.refusal(away('defensiveTwoPoint'))).toBe('The other side has no try to return.')
    log.add(home('touchdown'))
    expect(log.refusal(home('defensiveTwoPoint'))).toBe('The other side has no try to return.')
    log.add(away('defensiveTwoPoint'))
    expect(score(log)).toEqual({ home: 6, away: 2 })
    expect(log.refusal(home('extraPoint'))).toBe('There is no touchdown to follow.')
  })

  test('without a clock the try after the whistle still follows its touchdown', () => {
    const log = open(football(), 1, 2)
    log.add(home('touchdown'), { kind: 'periodStart', period: 3 }, home('extraPoint'))
    expect(score(log)).toEqual({ home: 7, away: 0 })
    const clocked = open(football(), 1, 2)
    clocked.add({ ...home('touchdown'), clockMs: 6 * MINUTE }, { kind: 'periodStart', period: 3 })
    expect(clocked.refusal({ ...home('extraPoint'), clockMs: 14 * MINUTE })).toBe('There is no touchdown to follow.')
  })

  test('NFHS 8-3: there the defence cannot score on a try, nor in the NFL before 2015', () => {
    for (const log of [football('nfhs'), football('nfl', '2014-10-05')]) {
      log.add(home('touchdown'))
      expect(log.refusal(away('defensiveTwoPoint'))).toBe('Under these rules the defence cannot score on a try.')
    }
  })

  test('NFL 11-3-2: a safety on a try is one point, for either side', () => {
    const [attack, defence] = [football(), football()]
    attack.add(home('touchdown'), home('onePointSafety'))
    defence.add(home('touchdown'), away('onePointSafety'))
    expect([score(attack), score(defence)]).toEqual([
      { home: 7, away: 0 },
      { home: 6, away: 1 },
    ])
    expect(football().refusal(home('onePointSafety'))).toBe('There is no touchdown to follow.')
  })

  test('a touchdown that ends the game has no try', () => {
    const log = open(football(), 1, 2, 3, 4)
    log.add(away('touchdown', undefined, { clockMs: 0 }), { kind: 'periodEnd', period: 4 }, 'gameEnd')
    expect(log.game()).toMatchObject({ score: { home: 0, away: 6 }, winner: 'away', status: 'final' })
  })

  test.each(['extraPoint', 'twoPoint', 'defensiveTwoPoint'])('a touchdown overturned takes its %s along, and brings it back', kind => {
    const log = open(football(), 1)
    const made = log.add(home('touchdown', undefined, { clockMs: 3 * MINUTE }))
    const second = log.add((kind === 'defensiveTwoPoint' ? away : home)(kind, undefined, { clockMs: 3 * MINUTE }))
    const whole = score(log)
    open(log, 2, 3)
    const struck = log.add({ kind: 'void', voids: made })
    expect(score(log)).toEqual({ home: 0, away: 0 })
    expect(log.marks(second).ignored).toBeTruthy()
    log.add({ kind: 'void', voids: struck })
    expect(score(log)).toEqual(whole)
  })

  test('the try of a touchdown overturned does not fall to an older one without a try', () => {
    const log = open(football(), 1)
    log.add(home('touchdown', undefined, { clockMs: 9 * MINUTE }))
    const second = log.add(home('touchdown', undefined, { clockMs: 2 * MINUTE }))
    log.add(home('extraPoint', undefined, { clockMs: 2 * MINUTE }), { kind: 'void', voids: second })
    expect(score(log)).toEqual({ home: 6, away: 0 })
    const played = football()
    played.add(home('touchdown'), home('kickoff'))
    expect(played.refusal(home('extraPoint'))).toBe('There is no touchdown to follow.')
  })

  test('a field goal in place of a touchdown drops the try', () => {
    const log = football()
    const made = log.add(home('touchdown'))
    log.add(home('extraPoint'), { ...home('fieldGoal'), replaces: made })
    expect(score(log)).toEqual({ home: 3, away: 0 })
  })

  test('what is written down late stands in its own quarter with its own try, and leaves the one that is due', () => {
    const log = open(football(), 1, 2)
    log.add(away('touchdown'), home('touchdown', undefined, { period: 1 }), home('twoPoint', undefined, { period: 1 }))
    expect(log.game().linescore.columns).toEqual([
      { label: 'Q1', home: 8, away: 0 },
      { label: 'Q2', home: 0, away: 6 },
    ])
    expect(log.game().detail.pending).toBe('away')
    log.add(away('extraPoint'))
    expect(score(log)).toEqual({ home: 8, away: 7 })
  })
})

describe('NFL 7, NCAA 5: downs never touch the score', () => {
  test('gains, losses, a new first down, and the ball over on downs', () => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 75 }))
    expect(ball(log)).toBe('1st & 10, own 25')
    log.add(home('run', { yards: 4 }))
    expect(ball(log)).toBe('2nd & 6, own 29')
    log.add(home('pass', { yards: 7 }))
    expect(ball(log)).toBe('1st & 10, own 36')
    log.add(away('sack', { yards: 6 }), home('incomplete'))
    expect(ball(log)).toBe('3rd & 16, own 30')
    log.add(home('run', { yards: 2, loss: true }), home('run', { yards: 3 }))
    expect(ball(log)).toBe('1st & 10, opp 31')
    expect(log.game().detail).toMatchObject({ ball: { side: 'away' }, firstDowns: { home: 1, away: 0 } })
    expect(score(log)).toEqual({ home: 0, away: 0 })
  })

  test('first and goal inside the ten, and the red zone', () => {
    const log = open(football(), 1)
    log.add(away('possession', { toGoal: 8 }))
    expect(ball(log)).toBe('1st & goal, opp 8')
    expect(sport.glance?.(log.game())).toMatchObject({
      middle: '1st & goal, opp 8',
      mark: 'away',
      badges: [{ side: 'away', text: 'RZ' }],
    })
  })

  test('a correction of a spot in an earlier quarter leaves the score and mends the downs', () => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 60 }))
    const run = log.add(home('run', { yards: 3 }))
    open(log, 2)
    log.add(home('run', { yards: 4 }))
    expect(ball(log)).toBe('3rd & 3, own 47')
    log.add({ ...home('run', { yards: 12 }), period: 1, replaces: run })
    expect(ball(log)).toBe('2nd & 6, opp 44')
  })

  test('the ball stays from the first quarter to the second, and from the second to the third it does not', () => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 60 }))
    open(log, 2)
    expect(ball(log)).toBe('1st & 10, own 40')
    open(log, 3)
    expect(ball(log)).toBeNull()
  })

  test('NFL 14: a penalty plays the down again, an automatic first down renews it, one declined changes nothing', () => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 60 }), home('run', { yards: 2 }), home('penalty', { yards: 10 }))
    expect(ball(log)).toBe('2nd & 18, own 32')
    log.add(away('penalty', { yards: 5 }))
    expect(ball(log)).toBe('2nd & 13, own 37')
    log.add(away('penalty', { yards: 5, firstDown: true }))
    expect(ball(log)).toBe('1st & 10, own 42')
    log.add(away('penalty', { yards: 15, declined: true }))
    expect(log.game().detail).toMatchObject({
      penalties: { home: 1, away: 2 },
      penaltyYards: { home: 10, away: 10 },
      firstDowns: { home: 1 },
    })
  })

  test('offsetting flags play the down again and count for nobody; grounding costs the down, on the last one the ball', () => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 60 }), home('run', { yards: 2 }))
    log.add(home('penalty', { foul: 'holding', yards: 10, offset: true }), away('penalty', { foul: 'personal', yards: 15, offset: true }))
    expect(ball(log)).toBe('2nd & 8, own 42')
    expect(log.game().detail).toMatchObject({ penalties: { home: 0, away: 0 }, penaltyYards: { home: 0, away: 0 } })
    const rows = boxScore(sport, log.rules, log.plays).at(-1)?.rows ?? []
    expect(rows.filter(({ label }) => label === 'Penalties, yards')).toEqual([])
    log.add(home('penalty', { yards: 10, lossOfDown: true }))
    expect(ball(log)).toBe('3rd & 18, own 32')
    log.add(home('incomplete'), home('penalty', { yards: 10, lossOfDown: true }))
    expect(log.game().detail.ball).toEqual({ side: 'away', down: 1, toGo: 10, toGoal: 22 })
    log.add(away('down', { down: 3, toGo: 10 }), home('penalty', { yards: 5, lossOfDown: true }))
    expect(ball(log), 'the defence has no down to lose').toMatch(/^3rd & 5/)
  })

  test('a flag asks for a first down of the defence alone, where the foul may give one, and for a lost down of the offence', () => {
    const asked = (question: string, side: Side, data: TestPlay['data'], toGo = 10) =>
      sport.isAsked?.(question, { kind: 'penalty', side, data }, { ball: { side: 'home', down: 3, toGo, toGoal: 50 } }, {})
    expect(asked('firstDown', 'away', { foul: 'holding', yards: 5 })).toBe(true)
    expect(asked('firstDown', 'away', { foul: 'holding', yards: 5 }, 5), 'reached anyway').toBe(false)
    expect(asked('firstDown', 'away', { yards: 5 }), 'before the foul is said').toBe(true)
    expect(asked('firstDown', 'away', { foul: 'offside', yards: 5 })).toBe(false)
    expect(asked('firstDown', 'home', { foul: 'holding', yards: 10 })).toBe(false)
    expect(asked('firstDown', 'away', { foul: 'holding', declined: true })).toBe(false)
    expect(asked('lossOfDown', 'home', { yards: 10 })).toBe(true)
    expect(asked('lossOfDown', 'away', { yards: 10 })).toBe(false)
    expect(asked('lossOfDown', 'home', { foul: 'holding' })).toBe(false)
    expect(asked('offset', 'home', { declined: true })).toBe(false)
    expect(asked('yards', 'home', {})).toBe(true)
  })

  test('a punt says where the receivers begin, a blocked one goes over where it was snapped', () => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 70 }), home('punt', { yards: 40, toGoal: 80 }))
    expect(log.game().detail.ball).toEqual({ side: 'away', down: 1, toGo: 10, toGoal: 80 })
    log.add(away('punt', { blocked: true }))
    expect(ball(log)).toBe('1st & 10, opp 20')
    expect(log.game().detail.ball).toMatchObject({ side: 'home' })
    log.add(away('turnover', { type: 'interception', toGoal: 95 }))
    expect(ball(log)).toBe('1st & 10, own 5')
  })

  test.each([
    ['from outside the 20 where it was snapped', 35, '1st & 10, own 35'],
    ['from inside it at the 20', 8, '1st & 10, own 20'],
  ])('NFL 11-4-2, NCAA 8-4-2: a field goal missed goes over, %s', (_what, toGoal, situation) => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal }), home('fieldGoalMissed'))
    expect(ball(log)).toBe(situation)
  })

  test('a fourth down that failed gives the ball away by itself; the turnover said after it leaves the spot', () => {
    const log = open(football(), 1)
    log.add(home('down', { down: 4, toGo: 3, toGoal: 40 }), home('run', { yards: 1 }), away('turnover', { type: 'downs' }))
    expect(log.game().detail.ball).toEqual({ side: 'away', down: 1, toGo: 10, toGoal: 61 })
    expect(log.game().detail.turnovers).toEqual({ home: 0, away: 0 })
  })

  test('a play of the side without the ball is warned of, and so is a turnover that gives the ball to who had it', () => {
    const log = open(football(), 1)
    expect(warnings(log, home('run', { yards: 3 })), 'nobody said who has it').toEqual([])
    expect(warnings(log, home('sack', { yards: 3 }))).toEqual(['had-the-ball'])
    expect(warnings(log, home('punt'))).toEqual(['not-in-possession'])
    expect(warnings(log, away('incomplete'))).toEqual([])
    expect(warnings(log, away('turnover', { type: 'fumble' }))).toEqual(['had-the-ball'])
    expect(warnings(log, away('turnover', { type: 'downs' }))).toEqual([])
    expect(warnings(log, home('turnover', { type: 'fumble' }))).toEqual([])
  })

  test('punts and turnovers give the ball away', () => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 70 }), home('punt', { yards: 40 }))
    expect(log.game().detail.ball).toEqual({ side: 'away', down: null, toGo: null, toGoal: null })
    log.add(away('down', { down: 3, toGo: 7, toGoal: 40 }))
    expect(ball(log)).toBe('3rd & 7, opp 40')
    log.add(home('turnover', { type: 'interception' }))
    expect(ball(log)).toBe('1st & 10, own 40')
    expect(log.game().detail.turnovers).toEqual({ home: 0, away: 1 })
  })

  test.each([
    ['the distance of a later down moves the ball with it', { down: 2, toGo: 7 }, '2nd & 7, own 28'],
    ['a loss too', { down: 2, toGo: 14 }, '2nd & 14, own 21'],
    ['a spot that is said goes before', { down: 2, toGo: 7, toGoal: 70 }, '2nd & 7, own 30'],
    ['a down without its distance claims none', { down: 2 }, '2nd down'],
    ['of a new series nobody knows where it begins', { down: 1, toGo: 10 }, '1st & 10'],
    ['a new series is ten yards unless said otherwise', { down: 1 }, '1st & 10'],
    ['a spot alone leaves down and distance', { toGoal: 74 }, '1st & 10, own 26'],
  ])('down and distance by hand: %s', (_what, said, situation) => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 75 }), home('down', said))
    expect(ball(log)).toBe(situation)
  })

  test('down and distance by hand: the line to gain stays through a series, at the goal too', () => {
    const log = open(football(), 1)
    log.add(home('possession', { toGoal: 75 }), home('down', { down: 2, toGo: 7 }), home('down', { down: 3, toGo: 2 }))
    expect(ball(log)).toBe('3rd & 2, own 33')
    log.add(home('possession', { toGoal: 8 }), home('down', { down: 2, toGo: 3 }))
    expect(ball(log)).toBe('2nd & goal, opp 3')
  })

  test('the keys of every game stand in front of those of a rare one', () => {
    const order = sport.actions(valuesOf('nfl')).map(({ id }) => id)
    const rare = ['fieldGoalMissed', 'twoPointFailed', 'safety', 'defensiveTwoPoint'].map(id => order.indexOf(id))
    expect(Math.max(order.indexOf('down'), order.indexOf('timeout'), order.indexOf('penalty'))).toBeLessThan(Math.min(...rare))
  })

  test('the spot of a kick that is said afterwards is no first down made; the first play of a possession is on first down', () => {
    const log = open(football(), 1)
    log.add(away('kickoff'), home('possession', { toGoal: 75 }))
    expect(log.game().detail.firstDowns).toEqual({ home: 0, away: 0 })
    log.add(home('possession', { toGoal: 60 }))
    expect(log.game().detail.firstDowns).toEqual({ home: 1, away: 0 })
    log.add(home('punt'), away('run', { yards: 3 }))
    expect(ball(log)).toBe('2nd & 7')
  })

  test('NFL 11-3: the run or the pass of a try moves nothing, and leaves the try to come', () => {
    const log = open(football(), 1)
    log.add(home('touchdown'), home('incomplete'), home('twoPointFailed'))
    expect(log.game()).toMatchObject({ score: { home: 6, away: 0 }, detail: { ball: null, pending: null } })
    expect(boxScore(sport, log.rules, log.plays).some(({ id }) => id === 'passing')).toBe(false)
  })

  test('flag: first downs at midfield, then at the goal line', () => {
    const log = open(football('flag'), 1)
    log.add(home('possession', { toGoal: 45 }))
    expect(ball(log)).toBe('1st & 20, own 5')
    log.add(home('pass', { yards: 25 }))
    expect(ball(log)).toBe('1st & goal, opp 20')
  })
})

describe('level at the end', () => {
  test('NFL 16 until 2011: the first score wins', () => {
    const log = inOvertime(football('nfl', '2010-10-03'))
    log.add(home('fieldGoal'))
    expect(log.game().detail.isDecided).toBe(true)
    expect(warnings(log, away('touchdown'))).toEqual(['overtime-decided'])
  })

  test('NFL 16 from 2012: a field goal first may be answered, a touchdown first wins', () => {
    const log = inOvertime(football('nfl', '2013-10-06'))
    log.add(home('fieldGoal'))
    expect(log.game().detail.isDecided).toBe(false)
    log.add(away('fieldGoal'))
    expect(log.game().detail.isDecided).toBe(false)
    log.add(home('fieldGoal'))
    expect(log.game().detail.isDecided).toBe(true)
    const touchdown = inOvertime(football('nfl', '2013-10-06'))
    touchdown.add(away('touchdown'))
    expect(touchdown.game().detail.isDecided).toBe(true)
  })

  test('NFL 16 from 2025: both sides have the ball even after a touchdown; a safety first ends it', () => {
    const log = inOvertime(football('nfl', '2025-10-05'))
    log.add(home('touchdown'), home('extraPoint'))
    expect(log.game().detail.isDecided).toBe(false)
    log.add(home('kickoff'))
    expect(log.game().detail.isDecided).toBe(false)
    const answer = log.add(away('touchdown'))
    expect(log.game().detail.isDecided).toBe(false)
    log.add(away('twoPoint'))
    expect(log.game().detail.isDecided).toBe(true)
    log.add({ kind: 'void', voids: answer }, home('turnover', { type: 'downs' }))
    expect(log.game().detail.isDecided).toBe(true)
    const safety = inOvertime(football('nfl', '2025-10-05'))
    safety.add(away('safety'))
    expect(safety.game().detail.isDecided).toBe(true)
  })

  test('NFL 16: ten minutes in the season, a tie is possible, and no second overtime', () => {
    const log = inOvertime(football('nfl', '2025-10-05'))
    expect(log.game().clock?.valueMs).toBe(10 * MINUTE)
    expect(log.refusal({ kind: 'periodStart', period: 6 })).not.toBeNull()
    log.add(home('fieldGoal'), away('fieldGoal'), 'gameEnd')
    expect(log.game()).toMatchObject({ winner: 'draw', statusReason: 'overtime' })
  })

  test('NFL 16: play-offs have fifteen minutes and as many overtimes as it takes', () => {
    const log = inOvertime(football('nfl-playoffs'), 2)
    expect(log.game()).toMatchObject({ clock: { valueMs: 15 * MINUTE }, period: { label: 'OT2' } })
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['Q1', 'Q2', 'Q3', 'Q4', 'OT', 'OT2'])
  })

  test('NCAA 3-1-3: untimed series; a kick after a touchdown is pointed out from the second, tries alone from the third', () => {
    const first = inOvertime(football('ncaa'))
    expect(first.game().clock).toBeNull()
    first.add(home('possession'))
    expect(ball(first)).toBe('1st & 10, opp 25')
    first.add(home('touchdown'))
    expect(warnings(first, home('extraPoint'))).toEqual([])
    const second = inOvertime(football('ncaa'), 2)
    second.add(home('touchdown'))
    expect(warnings(second, home('extraPoint'))).toEqual(['must-go-for-two'])
    const third = inOvertime(football('ncaa'), 3)
    expect(warnings(third, home('twoPoint'))).toEqual([])
    third.add(away('twoPointFailed'))
    expect(warnings(third, home('touchdown'))).toEqual(['tries-only'])
    expect(third.game().linescore.columns.at(-1)).toEqual({ label: 'OT3', home: 8, away: 0 })
  })

  test('NCAA 3-1-3 until 2020: a kick after a touchdown still in the second', () => {
    const log = inOvertime(football('ncaa', '2019-10-05'), 2)
    log.add(home('touchdown'))
    expect(warnings(log, home('extraPoint'))).toEqual([])
  })

  test('NFHS: twelve-minute quarters, overtime without a clock', () => {
    const log = open(football('nfhs'), 1)
    expect(log.game().clock?.valueMs).toBe(12 * MINUTE)
    expect(inOvertime(football('nfhs')).game()).toMatchObject({ clock: null, period: { kind: 'overtime', label: 'OT' } })
  })
})

describe('time-outs', () => {
  const left = (log: TestLog) => log.game().detail.timeouts

  test('NFL 4-5: three a half, none carried over', () => {
    const log = open(football(), 1)
    log.add(home('timeout'))
    open(log, 2)
    expect(left(log)).toEqual({ home: 2, away: 3 })
    log.add(home('timeout'), home('timeout'))
    expect(warnings(log, home('timeout'))).toEqual(['no-timeouts-left'])
    open(log, 3)
    expect(left(log)).toEqual({ home: 3, away: 3 })
  })

  test('a lost challenge costs one, another does not', () => {
    const log = open(football(), 1)
    log.add(home('challenge'), away('challenge', { lost: true }))
    expect(left(log)).toEqual({ home: 3, away: 2 })
  })

  test('two in the overtime of the season, three for two overtimes of a play-off', () => {
    expect(left(inOvertime(football()))).toEqual({ home: 2, away: 2 })
    const log = inOvertime(football('nfl-playoffs'))
    log.add(home('timeout'))
    open(log, 6)
    expect(left(log)).toEqual({ home: 2, away: 3 })
    open(log, 7)
    expect(left(log)).toEqual({ home: 3, away: 3 })
  })

  test('NCAA 3-3-4 from 2025: one in the first overtime, one in the second, then one for all the others', () => {
    const log = inOvertime(football('ncaa'))
    log.add(home('timeout'))
    open(log, 6)
    expect(left(log)).toEqual({ home: 1, away: 1 })
    open(log, 7)
    log.add(home('timeout'))
    open(log, 8)
    expect(left(log)).toEqual({ home: 0, away: 1 })
    const before = inOvertime(football('ncaa', '2024-10-05'), 3)
    before.add(home('timeout'))
    open(before, 8)
    expect(left(before)).toEqual({ home: 1, away: 1 })
  })

  test('one of an earlier half that is struck gives that half back its time-out', () => {
    const log = open(football(), 1)
    const used = log.add(home('timeout'))
    open(log, 2)
    log.add({ kind: 'void', voids: used })
    expect(left(log)).toEqual({ home: 3, away: 3 })
  })
})

describe('other forms', () => {
  test('NFHS: a lead of 35 in the second half keeps the clock running', () => {
    const log = open(football('nfhs'), 1)
    for (let n = 0; n < 6; n++) log.add(home('touchdown'))
    expect(log.game().detail.runningClock).toBe(false)
    open(log, 2, 3)
    expect(log.game().detail.runningClock).toBe(true)
    expect(sport.glance?.(log.game()).badges).toContainEqual(expect.objectContaining({ text: 'RUN' }))
  })

  test('flag: two halves, tries of one and two, no kicks', () => {
    const log = open(football('flag'), 1)
    log.add(home('touchdown'), home('extraPoint'), away('touchdown'), away('twoPoint'))
    expect(score(log)).toEqual({ home: 7, away: 8 })
    expect(log.refusal(home('fieldGoal'))).toBe('There are no field goals under these rules.')
    expect(sport.actions(valuesOf('flag')).map(({ kind }) => kind)).not.toContain('fieldGoal')
    expect(log.game().period?.label).toBe('1H')
  })
})

describe('words and figures', () => {
  const say = (play: TestPlay, player: string | null = null) => {
    const log = football()
    const told = log.plays[log.add(play) - 1]
    return told && sayPlay(sport, told, { side: 'Quayside', player, rules: {}, nameOf: () => 'Bo Vey' })
  }
  test('plays read as somebody would say them', () => {
    expect(say(home('touchdown', { how: 'pass', yards: 12, passer: 'b' }), 'Ada Lind')).toBe(
      'Touchdown, Ada Lind, Quayside, 12-yard pass from Bo Vey',
    )
    expect(say(home('run', { yards: 1 }), 'Ada Lind')).toBe('Ada Lind runs for a yard')
    expect(say(home('pass', { yards: 3, loss: true, receiver: 'b' }), 'Ada Lind')).toBe('Ada Lind passes to Bo Vey, a loss of 3')
    expect(say(home('down', { down: 3, toGo: 7 }))).toBe('Third and 7, Quayside')
    expect(say(home('penalty', { foul: 'falseStart', yards: 5 }))).toBe('Flag against Quayside, false start')
    expect(say(home('fieldGoal', { yards: 42 }))).toBe('42-yard field goal, Quayside')
    expect(say(home('penalty', { foul: 'offside', declined: true }))).toBe('Flag against Quayside, offside, declined')
    expect(say(home('penalty', { offset: true }), 'Ada Lind')).toBe('Flag against Ada Lind, Quayside, offset')
    expect(say(home('punt', { blocked: true, yards: 5 }))).toBe('Punt blocked, Quayside')
  })

  test('the box score has each line by its conventions, and both teams', () => {
    const log = open(football(), 1)
    const [ada, bo, cy] = ['ada', 'bo', 'cy']
    log.add(
      home('possession', { toGoal: 75 }),
      home('run', { yards: 3, tackler: 'dee' }, { playerId: ada }),
      home('incomplete', undefined, { playerId: bo }),
      home('pass', { yards: 20, receiver: cy }, { playerId: bo }),
      away('sack', { yards: 5 }, { playerId: 'dee' }),
      home('touchdown', { how: 'pass', yards: 57, passer: bo }, { playerId: cy }),
      home('extraPoint', undefined, { playerId: 'kim' }),
      away('penalty', { yards: 15 }),
    )
    const tables = boxScore(sport, log.rules, log.plays)
    const of = (id: string, side: Side) => tables.find(table => table.id === id && table.side === side)?.rows
    expect(of('passing', 'home')).toEqual([
      { playerId: bo, cells: { completions: '2/3', passYards: 77, passTouchdowns: 1, thrownAway: 0 } },
    ])
    expect(of('rushing', 'home')).toEqual([{ playerId: ada, cells: { carries: 1, rushYards: 3, rushTouchdowns: 0 } }])
    expect(of('receiving', 'home')).toEqual([{ playerId: cy, cells: { catches: 2, catchYards: 77, catchTouchdowns: 1 } }])
    expect(of('scoring', 'home')).toMatchObject([
      { playerId: cy, cells: { points: 6, touchdowns: 1 } },
      { playerId: 'kim', cells: { points: 1, extraPoints: 1 } },
    ])
    expect(of('kicking', 'home')).toMatchObject([{ playerId: 'kim', cells: { extraPoints: '1/1' } }])
    expect(of('defence', 'away')).toMatchObject([{ playerId: 'dee', cells: { tackles: 2, sacks: 1 } }])
    const team = Object.fromEntries(tables.at(-1)?.rows.map(({ label, cells }) => [label, cells.home]) ?? [])
    expect(team).toMatchObject({ 'First downs': 2, 'Third downs': '1/1', 'Total yards': 75, 'Sacked, yards lost': '1, 5' })
  })
})

test('at every depth the totals are the same', () => {
  const bare = open(football(), 1)
  bare.add(home('touchdown'), home('extraPoint'), away('fieldGoal'))
  const full = open(football(), 1)
  full.add(
    home('possession', { toGoal: 70 }),
    home('run', { yards: 10 }),
    home('touchdown', { how: 'run', yards: 60 }),
    home('extraPoint'),
    home('kickoff'),
    away('penalty', { yards: 5 }),
    away('fieldGoal', { yards: 50 }),
  )
  expect(score(full)).toEqual(score(bare))
  const keys = sport.actions(bare.rules).filter(({ depth }) => depth === 'score')
  expect(keys.map(({ id }) => id)).toEqual(expect.arrayContaining(['touchdown', 'extraPoint', 'twoPoint', 'fieldGoal', 'safety']))
})

describe('Kick-offs', () => {
  const due = (log: TestLog) => sport.due?.(log.game().detail) ?? []

  test('NFL 6-1, 11-5: a half begins with one by either side; after a score the scorers kick, after a safety those it was scored on', () => {
    const log = open(football(), 1)
    expect(due(log)).toEqual(['kickoff'])
    log.add(away('kickoff', { toGoal: 75 }))
    expect(due(log)).toEqual([])
    expect(ball(log)).toBe('1st & 10, own 25')
    log.add(home('fieldGoal'))
    expect(due(log)).toEqual(['home:kickoff'])
    log.add(home('kickoff'), away('touchdown'))
    expect(due(log)).toContain('away:extraPoint')
    log.add(away('extraPointMissed'))
    expect(due(log)).toEqual(['away:kickoff'])
    log.add(away('kickoff'), home('safety'))
    expect(due(log)).toEqual(['away:kickoff'])
    open(log, 2)
    expect(due(log)).toEqual(['away:kickoff'])
    open(log, 3)
    expect(due(log)).toEqual(['kickoff'])
  })

  test('there is none in flag football, nor in an overtime of series', () => {
    const flag = open(football('flag'), 1)
    expect(due(flag)).toEqual([])
    expect(sport.actions(valuesOf('flag')).some(({ kind }) => kind === 'kickoff')).toBe(false)
    const college = inOvertime(football('ncaa'))
    expect(due(college)).toEqual([])
    college.add(home('fieldGoal'))
    expect(due(college)).toEqual([])
  })
})

test('who threw is asked of a touchdown pass and of no other, who lost the ball of an interception or a fumble', () => {
  const asked = (question: string, kind: string, data: TestPlay['data']) => sport.isAsked?.(question, { kind, data }, {}, {})
  expect(asked('passer', 'touchdown', { how: 'pass' })).toBe(true)
  expect(asked('passer', 'touchdown', { how: 'run' })).toBe(false)
  expect(asked('passer', 'touchdown', {})).toBe(false)
  expect(asked('from', 'turnover', { type: 'interception' })).toBe(true)
  expect(asked('from', 'turnover', { type: 'downs' })).toBe(false)
  expect(asked('yards', 'touchdown', { how: 'run' })).toBe(true)
})
