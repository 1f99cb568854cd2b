'use client'
import { ChevronDown } from 'lucide-react'
import type { MouseEvent, ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import { tabClass } from '#components/ui/tabs.tsx'
import type { Ref } from '#domain/game.ts'
import { sportName } from './board-data.ts'
import { boardHref, type Filter } from './filter.ts'

interface FilterBarProps {
  filter: Filter
  /** In the address, null for today. */
  date: string | null
  live: number
  favourites: number
  sports: string[]
  competitions: (Ref & { sport: string })[]
  /** Stands at the end of the line and does not scroll away. */
  end?: ReactNode
}

/** What of the day to show. Every choice is an address; taking one does not ask the server again. */
export function FilterBar({ filter, date, live, favourites, sports, competitions, end }: FilterBarProps) {
  const offered = competitions.filter(competition => !filter.sport || competition.sport === filter.sport)
  const tab = (next: Filter, label: ReactNode, isCurrent: boolean) => (
    <a
      href={boardHref(date, next)}
      onClick={event => showInPlace(event, boardHref(date, next))}
      aria-current={isCurrent ? 'true' : undefined}
      className={tabClass(isCurrent)}
    >
      {label}
    </a>
  )
  return (
    <div className="border-b border-line">
      <div className="page flex items-stretch gap-4">
        <nav
          aria-label="Filter"
          className="no-scrollbar -mb-px flex min-w-0 grow items-stretch gap-4 overflow-x-auto pe-6 [mask-image:linear-gradient(to_left,transparent,black_1.5rem)] sm:gap-5"
        >
          {tab({ ...filter, status: 'all' }, 'All', filter.status === 'all')}
          {tab(
            { ...filter, status: 'live' },
            <>Live{live > 0 ? <span className="figures text-live">{live}</span> : null}</>,
            filter.status === 'live',
          )}
          {tab(
            { ...filter, status: 'favourites' },
            <>Favourites{favourites > 0 ? <span className="figures">{favourites}</span> : null}</>,
            filter.status === 'favourites',
          )}
          {sports.length > 1 || filter.sport ? (
            <Choice
              label="Sport"
              all="All sports"
              value={filter.sport}
              options={sports.map(id => ({ id, name: sportName(id) }))}
              onPick={sport => pushAddress(boardHref(date, { ...filter, sport, competition: null }))}
            />
          ) : null}
          {offered.length > 1 || filter.competition ? (
            <Choice
              label="Competition"
              all="All competitions"
              value={filter.competition}
              options={offered}
              onPick={competition => pushAddress(boardHref(date, { ...filter, competition }))}
            />
          ) : null}
        </nav>
        {end}
      </div>
    </div>
  )
}

interface ChoiceProps {
  label: string
  all: string
  value: string | null
  options: readonly Ref[]
  onPick: (id: string | null) => void
}

function Choice({ label, all, value, options, onPick }: ChoiceProps) {
  return (
    <span className={cx(tabClass(value !== null), 'relative shrink-0')}>
      <select
        aria-label={label}
        value={value ?? ''}
        onChange={event => onPick(event.target.value || null)}
        className="field-sizing-content min-h-11 max-w-48 appearance-none truncate bg-transparent pe-4 [&>option]:bg-field [&>option]:text-ink"
      >
        <option value="">{all}</option>
        {options.map(option => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
      <ChevronDown size={13} aria-hidden className="pointer-events-none absolute end-0" />
    </span>
  )
}

/** The router takes over an address pushed like this, without a request. */
function pushAddress(href: string): void {
  window.history.pushState(null, '', href)
}

function showInPlace(event: MouseEvent, href: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  pushAddress(href)
}
