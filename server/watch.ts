import { MAX_CATCH_UP, SNAPSHOT_PLAYS, type WatchAnswer } from '#domain/protocol.ts'
import type { Account } from './accounts.ts'
import type { OpenGame } from './games/heads.ts'
import { guarded, presentPlay, presentUpdate } from './games/present.ts'
import { canSeeWho } from './policies.ts'

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
    if (plays.length === head.seq - seq) return { mode: 'plays', ...at, plays, game: presentUpdate(game) }
  }
  return { mode: 'snapshot', ...at, game, plays: recent(Math.max(0, head.seq - SNAPSHOT_PLAYS)) }
}
