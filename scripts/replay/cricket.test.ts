import { describe, expect, test } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'
import { sport } from '#domain/sports/cricket.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter } from './cricket.ts'

type Recorded = Parameters<typeof adapter.plays>[0]
type Delivery = Recorded['events'][number]

/** Players 0 to 10 are Herons, 11 to 21 Otters. */
const players = Array.from({ length: 22 }, (_, i) => `${i < 11 ? 'Heron' : 'Otter'} ${i % 11}`)
const sides = { date: '2021-05-04', home: 'Herons', away: 'Otters', players, toss: { winner: 'Herons', decision: 'bat' } }
const format = { type: 'T20', overs: 2, ballsPerOver: 6 }

const HERONS = 0
const OTTERS = 11
/** An innings by the runs of its balls; `W` is a wicket, an object an odd ball; a text an over. */
function innings(i: number, team: number, overs: readonly string[], odd: Readonly<Record<string, Partial<Delivery>>> = {}): Delivery[] {
  const other = team === HERONS ? OTTERS : HERONS
  let out = 0
  return overs.flatMap((over, o) =>
    Array.from(over, (mark): Delivery => {
      const [bat, ns] = [team + (out % 10), team + 10]
      const own = odd[mark] ?? {}
      if (mark === 'W') out += 1
      const w = mark === 'W' ? { w: [{ kind: 'bowled', out: bat }] } : {}
      return { i, o, bat, ns, bowl: other + (o % 2), r: Number(mark) || 0, ...w, ...own }
    }),
  )
}
const row = (team: string, total: number, wickets: number, legalBalls: number, more: object = {}) => ({
  team,
  total,
  wickets,
  legalBalls,
  ...more,
})

const plain: Recorded = {
  ...sides,
  id: 'plain',
  format,
  events: [...innings(1, HERONS, ['411111', '600000']), ...innings(2, OTTERS, ['000000', '0000W6'])],
  expected: {
    outcome: { winner: 'Herons', by: { runs: 9 } },
    innings: [row('Herons', 15, 0, 12), row('Otters', 6, 1, 12, { target: { runs: 16, overs: 2 } })],
  },
}
const extras: Recorded = {
  ...sides,
  id: 'extras',
  toss: { winner: 'Herons', decision: 'field' },
  format,
  events: [
    ...innings(1, OTTERS, ['0000w00', '00000n0'], { w: { x: { wides: 2, penalty: 5 } }, n: { r: 1, x: { noballs: 1, legbyes: 0 } } }),
    ...innings(2, HERONS, ['b46'], { b: { x: { byes: 1 } } }),
  ],
  expected: {
    outcome: { winner: 'Herons', by: { wickets: 10 } },
    innings: [
      row('Otters', 9, 0, 12, { extras: { wides: 2, penalty: 5, noballs: 1 } }),
      row('Herons', 11, 0, 3, { extras: { byes: 1 }, target: { runs: 10, overs: 2 } }),
    ],
  },
}
const miscounted: Recorded = {
  ...sides,
  id: 'miscounted',
  format: { ...format, overs: 3 },
  events: [...innings(1, HERONS, ['00000', '0000004', '000000']), ...innings(2, OTTERS, ['000000', '000000', '0000005'])],
  expected: {
    outcome: { winner: 'Otters', by: { wickets: 10 } },
    innings: [row('Herons', 4, 0, 18), row('Otters', 5, 0, 19, { target: { runs: 5, overs: 3 } })],
  },
}
const shortLast: Recorded = {
  ...plain,
  id: 'short-last-over',
  events: plain.events.slice(0, -1),
  expected: { outcome: { winner: 'Herons', by: { runs: 15 } }, innings: [row('Herons', 15, 0, 12), row('Otters', 0, 1, 11)] },
}
/** Thirty years of matches of fifty overs had no super over; the final of one tournament did. */
const final: Recorded = {
  ...sides,
  id: 'final',
  date: '2019-07-14',
  format: { type: 'ODI', overs: 1, ballsPerOver: 6 },
  events: [
    ...innings(1, HERONS, ['420000']),
    ...innings(2, OTTERS, ['330000']),
    ...innings(3, OTTERS, ['400000']),
    ...innings(4, HERONS, ['400000']),
  ],
  expected: {
    outcome: { result: 'tie', eliminator: 'Herons' },
    innings: [
      ...[row('Herons', 6, 0, 6), row('Otters', 6, 0, 6)],
      ...[row('Otters', 4, 0, 6), row('Herons', 4, 0, 6)].map(each => ({ ...each, superOver: true })),
    ],
  },
}
/** The same on its way to another end, without a super over unless `after` has one. */
const level = (
  id: string,
  outcome: NonNullable<Recorded['expected']>['outcome'],
  change: Partial<Recorded> = {},
  after = true,
): Recorded => ({
  ...final,
  ...change,
  id,
  events: after ? final.events : final.events.slice(0, 12),
  expected: { outcome, innings: final.expected?.innings?.slice(0, after ? 4 : 2) },
})
const superOverLevel = level('super-over-level', { result: 'tie' })
const fewerBoundaries = level('fewer-boundaries', { result: 'tie', eliminator: 'Otters' })
const superOverUntold = level('super-over-untold', { result: 'tie', eliminator: 'Otters' }, {}, false)
const bowlOutUntold = level('bowl-out-untold', { result: 'tie', bowl_out: 'Herons' }, {}, false)
const twoOnABall: Recorded = {
  ...sides,
  id: 'two-on-a-ball',
  format,
  events: [
    ...innings(1, HERONS, ['1h0000', 't00004'], {
      h: { w: [{ kind: 'retired hurt', out: 10 }] },
      t: {
        w: [
          { kind: 'caught', out: 0, fielders: [12] },
          { kind: 'timed out', out: 3 },
        ],
      },
    }),
    ...innings(2, OTTERS, ['00000r', '000000'], { r: { r: 1, w: [{ kind: 'run out', out: 21 }] } }),
  ],
  expected: { outcome: { winner: 'Herons', by: { runs: 4 } }, innings: [row('Herons', 5, 2, 12), row('Otters', 1, 1, 12)] },
}
const absent: Recorded = {
  ...sides,
  id: 'absent',
  format,
  events: [...innings(1, HERONS, ['600000', '000000']), ...innings(2, OTTERS, ['WWWWWW', 'WWW'])],
  expected: {
    outcome: { winner: 'Herons', by: { runs: 6 } },
    innings: [row('Herons', 6, 0, 12), row('Otters', 0, 9, 9, { absentHurt: ['Otter 9'] })],
  },
}
/** Two retired and did not come back. */
const retired: Recorded = {
  ...absent,
  id: 'retired',
  events: absent.events.slice(0, -1),
  expected: { outcome: { winner: 'Herons', by: { runs: 6 } }, innings: [row('Herons', 6, 0, 12), row('Otters', 0, 8, 8)] },
}
const superOvers: Recorded = {
  ...sides,
  id: 'super-overs',
  format,
  events: [
    ...innings(1, HERONS, ['400000', '000000']),
    ...innings(2, OTTERS, ['400000', '000000']),
    ...innings(3, OTTERS, ['100000']),
    ...innings(4, HERONS, ['100000']),
    ...innings(5, HERONS, ['WW']),
    ...innings(6, OTTERS, ['1']),
  ],
  expected: {
    outcome: { result: 'tie', eliminator: 'Otters' },
    innings: [
      row('Herons', 4, 0, 12),
      row('Otters', 4, 0, 12),
      ...[row('Otters', 1, 0, 6), row('Herons', 1, 0, 6), row('Herons', 0, 2, 2), row('Otters', 1, 0, 1)].map(each => ({
        ...each,
        superOver: true,
      })),
    ],
  },
}
const tie: Recorded = {
  ...sides,
  id: 'tie',
  format,
  events: superOvers.events.filter(({ i }) => i < 3),
  expected: { outcome: { result: 'tie' }, innings: superOvers.expected?.innings?.slice(0, 2) },
}
const noResult: Recorded = {
  ...sides,
  id: 'no-result',
  format,
  events: innings(1, HERONS, ['600']),
  expected: { outcome: { result: 'no result' }, innings: [row('Herons', 6, 0, 3)] },
}
const bowlOut: Recorded = {
  ...sides,
  id: 'bowl-out',
  date: '2007-09-14',
  format,
  events: tie.events,
  expected: { outcome: { result: 'tie', bowl_out: 'Otters' }, innings: tie.expected?.innings },
}

const dls = (
  id: string,
  chase: readonly string[],
  outcome: object,
  target: object,
  runs: number,
  wickets: number,
  legal: number,
): Recorded => ({
  ...sides,
  id,
  format: { ...format, overs: 3 },
  events: [...innings(1, HERONS, ['600000', '600000', '000000']), ...innings(2, OTTERS, chase)],
  expected: {
    outcome: { method: 'D/L', ...outcome },
    innings: [row('Herons', 12, 0, 18), row('Otters', runs, wickets, legal, { target })],
  },
})
const reached = dls('dls-reached', ['600001'], { winner: 'Otters', by: { wickets: 10 } }, { runs: 7, overs: 2 }, 7, 0, 6)
const passed = dls('dls-passed', ['600000'], { winner: 'Otters', by: { runs: 2 } }, { runs: 5, overs: 1 }, 6, 0, 6)
const short = dls('dls-short', ['W00000', '000000'], { winner: 'Herons', by: { runs: 8 } }, { runs: 9, overs: 2 }, 0, 1, 12)
/** The record keeps the target there was when rain came; the margin is by what the method asked for at that moment. */
const brokenOff = dls('dls-broken-off', ['100000', '000'], { winner: 'Herons', by: { runs: 3 } }, { runs: 13, overs: 3 }, 1, 0, 9)
const raised: Recorded = {
  ...sides,
  id: 'dls-raised',
  format,
  events: [...innings(1, HERONS, ['600000']), ...innings(2, OTTERS, ['070000'])],
  expected: {
    outcome: { method: 'D/L', winner: 'Herons', by: { runs: 2 } },
    innings: [row('Herons', 6, 0, 6), row('Otters', 7, 0, 6, { target: { runs: 10, overs: 1 } })],
  },
}
const shortened: Recorded = {
  ...sides,
  id: 'shortened',
  format,
  events: [...innings(1, HERONS, ['600000']), ...innings(2, OTTERS, ['000000'])],
  expected: {
    outcome: { winner: 'Herons', by: { runs: 6 } },
    innings: [row('Herons', 6, 0, 6), row('Otters', 0, 0, 6, { target: { runs: 7, overs: 1 } })],
  },
}

const test5 = { type: 'Test', ballsPerOver: 6 }
const allOut = ['WWWWWW', 'WWWW']
const followOn: Recorded = {
  ...sides,
  id: 'follow-on',
  format: test5,
  events: [
    ...innings(1, HERONS, ['999999', '999999', '999999', '999999', '40']),
    ...innings(2, OTTERS, allOut),
    ...innings(3, OTTERS, ['6WWWWW', 'WWWWW']),
  ],
  expected: {
    outcome: { winner: 'Herons', by: { innings: 1, runs: 214 } },
    innings: [row('Herons', 220, 0, 26, { declared: true }), row('Otters', 0, 10, 10), row('Otters', 6, 10, 11)],
  },
}
const drawn: Recorded = {
  ...sides,
  id: 'drawn',
  format: test5,
  events: [
    ...innings(1, HERONS, ['600000', '4']),
    ...innings(2, OTTERS, ['110000']),
    ...innings(3, HERONS, ['600000']),
    ...innings(4, OTTERS, ['100000', '0']),
  ],
  expected: {
    outcome: { result: 'draw' },
    innings: [row('Herons', 10, 0, 7), row('Otters', 2, 0, 6), row('Herons', 6, 0, 6), row('Otters', 1, 0, 7)],
  },
}
const chased: Recorded = {
  ...drawn,
  id: 'chased',
  events: [...drawn.events.filter(({ i }) => i < 4), ...innings(4, OTTERS, ['1W6000', '66'])],
  expected: {
    outcome: { winner: 'Otters', by: { wickets: 9 } },
    innings: [...(drawn.expected?.innings ?? []).slice(0, 3), row('Otters', 19, 1, 8)],
  },
}
const forfeited: Recorded = {
  ...sides,
  id: 'forfeited',
  format: test5,
  events: [...innings(1, HERONS, ['600000', '4']), ...innings(4, OTTERS, ['066'])],
  expected: {
    outcome: { winner: 'Otters', by: { wickets: 10 } },
    innings: [
      row('Herons', 10, 0, 7, { declared: true }),
      row('Otters', 0, 0, 0, { forfeited: true }),
      row('Herons', 0, 0, 0, { forfeited: true }),
      row('Otters', 12, 0, 3),
    ],
  },
}
const penalties: Recorded = {
  ...sides,
  id: 'penalties',
  format,
  events: [...innings(1, HERONS, ['600000', '000000']), ...innings(2, OTTERS, ['000000', '00000']), ...innings(2, OTTERS, ['', '1'])],
  expected: {
    outcome: { winner: 'Herons', by: { runs: 5 } },
    innings: [
      row('Herons', 11, 0, 12, { penaltyRuns: { post: 5 }, extras: { penalty: 5 } }),
      row('Otters', 6, 0, 12, { penaltyRuns: { pre: 5 }, extras: { penalty: 5 } }),
    ],
  },
}
const hundred: Recorded = {
  ...sides,
  id: 'hundred',
  format: { type: 'The Hundred', overs: 2, ballsPerOver: 5 },
  events: [...innings(1, HERONS, ['00004', '0000n0'], { n: { x: { noballs: 2 } } }), ...innings(2, OTTERS, ['00007'])],
  expected: {
    outcome: { winner: 'Otters', by: { wickets: 10 } },
    innings: [row('Herons', 6, 0, 10, { extras: { noballs: 2 } }), row('Otters', 7, 0, 5)],
  },
}

const RECORDS = [
  ...[
    plain,
    extras,
    miscounted,
    twoOnABall,
    absent,
    superOvers,
    tie,
    noResult,
    bowlOut,
    reached,
    passed,
    short,
    brokenOff,
    raised,
    shortened,
  ],
  ...[shortLast, retired, final, followOn, drawn, chased, forfeited, penalties, hundred],
  ...[superOverLevel, fewerBoundaries, superOverUntold, bowlOutUntold],
]

/** Somebody typed for the first time is seated by the server; here the name is the id. */
const seated = (play: PlayInput): PlayInput => ({
  ...play,
  data:
    play.data &&
    Object.fromEntries(Object.entries(play.data).map(([key, value]) => [key, (value as { name?: string } | null)?.name ?? value])),
})

function read(record: Recorded) {
  const { plays, given } = adapter.plays(record)
  const log = new TestLog(sport, adapter.game(record).rules?.values)
  log.send(plays.map(seated))
  return { game: log.game() as unknown as Game, plays, given, marks: log.plays.map(({ seq }) => log.marks(seq)) }
}

describe('a recorded match', () => {
  test.each(RECORDS.map(record => [record.id, record] as const))('%s ends as it was recorded', (_id, record) => {
    const { game, marks } = read(record)
    expect(adapter.compare(record, game)).toEqual([])
    expect(marks.filter(mark => mark.ignored || mark.warnings)).toEqual([])
  })

  test('gives only what no delivery carries', () => {
    const given = Object.fromEntries(RECORDS.map(record => [record.id, read(record).given]).filter(([, list]) => list?.length))
    expect(given).toEqual({
      absent: ['1 absent hurt'],
      'no-result': ['no result'],
      retired: ['nobody left to bat'],
      'bowl-out': ['bowl-out'],
      'dls-reached': ['target 7 in 2 overs'],
      'dls-passed': ['target 5 in 1 overs'],
      'dls-short': ['target 9 in 2 overs'],
      'dls-broken-off': ['target 5 in 1.3 overs'],
      'dls-raised': ['target 10 in 1 overs'],
      'short-last-over': ['the last over was short'],
      shortened: ['1 overs'],
      'fewer-boundaries': ['super over'],
      'super-over-untold': ['super over'],
      'bowl-out-untold': ['bowl-out'],
      forfeited: ['innings 2 forfeited', 'innings 3 forfeited'],
      penalties: ['5 penalty runs after innings 1', '5 penalty runs before innings 2'],
    })
  })

  // An innings that was forfeited has no delivery to tell of it: what follows moves with it. So does the end, where a competition
  // decided a level match in a way of its own.
  const OWN = ['forfeited', 'super-over-level', 'fewer-boundaries', 'super-over-untold', 'bowl-out-untold']
  const told = RECORDS.filter(({ id }) => !OWN.includes(id))
  test.each(told.map(record => [record.id, record] as const))(
    '%s yields the same plays without its result, what is given apart',
    (_id, record) => {
      const { expected: _, ...bare } = record
      const own = adapter.plays(record).plays.filter(({ data }) => data?.fromResult !== true)
      expect(adapter.plays(bare)).toEqual({ plays: own, given: [] })
    },
  )

  test('names the people of every ball, the side that bats and the innings', () => {
    const { plays } = read(twoOnABall)
    expect(plays[1]).toMatchObject({ kind: 'ball', side: 'home', period: 1, data: { wicket: 'retiredHurt', out: 'nonStriker' } })
    expect(plays.filter(({ kind }) => kind === 'wicket')).toMatchObject([{ data: { wicket: 'timedOut', batterOut: { name: 'Heron 3' } } }])
    expect(plays[6]).toMatchObject({ data: { wicket: 'caught', fielder: { name: 'Otter 1' }, bowler: { name: 'Otter 1' } } })
  })

  test('tells a short over, a long one and a side that follows on in plays of their own', () => {
    const kinds = (record: Recorded) =>
      read(record)
        .plays.map(({ kind }) => kind)
        .filter(kind => kind !== 'ball')
    expect(kinds(miscounted)).toEqual(['overEnd', 'overGoesOn', 'overGoesOn'])
    expect(kinds(followOn)).toEqual(['inningsEnd', 'followOn'])
    expect(kinds(drawn)).toEqual(['inningsEnd', 'inningsEnd', 'inningsEnd', 'gameEnd'])
  })

  test('plays under the rules of its day', () => {
    expect(adapter.game({ ...plain, date: '2013-04-07' }).rules).toMatchObject({ pack: 't20', values: { level: 'boundaries', overs: 2 } })
    expect(adapter.game(plain).rules).toMatchObject({ values: { level: 'superOver', caughtCrossing: true } })
    expect(adapter.game(followOn).rules).toMatchObject({ pack: 'test', values: { inningsEach: 2, overs: 0 } })
    expect(adapter.game(hundred).rules).toMatchObject({ pack: 'hundred', values: { ballsPerOver: 5, noBallRuns: 2 } })
  })

  test('differs in as many words where it does', () => {
    const wrong = { ...plain, expected: { ...plain.expected, outcome: { winner: 'Otters', by: { wickets: 1 } } } } as Recorded
    expect(adapter.compare(wrong, read(plain).game)).toEqual([
      'winner: recorded "away", read "home"',
      'margin: recorded {"by":"wickets","margin":1}, read {"by":"runs","margin":9}',
    ])
  })

  test('may say little of itself', () => {
    const { format: _, players: __, ...little } = plain
    const bare = { ...little, format: { type: 'T20', overs: null }, players: null, expected: { outcome: plain.expected?.outcome } }
    expect(adapter.game(bare as unknown as Recorded).rules).toMatchObject({ pack: 't20', values: { overs: 20 } })
    const unplayed = { ...little, format: null, events: null, expected: { outcome: { result: 'no result' }, innings: null } }
    const record = unplayed as unknown as Recorded
    expect(adapter.compare(record, read(record).game)).toEqual([])
    const totals = { ...plain, expected: { innings: plain.expected?.innings } } as unknown as Recorded
    expect(adapter.compare(totals, read(totals).game)).toEqual([])
  })

  test('of several days is a draw where nothing was played, and has no result where that is said', () => {
    const days = { ...followOn, id: 'days', events: [], expected: { outcome: { result: 'draw' }, innings: [] } }
    expect(adapter.compare(days, read(days).game)).toEqual([])
    const none = { ...drawn, expected: { ...drawn.expected, outcome: { result: 'no result' } } }
    expect(read(none).given).toEqual(['no result'])
    expect(adapter.compare(none, read(none).game)).toEqual([])
  })
})
