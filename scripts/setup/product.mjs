// The built product: .next (pages) and dist (server, worker, operator's tools), and whether it is what the sources say.

import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { withLock } from './lock.mjs'
import { PlainError, ROOT, step } from './steps.mjs'

const SOURCES = [
  'app',
  'components',
  'domain',
  'public',
  'scripts',
  'server',
  'server.ts',
  'next.config.js',
  'package-lock.json',
  'package.json',
  'postcss.config.mjs',
  'tsconfig.json',
]
const NOT_SHIPPED = /\.test\.tsx?$/

/** What esbuild makes of what; the pages are Next's own. */
const BUNDLES = {
  server: 'server.ts',
  'storage-worker': 'server/storage/worker.ts',
  sideline: 'scripts/sideline.ts',
  replay: 'scripts/replay.ts',
  demo: 'scripts/demo.ts',
}

const DIST = join(ROOT, 'dist')
const STAMP = join(DIST, 'built.json')

/** A hash over the content of everything that goes into the product. */
export function fingerprint(root = ROOT) {
  const hash = createHash('sha256')
  const add = path => {
    const full = join(root, path)
    let entries
    try {
      entries = readdirSync(full).sort()
    } catch (error) {
      if (error.code === 'ENOENT') return
      if (error.code !== 'ENOTDIR') throw error
      const content = readFileSync(full)
      hash.update(`${path}\0${content.length}\0`).update(content)
      return
    }
    for (const entry of entries) if (!NOT_SHIPPED.test(entry)) add(`${path}/${entry}`)
  }
  for (const path of SOURCES) add(path)
  return hash.digest('hex')
}

export function hasBuild() {
  return stampedFingerprint() !== undefined && existsSync(join(ROOT, '.next', 'BUILD_ID')) && existsSync(join(DIST, 'server.js'))
}

export function isBuildCurrent() {
  return hasBuild() && stampedFingerprint() === fingerprint()
}

/**
 * @param {NodeJS.WriteStream} out
 * @param {{ force?: boolean, before?: () => Promise<void> }} options `before` runs once a build is known to be needed
 */
export async function ensureBuild(out = process.stdout, { force = false, before } = {}) {
  if (!force && isBuildCurrent()) return
  await before?.()
  await withLock(
    async () => {
      if (force || !isBuildCurrent()) await build(out)
    },
    { out },
  )
}

async function build(out) {
  // Taken before and written last: a build that was broken off, or whose sources changed under it, is never current.
  const built = fingerprint()
  rmSync(STAMP, { force: true })
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
  await step('Building the pages', process.execPath, [join(ROOT, 'node_modules/next/dist/bin/next'), 'build'], { env, out })
  await bundle(out)
  mkdirSync(DIST, { recursive: true })
  const draft = `${STAMP}.${process.pid}`
  writeFileSync(draft, `${JSON.stringify({ fingerprint: built })}\n`)
  renameSync(draft, STAMP)
}

async function bundle(out) {
  const entryPoints = Object.fromEntries(Object.entries(BUNDLES).filter(([, source]) => existsSync(join(ROOT, source))))
  const esbuild = createRequire(join(ROOT, 'package.json'))('esbuild')
  const began = performance.now()
  try {
    await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints,
      outdir: 'dist',
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      packages: 'external',
      logLevel: 'silent',
    })
  } catch (error) {
    const problems = error.errors?.map(({ text, location }) => (location ? `${location.file}:${location.line}: ${text}` : text))
    throw new PlainError(`${(problems ?? [error.message]).join('\n')}\n\nBuilding the server failed.`)
  } finally {
    // Its helper process would live on as long as this one, which may be about to become the server.
    await esbuild.stop()
  }
  out.write(`  Building the server … done, ${Math.round((performance.now() - began) / 1000)} s\n`)
}

function stampedFingerprint() {
  try {
    return JSON.parse(readFileSync(STAMP, 'utf8')).fingerprint
  } catch {
    return undefined
  }
}
