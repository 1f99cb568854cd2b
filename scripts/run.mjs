// npm run sideline, npm run replay: a tool from scripts/, as built where the build is current, else from its source.
// Standard output belongs to the tool, since machines read it; what has to be prepared first is told on standard error.

import './setup/node-floor.mjs'

run(process.argv[2], process.argv.slice(3))

async function run(name, args) {
  const { existsSync } = await import('node:fs')
  const { join } = await import('node:path')
  const { pathToFileURL } = await import('node:url')
  const { foreground, main, PlainError, ROOT } = await import('./setup/steps.mjs')
  const { loadEnvironmentFile } = await import('./setup/environment.mjs')
  const { ensureDependencies } = await import('./setup/dependencies.mjs')
  const { isBuildCurrent } = await import('./setup/product.mjs')

  await main(async () => {
    const source = join(ROOT, 'scripts', `${name}.ts`)
    if (!/^[a-z-]+$/.test(name) || !existsSync(source)) throw new PlainError('Usage: node scripts/run.mjs NAME [ARGUMENT…]')
    loadEnvironmentFile()
    await ensureDependencies(process.stderr)
    process.env.NODE_ENV = process.env.NODE_ENV || 'production'
    const built = join(ROOT, 'dist', `${name}.js`)
    if (existsSync(built) && isBuildCurrent()) {
      process.argv.splice(1, 2, built)
      await import(pathToFileURL(built).href)
    } else {
      process.exitCode = await foreground(process.execPath, ['--import', 'tsx', source].concat(args))
    }
  })
}
