'use client'
import { useEffect, useMemo, useState } from 'react'
import { type Arrangement, arrange, isSameOrder, type Place, placesOf } from './arrange.ts'
import { type Favourites, isFavourite } from './favourites.ts'
import type { Filter } from './filter.ts'
import type { LobbyStore, LobbyView } from './lobby-store.ts'

interface Settled {
  places: ReadonlyMap<string, Place>
  store: LobbyStore
  filter: Filter
  isKnown: boolean
}

/** A glance elsewhere shorter than this is no return to the page. */
const AWAY_MS = 5000

/**
 * The order of the rows. It is settled when the page opens, when the filter changes, on return to the page and when the reader asks; in
 * between, rows change where they stand and never move under a finger.
 */
export function useArrangement(
  store: LobbyStore,
  view: LobbyView,
  { ids, isKnown }: Favourites,
  filter: Filter,
): { arrangement: Arrangement; isStale: boolean; rearrange: () => void } {
  const places = useMemo(() => placesOf(view.rows.values(), row => isFavourite(row, ids)), [view.rows, ids])
  const now: Settled = { places, store, filter, isKnown }
  const [settled, setSettled] = useState(now)
  const [returns, setReturns] = useState(0)
  const [settledReturns, setSettledReturns] = useState(0)

  const wanted = arrange(view.rows.values(), places, filter)
  const shown = arrange(view.rows.values(), settled.places, filter)
  // Favourites are the browser's own and come with the second paint.
  const isNew = settled.store !== store || settled.filter !== filter || settled.isKnown !== isKnown || returns !== settledReturns
  const isEmpty = shown.sections.length === 0 && wanted.sections.length > 0
  const settle = isNew || isEmpty
  if (settle) {
    setSettled(now)
    setSettledReturns(returns)
  }

  useEffect(() => {
    let leftAt = Number.POSITIVE_INFINITY
    const onChange = () => {
      if (document.hidden) leftAt = performance.now()
      else if (performance.now() - leftAt > AWAY_MS) setReturns(count => count + 1)
    }
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [])

  return {
    arrangement: settle ? wanted : shown,
    isStale: !settle && !isSameOrder(wanted, shown),
    rearrange: () => setSettled(now),
  }
}
