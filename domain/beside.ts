import type { TimerView } from './game.ts'
import type { LoggedPlay, Side } from './play.ts'
import type { Kind } from './sport.ts'

/** What runs beside the clock in every sport alike. */
export interface Beside {
  /** The time-out last called, until play goes on; over at `untilAt`, ISO-8601. */
  pause?: { side: Side; label: string; untilAt: string }
  /**
   * The time a side has for its attack, as long as the table keeps it in the log: the playing time at which it is over, null while the
   * clock is off. `lengthMs` is the whole of it: where the clock was set back there is no more left than that.
   */
  shot?: { side: Side; untilMs: number | null; lengthMs?: number }
}

/** When a play was: the time of day, what a clock that counts down showed, and how long had been played; null where nothing tells. */
export interface Moment {
  at: string | null
  clockMs: number | null
  playedMs: number | null
}

const GOES_ON: ReadonlySet<string> = new Set(['clockStart', 'periodStart', 'periodEnd'])
const other = (side: Side): Side => (side === 'home' ? 'away' : 'home')

/** What runs beside the clock after a play. `moment` is asked only of plays that set something going. */
export function besideAfter(
  before: Beside | undefined,
  kind: Kind | undefined,
  play: LoggedPlay,
  situation: { rules: unknown; isTimed: boolean; isLate: boolean; isRunning: boolean; moment(): Moment },
): Beside | undefined {
  const { rules, isTimed, isLate, isRunning, moment } = situation
  const { pause, shot } = before ?? {}
  // A clock that was never stopped for the time-out runs on with the first play that nobody makes but in play.
  const goesOn = GOES_ON.has(play.kind) || (!isLate && (isTimed ? isRunning && isInPlay(kind) : kind?.scoring === true))
  if (pause && goesOn) {
    const { pause: _, ...rest } = before ?? {}
    return besideAfter(rest.shot ? rest : undefined, kind, play, situation)
  }
  const set = rules as Readonly<Record<string, unknown>>
  const said = play.data?.seconds
  const seconds = (rule: string) => Number(said ?? set[rule] ?? 0)
  if (kind?.lasts !== undefined && play.side) {
    const { at } = moment()
    const lasts = seconds(kind.lasts)
    if (at === null || !(lasts > 0)) return before
    return { ...before, pause: { side: play.side, label: kind.label, untilAt: new Date(Date.parse(at) + lasts * 1000).toISOString() } }
  }
  const attack = kind?.attack === 'conceded' ? (set.keeperRestarts === true ? 'other' : 'nobody') : kind?.attack
  if (attack === 'nobody' && shot && !isLate) return { ...before, shot: { ...shot, untilMs: null } }
  if (attack !== undefined && play.side && !isLate && (shot || attack === 'set')) {
    const side = attack === 'other' || attack === 'fouled' ? other(play.side) : play.side
    const isKept = attack === 'again' || (attack === 'fouled' && shot?.side === side)
    const left = seconds(isKept ? 'shotClockAgain' : 'shotClock')
    const now = moment()
    const untilMs = endOfAttack(left, now)
    // Who is fouled with more time than that keeps it.
    const hasMore = attack === 'fouled' && isKept && shot?.untilMs && now.playedMs !== null && shot.untilMs - now.playedMs > left * 1000
    return hasMore ? before : { ...before, shot: { side, untilMs, lengthMs: left * 1000 } }
  }
  const isEdge = play.kind === 'periodStart' || play.kind === 'periodEnd'
  return isEdge && shot && shot.untilMs !== null ? { shot: { ...shot, untilMs: null } } : before
}

/** What only happens while play goes on: a goal, a steal; the table sets a shot clock in a time-out too. */
const isInPlay = ({ scoring, attack }: Kind = { label: '', side: 'none' }) => scoring === true || (attack !== undefined && attack !== 'set')

/** With no more time left in the period than that the clock is off, as every book has it. */
function endOfAttack(seconds: number, { clockMs, playedMs }: Moment): number | null {
  const isOff = playedMs === null || !(seconds > 0) || (clockMs !== null && clockMs <= seconds * 1000)
  return isOff ? null : playedMs + seconds * 1000
}

/**
 * What is left at the clock's last reading: no more than the whole of it, where the clock was set back. Of what began since a clock that
 * runs was last said it is more, and readers, who know how far the clock has gone, get the whole of it too.
 */
export function leftOf(leftMs: number, lengthMs = Number.POSITIVE_INFINITY, isRunning = false): Pick<TimerView, 'leftMs' | 'lengthMs'> {
  if (leftMs <= lengthMs) return { leftMs }
  return isRunning ? { leftMs, lengthMs } : { leftMs: lengthMs }
}

/**
 * When the break after the n-th period is over, ISO-8601: by the rules `halfTimeMinutes` and `breakSeconds`. Null after regular time, where
 * nobody knows yet whether there is more, where nothing tells when it began, and where the rules do not say.
 */
export function endOfBreak(n: number, regulation: number, rules: unknown, at: string | null): string | null {
  const { halfTimeMinutes, breakSeconds } = rules as { halfTimeMinutes?: number; breakSeconds?: number }
  const seconds = Number(2 * n === regulation ? (halfTimeMinutes ?? 0) * 60 : breakSeconds)
  return at === null || n >= regulation || !(seconds > 0) ? null : new Date(Date.parse(at) + seconds * 1000).toISOString()
}

/** As readers get it, when so much has been played. */
export function timersBeside({ pause, shot }: Beside, playedMs: number, isRunning: boolean): TimerView[] {
  const left = shot?.untilMs ? shot.untilMs - playedMs : 0
  return [
    ...(shot && left > 0 ? [{ id: 'shot', side: shot.side, label: 'Shot clock', ...leftOf(left, shot.lengthMs, isRunning) }] : []),
    ...(pause ? [{ id: 'pause', ...pause }] : []),
  ]
}
