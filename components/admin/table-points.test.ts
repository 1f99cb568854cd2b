import { expect, test } from 'vitest'
import { SPORTS } from '#domain/sports/index.ts'
import { outcomesOf, standingsRules } from '#domain/standings.ts'
import { ORDERS, orderOf, outcomeWords } from './table-points.ts'

test('an order of the list is found in it, the usual one first, and no other is', () => {
  expect(orderOf(['wins', 'difference', 'for'], ['head-to-head'])).toBe(3)
  expect(orderOf(['wins', 'difference', 'for'], ['wins', 'difference', 'for'])).toBe(0)
  expect(orderOf(['wins'], ['head-to-head'])).toBe(-1)
  expect(new Set(ORDERS.map(({ label }) => label)).size).toBe(ORDERS.length)
})

test('what a sport gives points for is called by words, no two alike', async () => {
  for (const load of Object.values(SPORTS)) {
    const { sport } = await load()
    const outcomes = [...new Set([...outcomesOf(sport), ...Object.keys(standingsRules(sport).points)])]
    const words = outcomes.map(outcomeWords)
    expect(new Set(words).size, `${sport.name}: ${words}`).toBe(words.length)
    for (const word of words) expect(word).toMatch(/^[A-Z][a-z0-9 -]+$/)
  }
})
