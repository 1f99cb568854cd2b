import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Link } from './link.ts'
import { openRedisLink } from './redis.ts'
import { type RedisForTests, startRedis } from './redis-for-tests.ts'

let redis: RedisForTests
const open: Link[] = []
beforeAll(async () => {
  redis = await startRedis()
})
afterEach(async () => {
  redis.thaw()
  for (const link of open.splice(0)) await link.close()
})
afterAll(() => redis?.dispose())

function link(lines: string[] = []): Link {
  const log = pino({ level: 'info' }, { write: line => void lines.push(line) })
  const made = openRedisLink(redis.url, log)
  open.push(made)
  return made
}
async function until(isSo: () => boolean, ms = 30_000): Promise<void> {
  const end = performance.now() + ms
  while (!isSo()) {
    if (performance.now() > end) throw new Error(`not within ${ms} ms`)
    await sleep(10)
  }
}
function hearing(on: Link): string[] {
  const heard: string[] = []
  on.onMessage((channel, message) => heard.push(`${channel} ${message}`))
  return heard
}

it('carries what is said to whoever listens, and nothing of its own', async () => {
  const [here, there] = [link(), link()]
  const heard = hearing(there)
  let readies = 0
  there.onReady(() => {
    readies += 1
  })
  there.subscribe('one')
  there.subscribe('two')
  there.unsubscribe('two')
  await until(() => here.isReady() && readies === 1)
  here.publish('one', 'a')
  here.publish('two', 'b')
  here.publish('one', 'c')
  await until(() => heard.length === 2)
  await sleep(2_500)
  expect(heard).toEqual(['one a', 'one c'])
})

it('comes back by itself from a Redis that was killed, listens again, and says so once each time', async () => {
  const lines: string[] = []
  const [here, there] = [link(), link(lines)]
  const heard = hearing(there)
  let readies = 0
  there.onReady(() => {
    readies += 1
  })
  there.subscribe('before')
  await until(() => here.isReady() && readies === 1)
  await redis.kill()
  await until(() => !here.isReady() && !there.isReady())
  there.subscribe('meanwhile')
  for (let i = 0; i < 1_000; i++) here.publish('before', 'lost')
  await sleep(1_500)
  await redis.start()
  await until(() => here.isReady() && readies === 2)
  here.publish('before', 'a')
  here.publish('meanwhile', 'b')
  await until(() => heard.length === 2)
  expect(heard).toEqual(['before a', 'meanwhile b'])
  expect(lines.map(line => JSON.parse(line).msg)).toEqual([expect.stringContaining('out of reach'), 'Redis is back'])
})

it('piles nothing up behind a Redis that stands still, notices it, and goes on when it moves again', async () => {
  const lines: string[] = []
  const here = link(lines)
  const heard = hearing(here)
  let readies = 0
  here.onReady(() => {
    readies += 1
  })
  here.subscribe('game')
  await until(() => here.isReady() && readies === 1)
  redis.freeze()
  const before = process.memoryUsage()
  const message = 'x'.repeat(1_000)
  for (let i = 0; i < 200_000; i++) here.publish('game', message)
  const { heapUsed, external } = process.memoryUsage()
  expect(heapUsed + external - before.heapUsed - before.external).toBeLessThan(20e6)
  // Its connections stay open and nothing breaks: only the silence tells.
  await until(() => !here.isReady())
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({ level: 40, err: 'nothing has come through for a while' })
  redis.thaw()
  await until(() => here.isReady() && readies === 2)
  heard.length = 0
  here.publish('game', 'again')
  await until(() => heard.includes('game again'))
})
