import { describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { orderBetween } from '#domain/order.ts'
import type { Play, PlayData, Side } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import { sport as baseball } from '#domain/sports/baseball.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { TestLog } from '#domain/test-log.ts'
import { type Story, tellStory } from './story.ts'

interface Draft {
  kind: string
  side?: Side
  playerId?: string
  period?: number
  clockMs?: number
  data?: PlayData
  voids?: number
  replaces?: number
  /** Stands right after this play instead of last. */
  after?: number
}
const M = 60_000

/** The n-th of those that came last when they came. */
function placeOf(n: number): string {
  let order = orderBetween(null, null)
  for (let i = 1; i < n; i++) order = orderBetween(order, null)
  return order
}

/** A log as the server keeps it: seq by arrival, order by place. */
function logOf(drafts: readonly Draft[]): Play[] {
  return drafts.map(({ after, ...draft }, i) => ({
    ...draft,
    seq: i + 1,
    id: `play-${i + 1}`,
    order:
      after === undefined && draft.replaces === undefined
        ? placeOf(i + 1)
        : orderBetween(placeOf(after ?? draft.replaces ?? 0), placeOf((after ?? draft.replaces ?? 0) + 1)),
    at: new Date(Date.parse('2026-11-22T18:00:00Z') + i * M).toISOString(),
    text: draft.kind,
  }))
}

const named = (name: string): Game['home'] => ({ id: name, kind: 'team', name, shortName: name, abbr: name.slice(0, 3), color: null })
const NAMED: Pick<Game, 'home' | 'away' | 'roster'> = { home: named('Hawks'), away: named('Bears'), roster: [] }

function tell(sport: Sport, drafts: readonly Draft[], values: object = {}): Story {
  const pack = sport.packs.find(({ isDefault }) => isDefault) ?? sport.packs[0]
  const plays = logOf(drafts)
  const rules = { pack: '', version: '', values: { ...(pack?.values as object), ...values } }
  return tellStory(sport, { epoch: 'e', seq: plays.length, rules, ...NAMED }, plays)
}
const bySeq = (story: Story, seq: number) => story.rows.find(row => row.seq === seq)
const tallies = (story: Story) => story.rows.map(({ tally }) => (tally ? `${tally.home}–${tally.away}` : ''))

const QUARTER: Draft[] = [
  { kind: 'periodStart', period: 1 },
  { kind: '2pt', side: 'home', clockMs: 9 * M },
  { kind: '3pt', side: 'away', clockMs: 8 * M },
  { kind: 'foul', side: 'home', clockMs: 7 * M },
  { kind: '2pt', side: 'home', clockMs: 5 * M },
]

describe('the story of a game', () => {
  it('tells the score after each basket, who scored and when', () => {
    const story = tell(basketball, QUARTER)
    expect(tallies(story)).toEqual(['', '2–0', '2–3', '', '4–3'])
    expect(story.rows.map(({ gain }) => gain)).toEqual([null, 'home', 'away', null, 'home'])
    expect(bySeq(story, 3)?.when).toBe('Q1 8:00')
  })

  it('keeps a replaced play, says what it became and gives the new form its time', () => {
    const story = tell(basketball, [...QUARTER, { kind: '2pt', side: 'away', replaces: 3 }])
    expect(bySeq(story, 3)).toMatchObject({ note: { kind: 'corrected', by: 6 }, tally: null })
    expect(bySeq(story, 6)).toMatchObject({ when: 'Q1 8:00', tally: { home: '2', away: '2' } })
    expect(bySeq(story, 5)?.tally).toEqual({ home: '4', away: '2' })
  })

  it('tells a play once when somebody only says later who it was', () => {
    const named = { kind: '3pt', side: 'away', clockMs: 8 * M, playerId: 'ito', replaces: 3 } as const
    const story = tell(basketball, [...QUARTER, named])
    expect(bySeq(story, 3)).toBeUndefined()
    expect(bySeq(story, 6)).toMatchObject({ note: null, when: 'Q1 8:00', tally: { home: '2', away: '3' }, gain: 'away' })
    expect(bySeq(story, 5)?.tally).toEqual({ home: '4', away: '3' })
  })

  it('keeps the box score with the plays, and none of a log without its beginning', () => {
    const points = (story: Story) =>
      story.box.flatMap(({ columns, rows }) =>
        rows.flatMap(({ playerId, cells }) => (playerId === 'ito' && columns.some(({ key }) => key === 'PTS') ? [cells.PTS] : [])),
      )
    const named: Draft[] = QUARTER.map(play => (play.side === 'away' ? { ...play, playerId: 'ito' } : play))
    expect(points(tell(basketball, named))).toEqual([3])
    expect(points(tell(basketball, [...named, { kind: 'void', voids: 3 }]))).not.toContain(3)
    const plays = logOf(named)
    const rules = { pack: '', version: '', values: basketball.packs[0]?.values as Record<string, unknown> }
    expect(tellStory(basketball, { epoch: 'e', seq: 5, rules, ...NAMED }, plays.slice(2)).box).toEqual([])
  })

  it('leads from a corrected play to the form that says most', () => {
    const story = tell(basketball, [
      ...QUARTER,
      { kind: '2pt', side: 'away', replaces: 3 },
      { kind: '2pt', side: 'away', playerId: 'ito', replaces: 6 },
    ])
    expect(bySeq(story, 3)?.note).toEqual({ kind: 'corrected', by: 7 })
    expect(bySeq(story, 6)).toBeUndefined()
    expect(bySeq(story, 7)?.note).toBeNull()
  })

  it('tells of a named play that was taken back in all its forms once, and of a name taken back not at all', () => {
    const named: Draft[] = [...QUARTER, { kind: '3pt', side: 'away', playerId: 'ito', replaces: 3 }]
    const gone = tell(basketball, [...named, { kind: 'void', voids: 3 }, { kind: 'void', voids: 6 }])
    expect(gone.rows.filter(({ note }) => note).map(({ seq }) => seq)).toEqual([6])
    expect(bySeq(gone, 7)).toBeUndefined()
    expect(bySeq(gone, 8)).toBeDefined()
    const bare = tell(basketball, [...named, { kind: 'void', voids: 6 }])
    expect(bare.rows.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  })

  it('knows which period begins and ends where the play does not say', () => {
    const story = tell(basketball, [{ kind: 'periodStart' }, { kind: 'periodEnd' }, { kind: 'periodStart' }])
    expect(story.rows.map(({ text }) => text)).toEqual(['1st quarter begins', '1st quarter ends', '2nd quarter begins'])
  })

  it('says what is odd about a play', () => {
    const by: Draft = { kind: 'redCard', side: 'home', playerId: 'okafor' }
    const story = tell(soccer, [{ kind: 'periodStart' }, by, { ...by, kind: 'goal' }])
    expect(story.rows.map(({ remark }) => remark)).toEqual([undefined, undefined, 'Had been sent off'])
  })

  it('keeps a voided play and leaves the score as if it had not been', () => {
    const story = tell(basketball, [...QUARTER, { kind: 'void', voids: 2 }])
    expect(bySeq(story, 2)?.note).toEqual({ kind: 'voided', by: 6 })
    expect(bySeq(story, 5)?.tally).toEqual({ home: '2', away: '3' })
    expect(bySeq(story, 6)).toMatchObject({ when: '', tally: null })
  })

  it('says why a play counts for nothing', () => {
    const story = tell(soccer, [
      { kind: 'periodStart', period: 1 },
      { kind: 'shootoutGoal', side: 'home' },
    ])
    expect(bySeq(story, 2)?.note).toMatchObject({ kind: 'ignored', reason: expect.stringContaining('shoot-out') })
  })

  it('does not let a correction written late drag the chart to its own time', () => {
    const late: Draft[] = [{ kind: 'clockStart', clockMs: 10 * M }, ...QUARTER.slice(1), { kind: '2pt', side: 'away', replaces: 3 }]
    const story = tell(basketball, [{ kind: 'periodStart', period: 1 }, ...late])
    const steps = story.chart?.steps ?? []
    expect(steps.map(({ x }) => x)).toEqual([...steps.map(({ x }) => x)].sort((a, b) => a - b))
    expect(story.chart?.now).toBeCloseTo(5 / 40)
  })

  it('tells tennis in games of the set and points of the game', () => {
    const points = (sides: string): Draft[] => Array.from(sides, letter => ({ kind: 'point', side: letter === 'h' ? 'home' : 'away' }))
    const story = tell(tennis, points('hhahh'))
    expect(tallies(story)).toEqual(['15–0', '30–0', '30–15', '40–15', '1–0'])
    expect(story.rows.at(-1)?.gain).toBe('home')
    // Games of the set; each set begins anew.
    expect(story.chart?.steps.map(({ margin }) => margin)).toEqual([1])
    const two = tell(tennis, points(`${'hhhh'.repeat(6)}aaaaaaaa`))
    expect(two.chart?.steps.map(({ margin, isFresh }) => (isFresh ? 'new set' : margin))).toEqual([1, 2, 3, 4, 5, 6, 'new set', -1, -2])
    expect(two.chart?.facts).toMatchObject({ changes: 0, biggest: { home: { by: 6 }, away: { by: 2 } } })
    const set = tell(tennis, points(`${'hhhh'.repeat(6)}aaaa`))
    expect(tallies(set).at(23)).toBe('6–0')
    expect(tallies(set).at(-1)).toBe('0–1')
    expect(set.chart?.stretches.map(({ label }) => label)).toEqual(['Set 1', 'Set 2'])
  })

  it('knows in baseball whose play it was, and lays innings side by side', () => {
    const story = tell(baseball, [
      { kind: 'homeRun', data: { runs: 1 } },
      { kind: 'out' },
      { kind: 'out' },
      { kind: 'out' },
      { kind: 'single' },
    ])
    expect(story.rows.map(({ side }) => side)).toEqual(['away', 'away', 'away', 'away', 'home'])
    expect(story.chart?.stretches).toHaveLength(9)
    expect(story.chart?.steps[0]).toMatchObject({ margin: -1 })
    expect(story.chart?.now).toBeLessThan(1 / 9)
  })

  it('puts goals and cards on a line of minutes', () => {
    const story = tell(soccer, [
      { kind: 'periodStart', period: 1 },
      { kind: 'goal', side: 'home', clockMs: 10 * M },
      { kind: 'yellowCard', side: 'away', clockMs: 20 * M },
      { kind: 'goal', side: 'away', clockMs: 46 * M },
      { kind: 'secondYellow', side: 'away', clockMs: 46.5 * M },
    ])
    const marksOf = ({ chart }: Story) => chart?.marks.map(({ kind, side }) => `${side} ${kind}`)
    expect(marksOf(story)).toEqual(['home score', 'away yellow', 'away score', 'away second'])
    const card: Draft = { kind: 'yellowCard', side: 'home', playerId: 'okafor' }
    expect(marksOf(tell(soccer, [{ kind: 'periodStart', period: 1 }, card, card]))).toEqual(['home yellow', 'home second'])
    // Added time makes the half wider instead of running into the next.
    expect(story.chart?.stretches[0]?.to).toBeCloseTo(46.5 / 91.5)
    expect(bySeq(story, 4)?.when).toBe('45+2′')
  })

  it('tells no score from a log without its beginning', () => {
    const plays = logOf(QUARTER).slice(2)
    const rules = { pack: '', version: '', values: basketball.packs[0]?.values as Record<string, unknown> }
    const story = tellStory(basketball, { epoch: 'e', seq: 5, rules, ...NAMED }, plays)
    expect(story).toMatchObject({ isWhole: false, chart: null })
    expect(story.rows.map(({ tally }) => tally)).toEqual([null, null, null])
  })

  it('gives the time of nothing to what happens before the start', () => {
    const story = tell(basketball, [{ kind: 'status', data: { status: 'postponed', reason: 'frozen pitch' } }])
    expect(story.rows[0]?.when).toBe('')
  })
})

it('says a stored play anew where a correction has changed what its sentence knows', () => {
  const log = new TestLog(basketball)
  log.add('periodStart', ...[1, 2, 3].map(() => ({ kind: 'foul', side: 'home', playerId: 'ito' }) as const))
  const rules = { pack: '', version: '', values: log.rules as Record<string, unknown> }
  const game = {
    epoch: 'e',
    rules,
    ...NAMED,
    roster: [{ id: 'ito', name: 'Mio Ito', side: 'home', number: '7' } as Game['roster'][number]],
  }
  // As they were stored and sent when they were made: what comes later changes nothing of that.
  const stored = log.plays.map(
    (play): Play => ({ ...play, ...log.marks(play.seq), text: `as stored, ${log.marks(play.seq).facts?.foul ?? 0}` }),
  )
  const textOf = (plays: readonly Play[]) =>
    tellStory(basketball, { ...game, seq: plays.length }, plays).rows.find(({ seq }) => seq === 4)?.text
  expect(textOf(stored)).toBeUndefined()
  log.add({ kind: 'void', voids: 2 })
  const undo = log.plays.at(-1) as Play
  expect(textOf([...stored, { ...undo, text: 'Correction' }])).toBe('Foul on Mio Ito, personal foul 2, team foul 2')
})
