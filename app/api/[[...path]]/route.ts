import { handle } from '#app/api/handle.ts'
import { failure } from '#domain/errors.ts'

/** Programs asked for an address that is not there: they get an error they can read, not a page. */
const answer = handle(async () => failure('NOT_FOUND', 'There is nothing at this address. See /api/openapi.json.'))

const nothing = (request: Request) => answer(request, { params: Promise.resolve({}) })

export const GET = nothing
export const POST = nothing
export const PUT = nothing
export const PATCH = nothing
export const DELETE = nothing
