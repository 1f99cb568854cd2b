import { other, type Side } from '../play.ts'

/** Who has the ball, and where. What nobody said is null. */
export interface Ball {
  side: Side
  /** 1 to 4. */
  down: number | null
  /** Yards to a new first down; to the goal line where that is nearer. */
  toGo: number | null
  /** Yards to the opponent's goal line. */
  toGoal: number | null
}

/** The numbers of downs: how many, how far, on how long a field. */
export interface Downs {
  downs: number
  /** Yards to a first down; 0 where the line to gain is midfield and then the goal (flag). */
  yardsToGain: number
  fieldYards: number
}

/** First down for a side, with so many yards to the goal line. */
export function firstDown(side: Side, toGoal: number | null, { yardsToGain, fieldYards }: Downs): Ball {
  const half = fieldYards / 2
  const line =
    toGoal === null ? yardsToGain || null : yardsToGain > 0 ? Math.min(yardsToGain, toGoal) : toGoal > half ? toGoal - half : toGoal
  return { side, down: 1, toGo: line, toGoal }
}

const within = (toGoal: number | null, { fieldYards }: Downs) => (toGoal === null ? null : Math.min(fieldYards - 1, Math.max(1, toGoal)))

/** The same spot as the other side sees it. */
export const turned = (toGoal: number | null, { fieldYards }: Downs): number | null => (toGoal === null ? null : fieldYards - toGoal)

/** The ball after a play from scrimmage of so many yards, fewer than none for a loss. */
export function afterPlay(ball: Ball, yards: number, rules: Downs): Ball {
  const toGoal = within(ball.toGoal === null ? null : ball.toGoal - yards, rules)
  if (ball.down === null || ball.toGo === null) return { ...ball, toGoal }
  const toGo = ball.toGo - yards
  if (toGo <= 0) return firstDown(ball.side, toGoal, rules)
  if (ball.down >= rules.downs) return firstDown(other(ball.side), turned(toGoal, rules), rules)
  return { side: ball.side, down: ball.down + 1, toGo, toGoal }
}

/**
 * The ball as somebody says it lies. Within a series the line to gain stays where it is, so that a distance tells the spot too; where a new
 * series begins nobody knows who was not told.
 */
export function asTold(from: Ball, said: Partial<Pick<Ball, 'down' | 'toGo' | 'toGoal'>>, rules: Downs): Ball {
  const down = said.down ?? from.down
  const isNew = said.down === 1 || (said.down != null && from.down !== null && said.down < from.down)
  const isMoved = said.down != null && said.down !== from.down
  const spot = said.toGoal ?? null
  const first = isNew ? firstDown(from.side, spot, rules).toGo : null
  const toGo = said.toGo ?? (isNew && down === 1 ? first : isMoved ? null : from.toGo)
  if (spot !== null || isNew) return { side: from.side, down, toGo, toGoal: spot }
  if (said.toGo == null && !isMoved) return { ...from, down }
  const gained = from.toGo === null || toGo === null ? null : from.toGo - toGo
  return { side: from.side, down, toGo, toGoal: from.toGoal === null || gained === null ? null : within(from.toGoal - gained, rules) }
}

/** The ball after a penalty was walked off: the down is played again unless the line to gain was reached, or the foul gives a first down or costs the down. */
export function afterPenalty(ball: Ball, against: Side, yards: number, isFirstDown: boolean, rules: Downs, isDownLost = false): Ball {
  const gained = against === ball.side ? -yards : yards
  const toGoal = within(ball.toGoal === null ? null : ball.toGoal - gained, rules)
  const toGo = ball.toGo === null ? null : ball.toGo - gained
  if (isFirstDown || (toGo !== null && toGo <= 0)) return firstDown(ball.side, toGoal, rules)
  if (!isDownLost || ball.down === null) return { ...ball, toGo, toGoal }
  return ball.down >= rules.downs
    ? firstDown(other(ball.side), turned(toGoal, rules), rules)
    : { ...ball, down: ball.down + 1, toGo, toGoal }
}
