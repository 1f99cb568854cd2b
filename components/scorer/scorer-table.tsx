'use client'
import { Suspense, use, useEffect, useState } from 'react'
import type { Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { TableConsole } from './console.tsx'
import { type ConsolePage, openDesk } from './open-desk.ts'

const loading = new Map<string, Promise<Sport | null>>()

/** A sport's own rules, loaded once a page; a game's console carries no other's. */
function loadSport(id: string): Promise<Sport | null> {
  const known = loading.get(id)
  if (known) return known
  const load = SPORTS[id]?.().then(({ sport }) => sport) ?? Promise.resolve(null)
  loading.set(id, load)
  return load
}

interface TableProps extends ConsolePage {
  canManage: boolean
}

/** The scorers' table of one game. */
export function ScorerTable(props: TableProps) {
  return (
    <Suspense fallback={<p className="page py-16 text-soft">Setting the table…</p>}>
      <LoadedTable {...props} />
    </Suspense>
  )
}

function LoadedTable(props: TableProps) {
  const sport = use(loadSport(props.game.sport))
  if (!sport) return <p className="page py-16">This server knows no rules for {props.game.sport}.</p>
  return <Desk {...props} sport={sport} />
}

function Desk({ sport, canManage, ...page }: TableProps & { sport: Sport }) {
  const [open] = useState(() => openDesk(sport, page))
  useEffect(() => open.start(), [open])
  return <TableConsole sport={sport} open={open} canManage={canManage} renderedAt={page.renderedAt} />
}
