import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import { ORGANISATION } from './organisation.ts'
import type { Database } from './storage/schema.ts'

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

export async function writeAudit(db: Kysely<Database>, { at, actor, action, target, detail }: AuditLine): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      id: randomUUID(),
      organisation_id: ORGANISATION,
      at,
      actor,
      action,
      target: target ?? null,
      detail: detail === undefined ? null : JSON.stringify(detail),
    })
    .execute()
}
