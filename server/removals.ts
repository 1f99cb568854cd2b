import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { createComplaint } from './complaint.ts'
import type { Log } from './log.ts'
import { ORGANISATION } from './organisation.ts'
import type { Database } from './storage/schema.ts'

const KEY = 'games.removed'
const KEPT = 2000
const POLL_MS = 1000

interface Removals {
  revision: string
  /** Newest last. */
  ids: string[]
}

async function read(db: Kysely<Database>): Promise<Removals | null> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('organisation_id', '=', ORGANISATION)
    .where('key', '=', KEY)
    .executeTakeFirst()
  return row ? (JSON.parse(row.value) as Removals) : null
}

/** Says to every other process on this database that these games are gone. */
export async function announceRemovals(db: Kysely<Database>, ids: readonly string[]): Promise<void> {
  const before = await read(db)
  const value = JSON.stringify({ revision: randomUUID(), ids: [...(before?.ids ?? []), ...ids].slice(-KEPT) } satisfies Removals)
  await db
    .insertInto('settings')
    .values({ organisation_id: ORGANISATION, key: KEY, value })
    .onConflict(conflict => conflict.columns(['organisation_id', 'key']).doUpdateSet({ value }))
    .execute()
}

interface Options {
  db: Kysely<Database>
  log: Log
  /** Told once for each game that another process has taken away since the first look. */
  onRemoved: (gameId: string) => void
}

/** Notices games that another process removed, such as the operator's tool: one small read a look. */
export function createRemovalWatch({ db, log, onRemoved }: Options) {
  let revision: string | null = null
  let told = new Set<string>()

  async function poll(): Promise<void> {
    const removals = await read(db)
    const isFirst = revision === null
    if ((removals?.revision ?? '') === revision) return
    revision = removals?.revision ?? ''
    const before = told
    told = new Set(removals?.ids)
    if (!isFirst) for (const id of told) if (!before.has(id)) onRemoved(id)
  }

  return {
    poll,
    /** Looks every second. Returns a stop. */
    startPolling(): () => void {
      let isBusy = false
      const complaint = createComplaint(log, 'removed games could not be looked for', 'removed games are looked for again')
      const timer = setInterval(() => {
        if (isBusy) return
        isBusy = true
        poll()
          .then(complaint.worked, complaint.failed)
          .finally(() => {
            isBusy = false
          })
      }, POLL_MS)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}
