import { describe, expect, test } from 'vitest'
import { replay } from '#domain/replay.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sport } from './soccer.ts'

const rulesOf = (pack: string) => sport.packs.find(({ id }) => id === pack)?.values
const MINUTE = 60_000

function whenOf(play: TestPlay, pack = 'ifab'): string | null | undefined {
  const log = new TestLog(sport, rulesOf(pack))
  for (let period = 1; period <= (play.period ?? 1); period++) log.add({ kind: 'periodStart', period })
  log.add(play)
  return replay(sport, log.rules, log.plays).plays.at(-1)?.when
}

describe('the minute', () => {
  const goal = (clockMs: number, period = 1) => ({ kind: 'goal', side: 'home' as const, clockMs, period })

  test('is counted from one, and past the end of a half as added time', () => {
    expect(whenOf(goal(0))).toBe('1′')
    expect(whenOf(goal(44 * MINUTE + 59_999))).toBe('45′')
    expect(whenOf(goal(46 * MINUTE + 1))).toBe('45+2′')
    expect(whenOf(goal(45 * MINUTE, 2))).toBe('46′')
    expect(whenOf(goal(97 * MINUTE, 2))).toBe('90+8′')
    expect(whenOf(goal(90 * MINUTE, 3))).toBe('91′')
    expect(whenOf(goal(121 * MINUTE, 4))).toBe('120+2′')
  })

  test('is what a feed says when it says so', () => {
    expect(whenOf({ kind: 'goal', side: 'home', data: { minute: 45, added: 2 } })).toBe('45+2′')
    expect(whenOf({ kind: 'goal', side: 'home', data: { minute: 63 }, clockMs: MINUTE })).toBe('63′')
    expect(whenOf({ kind: 'goal', side: 'home' })).toBeNull()
  })

  test('is the same where the clock counts down', () => {
    expect(whenOf(goal(40 * MINUTE), 'nfhs')).toBe('1′')
    expect(whenOf(goal(30_000), 'nfhs')).toBe('40′')
    expect(whenOf(goal(39 * MINUTE, 2), 'nfhs')).toBe('42′')
  })
})

describe('goals', () => {
  test('count for the side named, own goals too', () => {
    const log = new TestLog(sport)
    log.add(
      { kind: 'goal', side: 'home' },
      { kind: 'ownGoal', side: 'home', playerId: 'p5' },
      { kind: 'penaltyGoal', side: 'away' },
      { kind: 'penaltyMissed', side: 'away' },
    )
    expect(log.game().score).toEqual({ home: 2, away: 1 })
  })

  test('written down late count in their own half', () => {
    const log = new TestLog(sport)
    log.add('periodStart', 'periodEnd', 'periodStart', { kind: 'goal', side: 'away', period: 1 })
    expect(log.game().linescore.columns).toEqual([
      { label: '1H', home: 0, away: 1 },
      { label: '2H', home: 0, away: 0 },
    ])
  })

  test('of extra time have columns of their own and decide as overtime', () => {
    const log = new TestLog(sport)
    for (const period of [1, 2, 3, 4]) log.add({ kind: 'periodStart', period })
    log.add({ kind: 'goal', side: 'away' }, 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'overtime', winner: 'away', period: { kind: 'extra-time', label: 'ET2' } })
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['1H', '2H', 'ET1', 'ET2'])
  })
})

describe('kicks', () => {
  const shootout = () => {
    const log = new TestLog(sport)
    for (const period of [1, 2, 5]) log.add({ kind: 'periodStart', period })
    return log
  }
  const kicks = (log: TestLog, row: string) => {
    for (const letter of row) {
      const side = letter.toLowerCase() === 'h' ? 'home' : 'away'
      log.add({ kind: letter === letter.toUpperCase() ? 'shootoutGoal' : 'shootoutMiss', side })
    }
    return log.marks(log.head.seq).warnings ?? []
  }

  test('belong to period 5 and name nothing else', () => {
    const log = new TestLog(sport)
    log.add('periodStart')
    expect(log.refusal({ kind: 'shootoutGoal', side: 'home' })).toBe('Kicks belong to the shoot-out, period 5.')
    expect(log.refusal({ kind: 'shootoutTally', data: { home: 4, away: 2 } })).toBe('Kicks belong to the shoot-out, period 5.')
  })

  test('after it is settled are taken with a warning', () => {
    expect(kicks(shootout(), 'HaHaHa')).toEqual([])
    expect(kicks(shootout(), 'HaHaHaH')).toEqual(['shootout-settled'])
    expect(kicks(shootout(), 'HAHAHAHAHA')).toEqual([])
    expect(kicks(shootout(), 'HAHAHAHAHAHA')).toEqual([])
    expect(kicks(shootout(), 'HAHAHAHAHAHaH')).toEqual(['shootout-settled'])
  })

  test('go on for as long as it takes while the row of dots stays bounded', () => {
    const log = shootout()
    for (let i = 0; i < 100; i++) kicks(log, 'HA')
    const shown = log.game().detail.shootout as { home: number; away: number; kicks: unknown[] }
    expect([shown.home, shown.away, shown.kicks.length]).toEqual([100, 100, 80])
  })

  test('of which only the tally is known decide all the same', () => {
    const log = new TestLog(sport)
    log.add('periodStart', { kind: 'periodStart', period: 2 }, { kind: 'shootoutTally', period: 5, data: { home: 2, away: 4 } }, 'gameEnd')
    expect(log.game()).toMatchObject({ score: { home: 0, away: 0 }, winner: 'away', statusReason: 'shootout' })
    expect(log.game().detail.shootout).toEqual({ home: 2, away: 4, kicks: [] })
  })

  test('decide a tie against the score of its second leg', () => {
    const log = new TestLog(sport)
    log.add(
      { kind: 'goal', side: 'home' },
      { kind: 'periodStart', period: 2 },
      { kind: 'shootoutGoal', side: 'away', period: 5 },
      'gameEnd',
    )
    expect(log.game()).toMatchObject({ score: { home: 1, away: 0 }, winner: 'away' })
  })
})

describe('cards and substitutions', () => {
  test('a second yellow card is pointed out, plays of a player sent off too', () => {
    const log = new TestLog(sport)
    log.add('periodStart', { kind: 'yellowCard', side: 'home', playerId: 'p4' })
    expect(log.marks(log.add({ kind: 'yellowCard', side: 'home', playerId: 'p4' }))).toEqual({ warnings: ['second-yellow'] })
    log.add({ kind: 'redCard', side: 'home', playerId: 'p4' })
    expect(log.marks(log.add({ kind: 'goal', side: 'home', playerId: 'p4' }))).toEqual({ warnings: ['player-sent-off'] })
    expect(log.game().detail.cards).toEqual({ home: { yellow: 2, red: 1 }, away: { yellow: 0, red: 0 } })
  })

  test('one substitution more is allowed in extra time, none beyond without a warning, any number where the rules set none', () => {
    const log = new TestLog(sport)
    const change = { kind: 'substitution', side: 'home' as const }
    log.add('periodStart', change, change, change, change, change)
    expect(log.marks(log.head.seq)).toEqual({})
    expect(log.marks(log.add(change))).toEqual({ warnings: ['no-substitutions-left'] })
    log.add({ kind: 'void', voids: log.head.seq }, { kind: 'periodStart', period: 2 }, { kind: 'periodStart', period: 3 })
    expect(log.marks(log.add(change))).toEqual({})
    const youth = new TestLog(sport, rulesOf('youth'))
    youth.add('periodStart', ...Array.from({ length: 30 }, () => change))
    expect(youth.marks(youth.head.seq)).toEqual({})
  })

  test('added time is announced for the half under way', () => {
    const log = new TestLog(sport)
    log.add('periodStart', { kind: 'addedTime', data: { minutes: 4 } })
    expect(log.game().detail.addedMinutes).toBe(4)
    log.add('periodEnd')
    expect(log.game().detail.addedMinutes).toBeNull()
  })
})
