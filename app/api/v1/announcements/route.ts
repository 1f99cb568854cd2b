import { handle, preflight } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(async () => ({ body: { announcements: await app().announcements.current() } }), { isPublic: true })

export const POST = handle(async ({ account, body }) => {
  const answer = await app().announcements.post(account, body)
  return answer.ok ? { status: 201, body: { announcement: answer.announcement } } : answer
})
