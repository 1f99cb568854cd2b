import { describe, expect, test } from 'vitest'
import { openFold, view } from './fold.ts'
import { SPORTS } from './sports/index.ts'

const shootout = { home: 4, away: 3, kicks: [{ side: 'home', scored: true }], series: 5 }
const sports = await Promise.all(Object.values(SPORTS).map(load => load().then(({ sport }) => sport)))
const shown = sports.map(sport => {
  const rules = Object.values(sport.packs)[0]?.values
  const { detail, period } = view(sport, rules, openFold(sport, rules))
  const middle = (status: 'live' | 'final', displayOrder: 'home-first' | 'away-first') =>
    sport.glance?.({ detail: { ...detail, shootout }, period, status, displayOrder }).middle ?? ''
  return { id: sport.id, middle }
})

describe('where visitors are named first', () => {
  const showing = shown.filter(({ middle }) => middle('live', 'home-first').includes('4–3'))

  test.each(showing)('the tally of a shoot-out reads in their order: $id', ({ middle }) => {
    for (const status of ['live', 'final'] as const) {
      expect(middle(status, 'home-first')).toContain('4–3')
      expect(middle(status, 'away-first')).toContain('3–4')
    }
  })

  test('every sport that shows such a tally is among them', () => {
    expect(showing.map(({ id }) => id).sort()).toEqual(['field_hockey', 'handball', 'ice_hockey', 'rugby_union', 'soccer', 'water_polo'])
  })
})
