import { failure, type Result } from '#domain/errors.ts'
import type { Accounts, Grants, Role } from '#server/accounts.ts'
import { makeReadable } from '#server/secrets.ts'
import { type Arguments, listOf, UsageError } from './arguments.ts'
import { type Command, OPERATOR, refuse, type Said, tableOf } from './command.ts'
import { withPremises } from './premises.ts'

const PASSWORD_FLAG = { 'password-stdin': null }

export const userCommands: Readonly<Record<string, Command>> = {
  'user create': {
    mayAdd: 'ADDRESS',
    help: 'make an account; without --password-stdin a password is made and printed once',
    flags: {
      email: 'ADDRESS',
      name: 'NAME',
      role: 'ROLE (owner, admin or scorer; scorer without)',
      game: 'GAME-ID (limits a scorer; repeatable)',
      competition: 'COMPETITION-ID (limits a scorer; repeatable)',
      ...PASSWORD_FLAG,
    },
    async run(given) {
      const email = addressFrom(given)
      const role = (given.one('role') ?? 'scorer') as Role
      const grants = grantsOf(given)
      if (grants && role !== 'scorer') throw new UsageError('--game and --competition limit scorers only')
      const { password, isMade } = await passwordFrom(given)
      return withPremises(async ({ accounts }) => {
        const name = given.one('name') ?? email.split('@')[0] ?? email
        const created = await accounts.createUser({ email, name, password, role, grants }, OPERATOR)
        if (!created.ok) return refuse(created.error)
        // Whoever had the set-up token may not use it any more once there is an owner.
        if (role === 'owner') await accounts.setupToken()
        const { user } = created
        return {
          json: { user: { id: user.id, email: user.email, name: user.name, role: user.role }, ...(isMade ? { password } : {}) },
          lines: isMade ? [password] : [`${user.email} is ${user.role}.`],
          notes: isMade ? [`${user.email} is ${user.role}. This password is shown only now.`] : [],
        }
      })
    },
  },

  'user list': {
    help: 'all accounts',
    run: () =>
      withPremises(async ({ accounts }) => {
        const users = await accounts.listUsers()
        const rows = users.map(user => [user.email, user.role, user.isDisabled ? 'disabled' : 'enabled', user.name])
        return { json: { users }, lines: rows.length > 0 ? tableOf(rows) : ['There are no accounts.'] }
      }),
  },

  'user reset-password': {
    help: 'set a new password and end every sign-in of the account',
    mayAdd: 'ADDRESS',
    flags: { email: 'ADDRESS', ...PASSWORD_FLAG },
    async run(given) {
      const email = addressFrom(given)
      const { password, isMade } = await passwordFrom(given)
      return withPremises(async ({ accounts }) => {
        const reset = await accounts.resetPassword({ email }, password, OPERATOR)
        if (!reset.ok) return refuse(reset.error)
        return {
          json: { email, ...(isMade ? { password } : {}) },
          lines: isMade ? [password] : [`${email} has the new password.`],
          notes: [`Every sign-in of ${email} is ended.${isMade ? ' This password is shown only now.' : ''}`],
        }
      })
    },
  },

  'user set-role': {
    help: 'make somebody owner, admin or scorer',
    words: ['ADDRESS', 'ROLE'],
    run: given =>
      change(given, (accounts, id) => accounts.setRole(id, given.words[1] as Role, OPERATOR), `${given.words[0]} is ${given.words[1]}.`),
  },

  'user disable': {
    help: 'end every sign-in of an account and let it make no new one',
    words: ['ADDRESS'],
    run: given => change(given, (accounts, id) => accounts.disable(id, OPERATOR), `${given.words[0]} is switched off.`),
  },

  'user enable': {
    help: 'let a disabled account sign in again',
    words: ['ADDRESS'],
    run: given => change(given, (accounts, id) => accounts.enable(id, OPERATOR), `${given.words[0]} may sign in.`),
  },
}

function change(given: Arguments, act: (accounts: Accounts, userId: string) => Promise<Result<object>>, says: string): Promise<Said> {
  return withPremises(async ({ accounts }) => {
    const email = given.words[0] ?? ''
    const user = await accounts.findUser({ email })
    const changed = user ? await act(accounts, user.id) : failure('NOT_FOUND', 'There is no such account.')
    return changed.ok ? { json: { email }, lines: [says] } : refuse(changed.error)
  })
}

function addressFrom(given: Arguments): string {
  const [word, flag] = [given.words[0], given.one('email')]
  if (word !== undefined && flag !== undefined) throw new UsageError('the e-mail address is given twice')
  const email = word ?? flag
  if (!email) throw new UsageError('ADDRESS is missing')
  return email.trim()
}

function grantsOf(given: Arguments): Grants | null {
  const [games, competitions] = [listOf(given.all('game')), listOf(given.all('competition'))]
  return games || competitions ? { games: games ?? [], competitions: competitions ?? [] } : null
}

/** Never from the command line itself: every process of the machine may read that, and the shell remembers it. */
async function passwordFrom(given: Arguments): Promise<{ password: string; isMade: boolean }> {
  if (!given.has('password-stdin')) return { password: makeReadable(5), isMade: true }
  let text = ''
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += chunk
    if (text.length > 10_000) throw new UsageError('the password is too long')
  }
  return { password: text.replace(/\r?\n$/, ''), isMade: false }
}
