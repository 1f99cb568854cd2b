import { beforeAll, describe, expect, test, vi } from 'vitest'
import { type League, openLeague } from './league.ts'
import { FAULTS_MIN, type Outcome, STEPS_MIN, simulate } from './simulate.ts'
import type { Planted } from './world.ts'

// Node's own promise of a delay passes by the global timers, which a run replaces.
vi.mock('node:timers/promises', () => ({
  setTimeout: (ms: number, value: unknown) => new Promise(resolve => setTimeout(resolve, ms, value)),
}))

/**
 * A seed alone is run by `SIM_SEED=…`, with what happened in it. `SIM_SEEDS=…` runs so many, however long it takes; without it, as many of
 * 2,000 as fit in the time.
 */
const ONLY = process.env.SIM_SEED
const SEEDS = Number(process.env.SIM_SEEDS ?? 2_000)
const MOST_MS = process.env.SIM_SEEDS === undefined ? 55_000 : Number.POSITIVE_INFINITY
/** Fewer than these say nothing, however slow the machine. */
const SEEDS_MIN = 100
const FIRST = Number(process.env.SIM_FIRST ?? 1)
/** Seeds beyond these that once found something. */
const FOUND: readonly number[] = []

const FAULTS = [
  'answer lost',
  'hint cut off',
  'hint late',
  'hint lost',
  'hint twice',
  'new epoch',
  'node crash',
  'page cut',
  'page reloaded',
  'request late',
  'request lost',
  'request twice',
  'store busy',
  'store cut off',
  'store full',
  'store outcome unknown',
  'store slow',
  'table reloaded',
  'update late',
  'update lost',
  'update twice',
  'written by a node that died',
]
const WAYS = [
  'caught up with the other node',
  'outcome unknown',
  'plays read over HTTP',
  'refused BUSY_RETRY',
  'refused CONFLICT',
  'refused INVALID_PAYLOAD',
  'refused STORAGE_FULL',
  'repeat answered',
  'told to start anew',
  'watched: plays',
  'watched: same',
  'watched: snapshot',
]

let league: League
beforeAll(async () => {
  league = await openLeague()
})

const story = ({ seed, failure, trace }: Outcome) => `SIM_SEED=${seed} npx vitest run test/sim\n${failure}\n${trace.join('\n')}`

/** In how many runs each has to show at the latest. */
const PLANTED: readonly [Planted, number, RegExp][] = [
  ['acknowledged before it is written', 10, /acknowledged at \d+, the log has it at no place|of a log of/],
  ['a seq is given twice', 60, /rewritten|hole|holds|acknowledged/],
  ['an id counts twice', 60, /in the log twice/],
  ['a refused batch half written', 10, /holds|hole|acknowledged/],
  ['a void that the other node does not see', 60, / is .*, not /s],
  ['plays of the other node in another order', 20, /play|, not /],
  ['an older header under a newer seq', 10, / is .*, not /],
  ['an answer of another time', 10, /of a log of|, not /],
]

function oneSeed(seed: number): void {
  test(`seed ${seed}`, async () => {
    const outcome = await simulate(league, seed, { keep: 400 })
    console.log(story(outcome))
    expect(outcome.failure).toBeNull()
  })
}

function manySeeds(): void {
  describe('two nodes, two scorers and their fans on one store', () => {
    test('the same seed gives the same run, step for step', async () => {
      const hashes = new Set<string>()
      for (let seed = FIRST; seed < FIRST + 12; seed++) {
        const [first, second] = [await simulate(league, seed, { keep: 50 }), await simulate(league, seed, { keep: 50 })]
        expect(second.trace).toEqual(first.trace)
        expect({ hash: second.hash, steps: second.steps }).toEqual({ hash: first.hash, steps: first.steps })
        hashes.add(first.hash)
      }
      expect(hashes.size).toBe(12)
    })

    test('nothing lost, doubled, reordered or wrongly shown, whatever goes wrong; all well again after', {
      timeout: 1_800_000,
    }, async () => {
      const fired = new Map<string, number>()
      const met = new Map<string, number>()
      const add = (to: Map<string, number>, from: ReadonlyMap<string, number>) => {
        for (const [key, count] of from) to.set(key, (to.get(key) ?? 0) + count)
      }
      let [ran, steps, plays, slowest] = [0, 0, 0, 0]
      const until = performance.now() + MOST_MS
      const seeds = [...FOUND, ...Array.from({ length: SEEDS }, (_, i) => FIRST + i)]
      const began = process.cpuUsage()
      for (const seed of seeds) {
        if (ran >= SEEDS_MIN && performance.now() > until) break
        ran += 1
        const outcome = await simulate(league, seed)
        if (outcome.failure !== null) throw new Error(story(await simulate(league, seed, { keep: 60 })))
        if (outcome.steps < STEPS_MIN || outcome.fired.size < FAULTS_MIN) throw new Error(`seed ${seed} is none: ${outcome.steps} steps`)
        add(fired, outcome.fired)
        add(met, outcome.met)
        steps += outcome.steps
        plays += outcome.plays
        slowest = Math.max(slowest, outcome.healedAfterMs)
      }
      const cpu = process.cpuUsage(began)
      const seconds = (cpu.user + cpu.system) / 1e6
      console.log(
        `${ran} of ${seeds.length} seeds, ${steps} steps, ${plays} plays in ${seconds.toFixed(1)} s of one core; well again after ${Math.round(slowest)} ms at most\n` +
          [...fired, ...met].map(([what, count]) => `${what} ${count}`).join(', '),
      )
      if (ran < 500) return
      expect([...fired.keys()].sort()).toEqual(FAULTS)
      expect([...met.keys()]).toEqual(expect.arrayContaining(WAYS))
    })
  })

  describe('planted mistakes are noticed', () => {
    test.each(PLANTED)('%s', { timeout: 120_000 }, async (planted, most, words) => {
      const own = await openLeague(planted)
      for (let seed = 1; seed <= most; seed++) {
        const { failure } = await simulate(own, seed, { planted })
        if (failure === null) continue
        console.log(`${planted}: seed ${seed}: ${failure.slice(0, 200)}`)
        expect(failure).toMatch(words)
        return
      }
      expect.unreachable(`${most} seeds and nobody has noticed`)
    })
  })
}

if (ONLY === undefined) manySeeds()
else oneSeed(Number(ONLY))
