'use client'
import { type ReactNode, useEffect } from 'react'
import { SportLabels } from '#components/game/labels.ts'
import { PageZone, RenderedAt } from '#components/ui/use-time.ts'
import type { Labels } from '#domain/sport.ts'
import './early.ts'

interface ShellProps {
  renderedAt: number
  timeZone: string
  labels: Readonly<Record<string, Labels>>
  children: ReactNode
}

/**
 * The moment and the zone the page was drawn in and what the sports call their things, for everything below; and the worker that keeps a
 * page for when there is no network.
 */
export function Shell({ renderedAt, timeZone, labels, children }: ShellProps) {
  useEffect(() => window.replayEarly?.(), [])
  useEffect(() => {
    // Only secure contexts have one, and in development it would keep old files.
    if (process.env.NODE_ENV === 'production' && 'serviceWorker' in navigator) {
      const worker = navigator.serviceWorker
      // A forced reload goes past the worker; without it a sign-out on that page would leave what is kept for the account.
      const claim = ({ active }: ServiceWorkerRegistration) => worker.controller ?? active?.postMessage({ type: 'claim' })
      worker.register('/sw.js', { updateViaCache: 'none' }).then(claim, () => {})
    }
  }, [])
  return (
    <RenderedAt value={renderedAt}>
      <PageZone value={timeZone}>
        <SportLabels value={labels}>{children}</SportLabels>
      </PageZone>
    </RenderedAt>
  )
}
