import { isPlayed } from '#components/game/last-play.ts'
import type { FoldedPlay } from '#domain/replay.ts'
import type { Sport, Timed } from '#domain/sport.ts'

/** A period on the chart's axis; places run from 0 to 1 over the whole game. */
export interface Stretch {
  label: string
  from: number
  to: number
  /** What a set came to, or stands at: `6–4`. */
  score?: string
}
export interface Axis {
  stretches: Stretch[]
  /** Where each play stands, by seq; plays that do not count, and what is no play at all, stand nowhere. */
  places: ReadonlyMap<number, number>
  /** How far the game has come. */
  now: number
}

interface Box {
  label: string
  length: number
  /** Offsets into the box by seq, in its own measure. */
  offsets: Map<number, number>
}

/**
 * Lays the periods of a game side by side. Clock sports are measured in playing time and show all of regulation from the start, so that
 * the axis stays put; in a period without a clock the plays stand at equal distances; innings have equal widths; sets are as wide as they
 * had plays, and each play's lead stands until the next, or for as long where it was the last.
 */
export function layAxis(sport: Sport, rules: unknown, plays: readonly FoldedPlay[]): Axis {
  const counted = plays.filter(({ play, counts }) => counts && isPlayed(play))
  // A set's last lead has room of its own.
  const after = sport.showColumns === true ? 1 : 0
  const boxes = sport.timed
    ? timedBoxes(sport, rules, counted)
    : hasInnings(rules)
      ? inningBoxes(rules, counted)
      : countedBoxes(counted, after)
  const total = boxes.reduce((sum, box) => sum + box.length, 0) || 1
  const places = new Map<number, number>()
  const stretches: Stretch[] = []
  let start = 0
  let now = 0
  for (const box of boxes) {
    stretches.push({ label: box.label, from: start / total, to: (start + box.length) / total })
    for (const [seq, offset] of box.offsets) {
      now = Math.max(now, (start + offset + after) / total)
      places.set(seq, (start + offset) / total)
    }
    start += box.length
  }
  return { stretches, places, now }
}

function timedBoxes(sport: Sport, rules: unknown, plays: readonly FoldedPlay[]): Box[] {
  const timed = sport.timed
  if (!timed) return []
  const regulation = timed.regulation(rules)
  const last = Math.max(regulation, ...plays.map(({ period }) => period))
  const boxes: Box[] = []
  for (let n = 1; n <= last; n++) {
    const period = timed.period(n, rules)
    if (!period) continue
    const own = plays.filter(play => play.period === n)
    if (n > regulation && (own.length === 0 || (period.clockless && !movesMargin(plays, n)))) continue
    const isDown = timed.direction(rules) === 'down'
    const elapsed = own.map(({ clockMs }) =>
      period.clockless || clockMs === null ? null : Math.max(0, isDown ? period.startMs - clockMs : clockMs - period.startMs),
    )
    const length = Math.max(period.lengthMs || usualLength(timed, rules), ...elapsed.map(ms => ms ?? 0))
    if (elapsed.every(ms => ms === null)) {
      boxes.push({ label: period.label, ...evenly(own, length) })
      continue
    }
    const offsets = new Map<number, number>()
    let reached = 0
    own.forEach(({ play }, i) => {
      reached = Math.max(reached, elapsed[i] ?? reached)
      offsets.set(play.seq, reached)
    })
    boxes.push({ label: period.label, length, offsets })
  }
  return boxes
}

/** Where no clock tells, the plays of a period stand at equal distances. */
const evenly = (own: readonly FoldedPlay[], length: number) => ({
  length,
  offsets: new Map(own.map(({ play }, i) => [play.seq, ((i + 1) / (own.length + 1)) * length])),
})

/** Kicks that leave the score as it is would be an empty stretch; an overtime without a clock is not. */
const movesMargin = (plays: readonly FoldedPlay[], n: number) =>
  plays.some(({ period, margin }, i) => period === n && margin !== (plays[i - 1]?.margin ?? 0))

/** A period that has no length of its own is drawn as long as the first that has one. */
function usualLength(timed: Timed<unknown>, rules: unknown): number {
  for (let n = 1; n <= timed.regulation(rules); n++) {
    const length = timed.period(n, rules)?.lengthMs
    if (length) return length
  }
  return 1
}

const hasInnings = (rules: unknown): rules is { innings: number } => typeof (rules as { innings?: unknown }).innings === 'number'

/** Two halves an inning; the plays of a half are spread over it. */
function inningBoxes({ innings }: { innings: number }, plays: readonly FoldedPlay[]): Box[] {
  const last = Math.max(innings, ...plays.map(({ period }) => period))
  return Array.from({ length: last }, (_, i) => {
    const own = plays.filter(({ period }) => period === i + 1)
    const halves = [...new Set(own.map(({ periodLabel }) => periodLabel))]
    const offsets = new Map<number, number>()
    halves.forEach((half, h) => {
      const inHalf = own.filter(({ periodLabel }) => periodLabel === half)
      inHalf.forEach(({ play }, k) => {
        offsets.set(play.seq, h + (k + 1) / (inHalf.length + 1))
      })
    })
    return { label: String(i + 1), length: 2, offsets }
  })
}

const SHORTEST = 12

/** @param after room behind the last play of each, in plays */
function countedBoxes(plays: readonly FoldedPlay[], after: number): Box[] {
  const boxes: Box[] = []
  let period = 0
  for (const { play, period: n, periodLabel } of plays) {
    if (n > period || boxes.length === 0) {
      boxes.push({ label: periodLabel ?? String(n), length: after, offsets: new Map() })
      period = n
    }
    const box = boxes.at(-1) as Box
    box.length += 1
    box.offsets.set(play.seq, box.length - after)
  }
  const current = boxes.at(-1)
  if (current) current.length = Math.max(SHORTEST, current.length)
  return boxes
}
