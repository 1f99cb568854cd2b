import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { EXCEPTIONS } from '#scripts/replay/exceptions.ts'
import { ROOT } from './records.ts'

const page = readFileSync(join(ROOT, 'docs/data-exceptions.md'), 'utf8')

it('every exception of the replay is explained in the docs, with the lines that contradict each other', () => {
  for (const { id, why, lines } of EXCEPTIONS) {
    expect(page).toContain(id)
    expect(page).toContain(why)
    expect(lines.length).toBeGreaterThan(1)
    for (const line of lines) expect(page).toContain(line)
  }
  expect(page.includes('There are none.')).toBe(EXCEPTIONS.length === 0)
})
