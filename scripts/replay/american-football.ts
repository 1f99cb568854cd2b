import type { Winner } from '#domain/game.ts'
import { other, type PlayInput, type Side } from '#domain/play.ts'
import { sport } from '#domain/sports/american-football.ts'
import { columnDifferences, differences, gameOf, isBesidePlay, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'

interface FootballEvent {
  /** Null where the feed does not say: the one under way. */
  period?: number | null
  /** Counts down; null where the feed has no play. */
  clock?: string | null
  side: Side
  type: string
  points?: number
  /** `A.Marsh 12 yd. pass from B.Hill (C.Wood kick is good)` */
  text?: string | null
}
interface FootballRecord extends RecordedGame {
  competition?: string
  events: readonly FootballEvent[]
  expected?: { home: number; away: number; winner?: Winner | 'tie'; status?: string; periods?: readonly (readonly number[])[] }
}

const REGULATION = 4
const WORTH: Readonly<Record<string, number>> = {
  touchdown: 6,
  extraPoint: 1,
  twoPoint: 2,
  fieldGoal: 3,
  safety: 2,
  defensiveTwoPoint: 2,
}

function clockMs(text: string | null | undefined): number | undefined {
  const [, minutes, seconds] = /^(\d*):(\d{2})$/.exec(text ?? '') ?? []
  return minutes === undefined ? undefined : Number(minutes) * 60_000 + Number(seconds) * 1000
}

const latestOf = (events: readonly FootballEvent[]) => Math.max(REGULATION, ...events.map(({ period }) => period ?? 1))

/** Play-offs have overtimes without end; nothing else has a second one. */
const isPlayOff = ({ competition = '', events }: FootballRecord) => /\bPOST\b/.test(competition) || latestOf(events) > REGULATION + 1

const lead = (events: readonly FootballEvent[]) =>
  events.reduce((sum, { type, side }) => sum + (WORTH[type] ?? 0) * (side === 'home' ? 1 : -1), 0)

/** The last period: a game level after four goes into overtime, also one in which nobody scored; play-offs until it is not. */
function lastPeriod({ events }: FootballRecord): number {
  const latest = latestOf(events)
  return latest === REGULATION && lead(events) === 0 ? REGULATION + 1 : latest
}

const TRIES = new Set(['extraPoint', 'extraPointMissed', 'twoPoint', 'twoPointFailed', 'defensiveTwoPoint'])
/** Whose try an event tells of; null of anything else. */
const ownerOf = ({ type, side }: FootballEvent) => (!TRIES.has(type) ? null : type === 'defensiveTwoPoint' ? other(side) : side)
/** The clock stands still during a try: what the feed shows so much later is not of it. */
const TRIED_WITHIN_MS = 4 * 60_000

/** An event with the touchdown that it follows, where it is a try; `null` where it is one that follows none, or is told once more. */
function withTouchdowns(events: readonly FootballEvent[]): { event: FootballEvent; after?: FootballEvent | null }[] {
  const open: Partial<Record<Side, FootballEvent>> = {}
  return events.map((event, i) => {
    const owner = ownerOf(event)
    if (!owner) {
      delete open.home
      delete open.away
      if (event.type === 'touchdown') open[event.side] = event
      return { event }
    }
    const next = events[i + 1]
    const isToldAgain = WORTH[event.type] === undefined && next !== undefined && ownerOf(next) === owner
    const after = isToldAgain ? null : (open[owner] ?? null)
    if (!isToldAgain) delete open[owner]
    return { event, after }
  })
}

const RETURNS: Readonly<Record<string, string>> = {
  run: 'run',
  'interception return': 'interception',
  'fumble return': 'fumble',
  'punt return': 'punt',
  'kickoff return': 'kickoff',
}
const LONGEST_YARDS = 110
const LONGEST_NAME = 80
const nameIn = (text: string | undefined) => (text && text.length <= LONGEST_NAME ? text.trim() : undefined)

/** Who and how, where the feed's sentence has the usual shape. */
function told({ type, text }: FootballEvent): Pick<PlayInput, 'player' | 'data'> {
  const said = (text ?? '').replace(/ \(.*$/, '')
  const [, who, distance, how = ''] = /^(\S.*?) (\d+) yd\. (.+)$/.exec(said) ?? []
  const yards = distance !== undefined && Number(distance) <= LONGEST_YARDS ? { yards: Number(distance) } : {}
  const player = nameIn(who)
  const named = player ? { player } : {}
  switch (type) {
    case 'touchdown': {
      const passer = nameIn(/^pass from (.+)$/.exec(how)?.[1])
      if (passer) return { ...named, data: { how: 'pass', passer: { name: passer }, ...yards } }
      const kind = how.startsWith('return of blocked') ? 'block' : RETURNS[how]
      return kind ? { ...named, data: { how: kind, ...yards } } : {}
    }
    case 'fieldGoal':
      return how.startsWith('Field Goal') ? { ...named, data: yards } : {}
    case 'extraPoint': {
      const kicker = nameIn(/^(.+) kick is good$/.exec(said)?.[1])
      return kicker ? { player: kicker } : {}
    }
    case 'twoPoint': {
      const runner = nameIn(/^(.+) run$/.exec(said)?.[1])
      const [, passer, catcher] = /^(.+?)-([A-Z]\..+) pass$/.exec(said) ?? []
      if (runner) return { player: runner }
      return nameIn(passer) && nameIn(catcher) ? { player: catcher, data: { passer: { name: passer } } } : {}
    }
    default:
      return {}
  }
}

export const adapter: ReplayAdapter<FootballRecord> = {
  sport: 'american_football',
  game: record => ({ ...gameOf(record), ...(isPlayOff(record) ? { rules: { pack: 'nfl-playoffs' } } : {}) }),
  plays(record) {
    const { plays, given, add, frame, giveStatus, remark } = playList()
    let current = 0
    const reach = (period: number) => {
      while (current < period) {
        if (current > 0) frame({ kind: 'periodEnd', period: current, clockMs: 0 })
        current += 1
        frame({ kind: 'periodStart', period: current })
      }
    }
    for (const { event, after } of withTouchdowns(record.events)) {
      const { side, type } = event
      if (isBesidePlay(sport, event) || (after === null && WORTH[type] === undefined)) {
        remark(side, sport.kinds[type]?.label ?? type)
        continue
      }
      const period = after?.period || event.period || Math.max(1, current)
      const [own, then] = [clockMs(event.clock), clockMs(after?.clock)]
      const isOff = after && !(Math.abs((own ?? Number.NaN) - (then ?? Number.NaN)) <= TRIED_WITHIN_MS)
      reach(period)
      add({ kind: type, side, period, clockMs: isOff ? then : own, ...told(event) })
    }
    reach(lastPeriod(record))
    frame({ kind: 'periodEnd', period: current, clockMs: 0 })
    frame({ kind: 'gameEnd' })
    giveStatus(record.expected?.status, record.expected?.winner)
    return { plays, given }
  },
  compare({ expected }, game) {
    if (!expected) return []
    return [
      ...differences({ ...expected, status: expected.status ?? 'final' }, game),
      ...(expected.periods ? columnDifferences(expected.periods, game.linescore.columns) : []),
    ]
  },
}
