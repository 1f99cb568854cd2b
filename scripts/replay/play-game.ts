import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Game } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'
import { SPORTS } from '#domain/sports/index.ts'
import type { Answer, Api, ApiError } from '#scripts/api.ts'
import type { GameToCreate, ReplayAdapter } from './adapter.ts'
import type { AnyRecord } from './adapters.ts'
import { exceptionOf } from './exceptions.ts'
import { momentsOf } from './pace.ts'

/** What is said of one game, as one line of JSON. */
export interface GameLine {
  file: string
  id: string
  /** Null when the game could not be created. */
  gameId: string | null
  ok: boolean
  /** What differs from the record, one line each. */
  diff?: string[]
  /** What the result had to give because no play carries it. */
  given: string[]
  why?: string
}

/** Real time times this, or as fast as the server takes it. */
export type Speed = number | 'max'

/** Every game would fail the same way: the replay stops with this line. */
export class Hopeless extends Error {}

const BATCH_PLAYS = 500
/** The API takes half a megabyte; the rest is for letters that count more than one byte. */
const BATCH_CHARACTERS = 250_000
const NO_RIGHT = new Set<ApiError['code']>(['UNAUTHENTICATED', 'AUTH_INVALID', 'FORBIDDEN'])

export interface Played {
  line: GameLine
  plays: number
}

interface Task {
  file: string
  record: AnyRecord
  adapter: ReplayAdapter<AnyRecord>
  speed: Speed
}

/** Plays one recorded game through the API and compares what is read back with what was recorded. */
export async function playGame(api: Api, { file, record, adapter, speed }: Task): Promise<Played> {
  const { id, expected } = record
  const exception = exceptionOf(adapter.sport, id)
  const line: GameLine = { file, id, gameId: null, ok: false, given: [] }
  const tell = (diff: string[], plays = 0): Played => {
    const isCompared = expected !== undefined && expected !== null
    const why = exception?.why ?? (diff.length === 0 && !isCompared ? 'the record has no result to compare with' : undefined)
    return { line: { ...line, ok: diff.length === 0, ...(diff.length > 0 ? { diff } : {}), ...(why ? { why } : {}) }, plays }
  }

  let toCreate: GameToCreate
  let plays: PlayInput[]
  try {
    toCreate = adapter.game(record)
    ;({ plays, given: line.given } = adapter.plays(record))
  } catch (error) {
    return tell([`the record cannot be read: ${error instanceof Error ? error.message : String(error)}`])
  }
  const created = await api.post<{ game: Game }>('/api/v1/games', {
    ...toCreate,
    sport: adapter.sport,
    externalId: externalId(adapter.sport, toCreate, plays),
  })
  if (!created.ok) return tell([`the game was not created: ${sayError(created.error)}`])
  const { game } = created.body
  line.gameId = game.id

  const refused = speed === 'max' ? await sendAll(api, game.id, plays) : await sendPaced(api, game, plays, speed)
  if (refused) return tell([refused], plays.length)
  const read = await api.get<{ game: Game }>(`/api/v1/games/${game.id}`)
  if (!read.ok) return tell([`the game cannot be read back: ${sayError(read.error)}`], plays.length)
  return tell(adapter.compare(record, read.body.game), plays.length)
}

/** The same plays are the same game, however often they are replayed; a record that changed is another one. */
function externalId(sport: string, game: GameToCreate, plays: readonly PlayInput[]): string {
  const content = createHash('sha256')
    .update(JSON.stringify([game, plays]))
    .digest('base64url')
    .slice(0, 16)
  return `replay/${sport}/${game.externalId.slice(0, 70)}/${content}`
}

async function sendAll(api: Api, gameId: string, plays: readonly PlayInput[]): Promise<string | null> {
  for (let from = 0; from < plays.length; ) {
    const batch = batchFrom(plays, from)
    const refused = await send(api, gameId, batch)
    if (refused) return refused
    from += batch.length
  }
  return null
}

function batchFrom(plays: readonly PlayInput[], from: number): readonly PlayInput[] {
  let characters = 0
  let to = from
  while (to < plays.length && to - from < BATCH_PLAYS) {
    characters += JSON.stringify(plays[to]).length
    if (characters > BATCH_CHARACTERS && to > from) break
    to += 1
  }
  return plays.slice(from, to)
}

/** Each play when it was made, those of one moment together. */
async function sendPaced(api: Api, game: Game, plays: readonly PlayInput[], speed: number): Promise<string | null> {
  const sport = (await SPORTS[game.sport]?.())?.sport
  if (!sport) return `there is no sport ${game.sport}`
  const moments = momentsOf(sport, game.rules.values, plays)
  const began = performance.now()
  for (let from = 0; from < plays.length; ) {
    await sleep((moments[from] ?? 0) / speed - (performance.now() - began))
    const now = (performance.now() - began) * speed
    let to = from + 1
    while (to < plays.length && to - from < BATCH_PLAYS && (moments[to] ?? 0) <= now) to += 1
    const refused = await sendAll(api, game.id, plays.slice(from, to))
    if (refused) return refused
    from = to
  }
  return null
}

/** Why the server took none of these plays, or null when it has them all. */
async function send(api: Api, gameId: string, plays: readonly PlayInput[]): Promise<string | null> {
  const answer = await api.post(`/api/v1/games/${gameId}/plays`, plays)
  if (answer.ok) return null
  const play = plays[answer.error.index ?? -1]
  return play ? `play ${JSON.stringify(play)} was refused: ${sayError(answer.error)}` : `plays were refused: ${sayError(answer.error)}`
}

function sayError(error: ApiError): string {
  if (NO_RIGHT.has(error.code)) throw new Hopeless(`${error.message} The token needs the scopes score and manage.`)
  if (error.code === 'NETWORK') throw new Hopeless(`the server does not answer any more (${error.message})`)
  return `${error.message} (${[error.code, error.path].filter(Boolean).join(', ')})`
}

/** Stops at once where nothing can be played: nobody answers, or the token is not known. */
export async function requireServer(api: Api, url: string): Promise<void> {
  const answer: Answer<unknown> = await api.get('/api/v1/games?limit=1')
  if (answer.ok) return
  const { code, message } = answer.error
  if (NO_RIGHT.has(code)) throw new Hopeless(message)
  throw new Hopeless(`no Sideline answers at ${url} (${message}): start one with npm start, or say where it is with --url`)
}
