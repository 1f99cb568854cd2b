import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Link } from './link.ts'

const LONGEST_PAUSE_MS = 2_000

/**
 * A link over Redis's publish and subscribe. Redis being slow, gone or back is no event for the rest of the server: what cannot be sent
 * at once is dropped, and subscriptions are made again when it is back.
 */
export function openRedisLink(url: string, log: Logger): Link {
  const options = {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 3_000,
    keepAlive: 10_000,
    retryStrategy: (attempt: number) => Math.min(100 * 2 ** Math.min(attempt, 5), LONGEST_PAUSE_MS) * (0.5 + Math.random() / 2),
    reconnectOnError: () => true,
    // Made anew from `wanted` below, which also knows what was asked for while nobody listened.
    autoResubscribe: false,
  }
  const out = new Redis(url, options)
  const ears = new Redis(url, options)
  const wanted = new Set<string>()
  let hear: (channel: string, message: string) => void = () => {}
  let ready: () => void = () => {}
  let isReported = false

  const ignore = () => {}
  const report = (error: Error) => {
    // One line when it goes; the attempts to come back would be thousands.
    if (!isReported) log.warn({ err: error.message }, 'Redis is out of reach: other nodes hear of plays by looking for them')
    isReported = true
  }
  out.on('error', report)
  ears.on('error', report)
  ears.on('message', (channel: string, message: string) => hear(channel, message))
  ears.on('ready', () => {
    if (isReported) log.info('Redis is back')
    isReported = false
    if (wanted.size > 0) ears.subscribe(...wanted).then(ready, ignore)
    else ready()
  })

  return {
    publish(channel, message) {
      if (out.status === 'ready') out.publish(channel, message).catch(ignore)
    },
    subscribe(channel) {
      wanted.add(channel)
      if (ears.status === 'ready') ears.subscribe(channel).catch(ignore)
    },
    unsubscribe(channel) {
      wanted.delete(channel)
      if (ears.status === 'ready') ears.unsubscribe(channel).catch(ignore)
    },
    onMessage(listener) {
      hear = listener
    },
    onReady(listener) {
      ready = listener
    },
    isReady: () => out.status === 'ready' && ears.status === 'ready',
    async close() {
      out.disconnect()
      ears.disconnect()
    },
  }
}
