'use client'
import { useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { RenderedAt } from '#components/ui/use-time.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { connection } from './connection.ts'
import { createGameStore, type GameStore, type GameView } from './game-store.ts'

/** The game the page was drawn with, followed for as long as the component stands. Another game wants another key. */
export function useGame(page: { game: Game; plays: readonly Play[]; viewers: number }): { view: GameView; store: GameStore } {
  const renderedAt = useContext(RenderedAt)
  const [store] = useState(() => createGameStore({ ...page, fetch: (...request) => fetch(...request) }))
  useEffect(() => store.follow(connection(renderedAt)), [store, renderedAt])
  const view = useSyncExternalStore(store.subscribe, store.getView, store.getView)
  return { view, store }
}
