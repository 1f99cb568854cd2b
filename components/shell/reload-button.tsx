'use client'
import { useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'
import { whenAnswered } from './when-answered.ts'

const EARLY_MS = 2000

/** Asks for the page again, by hand or as soon as the server answers once more. */
export function ReloadButton() {
  useEffect(() => {
    let stop = () => {}
    // Browsers say that they are online when there is any network at all, and some say it too early.
    const look = () => {
      stop()
      stop = whenAnswered(
        () => fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5000) }),
        () => window.location.reload(),
      )
    }
    window.addEventListener('online', look)
    // It may have been said before this page came to life. Not at once: a server that answers this and not the page would be asked in a circle.
    const early = navigator.onLine ? setTimeout(look, EARLY_MS) : undefined
    return () => {
      stop()
      clearTimeout(early)
      window.removeEventListener('online', look)
    }
  }, [])
  return (
    <Button look="ink" onClick={() => window.location.reload()}>
      Try again
    </Button>
  )
}
