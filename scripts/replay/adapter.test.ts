import { expect, test } from 'vitest'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { columnDifferences, differences, gameOf, isBesidePlay, playList, printable, startOf } from './adapter.ts'

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
  const odd = { id: 'd', home: '\u200eQuay\u0000side  Herons\uD83D', away: `${'x'.repeat(79)}\u{1F3D0}` }
  expect(gameOf(odd)).toMatchObject({ home: { name: 'Quay side Herons\uFFFD' }, away: { name: `${'x'.repeat(79)}\uFFFD` } })
  expect(printable(`a\n${'b'.repeat(67)}\u{1F3D0}`)).toBe(`a ${'b'.repeat(67)}\uFFFD`)
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

test('a status is given in our words, and what was only implied is taken back', () => {
  const given = (status: string | null | undefined) => {
    const list = playList()
    list.add({ kind: 'goal', side: 'home' })
    list.frame({ kind: 'gameEnd' })
    list.giveStatus(status)
    return list.plays.at(-1)?.data
  }
  expect(given('Canceled')).toEqual({ status: 'cancelled', fromResult: true })
  expect(given('STATUS_HALFTIME')).toEqual({ status: 'break', fromResult: true })
  expect(given('STATUS_HALFTIME_ET')).toEqual({ status: 'break', fromResult: true })
  expect(given('STATUS_RAIN_DELAY')).toEqual({ status: 'suspended', fromResult: true })
  expect(given('FINAL_PEN')).toEqual(undefined)
  expect(given('in-progress')).toEqual({ status: 'live', fromResult: true })
  expect([given('final'), given('Full time'), given(null), given(undefined), given('constructor')]).toEqual(Array(5).fill(undefined))
})

test('an event that no rules know stands beside the game, unless it scores', () => {
  expect(isBesidePlay(soccer, { type: 'videoCheck', points: 0 })).toBe(true)
  expect(isBesidePlay(soccer, { type: 'constructor' })).toBe(true)
  expect(isBesidePlay(soccer, { type: 'videoCheck', points: 1 })).toBe(false)
  expect(isBesidePlay(soccer, { type: 'penaltyMissed', points: 0 })).toBe(false)
})

test('a game that was given to a side ends so', () => {
  const list = playList()
  const end = list.frame({ kind: 'gameEnd' })
  list.giveStatus('forfeit', 'away')
  expect(list.given).toEqual(['forfeit, away'])
  expect(list.plays.at(-1)).toMatchObject({ kind: 'gameEnd', replaces: end.id, data: { how: 'forfeit', winner: 'away', fromResult: true } })
})

test('what a result tells is compared, and nothing else', () => {
  const game = { score: { home: 2, away: 1 }, winner: 'home' as const, status: 'final' as const }
  expect(differences({}, game)).toEqual([])
  expect(differences({ home: 2 }, game)).toEqual([])
  expect(differences({ away: 2 }, game)).toEqual(['score: recorded {"away":2}, read {"away":1}'])
  expect(differences({ home: null as never, away: 1 }, game)).toHaveLength(1)
  expect(differences({ winner: null, status: 'finished' }, game)).toEqual(['winner: recorded null, read "home"'])
  expect(differences({ status: 'awarded beforehand' }, game)).toHaveLength(1)
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
  expect(columnDifferences([[1, 0], null, [3, 1]], read)).toEqual([])
  expect(columnDifferences([[1, 0], null, [3, 2]], read)).toHaveLength(1)
})
