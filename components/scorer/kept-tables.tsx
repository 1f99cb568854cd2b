'use client'
import { useEffect, useState } from 'react'
import type { Game } from '#domain/game.ts'
import { listKeptGames } from './kept-log.ts'
import { keptPaths } from './kept-page.ts'

/** On the page that says there is no network: the tables that open without one. Their score is the one this device last heard. */
export function KeptTables() {
  const [games, setGames] = useState<readonly Game[]>([])
  useEffect(() => {
    let isGone = false
    const look = async () => {
      const [known, paths] = await Promise.all([listKeptGames(), keptPaths()])
      if (!isGone) setGames(known.filter(({ id }) => paths.has(pathOf(id))))
    }
    look().catch(() => {})
    return () => {
      isGone = true
    }
  }, [])
  if (games.length === 0) return null
  return (
    <nav aria-labelledby="kept-tables" className="mt-10 max-w-prose">
      <h2 id="kept-tables" className="text-base font-bold">
        Tables that open without a network
      </h2>
      <ul className="mt-2 border-t border-line">
        {games.map(({ id, home, away }) => (
          <li key={id} className="border-b border-line">
            <a href={pathOf(id)} className="flex min-h-12 items-center font-semibold underline-offset-4 hover:underline">
              {home.name} against {away.name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
const pathOf = (gameId: string) => `/score/${gameId}`
