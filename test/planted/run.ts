import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Edit, PLANTS, type Plant } from './plants.ts'

/**
 * Plants one mistake after the other in a copy of the sources and runs the tests that ought to notice: one line each. With words, only
 * the mistakes that hold all of them.
 */
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const LEFT_OUT = new Set(['node_modules', '.git', '.next', 'dist', 'data', 'test-results', 'playwright-report'])
const MOST_MS = 180_000

interface Outcome {
  passed: number
  failed: number
  /** The first test that failed. */
  first: string
  said: string
}

const words = process.argv.slice(2).map(word => word.toLowerCase())
const chosen = PLANTS.filter(({ name }) => words.every(word => name.toLowerCase().includes(word)))
const copy = mkdtempSync(join(tmpdir(), 'sideline-planted-'))
process.on('exit', () => rmSync(copy, { recursive: true, force: true }))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
process.exitCode = await main()

async function main(): Promise<number> {
  if (chosen.length === 0) return complain(`No planted mistake is called ${words.join(' ')}.`)
  const stale = new Set(chosen.filter(({ edits }) => !edits.every(isCurrent)))
  for (const { name, edits } of stale)
    for (const { file } of edits.filter(edit => !isCurrent(edit)))
      console.log(`STALE       ${name}: ${file} no longer holds the text to be changed, or holds it twice`)

  copySources()
  const sound = new Map<string, boolean>()
  let missed = stale.size
  for (const plant of chosen.filter(each => !stale.has(each))) {
    const began = performance.now()
    const key = [plant.test, plant.only, JSON.stringify(plant.env)].join('\n')
    if (!sound.has(key)) {
      const outcome = await run(plant)
      sound.set(key, outcome.failed === 0 && outcome.passed > 0)
      if (!sound.get(key)) console.log(outcome.said)
    }
    const verdict = sound.get(key) ? await judge(plant) : `NOT RUN     ${plant.name}: ${plant.test} does not pass without it`
    if (!verdict.startsWith('caught')) missed += 1
    console.log(`${verdict}, ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
  console.log(`${chosen.length - missed} of ${chosen.length} planted mistakes caught`)
  return missed === 0 ? 0 : 1
}

async function judge(plant: Plant): Promise<string> {
  const undo = apply(plant.edits)
  try {
    const outcome = await run(plant)
    if (outcome.failed > 0) return `caught      ${plant.name}: ${plant.test}: ${outcome.first}`
    // A mistake after which nothing runs at all would be noticed by anybody, and says nothing of the tests.
    if (outcome.passed === 0) return `NOT RUN     ${plant.name}: ${outcome.said.trim().split('\n').slice(-12).join('\n')}`
    return `NOT CAUGHT  ${plant.name}: ${plant.test}${plant.only ? ` (${plant.only})` : ''}`
  } finally {
    undo()
  }
}

function complain(line: string): number {
  console.log(line)
  return 1
}

function isCurrent({ file, from }: Edit): boolean {
  return readFileSync(join(ROOT, file), 'utf8').split(from).length === 2
}

function copySources(): void {
  cpSync(ROOT, copy, { recursive: true, filter: source => !LEFT_OUT.has(source.slice(ROOT.length).split('/')[0] ?? '') })
  try {
    execFileSync('cp', ['-al', join(ROOT, 'node_modules'), join(copy, 'node_modules')], { stdio: 'ignore' })
  } catch {
    // Another disk, or a system without such links.
    rmSync(join(copy, 'node_modules'), { recursive: true, force: true })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  }
}

function apply(edits: readonly Edit[]): () => void {
  const before = new Map(edits.map(({ file }) => [file, readFileSync(join(copy, file), 'utf8')]))
  for (const { file, from, to } of edits) {
    const path = join(copy, file)
    writeFileSync(path, readFileSync(path, 'utf8').split(from).join(to))
  }
  return () => {
    for (const [file, text] of before) writeFileSync(join(copy, file), text)
  }
}

function run({ test, only, env }: Plant): Promise<Outcome> {
  const report = join(copy, 'planted.json')
  rmSync(report, { force: true })
  const args = ['node_modules/vitest/vitest.mjs', 'run', test, '--bail=1', '--reporter=json', `--outputFile=${report}`]
  if (only) args.push('-t', only)
  // Whoever starts this may be a test or a build itself.
  const { VITEST: _test, NODE_ENV: _mode, ...around } = process.env
  const child = spawn(process.execPath, args, {
    cwd: copy,
    env: { ...around, ...env } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const end = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
    } catch {
      // It is over already.
    }
  }
  process.once('exit', end)
  const timer = setTimeout(end, MOST_MS)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-20_000)
    })
  return new Promise(done => {
    child.on('close', () => {
      clearTimeout(timer)
      process.off('exit', end)
      done({ ...readReport(report), said })
    })
  })
}

interface Report {
  numPassedTests: number
  numFailedTests: number
  testResults: { assertionResults: { status: string; fullName: string }[] }[]
}

function readReport(file: string): Omit<Outcome, 'said'> {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(file, 'utf8')) as Report
    const failed = testResults.flatMap(({ assertionResults }) => assertionResults).find(({ status }) => status === 'failed')
    return { passed: numPassedTests, failed: numFailedTests, first: failed?.fullName.trim() ?? '' }
  } catch {
    return { passed: 0, failed: 0, first: '' }
  }
}
