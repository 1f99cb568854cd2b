'use client'
import { Suspense, use, useEffect, useState } from 'react'
import type { GameRow } from '#domain/game.ts'
import type { Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { isTie } from '#domain/tie.ts'
import { TableConsole } from './console.tsx'
import { createLogStore, type KeptLog } from './kept-log.ts'
import { isKeptPage } from './kept-page.ts'
import { type ConsolePage, openDesk } from './open-desk.ts'
import { TieTable } from './tie-table.tsx'

const loading = new Map<string, Promise<Sport | null>>()

/** A sport's own rules, loaded once a page; a game's console carries no other's. */
function loadSport(id: string): Promise<Sport | null> {
  const known = loading.get(id)
  if (known) return known
  const load = SPORTS[id]?.().then(({ sport }) => sport) ?? Promise.resolve(null)
  loading.set(id, load)
  return load
}

const NOTHING: Promise<null> = Promise.resolve(null)
const reading = new Map<string, Promise<KeptLog | null>>()

/** The device's own knowledge of a game, for a page that was kept and may be older; a page that comes from the server has no use for it. */
function readKept(gameId: string, accountId: string): Promise<KeptLog | null> {
  if (!isKeptPage()) return NOTHING
  const known = reading.get(gameId)
  if (known) return known
  const read = createLogStore(accountId)
    .read(gameId)
    .catch(() => null)
  reading.set(gameId, read)
  return read
}

interface TableProps extends ConsolePage {
  canManage: boolean
  /** The matches of a tie. */
  parts?: readonly GameRow[]
}

/** The scorers' table of one game. The service worker reads off it whose it is: nobody else is ever given it. */
export function ScorerTable(props: TableProps) {
  return (
    <div className="contents" data-account={props.accountId}>
      <Suspense fallback={<p className="page py-16 text-soft">Setting the table…</p>}>
        <LoadedTable {...props} />
      </Suspense>
    </div>
  )
}

function LoadedTable(props: TableProps) {
  const sport = use(loadSport(props.game.sport))
  const kept = use(readKept(props.game.id, props.accountId))
  if (!sport) return <p className="page py-16">This server knows no rules for {props.game.sport}.</p>
  if (isTie(props.game.rules.values)) return <TieTable {...props} rows={props.parts ?? []} sport={sport} />
  return <Desk {...props} sport={sport} kept={kept} />
}

function Desk({ sport, kept, canManage, ...page }: TableProps & { sport: Sport; kept: KeptLog | null }) {
  const [open] = useState(() => openDesk(sport, page, kept))
  useEffect(() => open.start(), [open])
  return <TableConsole sport={sport} open={open} canManage={canManage} renderedAt={page.renderedAt} />
}
