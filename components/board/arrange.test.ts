import { describe, expect, it } from 'vitest'
import type { GameRow } from '#domain/game.ts'
import { arrange, isSameOrder, placesOf } from './arrange.ts'
import { boardHref, type Filter, readFilter } from './filter.ts'
import { testRow } from './rows-for-tests.ts'

const ALL: Filter = { status: 'all', sport: null, competition: null }
const cup = { id: 'cup', name: 'Cup' }
const none = () => false
const ids = (rows: GameRow[], filter = ALL, isFavourite: (row: GameRow) => boolean = none) =>
  arrange(rows, placesOf(rows, isFavourite), filter).sections.map(section => `${section.key}: ${section.ids.join(' ')}`)

const rows = [
  testRow('done', { status: 'final', winner: 'home', startsAt: '2026-11-22T14:00:00.000Z' }),
  testRow('later', { status: 'scheduled', startsAt: '2026-11-22T20:00:00.000Z' }),
  testRow('now', {}),
  testRow('off', { status: 'postponed', startsAt: '2026-11-22T12:00:00.000Z' }),
  testRow('cup-done', { status: 'final', winner: 'draw', competition: cup, startsAt: '2026-11-22T10:00:00.000Z' }),
  testRow('soon', { status: 'scheduled', startsAt: '2026-11-22T19:00:00.000Z' }),
]

describe('the order of the board', () => {
  it('puts what is played first, then what comes, then what was; and so the competitions', () => {
    expect(ids(rows)).toEqual(['north: now soon later done off', 'cup: cup-done'])
  })

  it('pins favourites', () => {
    expect(ids(rows, ALL, row => row.id === 'cup-done')[0]).toBe('favourites: cup-done')
  })

  it('filters by status, sport and competition', () => {
    expect(ids(rows, { ...ALL, status: 'live' })).toEqual(['north: now'])
    expect(ids(rows, { ...ALL, competition: 'cup' })).toEqual(['cup: cup-done'])
    expect(ids(rows, { ...ALL, sport: 'tennis' })).toEqual([])
    expect(ids(rows, { ...ALL, status: 'favourites' })).toEqual([])
  })

  it('lets a row stay where it is while its game goes on, until it is arranged anew', () => {
    const places = placesOf(rows, none)
    const changed = rows.map(row => (row.id === 'now' ? { ...row, status: 'final' as const, winner: 'home' as const } : row))
    const shown = arrange(changed, places, ALL)
    expect(shown).toEqual(arrange(rows, places, ALL))
    expect(isSameOrder(shown, arrange(changed, placesOf(changed, none), ALL))).toBe(false)
  })

  it('leaves out a game that came in since, until it is arranged anew', () => {
    const places = placesOf(rows, none)
    expect(arrange([...rows, testRow('new')], places, ALL)).toEqual(arrange(rows, places, ALL))
  })

  it('hangs live games on the wall', () => {
    expect(arrange(rows, placesOf(rows, none), ALL).wall).toEqual(['now'])
  })
})

describe('the address of a board', () => {
  it('reads back what it wrote', () => {
    const filter: Filter = { status: 'live', sport: 'soccer', competition: 'a&b=c' }
    const href = boardHref('2026-11-22', filter)
    expect(readFilter(new URL(href, 'http://x').searchParams)).toEqual(filter)
    expect(boardHref(null, ALL)).toBe('/')
  })

  it('ignores what it does not know', () => {
    expect(readFilter(new URLSearchParams('status=nonsense&sport='))).toEqual(ALL)
  })
})
