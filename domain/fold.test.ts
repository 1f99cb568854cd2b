import { describe, expect, test } from 'vitest'
import { readClock } from './clock.ts'
import type { How, TimerView } from './game.ts'
import { replay } from './replay.ts'
import { sport as baseball } from './sports/baseball.ts'
import { sport as basketball } from './sports/basketball.ts'
import { sport as iceHockey } from './sports/ice-hockey.ts'
import { sport as soccer } from './sports/soccer.ts'
import { sport as tennis } from './sports/tennis.ts'
import { sport as volleyball } from './sports/volleyball.ts'
import { sport as waterPolo } from './sports/water-polo.ts'
import { TestLog, type TestPlay } from './test-log.ts'

const MINUTE = 60_000
const two = (side: 'home' | 'away', more = {}) => ({ kind: '2pt', side, ...more })
const goal = (side: 'home' | 'away', more = {}) => ({ kind: 'goal', side, ...more })

describe('periods', () => {
  test('a game is scheduled and in no period until something begins it', () => {
    const log = new TestLog(basketball)
    expect(log.game()).toMatchObject({
      status: 'scheduled',
      period: null,
      clock: null,
      score: { home: 0, away: 0 },
      linescore: { columns: [] },
    })
    log.add({ kind: 'note', data: { text: 'Doors open' } })
    expect(log.game().status).toBe('scheduled')
  })

  test('[P2] a scoring play begins the game, its first period and its column', () => {
    const log = new TestLog(basketball)
    log.add(two('home'))
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 1, kind: 'quarter', label: 'Q1' } })
    expect(log.game().linescore.columns).toEqual([{ label: 'Q1', home: 2, away: 0 }])
  })

  test('[P2] periodEnd makes a break, periodStart the next period', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', 'periodEnd')
    expect(log.game()).toMatchObject({ status: 'break', period: { number: 1 } })
    log.add('periodStart')
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 2 }, clock: { valueMs: 10 * MINUTE, running: false } })
  })

  test('[P2] clockStart in a scheduled game begins its first period', () => {
    const log = new TestLog(basketball)
    const start = log.add('clockStart')
    expect(log.marks(start)).toEqual({})
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 1 }, clock: { running: true, valueMs: 10 * MINUTE } })
  })

  test('[P1] naming the next period opens it; further ahead is refused', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', two('home', { period: 2 }))
    expect(log.game().period?.number).toBe(2)
    expect(log.refusal(two('home', { period: 4 }))).toBe('Period 3 has not begun.')
    expect(log.refusal({ kind: 'periodStart', period: 5 })).toBe('Period 3 has not begun.')
    expect(log.game().period?.number).toBe(2)
  })

  test.each([
    { kind: 'note', data: { text: 'Cold' } },
    { kind: 'status', data: { reason: 'Rain' } },
    { kind: 'edit', data: { venue: 'Hall 2' } },
    { kind: 'gameEnd' },
    { kind: 'clockStop' },
  ])('[P1] no play of any kind names a period further ahead: $kind', play => {
    const log = new TestLog(basketball)
    log.add('periodStart')
    expect(log.refusal({ ...play, period: 3 })).toBe('Period 2 has not begun.')
    expect(log.refusal({ ...play, period: 99 })).toBe('Period 2 has not begun.')
  })

  test('[P1] a period that was passed over takes no late play', () => {
    const log = new TestLog(soccer)
    log.add('periodStart', 'periodEnd', 'periodStart', goal('home'), goal('away'), 'periodEnd', { kind: 'periodStart', period: 5 })
    expect(log.refusal(goal('home', { period: 3 }))).toBe('Period 3 was not played.')
    expect(log.refusal(goal('home', { period: 4 }))).toBe('Period 4 was not played.')
    log.add(goal('home', { period: 2 }))
    expect(log.game()).toMatchObject({ score: { home: 2, away: 1 }, period: { number: 5 } })
  })

  test('a period that goes on shows what its start says the board shows', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', 'clockStart', { kind: 'status', data: { status: 'suspended' } }, { kind: 'periodStart', clockMs: 4 * MINUTE })
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 1 }, clock: { valueMs: 4 * MINUTE, running: false } })
  })

  test('[P1] naming an earlier period places a late play in that column and leaves period, clock and break alone', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', { kind: 'periodEnd', clockMs: 0 }, 'periodStart', { kind: 'periodEnd', clockMs: 0 })
    const before = log.game()
    log.add(two('away', { period: 1, clockMs: 3000 }))
    expect(log.game()).toEqual({
      ...before,
      score: { home: 0, away: 2 },
      linescore: {
        columns: [
          { label: 'Q1', home: 0, away: 2 },
          { label: 'Q2', home: 0, away: 0 },
        ],
      },
    })
  })

  test('[P1] [P2] a basket written down in the break counts for the period before and does not swallow the next start', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', 'periodEnd', two('home'))
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 1 } })
    log.add('periodStart')
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 2 } })
    expect(log.game().linescore.columns).toEqual([
      { label: 'Q1', home: 2, away: 0 },
      { label: 'Q2', home: 0, away: 0 },
    ])
  })

  test('the break can be made again after a late basket, and a period ended too early goes on', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', 'periodEnd', two('home'), 'periodEnd')
    expect(log.game().status).toBe('break')
    log.add({ kind: 'periodStart', period: 1 })
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 1 } })
    log.add('clockStart', 'periodEnd')
    expect(log.game().status).toBe('break')
  })

  test('a period under way cannot start again, none under way cannot end', () => {
    const log = new TestLog(basketball)
    expect(log.refusal('periodEnd')).toBe('No such period is under way.')
    log.add('periodStart')
    expect(log.refusal('periodStart')).toBe('The period is already under way.')
    expect(log.refusal({ kind: 'periodEnd', period: 2 })).toBe('No such period is under way.')
    log.add('periodEnd')
    expect(log.refusal('periodEnd')).toBe('No such period is under way.')
    log.add('periodStart')
    expect(log.refusal({ kind: 'periodStart', period: 1 })).toBe('That period is over.')
  })

  test('each overtime has its own column', () => {
    const log = new TestLog(basketball)
    for (let period = 1; period <= 6; period++) log.add(two('home', { period }), two('away', { period }))
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['Q1', 'Q2', 'Q3', 'Q4', 'OT1', 'OT2'])
  })
})

describe('the shoot-out', () => {
  const kick = (side: 'home' | 'away', kind = 'shootoutGoal') => ({ kind, side, period: 5 })

  test('is period 5 after extra time, has no clock and stays out of the score', () => {
    const log = new TestLog(soccer)
    for (const period of [1, 2, 3, 4]) log.add({ kind: 'periodStart', period }, { kind: 'periodEnd', period })
    log.add(kick('home'), kick('away', 'shootoutMiss'))
    expect(log.game()).toMatchObject({ score: { home: 0, away: 0 }, clock: null, period: { number: 5, kind: 'shootout' } })
    expect(log.game().linescore.columns).toHaveLength(4)
    expect(log.game().detail.shootout).toEqual({
      home: 1,
      away: 0,
      kicks: [
        { side: 'home', scored: true },
        { side: 'away', scored: false },
      ],
    })
    expect(log.refusal('clockStart')).toBe('There is no clock in this period.')
    expect(log.refusal(goal('home'))).toBe('Goals do not count in the shoot-out, kicks do.')
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'shootout', winner: 'home' })
  })

  test('is period 5 straight after the second half too', () => {
    const log = new TestLog(soccer)
    log.add('periodStart', 'periodEnd', 'periodStart', 'periodEnd')
    expect(log.refusal({ kind: 'periodStart', period: 4 })).toBe('Period 3 has not begun.')
    log.add(kick('away'), 'gameEnd')
    expect(log.game()).toMatchObject({ winner: 'away', statusReason: 'shootout', period: { number: 5 } })
    expect(log.game().linescore.columns).toHaveLength(2)
  })

  test('follows by itself where the rules know no extra time', () => {
    const log = new TestLog(soccer, { ...(soccer.packs[0]?.values as object), extraTime: false })
    log.add('periodStart', 'periodEnd', 'periodStart', 'periodEnd', 'periodStart')
    expect(log.game().period?.number).toBe(5)
    expect(log.refusal('periodStart')).toBe('The period is already under way.')
    log.add('periodEnd')
    expect(log.refusal('periodStart')).toBe('There is no further period.')
  })

  test('[P5] of which only the winner is known is given with the end, even against the score of a second leg', () => {
    const log = new TestLog(soccer)
    log.add(goal('home'), { kind: 'gameEnd', data: { how: 'shootout', winner: 'away' } })
    expect(log.game()).toMatchObject({ score: { home: 1, away: 0 }, winner: 'away', statusReason: 'shootout' })
  })

  test('[P5] that was recorded cannot be contradicted', () => {
    const log = new TestLog(soccer)
    log.add('periodStart', { kind: 'periodStart', period: 2 }, kick('home'))
    expect(log.refusal({ kind: 'gameEnd', data: { how: 'shootout', winner: 'away' } })).toBe('The score says otherwise.')
  })
})

describe('clocks', () => {
  test('[P7] are anchored on the time of the play, not of its arrival', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', 'clockStart')
    const { clock } = log.game()
    expect(clock).toMatchObject({ running: true, direction: 'down', valueMs: 10 * MINUTE, asOf: log.plays.at(-1)?.at })
    expect(clock && readClock(clock, Date.parse(clock.asOf) + 15_500)).toBe(10 * MINUTE - 15_500)
  })

  test('[P7] stop at their own reading, or at what the play says the board shows', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', 'clockStart', { kind: 'clockStop', after: 42 })
    expect(log.game().clock).toMatchObject({ running: false, valueMs: 10 * MINUTE - 42_000 })
    log.add('clockStart', { kind: 'clockStop', after: 5, clockMs: 9 * MINUTE })
    expect(log.game().clock?.valueMs).toBe(9 * MINUTE)
  })

  test('counting down stop at zero, counting up run past the end of the half', () => {
    const down = new TestLog(basketball)
    down.add('periodStart', 'clockStart', { kind: 'clockStop', after: 700 })
    expect(down.game().clock?.valueMs).toBe(0)
    const up = new TestLog(soccer)
    up.add('periodStart', 'clockStart', { kind: 'periodEnd', after: 47 * 60 }, 'periodStart')
    expect(up.game().clock).toMatchObject({ running: false, valueMs: 45 * MINUTE, direction: 'up' })
  })

  test('[P7] are set while running without stopping', () => {
    const log = new TestLog(soccer)
    log.add('periodStart', 'clockStart', { kind: 'clockSet', clockMs: 30 * MINUTE, after: 60 }, { kind: 'clockStop', after: 10 })
    expect(log.game().clock?.valueMs).toBe(30 * MINUTE + 10_000)
  })

  test('[P7] show what a play says while they stand still, and keep running otherwise', () => {
    const log = new TestLog(basketball)
    log.add('periodStart', two('home', { clockMs: 8 * MINUTE }))
    expect(log.game().clock?.valueMs).toBe(8 * MINUTE)
    log.add('clockStart')
    log.add(two('home', { clockMs: 7 * MINUTE }))
    expect(log.game().clock).toMatchObject({ running: true, valueMs: 8 * MINUTE })
  })

  test('warn of a start while running and a stop while standing', () => {
    const log = new TestLog(basketball)
    expect(log.refusal('clockStop')).toBe('No period has begun.')
    const start = log.add('clockStart')
    const again = log.add('clockStart')
    expect([log.marks(start), log.marks(again)]).toEqual([{}, { warnings: ['already-running'] }])
    log.add('clockStop')
    expect(log.marks(log.add('clockStop'))).toEqual({ warnings: ['not-running'] })
  })

  test('stand at the end and at a halt', () => {
    const log = new TestLog(basketball)
    log.add('clockStart', { kind: 'status', data: { status: 'suspended', reason: 'Power cut' }, after: 30 })
    expect(log.game().clock).toMatchObject({ running: false, valueMs: 10 * MINUTE - 30_000 })
    log.add({ kind: 'clockStart', after: 300 }, { kind: 'gameEnd', after: 10 })
    expect(log.game().clock).toMatchObject({ running: false, valueMs: 10 * MINUTE - 40_000 })
  })

  test('tell when an untimed play was', () => {
    const log = new TestLog(soccer)
    log.add('periodStart', 'clockStart', goal('home', { after: 46 * 60 }))
    const when = replay(soccer, log.rules, log.plays).plays.map(play => play.when)
    expect(when.at(-1)).toBe('45+2′')
  })
})

describe('status', () => {
  test('a late start stays scheduled, a halt is suspended, both with a reason and a time', () => {
    const log = new TestLog(soccer)
    log.add({ kind: 'status', data: { status: 'scheduled', reason: 'Fog', until: '2030-01-05T19:00:00.000Z' } })
    expect(log.game()).toMatchObject({ status: 'scheduled', statusReason: 'Fog', statusUntil: '2030-01-05T19:00:00.000Z' })
    log.add('periodStart')
    expect(log.game()).toMatchObject({ status: 'live', statusReason: null, statusUntil: null })
    log.add({ kind: 'status', data: { status: 'suspended', reason: 'Lightning' } })
    expect(log.game()).toMatchObject({ status: 'suspended', statusReason: 'Lightning' })
    log.add(goal('home'))
    expect(log.game()).toMatchObject({ status: 'live', statusReason: null, score: { home: 1, away: 0 } })
  })

  test('a period halted goes on with periodStart', () => {
    const log = new TestLog(soccer)
    log.add('periodStart', { kind: 'status', data: { status: 'suspended' } }, 'periodStart')
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 1 } })
  })

  test('postponed, cancelled and abandoned games have no winner', () => {
    for (const status of ['postponed', 'cancelled', 'abandoned']) {
      const log = new TestLog(soccer)
      log.add(goal('home'), { kind: 'status', data: { status } })
      expect(log.game()).toMatchObject({ status, winner: null })
    }
  })

  test('a review is flagged and changes nothing else', () => {
    const log = new TestLog(soccer)
    log.add(goal('home'))
    const before = log.game()
    log.add({ kind: 'status', data: { underReview: true } })
    expect(log.game()).toEqual({ ...before, underReview: true })
  })

  test('[P3] [P6] a game ends with gameEnd alone', () => {
    const log = new TestLog(soccer)
    expect(log.refusal({ kind: 'status', data: { status: 'final' } })).toBe('A game ends with gameEnd.')
    expect(log.refusal({ kind: 'status', data: { official: true } })).toBe('Only an ended game can be official.')
  })
})

describe('the end', () => {
  const ended = (how?: How, winner?: string) => {
    const log = new TestLog(basketball)
    log.add(two('home'), { kind: 'gameEnd', data: { how, winner } })
    return log.game()
  }

  test('[P3] [P5] is derived from the score: a winner, a draw, an overtime', () => {
    expect(ended()).toMatchObject({ status: 'final', statusReason: 'regulation', winner: 'home', score: { home: 2, away: 0 } })
    const level = new TestLog(soccer)
    level.add('periodStart', 'gameEnd')
    expect(level.game()).toMatchObject({ status: 'final', winner: 'draw' })
    const overtime = new TestLog(basketball)
    for (let period = 1; period <= 5; period++) overtime.add(two('away', { period }))
    overtime.add('gameEnd')
    expect(overtime.game()).toMatchObject({ statusReason: 'overtime', winner: 'away' })
  })

  test('[P5] of a game retired or awarded is final, its winner the one given or none', () => {
    expect(ended('retired', 'away')).toMatchObject({
      status: 'final',
      statusReason: 'retired',
      winner: 'away',
      score: { home: 2, away: 0 },
    })
    expect(ended('awarded', 'away')).toMatchObject({ status: 'final', winner: 'away' })
    expect(ended('retired')).toMatchObject({ winner: null })
    expect(ended('no-result', 'home')).toMatchObject({ status: 'final', winner: null })
    expect(ended('called')).toMatchObject({ status: 'final', winner: 'home' })
  })

  test('[P4] [P5] by walk-over, forfeit or disqualification is forfeited, 0–0 without columns', () => {
    for (const how of ['walkover', 'forfeit', 'disqualified'] as const) {
      const game = ended(how, 'away')
      expect(game).toMatchObject({
        status: 'forfeited',
        statusReason: how,
        winner: 'away',
        score: { home: 0, away: 0 },
        linescore: { columns: [] },
      })
    }
    const log = new TestLog(basketball)
    log.add({ kind: 'gameEnd', data: { how: 'walkover', winner: 'home' } })
    expect(log.game()).toMatchObject({ status: 'forfeited', winner: 'home', period: null })
    expect(log.refusal({ kind: 'gameEnd', data: { how: 'forfeit', winner: 'draw' } })).toBe('Name the side that advances, or none.')
  })

  test('[P4] by forfeit has the score that the rules set', () => {
    const log = new TestLog(basketball, { ...(basketball.packs[0]?.values as object), forfeitScore: 20 })
    log.add(two('home'), { kind: 'gameEnd', data: { how: 'forfeit', winner: 'away' } })
    expect(log.game().score).toEqual({ home: 0, away: 20 })
  })

  test('[P5] cannot name another winner than the score', () => {
    const log = new TestLog(basketball)
    log.add(two('home'))
    expect(log.refusal({ kind: 'gameEnd', data: { winner: 'away' } })).toBe('The score says otherwise.')
    expect(log.refusal({ kind: 'gameEnd', data: { how: 'nonsense' } })).toBe('Unknown way to end a game.')
    log.add({ kind: 'gameEnd', data: { winner: 'home' } })
  })

  test('follows the score through later corrections', () => {
    const log = new TestLog(basketball)
    const basket = log.add(two('home'))
    log.add('gameEnd', { kind: 'void', voids: basket })
    expect(log.game()).toMatchObject({ status: 'final', winner: 'draw' })
  })

  test('[P6] is taken back by a void of it, and the game stands as before', () => {
    const log = new TestLog(basketball)
    log.add(two('home'), 'clockStart', { kind: 'clockStop', after: 9 })
    const before = log.game()
    const end = log.add('gameEnd')
    log.add({ kind: 'void', voids: end })
    expect(log.game()).toEqual(before)
  })

  test('before any play is taken with a warning', () => {
    const log = new TestLog(basketball)
    expect(log.marks(log.add('gameEnd'))).toEqual({ warnings: ['not-started'] })
  })
})

describe('sports of sets and innings', () => {
  const games = (log: TestLog, side: 'home' | 'away', count: number) => {
    for (let point = 0; point < count * 4; point++) log.add({ kind: 'point', side })
  }

  test('[P3] end themselves, and take an ordinary play no more', () => {
    const log = new TestLog(tennis)
    games(log, 'home', 12)
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'regulation', winner: 'home', score: { home: 2, away: 0 } })
    expect(log.refusal({ kind: 'point', side: 'away' })).toBe('The game is over.')
  })

  test('[P8] broken off, show no set or inning in which nothing was won yet', () => {
    const log = new TestLog(tennis)
    games(log, 'home', 6)
    log.add({ kind: 'point', side: 'away' })
    const begun = { label: '2', home: 0, away: 0 }
    expect(log.game().linescore.columns).toEqual([{ label: '1', home: 6, away: 0 }, begun])
    const end = log.add({ kind: 'gameEnd', data: { how: 'retired', winner: 'away' } })
    expect(log.game()).toMatchObject({ winner: 'away', linescore: { columns: [{ label: '1', home: 6, away: 0 }] } })
    log.add({ kind: 'void', voids: end })
    expect(log.game().linescore.columns.at(-1)).toEqual(begun)

    const called = new TestLog(baseball)
    called.add({ kind: 'run', side: 'away', period: 1 }, { kind: 'periodStart', period: 2 })
    expect(called.game().linescore.columns).toHaveLength(2)
    called.add({ kind: 'gameEnd', data: { how: 'awarded', winner: 'home' } })
    expect(called.game().linescore.columns).toHaveLength(1)
  })

  test('[P8] broken off, keep a set or inning in which something was won', () => {
    const log = new TestLog(tennis)
    games(log, 'home', 6)
    games(log, 'away', 1)
    log.add({ kind: 'gameEnd', data: { how: 'retired', winner: 'away' } })
    expect(log.game().linescore.columns).toEqual([
      { label: '1', home: 6, away: 0 },
      { label: '2', home: 0, away: 1 },
    ])
  })
})

describe('after the end', () => {
  const over = () => {
    const log = new TestLog(basketball)
    log.add('periodStart', two('home'), 'periodEnd', { kind: 'periodStart', period: 2 }, 'gameEnd')
    return log
  }

  test('[P3] an ordinary play counts with a warning and leaves the game over', () => {
    const log = over()
    const late = log.add(two('away'))
    expect(log.marks(late)).toEqual({ warnings: ['after-end'] })
    expect(log.game()).toMatchObject({ status: 'final', score: { home: 2, away: 2 }, winner: 'draw', clock: { running: false } })
    log.add('clockStart', { kind: 'status', data: { status: 'live' } })
    expect(log.game()).toMatchObject({ status: 'live', clock: { running: false } })
  })

  test('[P1] [P3] a play that names an earlier period counts without a warning', () => {
    const log = over()
    const late = log.add(two('away', { period: 1 }))
    expect(log.marks(late)).toEqual({})
    expect(log.game().linescore.columns[0]).toEqual({ label: 'Q1', home: 2, away: 2 })
  })

  test('notes, edits and corrections are taken without a warning', () => {
    const log = over()
    const notes = log.add(
      { kind: 'note', data: { text: 'Good game' } },
      { kind: 'edit', data: { venue: 'Old Hall' } },
      { kind: 'void', voids: 2 },
    )
    expect([notes - 2, notes - 1, notes].map(seq => log.marks(seq))).toEqual([{}, {}, {}])
    expect(log.head.fold.edits).toEqual({ venue: 'Old Hall' })
  })

  test('[P6] official is a mark of an ended game and goes when the game goes on', () => {
    const log = over()
    log.add({ kind: 'status', data: { official: true } })
    expect(log.game()).toMatchObject({ status: 'final', official: true })
    log.add({ kind: 'status', data: { status: 'live' } })
    expect(log.game()).toMatchObject({ status: 'live', official: false, winner: null })
  })

  test('[P6] a void of the end makes official count for nothing, with the reason', () => {
    const log = over()
    const end = log.head.seq
    const official = log.add({ kind: 'status', data: { official: true } })
    log.add({ kind: 'void', voids: end })
    expect(log.marks(official)).toEqual({ ignored: 'Only an ended game can be official.' })
    expect(log.game()).toMatchObject({ status: 'live', official: false })
  })
})

describe('a break within regular time', () => {
  const end = (log: TestLog, seconds = 1) => {
    log.add({ kind: 'periodEnd', after: seconds })
    const { statusUntil } = log.game()
    return statusUntil && (Date.parse(statusUntil) - Date.parse(log.plays.at(-1)?.at ?? '')) / 60_000
  }

  test('is over when its rules say: half-time, and between other periods', () => {
    const quarters = new TestLog(waterPolo)
    const breaks = [1, 2, 3, 4].map(() => {
      quarters.add('periodStart')
      return end(quarters)
    })
    // After regular time nobody knows whether there is more.
    expect(breaks).toEqual([2, 5, 2, null])
    const halves = new TestLog(soccer)
    halves.add('periodStart')
    expect(end(halves)).toBe(15)
    halves.add('periodStart')
    expect(halves.game().statusUntil).toBeNull()
    expect(end(halves)).toBeNull()
  })

  test('is counted from when it began, however late that is put right, and gone with it', () => {
    const log = new TestLog(soccer)
    log.add('periodStart')
    end(log)
    const { statusUntil } = log.game()
    const made = log.head.seq
    const again = log.add({ kind: 'periodEnd', clockMs: 46 * 60_000, replaces: made, after: 120 })
    expect(log.game().statusUntil).toBe(statusUntil)
    // The void of the new form brings back the old one; without either the half goes on.
    log.add({ kind: 'void', voids: again }, { kind: 'void', voids: made })
    expect(log.game()).toMatchObject({ status: 'live', statusUntil: null })
  })

  test('has no end where rules of before do not say one, and another where somebody says so', () => {
    const log = new TestLog(soccer, { ...(soccer.packs[0]?.values as object), halfTimeMinutes: undefined })
    log.add('periodStart')
    expect(end(log)).toBeNull()
    const until = '2030-01-05T19:00:00.000Z'
    log.add({ kind: 'status', data: { until } })
    expect(log.game()).toMatchObject({ status: 'break', statusUntil: until })
  })
})

describe('what runs beside the clock', () => {
  const played = (...plays: TestPlay[]) => {
    const log = new TestLog(iceHockey)
    log.add('periodStart', 'clockStart', ...plays)
    return log
  }
  const minor: TestPlay = { kind: 'penalty', side: 'home', data: { type: 'minor' }, after: 60 }
  const timersOf = (log: TestLog) => (log.game().detail.timers as TimerView[] | undefined)?.map(({ side, leftMs }) => [side, leftMs])

  test('is counted in playing time, however it was said what the clock shows', () => {
    expect(timersOf(played(minor))).toEqual([['home', 180_000]])
    expect(timersOf(played(minor, { kind: 'clockStop', after: 30 }))).toEqual([['home', 90_000]])
    expect(timersOf(played({ ...minor, clockMs: 18 * 60_000 }, { kind: 'clockStop', clockMs: 17 * 60_000 }))).toEqual([['home', 60_000]])
  })

  test('goes on in the next period, and is gone when it is over', () => {
    const late = played({ ...minor, clockMs: 30_000 }, { kind: 'periodEnd' }, { kind: 'periodStart' })
    expect(timersOf(late)).toEqual([['home', 90_000]])
    expect(timersOf(played(minor, { kind: 'clockStop', after: 121 }))).toBeUndefined()
  })

  test('keeps the time at which it was made when the play is put right, once or twice', () => {
    const log = played(minor)
    log.add({ ...minor, playerId: 'ada', replaces: 3, after: 45 })
    expect(timersOf(log)).toEqual([['home', 180_000]])
    const first = log.head.seq
    log.add({ ...minor, playerId: 'bo', replaces: first, after: 300 })
    expect(timersOf(log)).toEqual([['home', 180_000]])
    log.add({ kind: 'void', voids: first })
    expect(timersOf(log)).toEqual([['home', 180_000]])
    // Who puts a play into the past says what the clock showed, or nobody knows.
    const back = played(minor)
    back.add({ ...minor, side: 'away', before: 3, after: 10 })
    expect(timersOf(back)).toEqual([['home', 180_000]])
    expect(back.marks(back.head.seq).warnings).toEqual(['penalty-without-clock'])
  })

  test('a time-out lasts as long as the rules say, or as it says itself, until play goes on', () => {
    const pauses = (log: TestLog) => ((log.game().detail.timers ?? []) as TimerView[]).filter(({ id }) => id === 'pause')
    const until = (log: TestLog, seconds: number) => new Date(Date.parse(log.plays.at(-1)?.at ?? '') + seconds * 1000).toISOString()
    const log = new TestLog(basketball)
    log.add('periodStart', 'clockStart', 'clockStop', { kind: 'timeout', side: 'home' })
    expect(pauses(log)).toEqual([{ id: 'pause', side: 'home', label: 'Time-out', untilAt: until(log, 60) }])
    const [second] = [log.add({ kind: 'timeout', side: 'away', data: { seconds: 20 } })]
    expect(pauses(log)).toMatchObject([{ side: 'away', untilAt: until(log, 20) }])
    log.add({ kind: 'void', voids: second })
    expect(pauses(log)).toMatchObject([{ side: 'home' }])
    log.add('clockStart')
    expect(pauses(log)).toEqual([])
    // Written down afterwards, it stops nothing.
    log.add('periodEnd', 'periodStart', { kind: 'timeout', side: 'home', period: 1 })
    expect(pauses(log)).toEqual([])

    // Called while the clock runs, it ends when the clock runs on, or with the first play that is made in play alone.
    const running = () => {
      const game = new TestLog(basketball)
      game.add('periodStart', 'clockStart', two('home'), { kind: 'timeout', side: 'home' }, { kind: 'shotClock', side: 'away' })
      expect(pauses(game)).toMatchObject([{ side: 'home' }])
      return game
    }
    const stopped = running()
    stopped.add('clockStop', { kind: 'ft', side: 'home' })
    expect(pauses(stopped)).toHaveLength(1)
    stopped.add('clockStart')
    expect(pauses(stopped)).toEqual([])
    for (const kind of ['2pt', 'defensiveRebound', 'turnover', 'periodEnd']) {
      const unstopped = running()
      unstopped.add({ kind: '2pt', side: 'away', voids: undefined, before: 3 })
      expect(pauses(unstopped)).toHaveLength(1)
      const made = unstopped.add(kind === 'periodEnd' ? { kind } : { kind, side: 'away' })
      expect(pauses(unstopped)).toEqual([])
      unstopped.add({ kind: 'void', voids: made })
      expect(pauses(unstopped)).toHaveLength(1)
    }

    const sets = new TestLog(volleyball)
    sets.add({ kind: 'point', side: 'home' }, { kind: 'timeout', side: 'away' })
    expect(pauses(sets)).toMatchObject([{ side: 'away', untilAt: until(sets, 30) }])
    sets.add({ kind: 'point', side: 'home' })
    expect(pauses(sets)).toEqual([])
  })

  test('a shot clock runs with the clock once the table has set it, for whoever has the ball next', () => {
    const shot = (log: TestLog) =>
      ((log.game().detail.timers ?? []) as TimerView[]).filter(({ id }) => id === 'shot').map(({ side, leftMs }) => [side, leftMs])
    const at = (seconds: number) => ({ clockMs: seconds * 1000 })
    const log = new TestLog(basketball)
    log.add('periodStart', two('home', at(590)))
    expect(shot(log)).toEqual([])
    log.add({ kind: 'shotClock', side: 'away', ...at(590) })
    expect(shot(log)).toEqual([['away', 24_000]])
    log.add({ kind: 'clockSet', ...at(580) })
    expect(shot(log)).toEqual([['away', 14_000]])
    log.add({ kind: 'offensiveRebound', side: 'away', ...at(575) })
    expect(shot(log)).toEqual([['away', 14_000]])
    const basket = log.add(two('away', at(570)))
    expect(shot(log)).toEqual([['home', 24_000]])
    log.add({ kind: 'void', voids: basket })
    expect(shot(log)).toEqual([['away', 14_000]])
    log.add({ kind: 'turnover', side: 'away', ...at(565) }, { kind: 'shotClock', side: 'home', data: { seconds: 14 }, ...at(560) })
    expect(shot(log)).toEqual([['home', 14_000]])
    log.add({ kind: 'clockSet', ...at(546) })
    expect(shot(log)).toEqual([])
    // FIBA art. 29.1.2, 50: with no more left of the quarter than that, it is off.
    log.add({ kind: 'defensiveRebound', side: 'away', ...at(24) })
    expect(shot(log)).toEqual([])
    log.add('periodEnd', 'periodStart', { kind: 'steal', side: 'home', ...at(600) })
    expect(shot(log)).toEqual([['home', 24_000]])
  })
})
