// Reads package-lock.json, offline: no package below its security floor, and none that Node 20.19 could not run.

import './setup/node-floor.mjs'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { allows, compareVersions } from './setup/version-range.mjs'

const NODE_FLOOR = '20.19.0'

/** Below these a known vulnerability reaches us. A package that is not installed is no problem. */
const SECURITY_FLOORS = {
  'engine.io': '6.6.12',
  next: '16.4.6',
  react: '19.3.1',
  'react-dom': '19.3.1',
  sharp: '0.35.5',
  'socket.io': '4.8.4',
  'socket.io-parser': '4.2.7',
  ws: '8.23.0',
  zod: '4.6.7',
}

/** One line a problem; every copy of a package counts, however deep it is nested. */
export function findFloorProblems(lock) {
  const problems = []
  for (const [path, { version, engines }] of Object.entries(lock.packages)) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    if (path === '' || version === undefined) continue
    const floor = SECURITY_FLOORS[name]
    if (floor && compareVersions(version, floor) < 0) problems.push(`${path} is ${version}; its security floor is ${floor}.`)
    const range = engines?.node
    if (range && !allows(range, NODE_FLOOR)) problems.push(`${path} ${version} asks for Node ${range}; the floor is ${NODE_FLOOR}.`)
  }
  return problems
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'))
  const problems = findFloorProblems(lock)
  for (const problem of problems) process.stderr.write(`${problem}\n`)
  process.exitCode = problems.length === 0 ? 0 : 1
}
