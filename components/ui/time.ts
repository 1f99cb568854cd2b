/** How a reader tells the time: their zone, and whether afternoons start at 1 again. */
export interface Reader {
  timeZone: string
  hour12: boolean
}

const LOCALE = 'en-GB'
const formats = new Map<string, Intl.DateTimeFormat>()
/** Making a format costs more than using it a thousand times. */
function format(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timeZone}|${JSON.stringify(options)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(LOCALE, { timeZone, ...options })
  formats.set(key, known)
  return known
}

/** `19:30`, or `7:30 pm` */
export function timeText(at: string | number, { timeZone, hour12 }: Reader): string {
  const options: Intl.DateTimeFormatOptions = hour12
    ? { hour: 'numeric', minute: '2-digit', hour12: true }
    : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  return format(timeZone, options).format(new Date(at))
}

/** `2026-11-22`: the day a moment falls on in a zone. */
export function dayOf(at: string | number, timeZone: string): string {
  const parts = format(timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(at))
  const part = (type: string) => parts.find(p => p.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

const noon = (day: string) => Date.parse(`${day}T12:00:00Z`)

/** Days from one calendar day to another: 1 is tomorrow. */
export const daysBetween = (from: string, to: string) => Math.round((noon(to) - noon(from)) / 86_400_000)

export function addDays(day: string, count: number): string {
  return new Date(noon(day) + count * 86_400_000).toISOString().slice(0, 10)
}

/** `Sat 29 Nov`, with the year when it is another one than `today`'s. */
export function dayText(day: string, today: string): string {
  const year: Intl.DateTimeFormatOptions = day.slice(0, 4) === today.slice(0, 4) ? {} : { year: 'numeric' }
  return format('UTC', { weekday: 'short', day: 'numeric', month: 'short', ...year })
    .format(noon(day))
    .replace(',', '')
}

/** `Saturday 29 November` */
export function longDayText(day: string): string {
  return format('UTC', { weekday: 'long', day: 'numeric', month: 'long' }).format(noon(day)).replace(',', '')
}

/** `November 2026`, of `2026-11` */
export const longMonthText = (month: string) => format('UTC', { month: 'long', year: 'numeric' }).format(noon(`${month}-01`))
export const monthText = (day: string) => format('UTC', { month: 'short' }).format(noon(day))
export const weekdayText = (day: string) => format('UTC', { weekday: 'short' }).format(noon(day))

/** `6 s`, `2 min`, `3 h`, `4 days`: how long something lasted or lies back. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 120) return `${minutes} min`
  const hours = Math.round(minutes / 60)
  if (hours < 36) return `${hours} h`
  return `${Math.round(hours / 24)} days`
}
