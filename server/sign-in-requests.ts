import { isAPIError } from 'better-auth/api'
import { z } from 'zod'
import { ERROR_STATUS, failure, type SidelineError } from '#domain/errors.ts'
import { ADDRESS_HEADER } from './address.ts'
import type { Guessing } from './guessing.ts'
import type { Log } from './log.ts'
import { acceptsCookies, checkUnsafeRequest, type OriginRules, readHeader } from './origin.ts'
import { HashingBusy, isHashingBusy, PASSWORD_LENGTH, passwordProblem } from './password.ts'
import type { Account } from './policies.ts'
import { cookieNames, type SignIn } from './sign-in.ts'
import { isStorageError } from './storage/error.ts'

interface Options {
  signIn: SignIn
  rules: OriginRules & { isSecure: boolean }
  guessing: Guessing
  log: Log
  accountOf: (headers: Headers) => Promise<Account | null>
  /** After the database has it: sign-ins of this account ended. */
  ended: (account: Account, how: 'sign-out' | 'password' | 'other-sign-ins') => Promise<void>
}

type Answer = { body: object; cookies?: Headers } | { error: SidelineError }

const MAX_BODY = 4096
const Credentials = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(PASSWORD_LENGTH.most),
  rememberMe: z.boolean().optional(),
})
const PasswordChange = z.strictObject({
  currentPassword: z.string().min(1).max(PASSWORD_LENGTH.most),
  newPassword: z.string().max(10_000),
})
const Nothing = z.strictObject({})

/**
 * `/api/auth/…`: `POST sign-in/email {email, password, rememberMe?}` · `POST sign-out` · `GET get-session` → `{account}` or `{account: null}` ·
 * `POST change-password {currentPassword, newPassword}` · `POST revoke-other-sessions`. Everything else is not there.
 */
export function createSignInRequests({ signIn, rules, guessing, log, accountOf, ended }: Options) {
  const names = Object.values(cookieNames(rules.isSecure))

  const ROUTES: Readonly<Record<string, (request: Request) => Promise<Answer>>> = {
    'GET get-session': async ({ headers }) => ({ body: { account: view(await accountOf(headers)) } }),

    async 'POST sign-in/email'(request) {
      const body = await readBody(request, Credentials)
      if ('error' in body) return body
      const address = readHeader(request.headers, ADDRESS_HEADER) ?? ''
      const { email } = body.data
      const wait = guessing.waitMs(email, address)
      if (wait > 0) return failure('RATE_LIMITED', 'Too many tries. Wait a little.', { retryAfterMs: wait })
      if (isHashingBusy()) return busy()
      const before = await accountOf(request.headers)
      const given = { ...body.data, email: email.toLowerCase() }
      const checked = await passwordOf(given.email)
      const { headers, response } = await guarded(email, address, () =>
        signIn.api.signInEmail({ body: given, headers: shortHeaders(request.headers), returnHeaders: true }),
      )
      // Changed while it was checked: whoever did so ended every sign-in there was, and this one was not there yet.
      if ((await passwordOf(given.email)) !== checked) {
        await (await signIn.$context).internalAdapter.deleteSession(response.token)
        return wrong()
      }
      // Whoever sat here before is signed out: one browser, one sign-in.
      if (before?.sessionId) await signOut(request.headers, before)
      const { id, name } = response.user
      return { body: { user: { id, name, email: response.user.email } }, cookies: headers }
    },

    async 'POST sign-out'(request) {
      const body = await readBody(request, Nothing)
      if ('error' in body) return body
      const account = await accountOf(request.headers)
      return { body: { ok: true }, cookies: await signOut(request.headers, account) }
    },

    async 'POST change-password'(request) {
      const body = await readBody(request, PasswordChange)
      if ('error' in body) return body
      const account = await accountOf(request.headers)
      if (!account?.sessionId) return failure('UNAUTHENTICATED', 'Sign in first.')
      const problem = passwordProblem(body.data.newPassword, account.email)
      if (problem) return failure('INVALID_PAYLOAD', `The new password ${problem}.`, { path: 'newPassword' })
      const address = readHeader(request.headers, ADDRESS_HEADER) ?? ''
      const wait = guessing.waitMs(account.email, address)
      if (wait > 0) return failure('RATE_LIMITED', 'Too many tries. Wait a little.', { retryAfterMs: wait })
      if (isHashingBusy()) return busy()
      const { headers } = await guarded(account.email, address, () =>
        signIn.api.changePassword({
          body: { ...body.data, revokeOtherSessions: true },
          headers: shortHeaders(request.headers),
          returnHeaders: true,
        }),
      )
      await ended(account, 'password')
      return { body: { ok: true }, cookies: headers }
    },

    async 'POST revoke-other-sessions'(request) {
      const body = await readBody(request, Nothing)
      if ('error' in body) return body
      const account = await accountOf(request.headers)
      if (!account?.sessionId) return failure('UNAUTHENTICATED', 'Sign in first.')
      await signIn.api.revokeOtherSessions({ headers: shortHeaders(request.headers) })
      await ended(account, 'other-sign-ins')
      return { body: { ok: true } }
    },
  }

  /** As it is kept. */
  async function passwordOf(email: string): Promise<string | undefined> {
    const found = await (await signIn.$context).internalAdapter.findUserByEmail(email, { includeAccounts: true })
    return found?.accounts.find(({ providerId }) => providerId === 'credential')?.password ?? undefined
  }

  /** Counts a check of a password against guessing, from before it begins, so that many at once are counted too. */
  async function guarded<T>(email: string, address: string, check: () => Promise<T>): Promise<T> {
    guessing.began(email, address)
    try {
      const right = await check()
      guessing.succeeded(email, address)
      return right
    } catch (error) {
      guessing.failed(email, address)
      throw error
    }
  }

  async function signOut(headers: Headers, account: Account | null): Promise<Headers> {
    const { headers: cleared } = await signIn.api.signOut({ headers: shortHeaders(headers), returnHeaders: true })
    if (account?.sessionId) await ended(account, 'sign-out')
    return cleared
  }

  async function answer(request: Request): Promise<Answer> {
    const path = new URL(request.url).pathname.replace(/^\/api\/auth\//, '')
    const route = Object.hasOwn(ROUTES, `${request.method} ${path}`) ? ROUTES[`${request.method} ${path}`] : undefined
    if (!route) return failure('NOT_FOUND', 'There is nothing here.')
    const origin = checkUnsafeRequest(request.method, request.headers, rules)
    if (!origin.ok) return origin
    if (request.method !== 'GET' && !acceptsCookies(rules.isSecure, readHeader(request.headers, ADDRESS_HEADER))) {
      return failure('FORBIDDEN', 'Over plain http, signing in works from this network only. Set PUBLIC_URL to an https address.')
    }
    try {
      return await route(request)
    } catch (error) {
      return explain(error, log)
    }
  }

  return async function handler(request: Request): Promise<Response> {
    const answered = await answer(request)
    const headers = new Headers({ 'cache-control': 'no-store' })
    if ('error' in answered) {
      const { error } = answered
      if (error.retryAfterMs !== undefined) headers.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)))
      return Response.json({ error }, { status: ERROR_STATUS[error.code], headers })
    }
    for (const cookie of answered.cookies?.getSetCookie() ?? []) {
      if (names.some(name => cookie.startsWith(`${name}=`))) headers.append('set-cookie', cookie)
    }
    return Response.json(answered.body, { headers })
  }
}

function busy() {
  return failure('BUSY_RETRY', 'Many are signing in at this moment.', { retryAfterMs: 3000 })
}

function wrong() {
  return failure('AUTH_INVALID', 'E-mail address or password is wrong.')
}

/** The same words and status whether the account exists or not. */
function explain(error: unknown, log: Log): { error: SidelineError } {
  if (error instanceof HashingBusy) return busy()
  if (isStorageError(error)) {
    if (error.code === 'BUSY') return failure('BUSY_RETRY', 'The database is busy.', { retryAfterMs: 1000 })
    if (error.code === 'FULL') return failure('STORAGE_FULL', 'The disk is full.')
    if (error.code === 'UNAVAILABLE') return failure('UNAVAILABLE', 'The database is out of reach.')
    // Of an account that was removed in the same moment.
    if (error.code === 'CONSTRAINT') return wrong()
  }
  const code = isAPIError(error) ? String(error.body?.code ?? '') : ''
  if (code === 'INVALID_EMAIL_OR_PASSWORD') return wrong()
  if (code === 'INVALID_PASSWORD') return failure('INVALID_PAYLOAD', 'This is not the current password.', { path: 'currentPassword' })
  if (code === 'BANNED_USER') return failure('FORBIDDEN', 'This account is switched off.')
  if (isAPIError(error) && error.statusCode === 401) return failure('UNAUTHENTICATED', 'Sign in first.')
  const errorId = crypto.randomUUID()
  log.error({ errorId, error }, 'a sign-in request failed')
  return failure('INTERNAL', 'Something went wrong here.', { errorId })
}

async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<{ data: T } | { error: SidelineError }> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) return failure('TOO_LARGE', 'The body is too large.')
  // Whoever went away in the middle of it is not there to be answered.
  const text = await readText(request).catch(() => undefined)
  if (text === undefined) return failure('INVALID_PAYLOAD', 'The body did not come to its end.')
  if (text === null) return failure('TOO_LARGE', 'The body is too large.')
  try {
    const parsed = schema.safeParse(text === '' ? {} : JSON.parse(text))
    if (parsed.success) return { data: parsed.data }
    const issue = parsed.error.issues[0]
    const path = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
    return failure('INVALID_PAYLOAD', 'The body is not what is asked for.', path ? { path } : {})
  } catch {
    return failure('INVALID_PAYLOAD', 'The body is not JSON.')
  }
}

/** The declared length may be missing or a lie, so what comes is counted. */
async function readText(request: Request): Promise<string | null> {
  const reader = request.body?.getReader()
  if (!reader) return ''
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks).toString('utf8')
    size += value.byteLength
    if (size > MAX_BODY) {
      await reader.cancel()
      return null
    }
    chunks.push(value)
  }
}

/** What better-auth needs of a request: the cookie, and a short name of the browser for the list of sign-ins. */
function shortHeaders(headers: Headers): Headers {
  const short = new Headers()
  const cookie = headers.get('cookie')
  if (cookie && cookie.length <= 8192) short.set('cookie', cookie)
  short.set('user-agent', (headers.get('user-agent') ?? '').slice(0, 200))
  return short
}

function view(account: Account | null) {
  if (!account) return null
  const { id, name, email, role, scopes, grants, via } = account
  return { id, name, email, role, scopes, grants, via }
}
