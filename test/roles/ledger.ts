import { createHash } from 'node:crypto'
import { join } from 'node:path'
import Database from 'libsql'

/** Grows by itself: what is refused is written there, and when a token was last used. */
const APART = new Set(['audit', 'kysely_migration', 'kysely_migration_lock'])
const QUIET_COLUMNS = new Set(['last_used_at'])

export interface AuditLine {
  actor: string
  action: string
  target: string | null
  detail: string | null
}

/** Reads a server's database from beside it. */
export function openLedger(dataDir: string) {
  const db = new Database(join(dataDir, 'sideline.db'), { readonly: true })
  const tables = (db.prepare("select name from sqlite_master where type = 'table' order by name").all() as { name: string }[])
    .map(({ name }) => name)
    .filter(name => !APART.has(name) && !name.startsWith('sqlite_'))

  const version = db.prepare('pragma data_version')
  let known = { version: -1, state: '' }

  return {
    /** One word for everything that is kept: the same as long as nothing was changed. */
    state(): string {
      // Tells whether anybody has written since, so that what stands still is not read again.
      const { data_version: now } = version.get() as { data_version: number }
      if (known.version === now) return known.state
      const hash = createHash('sha256')
      for (const table of tables) {
        const rows = db.prepare(`select * from "${table}"`).all() as Record<string, unknown>[]
        const lines = rows.map(row => JSON.stringify(Object.entries(row).filter(([column]) => !QUIET_COLUMNS.has(column))))
        hash.update(`${table}\n${lines.sort().join('\n')}\n`)
      }
      known = { version: now, state: hash.digest('base64url') }
      return known.state
    },
    count: (table: string) => (db.prepare(`select count(*) as rows from "${table}"`).get() as { rows: number }).rows,
    audit: () => db.prepare('select actor, action, target, detail from audit order by rowid').all() as AuditLine[],
    close: () => db.close(),
  }
}
export type Ledger = ReturnType<typeof openLedger>
