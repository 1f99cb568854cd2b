import { ERROR_STATUS, failure } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import type { UpdateMessage } from '#domain/protocol.ts'
import type { Account } from '#server/accounts.ts'
import { createBus } from '#server/bus.ts'
import type { Context } from '#server/context.ts'
import { explain } from '#server/explain.ts'
import { catchUp } from '#server/games/catch-up.ts'
import { createHeads } from '#server/games/heads.ts'
import { presentUpdate } from '#server/games/present.ts'
import { createReader } from '#server/games/read.ts'
import { createRecorder } from '#server/games/record.ts'
import type { Sports } from '#server/games/sports.ts'
import { createTurns } from '#server/games/turns.ts'
import type { Link } from '#server/nodes/link.ts'
import { joinNodes, type Nodes } from '#server/nodes/nodes.ts'
import { createWatching } from '#server/nodes/watching.ts'
import { createGathering } from '#server/realtime/gather.ts'
import { catchUp as catchUpReader, openFor } from '#server/watch.ts'
import type { Life, Store } from './store.ts'
import type { World } from './world.ts'

/** The server's end of one page's socket. */
export interface Reading {
  tell(message: string): void
  cut(): void
}
export interface Answered {
  status: number
  body: string
}

export interface SimNode {
  readonly index: number
  readonly isUp: boolean
  start(): void
  /** Its memory is gone at once; what it had sent to the store happens or does not. */
  crash(): void
  enter(reading: Reading): boolean
  leave(reading: Reading): void
  watch(reading: Reading, asked: { gameId: string; epoch?: string; seq?: number }): Promise<unknown>
  /** An HTTP request, and its answer; never answers when the node dies before. */
  request(account: Account, method: string, url: string, body: string): Promise<Answered>
  /** How far this node thinks the game has come; null when it does not keep it. */
  headOf(gameId: string): number | null
}

interface Parts {
  world: World
  index: number
  store: Store
  sports: Sports
  /** Opens this node's end of the link between the nodes. */
  openLink(): Link
  onWritten(): void
  /** What the server tells of the end of each command, before its answer is on its way. */
  onCommand: CommandWitness
  /** It has come to its end at a write. */
  onDeath(): void
}
export interface CommandWitness {
  begins(plays: readonly { id: string }[]): object
  ends(command: object, answer: Awaited<ReturnType<ReturnType<typeof createRecorder>['record']>> | null): void
}

const silent = () => {}

/** One server without its outermost shell: the real use-cases on a store, with sockets and requests of a simulated network. */
export function createNode({ world, index, store, sports, openLink, onWritten, onCommand, onDeath }: Parts): SimNode {
  let running = null as Running | null

  function die(): void {
    if (!running) return
    const { life, nodes, sockets } = running
    life.isOver = true
    running = null
    void nodes.close()
    for (const reading of [...sockets]) reading.cut()
    onDeath()
  }

  function boot() {
    const life: Life = { isOver: false, die: () => life.isOver || die() }
    const storage = store.open(world, index, life, onWritten)
    const complain = (what: object) => {
      const error = (what as { err?: unknown }).err
      // A store out of reach is nobody's mistake; anything else is.
      if (!life.isOver && !explain(error)) world.fail(`node ${index}: ${error instanceof Error ? error.stack : JSON.stringify(what)}`)
    }
    const log = { error: complain, warn: complain, info: silent, debug: silent } as unknown as Context['log']
    let nodes: Nodes | null = null
    const context = {
      config: { timeZone: 'UTC' },
      storage,
      sports,
      heads: createHeads(storage, sports),
      turns: createTurns(),
      catchUp: (gameId: string) => catchUp(context, gameId),
      freshen: async (gameId: string) => nodes?.freshen(gameId),
      watching: createWatching(),
      viewersElsewhere: () => 0,
      bus: createBus(error => complain({ err: error })),
      log,
      now: Date.now,
    } as unknown as Context
    const rooms = new Map<string, Set<Reading>>()

    const tell = (game: Game, plays: Play[] | null) => {
      if (plays === null) world.meet('told to start anew')
      if (plays === null) gathering.forget(game.id)
      const { id: gameId, epoch, seq } = game
      const message = { gameId, epoch, seq, plays: plays ?? [], game: presentUpdate(game), ...(plays ? {} : { resync: true as const }) }
      const text = JSON.stringify(spoilt(world, message))
      for (const reading of rooms.get(gameId) ?? []) reading.tell(text)
    }
    const gathering = createGathering(tell)
    context.bus.subscribe('played', ({ game, plays, elsewhere }) => {
      if (life.isOver) return
      if (elsewhere) world.meet('caught up with the other node')
      if (plays) gathering.add(game, plays)
      else tell(game, null)
    })
    context.bus.subscribe('removed', () => world.fail('a game was taken for deleted'))
    const reader = createReader(context)
    const recorder = createRecorder(context)
    const accounts = { onRevoked: () => silent, poll: async () => {} }
    nodes = joinNodes({ context, link: openLink(), countHere: id => rooms.get(id)?.size ?? 0, accounts })
    return { life, context, rooms, gathering, reader, recorder, nodes, sockets: new Set<Reading>() }
  }
  type Running = ReturnType<typeof boot>

  function leaveRooms({ rooms, context }: Running, reading: Reading): void {
    for (const [gameId, readings] of rooms) {
      if (!readings.delete(reading) || readings.size > 0) continue
      rooms.delete(gameId)
      context.watching.leave(gameId)
    }
  }

  async function route({ reader, recorder }: Running, account: Account, method: string, url: URL, body: string): Promise<Answered> {
    const json = (status: number, value: unknown) => ({ status, body: JSON.stringify(value) })
    const refuse = (error: { code: keyof typeof ERROR_STATUS }, game?: Game) => json(ERROR_STATUS[error.code] || 400, { error, game })
    const [, , , , gameId = '', rest] = url.pathname.split('/')
    try {
      if (method === 'POST') {
        const parsed = JSON.parse(body)
        const isBatch = Array.isArray(parsed)
        const plays = isBatch ? parsed : [parsed]
        const command = onCommand.begins(plays)
        let answer: Awaited<ReturnType<typeof recorder.record>> | null = null
        try {
          answer = await recorder.record(account, gameId, plays, isBatch)
        } finally {
          onCommand.ends(command, answer)
        }
        if (!answer.ok) return refuse(answer.error, 'game' in answer ? answer.game : undefined)
        const { created, ...rest } = answer
        return json(created ? 201 : 200, rest)
      }
      if (rest === 'plays') {
        world.meet('plays read over HTTP')
        const answer = await reader.plays(account, gameId, Number(url.searchParams.get('after')), Number(url.searchParams.get('limit')))
        return answer.ok ? json(200, answer) : refuse(answer.error)
      }
      if (rest === 'page') {
        const found = await reader.open(account, gameId)
        return found.ok ? json(200, catchUpReader(found.open, account, undefined, undefined)) : refuse(found.error)
      }
      const answer = await reader.game(account, gameId)
      return answer.ok ? json(200, { game: answer.game }) : refuse(answer.error)
    } catch (error) {
      const known = explain(error)
      if (known) return refuse(known.error)
      world.fail(`node ${index}, ${method} ${url.pathname}: ${error instanceof Error ? error.stack : String(error)}`)
      return refuse(failure('INTERNAL', 'Something went wrong.').error)
    }
  }

  return {
    index,
    get isUp() {
      return running !== null
    },
    start() {
      running ??= boot()
    },
    crash: die,
    enter(reading) {
      running?.sockets.add(reading)
      return running !== null
    },
    leave(reading) {
      if (!running) return
      running.sockets.delete(reading)
      leaveRooms(running, reading)
    },
    async watch(reading, { gameId, epoch, seq }) {
      const here = running
      if (!here) return new Promise(() => {})
      try {
        const found = await openFor(here, null, gameId, { epoch, seq })
        if (here.life.isOver || !here.sockets.has(reading)) return new Promise(() => {})
        if (!found.ok) return found
        here.gathering.flush(gameId)
        const room = here.rooms.get(gameId)
        if (room) room.add(reading)
        else {
          here.rooms.set(gameId, new Set([reading]))
          here.context.watching.enter(gameId)
        }
        return { ok: true, ...catchUpReader(found.open, null, epoch, seq), viewers: here.rooms.get(gameId)?.size ?? 0 }
      } catch (error) {
        const known = explain(error)
        if (known) return known
        world.fail(`node ${index}, watch: ${error instanceof Error ? error.stack : String(error)}`)
        return failure('INTERNAL', 'Something went wrong.')
      }
    },
    async request(account, method, url, body) {
      const here = running
      if (!here) return new Promise(() => {})
      const answered = await route(here, account, method, new URL(url, 'http://node'), body)
      return here.life.isOver ? new Promise(() => {}) : answered
    },
    headOf: gameId => running?.context.heads.peek(gameId)?.head.seq ?? null,
  }
}

const older = new WeakMap<World, UpdateMessage>()
/** What a server tells that orders badly. */
function spoilt(world: World, message: UpdateMessage): UpdateMessage {
  if (world.planted === null) return message
  const before = older.get(world)
  older.set(world, message)
  if (world.planted === 'an older header under a newer seq' && before) {
    return { ...message, game: { ...before.game, seq: message.game.seq } }
  }
  return message
}
