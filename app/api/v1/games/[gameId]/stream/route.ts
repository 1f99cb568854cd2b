import { handle, preflight } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight
export const dynamic = 'force-dynamic'

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'content-encoding': 'none',
  'x-accel-buffering': 'no',
  'access-control-allow-origin': '*',
}

/** The socket's updates for programs: `curl -N` is enough. Resumes by `Last-Event-ID`. */
export const GET = handle(
  async ({ account, request }, { gameId = '' }) => {
    const answer = await app().stream(account, gameId, request.headers.get('last-event-id'), request.signal)
    return answer.ok ? new Response(answer.body, { headers: HEADERS }) : answer
  },
  { isPublic: true },
)

/** Its own, so that nobody who asks for headers alone keeps a stream open. */
export const HEAD = handle(
  async ({ account }, { gameId = '' }) => {
    const answer = await app().games.get(account, gameId)
    return answer.ok ? new Response(null, { headers: HEADERS }) : answer
  },
  { isPublic: true },
)
