import { peopleOf } from '#domain/people.ts'
import { MAX_CATCH_UP, SNAPSHOT_PLAYS, type WatchAnswer } from '#domain/protocol.ts'
import type { Account } from './accounts.ts'
import type { Context } from './context.ts'
import type { OpenGame } from './games/heads.ts'
import { guarded, presentPlay, presentUpdate } from './games/present.ts'
import type { Reader } from './games/read.ts'
import { canSeeWho } from './policies.ts'

/** Where a reader stands, as it says. */
interface Place {
  epoch?: string
  seq?: number
}

/** Whether the plays that such a reader has to be given are at hand. */
export function isAtHand({ meta, head }: OpenGame, { epoch, seq }: Place): boolean {
  if (epoch !== meta.epoch || seq === undefined || seq >= head.seq || head.seq - seq > MAX_CATCH_UP) return true
  return head.window.plays.reduce((count, play) => (play.seq > seq ? count + 1 : count), 0) === head.seq - seq
}

/**
 * A game opened for a reader who comes back to it. One that is ahead of what is kept here comes from another node, which knew more: that is
 * looked for before it is told otherwise. One that is behind by more than a game just opened holds gets the older plays read for it.
 */
export async function openFor(
  { context, reader }: { context: Pick<Context, 'turns' | 'catchUp' | 'heads'>; reader: Pick<Reader, 'open'> },
  account: Account | null,
  gameId: string,
  place: Place,
): ReturnType<Reader['open']> {
  const found = await reader.open(account, gameId)
  if (!found.ok) return found
  const { meta, head } = found.open
  if (place.epoch === meta.epoch && (place.seq ?? 0) > head.seq) await context.turns.take(gameId, () => context.catchUp(gameId))
  else if (!isAtHand(found.open, place)) await context.heads.deepen(gameId)
  else return found
  return reader.open(account, gameId)
}

type CaughtUp = WatchAnswer extends infer A ? (A extends WatchAnswer ? Omit<A, 'viewers'> : never) : never

/**
 * What a reader at `(epoch, seq)` is missing. Synchronous, so that who joins a room in the same turn gets every later play and none twice.
 *
 * [C1] at the head: nothing. [C2] all missing plays at hand: those. [C3] ahead, another epoch, unknown or too far behind: a snapshot.
 */
export function catchUp(open: OpenGame, account: Account | null, epoch: string | undefined, seq: number | undefined): CaughtUp {
  const { game, head, meta, sport, names } = open
  const at = { epoch: meta.epoch, seq: head.seq }
  const seesWho = canSeeWho(account, guarded(game))
  const recent = (after: number) =>
    head.window.plays
      .filter(play => play.seq > after)
      .sort((a, b) => a.seq - b.seq)
      .map(play => presentPlay(sport, game, names, play, head.marks.get(play.seq), seesWho))
  if (epoch === meta.epoch && seq !== undefined && seq <= head.seq) {
    if (seq === head.seq) return { mode: 'same', ...at }
    const plays = head.seq - seq <= MAX_CATCH_UP ? recent(seq) : []
    if (plays.length === head.seq - seq) {
      const named = new Set(plays.flatMap(play => peopleOf(sport, play)))
      const roster = game.roster.filter(({ id }) => named.has(id))
      return { mode: 'plays', ...at, plays, game: presentUpdate(game), ...(roster.length > 0 ? { roster } : {}) }
    }
  }
  return { mode: 'snapshot', ...at, game, plays: recent(Math.max(0, head.seq - SNAPSHOT_PLAYS)) }
}
