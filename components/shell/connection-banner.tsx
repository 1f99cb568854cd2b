'use client'
import { usePathname } from 'next/navigation'
import { type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { type ConnectionState, connection } from '#components/live/connection.ts'
import { timeText } from '#components/ui/time.ts'
import { RenderedAt, useReader } from '#components/ui/use-time.ts'
import { announce } from './announcer.tsx'
import { useLink } from './use-link.ts'

/** A pause this short says nothing about the connection. */
const GREY_AFTER_MS = 1000
const SAY_AFTER_MS = 10_000
const KNOWN_AFTER_MS = 12_000

/**
 * What the reader should know about the connection, at the foot of the screen where it moves nothing. It also marks the page itself
 * (`data-link` on the root), so that clocks grey and old scores fade by the style sheet alone.
 */
export function ConnectionBanner() {
  const renderedAt = useContext(RenderedAt)
  const reader = useReader()
  const path = usePathname()
  const { link, hasOpened, isOutdated, isBusy } = useLink()
  const [isLong, setIsLong] = useState(false)
  const [heardAt, setHeardAt] = useState(0)
  // Polling is no fault: said once, and from then on by the word beside the scores.
  const [isKnown, setIsKnown] = useState(false)

  useEffect(() => {
    const root = document.documentElement
    if (link !== 'reconnecting' && link !== 'stale') {
      root.dataset.link = link
      setIsLong(false)
      if (link !== 'polling') return
      const known = setTimeout(() => setIsKnown(true), KNOWN_AFTER_MS)
      return () => clearTimeout(known)
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

  const isSaid = link === 'polling' ? !isKnown : link !== 'reconnecting' || isLong
  const text = isSaid ? wordsFor({ link, hasOpened, isOutdated, isBusy }, timeText(heardAt, reader)) : null
  const wasSaid = useRef(false)
  useEffect(() => {
    if (text) announce(text, 'connection')
    else if (wasSaid.current && link === 'live') announce('Live again.', 'connection')
    wasSaid.current = text !== null || (wasSaid.current && link !== 'live')
  }, [text, link])

  // A table being scored says all this itself, and its keys must not be covered.
  if (!text || /^\/score\/(?!new$)/.test(path)) return null
  return (
    <Strip>
      {text}
      {isOutdated ? (
        <button type="button" className="ms-2 font-semibold underline underline-offset-4" onClick={() => window.location.reload()}>
          Load the new one
        </button>
      ) : null}
    </Strip>
  )
}

function wordsFor({ link, hasOpened, isOutdated, isBusy }: Omit<ConnectionState, 'since'>, heardAt: string): string | null {
  if (isOutdated) return 'This page is older than the server.'
  if (link === 'stale') return `Nothing heard since ${heardAt}. Scores may be old.`
  if (link === 'reconnecting') return `${hasOpened ? 'Connection lost' : 'No live connection yet'}. Last update ${heardAt}.`
  if (link === 'live' && isBusy) return 'Very many are watching: scores come a few seconds late.'
  return link === 'polling' ? 'No live connection from here: updates every 15 s.' : null
}

/** A line at the foot of the screen. */
export function Strip({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none fixed inset-x-0 bottom-0 z-20 flex justify-center p-2 print:hidden">
      <p className="pointer-events-auto rounded-md border border-warn bg-paper px-4 py-2.5 text-sm font-[560] text-ink">{children}</p>
    </div>
  )
}
