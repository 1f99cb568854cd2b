import { z } from 'zod'
import { failure, type Result } from '#domain/errors.ts'
import { firstIssue } from '#domain/schema.ts'
import type { Accounts, Person } from '../accounts.ts'
import { idText } from '../id-text.ts'
import { type Account, canChangeAccount } from '../policies.ts'
import { makeReadable } from '../secrets.ts'
import type { Acts } from './act.ts'

const ids = z.array(idText).max(500)
const role = z.enum(['owner', 'admin', 'scorer'])
const grants = z.strictObject({ games: ids, competitions: ids }).nullable()
const password = z.string().max(200).optional()
const creation = z.strictObject({ email: z.string().max(254), name: z.string().max(200), role, grants: grants.optional(), password })
const changes = z.strictObject({ role: role.optional(), grants: grants.optional(), isDisabled: z.boolean().optional() })
const reset = z.strictObject({ password })

export interface AdminPeople {
  list(account: Account | null): Promise<Result<{ people: Person[] }>>
  /** Without a password one is made; it is in the answer and nowhere else. */
  create(account: Account | null, raw: unknown): Promise<Result<{ person: Person; password?: string }>>
  /** `{role?, grants?, isDisabled?}`. Each change ends the person's open sockets; switching off ends the sign-ins too. */
  change(account: Account | null, id: string, raw: unknown): Promise<Result<{ person: Person }>>
  /** Ends every sign-in of the person. */
  resetPassword(account: Account | null, id: string, raw: unknown): Promise<Result<{ password?: string }>>
  remove(account: Account | null, id: string): Promise<Result<object>>
}

export function createAdminPeople({ look, act }: Acts, accounts: Accounts): AdminPeople {
  const unknown = () => failure('NOT_FOUND', 'There is no such account.')
  /** What nobody does to themselves, lest the last one who can let people in locks the door from outside. */
  const notOneself = () => failure('FORBIDDEN', 'Nobody does this to their own account.')
  const outOfReach = () => failure('FORBIDDEN', 'Only an owner may do this.')

  async function reach(admin: Account, id: string, to?: z.infer<typeof role>): Promise<Result<{ person: Person }>> {
    const person = await accounts.findUser({ userId: id })
    if (!person) return unknown()
    return canChangeAccount(admin, person, to) ? { ok: true, person } : outOfReach()
  }

  return {
    list: account => look(account, async () => ({ ok: true, people: await accounts.listUsers() })),

    create: (account, raw) =>
      act(account, async admin => {
        const parsed = creation.safeParse(raw)
        if (!parsed.success) return firstIssue(parsed.error)
        const input = parsed.data
        if (!canChangeAccount(admin, { role: input.role })) return outOfReach()
        if (input.grants && input.role !== 'scorer') return failure('INVALID_PAYLOAD', 'Only scorers are limited.', { path: 'grants' })
        const made = input.password === undefined ? makeReadable(4) : undefined
        const created = await accounts.createUser({ ...input, password: input.password ?? made ?? '' }, admin.id)
        return created.ok ? { ok: true, person: created.user, ...(made ? { password: made } : {}) } : created
      }),

    change: (account, id, raw) =>
      act(account, async admin => {
        const parsed = changes.safeParse(raw)
        if (!parsed.success) return firstIssue(parsed.error)
        const { role: to, grants: limits, isDisabled } = parsed.data
        if (to === undefined && limits === undefined && isDisabled === undefined) return failure('INVALID_PAYLOAD', 'Nothing to change.')
        if (admin.id === id) return notOneself()
        const found = await reach(admin, id, to)
        if (!found.ok) return found
        if (limits && (to ?? found.person.role) !== 'scorer') {
          return failure('INVALID_PAYLOAD', 'Only scorers are limited.', { path: 'grants' })
        }
        // Limits first: nobody is a scorer of everything for a moment.
        if (limits !== undefined) {
          const set = await accounts.setGrants(id, limits, admin.id)
          if (!set.ok) return set
        }
        if (to !== undefined) {
          const set = await accounts.setRole(id, to, admin.id)
          if (!set.ok) return set
        }
        if (isDisabled !== undefined && isDisabled !== found.person.isDisabled) {
          const set = await (isDisabled ? accounts.disable(id, admin.id) : accounts.enable(id, admin.id))
          if (!set.ok) return set
        }
        const person = await accounts.findUser({ userId: id })
        return person ? { ok: true, person } : unknown()
      }),

    resetPassword: (account, id, raw) =>
      act(account, async admin => {
        const parsed = reset.safeParse(raw ?? {})
        if (!parsed.success) return firstIssue(parsed.error)
        if (admin.id === id) return failure('FORBIDDEN', 'Change your own password on the page of your account.')
        const found = await reach(admin, id)
        if (!found.ok) return found
        const made = parsed.data.password === undefined ? makeReadable(4) : undefined
        const done = await accounts.resetPassword({ userId: id }, parsed.data.password ?? made ?? '', admin.id)
        return done.ok ? { ok: true, ...(made ? { password: made } : {}) } : done
      }),

    remove: (account, id) =>
      act(account, async admin => {
        if (admin.id === id) return notOneself()
        const found = await reach(admin, id)
        return found.ok ? accounts.removeUser(id, admin.id) : found
      }),
  }
}
