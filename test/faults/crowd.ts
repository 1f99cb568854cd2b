import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import type { Play } from '#domain/play.ts'
import { type Ack, PROTOCOL_VERSION, type UpdateMessage, type WatchAnswer } from '#domain/protocol.ts'
import type { Answer, Recorded, Server } from '../../e2e/server.ts'
import type { Invocation, Shown } from './history.ts'

/** A page without its drawing: joins, notices gaps, watches again, and comes back by itself. */
export class Watcher {
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
    const watchSafely = () => {
      const { epoch, seq } = at() ?? {}
      // Taken in the very moment it comes: what is read of the wire together would else be taken out of its order.
      const take = (error: Error | null, answer: Ack<WatchAnswer>) => {
        if (error) this.socket.io.engine?.close()
        else if (!answer.ok) return
        else if (answer.mode === 'snapshot') show(answer.epoch, answer.seq, answer.game.score, true)
        else if (answer.mode === 'plays') follow(answer.plays, answer.game)
      }
      this.socket.timeout(20_000).emit('game:watch', { gameId, epoch, seq }, take)
    }
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

/** What scoring needs of a server, or of several of which one answers. */
export type Api = Pick<Server, 'api'>

/** The same by another way: through a proxy, or with a token of one's own. A request that hangs is given up after a while. */
export function apiAt(url: string, token: string): Api {
  return {
    async api<T>(path: string, body?: unknown): Promise<Answer<T>> {
      const response = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(15_000),
      })
      return { status: response.status, headers: response.headers, body: (await response.json()) as T }
    },
  }
}

/** Posts plays until told to stop; an unanswered one is sent again until it is settled, with the same id. */
export async function score(
  server: Api,
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

/** The whole log, as the server hands it out. */
export async function readLog(server: Api, gameId: string): Promise<Play[]> {
  const log: Play[] = []
  for (let more = true; more; ) {
    const { body } = await server.api<{ plays: Play[]; seq: number }>(`/api/v1/games/${gameId}/plays?after=${log.length}&limit=1000`)
    log.push(...body.plays)
    more = body.plays.length > 0 && log.length < body.seq
  }
  return log
}

/** What a watcher ends on when it has seen such a log of baskets. */
export function truthOf(log: readonly Play[]): string {
  const points = (side: string) => log.filter(play => play.side === side).length * 2
  return `${log.length} ${points('home')}-${points('away')}`
}
