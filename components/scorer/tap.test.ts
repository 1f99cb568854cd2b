import { expect, it } from 'vitest'
import type { Detail, Game } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { Action, Sport } from '#domain/sport.ts'
import { sport as basketball } from '#domain/sports/basketball.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { askOf, canBe, dueKeys, insteadOf } from './tap.ts'

const rules = basketball.packs[0]?.values
const actions = basketball.actions(rules as never)
const game = { detail: {}, clock: null, status: 'live' } as unknown as Game
const due = (ids: string[]): Sport => ({ ...basketball, due: () => ids })

it('what is due is brought out on the side that may do it, on both where both may', () => {
  const keys = (ids: string[], able: (side?: string) => boolean) => [...dueKeys(due(ids), game, actions, 0, ({ side }) => able(side))]
  expect(keys(['ft'], side => side === 'home')).toEqual(['home:ft'])
  expect(keys(['ft'], () => true)).toEqual(['ft'])
  expect(keys(['ft'], () => false)).toEqual(['ft'])
  expect(keys(['away:ft'], () => true)).toEqual(['away:ft'])
  expect([...dueKeys({ ...basketball, due: undefined }, game, actions, 0, () => true)]).toEqual([])
})

it('another key of the same play keeps who had a part in it', () => {
  const three = actions.find(({ id }) => id === '3pt')
  if (!three) throw new Error('no key')
  const was = { kind: '2pt', side: 'home', player: 'Ito', data: { assist: { name: 'Vale' } } } as const
  expect(insteadOf(basketball, three, 'home', was)).toEqual({
    kind: '3pt',
    side: 'home',
    player: 'Ito',
    data: { assist: { name: 'Vale' } },
  })
})

it('a goal that was an own goal leaves out its scorer, who would be of the wrong side, and keeps one where the side stays', () => {
  const key = (wanted: string) => {
    const found = soccer.actions(soccer.packs[0]?.values as never).find(({ id }) => id === wanted)
    if (!found) throw new Error('no key')
    return found
  }
  const goal = { kind: 'goal', side: 'home', playerId: 'p9' } as const
  expect(insteadOf(soccer, key('ownGoal'), 'home', goal)).toEqual({ kind: 'ownGoal', side: 'home' })
  expect(insteadOf(soccer, key('goal'), 'home', { ...goal, kind: 'ownGoal' })).toEqual({ kind: 'goal', side: 'home' })
  expect(insteadOf(soccer, key('penaltyGoal'), 'home', goal)).toEqual({ kind: 'penaltyGoal', side: 'home', playerId: 'p9' })
})

it('nobody who received is offered an ace, and nobody but the server a double fault', () => {
  const key = (id: string) => tennis.actions(undefined as never).find(action => action.id === id) as Action
  const shown = { server: 'home' } as unknown as Detail
  const can = (id: string, side: Side) => canBe(tennis, key(id), side, shown, shown)
  expect([can('ace', 'home'), can('ace', 'away')]).toEqual([true, false])
  expect([can('doubleFault', 'home'), can('doubleFault', 'away')]).toEqual([true, false])
  expect([can('point', 'home'), can('point', 'away')]).toEqual([true, true])
})

it('a question names the score in the order in which the sides stand', () => {
  const side = { name: 'Lind', shortName: 'Lind' }
  const stands = { linescore: { columns: [{ label: '1', home: 4, away: 2 }] }, score: { home: 0, away: 0 }, home: side, away: side }
  const asked = (displayOrder: string) => askOf(tennis, { ...stands, detail: {}, displayOrder } as unknown as Game, '{column}', null)
  expect([asked('home-first'), asked('away-first')]).toEqual(['4–2', '2–4'])
})
