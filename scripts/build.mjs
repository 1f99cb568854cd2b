// npm run build: pages and server, whether or not they are current.

import './setup/node-floor.mjs'

build()

async function build() {
  const { main } = await import('./setup/steps.mjs')
  const { ensureDependencies } = await import('./setup/dependencies.mjs')
  const { ensureBuild } = await import('./setup/product.mjs')

  await main(async () => {
    await ensureDependencies()
    await ensureBuild(process.stdout, { force: true })
  })
}
