import { refusal } from '#app/api/handle.ts'
import { failure } from '#domain/errors.ts'

/** Programs asked for an address that is not there: they get an error they can read, not a page. */
const nothing = () => refusal(failure('NOT_FOUND', 'There is nothing at this address. See /api/openapi.json.').error)

export const GET = nothing
export const POST = nothing
export const PUT = nothing
export const PATCH = nothing
export const DELETE = nothing
