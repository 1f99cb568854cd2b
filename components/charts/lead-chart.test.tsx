import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { tellStory } from '#components/game/story.ts'
import type { Game } from '#domain/game.ts'
import { rallies, set } from '#domain/parts/test-rally.ts'
import type { Play } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { sport as volleyball } from '#domain/sports/volleyball.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { LeadChart } from './lead-chart.tsx'

function chartOf(sport: Sport, plays: TestPlay[], values: unknown = sport.packs[0]?.values) {
  const log = new TestLog(sport, values)
  log.add(...plays)
  const side = { name: 'Hawks' }
  const game = { epoch: 'e', seq: log.head.seq, rules: { pack: '', version: '', values }, home: side, away: side, roster: [] }
  const { chart } = tellStory(
    sport,
    game as unknown as Game,
    log.plays.map((play): Play => ({ ...play, text: '' })),
  )
  if (!chart) throw new Error('No chart.')
  return chart
}
function drawn(chart: ReturnType<typeof chartOf>): string {
  const { stretches, now, steps } = chart
  return renderToStaticMarkup(<LeadChart stretches={stretches} now={now} steps={steps} peak={null} isLive={false} summary="" />)
}

it('draws each set from the line at its beginning, and its last point as wide as any', () => {
  const chart = chartOf(volleyball, [...rallies('h'.repeat(25)), ...rallies('a'.repeat(25))])
  // 25 plays a set and as much room behind the last: 52 in all.
  expect(chart.stretches.map(({ from, to }) => [from * 52, to * 52])).toEqual([
    [0, 26],
    [26, 52],
  ])
  expect(chart.now).toBe(1)
  const fresh = chart.steps.findIndex(({ isFresh }) => isFresh)
  expect(chart.steps[fresh - 1]).toMatchObject({ x: 25 / 52, margin: 25 })
  expect(chart.steps[fresh]).toMatchObject({ x: 0.5, margin: 0 })
  expect(chart.steps[fresh + 1]).toMatchObject({ x: 27 / 52, margin: -1 })
  const [home, away] = [...drawn(chart).matchAll(/<path d="([^"]*)"/g)].map(([, d]) => d)
  expect(home).toMatch(/H500V[\d.]+Z$/)
  expect(away).toMatch(/^M519\.2 /)
  expect(away).toMatch(/H1000V[\d.]+Z$/)
})

it('sets over each set what it came to, also where a later play put it right', () => {
  const scores = (chart: ReturnType<typeof chartOf>) => chart.stretches.map(({ score }) => score)
  const played = [set(25, 20), set(22, 25), ...rallies('hha')]
  expect(scores(chartOf(volleyball, played))).toEqual(['25–20', '22–25', '2–1'])
  expect(drawn(chartOf(volleyball, played))).toMatch(/25–20.*22–25.*2–1/)
  expect(scores(chartOf(volleyball, [...played, set(25, 21, 1)]))).toEqual(['25–21', '22–25', '2–1'])
})

it('tells a match tie-break in its points', () => {
  const values = { ...(tennis.packs[0]?.values as object), finalSet: 'mtb10' }
  const tieBreak = { ...set(7, 6), data: { home: 7, away: 6, tiebreak: 4 } }
  expect(chartOf(tennis, [tieBreak, set(3, 6), ...rallies('hhhh')], values).stretches.at(-1)?.score).toBe('4–0')
  expect(chartOf(tennis, [tieBreak, set(3, 6), set(10, 7)], values).stretches.map(({ score }) => score)).toEqual(['7–6', '3–6', '10–7'])
})

it('has no scores over quarters', () => {
  const chart = chartOf(basketball, [{ kind: 'periodStart' }, { kind: '2pt', side: 'home', clockMs: 500_000 }])
  expect(chart.stretches.every(({ score }) => score === undefined)).toBe(true)
})
