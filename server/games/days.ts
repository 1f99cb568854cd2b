const formats = new Map<string, Intl.DateTimeFormat>()
/** More than there are zones; callers may write one in many ways. */
const MAX_FORMATS = 1_000

function partsIn(zone: string, at: number) {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    if (formats.size >= MAX_FORMATS) formats.clear()
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(part => [part.type, part.value]))
  return {
    // Four digits, so that days sort as text.
    date: `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`,
    asUtc: Date.UTC(
      Number(parts.year),
      Number(parts.month) - 1,
      Number(parts.day),
      Number(parts.hour),
      Number(parts.minute),
      Number(parts.second),
    ),
  }
}

/** A zone of the time zone database, or an offset, that times can be shown in. */
export function isTimeZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}

/** A day of the calendar, `YYYY-MM-DD`, that has days before and after it to page to. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1000' || text >= '9999') return false
  const at = Date.parse(`${text}T00:00:00Z`)
  // The 30th of February parses, as the 2nd of March.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

/** The calendar day in a zone, `YYYY-MM-DD`. */
export const dayOf = (at: number, zone: string): string => partsIn(zone, at).date

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The first moment of a day in a zone. Where midnight does not exist, the first moment that does. */
function startOfDay(day: string, zone: string): number {
  const wanted = Date.parse(`${day}T00:00:00Z`)
  let at = wanted
  // The offset at the guess corrects the guess; twice, since the guess may lie on the other side of a change.
  for (let i = 0; i < 2; i++) at = wanted - (partsIn(zone, at).asUtc - at)
  return dayOf(at, zone) < day ? at + 3_600_000 : at
}

/** From its first moment to the first of the next day, in milliseconds since 1970: 23, 24 or 25 hours. */
export function dayBounds(day: string, zone: string): { from: number; to: number } {
  return { from: startOfDay(day, zone), to: startOfDay(addDays(day, 1), zone) }
}
