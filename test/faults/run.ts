import { spawnSync } from 'node:child_process'

/** The long forms of the fault tests. One line a row: held, failed, or not run with the reason; not run is not a pass. */
const ROWS: { id: string; what: string; file: string; env?: Record<string, string>; needs?: () => string | null }[] = [
  { id: 'F1', what: 'kill -9 in mid-burst, 20 times', file: 'test/faults/kill.test.ts', env: { KILLS: '20' } },
  { id: 'F9', what: 'PostgreSQL stops in mid-burst, 10 times', file: 'test/faults/postgres.test.ts', env: { STOPS: '10' } },
  { id: 'F10', what: 'a connection cut once COMMIT has gone out', file: 'server/storage/postgres.test.ts' },
  { id: 'F14', what: 'a reader that does not read', file: 'test/server/gateway.test.ts' },
  { id: 'F18', what: 'one play sent ten times at once', file: 'test/server/record.test.ts' },
]

let failed = 0
for (const { id, what, file, env, needs } of ROWS) {
  const missing = needs?.() ?? null
  if (missing) {
    console.log(`${id}\tnot run\t${what}: ${missing}`)
    continue
  }
  const run = spawnSync('npx', ['vitest', 'run', file], { env: { ...process.env, ...env }, encoding: 'utf8' })
  const held = run.status === 0
  if (!held) {
    failed += 1
    process.stderr.write(`${run.stdout}\n${run.stderr}\n`)
  }
  console.log(`${id}\t${held ? 'held' : 'failed'}\t${what}`)
}
process.exit(failed === 0 ? 0 : 1)
