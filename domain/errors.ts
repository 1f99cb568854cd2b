/** The closed list of error codes, the same over HTTP and in socket acknowledgements. A status of 0 means "sockets only". */
export const ERROR_STATUS = {
  INVALID_PAYLOAD: 400,
  INVALID_LOCAL_TIME: 400,
  URL_NOT_ALLOWED: 400,
  UNAUTHENTICATED: 401,
  AUTH_INVALID: 401,
  FORBIDDEN: 403,
  ORIGIN_NOT_ALLOWED: 403,
  CSRF: 403,
  UNKNOWN_GAME: 404,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IDEMPOTENCY_MISMATCH: 409,
  GONE: 410,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  TOO_MANY_CONNECTIONS: 429,
  TOO_MANY_ROOMS: 0,
  CLIENT_TOO_OLD: 0,
  SERVER_TOO_OLD: 0,
  SLOW_CONSUMER: 0,
  BUSY_RETRY: 503,
  STORAGE_FULL: 507,
  UNAVAILABLE: 503,
  DRAINING: 503,
  INTERNAL: 500,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

/** What a caller is told. `path` names the field, `index` the play of a batch; details stay in the log under `errorId`. */
export interface SidelineError {
  code: ErrorCode
  message: string
  path?: string
  index?: number
  retryable?: boolean
  retryAfterMs?: number
  errorId?: string
}

export type Result<T> = ({ ok: true } & T) | { ok: false; error: SidelineError }

const RETRYABLE: ReadonlySet<ErrorCode> = new Set([
  'RATE_LIMITED',
  'TOO_MANY_CONNECTIONS',
  'BUSY_RETRY',
  'STORAGE_FULL',
  'UNAVAILABLE',
  'DRAINING',
  'INTERNAL',
])

export function failure(
  code: ErrorCode,
  message: string,
  more: Omit<SidelineError, 'code' | 'message'> = {},
): { ok: false; error: SidelineError } {
  return { ok: false, error: { code, message, ...(RETRYABLE.has(code) ? { retryable: true } : {}), ...more } }
}
