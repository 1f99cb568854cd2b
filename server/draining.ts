import { failure } from '#domain/errors.ts'

/** What a write and a new socket are told while the server stops: the same again, with its id, in a moment. Reads go on until the end. */
export const DRAINING = failure('DRAINING', 'Restarting.', { retryAfterMs: 2_000 })
