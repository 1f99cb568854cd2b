import { dayOf, daysBetween, dayText, type Reader, timeText } from '#components/ui/time.ts'
import { clockText, readClock } from '#domain/clock.ts'
import type { GameRow, How, PeriodView } from '#domain/game.ts'
import type { Labels } from '#domain/sport.ts'

type Told = Pick<GameRow, 'startsAt' | 'status' | 'statusReason' | 'period' | 'clock' | 'brief'>
/** What of a sport's own words a status needs. */
export type StatusLabels = Pick<Labels, 'endings' | 'isInMinutes'>

export interface StatusWords {
  /** `Q4 2:07`, `67′`, `19:30`, `Final`, `Ppd` */
  main: string
  /** What explains it: `live`, `in 2 h`, `overtime`, `frozen pitch`. */
  second: string
  /** Being played, breaks included. */
  isLive: boolean
}

/** Being played by a clock that does not run just now: a halt, or a basket after the end of a period. It must not look as if it ran. */
export const isClockStanding = ({ status, clock }: Pick<GameRow, 'status' | 'clock'>) =>
  status === 'live' && clock !== null && !clock.running

const HOURS = 3_600_000
/** What an ending is called under `Final`; an ordinary one needs no word. */
export const ENDINGS: Readonly<Record<string, string>> = {
  overtime: 'overtime',
  shootout: 'shoot-out',
  golden: 'golden score',
  mercy: 'mercy rule',
  dls: 'DLS',
  called: 'called',
  retired: 'retired',
  walkover: 'walkover',
  forfeit: 'forfeit',
  disqualified: 'disqualified',
  awarded: 'awarded',
  'no-result': 'no result',
}

/**
 * Where a game stands, in two short lines.
 *
 * @param labels the sport's own words; common ones without
 * @param isDated the game stands under a heading that names its day already
 */
export function statusWords(game: Told, nowMs: number, reader: Reader, labels: StatusLabels = {}, isDated = false): StatusWords {
  switch (game.status) {
    case 'live':
      return {
        main: liveText(game, nowMs, labels),
        second: game.statusReason ?? (isClockStanding(game) ? 'clock stopped' : 'live'),
        isLive: true,
      }
    case 'break':
      return { main: breakText(game.period), second: game.statusReason ?? 'live', isLive: true }
    case 'suspended':
      return { main: 'Halted', second: game.statusReason ?? game.period?.label ?? 'in play', isLive: true }
    case 'scheduled':
      return startWords(game, nowMs, reader, isDated)
    case 'final':
      return { ...endWords(game, labels, () => startText(game, nowMs, reader, isDated)), isLive: false }
    case 'forfeited':
      return game.statusReason === 'walkover'
        ? { main: 'W.O.', second: 'walkover', isLive: false }
        : {
            main: 'Forfeit',
            second: game.statusReason === 'forfeit' ? game.brief || '' : endWords(game, labels, () => '').second,
            isLive: false,
          }
    case 'postponed':
      return { main: 'Ppd', second: game.statusReason ?? 'postponed', isLive: false }
    case 'cancelled':
      return { main: 'Canc', second: game.statusReason ?? 'cancelled', isLive: false }
    case 'abandoned':
      return { main: 'Abd', second: game.statusReason ?? 'abandoned', isLive: false }
  }
}

/** The same for a sentence: `live, Q4 2:07`, `final after overtime`, `starts 19:30`. */
export function statusSentence(game: Told, nowMs: number, reader: Reader, labels: StatusLabels = {}): string {
  const { main, second } = statusWords(game, nowMs, reader, labels)
  const how = endWords(game, labels, () => '').second
  const reason = game.statusReason ? `, ${game.statusReason}` : ''
  switch (game.status) {
    case 'live':
      return `live, ${game.period?.label ?? 'under way'}${isClockStanding(game) ? ', clock stopped' : ''}`
    case 'break':
      return `live, ${main}`
    case 'suspended':
      return `halted${reason}`
    case 'scheduled':
      return game.startsAt ? `starts ${main}, ${second}` : 'start not yet known'
    case 'final':
      return how ? `final, ${how}` : 'final'
    case 'forfeited':
      return how || 'forfeited'
    default:
      return `${game.status}${reason}`
  }
}

/** `Final` and how, as boards of the sport write it: `overtime`, `Final/11`, `AET`, `pens 4–3`. */
function endWords(
  { statusReason, period, brief }: Told,
  { endings }: StatusLabels,
  plain: () => string,
): Pick<StatusWords, 'main' | 'second'> {
  const own = endings?.[statusReason as How]
  return {
    main: (own?.main ?? 'Final').replace('{n}', String(period?.number ?? '')),
    second: brief || (own?.second ?? ENDINGS[statusReason ?? '']) || plain(),
  }
}

function liveText({ period, clock }: Told, nowMs: number, labels: StatusLabels): string {
  if (!clock || !period) return period?.label ?? 'Live'
  const value = readClock(clock, nowMs)
  return minuteText(period, value, labels) ?? `${period.label} ${clockText(value, clock.direction, true)}`
}

function breakText(period: PeriodView | null): string {
  if (!period) return 'Break'
  if ((period.kind === 'half' && period.number === 1) || (period.kind === 'quarter' && period.number === 2)) return 'Half-time'
  return `End ${period.label}`
}

/** `67′`, and past the end of a period `45+2′`; null where the clock is told in minutes and seconds. */
export function minuteText({ endMs }: PeriodView, valueMs: number, { isInMinutes }: StatusLabels): string | null {
  if (!isInMinutes || endMs === undefined) return null
  const minute = Math.floor(valueMs / 60_000)
  const end = Math.round(endMs / 60_000)
  return minute < end ? `${minute + 1}′` : `${end}+${minute - end + 1}′`
}

function startWords(game: Told, nowMs: number, reader: Reader, isDated: boolean): StatusWords {
  if (game.startsAt === null) return { main: 'TBA', second: game.statusReason ?? 'no time yet', isLive: false }
  const wait = Date.parse(game.startsAt) - nowMs
  const main = timeText(game.startsAt, reader)
  if (game.statusReason) return { main, second: game.statusReason, isLive: false }
  if (wait <= 0) return { main, second: wait > -3 * HOURS ? 'due' : 'not begun', isLive: false }
  if (wait < 60_000) return { main, second: 'now', isLive: false }
  if (wait < 10 * HOURS) return { main, second: `in ${waitText(wait)}`, isLive: false }
  return { main, second: isDated ? '' : dayWord(game.startsAt, nowMs, reader), isLive: false }
}

/** `45 min`, `1 h 55 min`, `4 h` */
function waitText(ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  const rest = minutes % 60
  return minutes >= 180 || rest === 0 ? `${Math.round(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest}\u00a0min`
}

function startText(game: Told, nowMs: number, reader: Reader, isDated: boolean): string {
  if (game.startsAt === null) return ''
  const isToday = isDated || dayOf(game.startsAt, reader.timeZone) === dayOf(nowMs, reader.timeZone)
  return isToday ? timeText(game.startsAt, reader) : dayWord(game.startsAt, nowMs, reader)
}

function dayWord(at: string, nowMs: number, { timeZone }: Reader): string {
  const [day, today] = [dayOf(at, timeZone), dayOf(nowMs, timeZone)]
  const days = daysBetween(today, day)
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  return dayText(day, today)
}
