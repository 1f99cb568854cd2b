import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const PATCH = handle(async ({ account, body }) => {
  const answer = await app().settings.change(account, body)
  return answer.ok ? { body: { settings: answer.settings } } : answer
})
