import type { Winner } from '#domain/game.ts'
import type { PlayInput, Side } from '#domain/play.ts'
import { sport } from '#domain/sports/ice-hockey.ts'
import { columnDifferences, differ, differences, gameOf, isBesidePlay, playList, type RecordedGame, type ReplayAdapter } from './adapter.ts'

type Pair = readonly [number, number]
interface HockeyEvent {
  period: number
  /** Counts up within its period. */
  clock?: string | null
  side: Side
  type: string
  points?: number
  player?: string | null
  /** `EVEN PPG SHG` or `ev pp sh`, by the feed. */
  strength?: string | null
  emptyNet?: boolean
  /** Of a shot in the shoot-out: `goal`, `save`, `miss` … */
  result?: string | null
}
interface HockeyRecord extends RecordedGame {
  competition?: string
  events: readonly HockeyEvent[]
  expected?: {
    home: number
    away: number
    winner?: Winner | 'tie'
    status?: string
    periods?: readonly Pair[]
    shootout?: { homeConversions?: number; awayConversions?: number; homeAttempts?: number; awayAttempts?: number }
  }
}

const REGULATION = 3
/** After one overtime, played or not. */
const SHOOTOUT = 5
const PERIOD_MS = 20 * 60_000
const OVERTIME_MS = 5 * 60_000
const STRENGTHS: Readonly<Record<string, string>> = {
  ev: 'even',
  even: 'even',
  pp: 'powerPlay',
  ppg: 'powerPlay',
  sh: 'shortHanded',
  shg: 'shortHanded',
}

function elapsedMs(text: string | null | undefined): number | undefined {
  const [, minutes, seconds] = /^(\d+):(\d{2})$/.exec(text ?? '') ?? []
  return minutes === undefined ? undefined : Number(minutes) * 60_000 + Number(seconds) * 1000
}

const isShot = ({ type }: HockeyEvent) => type.startsWith('shootout')

/** Play-offs are played to a goal, twenty minutes at a time: by name, by number (`…03….`), or since nothing else gets so far. */
function isPlayOff({ id, competition = '', events }: HockeyRecord): boolean {
  if (events.some(isShot)) return false
  const isLong = events.some(({ period, clock }) => period >= SHOOTOUT || (period > REGULATION && (elapsedMs(clock) ?? 0) > OVERTIME_MS))
  return isLong || /play-?off/i.test(competition) || /^nhl-\d{4}03\d{4}/.test(id)
}

/** The last period: a level game goes on, into overtime at the least. */
function lastPeriod({ events }: HockeyRecord): number {
  const latest = Math.max(REGULATION, ...events.map(event => (isShot(event) ? SHOOTOUT : event.period)))
  const lead = events.reduce((sum, { type, side }) => sum + (type === 'goal' ? (side === 'home' ? 1 : -1) : 0), 0)
  return latest === REGULATION && lead === 0 ? REGULATION + 1 : latest
}

function playOf(event: HockeyEvent, isPlayOffs: boolean): Omit<PlayInput, 'id'> {
  const { period, clock, side, type, player, strength, emptyNet, result } = event
  const common = { kind: type, side, ...(player ? { player } : {}) }
  if (type === 'shootoutAttempt') {
    const how = result?.toLowerCase()
    return { ...common, period: SHOOTOUT, data: { result: how === 'goal' || how === 'save' ? how : 'miss' } }
  }
  if (isShot(event)) return { ...common, period: SHOOTOUT }
  const lengthMs = period > REGULATION && !isPlayOffs ? OVERTIME_MS : PERIOD_MS
  const played = elapsedMs(clock)
  const left = played === undefined || played > lengthMs ? {} : { clockMs: lengthMs - played }
  const how = STRENGTHS[strength?.toLowerCase() ?? '']
  const data = { ...(how ? { strength: how } : {}), ...(emptyNet ? { emptyNet } : {}) }
  return { ...common, period, ...left, ...(Object.keys(data).length > 0 ? { data } : {}) }
}

/** Without what is level at the end of it: a snapshot's record may list periods that had no goal yet. */
const withoutBlank = (periods: readonly Pair[]) => periods.slice(0, periods.findLastIndex(([home, away]) => home + away > 0) + 1)

export const adapter: ReplayAdapter<HockeyRecord> = {
  sport: 'ice_hockey',
  game: record => ({ ...gameOf(record), rules: { pack: isPlayOff(record) ? 'nhl-playoffs' : 'nhl' } }),
  plays(record) {
    const { plays, given, add, frame, give, giveStatus, remark } = playList()
    const isPlayOffs = isPlayOff(record)
    let current = 0
    const close = () => frame({ kind: 'periodEnd', period: current, ...(current === SHOOTOUT && !isPlayOffs ? {} : { clockMs: 0 }) })
    const reach = (period: number) => {
      while (current < period) {
        if (current > 0) close()
        current += 1
        frame({ kind: 'periodStart', period: current })
      }
    }
    for (const event of record.events) {
      reach(isShot(event) ? SHOOTOUT : event.period)
      if (isBesidePlay(sport, event)) remark(event.side, event.type)
      else add(playOf(event, isPlayOffs))
    }
    reach(lastPeriod(record))
    const { expected } = record
    const isLevel = !isPlayOffs && current === REGULATION + 1 && !record.events.some(({ period }) => period > REGULATION)
    const { homeConversions: home, awayConversions: away } = expected?.shootout ?? {}
    const hasTally = isLevel && home !== undefined && away !== undefined
    close()
    if (hasTally) give(`shoot-out ${home}–${away}: no shots recorded`, { kind: 'shootoutTally', period: SHOOTOUT, data: { home, away } })
    const end = frame({ kind: 'gameEnd' })
    const winner = expected?.winner
    if (isLevel && !hasTally && (winner === 'home' || winner === 'away')) {
      const data = { how: 'shootout', winner }
      give(`shoot-out won by ${winner}: no shots recorded`, { kind: 'gameEnd', replaces: end.id, data })
    }
    giveStatus(expected?.status, winner)
    return { plays, given }
  },
  compare({ expected, events }, game) {
    if (!expected) return []
    const { periods, shootout } = expected
    const status = expected.status ?? 'final'
    const isOver = status === 'final'
    const columns = game.linescore.columns.map(({ home, away }): Pair => [home ?? 0, away ?? 0])
    const lines = !periods
      ? []
      : isOver
        ? columnDifferences(periods, game.linescore.columns)
        : differ('linescore', withoutBlank(periods), withoutBlank(columns))
    const read = game.detail.shootout as { home: number; away: number; kicks: readonly { side: Side }[] } | null
    const taken = (side: Side) => read?.kicks.filter(kick => kick.side === side).length ?? 0
    const { homeConversions, awayConversions, homeAttempts, awayAttempts } = shootout ?? {}
    return [
      ...differences({ ...expected, status }, game),
      ...lines,
      ...(homeConversions === undefined ? [] : differ('shoot-out', [homeConversions, awayConversions], read && [read.home, read.away])),
      // Old feeds tell the goals alone.
      ...(homeAttempts === undefined || !read?.kicks.length || !events.some(({ type }) => type === 'shootoutAttempt')
        ? []
        : differ('shots in the shoot-out', [homeAttempts, awayAttempts], [taken('home'), taken('away')])),
      ...(shootout && isOver ? differ('decided by', 'shootout', game.statusReason) : []),
    ]
  },
}
