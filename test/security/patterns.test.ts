import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { expect, it } from 'vitest'
import { z } from 'zod'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** What is given up on: a pattern that is merely slow says so long before. */
const STUCK_MS = 30_000
/** Where a pattern takes as many steps as there are pairs of letters, a slow machine needs this long for 50 kB. */
const MOST_MS = 5_000
const LONGEST = 50_000
/** What a pattern looks at may be cut before: the words of a log are, hashes are what we made, names on a page are a few hundred letters. */
const CUT: Readonly<Record<string, number>> = { 'server/log.ts': 2_000, 'server/password.ts': 2_000 }
const longestIn = (file: string) => CUT[file] ?? (file.startsWith('components/') ? 5_000 : LONGEST)

interface Pattern {
  where: string
  source: string
  flags: string
  longest: number
}

const LITERAL = /(?<=[=(,:[!&|?{;]\s*|return |=>\s*)\/(?![*/])((?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/g

function patternsOf(file: string): Pattern[] {
  const text = readFileSync(`${ROOT}${file}`, 'utf8')
  return [...text.matchAll(LITERAL)].flatMap(([, source = '', flags = ''], i) => {
    try {
      new RegExp(source, flags)
      return [{ where: `${file} ${i}`, source, flags, longest: longestIn(file) }]
    } catch {
      return []
    }
  })
}

/** Runs each pattern over long strings made to mislead it, in a thread of its own, since one that never ends cannot be stopped otherwise. */
const RUNNER = `
const { parentPort, workerData } = require('node:worker_threads')
const COMMON = ['a', '0', ' ', '-', '.', '/', '"', '<', '@', '%', '\\u00e9', '\\n']
function stringsFor(source, longest) {
  const letters = [...new Set([...source.replace(/\\\\./g, '')].filter(c => /[^()[\\]{}|*+?^$\\\\]/.test(c)))].slice(0, 10)
  const words = [...new Set(source.match(/[\\w<:/=;" -]{2,}/g) ?? [])].slice(0, 6)
  const pumps = [...new Set([...letters, ...COMMON, ...words])]
  const pairs = letters.slice(0, 4).flatMap(a => letters.slice(0, 4).filter(b => a !== b).map(b => a + b))
  const units = [...pumps, ...pairs, 'a ', ' a', '0.', 'a-', 'a@']
  const all = []
  for (const length of [29, 1000, longest]) {
    for (const unit of units) {
      const body = unit.repeat(Math.ceil(length / unit.length)).slice(0, length)
      all.push(body + '\\u0000', (words[0] ?? 'x') + body + '!')
    }
  }
  return all
}
for (const { where, source, flags, longest } of workerData) {
  const pattern = new RegExp(source, flags)
  parentPort.postMessage({ begins: where })
  let slowest = 0
  let by = ''
  for (const text of stringsFor(source, longest)) {
    pattern.lastIndex = 0
    const began = performance.now()
    if (pattern.global) text.replace(pattern, '')
    else pattern.test(text)
    const ms = performance.now() - began
    if (ms > slowest) [slowest, by] = [ms, JSON.stringify(text.slice(0, 16)) + ' … ' + text.length]
    // A pattern that is slow is known to be; how slow everything else makes it says nothing more.
    if (ms > ${MOST_MS}) break
  }
  parentPort.postMessage({ where, source, slowest, by })
}
`

interface Ran {
  where: string
  source: string
  slowest: number
  by: string
}

function run(patterns: Pattern[], stuckMs = STUCK_MS): Promise<Ran[]> {
  const worker = new Worker(RUNNER, { eval: true, workerData: patterns })
  const ran: Ran[] = []
  let current = ''
  return new Promise((done, fail) => {
    let watch: NodeJS.Timeout | undefined
    const wind = () => {
      clearTimeout(watch)
      watch = setTimeout(() => {
        void worker.terminate()
        fail(new Error(`${current} does not end`))
      }, stuckMs)
    }
    wind()
    worker.on('message', (message: Ran | { begins: string }) => {
      wind()
      if ('begins' in message) current = message.begins
      else ran.push(message)
    })
    worker.on('error', fail)
    worker.on('exit', () => {
      clearTimeout(watch)
      done(ran)
    })
  })
}

it('S22 no pattern of the product can be kept busy, by strings of 29 bytes to 50 kB', { timeout: 120_000 }, async () => {
  const files = ['server.ts', ...['server', 'domain', 'components', 'app'].flatMap(sourcesOf)]
  const patterns = files.flatMap(patternsOf)
  // Those the schemas bring along.
  for (const [name, schema] of [
    ['e-mail', z.email()],
    ['time', z.iso.datetime({ offset: true })],
  ] as const) {
    const pattern = (schema as unknown as { _zod: { def: { pattern: RegExp } } })._zod.def.pattern
    patterns.push({ where: name, source: pattern.source, flags: pattern.flags, longest: LONGEST })
  }
  expect(readFileSync(`${ROOT}server/log.ts`, 'utf8')).toContain('const MAX_TEXT = 2000')
  expect(patterns.length).toBeGreaterThan(80)
  expect(patterns.map(({ source }) => source)).toEqual(expect.arrayContaining(['^[A-Za-z0-9_-]{8,64}$', '^\\s*bearer(?:\\s+(\\S+))?\\s*$']))
  const ran = await run(patterns)
  expect(ran).toHaveLength(patterns.length)
  ran.sort((a, b) => b.slowest - a.slowest)
  console.log(
    `${ran.length} patterns; the slowest: ${ran
      .slice(0, 3)
      .map(({ where, slowest }) => `${where} ${slowest.toFixed(1)} ms`)
      .join(', ')}`,
  )
  expect(ran.filter(({ slowest }) => slowest > MOST_MS)).toEqual([])
})

it('S22 a pattern that can be kept busy is noticed', async () => {
  const [busy] = await run([{ where: 'planted', source: '^(a+)+,$', flags: '', longest: LONGEST }], 2_000).catch(() => [
    { slowest: Number.POSITIVE_INFINITY },
  ])
  expect(busy?.slowest).toBeGreaterThan(MOST_MS)
}, 60_000)

function sourcesOf(folder: string): string[] {
  return readdirSync(`${ROOT}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file) && !/\.test\.|for-tests/.test(file))
    .map(file => `${folder}/${file}`)
}
