import type { Game, RosterEntry } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'

interface Pending {
  game: Game
  plays: Play[]
  seated: RosterEntry[]
}

/** A room that takes this long to tell is told less often, so that what is being recorded goes before what is being watched. */
const HEAVY_MS = 2
const LONGEST_REST_MS = 60
/** Where everything comes so late, fans wait before scorers do. */
const STRAINED_MS = 50
const LONGEST_REST_UNDER_LOAD_MS = 1_000
/** As many plays as one answer to a reader that is behind. */
const MOST = 256

/**
 * Plays that are on disk and not yet sent. A play alone leaves in the turn it came in; plays that came together, or while a large room
 * was being told, leave as one update.
 *
 * @param send one update of contiguous plays, the game as of the last of them, and who came onto its roster with them
 * @param lateMs how late everything is done here at present
 */
export function createGathering(send: (game: Game, plays: Play[], seated: RosterEntry[]) => void, lateMs: () => number = () => 0) {
  const pending = new Map<string, Pending>()
  /** When a game that is heavy to tell may be told again, by `performance.now()`. */
  const restsUntil = new Map<string, number>()
  const timers = new Map<string, NodeJS.Timeout | NodeJS.Immediate>()

  function flush(gameId: string): void {
    cancel(gameId)
    const gathered = pending.get(gameId)
    if (!gathered) return
    pending.delete(gameId)
    const started = performance.now()
    send(gathered.game, gathered.plays, gathered.seated)
    const took = performance.now() - started
    if (took > HEAVY_MS) restsUntil.set(gameId, performance.now() + restAfter(took))
    else restsUntil.delete(gameId)
  }

  function restAfter(took: number): number {
    const late = lateMs()
    return late > STRAINED_MS ? Math.min(4 * late, LONGEST_REST_UNDER_LOAD_MS) : Math.min(took, LONGEST_REST_MS)
  }

  function cancel(gameId: string): void {
    const timer = timers.get(gameId)
    timers.delete(gameId)
    if (timer === undefined) return
    clearTimeout(timer as NodeJS.Timeout)
    clearImmediate(timer as NodeJS.Immediate)
  }

  return {
    add(game: Game, plays: readonly Play[], seated: readonly RosterEntry[] = []): void {
      const gathered = pending.get(game.id)
      if (gathered && gathered.game.epoch !== game.epoch) flush(game.id)
      const waiting: Pending = pending.get(game.id) ?? { game, plays: [], seated: [] }
      waiting.game = game
      for (const play of plays) waiting.plays.push(play)
      waiting.seated.push(...seated)
      pending.set(game.id, waiting)
      if (waiting.plays.length >= MOST) flush(game.id)
      if (timers.has(game.id) || !pending.has(game.id)) return
      const rest = (restsUntil.get(game.id) ?? 0) - performance.now()
      const go = () => flush(game.id)
      timers.set(game.id, rest > 1 ? setTimeout(go, rest) : setImmediate(go))
    },
    /** Sends what is gathered now: whoever joins next is answered from the head, and must not get the same plays again. */
    flush,
    forget(gameId: string): void {
      cancel(gameId)
      pending.delete(gameId)
      restsUntil.delete(gameId)
    },
    close(): void {
      for (const gameId of [...timers.keys()]) flush(gameId)
    },
  }
}
