import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { Game, TimerView } from '#domain/game.ts'
import type { ShownPenalties } from '#domain/parts/penalties.ts'
import type { Side } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './rugby-union.ts'

const MINUTE = 60_000
const valuesOf = (id: string, date = '2099-01-01') =>
  sport.packs.filter(pack => pack.id === id && pack.from <= date).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]?.values
const union = (date?: string) => new TestLog(sport, valuesOf('union', date))

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

describe('law 8: scoring', () => {
  test.each([
    ['try', 5],
    ['penaltyTry', 7],
    ['penaltyGoal', 3],
    ['dropGoal', 3],
    ['penaltyMissed', 0],
    ['dropGoalMissed', 0],
  ])('%s is worth %i', (kind, points) => {
    const log = union()
    log.add(home(kind))
    expect(score(log)).toEqual({ home: points, away: 0 })
  })

  test('a conversion is two, and there is one for a try alone', () => {
    const log = union()
    expect(log.refusal(home('conversion'))).toBe('There is no try to convert.')
    log.add(home('try'))
    expect(log.refusal(away('conversion'))).toBe('There is no try to convert.')
    log.add(home('conversion'))
    expect(log.refusal(home('conversionMissed'))).toBe('There is no try to convert.')
    expect(score(log)).toEqual({ home: 7, away: 0 })
  })

  test('a try struck by the video referee takes its conversion along, in an earlier half too, and brings it back', () => {
    const log = open(union(), 1)
    const made = log.add(home('try', 12))
    const kick = log.add(home('conversion', 14))
    open(log, 2)
    log.add(away('penaltyGoal', 50))
    const struck = log.add({ kind: 'void', voids: made })
    expect(score(log)).toEqual({ home: 0, away: 3 })
    expect(log.marks(kick)).toEqual({ ignored: 'There is no try to convert.' })
    log.add({ kind: 'void', voids: struck })
    expect(score(log)).toEqual({ home: 7, away: 3 })
    expect(log.game().detail).toMatchObject({ tries: { home: 1, away: 0 }, conversions: { home: 1, away: 0 } })
  })

  test('the kick of a struck try does not fall to an older one that was never kicked', () => {
    const log = open(union(), 1)
    log.add(home('try', 5))
    const second = log.add(home('try', 30))
    log.add(home('conversion', 31), { kind: 'void', voids: second })
    expect(score(log)).toEqual({ home: 5, away: 0 })
  })

  test('8.3: a penalty try in place of a try drops its kick', () => {
    const log = union()
    const made = log.add(home('try'))
    const kick = log.add(home('conversion'))
    log.add({ ...home('penaltyTry'), replaces: made })
    expect(score(log)).toEqual({ home: 7, away: 0 })
    expect(log.marks(kick)).toEqual({ ignored: 'There is no try to convert.' })
    expect(log.game().detail).toMatchObject({ tries: { home: 1, away: 0 }, pending: null })
  })

  test('without a clock the kick after the whistle still follows its try', () => {
    const log = open(union(), 1)
    log.add(home('try'), { kind: 'periodStart', period: 2 }, home('conversion'), away('penaltyGoal'))
    expect(score(log)).toEqual({ home: 7, away: 3 })
    const clocked = open(union(), 1)
    clocked.add(home('try', 12), { kind: 'periodStart', period: 2 })
    expect(clocked.refusal(home('conversion', 42))).toBe('There is no try to convert.')
  })

  test('a penalty try is nobody’s, whatever is written where a name stands', () => {
    const log = open(union(), 1)
    log.add({ ...home('penaltyTry', 20), playerId: 'player-1' })
    expect(score(log)).toEqual({ home: 7, away: 0 })
    expect(JSON.stringify(boxScore(sport, log.rules, log.plays))).not.toContain('player-1')
  })

  test('8.3 before August 2017: a penalty try is five and is converted', () => {
    const log = union('2016-01-01')
    log.add(home('penaltyTry'), home('conversion'))
    expect(score(log)).toEqual({ home: 7, away: 0 })
    const now = union('2017-08-26')
    now.add(home('penaltyTry'))
    expect(now.refusal(home('conversion'))).toBe('There is no try to convert.')
  })

  test.each([
    ['1991-10-01', 'try', 4],
    ['1971-01-01', 'try', 3],
    ['1940-01-01', 'dropGoal', 4],
    ['1960-01-01', 'dropGoal', 3],
  ])('in %s a %s was worth %i', (date, kind, points) => {
    const log = union(date)
    log.add(away(kind))
    expect(score(log).away).toBe(points)
  })

  test('a score by the others written down between a try and its kick leaves the kick', () => {
    const log = open(union(), 1)
    log.add(home('try', 39), away('penaltyGoal', 40), home('conversion', 40))
    expect(score(log)).toEqual({ home: 7, away: 3 })
  })

  test('law 5: a try as time runs out is converted, in its own half or written down after it', () => {
    const inHalf = open(union(), 1)
    inHalf.add(home('try', 41), { kind: 'periodEnd', period: 1 }, home('conversion'))
    expect(inHalf.game().linescore.columns).toEqual([{ label: '1H', home: 7, away: 0 }])
    const after = open(union(), 1)
    after.add(home('try', 41))
    open(after, 2)
    expect(after.refusal(home('conversion'))).toBeNull()
  })

  test('what is written down late stands in its own half, and the kick that is due stays due', () => {
    const log = open(union(), 1, 2)
    log.add(away('try', 44), home('penaltyGoal', undefined, { period: 1 }))
    expect(log.game().linescore.columns).toEqual([
      { label: '1H', home: 3, away: 0 },
      { label: '2H', home: 0, away: 5 },
    ])
    expect(log.game().detail.pending).toBe('away')
    expect(sport.due?.(log.game().detail)).toEqual(['away:conversion', 'away:conversionMissed'])
    log.add(away('conversion', 45))
    expect(sport.due?.(log.game().detail)).toEqual([])
  })
})

describe('law 5: time', () => {
  const when = (minute: number, period: number) => {
    const log = open(union(), ...Array.from({ length: period }, (_, i) => i + 1))
    log.add(home('penaltyGoal', minute))
    return replay(sport, log.rules, log.plays).plays.at(-1)?.when
  }
  test('the minute is counted from one, and past the end of a half as added to it', () => {
    expect([when(0, 1), when(39.5, 1), when(41.5, 1)]).toEqual(['1′', '40′', '40+2′'])
    expect([when(40, 2), when(82.5, 2), when(80, 3), when(95, 4)]).toEqual(['41′', '80+3′', '81′', '96′'])
  })
  test('a draw is one', () => {
    const log = open(union(), 1, 2)
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ winner: 'draw', statusReason: 'regulation' })
  })
})

describe('level at the end of a knock-out match', () => {
  test('two halves of extra time, each a column of its own', () => {
    const log = open(union(), 1, 2, 3)
    log.add(home('penaltyGoal', 84), 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'overtime', winner: 'home' })
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['1H', '2H', 'ET1'])
  })

  test('sudden death is decided by the first to score; what comes after is pointed out', () => {
    const log = open(union(), 1, 2, 3, 4, 5)
    expect(warnings(log, away('dropGoal', 104))).toEqual([])
    expect(warnings(log, home('penaltyGoal', 105))).toEqual(['decided'])
    log.add({ kind: 'void', voids: log.head.seq }, 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'golden', winner: 'away' })
  })

  test('the kicking competition decides and never counts into the score', () => {
    const log = open(union(), 1, 2, 6)
    log.add(home('shootoutGoal'), away('shootoutMiss'), home('shootoutGoal'), away('shootoutMiss'), home('shootoutGoal'))
    expect(log.refusal(home('penaltyGoal'))).toBe('Only its own kicks count in the kicking competition.')
    expect(warnings(log, away('shootoutMiss'))).toEqual([])
    expect(warnings(log, home('shootoutMiss'))).toEqual(['shootout-settled'])
    log.add('gameEnd')
    const { score: total, winner, statusReason, linescore, detail } = log.game()
    expect({ total, winner, statusReason }).toEqual({ total: { home: 0, away: 0 }, winner: 'home', statusReason: 'shootout' })
    expect(linescore.columns).toHaveLength(2)
    expect(detail.shootout).toMatchObject({ home: 3, away: 0 })
    expect(union().refusal(home('shootoutGoal'))).toBe('These kicks belong to the kicking competition.')
  })

  test('kicks of which only the tally is known decide as well', () => {
    const log = open(union(), 1, 2, 6)
    log.add({ kind: 'shootoutTally', data: { home: 2, away: 4 } }, 'gameEnd')
    expect(log.game()).toMatchObject({ winner: 'away', statusReason: 'shootout' })
    const whole = open(union(), 1, 2)
    whole.add({ kind: 'shootoutTally', data: { home: 2, away: 4 } }, 'gameEnd')
    expect(whole.game()).toMatchObject({ winner: 'away', statusReason: 'shootout' })
  })

  test('sevens: sudden death at once, in periods of five minutes, and no kicks', () => {
    const rules = valuesOf('sevens')
    const log = open(new TestLog(sport, rules), 1, 2, 3, 4)
    log.add(away('try', 20), 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'golden', winner: 'away', period: { label: 'SD2' } })
    expect(sport.timed?.next?.(2, rules)).toEqual([3])
    expect(sport.actions(rules).some(({ kind }) => kind.startsWith('shootout'))).toBe(false)
  })

  test('under 19 there is none', () => {
    expect(sport.timed?.next?.(2, valuesOf('u19'))).toEqual([])
  })
})

describe('law 9: cards', () => {
  const timers = (log: TestLog) => log.game().detail.timers

  test('a yellow card is ten minutes of playing time, over half-time and over added time', () => {
    const log = open(union(), 1)
    log.add(home('yellowCard', 38, { playerId: 'p7' }))
    expect(timers(log)).toEqual([{ id: '1', side: 'home', label: 'Yellow', playerId: 'p7', leftMs: 10 * MINUTE }])
    log.add({ kind: 'periodEnd', period: 1, clockMs: 43 * MINUTE })
    open(log, 2)
    expect(timers(log)).toMatchObject([{ leftMs: 5 * MINUTE }])
    log.add(home('penaltyGoal', 45.5))
    expect(timers(log)).toBeUndefined()
  })

  test('sevens: two minutes', () => {
    const log = open(new TestLog(sport, valuesOf('sevens')), 1)
    log.add(away('yellowCard', 3))
    expect(timers(log)).toMatchObject([{ side: 'away', leftMs: 2 * MINUTE }])
  })

  const off = (log: TestLog) => (log.game().detail as { penalties: ShownPenalties }).penalties.out
  const twice = (log: TestLog, second = 15) => {
    log.add(home('yellowCard', 10, { playerId: 'p7' }))
    return log.add(home('yellowCard', second, { playerId: 'p7', data: { offence: 'dissent' } }))
  }

  test('9.29: the second yellow card of a player sends off, for good, and what is left of the first is served no more', () => {
    const log = open(union(), 1)
    expect(log.marks(twice(log))).toEqual({ facts: { card: 'second' } })
    expect(timers(log)).toBeUndefined()
    expect(log.game().detail).toMatchObject({ cards: { home: { yellow: 2, red: 1 } } })
    expect(off(log)).toEqual({ home: 1, away: 0 })
    expect(warnings(log, home('try', 60, { playerId: 'p7' }))).toEqual(['player-sent-off'])
    expect(warnings(log, home('yellowCard', 61, { playerId: 'p7' }))).toEqual(['player-sent-off'])
    expect(off(log)).toEqual({ home: 1, away: 0 })
  })

  test('9.29: the red card shown after it is the one that it brought', () => {
    const log = open(union(), 1)
    twice(log)
    expect(warnings(log, home('redCard', 15, { playerId: 'p7' }))).toEqual([])
    expect(log.game().detail).toMatchObject({ cards: { home: { yellow: 2, red: 1 } } })
    expect(off(log)).toEqual({ home: 1, away: 0 })
    const figures = boxScore(sport, log.rules, log.plays)[0]?.rows
    expect(figures).toMatchObject([{ playerId: 'p7', cells: { yellow: 2, red: 1 } }])
  })

  test('9.29: of two players, of both sides, or of nobody named they are two yellow cards', () => {
    const log = open(union(), 1)
    for (const playerId of ['p7', 'p8', undefined, undefined]) log.add(home('yellowCard', 10, { playerId }))
    log.add(away('yellowCard', 10, { playerId: 'q7' }))
    expect(log.game().detail).toMatchObject({ cards: { home: { yellow: 4, red: 0 }, away: { yellow: 1, red: 0 } } })
    expect(timers(log)).toHaveLength(5)
  })

  test('9.29: struck, either of the two, and nobody was sent off; brought back, and somebody is', () => {
    const log = open(union(), 1)
    twice(log)
    const struck = log.add({ kind: 'void', voids: 2 })
    expect(off(log)).toEqual({ home: 0, away: 0 })
    expect(timers(log)).toMatchObject([{ label: 'Yellow', leftMs: 10 * MINUTE }])
    log.add({ kind: 'void', voids: struck })
    expect(off(log)).toEqual({ home: 1, away: 0 })
  })

  test('9.29 under the 20-minute red card: a second yellow one is replaced after twenty minutes too', () => {
    const log = open(new TestLog(sport, valuesOf('union-20')), 1)
    twice(log)
    expect(timers(log)).toMatchObject([{ label: 'Red', playerId: 'p7', leftMs: 20 * MINUTE }])
    // Unless the referee says that this one is for good.
    log.add(home('redCard', 16, { playerId: 'p7', data: { permanent: true } }))
    expect(timers(log)).toBeUndefined()
    expect(off(log)).toEqual({ home: 1, away: 0 })
  })

  test('9.29 in sevens: two minutes, then off', () => {
    const log = open(new TestLog(sport, valuesOf('sevens')), 1)
    twice(log, 11)
    expect(timers(log)).toBeUndefined()
    expect(off(log)).toEqual({ home: 1, away: 0 })
  })

  test('9.29: reads as what it is', () => {
    const log = open(union(), 1)
    const seq = twice(log)
    const play = log.plays.find(one => one.seq === seq)
    if (!play) throw new Error('nothing was played')
    const context = { side: 'Quayside', player: 'Ada Lind', rules: {}, nameOf: () => null, facts: log.marks(seq).facts }
    expect(sayPlay(sport, play, context)).toBe('Second yellow card, Ada Lind is sent off, Quayside, dissent')
  })

  test('a player who scores from the sin bin is pointed out', () => {
    const log = open(union(), 1)
    log.add(home('yellowCard', 10, { playerId: 'p7' }))
    expect(warnings(log, home('try', 15, { playerId: 'p7' }))).toEqual(['player-in-bin'])
    expect(warnings(log, home('try', 25, { playerId: 'p7' }))).toEqual([])
  })

  test('20-minute red card: a timer, unless nobody may come on', () => {
    const log = open(new TestLog(sport, valuesOf('union-20')), 1)
    log.add(home('redCard', 10), away('redCard', 12, { data: { permanent: true } }))
    expect(timers(log)).toMatchObject([{ side: 'home', label: 'Red', leftMs: 18 * MINUTE }])
    expect(log.game().detail).toMatchObject({ penalties: { out: { home: 0, away: 1 } } })
  })

  test('a card struck in the half before takes its timer along and brings it back', () => {
    const log = open(union(), 1)
    const card = log.add(away('yellowCard', 36))
    open(log, 2)
    const struck = log.add({ kind: 'void', voids: card })
    expect(timers(log)).toBeUndefined()
    expect(log.game().detail).toMatchObject({ cards: { away: { yellow: 0, red: 0 } } })
    log.add({ kind: 'void', voids: struck })
    expect(timers(log)).toMatchObject([{ leftMs: 6 * MINUTE }])
  })

  test('a card that does not say when counts, and runs on no clock', () => {
    const log = open(union(), 1, 2)
    expect(warnings(log, away('yellowCard', undefined, { period: 1 }))).toEqual(['penalty-without-clock'])
    expect(log.game().detail).toMatchObject({ cards: { away: { yellow: 1, red: 0 } } })
  })
})

describe('law 3: replacements', () => {
  test('eight; those for blood and a head injury assessment do not count', () => {
    const log = open(union(), 1)
    for (let n = 0; n < 8; n++) expect(warnings(log, home('substitution'))).toEqual([])
    expect(warnings(log, home('substitution', 20, { data: { reason: 'hia' } }))).toEqual([])
    expect(log.game().detail).toMatchObject({ substitutions: { home: 8, away: 0 }, temporary: { home: 1, away: 0 } })
    expect(warnings(log, home('substitution', 30, { data: { reason: 'back' } }))).toEqual([])
    expect(warnings(log, home('substitution', 31, { data: { reason: 'back' } }))).toEqual(['nobody-off'])
    expect(warnings(log, home('substitution', 60, { data: { reason: 'tactical' } }))).toEqual(['no-substitutions-left'])
  })
})

describe('law 3: replacements for a time', () => {
  const sent = (reason: string, data: Record<string, unknown> = {}, more: Partial<TestPlay> = {}) =>
    home('substitution', undefined, { ...more, data: { reason, ...data } })
  const timers = (log: TestLog) => (log.game().detail.timers ?? []) as TimerView[]
  const minutes = (log: TestLog) => {
    const at = Date.parse(log.plays.at(-1)?.at ?? '')
    return timers(log).map(({ label, playerId, untilAt = '' }) => [label, playerId, (Date.parse(untilAt) - at) / MINUTE])
  }

  test('3.25 and 3.27: fifteen minutes for blood and twelve for an assessment, of actual time, over stoppages and half-time', () => {
    const log = open(union(), 1)
    log.add('clockStart', sent('blood', { off: 'p2' }))
    expect(minutes(log)).toEqual([['Blood', 'p2', 15]])
    log.add({ kind: 'clockStop', after: 60 }, sent('hia', { off: 'p9' }, { after: 60 }))
    expect(minutes(log)).toEqual([
      ['Blood', 'p2', 13],
      ['HIA', 'p9', 12],
    ])
    log.add({ kind: 'periodEnd', after: 60 }, { kind: 'periodStart', after: 240 })
    expect(minutes(log)).toEqual([
      ['Blood', 'p2', 8],
      ['HIA', 'p9', 7],
    ])
    expect(log.game().detail).toMatchObject({ temporary: { home: 2, away: 0 }, substitutions: { home: 0, away: 0 } })
  })

  test('until July 2020 an assessment had ten minutes', () => {
    const log = open(union('2019-10-01'), 1)
    log.add(sent('hia'))
    expect(minutes(log)).toEqual([['HIA', undefined, 10]])
  })

  test('who comes back is off no more, the one who is named before any other', () => {
    const log = open(union(), 1)
    log.add(sent('blood', { off: 'p2' }), sent('hia', { off: 'p9' }), sent('back', {}, { playerId: 'p9' }))
    expect(timers(log)).toMatchObject([{ label: 'Blood', playerId: 'p2' }])
    const back = log.add(sent('back'))
    expect(timers(log)).toEqual([])
    log.add({ kind: 'void', voids: back })
    expect(timers(log)).toMatchObject([{ label: 'Blood', playerId: 'p2' }])
  })

  test('3.25: the replacement is permanent once the time is up, and who comes back then is pointed out', () => {
    const log = open(union(), 1)
    log.add(sent('blood', { off: 'p2' }))
    log.add(home('tackle', undefined, { after: 15 * 60 }))
    expect(timers(log)).toEqual([])
    expect(warnings(log, sent('back', {}, { playerId: 'p2' }))).toEqual(['permanent-already'])
    expect(warnings(log, sent('back', {}, { playerId: 'p2' }))).toEqual(['nobody-off'])
  })

  test('put right later it runs from when it was made; put into the past it runs on no clock', () => {
    const log = open(union(), 1)
    const made = log.add(sent('hia', { off: 'p2' }))
    log.add({ ...sent('hia', { off: 'p3' }), replaces: made, after: 60 })
    expect(minutes(log)).toEqual([['HIA', 'p3', 11]])
    const late = open(union(), 1, 2)
    late.add({ ...sent('hia'), period: 1 })
    expect(timers(late)).toEqual([])
    expect(late.game().detail).toMatchObject({ temporary: { home: 1, away: 0 } })
  })
})

describe('tables', () => {
  const ended = (plays: readonly TestPlay[], pack = 'union') => {
    const log = open(new TestLog(sport, valuesOf(pack)), 1, 2)
    log.add(...plays, 'gameEnd')
    return log.game() as Game
  }
  const many = (n: number, play: TestPlay) => Array.from({ length: n }, () => play)

  test('four tries and a loss by seven at most bring a bonus, a loss by eight and a draw do not', () => {
    const close = ended([...many(4, home('try')), ...many(9, away('penaltyGoal'))])
    expect(sport.bonus?.(close)).toEqual({ home: ['tries', 'narrowLoss'], away: [] })
    const eight = ended([home('try'), home('penaltyGoal')])
    expect(sport.bonus?.(eight)).toEqual({ home: [], away: [] })
    expect(sport.bonus?.(ended([home('penaltyGoal'), away('penaltyGoal')]))).toEqual({ home: [], away: [] })
  })

  test('in France three tries more than the other side, and a loss by five', () => {
    const level = ended([...many(4, home('try')), ...many(2, away('try'))], 'top14')
    expect(sport.bonus?.(level)).toEqual({ home: [], away: [] })
    const clear = ended([...many(3, home('try'))], 'top14')
    expect(sport.bonus?.(clear)).toEqual({ home: ['tries'], away: [] })
    const six = ended([home('penaltyGoal'), home('penaltyGoal')], 'top14')
    expect(sport.bonus?.(six).away).toEqual([])
  })

  test('a result that was awarded brings none', () => {
    const log = open(union(), 1)
    log.add(...many(4, home('try')), { kind: 'gameEnd', data: { how: 'awarded', winner: 'away' } })
    expect(sport.bonus?.(log.game())).toEqual({ home: [], away: [] })
  })

  test('sevens have 3, 2 and 1', () => {
    const points = sport.labels.tablePoints
    const outcome = sport.outcome?.(ended([home('try')], 'sevens'))
    expect([points?.[outcome?.home ?? ''], points?.[outcome?.away ?? '']]).toEqual([3, 1])
    expect(sport.outcome?.(ended([home('try')]))).toEqual({ home: 'win', away: 'loss' })
  })
})

describe('words and figures', () => {
  const say = (play: TestPlay, player: string | null = null) => {
    const log = union()
    log.add(...(play.kind.startsWith('conversion') ? [home('try')] : []), play)
    const last = log.plays.at(-1)
    if (!last) throw new Error('nothing was played')
    return sayPlay(sport, last, { side: 'Quayside', player, rules: {}, nameOf: () => 'Bo Vey' })
  }
  test('plays read as somebody would say them', () => {
    expect(say(home('try'), 'Ada Lind')).toBe('Try, Ada Lind, Quayside')
    expect(say(home('conversion'), 'Ada Lind')).toBe('Ada Lind converts for Quayside')
    expect(say(home('yellowCard', 3, { data: { offence: 'highTackle' } }))).toBe('Yellow card, Quayside, high tackle')
    expect(say(home('substitution', 3, { data: { off: 'p2', reason: 'hia' } }), 'Ada Lind')).toBe(
      'Ada Lind replaces Bo Vey, Quayside, head injury assessment',
    )
  })

  test('the box score has tries, goals made of those tried, and points', () => {
    const log = open(union(), 1)
    const [ada, bo] = [{ playerId: 'ada' }, { playerId: 'bo' }]
    const struck = log.add(home('try', 2, ada))
    log.add(
      home('try', 5, ada),
      home('conversion', 6, bo),
      home('penaltyMissed', 10, bo),
      home('penaltyGoal', 20, bo),
      away('scrum', 22, { data: { lost: true } }),
      away('scrum', 23),
      { kind: 'void', voids: struck },
    )
    const tables = boxScore(sport, log.rules, log.plays)
    expect(tables[0]).toMatchObject({
      side: 'home',
      rows: [
        { playerId: 'ada', cells: { tries: 1, points: 5 } },
        { playerId: 'bo', cells: { conversions: '1/1', penaltyGoals: '1/2', points: 5 } },
      ],
      total: { tries: 1, points: 10 },
    })
    expect(tables.at(-1)?.rows).toContainEqual({ label: 'Scrums won', cells: { home: null, away: '1/2' } })
  })

  test('the board shows tries, cards and the kick to come', () => {
    const log = open(union(), 1)
    log.add(home('try', 4), away('yellowCard', 5), away('redCard', 6))
    expect(sport.glance?.(log.game())).toMatchObject({
      home: '1 try',
      middle: 'Conversion',
      badges: [
        { side: 'away', text: '1', tone: 'yellow' },
        { side: 'away', text: '1', tone: 'red' },
      ],
    })
  })
})

test('at every depth the totals are the same', () => {
  const bare = open(union(), 1)
  bare.add(home('try'), home('conversion'), away('penaltyGoal'))
  const full = open(union(), 1)
  full.add(
    home('tackle', 1, { playerId: 'p1' }),
    home('try', 3, { playerId: 'p1' }),
    home('conversion', 4, { playerId: 'p2' }),
    home('penalty', 8, { playerId: 'p3' }),
    away('penaltyGoal', 9, { playerId: 'q1' }),
  )
  expect(score(full)).toEqual(score(bare))
  const keys = sport.actions(bare.rules).filter(({ depth }) => depth === 'score')
  expect(keys.map(({ id }) => id)).toEqual(expect.arrayContaining(['try', 'conversion', 'penaltyGoal', 'dropGoal', 'penaltyTry']))
})
