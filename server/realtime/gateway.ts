import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Socket as TcpSocket } from 'node:net'
import { Server } from 'socket.io'
import { z } from 'zod'
import { failure, type SidelineError } from '#domain/errors.ts'
import type { Game, RosterEntry } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import {
  type ClientToServerEvents,
  MAX_ROOMS,
  MIN_PROTOCOL_VERSION,
  PROTOCOL_VERSION,
  type ServerToClientEvents,
  SOCKET_PATH,
  type WatchAnswer,
} from '#domain/protocol.ts'
import type { Account, Accounts } from '../accounts.ts'
import { ADDRESS_HEADER, householdOf, stampAddress } from '../address.ts'
import type { Chat } from '../chat.ts'
import type { Context } from '../context.ts'
import { DRAINING } from '../draining.ts'
import type { OpenGame } from '../games/heads.ts'
import { guarded, presentUpdate } from '../games/present.ts'
import type { Reader } from '../games/read.ts'
import { idText } from '../id-text.ts'
import type { Board, Lobby } from '../lobby.ts'
import { checkHandshake } from '../origin.ts'
import { canRead } from '../policies.ts'
import { isMeant } from '../revocations.ts'
import { catchUp, isAtHand, openFor } from '../watch.ts'
import { type Encoder, encodeAsText, restOf, Written } from './encode.ts'
import { Engine, type Line } from './engine.ts'
import { fanOut } from './fan-out.ts'
import { createGathering } from './gather.ts'
import { type LoadOptions, watchLoad } from './load.ts'
import { createOn, lineOf, type SidelineSocket, type SocketData } from './on.ts'
import { refuseUpgrade } from './refuse.ts'
import { createLaggards, SLOW, type SlowLimits } from './slow.ts'

const VIEWERS_MS = 3_000
const LARGE_ROOM = 1_000
const LARGE_ROOM_ROUNDS = 5
const CUT_OFF_SPREAD_MS = 3_000
const LET_GO_EVERY_MS = 20
const MESSAGE_BYTES = 32 * 1024

const watchInput = z.strictObject({ gameId: idText, epoch: z.string().max(64).optional(), seq: z.int().min(0).optional() })
const gameInput = z.strictObject({ gameId: idText })
const lobbyInput = z.strictObject({ competitionId: idText.optional() })
const anything = z.unknown()
/** To whoever comes another way than over a WebSocket, or to a session that is open. */
export const NO_HANDSHAKE = failure('INVALID_PAYLOAD', 'Here is a WebSocket of Engine.IO 4, and each is a session of its own.').error
const NOTHING = Object.freeze({})

const GAME_ROOM = 'game:'
const gameRoom = (id: string) => `${GAME_ROOM}${id}`
const lobbyRoom = (competitionId: string | null | undefined) => (competitionId ? `lobby:${competitionId}` : 'lobby')

export interface Gateway {
  /** Readers of a game at this node. */
  viewersHere(gameId: string): number
  connections(): number
  rooms(): number
  lagging(): number
  /** How late everything is done here, on average, and whether so late that readers are told. */
  lateMs(): number
  isBusy(): boolean
  /** Tells every page to move on and closes its socket in a way that lets it come back, spread over `inMs`. */
  drain(inMs: number): Promise<void>
  close(): Promise<void>
}

interface Parts {
  context: Context
  accounts: Accounts
  reader: Reader
  lobby: Lobby
  chat: Chat
  http: HttpServer
  /** Only tests have readers that are slow sooner. */
  slow?: Partial<SlowLimits>
  /** Likewise, servers that are busy sooner. */
  busy?: Partial<LoadOptions>
}

/** Sockets carry reads, presence and chat. Plays come over HTTP and leave here, once they are on disk, to the rooms of their games. */
export function createGateway({ context, accounts, reader, lobby, chat, http, slow, busy }: Parts): Gateway {
  let isDraining = false
  let isCut = false
  const load = watchLoad(isBusy => {
    context.log.warn({ lateMs: Math.round(load.lateMs()) }, isBusy ? 'busy: fans wait, scorers do not' : 'no longer busy')
    io.local.emit('sys:busy', { isBusy })
  }, busy)
  const perAddress = new Map<string, number>()
  const { maxConnectionsPerAddress: most } = context.config

  const { behindBytes } = { ...SLOW, ...slow }
  const io = new Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, SocketData>({
    connectTimeout: 5_000,
    adapter: fanOut(behindBytes, id => {
      const socket = io.sockets.sockets.get(id)
      if (socket) laggards.full(socket as SidelineSocket)
    }),
  })
  // Updates stop at the first bound and answers at twice that (`on.ts`): four times is met by nobody who reads what it asked for.
  const mostWaitingBytes = 4 * behindBytes
  const engine = new Engine({ pingIntervalMs: 10_000, pingTimeoutMs: 8_000, maxBytes: MESSAGE_BYTES, mostWaitingBytes })
  io.bind(engine)
  http.on('upgrade', (request, stream, head) => {
    if (!request.url?.startsWith(SOCKET_PATH)) return
    const refused = refuseHandshake(request)
    if (refused) refuseUpgrade(stream, refused)
    else engine.open(request, stream as TcpSocket, head)
  })

  function refuseHandshake(request: IncomingMessage): SidelineError | null {
    if (!isHandshake(request.url)) return NO_HANDSHAKE
    const address = householdOf(stampAddress(request, context.config.trustedProxies))
    const origin = checkHandshake(request.headers, context.config)
    if (!origin.ok) return origin.error
    if (isDraining) return DRAINING.error
    if (isCut) return failure('UNAVAILABLE', 'The storage is out of reach.', { retryAfterMs: 2_000 }).error
    if (most === 0) return null
    const tooMany = (retryAfterMs: number) =>
      failure('TOO_MANY_CONNECTIONS', 'Too many connections from this address.', { retryAfterMs }).error
    if ((perAddress.get(address) ?? 0) >= most) return tooMany(1_000)
    const taken = context.limits.takeUnder({ burst: most, perMs: 10_000 }, `handshake ${address}`)
    return taken.ok ? null : tooMany(taken.retryAfterMs)
  }

  encodeAsText((io as unknown as { encoder: Encoder }).encoder)

  engine.on('connection', (line: Line) => {
    const address = householdOf(String(line.request?.headers[ADDRESS_HEADER] ?? ''))
    perAddress.set(address, (perAddress.get(address) ?? 0) + 1)
    // One that is over and does not close is still a connection.
    line.once('gone', () => {
      const left = (perAddress.get(address) ?? 1) - 1
      if (left > 0) perAddress.set(address, left)
      else perAddress.delete(address)
    })
  })

  /** Lines of which it is being looked up who they are: each is one reader, however often it asks meanwhile. */
  const greeting = new WeakSet<Line>()
  io.use((plain, next) => {
    const socket = plain as SidelineSocket
    const refuse = (error: SidelineError) => next(Object.assign(new Error(error.code), { data: error }))
    const refused = refuseGreeting(socket)
    if (refused) return refuse(refused)
    const { auth, headers } = socket.handshake
    if (auth.token === undefined && !isNamed(headers)) {
      welcome(socket, null)
      return next()
    }
    const line = lineOf(socket)
    greeting.add(line)
    identify(socket)
      .finally(() => greeting.delete(line))
      .then(
        error => (error ? refuse(error) : next()),
        error => {
          context.log.error({ err: error }, 'handshake failed')
          next(new Error('INTERNAL'))
        },
      )
  })

  function refuseGreeting(socket: SidelineSocket): SidelineError | null {
    const line = lineOf(socket)
    if (line.request === null || greeting.has(line)) return failure('INVALID_PAYLOAD', 'Connected already.').error
    const { v: version, token } = socket.handshake.auth as Record<string, unknown>
    if (version !== undefined && (typeof version !== 'number' || version < MIN_PROTOCOL_VERSION))
      return failure('CLIENT_TOO_OLD', 'Reload the page.').error
    if (typeof version === 'number' && version > PROTOCOL_VERSION)
      return failure('SERVER_TOO_OLD', 'The server is older than this page.').error
    return token === undefined || typeof token === 'string' ? null : failure('AUTH_INVALID', 'The token is not text.').error
  }

  /** A page shows its cookie, a program its token: in `auth`, where no proxy logs it, or in a header. */
  async function identify(socket: SidelineSocket): Promise<SidelineError | null> {
    const { auth, headers } = socket.handshake as { auth: { token?: string }; headers: IncomingMessage['headers'] }
    const { account, isRefused } =
      auth.token === undefined ? await accounts.identify(headers) : await accounts.identifyToken(auth.token.slice(0, 512))
    if (isRefused && (auth.token !== undefined || headers.authorization !== undefined)) {
      return failure('AUTH_INVALID', 'The token is unknown, expired or revoked.').error
    }
    welcome(socket, account)
    return null
  }

  function welcome(socket: SidelineSocket, account: Account | null): void {
    const { handshake } = socket
    socket.data = { account, address: String(handshake.headers[ADDRESS_HEADER] ?? ''), games: new Set(), lobbies: new Map() }
    // What it came with is read: kept, it would be a third of what a reader weighs.
    lineOf(socket).request = null
    Object.assign(handshake, { headers: NOTHING, query: NOTHING, auth: NOTHING })
  }

  const { on, listenTo } = createOn(context, 2 * behindBytes)
  /** Who lags gets nothing but answers until it has drained. */
  const enter = (socket: SidelineSocket, room: string) => {
    if (!laggards.has(socket)) void socket.join(room)
  }

  function leave(socket: SidelineSocket): void {
    for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room)
    for (const board of socket.data.lobbies.values()) board.n = lobby.latest(board.competitionId)?.n ?? 0
  }

  /** A crowd asks for the same game or board, and all but a few are told the same: made into bytes once for each state of it. */
  const shared = new WeakMap<Game | Board, Buffer>()
  function written(begin: string, state: Game | Board, tell: () => object): Written {
    const rest = shared.get(state) ?? restOf(`,${JSON.stringify(tell()).slice(1)}`)
    shared.set(state, rest)
    return new Written(begin, rest)
  }
  function answerTo(
    open: OpenGame,
    socket: SidelineSocket,
    epoch: string | undefined,
    seq: number | undefined,
  ): Written | ({ ok: true } & WatchAnswer) {
    const { account } = socket.data
    const viewers = viewersOf(open.meta.id)
    const isReturning = epoch === open.meta.epoch && seq !== undefined
    if (account !== null || isReturning) return { ok: true, ...catchUp(open, account, epoch, seq), viewers }
    return written(`{"ok":true,"viewers":${viewers}`, open.game, () => catchUp(open, null, undefined, undefined))
  }

  /** One message each for all that a reader was left out of. */
  async function bringBack(socket: SidelineSocket): Promise<void> {
    const { games, lobbies, account } = socket.data
    for (const [room, { competitionId, n }] of lobbies) {
      enter(socket, room)
      const latest = lobby.latest(competitionId)
      if (!latest || latest.n === n) continue
      // Who missed one message gets it; a longer gap shows in the counter, and the board is asked for again.
      socket.emit('lobby:update', latest.n === n + 1 ? latest : { n: latest.n, games: [], removed: [] })
    }
    for (const id of [...games]) {
      const found = await reader.open(account, id)
      // Behind again, it comes back another time.
      if (laggards.has(socket)) return
      if (!found.ok) games.delete(id)
      if (!found.ok || !games.has(id)) continue
      gathering.flush(id)
      enter(socket, gameRoom(id))
      const { game } = found.open
      socket.emit('game:update', { gameId: id, epoch: game.epoch, seq: game.seq, plays: [], game: presentUpdate(game), resync: true })
    }
  }
  const laggards = createLaggards(io, { leave, bringBack }, slow)

  on('game:watch', watchInput, (request, socket) => {
    const { gameId, epoch, seq } = request
    const { games, account } = socket.data
    const tooMany = () =>
      games.has(gameId) || games.size < MAX_ROOMS ? null : failure('TOO_MANY_ROOMS', `At most ${MAX_ROOMS} games at once.`)
    // From the moment this is asked to the answer's being sent nothing else runs: the socket gets every play after it, none twice and none before.
    const join = (opened: OpenGame) => () => {
      // Asked for while others were being opened: the bound holds all the same.
      const refused = tooMany()
      if (refused) return refused
      // What has been told since it was opened is told to nobody again.
      const open = context.heads.peek(gameId) ?? opened
      if (!canRead(account, guarded(open.game))) return failure('UNKNOWN_GAME', 'No such game.')
      gathering.flush(gameId)
      games.add(gameId)
      enter(socket, gameRoom(gameId))
      return answerTo(open, socket, epoch, seq)
    }
    const ready = reader.ready(account, gameId)
    if (ready && isAtHand(ready, request)) return join(ready)
    return tooMany() ?? openFor({ context, reader }, account, gameId, request).then(found => (found.ok ? join(found.open) : found))
  })
  on('game:unwatch', gameInput, (request, socket) => {
    socket.data.games.delete(request.gameId)
    void socket.leave(gameRoom(request.gameId))
    return { ok: true }
  })
  on('lobby:watch', lobbyInput, async ({ competitionId }, socket) => {
    const { lobbies } = socket.data
    const room = lobbyRoom(competitionId)
    if (!lobbies.has(room) && lobbies.size >= MAX_ROOMS) return failure('TOO_MANY_ROOMS', `At most ${MAX_ROOMS} boards at once.`)
    const snapshot = await lobby.snapshot(competitionId)
    // Asked for while others were being read: the bound holds all the same.
    if (!lobbies.has(room) && lobbies.size >= MAX_ROOMS) return failure('TOO_MANY_ROOMS', `At most ${MAX_ROOMS} boards at once.`)
    // Joined in the same turn: the next update is `n + 1`, and none came before the answer.
    lobbies.set(room, { competitionId, n: snapshot.n })
    enter(socket, room)
    return written('{"ok":true', snapshot, () => snapshot)
  })
  on('lobby:unwatch', lobbyInput, ({ competitionId }, socket) => {
    socket.data.lobbies.delete(lobbyRoom(competitionId))
    void socket.leave(lobbyRoom(competitionId))
    return { ok: true }
  })
  on('chat:send', anything, (request, socket) =>
    isDraining ? DRAINING : chat.send({ account: socket.data.account, address: socket.data.address, socketId: socket.id }, request),
  )
  on('time:sync', anything, () => ({ ok: true, now: context.now() }))
  io.on('connection', plain => {
    const socket = plain as SidelineSocket
    listenTo(socket)
    if (load.isBusy()) socket.emit('sys:busy', { isBusy: true })
    socket.on('disconnect', () => {
      laggards.forget(socket)
      // There is nothing else to be on it for, and nobody would look after it.
      lineOf(socket).close()
    })
  })

  /** A game that was made private is left by everybody who may not read it, before the play that says so goes out. */
  function shutOut(game: Game): void {
    for (const id of [...(io.sockets.adapter.rooms.get(gameRoom(game.id)) ?? [])]) {
      const socket = io.sockets.sockets.get(id) as SidelineSocket | undefined
      if (!socket || canRead(socket.data.account, guarded(game))) continue
      socket.data.games.delete(game.id)
      void socket.leave(gameRoom(game.id))
      socket.emit('game:gone', { gameId: game.id })
    }
  }

  function tell(game: Game, plays: Play[] | null, seated: RosterEntry[] = []): void {
    if (plays === null) gathering.forget(game.id)
    const { id: gameId, epoch, seq } = game
    const began = performance.now()
    io.local.to(gameRoom(gameId)).emit('game:update', {
      gameId,
      epoch,
      seq,
      plays: plays ?? [],
      game: presentUpdate(game),
      ...(seated.length > 0 ? { roster: seated } : {}),
      ...(plays ? {} : { resync: true }),
    })
    context.bus.publish('measured', { what: 'fanOut', ms: performance.now() - began })
  }
  const gathering = createGathering(tell, () => load.lateMs())

  const rooms = io.of('/').adapter
  rooms.on('create-room', (room: string) => room.startsWith(GAME_ROOM) && context.watching.enter(room.slice(GAME_ROOM.length)))
  rooms.on('delete-room', (room: string) => room.startsWith(GAME_ROOM) && context.watching.leave(room.slice(GAME_ROOM.length)))

  const stops = [
    context.bus.subscribe('cutOff', message => {
      isCut = message.isCut
      if (isCut) void letGo(CUT_OFF_SPREAD_MS, () => !isCut)
    }),
    context.bus.subscribe('played', ({ game, plays, seated }) => {
      if (game.visibility === 'private') {
        // What was played before is for all who were there.
        gathering.flush(game.id)
        shutOut(game)
      }
      if (plays) gathering.add(game, plays, seated)
      else tell(game, null)
    }),
    context.bus.subscribe('removed', ({ gameId: id }) => {
      gathering.forget(id)
      for (const socket of io.sockets.sockets.values()) socket.data.games.delete(id)
      io.local.to(gameRoom(id)).emit('game:gone', { gameId: id })
      io.in(gameRoom(id)).socketsLeave(gameRoom(id))
    }),
    context.bus.subscribe('chat', ({ gameId: id, message, from }) => {
      const room = io.local.to(gameRoom(id))
      ;(from ? room.except(from) : room).emit('chat:message', { gameId: id, ...message })
    }),
    context.bus.subscribe('chatRemoved', message => io.local.to(gameRoom(message.gameId)).emit('chat:removed', message)),
    context.bus.subscribe('announcement', message => io.local.emit('announcement', message)),
    // Signed out, switched off or changed: the socket goes, and its page comes back as whoever it is now.
    accounts.onRevoked(gone => {
      for (const socket of io.sockets.sockets.values()) {
        if (isMeant(socket.data.account, gone)) socket.conn.close()
      }
    }),
  ]
  lobby.onChange((competitionId, message) => io.local.to(lobbyRoom(competitionId)).emit('lobby:update', message))

  /**
   * Closes every socket in a way that lets its page come back, spread evenly over `inMs`. Pages that were told leave by themselves
   * meanwhile; they are not hurried by as many more that are closed.
   */
  async function letGo(inMs: number, isOver = () => false): Promise<void> {
    let left = [...io.sockets.sockets.values()]
    const total = left.length
    const started = performance.now()
    while (left.length > 0) {
      const share = Math.min(1, (performance.now() - started) / Math.max(1, inMs))
      left = left.filter(socket => socket.connected)
      // Not disconnect(): that would tell the page never to come back.
      for (const socket of left.splice(Math.ceil(total * (1 - share)))) socket.conn.close()
      if (left.length > 0) await new Promise(done => setTimeout(done, LET_GO_EVERY_MS))
      if (isOver()) return
    }
  }

  const viewersHere = (id: string) => io.sockets.adapter.rooms.get(gameRoom(id))?.size ?? 0
  const viewersOf = (id: string) => viewersHere(id) + context.viewersElsewhere(id)
  const told = new Map<string, number>()
  let round = 0
  const viewers = setInterval(() => {
    round += 1
    for (const [room, members] of io.sockets.adapter.rooms) {
      if (!room.startsWith(GAME_ROOM)) continue
      // While a crowd comes its number is news all the time, and telling thousands of it would keep the next ones waiting.
      if (members.size > LARGE_ROOM && round % LARGE_ROOM_ROUNDS !== 0) continue
      const gameId = room.slice(GAME_ROOM.length)
      const count = stepped(members.size + context.viewersElsewhere(gameId))
      if (told.get(room) === count) continue
      told.set(room, count)
      io.local.to(room).emit('game:viewers', { gameId, count })
    }
    for (const room of told.keys()) if (!io.sockets.adapter.rooms.has(room)) told.delete(room)
  }, VIEWERS_MS)
  viewers.unref()

  return {
    viewersHere,
    connections: () => engine.clientsCount,
    rooms: () => io.sockets.adapter.rooms.size,
    lagging: () => laggards.count(),
    lateMs: load.lateMs,
    isBusy: load.isBusy,
    async drain(inMs) {
      isDraining = true
      io.local.emit('sys:drain', { inMs })
      await letGo(inMs)
    },
    async close() {
      clearInterval(viewers)
      gathering.close()
      laggards.close()
      load.close()
      for (const stop of stops) stop()
      await io.close()
      await new Promise(done => http.close(done))
    },
  }
}

/** As all of ours come, and whoever else speaks the protocol. Who names a session would take it over, past everything a handshake is asked. */
function isHandshake(url = ''): boolean {
  if (url === `${SOCKET_PATH}?EIO=4&transport=websocket`) return true
  if (!url.startsWith(`${SOCKET_PATH}?`)) return false
  const query = new URLSearchParams(url.slice(SOCKET_PATH.length))
  return query.get('EIO') === '4' && query.get('transport') === 'websocket' && !query.has('sid')
}

/** With a sign-in or a token to show, good or not: that is looked at later. */
const isNamed = ({ cookie, authorization }: IncomingMessage['headers']) => cookie !== undefined || authorization !== undefined

/** Large rooms are counted in steps, so that a coming and going tells thousands nothing. */
function stepped(count: number): number {
  const step = count > 10_000 ? 100 : count > 1_000 ? 50 : count > 100 ? 10 : 1
  return Math.round(count / step) * step
}
