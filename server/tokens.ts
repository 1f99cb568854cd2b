import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import { failure, type Result } from '#domain/errors.ts'
import { writeAudit } from './audit.ts'
import { createBriefMemory } from './brief-memory.ts'
import type { Log } from './log.ts'
import { ORGANISATION } from './organisation.ts'
import { type Account, type Role, SCOPES, type Scope } from './policies.ts'
import { bumpRevision } from './revision.ts'
import { isSameText } from './secrets.ts'
import type { Database, TokenTable } from './storage/schema.ts'

export interface NewToken {
  name: string
  scopes: readonly string[]
  /** Ids; absent: not limited. */
  games?: readonly string[]
  competitions?: readonly string[]
  /** Plays a second; absent: unlimited. */
  rate?: number
  /** Milliseconds since 1970; absent: never. */
  expiresAt?: number
}

/** What may be shown of a token: everything but the secret, which is kept nowhere. */
export interface TokenView {
  id: string
  name: string
  scopes: Scope[]
  games: string[] | null
  competitions: string[] | null
  rate: number | null
  createdAt: number
  expiresAt: number | null
  lastUsedAt: number | null
  revokedAt: number | null
}

export interface TokenHolder {
  account: Account
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null
}

export interface Tokens {
  /** The secret is in the answer and nowhere else. */
  create(token: NewToken, actor: string): Promise<Result<{ token: string; id: string }>>
  /** Who bears this secret; null when nobody does, or no more. */
  holderOf(secret: string): Promise<TokenHolder | null>
  /** Those of `ids` that are still good. */
  holders(ids: readonly string[]): Promise<Map<string, TokenHolder>>
  revoke(id: string, actor: string): Promise<Result<object>>
  list(): Promise<TokenView[]>
  /** Forgets what was looked up a moment ago. */
  forget(): void
}

const SECRET = /^sl_pat_[\w-]{43}$/
const REMEMBERED_MS = 1000
const LAST_USED_EVERY_MS = 60_000

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

/** Tokens of programs. Looked up at most once a second each, so that a revocation in another process is seen within two. */
export function createTokens({ db, log, now }: { db: Kysely<Database>; log: Log; now: () => number }): Tokens {
  const remembered = createBriefMemory<TokenHolder | null>({ forMs: REMEMBERED_MS })
  const used = new Map<string, number>()

  async function load(hash: string): Promise<TokenHolder | null> {
    const row = await db.selectFrom('tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
    return row && isSameText(row.hash, hash) && row.revoked_at === null ? holderFrom(row) : null
  }

  /** Once a minute is enough to see which tokens live, and a lost write is no loss. */
  function noteUse(id: string): void {
    const at = now()
    const before = used.get(id)
    if (before !== undefined && Math.abs(at - before) < LAST_USED_EVERY_MS) return
    used.set(id, at)
    db.updateTable('tokens')
      .set({ last_used_at: at })
      .where('id', '=', id)
      .execute()
      .catch(error => log.debug({ error }, 'the last use of a token was not written'))
  }

  return {
    async create(token, actor) {
      const problem = problemOf(token, now())
      if (problem) return failure('INVALID_PAYLOAD', problem.message, { path: problem.path })
      const secret = `sl_pat_${randomBytes(32).toString('base64url')}`
      const id = `tok_${randomUUID()}`
      await db
        .insertInto('tokens')
        .values({
          id,
          organisation_id: ORGANISATION,
          name: token.name.trim(),
          hash: hashOf(secret),
          scopes: JSON.stringify([...new Set(token.scopes)]),
          games: token.games ? JSON.stringify(token.games) : null,
          competitions: token.competitions ? JSON.stringify(token.competitions) : null,
          rate: token.rate ?? null,
          created_at: now(),
          expires_at: token.expiresAt ?? null,
        })
        .execute()
      await writeAudit(db, { at: now(), actor, action: 'token.create', target: id, detail: { scopes: token.scopes } })
      // An unknown secret may have been remembered as nobody's.
      remembered.clear()
      return { ok: true, token: secret, id }
    },

    async holderOf(secret) {
      if (!SECRET.test(secret)) return null
      const hash = hashOf(secret)
      const holder = await remembered.get(hash, () => load(hash))
      if (!holder || (holder.expiresAt !== null && holder.expiresAt <= now())) return null
      noteUse(holder.account.id)
      return holder
    },

    async holders(ids) {
      if (ids.length === 0) return new Map()
      const rows = await db.selectFrom('tokens').selectAll().where('id', 'in', ids).where('revoked_at', 'is', null).execute()
      const good = rows.filter(row => row.expires_at === null || row.expires_at > now())
      return new Map(good.map(row => [row.id, holderFrom(row)]))
    },

    async revoke(id, actor) {
      const row = await db
        .updateTable('tokens')
        .set({ revoked_at: now() })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .returning('id')
        .executeTakeFirst()
      if (!row) return failure('NOT_FOUND', 'There is no such token, or it is revoked already.')
      remembered.clear()
      await bumpRevision(db)
      await writeAudit(db, { at: now(), actor, action: 'token.revoke', target: id })
      return { ok: true }
    },

    async list() {
      const rows = await db.selectFrom('tokens').selectAll().orderBy('created_at').orderBy('id').execute()
      return rows.map(row => ({
        id: row.id,
        name: row.name,
        scopes: scopesOf(row.scopes),
        games: idsOf(row.games),
        competitions: idsOf(row.competitions),
        rate: row.rate,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at,
        revokedAt: row.revoked_at,
      }))
    },

    forget: () => remembered.clear(),
  }
}

function problemOf(token: NewToken, at: number): { path: string; message: string } | null {
  const isIdList = (ids: readonly string[] | undefined) =>
    ids === undefined || (ids.length > 0 && ids.length <= 500 && ids.every(id => /^[\w.:-]{1,64}$/.test(id)))
  if (token.name.trim().length < 1 || token.name.length > 80 || /\p{C}/u.test(token.name)) {
    return { path: 'name', message: 'A token needs a name of 1 to 80 characters.' }
  }
  if (token.scopes.length === 0 || !token.scopes.every(scope => (SCOPES as readonly string[]).includes(scope))) {
    return { path: 'scopes', message: `A token needs scopes: ${SCOPES.join(', ')}.` }
  }
  if (!isIdList(token.games)) return { path: 'games', message: 'Games are given by their ids, 1 to 500 of them.' }
  if (!isIdList(token.competitions)) return { path: 'competitions', message: 'Competitions are given by their ids, 1 to 500 of them.' }
  if (token.rate !== undefined && !(Number.isInteger(token.rate) && token.rate >= 1 && token.rate <= 100_000)) {
    return { path: 'rate', message: 'A rate is a whole number of plays a second, 1 to 100000.' }
  }
  if (token.expiresAt !== undefined && !(Number.isSafeInteger(token.expiresAt) && token.expiresAt > at)) {
    return { path: 'expiresAt', message: 'A token must expire in the future.' }
  }
  return null
}

function holderFrom(row: Selectable<TokenTable>): TokenHolder {
  const scopes = scopesOf(row.scopes)
  const [games, competitions] = [idsOf(row.games), idsOf(row.competitions)]
  return {
    account: {
      id: row.id,
      name: row.name,
      email: '',
      role: roleOf(scopes),
      scopes,
      grants: games === null && competitions === null ? null : { games: games ?? [], competitions: competitions ?? [] },
      via: 'token',
      tokenId: row.id,
      rate: row.rate,
    },
    expiresAt: row.expires_at,
  }
}

const roleOf = (scopes: readonly Scope[]): Role => (scopes.includes('manage') || scopes.includes('admin') ? 'admin' : 'scorer')

function scopesOf(text: string): Scope[] {
  const scopes: unknown = JSON.parse(text)
  return Array.isArray(scopes) ? SCOPES.filter(scope => scopes.includes(scope)) : []
}

function idsOf(text: string | null): string[] | null {
  const ids: unknown = text === null ? null : JSON.parse(text)
  return Array.isArray(ids) ? ids.map(String) : null
}
