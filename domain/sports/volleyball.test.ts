import { describe, expect, it, test } from 'vitest'
import { boxScore } from '../box-score.ts'
import { playOut, rallies, read, rulesOf, servers, serves, set, upTo } from '../parts/test-rally.ts'
import type { LoggedPlay } from '../play.ts'
import type { TestPlay } from '../test-log.ts'
import { sayPlay } from '../words.ts'
import { sport } from './volleyball.ts'

const FIVB = rulesOf(sport, 'fivb')
const LEVEL_AT_TWO = [set(25, 20), set(20, 25), set(25, 20), set(20, 25)]

describe('a set', () => {
  test.each<[string, TestPlay[], string, object]>([
    ['6.2: 25 by two', upTo(25, 23), '25-23', { home: 1, away: 0 }],
    ['6.2: 25–24 is not enough', upTo(25, 24), '25-24', { home: 0, away: 0 }],
    ['6.2: no cap, on until two ahead', upTo(37, 35), '37-35', { home: 1, away: 0 }],
    ['6.3.2: the fifth to 15', [...LEVEL_AT_TWO, ...upTo(13, 15)], '25-20 20-25 25-20 20-25 13-15', { home: 2, away: 3 }],
    ['6.3.2: the fifth by two', [...LEVEL_AT_TWO, ...upTo(15, 14)], '25-20 20-25 25-20 20-25 15-14', { home: 2, away: 2 }],
  ])('%s', (_, plays, line, score) => {
    const after = playOut(sport, FIVB, plays)
    expect(after.line).toBe(line)
    expect(after.game.score).toEqual(score)
  })

  it('6.3.1: three of them are the match', () => {
    const over = playOut(sport, FIVB, set(25, 10), set(25, 20), set(26, 24))
    expect(over.game).toMatchObject({ status: 'final', statusReason: 'regulation', winner: 'home', score: { home: 3, away: 0 } })
    expect(over.log.refusal({ kind: 'point', side: 'home' })).toBe('The game is over.')
  })

  it('is one of two, both played, where that is the rule', () => {
    const level = playOut(sport, rulesOf(sport, 'two-sets'), set(25, 20), set(10, 25))
    expect(level.game).toMatchObject({ status: 'final', winner: 'draw', score: { home: 1, away: 1 } })
    expect(playOut(sport, rulesOf(sport, 'two-sets'), set(25, 20), set(25, 10)).game.winner).toBe('home')
  })

  it('youth, best of three: the third is the short one', () => {
    const rules = rulesOf(sport, 'best-of-three')
    expect(playOut(sport, rules, set(25, 20), set(20, 25), upTo(15, 9)).game).toMatchObject({
      status: 'final',
      score: { home: 2, away: 1 },
    })
  })
})

describe('the service', () => {
  it('6.1.2: belongs to the winner of the rally', () => {
    expect(servers(sport, FIVB, [serves('home')], 'hhaahah')).toBe('hhhaaha')
    expect(servers(sport, FIVB, [], 'ahh')).toBe('?ah')
  })

  it('12.2.2: begins each set with the side that did not begin the one before; the fifth is tossed for', () => {
    const begins = (...before: (TestPlay | TestPlay[])[]) => playOut(sport, FIVB, serves('home'), ...before).detail.server
    expect(begins(upTo(25, 10))).toBe('away')
    expect(begins(set(25, 10), set(25, 20))).toBe('home')
    expect(begins(...LEVEL_AT_TWO)).toBeNull()
    expect(sport.opening?.(playOut(sport, FIVB, ...LEVEL_AT_TWO).game.detail)).toEqual({ ask: 'Who serves?', action: 'server' })
  })

  it('is put right by a play of its own, before a set too', () => {
    expect(playOut(sport, FIVB, serves('home'), rallies('hh'), serves('away')).detail.server).toBe('away')
    const next = playOut(sport, FIVB, serves('home'), set(25, 10), serves('home'))
    expect(next.detail.server).toBe('home')
    expect(next.line).toBe('25-10')
    next.log.add(...rallies('h'))
    expect(read(next.log).line).toBe('25-10 1-0')
  })

  it('7.6.2: rotates with the service won', () => {
    const after = playOut(sport, FIVB, serves('home'), rallies('hah aah'))
    expect(after.detail.rotation).toEqual({ home: 3, away: 3 })
    expect(playOut(sport, FIVB, serves('home'), rallies('h'), serves('home', { rotation: 5 })).detail.rotation).toMatchObject({ home: 5 })
  })

  it('7.3: is that of the player on whom the line-up stands, substitutes too', () => {
    const six = Object.fromEntries([1, 2, 3, 4, 5, 6].map(n => [`p${n}`, `player-${n}`]))
    const lineup: TestPlay = { kind: 'lineup', side: 'home', data: six }
    const after = playOut(sport, FIVB, serves('home'), lineup, rallies('ha'))
    expect(after.detail).toMatchObject({ server: 'away', serverId: null })
    after.log.add({ kind: 'substitution', side: 'home', playerId: 'player-9', data: { out: 'player-2' } }, ...rallies('h'))
    expect(read(after.log).detail.serverId).toBe('player-9')
    expect(sport.glance?.(read(after.log).game)).toMatchObject({
      home: 'Rotation 2',
      badges: [{ side: 'home', text: 'S1', tone: 'plain', title: 'Substitutions: 1 of 6' }],
    })
  })

  const six = (side: 'home' | 'away', from = 1): TestPlay => ({
    kind: 'lineup',
    side,
    data: Object.fromEntries([1, 2, 3, 4, 5, 6].map(n => [`p${n}`, `${side}-${n + from - 1}`])),
  })

  it('7.3.2: the line-ups of a set are handed in before it begins, those of the last one are done with', () => {
    const over = playOut(sport, FIVB, serves('home'), six('home'), six('away'), upTo(25, 0))
    expect(over.detail).toMatchObject({ server: 'away', serverId: null, lineups: { home: null, away: null } })
    over.log.add(six('away', 3), rallies('a')[0] as TestPlay)
    expect(read(over.log)).toMatchObject({ line: '25-0 0-1', detail: { serverId: 'away-3', rotation: { home: 1, away: 1 } } })
  })

  it('tells whose ace it was, and whose fault on service, also of the first rally of a set', () => {
    const ace: TestPlay = { kind: 'point', side: 'home', data: { how: 'ace' } }
    const fault: TestPlay = { kind: 'error', side: 'home', data: { how: 'serve' } }
    const { log } = playOut(sport, FIVB, serves('home'), six('home'), ace, upTo(24, 0), six('away'), fault)
    const said = log.plays.map(play =>
      sayPlay(sport, play, { side: 'Hawks', player: null, rules: FIVB, nameOf: id => id, facts: log.marks(play.seq).facts }),
    )
    expect(said[2]).toBe('Ace by home-1')
    expect(said.at(-1)).toBe('Service error by away-1, point Hawks')
    const rows = boxScore(sport, FIVB, log.plays).find(({ side }) => side === 'away')?.rows
    expect(rows?.find(({ playerId }) => playerId === 'away-1')?.cells).toMatchObject({ serviceError: 1, served: '0/1' })
  })

  it('is called by name beside its side', () => {
    const { game } = playOut(sport, FIVB, serves('home'), six('home'), rallies('h'))
    const roster = [{ id: 'home-1', side: 'home' as const, name: '4 Ada Lind', number: null }]
    expect(sport.glance?.({ ...game, roster })).toMatchObject({ home: 'Lind, rotation 1' })
  })

  it('asks who goes off of those on court, who comes on of the others, and nothing that the line-up tells', () => {
    const { detail } = playOut(sport, FIVB, serves('home'), six('home')).game
    const asks = (question: string, kind: string) => sport.isAsked?.(question, { kind, side: 'home' }, detail, detail)
    expect([asks('out.home-3', 'substitution'), asks('out.bench', 'substitution')]).toEqual([true, false])
    expect([asks('player.home-3', 'substitution'), asks('player.bench', 'substitution')]).toEqual([false, true])
    expect([asks('player', 'server'), asks('player', 'substitution'), asks('out', 'substitution')]).toEqual([false, true, true])
  })

  it('makes aces of one side only, and errors of reception of the other', () => {
    const { detail } = playOut(sport, FIVB, serves('home')).game
    const asks = (question: string, side: 'home' | 'away') => sport.isAsked?.(question, { kind: 'point', side }, detail, detail)
    expect([asks('how.ace', 'home'), asks('how.ace', 'away')]).toEqual([true, false])
    expect([asks('how.serve', 'home'), asks('how.serve', 'away')]).toEqual([false, true])
    expect([asks('how.reception', 'home'), asks('how.attack', 'away')]).toEqual([true, true])
  })

  it('stands with the score in the order of the sides', () => {
    const { game } = playOut(sport, FIVB, serves('home'), rallies('hha'))
    expect(sport.glance?.({ ...game, displayOrder: 'home-first' }).middle).toBe('2–1')
    expect(sport.glance?.({ ...game, displayOrder: 'away-first' }).middle).toBe('1–2')
  })
})

describe('corrections', () => {
  it('give a point to the other side, with service and rotation', () => {
    const { log } = playOut(sport, FIVB, serves('home'), rallies('hhh'))
    log.add({ kind: 'point', side: 'away', replaces: 4 })
    expect(read(log)).toMatchObject({ line: '2-1', detail: { server: 'away', rotation: { home: 1, away: 2 } } })
  })

  it('open a set again that was closed too early', () => {
    const { log } = playOut(sport, FIVB, upTo(25, 23), rallies('aa'))
    expect(read(log).line).toBe('25-23 0-2')
    log.add({ kind: 'void', voids: 48 })
    expect(read(log)).toMatchObject({ line: '24-25', game: { score: { home: 0, away: 0 }, period: { number: 1 } } })
  })

  it('open a match again', () => {
    const { log } = playOut(sport, FIVB, set(25, 10), set(25, 10), upTo(25, 10))
    expect(log.game().status).toBe('final')
    log.add({ kind: 'void', voids: log.head.seq })
    expect(read(log)).toMatchObject({ line: '25-10 25-10 24-10', game: { status: 'live', winner: null } })
  })

  it('say a score outright, of the set under way and of one that is over', () => {
    expect(playOut(sport, FIVB, upTo(7, 5), set(8, 6), rallies('a')).line).toBe('8-7')
    expect(playOut(sport, FIVB, upTo(7, 5), set(5, 3)).line).toBe('5-3')
    expect(playOut(sport, FIVB, set(25, 20), upTo(3, 3), set(25, 18, 1)).line).toBe('25-18 3-3')
    expect(playOut(sport, FIVB, set(25, 23), set(24, 23, 1)).line).toBe('24-23')
  })

  test.each([
    [set(26, 20), '26–20 is not the score of a set under these rules.'],
    [set(27, 24), '27–24 is not the score of a set under these rules.'],
    [set(25, 20, 2), 'Set 1 is not over.'],
    [{ kind: 'setScore', data: { home: 25 } }, 'Give both sides, or neither.'],
    [{ kind: 'setScore' }, 'Give the score.'],
    [{ kind: 'setWon', side: 'home', data: { home: 20, away: 25 } }, 'The side that won the set has to be ahead.'],
    [{ kind: 'periodEnd' }, 'Set 1 is not over.'],
  ] as [TestPlay, string][])('refuse what cannot be: %j', (play, reason) => {
    expect(playOut(sport, FIVB, upTo(3, 1)).log.refusal(play)).toBe(reason)
  })

  it('put a late point into its column where the set can have ended so', () => {
    const { log } = playOut(sport, FIVB, set(25, 20), upTo(1, 0))
    const seq = log.add({ kind: 'point', side: 'away', period: 1 })
    expect(read(log).line).toBe('25-21 1-0')
    expect(log.marks(seq).warnings).toEqual(['set-over'])
    expect(log.refusal({ kind: 'point', side: 'home', period: 1 })).toBe('26–21 is not the score of a set under these rules.')
    expect(log.refusal(set(24, 20, 1))).toBe('Set 1 is over: give its whole score.')
  })

  it('never leave sets behind a match that would have been over', () => {
    const { log } = playOut(sport, FIVB, set(25, 20), set(25, 20), set(20, 25), upTo(2, 0))
    expect(log.refusal(set(25, 20, 3))).toBe('With that score the match would have ended before set 4.')
  })
})

describe('sanctions and interruptions', () => {
  it('21.3.1: a red card is a point and the service for the other side', () => {
    const after = playOut(sport, FIVB, serves('home'), upTo(2, 1), { kind: 'redCard', side: 'away' })
    expect(after).toMatchObject({ line: '2-2', detail: { server: 'away', cards: { red: { home: 1, away: 0 } } } })
    after.log.add({ kind: 'void', voids: after.log.head.seq })
    expect(read(after.log)).toMatchObject({ line: '2-1', detail: { cards: { red: { home: 0, away: 0 } } } })
  })

  it('21.3.1: the last point of a match may be one', () => {
    const after = playOut(sport, FIVB, set(25, 3), set(25, 3), upTo(24, 3), { kind: 'redCard', side: 'home' })
    expect(after.game).toMatchObject({ status: 'final', winner: 'home' })
  })

  it('21.1: a warning is no point, and there is one', () => {
    const { log, line } = playOut(sport, FIVB, rallies('h'), { kind: 'yellowCard', side: 'home' })
    expect(line).toBe('1-0')
    expect(log.marks(log.add({ kind: 'yellowCard', side: 'home' })).warnings).toEqual(['warned-before'])
    expect(sport.glance?.(log.game())?.badges).toEqual([{ side: 'home', text: '2', tone: 'yellow', title: 'Warnings: 2' }])
  })

  it('15.1 and 15.6: two time-outs and six substitutions a set, more are accepted and marked', () => {
    const { log } = playOut(sport, FIVB, rallies('h'))
    const marks = (play: TestPlay) => log.marks(log.add(play)).warnings
    const timeout: TestPlay = { kind: 'timeout', side: 'home' }
    expect([marks(timeout), marks(timeout), marks(timeout)]).toEqual([undefined, undefined, ['no-timeout-left']])
    for (let i = 0; i < 6; i++) expect(marks({ kind: 'substitution', side: 'away' })).toBeUndefined()
    expect(marks({ kind: 'substitution', side: 'away' })).toEqual(['no-substitution-left'])
    log.add(set(25, 0), ...rallies('a'))
    expect(read(log).detail).toMatchObject({ timeouts: { home: 0, away: 0 }, substitutions: { home: 0, away: 0 } })
  })

  test.each<[string, Record<string, unknown>, TestPlay[], boolean]>([
    ['18.2.1: after a set', FIVB, [set(25, 20)], true],
    ['18.2.1: not before the fifth, which is tossed for', FIVB, LEVEL_AT_TWO, false],
    ['18.2.2: at eight in the fifth', FIVB, [...LEVEL_AT_TWO, ...upTo(8, 6)], true],
    ['18.2.2: once', FIVB, [...LEVEL_AT_TWO, ...upTo(8, 6), ...rallies('a')], false],
    ['18.2.2: not when the other gets there', FIVB, [...LEVEL_AT_TWO, ...upTo(8, 7), ...rallies('a')], false],
    ['18.2.2: not in other sets', FIVB, upTo(8, 6), false],
    ['not after the match', FIVB, [set(25, 0), set(25, 0), set(25, 0)], false],
  ])('ends: %s', (_, rules, plays, expected) => {
    expect(playOut(sport, rules, plays).detail.changeEnds).toBe(expected)
  })

  it('15.4 until 2016: technical time-outs at 8 and 16, not in the fifth', () => {
    const rules = rulesOf(sport, 'fivb-technical')
    expect(playOut(sport, rules, upTo(8, 3)).detail.pause).toBe('Technical time-out')
    expect(sport.glance?.(playOut(sport, rules, upTo(16, 3)).game).middle).toBe('16–3, technical time-out')
    expect(playOut(sport, rules, ...LEVEL_AT_TWO, upTo(8, 3)).detail.pause).toBeNull()
    expect(playOut(sport, FIVB, upTo(8, 3)).detail.pause).toBeNull()
  })
})

describe('depth', () => {
  it('is of sets, and changes during a match', () => {
    const whole = playOut(sport, FIVB, set(25, 20), set(23, 25), set(25, 17), set(26, 24))
    expect(whole.game).toMatchObject({ status: 'final', winner: 'home', score: { home: 3, away: 1 } })
    const mixed = playOut(sport, FIVB, set(12, 10), rallies('hhh'), set(25, 20), upTo(3, 1), set(8, 8), rallies('a'))
    expect(mixed.line).toBe('25-20 8-9')
  })

  it('is of sets alone, as they stand', () => {
    expect(playOut(sport, FIVB, { kind: 'setWon', side: 'home' }, { kind: 'setWon', side: 'away' }).line).toBe('1-0 0-1')
    expect(playOut(sport, FIVB, upTo(12, 8), { kind: 'setWon', side: 'home' }).game.score).toEqual({ home: 1, away: 0 })
    expect(playOut(sport, FIVB, upTo(8, 12)).log.refusal({ kind: 'setWon', side: 'home' })).not.toBeNull()
  })

  it('shows what stands at the next rally', () => {
    const at = (...plays: (TestPlay | TestPlay[])[]) => playOut(sport, FIVB, ...plays)
    expect(at(upTo(24, 20)).detail).toMatchObject({ setPoint: 'home', matchPoint: null })
    expect(at(upTo(24, 24)).detail.setPoint).toBeNull()
    expect(sport.glance?.(at(set(25, 1), set(25, 1), upTo(3, 24), rallies('')).game).middle).toBe('3–24, set point')
    expect(sport.glance?.(at(set(25, 1), set(25, 1), upTo(24, 3)).game).middle).toBe('24–3, match point')
  })

  it('counts in its box score what was written down', () => {
    const { log } = playOut(sport, FIVB, serves('home'), [
      { kind: 'point', side: 'home', playerId: 'kim', data: { how: 'attack' } },
      { kind: 'point', side: 'home', playerId: 'kim', data: { how: 'ace' } },
      { kind: 'error', side: 'home', playerId: 'lea', data: { how: 'serve' } },
      { kind: 'point', side: 'away' },
      { kind: 'timeout', side: 'home' },
    ])
    const tables = boxScore(sport, FIVB, log.plays)
    expect(tables.find(({ side }) => side === 'home')?.rows).toMatchObject([
      { playerId: 'kim', cells: { points: 2, attack: 1, ace: 1 } },
      { label: 'Not named', cells: { points: 1 } },
    ])
    expect(tables.find(({ side }) => side === 'away')?.rows[0]).toMatchObject({ playerId: 'lea', cells: { points: 0, serviceError: 1 } })
    const rows = Object.fromEntries((tables.at(-1)?.rows ?? []).map(({ label, cells }) => [label, [cells.home, cells.away]]))
    expect(rows).toMatchObject({
      Points: [3, 1],
      'Won serving': ['3/4', null],
      'Won receiving': [null, '1/4'],
      Attacks: [1, 0],
      'Service errors': [0, 1],
      'Points in a row': [3, 1],
      'Time-outs': [1, 0],
    })
  })
})

describe('the result', () => {
  test.each<[string, TestPlay[], object]>([
    ['3–0 is a whole win', [set(25, 1), set(25, 1), set(25, 1)], { home: 'win', away: 'loss' }],
    ['3–2 is a win in the decider', [...LEVEL_AT_TWO, set(10, 15)], { home: 'deciderLoss', away: 'deciderWin' }],
    [
      'a retirement counts by the sets the loser has',
      [...LEVEL_AT_TWO, { kind: 'gameEnd', data: { how: 'retired', winner: 'home' } }],
      { home: 'deciderWin', away: 'deciderLoss' },
    ],
  ])('in tables: %s', (_, plays, outcome) => {
    const { game } = playOut(sport, FIVB, plays)
    expect(sport.outcome?.(game)).toEqual(outcome)
  })

  it('6.4: is 3–0 for who did not default', () => {
    const { game } = playOut(sport, FIVB, { kind: 'gameEnd', data: { how: 'forfeit', winner: 'away' } })
    expect(game).toMatchObject({ status: 'forfeited', score: { home: 0, away: 3 }, winner: 'away', linescore: { columns: [] } })
  })
})

it('has a sentence for every play', () => {
  const say = (play: Partial<LoggedPlay> & { kind: string }, player: string | null = null) =>
    sayPlay(sport, { seq: 1, id: 'x', order: 'a', at: '2030-01-05T18:00:00.000Z', ...play } as LoggedPlay, {
      side: 'Rovers',
      player,
      rules: FIVB,
      nameOf: () => 'Ada Lind',
    })
  expect(say({ kind: 'point', side: 'home', data: { how: 'attack' } }, 'Kim')).toBe('Kill by Kim')
  expect(say({ kind: 'error', side: 'home', data: { how: 'serve' } }, 'Lea')).toBe('Service error by Lea, point Rovers')
  expect(say({ kind: 'substitution', side: 'home', data: { out: 'x' } }, 'Kim')).toBe('Kim comes on for Ada Lind')
  expect(say({ kind: 'setScore', data: { home: 25, away: 20 } })).toBe('Set score 25–20')
  expect(say({ kind: 'redCard', side: 'home' })).toBe('Red card, point Rovers')
})
