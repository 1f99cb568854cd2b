import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import type { BoxTable } from '#domain/box.ts'
import type { Game } from '#domain/game.ts'
import { BoxScore } from './box-score.tsx'

const side = (name: string) => ({ id: name, name, shortName: name, abbr: name.slice(0, 3).toUpperCase(), color: null, kind: 'team' })
const game = {
  id: 'g1',
  displayOrder: 'home-first',
  home: side('Hawks'),
  away: side('Bears'),
  roster: [{ id: 'ito', side: 'home', name: 'Mio Ito', number: '9' }],
} as unknown as Game
const COLUMNS = [
  { key: 'pts', label: 'PTS', name: 'Points' },
  { key: 'fg', label: 'FG', name: 'Field goals' },
]
const players = (of: 'home' | 'away', rows: BoxTable['rows'], total?: BoxTable['total']): BoxTable => ({
  id: `players-${of}`,
  title: 'Players',
  side: of,
  columns: COLUMNS,
  rows,
  total,
})
const drawn = (...tables: BoxTable[]) => renderToStaticMarkup(<BoxScore game={game} tables={tables} />)
const words = (html: string) => html.split(/<[^>]*>/).filter(Boolean)

it('names players by the roster, and whoever is not on it is a player all the same', () => {
  const rows = [
    { playerId: 'ito', cells: { pts: 4, fg: '2–3' } },
    { playerId: 'gone', cells: { pts: 0, fg: null } },
    { label: 'Bench', cells: { pts: 2, fg: null } },
  ]
  const html = drawn(players('home', rows, { pts: 6, fg: '2–3' }))
  expect(words(html)).toEqual(
    [
      'Box score',
      'Hawks',
      'Players',
      'PTS',
      'FG',
      '9',
      'Mio Ito',
      '4',
      '2–3',
      'A player',
      '0',
      '–',
      'Bench',
      '2',
      '–',
      'Total',
      '6',
      '2–3',
    ].flat(),
  )
  expect(html).toContain('<abbr title="Field goals"')
  expect(html).not.toContain('type="radio"')
})

it('names who is one of a pair before anybody asked for the roster', () => {
  const pair = { ...game, roster: [], home: { ...game.home, kind: 'pair', members: [{ id: 'vey', name: 'Bo Vey' }] } } as unknown as Game
  const tables = [players('home', [{ playerId: 'vey', cells: { pts: 1, fg: null } }])]
  expect(words(renderToStaticMarkup(<BoxScore game={pair} tables={tables} />))).toContain('Bo Vey')
})

it('shows one side at a time on a phone where both have a table', () => {
  const html = drawn(players('home', [{ label: 'Team', cells: { pts: 1 } }]), players('away', [{ label: 'Team', cells: { pts: 2 } }]))
  expect(html.match(/type="radio"/g)).toHaveLength(2)
  expect(html).toContain('max-sm:group-has-[[value=away]:checked]/box:hidden')
})

it('tells a game in parts one after the other, with what is said of a row under its name', () => {
  const part = { id: '1', side: 'home', title: '1st innings' } as const
  const fry = { id: 'fry', side: 'away', name: 'Bo Fry', number: null } as const
  const roster = [...game.roster, fry, { id: 'ek', side: 'home', name: 'Jo Ek', number: null }] as unknown as Game['roster']
  const batting: BoxTable = {
    ...players('home', [{ playerId: 'ito', note: { text: 'b {bowler}', people: { bowler: 'fry' } }, cells: { pts: 4 } }], { pts: 4 }),
    ...{ title: 'Batting', part, totalNote: '1 wkt', others: { label: 'Yet to bat', most: 11 } },
  }
  const bowling: BoxTable = { ...players('away', [{ playerId: 'fry', cells: { pts: 1 } }]), id: 'b', title: 'Bowling', part }
  const html = renderToStaticMarkup(<BoxScore game={{ ...game, roster }} tables={[batting, bowling]} />)
  const said = words(html).filter(word => !['PTS', 'FG', '–'].includes(word))
  expect(said).toEqual(
    ['Box score', 'Hawks', '1st innings', 'Batting', '9', 'Mio Ito', 'b Fry', '4', 'Total', '1 wkt', '4', 'Yet to bat:', ' Jo Ek'].concat([
      'Bowling',
      'Bo Fry',
      '1',
    ]),
  )
  expect(html).not.toContain('type="radio"')
  const squad = renderToStaticMarkup(
    <BoxScore game={{ ...game, roster }} tables={[{ ...batting, others: { label: 'Yet to bat', most: 1 } }]} />,
  )
  expect(words(squad)).not.toContain('Yet to bat:')
})

it('writes a name in full where another of the side has the same', () => {
  const entry = (id: string, name: string) => ({ id, side: 'away' as const, name, number: null })
  const roster = [entry('a', 'Bo Fry'), entry('b', 'Al Fry'), entry('c', 'Ek')]
  const note = { text: 'c {fielder} b {bowler}', people: { fielder: 'a', bowler: 'c' } }
  const table: BoxTable = players('home', [{ label: 'Somebody', note, cells: { pts: 1 } }])
  expect(words(renderToStaticMarkup(<BoxScore game={{ ...game, roster }} tables={[table]} />))).toContain('c Bo Fry b Ek')
})

it('compares both sides figure by figure, in the order they are named', () => {
  const both: BoxTable = {
    id: 'team',
    title: 'Team',
    columns: [
      { key: 'home', label: 'Home', name: 'Home' },
      { key: 'away', label: 'Away', name: 'Away' },
    ],
    rows: [
      { label: 'Shots', cells: { home: 9, away: 3 } },
      { label: 'Power play', cells: { home: '1/2', away: '0/1' } },
    ],
  }
  const html = renderToStaticMarkup(<BoxScore game={{ ...game, displayOrder: 'away-first' }} tables={[both]} />)
  expect(words(html)).toEqual(['Box score', 'BEA', 'Team', 'HAW', '3', 'Shots', '9', '0/1', 'Power play', '1/2'])
  expect(html.match(/inline-size:25%/g)).toHaveLength(1)
})
