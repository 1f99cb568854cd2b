import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { lineOf, MORE, ROWS } from './rows.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(`${ROOT}${file}`, 'utf8')

describe('the table of faults', () => {
  it('has every fault once, in order', () => {
    expect(ROWS.map(({ id }) => id)).toEqual(Array.from({ length: 33 }, (_, i) => `F${i + 1}`))
  })

  it.each(ROWS.map(row => [row.id, row] as const))('%s is attacked by tests that are there', (id, { short, long }) => {
    expect(Math.min(short.length, long.length)).toBeGreaterThan(0)
    for (const { file, title } of short) expect(read(file), `${file} has no test "${title}"`).toContain(title)
    for (const { file, only } of long) {
      expect(existsSync(`${ROOT}${file}`), `${id}: ${file}`).toBe(true)
      if (only) expect(read(file), `${file} has no test "${only}"`).toContain(only)
    }
  })

  it('names what else the long run runs', () => {
    for (const { file } of MORE) expect(existsSync(`${ROOT}${file}`), file).toBe(true)
  })

  it('reads in the docs as it is', () => {
    const plain = (line: string) => line.replace(/\s+/g, ' ').trim()
    const lines = read('docs/faults.md')
      .split('\n')
      .filter(line => /^\| F\d+ /.test(line))
    expect(lines.map(plain)).toEqual(ROWS.map(row => plain(lineOf(row))))
  })
})
