import { expect, it } from 'vitest'
import { sideOf } from './create-game.ts'

it('a side of players is sent as its one or two people, a team by its name', () => {
  expect(sideOf(' Anna Keller ', true)).toEqual({ members: [{ name: 'Anna Keller' }] })
  expect(sideOf('Ada Lind / Bo Ek', true)).toEqual({ members: [{ name: 'Ada Lind' }, { name: 'Bo Ek' }] })
  expect(sideOf('A / B / C', true)).toEqual({ name: 'A / B / C' })
  expect(sideOf('Hall 1 / Juniors', false)).toEqual({ name: 'Hall 1 / Juniors' })
})
