import { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Socket as TcpSocket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { nextSessionId } from './session-id.ts'

/** A message of which the end is the same for many readers, and stands in one buffer that all their streams share. */
export interface Shared {
  begin: string
  rest: Buffer
}
export interface EngineOptions {
  /** A line is asked whether it is still there so long after it last said so, and given up when it has not answered so long after that. */
  pingIntervalMs: number
  pingTimeoutMs: number
  /** The largest message that is read, in bytes; a larger one ends the line. */
  maxBytes: number
  /** A line that says more than this between two pings floods, and is cut. */
  mostSaid?: number
  /** A reader for whom something waits already, and for whom a message would make it more than this, is a slow consumer: its line is ended. */
  mostWaitingBytes: number
}
const MOST_SAID = 1_000
/** The code a slow reader's WebSocket is closed with; 4000–4999 are an application's own (RFC 6455, 7.4.2). */
const SLOW_CONSUMER = 4008
/** A message is as small as a packet or two: of smaller pieces each weighs many times what is in it. */
const MOST_FRAGMENTS = 64
const MOST_CHUNKS = 512
/** How long a line that is over may take to close, and how long when the whole engine does. */
const CLOSE_WITHIN_MS = 10_000
const HANG_UP_MS = 1_000

/** The types of Engine.IO's packets: each is the first letter of a message. */
const PING = frameOf('', '2')
const PONG = 0x33
const MESSAGE = 0x34
/** Known to the protocol, and nothing is done about them here: open, close, pong, upgrade, noop. */
const WITHOUT_EFFECT: ReadonlySet<number | undefined> = new Set([0x30, 0x31, PONG, 0x35, 0x36])

const WS_OPEN = 1
const BEAT_MS = 100
/** Between two beats that lie so far apart nothing was read: who did not answer meanwhile may have. */
const LATE_BEAT_MS = 1_000
const SMALL_BYTES = 16 * 1024
/** What a stream calls data that needs no encoding, which its types leave out. */
const AS_IT_IS = 'buffer' as BufferEncoding

/** A stream of Node's and what is below it: how many bytes wait there. */
type Stream = TcpSocket & { _handle?: { writeQueueSize?: number } | null }
type Wire = WebSocket & { line?: Line }
type Over = 'transport close' | 'transport error' | 'ping timeout' | 'parse error' | 'forced close'

/**
 * One frame of text in one buffer: RFC 6455, 5.2 (FIN, opcode 1, unmasked as from a server).
 *
 * @param packet as Socket.IO encoded it; `type` makes it a packet of Engine.IO, by default a message
 * @param bytesElsewhere the end of the message, which follows in a buffer of its own
 */
export function frameOf(packet: string, type = '4', bytesElsewhere = 0): Buffer {
  const packetBytes = Buffer.byteLength(packet)
  const length = 1 + packetBytes + bytesElsewhere
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(headerBytes + 1 + packetBytes)
  frame[0] = 0x81
  if (length < 126) frame[1] = length
  else if (length < 65_536) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame[headerBytes] = type.charCodeAt(0)
  frame.write(packet, headerBytes + 1)
  return frame
}

/** Engine.IO says it of every transport; here nothing is ever held back above the stream. */
const TRANSPORT = Object.freeze({ name: 'websocket', writable: true })

/**
 * The line to one reader, as Socket.IO's own clients of it expect theirs: it says `data` for each message and `close` once, and `gone`
 * when its connection is. What is written to it is in its stream at once, so order is that of writing and what waits can be counted.
 */
export class Line extends EventEmitter {
  readonly id: string
  readonly protocol = 4
  readonly transport = TRANSPORT
  readonly remoteAddress: string | undefined
  /** What it came with, until that has been read. */
  request: IncomingMessage | null
  readyState: 'open' | 'closed' = 'open'
  /** When it is asked next whether it is there, or given up; by `performance.now()`. */
  due = 0
  readonly #engine: Engine
  readonly #wire: Wire
  readonly #stream: Stream
  /** How much it has said, and in which of the engine's rounds. */
  #said = 0
  #round = 0

  constructor(engine: Engine, id: string, request: IncomingMessage, wire: Wire, stream: Stream) {
    super()
    this.#engine = engine
    this.id = id
    this.request = request
    this.remoteAddress = stream.remoteAddress
    this.#wire = wire
    this.#stream = stream
    wire.line = this
    wire.on('message', heard)
    wire.on('ping', signalled)
    wire.on('pong', signalled)
    wire.on('close', ended)
    wire.on('error', failed)
  }

  /** Bytes that wait for this reader in its stream; of what waits below, one small frame at most, nothing is known. */
  get waiting(): number {
    return this.#stream.writableLength
  }

  /** One packet of Socket.IO, as its encoder made it. */
  write(packet: string | Shared): void {
    if (typeof packet === 'string') this.send(frameOf(packet))
    else this.#sendBoth(frameOf(packet.begin, '4', packet.rest.length), packet.rest)
  }

  #sendBoth(begin: Buffer, rest: Buffer): void {
    if (!this.#takes(begin.length + rest.length)) return
    this.#stream.cork()
    this.#stream.write(begin)
    this.#stream.write(rest)
    this.#stream.uncork()
  }

  /**
   * A finished frame, which many may share. A stream in which nothing waits is written to as it would do by itself, less the note to call
   * back in a moment, which is made for every write and in a crowd is what the collector is busy with when the next play comes. What the
   * system does not take at once waits below the stream, before everything that is written later; the stream does not count it, so it is
   * one frame at most, and a small one.
   */
  send(frame: Buffer): void {
    if (!this.#takes(frame.length)) return
    const stream = this.#stream
    const isIdle = stream.writableLength === 0 && stream.writableCorked === 0 && stream._handle?.writeQueueSize === 0
    if (isIdle && frame.length <= SMALL_BYTES) stream._write(frame, AS_IT_IS, error => error && stream.destroy(error))
    else stream.write(frame)
  }

  /** Ends the line in a way that lets its reader come back; what was written before still reaches it. */
  close(code?: number, reason?: string): void {
    if (this.readyState === 'closed') return
    this.#wire.close(code, reason)
    this.over('forced close')
  }

  closeAsSlow(): void {
    this.close(SLOW_CONSUMER, 'SLOW_CONSUMER')
  }

  /** It has not said for too long that it is there. */
  giveUp(): void {
    this.#wire.terminate()
    this.over('ping timeout')
  }

  /** Breaks off a connection that was told to close and does not. */
  cut(): void {
    this.#wire.terminate()
  }

  /** Its connection is closed. */
  gone(): void {
    this.over('transport close')
    this.#engine.left(this)
    this.emit('gone')
  }

  over(why: Over, details?: unknown): void {
    if (this.readyState === 'closed') return
    this.readyState = 'closed'
    this.#engine.forget(this)
    this.emit('close', why, details)
  }

  hear(message: Buffer, isBinary: boolean): void {
    const type = isBinary ? null : message[0]
    if (type === PONG) this.#engine.answered(this)
    else this.#engine.heardFrom(this)
    // Bytes belong to a message of Socket.IO that was said to have some; by themselves they end the line there.
    if (type === null) this.emit('data', message)
    else if (type === MESSAGE && message.length > 1) this.emit('data', message.toString('utf8', 1))
    else if (!WITHOUT_EFFECT.has(type)) {
      // No client of the protocol says this.
      this.#wire.close()
      this.over('parse error')
    }
  }

  /** Counts what is said, open or not: what a line that is over still sends is read until it closes. Cut, it says so by itself. */
  floods(): boolean {
    const { round, mostSaid } = this.#engine
    if (this.#round !== round) this.#said = 0
    this.#round = round
    this.#said += 1
    if (this.#said <= mostSaid) return false
    this.#wire.terminate()
    return true
  }

  /** Open, and not too far behind: rooms leave out who lags, but who goes on asking is answered, and would be without end. */
  #takes(bytes: number): boolean {
    if (this.readyState !== 'open' || this.#wire.readyState !== WS_OPEN || !this.#stream.writable) return false
    if (this.waiting === 0 || this.waiting + bytes <= this.#engine.mostWaitingBytes) return true
    this.closeAsSlow()
    return false
  }
}

// Shared by all wires: listeners of their own would be a good part of what each of thousands weighs.
function heard(this: Wire, data: Buffer, isBinary: boolean): void {
  const { line } = this
  if (line && !line.floods() && line.readyState === 'open') line.hear(data, isBinary)
}
function signalled(this: Wire): void {
  this.line?.floods()
}
function ended(this: Wire): void {
  this.line?.gone()
}
function failed(this: Wire, error: Error): void {
  this.line?.over('transport error', error)
}

/**
 * Engine.IO 4 (https://socket.io/docs/v4/engine-io-protocol) as far as this server speaks it: over WebSocket alone, so that there is
 * nothing to upgrade and no session that anybody could name, uncompressed, and text. `ws` reads and opens the WebSockets; what is
 * written to a reader goes straight to its stream.
 */
export class Engine extends EventEmitter {
  readonly #options: EngineOptions
  readonly #sockets: WebSocketServer
  /** Lines by the order in which they are due: those that are left in peace, and those that have been asked. */
  readonly #resting = new Set<Line>()
  readonly #asked = new Set<Line>()
  /** Those that are over, while their connections are not. */
  readonly #leaving = new Set<Line>()
  readonly #timer: NodeJS.Timeout
  readonly mostSaid: number
  readonly mostWaitingBytes: number
  /** Counts the intervals of pings. */
  round = 0
  #roundAt = performance.now()
  #beatAt = performance.now()
  /** What opens a session, around the session's id. */
  readonly #greeting: readonly [string, string]

  constructor(options: EngineOptions) {
    super()
    this.#options = options
    this.mostSaid = options.mostSaid ?? MOST_SAID
    this.mostWaitingBytes = options.mostWaitingBytes
    const { pingIntervalMs: pingInterval, pingTimeoutMs: pingTimeout, maxBytes: maxPayload } = options
    // In its types some of its options are missing.
    const few = { maxFragments: MOST_FRAGMENTS, maxBufferedChunks: MOST_CHUNKS, closeTimeout: CLOSE_WITHIN_MS }
    this.#sockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload, ...few })
    this.#greeting = ['{"sid":"', `","upgrades":[],${JSON.stringify({ pingInterval, pingTimeout, maxPayload }).slice(1)}`]
    this.#timer = setInterval(() => this.#beat(), BEAT_MS)
    this.#timer.unref()
  }

  get clientsCount(): number {
    return this.#resting.size + this.#asked.size
  }

  /** Takes a request to upgrade that has been allowed. The answer to it and the first message leave as one. */
  open(request: IncomingMessage, stream: TcpSocket, head: Buffer): void {
    stream.cork()
    this.#sockets.handleUpgrade(request, stream, head, wire => {
      const line = new Line(this, nextSessionId(), request, wire, stream)
      stream.write(frameOf(this.#greeting.join(line.id), '0'))
      line.due = performance.now() + this.#options.pingIntervalMs
      this.#resting.add(line)
      this.emit('connection', line)
    })
    stream.uncork()
  }

  /** It is there, as it was asked. */
  answered(line: Line): void {
    if (!this.#asked.delete(line)) return
    line.due = performance.now() + this.#options.pingIntervalMs
    this.#resting.add(line)
  }

  /** Whoever says something is there, even before it answers. */
  heardFrom(line: Line): void {
    if (!this.#asked.delete(line)) return
    line.due = performance.now() + this.#options.pingTimeoutMs
    this.#asked.add(line)
  }

  forget(line: Line): void {
    if (!this.#resting.delete(line)) this.#asked.delete(line)
    this.#leaving.add(line)
  }

  left(line: Line): void {
    this.#leaving.delete(line)
  }

  close(): void {
    clearInterval(this.#timer)
    for (const line of [...this.#resting, ...this.#asked]) line.close()
    this.#sockets.close()
    // One that is not there any more would hold the server for as long as it is waited for.
    setTimeout(() => {
      for (const line of this.#leaving) line.cut()
    }, HANG_UP_MS).unref()
  }

  #beat(): void {
    const now = performance.now()
    const isLate = now - this.#beatAt > LATE_BEAT_MS
    this.#beatAt = now
    if (now - this.#roundAt >= this.#options.pingIntervalMs) {
      this.#roundAt = now
      this.round += 1
    }
    for (const line of this.#asked) {
      if (line.due > now || isLate) break
      line.giveUp()
    }
    for (const line of this.#resting) {
      if (line.due > now) break
      this.#resting.delete(line)
      line.due = now + this.#options.pingTimeoutMs
      this.#asked.add(line)
      line.send(PING)
    }
  }
}
