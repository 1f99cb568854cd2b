import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { sayPlay } from '#domain/words.ts'
import { sport } from './baseball.ts'

// Who bats, pitches and runs, what that comes to in the batting and pitching lines, and how long a game lasts where it is cut short.

const pack = (id: string) => sport.packs.find(one => one.id === id)?.values as Record<string, unknown>
const obr = pack('obr')
const game = (...plays: (TestPlay | string)[]) => {
  const log = new TestLog(sport, obr)
  log.add(...plays)
  return log
}
const under = (values: Record<string, unknown>, ...plays: (TestPlay | string)[]) => {
  const log = new TestLog(sport, values)
  log.add(...plays)
  return log
}
const by = (kind: string, playerId: string, data?: Record<string, unknown>): TestPlay => ({ kind, playerId, ...(data ? { data } : {}) })
const half = ['out', 'out', 'out']
const innings = (n: number) => Array.from({ length: n * 2 }, () => half).flat()
const table = (log: TestLog, title: string, side: string) =>
  boxScore(sport, log.rules, log.plays).find(one => one.title === title && one.side === side)
const row = (log: TestLog, title: string, side: string, who: string) =>
  table(log, title, side)?.rows.find(({ playerId, label }) => (playerId ?? label) === who)?.cells
const team = (log: TestLog, label: string) => {
  const found = boxScore(sport, log.rules, log.plays)
    .find(({ id }) => id === 'team')
    ?.rows.find(one => one.label === label)
  return found && [found.cells.home, found.cells.away]
}
const shown = (log: TestLog) => log.game().detail as unknown as Record<string, unknown>

describe('runners', () => {
  const on = (log: TestLog) => shown(log).runners

  test('OBR 5.09(b)(9): nobody passes the one ahead, so that who scored follows', () => {
    const log = game(by('single', 'a1'), by('double', 'a2'), by('triple', 'a3'))
    expect(on(log)).toEqual([null, null, 'a3'])
    expect([row(log, 'Batting', 'away', 'a1')?.R, row(log, 'Batting', 'away', 'a2')?.R]).toEqual([1, 1])
    expect(row(log, 'Batting', 'away', 'a3')).toMatchObject({ AB: 1, H: 1, '3B': 1, RBI: 2 })
  })

  test('OBR 5.06(b)(3): a walk pushes only those who must make room', () => {
    expect(on(game(by('double', 'a1'), by('walk', 'a2')))).toEqual(['a2', 'a1', null])
    expect(on(game(by('single', 'a1'), by('walk', 'a2'), by('walk', 'a3')))).toEqual(['a3', 'a2', 'a1'])
  })

  test('OBR 9.05(b): on a fielder’s choice the runner is out and the batter stands on first', () => {
    expect(on(game(by('single', 'a1'), by('fieldersChoice', 'a2')))).toEqual(['a2', null, null])
  })

  test('a double play takes the batter and the runner forced from first; with two more on nobody knows who is left', () => {
    expect(on(game(by('single', 'a1'), by('out', 'a2', { outs: 2 })))).toEqual([null, null, null])
    const log = game(by('walk', 'a1'), by('walk', 'a2'), by('out', 'a3', { outs: 2, bases: '3' }))
    expect(on(log)).toEqual([null, null, 'a1'])
    expect(shown(game(by('walk', 'a1'), by('walk', 'a2'), by('out', 'a3', { outs: 2 }))).bases).toBeNull()
  })

  test('a courtesy runner takes the place of one on base, and scores in it', () => {
    const log = game(by('double', 'a1'), by('runner', 'a9', { courtesy: true }))
    expect(on(log)).toEqual([null, 'a9', null])
    log.add(by('single', 'a2', { runs: 1 }))
    expect(row(log, 'Batting', 'away', 'a9')).toMatchObject({ AB: 0, R: 1 })
    expect(row(log, 'Batting', 'away', 'a1')).toMatchObject({ R: 0, H: 1 })
    expect(log.refusal(by('runner', 'a8', { base: '3' }))).toBe('Nobody is on that base.')
  })

  test('a run that names its runner takes him off his base alone', () => {
    const log = game(by('triple', 'a1'), by('walk', 'a2'), { kind: 'run', points: 1, playerId: 'a1' })
    expect([log.game().score.away, on(log)]).toEqual([1, ['a2', null, null]])
  })
})

describe('the batting order', () => {
  const order = ['a1', 'a2', 'a3'].map((who, i): TestPlay => ({ kind: 'lineup', side: 'away', playerId: who, data: { slot: i + 1 } }))

  test('says who bats and who is next, and goes round', () => {
    const log = game(...order, 'ball', 'single')
    expect(shown(log)).toMatchObject({ batter: 'a2', onDeck: 'a3' })
    log.add('out', 'out')
    expect(shown(log)).toMatchObject({ batter: 'a1', runners: ['a1', null, null] })
  })

  test('OBR 6.03(b): somebody else’s turn is pointed out, and the order goes on from who batted', () => {
    const log = game(...order)
    expect(log.marks(log.add(by('single', 'a2')))).toEqual({ warnings: ['out-of-order'] })
    expect(shown(log).batter).toBe('a3')
  })

  test('OBR 5.10: a pinch hitter takes the place of the one whose turn it is', () => {
    const log = game(...order, by('out', 'b7'), 'out', 'out', ...half)
    expect(shown(log).batter).toBe('b7')
  })

  test('a wrong batter is replaced, and the lines follow', () => {
    const log = game(...order)
    const single = log.add(by('single', 'a1'))
    log.add('homeRun')
    expect(row(log, 'Batting', 'away', 'a1')).toMatchObject({ R: 1, H: 1 })
    log.add({ ...by('single', 'b7'), replaces: single })
    expect(row(log, 'Batting', 'away', 'b7')).toMatchObject({ R: 1, H: 1 })
    expect(row(log, 'Batting', 'away', 'a1')).toBeUndefined()
    expect(row(log, 'Batting', 'away', 'a2')).toMatchObject({ HR: 1, RBI: 2 })
  })
})

describe('batting and pitching lines', () => {
  const pitcher = (who: string): TestPlay => ({ kind: 'pitchingChange', side: 'home', playerId: who })

  test('OBR 9.02(a)(1): walks, hit batters and sacrifices are no times at bat', () => {
    const log = game(by('walk', 'a1'), by('hitByPitch', 'a1'), by('sacrifice', 'a1'), by('strikeout', 'a1'), by('error', 'a1'))
    expect(row(log, 'Batting', 'away', 'a1')).toMatchObject({ AB: 2, H: 0, BB: 1, SO: 1, HBP: 1 })
  })

  test('OBR 9.16(g): a run stands with the pitcher who let the runner on', () => {
    const log = game(pitcher('h1'), by('walk', 'a1'), pitcher('h2'), by('homeRun', 'a2'), ...half)
    expect(row(log, 'Pitching', 'home', 'h1')).toMatchObject({ IP: '0.0', R: 1, ER: 1, BB: 1 })
    expect(row(log, 'Pitching', 'home', 'h2')).toMatchObject({ IP: '1.0', H: 1, R: 1, ER: 1, HR: 1 })
    const choice = game(pitcher('h1'), by('single', 'a1'), pitcher('h2'), by('fieldersChoice', 'a2'), by('homeRun', 'a3'))
    expect([row(choice, 'Pitching', 'home', 'h1')?.R, row(choice, 'Pitching', 'home', 'h2')?.R]).toEqual([1, 1])
  })

  test('OBR 9.16(a), (d): what an error let on or kept alive is unearned; a placed runner too', () => {
    expect(row(game(pitcher('h1'), by('error', 'a1'), by('homeRun', 'a2')), 'Pitching', 'home', 'h1')).toMatchObject({ R: 2, ER: 1 })
    const alive = game(pitcher('h1'), 'out', 'out', by('error', 'a1'), by('homeRun', 'a2'))
    expect(row(alive, 'Pitching', 'home', 'h1')).toMatchObject({ R: 2, ER: 0 })
    const placed = under({ ...pack('mlb'), innings: 1 }, pitcher('h1'), ...innings(1), by('single', 'a1', { runs: 1 }))
    expect(row(placed, 'Pitching', 'home', 'h1')).toMatchObject({ R: 1, ER: 0 })
    const said = game(pitcher('h1'), by('homeRun', 'a1', { earned: 0 }))
    expect(row(said, 'Pitching', 'home', 'h1')).toMatchObject({ R: 1, ER: 0 })
  })

  test('OBR 9.04(b): nothing is batted in with a double play or an error', () => {
    const log = game(by('triple', 'a1'), by('single', 'a2', { bases: '13', runs: 0 }), by('out', 'a3', { outs: 2, runs: 1, bases: 'none' }))
    expect(row(log, 'Batting', 'away', 'a3')).toMatchObject({ RBI: 0, AB: 1 })
    expect(row(log, 'Batting', 'away', 'a1')?.R).toBe(1)
  })

  test('a hit that was an error is replaced: no hit, no earned run, an error for the fielder', () => {
    const log = game(pitcher('h1'))
    const hit = log.add(by('single', 'a1'))
    log.add(by('homeRun', 'a2'))
    log.add({ ...by('error', 'a1', { fielder: 'h6' }), replaces: hit })
    expect(log.game().detail).toMatchObject({ hits: { away: 1 }, errors: { home: 1 } })
    expect(row(log, 'Batting', 'home', 'h6')).toMatchObject({ E: 1 })
    expect(row(log, 'Pitching', 'home', 'h1')).toMatchObject({ H: 1, R: 2, ER: 1 })
  })

  test('a run moved to another half by replacing stands in that column, and the totals agree', () => {
    const log = game(...innings(1))
    const run = log.add({ kind: 'run', points: 2, side: 'away' })
    log.add({ kind: 'run', points: 2, side: 'home', period: 1, replaces: run })
    expect(log.game()).toMatchObject({ score: { home: 2, away: 0 } })
    expect(log.game().linescore.columns[0]).toEqual({ label: '1', home: 2, away: 0 })
  })

  test('left on base are those the third out leaves, and those who stood there as the winning run came in', () => {
    expect(team(game(by('single', 'a1'), by('walk', 'a2'), ...half), 'Left on base')).toEqual([0, 2])
    const walkOff = under({ ...obr, innings: 1 }, ...half, 'triple', 'walk', { kind: 'single', data: { bases: '12' } })
    expect(walkOff.game()).toMatchObject({ status: 'final', winner: 'home' })
    expect(team(walkOff, 'Left on base')).toEqual([2, 0])
    expect(team(game('hit', ...half), 'Left on base')).toBeUndefined()
  })

  test('OBR 9.11: two outs in one play are a double play of the side in the field, three a triple play', () => {
    const log = game('walk', 'walk', 'out', by('out', 'a4', { outs: 2 }), 'walk', 'walk', by('out', 'h3', { outs: 3 }))
    expect([team(log, 'Double plays'), team(log, 'Triple plays')]).toEqual([
      [1, 0],
      [0, 1],
    ])
  })

  test('OBR 5.05(a)(2): a third strike not caught is a strikeout, no out, and the batter stands on first', () => {
    const log = game(by('strikeout', 'a1', { outs: 0 }))
    expect(shown(log)).toMatchObject({ outs: 0, bases: [true, false, false], runners: ['a1', null, null] })
    expect(row(log, 'Batting', 'away', 'a1')).toMatchObject({ AB: 1, SO: 1 })
  })

  test('plays without names count for the side, and runs of any depth add up', () => {
    const log = game(by('single', 'a1'), 'homeRun', { kind: 'run', points: 1 })
    expect(table(log, 'Batting', 'away')?.total).toMatchObject({ R: 3, H: 2, RBI: 2 })
    expect(log.game().score.away).toBe(3)
  })
})

describe('pitches', () => {
  test('are counted by pitcher, in play or not; a walk that nobody pitched is none', () => {
    const log = game({ kind: 'pitchingChange', side: 'home', playerId: 'h1' }, 'ball', 'strike', 'foul', 'single', 'walk')
    expect(shown(log).pitches).toEqual({ home: 4, away: 0 })
    log.add({ kind: 'pitchingChange', side: 'home', playerId: 'h2' }, 'ball')
    expect(shown(log).pitches).toEqual({ home: 1, away: 0 })
    expect([row(log, 'Pitching', 'home', 'h1')?.PIT, row(log, 'Pitching', 'home', 'h2')?.PIT]).toEqual([4, 1])
  })

  test('nobody who scores turn by turn is told of pitches', () => {
    expect(shown(game('single', 'out')).pitches).toBeNull()
  })

  test('Little League VI: the table hears of it at the pitch that reaches the limit', () => {
    const log = under({ ...pack('little-league'), pitchLimit: 3 }, 'ball', 'ball')
    expect(log.marks(log.add('strike'))).toEqual({ warnings: ['pitch-limit'] })
    expect(log.marks(log.add('strike'))).toEqual({})
  })
})

test('the board says who bats and who pitches as soon as anybody is named', () => {
  const marks = (log: TestLog) => sport.glance?.(log.game())?.marks
  expect(marks(game('ball'))).toBeUndefined()
  const log = game({ kind: 'pitchingChange', side: 'home', playerId: 'h1' }, 'ball')
  expect(marks(log)).toEqual([
    { label: 'At bat', side: 'away', figures: '–', marks: [] },
    { label: 'Pitching', side: 'home', playerId: 'h1', figures: '1 pitch', marks: [] },
  ])
  log.add({ kind: 'lineup', side: 'away', playerId: 'a1' })
  expect(marks(log)?.[0]).toEqual({ label: 'At bat', side: 'away', playerId: 'a1', figures: '', marks: [] })
})

test('who bats first stands first', () => {
  expect([sport.namedFirst?.(obr), sport.namedFirst?.({ ...obr, battingFirst: 'home' })]).toEqual(['away', 'home'])
})

describe('games cut short', () => {
  test('no new inning: the game is over with the one under way, called, and level it is a draw', () => {
    const ahead = game(...innings(3), 'homeRun', 'timeLimit', ...half, ...half)
    expect(ahead.game()).toMatchObject({ status: 'final', statusReason: 'called', winner: 'away', score: { home: 0, away: 1 } })
    const level = game(...innings(3), 'ball', 'timeLimit', ...half, ...half)
    expect(level.game()).toMatchObject({ status: 'final', statusReason: 'called', winner: 'draw' })
    const early = game(...half, 'homeRun', ...half, ...half, 'timeLimit')
    expect(early.game()).toMatchObject({ status: 'final', winner: 'home' })
    expect(early.game().linescore.columns.at(-1)).toEqual({ label: '2', home: null, away: 0 })
  })

  test('and goes on when that play is voided', () => {
    const log = game(...innings(3))
    const limit = log.add('timeLimit')
    expect(log.game().status).toBe('final')
    log.add({ kind: 'void', voids: limit })
    expect(log.game().status).toBe('live')
  })

  test('a half ends with the runs a youth league allows', () => {
    const log = under({ ...obr, maxRuns: 5 }, 'walk', 'walk', 'walk', 'homeRun', 'homeRun')
    expect(log.game()).toMatchObject({ score: { away: 5 }, detail: { between: true } })
    const more = under({ ...obr, maxRuns: 2 }, 'walk', 'walk', { kind: 'homeRun', data: { runs: 3 } })
    expect([more.game().score.away, more.marks(3)]).toEqual([3, { warnings: ['past-run-limit'] }])
  })
})

describe('other games of the family', () => {
  test('WBSC Baseball5: nobody pitches, five innings, and one runner more with each extra inning', () => {
    const values = pack('baseball5')
    const bases = (n: number) => shown(under(values, ...innings(n), { kind: 'periodStart', period: n + 1 })).bases
    expect([bases(4), bases(5), bases(6), bases(7), bases(8)]).toEqual([
      [false, false, false],
      [true, false, false],
      [true, true, false],
      [true, true, true],
      [true, true, true],
    ])
    expect(under(values).refusal('ball')).toBe('Nobody pitches under these rules.')
    expect(sport.actions(values).map(({ id }) => id)).not.toContain('strike')
    expect(sport.glance?.(under(values, 'single').game())?.count).toBeUndefined()
  })

  test('NFHS 4-2: seven innings, ten runs after five', () => {
    const log = under(pack('nfhs'), ...Array.from({ length: 10 }, () => 'homeRun'), ...innings(5))
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'mercy', winner: 'away' })
  })
})

test('plays read like a commentator says them', () => {
  const say = (play: TestPlay, player: string | null = null) => {
    const log = game({ kind: 'double', playerId: 'a1' })
    const seq = log.add(play)
    const told = log.plays.find(one => one.seq === seq)
    const nameOf = (id: string) => ({ h6: 'Bo Ek' })[id] ?? null
    return told && sayPlay(sport, told, { side: null, player, rules: obr, nameOf })
  }
  expect(say(by('out', 'a2', { how: 'fly' }), 'Ada Lind')).toBe('Ada Lind flies out')
  expect(say(by('strikeout', 'a2', { how: 'looking' }), 'Ada Lind')).toBe('Ada Lind strikes out looking')
  expect(say(by('error', 'a2', { fielder: 'h6', runs: 1 }), 'Ada Lind')).toBe('Ada Lind is safe on an error by Bo Ek, a run scores')
  expect(say(by('runner', 'a9', { courtesy: true }), 'Ada Lind')).toBe('Courtesy runner Ada Lind')
  expect(say({ kind: 'timeLimit' })).toBe('No new inning after this one')
})

describe('what a play is asked at the table', () => {
  const askedOf = (play: string | TestPlay, ...before: (TestPlay | string)[]) => {
    const log = game(...before)
    const was = log.game().detail
    log.add(play)
    const kind = typeof play === 'string' ? play : play.kind
    return (question: string) => sport.isAsked?.(question, { kind }, was, log.game().detail)
  }

  test('a home run brings everybody in: no run is asked for, and none at all is never an answer', () => {
    expect(askedOf('homeRun')('runs')).toBe(false)
    expect(askedOf('homeRun', 'single', 'double')('runs')).toBe(false)
    expect(askedOf('homeRun', 'hit')('runs')).toBe(true)
    expect(sport.kinds.homeRun?.data?.runs).toMatchObject({ min: 1, max: 4 })
  })

  test('with nobody on base a single says it all, with somebody there it does not; a half that is over has no runners', () => {
    expect([askedOf('single')('runs'), askedOf('single')('bases')]).toEqual([false, false])
    expect([askedOf('single', 'single')('runs'), askedOf('single', 'single')('bases')]).toEqual([true, true])
    const asked = (play: string) => askedOf(play, ...innings(9))('runs')
    expect(asked('single')).toBe(false)
    const placed = new TestLog(sport, { ...obr, extraRunners: '2' })
    placed.add(...innings(9))
    const was = placed.game().detail
    expect(was).toMatchObject({ between: true, bases: [false, true, false] })
    expect(sport.glance?.(placed.game())).toMatchObject({ middle: 'End of 9', bases: [2] })
    placed.add('single')
    expect(sport.isAsked?.('runs', { kind: 'single' }, was, placed.game().detail)).toBe(true)
    expect([askedOf('error')('bases'), askedOf('out')('bases'), askedOf('out')('how')]).toEqual([true, false, true])
    expect([askedOf('out', 'single', 'out', 'out')('runs'), askedOf('out', 'single', 'out', 'out')('bases')]).toEqual([true, false])
  })

  test('no more come in, stay on or are out than were there', () => {
    const one = askedOf('single', 'double')
    expect(['runs.0', 'runs.2', 'runs.3', 'bases.12', 'bases.123', 'bases.unknown'].map(one)).toEqual([
      true,
      true,
      false,
      true,
      false,
      true,
    ])
    expect([askedOf('out')('outs.1'), askedOf('out')('outs.2'), askedOf('out', 'single')('outs.2')]).toEqual([true, false, true])
    expect(askedOf('wildPitch', 'single')('player')).toBe(false)
    const stolen = askedOf('stolenBase', by('single', 'a1'))
    expect(['player', 'player.a1', 'player.a2'].map(stolen)).toEqual([true, true, false])
  })

  test('who batted is asked when the turn is over, not at every pitch', () => {
    expect([askedOf('ball')('player'), askedOf('foul', 'strike', 'strike')('player')]).toEqual([false, false])
    expect([askedOf('ball', 'ball', 'ball', 'ball')('player'), askedOf('strike', 'strike', 'strike')('player')]).toEqual([true, true])
    expect(askedOf('strike', 'out', 'out', 'strike', 'strike')('player')).toBe(true)
  })
})

test('whose turn it was is said where the order tells', () => {
  const order = ['a1', 'a2'].map((who, i): TestPlay => ({ kind: 'lineup', side: 'away', playerId: who, data: { slot: i + 1 } }))
  const log = game(...order, 'single', 'homeRun', 'ball', 'ball', 'ball', 'ball', by('out', 'a2'))
  const said = log.plays.slice(2).map(play =>
    sayPlay(sport, play, {
      side: 'Bears',
      player: play.playerId === undefined ? null : 'Ana Reyes',
      rules: log.rules as Record<string, unknown>,
      facts: log.marks(play.seq).facts,
      nameOf: id => (id === 'a1' ? 'Ida Lind' : 'Ana Reyes'),
    }),
  )
  expect(said).toEqual([
    'Ida Lind singles',
    '2-run home run by Ana Reyes',
    ...['Ball', 'Ball', 'Ball'],
    'Ida Lind walks',
    'Ana Reyes is out',
  ])
})

test('what every sport knows adds nothing to the play before it: a note, an undo, a break', () => {
  const log = game(by('strikeout', 'a1'))
  log.add({ kind: 'note', data: { text: 'Rain' } }, { kind: 'status', data: { status: 'suspended' } })
  const seq = log.add('ball')
  log.add({ kind: 'void', voids: seq })
  expect(row(log, 'Batting', 'away', 'a1')).toMatchObject({ AB: 1, SO: 1 })
  expect(team(log, 'Strikeouts')).toEqual([0, 1])
})
