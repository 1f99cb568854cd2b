import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SIDES } from '../play.ts'
import {
  EMPTY_BOX,
  endAll,
  type NewPenalty,
  offset,
  type PenaltyBox,
  release,
  serve,
  settle,
  shortBy,
  shortNow,
  shownPenalties,
  timersOf,
} from './penalties.ts'

const SECOND = 1000
const TWO = { atOnce: 2 }
const minor: NewPenalty = { side: 'home', label: 'Minor', lengthMs: 120 * SECOND, endsOnGoal: true }
const major: NewPenalty = { side: 'home', label: 'Major', lengthMs: 300 * SECOND }
const rest: NewPenalty = { side: 'home', label: 'Red card', lengthMs: null }

const ends = (box: PenaltyBox) => timersOf(box).map(({ untilMs }) => untilMs / SECOND)

describe('penalties', () => {
  test('run out with the playing time, and are kept no longer', () => {
    const box = serve(EMPTY_BOX, minor, 10 * SECOND)
    expect(ends(box)).toEqual([130])
    expect(shortBy(settle(box, 129_999))).toEqual({ home: 1, away: 0 })
    expect(settle(box, 130 * SECOND).penalties).toEqual([])
  })

  test('beyond the limit wait, and begin at the very moment another ends', () => {
    let box = EMPTY_BOX
    for (const at of [0, 30, 60]) box = serve(box, minor, at * SECOND, TWO)
    expect(ends(box)).toEqual([120, 150])
    expect(shownPenalties(box).waiting).toEqual({ home: 1, away: 0 })
    expect(shortBy(box)).toEqual({ home: 2, away: 0 })
    // Nobody says anything until long after: the third began when the first ended.
    expect(ends(settle(box, 200 * SECOND, TWO))).toEqual([240])
  })

  test('of one player run one after the other, the longer one first', () => {
    const player = { playerId: 'player-1' }
    let box = serve(EMPTY_BOX, { ...minor, ...player }, 0, TWO)
    box = serve(box, { ...major, ...player }, 0, TWO)
    expect(timersOf(box).map(({ label }) => label)).toEqual(['Major'])
    expect(ends(settle(box, 301 * SECOND, TWO))).toEqual([420])
  })

  test('that a goal ends: the one with the least time left, or all; the second part of a double one begins', () => {
    let box = serve(EMPTY_BOX, { ...minor, thenMs: 120 * SECOND }, 0)
    box = serve(box, minor, 10 * SECOND)
    box = serve(box, major, 20 * SECOND)
    expect(ends(box)).toEqual([240, 130, 320])
    expect(ends(release(box, 'home', 50 * SECOND, 'least'))).toEqual([170, 130, 320])
    expect(ends(release(box, 'home', 50 * SECOND, 'all'))).toEqual([170, 320])
    expect(release(box, 'away', 50 * SECOND, 'all').penalties).toHaveLength(3)
    // The first part over by itself, a goal ends the second.
    expect(ends(release(box, 'home', 125 * SECOND, 'least'))).toEqual([240, 320])
    expect(ends(release(settle(box, 131 * SECOND), 'home', 131 * SECOND, 'least'))).toEqual([320])
  })

  test('given at a time nobody knows start no clock; for the rest of the game they need none', () => {
    expect(serve(EMPTY_BOX, minor, null)).toBe(EMPTY_BOX)
    const box = serve(EMPTY_BOX, rest, null)
    expect(shownPenalties(settle(box, 9_000_000)).out).toEqual({ home: 1, away: 0 })
    expect(timersOf(box)).toEqual([])
    expect(shortNow(shownPenalties(box), undefined)).toEqual({ home: 1, away: 0 })
  })

  test('written down late run on from where they began, or are over', () => {
    const now = settle(EMPTY_BOX, 200 * SECOND)
    expect(ends(serve(now, minor, 100 * SECOND))).toEqual([220])
    expect(serve(now, minor, 10 * SECOND).penalties).toEqual([])
  })

  test('end before their time when they are taken back', () => {
    const box = serve(serve(EMPTY_BOX, minor, 0), { ...minor, side: 'away' }, 0)
    expect(endAll(box, box.penalties.slice(0, 1)).penalties.map(({ side }) => side)).toEqual(['away'])
  })

  test('weighed at one stoppage let what waited for them begin', () => {
    let box = EMPTY_BOX
    for (let i = 0; i < 3; i++) box = serve(box, minor, 0, { atOnce: 2 })
    const even = offset(box, 0, given => given.map((one, i) => (i === 0 ? { ...one, isShort: false } : one)), TWO)
    expect(shortBy(even)).toEqual({ home: 2, away: 0 })
    expect(shownPenalties(even).waiting).toEqual({ home: 0, away: 0 })
    expect(offset(box, null, given => given)).toBe(box)
  })

  test('stay few, keep to the limit, and come out the same however often the time is told between', () => {
    const given = fc.record({
      side: fc.constantFrom(...SIDES),
      label: fc.constantFrom('Minor', 'Major'),
      playerId: fc.constantFrom(undefined, 'a', 'b', 'c'),
      lengthMs: fc.constantFrom(120_000, 300_000),
      thenMs: fc.constantFrom(0, 120_000),
      isShort: fc.boolean(),
      endsOnGoal: fc.boolean(),
    })
    const deed = fc.record({ after: fc.integer({ min: 0, max: 90_000 }), given: fc.option(given), goal: fc.constantFrom(...SIDES) })
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 60 }), deeds => {
        let at = 0
        let [seldom, often] = [EMPTY_BOX, EMPTY_BOX]
        for (const { after, given: penalty, goal } of deeds) {
          for (let t = 0; t < after; t += 20_000) often = settle(often, at + t, TWO)
          at += after
          seldom = penalty ? serve(seldom, penalty, at, TWO) : release(seldom, goal, at, 'least', TWO)
          often = penalty ? serve(often, penalty, at, TWO) : release(settle(often, at, TWO), goal, at, 'least', TWO)
          const { home, away } = shortBy(seldom)
          expect(Math.max(home, away)).toBeLessThanOrEqual(2)
          expect(seldom.penalties.length).toBeLessThanOrEqual(20)
        }
        const now = (box: PenaltyBox) => timersOf(settle(box, at + 1, TWO))
        expect(now(often)).toEqual(now(seldom))
      }),
    )
  })
})
