import type { Game, GameUpdate, RosterEntry } from './game.ts'
import type { Play } from './play.ts'
import type { UpdateMessage, WatchAnswer } from './protocol.ts'

/** Updates kept back while a gap is being filled; one more and the gap is asked for at once. */
export const MAX_HELD = 32
/** How long a caller lets a gap close by itself before it sends `waited`. */
export const HOLD_MS = 300

/**
 * One game as a page follows it. `plays` is a contiguous block that ends at `seq`; the header (`game`) may already be newer, since any
 * update repairs it at once. Nothing in here ever goes backwards within an epoch.
 */
export interface Followed {
  epoch: string
  seq: number
  game: Game
  plays: readonly Play[]
  held: readonly UpdateMessage[]
  /** `watch`: ask the server again, from `watchFrom`. */
  needs: null | 'watch'
  /** The epoch in hand is not the server's any more: the next watch goes without a seq. */
  isLost: boolean
}

export type FollowInput =
  | { type: 'update'; message: UpdateMessage }
  /** The hold time of a gap is over. */
  | { type: 'waited' }
  /** `asked` is what the watch went out with: an answer to a question that no longer stands is not taken. */
  | { type: 'answer'; asked: { epoch?: string; seq?: number }; answer: WatchAnswer }
  /** Older plays, read over HTTP, that end where `plays` begins (or overlap it). */
  | { type: 'earlier'; epoch: string; plays: readonly Play[] }

export function openFollowed(game: Game, plays: readonly Play[]): Followed {
  const tail = tailOf(plays.filter(play => play.seq <= game.seq))
  return { epoch: game.epoch, seq: tail.at(-1)?.seq ?? game.seq, game, plays: tail, held: [], needs: null, isLost: false }
}

/** What the next `game:watch` carries beside the game's id. */
export function watchFrom(state: Followed): { epoch?: string; seq?: number } {
  return state.isLost ? {} : { epoch: state.epoch, seq: state.seq }
}

/** Whether `plays` reaches back to the first play. */
export const hasWholeLog = (state: Followed) => state.seq === 0 || state.plays[0]?.seq === 1

export function follow(state: Followed, input: FollowInput): Followed {
  switch (input.type) {
    case 'update':
      return takeUpdate(state, input.message)
    case 'waited':
      return state.held.length > 0 ? { ...state, needs: 'watch' } : state
    case 'answer':
      return isStale(state, input.asked) ? state : takeAnswer(state, input.answer)
    case 'earlier':
      return takeEarlier(state, input.epoch, input.plays)
  }
}

function takeUpdate(state: Followed, message: UpdateMessage): Followed {
  if (message.epoch !== state.epoch) return { ...state, isLost: true, needs: 'watch' }
  if (state.isLost || message.seq <= state.seq) return state
  const repaired = { ...state, game: newer(state.game, message) }
  if (message.resync) return { ...repaired, needs: 'watch' }
  return isNext(state, message.plays) ? release(append(repaired, message.plays)) : hold(repaired, message)
}

const isStale = (state: Followed, asked: { epoch?: string }) => asked.epoch !== undefined && (state.isLost || asked.epoch !== state.epoch)

function takeAnswer(state: Followed, answer: WatchAnswer): Followed {
  if (answer.mode === 'snapshot') return takeSnapshot(state, answer.game, answer.plays)
  if (answer.epoch !== state.epoch) return { ...state, isLost: true, needs: 'watch' }
  if (answer.mode === 'same') return settle(state, answer.seq)
  const repaired = { ...state, game: newer(state.game, answer) }
  if (answer.seq > state.seq && !isNext(state, answer.plays)) return { ...repaired, isLost: true, needs: 'watch' }
  return settle(release(append(repaired, answer.plays)), answer.seq)
}

/** A snapshot of the same epoch that is behind what is held was overtaken on its way. */
function takeSnapshot(state: Followed, game: Game, plays: readonly Play[]): Followed {
  if (game.epoch !== state.epoch) return openFollowed(game, plays)
  const known: Followed = { ...state, isLost: false }
  if (game.seq <= state.seq) return settle(known, game.seq)
  const repaired = { ...known, game: game.seq >= state.game.seq ? game : state.game }
  const joined = isNext(state, plays) ? append(repaired, plays) : { ...repaired, plays: tailOf(plays), seq: game.seq }
  return settle(release(joined), game.seq)
}

function takeEarlier(state: Followed, epoch: string, plays: readonly Play[]): Followed {
  const first = state.plays[0]?.seq ?? state.seq + 1
  const older = plays.filter(play => play.seq < first)
  if (epoch !== state.epoch || older.at(-1)?.seq !== first - 1) return state
  return { ...state, plays: [...tailOf(older), ...state.plays] }
}

/** The answer covers the log up to `seq`; what is missing after that is asked for again. */
function settle(state: Followed, seq: number): Followed {
  return { ...state, needs: seq > state.seq || state.held.length > 0 ? 'watch' : null }
}

function isNext(state: Followed, plays: readonly Play[]): boolean {
  const first = plays[0]
  return first !== undefined && first.seq <= state.seq + 1
}

function append(state: Followed, plays: readonly Play[]): Followed {
  const fresh = plays.filter(play => play.seq > state.seq)
  const last = fresh.at(-1)
  return last ? { ...state, plays: [...state.plays, ...fresh], seq: last.seq } : state
}

function hold(state: Followed, message: UpdateMessage): Followed {
  if (state.held.length >= MAX_HELD) return { ...state, needs: 'watch' }
  if (state.held.some(other => other.seq === message.seq)) return state
  return { ...state, held: [...state.held, message].sort((a, b) => a.seq - b.seq) }
}

/** Applies held updates as far as they follow on, and forgets those that came another way. */
function release(state: Followed): Followed {
  let next = state
  while (next.held[0]) {
    const [first, ...rest] = next.held
    if (first.seq > next.seq && !isNext(next, first.plays)) return next
    next = append({ ...next, held: rest }, first.plays)
  }
  return next
}

/** Names, venue and rules stay as they were: an update carries none but those of people who are new to the roster. */
function newer(game: Game, { game: update, roster = [] }: { game: GameUpdate; roster?: readonly RosterEntry[] }): Game {
  const known = update.seq > game.seq ? { ...game, ...update } : game
  const added = roster.filter(({ id }) => !known.roster.some(entry => entry.id === id))
  return added.length > 0 ? { ...known, roster: [...known.roster, ...added] } : known
}

/** The contiguous end of a list of plays in order of arrival. */
function tailOf(plays: readonly Play[]): readonly Play[] {
  for (let i = plays.length - 1; i > 0; i--) {
    if ((plays[i] as Play).seq !== (plays[i - 1] as Play).seq + 1) return plays.slice(i)
  }
  return plays
}
