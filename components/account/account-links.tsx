'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '#components/ui/cx.ts'
import { loginHref } from './return-path.ts'

/** Who is signed in, as far as a page's frame needs to know. */
export interface Visitor {
  name: string
  role: 'owner' | 'admin' | 'scorer'
}

/** For the header: the way in, or where the signed-in go. Three words at most, so that a phone holds them. */
export function AccountLinks({ visitor, className }: { visitor: Visitor | null; className?: string }) {
  const path = usePathname()
  const item = (href: string, text: string, isCurrent: boolean, more?: string) => (
    <Link
      href={href}
      prefetch={false}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx('inline-flex min-h-11 min-w-0 items-center font-semibold', isCurrent ? 'text-ink' : 'text-soft hover:text-ink', more)}
    >
      <span className="truncate">{text}</span>
    </Link>
  )
  if (!visitor) {
    return (
      <span className={cx('flex', className)}>{item(path === '/login' ? '/login' : loginHref(path), 'Sign in', path === '/login')}</span>
    )
  }
  return (
    <span className={cx('flex min-w-0 gap-5', className)}>
      {item('/score', 'Score', path.startsWith('/score'))}
      {visitor.role === 'scorer' ? null : item('/admin', 'Admin', path.startsWith('/admin'))}
      {item('/account', visitor.name, path === '/account', 'max-w-24 sm:max-w-44')}
    </span>
  )
}
