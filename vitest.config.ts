import { defineConfig } from 'vitest/config'

const shared = { environment: 'node', pool: 'forks' } as const

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{app,components,domain}/**/*.test.{ts,tsx}'],
        },
      },
      {
        // Real servers, databases and child processes: they need longer on a small machine than a pure function does.
        test: {
          ...shared,
          name: 'server',
          include: ['{scripts,server,test}/**/*.test.{ts,mjs}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
