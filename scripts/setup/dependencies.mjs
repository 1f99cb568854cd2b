// node_modules as package-lock.json has it; installs only when the two differ.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { ROOT, step } from './steps.mjs'

/**
 * npm keeps what it last installed in node_modules/.package-lock.json, written when an install is complete: comparing with it
 * also finds an install that was broken off, or made without the development packages.
 */
export function areDependenciesCurrent(root = ROOT) {
  const wanted = readPackages(join(root, 'package-lock.json'))
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !installed) return false
  const isSame = (a, b) => a.version === b.version && a.integrity === b.integrity
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue
    const found = installed[path]
    // Optional packages are other platforms' binaries, as a rule.
    if (found ? !isSame(entry, found) : !entry.optional) return false
  }
  return Object.keys(installed).every(path => path in wanted)
}

export async function ensureDependencies(out = process.stdout) {
  if (areDependenciesCurrent()) return
  await withLock(
    async () => {
      if (areDependenciesCurrent()) return
      const [program, args] = npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=warn'])
      await step('Installing packages', program, args, { out })
    },
    { out },
  )
}

/** npm by the path of the one that started us, where it did: it runs on this very Node, and without a shell. */
export function npm(args) {
  const cli = process.env.npm_execpath
  if (cli && /npm-cli\.[cm]?js$/.test(cli)) return [process.execPath, [cli, ...args]]
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args]
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}
