import type { Socket as TcpSocket } from 'node:net'
import { Adapter, type BroadcastOptions } from 'socket.io-adapter'

/** What is read of Socket.IO's, engine.io's and ws's own objects to know that a frame may be written past them. */
interface Reader {
  notifyOutgoingListeners(packet: object): void
  client: { conn: Connection; writeToEngine(packets: unknown[], options: object): void }
}
interface Connection {
  readyState: string
  upgrading: boolean
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

const WS_OPEN = 1
const SENDER_IDLE = 0

/**
 * One frame of text in one buffer: RFC 6455, 5.2 (FIN, opcode 1, unmasked as from a server).
 *
 * @param packet as Socket.IO encoded it; `4` makes it a message of Engine.IO
 */
export function frameOf(packet: string): { frame: Buffer; headerBytes: number } {
  const length = 1 + Buffer.byteLength(packet)
  const headerBytes = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(headerBytes + length)
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

/**
 * The stream of a reader whose frames leave in the order they are written, now: open, a plain WebSocket, and nothing of an earlier
 * message is still held above the stream. Null sends the message the long way.
 */
function streamOf({ readyState, upgrading, writeBuffer, transport }: Connection): TcpSocket | null {
  if (readyState !== 'open' || upgrading || writeBuffer.length > 0 || transport.name !== 'websocket' || transport.perMessageDeflate)
    return null
  const ws = transport.socket
  const stream = ws?._socket
  if (!stream || ws.readyState !== WS_OPEN || ws._sender?._state !== SENDER_IDLE || ws._sender._queue.length > 0) return null
  return stream.writable ? stream : null
}

const isFull = ({ writeBuffer, transport }: Connection, { bytes, messages }: HeldLimits): boolean =>
  (transport.socket?._socket?.writableLength ?? 0) > bytes || writeBuffer.length > messages

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
      this.#each(options, (reader, id) => {
        const { client } = reader
        const { conn } = client
        if (isFull(conn, limits)) return isVolatile ? undefined : onFull(id)
        reader.notifyOutgoingListeners(packet)
        const stream = streamOf(conn)
        if (stream) return void stream.write(frame)
        slow ??= {
          preEncoded: true,
          volatile: isVolatile,
          wsPreEncodedFrame: [frame.subarray(0, headerBytes), frame.subarray(headerBytes)],
        }
        client.writeToEngine(encoded, slow)
      })
    }

    #encode(packet: Packet): unknown[] {
      packet.nsp = this.nsp.name
      return this.nsp.server.encoder.encode(packet)
    }

    /** A single room, as almost always, needs no set of whom it had already. */
    #each({ rooms, except, flags }: BroadcastOptions, visit: (reader: Reader, id: string) => void): void {
      const { sockets } = this.nsp as { sockets: Map<string, Reader> }
      const [only] = rooms
      const members = rooms.size === 1 && (!except || except.size === 0) ? this.rooms.get(only as string) : null
      if (members === undefined) return
      if (members === null) {
        for (const id of this.#idsOf({ rooms, except, flags })) visit(sockets.get(id) as Reader, id)
        return
      }
      for (const id of members) {
        const reader = sockets.get(id)
        if (reader) visit(reader, id)
      }
    }

    #idsOf(options: BroadcastOptions): string[] {
      const ids: string[] = []
      // The base class knows which sockets are meant; asked at once, it answers at once.
      ;(this as unknown as { apply(options: BroadcastOptions, callback: (socket: { id: string }) => void): void }).apply(
        options,
        socket => {
          ids.push(socket.id)
        },
      )
      return ids
    }
  }
}
