import { expect, test } from 'vitest'
import { columnDifferences, gameOf, playList, startOf } from './adapter.ts'

test('a recorded day is noon UTC, whichever way it is written', () => {
  expect(startOf('2019-05-04')).toBe('2019-05-04T12:00:00.000Z')
  expect(startOf('04/05/2019')).toBe('2019-05-04T12:00:00.000Z')
  expect(startOf('4.5.2019')).toBe('2019-05-04T12:00:00.000Z')
  expect(startOf('2019-05-04T19:30:00Z')).toBe('2019-05-04T19:30:00.000Z')
  expect([startOf(null), startOf(undefined), startOf('soon'), startOf('31/31/2019')]).toEqual([null, null, null, null])
})

test('sides are teams by name or the people who play', () => {
  expect(gameOf({ id: 'a', home: 'Quayside', away: ['Ada Lind', 'Bo Vey'] })).toEqual({
    home: { name: 'Quayside' },
    away: { members: [{ name: 'Ada Lind' }, { name: 'Bo Vey' }] },
    startsAt: null,
    externalId: 'a',
  })
})

test('a side without a name gets one, and nobody’s is longer than the API takes it', () => {
  const nameless = { id: 'b', home: '', away: ' '.repeat(3) }
  expect(gameOf(nameless)).toMatchObject({ home: { name: 'Home side' }, away: { name: 'Away side' } })
  expect(gameOf({ id: 'c', home: 'x'.repeat(90), away: ['', 'Bo Vey'] })).toMatchObject({
    home: { name: 'x'.repeat(80) },
    away: { members: [{ name: 'Away side' }, { name: 'Bo Vey' }] },
  })
  const list = playList()
  list.add({ kind: 'goal', side: 'home', player: ' ' })
  expect(list.plays).toEqual([{ id: 'replay-00001', kind: 'goal', side: 'home' }])
})

test('given plays are numbered apart, so that the others keep their ids without them', () => {
  const list = playList()
  list.add({ kind: 'goal', side: 'home' })
  list.give('a tally', { kind: 'shootoutTally', data: { home: 1, away: 0 } })
  list.frame({ kind: 'gameEnd' })
  expect(list.plays.map(({ id, data }) => [id, data?.fromResult])).toEqual([
    ['replay-00001', undefined],
    ['given-00001', true],
    ['replay-00002', undefined],
  ])
})

test('columns beyond those of the record count with its last one', () => {
  const column = (home: number | null, away: number | null) => ({ label: '', home, away })
  const read = [column(1, 0), column(0, 2), column(1, 1), column(2, 0)]
  expect(
    columnDifferences(
      [
        [1, 0],
        [0, 2],
        [3, 1],
      ],
      read,
    ),
  ).toEqual([])
  expect(
    columnDifferences(
      [
        [1, 0],
        [0, 2],
        [1, 1],
        [2, 0],
        [0, 0],
      ],
      read,
    ),
  ).toHaveLength(1)
  expect(columnDifferences([[1, null]], [column(1, null)])).toEqual([])
})
