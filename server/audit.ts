import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { ORGANISATION } from './organisation.ts'
import type { Database } from './storage/schema.ts'
import type { Statement } from './storage/storage.ts'

export interface AuditLine {
  at: number
  /** An account's or token's id; `operator` for the command line, `setup` for the first run. */
  actor: string
  /** `noun.verb`: `user.disable`, `token.create`, `game.refused`. */
  action: string
  target?: string
  /** Never a secret, never a name: ids, roles, codes. */
  detail?: object
}

const insertOf = (db: Kysely<Database>, { at, actor, action, target, detail }: AuditLine) =>
  db.insertInto('audit').values({
    id: randomUUID(),
    organisation_id: ORGANISATION,
    at,
    actor,
    action,
    target: target ?? null,
    detail: detail === undefined ? null : JSON.stringify(detail),
  })

export async function writeAudit(db: Kysely<Database>, line: AuditLine): Promise<void> {
  await insertOf(db, line).execute()
}

/** The same as a part of a command: it stands there if what it tells of was done. */
export const auditStatement = (db: Kysely<Database>, line: AuditLine): Statement => ({ query: insertOf(db, line).compile() })
