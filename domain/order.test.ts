import { expect, test } from 'vitest'
import { isPutBack, orderBetween } from './order.ts'

test('a key tells whether its play came last or was put between others, however long the log', () => {
  let last: string | null = null
  for (let i = 0; i < 3_000; i++) {
    const next: string = orderBetween(last, null)
    expect([next, isPutBack(next)]).toEqual([next, false])
    const between = orderBetween(last, next)
    expect([between, isPutBack(between)]).toEqual([between, true])
    expect([orderBetween(last, between), orderBetween(between, next)].map(isPutBack)).toEqual([true, true])
    // After one that was put back and stands last by a void, the next is last again.
    expect(isPutBack(orderBetween(between, null))).toBe(false)
    last = next
  }
})
