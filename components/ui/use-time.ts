'use client'
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import { connection } from '#components/live/connection.ts'
import type { Reader } from './time.ts'

/** When the page was drawn, by the server's clock: what the first paint in the browser has to agree with. */
export const RenderedAt = createContext(0)
/** The zone the server wrote times in, until the browser's own is known. */
export const PageZone = createContext('UTC')

const BEAT_MS = 100
const beats = new Map<() => void, number>()
let timer: ReturnType<typeof setInterval> | null = null
let count = 0

/** One timer for the whole page, however many clocks it shows; it rests while nobody looks. */
function onBeat(everyMs: number, listener: () => void): () => void {
  beats.set(listener, Math.max(1, Math.round(everyMs / BEAT_MS)))
  timer ??= setInterval(beat, BEAT_MS)
  return () => {
    beats.delete(listener)
    if (beats.size > 0 || !timer) return
    clearInterval(timer)
    timer = null
  }
}

function beat(): void {
  if (document.hidden) return
  count += 1
  for (const [listener, every] of beats) if (count % every === 0) listener()
}

/**
 * Something read off the server's clock, kept up to date. Renders only when the result changes, so it has to be a plain value.
 *
 * @param everyMs how often to look, 100 at the least; 0 for never
 */
export function useTime<T extends string | number | boolean | null>(read: (nowMs: number) => T, everyMs: number): T {
  const renderedAt = useContext(RenderedAt)
  const subscribe = useCallback((listener: () => void) => (everyMs > 0 ? onBeat(everyMs, listener) : () => {}), [everyMs])
  return useSyncExternalStore(
    subscribe,
    () => read(connection(renderedAt).serverNow()),
    () => read(renderedAt),
  )
}

const still = () => () => {}
let reader: Reader | null = null
const ownReader = (): Reader => {
  if (reader) return reader
  const { timeZone, hour12 } = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions()
  reader = { timeZone, hour12: hour12 ?? false }
  return reader
}
const pageReaders = new Map<string, Reader>()
const pageReader = (timeZone: string): Reader => {
  const known = pageReaders.get(timeZone) ?? { timeZone, hour12: false }
  pageReaders.set(timeZone, known)
  return known
}

/** The reader's zone and habit; the page's until the browser has taken over. */
export function useReader(): Reader {
  const zone = useContext(PageZone)
  return useSyncExternalStore(still, ownReader, () => pageReader(zone))
}
