import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { view } from '../fold.ts'
import type { LoggedPlay, PlayInput, Side } from '../play.ts'
import { replay } from '../replay.ts'
import { checkPlay } from '../schema.ts'
import { sayPlay } from '../words.ts'
import { sport } from './baseball.ts'

type Sent = Partial<PlayInput> & { kind: string; order?: string }
type Values = Record<string, unknown>

const pack = (id: string) => sport.packs.find(one => one.id === id)?.values as Values
const obr = pack('obr')
const mlb = pack('mlb')

function log(sent: readonly Sent[]): LoggedPlay[] {
  return sent.map((play, i) => {
    const input = { id: `play-${String(i).padStart(4, '0')}`, ...play } as PlayInput
    const { order, ...checked } = input as PlayInput & { order?: string }
    const result = checkPlay(sport, checked)
    if (!result.ok) throw new Error(result.error.message)
    return { ...checked, seq: i + 1, order: order ?? String(i).padStart(5, '0'), at: '2024-05-04T12:00:00.000Z' } as LoggedPlay
  })
}
function play(sent: readonly Sent[], values: Values = obr) {
  const { fold, plays } = replay(sport, values, log(sent))
  const game = view(sport, values, fold)
  const detail = game.detail as {
    half: string
    outs: number
    balls: number
    strikes: number
    bases: boolean[] | null
    hits: { home: number; away: number }
    errors: { home: number; away: number }
    batting: Side
    next: { period: number; side: Side }
    between: boolean
  }
  return {
    ...game,
    detail,
    line: game.linescore.columns.map(({ home, away }) => `${away ?? '-'}${home ?? 'x'}`).join(' '),
    marks: plays.map(({ marks }) => marks),
    log: plays,
  }
}

const one = (kind: string, more: Partial<Sent> = {}): Sent => ({ kind, ...more })
const data = (kind: string, values: Record<string, unknown>): Sent => ({ kind, data: values })
const out = one('out')
const homer = one('homeRun')
/** A half in which so many solo home runs are hit and then three batters are out. */
const half = (runs = 0): Sent[] => [...Array.from({ length: runs }, () => homer), out, out, out]
const inning = (away = 0, home = 0): Sent[] => [...half(away), ...half(home)]
const innings = (n: number): Sent[] => Array.from({ length: n }, () => inning()).flat()

describe('how a game ends', () => {
  const cases: [name: string, sent: Sent[], values: Values, line: string, status: string, winner: string | null][] = [
    [
      'OBR 7.01(b)(1): the away side leads after nine',
      [...innings(8), ...inning(1, 0)],
      obr,
      '00 00 00 00 00 00 00 00 10',
      'regulation',
      'away',
    ],
    [
      'OBR 7.01(b)(1): the home side leads after eight and a half and does not bat, x',
      [...inning(0, 2), ...innings(7), ...half(1)],
      obr,
      '02 00 00 00 00 00 00 00 1x',
      'regulation',
      'home',
    ],
    [
      'OBR 7.01(g)(3): a single with a runner on third wins in the ninth',
      [...innings(8), ...half(1), homer, one('triple'), one('single')],
      obr,
      '00 00 00 00 00 00 00 00 12',
      'regulation',
      'home',
    ],
    [
      'OBR 9.06(f): of a double with the bases loaded and the score level one run counts',
      [...innings(8), ...half(), one('walk'), one('walk'), one('walk'), one('double')],
      obr,
      '00 00 00 00 00 00 00 00 01',
      'regulation',
      'home',
    ],
    [
      'OBR 9.06(g): a home run that wins counts in full',
      [...innings(8), ...half(1), one('walk'), one('walk'), one('walk'), homer],
      obr,
      '00 00 00 00 00 00 00 00 14',
      'regulation',
      'home',
    ],
    [
      'OBR 5.08(b): a walk with the bases loaded wins',
      [...innings(8), ...half(), one('walk'), one('walk'), one('walk'), one('walk')],
      obr,
      '00 00 00 00 00 00 00 00 01',
      'regulation',
      'home',
    ],
    [
      'OBR 7.01(g)(3): an error wins',
      [...innings(8), ...half(), one('triple'), one('error')],
      obr,
      '00 00 00 00 00 00 00 00 01',
      'regulation',
      'home',
    ],
    [
      'OBR 7.01(g)(3): a wild pitch wins',
      [...innings(8), ...half(), one('triple'), one('wildPitch')],
      obr,
      '00 00 00 00 00 00 00 00 01',
      'regulation',
      'home',
    ],
    [
      'OBR 7.01(b)(2): level after nine, decided in the tenth',
      [...innings(9), ...half(2), ...half(1)],
      obr,
      '00 00 00 00 00 00 00 00 00 21',
      'overtime',
      'away',
    ],
    [
      'OBR 7.01(b)(2): extra innings end with the home side’s run',
      [...innings(10), ...half(), homer],
      obr,
      '00 00 00 00 00 00 00 00 00 00 01',
      'overtime',
      'home',
    ],
    [
      'seven-inning double-header: over after seven',
      [...innings(6), ...inning(1, 0)],
      pack('mlb-doubleheader'),
      '00 00 00 00 00 00 10',
      'regulation',
      'away',
    ],
    [
      'seven-inning double-header: the eighth is extra, its placed runner scores too',
      [...innings(7), ...half(), homer],
      pack('mlb-doubleheader'),
      '00 00 00 00 00 00 00 02',
      'overtime',
      'home',
    ],
    [
      'run-ahead, 10 after 7: the away side, when the home side has batted',
      [...inning(10, 0), ...innings(6)],
      pack('wbsc'),
      '100 00 00 00 00 00 00',
      'mercy',
      'away',
    ],
    [
      'run-ahead, 10 after 7: the home side after six and a half, x',
      [...inning(0, 10), ...innings(5), ...half()],
      pack('wbsc'),
      '010 00 00 00 00 00 0x',
      'mercy',
      'home',
    ],
    [
      'run-ahead, 10 after 7: the home side while it bats',
      [...inning(0, 9), ...innings(5), ...half(), homer],
      pack('wbsc'),
      '09 00 00 00 00 00 01',
      'mercy',
      'home',
    ],
    ['run-ahead, 15 after 3', [...inning(15, 0), ...innings(2)], pack('softball'), '150 00 00', 'mercy', 'away'],
    ['run-ahead, 10 after 4', [...inning(12, 0), ...innings(3)], pack('softball'), '120 00 00 00', 'mercy', 'away'],
    ['run-ahead, 7 after 5', [...inning(7, 0), ...innings(4)], pack('softball'), '70 00 00 00 00', 'mercy', 'away'],
    ['run-ahead off', [...inning(20, 0), ...innings(7), ...inning()], obr, '200 00 00 00 00 00 00 00 00', 'regulation', 'away'],
    [
      'a draw where the rules allow one',
      [...innings(12)],
      { ...obr, tieAfter: 12 },
      Array.from({ length: 12 }, () => '00').join(' '),
      'overtime',
      'draw',
    ],
    [
      'OBR 7.01(c): called in the sixth',
      [...inning(1, 2), ...innings(4), out, one('gameEnd', { data: { how: 'called' } })],
      obr,
      '12 00 00 00 00 0x',
      'called',
      'home',
    ],
    ['ended by hand without a word, early: called', [...inning(1, 0), one('gameEnd')], obr, '10', 'called', 'away'],
    ['called while level', [...innings(5), one('gameEnd', { data: { how: 'called' } })], obr, '00 00 00 00 00', 'called', 'draw'],
    [
      'home bats first: the away side leads and does not bat again, x',
      [...inning(), ...half(), ...half(1), ...innings(6), ...half()],
      { ...obr, battingFirst: 'home' },
      '00 10 00 00 00 00 00 00 -0',
      'regulation',
      'away',
    ],
    [
      'home bats first: the away side walks off',
      [...innings(8), ...half(1), homer, homer],
      { ...obr, battingFirst: 'home' },
      '00 00 00 00 00 00 00 00 21',
      'regulation',
      'away',
    ],
  ]
  test.each(cases)('%s', (_, sent, values, line, how, winner) => {
    const game = play(sent, values)
    expect(game.line).toBe(line)
    expect([game.status, game.statusReason, game.winner]).toEqual(['final', how, winner])
    expect(game.marks.filter(mark => mark.ignored)).toEqual([])
  })

  test('nothing follows the end but what names an earlier inning', () => {
    const ended = [...innings(8), ...half(), homer]
    const game = play([...ended, homer, one('run', { period: 3, side: 'away', points: 1 })])
    expect(game.marks.at(-2)).toEqual({ ignored: 'The game is over.' })
    expect(game.status).toBe('live')
    expect(game.line).toBe('00 00 10 00 00 00 00 00 01')
  })

  test('a run put right after the walk-off takes the end back, and play goes on where it was', () => {
    const game = play([...innings(8), ...half(), homer, one('run', { period: 2, side: 'away', points: 1 }), homer])
    expect(game.line).toBe('00 10 00 00 00 00 00 00 02')
    expect([game.status, game.winner]).toEqual(['final', 'home'])
  })

  test('runs stated past the winning one are kept and pointed out', () => {
    const game = play([...innings(8), ...half(), one('walk'), one('walk'), one('walk'), data('double', { runs: 2 })])
    expect(game.score).toEqual({ home: 2, away: 0 })
    expect(game.marks.at(-1)).toEqual({ warnings: ['past-winning-run'] })
  })

  test('a forfeit counts nine to nothing (OBR, definition)', () => {
    const game = play([...half(3), one('gameEnd', { data: { how: 'forfeit', winner: 'home' } })])
    expect([game.status, game.score, game.winner]).toEqual(['forfeited', { home: 9, away: 0 }, 'home'])
  })
})

describe('extra innings with a placed runner', () => {
  const level = innings(9)
  test('2020 Operations Manual 5.1.2: second base is occupied from the tenth, in both halves', () => {
    expect(play([...level, one('ball')], mlb).detail.bases).toEqual([false, true, false])
    expect(play([...level, ...half(), one('ball')], mlb).detail.bases).toEqual([false, true, false])
    expect(play([...innings(8), one('ball')], mlb).detail.bases).toEqual([false, false, false])
  })
  test('the placed runner scores on a double', () => expect(play([...level, one('double')], mlb).score.away).toBe(1))
  test('not in play-offs', () => expect(play([...level, one('ball')], pack('mlb-postseason')).detail.bases).toEqual([false, false, false]))
  test('two runners where the rules say so', () =>
    expect(play([...level, one('ball')], pack('wbsc')).detail.bases).toEqual([true, true, false]))
  test('only from a later extra inning', () => {
    const values = { ...mlb, extraFrom: 3 }
    expect(play([...innings(10), one('ball')], values).detail.bases).toEqual([false, false, false])
    expect(play([...innings(11), one('ball')], values).detail.bases).toEqual([false, true, false])
  })
})

describe('the half a play falls in', () => {
  test('three outs close a half; the next play opens the other', () => {
    const between = play(half())
    expect(between.line).toBe('0x')
    expect(between.detail).toMatchObject({ half: 'top', outs: 3, between: true, batting: 'home', next: { period: 1, side: 'home' } })
    expect(play([...half(), one('ball')]).line).toBe('00')
    expect(play(inning()).detail.next).toEqual({ period: 2, side: 'away' })
  })

  const places: [name: string, sent: Sent[], line: string, warnings: string[] | undefined][] = [
    ['the other side bats before three outs', [out, one('single', { side: 'home' })], '00', ['half-short']],
    [
      'the next inning is named before three outs',
      [...half(), out, one('run', { period: 2, side: 'away', points: 2 })],
      '00 2x',
      ['half-short'],
    ],
    ['the next inning is named alone', [...inning(), one('run', { period: 2, points: 1 })], '00 1x', undefined],
    ['a half is passed over', [...half(), one('run', { period: 2, side: 'away', points: 1 })], '00 1x', ['half-short']],
    ['an earlier inning is named', [...inning(), out, one('run', { period: 1, side: 'home', points: 2 })], '02 0x', undefined],
    ['the half that is over is named', [...half(), one('run', { period: 1, side: 'away', points: 1 })], '1x', ['half-over']],
    ['the side that has just batted scores again', [...half(), one('run', { side: 'away', points: 1 })], '1x', ['half-over']],
    ['the top is named in the bottom', [...half(), out, one('run', { period: 1, side: 'away', points: 1 })], '10', undefined],
  ]
  test.each(places)('%s', (_, sent, line, warnings) => {
    const game = play(sent)
    expect(game.line).toBe(line)
    expect(game.marks.at(-1)?.warnings).toEqual(warnings)
  })

  test('a late play adds runs, hits and errors and leaves outs, count and runners', () => {
    const before = [...inning(), one('walk'), out, one('ball')]
    const late = { kind: 'single', period: 1, side: 'home', data: { runs: 1, hit: 1, errors: 1, outs: 2 } } as const
    const game = play([...before, late])
    expect(game.detail).toMatchObject({ outs: 1, balls: 1, bases: [true, false, false], batting: 'away' })
    expect(game.detail).toMatchObject({ hits: { home: 1, away: 0 }, errors: { home: 0, away: 1 } })
    expect(game.line).toBe('01 0x')
  })
  test('a late play has to say its side, and a late pitch says nothing', () => {
    expect(play([...inning(), out, one('run', { period: 1, points: 1 })]).marks.at(-1)?.ignored).toBe('Say which side batted.')
    expect(play([...inning(), one('ball', { period: 1, side: 'home' })]).marks.at(-1)?.ignored).toBe('That half is over.')
  })
  test('an inning further ahead is refused', () => {
    expect(play([out, one('run', { period: 3, side: 'away', points: 1 })]).marks.at(-1)?.ignored).toBe('Period 2 has not begun.')
  })

  test('score-only: sides and inning starts are enough', () => {
    const run = (side: Side, points: number) => one('run', { side, points })
    const start = (period: number) => one('periodStart', { period })
    const game = play([start(1), run('away', 2), run('home', 1), start(2), run('home', 3), start(3), run('away', 1), one('gameEnd')])
    expect(game.line).toBe('21 03 1x')
    expect([game.status, game.winner]).toEqual(['final', 'home'])
  })
  test('score-only: halves ended by hand', () => {
    const end = one('halfEnd')
    const game = play([one('run', { points: 1 }), end, end, end, one('run', { points: 2 }), end])
    expect(game.line).toBe('10 02')
    expect(game.detail.next).toEqual({ period: 3, side: 'away' })
  })
  test('ending a half that three outs have ended changes nothing', () => {
    const ended = play(half())
    for (const again of [one('halfEnd'), one('halfEnd', { side: 'home', period: 1 }), one('halfEnd', { side: 'away', period: 1 })]) {
      const game = play([...half(), again])
      expect(game.detail).toEqual(ended.detail)
      expect(game.marks.at(-1)).toEqual({ warnings: ['half-over'] })
    }
  })
  test('an inning’s end is a break, and its next play resumes', () => {
    expect(play([...inning(), one('periodEnd')])).toMatchObject({ status: 'break', line: '00' })
    expect(play([...inning(), one('periodEnd'), one('single')])).toMatchObject({ status: 'live', line: '00 0x' })
    expect(play([...inning(), one('periodEnd', { period: 2 })]).marks.at(-1)?.ignored).toBe('No such inning is under way.')
  })
})

describe('corrections', () => {
  const at = (period: number, side: Side, plays: readonly Sent[]) => plays.map(sent => ({ ...sent, period, side }))
  const named = [1, 2, 3].flatMap(n => [...at(n, 'away', half(n === 3 ? 2 : 1)), ...at(n, 'home', half(1))])

  test('with an out of the second voided, plays that name their inning and side stay there', () => {
    const seq = named.findIndex(sent => sent.kind === 'out' && sent.period === 2) + 1
    const game = play([...named, { kind: 'void', voids: seq }])
    expect(game.line).toBe('11 11 21')
    expect(game.marks[seq + 2]?.warnings).toEqual(['half-short'])
  })
  test('with an out inserted in the second, the out that became the fourth counts for nothing', () => {
    const i = named.findIndex(sent => sent.kind === 'out' && sent.period === 2)
    const inserted = { ...out, period: 2, side: 'away' as const, order: `${String(i).padStart(5, '0')}a` }
    const game = play([...named, inserted])
    expect(game.line).toBe('11 11 21')
    expect(game.detail).toMatchObject({ half: 'bottom', outs: 3 })
    expect(game.marks.filter(mark => mark.ignored)).toEqual([])
    expect(game.marks.filter(mark => mark.warnings)).toEqual([{ warnings: ['half-over'] }])
  })
  test('without names a voided out moves what follows, as the outs say', () => {
    const bare = named.map(({ period, side, ...sent }) => sent)
    const seq = bare.findIndex(sent => sent.kind === 'out') + 1
    expect(play(bare).line).toBe('11 11 21')
    // Each half now ends one out later: with the first out of what was the next.
    expect(play([...bare, { kind: 'void', voids: seq }]).line).toBe('21 12 10')
  })
  test('a void equals a log without the play', () => {
    const seq = named.findIndex(sent => sent.kind === 'homeRun' && sent.period === 3) + 1
    const without = play(named.filter((_, i) => i !== seq - 1))
    expect(play([...named, { kind: 'void', voids: seq }]).linescore).toEqual(without.linescore)
  })

  test('the board can be set: inning, half, outs, count, runners', () => {
    const set = data('adjust', { inning: 4, half: 'bottom', outs: 2, balls: 3, strikes: 1, bases: '13' })
    const game = play([...half(1), set])
    expect(game).toMatchObject({ line: '10 00 00 00', period: { number: 4, label: 'Bot 4' } })
    expect(game.detail).toMatchObject({ half: 'bottom', outs: 2, balls: 3, strikes: 1, bases: [true, false, true], batting: 'home' })
    expect(play([...half(1), set, one('ball')]).detail).toMatchObject({ outs: 2, bases: [true, true, true] })
  })
  test('a game joined under way has its score, and the columns add up to it', () => {
    const game = play([data('adjust', { inning: 5, half: 'top', outs: 1, score: { home: 3, away: 7 } })])
    expect(game).toMatchObject({ status: 'live', score: { home: 3, away: 7 }, line: '73 00 00 00 0x' })
  })
  test('a score set lower is taken from the last column that has runs', () => {
    expect(play([...inning(3, 2), ...inning(1, 0), data('adjust', { score: { home: 2, away: 2 } })]).line).toBe('22 00')
  })
  test('a half can be opened again, unless runs would be lost', () => {
    expect(play([...inning(1, 1), out, data('adjust', { inning: 1, half: 'bottom', outs: 2 })])).toMatchObject({
      line: '11',
      detail: { half: 'bottom', outs: 2, between: false },
    })
    expect(play([...inning(), homer, data('adjust', { inning: 1 })]).marks.at(-1)?.ignored).toBe('Runs were scored since: void them first.')
    expect(play([...half(), data('adjust', { outs: 2 })]).detail).toMatchObject({ half: 'top', outs: 2, between: false })
  })
})

describe('count, runners, hits and errors', () => {
  test('four balls walk, three strikes are out, a foul is never the third', () => {
    expect(play(Array.from({ length: 4 }, () => one('ball'))).detail).toMatchObject({ balls: 0, bases: [true, false, false], outs: 0 })
    expect(play(Array.from({ length: 3 }, () => one('strike'))).detail).toMatchObject({ strikes: 0, outs: 1 })
    expect(play(Array.from({ length: 5 }, () => one('foul'))).detail).toMatchObject({ strikes: 2, outs: 0 })
    expect(play([one('ball'), one('strike'), one('single')]).detail).toMatchObject({ balls: 0, strikes: 0 })
    expect(play([one('ball'), one('wildPitch')]).detail.balls).toBe(1)
  })
  test('the last strike of a half closes it', () => {
    const strike = one('strike')
    expect(play([out, out, strike, strike, strike, one('ball')])).toMatchObject({ line: '00', detail: { outs: 0, balls: 1 } })
  })

  const on = (text: string): Sent => data('adjust', { bases: text })
  const moves: [from: string, sent: Sent, runs: number, bases: string | null][] = [
    ['none', one('single'), 0, '1'],
    ['13', one('single'), 1, '12'],
    ['12', one('double'), 1, '23'],
    ['123', one('triple'), 3, '3'],
    ['123', homer, 4, 'none'],
    ['2', one('walk'), 0, '12'],
    ['123', one('hitByPitch'), 1, '123'],
    ['3', one('walk'), 0, '13'],
    ['3', one('error'), 1, '1'],
    ['1', one('fieldersChoice'), 0, '1'],
    ['2', one('fieldersChoice'), 0, '1'],
    ['3', one('sacrifice'), 1, 'none'],
    ['1', one('sacrifice'), 0, '2'],
    ['12', one('stolenBase'), 0, '13'],
    ['3', one('stolenBase'), 0, '3'],
    ['1', one('caughtStealing'), 0, 'none'],
    ['12', one('caughtStealing'), 0, null],
    ['13', one('passedBall'), 1, '2'],
    ['3', one('balk'), 1, 'none'],
    ['1', data('out', { outs: 2 }), 0, 'none'],
    ['12', data('out', { outs: 2 }), 0, null],
    ['2', data('single', { runs: 1 }), 1, '1'],
    ['12', data('single', { runs: 1 }), 1, null],
    ['12', data('single', { runs: 1, bases: '13' }), 1, '13'],
    ['1', one('other'), 0, null],
    ['1', data('out', { bases: 'unknown' }), 0, null],
    ['unknown', homer, 1, 'none'],
    ['unknown', one('triple'), 0, '3'],
    ['unknown', one('single'), 0, null],
    ['12', one('run', { points: 1 }), 1, null],
  ]
  test.each(moves)('runners %s, %o: %i in, runners %s', (from, sent, runs, bases) => {
    const game = play([on(from), sent])
    const shown = game.detail.bases && ([1, 2, 3].filter(base => game.detail.bases?.[base - 1]).join('') || 'none')
    expect([game.score.away, shown]).toEqual([runs, bases])
  })

  test('runs stated decide, whatever the runners say', () => {
    expect(play([on('123'), data('homeRun', { runs: 2 })]).score.away).toBe(2)
    expect(play([on('123'), data('single', { runs: 0 })]).score.away).toBe(0)
  })
  test('hits count for who bats, errors against who fields', () => {
    const game = play([one('single'), one('error'), data('double', { errors: 1 }), ...half(), data('single', { hit: 0 }), one('homeRun')])
    expect(game.detail).toMatchObject({ hits: { away: 2, home: 1 }, errors: { home: 2, away: 0 } })
  })
  test('a pitching change changes nothing on the board', () => {
    const change = one('pitchingChange', { side: 'home', data: { text: 'Ines Vale for Jo Marsh' } })
    expect(play([out, change]).detail).toEqual(play([out]).detail)
  })
})

describe('what is shown and said', () => {
  test('a glance', () => {
    const glance = (sent: Sent[]) => sport.glance?.(play(sent))
    expect(glance([...half(), out, one('double')])).toEqual({ middle: 'Bottom 1, 1 out', mark: 'home', bases: [2], count: '0–0' })
    expect(glance(half())).toEqual({ middle: 'Middle of 1', mark: 'home', bases: [] })
    expect(glance(inning())).toEqual({ middle: 'End of 1', mark: 'away', bases: [] })
    expect(glance([one('other')])).toEqual({ middle: 'Top 1, 0 out', mark: 'away', count: '0–0' })
    expect(glance([...innings(8), ...inning(1)])).toEqual({})
    expect(sport.activeSide?.(play(half()).detail)).toBe('home')
  })

  const said: [Sent, string | null, string][] = [
    [one('single'), null, 'Single'],
    [data('single', { runs: 1 }), 'Jo Marsh', 'Jo Marsh singles, a run scores'],
    [data('double', { runs: 2 }), null, 'Double, 2 runs score'],
    [one('homeRun'), null, 'Home run'],
    [data('homeRun', { runs: 1 }), 'Jo Marsh', 'Solo home run by Jo Marsh'],
    [data('homeRun', { runs: 3 }), null, '3-run home run'],
    [data('homeRun', { runs: 4 }), null, 'Grand slam'],
    [data('out', { outs: 2, runs: 1 }), null, 'Double play, a run scores'],
    [data('out', { outs: 3 }), null, 'Triple play'],
    [data('other', { runs: 1 }), null, 'A run scores'],
    [one('run', { points: 2 }), null, '2 runs score'],
    [one('pitchingChange'), 'Ines Vale', 'Ines Vale now pitching'],
    [data('pitchingChange', { text: 'left-hander in' }), null, 'Pitching change: left-hander in'],
    [one('halfEnd'), null, 'Side retired'],
  ]
  test.each(said)('%o', (sent, player, text) => {
    expect(sayPlay(sport, log([sent])[0] as LoggedPlay, { side: 'Herons', player, rules: obr })).toBe(text)
  })
  const comes: [name: string, sent: Sent[], text: string][] = [
    ['a home run with two on', [one('single'), one('walk'), homer], '3-run home run'],
    ['a single with the bases loaded', [one('triple'), one('single')], 'Single, a run scores'],
    ['a run that is said to be none', [one('triple'), data('single', { runs: 0 })], 'Single'],
    ['ball four', [one('ball'), one('ball'), one('ball'), one('ball')], 'Walk'],
    ['ball four with the bases loaded', [one('walk'), one('walk'), one('walk'), ...Array(4).fill(one('ball'))], 'Walk, a run scores'],
    ['strike three', [one('strike'), one('foul'), one('strike')], 'Strikeout'],
    ['strike three, called', [one('strike'), one('strike'), data('strike', { how: 'called' })], 'Strikeout, looking'],
    ['strike three, swung at', [one('strike'), one('strike'), data('strike', { how: 'swinging' })], 'Strikeout, swinging'],
    ['strike two', [one('strike'), data('strike', { how: 'called' })], 'Called strike'],
  ]
  test.each(comes)('%s is told as what it came to', (_, sent, text) => {
    const last = play(sent).log.at(-1)
    expect(sayPlay(sport, last?.play as LoggedPlay, { side: 'Herons', player: null, rules: obr, facts: last?.marks.facts })).toBe(text)
  })
  test('every kind has words of its own, with and without runs', () => {
    for (const kind of Object.keys(sport.kinds)) {
      for (const runs of [undefined, 1, 2, 4]) {
        const bare = { kind, seq: 1, id: 'x', order: 'a', at: '', ...(kind === 'run' ? { points: runs ?? 1 } : {}) }
        const { key } = sport.describe({ ...bare, ...(runs ? { data: { runs } } : {}) }, { side: null, player: null, rules: obr })
        expect(sport.words[key], key).toBeTruthy()
      }
    }
  })
})

test('whatever is sent, columns add up to the score and state stays small and plain', () => {
  const kinds = Object.keys(sport.kinds).filter(kind => sport.kinds[kind]?.side !== 'none')
  const anyPlay = fc.record(
    {
      kind: fc.constantFrom(...kinds),
      side: fc.constantFrom<Side>('home', 'away'),
      period: fc.integer({ min: 1, max: 12 }),
      counts: fc.record(
        { outs: fc.integer({ min: 0, max: 3 }), runs: fc.integer({ min: 0, max: 4 }), errors: fc.integer({ min: 0, max: 2 }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: ['kind'] },
  )
  fc.assert(
    fc.property(fc.array(anyPlay, { maxLength: 150 }), fc.constantFrom(...sport.packs), (sent, { values }) => {
      const plays = sent.map(({ counts, ...one }) => ({
        ...one,
        ...(one.kind === 'run' ? { points: 1 } : {}),
        // Nobody sends a home run without a run.
        ...(counts && sport.kinds[one.kind]?.data?.outs
          ? { data: one.kind === 'homeRun' ? { ...counts, runs: counts.runs || 1 } : counts }
          : {}),
      }))
      const { fold } = replay(sport, values, log(plays))
      const { score, linescore } = view(sport, values, { ...fold, status: 'live' })
      for (const side of ['home', 'away'] as const) {
        const cells = linescore.columns.map(column => column[side])
        expect(cells.reduce<number>((sum, cell) => sum + (cell ?? 0), 0)).toBe(score[side])
        expect(cells.every(cell => cell === null || cell >= 0)).toBe(true)
        // Only the last cell of a side can be missing.
        expect(cells.slice(0, -1)).not.toContain(null)
      }
      expect(JSON.parse(JSON.stringify(fold))).toEqual(fold)
      expect(JSON.stringify(fold).length).toBeLessThan(2000)
    }),
  )
})
