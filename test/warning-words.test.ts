import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { warningsOf } from '#components/scorer/warning-words.ts'
import { sport as tennis } from '#domain/sports/tennis.ts'

const folder = fileURLToPath(new URL('../domain/', import.meta.url))
const codes = new Set(
  readdirSync(folder)
    .filter(name => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap(name => readFileSync(folder + name, 'utf8').split('\n'))
    .filter(line => line.includes('warnings'))
    .flatMap(line => [...line.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, code]) => code as string)),
)

it('has a sentence for every code the kernel gives', () => {
  expect(codes.size).toBeGreaterThan(3)
  for (const code of codes) expect([code, ...warningsOf({}, { warnings: [code] })]).toEqual([code, expect.stringMatching(/^[A-Z].+\.$/)])
})

it('leaves a sport’s codes to the sport, which may also say the kernel’s better', () => {
  expect(warningsOf(tennis, { warnings: ['after-end', 'set-over'] })).toEqual([
    expect.stringMatching(/^Counted after the end/),
    tennis.warnings?.['set-over'],
  ])
  expect(warningsOf({}, { warnings: ['set-over'] })).toEqual([])
  expect(warningsOf({ warnings: { 'after-end': 'Too late.' } }, { warnings: ['after-end'] })).toEqual(['Too late.'])
})

it('passes over what it does not know', () => {
  expect(warningsOf(tennis, { warnings: ['tea-time', 'toString', 'constructor'] })).toEqual([])
  expect(warningsOf(tennis, {})).toEqual([])
})
