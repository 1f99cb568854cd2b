'use client'
import { usePathname } from 'next/navigation'
import { useContext, useEffect, useState } from 'react'
import { connection } from '#components/live/connection.ts'
import { timeText } from '#components/ui/time.ts'
import { RenderedAt, useReader } from '#components/ui/use-time.ts'
import { useLink } from './use-link.ts'

/** A pause this short says nothing about the connection. */
const GREY_AFTER_MS = 3000
const SAY_AFTER_MS = 10_000

/**
 * What the reader should know about the connection, at the foot of the screen where it moves nothing. It also marks the page itself
 * (`data-link` on the root), so that clocks grey and old scores fade by the style sheet alone.
 */
export function ConnectionBanner() {
  const renderedAt = useContext(RenderedAt)
  const reader = useReader()
  const path = usePathname()
  const { link, isOutdated } = useLink()
  const [isLong, setIsLong] = useState(false)
  const [heardAt, setHeardAt] = useState(0)

  useEffect(() => {
    const root = document.documentElement
    if (link !== 'reconnecting' && link !== 'stale') {
      root.dataset.link = link
      setIsLong(false)
      return
    }
    setHeardAt(connection(renderedAt).heardAt())
    const grey = setTimeout(() => {
      root.dataset.link = link
    }, GREY_AFTER_MS)
    const say = setTimeout(() => setIsLong(true), SAY_AFTER_MS)
    return () => {
      clearTimeout(grey)
      clearTimeout(say)
    }
  }, [link, renderedAt])

  // A table being scored says all this itself, and its keys must not be covered.
  if (/^\/score\/(?!new$)/.test(path)) return null
  if (isOutdated) {
    return (
      <Strip>
        This page is older than the server.{' '}
        <button type="button" className="font-semibold underline underline-offset-4" onClick={() => window.location.reload()}>
          Load the new one
        </button>
      </Strip>
    )
  }
  if (link === 'stale') return <Strip>Nothing heard since {timeText(heardAt, reader)}. Scores may be old.</Strip>
  if (link === 'reconnecting' && isLong) return <Strip>Connection lost. Last update {timeText(heardAt, reader)}.</Strip>
  if (link === 'polling') return <Strip>No live connection from here: updates every 15 s.</Strip>
  return null
}

/** A line at the foot of the screen. */
export function Strip({ children }: { children: React.ReactNode }) {
  return (
    <div className="print:hidden pointer-events-none fixed inset-x-0 bottom-0 z-20 flex justify-center p-2">
      <p role="status" className="pointer-events-auto rounded-md border border-warn bg-paper px-4 py-2.5 text-sm font-[560] text-ink">
        {children}
      </p>
    </div>
  )
}
