import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const shared = { environment: 'node', pool: 'forks' } as const

/** Those that take longest: begun last, they would be waited for by themselves. */
const LONGEST = [
  'test/hostile/fuzz.test.ts',
  'domain/sports/whole-games.test.ts',
  'test/faults/nodes.test.ts',
  'domain/sports/sports.test.ts',
  'test/demo.test.ts',
  'scripts/sideline.test.ts',
  'test/sim/sim.test.ts',
  'test/roles/matrix.test.ts',
  'server/accounts.test.ts',
  'test/replay/replay.test.ts',
  'test/faults/comeback.test.ts',
  'test/server/workers.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = LONGEST.findIndex(name => moduleId.endsWith(name))
      return rank < 0 ? LONGEST.length : rank
    }
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other))
  }
}

export default defineConfig({
  test: {
    // One more than a small machine has cores: half of the tests wait for something most of the time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{app,components,domain}/**/*.test.{ts,tsx}'],
          testTimeout: 30_000,
        },
      },
      {
        // Real servers, databases and child processes: they need longer on a small machine than a pure function does.
        test: {
          ...shared,
          name: 'server',
          include: ['{scripts,server,test}/**/*.test.{ts,mjs}'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
})
