import { useEffect, useState } from 'react'
import type { Ref } from '#domain/game.ts'
import type { StandingsRow } from '#domain/standings.ts'

/** A result is news to everybody in the same moment: they ask for the table one after the other. */
const SPREAD_MS = 8_000
export const inTurn = (ask: () => void) => setTimeout(ask, Math.random() * SPREAD_MS)

/** @throws when the answer does not come; null for a competition that is gone */
export async function fetchTable(id: string, signal: AbortSignal): Promise<{ competition: Ref; rows: StandingsRow[] } | null> {
  const response = await fetch(`/api/v1/competitions/${encodeURIComponent(id)}/standings`, { signal })
  return response.ok ? response.json() : null
}

/**
 * A competition's table, read again whenever what it is made of has changed.
 *
 * @param drawn as the page came with it
 * @param version changes with every result and every correction of one
 */
export function useTable(id: string, drawn: StandingsRow[], version: number): StandingsRow[] {
  const [first] = useState(version)
  const [rows, setRows] = useState(drawn)
  useEffect(() => setRows(drawn), [drawn])
  useEffect(() => {
    if (version === first) return
    const stop = new AbortController()
    const timer = inTurn(() =>
      fetchTable(id, stop.signal).then(
        table => table && setRows(table.rows),
        () => {},
      ),
    )
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [id, version, first])
  return rows
}
