import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './basketball.ts'

const rulesOf = (pack: string) => sport.packs.find(({ id }) => id === pack)?.values
const fouls = (side: 'home' | 'away', count: number, more = {}) => Array.from({ length: count }, () => ({ kind: 'foul', side, ...more }))
const timeouts = (side: 'home' | 'away', count: number) => Array.from({ length: count }, () => ({ kind: 'timeout', side }))
const periods = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => ({ kind: 'periodStart', period: from + i }))
const started = (pack = 'fiba', period = 1) => {
  const log = new TestLog(sport, rulesOf(pack))
  log.add(...periods(1, period))
  return log
}

describe('points', () => {
  test('are worth one, two and three, a missed free throw nothing', () => {
    const log = started()
    log.add({ kind: 'ft', side: 'home' }, { kind: '2pt', side: 'home' }, { kind: '3pt', side: 'home' }, { kind: 'ftMissed', side: 'away' })
    expect(log.game().score).toEqual({ home: 6, away: 0 })
  })

  test('a two that was a three is replaced in its quarter', () => {
    const log = started()
    const basket = log.add({ kind: '2pt', side: 'home', playerId: 'p4' })
    log.add({ kind: 'periodStart', period: 2 }, { kind: '3pt', side: 'home', playerId: 'p4', replaces: basket })
    expect(log.game().linescore.columns).toEqual([
      { label: 'Q1', home: 3, away: 0 },
      { label: 'Q2', home: 0, away: 0 },
    ])
  })
})

describe('team fouls', () => {
  test('bring free throws from the fifth of a quarter and start anew with the next', () => {
    const log = started()
    log.add(...fouls('away', 3))
    expect(log.game().detail).toMatchObject({ fouls: { home: 0, away: 3 }, bonus: { home: false, away: false } })
    log.add(...fouls('away', 1))
    expect(log.game().detail).toMatchObject({ fouls: { home: 0, away: 4 }, bonus: { home: true, away: false } })
    log.add(...periods(2, 2))
    expect(log.game().detail).toMatchObject({ fouls: { home: 0, away: 0 }, bonus: { home: false, away: false } })
  })

  test('of overtime count with the fourth quarter in FIBA, by themselves and from the fourth in the NBA', () => {
    const fiba = started('fiba', 4)
    fiba.add(...fouls('home', 3), ...periods(5, 5), ...fouls('home', 1))
    expect(fiba.game().detail).toMatchObject({ fouls: { home: 4 }, bonus: { away: true } })
    const nba = started('nba', 4)
    nba.add(...fouls('home', 3), ...periods(5, 5), ...fouls('home', 2))
    expect(nba.game().detail).toMatchObject({ fouls: { home: 2 }, bonus: { away: false } })
    nba.add(...fouls('home', 1))
    expect(nba.game().detail).toMatchObject({ fouls: { home: 3 }, bonus: { away: true } })
  })

  test('bring free throws from the second in the last two minutes of an NBA quarter', () => {
    const log = started('nba')
    log.add(...fouls('home', 1, { clockMs: 119_000 }))
    expect(log.game().detail.bonus).toEqual({ home: false, away: true })
  })

  test('reach the double bonus at the tenth of a college half', () => {
    const log = started('ncaa-men')
    log.add(...fouls('home', 8))
    expect(log.game().detail).toMatchObject({ bonus: { away: true }, doubleBonus: { away: false } })
    log.add(...fouls('home', 1))
    expect(log.game().detail).toMatchObject({ doubleBonus: { away: true } })
    expect(log.game().period).toEqual({ number: 1, kind: 'half', label: '1H' })
  })

  test('are not made by NBA offensive and technical fouls, nor by a bench technical under FIBA', () => {
    const nba = started('nba')
    nba.add({ kind: 'foul', side: 'home', data: { type: 'offensive' } }, { kind: 'foul', side: 'home', data: { type: 'technical' } })
    expect(nba.game().detail.fouls).toEqual({ home: 0, away: 0 })
    const fiba = started()
    fiba.add({ kind: 'foul', side: 'home', data: { type: 'bench' } }, { kind: 'foul', side: 'home', data: { type: 'technical' } })
    expect(fiba.game().detail.fouls).toEqual({ home: 1, away: 0 })
  })
})

describe("a player's fouls", () => {
  test('say when the player must leave, and warn of plays after that', () => {
    const log = started()
    const fifth = log.add(...fouls('home', 5, { playerId: 'p7' }))
    expect(log.marks(fifth).warnings).toEqual(['player-must-leave'])
    expect(log.game().detail.players).toEqual({ p7: 5 })
    const basket = log.add({ kind: '2pt', side: 'home', playerId: 'p7' })
    expect(log.marks(basket)).toEqual({ warnings: ['player-fouled-out'] })
    expect(log.marks(log.add(...fouls('home', 1, { playerId: 'p7' }))).warnings).toEqual(['player-fouled-out'])
    expect(log.game().score.home).toBe(2)
  })
})

describe('time-outs', () => {
  const left = (log: TestLog) => (log.game().detail.timeouts as { home: number }).home

  test('under FIBA are two, then three, then one an overtime, and do not carry over', () => {
    const log = started()
    expect(left(log)).toBe(2)
    log.add(...timeouts('home', 1), ...periods(2, 3))
    expect(left(log)).toBe(3)
    log.add(...timeouts('home', 3))
    expect(log.marks(log.add(...timeouts('home', 1)))).toEqual({ warnings: ['no-timeouts-left'] })
    expect(left(log)).toBe(0)
    log.add(...periods(4, 5))
    expect(left(log)).toBe(1)
  })

  test('in the NBA are seven, four of them at most in the last quarter, and two an overtime', () => {
    const log = started('nba', 3)
    log.add(...timeouts('home', 1))
    expect(left(log)).toBe(6)
    log.add(...periods(4, 4))
    expect(left(log)).toBe(4)
    log.add(...timeouts('home', 1))
    expect(left(log)).toBe(3)
    log.add(...periods(5, 5))
    expect(left(log)).toBe(2)
  })

  test('in high school carry into overtime, one more for each', () => {
    const log = started('nfhs', 4)
    log.add(...timeouts('home', 3), ...periods(5, 6))
    expect(left(log)).toBe(4)
  })
})

test('the arrow is where the scorer put it, and there is none in the NBA', () => {
  const log = started()
  log.add({ kind: 'possession', side: 'away' })
  expect(log.game().detail.possession).toBe('away')
  expect(sport.actions(rulesOf('fiba')).map(({ id }) => id)).toContain('possession')
  expect(sport.actions(rulesOf('nba')).map(({ id }) => id)).not.toContain('possession')
})

describe('3x3', () => {
  const points = (side: 'home' | 'away', count: number) => Array.from({ length: count }, () => ({ kind: '1pt', side }))
  const level = () => {
    const log = started('3x3')
    log.add(...points('home', 9), ...points('away', 9), { kind: 'periodStart', period: 2 })
    return log
  }

  test('art. 5: a basket is worth one, two from outside the arc, a free throw one', () => {
    const log = started('3x3')
    log.add({ kind: '1pt', side: 'home' }, { kind: '2pt', side: 'home' }, { kind: 'ft', side: 'home' })
    expect(log.game().score.home).toBe(4)
    expect(log.refusal({ kind: '3pt', side: 'home' })).toBe('These rules know no such shot.')
    expect(started().refusal({ kind: '1pt', side: 'home' })).toBe('These rules know no such shot.')
    const labels = sport.actions(rulesOf('3x3')).filter(({ depth }) => depth === 'score')
    expect(labels.map(({ id, label }) => `${id} ${label}`)).toEqual(['2pt +2', '1pt +1', 'ft +1'])
  })

  test('art. 6.2: twenty-one points end it at once, and a void takes that back', () => {
    const log = started('3x3')
    log.add(...points('home', 20), { kind: '2pt', side: 'away' })
    expect(log.game().status).toBe('live')
    const last = log.add({ kind: '2pt', side: 'home' })
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'regulation', winner: 'home', score: { home: 22, away: 2 } })
    log.add({ kind: 'void', voids: last })
    expect(log.game()).toMatchObject({ status: 'live', winner: null, score: { home: 20, away: 2 } })
  })

  test('art. 6.3: overtime has no clock and is won by the first to two points in it', () => {
    const log = level()
    expect(log.game()).toMatchObject({ clock: null, period: { kind: 'overtime', label: 'OT1' } })
    log.add({ kind: '1pt', side: 'away' }, { kind: '1pt', side: 'home' })
    expect(log.game().status).toBe('live')
    log.add({ kind: 'ft', side: 'away' })
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'overtime', winner: 'away', score: { home: 10, away: 11 } })
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['REG', 'OT1'])
  })

  test('what is scored after the end is warned of and takes the end back for nobody', () => {
    const log = level()
    log.add({ kind: '2pt', side: 'home' })
    expect(log.marks(log.add({ kind: '2pt', side: 'away' })).warnings).toContain('after-end')
    expect(log.game()).toMatchObject({ status: 'final', winner: 'home' })
  })

  test('art. 7: free throws from the seventh team foul, with the ball from the tenth; nobody fouls out', () => {
    const log = started('3x3')
    log.add(...fouls('home', 5, { playerId: 'p1' }))
    expect(log.game().detail).toMatchObject({ bonus: { away: false } })
    log.add(...fouls('home', 1, { playerId: 'p1' }))
    expect(log.game().detail).toMatchObject({ bonus: { away: true }, doubleBonus: { away: false } })
    expect(log.marks(log.add(...fouls('home', 3, { playerId: 'p1' })))).toEqual({ facts: { team: 9, bonus: 'single' } })
    expect(log.game().detail).toMatchObject({ fouls: { home: 9 }, doubleBonus: { away: true } })
    expect(sport.glance?.(log.game())?.badges).toEqual([{ side: 'away', text: 'B+', tone: 'accent', title: 'In the double bonus' }])
  })

  test('art. 7: an unsportsmanlike foul counts as two team fouls; art. 10: one time-out in all', () => {
    const log = started('3x3')
    log.add({ kind: 'foul', side: 'home', data: { type: 'unsportsmanlike' } })
    expect(log.game().detail).toMatchObject({ fouls: { home: 2 }, timeouts: { home: 1, away: 1 } })
    expect(log.marks(log.add(...timeouts('home', 1)))).toEqual({})
    expect(log.marks(log.add(...timeouts('home', 1)))).toEqual({ warnings: ['no-timeouts-left'] })
  })
})

describe('what other books have', () => {
  test('NBA 12B (V), WNBA: the bonus of the last minutes goes by the running clock, two minutes or one', () => {
    const at = (pack: string, minutes: number) => {
      const log = started(pack)
      log.add({ kind: 'clockSet', clockMs: minutes * 60_000 + 20_000 }, 'clockStart', { kind: 'foul', side: 'home', after: 30 })
      return (log.game().detail.bonus as Record<string, boolean>).away
    }
    expect([at('nba', 2), at('wnba', 2), at('wnba', 1)]).toEqual([true, false, true])
  })

  test('NCAA women play quarters, two free throws from the fifth foul; men halves, and one-and-one from the seventh', () => {
    const women = started('ncaa-women')
    women.add(...fouls('home', 4))
    expect(women.game()).toMatchObject({ period: { kind: 'quarter' }, detail: { bonus: { away: true } } })
    const men = started('ncaa-men')
    men.add(...fouls('home', 4))
    expect(men.game()).toMatchObject({ period: { kind: 'half' }, detail: { bonus: { away: false } } })
  })

  test('mini-basketball: every basket is worth two, and a level score stands', () => {
    const log = started('mini', 4)
    log.add({ kind: '2pt', side: 'home' }, { kind: 'ft', side: 'away' }, { kind: 'ft', side: 'away' })
    expect(log.refusal({ kind: '3pt', side: 'home' })).not.toBeNull()
    expect(log.refusal({ kind: 'periodStart', period: 5 })).not.toBeNull()
    log.add('periodEnd', 'gameEnd')
    expect(log.game()).toMatchObject({ winner: 'draw', statusReason: 'regulation' })
  })

  test('FIBA art. 8: level after four quarters goes into overtimes of five minutes, each a column', () => {
    const log = started('fiba', 4)
    log.add('periodEnd', ...periods(5, 5))
    expect(log.game()).toMatchObject({ clock: { valueMs: 300_000 }, period: { label: 'OT1', kind: 'overtime' } })
    log.add({ kind: 'ft', side: 'away' }, 'periodEnd', 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'overtime', winner: 'away' })
  })

  test('FIBA art. 18.2.5: of the three of the second half at most two in the last two minutes', () => {
    const log = started('fiba', 4)
    const late = { kind: 'timeout', side: 'home' as const, clockMs: 110_000 }
    expect(log.marks(log.add(late, late))).toEqual({})
    expect(log.game().detail.timeouts).toMatchObject({ home: 0, away: 3 })
    expect(log.marks(log.add(late))).toEqual({ warnings: ['no-timeouts-left'] })
  })

  test('FIBA art. 36.2.3, 37.2.3: two technical or unsportsmanlike fouls and the player is out; art. 38: one disqualifying', () => {
    const log = started()
    const foul = (playerId: string, type: string) => ({ kind: 'foul', side: 'home' as const, playerId, data: { type } })
    expect(log.marks(log.add(foul('p1', 'technical'))).warnings).toBeUndefined()
    expect(log.marks(log.add(foul('p1', 'unsportsmanlike'))).warnings).toEqual(['player-must-leave'])
    expect(log.marks(log.add(foul('p2', 'disqualifying'))).warnings).toEqual(['player-must-leave'])
    expect(log.marks(log.add({ kind: '2pt', side: 'home', playerId: 'p1' }))).toEqual({ warnings: ['player-fouled-out'] })
  })

  test('NBA since 2023-24: a successful challenge gives one more, and no third', () => {
    const log = new TestLog(sport, sport.packs.find(({ id, version }) => id === 'nba' && version === '2023-24')?.values)
    const challenge = (result: string) => log.marks(log.add({ kind: 'challenge', side: 'home', data: { result } }))
    log.add(...periods(1, 1))
    expect([challenge('won'), challenge('won'), challenge('won')]).toEqual([{}, {}, { warnings: ['no-challenges-left'] }])
    expect(sport.actions(rulesOf('nfhs')).map(({ id }) => id)).not.toContain('challenge')
  })
})

describe('free throws are due', () => {
  const due = (log: TestLog) => sport.due?.(log.game().detail)

  test('FIBA art. 41: after a foul on a shot, in the bonus, not after an offensive one', () => {
    const log = started()
    log.add({ kind: 'foul', side: 'away', data: { type: 'shooting' } })
    expect([due(log), log.game().detail.freeThrows]).toEqual([['home:ft', 'home:ftMissed'], { side: 'home', left: 2 }])
    log.add({ kind: 'ft', side: 'home' }, { kind: 'ftMissed', side: 'home' })
    expect(due(log)).toEqual([])
    log.add({ kind: 'foul', side: 'away', data: { type: 'offensive' } })
    expect(due(log)).toEqual([])
    log.add(...fouls('away', 3))
    expect(log.game().detail.freeThrows).toEqual({ side: 'home', left: 2 })
  })

  test('NCAA men: from the seventh foul the second only if the first is made, from the tenth two', () => {
    const log = started('ncaa-men')
    log.add(...fouls('away', 7))
    expect(log.game().detail.freeThrows).toEqual({ side: 'home', left: 2, ifMade: true })
    log.add({ kind: 'ftMissed', side: 'home' })
    expect(due(log)).toEqual([])
    log.add(...fouls('away', 3), { kind: 'ftMissed', side: 'home' })
    expect(log.game().detail.freeThrows).toEqual({ side: 'home', left: 1 })
  })

  test('one after a basket that counts, and none of it stays when the foul is voided', () => {
    const log = started()
    const foul = log.add({ kind: '2pt', side: 'home' }, { kind: 'foul', side: 'away', data: { type: 'shooting', shots: 1 } })
    expect(log.game().detail.freeThrows).toEqual({ side: 'home', left: 1 })
    log.add({ kind: 'void', voids: foul })
    expect(log.game().detail).toMatchObject({ freeThrows: null, fouls: { away: 0 } })
  })
})

describe('corrections', () => {
  test('a basket goes to another player, a free throw to the other side, a three into a past quarter under a running clock', () => {
    const log = started()
    const basket = log.add({ kind: '2pt', side: 'home', playerId: 'p1' })
    const throwMade = log.add({ kind: 'ft', side: 'home', playerId: 'p1' })
    log.add(...periods(2, 2), 'clockStart')
    const before = log.game().clock
    log.add({ kind: '2pt', side: 'home', playerId: 'p2', replaces: basket })
    log.add({ kind: 'ft', side: 'away', playerId: 'q1', replaces: throwMade })
    log.add({ kind: '3pt', side: 'away', playerId: 'q2', period: 1, before: throwMade })
    expect(log.game().linescore.columns[0]).toEqual({ label: 'Q1', home: 2, away: 4 })
    expect(log.game().clock).toEqual(before)
  })

  test('a foul of a past period that is voided gives its player back, and takes the bonus of its own period alone', () => {
    const log = started()
    const first = log.add({ kind: 'foul', side: 'home', playerId: 'p1' })
    log.add(...fouls('home', 3, { playerId: 'p1' }), ...periods(2, 2))
    const fifth = log.add({ kind: 'foul', side: 'home', playerId: 'p1' })
    expect(log.marks(fifth)).toEqual({ warnings: ['player-must-leave'], facts: { foul: 5, out: 'fouls', team: 1 } })
    log.add({ kind: 'void', voids: first })
    expect(log.marks(fifth)).toEqual({ facts: { foul: 4, team: 1 } })
    expect(log.game().detail).toMatchObject({ fouls: { home: 1 }, players: { p1: 4 } })
  })
})

describe('the box score', () => {
  const box = (log: TestLog) => boxScore(sport, log.rules, log.plays)
  const table = (log: TestLog, side: string) => box(log).find(one => one.side === side)
  const row = (log: TestLog, side: string, who: string) =>
    table(log, side)?.rows.find(({ playerId, label }) => (playerId ?? label) === who)?.cells

  test('splits shots, counts assists and rebounds, and its totals are the score at any depth', () => {
    const log = started()
    log.add({ kind: '3pt', side: 'home' }, { kind: 'ft', side: 'home' })
    expect(table(log, 'home')).toBeUndefined()
    log.add(
      { kind: '2pt', side: 'home', playerId: 'p1', data: { assist: 'p2' } },
      { kind: '3ptMissed', side: 'home', playerId: 'p1' },
      { kind: 'offensiveRebound', side: 'home', playerId: 'p2' },
      { kind: 'foul', side: 'away', playerId: 'q1', data: { type: 'shooting', drawn: 'p2' } },
    )
    expect(row(log, 'home', 'p1')).toMatchObject({ FG: '1–2', '3P': '0–1', PTS: 2 })
    expect(row(log, 'home', 'p2')).toMatchObject({ AST: 1, OREB: 1, REB: 1, FD: 1, PTS: 0 })
    expect(row(log, 'home', 'Not named')).toMatchObject({ PTS: 4 })
    expect(table(log, 'home')?.total).toMatchObject({ PTS: 6, FG: '2–3', FT: 1 })
    expect(log.game().score.home).toBe(6)
    expect(table(log, 'away')?.columns.map(({ key }) => key)).not.toContain('STL')
  })

  test('tells minutes and plus/minus where substitutions name both players and the clock', () => {
    const log = started()
    const change = (on: string, out: string, clockMs: number) => ({
      kind: 'substitution',
      side: 'home' as const,
      playerId: on,
      data: { out },
      clockMs,
    })
    log.add({ kind: '2pt', side: 'home', playerId: 'p1', clockMs: 540_000 })
    log.add(change('p6', 'p1', 420_000), { kind: '3pt', side: 'away', clockMs: 400_000 }, { kind: 'periodEnd', clockMs: 0 })
    log.add({ kind: 'periodStart', period: 2 }, change('p1', 'p6', 600_000), { kind: 'ft', side: 'home', playerId: 'p1', clockMs: 570_000 })
    expect(row(log, 'home', 'p1')).toMatchObject({ MIN: '3:30', '+/-': '+3', PTS: 3 })
    expect(row(log, 'home', 'p6')).toMatchObject({ MIN: '7:00', '+/-': '-3' })
    const half = started()
    half.add({ kind: 'substitution', side: 'home', playerId: 'p6', data: { out: 'p1' } }, { kind: '2pt', side: 'home', playerId: 'p6' })
    expect(row(half, 'home', 'p6')).toMatchObject({ MIN: null, '+/-': '+2' })
  })

  test('NBA: a technical foul is no personal foul; FIBA: a player’s is one, the bench’s is not', () => {
    const columns = (pack: string, type: string) => {
      const log = started(pack)
      log.add({ kind: 'foul', side: 'home', playerId: 'p1', data: { type } }, { kind: '2pt', side: 'home', playerId: 'p1' })
      const total = table(log, 'home')?.total
      return [total?.PF, total?.TF]
    }
    expect([columns('nba', 'technical'), columns('fiba', 'technical'), columns('fiba', 'bench')]).toEqual([
      [0, 1],
      [1, 1],
      [0, 1],
    ])
  })

  test('compares the sides: shooting, fouls, the largest lead', () => {
    const log = started()
    log.add({ kind: '3pt', side: 'away' }, { kind: '2pt', side: 'home' }, { kind: 'ftMissed', side: 'home' }, ...fouls('home', 2))
    const rows = box(log)
      .find(({ id }) => id === 'team')
      ?.rows.map(({ label, cells }) => [label, cells.home, cells.away])
    expect(rows).toContainEqual(['Free throws', '0–1', '0–0'])
    expect(rows).toContainEqual(['Largest lead', 0, 3])
    expect(rows).toContainEqual(['Fouls', 2, 0])
  })
})

test('plays read like a commentator says them', () => {
  const say = (play: TestPlay, player: string | null = null) => {
    const log = started()
    const seq = log.add(play)
    const told = log.plays.find(one => one.seq === seq)
    const nameOf = (id: string) => ({ p2: 'Ada Lind', q1: 'Bo Ek' })[id] ?? null
    return told && sayPlay(sport, told, { side: 'Rovers', player, rules: log.rules as Record<string, unknown>, nameOf })
  }
  expect(say({ kind: '3pt', side: 'home', data: { assist: 'p2' } }, 'Cy Dahl')).toBe('Cy Dahl, three points, assisted by Ada Lind')
  expect(say({ kind: '2ptMissed', side: 'home' }, 'Cy Dahl')).toBe('Cy Dahl misses for two points')
  expect(say({ kind: 'foul', side: 'home', data: { type: 'shooting', drawn: 'q1' } })).toBe('Shooting foul on Rovers, drawn by Bo Ek')
  expect(say({ kind: 'substitution', side: 'home', data: { out: 'p2' } }, 'Cy Dahl')).toBe('Cy Dahl comes on for Ada Lind')
})

describe('the sentence of a foul', () => {
  const said = (log: TestLog, seq: number, player: string | null = 'Ito') => {
    const told = log.plays.find(one => one.seq === seq)
    const { facts } = log.marks(seq)
    const rules = log.rules as Record<string, unknown>
    return told && sayPlay(sport, told, { side: 'Rovers', player, rules, facts, nameOf: () => 'Bo Ek' })
  }
  const foul = (type?: string, more = {}) => ({ kind: 'foul', side: 'home' as const, playerId: 'p7', data: { type, ...more } })

  test('FIBA 40, 41: says how many that is for the player and for the side, and that it brings free throws', () => {
    const log = started()
    expect(said(log, log.add(foul()))).toBe('Foul on Ito, personal foul 1, team foul 1')
    log.add(...fouls('home', 2, { playerId: 'p8' }))
    expect(said(log, log.add(foul('shooting', { drawn: 'q1' })))).toBe('Shooting foul on Ito, personal foul 2, team foul 4, drawn by Bo Ek')
    expect(said(log, log.add(foul()))).toBe('Foul on Ito, personal foul 3, team foul 5, bonus')
    expect(said(log, log.add(foul('offensive')))).toBe('Offensive foul on Ito, personal foul 4, team foul 6')
    expect(said(log, log.add(foul('personal')))).toBe('Foul on Ito, personal foul 5, fouled out, team foul 7, bonus')
    expect(said(log, log.add(...fouls('home', 1)), null)).toBe('Foul on Rovers, team foul 8, bonus')
  })

  test('FIBA 36.2.3, 38.2: says who is out by technical fouls, a disqualifying one says so itself, the bench has no player', () => {
    const log = started()
    log.add(foul('technical'))
    expect(said(log, log.add(foul('technical')))).toBe('Technical foul on Ito, player foul 2, out of the game, team foul 2')
    const disqualifying = log.add({ ...foul('disqualifying'), playerId: 'p8' })
    expect(said(log, disqualifying)).toBe('Disqualifying foul on Ito, personal foul 1, team foul 3')
    expect(said(log, log.add({ kind: 'foul', side: 'home', data: { type: 'bench' } }), null)).toBe('Technical foul on the Rovers bench')
  })

  test('NBA 12 B V: a team foul is none by who has the ball, and the second of the last two minutes brings free throws', () => {
    const log = started('nba')
    expect(said(log, log.add(foul('offensive')))).toBe('Offensive foul on Ito, personal foul 1')
    log.add({ ...foul(), clockMs: 100_000 })
    expect(said(log, log.add({ ...foul(), clockMs: 90_000 }))).toBe('Foul on Ito, personal foul 3, team foul 2, bonus')
  })

  test('NCAA men, rule 4: bonus from the seventh of a half, double bonus from the tenth; 3x3 and mini count what they have', () => {
    const log = started('ncaa-men')
    expect(said(log, log.add(...fouls('home', 7)), null)).toBe('Foul on Rovers, team foul 7, bonus')
    expect(said(log, log.add(...fouls('home', 3)), null)).toBe('Foul on Rovers, team foul 10, double bonus')
    const three = started('3x3')
    expect(said(three, three.add(foul()))).toBe('Foul on Ito, team foul 1')
    const mini = started('mini')
    expect(said(mini, mini.add(foul()))).toBe('Foul on Ito, personal foul 1')
  })

  test('is said anew when a foul before it is taken back; of an earlier quarter it leaves out what the side stood at', () => {
    const log = started()
    const first = log.add(foul())
    const second = log.add(foul())
    log.add({ kind: 'void', voids: first })
    expect(said(log, second)).toBe('Foul on Ito, personal foul 1, team foul 1')
    log.add({ kind: 'periodStart', period: 2 })
    expect(said(log, log.add({ ...foul(), period: 1 }))).toBe('Foul on Ito, personal foul 2')
  })
})
