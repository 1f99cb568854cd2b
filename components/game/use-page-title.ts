'use client'
import { useEffect, useRef } from 'react'
import type { Game } from '#domain/game.ts'
import { titleOf } from './page-title.ts'

const CHANGE_MS = 10_000

/** The tab's title follows the game, no more often than every ten seconds. */
export function usePageTitle(game: Game): void {
  const title = titleOf(game)
  const changedAt = useRef(Number.NEGATIVE_INFINITY)
  useEffect(() => {
    const timer = setTimeout(
      () => {
        changedAt.current = performance.now()
        document.title = title
      },
      Math.max(0, changedAt.current + CHANGE_MS - performance.now()),
    )
    return () => clearTimeout(timer)
  }, [title])
}
