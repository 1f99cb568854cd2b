import { randomInt, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { expect, it } from 'vitest'
import type { Play } from '#domain/play.ts'
import { PROTOCOL_VERSION, type UpdateMessage, type WatchAnswer } from '#domain/protocol.ts'
import { type Recorded, type Server, startServer } from '../../e2e/server.ts'
import { type Invocation, type Shown, violations } from './history.ts'

const KILLS = Number(process.env.KILLS ?? 3)
const SCORERS = 4
const WATCHERS = 12
const CONVERGED_MS = 15_000

/** A page without its drawing: joins, notices gaps, watches again, and comes back by itself. */
class Watcher {
  readonly shown: Shown[] = []
  state = ''
  reconnects = 0
  socket: Socket
  constructor(url: string, gameId: string) {
    this.socket = io(url, {
      transports: ['websocket'],
      auth: { v: PROTOCOL_VERSION },
      reconnectionDelay: 200,
      reconnectionDelayMax: 1000,
      randomizationFactor: 1,
    })
    const at = () => this.shown.at(-1)
    const show = (epoch: string, seq: number, score: { home: number; away: number }, bySnapshot: boolean) => {
      this.shown.push({ epoch, seq, bySnapshot })
      this.state = `${seq} ${score.home}-${score.away}`
    }
    const follow = (plays: Play[], game: UpdateMessage['game']) => {
      for (const play of plays) if (play.seq > (at()?.seq ?? 0)) show(game.epoch, play.seq, game.score, false)
    }
    const watch = async () => {
      const { epoch, seq } = at() ?? {}
      const answer = (await this.socket.timeout(3000).emitWithAck('game:watch', { gameId, epoch, seq })) as { ok: true } & WatchAnswer
      if (answer.mode === 'snapshot') show(answer.epoch, answer.seq, answer.game.score, true)
      else if (answer.mode === 'plays') follow(answer.plays, answer.game)
    }
    const watchSafely = () => void watch().catch(() => this.socket.io.engine?.close())
    this.socket.on('connect', () => {
      this.reconnects += 1
      watchSafely()
    })
    this.socket.on('game:update', (message: UpdateMessage) => {
      const first = message.plays[0]?.seq ?? 0
      if (message.epoch !== at()?.epoch || first > (at()?.seq ?? 0) + 1 || message.resync) watchSafely()
      else follow(message.plays, message.game)
    })
  }
}

/** Posts plays until told to stop; an unanswered one is sent again until it is settled, with the same id. */
async function score(
  server: Server,
  gameId: string,
  side: 'home' | 'away',
  invocations: Invocation[],
  isOver: () => boolean,
): Promise<number> {
  let retried = 0
  while (!isOver()) {
    const invocation: Invocation = { id: randomUUID(), outcome: 'info' }
    invocations.push(invocation)
    while (invocation.outcome === 'info') {
      try {
        const answer = await server.api<Recorded>(`/api/v1/games/${gameId}/plays`, { id: invocation.id, kind: '2pt', side })
        if (answer.status === 200 || answer.status === 201) invocation.outcome = { ok: answer.body.seq }
        else if (answer.status < 500 && answer.status !== 429) invocation.outcome = 'fail'
        else await sleep(50)
      } catch {
        retried += 1
        await sleep(50)
      }
    }
  }
  return retried
}

it(`F1 every acknowledged play survives kill -9 in mid-burst, ${KILLS} times, and every page converges by itself`, {
  timeout: 60_000 + KILLS * 30_000,
}, async () => {
  const server = await startServer()
  try {
    const game = await server.createGame()
    const watchers = Array.from({ length: WATCHERS }, () => new Watcher(server.url, game.id))
    const invocations: Invocation[] = []
    let isOver = false
    const scorers = Array.from({ length: SCORERS }, (_, i) => score(server, game.id, i % 2 ? 'home' : 'away', invocations, () => isOver))
    let slowest = 0
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(randomInt(200, 900))
      const before = invocations.length
      await server.restart({ signal: 'SIGKILL' })
      const back = performance.now()
      // Everybody goes on by themselves: a watcher is back once it shows plays that fell after the restart.
      while (watchers.some(watcher => (watcher.shown.at(-1)?.seq ?? 0) < before)) {
        if (performance.now() - back > CONVERGED_MS) break
        await sleep(20)
      }
      slowest = Math.max(slowest, performance.now() - back)
    }
    isOver = true
    const retried = (await Promise.all(scorers)).reduce((sum, count) => sum + count, 0)
    const log: Play[] = []
    for (let more = true; more; ) {
      const { body } = await server.api<{ plays: Play[]; seq: number }>(`/api/v1/games/${game.id}/plays?after=${log.length}&limit=1000`)
      log.push(...body.plays)
      more = body.plays.length > 0 && log.length < body.seq
    }
    const points = (side: string) => log.filter(play => play.side === side).length * 2
    const truth = `${log.length} ${points('home')}-${points('away')}`
    const settled = performance.now()
    while (watchers.some(watcher => watcher.state !== truth) && performance.now() - settled < CONVERGED_MS) await sleep(20)

    expect(violations({ invocations, log, watchers, truth })).toEqual([])
    expect(slowest).toBeLessThan(CONVERGED_MS)
    // The fault really happened: sends went unanswered, pages lost their socket and came back.
    expect(retried).toBeGreaterThan(0)
    expect(watchers.every(watcher => watcher.reconnects > KILLS / 2)).toBe(true)
    expect(log.length).toBeGreaterThan(KILLS)
    for (const watcher of watchers) watcher.socket.disconnect()
  } finally {
    await server.dispose()
  }
})
