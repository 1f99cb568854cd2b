import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { boxScore } from '../box-score.ts'
import { view } from '../fold.ts'
import type { LoggedPlay, Side } from '../play.ts'
import { replay } from '../replay.ts'
import { sayPlay } from '../words.ts'
import { sport } from './tennis.ts'

type Given = Omit<Partial<LoggedPlay>, 'at'> & { kind: string }

const AT = '2026-03-01T12:00:00.000Z'
const pack = (id: string) => sport.packs.find(one => one.id === id)?.values as Record<string, unknown>
const TOUR = pack('tour')

/** Plays in order of arrival; a play may bring its own `order` to stand elsewhere. */
const logOf = (plays: Given[]): LoggedPlay[] =>
  plays.map((play, i) => ({
    seq: i + 1,
    id: `play-${String(i).padStart(4, '0')}`,
    order: String((i + 1) * 10).padStart(6, '0'),
    at: AT,
    ...play,
  }))

function playOut(rules: unknown, ...plays: Given[]) {
  const { fold, plays: folded } = replay(sport, rules, logOf(plays))
  const game = view(sport, rules, fold)
  const detail = game.detail as Record<string, never> & { points: { home: string; away: string } }
  return { game, detail, ignored: folded.flatMap(one => one.marks.ignored ?? []), folded }
}

const sideOf = (letter: string): Side => (letter === 'h' ? 'home' : 'away')
/** `h` and `a` are points, spaces separate games for the eye. */
const points = (text: string): Given[] => [...text.replace(/\s/g, '')].map(letter => ({ kind: 'point', side: sideOf(letter) }))
/** Each letter a whole game of four points. */
const games = (text: string): Given[] => points([...text].map(letter => letter.repeat(4)).join(''))
const won = (text: string): Given[] => [...text].map(letter => ({ kind: 'gameWon', side: sideOf(letter) }))
const set = (home: number, away: number, tiebreak?: number): Given => ({
  kind: 'setScore',
  data: { home, away, ...(tiebreak === undefined ? {} : { tiebreak }) },
})
const serves = (side: Side): Given => ({ kind: 'server', side })
const SIX_ALL = won('hahahahahaha')
const TWELVE_ALL = won('ha'.repeat(12))

const shown = ({ game }: ReturnType<typeof playOut>) =>
  game.linescore.columns
    .map(({ home, away, tiebreak }) => `${home}-${away}${tiebreak ? `(${tiebreak.home}-${tiebreak.away})` : ''}`)
    .join(' ')

describe('a game', () => {
  test.each([
    ['rule 5a: love all', '', '0-0'],
    ['rule 5a: one point', 'h', '15-0'],
    ['rule 5a: forty', 'hhha', '40-15'],
    ['rule 5a: deuce', 'hhhaaa', '40-40'],
    ['rule 5a: advantage', 'hhhaaaa', '40-AD'],
    ['rule 5a: deuce again', 'hhhaaaah', '40-40'],
    ['rule 5a: the other advantage', 'hhhaaaahh', 'AD-40'],
    ['rule 5a: won after the fourth deuce', 'hhhaaa ha ah ha hh', '0-0'],
  ])('%s', (_, text, expected) => {
    const { home, away } = playOut(TOUR, ...points(text)).detail.points
    expect(`${home}-${away}`).toBe(expected)
  })

  it('is decided by one point at 40–40 without advantage (appendix: no-ad)', () => {
    const rules = { ...TOUR, noAd: true }
    const deuce = playOut(rules, serves('home'), ...points('hahaha'))
    expect(deuce.detail).toMatchObject({ points: { home: '40', away: '40' }, breakPoint: 'away' })
    expect(playOut(rules, ...points('hahahaa')).detail).toMatchObject({ points: { home: '0', away: '0' }, games: { home: 0, away: 1 } })
  })

  it('makes a scheduled match live and gives it a first column', () => {
    expect(playOut(TOUR).game).toMatchObject({ status: 'scheduled', period: null, linescore: { columns: [] } })
    const begun = playOut(TOUR, serves('away'))
    expect(begun.game.status).toBe('scheduled')
    expect(begun.detail).toMatchObject({ server: 'away' })
    expect(playOut(TOUR, ...points('h')).game).toMatchObject({
      status: 'live',
      period: { number: 1, kind: 'set', label: 'Set 1' },
      linescore: { columns: [{ label: '1', home: 0, away: 0 }] },
    })
  })
})

describe('a set', () => {
  test.each<[string, Record<string, unknown>, Given[], string, string | null]>([
    ['rule 6b: six by two', TOUR, games('hhhhhaah'), '6-2', 'home'],
    ['rule 6b: 6–5 is not enough', TOUR, games('hahahahahah'), '6-5', null],
    ['rule 6b: 7–5', TOUR, games('hahahahahahh'), '7-5', 'home'],
    ['rule 6b: tie-break at six all', TOUR, [...SIX_ALL, ...points('hahahaha hhh')], '7-6(7-4)', 'home'],
    ['rule 5b: a tie-break goes on until two ahead', TOUR, [...SIX_ALL, ...points('hahahahahaha haaa')], '6-7(7-9)', 'away'],
    ['appendix, FAST4: four games, no margin at 3–3', pack('fast4'), [...won('hahaha'), ...points('aaahhhah h')], '4-3(5-4)', 'home'],
    ['appendix, FAST4: 4–2', pack('fast4'), won('hahahh'), '4-2', 'home'],
    ['pro set: eight by two', pack('pro-set'), won('hahahahahahahahh'), '9-7', 'home'],
    ['pro set: tie-break at eight all', pack('pro-set'), [...won('ha'.repeat(8)), ...points('hhhhhhh')], '9-8(7-0)', 'home'],
  ])('%s', (_, rules, plays, line, winner) => {
    const after = playOut(rules, ...plays)
    expect(after.ignored).toEqual([])
    expect(shown(after)).toBe(line)
    const won = { home: winner === 'home' ? 1 : 0, away: winner === 'away' ? 1 : 0 }
    expect(after.game.score).toEqual(won)
  })
})

describe('the final set', () => {
  const OPEN = [set(6, 3), set(3, 6)]
  test.each<[string, string, Given[], string, Side | null]>([
    ['rule 6a, advantage: no end at 7–6', 'advantage', won('hahahahahahah'), '7-6', null],
    ['rule 6a, advantage: two ahead', 'advantage', won(`${'ha'.repeat(10)}hh`), '12-10', 'home'],
    ['rule 6b, tie-break to 7 at 6–6', 'tb7@6', [...SIX_ALL, ...points('aaaaaaa')], '6-7(0-7)', 'away'],
    ['like the other sets', 'same', [...SIX_ALL, ...points('aaaaaaa')], '6-7(0-7)', 'away'],
    ['Grand Slams from 2022: 7 points are not enough', 'tb10@6', [...SIX_ALL, ...points('hhhhhhh')], '6-6(7-0)', null],
    ['Grand Slams from 2022: to 10 at 6–6', 'tb10@6', [...SIX_ALL, ...points('hhhhhhhhhh')], '7-6(10-0)', 'home'],
    ['Grand Slams from 2022: by two', 'tb10@6', [...SIX_ALL, ...points('ha'.repeat(9)), ...points('haaa')], '6-7(10-12)', 'away'],
    ['Wimbledon 2019–21: no tie-break at 6–6', 'tb7@12', [...SIX_ALL, ...games('ha')], '7-7', null],
    ['Wimbledon 2019–21: two ahead at 13–11', 'tb7@12', won(`${'ha'.repeat(11)}hh`), '13-11', 'home'],
    ['Wimbledon 2019–21: to 7 at 12–12', 'tb7@12', [...TWELVE_ALL, ...points('hhhaaahhhh')], '13-12(7-3)', 'home'],
    ['appendix, match tie-break: under way', 'mtb10', points('hha'), '0-0(2-1)', null],
    ['appendix, match tie-break: one set, 1–0', 'mtb10', points(`${'ha'.repeat(8)}aa`), '0-1(8-10)', 'away'],
    ['appendix, match tie-break: by two', 'mtb10', points(`${'ha'.repeat(9)}h`), '0-0(10-9)', null],
    ['appendix, match tie-break to 7', 'mtb7', points('hhhhhhh'), '1-0(7-0)', 'home'],
  ])('%s', (_, finalSet, plays, last, winner) => {
    const after = playOut({ ...TOUR, finalSet }, ...OPEN, ...plays)
    expect(after.ignored).toEqual([])
    expect(shown(after)).toBe(`6-3 3-6 ${last}`)
    expect(after.game).toMatchObject({ winner, status: winner ? 'final' : 'live', statusReason: winner ? 'regulation' : null })
    expect(after.game.score).toEqual({ home: winner === 'home' ? 2 : 1, away: winner === 'away' ? 2 : 1 })
  })

  it('leaves the sets before it alone', () => {
    const after = playOut({ ...TOUR, finalSet: 'advantage' }, ...SIX_ALL, ...points('hhhhhhh'))
    expect(shown(after)).toBe('7-6(7-0)')
  })

  it('is the fifth in a match of five', () => {
    const rules = pack('slam-men')
    const four = [set(6, 4), set(4, 6), set(6, 4), set(4, 6)]
    expect(playOut(rules, ...four).game).toMatchObject({ winner: null, score: { home: 2, away: 2 } })
    expect(playOut(rules, ...four, set(7, 6, 8)).game).toMatchObject({ winner: 'home', score: { home: 3, away: 2 } })
  })

  it('is named for what it is', () => {
    const after = playOut({ ...TOUR, finalSet: 'mtb10' }, ...OPEN, ...points('h'))
    expect(after.game.period).toEqual({ number: 3, kind: 'match-tiebreak', label: 'Match tie-break' })
  })
})

/** The server before each point, as h and a. */
function servers(rules: unknown, before: Given[], text: string): string {
  const plays = points(text)
  return plays.map((_, i) => (playOut(rules, ...before, ...plays.slice(0, i)).detail.server as unknown as string)[0]).join('')
}

describe('the server', () => {
  it('alternates by games and into the next set (rules 8 and 14)', () => {
    expect(servers(TOUR, [serves('home')], 'hhhh aaaa hhhh')).toBe('hhhhaaaahhhh')
    expect(playOut(TOUR, serves('home'), ...games('hhhhhh'), ...points('h')).detail.server).toBe('home')
    expect(playOut(TOUR, serves('home'), ...games('hahhhhh'), ...points('h')).detail.server).toBe('away')
  })

  it('serves one point, then two each in a tie-break, and receives first in the next set (rule 5b)', () => {
    const before = [serves('home'), ...SIX_ALL]
    expect(servers(TOUR, before, 'hahahahahahh')).toBe('haahhaahhaah')
    expect(playOut(TOUR, ...before, ...points('hhhhhhh')).detail.server).toBe('away')
    expect(playOut(TOUR, ...before, ...points('hhhhhhha')).detail.server).toBe('away')
  })

  it('keeps the order of service in a match tie-break (appendix)', () => {
    const before = [serves('home'), set(6, 3), set(3, 6)]
    expect(servers({ ...TOUR, finalSet: 'mtb10' }, before, 'hhhhhhhhh')).toBe('haahhaahh')
  })

  it('serves two each in FAST4, the last of them the decider too', () => {
    expect(servers(pack('fast4'), [serves('home'), ...won('hahaha')], 'hhhhaaaah')).toBe('hhaahhaaa')
  })

  it('can be fixed in the middle of a game and of a tie-break', () => {
    expect(playOut(TOUR, serves('home'), ...points('hh'), serves('away')).detail.server).toBe('away')
    const fixed = [serves('home'), ...SIX_ALL, ...points('hha'), serves('away')]
    expect(playOut(TOUR, ...fixed).detail.server).toBe('away')
    expect(servers(TOUR, fixed, 'hhhh')).toBe('aahh')
  })

  it('is unknown until somebody says', () => {
    expect(playOut(TOUR, ...points('hhhh')).detail).toMatchObject({ server: null, breakPoint: null })
  })

  it('is found again by a correction across game, set and tie-break', () => {
    const plays = [serves('home'), ...SIX_ALL, ...points('hhhhhh'), ...points('h'), ...points('hh')]
    const voided = replay(sport, TOUR, logOf([...plays, { kind: 'void', voids: 20 }]))
    const detail = view(sport, TOUR, voided.fold).detail
    expect(playOut(TOUR, ...plays).detail).toMatchObject({ setNumber: 2, server: 'away', points: { home: '30', away: '0' } })
    expect(detail).toMatchObject({ setNumber: 2, server: 'away', points: { home: '15', away: '0' } })
    const twice = replay(sport, TOUR, logOf([...plays.slice(0, -2), { kind: 'void', voids: 20 }]))
    expect(view(sport, TOUR, twice.fold).detail).toMatchObject({
      setNumber: 1,
      tiebreak: true,
      points: { home: '6', away: '0' },
      server: 'away',
    })
  })
})

describe('what stands at the next point', () => {
  test.each<[string, Record<string, unknown>, Given[], object]>([
    ['break point', TOUR, [serves('away'), ...points('hhh')], { breakPoint: 'home', setPoint: null, matchPoint: null }],
    ['game point is none', TOUR, [serves('home'), ...points('hhh')], { breakPoint: null, setPoint: null }],
    [
      'set point on serve',
      TOUR,
      [serves('away'), ...won('hhhhha'), serves('home'), ...points('hhh')],
      { breakPoint: null, setPoint: 'home', matchPoint: null },
    ],
    ['match point', TOUR, [set(6, 0), ...won('hhhhh'), ...points('hhh')], { setPoint: 'home', matchPoint: 'home' }],
    [
      'set point in a tie-break',
      TOUR,
      [...SIX_ALL, ...points('aaaaaa')],
      { setPoint: 'away', matchPoint: null, breakPoint: null, tiebreak: true },
    ],
    [
      'a deciding point may be both',
      pack('fast4'),
      [set(4, 0), set(0, 4), ...won('hahaha'), ...points('hahahaha')],
      { setPoint: 'both', matchPoint: 'both' },
    ],
  ])('%s', (_, rules, plays, expected) => {
    expect(playOut(rules, ...plays).detail).toMatchObject(expected)
  })

  test.each<[string, Record<string, unknown>, Given[], boolean]>([
    ['rule 10: before the first game', TOUR, [], false],
    ['rule 10: after the first game', TOUR, games('h'), true],
    ['rule 10: not during a game', TOUR, [...games('h'), ...points('a')], false],
    ['rule 10: after the second game', TOUR, games('ha'), false],
    ['rule 10: after a set of even games', TOUR, games('hhhhhh'), false],
    ['rule 10: after a set of odd games', TOUR, games('hhhhhah'), true],
    ['rule 10: after six points of a tie-break', TOUR, [...SIX_ALL, ...points('hahaha')], true],
    ['rule 10: after a tie-break', TOUR, [...SIX_ALL, ...points('hhhhhhh')], true],
    ['FAST4: after four points', pack('fast4'), [...won('hahaha'), ...points('haha')], true],
    ['FAST4: and not again', pack('fast4'), [...won('hahaha'), ...points('hahaha')], false],
    ['not after the match', TOUR, [set(6, 0), ...games('hhhhhah')], false],
  ])('ends: %s', (_, rules, plays, expected) => {
    expect(playOut(rules, ...plays).detail.changeEnds).toBe(expected)
  })

  it('is said in a few words', () => {
    const { game } = playOut(TOUR, serves('home'), ...points('hhaaa'))
    expect(sport.glance?.(game)).toEqual({ middle: '30–40, break point', mark: 'home' })
    expect(sport.glance?.({ ...game, displayOrder: 'away-first' }).middle).toBe('40–30, break point')
    const asks = (how: string, side: Side) => sport.isAsked?.(how, { kind: 'point', side }, game.detail, game.detail)
    expect([asks('how.ace', 'home'), asks('how.ace', 'away'), asks('how.doubleFault', 'home')]).toEqual([true, false, false])
    expect(sport.glance?.(playOut(TOUR, ...SIX_ALL, ...points('hhhhhh')).game).middle).toBe('Tie-break 6–0, set point')
  })
})

describe('corrections', () => {
  it('derive everything again from an early point', () => {
    const plays = [serves('home'), ...points('hhhaaa hh'), ...games('hhhhh')]
    expect(shown(playOut(TOUR, ...plays))).toBe('6-0')
    const toTheOther = replay(sport, TOUR, logOf([...plays, { kind: 'point', side: 'away', replaces: 8, order: '000081' }]))
    const game = view(sport, TOUR, toTheOther.fold)
    // 40–AD in the first game instead of AD–40: the next point is deuce again and all games move by two points.
    expect(game.linescore.columns).toEqual([{ label: '1', home: 5, away: 0 }])
    expect(game.detail).toMatchObject({ points: { home: '30', away: '0' }, server: 'away' })
  })

  it('count a late point as a point, and as more only in a place', () => {
    const late = playOut(TOUR, ...games('hhhhhhh'), { kind: 'point', side: 'away', period: 1, data: { how: 'ace' } })
    expect(late.ignored).toEqual([])
    expect(late.folded.at(-1)?.marks.warnings).toEqual(['set-over'])
    expect(shown(late)).toBe('6-0 1-0')
    expect(late.detail).toMatchObject({ stats: { away: { aces: 1 } }, points: { away: '0' } })
    const placed = playOut(TOUR, ...games('hhhhhh'), { kind: 'point', side: 'away', period: 1, order: '000005' })
    expect(placed.ignored).toEqual([])
    expect(shown(placed)).toBe('6-0')
    expect(playOut(TOUR, ...games('hhhhh'), { kind: 'point', side: 'home', period: 2 }).ignored).toEqual(['Set 1 is not over.'])
  })

  it('put a late game in its column where the set can have ended so', () => {
    const late = playOut(TOUR, ...games('hhhahhhh'), { kind: 'gameWon', side: 'away', period: 1 })
    expect(shown(late)).toBe('6-2 1-0')
    expect(late.folded.at(-1)?.marks.warnings).toEqual(['set-over'])
    const tooMany = playOut(TOUR, ...games('hhhahhhh'), { kind: 'gameWon', side: 'home', period: 1 })
    expect(tooMany.ignored).toEqual(['7–1 is not the score of a set under these rules.'])
    expect(shown(tooMany)).toBe('6-1 1-0')
  })

  it('take a late point after the end', () => {
    const over = playOut(
      TOUR,
      ...games('hhhhhhhhhhhh'),
      { kind: 'point', side: 'away', period: 1 },
      { kind: 'point', side: 'away', period: 2 },
    )
    expect(over.ignored).toEqual(['The game is over.'])
    expect(shown(over)).toBe('6-0 6-0')
  })

  it('open the next set where it is named', () => {
    expect(shown(playOut(TOUR, ...games('hhhhhh'), { kind: 'point', side: 'home', period: 2 }))).toBe('6-0 0-0')
    // Between sets the one just over is still the current one, and naming the current one is naming none.
    expect(shown(playOut(TOUR, ...games('hhhhhh'), { kind: 'point', side: 'home', period: 1 }))).toBe('6-0 0-0')
  })

  it('may change the score of a set that is over', () => {
    const plays = [set(6, 4), set(4, 6), set(2, 1)]
    expect(shown(playOut(TOUR, ...plays, { ...set(7, 5), period: 1 }))).toBe('7-5 4-6 2-1')
    const early = playOut(TOUR, ...plays, { ...set(4, 6), period: 1 })
    expect(early.ignored).toEqual(['With that score the match would have ended before set 3.'])
    const partial = playOut(TOUR, ...plays, { ...set(4, 5), period: 1 })
    expect(partial.ignored).toEqual(['Set 1 is over: give its whole score.'])
  })

  it('open a match again that ended by a wrong set', () => {
    const wrong = [set(6, 4), set(6, 2)]
    expect(playOut(TOUR, ...wrong).game.status).toBe('final')
    const right = playOut(TOUR, ...wrong, { ...set(4, 6), period: 1 })
    expect(right.game).toMatchObject({ winner: null, score: { home: 1, away: 1 } })
  })
})

describe('scoring without points', () => {
  it('goes by games', () => {
    const after = playOut(TOUR, serves('home'), ...won('hahahahahaha'), { kind: 'gameWon', side: 'away', data: { tiebreak: 8 } })
    expect(shown(after)).toBe('6-7(8-10)')
    expect(after.detail.server).toBe('away')
  })

  it('goes by sets', () => {
    const after = playOut(TOUR, set(6, 7, 4), set(6, 3), set(7, 5))
    expect(shown(after)).toBe('6-7(4-7) 6-3 7-5')
    expect(after.game).toMatchObject({ status: 'final', winner: 'home', score: { home: 2, away: 1 } })
  })

  it('takes a match tie-break by its points, or as 1–0', () => {
    const rules = pack('club')
    expect(shown(playOut(rules, set(6, 3), set(3, 6), set(10, 8)))).toBe('6-3 3-6 1-0(10-8)')
    expect(shown(playOut(rules, set(6, 3), set(3, 6), set(0, 1, 11)))).toBe('6-3 3-6 0-1(11-13)')
  })

  it('changes its depth during a match', () => {
    const after = playOut(TOUR, set(3, 2), ...points('hhhh'), ...won('hh'), ...points('aaaa'), set(4, 6), ...games('hhhhhh'))
    expect(shown(after)).toBe('6-2 4-6 6-0')
  })

  it('gives a set as it stands when time cuts it off, and as 1–0 when nothing of it is known', () => {
    expect(shown(playOut(TOUR, ...won('hahah'), { kind: 'setWon', side: 'home' }))).toBe('3-2')
    expect(playOut(TOUR, { kind: 'setWon', side: 'home' }, { kind: 'setWon', side: 'home' }).game).toMatchObject({
      score: { home: 2, away: 0 },
      winner: 'home',
    })
    expect(playOut(TOUR, ...won('ha'), { kind: 'setWon', side: 'home' }).ignored).toHaveLength(1)
    expect(shown(playOut(TOUR, { kind: 'setWon', side: 'away', data: { home: 3, away: 4 } }))).toBe('3-4')
  })

  test.each([
    [set(6, 5, 3), 'The tie-break is over only with the set.'],
    [set(8, 6), '8–6 is not the score of a set under these rules.'],
    [set(6, 6), null],
    [set(7, 4), '7–4 is not the score of a set under these rules.'],
    [set(6, 4, 3), 'There was no tie-break in this set.'],
    [{ kind: 'setScore', data: { home: 6 } }, 'Give both sides, or neither.'],
    [{ kind: 'setScore' }, 'Give the score.'],
    [{ ...set(6, 0), period: 2 }, 'Set 1 is not over.'],
  ] as [Given, string | null][])('refuses a score that cannot be: %j', (play, reason) => {
    expect(playOut(TOUR, play).ignored).toEqual(reason ? [reason] : [])
  })
})

describe('around the points', () => {
  it('counts a double fault for the other side', () => {
    const after = playOut(
      TOUR,
      { kind: 'point', side: 'away', data: { how: 'doubleFault' } },
      { kind: 'point', side: 'home', data: { how: 'ace' } },
    )
    expect(after.detail.stats).toEqual({
      home: { points: 1, aces: 1, doubleFaults: 1 },
      away: { points: 1, aces: 0, doubleFaults: 0 },
    })
  })

  it('turns code violations into points and games', () => {
    const violation = (penalty?: string): Given => ({ kind: 'violation', side: 'home', ...(penalty ? { data: { penalty } } : {}) })
    expect(playOut(TOUR, violation()).detail).toMatchObject({ points: { home: '0', away: '0' } })
    expect(playOut(TOUR, violation('point')).detail).toMatchObject({ points: { home: '0', away: '15' } })
    expect(playOut(TOUR, ...points('hh'), violation('game')).detail).toMatchObject({ games: { home: 0, away: 1 }, points: { home: '0' } })
  })

  it('takes a time-out without touching the score', () => {
    const after = playOut(TOUR, ...points('h'), { kind: 'timeout', side: 'away' })
    expect(after.detail.points).toEqual({ home: '15', away: '0' })
  })

  it('takes a break between sets', () => {
    const rest = playOut(TOUR, ...games('hhhhhh'), { kind: 'periodEnd' })
    expect(rest.game).toMatchObject({ status: 'break', period: { number: 1 } })
    expect(shown(rest)).toBe('6-0')
    const on = playOut(TOUR, ...games('hhhhhh'), { kind: 'periodEnd', period: 1 }, { kind: 'periodStart', period: 2 })
    expect(on.game).toMatchObject({ status: 'live', period: { number: 2 } })
    expect(shown(on)).toBe('6-0 0-0')
    expect(playOut(TOUR, ...games('hh'), { kind: 'periodEnd' }).ignored).toEqual(['Set 1 is not over.'])
    expect(playOut(TOUR, ...games('hhhhhh'), { kind: 'periodStart', period: 1 }).ignored).toEqual(['Set 1 is over.'])
  })

  it('ends by retirement with the sets as they stood', () => {
    const end: Given = { kind: 'gameEnd', data: { how: 'retired', winner: 'away' } }
    const after = playOut(TOUR, set(6, 4), ...won('haa'), ...points('hh'), end)
    expect(after.game).toMatchObject({ status: 'final', statusReason: 'retired', winner: 'away', score: { home: 1, away: 0 } })
    expect(shown(after)).toBe('6-4 1-2')
    const between = playOut(TOUR, set(6, 4), end)
    expect(shown(between)).toBe('6-4')
  })

  it('is forfeited by a walkover and a disqualification', () => {
    for (const how of ['walkover', 'disqualified']) {
      const after = playOut(TOUR, { kind: 'gameEnd', data: { how, winner: 'home' } })
      expect(after.game).toMatchObject({ status: 'forfeited', statusReason: how, winner: 'home', score: { home: 0, away: 0 } })
      expect(after.game.linescore.columns).toEqual([])
    }
  })

  it('takes nothing more once it is over', () => {
    const over = [set(6, 0), set(6, 0)]
    expect(playOut(TOUR, ...over, ...points('h')).ignored).toEqual(['The game is over.'])
    expect(playOut(TOUR, ...over).detail).toMatchObject({ server: null, matchPoint: null, changeEnds: false })
  })

  it('has a sentence for every play', () => {
    const say = (play: Given, player: string | null = null) =>
      sayPlay(sport, logOf([play])[0] as LoggedPlay, { side: 'Aydin', player, rules: TOUR })
    expect(say({ kind: 'point', side: 'home' })).toBe('Point Aydin')
    expect(say({ kind: 'point', side: 'home', data: { how: 'ace' } }, 'M. Aydin')).toBe('Ace by M. Aydin')
    expect(say({ kind: 'point', side: 'home', data: { how: 'doubleFault' } })).toBe('Double fault, point Aydin')
    expect(say({ ...set(6, 4) })).toBe('Set score 6–4')
    expect(say({ kind: 'setWon', side: 'home', data: { home: 6, away: 4 } })).toBe('Set Aydin, 6–4')
    expect(say({ kind: 'violation', side: 'home' })).toBe('Code violation, warning Aydin')
    expect(say({ kind: 'timeout', side: 'home', data: { why: 'toilet' } })).toBe('Toilet break, Aydin')
  })
})

/** Points until the match is over, whoever wins them. */
const anyMatch = fc.infiniteStream(fc.constantFrom<Side>('home', 'away'))
const anyRules = fc.constantFrom(...sport.packs.map(one => one.values))

describe('any match', () => {
  it('reads the same scored by points and by sets', () => {
    fc.assert(
      fc.property(anyRules, anyMatch, fc.constantFrom<Side>('home', 'away'), (rules, stream, first) => {
        const plays: Given[] = [serves(first)]
        for (let i = 0; i < 400; i++) plays.push({ kind: 'point', side: stream.next().value as Side })
        const byPoints = playOut(rules, ...plays)
        const over = byPoints.folded.findIndex(one => one.marks.ignored !== undefined)
        const bySets = playOut(
          rules,
          serves(first),
          ...byPoints.game.linescore.columns.map(({ home, away, tiebreak }) =>
            set(home as number, away as number, tiebreak && home !== away ? Math.min(tiebreak.home, tiebreak.away) : undefined),
          ),
        )
        expect(bySets.ignored).toEqual([])
        expect(bySets.game.score).toEqual(byPoints.game.score)
        expect(bySets.game.winner).toEqual(byPoints.game.winner)
        if (over >= 0) expect(bySets.game.linescore).toEqual(byPoints.game.linescore)
      }),
      { numRuns: 60 },
    )
  })

  it('keeps a small state', () => {
    fc.assert(
      fc.property(anyMatch, stream => {
        const plays: Given[] = Array.from({ length: 600 }, () => ({ kind: 'point', side: stream.next().value as Side }))
        const { fold } = replay(sport, { ...TOUR, bestOf: 5 }, logOf(plays))
        expect(JSON.stringify(fold).length).toBeLessThan(1000)
      }),
      { numRuns: 20 },
    )
  })
})

describe('serves', () => {
  const fault: Given = { kind: 'fault' }

  it('rules 18 and 19: the second fault in a row is a double fault, a point to the other side', () => {
    const first = playOut(TOUR, serves('home'), fault)
    expect([first.detail.fault, first.detail.points, sport.glance?.(first.game)?.middle]).toEqual([
      true,
      { home: '0', away: '0' },
      '0–0, second serve',
    ])
    const { detail } = playOut(TOUR, serves('home'), fault, fault)
    expect(detail).toMatchObject({ fault: false, points: { home: '0', away: '15' }, stats: { home: { doubleFaults: 1 } } })
  })

  it('a point or a game in between makes the next serve a first one', () => {
    expect(playOut(TOUR, serves('home'), fault, ...points('h'), fault).detail).toMatchObject({ fault: true, points: { home: '15' } })
    expect(playOut(TOUR, serves('home'), fault, ...won('h')).detail.fault).toBe(false)
  })

  it('a let counts for nothing; who does not serve can make no fault', () => {
    expect(playOut(TOUR, serves('home'), fault, { kind: 'let' }).detail.fault).toBe(true)
    expect(playOut(TOUR, serves('home'), { kind: 'fault', side: 'away' }).ignored).toEqual(['The other side serves.'])
    expect(playOut(TOUR, fault).ignored).toEqual(['Say who serves first.'])
    expect(playOut(TOUR, { kind: 'fault', side: 'away' }).detail.server).toBe('away')
  })

  it('a double fault voided gives the point back and leaves the first fault', () => {
    const { detail } = playOut(TOUR, serves('home'), fault, fault, { kind: 'void', voids: 3 })
    expect(detail).toMatchObject({ fault: true, points: { home: '0', away: '0' }, stats: { home: { doubleFaults: 0 } } })
  })
})

describe('code violations', () => {
  const violation = (penalty: string, more = {}): Given => ({ kind: 'violation', side: 'home', data: { penalty, ...more } })

  it.each([
    ['warning', '0-0', '0-0'],
    ['point', '0-15', '0-0'],
    ['game', '0-0', '0-1'],
  ])('%s: points %s, games %s', (penalty, score, line) => {
    const { detail, game } = playOut(TOUR, serves('home'), violation(penalty))
    const [column] = game.linescore.columns
    expect([`${detail.points.home}-${detail.points.away}`, `${column?.home}-${column?.away}`]).toEqual([score, line])
    expect(detail.violations).toEqual({ home: 1, away: 0 })
  })

  it('a default ends the match for the other side, and a void goes on with it', () => {
    const over = playOut(TOUR, ...games('hhhh'), violation('default'))
    expect(over.game).toMatchObject({ status: 'forfeited', statusReason: 'disqualified', winner: 'away' })
    const back = playOut(TOUR, ...games('hhhh'), violation('default'), { kind: 'void', voids: 17 })
    expect(back.game).toMatchObject({ status: 'live', winner: null })
  })

  it('a time violation of the server costs a serve and is no code violation', () => {
    const { detail } = playOut(TOUR, serves('home'), violation('fault', { code: 'time' }))
    expect(detail).toMatchObject({ fault: true, violations: { home: 0, away: 0 } })
  })
})

describe('the match in figures', () => {
  const rowsOf = (...plays: Given[]) => {
    const table = boxScore(sport, TOUR, logOf(plays)).find(({ id }) => id === 'team')
    return Object.fromEntries((table?.rows ?? []).map(({ label, cells }) => [label, [cells.home, cells.away]]))
  }
  const point = (side: Side, data = {}): Given => ({ kind: 'point', side, data })

  it('counts serves from the faults written down, and points won on each', () => {
    const rows = rowsOf(
      serves('home'),
      point('home', { how: 'ace' }),
      { kind: 'fault' },
      point('away', { how: 'winner' }),
      { kind: 'fault' },
      { kind: 'fault' },
      point('home'),
    )
    expect(rows).toMatchObject({
      Aces: [1, 0],
      'Double faults': [1, 0],
      'First serves in': ['2/4 (50%)', null],
      'Won on first serve': ['2/2 (100%)', null],
      'Won on second serve': ['0/2 (0%)', null],
      'Points won on return': [null, '2/4 (50%)'],
      Winners: [0, 1],
    })
  })

  it('counts break points by point, and service games held', () => {
    const rows = rowsOf(serves('home'), ...points('aaah'), ...points('a'), ...games('a'))
    expect(rows).toMatchObject({ 'Break points won': [null, '1/2'], 'Service games held': ['0/1', '1/1'], 'Games won': [0, 2] })
  })

  it('knows of no serves in a tie-break game won, nor where nobody said who serves', () => {
    expect(rowsOf(...games('ha'))).toEqual({ 'Points won': [4, 4], 'Games won': [1, 1] })
    const rows = rowsOf(serves('home'), ...SIX_ALL, ...points('hhhhhhh'))
    expect(rows['Service games held']).toEqual(['6/6', '6/6'])
  })

  it('takes what each point says of its serve', () => {
    const rows = rowsOf(serves('home'), point('home', { serve: 1 }), point('home', { serve: 2 }), point('away', { serve: 1 }))
    expect(rows).toMatchObject({ 'First serves in': ['2/3 (67%)', null], 'Won on second serve': ['1/1 (100%)', null] })
  })
})
