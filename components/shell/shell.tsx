'use client'
import { type ReactNode, useEffect } from 'react'
import { PageZone, RenderedAt } from '#components/ui/use-time.ts'

/** The moment and the zone the page was drawn in, for everything below; and the worker that keeps a page for when there is no network. */
export function Shell({ renderedAt, timeZone, children }: { renderedAt: number; timeZone: string; children: ReactNode }) {
  useEffect(() => {
    // Only secure contexts have one, and in development it would keep old files.
    if (process.env.NODE_ENV === 'production' && 'serviceWorker' in navigator) {
      navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).catch(() => {})
    }
  }, [])
  return (
    <RenderedAt value={renderedAt}>
      <PageZone value={timeZone}>{children}</PageZone>
    </RenderedAt>
  )
}
