import { expect, it } from 'vitest'
import { reachesNothing } from './admin-data.ts'

it('tells a token apart that has outlived everything it was limited to', () => {
  const known = [{ id: 'north', name: 'North' }]
  expect(reachesNothing({ games: null, competitions: ['demo-1', 'demo-2'] }, known)).toBe(true)
  expect(reachesNothing({ games: null, competitions: ['demo-1', 'north'] }, known)).toBe(false)
  expect(reachesNothing({ games: ['g1'], competitions: ['demo-1'] }, known)).toBe(false)
  expect(reachesNothing({ games: null, competitions: null }, known)).toBe(false)
})
