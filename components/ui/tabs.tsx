import Link from 'next/link'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export interface Tab {
  href: string
  label: ReactNode
  isCurrent: boolean
}

/** A strip of pages of one thing. Each is a place of its own, with its own address. */
export function TabLinks({ label, tabs, className }: { label: string; tabs: Tab[]; className?: string }) {
  return (
    <nav aria-label={label} className={cx('no-scrollbar overflow-x-auto', className)}>
      <ul className="flex gap-5">
        {tabs.map(tab => (
          <li key={tab.href}>
            <Link href={tab.href} aria-current={tab.isCurrent ? 'page' : undefined} className={tabClass(tab.isCurrent)}>
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export function tabClass(isCurrent: boolean): string {
  return cx(
    'inline-flex min-h-11 min-w-6 shrink-0 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap',
    isCurrent ? 'border-ink font-semibold text-ink' : 'border-transparent text-soft hover:text-ink',
  )
}

/** One of a few, side by side. */
export function Segmented<T extends string>(props: {
  label: string
  name: string
  value: T
  options: readonly { value: T; label: ReactNode }[]
  onChange: (value: T) => void
}) {
  return (
    <fieldset className="inline-flex max-w-full min-w-0 flex-wrap justify-self-start rounded-md border border-edge/70 bg-field">
      <legend className="sr-only">{props.label}</legend>
      {props.options.map(option => (
        <label
          key={option.value}
          className="relative inline-flex min-h-11 cursor-pointer items-center px-3 text-sm text-soft first:rounded-s-md last:rounded-e-md has-checked:bg-ink has-checked:font-semibold has-checked:text-paper has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ink"
        >
          <input
            type="radio"
            name={props.name}
            value={option.value}
            checked={option.value === props.value}
            onChange={() => props.onChange(option.value)}
            className="sr-only"
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
