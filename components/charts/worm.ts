import type { BoxPlay } from '#domain/box.ts'
import type { Side } from '#domain/play.ts'
import type { InningsSoFar, Sport } from '#domain/sport.ts'

/** Where an innings stood at the end of an over, or when a wicket fell. */
export interface WormPoint {
  /** Overs, or balls; and as it is said, `6.3`. */
  at: number
  label: string
  runs: number
  wickets: number
}
/** An innings from its beginning on. */
export interface WormLine {
  side: Side
  /** Which of the side's own it is, from 1. */
  nth: number
  points: WormPoint[]
}
export interface Worm {
  unit: InningsSoFar['unit']
  /** Where the longest innings ends, or may end. */
  most: number
  lines: WormLine[]
}

/** As far as the axis goes where no innings has a length, so that the first overs do not fill it. */
const LEAST = 20
/** Balls that are told as one. */
const SET = 5

/** The innings of a game as lines of runs; null in sports that have none, and before the first. */
export function wormOf(sport: Pick<Sport, 'innings'>, rules: unknown, plays: readonly BoxPlay[]): Worm | null {
  const lines: WormLine[] = []
  let innings: readonly InningsSoFar[] = []
  for (const { counts, after } of plays) {
    if (!counts) continue
    innings = sport.innings?.(after, rules) ?? []
    innings.forEach(({ side, at, label, runs, wickets, unit }, i) => {
      const nth = innings.slice(0, i + 1).filter(each => each.side === side).length
      const line = lines[i] ?? { side, nth, points: [] }
      lines[i] = line
      append(line.points, { at, label, runs, wickets }, unit === 'ball' ? SET : 1)
    })
  }
  const [first] = innings
  if (!first || lines.every(({ points }) => points.length === 0)) return null
  const most = Math.ceil(Math.max(...innings.map(each => Math.max(each.at, each.most ?? LEAST))))
  return { unit: first.unit, most, lines }
}

/** One point an over, and one for each wicket. What a later word sets lower replaces what stood beyond it. */
function append(points: WormPoint[], point: WormPoint, over: number): void {
  while ((points.at(-1)?.at ?? 0) > point.at) points.pop()
  const last = points.at(-1)
  const before = points.at(-2)
  if (last ? last.at === point.at && last.runs === point.runs && last.wickets === point.wickets : point.runs === 0 && point.at === 0) return
  const isWicket = last !== undefined && last.wickets > (before?.wickets ?? 0)
  const isSameOver = last !== undefined && Math.ceil(last.at / over) === Math.ceil(point.at / over)
  if (isSameOver && (!isWicket || last.at === point.at)) points.pop()
  points.push(point)
}

/** Where an innings stood after so many overs: at the last point known by then. Null past its end, so that it is not held against one still on. */
export function standingAt({ points }: WormLine, at: number): WormPoint | null {
  const last = points.at(-1)
  if (!last || last.at < at) return null
  return points.findLast(point => point.at <= at) ?? { at: 0, label: '0', runs: 0, wickets: 0 }
}

const STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500]
const MOST_STEPS = 6
/** The distance of round figures on an axis that goes so far. */
export const stepFor = (most: number, steps = MOST_STEPS) => STEPS.find(step => most / step <= steps) ?? most

const HEADROOM = 1.12
const LEAST_RUNS = 40
/** Runs at the upper edge: round, so that the scale does not move with every over. */
export function reachOf({ lines }: Worm): number {
  const most = Math.max(LEAST_RUNS, ...lines.flatMap(({ points }) => points.map(({ runs }) => runs * HEADROOM)))
  return Math.ceil(most / 20) * 20
}
