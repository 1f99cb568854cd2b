// npm start: installs and builds what is out of date, then becomes the server in this very process, so that
// signals, exit codes and npm's process group need nobody in between.

import './setup/node-floor.mjs'

start()

async function start() {
  const { main } = await import('./setup/steps.mjs')
  const { loadEnvironmentFile } = await import('./setup/environment.mjs')
  const { ensureDependencies } = await import('./setup/dependencies.mjs')
  const { ensureBuild } = await import('./setup/product.mjs')
  const { stopWithNpm } = await import('./setup/parent.mjs')
  const { refuseTakenPort } = await import('./setup/port.mjs')

  stopWithNpm()
  await main(async () => {
    loadEnvironmentFile()
    await ensureDependencies()
    // A server already on our port may be running from this checkout's build: say so before building over it.
    await ensureBuild(process.stdout, { before: () => refuseTakenPort(process.env) })
  })
  process.env.NODE_ENV = 'production'
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  await import('../dist/server.js')
}
