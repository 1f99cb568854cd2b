import { expect, it } from 'vitest'
import type { Action } from '#domain/sport.ts'
import { keysAt, levelsOf } from './depth.ts'

const key = (id: string, depth?: Action['depth']): Action => ({ id, kind: id, label: id, size: 1, key: { home: '', away: '' }, depth })
const ids = (actions: readonly Action[]) => actions.map(({ id }) => id)
const ALL = [key('goal', 'score'), key('card'), key('shot', 'full')]

it('each level shows its own keys and those of every lesser one', () => {
  expect(ids(keysAt(ALL, 'score'))).toEqual(['goal'])
  expect(ids(keysAt(ALL, 'plays'))).toEqual(['goal', 'card'])
  expect(ids(keysAt(ALL, 'full'))).toEqual(['goal', 'card', 'shot'])
})

it('never leaves a table without a key', () => {
  expect(ids(keysAt([key('card'), key('shot', 'full')], 'score'))).toEqual(['card'])
})

it('offers no choice where all keys are of one level, and the usual one always', () => {
  expect(levelsOf([key('goal'), key('card')])).toEqual([])
  expect(levelsOf([key('goal', 'score'), key('shot', 'full')])).toEqual(['score', 'plays', 'full'])
})
