'use client'
import { CalendarDays, ChevronLeft, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { IconButton } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { addDays, longDayText, monthText, weekdayText } from '#components/ui/time.ts'
import type { StripDay } from './board-data.ts'
import { boardHref, type Filter } from './filter.ts'

interface DateStripProps {
  date: string
  today: string
  days: StripDay[]
  /** Live games right now, for today's entry. */
  liveNow: number
  filter: Filter
}

/** The days around the one shown, each with how many games it has. */
export function DateStrip({ date, today, days, liveNow, filter }: DateStripProps) {
  const router = useRouter()
  const list = useRef<HTMLUListElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const href = (day: string) => boardHref(day === today ? null : day, filter)

  // The day shown stands in the middle before anybody has scrolled. Keyed by the day, since the strip stays when the day changes.
  useEffect(() => {
    const strip = list.current
    const current = strip?.querySelector<HTMLElement>(`[data-day="${date}"]`)
    if (strip && current) strip.scrollLeft = current.offsetLeft - (strip.clientWidth - current.clientWidth) / 2
  }, [date])

  return (
    <nav aria-label="Days" className="border-b border-line">
      <div className="page flex items-center gap-1">
        <IconButton label="Day before" className="-ms-3 max-sm:hidden" onClick={() => router.push(href(addDays(date, -1)))}>
          <ChevronLeft size={18} aria-hidden className="rtl:-scale-x-100" />
        </IconButton>
        <ul ref={list} className="no-scrollbar relative -mx-1 flex grow snap-x gap-1 overflow-x-auto px-1 py-2 sm:grow-0">
          {days.map(day => (
            <li key={day.date} data-day={day.date} className="snap-center">
              <Day day={day} isShown={day.date === date} isToday={day.date === today} liveNow={liveNow} href={href(day.date)} />
            </li>
          ))}
        </ul>
        <IconButton label="Day after" className="max-sm:hidden" onClick={() => router.push(href(addDays(date, 1)))}>
          <ChevronRight size={18} aria-hidden className="rtl:-scale-x-100" />
        </IconButton>
        <span className="relative shrink-0 sm:ms-auto">
          <IconButton label="Pick a day" className="-me-3" onClick={() => picker.current?.showPicker()}>
            <CalendarDays size={18} aria-hidden />
          </IconButton>
          <input
            ref={picker}
            type="date"
            tabIndex={-1}
            aria-hidden
            defaultValue={date}
            key={date}
            onChange={event => event.target.value && router.push(href(event.target.value))}
            className="pointer-events-none absolute inset-x-0 bottom-0 h-px w-full opacity-0"
          />
        </span>
      </div>
    </nav>
  )
}

interface DayProps {
  day: StripDay
  isShown: boolean
  isToday: boolean
  liveNow: number
  href: string
}

function Day({ day, isShown, isToday, liveNow, href }: DayProps) {
  const live = isToday ? liveNow : day.live
  const count = live > 0 ? `${live} live` : day.games > 0 ? String(day.games) : ''
  const spoken = `${isToday ? 'Today, ' : ''}${longDayText(day.date)}, ${live > 0 ? `${live} live, ` : ''}${day.games || 'no'} ${day.games === 1 ? 'game' : 'games'}`
  return (
    <Link
      href={href}
      prefetch={false}
      scroll={false}
      aria-label={spoken}
      aria-current={isShown ? 'date' : undefined}
      className={cx(
        'flex min-h-[4.125rem] w-16 flex-col items-center justify-start rounded-md border border-transparent py-1.5 text-xs leading-4',
        isShown ? 'border-ink bg-ink text-paper' : 'text-soft hover:bg-press',
      )}
    >
      <span>
        {isToday
          ? 'Today'
          : isShown || day.date.endsWith('-01')
            ? `${weekdayText(day.date)} ${monthText(day.date)}`
            : weekdayText(day.date)}
      </span>
      <span className={cx('figures text-lg leading-5.5', !isShown && 'text-ink')}>{Number(day.date.slice(8))}</span>
      <span className={cx('tabular-nums', live > 0 && 'font-semibold', live > 0 && !isShown && 'text-live')}>{count}</span>
    </Link>
  )
}
