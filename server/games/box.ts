import type { BoxTable } from '#domain/box.ts'
import { boxScore } from '#domain/box-score.ts'
import { playedAs } from '#domain/tie.ts'
import type { Storage } from '../storage/storage.ts'
import type { OpenGame } from './heads.ts'
import { playsAfter, toPlay } from './rows.ts'

/** The box score of a game as it is kept: folded once for everybody who asks until the next play. */
export function createBoxes(storage: Storage): (open: OpenGame) => Promise<readonly BoxTable[]> {
  const made = new WeakMap<OpenGame, Promise<readonly BoxTable[]>>()

  async function make({ sport: of, meta, head }: OpenGame): Promise<readonly BoxTable[]> {
    const sport = playedAs(of, meta.rules.values)
    if (!sport.box) return []
    // A short log is at hand whole.
    const isWhole = head.window.after === null
    const [rows] = isWhole ? [[]] : await storage.readBatch([playsAfter(storage.db, meta.id, null)])
    const log = isWhole ? head.window.plays : rows.map(row => toPlay(row as never)).filter(({ seq }) => seq <= head.seq)
    return boxScore(sport, meta.rules.values, log)
  }

  return open => {
    const known = made.get(open)
    if (known) return known
    const making = make(open)
    made.set(open, making)
    making.catch(() => made.delete(open))
    return making
  }
}
