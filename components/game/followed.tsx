import { useContext, useEffect, useState } from 'react'
import { connection } from '#components/live/connection.ts'
import { createGameStore } from '#components/live/game-store.ts'
import { RenderedAt } from '#components/ui/use-time.ts'
import { type Game, UNDER_WAY } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { TiePart } from '#domain/tie.ts'

/** A tie is told of its matches set by set; point by point they tell it themselves. */
export function asFollowed(part: TiePart, match: Game | undefined): TiePart {
  if (!match || match.seq < part.seq) return UNDER_WAY.has(part.status) ? { ...part, columns: settled(part) } : part
  const { seq, status, statusReason, score, winner, linescore } = match
  return { ...part, seq, status, statusReason, score, winner, columns: linescore.columns }
}

/** What has not moved on since the tie was told: columns that make up the score, or as many as sets were won. */
function settled(part: TiePart): TiePart['columns'] {
  return part.columns.slice(0, underWay(part)?.at ?? part.columns.length)
}

/** The set that is being played, of which the score says nothing yet. */
export function underWay({ columns, score }: TiePart): { at: number; column: TiePart['columns'][number] } | null {
  const at = score.home + score.away
  const column = columns[at]
  const isSum = (side: Side) => columns.reduce((sum, one) => sum + (one[side] ?? 0), 0) === score[side]
  return column && !(at > 0 && isSum('home') && isSum('away')) ? { at, column } : null
}

interface FollowedProps {
  id: string
  /** Of a tie that many watch not all ask in the same moment. */
  spreadMs: number
  onGame(match: Game): void
}

/** Follows one match for as long as it stands. */
export function Followed({ id, spreadMs, onGame }: FollowedProps) {
  const renderedAt = useContext(RenderedAt)
  const [waitMs] = useState(() => Math.random() * spreadMs)
  useEffect(() => {
    const stops: (() => void)[] = []
    let isOver = false
    const request: typeof fetch = (...sent) => fetch(...sent)
    const begin = async () => {
      const response = await request(`/api/v1/games/${encodeURIComponent(id)}`)
      if (!response.ok) return
      const { game } = (await response.json()) as { game: Game }
      if (isOver) return
      const store = createGameStore({ game, plays: [], viewers: 0, fetch: request })
      onGame(game)
      stops.push(
        store.subscribe(() => onGame(store.getView().game)),
        store.follow(connection(renderedAt)),
      )
    }
    // Without an answer it stays as the tie knows it.
    const timer = setTimeout(() => void begin().catch(() => {}), waitMs)
    return () => {
      isOver = true
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [id, waitMs, renderedAt, onGame])
  return null
}
