import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const PATCH = handle(async ({ account, body }, { personId = '' }) => {
  const answer = await app().admin.people.change(account, personId, body)
  return answer.ok ? { body: { person: answer.person } } : answer
})

export const DELETE = handle(async ({ account }, { personId = '' }) => {
  const answer = await app().admin.people.remove(account, personId)
  return answer.ok ? { body: { ok: true } } : answer
})
