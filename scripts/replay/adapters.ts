import type { ReplayAdapter } from './adapter.ts'

/** A record of the sport the adapter is for: what it holds is the adapter's business. */
export interface AnyRecord {
  id: string
  expected?: unknown
}

/** How each sport's records become plays, one line each. */
export const ADAPTERS: Readonly<Record<string, () => Promise<ReplayAdapter<AnyRecord>>>> = {
  basketball: async () => untyped((await import('./basketball.ts')).adapter),
  soccer: async () => untyped((await import('./soccer.ts')).adapter),
  tennis: async () => untyped((await import('./tennis.ts')).adapter),
  baseball: async () => untyped((await import('./baseball.ts')).adapter),
}

/** Forgets the type of the records, which come from files of the same sport. */
const untyped = <R>(adapter: ReplayAdapter<R>) => adapter as unknown as ReplayAdapter<AnyRecord>
