import { Adapter, type BroadcastOptions } from 'socket.io-adapter'
import { frameOf, type Line } from './engine.ts'

/** What of Socket.IO's sockets lies between a reader of a room and its line. */
interface Reader {
  client: { conn: Line }
}
interface Packet {
  nsp?: string
  id?: number
}

/** A reader of a room and the line to it: looked up when the room's members change, not for every message. */
interface Seat {
  id: string
  line: Line
}

/**
 * Sends a message to a room as one frame that is made once and shared, straight to the readers' lines. A reader that does not read holds
 * references to shared buffers, never copies.
 *
 * @param mostBytes how much may wait for one reader
 * @param onFull told of a reader that holds more than that, and therefore got nothing
 */
export function fanOut(mostBytes: number, onFull: (socketId: string) => void) {
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
      packet.nsp = this.nsp.name
      // One text, as everything here is.
      const [text] = this.nsp.server.encoder.encode(packet) as [string]
      const frame = frameOf(text)
      const isVolatile = options.flags?.volatile
      for (const { id, line } of this.#seatsOf(options)) {
        if (line.waiting <= mostBytes) line.send(frame)
        else if (!isVolatile) onFull(id)
      }
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
        if (reader) seats.push({ id, line: reader.client.conn })
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
