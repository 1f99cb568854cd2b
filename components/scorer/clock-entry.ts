const READING = /^(?:(\d{1,3})[:.,](\d{2})|(\d{1,3}))(?:[.,](\d))?$/

/** `4:12`, `4.12`, `0:09.5`, `52.5` as milliseconds; null for what is no reading of a clock. */
export function parseClock(text: string): number | null {
  const match = READING.exec(text.trim())
  if (!match) return null
  const [, minutes = '0', within, alone, tenths = '0'] = match
  if (within !== undefined && Number(within) > 59) return null
  return (Number(minutes) * 60 + Number(within ?? alone)) * 1000 + Number(tenths) * 100
}

/** A reading as a form shows it. */
export function clockEntry(ms: number | undefined): string {
  if (ms === undefined) return ''
  const seconds = Math.floor(ms / 1000)
  const tenths = Math.floor((ms % 1000) / 100)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}${tenths ? `.${tenths}` : ''}`
}
