'use client'
import { useContext, useState } from 'react'
import { connection } from '#components/live/connection.ts'
import { RenderedAt } from '#components/ui/use-time.ts'
import { clockText, readClock } from '#domain/clock.ts'
import type { Game } from '#domain/game.ts'
import { useLabels } from './labels.ts'
import { minuteText } from './status-words.ts'

/** The moment the server was last heard, or the reader stopped the page: asked once, when what shows it appears. */
export function useMoment(at: 'heard' | 'now'): number {
  const renderedAt = useContext(RenderedAt)
  const [moment] = useState(() => {
    if (typeof window === 'undefined') return renderedAt
    const live = connection(renderedAt)
    return at === 'heard' ? live.heardAt() : live.serverNow()
  })
  return moment
}

/** A clock that does not run on: as the server was last heard, or as the reader stopped the page. */
export function StillClock({ game, at }: { game: Pick<Game, 'sport' | 'period' | 'clock'>; at: 'heard' | 'now' }) {
  const moment = useMoment(at)
  const { sport, period, clock } = game
  const labels = useLabels(sport)
  if (!clock) return null
  const value = readClock(clock, moment)
  return <>{(period && minuteText(period, value, labels)) ?? clockText(value, clock.direction, true)}</>
}
