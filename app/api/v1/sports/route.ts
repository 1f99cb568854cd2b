import { handle, preflight } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(async () => ({ body: { sports: app().describeSports() } }), { isPublic: true })
