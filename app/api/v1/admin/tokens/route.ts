import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const GET = handle(async ({ account }) => {
  const answer = await app().admin.tokens.list(account)
  return answer.ok ? { body: { tokens: answer.tokens } } : answer
})

export const POST = handle(async ({ account, body }) => {
  const answer = await app().admin.tokens.create(account, body)
  return answer.ok ? { status: 201, body: { token: answer.token, id: answer.id } } : answer
})
