import type { Winner } from '#domain/game.ts'
import type { PlayInput, Side } from '#domain/play.ts'
import { sport } from '#domain/sports/soccer.ts'
import {
  columnDifferences,
  differ,
  differences,
  gameOf,
  isBesidePlay,
  minuteIn,
  playList,
  type RecordedGame,
  type ReplayAdapter,
  startOf,
} from './adapter.ts'

type Pair = readonly [number, number]
interface SoccerEvent {
  period?: number | null
  /** Null where the source does not say. */
  minute?: number | null
  added?: number | null
  side: Side
  type: string
  points?: number
  player?: string | null
}
interface SoccerRecord extends RecordedGame {
  competition?: string
  events: readonly SoccerEvent[]
  expected?: {
    home: number
    away: number
    winner?: Winner | 'tie'
    status?: string
    ht?: Pair
    ft90?: Pair
    aet?: Pair
    periods?: readonly Pair[]
    shootout?: Pair
    shootoutWinner?: Side
  }
}

const SHOOTOUT = 5
const GOALS = new Set(['goal', 'ownGoal', 'penaltyGoal'])
/** Rounds in which a level game goes to extra time; written out, those of the World Cup alone, since others play two legs. */
const KNOCK_OUT =
  /\b(R\d+|QF|SF|3rd|Final)$|^FIFA World Cup \d{4}\b.*\b(round of \d+|first round|preliminary round|quarter-?finals?|semi-?finals?|third[ -]place|play-?offs?|finals?)$/i

/** The period a play belongs to, null where nothing tells: then the one under way. */
function periodOf({ period, minute, type }: SoccerEvent): number | null {
  if (period) return period
  if (type.startsWith('shootout')) return SHOOTOUT
  if (!minute) return null
  return minute <= 45 ? 1 : minute <= 90 ? 2 : minute <= 105 ? 3 : 4
}

/** The last period that was played before any kicks, as far as the record's own plays and round tell. */
function lastOfPlay({ competition = '', date, events }: SoccerRecord): number {
  const inPlay = events.map(event => ({ ...event, minute: event.minute ?? 0, period: periodOf(event) ?? 1 }))
  const latest = Math.max(2, ...inPlay.filter(({ period }) => period < SHOOTOUT).map(({ period }) => period))
  const hasLateKicks = inPlay.some(({ period, minute }) => period === SHOOTOUT && minute > 90)
  const lead = inPlay.reduce((sum, { type, side }) => sum + (GOALS.has(type) ? (side === 'home' ? 1 : -1) : 0), 0)
  if (hasLateKicks || (lead === 0 && KNOCK_OUT.test(competition))) return 4
  // Between 1993 and 2004 a golden or silver goal could end a game in or after the first half of extra time.
  const day = startOf(date)
  const isGoldenEra = day !== null && day >= '1993' && day < '2005'
  return latest === 3 && (!isGoldenEra || lead === 0) ? 4 : latest
}

function playOf(event: SoccerEvent, period: number | null): Omit<PlayInput, 'id'> {
  const { minute, added, side, type, player } = event
  const clock = minute && period !== SHOOTOUT ? { clockMs: (minute - 1 + (added ?? 0)) * 60_000 } : {}
  return {
    kind: type,
    side,
    ...(period ? { period } : {}),
    ...clock,
    ...(player ? { player } : {}),
    ...(minute ? { data: { minute, ...(added ? { added } : {}) } } : {}),
  }
}

export const adapter: ReplayAdapter<SoccerRecord> = {
  sport: 'soccer',
  game: gameOf,
  plays(record) {
    const { plays, given, add, frame, give, giveStatus, remark } = playList()
    const last = lastOfPlay(record)
    let current = 0
    const reach = (period: number) => {
      while (current < period) {
        if (current > 0) frame({ kind: 'periodEnd', period: current })
        current = current === last ? SHOOTOUT : current + 1
        frame({ kind: 'periodStart', period: current })
      }
    }
    for (const told of record.events) {
      const event = { ...told, minute: minuteIn(told.minute) }
      const period = periodOf(event)
      reach(period ?? 1)
      if (isBesidePlay(sport, event)) remark(event.side, event.type)
      else add(playOf(event, period))
    }
    reach(last)
    frame({ kind: 'periodEnd', period: current })

    const { shootout, shootoutWinner, status, winner } = record.expected ?? {}
    const hasKicks = current === SHOOTOUT
    if (shootout && !hasKicks) {
      const [home, away] = shootout
      give(`shoot-out ${home}–${away}: no kicks recorded`, { kind: 'shootoutTally', period: SHOOTOUT, data: { home, away } })
    }
    const end = frame({ kind: 'gameEnd' })
    if (shootoutWinner && !shootout && !hasKicks) {
      const data = { how: 'shootout', winner: shootoutWinner }
      give(`shoot-out won by ${shootoutWinner}: no kicks recorded`, { kind: 'gameEnd', replaces: end.id, data })
    }
    giveStatus(status, winner)
    return { plays, given }
  },
  compare({ expected }, game) {
    if (!expected) return []
    const { ht, ft90, aet, periods, shootout, shootoutWinner, status = 'final' } = expected
    const { columns } = game.linescore
    const sum = (n: number) =>
      (['home', 'away'] as const).map(side => columns.slice(0, n).reduce((goals, column) => goals + (column[side] ?? 0), 0))
    const kicks = game.detail.shootout as { home: number; away: number } | null
    return [
      ...differences({ ...expected, status }, game),
      ...(periods ? columnDifferences(periods, columns) : []),
      ...(ht ? differ('half-time', ht, sum(1)) : []),
      ...(ft90 ? differ('after 90 minutes', ft90, sum(2)) : []),
      ...(aet ? differ('after extra time', aet, sum(4)) : []),
      ...(shootout ? differ('shoot-out', shootout, kicks && [kicks.home, kicks.away]) : []),
      ...(shootoutWinner ? differ('winner of the shoot-out', shootoutWinner, game.winner) : []),
      ...((shootout || shootoutWinner) && status === 'final' ? differ('decided by', 'shootout', game.statusReason) : []),
    ]
  },
}
