import { describe, expect, test } from 'vitest'
import { append, emptyHead, type Head, refold, trim, workOn } from './append.ts'
import type { Sport } from './sport.ts'
import { SPORTS } from './sports/index.ts'
import { Dice } from './test-scoring.ts'

const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31))
const sports = ['basketball', 'tennis', 'cricket'].map(async id => (await SPORTS[id]?.())?.sport as Sport)
const KINDS: Readonly<Record<string, readonly string[]>> = {
  basketball: ['2pt', '3pt', 'ft', 'note'],
  tennis: ['point', 'note'],
  cricket: ['ball', 'note'],
}

/** A head that has never known anything but its plays. */
function fromItsStart(sport: Sport, rules: unknown, { window, displaced }: Head) {
  return refold(sport, rules, { ...window, stops: [] }, window.plays, displaced)
}

describe.each(await Promise.all(sports))('$name', sport => {
  test(`[L4] [L5] a correction anywhere in a long log is folded from the nearest stop to what it comes to from the start, SEED=${SEED}`, () => {
    const dice = new Dice(SEED)
    const rules = sport.packs[0]?.values
    let head = emptyHead(sport, rules)
    const corrected = { before: 0, accepted: 0 }
    let [trimmed, stopped] = [0, 0]
    for (let i = 0; i < 1_400; i++) {
      const { plays } = head.window
      const target = plays[dice.chance(0.7) ? Math.max(0, plays.length - 1 - dice.below(12)) : dice.below(plays.length || 1)]?.seq
      const way = target === undefined || dice.chance(0.8) ? 'play' : dice.of(['void', 'replaces', 'before'] as const)
      const kind = way === 'void' ? 'void' : dice.of(KINDS[sport.id] ?? ['note'])
      const data = kind === 'note' ? { text: 'Rain' } : kind === 'ball' ? { runs: dice.below(5) } : undefined
      const input = { id: `append-${i}`, kind, side: kind === 'note' ? undefined : dice.of(['home', 'away'] as const), data }
      const working = workOn(head)
      const kept = [...head.window.stops]
      const refs = way === 'play' ? {} : { [way === 'void' ? 'voids' : way]: target }
      const outcome = append(sport, rules, working, { input, at: new Date(1_900_000_000_000 + i * 1_000).toISOString(), ...refs })
      // Whatever became of it, the head that was worked on stays as it was.
      expect(head.window.stops.length === kept.length && kept.every((stop, n) => head.window.stops[n] === stop)).toBe(true)
      if (way !== 'play') corrected.before += 1
      if ('refuse' in outcome || 'needs' in outcome) continue
      if (way !== 'play') corrected.accepted += 1
      head = working
      const length = head.window.plays.length
      trim(sport, rules, head)
      trimmed += head.window.plays.length < length ? 1 : 0
      stopped = Math.max(stopped, head.window.stops.length)
      if (i % 7 && way === 'play') continue
      const whole = fromItsStart(sport, rules, head)
      expect(head.fold).toEqual(whole.fold)
      expect(head.window.stops).toEqual(whole.stops)
      expect(new Map([...head.marks].sort(([a], [b]) => a - b))).toEqual(new Map([...whole.marks].sort(([a], [b]) => a - b)))
      const inWindow = ({ count }: { count: number }) => (count % 64 === 0 && count > head.window.count ? [count] : [])
      if (outcome.refolded) expect(outcome.checkpoints.flatMap(inWindow)).toEqual(whole.stops.flatMap(inWindow))
    }
    expect(corrected.accepted).toBeGreaterThan(100)
    expect([trimmed > 0, stopped > 16]).toEqual([true, true])
  })
})
