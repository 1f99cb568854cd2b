import { describe, expect, it } from 'vitest'
import type { Facts, LoggedPlay } from './play.ts'
import { sport as baseball } from './sports/baseball.ts'
import { sport as basketball } from './sports/basketball.ts'
import { sport as soccer } from './sports/soccer.ts'
import { sport as tennis } from './sports/tennis.ts'
import { sayPlay, sayWarning } from './words.ts'

const rules = basketball.packs[0]?.values as Record<string, unknown>
const say = (play: Partial<LoggedPlay>, periodName?: string) =>
  sayPlay(
    basketball,
    { seq: 1, id: 'test-00001', kind: 'periodStart', order: 'i1', at: '2030-01-05T18:00:00.000Z', ...play },
    { side: null, player: null, rules, periodName },
  )

describe('a play as a sentence', () => {
  it('names the period it names, else the one the game knows, else none', () => {
    expect(say({ period: 2 })).toBe('2nd quarter begins')
    expect(say({}, '3rd quarter')).toBe('3rd quarter begins')
    expect(say({ period: 2 }, '3rd quarter')).toBe('2nd quarter begins')
    expect(say({ kind: 'periodEnd' })).toBe('Quarter ends')
  })

  it('names the period that the fold found out, by its number or as it is called, and the play’s own before it', () => {
    const edge = { seq: 1, id: 'test-00001', kind: 'periodStart', order: 'i1', at: '2030-01-05T18:00:00.000Z' }
    const told = (facts: Facts, play: Partial<LoggedPlay> = {}, sport = basketball) =>
      sayPlay(sport, { ...edge, ...play }, { side: null, player: null, rules, facts })
    expect(told({ period: 2 })).toBe('2nd quarter begins')
    expect(told({ period: 2 }, { period: 4 })).toBe('4th quarter begins')
    expect(told({ period: 'Set 3' }, {}, tennis)).toBe('Set 3 begins')
  })
})

describe('a warning in words', () => {
  it('is the sport’s own, or what every sport says', () => {
    expect(sayWarning(soccer, 'player-sent-off')).toBe('Had been sent off')
    expect(sayWarning(soccer, 'after-end')).toBe('Recorded after the end')
  })
  it('says nothing of what only the scorer’s clock did, nor of codes it does not know', () => {
    expect(sayWarning(basketball, 'already-running')).toBeNull()
    expect(sayWarning(basketball, 'some-day')).toBeNull()
  })
  it('is no sentence with gaps', () => {
    for (const { words } of [baseball, basketball, soccer, tennis]) {
      for (const [key, text] of Object.entries(words)) if (key.startsWith('warning.')) expect(text).not.toMatch(/[{}]/)
    }
  })
})
