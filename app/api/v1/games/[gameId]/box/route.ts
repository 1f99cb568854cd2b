import { handle, preflight } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight

export const GET = handle(
  async ({ account }, { gameId = '' }) => {
    const answer = await app().games.box(account, gameId)
    return answer.ok ? { body: { epoch: answer.epoch, seq: answer.seq, tables: answer.tables } } : answer
  },
  { isPublic: true },
)
