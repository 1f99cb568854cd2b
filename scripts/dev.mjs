// npm run dev: the server from its sources; tsx restarts it for server/ and domain/, Next reloads the rest.

import './setup/node-floor.mjs'

dev()

async function dev() {
  const { foreground, main } = await import('./setup/steps.mjs')
  const { loadEnvironmentFile } = await import('./setup/environment.mjs')
  const { ensureDependencies } = await import('./setup/dependencies.mjs')
  const { stopWithNpm } = await import('./setup/parent.mjs')

  stopWithNpm()
  await main(async () => {
    loadEnvironmentFile()
    await ensureDependencies()
    const env = Object.assign({}, process.env, { NODE_ENV: 'development', NEXT_TELEMETRY_DISABLED: '1' })
    process.exitCode = await foreground(
      process.execPath,
      ['node_modules/tsx/dist/cli.mjs', 'watch', '--clear-screen=false', 'server.ts'].concat(process.argv.slice(2)),
      env,
    )
  })
}
