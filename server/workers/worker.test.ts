import { fork } from 'node:child_process'
import { expect, it } from 'vitest'

/** Loaded so slowly that its parent is gone before it begins. */
const LATE = `
while (process.connected) await new Promise(done => setTimeout(done, 10))
const { joinParent } = await import(${JSON.stringify(new URL('worker.ts', import.meta.url).href)})
setInterval(() => {}, 1_000)
joinParent()
`

it('does not outlive a parent that dies while it is being loaded', { timeout: 30_000 }, async () => {
  const late = fork('data:text/javascript,', { execArgv: ['--import', 'tsx', '--input-type=module', '--eval', LATE] })
  const ended = new Promise(done => late.once('exit', (code, signal) => done({ code, signal })))
  const hurried = setTimeout(() => late.kill('SIGKILL'), 15_000)
  late.disconnect()
  expect(await ended).toEqual({ code: 0, signal: null })
  clearTimeout(hurried)
})
