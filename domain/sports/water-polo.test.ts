import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import { readTimer } from '#domain/clock.ts'
import type { TimerView } from '#domain/game.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './water-polo.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const packOf = (id: string, version?: string) => sport.packs.find(pack => pack.id === id && (!version || pack.version === version))?.values
const FINA = packOf('world-aquatics', '2019')
const begun = (periods = 1, rules: unknown = packOf('world-aquatics')) => {
  const log = new TestLog(sport, rules)
  for (let period = 1; period <= periods; period++) log.add({ kind: 'periodStart', period })
  return log
}
const home = (kind: string, more: Partial<TestPlay> = {}): TestPlay => ({ kind, side: 'home', ...more })
const away = (kind: string, more: Partial<TestPlay> = {}): TestPlay => ({ kind, side: 'away', ...more })
/** A reading of the clock in seconds; it counts down in each period. */
const at = (seconds: number, more: Partial<TestPlay> = {}) => ({ clockMs: seconds * SECOND, ...more })
const warnings = (log: TestLog, play: TestPlay) => log.marks(log.add(play)).warnings ?? []
const left = (log: TestLog) =>
  ((log.game().detail.timers ?? []) as TimerView[]).map(({ side, label, leftMs = 0 }) => `${side} ${label} ${leftMs / SECOND}`)
const short = (log: TestLog) =>
  (sport.glance?.(log.game()).badges ?? []).filter(({ text }) => text.startsWith('−')).map(({ side, text }) => `${side} ${text}`)

describe('duration', () => {
  test('4: four periods of eight minutes, counted down; NFHS seven, its junior varsity six', () => {
    expect(begun(4).game()).toMatchObject({ clock: { direction: 'down', valueMs: 8 * MINUTE }, period: { label: 'Q4' } })
    expect(begun(1, packOf('nfhs')).game().clock?.valueMs).toBe(7 * MINUTE)
    expect(begun(1, packOf('nfhs-jv')).game().clock?.valueMs).toBe(6 * MINUTE)
  })

  test('4: no overtime, a level game goes straight to the shoot-out', () => {
    expect(sport.timed?.next?.(4, packOf('world-aquatics'))).toEqual([5])
    expect(begun(5).game().period).toMatchObject({ kind: 'shootout', label: 'PSO' })
  })

  test('WP 11 of 2005: two periods of three minutes, then the shoot-out', () => {
    const rules = packOf('world-aquatics', '2005')
    expect(sport.timed?.next?.(6, rules)).toEqual([7])
    expect(begun(5, rules).game()).toMatchObject({ clock: { valueMs: 3 * MINUTE }, period: { label: 'OT1' } })
  })

  test('NCAA 11: two periods of three minutes, then sudden death and no shoot-out', () => {
    const log = begun(7, packOf('ncaa'))
    expect(log.game()).toMatchObject({ clock: { valueMs: 3 * MINUTE }, period: { kind: 'overtime', label: 'SD1' } })
    expect(log.refusal(home('shootoutGoal'))).toBe('These throws belong to the shoot-out.')
    expect(warnings(log, home('goal'))).toEqual([])
    expect(warnings(log, home('goal'))).toEqual(['sudden-death-over'])
    log.add({ kind: 'void', voids: log.head.seq }, 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'golden', winner: 'home' })
  })

  test('NCAA 11: won in the first two periods of overtime it is not sudden death', () => {
    const log = begun(6, packOf('ncaa'))
    log.add(home('goal', { period: 5 }), home('goal'), 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'overtime', winner: 'home' })
  })
})

describe('shoot-out', () => {
  const throws = (row: string) => {
    const log = begun(4)
    log.add(home('goal', { period: 2 }), away('goal'), { kind: 'periodStart', period: 5 })
    for (const letter of row) {
      log.add((letter.toLowerCase() === 'h' ? home : away)(letter === letter.toUpperCase() ? 'shootoutGoal' : 'shootoutMiss'))
    }
    return log
  }

  test('five throws each, apart from the score, and it decides', () => {
    const log = throws('HAHAHaHAHA')
    log.add('gameEnd')
    const { score, winner, statusReason, detail, linescore } = log.game()
    expect({ score, winner, statusReason }).toEqual({ score: { home: 1, away: 1 }, winner: 'home', statusReason: 'shootout' })
    expect(detail.shootout).toMatchObject({ home: 5, away: 4 })
    expect(linescore.columns.map(({ label }) => label)).toEqual(['Q1', 'Q2', 'Q3', 'Q4'])
    expect(sport.totals?.(detail)).toMatchObject([{ label: 'PSO', of: { home: 5, away: 4 } }])
  })

  test('then in pairs until one scores and the other misses', () => {
    const log = throws('HAHAHAHAHAHA')
    expect(warnings(log, home('shootoutGoal'))).toEqual([])
    expect(warnings(log, away('shootoutMiss'))).toEqual([])
    expect(warnings(log, home('shootoutMiss'))).toEqual(['shootout-settled'])
  })

  test('of which only the tally is known decides all the same', () => {
    const log = throws('')
    log.add({ kind: 'shootoutTally', data: { home: 4, away: 5 } }, 'gameEnd')
    expect(log.game()).toMatchObject({ winner: 'away', statusReason: 'shootout', score: { home: 1, away: 1 } })
  })

  test('World Aquatics since 2023: three points, two for winning the shoot-out, one for losing it', () => {
    expect(sport.labels.tablePoints).toEqual({ win: 3, draw: 1, loss: 0, shootoutWin: 2, shootoutLoss: 1 })
  })
})

describe('exclusions', () => {
  test.each([
    ['2025-05', 18],
    ['2024-11', 15],
    ['2019', 20],
  ])('last by the pack of the date: %s, %i s', (version, seconds) => {
    const log = begun(1, packOf('world-aquatics', version))
    log.add(home('exclusion', at(300)))
    expect([left(log), short(log)]).toEqual([[`home Exclusion ${seconds}`], ['home −1']])
  })

  test('WP 22.3: end after their time', () => {
    const log = begun(1, FINA)
    log.add(home('exclusion', at(300)), away('missed', at(290)))
    expect(left(log)).toEqual(['home Exclusion 10'])
    log.add({ kind: 'clockSet', clockMs: 280 * SECOND })
    expect([left(log), short(log)]).toEqual([[], []])
  })

  test('WP 22.3: end with a goal, of either side, all of them', () => {
    const log = begun(1, FINA)
    log.add(home('exclusion', at(300, { playerId: 'p4' })), home('exclusion', at(295, { playerId: 'p5' })), away('exclusion', at(294)))
    expect(short(log)).toEqual(['home −2', 'away −1'])
    const goal = log.add(away('extraGoal', at(290)))
    expect(left(log)).toEqual([])
    log.add({ kind: 'void', voids: goal })
    expect(left(log)).toEqual(['home Exclusion 14', 'home Exclusion 19', 'away Exclusion 20'])
  })

  test('WP 22.3: end when their side has the ball again', () => {
    const log = begun(1, FINA)
    log.add(home('exclusion', at(300)), home('backIn', at(292)))
    expect(left(log)).toEqual([])
    expect(warnings(log, home('backIn', at(291)))).toEqual(['nobody-excluded'])
  })

  test('WP 22: one that runs over the end of a period goes on in the next', () => {
    const log = begun(1, FINA)
    log.add(home('exclusion', at(5)), { kind: 'periodEnd', clockMs: 0 }, { kind: 'periodStart', period: 2 })
    expect(left(log)).toEqual(['home Exclusion 15'])
  })

  test('violent action and brutality are four minutes that no goal ends, their player is out, and a penalty throw is due', () => {
    for (const kind of ['violentAction', 'brutality']) {
      const log = begun()
      log.add(home(kind, at(300, { playerId: 'p4' })))
      expect(sport.due?.(log.game().detail)).toEqual(['away:penaltyGoal', 'away:penaltyMissed'])
      log.add(away('penaltyGoal', at(290)))
      expect(left(log)).toEqual(['home Violent 230'])
      expect(sport.due?.(log.game().detail)).toEqual([])
      expect(warnings(log, home('steal', at(20, { playerId: 'p4' })))).toEqual(['player-out'])
    }
  })

  test('misconduct: the player is out, a substitute comes in after the exclusion', () => {
    const log = begun()
    log.add(home('exclusion', at(300, { playerId: 'p4', data: { misconduct: true } })))
    expect(left(log)).toEqual(['home Exclusion 18'])
    expect(warnings(log, home('goal', at(200, { playerId: 'p4' })))).toEqual(['player-out'])
  })

  test('whoever is excluded and scores is pointed out while it runs', () => {
    const log = begun()
    log.add(home('exclusion', at(300, { playerId: 'p4' })))
    expect(warnings(log, home('goal', at(290, { playerId: 'p4' })))).toEqual(['player-excluded'])
    expect(warnings(log, home('goal', at(289, { playerId: 'p4' })))).toEqual([])
  })
})

describe('the possession at an exclusion', () => {
  const shot = (log: TestLog) => left(log).filter(text => text.includes('Shot clock'))

  test.each([
    ['2025-05', 28, 18],
    ['2019', 30, 20],
    ['2013', 30, 30],
  ])('of the defence: no less than a second possession, what is more stays (%s)', (version, whole, again) => {
    const log = begun(1, packOf('world-aquatics', version))
    log.add(home('shotClock', at(300)), away('exclusion', at(300 - whole + 5)))
    expect(shot(log)).toEqual([`home Shot clock ${again}`])
    const early = begun(1, packOf('world-aquatics', version))
    early.add(home('shotClock', at(300)), away('exclusion', at(298)))
    expect(shot(early)).toEqual([`home Shot clock ${Math.max(again, whole - 2)}`])
  })

  test('of the attack: the other side has the ball, anew; and where nobody set the clock, none runs', () => {
    const log = begun()
    log.add(home('shotClock', at(300)), home('exclusion', at(290)))
    expect(shot(log)).toEqual(['away Shot clock 28'])
    const bare = begun()
    bare.add(home('exclusion', at(290)))
    expect(shot(bare)).toEqual([])
  })
})

describe('simultaneous exclusions', () => {
  const both = (seconds: number, more: Partial<TestPlay> = {}) =>
    home('doubleExclusion', at(seconds, { playerId: 'p4', data: { opponent: 'q6' }, ...more }))

  test.each([
    ['2025-05', 18],
    ['2019', 20],
  ])(
    '9, WP 22: both are out for %s, %i s, nobody has a player more, and ball and possession clock stay where they were',
    (version, seconds) => {
      const log = begun(1, packOf('world-aquatics', version))
      log.add(home('shotClock', at(300)), both(290))
      expect(left(log)).toEqual([`home Exclusion ${seconds}`, `away Exclusion ${seconds}`, `home Shot clock ${seconds}`])
      expect(short(log)).toEqual([])
      expect(log.marks(log.add(home('goal', at(285)))).facts).toBeUndefined()
      expect(log.game().detail).toMatchObject({ exclusions: { home: 1, away: 1 }, extraManGoals: { home: 0, away: 0 } })
      // A goal lets both back.
      expect(left(log).filter(text => text.includes('Exclusion'))).toEqual([])
    },
  )

  test('a further exclusion beside them is an extra player', () => {
    const log = begun()
    log.add(both(300), away('exclusion', at(298)))
    expect(short(log)).toEqual(['away −1'])
    expect(log.marks(log.add(home('goal', at(290)))).facts).toEqual({ up: 1 })
  })

  test('who is back is back with the other; one void takes both back', () => {
    const log = begun()
    log.add(both(300))
    const back = log.add(away('backIn', at(295)))
    expect(left(log)).toEqual([])
    log.add({ kind: 'void', voids: back })
    expect(left(log)).toHaveLength(2)
    const twice = begun()
    const made = twice.add(both(300))
    twice.add({ kind: 'void', voids: made })
    expect([left(twice), twice.game().detail.exclusions, twice.game().detail.fouls]).toEqual([[], { home: 0, away: 0 }, {}])
  })

  test('25: a personal foul for each, which may be the third of either', () => {
    const log = begun()
    log.add(away('penaltyFoul', { playerId: 'q6' }), away('penaltyFoul', { playerId: 'q6' }))
    expect(warnings(log, both(300))).toEqual(['last-personal-foul'])
    expect(log.game().detail.fouls).toEqual({ p4: 1, q6: 3 })
    expect(warnings(log, both(200))).toEqual(['player-out'])
  })

  test('are no chance with the extra player in the figures, and read as what they are', () => {
    const log = begun()
    log.add(away('exclusion', at(310)), home('goal', at(305)))
    const seq = log.add(both(300))
    const [, , team] = boxScore(sport, log.rules, log.plays)
    expect(team?.rows).toContainEqual({ label: 'With the extra player', cells: { home: '1/1', away: null } })
    expect(team?.rows).toContainEqual({ label: 'Exclusions', cells: { home: 1, away: 2 } })
    const told = log.plays.find(one => one.seq === seq)
    const context = { side: 'Harbour', player: 'Ada Lind', rules: {}, nameOf: () => 'Ivo Brandt' }
    expect(told && sayPlay(sport, told, context)).toBe('Ada Lind of Harbour and Ivo Brandt are excluded')
  })
})

describe('personal fouls', () => {
  test('25.2: after the third a substitute comes in, when the exclusion is over or the ball is won; the player does not', () => {
    const log = begun()
    const foul = (seconds: number) => home('exclusion', at(seconds, { playerId: 'p4' }))
    log.add(foul(400), foul(350))
    expect(warnings(log, foul(300))).toEqual(['last-personal-foul'])
    expect(left(log)).toEqual(['home Exclusion 18'])
    expect(warnings(log, home('backIn', at(290, { playerId: 'p9' })))).toEqual([])
    expect(left(log)).toEqual([])
    const wrong = log.fork()
    wrong.add(home('exclusion', at(280, { playerId: 'p5' })))
    expect(warnings(wrong, home('backIn', at(270, { playerId: 'p4' })))).toEqual(['player-out'])
    // The third by a penalty foul leaves nobody short: the substitute is in at once.
    const penalty = begun()
    penalty.add(foul(400), foul(350))
    expect(warnings(penalty, home('penaltyFoul', at(300, { playerId: 'p4' })))).toEqual(['last-personal-foul'])
    expect(left(penalty)).toEqual([])
  })

  test('16: the third, of whatever kind, puts its player out', () => {
    const log = begun()
    const p4 = { playerId: 'p4' }
    expect(warnings(log, home('exclusion', at(300, p4)))).toEqual([])
    expect(warnings(log, home('penaltyFoul', at(200, p4)))).toEqual([])
    expect(warnings(log, home('exclusion', at(100, p4)))).toEqual(['last-personal-foul'])
    expect(log.game().detail.fouls).toEqual({ p4: 3 })
    expect(warnings(log, home('exclusion', at(50, p4)))).toEqual(['player-out'])
  })

  test('16: an exclusion that goes to another player is counted anew for both', () => {
    const log = begun()
    const p4 = { playerId: 'p4' }
    const first = log.add(home('exclusion', at(300, p4)))
    log.add(home('exclusion', at(200, p4)))
    const third = log.add(home('exclusion', at(100, p4)))
    log.add({ ...home('exclusion', at(300, { playerId: 'p5' })), replaces: first })
    expect(log.game().detail).toMatchObject({ fouls: { p4: 2, p5: 1 }, exclusions: { home: 3, away: 0 } })
    expect(log.marks(third).warnings ?? []).toEqual([])
  })

  test('a penalty foul makes the throw of the other side due until it is thrown', () => {
    const log = begun()
    const foul = log.add(home('penaltyFoul', { playerId: 'p4' }))
    expect(log.game().detail.penaltyFor).toBe('away')
    log.add(away('penaltyMissed'))
    expect(log.game().detail.penaltyFor).toBeNull()
    log.add({ kind: 'void', voids: log.head.seq })
    expect(log.game().detail.penaltyFor).toBe('away')
    log.add({ kind: 'void', voids: foul })
    expect(log.game().detail).toMatchObject({ penaltyFor: null, fouls: {} })
  })
})

describe('time-outs', () => {
  test('5: two a game, at any time', () => {
    const log = begun()
    expect([warnings(log, home('timeout')), warnings(log, home('timeout'))]).toEqual([[], []])
    expect(log.game().detail.timeouts).toEqual({ home: 0, away: 2 })
    log.add({ kind: 'periodStart', period: 2 })
    expect(warnings(log, home('timeout'))).toEqual(['no-timeouts-left'])
  })

  test('WP 12 of 2013: one in each period', () => {
    const log = begun(1, packOf('world-aquatics', '2013'))
    log.add(home('timeout'))
    expect(log.game().detail.timeouts).toEqual({ home: 0, away: 1 })
    log.add({ kind: 'periodStart', period: 2 })
    expect(log.game().detail.timeouts).toEqual({ home: 1, away: 1 })
  })

  test('NCAA 12: one for the whole of overtime; what was left of the game is gone', () => {
    const log = begun(5, packOf('ncaa'))
    expect(log.game().detail.timeouts).toEqual({ home: 1, away: 1 })
    log.add(home('timeout'), { kind: 'periodStart', period: 6 })
    expect(warnings(log, home('timeout'))).toEqual(['no-timeouts-left'])
  })

  test('since November 2024 a coach has a challenge until it is lost', () => {
    const log = begun()
    log.add(home('challenge', { data: { result: 'won' } }))
    expect(log.game().detail.challenges).toEqual({ home: 1, away: 1 })
    log.add(home('challenge', { data: { result: 'lost' } }))
    expect(warnings(log, home('challenge', { data: { result: 'won' } }))).toEqual(['no-challenge-left'])
    expect(sport.actions(FINA).some(({ kind }) => kind === 'challenge')).toBe(false)
  })
})

describe('corrections', () => {
  test('the type of a goal', () => {
    const log = begun()
    const goal = log.add(home('goal', { playerId: 'p4' }))
    log.add({ ...home('extraGoal', { playerId: 'p4' }), replaces: goal })
    expect(log.game()).toMatchObject({ score: { home: 1, away: 0 }, detail: { extraManGoals: { home: 1, away: 0 } } })
    log.add({ ...home('counterGoal', { playerId: 'p4' }), replaces: goal })
    expect(log.game()).toMatchObject({ score: { home: 1, away: 0 }, detail: { extraManGoals: { home: 0, away: 0 } } })
  })

  test('another scorer', () => {
    const log = begun()
    const goal = log.add(home('goal', { playerId: 'p4' }))
    log.add({ ...home('goal', { playerId: 'p5' }), replaces: goal })
    expect(boxScore(sport, log.rules, log.plays)[0]?.rows.map(({ playerId }) => playerId)).toEqual(['p5'])
  })

  test('a goal of the first period voided in the fourth', () => {
    const log = begun()
    const goal = log.add(home('goal'))
    for (const period of [2, 3, 4]) log.add({ kind: 'periodStart', period })
    log.add(away('goal'), { kind: 'void', voids: goal })
    expect(log.game().linescore.columns.map(column => [column.home, column.away])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 1],
    ])
  })

  test('a goal written down late counts in its period and ends no exclusion of now', () => {
    const log = begun(2)
    log.add(home('exclusion', at(300)), away('goal', { period: 1, clockMs: 100 * SECOND }))
    expect(log.game().linescore.columns[0]).toEqual({ label: 'Q1', home: 0, away: 1 })
    expect(left(log)).toEqual(['home Exclusion 18'])
  })

  test('a goal inserted before an exclusion leaves it running, one inserted after it ends it', () => {
    const log = begun(1, FINA)
    const exclusion = log.add(home('exclusion', at(300)))
    const miss = log.add(away('missed', at(295)))
    log.add({ ...away('goal', at(310)), before: exclusion })
    expect(left(log)).toEqual(['home Exclusion 15'])
    log.add({ ...away('goal', at(297)), before: miss })
    expect(left(log)).toEqual([])
  })
})

describe('at the table', () => {
  test('keeps the score with one key', () => {
    const score = sport.actions(packOf('ncaa')).filter(({ depth }) => depth === 'score')
    expect(score.map(({ id }) => id)).toEqual(['goal'])
  })

  test('says plays as a commentator would', () => {
    const log = begun()
    const rules = log.rules as Record<string, unknown>
    const say = (play: TestPlay, player: string | null) => {
      log.add(play)
      const told = log.plays.at(-1)
      return told && sayPlay(sport, told, { side: 'Harbour', player, rules, nameOf: () => 'Ivo Brandt' })
    }
    expect(say(home('extraGoal', { data: { assist: 'p5' } }), 'Ada Lind')).toBe(
      'Ada Lind scores for Harbour with the extra player, set up by Ivo Brandt',
    )
    expect(say(home('penaltyMissed', { data: { keeper: 'k1' } }), 'Ada Lind')).toBe('Ivo Brandt saves the penalty from Ada Lind')
    expect(say(home('exclusion'), null)).toBe('Exclusion, Harbour')
    expect(say(home('sprint'), 'Ada Lind')).toBe('Ada Lind wins the sprint for Harbour')
  })

  test('counts figures that agree with the score', () => {
    const log = begun()
    log.add(
      home('sprint', { playerId: 'p2' }),
      away('exclusion', at(400, { playerId: 'q1' })),
      home('extraGoal', at(390, { playerId: 'p4', data: { assist: 'p5' } })),
      home('penaltyGoal', { playerId: 'p4' }),
      home('penaltyMissed', { playerId: 'p5', data: { keeper: 'k1' } }),
      away('save', { playerId: 'k1', data: { shooter: 'p4' } }),
      away('penaltyFoul', { playerId: 'q1' }),
    )
    const [players, others, team] = boxScore(sport, log.rules, log.plays)
    expect(players?.rows[0]).toMatchObject({ playerId: 'p4', cells: { goals: 2, shots: 3, extraGoals: 1, penalties: '1/1' } })
    expect(players).toMatchObject({ total: { goals: 2, shots: 4, assists: 1, sprints: 1 } })
    expect(others).toMatchObject({ total: { exclusions: 1, fouls: 2, saves: 2 } })
    expect(team?.rows).toContainEqual({ label: 'With the extra player', cells: { home: '1/1', away: null } })
  })
})

describe('a goal with the extra player', () => {
  const said = (log: TestLog, play: TestPlay, player: string | null = 'Ada Lind') => {
    const seq = log.add(play)
    const rules = log.rules as Record<string, unknown>
    const told = log.plays.find(one => one.seq === seq)
    return told && sayPlay(sport, told, { side: 'Harbour', player, rules, facts: log.marks(seq).facts, nameOf: () => 'Ivo Brandt' })
  }

  test('22.3: is one though nobody chose its key, by sentence, total and box score alike, and only until the excluded player is back', () => {
    const log = begun()
    log.add(away('exclusion', at(300)))
    const assist = { data: { assist: 'p5' } }
    expect(said(log, home('goal', at(290, { playerId: 'p4', ...assist })))).toBe(
      'Ada Lind scores for Harbour with the extra player, set up by Ivo Brandt',
    )
    expect(said(log, home('goal', at(280, { playerId: 'p4' })))).toBe('Ada Lind scores for Harbour')
    log.add(away('exclusion', at(200)))
    expect(said(log, home('goal', at(181, { playerId: 'p4' })))).toBe('Ada Lind scores for Harbour')
    log.add(away('exclusion', at(150)))
    expect(said(log, home('counterGoal', at(140)), null)).toBe('Harbour score on the counter-attack')
    expect(log.game().detail.extraManGoals).toEqual({ home: 1, away: 0 })
    const [players, team] = boxScore(sport, log.rules, log.plays)
    expect(players?.rows[0]?.cells).toMatchObject({ goals: 3, extraGoals: 1 })
    expect(team?.rows).toContainEqual({ label: 'With the extra player', cells: { home: '1/3', away: null } })
  })

  test('9.13: four minutes after violent action bring more than one, and never more goals than chances', () => {
    const log = begun()
    log.add(away('violentAction', at(400)))
    expect(said(log, home('goal', at(380)), null)).toBe('Harbour score with the extra player')
    expect(said(log, home('goal', at(350)), null)).toBe('Harbour score with the extra player')
    const team = boxScore(sport, log.rules, log.plays).find(({ id }) => id === 'team')
    expect(team?.rows).toContainEqual({ label: 'With the extra player', cells: { home: '2/2', away: null } })
  })

  test('is none with one excluded on each side, for the side that is short, or at the same reading of a clock that nobody runs', () => {
    const log = begun()
    log.add(home('exclusion', at(300)), away('exclusion', at(299)))
    expect(said(log, home('goal', at(290)), null)).toBe('Goal for Harbour')
    log.add(home('exclusion', at(200)))
    expect(said(log, home('goal', at(190)), null)).toBe('Goal for Harbour')
    const idle = begun()
    idle.add(away('exclusion'))
    expect(said(idle, home('goal'), null)).toBe('Goal for Harbour')
  })

  test('is a plain one again when the exclusion is taken back', () => {
    const log = begun()
    const exclusion = log.add(away('exclusion', at(300)))
    const goal = log.add(home('goal', at(290)))
    expect(log.marks(goal).facts).toEqual({ up: 1 })
    log.add({ kind: 'void', voids: exclusion })
    expect([log.marks(goal).facts, log.game().detail.extraManGoals]).toEqual([undefined, { home: 0, away: 0 }])
  })
})

test('4: where the clock was set back an exclusion and the possession read no more than the whole of them', () => {
  const log = begun()
  log.add(away('exclusion', at(300)), home('shotClock', at(300)), { kind: 'clockSet', ...at(295) })
  expect(left(log)).toEqual(['away Exclusion 13', 'home Shot clock 23'])
  log.add({ kind: 'clockSet', ...at(400) })
  expect(left(log)).toEqual(['away Exclusion 18', 'home Shot clock 28'])

  const running = begun()
  running.add('clockStart', away('exclusion', { after: 60 }))
  const timer = (running.game().detail.timers as TimerView[])[0] as TimerView
  const read = (seconds: number) => {
    const { clock } = running.game()
    return readTimer(timer, clock, Date.parse(clock?.asOf ?? '') + seconds * SECOND) / SECOND
  }
  expect([read(60), read(70), read(78)]).toEqual([18, 8, 0])
  expect(read(0), 'when the clock is set back while it runs').toBe(18)
})
