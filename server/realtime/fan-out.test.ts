import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo, Socket as TcpSocket } from 'node:net'
import { Server } from 'socket.io'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { Engine, frameOf, type Line } from './engine.ts'
import { fanOut } from './fan-out.ts'

const FULL = 256 * 1024
const full: string[] = []
let http: HttpServer
let io: Server
let url: string
const fans: Fan[] = []
/** The server's ends, by the port that a reader comes from. */
const streams = new Map<number | undefined, TcpSocket>()

interface Fan {
  id: string
  got: unknown[]
  closed: Promise<number>
  /** Its end of the stream: paused, it reads nothing. */
  tcp: TcpSocket
  ws: WebSocket
}

beforeEach(() => serve(FULL))
async function serve(mostBytes: number): Promise<void> {
  full.length = 0
  http = createServer()
  io = new Server({ adapter: fanOut(mostBytes, id => full.push(id)) })
  const engine = new Engine({ pingIntervalMs: 10_000, pingTimeoutMs: 8_000, maxBytes: 1_000, mostWaitingBytes: Number.POSITIVE_INFINITY })
  io.bind(engine)
  http.on('connection', stream => streams.set(stream.remotePort, stream))
  http.on('upgrade', (request, stream, head) => engine.open(request, stream as TcpSocket, head))
  io.on('connection', socket => void socket.join('room'))
  await new Promise<void>(done => http.listen(0, '127.0.0.1', done))
  url = `ws://127.0.0.1:${(http.address() as AddressInfo).port}/socket.io/?EIO=4&transport=websocket`
}
afterEach(stop)
async function stop(): Promise<void> {
  for (const fan of fans.splice(0)) fan.ws.terminate()
  await io.close()
  await new Promise(done => http.close(done))
}

async function fan(): Promise<Fan> {
  const ws = new WebSocket(url)
  const got: unknown[] = []
  const closed = new Promise<number>(done => ws.once('close', done))
  const id = await new Promise<string>((done, fail) => {
    ws.once('error', fail)
    ws.on('message', data => {
      const text = String(data)
      if (text.startsWith('0')) ws.send('40')
      else if (text === '2') ws.send('3')
      else if (text.startsWith('40')) done((JSON.parse(text.slice(2)) as { sid: string }).sid)
      else if (text.startsWith('42')) got.push((JSON.parse(text.slice(2)) as unknown[])[1])
      else if (text.startsWith('43')) got.push((JSON.parse(text.replace(/^43\d+/, '')) as unknown[])[0])
    })
  })
  const made: Fan = { id, got, closed, ws, tcp: (ws as unknown as { _socket: TcpSocket })._socket }
  fans.push(made)
  return made
}
const line = (of: Fan) => io.sockets.sockets.get(of.id)?.conn as unknown as Line
/** The server's end of a reader's stream, and how many bytes wait below it. */
function ends(of: Fan) {
  const stream = streams.get(of.tcp.localPort) as TcpSocket
  return { stream, below: () => (stream as unknown as { _handle: { writeQueueSize: number } })._handle.writeQueueSize }
}
async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 20_000
  while (!condition()) {
    if (performance.now() > end) throw new Error(`it did not happen: ${what}`)
    await new Promise(done => setTimeout(done, 5))
  }
}

test.each([1, 124, 125, 126, 65_533, 65_534, 65_535, 200_000])('a text of %i bytes is one frame that a client reads', async bytes => {
  const reader = await fan()
  const text = 'é'.repeat(Math.floor(bytes / 2)) + 'x'.repeat(bytes % 2)
  io.to('room').emit('say', text)
  await until(() => reader.got.length === 1, 'the message')
  expect(reader.got).toEqual([text])
  const packet = JSON.stringify(['say', text])
  expect(frameOf(packet).length).toBeGreaterThan(Buffer.byteLength(packet) + 2)
})

test('everything a reader is sent arrives in the order it was sent, whichever way each message went', async () => {
  await stop()
  await serve(Number.POSITIVE_INFINITY)
  const readers = await Promise.all(Array.from({ length: 8 }, fan))
  const sent = new Map(readers.map(reader => [reader.id, [] as number[]]))
  // What went into the stream, and what went below it because nothing waited.
  const theLongWay = new Map(readers.map(reader => [reader.id, 0]))
  for (const reader of readers) {
    const { stream } = ends(reader)
    const write = stream.write.bind(stream)
    stream.write = (...sent: unknown[]) => {
      theLongWay.set(reader.id, (theLongWay.get(reader.id) as number) + 1)
      return (write as (...given: unknown[]) => boolean)(...sent)
    }
  }
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff
    return (seed >>> 8) % below
  }
  const pick = () => readers[random(readers.length)] as Fan
  for (let n = 1; n <= 3_000; n++) {
    const one = pick()
    switch (random(5)) {
      case 0:
        io.sockets.sockets.get(one.id)?.emit('say', n)
        sent.get(one.id)?.push(n)
        break
      case 1:
        io.to('room').except(one.id).emit('say', n)
        for (const reader of readers) if (reader !== one) sent.get(reader.id)?.push(n)
        break
      case 2:
        if (random(8) > 0) one.tcp.pause()
        else one.tcp.resume()
        break
      default:
        // Now and then more than a connection whose reader pauses takes at all: some waits in the stream, some below it.
        io.to('room').emit('say', n, random(40) === 0 ? 'x'.repeat(700_000) : '')
        for (const reader of readers) sent.get(reader.id)?.push(n)
    }
    if (random(25) === 0) await new Promise(done => setImmediate(done))
  }
  for (const reader of readers) reader.tcp.resume()
  for (const reader of readers) {
    const expected = sent.get(reader.id) as number[]
    await until(() => reader.got.length >= expected.length, 'all messages')
    expect(reader.got).toEqual(expected)
    const longWay = theLongWay.get(reader.id) as number
    expect(longWay).toBeGreaterThan(20)
    expect(reader.got.length - longWay).toBeGreaterThan(50)
  }
})

test('a reader that is closed gets what was sent before, and nothing after', async () => {
  const reader = await fan()
  io.to('room').emit('say', 1)
  line(reader).close()
  io.to('room').emit('say', 2)
  await reader.closed
  expect(reader.got).toEqual([1])
})

test('a reader that does not read is held to a bound and reported, and the others get everything', async () => {
  const stuck = await fan()
  const reader = await fan()
  stuck.tcp.pause()
  const text = 'x'.repeat(20_000)
  const held = () => ends(stuck).stream.writableLength
  let n = 0
  while (full.length === 0 && n < 5_000) {
    n += 1
    io.to('room').emit('say', n, text)
    if (n % 20 === 0) await new Promise(done => setImmediate(done))
  }
  expect(full[0]).toBe(stuck.id)
  expect(held()).toBeGreaterThan(FULL)
  expect(held()).toBeLessThan(FULL + 30_000)
  await until(() => reader.got.length === n, 'all messages')
  expect(full).not.toContain(reader.id)
})

test('what the system does not take waits below the stream, one frame at most, in front of all that comes later', async () => {
  const stuck = await fan()
  const { below, stream } = ends(stuck)
  let n = 0
  const text = 'x'.repeat(9_000)
  const send = () => io.to('room').emit('say', ++n, text)
  stuck.tcp.pause()
  while (below() === 0 && n < 5_000) send()
  expect(stream.writableLength).toBe(0)
  expect(below()).toBeLessThan(10_000)
  send()
  send()
  expect(stream.writableLength).toBeGreaterThan(18_000)
  io.sockets.sockets.get(stuck.id)?.emit('say', ++n)
  stuck.tcp.resume()
  await until(() => stuck.got.length === n, 'all messages')
  expect(stuck.got).toEqual(Array.from({ length: n }, (_, i) => i + 1))
  expect([below(), stream.writableLength]).toEqual([0, 0])
})

test.each(['a reader', 'the server'])('%s that goes while a frame waits below the stream harms nobody', async who => {
  const stuck = await fan()
  const reader = await fan()
  const { below, stream } = ends(stuck)
  let n = 0
  const send = () => io.to('room').emit('say', ++n, 'x'.repeat(9_000))
  stuck.tcp.pause()
  while (below() === 0 && n < 5_000) send()
  if (who === 'a reader') stuck.tcp.resetAndDestroy()
  else stream.destroy()
  send()
  await until(() => !io.sockets.sockets.has(stuck.id), 'its leaving')
  send()
  await until(() => reader.got.length === n, 'all messages')
  expect(full).toEqual([])
})

test('a message that asks to be dropped is dropped for a reader that holds too much, and nothing is reported', async () => {
  const stuck = await fan()
  stuck.tcp.pause()
  const text = 'x'.repeat(200_000)
  for (let n = 0; n < 40; n++) {
    io.to('room').volatile.emit('say', n, text)
    await new Promise(done => setImmediate(done))
  }
  expect(full).toEqual([])
})
