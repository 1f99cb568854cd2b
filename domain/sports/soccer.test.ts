import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { LoggedPlay } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
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

  test('told as a tally of the game need no period, once the second half has begun', () => {
    const log = new TestLog(sport)
    log.add('periodStart', { kind: 'periodStart', period: 2 }, { kind: 'shootoutTally', data: { home: 2, away: 4 } }, 'gameEnd')
    expect(log.game()).toMatchObject({ score: { home: 0, away: 0 }, winner: 'away', statusReason: 'shootout' })
    expect(log.game().linescore.columns).toHaveLength(2)
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
  test('a second yellow card sends off, plays of a player sent off are pointed out', () => {
    const log = new TestLog(sport)
    log.add('periodStart', { kind: 'yellowCard', side: 'home', playerId: 'p4' })
    expect(log.marks(log.add({ kind: 'yellowCard', side: 'home', playerId: 'p4' }))).toEqual({ facts: { card: 'second' } })
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

  test('the key of added time claims no minutes before they are said, so that saying them corrects nothing', () => {
    const action = sport.actions(rulesOf('ifab')).find(({ id }) => id === 'addedTime')
    expect(action).toMatchObject({ ask: ['minutes'] })
    expect(action?.data).toBeUndefined()
    const log = new TestLog(sport)
    log.add('periodStart', { kind: 'addedTime' })
    expect(log.game().detail.addedMinutes).toBeNull()
    expect(sport.describe({ kind: 'addedTime' } as LoggedPlay, { side: null, player: null, rules: {} }).key).toBe('addedTime.unsaid')
  })
})

const at = (minutes: number) => minutes * MINUTE
const begun = (pack = 'ifab', period = 1) => {
  const log = new TestLog(sport, rulesOf(pack))
  for (let n = 1; n <= period; n++) log.add({ kind: 'periodStart', period: n })
  return log
}
const sub = (clockMs: number, data = {}, side: 'home' | 'away' = 'home'): TestPlay => ({ kind: 'substitution', side, clockMs, data })

describe('substitutions', () => {
  const windows = (log: TestLog) => (log.game().detail.windows as { home: number }).home

  test('law 3: two at one stoppage are one of three, and the fourth stoppage is warned of', () => {
    const log = begun()
    log.add(sub(at(20)), sub(at(20) + 30_000))
    expect(windows(log)).toBe(1)
    log.add(sub(at(30)), sub(at(40)))
    expect(log.marks(log.add(sub(at(44))))).toEqual({ warnings: ['no-window-left'] })
  })

  test('law 3: half-time takes none of the three, written down in the break or as play begins again', () => {
    const log = begun()
    log.add({ kind: 'periodEnd', clockMs: at(47) }, { kind: 'substitution', side: 'home' })
    log.add({ kind: 'periodStart', period: 2 }, sub(at(45)))
    expect(windows(log)).toBe(0)
    log.add(sub(at(46)))
    expect(windows(log)).toBe(1)
  })

  test('law 3: a sixth one and a fourth stoppage in extra time', () => {
    const log = begun('ifab', 3)
    expect(log.marks(log.add(...[92, 94, 96, 98].map(minute => sub(at(minute)))))).toEqual({})
    expect(log.marks(log.add(sub(at(98)), sub(at(98))))).toEqual({})
    expect(log.marks(log.add(sub(at(98))))).toEqual({ warnings: ['no-substitutions-left'] })
    expect(log.marks(log.add(sub(at(100)))).warnings).toContain('no-window-left')
  })

  test('IFAB 2024/25: a concussion substitute is extra, and gives the other side one more', () => {
    const values = sport.packs.find(({ version }) => version === '2024-25')?.values
    const log = new TestLog(sport, values)
    log.add('periodStart', ...[1, 2, 3, 4, 5].map(() => sub(at(10), {}, 'away')))
    expect(log.marks(log.add(sub(at(20), { concussion: true })))).toEqual({})
    expect(log.game().detail.substitutions).toEqual({ home: 0, away: 5 })
    expect(log.marks(log.add(sub(at(21), {}, 'away')))).toEqual({})
    expect(log.marks(log.add(sub(at(22), {}, 'away'))).warnings).toContain('no-substitutions-left')
    expect(log.marks(log.add(sub(at(30), { concussion: true })))).toEqual({ warnings: ['no-substitutions-left'] })
  })

  test('law 3: who was replaced does not come back; in youth and futsal one may', () => {
    const swap = (on: string, out: string): TestPlay => ({
      kind: 'substitution',
      side: 'home',
      playerId: on,
      data: { out },
      clockMs: at(10),
    })
    const [law, youth] = [begun(), begun('youth')]
    law.add(swap('p12', 'p9'))
    youth.add(swap('p12', 'p9'))
    expect(law.marks(law.add(swap('p9', 'p12')))).toEqual({ warnings: ['player-returned'] })
    expect(youth.marks(youth.add(swap('p9', 'p12')))).toEqual({})
  })

  test('that were taken back free their stoppage', () => {
    const log = begun()
    const first = log.add(sub(at(10)))
    log.add(sub(at(20)), { kind: 'void', voids: first })
    expect(log.game().detail).toMatchObject({ substitutions: { home: 1 }, windows: { home: 1 } })
  })
})

describe('cards', () => {
  const card = (kind: string, playerId = 'p4'): TestPlay => ({ kind, side: 'home', playerId })

  test('law 12: the second yellow is a yellow and a red, and only who had one can get it', () => {
    const log = begun()
    const first = log.add(card('yellowCard'))
    const second = log.add(card('secondYellow'))
    expect(log.game().detail).toMatchObject({ cards: { home: { yellow: 2, red: 1 } } })
    expect(log.marks(log.add({ kind: 'goal', side: 'home', playerId: 'p4' }))).toEqual({ warnings: ['player-sent-off'] })
    log.add({ kind: 'void', voids: first })
    expect(log.marks(second)).toEqual({ warnings: ['no-first-yellow'] })
  })

  const cards = (log: TestLog) => (log.game().detail.cards as { home: unknown }).home
  const said = (log: TestLog, seq: number) => {
    const play = log.plays.find(one => one.seq === seq) as LoggedPlay
    const rules = log.rules as Record<string, unknown>
    return sayPlay(sport, play, { side: 'Rovers', player: 'Cy Dahl', rules, facts: log.marks(seq).facts })
  }
  const cells = (log: TestLog) =>
    boxScore(sport, log.rules, log.plays)
      .find(({ side }) => side === 'home')
      ?.rows.find(({ playerId }) => playerId === 'p4')?.cells

  test('law 12: a plain yellow to somebody who has one is the second, to the letter as with the key of its own', () => {
    const by = (key: string) => {
      const log = begun('futsal')
      log.add({ ...card('yellowCard'), clockMs: at(18) })
      const seq = log.add({ ...card(key), clockMs: at(15) })
      return { game: log.game(), text: said(log, seq), warnings: log.marks(seq).warnings, box: boxScore(sport, log.rules, log.plays) }
    }
    expect(by('yellowCard')).toEqual(by('secondYellow'))
    expect(by('yellowCard')).toMatchObject({
      text: 'Second yellow card, Cy Dahl is sent off, Rovers',
      game: { detail: { cards: { home: { yellow: 2, red: 1 } }, timers: [{ label: 'Sent off', side: 'home', leftMs: 120_000 }] } },
      warnings: undefined,
    })
  })

  test('law 12: a correction of either yellow makes of the other what it is then', () => {
    const log = begun()
    const first = log.add(card('yellowCard'))
    const second = log.add(card('yellowCard'))
    expect(cards(log)).toEqual({ yellow: 2, red: 1 })
    expect(cells(log)).toMatchObject({ YC: 2, RC: 1 })
    const gone = log.add({ kind: 'void', voids: first })
    expect([said(log, second), cards(log)]).toEqual(['Yellow card, Cy Dahl, Rovers', { yellow: 1, red: 0 }])
    expect(log.marks(second)).toEqual({})
    log.add({ kind: 'void', voids: gone })
    expect([said(log, second), cards(log)]).toEqual(['Second yellow card, Cy Dahl is sent off, Rovers', { yellow: 2, red: 1 }])
    const other = log.add({ ...card('yellowCard', 'p5'), replaces: second })
    expect([log.marks(other).facts, cards(log)]).toEqual([undefined, { yellow: 2, red: 0 }])
    log.add({ kind: 'void', voids: other })
    expect(cards(log)).toEqual({ yellow: 2, red: 1 })
  })

  test('law 12: a yellow written down before it makes the later one the second', () => {
    const log = begun()
    const later = log.add(card('yellowCard'))
    const earlier = log.add({ ...card('yellowCard'), before: later })
    expect([log.marks(earlier).facts, log.marks(later).facts]).toEqual([undefined, { card: 'second' }])
  })

  test('law 12: nobody is sent off twice: the red card shown after a second yellow counts once, a second red not at all', () => {
    const log = begun()
    log.add(card('yellowCard'), card('yellowCard'))
    expect(log.marks(log.add(card('redCard')))).toEqual({})
    expect([cards(log), cells(log)]).toMatchObject([
      { yellow: 2, red: 1 },
      { YC: 2, RC: 1 },
    ])
    log.add(card('redCard', 'p5'))
    expect(log.marks(log.add(card('redCard', 'p5')))).toEqual({ warnings: ['player-sent-off'] })
    expect(cards(log)).toEqual({ yellow: 2, red: 2 })
    expect(log.marks(log.add(card('yellowCard', 'p5')))).toEqual({ warnings: ['player-sent-off'] })
  })

  test('yellow cards to nobody in particular are two players’', () => {
    const log = begun()
    const bare: TestPlay = { kind: 'yellowCard', side: 'home' }
    expect(log.marks(log.add(bare, bare))).toEqual({})
    expect(cards(log)).toEqual({ yellow: 2, red: 0 })
  })

  test('guidelines for temporary dismissals: one is no part of two yellow cards, and the second ends the match for its player', () => {
    const log = begun('youth')
    const bin: TestPlay = { ...card('yellowCard'), clockMs: at(5), data: { sinBin: true } }
    log.add(bin)
    expect(log.marks(log.add({ ...card('yellowCard'), clockMs: at(12) }))).toEqual({})
    expect(log.marks(log.add({ ...bin, clockMs: at(14) }))).toEqual({ warnings: ['second-dismissal'] })
    expect(cards(log)).toEqual({ yellow: 3, red: 0 })
    expect(log.marks(log.add({ ...card('yellowCard'), clockMs: at(25) }))).toEqual({ facts: { card: 'second' } })
  })

  test('stand beside the names as small signs', () => {
    const log = begun()
    log.add(card('yellowCard'), card('redCard', 'p5'))
    expect(sport.glance?.(log.game())?.badges?.map(({ text, tone }) => [text, tone])).toEqual([
      ['1', 'yellow'],
      ['1', 'red'],
    ])
  })

  test('youth: a temporary dismissal runs with the playing time and nothing ends it early', () => {
    const log = begun('youth')
    log.add({ kind: 'yellowCard', side: 'home', playerId: 'p4', clockMs: at(28), data: { sinBin: true } })
    expect(log.game().detail.timers).toMatchObject([{ side: 'home', label: 'Sin-bin', playerId: 'p4', leftMs: at(6) }])
    log.add({ kind: 'goal', side: 'away', clockMs: at(29) })
    log.add({ kind: 'periodEnd', clockMs: at(30) }, { kind: 'periodStart', period: 2 }, { kind: 'clockSet', clockMs: at(32) })
    expect(log.game().detail.timers).toMatchObject([{ leftMs: at(2) }])
    log.add({ kind: 'clockSet', clockMs: at(34) })
    expect(log.game().detail.timers).toBeUndefined()
  })
})

describe('futsal', () => {
  const down = (minutes: number, seconds = 0) => (minutes * 60 + seconds) * 1000

  test('law 7: two times twenty counting down, one time-out a half', () => {
    const log = begun('futsal')
    expect(log.game().clock).toMatchObject({ direction: 'down', valueMs: at(20) })
    expect(log.game().detail.timeouts).toEqual({ home: 1, away: 1 })
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' }))).toEqual({})
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' }))).toEqual({ warnings: ['no-timeouts-left'] })
    log.add({ kind: 'periodStart', period: 2 })
    expect(log.game().detail.timeouts).toEqual({ home: 1, away: 1 })
  })

  test('law 13: from the sixth foul of a half a free kick has no wall; extra time counts on from the second half', () => {
    const log = begun('futsal')
    const foul = { kind: 'foul', side: 'away' as const }
    log.add(foul, foul, foul, foul)
    expect(sport.glance?.(log.game())?.badges).toEqual([])
    log.add(foul)
    expect(sport.glance?.(log.game())?.badges).toMatchObject([{ side: 'away', text: '5F' }])
    log.add({ kind: 'periodStart', period: 2 })
    expect(log.game().detail.fouls).toEqual({ home: 0, away: 0 })
    log.add(foul, { kind: 'periodStart', period: 3 }, foul)
    expect(log.game().detail.fouls).toEqual({ home: 0, away: 2 })
  })

  test('law 3: whole again two minutes after a sending-off, or with the first goal conceded while short', () => {
    const red = (side: 'home' | 'away', clockMs: number): TestPlay => ({ kind: 'redCard', side, clockMs })
    const log = begun('futsal')
    log.add(red('home', down(15)), { kind: 'goal', side: 'home', clockMs: down(14, 30) })
    expect(log.game().detail.timers).toMatchObject([{ side: 'home', leftMs: 90_000 }])
    const conceded = log.add({ kind: 'goal', side: 'away', clockMs: down(14) })
    expect(log.game().detail.timers).toBeUndefined()
    log.add({ kind: 'void', voids: conceded })
    expect(log.game().detail.timers).toHaveLength(1)
    log.add({ kind: 'clockSet', clockMs: down(13) })
    expect(log.game().detail.timers).toBeUndefined()
  })

  test('law 3: with as many off on either side a goal brings nobody back', () => {
    const log = begun('futsal')
    log.add({ kind: 'redCard', side: 'home', clockMs: down(15) }, { kind: 'redCard', side: 'away', clockMs: down(15) })
    log.add({ kind: 'goal', side: 'away', clockMs: down(14) })
    expect(log.game().detail.timers).toHaveLength(2)
  })
})

describe('how it is decided', () => {
  test('the golden goal of 1993 to 2004 ends extra time, and a void of it takes that back', () => {
    const log = begun('golden-goal', 2)
    log.add({ kind: 'goal', side: 'home' })
    expect(log.game().status).toBe('live')
    log.add({ kind: 'goal', side: 'away' }, 'periodEnd', { kind: 'periodStart', period: 3 })
    const golden = log.add({ kind: 'goal', side: 'away' })
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'golden', winner: 'away', score: { home: 1, away: 2 } })
    log.add({ kind: 'void', voids: golden })
    expect(log.game()).toMatchObject({ status: 'live', winner: null })
  })

  test('law 10: kicks stay out of the score, decide, and stand as dots by side', () => {
    const log = begun('ifab', 2)
    log.add('periodEnd', { kind: 'periodStart', period: 5 }, { kind: 'shootoutGoal', side: 'home' }, { kind: 'shootoutMiss', side: 'away' })
    const marks = sport.glance?.(log.game())?.marks?.map(row => row.marks.map(({ text }) => text).join(''))
    expect(marks).toEqual(['●○○○○', '×○○○○'])
    expect(sport.totals?.(log.game().detail)).toEqual([{ label: 'Pens', name: 'Kicks from the mark', of: { home: 1, away: 0 } }])
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ score: { home: 0, away: 0 }, winner: 'home', statusReason: 'shootout' })
  })

  test('law 14: a penalty is due until it is taken, and no longer when its award is voided', () => {
    const log = begun()
    const due = () => sport.due?.(log.game().detail)
    const award = log.add({ kind: 'penaltyAwarded', side: 'away' })
    expect(due()).toEqual(['penaltyGoal', 'penaltyMissed'])
    log.add({ kind: 'void', voids: award })
    expect(due()).toEqual([])
    log.add({ kind: 'penaltyAwarded', side: 'away' }, { kind: 'penaltyMissed', side: 'away', data: { how: 'saved' } })
    expect(due()).toEqual([])
  })
})

describe('goals put right', () => {
  test('a goal annulled after review stays in the log with its reason, and leaves the score', () => {
    const log = begun()
    const goal = log.add({ kind: 'goal', side: 'home', clockMs: at(63) })
    log.add({ kind: 'void', voids: goal, data: { reason: 'Offside' } })
    expect(log.game().score).toEqual({ home: 0, away: 0 })
    expect(log.marks(goal).voidedBy).toBe(goal + 1)
    expect(log.plays.at(-1)?.data).toEqual({ reason: 'Offside' })
  })

  test('an own goal that was a goal changes who is named, its minute stays, the score too', () => {
    const log = begun()
    const own = log.add({ kind: 'ownGoal', side: 'home', playerId: 'q5', data: { minute: 12 } })
    log.add({ kind: 'goal', side: 'home', playerId: 'p9', data: { minute: 12, assist: 'p8' }, replaces: own })
    expect(log.game().score).toEqual({ home: 1, away: 0 })
    const rows = boxScore(sport, log.rules, log.plays).find(({ side }) => side === 'home')?.rows
    expect(rows?.map(({ playerId, cells }) => [playerId, cells.G, cells.A])).toEqual([
      ['p9', 1, 0],
      ['p8', 0, 1],
    ])
  })
})

describe('the box score', () => {
  test('counts shots only where they are written down, cards, corners, and minutes by substitutions', () => {
    const log = begun()
    log.add(
      { kind: 'goal', side: 'home', playerId: 'p9', clockMs: at(10) },
      { kind: 'shot', side: 'home', playerId: 'p9', clockMs: at(20) },
      { kind: 'substitution', side: 'home', playerId: 'p14', data: { out: 'p9' }, clockMs: at(60), period: 1 },
      { kind: 'redCard', side: 'home', playerId: 'p14', clockMs: at(44) },
      { kind: 'corner', side: 'away' },
      { kind: 'periodEnd', clockMs: at(47) },
    )
    const tables = boxScore(sport, log.rules, log.plays)
    expect(tables.find(({ side }) => side === 'home')?.rows[0]?.cells).toMatchObject({ G: 1, SH: 2, SOG: 1, MIN: 45 })
    const team = tables.find(({ id }) => id === 'team')?.rows.map(({ label, cells }) => [label, cells.home, cells.away])
    expect(team).toContainEqual(['Shots', 2, 0])
    expect(team).toContainEqual(['Corners', 0, 1])
    const bare = begun()
    bare.add({ kind: 'goal', side: 'home', playerId: 'p9' })
    expect(boxScore(sport, bare.rules, bare.plays)[0]?.columns.map(({ key }) => key)).toEqual(['G'])
  })

  test('kicks right after full time add no minutes to anybody', () => {
    const log = begun('ifab', 2)
    log.add(
      { kind: 'substitution', side: 'home', playerId: 'p12', data: { out: 'p9' }, clockMs: at(60) },
      { kind: 'periodEnd', clockMs: at(93) },
    )
    log.add({ kind: 'periodStart', period: 5 }, { kind: 'shootoutGoal', side: 'home', playerId: 'p12' })
    const rows = boxScore(sport, log.rules, log.plays).find(({ side }) => side === 'home')?.rows
    expect(rows?.map(({ cells }) => cells.MIN)).toEqual([30, 60])
  })

  test('takes the minutes of a feed without a clock', () => {
    const log = begun()
    const swap = { kind: 'substitution', side: 'away' as const, playerId: 'q12', data: { out: 'q7', minute: 61 }, period: 2 }
    log.add(swap, { kind: 'goal', side: 'away', playerId: 'q12', data: { minute: 90 } })
    const rows = boxScore(sport, log.rules, log.plays).find(({ side }) => side === 'away')?.rows
    expect(rows?.map(({ playerId, cells }) => [playerId, cells.MIN])).toEqual([
      ['q12', 29],
      ['q7', 61],
    ])
  })
})

test('plays read like a commentator says them', () => {
  const say = (play: TestPlay, player: string | null = null) => {
    const log = begun()
    const seq = log.add(play)
    const told = log.plays.find(one => one.seq === seq)
    const nameOf = () => 'Ada Lind'
    return told && sayPlay(sport, told, { side: 'Rovers', player, rules: log.rules as Record<string, unknown>, nameOf })
  }
  expect(say({ kind: 'goal', side: 'home', data: { assist: 'p2' } }, 'Cy Dahl')).toBe('Goal for Rovers, Cy Dahl, set up by Ada Lind')
  expect(say({ kind: 'substitution', side: 'home', data: { out: 'p2', concussion: true } }, 'Cy Dahl')).toBe(
    'Cy Dahl replaces Ada Lind, Rovers, concussion substitute',
  )
  expect(say({ kind: 'penaltyMissed', side: 'home', data: { how: 'saved' } })).toBe('Rovers have a penalty saved')
  expect(say({ kind: 'secondYellow', side: 'home' }, 'Cy Dahl')).toBe('Second yellow card, Cy Dahl is sent off, Rovers')
})
