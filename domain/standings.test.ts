import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Winner } from './game.ts'
import { SPORTS } from './sports/index.ts'
import { outcomesOf, type StandingsRules, standings, standingsRules, type TableGame, type TableSport } from './standings.ts'
import { TIE_BREAKERS, tieBreakerOf } from './tie-breakers.ts'

const sport: TableSport = { labels: { game: 'Game', period: 'Half', periods: 'Halves', unit: 'goal', units: 'goals', byPeriod: 'By half' } }

const side = (name: string) => ({ id: name, name, shortName: name, abbr: name, color: null, kind: 'team' as const })
const game = (home: string, away: string, made: number, conceded: number, more: Partial<TableGame> = {}): TableGame => ({
  home: side(home),
  away: side(away),
  score: { home: made, away: conceded },
  winner: made === conceded ? 'draw' : made > conceded ? 'home' : 'away',
  status: 'final',
  statusReason: 'regulation',
  linescore: { columns: [] },
  detail: {},
  ...more,
})
/** `A 2-1 B` */
const results = (...lines: string[]) =>
  lines.map(line => {
    const [, home = '', made, conceded, away = ''] = /^(\w+) (\d+)-(\d+) (\w+)$/.exec(line) ?? []
    return game(home, away, Number(made), Number(conceded))
  })
const table = (games: readonly TableGame[], given: Partial<StandingsRules> = {}, of = sport) =>
  standings(games, standingsRules(of, given), of)
const order = (rows: ReturnType<typeof table>) => rows.map(row => `${row.team.name} ${row.points} ${row.decidedBy ?? '–'}`)

test('points, then the difference, then the goals; sides without a game stand at the end', () => {
  const games = [...results('A 4-0 D', 'B 2-1 C', 'C 2-1 D', 'D 1-0 B'), game('E', 'A', 0, 0, { status: 'scheduled', winner: null })]
  expect(order(table(games, { tieBreakers: ['difference', 'for'] }))).toEqual([
    'A 3 difference',
    'C 3 for',
    'B 3 difference',
    'D 3 points',
    'E 0 –',
  ])
})

test('a deduction is taken off with its reason and its date, and places the side', () => {
  const deductions = [
    { team: 'A', points: 2, reason: 'Ineligible player', date: '2031-03-01' },
    { team: 'A', points: 1 },
  ]
  const [first, second] = table(results('A 1-0 B', 'A 1-1 B'), { deductions, tieBreakers: ['difference'] })
  expect(first).toMatchObject({ team: { name: 'A' }, points: 1, deduction: 3, deductions, decidedBy: 'difference' })
  expect(second).toMatchObject({ team: { name: 'B' }, points: 1, deduction: 0, headToHead: null })
  expect(second).not.toHaveProperty('deductions')
})

// A, B and C are level on points and on those of their own games, where A has the best difference, and B and C the same; B beat C.
const RING = results('A 3-0 B', 'B 2-0 C', 'C 1-0 A', 'A 1-0 D', 'B 1-0 D', 'C 5-0 D')
const MEETINGS = ['head-to-head-points', 'head-to-head-difference', 'difference'] as const

test('their own games: those who are still level are compared by theirs alone', () => {
  const rows = table(RING, { tieBreakers: MEETINGS })
  expect(order(rows)).toEqual(['A 6 head-to-head-difference', 'B 6 head-to-head-points', 'C 6 points', 'D 0 –'])
  expect(rows[0]?.headToHead).toEqual({ played: 2, won: 1, drawn: 0, lost: 1, for: 3, against: 1, points: 3 })
  expect(rows[2]?.headToHead).toMatchObject({ played: 2, for: 1, against: 2 })
  expect(rows[3]?.headToHead).toBeNull()
})

test('their own games once: those who are still level go on with the next rule', () => {
  const rows = table(RING, { tieBreakers: MEETINGS, headToHead: 'once' })
  expect(order(rows)).toEqual(['A 6 head-to-head-difference', 'C 6 difference', 'B 6 points', 'D 0 –'])
})

test('their own games as one rule: points, difference, then goals, under its own name', () => {
  expect(order(table(RING, { tieBreakers: ['head-to-head'] }))).toEqual(['A 6 head-to-head', 'B 6 head-to-head', 'C 6 points', 'D 0 –'])
  // Level in both: what was scored away, after the difference of all games.
  const twice = [...results('A 1-0 B', 'B 2-1 A'), ...results('C 0-5 A', 'B 5-0 C')]
  const away = table(twice, { tieBreakers: ['head-to-head', 'difference', 'head-to-head-away-for'] })
  expect(order(away)).toEqual(['A 6 head-to-head-away-for', 'B 6 points', 'C 0 –'])
})

test('before any of their own games was played the next rule decides', () => {
  expect(order(table(results('A 1-0 C', 'B 3-0 D'), { tieBreakers: ['head-to-head', 'difference'] }))).toEqual([
    'B 3 difference',
    'A 3 points',
    'C 0 difference',
    'D 0 –',
  ])
})

test('a table of winning percentages alone: how many were played does not matter, and games behind are halves', () => {
  const rows = table(results('A 1-0 B', 'A 1-0 B', 'B 2-0 C', 'A 0-1 C'), {
    points: { win: 1, draw: 0, loss: 0 },
    tieBreakers: ['percentage'],
  })
  expect(rows.map(row => [row.team.name, row.percentage, row.gamesBehind, row.decidedBy])).toEqual([
    ['A', 2 / 3, 0, 'percentage'],
    ['C', 1 / 2, 0.5, 'percentage'],
    ['B', 1 / 3, 1, null],
  ])
})

test('fewer points from more games stand below, unless the percentage says otherwise', () => {
  const games = results('A 1-0 B', 'C 1-0 D', 'C 1-0 D', 'C 0-1 D')
  expect(table(games, { tieBreakers: ['difference'] })[0]?.team.name).toBe('C')
  expect(table(games, { tieBreakers: ['percentage'] })[0]?.team.name).toBe('A')
  expect(table(games, { tieBreakers: ['points', 'percentage'] })[0]?.team.name).toBe('C')
})

test('goal average divides, and nothing conceded is the best there is', () => {
  const rows = table(results('A 6-2 C', 'B 3-0 D', 'E 2-1 F'), { tieBreakers: ['ratio'] })
  expect(rows.slice(0, 3).map(row => row.team.name)).toEqual(['B', 'A', 'E'])
})

test('overtime and shoot-outs: points of their own, else those of what they are a kind of', () => {
  const late = (how: string) => [game('A', 'B', 2, 1, { statusReason: how })]
  const pointsOf = (how: string, points: StandingsRules['points']) => table(late(how), { points }).map(row => row.points)
  expect(pointsOf('overtime', { win: 3, draw: 1, loss: 0, overtimeWin: 2, overtimeLoss: 1 })).toEqual([2, 1])
  expect(pointsOf('shootout', { win: 3, draw: 1, loss: 0, overtimeWin: 2, overtimeLoss: 1 })).toEqual([2, 1])
  expect(pointsOf('golden', { win: 2, draw: 1, loss: 0, overtimeLoss: 1 })).toEqual([2, 1])
  expect(pointsOf('regulation', { win: 2, draw: 1, loss: 0, overtimeLoss: 1 })).toEqual([2, 0])
  const [first, second] = table(late('shootout'), { points: { win: 2, draw: 1, loss: 0, overtimeLoss: 1 } })
  expect([first?.outcomes, second?.outcomes]).toEqual([{ shootoutWin: 1 }, { shootoutLoss: 1 }])
  expect(second).toMatchObject({ lost: 1, won: 0 })
})

test('a forfeit counts, and may be worth less than a loss', () => {
  const lost = [game('A', 'B', 0, 0, { status: 'forfeited', winner: 'home', statusReason: 'walkover' })]
  expect(order(table(lost, { points: { win: 2, draw: 1, loss: 1, forfeitLoss: 0 } }))).toEqual(['A 2 points', 'B 0 –'])
  expect(order(table(lost, { points: { win: 2, draw: 1, loss: 1 } }))).toEqual(['A 2 points', 'B 1 –'])
})

test('no result counts for both where the points name it, and for nobody elsewhere', () => {
  const washedOut = [game('A', 'B', 12, 0, { winner: null, statusReason: 'no-result' })]
  expect(table(washedOut)[0]).toMatchObject({ played: 0, points: 0 })
  const rows = table(washedOut, { points: { win: 2, draw: 1, loss: 0, noResult: 1 } })
  expect(rows.map(row => [row.played, row.points, row.won + row.drawn + row.lost, row.outcomes])).toEqual([
    [1, 1, 0, { noResult: 1 }],
    [1, 1, 0, { noResult: 1 }],
  ])
})

test('a sport may say what a game was and what it brings beside: sets, tries', () => {
  const own: TableSport = {
    ...sport,
    outcome: ({ score, winner }) => {
      const isClose = Math.abs(score.home - score.away) === 1
      const named = (of: 'home' | 'away') => (winner === of ? (isClose ? 'closeWin' : 'win') : isClose ? 'closeLoss' : 'loss')
      return { home: named('home'), away: named('away') }
    },
    bonus: ({ score }) => ({ home: score.home > 2 ? ['many'] : [], away: score.away > 2 ? ['many'] : [] }),
    runRate: ({ score }) => ({ home: { runs: score.home, overs: 2 }, away: { runs: score.away, overs: 1 } }),
  }
  const points = { win: 3, draw: 0, loss: 0, closeWin: 2, closeLoss: 1, many: 1 }
  const rows = table(results('A 3-2 B', 'C 3-0 D', 'D 1-0 B'), { points, tieBreakers: ['net-run-rate'] }, own)
  expect(rows.map(row => [row.team.name, row.points, row.bonus, row.decidedBy])).toEqual([
    ['C', 4, 1, 'points'],
    ['A', 3, 1, 'points'],
    ['B', 2, 0, 'net-run-rate'],
    ['D', 2, 0, null],
  ])
  const byRate = table(results('A 3-2 B', 'C 4-1 D'), { points, tieBreakers: ['net-run-rate'] }, { ...own, outcome: undefined })
  expect(byRate.map(row => `${row.team.name} ${row.decidedBy}`)).toEqual(['C net-run-rate', 'A points', 'B net-run-rate', 'D null'])
})

test('sets and their points: the ratio of the score, then of the columns', () => {
  const sets = (...points: [number, number][]) => ({
    linescore: { columns: points.map(([home, away], i) => ({ label: `${i + 1}`, home, away })) },
  })
  const games = [game('A', 'B', 2, 0, sets([25, 20], [25, 23])), game('C', 'D', 2, 0, sets([25, 10], [25, 23]))]
  const rows = table(games, { tieBreakers: ['ratio', 'column-ratio'] })
  expect(rows.map(row => `${row.team.name} ${row.decidedBy}`)).toEqual(['C column-ratio', 'A points', 'B column-ratio', 'D null'])
})

test('what the league decides beside the games: a play-off, lots, conduct', () => {
  const games = results('A 1-0 B', 'C 1-0 D')
  const decided = table(games, {
    tieBreakers: ['difference', 'for', 'fair-play', 'playoff', 'lots'],
    fairPlay: [
      { team: 'A', points: 4 },
      { team: 'C', points: 3 },
    ],
    decisions: [{ by: 'playoff', teams: ['D', 'B'] }],
  })
  expect(order(decided)).toEqual(['C 3 fair-play', 'A 3 points', 'D 0 playoff', 'B 0 –'])
  const level = table(games, { tieBreakers: ['lots'], decisions: [{ by: 'lots', teams: ['C', 'A'] }] })
  expect(order(level)).toEqual(['C 3 lots', 'A 3 points', 'B 0 name', 'D 0 –'])
})

test('a rule is known by its own name and by those of published tables', () => {
  for (const rule of TIE_BREAKERS) expect(tieBreakerOf(rule)).toBe(rule)
  expect(
    [
      'goalDifference',
      'goalsFor',
      'headToHeadPoints',
      'headToHeadGoalDifference',
      'headToHeadAwayGoals',
      'h2h',
      'winPct',
      'goalAverage',
      'awayGoals',
    ].map(tieBreakerOf),
  ).toEqual([
    'difference',
    'for',
    'head-to-head-points',
    'head-to-head-difference',
    'head-to-head-away-for',
    'head-to-head',
    'percentage',
    'ratio',
    'away-for',
  ])
  expect(['constructor', '__proto__', '', 'luck', 'headToHeadLuck'].map(tieBreakerOf)).toEqual([null, null, null, null, null])
})

test.each(Object.keys(SPORTS))('%s says its usual points and rules in words that a table knows', async id => {
  const { sport } = (await SPORTS[id]?.()) ?? { sport: null }
  for (const name of sport?.labels.tieBreakers ?? []) expect(tieBreakerOf(name), name).not.toBeNull()
  expect(outcomesOf(sport as NonNullable<typeof sport>)).toEqual(expect.arrayContaining(['win', 'draw', 'loss']))
})

test('every table adds up, and one with the games in another order is the same', () => {
  const names = ['A', 'B', 'C', 'D', 'E']
  const goals = fc.integer({ min: 0, max: 3 })
  const made = fc.record({ i: fc.nat(4), k: fc.nat(3), home: goals, away: goals })
  const rules = fc.shuffledSubarray([...TIE_BREAKERS])
  fc.assert(
    fc.property(
      fc.array(made, { maxLength: 30 }),
      rules,
      fc.constantFrom('again' as const, 'once' as const),
      (list, tieBreakers, headToHead) => {
        const games = list.map(({ i, k, home, away }) => game(names[i] ?? '', names[(i + 1 + k) % 5] ?? '', home, away))
        const rows = table(games, { tieBreakers, headToHead })
        expect(rows.length).toBe(new Set(games.flatMap(({ home, away }) => [home.id, away.id])).size)
        expect(rows.reduce((sum, row) => sum + row.for - row.against, 0)).toBe(0)
        expect(rows.reduce((sum, row) => sum + row.played, 0)).toBe(2 * games.length)
        for (const row of rows) expect(row.points).toBe(3 * row.won + row.drawn)
        expect(rows.map(row => row.decidedBy !== null)).toEqual(rows.map((_, i) => i < rows.length - 1))
        expect(table([...games].reverse(), { tieBreakers, headToHead }).map(({ outcomes: _, ...row }) => row)).toEqual(
          rows.map(({ outcomes: _, ...row }) => row),
        )
      },
    ),
  )
})

test('a winner is a side, also of a drawn game that kicks decided', () => {
  const kicks: Winner = 'away'
  const rows = table([game('A', 'B', 1, 1, { winner: kicks, statusReason: 'shootout' })], {
    points: { win: 3, draw: 1, loss: 0, shootoutWin: 2, shootoutLoss: 1 },
  })
  expect(order(rows)).toEqual(['B 2 points', 'A 1 –'])
})
