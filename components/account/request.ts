import { ERROR_STATUS, failure, type Result, type SidelineError } from '#domain/errors.ts'

/** Heard by the page's watch over the sign-in: the server did not know who asked. */
export const UNKNOWN_ASKER = 'sideline:unknown-asker'

const ANSWER_MS = 20_000

/** Asks the server with JSON; whatever goes wrong comes back as an error with a code and words. */
export async function request<T extends object = object>(method: string, url: string, body?: unknown): Promise<Result<T>> {
  let response: Response
  let answer: unknown
  try {
    response = await fetch(url, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_MS),
      credentials: 'same-origin',
      cache: 'no-store',
    })
    answer = await response.json()
  } catch {
    return failure('UNAVAILABLE', 'The server does not answer. Try again.')
  }
  if (response.ok) return { ok: true, ...(answer as T) }
  const { error } = (answer ?? {}) as { error?: SidelineError }
  if (response.status === 401) window.dispatchEvent(new Event(UNKNOWN_ASKER))
  return error && Object.hasOwn(ERROR_STATUS, error.code) ? { ok: false, error } : failure('INTERNAL', 'Something went wrong here.')
}

/** An error as people read it. */
export function sayError(error: SidelineError): string {
  if (error.code === 'UNAUTHENTICATED') return 'You were signed out. Sign in again.'
  if (error.code === 'INTERNAL' && error.errorId) return `Something went wrong here. The log has it under ${error.errorId}.`
  return error.message
}
