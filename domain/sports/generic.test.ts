import { describe, expect, test } from 'vitest'
import { boxScore } from '#domain/box-score.ts'
import type { Side } from '#domain/play.ts'
import { TestLog } from '#domain/test-log.ts'
import { sport } from './generic.ts'

type Values = Record<string, unknown>
const valuesOf = (id: string) => sport.packs.find(one => one.id === id)?.values as Values
const game = (id = 'points', change: Values = {}) => new TestLog(sport, { ...valuesOf(id), ...change })
const point = (side: Side, points = 1, more: object = {}) => ({ kind: 'point', side, points, ...more })

describe('without periods', () => {
  test('the first point begins the game; there is one column and no clock', () => {
    const log = game()
    log.add(point('home'), point('away', 3))
    expect(log.game()).toMatchObject({ status: 'live', clock: null, score: { home: 1, away: 3 }, period: { number: 1, label: 'Game' } })
    expect(log.game().linescore.columns).toEqual([{ label: 'Game', home: 1, away: 3 }])
    expect(log.refusal('clockStart')).toBe('There is no clock in this period.')
    expect(log.game().detail.hasClock).toBe(false)
  })

  test('with minutes it has a clock all the same', () => {
    const log = game('points', { minutes: 30, clock: 'down' })
    log.add('periodStart')
    expect(log.game()).toMatchObject({ clock: { direction: 'down', valueMs: 1_800_000, running: false } })
  })

  test('no second period unless an overtime is allowed', () => {
    const log = game()
    log.add('periodStart', 'periodEnd')
    expect(log.refusal('periodStart')).toBe('There is no further period.')
    const more = game('points', { overtimes: 1 })
    more.add(point('home'), 'periodEnd', 'periodStart', point('home'), 'gameEnd')
    expect(more.game()).toMatchObject({ statusReason: 'overtime', winner: 'home', period: { number: 2, kind: 'overtime', label: 'OT' } })
  })
})

describe('with periods', () => {
  test('halves under a clock that counts up go on from where the first ended', () => {
    const log = game('halves')
    log.add('periodStart', point('home'), 'periodEnd', 'periodStart')
    expect(log.game()).toMatchObject({ period: { label: '2H' }, clock: { valueMs: 1_200_000, direction: 'up' } })
  })

  test('periods without a clock have none, and an overtime with minutes has one', () => {
    const log = game('periods', { clock: 'down', overtimeMinutes: 5, golden: false })
    log.add('periodStart', 'periodEnd', 'periodStart', 'periodEnd', 'periodStart')
    expect(log.game().clock).toBeNull()
    log.add('periodEnd', 'periodStart')
    expect(log.game()).toMatchObject({ period: { label: 'OT1' }, clock: { valueMs: 300_000 } })
  })

  test('a late point belongs to the period it names, and fouls are counted by period', () => {
    const log = game('quarters')
    log.add('periodStart', { kind: 'foul', side: 'home' }, 'periodEnd', 'periodStart')
    log.add(point('home', 2, { period: 1 }), { kind: 'foul', side: 'home', period: 1 }, { kind: 'foul', side: 'home' })
    expect(log.game().linescore.columns).toEqual([
      { label: 'Q1', home: 2, away: 0 },
      { label: 'Q2', home: 0, away: 0 },
    ])
    expect(log.game().detail).toMatchObject({ fouls: { home: 3, away: 0 }, periodFouls: { home: 1, away: 0 } })
  })
})

describe('the end', () => {
  test('the score played to ends it, two ahead where that is asked', () => {
    const log = game('race', { target: 3, targetLead: 2 })
    log.add(point('home', 2), point('away', 3))
    expect(log.game().status).toBe('live')
    log.add(point('away', 1))
    expect(log.game()).toMatchObject({ status: 'final', winner: 'away', statusReason: 'regulation' })
    const after = log.add(point('home', 2))
    expect(log.marks(after).warnings).toEqual(['after-end'])
    expect(log.game()).toMatchObject({ status: 'final', winner: 'away', score: { home: 4, away: 4 } })
  })

  test('or only tells that it is reached', () => {
    const log = game('race', { target: 3, targetEnds: false })
    log.add(point('home', 3))
    expect(log.game()).toMatchObject({ status: 'live', detail: { reached: 'home' } })
  })

  test('a correction takes the end back', () => {
    const log = game('race', { target: 2 })
    log.add(point('away'))
    const won = log.add(point('home', 2))
    expect(log.game().status).toBe('final')
    log.add({ kind: 'void', voids: won })
    expect(log.game()).toMatchObject({ status: 'live', winner: null, score: { home: 0, away: 1 } })
  })

  test('level is a draw, or no winner where there are no draws', () => {
    for (const [draws, winner] of [
      [true, 'draw'],
      [false, null],
    ] as const) {
      const log = game('points', { draws })
      log.add(point('home'), point('away'), 'gameEnd')
      expect(log.game()).toMatchObject({ status: 'final', winner })
    }
  })

  test('the first point of a golden overtime decides', () => {
    const log = game('periods', { periods: 1 })
    log.add(point('home'), point('away'), 'periodEnd', 'periodStart', point('away'))
    expect(log.game()).toMatchObject({ status: 'final', winner: 'away', statusReason: 'golden' })
  })

  test('a forfeit counts as the rules say', () => {
    const log = game('points', { forfeitScore: 20 })
    log.add({ kind: 'gameEnd', data: { how: 'forfeit', winner: 'away' } })
    expect(log.game()).toMatchObject({ status: 'forfeited', score: { home: 0, away: 20 } })
  })
})

describe('the board', () => {
  test('a score set outright changes the period under way, and earlier ones where it must', () => {
    const log = game('halves')
    log.add('periodStart', point('home', 5), 'periodEnd', 'periodStart', point('home', 2))
    log.add({ kind: 'setScore', data: { score: { home: 4, away: 7 } } })
    expect(log.game().linescore.columns).toEqual([
      { label: '1H', home: 4, away: 0 },
      { label: '2H', home: 0, away: 7 },
    ])
    expect(log.refusal({ kind: 'setScore', data: {} })).toBe('Say the score.')
  })

  test('keys are worth what the rules say, each once', () => {
    const labels = (change: Values) =>
      sport.actions({ ...valuesOf('points'), ...change }).flatMap(({ kind, label }) => (kind === 'point' ? [label] : []))
    expect(labels({})).toEqual(['+1'])
    expect(labels({ points2: 3, points3: 7, points4: 3 })).toEqual(['+1', '+3', '+7'])
  })

  test('time-outs beyond the number agreed are warned of', () => {
    const log = game('points', { timeouts: 1 })
    log.add({ kind: 'timeout', side: 'home' })
    expect(log.marks(log.add({ kind: 'timeout', side: 'home' })).warnings).toEqual(['no-timeouts-left'])
    expect(log.marks(log.add({ kind: 'timeout', side: 'away' })).warnings).toBeUndefined()
  })

  test('what the game goes to is said, with or without a clock', () => {
    const middle = (id: string, change: Values) => {
      const log = game(id, change)
      log.add('periodStart', point('home'))
      return sport.glance?.(log.game())?.middle
    }
    expect(middle('race', {})).toBe('Game, to 21')
    expect(middle('periods', { target: 15 })).toBe('P1, to 15')
    expect(middle('halves', { target: 15 })).toBe('to 15')
    expect(middle('points', {})).toBeUndefined()
  })

  test('cards stand beside the side, each colour with its number', () => {
    const log = game()
    log.add(point('home'), { kind: 'card', side: 'away', data: { colour: 'red' } }, { kind: 'card', side: 'away' })
    expect(sport.glance?.(log.game())?.badges?.map(({ side, text, tone }) => [side, text, tone])).toEqual([
      ['away', '1', 'yellow'],
      ['away', '1', 'red'],
    ])
  })

  test('the box has who scored', () => {
    const log = game()
    log.add(point('home', 3, { playerId: 'a' }), point('home', 1, { playerId: 'b' }), point('home'), { kind: 'foul', side: 'away' })
    const [players, team] = boxScore(sport, log.rules, log.plays)
    expect(players?.rows.map(({ playerId, label, cells }) => [playerId ?? label, cells.points])).toEqual([
      ['a', 3],
      ['b', 1],
      ['Not named', 1],
    ])
    expect(players?.total?.points).toBe(5)
    expect(team?.rows.find(({ label }) => label === 'Fouls')?.cells).toEqual({ home: 0, away: 1 })
  })
})
