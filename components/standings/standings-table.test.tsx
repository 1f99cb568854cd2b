import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { StandingsRow } from '#domain/standings.ts'
import { StandingsTable } from './standings-table.tsx'

const row = (position: number, name: string, won: number, lost: number, more: Partial<StandingsRow> = {}): StandingsRow => ({
  position,
  team: { id: name, name, color: null },
  played: won + lost,
  won,
  drawn: 0,
  lost,
  for: 10,
  against: 10,
  points: won * 2,
  deduction: 0,
  bonus: 0,
  outcomes: {},
  percentage: won / (won + lost),
  gamesBehind: 0,
  headToHead: null,
  decidedBy: 'points',
  ...more,
})
const text = (...rows: StandingsRow[]) =>
  renderToStaticMarkup(<StandingsTable rows={rows} />)
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

test('a table of points has columns for what there is, and no others', () => {
  const shown = text(row(1, 'Hawks', 3, 0), row(2, 'Bears', 0, 3, { decidedBy: null }))
  expect(shown).toContain('P W L F A +/− Pts')
  const more = text(
    row(1, 'Hawks', 2, 1, { bonus: 2, outcomes: { overtimeLoss: 1 } }),
    row(2, 'Bears', 1, 2, { drawn: 1, decidedBy: null }),
  )
  expect(more).toContain('P W D L OTL F A +/− B Pts')
})

test('a table of percentages says them and the games behind', () => {
  const shown = text(
    row(1, 'Hawks', 5, 0, { decidedBy: 'percentage' }),
    row(2, 'Bears', 3, 3, { decidedBy: 'percentage', gamesBehind: 2.5 }),
    row(3, 'Gulls', 2, 3, { decidedBy: null, gamesBehind: 3 }),
  )
  expect(shown).toContain('Pct GB')
  expect(shown).not.toContain('Pts')
  expect(shown).toMatch(/Hawks 5 5 0 10 10 0 1\.000 – 2 Bears 6 3 3 10 10 0 \.500 2½ 3 Gulls 5 2 3 10 10 0 \.400 3/)
})

test('what parted level sides and what was taken away is said below', () => {
  const shown = text(
    row(1, 'Hawks', 2, 0, { decidedBy: 'head-to-head-points' }),
    row(2, 'Bears', 2, 0, {
      deduction: 1,
      deductions: [{ team: 'Bears', points: 1, reason: 'Late kick-off', date: '2031-03-01' }],
      decidedBy: null,
    }),
  )
  expect(shown).toContain('Hawks above Bears: more points in their own games.')
  expect(shown).toContain('* Bears: 1 point deducted (Late kick-off, 2031-03-01).')
})

test('each team leads to its page; beside its own row the rest are told less of, and that one leads to the table', () => {
  const rows = [
    row(1, 'Hawks', 2, 1, { decidedBy: 'head-to-head' }),
    row(2, 'Bears', 2, 1, { decidedBy: 'head-to-head' }),
    row(3, 'Gulls', 2, 1, { decidedBy: null, deduction: 1 }),
  ]
  const plain = renderToStaticMarkup(<StandingsTable rows={rows} />)
  expect([...plain.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['/teams/Hawks', '/teams/Bears', '/teams/Gulls'])
  expect(plain).toContain('Bears above Gulls')
  const beside = renderToStaticMarkup(<StandingsTable rows={rows} own={{ teamId: 'Hawks', href: '/competitions/x' }} />)
  expect([...beside.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['/competitions/x', '/teams/Bears', '/teams/Gulls'])
  expect(beside).toContain('Hawks above Bears')
  expect(beside).not.toContain('above Gulls')
  expect(beside).not.toContain('deducted')
})
