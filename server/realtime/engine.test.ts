import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo, Socket as TcpSocket } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Engine, type EngineOptions, type Line } from './engine.ts'

const QUICK: EngineOptions = { pingIntervalMs: 200, pingTimeoutMs: 400, maxBytes: 1_000, mostWaitingBytes: 1_000_000 }
let http: HttpServer
let engine: Engine
let lines: Line[]
const clients: WebSocket[] = []

beforeEach(() => serve({ pingIntervalMs: 60_000, pingTimeoutMs: 60_000, maxBytes: 1_000, mostWaitingBytes: 1_000_000 }))
async function serve(options: EngineOptions): Promise<void> {
  lines = []
  engine = new Engine(options)
  engine.on('connection', (line: Line) => lines.push(line))
  http = createServer()
  http.on('upgrade', (request, stream, head) => engine.open(request, stream as TcpSocket, head))
  await new Promise<void>(done => http.listen(0, '127.0.0.1', done))
}
afterEach(stop)
async function stop(): Promise<void> {
  for (const client of clients.splice(0)) client.terminate()
  engine.close()
  await new Promise(done => http.close(done))
}

/** A client that answers pings only if it is told to, its line, and what became of both. */
async function connect({ answers = true } = {}) {
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/`)
  clients.push(client)
  const heard: string[] = []
  client.on('message', data => {
    heard.push(String(data))
    if (answers && String(data) === '2') client.send('3')
  })
  const closed = new Promise<number>(done => client.once('close', done))
  await until(() => heard.length > 0)
  const line = lines.at(-1) as Line
  const data: (string | Buffer)[] = []
  const ends: string[] = []
  line.on('data', (said: string | Buffer) => data.push(said))
  line.on('close', (why: string) => ends.push(why))
  return { client, heard, closed, line, data, ends }
}
async function until(isSo: () => boolean): Promise<void> {
  const end = performance.now() + 20_000
  while (!isSo()) {
    if (performance.now() > end) throw new Error('it did not happen')
    await new Promise(done => setTimeout(done, 5))
  }
}

it('opens a session with an id of its own, and says how it is kept', async () => {
  const [one, another] = [await connect(), await connect()]
  const { sid, ...rest } = JSON.parse(one.heard[0]?.slice(1) ?? '') as { sid: string }
  expect(one.heard[0]?.[0]).toBe('0')
  expect(rest).toEqual({ upgrades: [], pingInterval: 60_000, pingTimeout: 60_000, maxPayload: 1_000 })
  expect(sid).toBe(one.line.id)
  expect(sid.length).toBeGreaterThanOrEqual(20)
  expect(another.line.id).not.toBe(sid)
  expect(engine.clientsCount).toBe(2)
})

it('[C14] hands on what is said, whole and in order, and says nothing of what has no meaning here', async () => {
  const { client, data, line, ends, heard } = await connect()
  for (const sent of ['4a', '0', '1', '3', '5', '6', '3probe', '4Ålesund', Buffer.from('4b'), '42["x"]']) client.send(sent)
  await until(() => data.length === 4)
  expect(data).toEqual(['a', 'Ålesund', Buffer.from('4b'), '2["x"]'])
  line.write('2["b"]')
  line.write({ begin: '3', rest: Buffer.from('["Å"]') })
  await until(() => heard.length === 3)
  expect(heard.slice(1)).toEqual(['42["b"]', '43["Å"]'])
  expect(ends).toEqual([])
})

it.each([
  ['a ping, which is the server’s to send', '2'],
  ['a message without anything in it', '4'],
  ['nothing at all', ''],
  ['no type of packet', 'x'],
  ['bytes in letters', 'bAAAA'],
])('[C14] ends a line that says %s', async (_what, sent) => {
  const { client, ends, data, closed } = await connect()
  client.send(sent)
  client.send('4late')
  await closed
  expect(ends).toEqual(['parse error'])
  expect(data).toEqual([])
  expect(engine.clientsCount).toBe(0)
})

it('ends a line whose message is too large, and no other', async () => {
  const { client, ends, closed } = await connect()
  const other = await connect()
  client.send(`4${'x'.repeat(1_000)}`)
  expect(await closed).toBe(1009)
  expect(ends).toEqual(['transport error'])
  other.client.send(`4${'x'.repeat(999)}`)
  await until(() => other.data.length === 1)
  expect(engine.clientsCount).toBe(1)
})

it('is told once that a line is over, whoever ends it', async () => {
  const gone = await connect()
  gone.client.close()
  await until(() => gone.ends.length > 0)
  const cut = await connect()
  cut.client.terminate()
  await until(() => cut.ends.length > 0)
  const closed = await connect()
  closed.line.close(4_008, 'SLOW')
  closed.line.close()
  expect(closed.ends).toEqual(['forced close'])
  expect(await closed.closed).toBe(4_008)
  // What is written to a line that is over goes nowhere, and harms nobody.
  for (const { line } of [gone, cut, closed]) line.write('late')
  expect([gone.ends, cut.ends, closed.ends]).toEqual([['transport close'], ['transport close'], ['forced close']])
  expect(engine.clientsCount).toBe(0)
})

it('[C14] asks after every line again and again, and gives up who does not answer', async () => {
  await stop()
  await serve(QUICK)
  const well = await connect()
  const silent = await connect({ answers: false })
  await until(() => silent.ends.length > 0)
  expect(silent.ends).toEqual(['ping timeout'])
  expect(silent.heard.filter(text => text === '2')).toHaveLength(1)
  await silent.closed
  await until(() => well.heard.filter(text => text === '2').length >= 4)
  expect(well.ends).toEqual([])
  expect(engine.clientsCount).toBe(1)
})

it('[C14] takes whatever is said for a sign of life', async () => {
  await stop()
  await serve({ ...QUICK, pingIntervalMs: 100, pingTimeoutMs: 2_000 })
  const talks = await connect({ answers: false })
  const began = performance.now()
  const talking = setInterval(() => talks.client.send('4still here'), 50)
  while (performance.now() - began < 3_000) await new Promise(done => setTimeout(done, 50))
  expect(talks.ends).toEqual([])
  clearInterval(talking)
  await until(() => talks.ends.length > 0)
})

it('gives nobody up for what it could not hear because it stood still itself', async () => {
  await stop()
  await serve({ ...QUICK, pingIntervalMs: 100, pingTimeoutMs: 700 })
  const { client, ends } = await connect({ answers: false })
  let answered = 0
  client.on('message', data => {
    if (String(data) !== '2') return
    // Client and server are one process: neither does anything meanwhile, and the answer is there when it goes on.
    const resumes = performance.now() + 1_500
    while (performance.now() < resumes);
    client.send('3')
    answered += 1
  })
  await until(() => answered === 3)
  await new Promise(done => setTimeout(done, 300))
  expect(ends).toEqual([])
  expect(engine.clientsCount).toBe(1)
})

it.each([
  ['messages', (client: WebSocket) => client.send('4x')],
  ['what has no meaning', (client: WebSocket) => client.send('3')],
  ['frames of control', (client: WebSocket) => client.ping()],
])('[C14] cuts a line that floods with %s', async (_what, say) => {
  await stop()
  await serve({ pingIntervalMs: 60_000, pingTimeoutMs: 60_000, maxBytes: 1_000, mostWaitingBytes: 1_000_000, mostSaid: 50 })
  const { client, data, ends } = await connect()
  const other = await connect()
  for (let said = 0; said < 50; said += 1) say(client)
  other.client.send('4and on')
  await until(() => other.data.length === 1)
  expect(ends).toEqual([])
  for (let said = 0; said < 500; said += 1) say(client)
  await until(() => ends.length > 0)
  expect(data.length).toBeLessThanOrEqual(50)
  expect(engine.clientsCount).toBe(1)
})

it('[C14] lets a line speak anew with every round of pings', async () => {
  await stop()
  await serve({ pingIntervalMs: 150, pingTimeoutMs: 5_000, maxBytes: 1_000, mostWaitingBytes: 1_000_000, mostSaid: 40 })
  const { client, data, ends } = await connect()
  for (let round = 0; round < 6; round += 1) {
    for (let said = 0; said < 15; said += 1) client.send('4x')
    await new Promise(done => setTimeout(done, 300))
  }
  await until(() => data.length === 90)
  expect(ends).toEqual([])
})

it('[C14] cuts a line that is over and still floods', async () => {
  await stop()
  await serve({ pingIntervalMs: 60_000, pingTimeoutMs: 60_000, maxBytes: 1_000, mostWaitingBytes: 1_000_000, mostSaid: 50 })
  const { client, line, ends } = await connect()
  let isGone = false
  line.on('gone', () => {
    isGone = true
  })
  // It is told to close, and does not.
  const stream = (client as unknown as { _socket: TcpSocket })._socket
  stream.removeAllListeners('data')
  line.close()
  expect([ends, isGone]).toEqual([['forced close'], false])
  const [mask, said] = [Buffer.alloc(4), Buffer.from('4x')]
  for (let sent = 0; sent < 500; sent += 1) stream.write(Buffer.concat([Buffer.from([0x81, 0x80 + said.length]), mask, said]))
  await until(() => isGone)
  expect(ends).toEqual(['forced close'])
})

it('[C7] ends a line on which more would wait than it may, whoever asked for it', async () => {
  const { client, closed, line, ends } = await connect()
  client.pause()
  const answer = { begin: '3', rest: Buffer.alloc(100_000, 'x') }
  let most = 0
  for (let count = 0; count < 1_000 && line.readyState === 'open'; count += 1) {
    line.write(count % 2 === 0 ? answer : 'x'.repeat(100_000))
    most = Math.max(most, line.waiting)
    await new Promise(setImmediate)
  }
  expect(ends).toEqual(['forced close'])
  expect(most).toBeGreaterThan(500_000)
  expect(most).toBeLessThanOrEqual(1_000_000)
  expect(engine.clientsCount).toBe(0)
  client.resume()
  expect(await closed).toBe(4_008)
})

it('sends a message that is large by itself to whoever has read everything', async () => {
  const { heard, line, ends } = await connect()
  line.write('x'.repeat(2_000_000))
  await until(() => heard.length === 2)
  expect(ends).toEqual([])
})

it('does not wait, when it closes, for those who are not there any more', async () => {
  const stuck = await connect()
  stuck.client.pause()
  const slow = await connect()
  slow.client.pause()
  slow.line.close()
  const began = performance.now()
  engine.close()
  await new Promise(done => http.close(done))
  // By itself each is waited for ten seconds.
  expect(performance.now() - began).toBeLessThan(8_000)
  await serve(QUICK)
})

it('[C14] takes a message in a few pieces, and ends a line that sends it in crumbs', async () => {
  const { client, data, closed } = await connect()
  client.send('4a', { fin: false })
  client.send('b', { fin: true })
  await until(() => data.length === 1)
  expect(data).toEqual(['ab'])
  client.send('4', { fin: false })
  for (let piece = 0; piece < 100; piece += 1) client.send('', { fin: false })
  expect(await closed).toBe(1008)
})
