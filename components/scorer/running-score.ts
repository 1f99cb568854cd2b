import type { Score } from '#domain/game.ts'
import { SIDES, type Side } from '#domain/play.ts'
import type { Sport } from '#domain/sport.ts'
import type { Row } from './desk.ts'
import { type Sides, sideNames } from './naming.ts'

/** What stands beside a line of the log. */
export interface Running {
  /** The points as they were called, the games where a game was won by it, else the score. */
  score: Readonly<Record<Side, number | string>>
  /** Above the play that won a game or a set: `Game Hawks`; of a set with the sets since. */
  won?: { text: string; sets?: Score }
}

/** The score as it ran, by the id of each play, the log in order of play. */
export function runningScores(
  { words, showColumns }: Pick<Sport, 'words' | 'showColumns'>,
  sides: Sides,
  rows: readonly Pick<Row, 'play' | 'counts' | 'score' | 'column' | 'points'>[],
): ReadonlyMap<string, Running> {
  const names = sideNames(sides)
  const running = new Map<string, Running>()
  let sets: Score = NONE
  let games: Score = NONE
  for (const { play, counts, score, column, points } of rows) {
    const now = column ?? score
    const of = risen(sets, score)
    // A new set begins at nothing.
    const before = now.home < games.home || now.away < games.away ? NONE : games
    const hasMoved = now.home !== before.home || now.away !== before.away
    const said = (key: string, side: Side) => words[key]?.replace('{side}', names[side]) ?? ''
    const by = points && hasMoved ? risen(before, now) : null
    const won =
      !counts || !showColumns ? undefined : of ? { text: said('setWon', of), sets: score } : by ? { text: said('gameWon', by) } : undefined
    running.set(play.id, { score: points && !hasMoved ? points : now, won })
    if (counts) [sets, games] = [score, now]
  }
  return running
}

const NONE: Score = { home: 0, away: 0 }
/** The one side that has one more. */
function risen(before: Score, after: Score): Side | null {
  const isOne = after.home + after.away === before.home + before.away + 1
  return (isOne && SIDES.find(side => after[side] === before[side] + 1)) || null
}
