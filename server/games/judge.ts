import { type Appended, append, type Draft, type Head, workOn } from '#domain/append.ts'
import { failure, type Result } from '#domain/errors.ts'
import { currentPeriod } from '#domain/fold.ts'
import type { LoggedPlay, PlayInput, PlayMarks } from '#domain/play.ts'
import { checkPlay } from '#domain/schema.ts'
import { playedAs } from '#domain/tie.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { canCorrect, canManage, canModerate, canScore } from '../policies.ts'
import { isTimeZone } from './days.ts'
import type { OpenGame } from './heads.ts'
import type { Targets } from './known.ts'
import { guarded, isOver } from './present.ts'
import { seat } from './roster.ts'

/** What who manages may do without the right to score: it changes no score. */
const SETTLING = new Set(['edit', 'status', 'note'])

/** One play of a command that is not in the log; `index` only where the command is a batch. */
export interface Fresh {
  input: PlayInput
  at: { index?: number }
  hash: string
}

/** Everything a command does before it is on disk, so that a refusal leaves nothing behind. */
export interface Working {
  head: Head
  changed: Set<number>
  checkpoints: Appended['checkpoints']
  refolded: boolean
  seats: { personId: string; side: 'home' | 'away'; name: string }[]
  plays: LoggedPlay[]
  hashes: string[]
  /** Of its own plays, after the last of them. */
  marks: Map<number, PlayMarks>
  by: string
  /** When its sender's newest play was made. */
  lastAt: string | null
}

/** Writes into ties what their matches come to. */
export const SERVER: Account = {
  id: 'server',
  name: 'Sideline',
  email: '',
  role: 'admin',
  scopes: ['admin'],
  grants: null,
  via: 'token',
  tokenId: 'server',
  rate: null,
}
/** A tie follows from its matches: nobody says otherwise, nor takes back what they came to. */
export const notTold = (path: string) => failure('INVALID_PAYLOAD', 'What a match of a tie comes to follows from its own game.', { path })

export const senderOf = (account: Account) => (account.via === 'token' ? `token:${account.tokenId}` : `user:${account.id}`)

/**
 * A command carried out on a copy of a head: each play checked against the sport and against who may do what now, and folded in.
 *
 * @param targets what its plays point at outside of the command
 */
export async function judge(
  context: Context,
  open: OpenGame,
  account: Account,
  fresh: readonly Fresh[],
  targets: Targets,
  arrivedAt: number,
): Promise<Result<{ working: Working }>> {
  const by = senderOf(account)
  const working: Working = {
    head: workOn(open.head),
    changed: new Set(),
    checkpoints: [],
    refolded: false,
    seats: [],
    plays: [],
    hashes: [],
    marks: new Map(),
    by,
    lastAt: open.senders.get(by) ?? (await newestOf(context, open.meta.id, by)),
  }
  const refs = new Map(targets)
  for (const { input, at, hash } of fresh) {
    if (input.kind === 'part' && account !== SERVER) return withIndex(notTold('kind'), at)
    const allowed = mayStill(account, open, working.head, input)
    if (!allowed.ok) return withIndex(allowed, at)
    const checked = checkPlay(playedAs(open.sport, open.meta.rules.values), input)
    if (!checked.ok) return withIndex(checked, at)
    const zone = input.kind === 'edit' ? checked.play.data?.timeZone : undefined
    if (typeof zone === 'string' && !isTimeZone(zone))
      return withIndex(failure('INVALID_PAYLOAD', 'Not a time zone.', { path: 'data.timeZone' }), at)
    const draft = resolve(checked.play, refs, working.head)
    if (!draft.ok) return withIndex(draft, at)
    const seated = seat(open, working.seats, checked.play)
    if (!seated.ok) return withIndex(seated, at)
    const { playerId, data } = seated
    const { lastAt } = working
    const when = new Date(Math.max(arrivedAt - (input.agoMs ?? 0), lastAt ? Date.parse(lastAt) : 0)).toISOString()
    const outcome = await appendTo(context, open, working, { ...draft.draft, input: { ...checked.play, data }, at: when, by, playerId })
    if ('refuse' in outcome) return withIndex(failure('INVALID_PAYLOAD', outcome.refuse, outcome.path ? { path: outcome.path } : {}), at)
    working.lastAt = when
    working.plays.push(outcome.play)
    working.hashes.push(hash)
    refs.set(input.id, outcome.play.seq)
    refs.set(outcome.play.seq, outcome.play.seq)
  }
  for (const { seq } of working.plays) {
    const marks = working.head.marks.get(seq)
    if (marks) working.marks.set(seq, marks)
  }
  return { ok: true, working }
}

export const withIndex = <F extends { ok: false; error: object }>(failed: F, at: { index?: number }): F => ({
  ...failed,
  error: { ...failed.error, ...at },
})

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
