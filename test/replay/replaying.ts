import { spawn } from 'node:child_process'
import type { GameLine } from '#scripts/replay/play-game.ts'
import { ROOT } from './records.ts'

export interface Replayed {
  code: number | null
  lines: GameLine[]
  stdout: string
  stderr: string
}

/** Runs `npm run replay` as it is run by hand. `onLine` is told of each line as it comes. */
export function replay(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  onLine: () => void = () => {},
): Promise<Replayed> {
  const { SIDELINE_TOKEN: _, ...inherited } = process.env
  const child = spawn(process.execPath, ['scripts/run.mjs', 'replay', ...args], { cwd: ROOT, env: { ...inherited, ...env } })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    onLine()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => {
      const lines = stdout.split('\n').filter(line => line.startsWith('{'))
      resolve({ code, stdout, stderr, lines: lines.map(line => JSON.parse(line) as GameLine) })
    })
  })
}
