'use client'
import { useEffect, useRef, useState } from 'react'
import { StandingsTable } from '#components/standings/standings-table.tsx'
import { TableSection } from '#components/standings/table-section.tsx'
import { fetchTable, inTurn } from '#components/standings/use-table.ts'
import type { Ref } from '#domain/game.ts'
import type { StandingsRow } from '#domain/standings.ts'

const WIDE = '(min-width: 80rem)'
const MOST_TABLES = 2
const MOST_TEAMS = 10

/**
 * The tables of the first competitions on the board, beside it where there is room. Fetched after the page stands, and again when a game
 * has ended, so that a phone never asks for what it cannot show.
 */
export function TableRail({ competitions, finished }: { competitions: readonly Ref[]; finished: number }) {
  // Null until the answer is there: the place beside the games is kept for it.
  const [tables, setTables] = useState<{ competition: Ref; rows: StandingsRow[] }[] | null>(null)
  const wanted = competitions.slice(0, MOST_TABLES)
  const ids = wanted.map(competition => competition.id).join(' ')
  const answered = useRef('')

  // The count of finished games is not read in here: its change is the reason to ask again.
  useEffect(() => {
    if (!ids || finished < 0 || !window.matchMedia(WIDE).matches) return
    const stop = new AbortController()
    const ask = () =>
      Promise.all(ids.split(' ').map(id => fetchTable(id, stop.signal))).then(
        answers => {
          answered.current = ids
          setTables(answers.flatMap(table => (table?.rows.some(row => row.played > 0) ? [table] : [])))
        },
        () => {},
      )
    const timer = answered.current === ids ? inTurn(ask) : setTimeout(ask, 0)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [ids, finished])

  if (competitions.length === 0 || tables?.length === 0) return null
  return (
    <aside aria-label="Tables" className="min-w-0 max-xl:hidden">
      {tables?.map(({ competition, rows }) => (
        <TableSection key={competition.id} competition={competition} className="mb-8">
          <StandingsTable rows={rows.slice(0, MOST_TEAMS)} isBrief />
        </TableSection>
      ))}
    </aside>
  )
}
