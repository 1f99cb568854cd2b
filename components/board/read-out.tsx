'use client'
import { useEffect, useRef, useState } from 'react'
import { announce } from '#components/shell/announcer.tsx'
import { type Favourites, isFavourite } from './favourites.ts'
import type { Rises } from './lobby.ts'
import type { LobbyView } from './lobby-store.ts'

/** Scores of favourites said to screen readers as they change, if the reader asks for it: a board talks too much otherwise. */
export function useReadOut(view: LobbyView, { ids }: Favourites): { isOn: boolean; toggle: () => void } {
  const [isOn, setIsOn] = useState(false)
  const said = useRef<ReadonlyMap<string, Rises>>(view.rises)
  useEffect(() => {
    const before = said.current
    said.current = view.rises
    if (!isOn) return
    for (const [id, rises] of view.rises) {
      const row = view.rows.get(id)
      if (rises === before.get(id) || !row || !isFavourite(row, ids)) continue
      announce(`${row.home.name} ${row.score.home}, ${row.away.name} ${row.score.away}.`, id)
    }
  }, [view.rises, view.rows, ids, isOn])
  return { isOn, toggle: () => setIsOn(before => !before) }
}

export function ReadOutSwitch({ isOn, onToggle }: { isOn: boolean; onToggle: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onToggle}
      title="Has a screen reader say the scores of your favourites as they change"
      className="-my-3 inline-flex min-h-11 items-center text-soft hover:text-ink"
    >
      Read aloud: <span className="ms-1 font-semibold">{isOn ? 'On' : 'Off'}</span>
    </button>
  )
}
