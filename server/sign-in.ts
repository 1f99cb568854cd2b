import { betterAuth } from 'better-auth'
import { createAccessControl } from 'better-auth/plugins/access'
import { admin } from 'better-auth/plugins/admin'
import { adminAc, defaultStatements, userAc } from 'better-auth/plugins/admin/access'
import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { hashPassword, PASSWORD_LENGTH, verifyPassword } from './password.ts'
import type { Secrets } from './secrets.ts'
import type { Database } from './storage/schema.ts'

/** A sign-in lasts a month from its beginning. It is not prolonged by use: reading an account never writes. */
const SIGN_IN_SECONDS = 30 * 24 * 3600

export interface SignInOptions {
  db: Kysely<Database>
  config: Pick<Config, 'publicOrigin' | 'isSecure'>
  secrets: Pick<Secrets, 'auth'>
  log: Log
}

export function cookieNames(isSecure: boolean): { session: string; passing: string } {
  const name = isSecure ? '__Host-sideline' : 'sideline'
  return { session: name, passing: `${name}.passing` }
}

/**
 * better-auth on our own database connection: passwords, sign-ins, roles. Its HTTP side is reached through accounts.ts alone, which
 * checks origin, address and guessing first; so its own checks of those are off.
 */
export function createSignIn({ db, config, secrets, log }: SignInOptions) {
  const access = createAccessControl(defaultStatements)
  const chief = access.newRole(adminAc.statements)
  const { session, passing } = cookieNames(config.isSecure)
  const attributes = { secure: config.isSecure, httpOnly: true, sameSite: 'lax', path: '/' } as const
  return betterAuth({
    appName: 'Sideline',
    baseURL: config.publicOrigin ?? 'http://localhost',
    basePath: '/api/auth',
    secret: secrets.auth,
    database: { db, type: 'sqlite', transaction: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message, ...details) => log.error({ details }, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.least,
      maxPasswordLength: PASSWORD_LENGTH.most,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: { expiresIn: SIGN_IN_SECONDS, disableSessionRefresh: true, cookieCache: { enabled: false } },
    advanced: {
      // The names below are whole: no prefix is to be put before them.
      useSecureCookies: false,
      cookiePrefix: session,
      cookies: {
        session_token: { name: session, attributes },
        dont_remember: { name: passing, attributes },
      },
      ipAddress: { disableIpTracking: true },
      disableOriginCheck: true,
      disableCSRFCheck: true,
    },
    plugins: [
      admin({
        ac: access,
        roles: { owner: chief, admin: chief, scorer: access.newRole(userAc.statements) },
        defaultRole: 'scorer',
        adminRoles: ['owner', 'admin'],
        bannedUserMessage: 'This account is switched off.',
      }),
    ],
  })
}

export type SignIn = ReturnType<typeof createSignIn>
