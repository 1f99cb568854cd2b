import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Game } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { TIE_PACK } from '#domain/tie.ts'
import type { Answer, Api, ApiError } from '#scripts/api.ts'
import { type GameToCreate, printable, type ReplayAdapter } from './adapter.ts'
import type { AnyRecord } from './adapters.ts'
import { exceptionOf } from './exceptions.ts'
import { momentsOf } from './pace.ts'

/** What is said of one game, as one line of JSON. */
export interface GameLine {
  file: string
  id: string
  /** Null when the game could not be created. */
  gameId: string | null
  /** Of a tie: the games that its matches became. */
  parts?: string[]
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
  /** There was a result to compare with. */
  isJudged: boolean
}

interface Task {
  file: string
  record: AnyRecord
  adapter: ReplayAdapter<AnyRecord>
  speed: Speed
}

/** Plays one recorded game through the API and compares what is read back with what was recorded; of a tie, its matches and then itself. */
export async function playGame(api: Api, task: Task): Promise<Played> {
  const { file, record, adapter } = task
  const { id, expected } = record
  const exception = exceptionOf(adapter.sport, id)
  const line: GameLine = { file, id, gameId: null, ok: false, given: [] }
  let told: Outcome
  try {
    const matches = adapter.split?.(record) ?? []
    told = matches.length > 0 ? await playTie(api, task, matches, line) : await play(api, task, line)
  } catch (error) {
    // One record that is not as records are keeps no other from being replayed.
    if (error instanceof Hopeless) throw error
    told = { diff: [unread(error)], plays: 0 }
  }
  const isHeld = told.diff.length === 0
  const isJudged = hasResult(expected)
  const why = exception?.why ?? (isHeld && !isJudged ? NO_RESULT : undefined)
  return {
    line: { ...line, ok: isHeld, ...(isHeld ? {} : { diff: told.diff }), ...(why ? { why } : {}) },
    plays: told.plays,
    isJudged,
  }
}

const NO_RESULT = 'the record has no result to compare with'
/** Whether a record says anything of its result. */
const hasResult = (expected: unknown) =>
  typeof expected === 'object' && expected !== null && Object.values(expected).some(told => told !== undefined && told !== null)
const unread = (error: unknown) => `the record cannot be read: ${reasonOf(error)}`

interface Outcome {
  diff: string[]
  plays: number
}

/** A game from its creation to its comparison. What becomes known of it on the way goes into `line`. */
async function play(api: Api, { record, adapter, speed }: Task, line: GameLine, partOf?: string): Promise<Outcome> {
  let toCreate: GameToCreate
  let plays: PlayInput[]
  try {
    toCreate = adapter.game(record)
    ;({ plays, given: line.given } = adapter.plays(record))
  } catch (error) {
    return { diff: [unread(error)], plays: 0 }
  }
  const created = await create(api, adapter.sport, toCreate, plays, partOf)
  if (!created.ok) return { diff: [`the game was not created: ${sayError(created.error)}`], plays: 0 }
  const { game } = created.body
  line.gameId = game.id
  const refused = speed === 'max' ? await sendAll(api, game.id, plays) : await sendPaced(api, game, plays, speed)
  if (refused) return { diff: [refused], plays: plays.length }
  return { diff: await compareRead(api, adapter, record, game.id), plays: plays.length }
}

/** A tie: all its matches are there before the first is played. */
async function playTie(api: Api, task: Task, matches: readonly AnyRecord[], line: GameLine): Promise<Outcome> {
  const { adapter, record } = task
  let toCreate: GameToCreate
  let parts: { match: AnyRecord; plays: PlayInput[]; given: string[] }[]
  try {
    const { rules, ...game } = adapter.game(record)
    toCreate = { ...game, rules: rules ?? { pack: TIE_PACK.id } }
    parts = matches.map(match => ({ match, ...adapter.plays(match) }))
  } catch (error) {
    return { diff: [unread(error)], plays: 0 }
  }
  const all = parts.flatMap(part => part.plays)
  const tie = await create(api, adapter.sport, toCreate, all)
  if (!tie.ok) return { diff: [`the tie was not created: ${sayError(tie.error)}`], plays: 0 }
  const { id } = tie.body.game
  line.gameId = id
  line.parts = []
  line.given = parts.flatMap(part => part.given)
  for (const { match, plays } of parts) {
    const created = await create(api, adapter.sport, adapter.game(match), plays, id)
    if (!created.ok) return { diff: [`match ${match.id} was not created: ${sayError(created.error)}`], plays: 0 }
    line.parts.push(created.body.game.id)
  }
  const diff: string[] = []
  for (const { match } of parts) {
    const own: GameLine = { ...line, id: match.id }
    const { diff: differing } = await play(api, { ...task, record: match }, own, id)
    diff.push(...differing.map(text => `match ${match.id}: ${text}`))
  }
  return { diff: [...diff, ...(await compareRead(api, adapter, record, id))], plays: all.length }
}

/** The same plays are the same game: asked for again, it is the one there is. */
const create = (api: Api, sport: string, game: GameToCreate, plays: readonly PlayInput[], partOf?: string) =>
  api.post<{ game: Game }>('/api/v1/games', { ...game, sport, externalId: externalId(sport, game, plays), ...(partOf ? { partOf } : {}) })

async function compareRead(api: Api, adapter: Task['adapter'], record: AnyRecord, gameId: string): Promise<string[]> {
  const read = await api.get<{ game: Game }>(`/api/v1/games/${gameId}`)
  if (!read.ok) return [`the game cannot be read back: ${sayError(read.error)}`]
  try {
    return adapter.compare(record, read.body.game)
  } catch (error) {
    return [`the result cannot be compared: ${reasonOf(error)}`]
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

/** The same plays are the same game, however often they are replayed; a record that changed is another one. */
function externalId(sport: string, game: GameToCreate, plays: readonly PlayInput[]): string {
  const content = createHash('sha256')
    .update(JSON.stringify([game, plays]))
    .digest('base64url')
    .slice(0, 16)
  return `replay/${sport}/${printable(game.externalId)}/${content}`
}

/** Why these plays were not taken, or null when the server has them all. */
export async function sendAll(api: Api, gameId: string, plays: readonly PlayInput[]): Promise<string | null> {
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

export function sayError(error: ApiError): string {
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
