import { handle, preflight } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(async () => ({ body: { competitions: await app().competitions.list() } }), { isPublic: true })

export const POST = handle(async ({ account, body }) => {
  const answer = await app().competitions.create(account, body)
  return answer.ok ? { status: answer.created ? 201 : 200, body: { competition: answer.competition } } : answer
})
