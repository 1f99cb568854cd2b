import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { TimerView } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { TestLog } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './lacrosse.ts'

const rulesOf = (id: string) => sport.packs.find(pack => pack.id === id)?.values
const at = (minutes: number, seconds = 0) => (minutes * 60 + seconds) * 1000

class Game extends TestLog {
  constructor(pack = 'ncaa-men') {
    super(sport, rulesOf(pack))
    this.add('periodStart')
  }
  penalty(side: Side, type: string, clockMs: number, data: Record<string, unknown> = {}, playerId?: string) {
    return this.add({ kind: 'penalty', side, clockMs, playerId, data: { type, ...data } })
  }
  goal(side: Side, clockMs?: number, data?: Record<string, unknown>) {
    return this.add({ kind: 'goal', side, clockMs, data })
  }
  look(clockMs: number) {
    return this.add({ kind: 'groundBall', side: 'home', clockMs })
  }
  next() {
    this.add('periodEnd', 'periodStart')
  }
  get left(): string[] {
    return ((this.game().detail.timers ?? []) as TimerView[]).map(({ side, label, leftMs = 0 }) => `${side} ${label} ${leftMs / 1000}`)
  }
  get signs(): string[] {
    return (sport.glance?.(this.game()).badges ?? []).map(({ side, text }) => `${side} ${text}`)
  }
}

describe('penalty clocks', () => {
  test('NCAA 5 and 6: thirty seconds for a technical foul, one to three minutes for a personal one', () => {
    const log = new Game()
    log.penalty('home', 'technical', at(10))
    log.penalty('away', 'personal', at(10), { seconds: 180 })
    expect(log.left).toEqual(['home Technical 30', 'away Personal 180'])
    log.look(at(9, 30))
    expect(log.left).toEqual(['away Personal 150'])
    expect(log.signs).toEqual(['home +1'])
  })

  test('NCAA 7: a goal ends every releasable penalty of its side, and none that is not', () => {
    const log = new Game()
    log.penalty('home', 'technical', at(10))
    log.penalty('home', 'personal', at(10))
    log.penalty('home', 'unsportsmanlike', at(10))
    log.penalty('away', 'personal', at(10))
    log.goal('away', at(9, 50))
    expect(log.left).toEqual(['home Unsportsmanlike 50', 'away Personal 50'])
    expect(log.game().detail.manUp).toMatchObject({ away: { goals: 1, chances: 3 } })
  })

  test('released by a goal or not is a switch of the play, and a correction makes it anew', () => {
    const log = new Game()
    const penalty = log.penalty('home', 'personal', at(10), { releasable: false })
    log.goal('away', at(9, 50))
    expect(log.left).toEqual(['home Personal 50'])
    log.add({ kind: 'penalty', side: 'home', clockMs: at(10), data: { type: 'personal', releasable: true }, replaces: penalty })
    log.look(at(9, 40))
    expect(log.left).toEqual([])
  })

  test('the referee may end one early, and that may be taken back', () => {
    const log = new Game()
    log.penalty('home', 'personal', at(10), {}, 'h1')
    log.penalty('home', 'personal', at(9, 50), {}, 'h2')
    const release = log.add({ kind: 'release', side: 'home', playerId: 'h2' })
    expect(log.left).toEqual(['home Personal 50'])
    log.add({ kind: 'void', voids: release })
    expect(log.left).toHaveLength(2)
    expect(log.marks(log.add({ kind: 'release', side: 'away' })).warnings).toEqual(['nobody-to-release'])
  })

  test('NCAA 7: at most three of a side serve at once', () => {
    const log = new Game()
    for (let i = 0; i < 4; i++) log.penalty('home', 'personal', at(10) - i * 10_000, { seconds: 180 })
    expect(log.left).toHaveLength(3)
    expect(log.game().detail.penalties).toMatchObject({ waiting: { home: 1, away: 0 } })
    log.look(at(7))
    expect(log.left).toEqual(['home Personal 10', 'home Personal 20', 'home Personal 180'])
  })

  test('a penalty runs over the end of a quarter', () => {
    const log = new Game()
    log.penalty('home', 'personal', at(0, 20))
    log.next()
    log.look(at(14, 50))
    expect(log.left).toEqual(['home Personal 30'])
  })

  test('women: green is ended by a goal, yellow and red are not; red is out', () => {
    const log = new Game('ncaa-women')
    log.penalty('home', 'green', at(10))
    log.penalty('home', 'yellow', at(10))
    log.penalty('home', 'red', at(10), {}, 'h1')
    expect(log.left).toEqual(['home Green card 60', 'home Yellow card 120', 'home Red card 120'])
    log.goal('away', at(9, 50))
    expect(log.left).toEqual(['home Yellow card 110', 'home Red card 110'])
    expect(log.marks(log.add({ kind: 'shot', side: 'home', playerId: 'h1' })).warnings).toEqual(['player-sent-off'])
    expect(sport.actions(log.rules).map(({ label }) => label)).toContain('Draw')
  })

  test('NLL, majors: two power-play goals make the side whole again, its player serves on; one goal ends one minor first', () => {
    const log = new Game('nll')
    log.penalty('home', 'major', at(10), {}, 'h1')
    log.goal('away', at(9, 30))
    expect([log.left, log.signs]).toEqual([['home Major 270'], ['away +1']])
    log.penalty('home', 'minor', at(9, 20))
    const second = log.goal('away', at(9, 10))
    expect([log.left, log.signs]).toEqual([['home Major 250'], ['away +1']])
    const third = log.goal('away', at(9))
    expect([log.left, log.signs]).toEqual([['home Major 240'], []])
    expect(log.marks(third).facts).toEqual({ strength: 'manUp' })
    expect(log.marks(log.goal('away', at(8, 50))).facts).toBeUndefined()
    log.add({ kind: 'void', voids: second })
    expect(log.signs).toEqual([])
    log.look(at(5))
    expect(log.left).toEqual([])
  })

  test('NLL, majors: a third one waits for the first to leave its side whole; other books know none, nor one said to be none', () => {
    const log = new Game('nll')
    for (const playerId of ['h1', 'h2', 'h3']) log.penalty('home', 'major', at(10), {}, playerId)
    expect(log.left).toEqual(['home Major 300', 'home Major 300'])
    log.goal('away', at(9, 40))
    log.goal('away', at(9, 30))
    expect(log.left).toEqual(['home Major 270', 'home Major 270', 'home Major 300'])
    expect(log.signs).toEqual(['away +2'])
    const plain = new Game('nll')
    plain.penalty('home', 'major', at(10), { releasable: false })
    plain.goal('away', at(9, 50))
    plain.goal('away', at(9, 40))
    expect(plain.signs).toEqual(['away +1'])
  })

  test('box: a power-play goal ends the minor with the least time, a major none', () => {
    const log = new Game('nll')
    log.penalty('home', 'major', at(10))
    log.penalty('home', 'minor', at(10))
    log.goal('home', at(9, 50))
    expect(log.left).toHaveLength(2)
    log.goal('away', at(9, 40))
    expect(log.left).toEqual(['home Major 280'])
  })

  test('simultaneous fouls leave nobody short; one of a time nobody knows starts no clock', () => {
    const log = new Game()
    log.penalty('home', 'personal', at(10), { offsetting: true })
    expect(log.signs).toEqual([])
    log.next()
    log.add('clockStart')
    const late = log.add({ kind: 'penalty', side: 'home', period: 1 })
    expect(log.marks(late).warnings).toEqual(['penalty-without-clock'])
  })
})

describe('score and periods', () => {
  test.each([
    ['ncaa-men', 15, 4],
    ['ncaa-women', 15, 4],
    ['nfhs', 12, 4],
    ['pll', 12, 4],
    ['nll', 15, 15],
    ['sixes', 8, 4],
  ])('%s: four quarters of %i minutes, sudden-death overtime of %i', (pack, minutes, overtime) => {
    const log = new Game(pack)
    expect(log.game().clock).toMatchObject({ valueMs: at(minutes), direction: 'down' })
    for (let i = 0; i < 4; i++) log.next()
    expect(log.game()).toMatchObject({ clock: { valueMs: at(overtime) }, period: { label: 'OT', kind: 'overtime' } })
    log.goal('away', at(2))
    expect(log.marks(log.goal('home', at(1))).warnings).toEqual(['overtime-decided'])
    log.add({ kind: 'void', voids: log.head.seq }, 'gameEnd')
    expect(log.game()).toMatchObject({ statusReason: 'golden', winner: 'away', score: { home: 0, away: 1 } })
  })

  test('a second overtime follows where nobody scored', () => {
    const log = new Game()
    for (let i = 0; i < 5; i++) log.next()
    expect(log.game().linescore.columns.map(({ label }) => label)).toEqual(['Q1', 'Q2', 'Q3', 'Q4', 'OT', '2OT'])
  })

  test('goals of two points only where the rules know them', () => {
    const men = new Game()
    expect(men.refusal({ kind: 'twoPointGoal', side: 'home' })).toBe('Under these rules every goal counts one.')
    expect(sport.actions(men.rules).some(({ kind }) => kind === 'twoPointGoal')).toBe(false)
    const pll = new Game('pll')
    pll.add({ kind: 'twoPointGoal', side: 'home' }, { kind: 'goal', side: 'away' })
    expect(pll.game().score).toEqual({ home: 2, away: 1 })
    pll.add({ kind: 'goal', side: 'home', replaces: pll.head.seq - 1 })
    expect(pll.game().score).toEqual({ home: 1, away: 1 })
  })

  test('time-outs are counted by half, and one in overtime', () => {
    const log = new Game()
    log.add({ kind: 'timeout', side: 'home' }, { kind: 'timeout', side: 'home' })
    expect(log.game().detail.timeouts).toEqual({ home: 0, away: 2 })
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' })).warnings).toEqual(['no-timeouts-left'])
    log.next()
    log.next()
    expect(log.game().detail.timeouts).toEqual({ home: 2, away: 2 })
    log.next()
    log.next()
    expect(log.game().detail.timeouts).toEqual({ home: 1, away: 1 })
  })
})

describe('figures and words', () => {
  test('another scorer or assist and the man-up flag may be corrected; the totals agree at any depth', () => {
    const log = new Game()
    log.goal('home')
    const goal = log.add({ kind: 'goal', side: 'home', playerId: 'h1', data: { assist: 'h2' } })
    log.add({ kind: 'goal', side: 'home', playerId: 'h3', data: { assist: 'h1', strength: 'manUp' }, replaces: goal })
    const rows = boxScore(sport, log.rules, log.plays).find(({ id }) => id === 'players')?.rows ?? []
    expect(rows.map(({ playerId, cells }) => [playerId, cells.g, cells.a, cells.p])).toEqual([
      ['h3', 1, 0, 1],
      ['h1', 0, 1, 1],
      [undefined, 1, 0, 1],
    ])
    expect(log.game()).toMatchObject({ score: { home: 2, away: 0 }, detail: { manUp: { home: { goals: 1, chances: 1 } } } })
  })

  test('the box score: shots, saves, ground balls, face-offs, clears, turnovers', () => {
    const log = new Game()
    log.add(
      { kind: 'goalieIn', side: 'away', playerId: 'a30' },
      { kind: 'goal', side: 'home', playerId: 'h1' },
      { kind: 'shot', side: 'home', playerId: 'h1', data: { result: 'saved' } },
      { kind: 'shot', side: 'home', playerId: 'h1', data: { result: 'wide' } },
      { kind: 'groundBall', side: 'home', playerId: 'h2' },
      { kind: 'faceoff', side: 'home', playerId: 'h3', data: { against: 'a3' } },
      { kind: 'clear', side: 'away' },
      { kind: 'clearFailed', side: 'away' },
      { kind: 'turnover', side: 'away', playerId: 'a3', data: { causedBy: 'h2' } },
    )
    const tables = boxScore(sport, log.rules, log.plays)
    const rows = (id: string, side?: Side) => tables.find(table => table.id === id && table.side === side)?.rows ?? []
    expect(rows('players', 'home').find(({ playerId }) => playerId === 'h1')?.cells).toMatchObject({ g: 1, sh: 3, sog: 2 })
    expect(rows('players', 'home').find(({ playerId }) => playerId === 'h2')?.cells).toMatchObject({ gb: 1, ct: 1 })
    expect(rows('goalies', 'away')).toEqual([{ playerId: 'a30', cells: { sa: 2, ga: 1, sv: 1, svp: '.500' } }])
    const team = Object.fromEntries(rows('team').map(({ label, cells }) => [label, cells]))
    expect(team.Clears).toEqual({ home: null, away: '1/2' })
    expect(team['Face-offs won']).toEqual({ home: '1/1', away: '0/1' })
    expect(log.game().detail).toMatchObject({ shots: { home: 3, away: 0 }, saves: { home: 0, away: 1 } })
  })

  test('a face-off is a draw in the women’s game', () => {
    const say = (pack: string) =>
      sayPlay(
        sport,
        { seq: 1, id: 'test-1', order: 'i1', at: '2030-01-05T18:00:00.000Z', kind: 'faceoff', side: 'home' },
        { side: 'Rovers', player: 'Ada Lind', rules: rulesOf(pack) as Record<string, unknown> },
      )
    expect(say('ncaa-men')).toBe('Ada Lind wins the face-off for Rovers')
    expect(say('ncaa-women')).toBe('Ada Lind controls the draw for Rovers')
  })
})

describe('the shot clock', () => {
  const shot = (log: Game) => log.left.filter(text => text.includes('Shot clock'))

  test.each(['goal', 'twoPointGoal'])('NCAA 4, PLL: after a %s nobody has the ball, the clock is off until a face-off is won', kind => {
    const log = new Game('pll')
    log.add({ kind: 'shotClock', side: 'home', clockMs: at(10), data: { seconds: 52 } })
    expect(shot(log)).toEqual(['home Shot clock 52'])
    const goal = log.add({ kind, side: 'home', clockMs: at(9, 40) })
    expect(shot(log)).toEqual([])
    log.add({ kind: 'faceoff', side: 'away', clockMs: at(9, 35) })
    expect(shot(log)).toEqual(['away Shot clock 52'])
    log.add({ kind: 'void', voids: goal })
    expect(shot(log)).toEqual(['away Shot clock 52'])
  })

  test('World Lacrosse Sixes: after a goal the goalkeeper has the ball, with thirty seconds; a quarter begins with a face-off', () => {
    const log = new Game('sixes')
    log.add({ kind: 'shotClock', side: 'home', clockMs: at(7) })
    const goal = log.goal('home', at(6, 45))
    expect(shot(log)).toEqual(['away Shot clock 30'])
    log.look(at(6, 35))
    expect(shot(log)).toEqual(['away Shot clock 20'])
    log.goal('away', at(6, 30))
    expect(shot(log)).toEqual(['home Shot clock 30'])
    log.add({ kind: 'void', voids: goal })
    expect(shot(log)).toEqual(['home Shot clock 30'])
    log.next()
    expect(shot(log)).toEqual([])
    log.add({ kind: 'faceoff', side: 'away', clockMs: at(7, 55) })
    expect(shot(log)).toEqual(['away Shot clock 30'])
  })

  test('World Lacrosse Sixes: who is up keeps the player after a goal that releases nobody, and none after one that does', () => {
    const log = new Game('sixes')
    log.penalty('away', 'personal', at(7))
    log.penalty('away', 'unsportsmanlike', at(7))
    expect(log.signs).toEqual(['home +2'])
    log.goal('home', at(6, 50))
    expect([log.left, log.signs]).toEqual([['away Unsportsmanlike 50'], ['home +1']])
    log.goal('away', at(6, 40))
    expect(log.signs).toEqual(['home +1'])
  })

  test('runs on after a goal of an earlier quarter that is written down late, and after one that is voided', () => {
    const log = new Game()
    log.next()
    log.add({ kind: 'shotClock', side: 'home', clockMs: at(10) }, { kind: 'goal', side: 'away', period: 1 })
    expect(shot(log)).toEqual(['home Shot clock 80'])
    const goal = log.goal('away', at(9, 50))
    expect(shot(log)).toEqual([])
    log.add({ kind: 'void', voids: goal })
    log.look(at(9, 50))
    expect(shot(log)).toEqual(['home Shot clock 70'])
  })
})
