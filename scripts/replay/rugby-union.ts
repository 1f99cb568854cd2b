import type { Winner } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { sport } from '#domain/sports/rugby-union.ts'
import {
  differ,
  differences,
  gameOf,
  isBesidePlay,
  minuteIn,
  playList,
  type RecordedGame,
  type ReplayAdapter,
  startOf,
  statusOf,
} from './adapter.ts'

interface RugbyEvent {
  /** Null where the source does not say. */
  minute?: number | null
  period?: number | null
  side: Side
  type: string
  points?: number
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
/** Minutes as a match's clock counts them: stoppage time of the second half has ended by the 85th where there is extra time. */
const FIRST_HALF = 40
const STOPPAGE_ENDS = 85
const FIRST_EXTRA = 90

/** A kick told so many minutes from its try was not taken then. */
const KICKED_WITHIN = 5

const isConversion = ({ type }: RugbyEvent) => type.startsWith('conversion')
const isTold = ({ minute }: RugbyEvent) => minute !== null && minute !== undefined

const isTry = ({ type }: RugbyEvent) => type === 'try' || type === 'penaltyTry'

const isDatedBeforeSeven = ({ date }: RugbyRecord) => (startOf(date) ?? PENALTY_TRY_OF_SEVEN) < PENALTY_TRY_OF_SEVEN
/**
 * Whether a penalty try was worth five and a kick. Sources date whole seasons wrongly: what the record says of its own penalty tries comes
 * first, their worth or kicks that belong to nothing else; then the day.
 */
function isBeforeSeven(record: RugbyRecord): boolean {
  const { events } = record
  const worth = new Set(events.flatMap(({ type, points }) => (type === 'penaltyTry' && points ? [points] : [])))
  if (worth.size === 1) return !worth.has(7)
  const count = (side: Side, is: (event: RugbyEvent) => boolean) => events.filter(event => event.side === side && is(event)).length
  const isKicked = (side: Side) =>
    count(side, ({ type }) => type === 'penaltyTry') > 0 && count(side, isConversion) > count(side, ({ type }) => type === 'try')
  return isDatedBeforeSeven(record) || isKicked('home') || isKicked('away')
}

/**
 * The plays with each kick behind its try: sources sort by the minute alone, so that a kick may stand before the try it follows, or behind
 * the next one. Everything else stays where it is; of a kick told twice, missed and then made, the one that counted.
 */
function inOrder(record: RugbyRecord): RugbyEvent[] {
  const events = record.events.map(event => ({ ...event, minute: minuteIn(event.minute) }))
  const isOld = isBeforeSeven(record)
  const isKickedAfter = ({ type }: RugbyEvent) => type === 'try' || (type === 'penaltyTry' && isOld)
  const ordered: RugbyEvent[] = []
  const open: Record<Side, RugbyEvent[]> = { home: [], away: [] }
  const early: Record<Side, RugbyEvent[]> = { home: [], away: [] }
  const last: Partial<Record<Side, RugbyEvent>> = {}
  for (const event of events) {
    const { side } = event
    if (isConversion(event)) {
      const own = open[side].pop()
      if (!own) early[side].push(event)
      else ordered.splice(own === last[side] && isTold(own) ? ordered.length : ordered.indexOf(own) + 1, 0, event)
      continue
    }
    ordered.push(event)
    if (isTry(event)) last[side] = event
    if (!isKickedAfter(event)) continue
    const kick = early[side].shift()
    if (kick) ordered.push(kick)
    else open[side].push(event)
  }
  const kicked = ordered.length
  // Those that were made first: each takes the place of one that was missed.
  for (const kick of [...early.home, ...early.away].toSorted((a, b) => Number(b.type === 'conversion') - Number(a.type === 'conversion'))) {
    const missed = ordered.findLastIndex(({ type, side }, i) => i < kicked && type === 'conversionMissed' && side === kick.side)
    if (kick.type === 'conversion' && missed >= 0) ordered.push(...ordered.splice(missed, 1, kick))
    else ordered.push(kick)
  }
  return ordered
}

/** A match level when its stoppage time ends, and played on beyond the first half of extra time, had extra time. */
function hasExtraTime(record: RugbyRecord): boolean {
  const minutes = record.events.map(({ minute }) => minute ?? 0)
  return Math.max(0, ...minutes) > FIRST_EXTRA && isLevel(record, STOPPAGE_ENDS)
}

/** By what was scored until that minute. */
function isLevel(record: RugbyRecord, until: number): boolean {
  const penaltyTry = isBeforeSeven(record) ? 5 : 7
  const lead = record.events.reduce((sum, { type, side, minute }) => {
    const points = (minute ?? 0) > until ? 0 : type === 'penaltyTry' ? penaltyTry : (WORTH[type] ?? 0)
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
  game(record) {
    const isOld = isBeforeSeven(record)
    const values = { penaltyTryPoints: isOld ? 5 : 7, penaltyTryKick: isOld }
    return { ...gameOf(record), ...(isOld === isDatedBeforeSeven(record) ? {} : { rules: { values } }) }
  },
  plays(record) {
    const { plays, given, add, frame, give, giveStatus, remark } = playList()
    const isExtended = hasExtraTime(record)
    let current = 0
    const reach = (period: number) => {
      while (current < period) {
        if (current > 0) frame({ kind: 'periodEnd', period: current })
        current += 1
        frame({ kind: 'periodStart', period: current })
      }
    }
    // A kick after the whistle belongs to the half of its try, and is taken when the try was made.
    const isOld = isBeforeSeven(record)
    const tried: Partial<Record<Side, { period: number; minute: number | null }>> = {}
    for (const event of inOrder(record)) {
      const { side, type, player } = event
      const kicked = isConversion(event) ? tried[side] : undefined
      if (isConversion(event)) delete tried[side]
      if ((type === 'conversionMissed' && !kicked) || isBesidePlay(sport, event)) {
        remark(side, sport.kinds[type]?.label ?? type)
        continue
      }
      const period = kicked?.period ?? periodOf(event, isExtended) ?? Math.max(1, current)
      reach(period)
      const isOff = kicked && !(Math.abs((event.minute ?? Number.NaN) - (kicked.minute ?? Number.NaN)) <= KICKED_WITHIN)
      const minute = (isOff ? kicked.minute : event.minute) ?? null
      if (isTry(event)) tried[side] = type === 'try' || isOld ? { period, minute } : undefined
      add({
        kind: type,
        side,
        period,
        ...(minute === null ? {} : { clockMs: Math.max(0, minute - 1) * 60_000, data: { minute } }),
        // A penalty try is the side's, whatever a feed writes where a name stands.
        ...(player && type !== 'penaltyTry' ? { player } : {}),
      })
    }
    reach(isExtended ? 4 : 2)
    frame({ kind: 'periodEnd', period: current })
    const end = frame({ kind: 'gameEnd' })
    const { status, winner } = record.expected ?? {}
    const isPlayed = statusOf(status ?? 'final') === 'final'
    if (isPlayed && (winner === 'home' || winner === 'away') && isLevel(record, Number.POSITIVE_INFINITY)) {
      const data = { how: 'shootout', winner }
      give(`kicking competition won by ${winner}: no kicks recorded`, { kind: 'gameEnd', replaces: end.id, data })
    }
    giveStatus(status, winner)
    return { plays, given }
  },
  compare({ expected }, game) {
    if (!expected) return []
    const tries = game.detail.tries as { home: number; away: number } | undefined
    return [
      ...differences({ ...expected, status: expected.status ?? 'final' }, game),
      ...(expected.tries ? differ('tries', expected.tries, tries ? [tries.home, tries.away] : null) : []),
    ]
  },
}
