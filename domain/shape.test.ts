import { expect, test } from 'vitest'
import { shapeProblem } from './shape.ts'

const arrays = (depth: number, inmost: unknown = 1): unknown => (depth === 0 ? inmost : [arrays(depth - 1, inmost)])

test('eight levels are taken, nine are not', () => {
  for (const sent of [null, 1, 'x', {}, [], { a: { b: [1] } }, arrays(8), arrays(8, {})]) expect(shapeProblem(sent)).toBeNull()
  for (const sent of [arrays(9), arrays(1000), { a: arrays(8) }]) expect(shapeProblem(sent)).toMatchObject({ code: 'INVALID_PAYLOAD' })
})

test('a key that would become a prototype is none', () => {
  for (const sent of ['{"__proto__":1}', '[{"a":{"__proto__":{"isAdmin":true}}}]']) {
    expect(shapeProblem(JSON.parse(sent))).toMatchObject({ code: 'INVALID_PAYLOAD', path: '__proto__' })
  }
  expect(shapeProblem({ constructor: 1, prototype: 1 })).toBeNull()
})
