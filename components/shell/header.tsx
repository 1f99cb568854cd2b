'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { AccountLinks, type Visitor } from '#components/account/account-links.tsx'
import { cx } from '#components/ui/cx.ts'
import { ThemeSwitch } from './theme-switch.tsx'
import { Wordmark } from './wordmark.tsx'

interface HeaderProps {
  /** The league's own name for its site. */
  name: string | null
  hasCompetitions: boolean
  visitor: Visitor | null
}

export function Header({ name, hasCompetitions, visitor }: HeaderProps) {
  const path = usePathname()
  return (
    <header className="print:hidden border-b border-line">
      <div className="page flex min-h-13 items-center gap-x-2 min-[22rem]:gap-x-3 sm:gap-x-6">
        <Link
          href="/"
          aria-label={`${name ?? 'Sideline'}, games today`}
          // A long name gives way before what stands beside it does.
          className={cx('inline-flex min-h-11 items-center', name !== null && 'min-w-20 shrink-99')}
        >
          {name === null ? <Wordmark /> : <bdi className="heading line-clamp-2 text-sm leading-tight sm:text-md">{name}</bdi>}
        </Link>
        <nav aria-label="Main" className="flex grow items-center gap-5 text-sm">
          <NavLink href="/" isCurrent={path === '/' || path.startsWith('/games')} className="max-sm:hidden">
            Games
          </NavLink>
          {hasCompetitions ? (
            <NavLink
              href="/competitions"
              isCurrent={path.startsWith('/competitions')}
              // Whoever scores has more to find here than a phone's width holds: the foot of the page has it too.
              className={visitor ? 'max-sm:hidden' : undefined}
            >
              Competitions
            </NavLink>
          ) : null}
        </nav>
        <AccountLinks visitor={visitor} className="min-w-0 text-sm" />
        <ThemeSwitch />
      </div>
    </header>
  )
}

interface NavLinkProps {
  href: string
  isCurrent: boolean
  className?: string
  children: React.ReactNode
}

function NavLink({ href, isCurrent, className, children }: NavLinkProps) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx('inline-flex min-h-11 items-center font-semibold', isCurrent ? 'text-ink' : 'text-soft hover:text-ink', className)}
    >
      {children}
    </Link>
  )
}
