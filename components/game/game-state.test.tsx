import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { Glance } from '#domain/sport.ts'
import { GameState } from './game-state.tsx'

const SET = { number: 2, kind: 'set', label: 'Set 2' }
const HALF = { number: 1, kind: 'half', label: '1st half' }

/** What stands between the scores, piece by piece. */
function shown(change: Partial<Game>, glance: Glance = {}, periodName = change.period?.label ?? null): string[] {
  const game = {
    sport: 'ultimate',
    status: 'live',
    statusReason: null,
    statusUntil: null,
    startsAt: '2030-01-05T18:00:00.000Z',
    seq: 9,
    clock: null,
    linescore: { columns: [{ label: '2', home: 4, away: 3 }], total: { home: 1, away: 0 } },
    displayOrder: 'home-first',
    score: { home: 1, away: 0 },
    ...change,
  } as unknown as Game
  const html = renderToStaticMarkup(
    <GameState game={game} sayings={{ glance, periodName, totals: [], hasTimers: false }} isPaused={false} />,
  )
  return html.split(/<[^>]*>/).filter(text => text !== '' && text !== 'LIVE')
}

it('names the period once where its label is the headline', () => {
  expect(shown({ period: HALF })).toEqual(['1st half'])
  const shootout = { number: 5, kind: 'shootout', label: 'PSO' }
  expect(shown({ period: shootout }, { middle: '3–1, shoot-out' }, 'Penalty shoot-out')).toEqual(['3–1', 'Penalty shoot-out'])
  expect(shown({ period: SET })).toEqual(['Set 2'])
  expect(shown({ period: { number: 2, kind: 'match', label: 'Match 2' } }, { middle: 'Match 2, 1–0' })).toEqual(['Match 2', '1–0'])
})

it('names it under a headline of the sport’s own, and where it has a longer name', () => {
  expect(shown({ period: SET }, { middle: '30–40, break point' })).toEqual(['30–40', 'Set 2', 'break point'])
  expect(shown({ period: { number: 1, kind: 'half', label: '1H' } }, {}, '1st half')).toEqual(['1H', '1st half'])
})

it('says in a break and at the end only what the word for it does not say', () => {
  const isBreak = { status: 'break', period: HALF } as const
  expect(shown(isBreak, { middle: 'Half-time' })).toEqual(['Half-time'])
  expect(shown(isBreak, { middle: 'Hawks to pull' })).toEqual(['Half-time', 'Hawks to pull'])
  expect(shown({ status: 'final', statusReason: 'shootout', period: HALF }, { middle: 'pens 4–3' })).toEqual(['Final', 'pens 4–3'])
})

it('counts down what is left of a break whose length is known, and says nothing once it lasts longer', () => {
  const isBreak = { status: 'break', period: HALF } as const
  // Drawn at the time zero of the tests, as a page without a server's clock is.
  expect(shown({ ...isBreak, statusUntil: new Date(15 * 60_000).toISOString() })).toEqual(['Half-time', '15:00'])
  expect(shown({ ...isBreak, statusUntil: new Date(-1).toISOString() })).toEqual(['Half-time'])
})

it('shows a standing clock as one, whatever the status says', () => {
  const clock = { running: false, direction: 'down', valueMs: 498_000, asOf: '2030-01-05T18:00:00.000Z' } as const
  const period = { number: 1, kind: 'quarter', label: 'Q1' }
  expect(shown({ period, clock }, {}, '1st quarter')).toEqual(['Clock stopped, ', '8:18', '1st quarter'])
  expect(shown({ period, clock: { ...clock, running: true } }, {}, '1st quarter')[0]).not.toBe('Clock stopped, ')
})
