import { defineConfig } from 'vitest/config'

// What takes tools or rights that not every machine has: `npm run test:faults` alone runs these.
export default defineConfig({
  test: {
    environment: 'node',
    pool: 'forks',
    maxWorkers: 1,
    include: ['test/faults/**/*.long.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
  },
})
