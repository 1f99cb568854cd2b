import { type ChildProcess, fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { basket, startServer } from '../test/server/running.ts'

/**
 * What a play costs and how fast it leaves, as ratios against a peer in the same run. Absolute figures differ between machines and
 * minutes; only the ratios are worth comparing.
 */
const FANS = Number(process.env.FANS ?? 500)
const ROUNDS = 5
const UPDATES = 200

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const show = (what: string, value: string) => console.log(`${what.padEnd(62)} ${value}`)

async function fans(url: string, join: string, needle: string): Promise<ChildProcess> {
  const child = fork(new URL('./fans.ts', import.meta.url), [url, String(FANS), join, needle], { execArgv: ['--import', 'tsx'] })
  await new Promise<void>(done => child.once('message', () => done()))
  return child
}
const delivered = (child: ChildProcess) =>
  new Promise<number>(done => {
    child.once('message', message => done((message as { delivered: number }).delivered))
    child.send('count')
  })
async function drained(child: ChildProcess, expected: number): Promise<void> {
  const end = performance.now() + 30_000
  while ((await delivered(child)) < expected && performance.now() < end) await new Promise(done => setTimeout(done, 2))
}

const server = await startServer()
const game = await server.createGame()

// Writing: the 5,000th play against the 50th.
async function costAround(seq: number): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 40; i++) {
    const start = performance.now()
    await server.play(game.id, basket('2pt', i % 2 ? 'home' : 'away'))
    times.push(performance.now() - start)
  }
  return seq > 0 ? median(times) : 0
}
for (let i = 0; i < 3; i++) await costAround(1)
const early = await costAround(50)
const started = performance.now()
for (let i = 0; i < 10; i++) await server.play(game.id, ...Array.from({ length: 500 }, () => basket('ft', 'home')))
const batchRate = 5_000 / ((performance.now() - started) / 1000)
const late = await costAround(5_000)
show('a play at 5,000 ÷ a play at 50, recorded', `${(late / early).toFixed(2)} (${late.toFixed(2)} ms ÷ ${early.toFixed(2)} ms)`)
show('plays in batches of 500', `${Math.round(batchRate)}/s`)
async function openingOf(id: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 40; i++) {
    server.context.heads.forget(id)
    const start = performance.now()
    await server.context.heads.open(id)
    times.push(performance.now() - start)
  }
  return median(times)
}
const short = await server.createGame()
await server.play(short.id, ...Array.from({ length: 300 }, () => basket('ft', 'home')))
const [openLong, openShort] = [await openingOf(game.id), await openingOf(short.id)]
show(
  'opening a game of 5,000 plays ÷ one of 300',
  `${(openLong / openShort).toFixed(2)} (${openLong.toFixed(2)} ms ÷ ${openShort.toFixed(2)} ms)`,
)

// Fan-out: Sideline's own update to one room, by Sideline and by plain Socket.IO, in turns.
const watched = await server.createGame()
const sample = await server.play(watched.id, basket('2pt', 'home'))
const payload = { gameId: watched.id, epoch: sample.epoch, seq: 1, plays: sample.plays, game: sample.game }
const peerHttp = createServer()
const peer = new Server(peerHttp, { serveClient: false, perMessageDeflate: false, transports: ['websocket'] })
peer.on('connection', socket => socket.on('join', room => socket.join(room)))
await new Promise<void>(done => peerHttp.listen(0, '127.0.0.1', done))
const peerUrl = `ws://127.0.0.1:${(peerHttp.address() as AddressInfo).port}`
const ours: number[] = []
const theirs: number[] = []
const own = await fans(server.url.replace('http', 'ws'), `42["game:watch",{"gameId":"${watched.id}"}]`, '"game:update"')
const plain = await fans(peerUrl, '42["join","room"]', '"score"')
await new Promise(done => setTimeout(done, 500))
for (let round = 0; round < ROUNDS; round++) {
  const before = await delivered(own)
  let start = performance.now()
  for (let i = 0; i < UPDATES; i++) server.context.bus.publish('played', { game: sample.game, plays: sample.plays })
  await drained(own, before + FANS * UPDATES)
  ours.push((FANS * UPDATES) / (performance.now() - start))
  const peerBefore = await delivered(plain)
  start = performance.now()
  for (let i = 0; i < UPDATES; i++) peer.to('room').emit('score', { ...payload, seq: i })
  await drained(plain, peerBefore + FANS * UPDATES)
  theirs.push((FANS * UPDATES) / (performance.now() - start))
}
show(
  `deliveries/s to ${FANS} fans ÷ plain Socket.IO`,
  `${(median(ours) / median(theirs)).toFixed(2)} (${Math.round(median(ours) * 1000)}/s ÷ ${Math.round(median(theirs) * 1000)}/s)`,
)

for (const child of [own, plain]) child.send('stop')
await peer.close()
await server.stop()
process.exit(0)
