'use client'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { TabLinks } from '#components/ui/tabs.tsx'

const PAGES = [
  ['/admin', 'Overview'],
  ['/admin/games', 'Games'],
  ['/admin/competitions', 'Competitions'],
  ['/admin/people', 'People'],
  ['/admin/tokens', 'Tokens'],
  ['/admin/announcements', 'Announcements'],
  ['/admin/site', 'Site'],
] as const

export function AdminNav() {
  const path = usePathname()
  const strip = useRef<HTMLDivElement>(null)
  // On a phone the strip is longer than the screen: the page one is on stays in view.
  useEffect(() => {
    strip.current?.querySelector(`[href="${path}"]`)?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [path])
  const isCurrent = (href: string) => (href === '/admin' ? path === href : path.startsWith(href))
  return (
    <div ref={strip} className="border-b border-line">
      <TabLinks
        label="Admin"
        className="page -mb-px max-md:[mask-image:linear-gradient(to_left,transparent,black_2.5rem)] max-md:[&_li:last-child]:pe-8"
        tabs={PAGES.map(([href, label]) => ({ href, label, isCurrent: isCurrent(href) }))}
      />
    </div>
  )
}
