import type { Socket as TcpSocket } from 'node:net'
import { Adapter, type BroadcastOptions } from 'socket.io-adapter'

/** What is read of Socket.IO's, engine.io's and ws's own objects to know that a frame may be written past them. */
interface Reader {
  client: { conn: Connection; writeToEngine(packets: unknown[], options: object): void }
}
interface Connection {
  readyState: string
  writeBuffer: unknown[]
  transport: {
    name: string
    perMessageDeflate?: unknown
    socket?: { readyState: number; _socket?: TcpSocket | null; _sender?: { _state: number; _queue: unknown[] } }
  }
}
interface Packet {
  nsp?: string
  id?: number
}

/** A stream of Node's and what is below it: how many bytes wait there. */
type Stream = TcpSocket & { _handle?: { writeQueueSize?: number } | null }

const SMALL_BYTES = 16 * 1024
/** What a stream calls data that needs no encoding, which its types leave out. */
const AS_IT_IS = 'buffer' as BufferEncoding
const WS_OPEN = 1
const SENDER_IDLE = 0

/**
 * One frame of text in one buffer: RFC 6455, 5.2 (FIN, opcode 1, unmasked as from a server).
 *
 * @param packet as Socket.IO encoded it; `4` makes it a message of Engine.IO
 * @param bytesElsewhere the end of the message, which follows in a buffer of its own
 */
export function frameOf(packet: string, bytesElsewhere = 0): { frame: Buffer; headerBytes: number } {
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
  frame[headerBytes] = 0x34
  frame.write(packet, headerBytes + 1)
  return { frame, headerBytes }
}

/** Sends a message to one reader of which the end is shared with others, after everything that it was sent before. */
export function writeShared(connection: object, begin: string, rest: Buffer): void {
  const { frame } = frameOf(begin, rest.length)
  const { write } = connection as { write(data: string, options: object): void }
  write.call(connection, '', { wsPreEncodedFrame: [frame, rest] })
}

/** A reader of a room, and what lies between it and its stream: looked up when the room's members change, not for every message. */
interface Seat {
  id: string
  client: Reader['client']
  conn: Connection
  ws: NonNullable<Connection['transport']['socket']> | undefined
  /** Null where frames cannot leave in the order they are written: then every message goes the long way. */
  stream: Stream | null
}

function seatOf(id: string, { client }: Reader): Seat {
  const { conn } = client
  const { transport } = conn
  const ws = transport.socket
  // Without compression a sender holds nothing back; one that does is left alone.
  const isPlain =
    transport.name === 'websocket' && !transport.perMessageDeflate && ws?._sender?._state === SENDER_IDLE && ws._sender._queue.length === 0
  return { id, client, conn, ws, stream: (isPlain && ws._socket) || null }
}

/**
 * Writes to a stream in which nothing waits as the stream itself would, less the note to call back in a moment, which is made for every
 * write and in a crowd is what the collector is busy with when the next play comes. What the system does not take at once waits below the
 * stream, before everything that is written later; the stream does not count it, so it is one frame at most, and a small one.
 */
function writeTo(stream: Stream, frame: Buffer): void {
  const isIdle = stream.writableLength === 0 && stream.writableCorked === 0 && stream._handle?.writeQueueSize === 0
  if (isIdle && frame.length <= SMALL_BYTES) stream._write(frame, AS_IT_IS, error => error && stream.destroy(error))
  else stream.write(frame)
}

/** Open, a plain WebSocket, and nothing of an earlier message is still held above the stream. */
const isClear = (seat: Seat): seat is Seat & { stream: Stream } => {
  const { conn, ws, stream } = seat
  return stream !== null && ws?.readyState === WS_OPEN && conn.readyState === 'open' && conn.writeBuffer.length === 0 && stream.writable
}

const isFull = ({ conn, stream, ws }: Seat, { bytes, messages }: HeldLimits): boolean =>
  ((stream ?? ws?._socket)?.writableLength ?? 0) > bytes || conn.writeBuffer.length > messages

/** How much may wait for one reader: bytes in its stream, messages above it. */
export interface HeldLimits {
  bytes: number
  messages: number
}

/**
 * Sends a message to a room as one buffer that is made once and shared: straight to the streams of readers that hold nothing back, and
 * the way Socket.IO goes for everybody else. A reader that does not read holds references to shared buffers, never copies.
 *
 * @param onFull told of a reader that holds more than it may, and therefore got nothing
 */
export function fanOut(limits: HeldLimits, onFull: (socketId: string) => void) {
  return class FanOutAdapter extends Adapter {
    readonly #seats = new Map<string, Seat[]>()

    constructor(nsp: ConstructorParameters<typeof Adapter>[0]) {
      super(nsp)
      for (const change of ['join-room', 'leave-room', 'delete-room']) this.on(change, (room: string) => this.#seats.delete(room))
    }

    /** No room for each socket by itself: nobody is spoken to by it, and it would be half of what the rooms weigh. */
    override addAll(id: string, rooms: Set<string>): void {
      if (rooms.size > 1 || !rooms.has(id)) super.addAll(id, rooms)
      else if (!this.sids.has(id)) this.sids.set(id, new Set())
    }

    override broadcast(packet: Packet, options: BroadcastOptions): void {
      const encoded: unknown[] = this.#encode(packet)
      const [text] = encoded
      if (encoded.length !== 1 || typeof text !== 'string') {
        super.broadcast(packet, options)
        return
      }
      const { frame, headerBytes } = frameOf(text)
      const isVolatile = options.flags?.volatile
      let slow: object | null = null
      for (const seat of this.#seatsOf(options)) {
        if (isFull(seat, limits)) {
          if (!isVolatile) onFull(seat.id)
        } else if (isClear(seat)) writeTo(seat.stream, frame)
        else {
          slow ??= {
            preEncoded: true,
            volatile: isVolatile,
            wsPreEncodedFrame: [frame.subarray(0, headerBytes), frame.subarray(headerBytes)],
          }
          seat.client.writeToEngine(encoded, slow)
        }
      }
    }

    #encode(packet: Packet): unknown[] {
      packet.nsp = this.nsp.name
      return this.nsp.server.encoder.encode(packet)
    }

    #seatsOf(options: BroadcastOptions): readonly Seat[] {
      const { rooms, except } = options
      const [only] = rooms
      if (rooms.size !== 1 || only === undefined || (except && except.size > 0)) return this.#seat(this.#idsOf(options))
      const known = this.#seats.get(only)
      if (known) return known
      const seats = this.#seat(this.rooms.get(only) ?? [])
      if (seats.length > 0) this.#seats.set(only, seats)
      return seats
    }

    #seat(ids: Iterable<string>): Seat[] {
      const { sockets } = this.nsp as { sockets: Map<string, Reader> }
      const seats: Seat[] = []
      for (const id of ids) {
        const reader = sockets.get(id)
        if (reader) seats.push(seatOf(id, reader))
      }
      return seats
    }

    #idsOf(options: BroadcastOptions): string[] {
      const ids: string[] = []
      // The base class knows which sockets are meant; asked at once, it answers at once.
      ;(this as unknown as { apply(options: BroadcastOptions, callback: (socket: { id: string }) => void): void }).apply(
        options,
        ({ id }) => {
          if (!options.except?.has(id)) ids.push(id)
        },
      )
      return ids
    }
  }
}
