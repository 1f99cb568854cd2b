import type { Winner } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { differ, differences, gameOf, playList, type RecordedGame, type ReplayAdapter, startOf } from './adapter.ts'

interface RugbyEvent {
  /** Null where the source does not say. */
  minute?: number | null
  period?: number | null
  side: Side
  type: string
  player?: string | null
}
interface RugbyRecord extends RecordedGame {
  competition?: string
  events: readonly RugbyEvent[]
  expected?: { home: number; away: number; winner?: Winner | 'tie'; status?: string; tries?: readonly number[] }
}

const WORTH: Readonly<Record<string, number>> = { try: 5, conversion: 2, penaltyGoal: 3, dropGoal: 3 }
/** Seven and no kick since this day, five and a kick before. */
const PENALTY_TRY_OF_SEVEN = '2017-08-01'
const isBeforeSeven = (date: string | null | undefined) => (startOf(date) ?? PENALTY_TRY_OF_SEVEN) < PENALTY_TRY_OF_SEVEN
/** Minutes as a match's clock counts them: stoppage time of the second half has ended by the 85th where there is extra time. */
const FIRST_HALF = 40
const STOPPAGE_ENDS = 85
const FIRST_EXTRA = 90

const isConversion = ({ type }: RugbyEvent) => type.startsWith('conversion')

const isTry = ({ type }: RugbyEvent) => type === 'try' || type === 'penaltyTry'

/**
 * The plays with each kick behind its try: sources sort by the minute alone, so that a kick may stand before the try it follows, or behind
 * the next one. Everything else stays where it is.
 */
function inOrder({ date, events }: RugbyRecord): RugbyEvent[] {
  const isKickedAfter = ({ type }: RugbyEvent) => type === 'try' || (type === 'penaltyTry' && isBeforeSeven(date))
  const ordered: RugbyEvent[] = []
  const open: Record<Side, RugbyEvent[]> = { home: [], away: [] }
  const early: Record<Side, RugbyEvent[]> = { home: [], away: [] }
  const last: Partial<Record<Side, RugbyEvent>> = {}
  for (const event of events) {
    const { side } = event
    if (isConversion(event)) {
      const own = open[side].pop()
      if (!own) early[side].push(event)
      else ordered.splice(own === last[side] ? ordered.length : ordered.indexOf(own) + 1, 0, event)
      continue
    }
    ordered.push(event)
    if (isTry(event)) last[side] = event
    if (!isKickedAfter(event)) continue
    const kick = early[side].shift()
    if (kick) ordered.push(kick)
    else open[side].push(event)
  }
  return [...ordered, ...early.home, ...early.away]
}

/** A match level when its stoppage time ends, and played on beyond the first half of extra time, had extra time. */
function hasExtraTime({ date, events }: RugbyRecord): boolean {
  const minutes = events.map(({ minute }) => minute ?? 0)
  if (Math.max(0, ...minutes) <= FIRST_EXTRA) return false
  const penaltyTry = isBeforeSeven(date) ? 5 : 7
  const lead = events.reduce((sum, { type, side, minute }) => {
    const points = (minute ?? 0) > STOPPAGE_ENDS ? 0 : type === 'penaltyTry' ? penaltyTry : (WORTH[type] ?? 0)
    return sum + (side === 'home' ? points : -points)
  }, 0)
  return lead === 0
}

/** The half a minute lies in; null where nothing tells. */
function periodOf({ period, minute }: RugbyEvent, isExtended: boolean): number | null {
  if (period) return period
  if (minute === null || minute === undefined) return null
  if (minute <= FIRST_HALF) return 1
  if (!isExtended || minute <= STOPPAGE_ENDS) return 2
  return minute <= FIRST_EXTRA ? 3 : 4
}

export const adapter: ReplayAdapter<RugbyRecord> = {
  sport: 'rugby_union',
  game: gameOf,
  plays(record) {
    const { plays, given, add, frame, giveStatus } = playList()
    const isExtended = hasExtraTime(record)
    let current = 0
    const reach = (period: number) => {
      while (current < period) {
        if (current > 0) frame({ kind: 'periodEnd', period: current })
        current += 1
        frame({ kind: 'periodStart', period: current })
      }
    }
    // A kick after the whistle belongs to the half of its try.
    const tried: Partial<Record<Side, number>> = {}
    for (const event of inOrder(record)) {
      const { minute, side, type, player } = event
      const own = periodOf(event, isExtended) ?? Math.max(1, current)
      const period = isConversion(event) ? (tried[side] ?? own) : own
      reach(period)
      if (isTry(event)) tried[side] = period
      const isTold = minute !== null && minute !== undefined
      add({
        kind: type,
        side,
        period,
        ...(isTold ? { clockMs: Math.max(0, minute - 1) * 60_000, data: { minute } } : {}),
        // A penalty try is the side's, whatever a feed writes where a name stands.
        ...(player && type !== 'penaltyTry' ? { player } : {}),
      })
    }
    reach(isExtended ? 4 : 2)
    frame({ kind: 'periodEnd', period: current })
    frame({ kind: 'gameEnd' })
    giveStatus(record.expected?.status)
    return { plays, given }
  },
  compare({ expected }, game) {
    if (!expected) return []
    const tries = game.detail.tries as { home: number; away: number } | undefined
    return [
      ...differences({ status: 'final', ...expected }, game),
      ...(expected.tries ? differ('tries', expected.tries, tries ? [tries.home, tries.away] : null) : []),
    ]
  },
}
