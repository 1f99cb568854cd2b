import type { Kysely } from 'kysely'
import type { Account } from './policies.ts'
import { bumpRevision, readRevision } from './revision.ts'
import type { Database } from './storage/schema.ts'

/** Whose sockets have to be closed: those of one sign-in, of one token, or everything of one person. */
export interface Revoked {
  userId?: string
  sessionId?: string
  tokenId?: string
}

/** Whether what was revoked is what this account came in with. */
export const isMeant = (account: Account | null, gone: Revoked): boolean =>
  account !== null &&
  ((gone.userId !== undefined && account.id === gone.userId) ||
    (gone.tokenId !== undefined && account.tokenId === gone.tokenId) ||
    (gone.sessionId !== undefined && account.sessionId === gone.sessionId))

export interface Holder {
  account: Account
  /** Milliseconds since 1970; null: never. */
  expiresAt: number | null
}

export interface Revocations {
  onRevoked(listener: (revoked: Revoked) => void): () => void
  /** Remembers somebody who was let in, to be looked at again when something changes. */
  saw(holder: Holder): void
  /** Tells this process at once and the others within a second. */
  announce(...revoked: Revoked[]): Promise<void>
  /** One cheap read; when another process has changed something, everybody who was let in is looked up again. */
  poll(): Promise<void>
}

interface Options {
  db: Kysely<Database>
  now: () => number
  /** Forgets what was looked up a moment ago. */
  forget: () => void
  /** Those of the given sign-ins and tokens that are still good, by id. */
  lookUp: (sessionIds: string[], tokenIds: string[]) => Promise<Map<string, Holder>>
}

const REMEMBERED_MOST = 20_000
const LOOKED_UP_AT_ONCE = 200

const idOf = (account: Account) => account.sessionId ?? account.tokenId ?? account.id
const rightsOf = (account: Account) => JSON.stringify([account.role, account.scopes, account.grants])

export function createRevocations({ db, now, forget, lookUp }: Options): Revocations {
  const listeners = new Set<(revoked: Revoked) => void>()
  const letIn = new Map<string, Holder>()
  let revision: string | null = null

  function tell(revoked: Revoked): void {
    for (const [id, { account }] of letIn) {
      if (id === revoked.sessionId || id === revoked.tokenId || account.id === revoked.userId) letIn.delete(id)
    }
    for (const listener of listeners) listener(revoked)
  }

  const tellOf = ({ account }: Holder) =>
    tell(account.via === 'token' ? { tokenId: account.tokenId ?? account.id } : { sessionId: account.sessionId ?? '' })

  async function lookAgain(): Promise<void> {
    const all = [...letIn.values()]
    for (let start = 0; start < all.length; start += LOOKED_UP_AT_ONCE) {
      const some = all.slice(start, start + LOOKED_UP_AT_ONCE)
      const good = await lookUp(
        some.flatMap(({ account }) => account.sessionId ?? []),
        some.flatMap(({ account }) => account.tokenId ?? []),
      )
      for (const holder of some) {
        const still = good.get(idOf(holder.account))
        if (!still || rightsOf(still.account) !== rightsOf(holder.account)) tellOf(holder)
      }
    }
  }

  return {
    onRevoked(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    saw(holder) {
      const id = idOf(holder.account)
      letIn.delete(id)
      letIn.set(id, holder)
      const oldest = letIn.size > REMEMBERED_MOST ? letIn.keys().next().value : undefined
      if (oldest !== undefined) letIn.delete(oldest)
    },

    async announce(...revoked) {
      forget()
      try {
        // Before anybody is told: whoever looks because of a hint has to find that something has changed.
        await bumpRevision(db)
      } finally {
        for (const one of revoked) tell(one)
      }
    },

    async poll() {
      const at = now()
      for (const holder of letIn.values()) if (holder.expiresAt !== null && holder.expiresAt <= at) tellOf(holder)
      const current = await readRevision(db)
      if (current === revision) return
      const isFirst = revision === null
      revision = current
      // The first look compares with nothing: whoever was let in before it was let in by what the database says.
      if (isFirst && letIn.size === 0) return
      forget()
      await lookAgain()
    },
  }
}
