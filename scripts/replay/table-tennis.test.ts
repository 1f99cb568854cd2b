import { describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { sport } from '#domain/sports/table-tennis.ts'
import { TestLog } from '#domain/test-log.ts'
import { adapter } from './table-tennis.ts'

type TableTennisRecord = Parameters<typeof adapter.game>[0]
type Tie = Extract<TableTennisRecord, { matches: unknown }>
type Match = Tie['matches'][number]
type Event = NonNullable<Match['events']>[number]

const point = (period: number, side: Side): Event => ({ period, side, type: 'point' })
/** `h` and `a` are points. */
const points = (period: number, text: string): Event[] => [...text].map(letter => point(period, letter === 'h' ? 'home' : 'away'))
const LOVE = 'h'.repeat(11)
const event = (period: number, type: string, more: Partial<Event> = {}): Event => ({ period, type, ...more })
const tieOf = (
  events: Event[],
  games: [number, number][] = [
    [11, 0],
    [11, 0],
    [11, 0],
  ],
): Tie => ({
  id: 'invented-tie',
  date: '2023-12-22',
  home: 'Seeheim',
  away: 'Nordkamp',
  matches: [
    { id: 'invented-1', format: { bestOf: 5, gameTo: 11, winBy: 2 }, events, expected: { winner: 'home', games, gamesWon: [3, 0] } },
  ],
  expected: { homeMatches: 1, awayMatches: 0, homeGames: 3, awayGames: 0, homePoints: 33, awayPoints: 0, complete: true },
})
const REST = [...points(2, LOVE), ...points(3, LOVE)]

function check(events: Event[], games?: [number, number][]) {
  const [match] = adapter.split?.(tieOf(events, games)) ?? []
  if (!match) throw new Error('a tie has matches')
  const pack = sport.packs.find(one => one.isDefault)
  const log = new TestLog(sport, { ...(pack?.values as object), ...adapter.game(match).rules?.values })
  const { plays, given } = adapter.plays(match)
  log.send(plays)
  return { diff: adapter.compare(match, log.game() as Game), plays, given, log }
}

describe('a recorded tie', () => {
  it('is split into its matches, of the same teams and day', () => {
    const tie = tieOf([])
    expect(adapter.split?.(tie)).toMatchObject([{ id: 'invented-1', home: 'Seeheim', away: 'Nordkamp', date: '2023-12-22' }])
    expect(adapter.plays(tie)).toEqual({ plays: [], given: [] })
    expect(adapter.game(tie)).toMatchObject({ home: { name: 'Seeheim' }, rules: { pack: 'tie', values: { tieOf: 1 } } })
  })

  it('is compared where all its matches are there', () => {
    const tie = tieOf([])
    const sums = { games: { home: 3, away: 0 }, points: { home: 33, away: 0 } }
    const game = { score: { home: 1, away: 0 }, winner: 'home', status: 'final', detail: { sums } } as unknown as Game
    expect(adapter.compare(tie, game)).toEqual([])
    const off = { ...game, detail: { sums: { ...sums, points: { home: 32, away: 0 } } } } as unknown as Game
    expect(adapter.compare(tie, off)).toEqual(['points: recorded [33,0], read [32,0]'])
    const incomplete = { ...tie, expected: { ...tie.expected, complete: false } } as Tie
    expect(adapter.compare(incomplete, off)).toEqual([])
    const withoutPoints = { ...tie, expected: { ...tie.expected, homePoints: 0, awayPoints: 0 } } as Tie
    expect(adapter.compare(withoutPoints, off)).toEqual([])
  })
})

describe('a match of it', () => {
  it('is one play a point, the server first where the feed says who', () => {
    const { diff, plays, given } = check([
      event(1, 'eventSetStart', { side: 'away', result: '0:0' }),
      event(1, 'eventSetStart', { side: 'away', result: '0:0' }),
      ...points(1, LOVE),
      event(2, 'eventTimeoutStart', { side: 'away', result: '0:0' }),
      event(2, 'eventYellowCard', { result: '0:0' }),
      ...REST,
    ])
    expect(diff).toEqual([])
    expect(given).toEqual([])
    expect(plays.slice(0, 2)).toMatchObject([
      { kind: 'server', side: 'away' },
      { kind: 'point', side: 'home', period: 1 },
    ])
    expect(plays.slice(12, 14)).toMatchObject([
      { kind: 'timeout', side: 'away' },
      { kind: 'note', data: { text: 'Yellow card' } },
    ])
  })

  it('takes a point back by a void, also the one that ended a game', () => {
    const removed = event(1, 'pointRemoved', { side: 'home', delta: [-1, 0] })
    const { diff, plays } = check(
      [...points(1, LOVE), removed, ...points(1, 'ah'), ...REST],
      [
        [11, 1],
        [11, 0],
        [11, 0],
      ],
    )
    expect(diff).toEqual([])
    expect(plays[11]).toMatchObject({ kind: 'void', voids: plays[10]?.id })
  })

  it('takes several points back at once, and gives them to the other side', () => {
    const change = (delta: [number, number]) => event(1, 'pointRemoved', { side: 'home', delta })
    const both = check([...points(1, 'hhaaa'), change([-2, -3]), ...points(1, LOVE), ...REST])
    expect(both.diff).toEqual([])
    expect(both.plays.filter(({ kind }) => kind === 'void')).toHaveLength(5)
    expect(check([...points(1, 'a'), change([1, -1]), ...points(1, LOVE.slice(1)), ...REST]).diff).toEqual([])
  })

  it('says the score where the point taken back came in a jump', () => {
    const jump = event(1, 'setScore', { score: [4, 0] })
    const { diff, plays } = check([
      ...points(1, 'h'),
      jump,
      event(1, 'pointRemoved', { delta: [-1, 0] }),
      ...points(1, 'hhhhhhhh'),
      ...REST,
    ])
    expect(diff).toEqual([])
    expect(plays[2]).toMatchObject({ kind: 'setScore', data: { home: 3, away: 0 } })
  })

  it('takes jumps forth and back, and one to the score as it stands', () => {
    const jumps = [
      [3, 3],
      [1, 0],
      [10, 0],
    ].map(score => event(1, 'setScore', { score: score as [number, number] }))
    expect(check([...jumps, ...points(1, 'h'), event(1, 'setScore', { score: [11, 0] }), ...REST]).diff).toEqual([])
  })

  it('ends a game as the feed says it ended, before its last point or without it', () => {
    const end = event(1, 'eventSetEnd', { side: 'home', result: '11:0' })
    const early = check([...points(1, LOVE.slice(1)), end, ...points(1, 'h'), ...REST])
    expect(early.diff).toEqual([])
    expect(early.plays).toHaveLength(33)
    const lacking = check([...points(1, LOVE.slice(1)), end, ...REST])
    expect(lacking.diff).toEqual([])
    expect(lacking.plays[10]).toMatchObject({ kind: 'setScore', period: 1, data: { home: 11, away: 0 } })
  })

  it('takes points beyond the end of a game that are corrected later', () => {
    const corrected = [...points(1, `${LOVE}hh`), event(1, 'pointRemoved', { delta: [-3, 0] }), ...points(1, 'h'), ...REST]
    expect(check(corrected).diff).toEqual([])
  })
})

describe('a match that is over', () => {
  const WON = [...points(1, LOVE), ...REST]

  it('takes nothing of a point too many that is taken back', () => {
    const { diff, plays } = check([...WON, ...points(3, 'h'), event(3, 'pointRemoved', { delta: [-1, 0] })])
    expect([diff, plays.length]).toEqual([[], 33])
    expect(check([...WON, ...points(3, 'a'), event(3, 'setScore', { score: [11, 0] })]).diff).toEqual([])
    expect(
      check([...WON, ...points(4, 'h'), event(4, 'setScore', { score: [3, 0] }), event(4, 'pointRemoved', { delta: [-1, 0] })]).diff,
    ).toEqual([])
  })

  it('goes on where its last game is put right', () => {
    const games: [number, number][] = [
      [11, 0],
      [11, 0],
      [12, 10],
    ]
    const tail = [event(3, 'setScore', { score: [10, 10] }), ...points(3, 'hh')]
    for (const end of [points(3, `${'ha'.repeat(9)}hh`), [event(3, 'setScore', { score: [11, 9] })]]) {
      const { diff, plays } = check([...points(1, LOVE), ...points(2, LOVE), ...end, ...tail], games)
      expect(diff).toEqual([])
      expect(plays.filter(({ kind }) => kind === 'void')).toHaveLength(1)
    }
  })

  it('has a game put right that was left for the next one', () => {
    const games: [number, number][] = [
      [11, 9],
      [11, 0],
      [11, 0],
    ]
    const begun = [...points(1, `${'ha'.repeat(8)}hhh`), ...points(2, 'hh')]
    const rest = [...points(2, 'h'.repeat(9)), ...points(3, LOVE)]
    const fixes = [
      [event(1, 'pointRemoved', { delta: [-1, 1] }), ...points(1, 'h')],
      [event(1, 'setScore', { score: [11, 9] })],
      [event(1, 'setScore', { score: [10, 9] }), ...points(1, 'h')],
    ]
    for (const fix of fixes) {
      const { diff, plays } = check([...begun, ...fix, ...rest], games)
      expect([diff, plays.filter(({ kind }) => kind === 'setScore')]).toMatchObject([[], [{ period: 1, data: { home: 11, away: 9 } }]])
    }
  })

  it('takes no score at which no game can stand, but the one after it', () => {
    expect(check([event(1, 'setScore', { score: [15, 3] }), event(1, 'setScore', { score: [0, 0] }), ...WON]).diff).toEqual([])
  })
})

describe('a result that is told in part', () => {
  it('is compared as far as it goes', () => {
    const [match] = adapter.split?.(tieOf([...points(1, LOVE), ...REST])) ?? []
    const { game, plays } = { game: check([...points(1, LOVE), ...REST]).log.game() as Game, plays: adapter.plays }
    const told = (expected: object) => ({ ...match, expected: { winner: 'home', ...expected } }) as Parameters<typeof adapter.plays>[0]
    const games = [
      [11, 0],
      [11, 0],
      [11, 0],
    ]
    for (const expected of [{ games }, { gamesWon: [3, 0] }, {}]) {
      expect(plays(told(expected)).given).toEqual([])
      expect(adapter.compare(told(expected), game)).toEqual([])
    }
    expect(adapter.compare(told({ gamesWon: [3, 1] }), game)).not.toEqual([])
    expect(adapter.compare(told({ games: games.slice(1) }), game)).not.toEqual([])
  })
})

describe('matches that were not played out', () => {
  function held(change: Partial<Match>) {
    const tie = tieOf([])
    const [match] = adapter.split?.({ ...tie, matches: tie.matches.map(one => ({ ...one, ...change })) }) ?? []
    if (!match) throw new Error('a tie has matches')
    const pack = sport.packs.find(one => one.isDefault)
    const log = new TestLog(sport, { ...(pack?.values as object), ...adapter.game(match).rules?.values })
    const { plays, given } = adapter.plays(match)
    log.send(plays)
    return { diff: adapter.compare(match, log.game() as Game), given, game: log.game() }
  }

  it('are cancelled where the tie was decided before', () => {
    for (const events of [[], null]) {
      const { diff, given, game } = held({ events, expected: { winner: null, games: [], gamesWon: [0, 0] } })
      expect(diff).toEqual([])
      expect(given).toEqual(['status cancelled'])
      expect(game.status).toBe('cancelled')
    }
  })

  it('are walk-overs where somebody won without a point, and count as lost in straight games', () => {
    const games: [number, number][] = [
      [11, 0],
      [11, 0],
      [11, 0],
    ]
    const { diff, given, game } = held({ events: [], expected: { winner: 'home', games, gamesWon: [3, 0] } })
    expect(diff).toEqual([])
    expect(given).toEqual(['walkover, home won'])
    expect(game).toMatchObject({ status: 'forfeited', winner: 'home', score: { home: 3, away: 0 } })
  })

  it('are retirements where somebody won with too few games', () => {
    const expected = { winner: 'away' as const, games: [[11, 0] as const, [3, 0] as const], gamesWon: [1, 0] as const }
    const { diff, given } = held({ events: [...points(1, LOVE), ...points(2, 'hhh')], expected })
    expect(diff).toEqual([])
    expect(given).toEqual(['retired, away won'])
  })

  it('stand as the feed left them without a winner, and need no format', () => {
    const expected = { winner: null, games: [[11, 0] as const, [1, 0] as const], gamesWon: [1, 0] as const }
    const { diff, given, game } = held({ format: null, events: [...points(1, LOVE), ...points(2, 'h')], expected })
    expect({ diff, given, status: game.status }).toEqual({ diff: [], given: [], status: 'live' })
  })

  it('take points by whatever name, and nothing of a card after the end', () => {
    const card = event(3, 'eventYellowCard', { side: 'home' })
    const red = event(1, 'eventRedCard', { side: 'home', points: 1 })
    expect(check([...points(1, 'h'.repeat(10)), red, ...REST, card]).diff).toEqual([])
  })

  it('are of as many games as they say', () => {
    const expected = { winner: 'home' as const, games: [[11, 0] as const, [11, 0] as const], gamesWon: [2, 0] as const }
    expect(held({ format: { bestOf: 3, gameTo: 11 }, events: [...points(1, LOVE), ...points(2, LOVE)], expected }).diff).toEqual([])
  })
})
