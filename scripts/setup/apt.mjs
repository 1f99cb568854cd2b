// The system's packages, where there is apt and the right to use it without being asked for a password.

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { step } from './steps.mjs'

const APT = '/usr/bin/apt-get'

const isRoot = () => process.getuid?.() === 0

export function hasApt() {
  return existsSync(APT) && (isRoot() || spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0)
}

/** Answers whether it worked; the caller knows what else could be tried. */
export async function installWithApt(name, out = process.stdout) {
  const run = (title, args) => {
    const [program, ...rest] = isRoot() ? [APT, ...args] : ['sudo', '-n', 'DEBIAN_FRONTEND=noninteractive', APT, ...args]
    return step(title, program, rest, { out, optional: true, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  }
  await run("Reading the system's package lists", ['update', '-q'])
  return run(`Installing ${name}`, ['install', '-y', '-q', '--no-install-recommends', name])
}
