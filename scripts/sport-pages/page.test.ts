import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { SPORTS } from '#domain/sports/index.ts'
import { indexOf, pageOf } from './page.ts'

const folder = fileURLToPath(new URL('../../docs/sports/', import.meta.url))
const sports = await Promise.all(Object.values(SPORTS).map(async load => (await load()).sport))
const fileOf = (id: string) => `${id.replaceAll('_', '-')}.md`
const ADVICE = 'npm run docs:sports draws it anew'

test.each(sports.map(sport => [sport.name, sport] as const))('the page of %s is as its file says', (_name, sport) => {
  const path = `${folder}${fileOf(sport.id)}`
  expect(existsSync(path) && readFileSync(path, 'utf8') === pageOf(sport), ADVICE).toBe(true)
})

test('there is a page a sport, and a list of them', () => {
  expect(readdirSync(folder).sort(), ADVICE).toEqual(['README.md', ...sports.map(({ id }) => fileOf(id))].sort())
  expect(readFileSync(`${folder}README.md`, 'utf8') === indexOf(sports), ADVICE).toBe(true)
})
