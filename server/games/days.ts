const formats = new Map<string, Intl.DateTimeFormat>()

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
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(part => [part.type, part.value]))
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
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
