import type { Logger } from 'pino'
import type { Bus } from './bus.ts'
import type { Config } from './config.ts'
import type { Heads } from './games/heads.ts'
import type { Sports } from './games/sports.ts'
import type { Limits } from './limits.ts'
import type { Storage } from './storage/storage.ts'

/** What every use-case is given; made once in `createApp`. */
export interface Context {
  config: Config
  storage: Storage
  sports: Sports
  heads: Heads
  bus: Bus
  limits: Limits
  log: Logger
  /** Milliseconds since 1970. */
  now(): number
  /** Stands for a text that is not to be kept, such as an address: the same text, the same answer; without this server's secret it tells nothing. */
  pseudonym(text: string): string
}
