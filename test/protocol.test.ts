import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../', import.meta.url))
const read = (path: string) => readFileSync(`${ROOT}${path}`, 'utf8')

/** `| L1 | what holds | tests |` */
const RULE = /^\| ([A-Z]\d+) +\|.*\| ([^|]+?) +\|$/gm
const TITLE = /\b(?:it|test)(?:\.\w+)?\(\s*(['"`])((?:(?!\1)[^\\]|\\.)*)\1/g

it('every rule of the protocol names tests whose titles carry its id', () => {
  const rules = [...read('docs/protocol.md').matchAll(RULE)].map(([, id = '', tests = '']) => ({
    id,
    files: tests.match(/[\w./-]+\.(?:test|spec)\.ts/g) ?? [],
  }))
  expect(rules.map(rule => rule.id)).toEqual(expect.arrayContaining(['L1', 'L11', 'P8', 'C9', 'R3']))
  const missing = rules.flatMap(({ id, files }) => {
    if (files.length === 0) return [`${id} names no test`]
    const without = files.filter(file => ![...read(file).matchAll(TITLE)].some(([, , title = '']) => title.includes(`[${id}]`)))
    return without.map(file => `${id} stands in no title of ${file}`)
  })
  expect(missing).toEqual([])
})
