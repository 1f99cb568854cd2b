import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Link } from './link.ts'

const LONGEST_PAUSE_MS = 2_000
/** How often this node says something to itself, and how long it may go without hearing it. */
const PULSE_MS = 2_000
const DEAF_MS = 7_000
/** Sent and not yet answered. Behind a Redis that stands still nothing piles up: what is beyond is lost, as on any other bad day. */
const UNANSWERED_MOST = 2_000
/** What is over once another server is asked, or this one in a moment. */
const PASSING = /^(READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|UNBLOCKED)/

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
    reconnectOnError: (error: Error) => PASSING.test(error.message),
    // Made anew from `wanted` below, which also knows what was asked for while nobody listened.
    autoResubscribe: false,
  }
  const out = new Redis(url, options)
  const ears = new Redis(url, options)
  // Heard only over a connection that still carries and a subscription that still holds: neither breaks with a sound.
  const pulse = `sideline:pulse:${randomUUID()}`
  const wanted = new Set([pulse])
  let heardAt = performance.now()
  let unanswered = 0
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
  ears.on('message', (channel: string, message: string) => {
    heardAt = performance.now()
    if (channel !== pulse) hear(channel, message)
  })
  ears.on('ready', () => {
    ears.subscribe(...wanted).then(() => {
      if (isReported) log.info('Redis is back')
      isReported = false
      ready()
    }, report)
  })

  const isReady = () => out.status === 'ready' && ears.status === 'ready'
  function publish(channel: string, message: string): void {
    if (out.status !== 'ready' || unanswered >= UNANSWERED_MOST) return
    unanswered += 1
    out
      .publish(channel, message)
      .catch(error => {
        // A refusal, such as of a user who may not publish; a lost connection has been reported already.
        if (out.status === 'ready') report(error as Error)
      })
      .finally(() => {
        unanswered -= 1
      })
  }
  const pulsing = setInterval(() => {
    if (!isReady()) heardAt = performance.now()
    else if (performance.now() - heardAt <= DEAF_MS) publish(pulse, '')
    else {
      report(new Error('nothing has come through for a while'))
      heardAt = performance.now()
      for (const connection of [out, ears]) connection.disconnect(true)
    }
  }, PULSE_MS)
  pulsing.unref()

  return {
    publish,
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
    isReady,
    waiting: () => unanswered,
    async close() {
      clearInterval(pulsing)
      out.disconnect()
      ears.disconnect()
    },
  }
}
