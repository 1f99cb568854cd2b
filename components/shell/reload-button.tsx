'use client'
import { useEffect } from 'react'
import { Button } from '#components/ui/button.tsx'

/** Asks for the page again, by hand or as soon as the network is back. */
export function ReloadButton() {
  useEffect(() => {
    const reload = () => window.location.reload()
    window.addEventListener('online', reload)
    return () => window.removeEventListener('online', reload)
  }, [])
  return (
    <Button look="ink" onClick={() => window.location.reload()}>
      Try again
    </Button>
  )
}
