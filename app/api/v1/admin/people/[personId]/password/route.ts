import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const POST = handle(async ({ account, body }, { personId = '' }) => {
  const answer = await app().admin.people.resetPassword(account, personId, body)
  return answer.ok ? { body: { ok: true, ...(answer.password ? { password: answer.password } : {}) } } : answer
})
