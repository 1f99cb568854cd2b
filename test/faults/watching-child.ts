import { Watcher } from './crowd.ts'

// A page without its drawing in a process of its own, which says what it shows.

const [url = '', gameId = ''] = process.argv.slice(2)
const watcher = new Watcher(url, gameId)
let shown = ''
let connects = 0
setInterval(() => {
  if (watcher.reconnects !== connects) process.stdout.write(`connected ${watcher.reconnects}\n`)
  connects = watcher.reconnects
  const state = watcher.state.replace(' ', '_')
  if (state !== shown) process.stdout.write(`${state}\n`)
  shown = state
}, 20)
