'use client'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { StandingsTable } from '#components/standings/standings-table.tsx'
import { Section } from '#components/ui/section.tsx'
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

  // The count of finished games is not read in here: its change is the reason to ask again.
  useEffect(() => {
    if (!ids || finished < 0 || !window.matchMedia(WIDE).matches) return
    const stop = new AbortController()
    const fetchTable = async (id: string) => {
      const response = await fetch(`/api/v1/competitions/${encodeURIComponent(id)}/standings`, { signal: stop.signal })
      return response.ok ? [(await response.json()) as { competition: Ref; rows: StandingsRow[] }] : []
    }
    Promise.all(ids.split(' ').map(fetchTable)).then(
      answers => setTables(answers.flat().filter(({ rows }) => rows.some(row => row.played > 0))),
      () => {},
    )
    return () => stop.abort()
  }, [ids, finished])

  if (competitions.length === 0 || tables?.length === 0) return null
  return (
    <aside aria-label="Tables" className="min-w-0 max-xl:hidden">
      {tables?.map(({ competition, rows }) => (
        <Section
          key={competition.id}
          title={
            <>
              {competition.name}
              <span className="sr-only">, table</span>
            </>
          }
          className="mb-8"
          aside={
            <Link
              href={`/competitions/${competition.id}`}
              prefetch={false}
              className="-my-3 inline-flex min-h-11 items-center font-semibold hover:text-ink"
            >
              Full table<span className="sr-only">: {competition.name}</span>
            </Link>
          }
        >
          <StandingsTable rows={rows.slice(0, MOST_TEAMS)} isBrief />
        </Section>
      ))}
    </aside>
  )
}
