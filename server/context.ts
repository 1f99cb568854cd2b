import type { Logger } from 'pino'
import type { Bus } from './bus.ts'
import type { Config } from './config.ts'
import type { Heads } from './games/heads.ts'
import type { Sports } from './games/sports.ts'
import type { Turns } from './games/turns.ts'
import type { Limits } from './limits.ts'
import type { Watching } from './nodes/watching.ts'
import type { Storage } from './storage/storage.ts'

/** What every use-case is given; made once in `createApp`. */
export interface Context {
  config: Config
  storage: Storage
  sports: Sports
  heads: Heads
  turns: Turns
  /** In a game's turn: takes in what other nodes wrote since its head was read, and tells this node's readers. */
  catchUp(gameId: string): Promise<void>
  /** Makes a game kept here as new as the database, where other nodes may have written. */
  freshen(gameId: string): Promise<void>
  /** Nobody else writes to this database: what is kept here is as new as it. */
  isAlone(): boolean
  /** Whom this node has to tell what. */
  watching: Watching
  /** Readers of a game at other nodes. */
  viewersElsewhere(gameId: string): number
  bus: Bus
  limits: Limits
  log: Logger
  /** Milliseconds since 1970. */
  now(): number
  /** Stands for a text that is not to be kept, such as an address: the same text, the same answer; without this server's secret it tells nothing. */
  pseudonym(text: string): string
}
