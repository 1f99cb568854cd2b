import type { SidelineError } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import type { Play, PlayInput } from '#domain/play.ts'

/** What became of plays that were sent. */
export type Posted =
  /** On disk. */
  | { is: 'saved'; epoch: string; game: Game; plays: Play[] }
  /** One of them (`error.index` of an array) cannot be, whoever sends it and however often. */
  | { is: 'refused'; error: SidelineError }
  /** Nobody can tell yet: to be sent again. */
  | { is: 'later'; why: 'offline' | 'busy'; afterMs?: number }
  /** Nothing more of this game can be sent until somebody does something about it. */
  | { is: 'stopped'; why: 'signed-out' | 'forbidden' | 'gone'; message: string }

export type PostPlays = (plays: readonly PlayInput[]) => Promise<Posted>

const ANSWER_MS = 10_000

export function createPostPlays(gameId: string, fetch: typeof globalThis.fetch): PostPlays {
  const url = `/api/v1/games/${encodeURIComponent(gameId)}/plays`
  return async plays => {
    let response: Response
    let body: unknown
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(plays.length === 1 ? plays[0] : plays),
        signal: AbortSignal.timeout(ANSWER_MS),
        credentials: 'same-origin',
        cache: 'no-store',
      })
      body = await response.json()
    } catch {
      // No answer, half an answer, or the sign-in page of a café's network: all the same to a play.
      return { is: 'later', why: 'offline' }
    }
    return read(response.status, body, plays.length)
  }
}

type Body = { error?: SidelineError; game?: Game; plays?: Play[]; epoch?: string }

function read(status: number, body: unknown, sent: number): Posted {
  const { error, game, plays, epoch } = (body ?? {}) as Body
  if (status === 200 || status === 201) {
    const isWhole = game && epoch !== undefined && plays?.length === sent
    return isWhole ? { is: 'saved', epoch, game, plays } : { is: 'later', why: 'offline' }
  }
  if (!error?.code) return { is: 'later', why: status >= 500 ? 'busy' : 'offline' }
  if (error.retryable || status >= 500 || status === 429) return { is: 'later', why: 'busy', afterMs: error.retryAfterMs }
  if (status === 401) return { is: 'stopped', why: 'signed-out', message: error.message }
  if (status === 404 || status === 410) return { is: 'stopped', why: 'gone', message: error.message }
  // With the game beside it the refusal is about this play; without, about whoever sends it.
  if (status === 403 && !game) return { is: 'stopped', why: 'forbidden', message: error.message }
  return { is: 'refused', error }
}
