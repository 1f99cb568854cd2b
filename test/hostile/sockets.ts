import { WebSocket } from 'ws'
import type { Random } from '#test/sim/random.ts'
import { type Frame, greeting, knownFrame, type Last, lastFrame, strayFrame, type World } from './frames.ts'
import type { Tally } from './tally.ts'

const AT_ONCE = 12
/** As many messages of the events there are as one socket may send at once; strays count too. */
const WITHIN_LIMIT = 48
/** A machine under load answers late; one that has lost an answer never does. */
const PATIENCE_MS = 20_000
/** Refused by the wrapper round every handler, or by a handler in the same words: nobody can tell, so neither counts as reached. */
const ENVELOPE = new Set(['INVALID_PAYLOAD', 'RATE_LIMITED'])

interface Options {
  url: string
  total: number
  random: Random
  world: World
  tally: Tally
  tokens: readonly string[]
}

export interface Thrown {
  frames: number
  sockets: number
  /** Asked for an answer on a socket that stayed open, and got none. */
  unanswered: string[]
  /** What should have closed its socket and did not. */
  survived: string[]
  /** The server's own mistakes. */
  internal: string[]
}

interface Wire {
  socket: WebSocket
  isOpen: boolean
  closed: Promise<void>
}

let connected = 0
/** Another address for each: limits by address are not what is tested here. */
const nextAddress = () => {
  connected += 1
  return `10.${(connected >> 16) & 255}.${(connected >> 8) & 255}.${connected & 255}`
}

/** Throws frames of every kind at the server, on many sockets one after the other, and counts what comes back. */
export async function throwFrames({ url, total, random, world, tally, tokens }: Options): Promise<Thrown> {
  const thrown: Thrown = { frames: 0, sockets: 0, unanswered: [], survived: [], internal: [] }

  function judge(row: string, json: string): void {
    if (json.startsWith('[{"ok":true')) {
      tally.ok(row)
      return
    }
    const [answer] = JSON.parse(json) as [{ error: { code: string } }]
    const { code } = answer.error
    if (code === 'INTERNAL') thrown.internal.push(`${row}: ${json}`)
    if (ENVELOPE.has(code)) tally.refused(row, code)
    else tally.reached(row, code)
  }

  function count(row: string): void {
    thrown.frames += 1
    tally.sent(row)
  }

  async function life(): Promise<void> {
    thrown.sockets += 1
    const asked = new Map<number, string[]>()
    let waiting = 0
    let done = () => {}
    const wire = await openWire(url, random.chance(0.25) ? random.of(tokens) : null, (id, json) => {
      const [row, ...rest] = asked.get(id) ?? []
      if (row === undefined) return
      asked.set(id, rest)
      waiting -= 1
      judge(row, json)
      if (waiting === 0) done()
    })
    const send = ({ row, packets, ackId }: Frame) => {
      count(row)
      if (ackId === null) tally.silent(row)
      else {
        asked.set(ackId, [...(asked.get(ackId) ?? []), row])
        waiting += 1
      }
      for (const packet of packets) wire.socket.send(packet)
    }
    // Some talk on after they were told to slow down, and a few until they are thrown out.
    const talk = random.chance(0.02) ? 200 : random.chance(0.03) ? 90 : WITHIN_LIMIT
    for (let i = 0; i < talk && thrown.frames < total && wire.isOpen; i++) {
      send(knownFrame(random, world, i))
      if (random.chance(0.35)) send(strayFrame(random))
      // A flood in one go would be read before a single answer is written.
      if (i % 20 === 19) await new Promise(resume => setImmediate(resume))
    }
    if (waiting > 0) await Promise.race([new Promise<void>(resolve => (done = resolve)), wire.closed, patience()])
    for (const rows of asked.values()) {
      for (const row of rows) {
        tally.silent(row)
        if (wire.isOpen) thrown.unanswered.push(row)
      }
    }
    if (wire.isOpen) await end(wire, lastFrame(random, world))
  }

  async function end(wire: Wire, last: Last): Promise<void> {
    count(last.row)
    tally.silent(last.row)
    if ('bytes' in last) (wire.socket as unknown as { _socket: { write(bytes: Buffer): void } | null })._socket?.write(last.bytes)
    else {
      for (const packet of last.packets) wire.socket.send(packet)
    }
    // What was spoiled may be whole by chance.
    if (last.row !== 'spoiled JSON') {
      await Promise.race([wire.closed, patience()])
      if (wire.isOpen)
        thrown.survived.push('bytes' in last ? last.bytes.toString('hex') : last.packets.map(packet => packet.slice(0, 60)).join(' '))
    }
    wire.socket.terminate()
    await wire.closed
  }

  async function stranger(): Promise<void> {
    const row = 'greetings'
    count(row)
    const socket = new WebSocket(addressOf(url), { headers: { 'x-forwarded-for': nextAddress() } })
    const answer = await new Promise<string>(resolve => {
      socket.on('message', data => {
        const text = String(data)
        if (text.startsWith('0')) socket.send(greeting(random))
        else if (text.startsWith('40')) resolve('ok')
        else if (text.startsWith('44')) resolve(text.slice(2))
      })
      socket.on('close', () => resolve('closed'))
      socket.on('error', () => resolve('closed'))
      setTimeout(() => resolve('unanswered'), PATIENCE_MS).unref()
    })
    socket.terminate()
    if (answer === 'ok') tally.ok(row)
    else if (answer === 'closed') tally.refused(row, 'closed')
    else if (answer === 'unanswered') thrown.unanswered.push(row)
    else tally.refused(row, (JSON.parse(answer) as { data?: { code?: string }; message: string }).data?.code ?? answer)
  }

  const worker = async () => {
    while (thrown.frames < total) await (random.chance(0.15) ? stranger() : life())
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return thrown
}

const patience = () => new Promise<void>(resolve => setTimeout(resolve, PATIENCE_MS).unref())
const addressOf = (url: string) => `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`

function openWire(url: string, token: string | null, onAnswer: (id: number, json: string) => void): Promise<Wire> {
  const socket = new WebSocket(addressOf(url), { headers: { 'x-forwarded-for': nextAddress() } })
  return new Promise((resolve, reject) => {
    let close = () => {}
    const wire: Wire = {
      socket,
      isOpen: true,
      closed: new Promise(done => {
        close = done
      }),
    }
    socket.on('message', (data: Buffer) => {
      // A whole game is not read for the few letters at its beginning.
      const isLong = data.length > 2_000 && data.subarray(0, 100).includes('[{"ok":true')
      const text = (isLong ? data.subarray(0, 500) : data).toString()
      if (text.startsWith('43')) {
        const at = text.indexOf('[')
        onAnswer(Number(text.slice(2, at)), text.slice(at))
      } else if (text === '2') socket.send('3')
      else if (text.startsWith('0')) socket.send(`40${token === null ? '' : JSON.stringify({ token })}`)
      else if (text.startsWith('40')) resolve(wire)
      else if (text.startsWith('44{"message":"AUTH_INVALID"')) reject(new Error(`not let in: ${text}`))
    })
    socket.on('close', () => {
      wire.isOpen = false
      close()
      reject(new Error('closed before it was let in'))
    })
    socket.on('error', error => {
      if (socket.readyState === WebSocket.CONNECTING) reject(error)
    })
  })
}
