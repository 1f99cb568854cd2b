'use client'
import { dayOf, daysBetween, dayText, longDayText, spanText, timeText } from './time.ts'
import { useReader, useTime } from './use-time.ts'

/** A moment in the reader's own zone: `19:30`, `Sat 29 Nov`, `Sat 29 Nov, 19:30`. */
export function LocalTime({ at, show = 'time', className }: { at: string; show?: 'time' | 'day' | 'both'; className?: string }) {
  const reader = useReader()
  const today = useTime(now => dayOf(now, reader.timeZone), 60_000)
  const day = dayOf(at, reader.timeZone)
  const text = { time: timeText(at, reader), day: dayWord(day, today), both: `${dayWord(day, today)}, ${timeText(at, reader)}` }[show]
  return (
    <time dateTime={at} title={`${longDayText(day)}, ${timeText(at, reader)} (${reader.timeZone})`} className={className}>
      {text}
    </time>
  )
}

function dayWord(day: string, today: string): string {
  const days = daysBetween(today, day)
  if (days === 0) return 'Today'
  if (days === 1) return 'Tomorrow'
  if (days === -1) return 'Yesterday'
  return dayText(day, today)
}

/** How long ago: `6 s ago`. Never inside a live region. */
export function Ago({ at, className }: { at: string; className?: string }) {
  const text = useTime(now => spanText(now - Date.parse(at)), 1000)
  return (
    <time dateTime={at} className={className}>
      {text} ago
    </time>
  )
}
