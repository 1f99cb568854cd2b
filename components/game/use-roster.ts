'use client'
import { useEffect, useMemo, useState } from 'react'
import type { BoxRow, BoxTable } from '#domain/box.ts'
import type { Game, RosterEntry, SideView } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'

/** Not all who watch ask in the same moment, and nobody asks all the time for somebody whom nobody knows. */
const SPREAD_MS = 15_000
const AGAIN_MS = 60_000

/** The roster by id. Whoever is new to it comes with the play; where an update was missed, they are asked for, once for all that are missing. */
export function useRoster({ id, roster, home, away }: Game, tables: readonly BoxTable[]): ReadonlyMap<string, RosterEntry> {
  const [later, setLater] = useState<readonly RosterEntry[]>([])
  const [asked, setAsked] = useState({ for: '', times: 0 })
  // Who is a side, or one of a pair, is known with it.
  const members = useMemo(() => [...membersOf('home', home), ...membersOf('away', away)], [home, away])
  const byId = useMemo(() => new Map([...members, ...later, ...roster].map(entry => [entry.id, entry])), [members, later, roster])
  const missing = missingFrom(byId, tables)
  useEffect(() => {
    if (missing === '') return
    const wait = asked.for === missing ? AGAIN_MS : Math.random() * SPREAD_MS
    const timer = setTimeout(() => {
      void readRoster(id).then(entries => {
        if (entries) setLater(entries)
        setAsked({ for: missing, times: asked.times + 1 })
      })
    }, wait)
    return () => clearTimeout(timer)
  }, [id, missing, asked])
  return byId
}

const membersOf = (side: Side, { members = [] }: SideView): RosterEntry[] => members.map(member => ({ ...member, side, number: null }))

function missingFrom(known: ReadonlyMap<string, unknown>, tables: readonly BoxTable[]): string {
  const people = new Set(tables.flatMap(({ rows }) => rows.flatMap(peopleOf)))
  return [...people].filter(id => !known.has(id)).join(' ')
}

const peopleOf = ({ playerId, note }: BoxRow) => [...(playerId ? [playerId] : []), ...Object.values(note?.people ?? {})]

async function readRoster(gameId: string): Promise<readonly RosterEntry[] | null> {
  try {
    const answer = await fetch(`/api/v1/games/${gameId}`, { signal: AbortSignal.timeout(10_000) })
    return answer.ok ? ((await answer.json()) as { game: Game }).game.roster : null
  } catch {
    return null
  }
}
