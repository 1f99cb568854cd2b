import type { Server } from 'node:http'
import { Socket } from 'node:net'
import type { Link } from '../nodes/link.ts'
import { Channel } from '../storage/channel.ts'
import { type Failed, type Figures, type FromParent, type FromWorker, SHARED_PORT, WORKER } from './messages.ts'

/** Handed over and not yet taken: behind a parent that stands still hints do not pile up. What is beyond is lost, as on any other link. */
const UNSENT_MOST = 2_000
const FIGURES_MS = 3_000

/** A worker's side of what it has to do with the process that started it. */
export interface Parent {
  /** Which worker this is, from 1. */
  readonly number: number
  /** The one writer of the embedded database. */
  readonly writer: Channel
  /** The port that all workers serve. */
  readonly port: number
  /** A link to the other workers of this server. */
  openLink(): Link
  /** Takes connections from now on, for this server. */
  ready(http: Server): void
  /** Takes no more, and waits until the last has ended, or for so long. */
  leave(mostMs: number): Promise<void>
  failed(failed: Failed): Promise<void>
  onStop(listener: (signal: string) => void): void
  onMeasure(measure: () => Promise<Figures>): void
  /** What everybody measures who can be asked. */
  figures(): Promise<[worker: string, figures: Figures][]>
}

/** Whether this process was forked as a worker. */
export const isWorker = (): boolean => process.send !== undefined && process.env[WORKER] !== undefined

/** In a process that was forked as a worker. It ends when its parent does. */
export function joinParent(): Parent {
  process.once('disconnect', () => process.exit(0))
  // Gone while this process was still being loaded: nobody would ever say so again.
  if (!process.connected) process.exit(0)
  let unsent = 0
  function send(message: FromWorker, done = () => {}): void {
    if (!process.connected || !process.send) {
      done()
      return
    }
    unsent += 1
    // Without a callback, a parent that is gone would be an error nobody catches.
    process.send(message, undefined, {}, () => {
      unsent -= 1
      done()
    })
  }

  const links = new Set<{ channels: Set<string>; hear: (channel: string, message: string) => void }>()
  const subscribed = new Map<string, number>()
  const asked = new Map<number, (all: [string, Figures][]) => void>()
  let lastId = 0
  let measure: () => Promise<Figures> = async () => []
  let stop: (signal: string) => void = () => process.exit(0)

  const writer: Channel = new Channel({
    post: envelope => send({ of: 'writer', envelope }),
    leave: async () => writer.end('the storage is closed'),
  })

  const connections = new Set<Socket>()
  let http: Server | null = null
  let lastEnded = () => {}

  function take(socket: Socket): void {
    connections.add(socket)
    socket.once('close', () => {
      if (connections.delete(socket) && connections.size === 0) lastEnded()
    })
    // As an HTTP server makes its own: who has asked and says no more is still answered.
    socket.allowHalfOpen = true
    http?.emit('connection', socket)
  }

  process.on('message', (message: FromParent, handle: unknown) => {
    switch (message.of) {
      case 'connection':
        send({ of: 'took' })
        // None when it was broken off on the way.
        if (handle instanceof Socket) take(handle)
        return
      case 'writer':
        return writer.settle(message.reply)
      case 'link':
        for (const { channels, hear } of links) if (channels.has(message.channel)) hear(message.channel, message.message)
        return
      case 'stop':
        return stop(message.signal)
      case 'measure':
        return void measure()
          .catch(() => [])
          .then(figures => send({ of: 'measured', id: message.id, figures }))
      case 'figures':
        asked.get(message.id)?.(message.all)
        asked.delete(message.id)
    }
  })

  function subscribe(channel: string): void {
    const count = subscribed.get(channel) ?? 0
    subscribed.set(channel, count + 1)
    if (count === 0) send({ of: 'link', what: 'subscribe', channel })
  }

  function unsubscribe(channel: string): void {
    const left = (subscribed.get(channel) ?? 0) - 1
    if (left > 0) subscribed.set(channel, left)
    else if (subscribed.delete(channel)) send({ of: 'link', what: 'unsubscribe', channel })
  }

  return {
    number: Number(process.env[WORKER]),
    port: Number(process.env[SHARED_PORT]),
    writer,
    openLink() {
      const own = { channels: new Set<string>(), hear: (_channel: string, _message: string) => {} }
      links.add(own)
      return {
        publish(channel, message) {
          if (unsent < UNSENT_MOST) send({ of: 'link', what: 'publish', channel, message })
        },
        subscribe(channel) {
          if (own.channels.has(channel)) return
          own.channels.add(channel)
          subscribe(channel)
        },
        unsubscribe(channel) {
          if (own.channels.delete(channel)) unsubscribe(channel)
        },
        onMessage(listener) {
          own.hear = listener
        },
        onReady: listener => queueMicrotask(listener),
        isReady: () => process.connected,
        waiting: () => 0,
        async close() {
          links.delete(own)
          for (const channel of own.channels) unsubscribe(channel)
          own.channels.clear()
        },
      }
    },
    ready(given) {
      http = given
      send({ of: 'ready' })
    },
    leave(mostMs) {
      send({ of: 'leaving' })
      return new Promise(done => {
        lastEnded = done
        if (connections.size === 0) done()
        setTimeout(done, mostMs)
      })
    },
    failed: failed => new Promise(done => send({ of: 'failed', failed }, done)),
    onStop(listener) {
      stop = listener
    },
    onMeasure(given) {
      measure = given
    },
    figures() {
      const id = ++lastId
      return new Promise((resolve, reject) => {
        asked.set(id, resolve)
        send({ of: 'figures', id })
        setTimeout(() => asked.delete(id) && reject(new Error('the parent does not answer')), FIGURES_MS).unref()
      })
    },
  }
}
