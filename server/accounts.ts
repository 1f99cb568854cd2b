import type { IncomingHttpHeaders } from 'node:http'
import type { Kysely } from 'kysely'
import { failure, type Result } from '#domain/errors.ts'
import { ADDRESS_HEADER } from './address.ts'
import { writeAudit } from './audit.ts'
import { createBriefMemory } from './brief-memory.ts'
import { createComplaint } from './complaint.ts'
import type { Config } from './config.ts'
import { createGuessing, type Guessing } from './guessing.ts'
import type { Log } from './log.ts'
import { type AnyHeaders, acceptsCookies, bearerOf, readHeader } from './origin.ts'
import { createPeople, type NewPerson, type Person } from './people.ts'
import type { Account } from './policies.ts'
import { createRevocations, type Holder } from './revocations.ts'
import type { Secrets } from './secrets.ts'
import { cookieNames, createSignIn } from './sign-in.ts'
import { createSignInRequests } from './sign-in-requests.ts'
import type { Database } from './storage/schema.ts'
import { createTokens, type NewToken } from './tokens.ts'

export type { NewPerson, Person } from './people.ts'
export type { Account, Grants, Role, Scope } from './policies.ts'
export type { Revoked } from './revocations.ts'
export type { NewToken, TokenView } from './tokens.ts'

export interface AccountsOptions {
  db: Kysely<Database>
  config: Pick<Config, 'publicOrigin' | 'isSecure' | 'owner'>
  secrets: Secrets
  log: Log
  /** Milliseconds since 1970. */
  now?: () => number
  /** Milliseconds of a clock that never jumps: delays against guessing run by it. */
  elapsed?: () => number
  /** Shared with other processes; otherwise this one's own. */
  guessing?: Guessing
}

/** Who is asking, and what they showed. `isRefused`: it is bad, expired or revoked. */
export interface Identity {
  account: Account | null
  shown: 'token' | 'sign-in' | null
  isRefused: boolean
}

const POLL_MS = 1000
const REMEMBERED_MS = 1000
const PRUNE_MS = 3_600_000

/** People, programs and what they show to be recognised. One instance per process; several processes may share the database. */
export async function createAccounts({
  db,
  config,
  secrets,
  log,
  now = Date.now,
  elapsed,
  guessing = createGuessing({ now: elapsed }),
}: AccountsOptions) {
  const rules = { publicOrigin: config.publicOrigin, isSecure: config.isSecure }
  const signIn = createSignIn({ db, config, secrets, log })
  const tokens = createTokens({ db, log, now })
  const remembered = createBriefMemory<Holder | null>({ forMs: REMEMBERED_MS })
  const revocations = createRevocations({
    db,
    now,
    forget() {
      remembered.clear()
      tokens.forget()
    },
    async lookUp(sessionIds, tokenIds) {
      const [sessions, programs] = await Promise.all([people.holdersOfSessions(sessionIds), tokens.holders(tokenIds)])
      return new Map([...sessions, ...programs])
    },
  })
  const people = createPeople({ db, signIn, now, announce: revocations.announce })
  const cookieName = cookieNames(config.isSecure).session
  await signIn.$context

  async function holderOfCookie(value: string): Promise<Holder | null> {
    const found = await signIn.api.getSession({
      headers: new Headers({ cookie: `${cookieName}=${value}` }),
      query: { disableRefresh: true },
    })
    if (!found) return null
    return (await people.holdersOfSessions([found.session.id])).get(found.session.id) ?? null
  }

  function letIn(shown: 'token' | 'sign-in', holder: Holder | null): Identity {
    if (!holder || (holder.expiresAt !== null && holder.expiresAt <= now())) return { account: null, shown, isRefused: true }
    revocations.saw(holder)
    return { account: holder.account, shown, isRefused: false }
  }

  async function identifyToken(secret: string): Promise<Identity> {
    return letIn('token', await tokens.holderOf(secret))
  }

  /** A bearer token counts before a cookie. Over plain http a cookie from outside this network is as good as none. */
  async function identify(headers: AnyHeaders): Promise<Identity> {
    const bearer = bearerOf(headers)
    if (bearer !== undefined) return identifyToken(bearer)
    const cookie = cookieOf(readHeader(headers, 'cookie'), cookieName)
    if (cookie === null || !acceptsCookies(config.isSecure, readHeader(headers, ADDRESS_HEADER))) {
      return { account: null, shown: null, isRefused: false }
    }
    return letIn('sign-in', await remembered.get(cookie, () => holderOfCookie(cookie)))
  }

  const accountOf = async (headers: AnyHeaders) => (await identify(headers)).account

  const handler = createSignInRequests({
    signIn,
    rules,
    guessing,
    log,
    accountOf,
    async ended(account, how) {
      await revocations.announce(how === 'sign-out' ? { sessionId: account.sessionId ?? '' } : { userId: account.id })
      if (how === 'password') await writeAudit(db, { at: now(), actor: account.id, action: 'user.change-password', target: account.id })
    },
  })

  let claims: Promise<unknown> = Promise.resolve()
  async function claimOwner(claim: OwnerClaim): Promise<Result<{ user: Person }>> {
    if (await people.hasOwner()) {
      secrets.dropSetupToken()
      return failure('FORBIDDEN', 'There is an owner already.')
    }
    const address = claim.address ?? ''
    const wait = guessing.waitMs('set-up', address)
    if (wait > 0) return failure('RATE_LIMITED', 'Too many tries. Wait a little.', { retryAfterMs: wait })
    if (!secrets.isSetupToken(claim.setupToken)) {
      guessing.began('set-up', address)
      return failure('AUTH_INVALID', 'This is not the set-up token that the server printed.', { path: 'setupToken' })
    }
    const created = await people.createFirstOwner(claim, 'setup')
    if (created.ok) secrets.dropSetupToken()
    return created
  }

  return {
    /** `/api/auth/…`. Checks origin, address and guessing itself. */
    handler,
    identify,
    accountOf: accountOf as (headers: Headers | IncomingHttpHeaders) => Promise<Account | null>,
    /** For a token given elsewhere than in a header, such as a socket's `auth`. */
    identifyToken,

    createUser: people.create,
    resetPassword: people.resetPassword,
    setRole: people.setRole,
    setGrants: people.setGrants,
    disable: (userId: string, actor: string) => people.setDisabled(userId, true, actor),
    enable: (userId: string, actor: string) => people.setDisabled(userId, false, actor),
    removeUser: people.remove,
    listUsers: people.list,
    findUser: people.find,

    createToken: (token: NewToken, actor: string) => tokens.create(token, actor),
    listTokens: tokens.list,
    async revokeToken(id: string, actor: string): Promise<Result<object>> {
      const revoked = await tokens.revoke(id, actor)
      if (revoked.ok) await revocations.announce({ tokenId: id })
      return revoked
    },

    hasOwner: people.hasOwner,
    /** The first run: whoever has the token that the server printed becomes the owner, once. One claim at a time. */
    claimOwner(claim: OwnerClaim): Promise<Result<{ user: Person }>> {
      const claimed = claims.then(() => claimOwner(claim))
      claims = claimed.catch(() => null)
      return claimed
    },
    /** ADMIN_EMAIL and ADMIN_PASSWORD make the first owner; afterwards they change nothing. */
    async ensureOwnerFromConfig(): Promise<Result<{ isCreated: boolean }>> {
      if (await people.hasOwner()) return { ok: true, isCreated: false }
      if (!config.owner) return { ok: true, isCreated: false }
      const { email, password } = config.owner
      const known = await people.find({ email })
      const made = known ? await people.setRole(known.id, 'owner', 'setup') : await people.create(ownerFrom(email, password), 'setup')
      if (made.ok) return { ok: true, isCreated: true }
      // Another node that started together with this one was first.
      return (await people.hasOwner()) ? { ok: true, isCreated: false } : made
    },
    /** The one-time token to print at the start, or null once there is an owner: then it is gone from the disk too. */
    async setupToken(): Promise<string | null> {
      if (!(await people.hasOwner())) return secrets.setupToken()
      secrets.dropSetupToken()
      return null
    },

    onRevoked: revocations.onRevoked,
    poll: revocations.poll,
    /** Looks every second for what other processes have changed, and now and then throws out what has expired. Returns a stop. */
    startPolling(): () => void {
      let isBusy = false
      let pruneAt = now()
      const complaint = createComplaint(log, 'accounts could not be looked at again', 'accounts are looked at again')
      const timer = setInterval(async () => {
        if (isBusy) return
        isBusy = true
        try {
          await revocations.poll()
          if (now() >= pruneAt) {
            pruneAt = now() + PRUNE_MS
            await prune(db, now())
          }
          complaint.worked()
        } catch (error) {
          complaint.failed(error)
        } finally {
          isBusy = false
        }
      }, POLL_MS)
      timer.unref()
      return () => clearInterval(timer)
    },
  }
}

export type Accounts = Awaited<ReturnType<typeof createAccounts>>

export interface OwnerClaim {
  setupToken: string
  email: string
  password: string
  name: string
  /** The client's address, against guessing. */
  address?: string
}

const ownerFrom = (email: string, password: string): NewPerson => ({ email, password, name: email.split('@')[0] ?? email, role: 'owner' })

function cookieOf(header: string | undefined, name: string): string | null {
  if (!header || header.length > 8192) return null
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    const value = pair.slice(at + 1).trim()
    return /^[\w%.~+/=-]{1,400}$/.test(value) ? value : ''
  }
  return null
}

/** Sign-ins that have run out. better-auth keeps times as ISO text, which sorts by time. */
async function prune(db: Kysely<Database>, at: number): Promise<void> {
  const before = new Date(at).toISOString()
  await db.deleteFrom('session').where('expiresAt', '<', before).execute()
  await db.deleteFrom('verification').where('expiresAt', '<', before).execute()
}
