'use client'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { GameRow } from '#domain/game.ts'

const KEY = 'sideline.favourites'
const LIMIT = 500
const listeners = new Set<() => void>()
const NONE = '[]'

/** Ids of games and teams a reader follows, kept by the browser. */
function stored(): string {
  try {
    return window.localStorage.getItem(KEY) ?? NONE
  } catch {
    return NONE
  }
}

function parse(text: string): ReadonlySet<string> {
  try {
    const ids: unknown = JSON.parse(text)
    return new Set(Array.isArray(ids) ? ids.filter(id => typeof id === 'string') : [])
  } catch {
    return new Set()
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

export interface Favourites {
  ids: ReadonlySet<string>
  /** False until the browser has been asked. */
  isKnown: boolean
  /** Follows a game or a team, or stops following it. */
  toggle(id: string): void
}

/** None on the server and in the first paint, then the browser's own. */
export function useFavourites(): Favourites {
  const text = useSyncExternalStore(subscribe, stored, () => NONE)
  const ids = useMemo(() => parse(text), [text])
  const toggle = useCallback((id: string) => {
    const next = new Set(parse(stored()))
    if (!next.delete(id)) next.add(id)
    try {
      window.localStorage.setItem(KEY, JSON.stringify([...next].slice(-LIMIT)))
    } catch {
      // Storage is full or forbidden: the star stays as it was.
    }
    for (const listener of listeners) listener()
  }, [])
  const isKnown = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  )
  return { ids, isKnown, toggle }
}

export const isFavourite = (row: Pick<GameRow, 'id' | 'home' | 'away'>, ids: ReadonlySet<string>) =>
  ids.has(row.id) || ids.has(row.home.id) || ids.has(row.away.id)
