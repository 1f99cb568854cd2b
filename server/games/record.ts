import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { type Appended, append, type Draft, type Head, trim, workOn } from '#domain/append.ts'
import { failure, type Result } from '#domain/errors.ts'
import { currentPeriod } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import type { LoggedPlay, Play, PlayInput, PlayMarks } from '#domain/play.ts'
import { checkPlay, firstIssue, playEnvelope } from '#domain/schema.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { canCorrect, canManage, canModerate, canRead, canScore } from '../policies.ts'
import type { PlayTable } from '../storage/schema.ts'
import { commitFailure, commitStatements } from './commit.ts'
import { isTimeZone } from './days.ts'
import type { OpenGame } from './heads.ts'
import { guarded, isOver, presentGame, presentPlay } from './present.ts'
import { whyMissing } from './read.ts'
import { seat } from './roster.ts'
import { toMarks, toPlay } from './rows.ts'

export const MAX_BATCH = 500
/** What who manages may do without the right to score: it changes no score. */
const SETTLING = new Set(['edit', 'status', 'note'])
const RETRIES = 3

export type Recorded = { seq: number; epoch: string; game: Game; plays: Play[]; created: boolean }
export type RecordResult = Result<Recorded> | { ok: false; error: ReturnType<typeof failure>['error']; game?: Game }

export interface Recorder {
  record(account: Account | null, gameId: string, inputs: unknown[], isBatch: boolean): Promise<RecordResult>
}

/**
 * The one way a play gets into a log: validate → reduce → append where the head is expected → commit with fsync → publish. Commands of one
 * game wait for each other; those of different games share commits.
 */
export function createRecorder(context: Context): Recorder {
  return {
    async record(account, gameId, inputs, isBatch) {
      const arrivedAt = context.now()
      const open = await context.heads.open(gameId)
      if (!open) return whyMissing(context, account, gameId)
      if (!canRead(account, guarded(open.game))) return failure('UNKNOWN_GAME', 'No such game.')
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      if (!canScore(account, guarded(open.game)) && !canManage(account, guarded(open.game)))
        return failure('FORBIDDEN', 'This account may not score this game.')
      const parsed = parseEnvelopes(inputs, isBatch)
      if (!parsed.ok) return parsed
      return context.turns.take(gameId, async () => {
        for (let attempt = 0; ; attempt++) {
          const answer = await tryRecord(context, account, gameId, parsed.plays, isBatch, arrivedAt)
          if (answer !== 'moved') return answer
          // Another node wrote first: what it wrote is told here too, and the command is judged anew on what is there now.
          await context.catchUp(gameId)
          if (attempt >= RETRIES) return failure('BUSY_RETRY', 'The game is being written by many at once.', { retryAfterMs: 200 })
        }
      })
    },
  }
}

function parseEnvelopes(inputs: unknown[], isBatch: boolean): Result<{ plays: PlayInput[] }> {
  if (inputs.length === 0) return failure('INVALID_PAYLOAD', 'No plays.')
  if (inputs.length > MAX_BATCH) return failure('INVALID_PAYLOAD', `At most ${MAX_BATCH} plays at once.`)
  const plays: PlayInput[] = []
  const seen = new Set<string>()
  for (const [index, input] of inputs.entries()) {
    const at = isBatch ? { index } : {}
    const parsed = playEnvelope.safeParse(input)
    if (!parsed.success) return withIndex(firstIssue(parsed.error), at)
    const play = parsed.data as PlayInput
    if (seen.has(play.id)) return failure('INVALID_PAYLOAD', 'The same id twice.', { path: 'id', ...at })
    seen.add(play.id)
    plays.push(play)
  }
  return { ok: true, plays }
}

const withIndex = <F extends { ok: false; error: object }>(failed: F, at: { index?: number }): F => ({
  ...failed,
  error: { ...failed.error, ...at },
})

type Known = Map<string, Selectable<PlayTable>>

async function tryRecord(
  context: Context,
  account: Account,
  gameId: string,
  inputs: PlayInput[],
  isBatch: boolean,
  arrivedAt: number,
): Promise<RecordResult | 'moved'> {
  const open = await context.heads.open(gameId)
  if (!open) return whyMissing(context, account, gameId)
  const { known, targets } = await lookUp(context, gameId, inputs)
  // Written by another node, or by this one when its answer was lost: whoever repeats it is told the game with it.
  for (const row of known.values()) if (row.seq > open.head.seq) return 'moved'
  const fresh: { input: PlayInput; index: number; hash: string }[] = []
  for (const [index, input] of inputs.entries()) {
    const hash = contentHash(input)
    const stored = known.get(input.id)
    if (!stored) fresh.push({ input, index, hash })
    else if (stored.hash !== hash) {
      return {
        ...failure('IDEMPOTENCY_MISMATCH', 'This id was sent before with other content.', { path: 'id', ...(isBatch ? { index } : {}) }),
        game: open.game,
      }
    }
  }
  if (fresh.length === 0) return answer(context, open, account, inputs, known, [], open.game)

  const [first] = inputs as [PlayInput]
  const moved = known.has(first.id) ? null : movedOn(open, first)
  if (moved) return { ...failure('CONFLICT', 'The game has moved on.', { path: moved, ...(isBatch ? { index: 0 } : {}) }), game: open.game }

  const working: Working = {
    head: workOn(open.head),
    window: null,
    changed: new Set(),
    checkpoints: [],
    refolded: false,
    seats: [],
    plays: [],
    hashes: [],
  }
  const refs = new Map(targets)
  const by = senderOf(account)
  let lastAt = open.senders.get(by) ?? (await newestOf(context, gameId, by))
  for (const { input, index, hash } of fresh) {
    const at = isBatch ? { index } : {}
    const allowed = mayStill(account, open, working.head, input)
    if (!allowed.ok) return { ...withIndex(allowed, at), game: open.game }
    const checked = checkPlay(open.sport, input)
    if (!checked.ok) return withIndex(checked, at)
    const zone = input.kind === 'edit' ? checked.play.data?.timeZone : undefined
    if (typeof zone === 'string' && !isTimeZone(zone))
      return withIndex(failure('INVALID_PAYLOAD', 'Not a time zone.', { path: 'data.timeZone' }), at)
    const draft = resolve(checked.play, refs, working.head)
    if (!draft.ok) return withIndex(draft, at)
    const seated = seat(open, working.seats, checked.play)
    if (!seated.ok) return withIndex(seated, at)
    const when = new Date(Math.max(arrivedAt - (input.agoMs ?? 0), lastAt ? Date.parse(lastAt) : 0)).toISOString()
    const outcome = await appendTo(context, open, working, { ...draft.draft, at: when, by, playerId: seated.playerId })
    if ('refuse' in outcome) return withIndex(failure('INVALID_PAYLOAD', outcome.refuse, outcome.path ? { path: outcome.path } : {}), at)
    lastAt = when
    working.plays.push(outcome.play)
    working.hashes.push(hash)
    refs.set(input.id, outcome.play.seq)
    refs.set(outcome.play.seq, outcome.play.seq)
  }
  return commit(context, open, account, working, inputs, known, by, lastAt)
}

/** Which of the sender's expectations of the game no longer holds. */
function movedOn(open: OpenGame, { expectedSeq, epoch }: PlayInput): 'epoch' | 'expectedSeq' | null {
  if (epoch !== undefined && epoch !== open.meta.epoch) return 'epoch'
  return expectedSeq !== undefined && expectedSeq !== open.head.seq ? 'expectedSeq' : null
}

/** Everything a command does before it is on disk, so that a refusal leaves nothing behind. */
export interface Working {
  head: Head
  /** Set when an older window had to be loaded. */
  window: true | null
  changed: Set<number>
  checkpoints: Appended['checkpoints']
  refolded: boolean
  seats: { personId: string; side: 'home' | 'away'; name: string }[]
  plays: LoggedPlay[]
  hashes: string[]
}

async function appendTo(
  context: Context,
  open: OpenGame,
  working: Working,
  draft: Draft,
): Promise<Appended | { refuse: string; path?: string }> {
  const rules = open.meta.rules.values
  for (;;) {
    const outcome = append(open.sport, rules, working.head, draft)
    if ('needs' in outcome) {
      await reachBack(context, open, working, outcome.needs)
      continue
    }
    if ('refuse' in outcome) return outcome
    for (const seq of outcome.changed) working.changed.add(seq)
    if (outcome.refolded) {
      working.refolded = true
      working.checkpoints = outcome.checkpoints
    } else working.checkpoints.push(...outcome.checkpoints)
    return outcome
  }
}

/** Exchanges the window for one that reaches back to an old play; what this command added so far stays in it. */
async function reachBack(context: Context, open: OpenGame, working: Working, seq: number): Promise<void> {
  const { window, marks } = await context.heads.olderWindow(open, seq)
  const added = working.head.window.plays.filter(play => play.seq > open.head.seq)
  const plays = [...window.plays, ...added].sort((a, b) => (a.order < b.order ? -1 : 1))
  if (!plays.some(play => play.seq === seq)) throw new Error(`Play ${seq} of game ${open.meta.id} is not in its own log.`)
  working.head.window = { ...window, plays }
  working.head.marks = new Map([...marks, ...working.head.marks])
  working.window = true
}

function resolve(input: PlayInput, refs: ReadonlyMap<string | number, number>, head: Head): Result<{ draft: Omit<Draft, 'at'> }> {
  const draft: Omit<Draft, 'at'> = { input }
  for (const field of ['voids', 'replaces', 'before'] as const) {
    const reference = input[field]
    if (reference === undefined) continue
    const seq = refs.get(reference)
    if (seq === undefined || seq > head.seq) return failure('INVALID_PAYLOAD', 'No such play in this game.', { path: field })
    draft[field] = seq
  }
  return { ok: true, draft }
}

/** Rights that depend on where the game stands: who may still add what once it is over, or official. */
function mayStill(account: Account, open: OpenGame, head: Head, input: PlayInput): Result<object> {
  const { official } = head.fold
  const game = guarded(open.game)
  if (official && !canCorrect(account, { ...game, official }))
    return failure('FORBIDDEN', 'The result is official; only who manages the league may correct it.')
  const makesUnofficial = input.kind === 'status' && input.data?.official === false
  if (makesUnofficial && !canManage(account, game)) return failure('FORBIDDEN', 'Only who manages the league may do that.')
  if (input.kind === 'edit' && input.data?.visibility !== undefined && !canManage(account, game)) {
    return failure('FORBIDDEN', 'Only who manages the league may change who sees a game.', { path: 'data.visibility' })
  }
  if (input.kind === 'edit' && input.data?.chat !== undefined && !canModerate(account, game)) {
    return failure('FORBIDDEN', 'Only who moderates may open or close a chat.', { path: 'data.chat' })
  }
  const isSettling = SETTLING.has(input.kind) && input.replaces === undefined && input.before === undefined
  const isLate = input.period !== undefined && input.period < currentPeriod(open.sport, open.meta.rules.values, head.fold)
  const isCorrection =
    input.kind === 'void' ||
    input.kind === 'note' ||
    input.kind === 'status' ||
    input.replaces !== undefined ||
    input.before !== undefined ||
    isLate
  if (
    isCorrection &&
    isOver(open.sport, open.meta, head.fold) &&
    !canCorrect(account, { ...game, official }) &&
    !(isSettling && canManage(account, game))
  ) {
    return failure('FORBIDDEN', 'This account may not correct a finished game.')
  }
  // Who manages without scoring settles details and status, and corrects what is official; the rest is the scorer's.
  if (!canScore(account, game) && !isSettling && !(official && isCorrection))
    return failure('FORBIDDEN', 'This account may not score this game.')
  return { ok: true }
}

async function lookUp(
  context: Context,
  gameId: string,
  inputs: PlayInput[],
): Promise<{ known: Known; targets: Map<string | number, number> }> {
  const { db } = context.storage
  const ids = new Set(inputs.map(input => input.id))
  const seqs = new Set<number>()
  for (const { voids, replaces, before } of inputs) {
    for (const reference of [voids, replaces, before]) {
      if (typeof reference === 'string') ids.add(reference)
      else if (reference !== undefined) seqs.add(reference)
    }
  }
  const plays = db.selectFrom('plays').where('game_id', '=', gameId)
  const queries = [
    plays
      .where('id', 'in', [...ids])
      .selectAll()
      .compile(),
  ]
  if (seqs.size > 0)
    queries.push(
      plays
        .where('seq', 'in', [...seqs])
        .selectAll()
        .compile(),
    )
  const rows = (await context.storage.readBatch(queries)).flat() as Selectable<PlayTable>[]
  const sent = new Set(inputs.map(input => input.id))
  const known: Known = new Map(rows.filter(row => sent.has(row.id)).map(row => [row.id, row]))
  const targets = new Map<string | number, number>()
  for (const row of rows) targets.set(row.id, row.seq).set(row.seq, row.seq)
  return { known, targets }
}

async function newestOf(context: Context, gameId: string, by: string): Promise<string | null> {
  const row = await context.storage.db
    .selectFrom('plays')
    .where('game_id', '=', gameId)
    .where('by', '=', by)
    .select('at')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? new Date(row.at).toISOString() : null
}

const senderOf = (account: Account) => (account.via === 'token' ? `token:${account.tokenId}` : `user:${account.id}`)

/** What makes two sends the same play: every field but those that say when it was sent and what the sender had seen. */
function contentHash(input: PlayInput): string {
  const { expectedSeq: _seq, epoch: _epoch, agoMs: _ago, ...content } = input
  return createHash('sha256').update(canonical(content)).digest('base64url')
}
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`)
    .join(',')}}`
}

async function commit(
  context: Context,
  open: OpenGame,
  account: Account,
  working: Working,
  inputs: PlayInput[],
  known: Known,
  by: string,
  lastAt: string | null,
): Promise<RecordResult | 'moved'> {
  const { head } = working
  const updatedAt = context.now()
  const roster = [
    ...open.roster,
    ...working.seats.map(person => ({ id: person.personId, side: person.side, name: person.name, number: null })),
  ]
  const game = presentGame(open.sport, open.meta, head.fold, head.seq, new Date(updatedAt).toISOString(), roster)
  const began = performance.now()
  const written = await context.storage.write(commitStatements(context.storage.db, open, working, game, updatedAt))
  context.bus.publish('measured', { what: 'commit', ms: performance.now() - began })
  if (!written.ok) {
    if (written.reason === 'guard' || written.reason === 'unique') return 'moved'
    return commitFailure(written.reason)
  }
  trim(open.sport, open.meta.rules.values, head)
  const next: OpenGame = { ...open, head, game, roster, names: new Map(roster.map(person => [person.id, person.name])) }
  if (lastAt) next.senders.set(by, lastAt)
  context.heads.put(next)
  const plays = working.plays.map(play => presentPlay(open.sport, game, next.names, play, head.marks.get(play.seq), false))
  context.bus.publish('played', { game, plays })
  return answer(context, next, account, inputs, known, working.plays, game)
}

/** The plays of this request as they stand now, in the order they were sent. */
async function answer(
  context: Context,
  open: OpenGame,
  account: Account,
  inputs: PlayInput[],
  known: Known,
  added: LoggedPlay[],
  game: Game,
): Promise<Result<Recorded>> {
  const marks = await marksOf(
    context,
    open,
    [...known.values()].map(row => row.seq),
  )
  const byId = new Map<string, LoggedPlay>([
    ...[...known].map(([id, row]) => [id, toPlay(row)] as const),
    ...added.map(play => [play.id, play] as const),
  ])
  const plays = inputs.flatMap(input => {
    const play = byId.get(input.id)
    return play
      ? [
          presentPlay(
            open.sport,
            game,
            open.names,
            play,
            open.head.marks.get(play.seq) ?? marks.get(play.seq),
            canScore(account, guarded(game)),
          ),
        ]
      : []
  })
  return { ok: true, seq: Math.max(...plays.map(play => play.seq)), epoch: game.epoch, game, plays, created: added.length > 0 }
}

async function marksOf(context: Context, open: OpenGame, seqs: number[]): Promise<Map<number, PlayMarks>> {
  if (seqs.length === 0) return new Map()
  const rows = await context.storage.db
    .selectFrom('marks')
    .where('game_id', '=', open.meta.id)
    .where('seq', 'in', seqs)
    .selectAll()
    .execute()
  return new Map(rows.map(row => [row.seq, toMarks(row)]))
}
