import { createHash, randomUUID } from 'node:crypto'
import { ERROR_STATUS, failure, type Result, type SidelineError } from '#domain/errors.ts'
import { shapeProblem } from '#domain/shape.ts'
import { type Account, app } from '#server/app.ts'

const SINGLE_BYTES = 32 * 1024
const BATCH_BYTES = 512 * 1024
const CONTROL = /\p{Cc}/u

export interface Asked {
  request: Request
  account: Account | null
  url: URL
  /** The parsed body of a write; undefined for reads. */
  body: unknown
}
type Params = Record<string, string>
type Answer = Response | { status?: number; body: unknown; headers?: Record<string, string> } | { error: SidelineError; game?: unknown }
type Handler = (asked: Asked, params: Params) => Promise<Answer>

interface Options {
  /** Public reads: any page of any site may ask. */
  isPublic?: boolean
  /** A batch of plays may be larger than one. */
  isBatch?: boolean
}

/** The one way a request reaches a use-case: origin → account → size and depth → handler → status. Nothing leaves as a stack. */
export function handle(handler: Handler, { isPublic = false, isBatch = false }: Options = {}) {
  return async (request: Request, context: { params: Promise<Params> }): Promise<Response> => {
    try {
      const checked = app().checkRequest(request.method, request.headers)
      if (!checked.ok) return refusal(checked.error)
      const identified = await app().identify(request.headers)
      if (!identified.ok) return refusal(identified.error)
      const body = await readBody(request, isBatch)
      if (!body.ok) return refusal(body.error)
      // A route without parts in its address is given no parameters at all.
      const [params, url] = [(await context.params) ?? {}, new URL(request.url)]
      const odd = oddAddress(params, url)
      if (odd) return refusal(odd)
      const answer = await handler({ request, account: identified.account, url, body: body.value }, params)
      if ('error' in answer && answer.error.code === 'FORBIDDEN') await app().noteRefusal(identified.account, request.method, url.pathname)
      return respond(request, answer, isPublic)
    } catch (error) {
      const known = app().explain(error)
      if (known) return refusal(known.error)
      const errorId = randomUUID()
      app().log.error({ err: error, errorId, path: new URL(request.url).pathname }, 'request failed')
      return refusal(failure('INTERNAL', 'Something went wrong.', { errorId }).error)
    }
  }
}

function respond(request: Request, answer: Answer, isPublic: boolean): Response {
  if (answer instanceof Response) return answer
  const headers: Record<string, string> = isPublic
    ? { 'access-control-allow-origin': '*', 'cache-control': 'no-cache' }
    : { 'cache-control': 'no-store' }
  if ('error' in answer) return refusal(answer.error, 'game' in answer ? answer.game : undefined, headers)
  const json = JSON.stringify(answer.body)
  Object.assign(headers, { 'content-type': 'application/json; charset=utf-8' }, answer.headers)
  if ((request.method === 'GET' || request.method === 'HEAD') && isPublic) {
    const etag = `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"`
    headers.etag = etag
    headers.vary = 'accept-language, authorization, cookie'
    if (matches(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers })
  }
  return new Response(json, { status: answer.status ?? 200, headers })
}

const matches = (given: string | null, etag: string) =>
  given?.split(',').some(tag => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*') === true

export function refusal(error: SidelineError, game?: unknown, headers: Record<string, string> = {}): Response {
  const wait: Record<string, string> = error.retryAfterMs ? { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) } : {}
  return Response.json(
    { error, ...(game === undefined ? {} : { game }) },
    { status: ERROR_STATUS[error.code] || 400, headers: { 'cache-control': 'no-store', ...headers, ...wait } },
  )
}

async function readBody(request: Request, isBatch: boolean): Promise<{ ok: true; value: unknown } | { ok: false; error: SidelineError }> {
  const mostBytes = isBatch ? BATCH_BYTES : SINGLE_BYTES
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'DELETE' || !request.body)
    return { ok: true, value: undefined }
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) return failure('TOO_LARGE', 'The body is too large.')
  const sent = await readUpTo(request.body, mostBytes)
  if (!sent.ok) return sent
  const { bytes } = sent
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (bytes.length > SINGLE_BYTES && !Array.isArray(value)) return failure('TOO_LARGE', 'The body is too large.')
    const problem = shapeProblem(value)
    if (!problem) return { ok: true, value }
    // Of a batch, the play is named too: the first that is too much of itself, as deep as it stands in the array.
    const index = isBatch && Array.isArray(value) ? value.findIndex(entry => shapeProblem([entry]) !== null) : -1
    return { ok: false, error: { ...problem, ...(index < 0 ? {} : { index }) } }
  } catch {
    return failure('INVALID_PAYLOAD', 'The body is not JSON.')
  }
}

async function readUpTo(body: ReadableStream<Uint8Array>, mostBytes: number): Promise<Result<{ bytes: Buffer }>> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return { ok: true, bytes: Buffer.concat(chunks) }
      size += value.byteLength
      if (size > mostBytes) {
        await reader.cancel()
        return failure('TOO_LARGE', 'The body is too large.')
      }
      chunks.push(value)
    }
  } catch {
    // Whoever sent it went away in the middle: that is no fault of ours, and nobody is left to be answered.
    return failure('INVALID_PAYLOAD', 'The body did not come to its end.')
  }
}

/**
 * No id and no filter holds a control character, and no database takes a NUL: what asks for one asks for nothing there is. Asked twice, a
 * parameter would be half heard.
 */
function oddAddress(params: Params, url: URL): SidelineError | null {
  for (const [name, value] of Object.entries(params)) {
    if (CONTROL.test(value))
      return (name === 'gameId' ? failure('UNKNOWN_GAME', 'No such game.') : failure('NOT_FOUND', 'Not there.')).error
  }
  const asked = new Set<string>()
  for (const [name, value] of url.searchParams) {
    if (CONTROL.test(value)) return failure('INVALID_PAYLOAD', 'Printable characters only.', { path: name }).error
    if (asked.has(name)) return failure('INVALID_PAYLOAD', 'Given more than once.', { path: name }).error
    asked.add(name)
  }
  return null
}

/** A whole number of the query, or its default; an error when it is neither. */
export function wholeNumber(url: URL, name: string, fallback: number, least: number, most: number): number | { error: SidelineError } {
  const text = url.searchParams.get(name)
  if (text === null) return fallback
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  return value >= least && value <= most
    ? value
    : { error: failure('INVALID_PAYLOAD', `A whole number from ${least} to ${most}.`, { path: name }).error }
}

export const preflight = () =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD',
      'access-control-allow-headers': 'if-none-match, last-event-id',
      'access-control-max-age': '86400',
    },
  })
