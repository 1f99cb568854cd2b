'use client'
import { useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import { connection } from '#components/live/connection.ts'
import { RenderedAt } from '#components/ui/use-time.ts'
import type { GameRow } from '#domain/game.ts'
import type { Rises } from './lobby.ts'
import { createLobbyStore, type LobbyOptions, type LobbyStore, type LobbyView } from './lobby-store.ts'

const NO_RISES: Rises = { home: 0, away: 0 }

/**
 * A store for these games, followed while the page is open. A new list of games makes a new store.
 *
 * @param isFollowed false for a day that is over: nothing in it moves
 */
export function useLobbyStore(options: LobbyOptions, isFollowed: boolean): LobbyStore {
  const { n, rows, competitionId, isPart, pollUrl } = options
  const renderedAt = useContext(RenderedAt)
  const store = useMemo(() => createLobbyStore({ n, rows, competitionId, isPart, pollUrl }), [n, rows, competitionId, isPart, pollUrl])
  useEffect(() => (isFollowed ? store.follow(connection(renderedAt)) : undefined), [store, isFollowed, renderedAt])
  return store
}

export function useLobby(store: LobbyStore): LobbyView {
  return useSyncExternalStore(store.subscribe, store.getState, store.getState)
}

/** One row of the board; renders again only when that row changes. */
export function useRow(store: LobbyStore, id: string): GameRow | undefined {
  const read = () => store.getState().rows.get(id)
  return useSyncExternalStore(store.subscribe, read, read)
}

export function useRises(store: LobbyStore, id: string): Rises {
  const read = () => store.getState().rises.get(id) ?? NO_RISES
  return useSyncExternalStore(store.subscribe, read, read)
}
