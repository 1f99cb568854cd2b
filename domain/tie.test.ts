import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Column } from './game.ts'
import { sport as soccer } from './sports/soccer.ts'
import { sport as tennis } from './sports/tennis.ts'
import { TestLog } from './test-log.ts'
import { isTie, type PartData, playedAs, TIE_PACK, type TieDetail, type TieRules, writeColumns } from './tie.ts'
import { sayPlay } from './words.ts'

/** A tie, and the news of its matches as the server writes them. */
function begin(rules: Partial<TieRules> = {}, sport = tennis) {
  const log = new TestLog(sport, { ...TIE_PACK.values, ...rules })
  const seqs = new Map<string, number>()
  const news = (part: string, home: number, away: number, status: PartData['status'] = 'final', more: Partial<PartData> = {}) => {
    const seq = (seqs.get(part) ?? 0) + 1
    seqs.set(part, seq)
    const winner = status !== 'final' ? undefined : home === away ? ('draw' as const) : home > away ? ('home' as const) : ('away' as const)
    const data: PartData = { part, number: Number(part), seq, status, score: { home, away }, ...(winner ? { winner } : {}), ...more }
    return log.add({ kind: 'part', data: { ...data } })
  }
  const plan = (...parts: string[]) => parts.map(part => news(part, 0, 0, 'scheduled'))
  return { log, news, plan, detail: () => log.game().detail as unknown as TieDetail }
}

test('a sport under the rules of a tie is its tie, and under any other itself', () => {
  expect(isTie(TIE_PACK.values)).toBe(true)
  expect([isTie({}), isTie(null), isTie(undefined), isTie(tennis.packs[0]?.values)]).toEqual([false, false, false, false])
  const tie = playedAs(tennis, TIE_PACK.values)
  expect(tie).not.toBe(tennis)
  expect(playedAs(tie, TIE_PACK.values)).toBe(tie)
  expect(playedAs(tennis, TIE_PACK.values)).toBe(tie)
  expect(playedAs(tennis, tennis.packs[0]?.values)).toBe(tennis)
})

describe('a tie of five', () => {
  test('is live with its first match, and final when a side cannot be caught', () => {
    const { log, news, plan } = begin({ tieOf: 5 })
    plan('1', '2', '3', '4', '5')
    expect(log.game()).toMatchObject({ status: 'scheduled', score: { home: 0, away: 0 }, period: null, linescore: { columns: [] } })
    news('1', 0, 0, 'live')
    expect(log.game()).toMatchObject({ status: 'live', period: { number: 1, kind: 'match', label: 'Match 1' } })
    news('1', 2, 0)
    news('2', 1, 0, 'live')
    const columns = [
      { label: '1', home: 2, away: 0 },
      { label: '2', home: 1, away: 0 },
    ]
    expect(log.game()).toMatchObject({ status: 'live', score: { home: 1, away: 0 }, linescore: { columns }, winner: null })
    news('2', 2, 1)
    expect(log.game()).toMatchObject({ status: 'live', score: { home: 2, away: 0 } })
    news('3', 2, 0)
    expect(log.game()).toMatchObject({ status: 'final', statusReason: 'regulation', score: { home: 3, away: 0 }, winner: 'home' })
    expect(log.refusal({ kind: 'gameEnd' })).toMatch(/over/)
  })

  test('that is played on goes to its last match, and counts all of them', () => {
    const { log, news } = begin({ tieOf: 5, playOn: true })
    for (const part of ['1', '2', '3', '4']) news(part, 2, 0)
    expect(log.game()).toMatchObject({ status: 'live', score: { home: 4, away: 0 } })
    news('5', 0, 2)
    expect(log.game()).toMatchObject({ status: 'final', score: { home: 4, away: 1 }, winner: 'home' })
  })

  test('goes on when a match that decided it is corrected, without a warning', () => {
    const { log, news } = begin({ tieOf: 3 })
    news('1', 2, 0)
    news('2', 2, 0)
    expect(log.game().status).toBe('final')
    const seq = news('2', 1, 1, 'live')
    expect(log.game()).toMatchObject({ status: 'live', score: { home: 1, away: 0 }, winner: null })
    expect(log.marks(seq)).toEqual({})
  })
})

test('without a number it is as many as it has; a new one opens it again', () => {
  const { log, news, plan } = begin()
  expect(log.game()).toMatchObject({ status: 'scheduled', winner: null })
  news('1', 2, 0)
  expect(log.game()).toMatchObject({ status: 'final', winner: 'home' })
  plan('2')
  expect(log.game()).toMatchObject({ status: 'live', winner: null })
  news('2', 0, 2)
  expect(log.game()).toMatchObject({ status: 'final', score: { home: 1, away: 1 }, winner: 'draw' })
})

test.each<[TieRules['decidedBy'], string]>([
  ['matches', 'draw'],
  ['games', 'away'],
  ['points', 'away'],
])('level in matches, decided by %s: %s', (decidedBy, winner) => {
  const { log, news } = begin({ tieOf: 2, decidedBy })
  news('1', 2, 1)
  news('2', 0, 2)
  expect(log.game()).toMatchObject({ score: { home: 1, away: 1 }, winner })
})

test('level in matches and games, the points of all columns decide', () => {
  const { log, news, detail } = begin({ tieOf: 2, decidedBy: 'points' })
  news('1', 2, 0, 'final', { columns: '11-9 12-10' })
  news('2', 0, 2, 'final', { columns: '2-11 x-11' })
  expect(detail().sums).toEqual({ games: { home: 2, away: 2 }, points: { home: 25, away: 41 } })
  expect(log.game().winner).toBe('away')
})

test('matches without a winner are over too; the others decide', () => {
  const { log, news } = begin({ tieOf: 3 })
  news('1', 1, 0, 'abandoned')
  news('2', 0, 0, 'forfeited', { winner: 'away' })
  expect(log.game()).toMatchObject({ status: 'live', score: { home: 0, away: 1 } })
  news('3', 0, 0, 'cancelled')
  expect(log.game()).toMatchObject({ status: 'final', score: { home: 0, away: 1 }, winner: 'away' })
})

test('a match put off leaves the tie scheduled, one taken out is forgotten', () => {
  const { log, news, detail } = begin({ tieOf: 2 })
  news('1', 0, 0, 'postponed', { how: 'rain' })
  news('2', 0, 0, 'scheduled')
  expect(log.game().status).toBe('scheduled')
  news('2', 1, 0, 'live')
  news('2', 1, 0, 'live', { removed: true })
  expect(log.game()).toMatchObject({ status: 'scheduled', linescore: { columns: [] } })
  expect(detail().parts).toEqual([
    { id: '1', seq: 1, status: 'postponed', statusReason: 'rain', score: { home: 0, away: 0 }, winner: null, columns: [] },
  ])
})

test('older news than it has, plays of the sport and matches it never had are refused', () => {
  const { log, news } = begin()
  const first = { part: 'a', number: 1, seq: 5, status: 'live', score: { home: 1, away: 0 } }
  expect(log.refusal({ kind: 'part', data: first })).toBeNull()
  expect(log.refusal({ kind: 'part', data: { ...first, seq: 4 } })).toMatch(/More is known/)
  expect(log.refusal({ kind: 'part', data: { ...first, part: 'b', removed: true } })).toMatch(/no such match/)
  expect(log.refusal({ kind: 'point', side: 'home' })).toMatch(/in its matches/)
  for (let i = 0; i < 98; i++) news(`p${i}`, 0, 0, 'scheduled')
  expect(log.refusal({ kind: 'part', data: { ...first, part: 'last' } })).toMatch(/too many/)
})

test('a tie of a sport with a clock has none, and may be put off, halted and ended by hand', () => {
  const { log, news } = begin({ tieOf: 2, decidedBy: 'games' }, soccer)
  log.add({ kind: 'status', data: { status: 'suspended', reason: 'Floodlights' } })
  expect(log.game()).toMatchObject({ status: 'suspended', clock: null })
  news('1', 1, 0, 'live')
  expect(log.game()).toMatchObject({ status: 'live', statusReason: null, clock: null })
  news('1', 1, 0)
  log.add({ kind: 'gameEnd', data: { how: 'walkover', winner: 'away' } })
  expect(log.game()).toMatchObject({ status: 'forfeited', score: { home: 0, away: 0 }, winner: 'away' })
  news('2', 0, 3)
  expect(log.game()).toMatchObject({ status: 'forfeited', winner: 'away' })
})

test('each piece of news is a sentence', () => {
  const { log, news } = begin({ tieOf: 5 })
  news('1', 0, 0, 'scheduled')
  news('1', 1, 0, 'live')
  news('1', 2, 0)
  news('2', 1, 1)
  news('3', 0, 0, 'abandoned')
  news('4', 0, 0, 'final', { winner: undefined })
  news('4', 0, 0, 'final', { removed: true })
  const said = log.plays.map(play => sayPlay(tennis, play, { side: 'Hawks', player: null, rules: log.rules as never }))
  expect(said).toEqual([
    'Match 1 is planned',
    'Match 1: 1–0',
    'Match 1 goes to Hawks, 2–0',
    'Match 2 is drawn, 1–1',
    'Match 3 abandoned',
    'Match 4 is over without a winner',
    'Match 4 is taken out of the tie',
  ])
})

test('columns are written short and read back', () => {
  const columns: Column[] = [
    { label: 'S1', home: 11, away: 6 },
    { label: 'S2', home: 9, away: 11 },
    { label: 'S3', home: 7, away: null },
  ]
  expect(writeColumns(columns)).toBe('11-6 9-11 7-x')
  const { news, detail } = begin()
  news('1', 1, 1, 'live', { columns: '11-6 9-11 7-x' })
  expect(detail().parts[0]?.columns.map(({ home, away }) => [home, away])).toEqual([
    [11, 6],
    [9, 11],
    [7, null],
  ])
})

test('whatever order its news comes in, and however often, the newest of each match stands', () => {
  const news = fc.record({
    part: fc.constantFrom('a', 'b', 'c'),
    seq: fc.integer({ min: 0, max: 20 }),
    status: fc.constantFrom('scheduled', 'live', 'final', 'postponed', 'abandoned') as fc.Arbitrary<PartData['status']>,
    score: fc.record({ home: fc.nat(5), away: fc.nat(5) }),
  })
  const fold = (list: readonly Omit<PartData, 'number'>[]) => {
    const log = new TestLog(tennis, { ...TIE_PACK.values, tieOf: 3 })
    for (const data of list) log.try({ kind: 'part', data: { ...data, number: 1 } })
    const { detail, ...game } = log.game()
    const { parts } = detail as unknown as TieDetail
    return { score: game.score, status: game.status, winner: game.winner, parts: [...parts].sort((a, b) => (a.id < b.id ? -1 : 1)) }
  }
  fc.assert(
    fc.property(fc.uniqueArray(news, { selector: ({ part, seq }) => `${part} ${seq}` }), fc.infiniteStream(fc.nat()), (list, dice) => {
      const shuffled = [...list, ...list]
        .map(one => ({ one, at: dice.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one)
      const [once, twice] = [fold(list), fold(shuffled)]
      expect(twice.parts).toEqual(once.parts)
      expect([twice.score, twice.winner, twice.status]).toEqual([once.score, once.winner, once.status])
    }),
  )
})
