import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { TimerView } from '#domain/game.ts'
import { replay } from '#domain/replay.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './handball.ts'

const MINUTE = 60_000
const packOf = (id: string, version?: string) => sport.packs.find(pack => pack.id === id && (!version || pack.version === version))?.values
const begun = (periods = 1, rules: unknown = packOf('ihf')) => {
  const log = new TestLog(sport, rules)
  for (let period = 1; period <= periods; period++) log.add({ kind: 'periodStart', period })
  return log
}
const home = (kind: string, more: Partial<TestPlay> = {}): TestPlay => ({ kind, side: 'home', ...more })
const away = (kind: string, more: Partial<TestPlay> = {}): TestPlay => ({ kind, side: 'away', ...more })
/** A reading of the clock, which counts up through the game. */
const at = (minutes: number, more: Partial<TestPlay> = {}) => ({ clockMs: minutes * MINUTE, ...more })
const warnings = (log: TestLog, play: TestPlay) => log.marks(log.add(play)).warnings ?? []
const left = (log: TestLog) => ((log.game().detail.timers ?? []) as TimerView[]).map(({ side, leftMs = 0 }) => [side, leftMs / 1000])
const short = (log: TestLog) => sport.glance?.(log.game()).badges?.filter(({ text }) => text.startsWith('−')) ?? []

describe('rule 2: playing time', () => {
  test('2:1: two halves of thirty minutes, the clock counting up through both', () => {
    const log = begun(2)
    expect(log.game()).toMatchObject({
      clock: { direction: 'up', valueMs: 30 * MINUTE },
      period: { kind: 'half', label: '2H', endMs: 60 * MINUTE },
    })
    expect(begun(2, packOf('youth-12')).game().clock?.valueMs).toBe(25 * MINUTE)
    expect(begun(2, packOf('youth-8')).game().clock?.valueMs).toBe(20 * MINUTE)
  })

  test('2:2: overtime has two halves of five minutes; 7 m throws follow a whole overtime, never half of one', () => {
    const log = begun(3)
    expect(log.game().period).toMatchObject({ kind: 'overtime', label: 'OT1', endMs: 65 * MINUTE })
    expect(log.refusal({ kind: 'periodStart', period: 7 })).toBe('Period 4 has not begun.')
    log.add({ kind: 'periodStart', period: 4 }, { kind: 'periodStart', period: 7 })
    expect(log.game().period).toMatchObject({ kind: 'shootout', label: '7M' })
    expect(begun(6).game().period?.label).toBe('OT4')
  })

  test('2:2: where no overtime is played the throws follow the second half, where neither may be the game ends level', () => {
    const throws = begun(3, packOf('tournament'))
    expect(throws.game().period?.kind).toBe('shootout')
    const league = begun(2, { ...(packOf('ihf') as object), overtimes: 0, shootout: false })
    expect(league.refusal({ kind: 'periodStart', period: 3 })).not.toBeNull()
    league.add('gameEnd')
    expect(league.game()).toMatchObject({ statusReason: 'regulation', winner: 'draw' })
  })

  test('2:2: a game won in overtime says so', () => {
    const log = begun(4)
    log.add(away('goal'), 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'overtime', winner: 'away' })
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['1H', '2H', 'OT1', 'OT2'])
  })
})

describe('2:2, comment: 7 m throws', () => {
  const throws = (row: string) => {
    const log = begun(2)
    log.add(home('goal', { period: 1 }), away('goal', { period: 2 }))
    for (const n of [3, 4, 7]) log.add({ kind: 'periodStart', period: n })
    for (const letter of row) {
      log.add((letter.toLowerCase() === 'h' ? home : away)(letter === letter.toUpperCase() ? 'shootoutGoal' : 'shootoutMiss'))
    }
    return log
  }

  test('decide and never count into the score', () => {
    const log = throws('HAHaHAHAHA')
    log.add('gameEnd')
    const { score, winner, statusReason, detail, linescore } = log.game()
    expect({ score, winner, statusReason }).toEqual({ score: { home: 1, away: 1 }, winner: 'home', statusReason: 'shootout' })
    expect(detail.shootout).toMatchObject({ home: 5, away: 4 })
    expect(linescore.columns.map(({ label }) => label)).toEqual(['1H', '2H', 'OT1', 'OT2'])
    expect(sport.totals?.(detail)).toContainEqual({
      label: 'SO',
      name: '7 m throws after the game',
      of: expect.objectContaining({ home: 5 }),
    })
  })

  test('go on in pairs after five each; what comes after the decision is pointed out', () => {
    const log = throws('HAHAHAHAHAHA')
    expect(warnings(log, home('shootoutMiss'))).toEqual([])
    expect(warnings(log, away('shootoutGoal'))).toEqual([])
    expect(warnings(log, home('shootoutGoal'))).toEqual(['shootout-settled'])
  })

  test('of which only the tally is known decide all the same', () => {
    const log = throws('')
    log.add({ kind: 'shootoutTally', data: { home: 4, away: 5 } }, 'gameEnd')
    expect(log.game()).toMatchObject({ winner: 'away', statusReason: 'shootout', score: { home: 1, away: 1 } })
  })

  test('a goal of play is refused there, a throw outside', () => {
    const log = throws('')
    expect(log.refusal(home('goal'))).toBe('Goals do not count in the shoot-out, its throws do.')
    expect(begun().refusal(home('shootoutGoal'))).toBe('These throws belong to the shoot-out.')
  })

  test('one that is voided leaves the others and the winner follows', () => {
    const log = throws('HaHA')
    const last = log.plays.findLast(({ kind }) => kind === 'shootoutMiss')
    log.add('gameEnd')
    expect(log.game().winner).toBe('home')
    log.add({ kind: 'void', voids: log.plays.find(({ kind }) => kind === 'shootoutGoal')?.seq })
    expect(log.game().winner).toBe('draw')
    log.add({ ...away('shootoutGoal'), period: 7, replaces: last?.seq })
    expect(log.game().winner).toBe('away')
  })
})

describe('2:10 and clarification 3: team time-outs', () => {
  test('three a game, two of them in a half', () => {
    const log = begun()
    expect(log.game().detail.timeouts).toEqual({ home: 2, away: 2 })
    expect(warnings(log, home('timeout', at(5)))).toEqual([])
    expect(warnings(log, home('timeout', at(10)))).toEqual([])
    expect(log.game().detail.timeouts).toEqual({ home: 0, away: 2 })
    expect(warnings(log, home('timeout', at(20)))).toEqual(['timeouts-in-half'])
    log.add({ kind: 'void', voids: log.head.seq }, { kind: 'periodStart', period: 2 })
    expect(log.game().detail.timeouts).toEqual({ home: 1, away: 2 })
    expect(warnings(log, home('timeout', at(40)))).toEqual([])
    expect(warnings(log, home('timeout', at(50)))).toEqual(['no-timeouts-left'])
  })

  test('one in the last five minutes of regular time', () => {
    const log = begun(2)
    expect(warnings(log, away('timeout', at(55.5)))).toEqual([])
    expect(warnings(log, away('timeout', at(58)))).toEqual(['timeouts-in-last-five'])
  })

  test('none in overtime', () => {
    const log = begun(3)
    expect(log.game().detail.timeouts).toEqual({ home: 0, away: 0 })
    expect(warnings(log, home('timeout', at(61)))).toEqual(['timeout-in-overtime'])
  })

  test('one a half before there were three', () => {
    const log = begun(1, packOf('ihf', '2005'))
    expect(warnings(log, home('timeout'))).toEqual([])
    expect(warnings(log, home('timeout'))).toEqual(['timeouts-in-half'])
  })

  test('one put back into the first half counts there', () => {
    const log = begun(2)
    log.add(home('timeout', { period: 1, clockMs: 10 * MINUTE }), home('timeout', { period: 1, clockMs: 12 * MINUTE }))
    expect(log.game().detail.timeouts).toEqual({ home: 1, away: 2 })
  })
})

describe('rule 16: punishments', () => {
  test('16:3: a goal never ends a suspension', () => {
    const log = begun()
    log.add(home('suspension', at(10)), away('goal', at(10.5)))
    expect(left(log)).toEqual([['home', 90]])
    expect(short(log)).toMatchObject([{ side: 'home', text: '−1' }])
  })

  test('16:3: two at once run beside each other, and each ends in its time', () => {
    const log = begun()
    log.add(home('suspension', at(10, { playerId: 'p4' })), home('suspension', at(11, { playerId: 'p7' })), away('suspension', at(11.5)))
    expect(left(log)).toEqual([
      ['home', 30],
      ['home', 90],
      ['away', 120],
    ])
    expect(short(log)).toMatchObject([
      { side: 'home', text: '−2' },
      { side: 'away', text: '−1' },
    ])
    log.add({ kind: 'clockSet', clockMs: 12.5 * MINUTE })
    expect(left(log)).toEqual([
      ['home', 30],
      ['away', 60],
    ])
    expect(short(log)).toMatchObject([{ text: '−1' }, { text: '−1' }])
  })

  test('16:3: one that runs over half-time goes on in the second half', () => {
    const log = begun()
    log.add(home('suspension', at(29.5)), { kind: 'periodEnd', clockMs: 30 * MINUTE }, { kind: 'periodStart', period: 2 })
    expect(left(log)).toEqual([['home', 90]])
    log.add(away('goal', at(31.75)))
    expect(left(log)).toEqual([])
  })

  test('16:5, 16:6d: the third disqualifies, and costs two minutes, not four', () => {
    const log = begun()
    const p4 = { playerId: 'p4' }
    expect(warnings(log, home('suspension', at(3, p4)))).toEqual([])
    expect(warnings(log, home('suspension', at(8, p4)))).toEqual([])
    expect(warnings(log, home('suspension', at(12, p4)))).toEqual(['third-suspension'])
    expect(warnings(log, home('redCard', at(12, p4)))).toEqual([])
    expect(left(log)).toEqual([['home', 120]])
    expect(warnings(log, home('goal', at(20, p4)))).toEqual(['player-disqualified'])
  })

  test('16:6d: nobody is told of a third suspension whose red card came first', () => {
    const log = begun()
    const p4 = { playerId: 'p4' }
    log.add(home('suspension', at(3, p4)), home('suspension', at(8, p4)), home('redCard', at(12, p4)))
    expect(warnings(log, home('suspension', at(12, p4)))).toEqual([])
  })

  test('16:8: any other red card costs two minutes; with a suspension of the same player it makes four', () => {
    const log = begun()
    log.add(away('redCard', at(5, { playerId: 'p9' })))
    expect(left(log)).toEqual([['away', 120]])
    log.add(home('suspension', at(10, { playerId: 'p4' })), home('redCard', at(10, { playerId: 'p4' })))
    expect(log.game().detail.penalties).toMatchObject({ waiting: { home: 1, away: 0 } })
    log.add(away('goal', at(12.5)))
    expect(left(log)).toEqual([['home', 90]])
  })

  test('16:8: a blue card follows a red one and takes nobody off', () => {
    const log = begun()
    log.add(home('redCard', at(5, { playerId: 'p4' })))
    expect(warnings(log, home('blueCard', at(5, { playerId: 'p4' })))).toEqual([])
    expect(warnings(log, home('blueCard', at(6, { playerId: 'p5' })))).toEqual(['blue-without-red'])
    expect(left(log)).toEqual([['home', 60]])
  })

  test('16:1, comment: three yellow cards a team, one a player, none after a suspension, one more for the bench', () => {
    const log = begun()
    for (const playerId of ['p1', 'p2', 'p3']) expect(warnings(log, home('yellowCard', { playerId }))).toEqual([])
    expect(warnings(log, home('yellowCard', { data: { official: true } }))).toEqual([])
    expect(warnings(log, home('yellowCard', { playerId: 'p1' }))).toEqual(['second-warning', 'no-warnings-left'])
    log.add(away('suspension', { playerId: 'p9' }))
    expect(warnings(log, away('yellowCard', { playerId: 'p9' }))).toEqual(['warning-after-suspension'])
  })

  test('16:3: whoever is suspended and scores is pointed out while it runs', () => {
    const log = begun()
    log.add(home('suspension', at(10, { playerId: 'p4' })))
    expect(warnings(log, home('goal', at(11, { playerId: 'p4' })))).toEqual(['player-suspended'])
    expect(warnings(log, home('goal', at(12, { playerId: 'p4' })))).toEqual([])
  })
})

describe('corrections', () => {
  test('a goal becomes a 7 m goal and a 7 m goal a goal', () => {
    const log = begun()
    const first = log.add(home('goal', { playerId: 'p4' }))
    const second = log.add({ ...home('sevenMetreGoal', { playerId: 'p4' }), replaces: first })
    expect(log.game()).toMatchObject({ score: { home: 1, away: 0 }, detail: { sevens: { scored: { home: 1 }, thrown: { home: 1 } } } })
    log.add({ ...home('goal', { playerId: 'p4' }), replaces: second })
    expect(log.game()).toMatchObject({ score: { home: 1, away: 0 }, detail: { sevens: { scored: { home: 0 }, thrown: { home: 0 } } } })
  })

  test('a goal goes to another player', () => {
    const log = begun()
    const goal = log.add(home('goal', { playerId: 'p4' }))
    log.add({ ...home('goal', { playerId: 'p5' }), replaces: goal })
    const players = boxScore(sport, log.rules, log.plays).find(({ id }) => id === 'players')
    expect(players?.rows.map(({ playerId, cells }) => [playerId, cells.goals])).toEqual([['p5', 1]])
  })

  test('16:5: a suspension that goes to another player counts for that one', () => {
    const log = begun()
    const first = log.add(home('suspension', at(3, { playerId: 'p4' })))
    log.add(home('suspension', at(8, { playerId: 'p4' })))
    const third = log.add(home('suspension', at(12, { playerId: 'p4' })))
    expect(log.marks(third).warnings).toEqual(['third-suspension'])
    log.add({ ...home('suspension', at(3, { playerId: 'p5' })), replaces: first })
    expect(log.marks(third).warnings ?? []).toEqual([])
    expect(log.game().detail.suspensions).toEqual({ home: 3, away: 0 })
  })

  test('a suspension that is voided gives its player and its time back, also over half-time', () => {
    const log = begun()
    const given = log.add(home('suspension', at(29, { playerId: 'p4' })))
    log.add({ kind: 'periodEnd', clockMs: 30 * MINUTE }, { kind: 'periodStart', period: 2 }, { kind: 'void', voids: given })
    expect(left(log)).toEqual([])
    expect(log.game().detail.suspensions).toEqual({ home: 0, away: 0 })
    log.add({ kind: 'void', voids: log.head.seq })
    expect(left(log)).toEqual([['home', 60]])
  })

  test('a suspension of which nothing tells the time counts and starts no clock', () => {
    const log = begun(2)
    expect(warnings(log, home('suspension', { period: 1 }))).toEqual(['penalty-without-clock'])
    expect(log.game().detail.suspensions).toEqual({ home: 1, away: 0 })
    expect(left(log)).toEqual([])
  })

  test('a goal of the first half, voided in the second overtime, leaves the rest', () => {
    const log = begun()
    const goal = log.add(home('goal'))
    for (const period of [2, 3, 4, 5]) log.add({ kind: 'periodStart', period })
    log.add(away('goal'), { kind: 'void', voids: goal })
    expect(log.game().score).toEqual({ home: 0, away: 1 })
    expect(log.game().linescore.columns[0]).toEqual({ label: '1H', home: 0, away: 0 })
  })

  test('a goal written down late stands in its own half', () => {
    const log = begun(2)
    log.add(home('goal', { period: 1, clockMs: 12 * MINUTE }))
    expect(log.game().linescore.columns[0]).toEqual({ label: '1H', home: 1, away: 0 })
  })
})

describe('at the table', () => {
  test('a goal is one tap at every depth, and asks nothing that holds it back', () => {
    const actions = sport.actions(packOf('ihf'))
    const score = actions.filter(({ depth }) => depth === 'score').map(({ id }) => id)
    expect(score).toEqual(['goal', 'shootoutGoal', 'shootoutMiss'])
    const log = begun()
    log.add(home('goal'))
    expect(log.game().score).toEqual({ home: 1, away: 0 })
  })

  test('an empty goal is shown until the goalkeeper is back or the half is over', () => {
    const log = begun()
    log.add(away('emptyGoal'))
    expect(sport.glance?.(log.game()).away).toBe('empty goal')
    log.add({ kind: 'periodStart', period: 2 })
    expect(sport.glance?.(log.game()).away).toBe('')
  })

  test('says plays as a commentator would', () => {
    const say = (play: TestPlay) => {
      const log = begun()
      log.add(play)
      const names = { p4: 'Ada Lind', p5: 'Ivo Brandt', p12: 'Mara Oduya' } as Record<string, string>
      const nameOf = (id: string) => names[id] ?? null
      const told = replay(sport, log.rules, log.plays).plays.at(-1)?.play
      const player = play.playerId ? (names[play.playerId] ?? null) : null
      return told && sayPlay(sport, told, { side: 'Harbour', player, rules: log.rules as Record<string, unknown>, nameOf })
    }
    expect(say(home('goal', { playerId: 'p4', data: { assist: 'p5' } }))).toBe('Ada Lind scores for Harbour, set up by Ivo Brandt')
    expect(say(home('goal', { playerId: 'p4', data: { from: 'wing' } }))).toBe('Ada Lind scores for Harbour from the wing')
    expect(say(home('sevenMetreMissed', { playerId: 'p4', data: { keeper: 'p12' } }))).toBe(
      'Mara Oduya saves from Ada Lind at seven metres',
    )
    expect(say(home('suspension', { data: { official: true } }))).toBe('Suspension for the Harbour bench')
  })

  test('counts figures of players and sides; the shoot-out is not among them', () => {
    const log = begun()
    log.add(
      home('goal', { playerId: 'p4', data: { assist: 'p5' } }),
      home('goal', { playerId: 'p4', data: { from: 'fastBreak' } }),
      home('goal'),
      home('sevenMetreGoal', { playerId: 'p4' }),
      home('sevenMetreMissed', { playerId: 'p5', data: { saved: true, keeper: 'k9' } }),
      away('save', { playerId: 'k9', data: { shooter: 'p4' } }),
      home('missed', { playerId: 'p5' }),
      away('steal', { playerId: 'q1' }),
      home('turnover', { playerId: 'p5' }),
    )
    for (const period of [2, 3, 4, 7]) log.add({ kind: 'periodStart', period })
    log.add(home('shootoutGoal', { playerId: 'p4' }))
    const [players, others, team] = boxScore(sport, log.rules, log.plays)
    expect(players).toMatchObject({ side: 'home', total: { goals: 4, shots: 7, sevens: '1/2', assists: 1, turnovers: 1 } })
    expect(players?.rows[0]).toMatchObject({ playerId: 'p4', cells: { goals: 3, shots: 4, efficiency: '75%', sevens: '1/1' } })
    expect(players?.rows.at(-1)).toMatchObject({ label: 'Not named', cells: { goals: 1, shots: 1 } })
    expect(others?.rows[0]).toMatchObject({ playerId: 'k9', cells: { saves: 2 } })
    expect(team?.rows).toContainEqual({ label: 'Goals', cells: { home: 4, away: 0 } })
    expect(team?.rows).toContainEqual({ label: 'Saved', cells: { home: null, away: '33%' } })
  })
})

describe('a goal with more or fewer on the court', () => {
  const said = (log: TestLog, play: TestPlay, player: string | null = 'Ada Lind') => {
    const seq = log.add(play)
    const rules = log.rules as Record<string, unknown>
    const told = log.plays.find(one => one.seq === seq)
    return told && sayPlay(sport, told, { side: 'Harbour', player, rules, facts: log.marks(seq).facts, nameOf: () => 'Ivo Brandt' })
  }

  test('16:3: says so while a suspension of two minutes runs, a seven-metre throw keeps its words', () => {
    const log = begun()
    log.add(home('suspension', at(10)))
    expect(said(log, home('goal', at(11)))).toBe('Ada Lind scores for Harbour, short-handed')
    expect(said(log, away('goal', at(11.2, { data: { from: 'wing' } })))).toBe('Ada Lind scores for Harbour from the wing, a player up')
    log.add(home('suspension', at(11.5)))
    expect(said(log, away('goal', at(11.6)))).toBe('Ada Lind scores for Harbour, 2 players up')
    expect(said(log, home('goal', at(11.7)))).toBe('Ada Lind scores for Harbour, 2 players down')
    expect(said(log, away('sevenMetreGoal', at(11.8)))).toBe('Ada Lind scores for Harbour from seven metres')
    log.add(away('suspension', at(12.5)))
    expect(said(log, home('goal', at(12.6)))).toBe('Ada Lind scores for Harbour')
    expect(said(log, home('goal', at(14.6)))).toBe('Ada Lind scores for Harbour')
  })

  test('16:3: no longer when the suspension is voided; nothing is said of a goal of another half, nor by a clock that nobody runs', () => {
    const log = begun()
    const suspension = log.add(away('suspension', at(28.5)))
    const goal = log.add(home('goal', at(29)))
    expect(log.marks(goal).facts).toEqual({ up: 1 })
    log.add({ kind: 'periodEnd', clockMs: 30 * MINUTE }, { kind: 'periodStart', period: 2 })
    expect(log.marks(log.add(home('goal', { period: 1 })))).toEqual({})
    expect(log.marks(log.add(home('goal', at(30.2)))).facts).toEqual({ up: 1 })
    log.add({ kind: 'void', voids: suspension })
    expect(log.marks(goal)).toEqual({})
    const idle = begun()
    idle.add(away('suspension'))
    expect(idle.marks(idle.add(home('goal')))).toEqual({})
  })
})
