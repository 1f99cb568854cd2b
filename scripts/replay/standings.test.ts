import { describe, expect, it } from 'vitest'
import { SPORTS } from '#domain/sports/index.ts'
import { type StandingsRow, standings, standingsRules } from '#domain/standings.ts'
import { TestLog } from '#domain/test-log.ts'
import { tieBreakerOf } from '#domain/tie-breakers.ts'
import { compareTable, sportOf, standingsOf, type TableRecord, tableOf } from './standings.ts'

/** The table of a record, without a server: each game folded as it would be, and counted as the competition says. */
async function tableFrom(record: TableRecord): Promise<StandingsRow[]> {
  const { competition, games } = tableOf(record)
  const { sport } = (await SPORTS[competition.sport]?.()) ?? {}
  if (!sport) throw new Error(competition.sport)
  const played = games.map(({ game, plays }) => {
    const log = new TestLog(sport)
    log.send(plays)
    const { home, away } = game as { home: { name: string }; away: { name: string } }
    const side = ({ name }: { name: string }) => ({ id: name, name, shortName: name, abbr: name, color: null, kind: 'team' as const })
    return { ...log.game(), home: side(home), away: side(away) }
  })
  const given = competition.standings as { points: object; tieBreakers: string[]; deductions: [] }
  const tieBreakers = given.tieBreakers.flatMap(name => tieBreakerOf(name) ?? [])
  return standings(played, standingsRules(sport, { ...given, tieBreakers } as never), sport)
}

const LEAGUE: TableRecord = {
  id: 'league',
  competition: 'Hollow Lane League',
  rule: { win: 3, draw: 1, loss: 0, tieBreakers: ['points', 'headToHeadPoints', 'headToHeadGoalDifference', 'goalDifference', 'goalsFor'] },
  deductions: { Gulls: 2 },
  results: [
    ['2031-08-05', 'Hawks', 'Bears', 1, 2, [1, 0]],
    ['2031-08-06', 'Gulls', 'Hawks', 0, 4, [0, 0]],
    ['05/09/2031', 'Bears', 'Gulls', 0, 1],
    [null, 'Gulls', 'Bears', 0, 0, [0, 0]],
    ['2031-09-09', 'Hawks', 'Gulls', 0, 0],
    ['2031-09-10', 'Bears', 'Hawks', 0, 1],
  ],
  expectedTable: [
    { pos: 1, team: 'Hawks', p: 4, w: 2, d: 1, l: 1, gf: 6, ga: 2, pts: 7 },
    { pos: 2, team: 'Bears', p: 4, w: 1, d: 1, l: 2, gf: 2, ga: 3, pts: 4 },
    { pos: 3, team: 'Gulls', p: 4, w: 1, d: 2, l: 1, gf: 1, ga: 4, pts: 3, deduction: 2 },
  ],
}
// The same without the deduction: Gulls pass Bears, and with one point taken away the two are level and their own games decide.
const LEVEL: TableRecord = {
  ...LEAGUE,
  deductions: { Gulls: 1 },
  expectedTable: [
    LEAGUE.expectedTable[0] as never,
    {
      pos: 2,
      team: 'Gulls',
      p: 4,
      w: 1,
      d: 2,
      l: 1,
      gf: 1,
      ga: 4,
      pts: 4,
      deduction: 1,
      h2hPublished: { p: 2, w: 1, d: 1, l: 0, gf: 1, ga: 0, pts: 4 },
    },
    { pos: 3, team: 'Bears', p: 4, w: 1, d: 1, l: 2, gf: 2, ga: 3, pts: 4, h2hPublished: { p: 2, w: 0, d: 1, l: 1, gf: 0, ga: 1, pts: 1 } },
  ],
}
const BY_PERCENTAGE: TableRecord = {
  id: 'pct',
  competition: 'Quarry Basketball League',
  rule: { type: 'winPct', note: 'division order as published' },
  results: [
    ['2031-10-16', 'Lions', 'Docks', 105, 87],
    ['2031-10-17', 'Docks', 'Lions', 88, 90],
    ['2031-10-18', 'Mints', 'Docks', 91, 101],
    ['2031-10-19', 'Weirs', 'Mints', 79, 80],
  ],
  expectedTable: [
    { division: 'NORTH', posInDivision: 1, team: 'Lions', w: 2, l: 0 },
    { division: 'NORTH', posInDivision: 2, team: 'Docks', w: 1, l: 2 },
    { division: 'SOUTH', posInDivision: 1, team: 'Mints', w: 1, l: 1 },
    { division: 'SOUTH', posInDivision: 2, team: 'Weirs', w: 0, l: 1 },
  ],
}
const LATE: TableRecord = {
  id: 'late',
  competition: 'Harbour Hockey',
  rule: { win: 2, loss: 0, otLoss: 1 },
  results: [
    ['2031-10-03', 'Floes', 'Bergs', 3, 2, 'OT'],
    ['2031-10-04', 'Bergs', 'Floes', 1, 0, 'SO'],
    ['2031-10-05', 'Floes', 'Bergs', 4, 1],
  ],
  expectedTable: [
    { pos: 1, team: 'Floes', w: 2, l: 0, otl: 1, pts: 5 },
    { pos: 2, team: 'Bergs', w: 1, l: 1, otl: 1, pts: 3 },
  ],
}

describe('a published table', () => {
  it.each([LEAGUE, LEVEL, BY_PERCENTAGE, LATE].map(record => [record.competition, record] as const))(
    '%s comes out as it was published',
    async (_, record) => {
      expect(compareTable(record, await tableFrom(record))).toEqual([])
    },
  )

  it('tells every figure that differs, the order, and a team that is not there', async () => {
    const rows = await tableFrom(LEVEL)
    const [first, second, third] = LEVEL.expectedTable
    const told = (expectedTable: TableRecord['expectedTable']) => compareTable({ ...LEVEL, expectedTable }, rows)
    expect(told([{ ...first, gf: 9 } as never, second as never, third as never])).toEqual(['Hawks, for: recorded 9, read 6'])
    expect(told([first as never, { ...third, pos: 2 } as never, { ...second, pos: 3 } as never])).toEqual([
      'order: recorded ["Hawks","Bears","Gulls"], read ["Hawks","Gulls","Bears"]',
    ])
    expect(told([first as never, second as never, { ...third, h2hPublished: { p: 2, gf: 5 } } as never])).toEqual([
      'Bears, their own games: recorded {"p":2,"gf":5}, read {"p":2,"gf":0}',
    ])
    expect(told([{ ...first, team: 'Foxes' } as never])).toEqual(['Foxes is not in the table'])
    expect(compareTable({ ...LEAGUE, deductions: {} }, await tableFrom({ ...LEAGUE, deductions: {} }))).not.toEqual([])
  })

  it('leaves the order of those open that no rule parts', async () => {
    const rows = await tableFrom({
      ...LATE,
      results: LATE.results.slice(0, 0).concat([
        ['2031-10-03', 'Floes', 'Bergs', 1, 0],
        ['2031-10-04', 'Bergs', 'Floes', 1, 0],
      ]),
    })
    const lines = ['Floes', 'Bergs'].map((team, i) => ({ pos: i + 1, team, w: 1, l: 1, pts: 2 }))
    expect(compareTable({ ...LATE, expectedTable: lines }, rows)).toEqual([])
  })

  it('is of the sport that it names or looks like', () => {
    expect([LEAGUE, BY_PERCENTAGE, LATE].map(sportOf)).toEqual(['soccer', 'basketball', 'ice_hockey'])
    expect(sportOf({ ...BY_PERCENTAGE, competition: 'Quarry League' })).toBe('basketball')
    expect(sportOf({ ...LEAGUE, sport: 'handball' })).toBe('handball')
    expect(sportOf({ ...LEAGUE, sport: 'rugby_union' })).toBe('generic')
  })

  it('of a sport with more to its score counts as points of any game', async () => {
    const record: TableRecord = {
      id: 'diamond',
      competition: 'Quarry Baseball',
      rule: { type: 'winPct' },
      results: [
        ['2031-05-01', 'Larks', 'Wrens', 4, 2],
        ['2031-05-02', 'Wrens', 'Larks', '120' as never, 3],
        ['2031-05-03', 'Larks', 'Wrens', 1, 0],
        ['2031-05-04', 'Larks', 'Wrens', null as never, null as never],
      ],
      expectedTable: [
        { pos: 1, team: 'Larks', w: 2, l: 1, pct: '.667', gd: -114 },
        { pos: 2, team: 'Wrens', w: 1, l: 2, pct: 0.333, gd: 114 },
      ],
    }
    expect(sportOf(record)).toBe('generic')
    const rows = await tableFrom(record)
    expect(compareTable(record, rows)).toEqual([])
    const [first, second] = record.expectedTable
    const wrong = { ...record, expectedTable: [{ ...first, pct: '.671' } as never, { ...second, gd: 115 } as never] }
    expect(compareTable(wrong, rows)).toEqual([
      'Larks, percentage: recorded ".671", read 0.6666666666666666',
      'Wrens, difference: recorded 115, read 114',
    ])
  })

  it.each([
    ['F/OT', 'F/SO'],
    ['2OT', '(so)'],
    ['Overtime', 'Shootout'],
  ])('takes ends beyond the time as sources mark them: %s, %s', async (late, kicks) => {
    const [first, second, third] = LATE.results
    const results = [
      [...(first ?? []).slice(0, 5), late],
      [...(second ?? []).slice(0, 5), kicks],
      third,
    ] as unknown as TableRecord['results']
    expect(compareTable({ ...LATE, results }, await tableFrom({ ...LATE, results }))).toEqual([])
  })

  it('knows rules by their other names, and passes over those that games do not tell of', async () => {
    const rule = {
      ...LEVEL.rule,
      tieBreakers: ['points', 'gamesPlayed', 'head-to-head results', 'GD', 'gf', 'disciplinary points', 'coin toss'],
    }
    expect(standingsOf({ rule })).toMatchObject({ tieBreakers: rule.tieBreakers.filter(name => name !== 'gamesPlayed') })
    expect(compareTable({ ...LEVEL, rule }, await tableFrom({ ...LEVEL, rule }))).toEqual([])
  })

  it('has a place for several sides, or none at all', async () => {
    const results: TableRecord['results'] = [
      ['2031-08-05', 'Wrens', 'Larks', 1, 1],
      ['2031-08-06', 'Larks', 'Wrens', 0, 0],
    ]
    const line = (team: string, pos?: number) => ({ ...(pos ? { pos } : {}), team, p: 2, w: 0, d: 2, l: 0, gf: 1, ga: 1, pts: 2 })
    const shared: TableRecord = { ...LEAGUE, deductions: null, results, expectedTable: [line('Wrens', 1), line('Larks', 1)] }
    expect(compareTable(shared, await tableFrom(shared))).toEqual([])
    const unplaced = { ...LEAGUE, expectedTable: LEAGUE.expectedTable.map(({ pos: _, ...rest }) => rest) }
    expect(compareTable(unplaced, await tableFrom(unplaced))).toEqual([])
    expect(compareTable({ ...unplaced, expectedTable: [...unplaced.expectedTable].reverse() }, await tableFrom(unplaced))).not.toEqual([])
  })

  it('tells every figure that is not the published one', async () => {
    for (const record of [LEAGUE, LEVEL, LATE]) {
      const rows = await tableFrom(record)
      for (const [i, line] of record.expectedTable.entries()) {
        for (const [key, value] of Object.entries(line)) {
          if (typeof value !== 'number' || key === 'pos') continue
          const expectedTable = record.expectedTable.map((other, j) => (i === j ? { ...other, [key]: value + 1 } : other))
          expect(compareTable({ ...record, expectedTable }, rows), `${line.team}, ${key}`).not.toEqual([])
        }
        const without = record.expectedTable.filter((_, j) => i !== j)
        expect(compareTable({ ...record, expectedTable: without }, rows), `without ${line.team}`).not.toEqual([])
      }
    }
  })

  it('becomes a competition of its own, whose name changes with its content', () => {
    expect(tableOf(LEAGUE).competition.name).toBe(tableOf({ ...LEAGUE }).competition.name)
    expect(tableOf(LEAGUE).competition.name).not.toBe(tableOf(LEVEL).competition.name)
    expect(tableOf(LEAGUE).competition.name).not.toBe(tableOf({ ...LEAGUE, id: 'another' }).competition.name)
    expect(standingsOf(LEAGUE)).toMatchObject({ points: { win: 3, draw: 1, loss: 0 }, deductions: [{ team: 'Gulls', points: 2 }] })
    expect(standingsOf(LATE)).toMatchObject({ points: { win: 2, loss: 0, overtimeLoss: 1 }, tieBreakers: ['points'] })
    expect(tableOf({ ...LEAGUE, results: [['2031-08-05', 'Hawks', 'Bears', null as never, null as never]] }).games[0]?.plays).toEqual([])
  })
})
