import { handle, preflight } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(async (_, { competitionId = '' }) => shown(await app().competitions.get(competitionId)), { isPublic: true })

export const PATCH = handle(async ({ account, body }, { competitionId = '' }) =>
  shown(await app().competitions.change(account, competitionId, body)),
)

export const DELETE = handle(async ({ account }, { competitionId = '' }) => {
  const answer = await app().competitions.remove(account, competitionId)
  return answer.ok ? { body: { ok: true } } : answer
})

const shown = (answer: Awaited<ReturnType<ReturnType<typeof app>['competitions']['get']>>) =>
  answer.ok ? { body: { competition: answer.competition } } : answer
