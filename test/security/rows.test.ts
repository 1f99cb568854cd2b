import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ROWS } from './rows.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const TITLE = /(?:\b(?:it|test|describe)\b.*?|^\s*\]\))\((['"`])(.*?)\1/gm

const titlesOf = (file: string) => [...readFileSync(`${ROOT}${file}`, 'utf8').matchAll(TITLE)].map(([, , title = '']) => title)
const names = (title: string, id: string) => new RegExp(`\\b${id}\\b`).test(title)

describe('the rows S1 to S34', () => {
  it('are all there, each once, in their order', () => {
    expect(ROWS.map(({ id }) => id)).toEqual(Array.from({ length: 34 }, (_, i) => `S${i + 1}`))
  })

  it.each(ROWS)('$id, $what: each of its tests is there and names it', ({ id, tests }) => {
    expect(tests.length).toBeGreaterThan(0)
    const missing = tests.filter(file => !existsSync(`${ROOT}${file}`) || !titlesOf(file).some(title => names(title, id)))
    expect(missing).toEqual([])
  })

  it('stand in docs/security.md with the same tests', () => {
    const page = readFileSync(`${ROOT}docs/security.md`, 'utf8')
    const wrong = ROWS.flatMap(({ id, tests }) => {
      const [line = ''] = page.match(new RegExp(`^\\| ${id} +\\|.*$`, 'm')) ?? []
      return tests.filter(file => !line.includes(`\`${file}\``)).map(file => `${id}: ${file}`)
    })
    expect(wrong).toEqual([])
  })
})
