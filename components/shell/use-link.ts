'use client'
import { useContext, useSyncExternalStore } from 'react'
import { type ConnectionState, connection } from '#components/live/connection.ts'
import { RenderedAt } from '#components/ui/use-time.ts'

const UNKNOWN: ConnectionState = { link: 'connecting', since: 0, hasOpened: false, isOutdated: false, isBusy: false }

/** The state of the page's one connection. */
export function useLink(): ConnectionState {
  const renderedAt = useContext(RenderedAt)
  return useSyncExternalStore(
    listener => connection(renderedAt).subscribe(listener),
    () => connection(renderedAt).getState(),
    () => UNKNOWN,
  )
}
