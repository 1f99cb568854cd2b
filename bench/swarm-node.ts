import { connect, type Socket } from 'node:net'
import { createInterface } from 'node:readline'

/** What swarm.c does, for machines without a compiler: dearer, so that it needs smaller crowds. Its opening comment says what it obeys. */
const [port = '', fans = '', path = '', kind = '', firstJoin = '', joined = '', needle = '', last = '', inFlight = ''] =
  process.argv.slice(2)
const isSocketIo = kind === 'sio'
const count = Number(fans)
const STAMP = 16
const CARRY = 64
const BUCKET_US = 10

type State = 'upgrading' | 'opening' | 'greeting' | 'joining' | 'ready' | 'closed'
interface Fan {
  socket: Socket
  state: State
  carry: Buffer
  hits: number
  hasLast: boolean
  /** Of a frame that is not whole yet. */
  pending: Buffer
  rest: number
}

let join = firstJoin
let comesBack = false
let [ready, busy, failed, hits, frames, bytes, firstAt, lastAt] = [0, 0, 0, 0, 0, 0, 0, 0]
let isAnnounced = false
let isCutTold = false
const ages = new Map<number, number>()
const crowd: (Fan | undefined)[] = Array.from({ length: count })
const waiting = crowd.map((_, index) => index)
const now = () => Number(process.hrtime.bigint() / 1_000n)
const started = now()
const say = (happening: object) => process.stdout.write(`${JSON.stringify(happening)}\n`)

function textFrame(text: string): Buffer {
  const body = Buffer.from(text)
  const head = body.length < 126 ? Buffer.from([0x81, 0x80 | body.length]) : Buffer.from([0x81, 0xfe, body.length >> 8, body.length & 255])
  // A mask of zeros leaves the text as it is.
  return Buffer.concat([head, Buffer.alloc(4), body])
}

function fill(): void {
  while (waiting.length > 0 && busy < Number(inFlight)) begin(waiting.shift() as number)
}

function begin(index: number): void {
  busy += 1
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress: `127.0.0.${2 + (index % 8)}`, noDelay: true })
  const before = crowd[index]
  const fan: Fan = {
    socket,
    state: 'upgrading',
    carry: Buffer.alloc(0),
    hits: before?.hits ?? 0,
    hasLast: false,
    pending: Buffer.alloc(0),
    rest: 0,
  }
  crowd[index] = fan
  socket.on('connect', () =>
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Key: c2lkZWxpbmUgYmVuY2ggIQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    ),
  )
  socket.on('data', chunk => read(fan, chunk))
  socket.on('error', () => socket.destroy())
  socket.on('close', () => drop(fan, index))
}

function drop(fan: Fan, index: number): void {
  const wasReady = fan.state === 'ready'
  fan.state = 'closed'
  if (wasReady) {
    ready -= 1
    isAnnounced = false
    if (!isCutTold) say({ event: 'cut', at: now() })
    isCutTold = true
  } else {
    busy -= 1
    failed += 1
  }
  if (!comesBack && wasReady) return
  waiting.push(index)
  setTimeout(fill, wasReady ? 0 : 10)
}

function read(fan: Fan, chunk: Buffer): void {
  bytes += chunk.length
  let fresh = chunk
  if (fan.state === 'upgrading') {
    const body = chunk.indexOf('\r\n\r\n')
    if (body < 0 || !chunk.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) return void fan.socket.destroy()
    fresh = chunk.subarray(body + 4)
    fan.state = isSocketIo ? 'opening' : 'joining'
    if (!isSocketIo) fan.socket.write(textFrame(join))
  }
  if (fan.state === 'ready') scan(fan, fresh)
  walk(fan, fresh)
}

function scan(fan: Fan, chunk: Buffer): void {
  const old = fan.carry.length
  const text = old > 0 ? Buffer.concat([fan.carry, chunk]) : chunk
  const at = now()
  for (let found = text.indexOf(needle); found >= 0; found = text.indexOf(needle, found + needle.length)) {
    const stamp = found + needle.length
    if (stamp + STAMP > text.length) break
    if (stamp + STAMP <= old) continue
    const age = Math.floor(Math.max(0, at - Number(text.toString('latin1', stamp, stamp + STAMP))) / BUCKET_US)
    ages.set(age, (ages.get(age) ?? 0) + 1)
    hits += 1
    fan.hits += 1
    firstAt ||= at
    lastAt = at
  }
  if (text.includes(last)) {
    fan.hasLast = true
    lastAt = at
  }
  fan.carry = Buffer.from(text.subarray(-CARRY))
}

function walk(fan: Fan, chunk: Buffer): void {
  let text = fan.pending.length > 0 ? Buffer.concat([fan.pending, chunk]) : chunk
  while (text.length > 0) {
    const skipped = Math.min(fan.rest, text.length)
    fan.rest -= skipped
    text = text.subarray(skipped)
    if (text.length < 2) break
    const code = (text[1] as number) & 127
    const head = code === 127 ? 10 : code === 126 ? 4 : 2
    if (text.length < head) break
    const length = code === 127 ? Number(text.readBigUInt64BE(2)) : code === 126 ? text.readUInt16BE(2) : code
    const shown = Math.min(length, 8)
    if (text.length < head + shown) break
    message(fan, (text[0] as number) & 15, text.toString('latin1', head, head + shown), length)
    text = text.subarray(head + shown)
    fan.rest = length - shown
  }
  fan.pending = Buffer.from(text)
}

function message(fan: Fan, opcode: number, start: string, length: number): void {
  if (opcode === 8) return void fan.socket.destroy()
  frames += 1
  if (isSocketIo && length === 1 && start === '2') fan.socket.write(textFrame('3'))
  else if (fan.state === 'opening' && start.startsWith('0')) {
    fan.state = 'greeting'
    fan.socket.write(textFrame('40'))
  } else if (fan.state === 'greeting' && start.startsWith('40')) {
    fan.state = 'joining'
    fan.socket.write(textFrame(join))
  } else if (fan.state === 'joining' && start.startsWith(joined)) {
    fan.state = 'ready'
    busy -= 1
    ready += 1
    fill()
    if (ready === count && !isAnnounced) {
      isAnnounced = true
      say({ event: 'ready', at: now(), ms: (now() - started) / 1000, failed })
    }
  }
}

function percentile(share: number): number {
  let seen = 0
  for (const [age, times] of [...ages].sort(([a], [b]) => a - b)) {
    seen += times
    if (seen > share * hits || seen === hits) return age * BUCKET_US
  }
  return 0
}

function obey(line: string): void {
  if (line === 'quit') process.exit(0)
  if (line === 'again') comesBack = true
  if (line.startsWith('join ')) join = line.slice(5)
  if (line === 'reset') {
    hits = frames = bytes = firstAt = lastAt = failed = 0
    isCutTold = false
    ages.clear()
    for (const fan of crowd) if (fan) [fan.hits, fan.hasLast] = [0, false]
  }
  if (line !== 'count') return void say({ event: line.split(' ')[0] })
  const head = crowd.filter(fan => fan?.state === 'ready' && fan.hasLast)
  const headHits = head.reduce((sum, fan) => sum + (fan?.hits ?? 0), 0)
  const shares = { p50: percentile(0.5), p99: percentile(0.99), max: percentile(1) }
  say({ event: 'count', open: ready, hits, atHead: head.length, headHits, frames, bytes, failed, firstAt, lastAt, ...shares })
}

createInterface(process.stdin)
  .on('line', obey)
  .on('close', () => process.exit(0))
fill()
