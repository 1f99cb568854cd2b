'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import { loginHref } from './return-path.ts'

/** Who is signed in, as far as a page's frame needs to know. */
export interface Visitor {
  name: string
  role: 'owner' | 'admin' | 'scorer'
}

/** For the header: the way in, or where the signed-in go. */
export function AccountLinks({ visitor, className }: { visitor: Visitor | null; className?: string }) {
  const path = usePathname()
  const link = (href: string, isCurrent: boolean, children: ReactNode, more?: string) => (
    <Link
      href={href}
      prefetch={false}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx('inline-flex min-h-11 items-center font-semibold', isCurrent ? 'text-ink' : 'text-soft hover:text-ink', more)}
    >
      {children}
    </Link>
  )
  if (!visitor) {
    const isHere = path === '/login' || path === '/setup'
    return (
      <span className={cx('flex shrink-0', className)}>
        {link(isHere ? '/login' : loginHref(path), isHere, 'Sign in', 'whitespace-nowrap')}
      </span>
    )
  }
  const runsTheSite = visitor.role !== 'scorer'
  return (
    <span className={cx('flex gap-3.5 sm:gap-5', className)}>
      {link('/score', path.startsWith('/score'), 'Score')}
      {runsTheSite ? link('/admin', path.startsWith('/admin'), 'Admin') : null}
      {link(
        '/account',
        path === '/account',
        <>
          <span aria-hidden className="rounded-sm border border-current px-1.5 text-xs leading-5 sm:hidden">
            {initialsOf(visitor.name)}
          </span>
          <span className="max-w-44 truncate max-sm:sr-only">{visitor.name}</span>
        </>,
        'min-w-0',
      )}
    </span>
  )
}

/** `OM` for Olga Marsh: a phone's header holds no more. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map(word => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toUpperCase()
}
