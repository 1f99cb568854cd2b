import { failure, type Result } from '#domain/errors.ts'
import type { Game } from '#domain/game.ts'
import type { LoggedPlay, Play, PlayInput } from '#domain/play.ts'
import { firstIssue, playEnvelope } from '#domain/schema.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { canManage, canRead, canScore } from '../policies.ts'
import { createCommits } from './commits.ts'
import type { OpenGame } from './heads.ts'
import { type Fresh, judge, notTold, type Working, withIndex } from './judge.ts'
import { contentHash, type Known, lookUp, marksOf, referencesOf } from './known.ts'
import { guarded, presentPlay } from './present.ts'
import { whyMissing } from './read.ts'
import { toPlay } from './rows.ts'

export const MAX_BATCH = 500
const RETRIES = 3

export type Recorded = { seq: number; epoch: string; game: Game; plays: Play[]; created: boolean }
export type RecordResult = Result<Recorded> | { ok: false; error: ReturnType<typeof failure>['error']; game?: Game }

export interface Recorder {
  record(account: Account | null, gameId: string, inputs: unknown[], isBatch: boolean): Promise<RecordResult>
}

interface Command {
  account: Account
  gameId: string
  inputs: PlayInput[]
  isBatch: boolean
  /** Milliseconds since 1970. */
  arrivedAt: number
}

/**
 * The one way a play gets into a log: validate → reduce → append where the head is expected → commit with fsync → publish. Commands of one
 * game are judged one after the other, each on what the one before it makes of the game; those that wait together share commits.
 */
export function createRecorder(context: Context): Recorder {
  const commits = createCommits(context)

  /** As if its plays were new and everything under way reached the disk, which is nearly always so. Null when it cannot be said like that. */
  function swiftly({ account, gameId, inputs, isBatch, arrivedAt }: Command): Promise<RecordResult | 'moved' | null> {
    return context.turns.follow<RecordResult | 'moved' | null>(gameId, async () => {
      const ended = (answer: null) => ({ ended: Promise.resolve(answer) })
      const ahead = await commits.newest(gameId)
      if (!ahead || movedOn(ahead.open, inputs[0] as PlayInput)) return ended(null)
      const fresh = inputs.map((input, index) => ({ input, at: isBatch ? { index } : {}, hash: contentHash(input) }))
      const judged = await judge(context, ahead.open, account, fresh, new Map(), arrivedAt)
      if (!judged.ok) return ended(null)
      const written = commits.begin(ahead, judged.working)
      return {
        ended: written.then(async outcome => {
          if (outcome === 'moved') return outcome
          return outcome.ok ? answer(context, outcome.open, account, inputs, new Map(), judged.working) : outcome
        }),
      }
    })
  }

  /** With the game to itself, and everything known that there is to know. */
  async function thoroughly({ account, gameId, inputs, isBatch, arrivedAt }: Command): Promise<RecordResult | 'moved'> {
    const open = await context.heads.open(gameId)
    if (!open) return whyMissing(context, account, gameId)
    const { known, targets, news } = await lookUp(context, gameId, inputs)
    // Written by another node, or by this one when its answer was lost: whoever repeats it is told the game with it.
    for (const row of known.values()) if (row.seq > open.head.seq) return 'moved'
    for (const seq of targets.values()) if (seq > open.head.seq) return 'moved'
    const fresh: Fresh[] = []
    for (const [index, input] of inputs.entries()) {
      const hash = contentHash(input)
      const at = isBatch ? { index } : {}
      const stored = known.get(input.id)
      const taken = (['voids', 'replaces'] as const).find(field => news.has(targets.get(input[field] ?? '') ?? -1))
      if (taken) return withIndex(notTold(taken), at)
      if (!stored) fresh.push({ input, at, hash })
      else if (stored.hash !== hash) {
        return {
          ...failure('IDEMPOTENCY_MISMATCH', 'This id was sent before with other content.', { path: 'id', ...at }),
          game: open.game,
        }
      }
    }
    if (fresh.length === 0) return answer(context, open, account, inputs, known, null)

    const [first] = inputs as [PlayInput]
    const moved = known.has(first.id) ? null : movedOn(open, first)
    if (moved)
      return { ...failure('CONFLICT', 'The game has moved on.', { path: moved, ...(isBatch ? { index: 0 } : {}) }), game: open.game }

    const judged = await judge(context, open, account, fresh, targets, arrivedAt)
    if (!judged.ok) return judged.error.code === 'FORBIDDEN' ? { ...judged, game: open.game } : judged
    const outcome = await commits.begin({ open, chain: null }, judged.working)
    if (outcome === 'moved' || !outcome.ok) return outcome
    return answer(context, outcome.open, account, inputs, known, judged.working)
  }

  return {
    async record(account, gameId, sent, isBatch) {
      const arrivedAt = context.now()
      const open = await context.heads.open(gameId)
      if (!open) return whyMissing(context, account, gameId)
      if (!canRead(account, guarded(open.game))) return failure('UNKNOWN_GAME', 'No such game.')
      if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
      if (!canScore(account, guarded(open.game)) && !canManage(account, guarded(open.game)))
        return failure('FORBIDDEN', 'This account may not score this game.')
      const parsed = parseEnvelopes(sent, isBatch)
      if (!parsed.ok) return parsed
      const command = { account, gameId, inputs: parsed.plays, isBatch, arrivedAt }
      // What points at other plays has to be shown them first.
      const isPlain = parsed.plays.every(play => referencesOf(play).length === 0)
      const first = isPlain && commits.areInOrder ? await swiftly(command) : null
      if (first !== null && first !== 'moved') return first
      return context.turns.take(gameId, async () => {
        let outcome: RecordResult | 'moved' | null = first
        for (let attempt = 0; ; attempt++) {
          // Another node wrote first: what it wrote is told here too, and the command is judged anew on what is there now.
          if (outcome === 'moved') await context.catchUp(gameId)
          outcome = await thoroughly(command)
          if (outcome !== 'moved') return outcome
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

/** Which of the sender's expectations of the game no longer holds. */
function movedOn(open: OpenGame, { expectedSeq, epoch }: PlayInput): 'epoch' | 'expectedSeq' | null {
  if (epoch !== undefined && epoch !== open.meta.epoch) return 'epoch'
  return expectedSeq !== undefined && expectedSeq !== open.head.seq ? 'expectedSeq' : null
}

/** The plays of this request as they stand now, in the order they were sent. */
async function answer(
  context: Context,
  open: OpenGame,
  account: Account,
  inputs: PlayInput[],
  known: Known,
  working: Working | null,
): Promise<Result<Recorded>> {
  const { game, head, sport, names, meta } = open
  const marks = await marksOf(
    context,
    meta.id,
    [...known.values()].map(row => row.seq),
  )
  const byId = new Map<string, LoggedPlay>([
    ...[...known].map(([id, row]) => [id, toPlay(row)] as const),
    ...(working?.plays ?? []).map(play => [play.id, play] as const),
  ])
  const isScorer = canScore(account, guarded(game))
  const plays = inputs.flatMap(input => {
    const play = byId.get(input.id)
    if (!play) return []
    const { seq } = play
    return [presentPlay(sport, game, names, play, working?.marks.get(seq) ?? head.marks.get(seq) ?? marks.get(seq), isScorer)]
  })
  return { ok: true, seq: Math.max(...plays.map(play => play.seq)), epoch: game.epoch, game, plays, created: working !== null }
}
