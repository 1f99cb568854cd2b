import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isBuildCurrent } from '#scripts/setup/product.mjs'
import { ROOT } from '#scripts/setup/steps.mjs'

const BUILT = join(ROOT, 'dist', 'sideline.js')
/** As `npm run sideline` does: as built where the build is current; from its source it takes a second longer, each time. */
const PROGRAM = existsSync(BUILT) && isBuildCurrent() ? [BUILT] : ['--import', 'tsx', join(ROOT, 'scripts', 'sideline.ts')]

export interface Ran {
  code: number | null
  out: string
  err: string
}

/** The operator's tool in a process of its own, with these settings and no others. */
export function runTool(line: string, env: Record<string, string>, input = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...PROGRAM, ...line.split(' ').filter(Boolean)], {
      cwd: ROOT,
      env: env as unknown as NodeJS.ProcessEnv,
    })
    const ran: Ran = { code: null, out: '', err: '' }
    child.stdout.on('data', chunk => {
      ran.out += chunk
    })
    child.stderr.on('data', chunk => {
      ran.err += chunk
    })
    child.on('error', reject)
    child.on('close', code => resolve({ ...ran, code }))
    child.stdin.end(input)
  })
}
