import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Side } from '../play.ts'
import type { Sport } from '../sport.ts'
import { sport as badminton } from '../sports/badminton.ts'
import { sport as beachVolleyball } from '../sports/beach-volleyball.ts'
import { sport as pickleball } from '../sports/pickleball.ts'
import { sport as tableTennis } from '../sports/table-tennis.ts'
import { sport as volleyball } from '../sports/volleyball.ts'
import { TestLog } from '../test-log.ts'
import { playOut, rallies, read, set } from './test-rally.ts'

const SPORTS: readonly Sport[] = [volleyball, beachVolleyball, badminton, tableTennis, pickleball]
const anySide = fc.constantFrom<Side>('home', 'away')
/** Points of a whole match, one side a little better so that it ends. */
const anyMatch = fc.array(fc.oneof({ weight: 1, arbitrary: anySide }, { weight: 1, arbitrary: fc.constant<Side>('away') }), {
  minLength: 300,
  maxLength: 400,
})

describe.each(SPORTS.map(sport => [sport.name, sport] as const))('any match of %s', (_, sport) => {
  const anyRules = fc.constantFrom(...sport.packs.map(pack => pack.values))

  /** A match point by point, until it is over. */
  function byPoints(rules: unknown, sides: readonly Side[]): TestLog {
    const log = new TestLog(sport, rules)
    log.add({ kind: 'server', side: 'home' })
    for (const side of sides) if ('refuse' in log.try({ kind: 'point', side })) break
    return log
  }

  it('reads the same scored by points and by sets, who serves next included', () => {
    fc.assert(
      fc.property(anyRules, anyMatch, (rules, sides) => {
        const pointed = read(byPoints(rules, sides))
        expect(pointed.game.status).toBe('final')
        const columns = pointed.game.linescore.columns.map(({ home, away }) => set(home as number, away as number))
        const whole = playOut(sport, rules, { kind: 'server', side: 'home' }, ...columns)
        expect(whole.game.linescore).toEqual(pointed.game.linescore)
        expect(whole.game).toMatchObject({ status: 'final', winner: pointed.game.winner, score: pointed.game.score })
        const but = playOut(sport, rules, { kind: 'server', side: 'home' }, ...columns.slice(0, -1))
        const until = pointed.game.linescore.columns.slice(0, -1).reduce((sum, { home, away }) => sum + (home ?? 0) + (away ?? 0), 0)
        expect(but.detail.server).toBe(read(byPoints(rules, sides.slice(0, until))).detail.server)
      }),
      { numRuns: 15 },
    )
  })

  it('comes back whole, set by set, when its plays are voided from the end', () => {
    fc.assert(
      fc.property(anyRules, anyMatch, fc.integer({ min: 1, max: 10 }), (rules, sides, back) => {
        const log = byPoints(rules, sides)
        const { seq } = log.head
        if (back >= seq) return
        for (let i = 0; i < back; i++) log.add({ kind: 'void', voids: seq - i })
        const before = byPoints(rules, sides.slice(0, seq - 1 - back))
        expect(log.game()).toEqual(before.game())
      }),
      { numRuns: 10 },
    )
  })

  it('keeps a small state', () => {
    fc.assert(
      fc.property(anyRules, anyMatch, (rules, sides) => {
        expect(JSON.stringify(byPoints(rules, sides).head.fold).length).toBeLessThan(1200)
      }),
      { numRuns: 5 },
    )
  })

  it('refuses a score that no play leads to, and takes every score it leads through', () => {
    fc.assert(
      fc.property(anyRules, fc.nat({ max: 40 }), fc.nat({ max: 40 }), (rules, home, away) => {
        const level = Math.min(home, away)
        const log = new TestLog(sport, rules)
        const text = 'ha'.repeat(level) + 'h'.repeat(home - level) + 'a'.repeat(away - level)
        for (const play of rallies(text)) log.try(play)
        const isThere = read(log).line === `${home}-${away}`
        const refusal = new TestLog(sport, rules).refusal(set(home, away))
        if (isThere) expect(refusal).toBeNull()
        // With all points of one side last, no score is left out but those with an end before them.
        else if (home + away > 0) expect(refusal).not.toBeNull()
      }),
      { numRuns: 200 },
    )
  })
})
