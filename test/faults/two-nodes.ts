import { expect } from 'vitest'
import type { Game } from '#domain/game.ts'
import { POLL_MS } from '#server/nodes/nodes.ts'
import { type RedisForTests, startRedis } from '#server/nodes/redis-for-tests.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import { type Server, startServer } from '../../e2e/server.ts'
import { type Api, readLog, score, truthOf, Watcher } from './crowd.ts'
import { type Invocation, violations } from './history.ts'
import { type ChaosProxy, startChaosProxy } from './proxy.ts'
import { until } from './until.ts'

/** Two servers on one PostgreSQL and one Redis; the first reaches the database through a proxy. */
export interface TwoNodes {
  a: Server
  b: Server
  postgres: PostgresForTests
  redis: RedisForTests
  /** Between the first node and PostgreSQL. */
  toDatabase: ChaosProxy
  dispose(): Promise<void>
}

export async function startTwoNodes(): Promise<TwoNodes> {
  const disposals: (() => Promise<void>)[] = []
  const dispose = async () => {
    for (const end of disposals.splice(0).reverse()) await end()
  }
  const kept = <T>(thing: T, end: (thing: T) => Promise<void>): T => {
    disposals.push(() => end(thing))
    return thing
  }
  try {
    const postgres = kept(await startPostgres(), one => one.dispose())
    const redis = kept(await startRedis(), one => one.dispose())
    const url = await postgres.database()
    const toDatabase = kept(await startChaosProxy({ port: postgres.port }), one => one.close())
    const node = async (database: string) =>
      kept(await startServer({ env: { DATABASE_URL: database, REDIS_URL: redis.url } }), one => one.dispose())
    const a = await node(url.replace(`:${postgres.port}/`, `:${toDatabase.port}/`))
    const b = await node(url)
    return { a, b, postgres, redis, toDatabase, dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

const seqOf = (watcher: Watcher) => watcher.shown.at(-1)?.seq ?? 0

/** How many looks at the database a node can have begun since then, at most. */
export const looksSince = (since: number) => Math.floor((performance.now() - since) / POLL_MS) + 1

/** Things that happen one after the other, more of them than there are looks in the time: they have waited for none. */
export async function expectNoLooks(happens: () => Promise<unknown>, times = 12): Promise<void> {
  const since = performance.now()
  for (let i = 0; i < times; i++) await happens()
  expect(looksSince(since)).toBeLessThan(times)
}

/** Plays at one node are shown at another by the hints alone. */
export const expectHints = (from: Server, gameId: string, to: Watcher) =>
  expectNoLooks(async () => {
    const { seq } = await from.play(gameId, { kind: '2pt', side: 'home' })
    await until(() => seqOf(to) >= seq)
  })

export interface Burst {
  game: Game
  watchers: Watcher[]
  acknowledged(): number
  /** Waits until so many more have been. */
  more(count: number): Promise<number>
  /** Waits until everybody shows what is acknowledged now. */
  shown(of?: Watcher[]): Promise<number>
}

interface Crowd {
  /** Each scores as fast as it is answered. */
  scorers: Api[]
  /** Addresses, each with a page that follows the game. */
  pages: string[]
}

/**
 * Scores and follows one game while something happens, and judges the history when all is well again.
 *
 * @returns how often a play was sent again, and the watchers as they ended
 */
export async function burst(nodes: TwoNodes, { scorers, pages }: Crowd, meanwhile: (burst: Burst) => Promise<void>) {
  const game = await nodes.b.createGame()
  const watchers = pages.map(url => new Watcher(url, game.id))
  const invocations: Invocation[] = []
  let isOver = false
  const scoring = scorers.map((api, i) => score(api, game.id, i % 2 ? 'home' : 'away', invocations, () => isOver))
  const acknowledged = () => invocations.filter(({ outcome }) => typeof outcome === 'object').length
  const more = (count: number) => {
    const before = acknowledged()
    return until(() => acknowledged() >= before + count)
  }
  const shown = (of = watchers) => {
    const newest = Math.max(0, ...invocations.map(({ outcome }) => (typeof outcome === 'object' ? outcome.ok : 0)))
    return until(() => of.every(watcher => seqOf(watcher) >= newest))
  }
  try {
    await more(20)
    await meanwhile({ game, watchers, acknowledged, more, shown })
    isOver = true
    const retried = (await Promise.all(scoring)).reduce((sum, count) => sum + count, 0)
    const log = await readLog(nodes.b, game.id)
    const truth = truthOf(log)
    await until(() => watchers.every(watcher => watcher.state === truth)).catch(() => null)
    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    expect(invocations.filter(({ outcome }) => outcome === 'info')).toEqual([])
    return { retried, watchers, plays: log.length }
  } finally {
    isOver = true
    await Promise.all(scoring)
    for (const watcher of watchers) watcher.socket.disconnect()
  }
}
