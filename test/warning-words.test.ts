import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { warningsOf } from '#components/scorer/warning-words.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const sources = ['../domain/', '../domain/sports/'].flatMap(path =>
  readdirSync(folder(path))
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(name => readFileSync(folder(path) + name, 'utf8')),
)
const codes = new Set(
  sources.flatMap(source =>
    source
      .split('\n')
      .filter(line => line.includes('warnings'))
      .flatMap(line => [...line.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, code]) => code as string)),
  ),
)

it('has a sentence for every code the rules give', () => {
  expect(codes.size).toBeGreaterThan(12)
  for (const code of codes) expect([code, ...warningsOf({ warnings: [code] })]).toEqual([code, expect.stringMatching(/^[A-Z].+\.$/)])
})

it('passes over what it does not know', () => {
  expect(warningsOf({ warnings: ['tea-time', 'toString', 'set-over'] })).toHaveLength(1)
  expect(warningsOf({})).toEqual([])
})
