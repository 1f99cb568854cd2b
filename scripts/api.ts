import { setTimeout as sleep } from 'node:timers/promises'
import type { ErrorCode, SidelineError } from '#domain/errors.ts'

export type Answer<T> = { ok: true; status: number; body: T } | { ok: false; status: number; error: ApiError }
/** A refusal of the server, or `NETWORK` where no answer of its own came back. */
export type ApiError = Omit<SidelineError, 'code'> & { code: ErrorCode | 'NETWORK' }

export interface Api {
  get<T>(path: string): Promise<Answer<T>>
  post<T>(path: string, body: unknown): Promise<Answer<T>>
}

interface Options {
  url: string
  token?: string
  /** How long one request is tried again before its last answer stands; 0 asks once. */
  patienceMs: number
  /** Ends waiting and asking. */
  signal?: AbortSignal
}

const TIMEOUT_MS = 20_000
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 8_000

/**
 * A client of the public HTTP API. What may pass by itself (no connection, a restart, a limit) is asked again with the same body after a
 * growing, fully jittered wait, or when the server says: plays carry ids of their own, so nothing is recorded twice.
 */
export function createApi({ url, token, patienceMs, signal }: Options): Api {
  const base = url.replace(/\/+$/, '')

  async function once<T>(method: string, path: string, body: unknown): Promise<Answer<T>> {
    try {
      const timeout = AbortSignal.timeout(TIMEOUT_MS)
      const response = await fetch(`${base}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
      const text = await response.text()
      if (response.ok) return { ok: true, status: response.status, body: JSON.parse(text) as T }
      return { ok: false, status: response.status, error: errorOf(text, response.status) }
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      return { ok: false, status: 0, error: { code: 'NETWORK', message: reasonOf(error), retryable: true } }
    }
  }

  async function ask<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const until = performance.now() + patienceMs
    for (let longest = FIRST_WAIT_MS; ; longest = Math.min(longest * 2, LONGEST_WAIT_MS)) {
      const answer = await once<T>(method, path, body)
      if (answer.ok || !answer.error.retryable) return answer
      const wait = Math.max(answer.error.retryAfterMs ?? 0, Math.random() * longest)
      if (performance.now() + wait > until) return answer
      await sleep(wait, undefined, { signal })
    }
  }

  return { get: path => ask('GET', path), post: (path, body) => ask('POST', path, body) }
}

function errorOf(text: string, status: number): ApiError {
  try {
    const { error } = JSON.parse(text) as { error?: SidelineError }
    if (error?.code) return error
  } catch {
    // Not one of ours: a proxy in between, or another program altogether.
  }
  return { code: 'NETWORK', message: `answered ${status} without saying why`, retryable: status >= 500 || status === 429 }
}

function reasonOf(error: unknown): string {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause
  return cause?.code || cause?.message || (error instanceof Error ? error.message : String(error))
}
