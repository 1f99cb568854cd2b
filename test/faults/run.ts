import { spawnSync } from 'node:child_process'
import { type LongAttack, MORE, ROWS } from './rows.ts'

/**
 * The long forms of the fault tests. One line a row: held, failed, or not run with the reason; not run is not a pass. Rows may be named:
 * `npm run test:faults -- F3 F5`.
 */
const wanted = process.argv.slice(2)
const all: (LongAttack & { id: string })[] = [...ROWS.flatMap(({ id, long }) => long.map(attack => ({ id, ...attack }))), ...MORE]
const known = new Set([...ROWS, ...MORE].map(({ id }) => id))
const unknown = wanted.filter(id => !known.has(id))
if (unknown.length > 0) {
  process.stderr.write(`There is no row ${unknown.join(', ')}: ${[...known].join(' ')}\n`)
  process.exit(2)
}

let failed = 0
for (const { id, what, file, only, env, needs } of all) {
  if (wanted.length > 0 && !wanted.includes(id)) continue
  const missing = needs?.() ?? null
  if (missing) {
    console.log(`${id}\tnot run\t${what}: ${missing}`)
    continue
  }
  const config = file.endsWith('.long.ts') ? ['--config', 'test/faults/long.config.ts'] : []
  const run = spawnSync('npx', ['vitest', 'run', ...config, file, ...(only ? ['-t', only.replace(/[[\]]/g, '\\$&')] : [])], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    // What hangs has failed.
    timeout: 1_800_000,
    killSignal: 'SIGKILL',
  })
  const held = run.status === 0
  if (!held) failed += 1
  if (!held || process.env.VERBOSE) process.stderr.write(`${run.stdout}\n${run.stderr}\n`)
  console.log(`${id}\t${held ? 'held' : 'failed'}\t${what}`)
}
process.exit(failed === 0 ? 0 : 1)
