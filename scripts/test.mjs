// npm test: everything the tests need, then all of them. `npm run check` runs the same tests without the preparation.

import './setup/node-floor.mjs'

test()

async function test() {
  const { foreground, main } = await import('./setup/steps.mjs')
  const { ensureDependencies, npm } = await import('./setup/dependencies.mjs')
  const { ensureChromium } = await import('./setup/chromium.mjs')
  const { ensureDatabases } = await import('./setup/databases.mjs')
  const { ensureBuild } = await import('./setup/product.mjs')

  await main(async () => {
    process.stdout.write(
      'Preparing the tests: packages, a Chromium, PostgreSQL and Redis, the built product. Then format, lint, types, unit and browser tests.\n',
    )
    await ensureDependencies()
    process.env.CHROMIUM_PATH = await ensureChromium()
    await ensureDatabases()
    await ensureBuild()
    const [program, args] = npm(['run', '--silent', 'check'])
    process.exitCode = await foreground(program, args)
  })
}
