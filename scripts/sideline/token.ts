import { listOf, UsageError } from './arguments.ts'
import { CALL, type Command, OPERATOR, refuse, tableOf } from './command.ts'
import { withPremises } from './premises.ts'

const DAY_MS = 24 * 3_600_000

export const tokenCommands: Readonly<Record<string, Command>> = {
  'token create': {
    help: 'make a token for a program; printed once',
    flags: {
      name: 'NAME',
      scope: 'SCOPES (read,score,manage,admin)',
      rate: 'PLAYS-A-SECOND (unlimited without)',
      game: 'GAME-ID (limits it; repeatable)',
      competition: 'COMPETITION-ID (limits it; repeatable)',
      expires: 'DAYS or a date',
    },
    async run(given) {
      const name = given.one('name')
      const scopes = listOf(given.all('scope'))
      if (!name) throw new UsageError('--name is missing')
      if (!scopes) throw new UsageError('--scope is missing')
      const [rate, expires] = [given.one('rate'), given.one('expires')]
      const limits = {
        ...(rate === undefined ? {} : { rate: wholeNumber('rate', rate) }),
        ...(expires === undefined ? {} : { expiresAt: momentOf(expires) }),
      }
      return withPremises(async ({ accounts }) => {
        const games = listOf(given.all('game'))
        const competitions = listOf(given.all('competition'))
        const created = await accounts.createToken({ name, scopes, games, competitions, ...limits }, OPERATOR)
        if (!created.ok) return refuse(created.error)
        const { token, id } = created
        return { json: { token }, lines: [token], notes: [`This is the only time it is shown. To revoke it: ${CALL} token revoke ${id}`] }
      })
    },
  },

  'token list': {
    help: 'all tokens, without their secrets',
    run: () =>
      withPremises(async ({ accounts }) => {
        const tokens = await accounts.listTokens()
        const rows = tokens.map(token => [
          token.id,
          token.name,
          token.scopes.join(','),
          token.revokedAt === null ? (token.expiresAt !== null && token.expiresAt <= Date.now() ? 'expired' : 'good') : 'revoked',
          token.lastUsedAt === null ? 'never used' : `used ${new Date(token.lastUsedAt).toISOString()}`,
        ])
        return { json: { tokens }, lines: rows.length > 0 ? tableOf(rows) : ['There are no tokens.'] }
      }),
  },

  'token revoke': {
    help: 'end a token; a running server refuses it within two seconds',
    words: ['TOKEN-ID'],
    run: given =>
      withPremises(async ({ accounts }) => {
        const id = given.words[0] ?? ''
        const revoked = await accounts.revokeToken(id, OPERATOR)
        return revoked.ok ? { json: { revoked: id }, lines: [`${id} is revoked.`] } : refuse(revoked.error)
      }),
  },
}

function wholeNumber(flag: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${flag} must be a whole number, not "${text}"`)
  return Number(text)
}

function momentOf(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Date.now() + Number(text) * DAY_MS
  const moment = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(moment)) throw new UsageError(`--expires must be a number of days or a date like 2030-06-30, not "${text}"`)
  return moment
}
