import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { GameState, TimerView } from '#domain/game.ts'
import type { LoggedPlay, Side } from '#domain/play.ts'
import { TestLog } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './ice-hockey.ts'

// The articles are those of the IIHF and NHL rule books, which number them alike.

const rulesOf = (id: string) => sport.packs.find(pack => pack.id === id)?.values
/** What the board shows: minutes and seconds left. */
const at = (minutes: number, seconds = 0) => (minutes * 60 + seconds) * 1000

class Game extends TestLog {
  constructor(pack = 'nhl') {
    super(sport, rulesOf(pack))
    this.add('periodStart')
  }
  penalty(side: Side, type: string, clockMs: number, more: { playerId?: string; data?: object; period?: number } = {}) {
    return this.add({ kind: 'penalty', side, clockMs, ...more, data: { type, ...more.data } })
  }
  goal(side: Side, clockMs?: number, data?: Record<string, unknown>, playerId?: string) {
    return this.add({ kind: 'goal', side, clockMs, data, playerId })
  }
  /** Nothing but the clock at a face-off. */
  look(clockMs: number) {
    return this.add({ kind: 'faceoff', side: 'home', clockMs })
  }
  next() {
    this.add('periodEnd', 'periodStart')
  }
  shots(list: string) {
    for (const shot of list) {
      const side = shot.toLowerCase() === 'h' ? 'home' : 'away'
      this.add({ kind: 'shootoutAttempt', side, data: { result: shot === shot.toLowerCase() ? 'save' : 'goal' } })
    }
  }
  toShootout() {
    while (this.game().period?.kind !== 'shootout') this.next()
  }
  get left(): string[] {
    const timers = (this.game().detail.timers ?? []) as TimerView[]
    return timers.map(({ side, label, leftMs = 0 }) => `${side} ${label} ${leftMs / 1000}`)
  }
  get onIce(): string {
    return sport.glance?.(this.game()).middle ?? ''
  }
  get lines(): string {
    return columnsOf(this.game())
  }
}
const columnsOf = ({ linescore }: GameState) => linescore.columns.map(({ label, home, away }) => `${label} ${home}–${away}`).join(', ')
const powerPlays = (log: Game) => log.game().detail.powerPlay

describe('penalty clocks', () => {
  test('16.1 a minor runs two minutes of playing time, over the end of a period', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(0, 30))
    expect(log.left).toEqual(['home Minor 120'])
    expect(log.onIce).toBe('5 on 4')
    log.next()
    log.look(at(19))
    expect(log.left).toEqual(['home Minor 30'])
    log.look(at(18, 30))
    expect(log.left).toEqual([])
    expect(log.onIce).toBe('')
  })

  test('402 (USA Hockey): at twelve and under a minor is a minute and a half', () => {
    const log = new Game('youth')
    log.penalty('home', 'minor', at(10))
    expect(log.left).toEqual(['home Minor 90'])
  })

  test('16.2 the goal of a power play ends the minor, and counts as one for one', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15))
    log.goal('away', at(14))
    expect(log.left).toEqual([])
    expect(powerPlays(log)).toEqual({ home: { goals: 0, chances: 0 }, away: { goals: 1, chances: 1 } })
  })

  test('16.2 a goal of the side that is short ends nothing', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15))
    log.goal('home', at(14))
    expect(log.left).toEqual(['home Minor 60'])
  })

  test('16.2 two short: the goal ends the minor with the least time left', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15))
    log.penalty('home', 'minor', at(14, 30))
    expect(log.onIce).toBe('5 on 3')
    log.goal('away', at(14))
    expect(log.left).toEqual(['home Minor 90'])
  })

  test('18 a double minor: a goal in the first part lets the second begin, one in the second ends it', () => {
    const log = new Game()
    log.penalty('home', 'doubleMinor', at(15))
    expect(log.left).toEqual(['home Double minor 240'])
    log.goal('away', at(14, 20))
    expect(log.left).toEqual(['home Double minor 120'])
    log.goal('away', at(13))
    expect(log.left).toEqual([])
    expect(powerPlays(log)).toMatchObject({ away: { goals: 2, chances: 2 } })
  })

  test('20 a major never ends early; of a major and a minor the goal ends the minor', () => {
    const log = new Game()
    log.penalty('home', 'major', at(15))
    log.goal('away', at(14))
    expect(log.left).toEqual(['home Major 240'])
    log.penalty('home', 'minor', at(14))
    log.goal('away', at(13))
    expect(log.left).toEqual(['home Major 180'])
  })

  test('20.3 who gets both at one stoppage serves the major first', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15), { playerId: 'h1' })
    log.penalty('home', 'major', at(15), { playerId: 'h1' })
    expect(log.left).toEqual(['home Major 300'])
    expect(log.onIce).toBe('5 on 4')
    log.look(at(10))
    expect(log.left).toEqual(['home Minor 120'])
  })

  test('21 a match penalty: five minutes short, and out of the game', () => {
    const log = new Game()
    log.penalty('home', 'match', at(15), { playerId: 'h1', data: { servedBy: 'h2' } })
    expect(log.left).toEqual(['home Match penalty 300'])
    const shot = log.add({ kind: 'shot', side: 'home', playerId: 'h1' })
    expect(log.marks(shot).warnings).toEqual(['player-sent-off'])
  })

  test('22 a misconduct leaves nobody short; 23 a game misconduct runs on no clock', () => {
    const log = new Game()
    log.penalty('home', 'misconduct', at(15), { playerId: 'h1' })
    log.penalty('home', 'gameMisconduct', at(15), { playerId: 'h2' })
    expect(log.left).toEqual(['home Misconduct 600'])
    expect(log.onIce).toBe('')
    log.goal('away', at(14))
    expect(powerPlays(log)).toMatchObject({ away: { goals: 0, chances: 0 } })
    expect(log.game().detail.penaltyMinutes).toEqual({ home: 20, away: 0 })
  })

  test('22.2 who has a minor too serves the misconduct after it', () => {
    const log = new Game()
    log.penalty('home', 'misconduct', at(15), { playerId: 'h1' })
    log.penalty('home', 'minor', at(15), { playerId: 'h1' })
    expect(log.left).toEqual(['home Minor 120'])
    log.look(at(13))
    expect(log.left).toEqual(['home Misconduct 600'])
  })

  test('19.1 one minor each at full strength: four on four, and no goal ends either', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15))
    log.penalty('away', 'minor', at(15))
    expect(log.onIce).toBe('4 on 4')
    log.goal('home', at(14))
    expect(log.left).toEqual(['home Minor 60', 'away Minor 60'])
    expect(powerPlays(log)).toEqual({ home: { goals: 0, chances: 0 }, away: { goals: 0, chances: 0 } })
  })

  test('19.1 those minors do not count when a third makes a power play: its goal ends the third', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15))
    log.penalty('away', 'minor', at(15))
    log.penalty('away', 'minor', at(14, 30))
    expect(log.onIce).toBe('4 on 3')
    log.goal('home', at(14))
    expect(log.left).toEqual(['home Minor 60', 'away Minor 60'])
  })

  test('19.2 equal numbers at one stoppage are left out, and so is one each when somebody is short already', () => {
    const log = new Game()
    for (const side of ['home', 'home', 'away', 'away'] as const) log.penalty(side, 'minor', at(15))
    expect(log.onIce).toBe('')
    expect(log.left).toHaveLength(4)
    log.look(at(12))
    log.penalty('home', 'minor', at(12))
    log.penalty('home', 'minor', at(11))
    log.penalty('away', 'minor', at(11))
    expect(log.onIce).toBe('5 on 4')
  })

  test('19.2 two against one: the one more is a power play', () => {
    const log = new Game()
    for (const side of ['home', 'away', 'home'] as const) log.penalty(side, 'minor', at(15))
    expect(log.onIce).toBe('5 on 4')
    expect(powerPlays(log)).toMatchObject({ away: { chances: 1 }, home: { chances: 0 } })
    log.goal('away', at(14))
    expect(log.onIce).toBe('')
  })

  test('19.4 coincidental majors leave both sides at full strength', () => {
    const log = new Game()
    log.penalty('home', 'major', at(15))
    log.penalty('away', 'major', at(15))
    expect(log.onIce).toBe('')
    expect(log.left).toHaveLength(2)
  })

  test('where the rules say so one minor each changes nothing; the scorer may say it too', () => {
    const youth = new Game('youth')
    youth.penalty('home', 'minor', at(10))
    youth.penalty('away', 'minor', at(10))
    expect(youth.onIce).toBe('')
    const log = new Game()
    log.penalty('home', 'minor', at(15), { data: { coincidental: true } })
    log.penalty('away', 'minor', at(14), { data: { coincidental: true } })
    expect(log.onIce).toBe('')
    log.penalty('home', 'major', at(13), { data: { coincidental: false } })
    log.penalty('away', 'major', at(13), { data: { coincidental: false } })
    expect(log.onIce).toBe('4 on 4')
  })

  test('26 at most two of a side run: the third begins when the first ends, by time or by a goal', () => {
    const log = new Game()
    for (const seconds of [0, 50, 40]) log.penalty('home', 'minor', at(seconds ? 14 : 15, seconds))
    expect(log.onIce).toBe('5 on 3')
    expect(log.game().detail.penalties).toMatchObject({ waiting: { home: 1, away: 0 } })
    log.look(at(12, 55))
    expect(log.left).toEqual(['home Minor 5', 'home Minor 115'])
    const second = new Game()
    for (const seconds of [0, 50, 40]) second.penalty('home', 'minor', at(seconds ? 14 : 15, seconds))
    second.goal('away', at(14, 30))
    expect(second.left).toEqual(['home Minor 100', 'home Minor 120'])
  })

  test('24 a goal from a penalty shot ends no penalty and is none of a power play', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15))
    log.goal('away', at(14), { strength: 'penaltyShot' })
    expect(log.left).toEqual(['home Minor 60'])
    expect(powerPlays(log)).toMatchObject({ away: { goals: 0, chances: 1 } })
  })

  test('84 in overtime a penalty adds a skater to the other side: four on three, five on three', () => {
    const log = new Game()
    for (let i = 0; i < 3; i++) log.next()
    log.penalty('home', 'minor', at(4))
    expect(log.onIce).toBe('4 on 3')
    log.penalty('home', 'minor', at(3, 30))
    expect(log.onIce).toBe('5 on 3')
    log.penalty('home', 'minor', at(3, 20))
    expect(log.onIce).toBe('5 on 3')
    const full = new Game('nhl-playoffs')
    for (let i = 0; i < 3; i++) full.next()
    full.penalty('home', 'minor', at(19))
    expect(full.onIce).toBe('5 on 4')
  })

  test('a penalty of a time nobody knows counts and starts no clock, with a warning', () => {
    const log = new Game()
    log.next()
    log.add('clockStart')
    const late = log.add({ kind: 'penalty', side: 'home', period: 1, data: { type: 'minor' } })
    expect(log.marks(late).warnings).toEqual(['penalty-without-clock'])
    expect(log.game().detail).toMatchObject({ penaltyMinutes: { home: 2, away: 0 } })
    expect(log.left).toEqual([])
  })
})

describe('corrections', () => {
  test('a goal moved across a penalty makes its release anew', () => {
    const log = new Game()
    const penalty = log.penalty('home', 'minor', at(15))
    const goal = log.goal('away', at(14))
    expect(log.left).toEqual([])
    // It was before the penalty after all.
    log.add({ kind: 'goal', side: 'away', clockMs: at(15, 30), before: penalty })
    log.add({ kind: 'void', voids: goal })
    log.look(at(14))
    expect(log.left).toEqual(['home Minor 60'])
    expect(powerPlays(log)).toMatchObject({ away: { goals: 0, chances: 1 } })
    expect(log.game().score).toEqual({ home: 0, away: 1 })
  })

  test('a voided goal lets the minor run on; a voided penalty takes the power play with it', () => {
    const log = new Game()
    const penalty = log.penalty('home', 'minor', at(15))
    const goal = log.goal('away', at(14))
    log.add({ kind: 'void', voids: goal })
    log.look(at(13, 30))
    expect(log.left).toEqual(['home Minor 30'])
    log.add({ kind: 'void', voids: penalty })
    expect(log.left).toEqual([])
    expect(powerPlays(log)).toMatchObject({ away: { chances: 0 } })
  })

  test('in an earlier period: all that followed from it goes and comes back', () => {
    const log = new Game()
    const penalty = log.penalty('home', 'major', at(1))
    log.next()
    log.goal('away', at(19))
    const before = log.game()
    expect(powerPlays(log)).toMatchObject({ away: { goals: 1, chances: 1 } })
    const undo = log.add({ kind: 'void', voids: penalty })
    expect(log.left).toEqual([])
    expect(powerPlays(log)).toMatchObject({ away: { goals: 0, chances: 0 } })
    log.add({ kind: 'void', voids: undo })
    expect(log.game()).toEqual(before)
  })

  test('another scorer, while the clock runs on, keeps the release', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15))
    log.add('clockStart')
    const goal = log.add({ kind: 'goal', side: 'away', playerId: 'a1', after: 40 })
    expect(log.left).toEqual([])
    log.add({ kind: 'goal', side: 'away', playerId: 'a2', replaces: goal, after: 5 })
    expect(log.left).toEqual([])
    expect(powerPlays(log)).toMatchObject({ away: { goals: 1, chances: 1 } })
  })

  test('a minor turned into a major is ended by no goal any more', () => {
    const log = new Game()
    const penalty = log.penalty('home', 'minor', at(15))
    log.goal('away', at(14))
    log.add({ kind: 'penalty', side: 'home', clockMs: at(15), data: { type: 'major' }, replaces: penalty })
    log.look(at(14))
    expect(log.left).toEqual(['home Major 240'])
  })

  test('a penalty shot instead of a goal from play lets the penalty run', () => {
    const log = new Game()
    log.penalty('home', 'minor', at(15))
    const goal = log.goal('away', at(14))
    log.add({ kind: 'goal', side: 'away', clockMs: at(14), data: { strength: 'penaltyShot' }, replaces: goal })
    log.look(at(14))
    expect(log.left).toEqual(['home Minor 60'])
  })
})

describe('level at the end', () => {
  test('84.1 a goal decides the overtime; a second one is odd', () => {
    const log = new Game()
    for (let i = 0; i < 3; i++) log.next()
    log.goal('away', at(3))
    expect(log.marks(log.goal('home', at(2))).warnings).toEqual(['overtime-decided'])
    log.add({ kind: 'void', voids: log.head.seq })
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'overtime', winner: 'away', score: { home: 0, away: 1 } })
    expect(log.lines).toBe('P1 0–0, P2 0–0, P3 0–0, OT 0–1')
    expect(log.refusal({ kind: 'goal', side: 'home', period: 6 })).not.toBeNull()
  })

  test('84.4 three rounds, then sudden death; the winner is credited with one goal in a column of its own', () => {
    const log = new Game()
    log.toShootout()
    log.shots('HaHa')
    expect(log.game().score).toEqual({ home: 1, away: 0 })
    const undo = log.head.seq
    log.add({ kind: 'void', voids: undo })
    expect(log.game().score).toEqual({ home: 0, away: 0 })
    log.shots('AhAHa')
    expect(log.game().detail.shootout).toMatchObject({ home: 3, away: 2 })
    log.add('gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'shootout', winner: 'home', score: { home: 1, away: 0 } })
    expect(log.lines).toBe('P1 0–0, P2 0–0, P3 0–0, OT 0–0, SO 1–0')
  })

  test('84.4 a lead in the shoot-out is worth nothing until it is settled', () => {
    const log = new Game()
    log.goal('home', at(3))
    log.goal('away', at(2))
    log.toShootout()
    log.shots('HaH')
    expect(log.game().score).toEqual({ home: 1, away: 1 })
    log.shots('a')
    expect(log.game().score).toEqual({ home: 2, away: 1 })
    expect(log.marks(log.add({ kind: 'shootoutAttempt', side: 'home', data: { result: 'save' } })).warnings).toEqual(['shootout-settled'])
  })

  test('IIHF 84: after five rounds the side that shot second begins', () => {
    const log = new Game('iihf')
    log.toShootout()
    log.shots('HAHAHAHAH')
    expect(log.game().detail.shootoutNext).toBe('away')
    log.shots('A')
    expect(log.game().detail.shootoutNext).toBe('away')
    const wrong = log.add({ kind: 'shootoutAttempt', side: 'home', data: { result: 'save' } })
    expect(log.marks(wrong).warnings).toEqual(['not-their-turn'])
    const nhl = new Game()
    nhl.toShootout()
    nhl.shots('HAHAHA')
    expect(nhl.game().detail.shootoutNext).toBe('home')
  })

  test('a shoot-out right after the third period leaves no overtime behind', () => {
    const log = new Game()
    log.next()
    log.next()
    log.add('periodEnd', { kind: 'periodStart', period: 5 })
    log.shots('HaHa')
    expect(log.lines).toBe('P1 0–0, P2 0–0, P3 0–0, SO 1–0')
  })

  test('broken off, known by its goals alone, by its tally or by its winner alone: who leads is credited', () => {
    const broken = new Game()
    broken.toShootout()
    broken.shots('Ha')
    broken.add('gameEnd')
    expect(broken.game()).toMatchObject({ winner: 'home', score: { home: 1, away: 0 }, statusReason: 'shootout' })
    const goals = new Game()
    goals.toShootout()
    goals.add({ kind: 'shootoutGoal', side: 'away' }, 'periodEnd', 'gameEnd')
    expect(goals.game()).toMatchObject({ winner: 'away', score: { home: 0, away: 1 } })
    const tally = new Game()
    tally.toShootout()
    tally.add({ kind: 'shootoutTally', data: { home: 2, away: 3 } }, 'gameEnd')
    expect(tally.game()).toMatchObject({ winner: 'away', score: { home: 0, away: 1 } })
    const whole = new Game()
    expect(whole.refusal({ kind: 'shootoutTally', data: { home: 2, away: 3 } })).toBe('That belongs to the shoot-out.')
    for (const period of [2, 3, 4]) whole.add({ kind: 'periodStart', period })
    whole.add({ kind: 'shootoutTally', data: { home: 2, away: 3 } }, 'gameEnd')
    expect(whole.game()).toMatchObject({ winner: 'away', score: { home: 0, away: 1 }, statusReason: 'shootout' })
    const untold = new Game()
    untold.add({ kind: 'gameEnd', data: { how: 'shootout', winner: 'home' } })
    expect(untold.game()).toMatchObject({ winner: 'home', score: { home: 1, away: 0 }, statusReason: 'shootout' })
    expect(untold.lines).toBe('P1 0–0, SO 1–0')
  })

  test('the gold medal game and the play-offs go on until a goal, without a shoot-out', () => {
    for (const [pack, minutes] of [
      ['iihf-gold', 20],
      ['nhl-playoffs', 20],
    ] as const) {
      const log = new Game(pack)
      for (let i = 0; i < 4; i++) log.next()
      expect(log.game()).toMatchObject({ period: { number: 5, kind: 'overtime', label: '2OT' }, clock: { valueMs: minutes * 60_000 } })
    }
    expect(sport.actions(rulesOf('nhl-playoffs')).some(({ kind }) => kind.startsWith('shootout'))).toBe(false)
  })

  test('goals and shots of the shoot-out stay apart', () => {
    const log = new Game()
    expect(log.refusal({ kind: 'shootoutAttempt', side: 'home', data: { result: 'goal' } })).not.toBeNull()
    log.toShootout()
    expect(log.refusal({ kind: 'goal', side: 'home' })).not.toBeNull()
    const late = log.add({ kind: 'goal', side: 'home', period: 3 })
    expect(log.marks(late).warnings).toBeUndefined()
  })

  test('an IIHF table: three for a win, two and one after overtime or a shoot-out', () => {
    expect(sport.labels.tablePoints).toEqual({
      win: 3,
      draw: 1,
      loss: 0,
      overtimeWin: 2,
      shootoutWin: 2,
      overtimeLoss: 1,
      shootoutLoss: 1,
    })
  })
})

describe('the rest of the book', () => {
  test('87 one time-out a side', () => {
    const log = new Game()
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' })).warnings).toBeUndefined()
    expect(log.game().detail.timeouts).toEqual({ home: 0, away: 1 })
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' })).warnings).toEqual(['no-timeouts-left'])
  })

  test('a goal into a net left empty is one, unless the play says otherwise', () => {
    const log = new Game()
    log.add({ kind: 'goalieOut', side: 'home' })
    expect(sport.glance?.(log.game()).badges).toMatchObject([{ side: 'home', text: 'EN' }])
    log.goal('away', at(1), undefined, 'a1')
    log.add({ kind: 'goalieIn', side: 'home', playerId: 'h30' }, { kind: 'shot', side: 'away' })
    log.goal('away', at(0, 40), undefined, 'a1')
    const goalies = boxScore(sport, log.rules, log.plays).find(({ id }) => id === 'goalies')
    expect(goalies?.rows).toEqual([{ playerId: 'h30', cells: { sa: 2, ga: 1, sv: 1, svp: '.500' } }])
  })

  test('the score alone, then everything: the totals agree at any depth', () => {
    const log = new Game()
    log.goal('home')
    expect(sport.totals?.(log.game().detail)).toEqual([])
    log.add({ kind: 'shot', side: 'away', playerId: 'a1' })
    log.goal('away', at(5), { assist: 'a2', assist2: 'a3' }, 'a1')
    expect(log.game().score).toEqual({ home: 1, away: 1 })
    expect(sport.totals?.(log.game().detail)).toEqual([{ label: 'SOG', name: 'Shots on goal', of: { home: 1, away: 2 } }])
    expect(
      sport
        .actions(log.rules)
        .filter(({ depth }) => depth === 'score')
        .map(({ id }) => id),
    ).toEqual(['goal', 'shootoutGoal', 'shootoutSave'])
  })

  test('the box score: points, plus and minus off the power play alone, penalty minutes, power plays', () => {
    const log = new Game()
    log.goal('home', at(19), { assist: 'h2', assist2: 'h3', plus1: 'h4', minus1: 'a4', minus2: 'a5' }, 'h1')
    log.penalty('away', 'minor', at(15), { playerId: 'a4', data: { offence: 'tripping' } })
    log.goal('home', at(14), { assist: 'h1', plus1: 'h4', minus1: 'a5' }, 'h2')
    log.add({ kind: 'faceoff', side: 'home', playerId: 'h1', data: { against: 'a1' } })
    log.add({ kind: 'shot', side: 'away', playerId: 'a5' })
    const tables = boxScore(sport, log.rules, log.plays)
    const rows = (id: string, side?: Side) => tables.find(table => table.id === id && table.side === side)?.rows ?? []
    expect(rows('skaters', 'home').map(({ playerId, cells }) => [playerId, cells.g, cells.a, cells.p, cells.pm, cells.sog])).toEqual([
      ['h1', 1, 1, 2, 1, 1],
      ['h2', 1, 1, 2, 1, 1],
      ['h3', 0, 1, 1, 1, 0],
      ['h4', 0, 0, 0, 1, 0],
    ])
    expect(rows('skaters', 'away').map(({ playerId, cells }) => [playerId, cells.pm, cells.pim])).toEqual([
      ['a4', -1, 2],
      ['a5', -1, 0],
      ['a1', null, 0],
    ])
    const team = Object.fromEntries(rows('team').map(({ label, cells }) => [label, cells]))
    expect(team['Power play']).toEqual({ home: '1/1', away: null })
    expect(team['Shots on goal']).toEqual({ home: 2, away: 1 })
    expect(team['Shots, P1']).toEqual({ home: 2, away: 1 })
    expect(team['Face-offs won']).toEqual({ home: '1/1', away: '0/1' })
  })

  test('is said as a commentator would', () => {
    const say = (kind: string, data: Record<string, unknown>) =>
      sayPlay(
        sport,
        { seq: 1, id: 'test-1', order: 'i1', at: '2030-01-05T18:00:00.000Z', kind, side: 'home', playerId: 'x', data },
        { side: 'Rovers', player: 'Ada Lind', rules: {}, nameOf: id => ({ b: 'Bo Ek', c: 'Cy Moe' })[id] ?? null },
      )
    expect(say('goal', { assist: 'b', assist2: 'c', strength: 'powerPlay' })).toBe(
      'Ada Lind scores for Rovers on the power play, from Bo Ek and Cy Moe',
    )
    expect(say('penalty', { type: 'doubleMinor', offence: 'highSticking' })).toBe('Double minor for high-sticking, Ada Lind, Rovers')
    expect(say('shootoutAttempt', { result: 'save' })).toBe('Ada Lind is stopped, shoot-out, Rovers')
  })

  test('a goal says that it fell on a power play though nobody said so, as long as the penalty stands', () => {
    const log = new Game()
    const minor = log.penalty('away', 'minor', at(15))
    const goal = log.goal('home', at(14))
    const said = () => {
      const play = log.plays.find(({ seq }) => seq === goal) as LoggedPlay
      return sayPlay(sport, play, { side: 'Rovers', player: null, rules: {}, facts: log.marks(goal).facts })
    }
    expect(said()).toContain('on the power play')
    log.add({ kind: 'void', voids: minor })
    expect(said()).not.toContain('power play')
  })

  test('somebody named twice for one goal is odd', () => {
    const log = new Game()
    expect(log.marks(log.goal('home', at(3), { assist: 'h1' }, 'h1')).warnings).toEqual(['named-twice'])
  })
})
