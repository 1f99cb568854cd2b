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
  cricket: async () => untyped((await import('./cricket.ts')).adapter),
  volleyball: async () => untyped((await import('./volleyball.ts')).adapter),
  badminton: async () => untyped((await import('./badminton.ts')).adapter),
  table_tennis: async () => untyped((await import('./table-tennis.ts')).adapter),
  american_football: async () => untyped((await import('./american-football.ts')).adapter),
  ice_hockey: async () => untyped((await import('./ice-hockey.ts')).adapter),
  rugby_union: async () => untyped((await import('./rugby-union.ts')).adapter),
}

/** Forgets the type of the records, which come from files of the same sport. */
const untyped = <R>(adapter: ReplayAdapter<R>) => adapter as unknown as ReplayAdapter<AnyRecord>
