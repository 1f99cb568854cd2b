import { expect, test } from 'vitest'
import type { BoxPlay } from '../box.ts'
import { column, count, figure, outOf, percent, playerTables, teamRow, teamTable } from './figures.ts'

const play = (side: 'home' | 'away', playerId?: string, counts = true) => ({ play: { side, playerId }, counts }) as unknown as BoxPlay<null>
const counted = (...plays: BoxPlay<null>[]) =>
  count(plays, ({ side, playerId }) =>
    side
      ? [
          { side, key: 'goals', playerId },
          { side, key: 'shots', playerId, by: 2 },
        ]
      : [],
  )
const COLUMNS = [column('goals', 'G', 'Goals'), column('share', '%', 'Share', own => percent(figure(own, 'goals'), figure(own, 'shots')))]

test('players stand by the first column, those not named last, and the total holds all of them', () => {
  const [home, ...rest] = playerTables(
    counted(play('home'), play('home', 'a'), play('home', 'b'), play('home', 'b')),
    'players',
    'Players',
    COLUMNS,
  )
  expect(rest).toEqual([])
  expect(home).toMatchObject({ id: 'players', side: 'home', total: { goals: 4, share: '50%' } })
  expect(home?.rows.map(({ playerId, label, cells }) => [playerId ?? label, cells.goals])).toEqual([
    ['b', 2],
    ['a', 1],
    ['Not named', 1],
  ])
})

test('plays that do not count are left out, and a side of which nobody is named has no table', () => {
  expect(playerTables(counted(play('home', 'a', false), play('away')), 'players', 'Players', COLUMNS)).toEqual([])
})

test('both sides stand beside each other, without rows in which neither has anything', () => {
  const [table] = teamTable(counted(play('home'), play('home')), [teamRow('Goals', 'goals'), teamRow('Cards', 'cards')])
  expect(table?.rows).toEqual([{ label: 'Goals', cells: { home: 2, away: 0 } }])
  expect(teamTable(counted(), [teamRow('Goals', 'goals')])).toEqual([])
})

test('a share of nothing is nothing', () => {
  expect([outOf(0, 0), percent(0, 0), outOf(0, 2), percent(2, 3)]).toEqual([null, null, '0/2', '67%'])
})
