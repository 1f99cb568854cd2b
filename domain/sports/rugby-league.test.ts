import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { Side } from '#domain/play.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sport } from './rugby-league.ts'

const MINUTE = 60_000
const valuesOf = (id: string, version?: string) =>
  sport.packs.find(pack => pack.id === id && (version === undefined || pack.version === version))?.values
const league = (id = 'international', version?: string) => new TestLog(sport, valuesOf(id, version))

const on =
  (side: Side) =>
  (kind: string, minute?: number, more: Partial<TestPlay> = {}): TestPlay => ({
    kind,
    side,
    ...(minute === undefined ? {} : { clockMs: minute * MINUTE }),
    ...more,
  })
const home = on('home')
const away = on('away')
const score = (log: TestLog) => log.game().score
const open = (log: TestLog, ...periods: number[]) => {
  for (const period of periods) log.add({ kind: 'periodStart', period })
  return log
}
const warnings = (log: TestLog, play: TestPlay) => log.marks(log.add(play)).warnings ?? []

describe('section 6: scoring', () => {
  test.each([
    ['try', 4],
    ['penaltyTry', 4],
    ['penaltyGoal', 2],
    ['dropGoal', 1],
    ['dropGoalLong', 1],
    ['penaltyMissed', 0],
  ])('%s is worth %i', (kind, points) => {
    const log = league()
    log.add(home(kind))
    expect(score(log)).toEqual({ home: points, away: 0 })
  })

  test('a try and a penalty try are both converted; nothing else is', () => {
    const log = league()
    log.add(home('try'), home('conversion'), home('penaltyTry'), home('conversion'))
    expect(score(log).home).toBe(12)
    log.add(home('penaltyGoal'))
    expect(log.refusal(home('conversion'))).toBe('There is no try to convert.')
  })

  test('without a clock the kick after the whistle still follows its try', () => {
    const log = league()
    log.add({ kind: 'periodStart', period: 1 }, home('try'), { kind: 'periodStart', period: 2 }, home('conversion'))
    expect(log.game().score).toEqual({ home: 6, away: 0 })
  })

  test('foul play on the scorer: a penalty goal after the conversion makes it an eight-point try', () => {
    const log = league()
    log.add(home('try'), home('conversion'), home('penaltyGoal'))
    expect(score(log).home).toBe(8)
  })

  test('a try that is struck takes its conversion along, and brings it back', () => {
    const log = open(league(), 1)
    const made = log.add(away('try', 20))
    const kick = log.add(away('conversion', 22))
    open(log, 2)
    const struck = log.add({ kind: 'void', voids: made })
    expect(score(log)).toEqual({ home: 0, away: 0 })
    expect(log.marks(kick)).toEqual({ ignored: 'There is no try to convert.' })
    log.add({ kind: 'void', voids: struck })
    expect(score(log)).toEqual({ home: 0, away: 6 })
  })

  test('NRL since 2021: a drop goal from 40 metres is two', () => {
    const log = league('nrl', '2021')
    log.add(home('dropGoalLong'), home('dropGoal'))
    expect(score(log).home).toBe(3)
    const has = (id: string) => sport.actions(valuesOf(id)).some(({ kind }) => kind === 'dropGoalLong')
    expect([has('nrl'), has('super-league')]).toEqual([true, false])
  })

  test('before 1983 a try was three', () => {
    const log = league('international', '1974')
    log.add(home('try'), home('conversion'))
    expect(score(log).home).toBe(5)
  })
})

describe('level at the end', () => {
  test('golden point: two fives, the first score wins, what follows is pointed out', () => {
    const log = open(league('nrl'), 1, 2, 3, 4)
    expect(warnings(log, away('dropGoal', 86))).toEqual([])
    expect(warnings(log, home('try', 88))).toEqual(['decided'])
    log.add({ kind: 'void', voids: log.head.seq }, 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'golden', winner: 'away', period: { label: 'GP2' } })
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['1H', '2H', 'GP1', 'GP2'])
    expect(log.refusal({ kind: 'periodStart', period: 5 })).not.toBeNull()
  })

  test('golden point without a score is a draw', () => {
    const log = open(league('super-league'), 1, 2, 3, 4)
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'overtime', winner: 'draw' })
  })

  test('NRL finals: both fives are played out before golden point', () => {
    const log = open(league('nrl-finals'), 1, 2, 3)
    expect(warnings(log, home('penaltyGoal', 82))).toEqual([])
    expect(warnings(log, home('penaltyGoal', 84))).toEqual([])
    open(log, 4)
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'overtime', winner: 'home', period: { label: 'ET2' } })
    expect(open(league('nrl-finals'), 1, 2, 3, 4, 5, 6).game().period?.label).toBe('GP2')
  })

  test('elsewhere there is none', () => {
    expect(open(league(), 1, 2).refusal({ kind: 'periodStart', period: 3 })).not.toBeNull()
  })
})

describe('nines', () => {
  test('five for a try in the bonus zone, which other rules do not have', () => {
    const log = league('nines')
    log.add(home('bonusTry'), home('conversion'))
    expect(score(log).home).toBe(7)
    expect(league().refusal(home('bonusTry'))).toBe('There is no bonus zone under these rules.')
  })

  test('golden try: only a try decides', () => {
    const log = open(league('nines'), 1, 2, 3)
    expect(log.game().period?.label).toBe('GT1')
    expect(warnings(log, home('penaltyGoal'))).toEqual(['only-tries'])
    expect(warnings(open(league('nines'), 1, 2, 3), home('try'))).toEqual([])
  })
})

describe('sections 15 and 16: the sin bin and players sent off', () => {
  test('ten minutes of playing time', () => {
    const log = open(league(), 1)
    log.add(home('sinBin', 35, { playerId: 'p9' }))
    expect(log.game().detail.timers).toEqual([{ id: '1', side: 'home', label: 'Sin bin', playerId: 'p9', leftMs: 10 * MINUTE }])
    open(log, 2)
    expect(log.game().detail.timers).toMatchObject([{ leftMs: 5 * MINUTE }])
    expect(warnings(log, home('try', 44, { playerId: 'p9' }))).toEqual(['player-in-bin'])
    expect(warnings(log, home('tackle', 46, { playerId: 'p9' }))).toEqual([])
    expect(log.game().detail.timers).toBeUndefined()
  })

  test('a second time in the bin sends nobody off by itself: that is the referee’s to say', () => {
    const log = open(league(), 1)
    log.add(home('sinBin', 10, { playerId: 'p9' }))
    expect(warnings(log, home('sinBin', 30, { playerId: 'p9' }))).toEqual([])
    expect(log.game().detail).toMatchObject({ sinBins: { home: 2, away: 0 }, sendOffs: { home: 0, away: 0 } })
    expect(log.game().detail.timers).toMatchObject([{ label: 'Sin bin', leftMs: 10 * MINUTE }])
  })

  test('who is sent off is gone for good', () => {
    const log = open(league(), 1)
    log.add(away('sendOff', 10, { playerId: 'p3' }))
    expect(log.game().detail).toMatchObject({ sendOffs: { home: 0, away: 1 }, penalties: { out: { home: 0, away: 1 } } })
    expect(warnings(log, away('tackle', 70, { playerId: 'p3' }))).toEqual(['player-sent-off'])
    expect(sport.glance?.(log.game()).badges).toEqual([{ side: 'away', text: '1', tone: 'red', title: 'Sent off: 1' }])
  })
})

describe('section 3: interchanges, and sets that start again', () => {
  test('eight of them; a free one does not count', () => {
    const log = open(league(), 1)
    for (let n = 0; n < 8; n++) expect(warnings(log, home('interchange'))).toEqual([])
    expect(log.game().detail.interchanges).toEqual({ home: { used: 8, left: 0 }, away: { used: 0, left: 8 } })
    expect(warnings(log, home('interchange', 50, { data: { free: true } }))).toEqual([])
    expect(warnings(log, home('interchange', 60))).toEqual(['no-interchanges-left'])
    expect(league('nines').game().detail.interchanges).toMatchObject({ home: { left: null } })
  })

  test('six again counts for the side with the ball, and is pointed out where there is none', () => {
    const log = open(league(), 1)
    expect(warnings(log, home('sixAgain'))).toEqual([])
    expect(log.game().detail.setRestarts).toEqual({ home: 1, away: 0 })
    expect(warnings(open(league('nines'), 1), home('sixAgain'))).toEqual(['no-restarts'])
  })
})

test('the box score has tries, goals of those tried, tackles and points', () => {
  const log = open(league(), 1)
  log.add(
    home('try', 3, { playerId: 'ada' }),
    home('conversionMissed', 4, { playerId: 'ada' }),
    home('penaltyGoal', 9, { playerId: 'ada' }),
    home('tackle', 10, { playerId: 'bo' }),
    away('error', 11),
  )
  const tables = boxScore(sport, log.rules, log.plays)
  expect(tables[0]).toMatchObject({
    side: 'home',
    rows: [
      { playerId: 'ada', cells: { tries: 1, goals: '1/2', points: 6 } },
      { playerId: 'bo', cells: { tackles: 1, points: 0 } },
    ],
  })
  expect(tables.at(-1)?.rows).toContainEqual({ label: 'Errors', cells: { home: 0, away: 1 } })
})

test('a win is two in its tables, and a draw one', () => {
  expect(sport.labels.tablePoints).toEqual({ win: 2, draw: 1, loss: 0 })
})
