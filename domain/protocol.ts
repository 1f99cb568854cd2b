import type { SidelineError } from './errors.ts'
import type { Game, GameRow, GameUpdate, RosterEntry, RowInMotion } from './game.ts'
import type { Play } from './play.ts'

/** Raised when an old page could misread what a new server sends. */
export const PROTOCOL_VERSION = 1
export const MIN_PROTOCOL_VERSION = 1

/** Where sockets are opened: Socket.IO's own path. */
export const SOCKET_PATH = '/socket.io/'

/** At most this many plays are sent to catch up; beyond it a snapshot is shorter and surer. */
export const MAX_CATCH_UP = 256
export const SNAPSHOT_PLAYS = 50
export const MAX_ROOMS = 20

export type Failed = { ok: false; error: SidelineError }
export type Ack<T> = ({ ok: true } & T) | Failed

export type WatchAnswer = {
  epoch: string
  seq: number
  viewers: number
} & (
  | { mode: 'same' }
  | { mode: 'plays'; plays: Play[]; game: GameUpdate; roster?: RosterEntry[] }
  | { mode: 'snapshot'; game: Game; plays: Play[] }
)

export interface UpdateMessage {
  gameId: string
  epoch: string
  seq: number
  plays: Play[]
  game: GameUpdate
  /** Who came onto the roster with these plays; a reader who was away is told of everybody they name. */
  roster?: RosterEntry[]
  resync?: true
}
export interface LobbyMessage {
  n: number
  /** A row that is new to the board, or in which more than the score has moved, comes whole. */
  games: (GameRow | RowInMotion)[]
  removed: string[]
}
export interface ChatMessage {
  id: string
  n: number
  name: string
  guest: boolean
  text: string
  at: string
  /** Whoever wrote it writes no more here: told to who moderates. */
  muted?: true
}
export interface Announcement {
  id: string
  text: string
  at: string
  until: string | null
  removed?: true
}

export interface ClientToServerEvents {
  'game:watch': (request: { gameId: string; epoch?: string; seq?: number }, ack?: (answer: Ack<WatchAnswer>) => void) => void
  'game:unwatch': (request: { gameId: string }, ack?: (answer: Ack<object>) => void) => void
  'lobby:watch': (request: { competitionId?: string }, ack?: (answer: Ack<{ n: number; games: GameRow[] }>) => void) => void
  'lobby:unwatch': (request: { competitionId?: string }, ack?: (answer: Ack<object>) => void) => void
  'chat:send': (
    request: { gameId: string; id: string; text: string; name?: string },
    ack?: (answer: Ack<{ message: ChatMessage }>) => void,
  ) => void
  'time:sync': (request?: object, ack?: (answer: Ack<{ now: number }>) => void) => void
}

export interface ServerToClientEvents {
  'game:update': (message: UpdateMessage) => void
  /** Deleted, or no longer this reader's to see: watched again, it answers why. */
  'game:gone': (message: { gameId: string }) => void
  'game:viewers': (message: { gameId: string; count: number }) => void
  'lobby:update': (message: LobbyMessage) => void
  'chat:message': (message: ChatMessage & { gameId: string }) => void
  'chat:removed': (message: { gameId: string; id: string }) => void
  announcement: (message: Announcement) => void
  'sys:drain': (message: { inMs: number }) => void
  /** There is more to do than can be done: updates come gathered, some seconds late, until it is over. */
  'sys:busy': (message: { isBusy: boolean }) => void
}
