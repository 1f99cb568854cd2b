import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { BuildOptions, BuildResult } from 'esbuild'

/** Starts worker.ts: in a build it is a bundle beside ours, among the sources it is bundled in memory first. */
export function startThread(name: string): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./storage-worker.js', import.meta.url), { name, execArgv: [] })
  bundled ??= bundle(new URL('./worker.ts', import.meta.url))
  return new Worker(bundled, { name, execArgv: [], eval: true })
}

let bundled: string | undefined

// Loaders for TypeScript do not reach into threads on every Node we run on, and starting one costs more than this.
function bundle(source: URL): string {
  const { buildSync } = createRequire(import.meta.url)('esbuild') as { buildSync: (options: BuildOptions) => BuildResult<{ write: false }> }
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(source)],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    sourcemap: 'inline',
  })
  // Evaluated code resolves packages from the working directory: ours are found from the source file.
  return `(require => {${outputFiles[0]?.text ?? ''}\n})(require('node:module').createRequire(${JSON.stringify(source.href)}))`
}
