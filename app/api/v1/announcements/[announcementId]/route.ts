import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const DELETE = handle(async ({ account }, { announcementId = '' }) => {
  const answer = await app().announcements.remove(account, announcementId)
  return answer.ok ? { body: { ok: true } } : answer
})
