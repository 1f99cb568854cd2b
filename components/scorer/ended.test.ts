import { expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { sport as lacrosse } from '#domain/sports/lacrosse.ts'
import { sport as soccer } from '#domain/sports/soccer.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'
import { endingOf } from './ended.tsx'

const ended = (statusReason: string | null, detail: object = {}) =>
  ({ status: 'final', statusReason, detail, period: null }) as unknown as Game

it('an ending is said as the boards of its sport have it, never by its code', () => {
  expect(endingOf(soccer, ended('shootout', { shootout: { home: 4, away: 1, kicks: [] } }))).toBe('pens 4–1')
  expect(endingOf(soccer, ended('overtime'))).toBe('AET')
  expect(endingOf(lacrosse, ended('golden'))).toBe('OT')
  expect(endingOf(tennis, ended('retired'))).toBe('retired')
  expect(endingOf(tennis, ended('no-result'))).toBe('no result')
  expect(endingOf(soccer, ended('regulation'))).toBeNull()
  expect(endingOf(soccer, ended(null))).toBeNull()
})
