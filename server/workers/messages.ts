import type { Envelope, Reply } from '../storage/messages.ts'

/** What one process measures, as prom-client hands it out. */
export type Figures = { name: string; values: { labels: Record<string, string | number>; value: number }[] }[]

/** Why a worker could not begin to serve: how the whole server ends, and what it says. */
export interface Failed {
  exitCode: number
  lines: string[]
}

export type FromWorker =
  | { of: 'writer'; envelope: Envelope }
  | { of: 'link'; what: 'publish'; channel: string; message: string }
  | { of: 'link'; what: 'subscribe' | 'unsubscribe'; channel: string }
  | { of: 'ready' }
  /** It has the connection that it was dealt. */
  | { of: 'took' }
  /** It takes no more of them. */
  | { of: 'leaving' }
  | { of: 'failed'; failed: Failed }
  /** Asks for what everybody measures. */
  | { of: 'figures'; id: number }
  | { of: 'measured'; id: number; figures: Figures }

export type FromParent =
  | { of: 'writer'; reply: Reply }
  | { of: 'link'; channel: string; message: string }
  /** With the connection itself beside it. */
  | { of: 'connection' }
  | { of: 'stop'; signal: string }
  /** Asks for what this worker measures. */
  | { of: 'measure'; id: number }
  | { of: 'figures'; id: number; all: [worker: string, figures: Figures][] }

/** In the environment of a worker: which one it is, from 1, and the port it serves with the others. */
export const WORKER = 'SIDELINE_WORKER'
export const SHARED_PORT = 'SIDELINE_WORKER_PORT'
