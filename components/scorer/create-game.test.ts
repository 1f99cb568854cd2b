import { expect, it } from 'vitest'
import { sport as pickleball } from '#domain/sports/pickleball.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { packFor, sideOf } from './create-game.ts'

it('a side of players is sent as its one or two people, a team by its name', () => {
  expect(sideOf(' Anna Keller ', true)).toEqual({ members: [{ name: 'Anna Keller' }] })
  expect(sideOf('Ada Lind / Bo Ek', true)).toEqual({ members: [{ name: 'Ada Lind' }, { name: 'Bo Ek' }] })
  expect(sideOf('A / B / C', true)).toEqual({ name: 'A / B / C' })
  expect(sideOf('Hall 1 / Juniors', false)).toEqual({ name: 'Hall 1 / Juniors' })
})

it('two who play alone are offered the rules of singles, where the usual ones are those of doubles', () => {
  const offered = (home: string, away: string, sport = pickleball) => packFor(sport, sideOf(home, true), sideOf(away, true))?.id ?? null
  expect(offered('Ada Lind', 'Zoe Brandt')).toBe('singles')
  expect(offered('Ada Lind / Bo Ek', 'Zoe Brandt / Kim Osei')).toBeNull()
  expect(offered('Ada Lind', '')).toBeNull()
  expect(offered('Ada Lind', 'Zoe Brandt', tennis)).toBeNull()
})
