import type { BoxPlay, BoxTable } from './box.ts'
import { type Fold, openFold } from './fold.ts'
import { displacedBy, isCorrection } from './log.ts'
import { isPutBack } from './order.ts'
import type { LoggedPlay } from './play.ts'
import { byOrder, continueFold } from './replay.ts'
import type { Sport } from './sport.ts'

/** A whole log, given in any order, play by play: each with the state on either side of it, and the game as it left it. */
export function* playByPlay(sport: Sport, rules: unknown, log: readonly LoggedPlay[]): Generator<{ row: BoxPlay; fold: Fold }> {
  const displaced = displacedBy(log.filter(isCorrection).sort((a, b) => a.seq - b.seq))
  const told = new Map<number, Pick<BoxPlay, 'clockMs' | 'when'>>()
  let fold = openFold(sport, rules)
  for (const play of [...log].sort(byOrder)) {
    const before = fold.sport
    const next = continueFold(sport, rules, fold, [play], displaced)
    fold = next.fold
    for (const folded of next.plays) {
      // The clock at the time of writing says nothing about a play put into the past: it has its predecessor's, or none.
      const isLate = sport.timed !== null && play.clockMs === undefined && (play.replaces !== undefined || isPutBack(play.order))
      const first = play.replaces === undefined ? undefined : told.get(play.replaces)
      const { clockMs, when } = isLate ? (first ?? { clockMs: null, when: null }) : folded
      told.set(play.seq, { clockMs, when })
      yield { row: { ...folded, clockMs, when, before, after: fold.sport }, fold }
    }
  }
}

/** The box score of folded plays, in order of play. */
export const boxOf = (sport: Sport, rules: unknown, plays: readonly BoxPlay[]): BoxTable[] =>
  (sport.box?.(plays, rules) ?? []).filter(({ rows }) => rows.length > 0)

/** The box score of a whole log. */
export const boxScore = (sport: Sport, rules: unknown, log: readonly LoggedPlay[]): BoxTable[] =>
  sport.box
    ? boxOf(
        sport,
        rules,
        Array.from(playByPlay(sport, rules, log), ({ row }) => row),
      )
    : []
