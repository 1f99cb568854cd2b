import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { TimerView } from '#domain/game.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './field-hockey.ts'

const MINUTE = 60_000
const packOf = (id: string, version?: string) => sport.packs.find(pack => pack.id === id && (!version || pack.version === version))?.values
const begun = (periods: number | readonly number[] = 1, rules: unknown = packOf('fih')) => {
  const log = new TestLog(sport, rules)
  const all = typeof periods === 'number' ? Array.from({ length: periods }, (_, i) => i + 1) : periods
  for (const period of all) log.add({ kind: 'periodStart', period })
  return log
}
const home = (kind: string, more: Partial<TestPlay> = {}): TestPlay => ({ kind, side: 'home', ...more })
const away = (kind: string, more: Partial<TestPlay> = {}): TestPlay => ({ kind, side: 'away', ...more })
/** A reading of the clock, which counts down in each quarter. */
const at = (minutes: number, more: Partial<TestPlay> = {}) => ({ clockMs: minutes * MINUTE, ...more })
const warnings = (log: TestLog, play: TestPlay) => log.marks(log.add(play)).warnings ?? []
const left = (log: TestLog) =>
  ((log.game().detail.timers ?? []) as TimerView[]).map(({ side, label, leftMs = 0 }) => `${side} ${label} ${leftMs / 1000}`)
const short = (log: TestLog) =>
  (sport.glance?.(log.game()).badges ?? []).filter(({ text }) => text.startsWith('−')).map(({ side, text }) => `${side} ${text}`)

describe('rule 5: duration', () => {
  test('5.1: four quarters of fifteen minutes, counted down', () => {
    const log = begun(4)
    expect(log.game()).toMatchObject({
      clock: { direction: 'down', valueMs: 15 * MINUTE },
      period: { kind: 'quarter', label: 'Q4' },
    })
  })

  test('5.1: two halves of thirty-five before 2019, by the date', () => {
    const log = begun(2, packOf('fih', '2013'))
    expect(log.game()).toMatchObject({ clock: { valueMs: 35 * MINUTE }, period: { kind: 'half', label: '2H' } })
    log.add(home('goal', { period: 1 }))
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['1H', '2H'])
  })

  test('5.1: youth plays shorter periods', () => {
    expect(begun(1, packOf('youth')).game().clock?.valueMs).toBe(10 * MINUTE)
  })

  test('13.5: a penalty corner awarded before the end is still due when the quarter is over, not in the next', () => {
    const log = begun()
    log.add(home('corner', at(0)), { kind: 'periodEnd', clockMs: 0 })
    expect(sport.due?.(log.game().detail)).toEqual(['cornerGoal'])
    log.add({ kind: 'periodStart', period: 2 })
    expect(sport.due?.(log.game().detail)).toEqual([])
  })
})

describe('level at the end', () => {
  const shootout = (row: string, rules: unknown = packOf('fih')) => {
    const log = begun([1, 2, 3, 4], rules)
    log.add(home('goal', { period: 2 }), away('goal'), { kind: 'periodStart', period: (sport.timed?.next?.(4, rules) ?? []).at(-1) })
    for (const letter of row) {
      log.add((letter.toLowerCase() === 'h' ? home : away)(letter === letter.toUpperCase() ? 'shootoutGoal' : 'shootoutMiss'))
    }
    return log
  }

  test('a league match may end level', () => {
    const log = begun(4)
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ winner: 'draw', statusReason: 'regulation' })
    expect(sport.labels.tablePoints).toMatchObject({ win: 3, draw: 1, loss: 0, shootoutWin: 2, shootoutLoss: 1 })
  })

  test('Tournament Regulations, shoot-out 12: five each, decided once one side cannot be caught, apart from the score', () => {
    const log = shootout('HaHaHa')
    expect(warnings(log, home('shootoutMiss'))).toEqual(['shootout-settled'])
    log.add('gameEnd')
    const { score, winner, statusReason, detail } = log.game()
    expect({ score, winner, statusReason }).toEqual({ score: { home: 1, away: 1 }, winner: 'home', statusReason: 'shootout' })
    expect(detail.shootout).toMatchObject({ home: 3, away: 0, series: 5 })
    expect(sport.glance?.(log.game()).middle).toBe('SO 3–0')
  })

  test('Tournament Regulations, shoot-out: sudden death in pairs after five', () => {
    const log = shootout('HAHAHAHAHA')
    expect(warnings(log, home('shootoutGoal'))).toEqual([])
    expect(warnings(log, away('shootoutMiss'))).toEqual([])
    expect(warnings(log, home('shootoutGoal'))).toEqual(['shootout-settled'])
  })

  test('a shoot-out of which only the tally is known decides all the same', () => {
    const log = shootout('')
    log.add({ kind: 'shootoutTally', data: { home: 4, away: 5 } }, 'gameEnd')
    expect(log.game()).toMatchObject({ winner: 'away', statusReason: 'shootout', score: { home: 1, away: 1 } })
  })

  test('a goal belongs to play, an attempt to the shoot-out', () => {
    expect(shootout('').refusal(home('goal'))).toBe('Goals do not count in the shoot-out, its attempts do.')
    expect(begun().refusal(home('shootoutGoal'))).toBe('These attempts belong to the shoot-out.')
  })

  test('NCAA 5: the first goal of overtime wins, one after it is pointed out; two overtimes, then the shoot-out', () => {
    const rules = packOf('ncaa')
    const log = begun(5, rules)
    expect(log.game()).toMatchObject({ clock: { valueMs: 10 * MINUTE }, period: { label: 'OT1' } })
    expect(warnings(log, away('goal'))).toEqual([])
    expect(warnings(log, away('goal'))).toEqual(['golden-goal-scored'])
    log.add({ kind: 'void', voids: log.head.seq }, 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'golden', winner: 'away' })
    expect(sport.timed?.next?.(6, rules)).toEqual([7])
    expect(shootout('Ha', rules).game().period).toMatchObject({ number: 7, kind: 'shootout' })
  })

  test('FIH until 2012: extra time of twice seven and a half minutes', () => {
    expect(begun(3, packOf('fih', '2011')).game().clock?.valueMs).toBe(7.5 * MINUTE)
  })
})

describe('rule 14: cards', () => {
  test('14.1: a green card is two minutes, and the side is short for them', () => {
    const log = begun()
    log.add(home('greenCard', at(10, { playerId: 'p4' })))
    expect([left(log), short(log)]).toEqual([['home Green 120'], ['home −1']])
    log.add(away('goal', at(9)))
    expect(left(log)).toEqual(['home Green 60'])
    log.add({ kind: 'clockSet', clockMs: 8 * MINUTE })
    expect([left(log), short(log)]).toEqual([[], []])
  })

  test('14.1: before that it was a warning, and nobody left', () => {
    const log = begun(1, packOf('fih', '2011'))
    log.add(home('greenCard', at(10)))
    expect([left(log), log.game().detail.cards]).toEqual([[], expect.objectContaining({ home: { green: 1, yellow: 0, red: 0 } })])
  })

  test('14.1: a yellow card is five minutes or as many as the umpire says', () => {
    const log = begun()
    log.add(home('yellowCard', at(10)), away('yellowCard', at(10, { data: { minutes: 10 } })))
    expect(left(log)).toEqual(['home Yellow 300', 'away Yellow 600'])
  })

  test('14.1: one that runs into the next quarter goes on there', () => {
    const log = begun()
    log.add(home('yellowCard', at(2)), { kind: 'periodEnd', clockMs: 0 }, { kind: 'periodStart', period: 2 })
    expect(left(log)).toEqual(['home Yellow 180'])
    log.add({ kind: 'clockSet', clockMs: 12 * MINUTE })
    expect(left(log)).toEqual([])
  })

  test('14.1: a red card is for the rest of the match', () => {
    const log = begun()
    log.add(home('redCard', at(10, { playerId: 'p4' })), { kind: 'periodStart', period: 2 })
    expect([left(log), short(log)]).toEqual([[], ['home −1']])
    expect(warnings(log, home('goal', { playerId: 'p4' }))).toEqual(['player-sent-off'])
  })

  test('14.1, umpiring 2.3.e: the same card twice is pointed out, and sends nobody off: for another offence it may be', () => {
    const log = begun()
    log.add(home('greenCard', at(10, { playerId: 'p4' })), home('yellowCard', at(9, { playerId: 'p5' })))
    expect(warnings(log, home('greenCard', at(5, { playerId: 'p4' })))).toEqual(['second-green'])
    expect(warnings(log, home('yellowCard', at(3, { playerId: 'p5' })))).toEqual(['second-yellow'])
    expect(log.game().detail).toMatchObject({ cards: { home: { green: 2, yellow: 2, red: 0 } } })
    // For the same offence the umpire shows the red card after it.
    expect(warnings(log, home('redCard', at(3, { playerId: 'p5' })))).toEqual([])
    expect(warnings(log, home('shot', at(2, { playerId: 'p5' })))).toEqual(['player-sent-off'])
  })

  test('two cards at once leave the side two short', () => {
    const log = begun()
    log.add(home('greenCard', at(10, { playerId: 'p4' })), home('yellowCard', at(9, { playerId: 'p5' })))
    expect(short(log)).toEqual(['home −2'])
  })

  test('whoever sits out a card and scores is pointed out', () => {
    const log = begun()
    log.add(home('greenCard', at(10, { playerId: 'p4' })))
    expect(warnings(log, home('goal', at(9, { playerId: 'p4' })))).toEqual(['player-suspended'])
  })
})

describe('video referrals', () => {
  test('Tournament Regulations, video umpire: one until it is lost; upheld or without advice it is kept', () => {
    const log = begun()
    log.add(home('referral', { data: { result: 'won' } }), home('referral', { data: { result: 'undecided' } }))
    expect(log.game().detail.referrals).toEqual({ home: 1, away: 1 })
    expect(warnings(log, home('referral', { data: { result: 'lost' } }))).toEqual([])
    expect(log.game().detail.referrals).toEqual({ home: 0, away: 1 })
    expect(warnings(log, home('referral', { data: { result: 'won' } }))).toEqual(['no-referral-left'])
  })

  test('one that was written down as lost is given back', () => {
    const log = begun()
    const lost = log.add(away('referral', { data: { result: 'lost' } }))
    log.add({ ...away('referral', { data: { result: 'won' } }), replaces: lost })
    expect(log.game().detail.referrals).toEqual({ home: 1, away: 1 })
  })

  test('there are none where there is no video', () => {
    const rules = packOf('youth')
    expect(begun(1, rules).game().detail.referrals).toBeNull()
    expect(sport.actions(rules).some(({ kind }) => kind === 'referral')).toBe(false)
  })
})

describe('corrections', () => {
  test('the type of a goal, and its scorer', () => {
    const log = begun()
    log.add(home('corner'))
    const goal = log.add(home('goal', { playerId: 'p4' }))
    log.add({ ...home('cornerGoal', { playerId: 'p5' }), replaces: goal })
    expect(log.game().score).toEqual({ home: 1, away: 0 })
    const [players, team] = boxScore(sport, log.rules, log.plays)
    expect(players?.rows).toMatchObject([{ playerId: 'p5', cells: { goals: 1, fieldGoals: 0, cornerGoals: 1 } }])
    expect(team?.rows).toContainEqual({ label: 'Corners converted', cells: { home: '100%', away: null } })
  })

  test('the length of a card', () => {
    const log = begun()
    const card = log.add(home('yellowCard', at(10, { playerId: 'p4', data: { minutes: 5 } })))
    log.add(away('goal', at(8)))
    expect(left(log)).toEqual(['home Yellow 180'])
    log.add({ ...home('yellowCard', at(10, { playerId: 'p4', data: { minutes: 10 } })), replaces: card })
    expect(left(log)).toEqual(['home Yellow 480'])
    expect(log.game().detail.cards).toMatchObject({ home: { yellow: 1 } })
  })

  test('a yellow card becomes a green one', () => {
    const log = begun()
    const card = log.add(home('yellowCard', at(10, { playerId: 'p4' })))
    log.add({ ...home('greenCard', at(10, { playerId: 'p4' })), replaces: card })
    expect([left(log), log.game().detail.cards]).toMatchObject([['home Green 120'], { home: { green: 1, yellow: 0 } }])
  })

  test('a penalty corner voided takes what is due with it, a goal of it stays and is pointed out', () => {
    const log = begun()
    const corner = log.add(home('corner'))
    expect(sport.due?.(log.game().detail)).toEqual(['cornerGoal'])
    log.add({ kind: 'void', voids: corner })
    expect(sport.due?.(log.game().detail)).toEqual([])
    log.add({ kind: 'void', voids: log.head.seq })
    const goal = log.add(home('cornerGoal'))
    log.add({ kind: 'void', voids: corner })
    expect(log.marks(goal).warnings).toEqual(['no-corner-awarded'])
    expect(log.game()).toMatchObject({ score: { home: 1 }, detail: { corners: { home: 0, away: 0 } } })
  })

  test('a goal of the first quarter voided in the fourth, and one written down late', () => {
    const log = begun()
    const goal = log.add(home('goal'))
    for (const period of [2, 3, 4]) log.add({ kind: 'periodStart', period })
    log.add(away('strokeGoal', { period: 3 }), { kind: 'void', voids: goal })
    expect(log.game().linescore.columns.map(column => [column.home, column.away])).toEqual([
      [0, 0],
      [0, 0],
      [0, 1],
      [0, 0],
    ])
    expect(log.game().score).toEqual({ home: 0, away: 1 })
  })

  test('a corner of an earlier quarter counts, and makes nothing due now', () => {
    const log = begun(2)
    log.add(home('corner', { period: 1 }))
    expect(log.game().detail).toMatchObject({ corners: { home: 1, away: 0 }, due: null })
  })
})

describe('at the table', () => {
  test('keeps the score with one key, the attempts of a shoot-out with two', () => {
    const score = sport.actions(packOf('fih')).filter(({ depth }) => depth === 'score')
    expect(score.map(({ id }) => id)).toEqual(['goal', 'shootoutGoal', 'shootoutMiss'])
    expect(score[1]?.hint).toBe('8 s each')
  })

  test('offers the yellow card as long as the rules say', () => {
    expect(sport.actions(packOf('youth')).find(({ id }) => id === 'yellowCard')?.data).toEqual({ minutes: 3 })
  })

  test('says plays as a commentator would', () => {
    const log = begun()
    const rules = log.rules as Record<string, unknown>
    const say = (play: TestPlay, player: string | null) => {
      log.add(play)
      const told = log.plays.at(-1)
      return told && sayPlay(sport, told, { side: 'Harbour', player, rules, nameOf: () => 'Ivo Brandt' })
    }
    expect(say(home('cornerGoal', { data: { assist: 'p5' } }), 'Ada Lind')).toBe(
      'Ada Lind scores for Harbour from a penalty corner, set up by Ivo Brandt',
    )
    expect(say(home('yellowCard'), 'Ada Lind')).toBe('Yellow card for Ada Lind, Harbour, 5 minutes')
    expect(say(home('shot', { data: { keeper: 'k1' } }), 'Ada Lind')).toBe('Ivo Brandt saves from Ada Lind')
    expect(say(home('referral', { data: { result: 'lost' } }), null)).toBe('Referral by Harbour rejected, they have lost it')
  })

  test('counts figures that agree with the score', () => {
    const log = begun()
    log.add(
      home('goal', { playerId: 'p4', data: { assist: 'p5' } }),
      home('corner'),
      home('cornerGoal', { playerId: 'p4' }),
      home('strokeMissed', { playerId: 'p5', data: { saved: true } }),
      home('strokeGoal', { playerId: 'p4' }),
      home('shot', { playerId: 'p5', data: { result: 'saved', keeper: 'k1' } }),
      away('greenCard', at(5, { playerId: 'q1' })),
    )
    const [players, others, team] = boxScore(sport, log.rules, log.plays)
    expect(players).toMatchObject({ total: { goals: 3, fieldGoals: 1, cornerGoals: 1, strokes: '1/2', assists: 1, shots: 3 } })
    expect(players?.rows[0]).toMatchObject({ playerId: 'p4', cells: { goals: 3 } })
    expect(others).toMatchObject({ total: { saves: 2, greenCards: 1 } })
    expect(team?.rows).toContainEqual({ label: 'Goals', cells: { home: 3, away: 0 } })
  })
})

describe('a goal with more or fewer on the field', () => {
  const said = (log: TestLog, play: TestPlay, player: string | null = 'Ada Lind') => {
    const seq = log.add(play)
    const rules = log.rules as Record<string, unknown>
    const told = log.plays.find(one => one.seq === seq)
    return told && sayPlay(sport, told, { side: 'Harbour', player, rules, facts: log.marks(seq).facts, nameOf: () => 'Ivo Brandt' })
  }

  test('14.1: says so while a green or a yellow card is sat out, for either side', () => {
    const log = begun()
    log.add(home('greenCard', at(14)))
    expect(said(log, home('goal', at(13, { data: { assist: 'p5' } })))).toBe(
      'Ada Lind scores for Harbour, set up by Ivo Brandt, a player down',
    )
    expect(said(log, away('cornerGoal', at(12.5)))).toBe('Ada Lind scores for Harbour from a penalty corner, a player up')
    expect(said(log, home('goal', at(11.5)))).toBe('Ada Lind scores for Harbour')
    log.add(home('yellowCard', at(10)), home('redCard', at(9)))
    expect(said(log, home('goal', at(8)))).toBe('Ada Lind scores for Harbour, 2 players down')
    expect(said(log, home('goal', at(4)))).toBe('Ada Lind scores for Harbour, a player down')
    expect(said(log, home('strokeGoal', at(3)))).toBe('Ada Lind scores the penalty stroke for Harbour')
  })

  test('14.1: no longer when the card is voided, nor where a green card only warns', () => {
    const log = begun()
    const card = log.add(away('yellowCard', at(14)))
    const goal = log.add(home('goal', at(12)))
    expect(log.marks(goal).facts).toEqual({ up: 1 })
    log.add({ kind: 'void', voids: card })
    expect(log.marks(goal)).toEqual({})
    const old = begun(1, packOf('fih', '2011'))
    old.add(away('greenCard', at(30)))
    expect(old.marks(old.add(home('goal', at(29))))).toEqual({})
  })
})
