import { handle } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const GET = handle(async ({ account, url }) => {
  const answer = await app().players.find(account, url.searchParams.get('name'))
  return answer.ok ? { body: { people: answer.people } } : answer
})
