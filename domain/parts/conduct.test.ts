import { expect, test } from 'vitest'
import { type Conduct, note, noted } from './conduct.ts'

test('counts each kind by player, and nothing where nobody is named', () => {
  const twice = note(note(note({}, 'p4', 0), 'p4', 2), 'p4', 2)
  expect(twice).toEqual({ p4: [1, 0, 2] })
  expect([0, 1, 2, 3].map(what => noted(twice, 'p4', what))).toEqual([1, 0, 2, 0])
  expect(note(twice, undefined, 0)).toBe(twice)
  expect([noted(twice, undefined, 0), noted(twice, 'toString', 0)]).toEqual([0, 0])
})

test('stays bounded, and goes on counting those it knows', () => {
  let conduct: Conduct = {}
  for (let i = 0; i < 200; i++) conduct = note(conduct, `p${i}`, 0)
  expect(Object.keys(conduct)).toHaveLength(80)
  expect(noted(note(conduct, 'p3', 0), 'p3', 0)).toBe(2)
})
