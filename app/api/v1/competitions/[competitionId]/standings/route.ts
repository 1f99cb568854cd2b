import { handle, preflight } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(
  async (_, { competitionId = '' }) => {
    const answer = await app().pages.competition(competitionId)
    return answer.ok ? { body: { competition: answer.page.competition, rows: answer.page.rows } } : answer
  },
  { isPublic: true },
)
