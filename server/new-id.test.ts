import { expect, it } from 'vitest'
import { newId } from './new-id.ts'

it('makes ids of letters and digits that fit every address, each letter as likely as the next', () => {
  const ids = Array.from({ length: 20_000 }, newId)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9]{11}$/)
  const counts = new Map<string, number>()
  for (const letter of ids.join('')) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect(counts.size).toBe(62)
  // 3,548 each on average; eight standard deviations.
  for (const count of counts.values()) expect(Math.abs(count - (20_000 * 11) / 62)).toBeLessThan(480)
})
