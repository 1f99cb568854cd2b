import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { playByPlay } from '#domain/box-score.ts'
import type { Side } from '#domain/play.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport } from '#domain/sports/cricket.ts'
import { TestLog, type TestPlay } from '#domain/test-log.ts'
import { reachOf, standingAt, stepFor, type WormPoint, wormOf } from './worm.ts'
import { WormChart } from './worm-chart.tsx'

const ball = (side: Side, data: Record<string, unknown>): TestPlay => ({ kind: 'ball', side, data })
/** Runs off each ball, a letter each: `W` is a wicket, `x` a wide. */
const balls = (side: Side, marks: string) =>
  [...marks].map(mark => ball(side, mark === 'W' ? { wicket: 'bowled' } : mark === 'x' ? { wides: 1 } : { runs: Number(mark) }))
function worm(plays: readonly TestPlay[], pack = 't20', change: object = {}) {
  const values = { ...(sport.packs.find(({ id }) => id === pack)?.values as object), ...change }
  const log = new TestLog(sport, values)
  log.add(...plays)
  const rows = Array.from(playByPlay(sport, values, log.plays), ({ row }) => row)
  const told = wormOf(sport, values, rows)
  if (!told) throw new Error('There is no worm.')
  return told
}
const short = ({ label, runs, wickets }: WormPoint) => `${label} ${runs}/${wickets}`

describe('the lines of innings', () => {
  it('have a point for each over and one for each wicket', () => {
    const { lines, most, unit } = worm(balls('home', '111x4011W11112'))
    expect(lines).toMatchObject([{ side: 'home', nth: 1 }])
    expect(lines[0]?.points.map(short)).toEqual(['1 9/0', '1.2 10/1', '2 14/1', '2.1 16/1'])
    expect([most, unit]).toEqual([20, 'over'])
  })

  it('keep two wickets of one over apart, and a wicket with its last ball', () => {
    expect(worm(balls('home', '1W0W1W4')).lines[0]?.points.map(short)).toEqual(['0.2 1/1', '0.4 1/2', '1 2/3', '1.1 6/3'])
  })

  it('go back where an innings is set lower', () => {
    const set = { kind: 'inningsScore', side: 'home', data: { runs: 3, wickets: 0, overs: 1, balls: 0 } } as TestPlay
    expect(worm([...balls('home', '1111111111111'), set, ...balls('home', '2')]).lines[0]?.points.map(short)).toEqual(['1 3/0', '1.1 5/0'])
  })

  it('say which of a side’s own innings each is, and have no end where time is the limit', () => {
    const over = (side: Side) => balls(side, '111111')
    const end = { kind: 'inningsEnd', data: { how: 'declared' } } as TestPlay
    const { lines, most } = worm([...over('home'), end, ...over('away'), end, ...over('home')], 'test')
    expect(lines.map(({ side, nth }) => [side, nth])).toEqual([
      ['home', 1],
      ['away', 1],
      ['home', 2],
    ])
    expect(most).toBe(20)
  })

  it('are measured in balls where the competition is', () => {
    const { unit, most, lines } = worm(balls('home', '1111111'), 'hundred')
    expect([unit, most]).toEqual(['ball', 100])
    expect(lines[0]?.points.map(short)).toEqual(['5 5/0', '7 7/0'])
  })

  it('leave super overs out', () => {
    const plays = [...balls('home', '000000'), ...balls('away', '000000'), ...balls('away', '4')]
    expect(worm(plays, 't20', { overs: 1, level: 'superOver' }).lines).toHaveLength(2)
  })

  it('are cricket’s alone', () => {
    expect(wormOf(basketball, {}, [])).toBeNull()
  })
})

it('knows where an innings stood, and nothing beyond its end', () => {
  const line = worm(balls('home', '111111222')).lines[0]
  if (!line) throw new Error('There is no line.')
  expect([0.5, 1, 1.4, 2].map(at => standingAt(line, at)?.runs ?? null)).toEqual([0, 6, 6, null])
})

it('has round scales', () => {
  expect([6, 20, 50, 90].map(most => stepFor(most))).toEqual([1, 5, 10, 20])
  expect(reachOf({ unit: 'over', most: 20, lines: [] })).toBe(40)
  expect(reachOf(worm([{ kind: 'inningsScore', side: 'home', data: { runs: 187, wickets: 4, overs: 20 } } as TestPlay]))).toBe(220)
})

it('draws a line an innings from nothing on, a side’s second broken, and names where each stands', () => {
  const drawn = worm([...balls('home', '111111'), { kind: 'inningsEnd', data: { how: 'declared' } }, ...balls('away', 'W22')], 'test')
  const lines = drawn.lines.map((line, i) => ({ ...line, nth: i + 1, name: ['Hawks', 'Bears'][i] as string }))
  const html = renderToStaticMarkup(
    <WormChart worm={drawn} lines={lines} summary="Hawks 6/0 after 1 over.">
      {still => still}
    </WormChart>,
  )
  const [hawks, bears] = [...html.matchAll(/<polyline points="([^"]*)"([^>]*)>/g)]
  expect(hawks?.[1]).toBe('0,400 50,340')
  expect(hawks?.[2]).not.toContain('dasharray')
  expect(bears?.[1]).toMatch(/^0,400 8.3,400 /)
  expect(bears?.[2]).toContain('dasharray')
  expect(html).toContain('Hawks 6/0')
  expect(html).toContain('Bears 4/1')
  expect(html.match(/rounded-full/g)).toHaveLength(1)
})
