import { handle, preflight } from '#app/api/handle.ts'
import { app } from '#server/app.ts'

export const OPTIONS = preflight
export const dynamic = 'force-dynamic'

/** The socket's updates for programs: `curl -N` is enough. Resumes by `Last-Event-ID`. */
export const GET = handle(async ({ account, request }, { gameId = '' }) => {
  const answer = await app().stream(account, gameId, request.headers.get('last-event-id'), request.signal)
  if (!answer.ok) return answer
  return new Response(answer.body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'content-encoding': 'none',
      'x-accel-buffering': 'no',
      'access-control-allow-origin': '*',
    },
  })
})
