import { isAPIError } from 'better-auth/api'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { writeAudit } from './audit.ts'
import { ORGANISATION } from './organisation.ts'
import { hashPassword, passwordProblem } from './password.ts'
import { type Grants, ROLE_SCOPES, type Role } from './policies.ts'
import type { Holder, Revoked } from './revocations.ts'
import type { SignIn } from './sign-in.ts'
import { isConstraint, isStorageError } from './storage/error.ts'
import type { Database } from './storage/schema.ts'

export interface Person {
  id: string
  name: string
  email: string
  role: Role
  /** What a scorer is limited to; null: not limited. */
  grants: Grants | null
  isDisabled: boolean
  createdAt: string
}

export interface NewPerson {
  email: string
  name: string
  password: string
  role: Role
  /** For scorers; absent or null: every game. */
  grants?: Grants | null
}

export interface People {
  create(person: NewPerson, actor: string): Promise<Result<{ user: Person }>>
  /** An owner where there is none: of several who try at once, in whatever processes, one becomes it and the others leave nothing. */
  createFirstOwner(person: Omit<NewPerson, 'role' | 'grants'>, actor: string): Promise<Result<{ user: Person }>>
  /** Ends every sign-in of the person. */
  resetPassword(who: { userId: string } | { email: string }, password: string, actor: string): Promise<Result<{ userId: string }>>
  setRole(userId: string, role: Role, actor: string): Promise<Result<object>>
  setGrants(userId: string, grants: Grants | null, actor: string): Promise<Result<object>>
  setDisabled(userId: string, isDisabled: boolean, actor: string): Promise<Result<object>>
  /** Erases the person; what they recorded stays and names nobody. */
  remove(userId: string, actor: string): Promise<Result<object>>
  list(): Promise<Person[]>
  find(who: { userId: string } | { email: string }): Promise<Person | null>
  hasOwner(): Promise<boolean>
  holdersOfSessions(ids: readonly string[]): Promise<Map<string, Holder>>
}

interface Options {
  db: Kysely<Database>
  signIn: SignIn
  now: () => number
  announce: (...revoked: Revoked[]) => Promise<void>
}

const ROLES: readonly Role[] = ['owner', 'admin', 'scorer']
const Email = z.email().max(254)

export const roleFrom = (text: string | null | undefined): Role => ROLES.find(role => role === text) ?? 'scorer'

export function createPeople({ db, signIn, now, announce }: Options): People {
  async function find(who: { userId: string } | { email: string }): Promise<Person | null> {
    const [person] = await load('userId' in who ? ['id', who.userId] : ['email', who.email.trim().toLowerCase()])
    return person ?? null
  }

  async function load(only?: ['id' | 'email', string]): Promise<Person[]> {
    const users = await db
      .selectFrom('user')
      .select(['id', 'name', 'email', 'role', 'banned', 'createdAt'])
      .$if(only !== undefined, query => query.where(only?.[0] ?? 'id', '=', only?.[1] ?? ''))
      .orderBy('createdAt')
      .orderBy('id')
      .execute()
    const grants = await grantsOf(users.map(user => user.id))
    return users.map(user => {
      const role = roleFrom(user.role)
      return {
        id: user.id,
        name: user.name,
        email: user.email,
        role,
        grants: grantsFor(role, grants.get(user.id)),
        isDisabled: Boolean(user.banned),
        createdAt: new Date(user.createdAt).toISOString(),
      }
    })
  }

  async function grantsOf(userIds: readonly string[]): Promise<Map<string, Grants | null>> {
    const grants = new Map<string, Grants | null>()
    if (userIds.length === 0) return grants
    const rows = await db.selectFrom('grants').selectAll().where('user_id', 'in', userIds).execute()
    for (const row of rows) {
      const known = grants.get(row.user_id) ?? { games: [], competitions: [] }
      if (row.game_id === '' && row.competition_id === '') grants.set(row.user_id, null)
      else if (grants.get(row.user_id) !== null) {
        if (row.game_id !== '') known.games.push(row.game_id)
        if (row.competition_id !== '') known.competitions.push(row.competition_id)
        grants.set(row.user_id, known)
      }
    }
    return grants
  }

  /**
   * One row without a game and a competition means all of them: without any row a scorer scores nothing.
   *
   * @returns whether the account is still there
   */
  async function writeGrants(userId: string, grants: Grants | null): Promise<boolean> {
    const created_at = now()
    const rows =
      grants === null
        ? [{ user_id: userId, created_at }]
        : [
            ...[...new Set(grants.games)].map(game_id => ({ user_id: userId, game_id, created_at })),
            ...[...new Set(grants.competitions)].map(competition_id => ({ user_id: userId, competition_id, created_at })),
          ]
    return db.transaction().execute(async transaction => {
      if (!(await hold(transaction, userId))) return false
      await transaction.deleteFrom('grants').where('user_id', '=', userId).execute()
      for (const row of rows) await transaction.insertInto('grants').values(row).execute()
      return true
    })
  }

  /** The account is this transaction's until it ends: whoever changes or removes it as well waits, on either database. */
  async function hold(transaction: Kysely<Database>, userId: string): Promise<boolean> {
    const held = await transaction
      .updateTable('user')
      .set(eb => ({ role: eb.ref('role') }))
      .where('id', '=', userId)
      .returning('id')
      .execute()
    return held.length === 1
  }

  /** Owners who may sign in. Whoever asks waits here for whoever asked before, on either database, until they are done. */
  async function holdOwners(transaction: Kysely<Database>): Promise<string[]> {
    await transaction
      .updateTable('organisations')
      .set(eb => ({ name: eb.ref('name') }))
      .where('id', '=', ORGANISATION)
      .execute()
    const owners = await transaction.selectFrom('user').select(['id', 'banned']).where('role', '=', 'owner').execute()
    return owners.flatMap(owner => (owner.banned ? [] : [owner.id]))
  }

  /** An owner is one no more, or may no longer sign in. Of several who go at once the last one stays; then this is false. */
  const stepDown = (userId: string, change: { role: Role } | { banned: 1 }): Promise<boolean> =>
    db.transaction().execute(async transaction => {
      const owners = await holdOwners(transaction)
      if (owners.length === 1 && owners[0] === userId) return false
      await transaction.updateTable('user').set(change).where('id', '=', userId).execute()
      return true
    })

  const becomeFirstOwner = (userId: string): Promise<boolean> =>
    db.transaction().execute(async transaction => {
      if ((await holdOwners(transaction)).length > 0) return false
      await transaction.updateTable('user').set({ role: 'owner' }).where('id', '=', userId).execute()
      await transaction.deleteFrom('grants').where('user_id', '=', userId).execute()
      return true
    })

  const unknown = () => failure('NOT_FOUND', 'There is no such account.')
  const lastOwner = () => failure('FORBIDDEN', 'The last owner stays the owner.')
  const audit = (actor: string, action: string, target: string, detail?: object) =>
    writeAudit(db, { at: now(), actor, action, target, ...(detail ? { detail } : {}) })

  async function make({ email, name, password, role, grants = null }: NewPerson): Promise<Result<{ userId: string }>> {
    const problem = problemOf({ email, name, password, role, grants })
    if (problem) return failure('INVALID_PAYLOAD', problem.message, { path: problem.path })
    const address = email.trim().toLowerCase()
    if (await find({ email: address })) return taken()
    try {
      const body = { email: address, password, name: name.trim().normalize('NFC'), role }
      const { user } = await signIn.api.createUser({ body })
      if (role === 'scorer' && !(await writeGrants(user.id, grants))) return unknown()
      return { ok: true, userId: user.id }
    } catch (error) {
      // Somebody else made it in the same moment, or removed it again.
      if (isStorageError(error) && error.code === 'UNIQUE') return taken()
      if (isAPIError(error) && error.body?.code === 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL') return taken()
      if (isConstraint(error)) return unknown()
      throw error
    }
  }

  async function made(userId: string, role: Role, actor: string): Promise<Result<{ user: Person }>> {
    await audit(actor, 'user.create', userId, { role })
    await announce()
    const person = await find({ userId })
    return person ? { ok: true, user: person } : unknown()
  }

  return {
    async create(person, actor) {
      const account = await make(person)
      return account.ok ? made(account.userId, person.role, actor) : account
    },

    async createFirstOwner(person, actor) {
      // Until it is decided, the account may do nothing: a crash in between leaves no second owner.
      const account = await make({ ...person, role: 'scorer', grants: { games: [], competitions: [] } })
      if (!account.ok) return account
      const { userId } = account
      if (await becomeFirstOwner(userId)) return made(userId, 'owner', actor)
      await (await signIn.$context).internalAdapter.deleteUser(userId)
      return failure('FORBIDDEN', 'There is an owner already.')
    },

    async resetPassword(who, password, actor) {
      const person = await find(who)
      if (!person) return unknown()
      const problem = passwordProblem(password, person.email)
      if (problem) return failure('INVALID_PAYLOAD', `The password ${problem}.`, { path: 'password' })
      const hash = await hashPassword(password)
      const { internalAdapter } = await signIn.$context
      // Sign-ins first: if the second step fails, nobody is left signed in who should not be.
      await internalAdapter.deleteUserSessions(person.id)
      if (await internalAdapter.findCredentialAccount(person.id)) await internalAdapter.updatePassword(person.id, hash)
      else {
        const account = { userId: person.id, providerId: 'credential', accountId: person.id, password: hash }
        if (!(await ofSomebody(internalAdapter.createAccount(account)))) return unknown()
      }
      // And those that were made with the old one since.
      await internalAdapter.deleteUserSessions(person.id)
      await announce({ userId: person.id })
      await audit(actor, 'user.reset-password', person.id)
      return { ok: true, userId: person.id }
    },

    async setRole(userId, role, actor) {
      const person = await find({ userId })
      if (!person) return unknown()
      if (!ROLES.includes(role)) return failure('INVALID_PAYLOAD', `A role is one of ${ROLES.join(', ')}.`, { path: 'role' })
      if (person.role === role) return { ok: true }
      if (person.role === 'owner' && !(await stepDown(userId, { role }))) return lastOwner()
      await (await signIn.$context).internalAdapter.updateUser(userId, { role })
      // Whoever becomes a scorer begins unlimited, as a new one does, unless limits were set before.
      if (role === 'scorer' && !(await grantsOf([userId])).has(userId) && !(await writeGrants(userId, null))) return unknown()
      await announce({ userId })
      await audit(actor, 'user.set-role', userId, { from: person.role, to: role })
      return { ok: true }
    },

    async setGrants(userId, grants, actor) {
      if (!(await find({ userId }))) return unknown()
      const problem = grantsProblem(grants)
      if (problem) return failure('INVALID_PAYLOAD', problem, { path: 'grants' })
      if (!(await writeGrants(userId, grants))) return unknown()
      await announce({ userId })
      await audit(actor, 'user.set-grants', userId, grants ?? {})
      return { ok: true }
    },

    async setDisabled(userId, isDisabled, actor) {
      const person = await find({ userId })
      if (!person) return unknown()
      if (isDisabled && person.role === 'owner' && !(await stepDown(userId, { banned: 1 }))) return lastOwner()
      const { internalAdapter } = await signIn.$context
      await internalAdapter.updateUser(userId, { banned: isDisabled })
      if (isDisabled) await internalAdapter.deleteUserSessions(userId)
      await announce({ userId })
      await audit(actor, isDisabled ? 'user.disable' : 'user.enable', userId)
      return { ok: true }
    },

    async remove(userId, actor) {
      const person = await find({ userId })
      if (!person) return unknown()
      if (person.role === 'owner' && !(await stepDown(userId, { banned: 1 }))) return lastOwner()
      await (await signIn.$context).internalAdapter.deleteUser(userId)
      await announce({ userId })
      await audit(actor, 'user.remove', userId)
      return { ok: true }
    },

    list: () => load(),
    find,

    async hasOwner() {
      const owners = await db.selectFrom('user').select('banned').where('role', '=', 'owner').execute()
      return owners.some(owner => !owner.banned)
    },

    async holdersOfSessions(ids) {
      if (ids.length === 0) return new Map()
      const rows = await db
        .selectFrom('session')
        .innerJoin('user', 'user.id', 'session.userId')
        .select(['session.id as sessionId', 'session.expiresAt', 'user.id', 'user.name', 'user.email', 'user.role', 'user.banned'])
        .where('session.id', 'in', ids)
        .execute()
      const grants = await grantsOf([...new Set(rows.map(row => row.id))])
      const holders = new Map<string, Holder>()
      for (const { sessionId, expiresAt, banned, id, name, email, ...row } of rows) {
        const until = new Date(expiresAt).getTime()
        if (banned || !(until > now())) continue
        const role = roleFrom(row.role)
        const account = { id, name, email, role, scopes: ROLE_SCOPES[role], grants: grantsFor(role, grants.get(id)), sessionId }
        holders.set(sessionId, { account: { ...account, via: 'session' }, expiresAt: until })
      }
      return holders
    },
  }
}

/** Nothing can be written for an account that was removed in the same moment. */
const ofSomebody = (write: Promise<unknown>): Promise<boolean> =>
  write.then(
    () => true,
    error => {
      if (isConstraint(error)) return false
      throw error
    },
  )

const taken = () => failure('CONFLICT', 'There is an account with this e-mail address already.', { path: 'email' })

const grantsFor = (role: Role, grants: Grants | null | undefined): Grants | null =>
  role === 'scorer' && grants !== null ? (grants ?? { games: [], competitions: [] }) : null

function grantsProblem(grants: Grants | null): string | null {
  const isIdList = (ids: readonly string[]) => ids.length <= 500 && ids.every(id => /^[\w.:-]{1,64}$/.test(id))
  return grants === null || (isIdList(grants.games) && isIdList(grants.competitions))
    ? null
    : 'Games and competitions are given by their ids.'
}

function problemOf({ email, name, password, role, grants }: NewPerson): { path: string; message: string } | null {
  if (!Email.safeParse(email.trim()).success) return { path: 'email', message: 'This is not an e-mail address.' }
  if (name.trim().length < 1 || name.length > 80 || /\p{C}/u.test(name)) return { path: 'name', message: 'A name has 1 to 80 characters.' }
  const problem = passwordProblem(password, email.trim())
  if (problem) return { path: 'password', message: `The password ${problem}.` }
  if (!ROLES.includes(role)) return { path: 'role', message: `A role is one of ${ROLES.join(', ')}.` }
  const limits = grantsProblem(grants ?? null)
  return limits ? { path: 'grants', message: limits } : null
}
