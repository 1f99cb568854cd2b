import { describe, expect, it } from 'vitest'
import { type Freshness, freshnessOf, isVouchedFor } from '#components/live/freshness.ts'
import type { Game } from '#domain/game.ts'
import { titleOf } from './page-title.ts'
import { hasBegun, isLoser, scoreOf, sidesOf } from './sides.ts'
import { scoreSentence } from './use-announcements.ts'

const side = (shortName: string) => ({ id: shortName, name: shortName, shortName, abbr: shortName, color: null, kind: 'team' as const })
const game = (change: Partial<Game>): Game =>
  ({
    id: 'g1',
    home: side('Hawks'),
    away: side('Bears'),
    status: 'live',
    score: { home: 61, away: 58 },
    period: { number: 3, kind: 'quarter', label: 'Q3' },
    clock: { running: false, direction: 'down', valueMs: 127_000, asOf: '' },
    winner: null,
    displayOrder: 'home-first',
    ...change,
  }) as Game

describe('the title of a game', () => {
  it('has the score first', () => {
    expect(titleOf(game({}))).toBe('61–58 Hawks v Bears · Q3')
    expect(titleOf(game({ status: 'final' }))).toBe('61–58 Hawks v Bears · Final')
  })
  it('has none before the start', () => {
    expect(titleOf(game({ status: 'scheduled', period: null }))).toBe('Hawks v Bears')
    expect(titleOf(game({ status: 'postponed', period: null }))).toBe('Hawks v Bears · Postponed')
  })
})

describe('an announcement', () => {
  const plain = { isCorrection: false, play: null, periodName: '3rd quarter', set: null }
  it('says the score, the play and when', () => {
    expect(scoreSentence(game({}), { ...plain, play: 'Three points, Hawks' })).toBe(
      'Hawks 61, Bears 58. Three points, Hawks, 3rd quarter, 2:07.',
    )
  })
  it('says that something was corrected, not what was celebrated', () => {
    expect(scoreSentence(game({}), { ...plain, isCorrection: true, play: 'Two points' })).toBe(
      'Correction. Hawks 61, Bears 58. 3rd quarter, 2:07.',
    )
  })
  it('says the end', () => {
    expect(scoreSentence(game({ status: 'final' }), plain)).toBe('Hawks 61, Bears 58. Final.')
  })
  it('says the games of a set', () => {
    const set = { label: '2', home: 4, away: 3 }
    expect(scoreSentence(game({ clock: null, score: { home: 1, away: 0 } }), { ...plain, periodName: 'Set 2', set })).toBe(
      'Hawks 1, Bears 0. Set 2 4–3.',
    )
  })
})

describe('how fresh a page is', () => {
  const at = (link: 'connecting' | 'live' | 'reconnecting' | 'stale' | 'polling', ageMs: number) =>
    freshnessOf({ link, since: 1_000_000 }, 1_000_000 + ageMs)
  it('says nothing of a short break, then the word, then that it lasts', () => {
    expect([0, 999, 1000, 9999, 10_000].map(ms => at('reconnecting', ms))).toEqual([
      'fresh',
      'fresh',
      'reconnecting',
      'reconnecting',
      'late',
    ])
  })
  it('believes a page that was just drawn, and says without alarm that it still connects', () => {
    expect([0, 2999, 3000, 9999, 10_000].map(ms => at('connecting', ms))).toEqual(['fresh', 'fresh', 'connecting', 'connecting', 'late'])
    expect(['fresh', 'connecting', 'polling', 'reconnecting', 'late', 'stale'].map(word => isVouchedFor(word as Freshness))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(freshnessOf({ link: 'connecting', since: 0 }, Date.now())).toBe('fresh')
  })
  it('never calls anything else live', () => {
    expect([at('live', 0), at('stale', 0), at('polling', 0)]).toEqual(['fresh', 'stale', 'polling'])
  })
})

describe('the sides', () => {
  it('stand in the order the league wants', () => {
    expect(sidesOf({ displayOrder: 'away-first' })).toEqual(['away', 'home'])
  })
  it('have their scores in that order too', () => {
    expect(scoreOf({ home: 0, away: 3 }, { displayOrder: 'away-first' })).toBe('3–0')
    expect(scoreOf({ home: 0, away: 3 }, {})).toBe('0–3')
  })
  it('have a loser only where there is a winner', () => {
    expect(isLoser({ winner: 'home' }, 'away')).toBe(true)
    expect(isLoser({ winner: 'draw' }, 'away')).toBe(false)
    expect(isLoser({ winner: null }, 'home')).toBe(false)
  })
  it('have no score before the start', () => {
    expect(hasBegun({ status: 'scheduled', period: null })).toBe(false)
    expect(hasBegun({ status: 'live', period: null })).toBe(true)
  })
})
