import { spawnSync } from 'node:child_process'

const nodes = (only: string) => ({ file: 'test/faults/nodes.test.ts', only, env: { FAULT_MS: '12000' } })

/** The long forms of the fault tests. One line a row: held, failed, or not run with the reason; not run is not a pass. */
const ROWS: { id: string; what: string; file: string; only?: string; env?: Record<string, string>; needs?: () => string | null }[] = [
  { id: 'F1', what: 'kill -9 in mid-burst, 20 times', file: 'test/faults/kill.test.ts', env: { KILLS: '20' } },
  { id: 'F7', what: 'Redis killed in mid-burst, back after 12 s', ...nodes('F7') },
  { id: 'F8', what: 'Redis stands still for 12 s in mid-burst', ...nodes('F8') },
  { id: 'F8', what: 'nothing piles up behind a Redis that stands still', file: 'server/nodes/redis.test.ts' },
  { id: 'F9', what: 'PostgreSQL stops in mid-burst, 10 times', file: 'test/faults/postgres.test.ts', env: { STOPS: '10' } },
  { id: 'F10', what: 'a connection cut once COMMIT has gone out', file: 'server/storage/postgres.test.ts' },
  { id: 'F11', what: 'one of two nodes killed in mid-burst', ...nodes('F11') },
  { id: 'F12', what: 'a node cut from the database for 12 s', ...nodes('F12') },
  { id: 'F14', what: 'a reader that does not read', file: 'test/server/gateway.test.ts' },
  { id: 'F18', what: 'one play sent ten times at once', file: 'test/server/record.test.ts' },
  { id: 'F18', what: 'one play sent ten times at once to two nodes', ...nodes('F18') },
  { id: 'F19', what: 'two scorers who expect the same head, at two nodes', ...nodes('F19') },
  { id: 'S4', what: 'what ends at one node ends at the other, with and without Redis', ...nodes('ends at the other') },
]

let failed = 0
for (const { id, what, file, only, env, needs } of ROWS) {
  const missing = needs?.() ?? null
  if (missing) {
    console.log(`${id}\tnot run\t${what}: ${missing}`)
    continue
  }
  const run = spawnSync('npx', ['vitest', 'run', file, ...(only ? ['-t', only] : [])], {
    env: { ...process.env, ...env },
    encoding: 'utf8',
  })
  const held = run.status === 0
  if (!held) {
    failed += 1
    process.stderr.write(`${run.stdout}\n${run.stderr}\n`)
  }
  console.log(`${id}\t${held ? 'held' : 'failed'}\t${what}`)
}
process.exit(failed === 0 ? 0 : 1)
