import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { ERROR_STATUS, failure } from '#domain/errors.ts'
import { SOCKET_PATH } from '#domain/protocol.ts'
import { stampAddress } from './address.ts'
import { app } from './app.ts'
import type { Config } from './config.ts'
import { within } from './log.ts'
import { isRead } from './methods.ts'
import { REQUEST_ID_HEADER, stampRequestId } from './request-id.ts'

export type Listener = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** What only this server may say to the pages behind it; sent by a client it could forge a nonce or skip a check. */
const FORGEABLE = [
  'x-nonce',
  'content-security-policy',
  'content-security-policy-report-only',
  'x-middleware-subrequest',
  'next-resume',
  // There are no server actions; whoever names one would only fill the log.
  'next-action',
  'x-invoke-path',
  'x-matched-path',
  'x-now-route-matches',
]

/** How often the limits of time are kept: left to itself, Node looks twice a minute, and a slow request holds on as long. */
const LOOKED_AT_EVERY_MS = 1_000

/** The one HTTP server with its limits. */
export function createHttp(answer: Listener, onError: (error: unknown) => void): Server {
  const http = createServer({ connectionsCheckingInterval: LOOKED_AT_EVERY_MS }, (request, response) => {
    if (!isPath(request.url)) return refuse(request, response, 'INVALID_PAYLOAD', 'Bad request')
    // Next draws redirects and links from the target; one that starts with two slashes names another host.
    if (request.url.startsWith('//')) return refuse(request, response, 'NOT_FOUND', 'Not found')
    if (request.url.startsWith('/api/') ? refuseMethod(request, response, request.url) : refuseWrite(request, response)) return
    const requestId = String(request.headers[REQUEST_ID_HEADER] ?? '')
    void within({ requestId }, async () => {
      try {
        await answer(request, response)
      } catch (error) {
        onError(error)
        if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ error: failure('INTERNAL', 'Something went wrong.', { errorId: requestId }).error }))
      }
    })
  })
  http.headersTimeout = 10_000
  http.requestTimeout = 15_000
  http.keepAliveTimeout = 5_000
  // A stream writes a comment every 15 s: who has taken nothing for twice as long reads no more. Sockets look after themselves.
  http.timeout = 30_000
  http.maxHeadersCount = 100
  http.maxConnections = mostConnections()
  return http
}

/**
 * Puts address, name and headers before every answer. Called once the sockets are attached: their engine takes over all listeners and answers
 * what lies below its path itself.
 */
export function secureAll(http: Server, config: Config, isDev: boolean): void {
  http.prependListener('request', (request, response) => {
    stampAddress(request, config.trustedProxies)
    stampRequestId(request, response, config.trustedProxies)
    secure(config, isDev, request, response)
  })
}

/** A path of this server that can be decoded. The whole address of some server, ours or another, is what only a proxy is asked for. */
function isPath(target: string | undefined): target is string {
  if (!target?.startsWith('/')) return false
  try {
    return decodeURIComponent(target.split('?')[0] ?? '') !== ''
  } catch {
    return false
  }
}

/** The pages' framework answers a method that a route lacks with nothing at all: no error, no `Allow`. Here a program gets both. */
function refuseMethod(request: IncomingMessage, response: ServerResponse, url: string): boolean {
  const { method = 'GET' } = request
  const [path = ''] = url.split('?')
  const parts = path.split('/').map(part => decodeURIComponent(part).replaceAll('/', '%2f'))
  const methods = app().methodsOf(parts.join('/'))
  if (methods ? methods.includes(method) : ROUTED.has(method)) return false
  if (!methods) refuse(request, response, 'NOT_FOUND', 'There is nothing at this address')
  else refuse(request, response, 'NOT_FOUND', `This address has no ${method}`, { status: 405, allow: methods.join(', ') })
  return true
}

/** Pages are read. The framework takes a form that is sent to one for an action of its own, of which there are none, and fills the log. */
function refuseWrite(request: IncomingMessage, response: ServerResponse): boolean {
  // What programs ask of these is answered to them as such.
  const isProgram = request.url?.split('?')[0] === '/api' || request.url?.startsWith(SOCKET_PATH)
  if (isProgram || isRead(request.method ?? 'GET') || process.env.NODE_ENV !== 'production') return false
  refuse(request, response, 'NOT_FOUND', 'Pages are read', { status: 405, allow: 'GET, HEAD' })
  return true
}

/** What reaches a route at all. */
const ROUTED = new Set(['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'])

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  code: 'INVALID_PAYLOAD' | 'NOT_FOUND',
  words: string,
  { status = ERROR_STATUS[code], allow }: { status?: number; allow?: string } = {},
): void {
  const isProgram = request.url?.startsWith('/api/')
  response.writeHead(status, {
    'content-type': isProgram ? 'application/json' : 'text/plain',
    'cache-control': 'no-store',
    ...(allow ? { allow } : {}),
  })
  response.end(isProgram ? JSON.stringify({ error: failure(code, `${words}.`).error }) : `${words}\n`)
}

function secure(config: Config, isDev: boolean, request: IncomingMessage, response: ServerResponse): void {
  for (const name of FORGEABLE) delete request.headers[name]
  const nonce = randomBytes(16).toString('base64')
  const policy = contentPolicy(nonce, request.headers.host, config.isSecure, isDev)
  // Next reads the nonce from the request and gives it to every script it writes.
  request.headers['x-nonce'] = nonce
  request.headers['content-security-policy'] = policy
  response.setHeader('Content-Security-Policy', policy)
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=()')
  if (config.isSecure) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
}

function contentPolicy(nonce: string, host: string | undefined, isSecure: boolean, isDev: boolean): string {
  const isPlainHost = host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host)
  const sockets = isPlainHost ? ` ${isSecure ? 'wss' : 'ws'}://${host}` : ''
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${isDev ? " 'unsafe-eval'" : ''}`,
    // Charts position their parts with style attributes; those cannot run anything.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Files kept free for the database and the logs, when everybody else has a connection. */
const KEPT_FILES = 256

/** As many as the system lets this process have open, less those: beyond it who knocks is turned away, and nobody who is in is lost. */
function mostConnections(): number {
  let limits = ''
  try {
    limits = readFileSync('/proc/self/limits', 'utf8')
  } catch {
    // Only Linux tells.
  }
  const most = Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Number.NaN)
  return most > 2 * KEPT_FILES ? most - KEPT_FILES : Number.MAX_SAFE_INTEGER
}
