import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP proxy whose weather a test decides, while connections are open. */
export interface ChaosProxy {
  port: number
  /** `http://127.0.0.1:PORT`, for browsers and clients. */
  url: string
  /** Connections made through it so far, and those open now. */
  accepted(): number
  open(): number
  /** Every byte takes this much longer, each way, order kept. 0 is as fast as it gets. */
  delay(ms: number): void
  /** Nothing moves and nobody is told: open connections stand still, new ones are accepted and hear nothing. */
  blackHole(): void
  /** New connections are reset at once, as with nobody listening. Open ones go on. */
  refuse(): void
  /** Good weather again; what stood still in a black hole arrives now, as TCP has it. */
  heal(): void
  /** Ends every open connection politely (FIN), or as a crashed peer does (RST). Answers how many. */
  cut(): number
  reset(): number
  close(): Promise<void>
}

interface Weather {
  delayMs: number
  isStill: boolean
  isRefusing: boolean
}

/** What travels one way: bytes, the sender's end of speech, and the loss of its connection. */
type Parcel = Buffer | 'end' | 'close'

interface Pair {
  client: Socket
  server: Socket
  flow(): void
}

export async function startChaosProxy(target: { port: number; host?: string }): Promise<ChaosProxy> {
  const weather: Weather = { delayMs: 0, isStill: false, isRefusing: false }
  const pairs = new Set<Pair>()
  let accepted = 0

  const listener = createServer({ allowHalfOpen: true }, client => {
    if (weather.isRefusing) {
      client.resetAndDestroy()
      return
    }
    accepted += 1
    const server = connect({ port: target.port, host: target.host ?? '127.0.0.1', allowHalfOpen: true })
    const flows = [relay(client, server, weather), relay(server, client, weather)]
    const pair: Pair = { client, server, flow: () => flows.forEach(flow => void flow()) }
    pairs.add(pair)
    const forget = () => {
      if (client.destroyed && server.destroyed) pairs.delete(pair)
    }
    client.once('close', forget)
    server.once('close', forget)
  })
  listener.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo

  const change = (changes: Partial<Weather>) => {
    Object.assign(weather, changes)
    for (const pair of pairs) pair.flow()
  }
  const endAll = (end: (socket: Socket) => void) => {
    const ended = [...pairs]
    for (const { client, server } of ended) {
      end(client)
      end(server)
    }
    return ended.length
  }

  return {
    port,
    url: `http://127.0.0.1:${port}`,
    accepted: () => accepted,
    open: () => pairs.size,
    delay: delayMs => change({ delayMs }),
    blackHole: () => change({ isStill: true }),
    refuse: () => change({ isRefusing: true }),
    heal: () => change({ delayMs: 0, isStill: false, isRefusing: false }),
    cut: () => endAll(socket => socket.destroy()),
    reset: () => endAll(socket => socket.resetAndDestroy()),
    async close() {
      const closed = once(listener, 'close')
      listener.close()
      endAll(socket => socket.destroy())
      await closed
    },
  }
}

/** Moves everything one way, through the weather of the moment. Answers the function that looks at the weather again. */
function relay(from: Socket, to: Socket, weather: Weather): () => void {
  const queue: { parcel: Parcel; due: number }[] = []
  let timer: NodeJS.Timeout | undefined

  const take = (parcel: Parcel) => {
    queue.push({ parcel, due: performance.now() + weather.delayMs })
    flow()
  }
  const flow = () => {
    clearTimeout(timer)
    // A paused socket fills the sender's buffers, so that a long black hole is felt there as it would be.
    if (weather.isStill) from.pause()
    else if (!to.writableNeedDrain) from.resume()
    if (weather.isStill) return
    for (let next = queue[0]; next; next = queue[0]) {
      const waitMs = next.due - performance.now()
      if (waitMs > 0) {
        timer = setTimeout(flow, waitMs)
        return
      }
      queue.shift()
      deliver(next.parcel)
    }
  }
  const deliver = (parcel: Parcel) => {
    if (to.destroyed) return
    if (parcel === 'close') to.destroy()
    else if (parcel === 'end') to.end()
    else if (!to.write(parcel)) from.pause()
  }

  from.on('data', take)
  from.once('end', () => take('end'))
  from.once('close', () => take('close'))
  // The loss of a connection arrives as its close; errors have nothing to add.
  from.on('error', () => {})
  to.on('drain', flow)
  return flow
}
