import type { LoggedPlay, Side } from '../play.ts'
import type { Context } from '../sport.ts'
import { amend, type PeriodScore } from './timed.ts'

/** A score that a second part may follow: a try and its conversion, a touchdown and its try. */
export interface FirstPart {
  /** Playing time at which it was scored, as `Context.playedMs` counts it; null where nothing told. */
  atMs: number | null
}

/** A period with what of each side still waits for its second part, so that a late one finds the first part it belongs to. */
export interface TwoPartRow extends PeriodScore {
  waiting: Readonly<Record<Side, FirstPart | null>>
}

/**
 * When a play was, as far as the clock says: one that nobody runs still shows where its period began, and tells nothing.
 *
 * @param startMs what the clock shows when the period opens
 */
export const toldMs = (
  { clockMs: own }: LoggedPlay,
  { clockMs, playedMs }: Context<unknown>,
  startMs: number | undefined,
): number | null => (own === undefined && clockMs === startMs ? null : playedMs)

export const NOBODY_WAITS: TwoPartRow['waiting'] = { home: null, away: null }
export const blankRow = (n: number): TwoPartRow => ({ n, home: 0, away: 0, waiting: NOBODY_WAITS })

/**
 * The period whose score by that side a second part belongs to: the one it stands in, or the one before while nothing was scored since (a try
 * on the whistle, its kick after it). Null where none waits, and where play has gone on for longer than a second part may take: what
 * belonged to a score that was struck must not fall to an older one.
 */
export function waitsIn(rows: readonly TwoPartRow[], period: number, side: Side, atMs: number | null, withinMs: number): number | null {
  const own = rows.find(({ n }) => n === period)
  const isUntouched = !own || (own.home === 0 && own.away === 0)
  const row = own?.waiting[side] ? own : isUntouched ? rows.find(({ n }) => n === period - 1) : undefined
  const first = row?.waiting[side]
  if (!row || !first) return null
  const isPast = atMs !== null && first.atMs !== null && Math.abs(atMs - first.atMs) > withinMs
  return isPast ? null : row.n
}

/** The rows with what waits in the n-th changed. */
export const withWaiting = <R extends TwoPartRow>(
  rows: readonly R[],
  n: number,
  blank: (n: number) => R,
  waiting: Partial<TwoPartRow['waiting']>,
): R[] => amend(rows, n, blank, row => ({ ...row, waiting: { ...row.waiting, ...waiting } }))
