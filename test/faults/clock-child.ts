import { randomUUID } from 'node:crypto'
import { apiAt, Watcher } from './crowd.ts'
import { until } from './until.ts'

// A scorer and a page in a process whose clock is wrong.

const [url = '', gameId = '', token = ''] = process.argv.slice(2)
process.stdout.write(`clock ${Date.now()}\n`)
const { api } = apiAt(url, token)
const watcher = new Watcher(url, gameId)
for (let i = 0; i < 10; i++) await api(`/api/v1/games/${gameId}/plays`, { id: randomUUID(), kind: '2pt', side: 'home', agoMs: 60_000 })
await until(() => watcher.shown.at(-1)?.seq === 11)
process.stdout.write(`state ${watcher.state.replaceAll(' ', '_')}\n`)
