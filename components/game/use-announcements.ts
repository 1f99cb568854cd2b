'use client'
import { useEffect, useRef } from 'react'
import type { GameView } from '#components/live/game-store.ts'
import { announce } from '#components/shell/announcer.tsx'
import { clockText } from '#domain/clock.ts'
import type { Column, Game } from '#domain/game.ts'
import type { Sayings } from './story.ts'

/** Says scores, periods, ends and corrections to screen readers; the announcer gathers what comes close together. */
export function useAnnouncements({ game, plays, change, isPaused }: GameView, { periodName }: Sayings, hasSets: boolean): void {
  const set = hasSets ? game.linescore.columns.at(-1) : undefined
  const moment = `${game.status} ${game.period?.number ?? 0} ${set ? `${set.home}–${set.away}` : ''}`
  const said = useRef({ change, moment })
  useEffect(() => {
    const before = said.current
    if (isPaused) return
    said.current = { change, moment }
    const hasScored = change !== null && change !== before.change
    if (!hasScored && moment === before.moment) return
    const isCorrection = hasScored && change.kind === 'correction'
    const text = hasScored ? plays.findLast(play => play.seq <= change.seq && play.side !== undefined)?.text : undefined
    announce(scoreSentence(game, { isCorrection, play: text ?? null, periodName, set: set ?? null }), `game:${game.id}`)
  }, [game, plays, change, isPaused, moment, periodName, set])
}

interface Telling {
  isCorrection: boolean
  play: string | null
  periodName: string | null
  /** Of a sport of sets, the one under way. */
  set: Column | null
}

/** `Hawks 61, Bears 58. Three points, Hawks, 4th quarter, 2:07.` */
export function scoreSentence(game: Game, { isCorrection, play, periodName, set }: Telling): string {
  const score = `${game.home.shortName} ${game.score.home}, ${game.away.shortName} ${game.score.away}.`
  const clock = game.clock && game.status === 'live' ? clockText(game.clock.valueMs, game.clock.direction) : null
  const period = set && game.status === 'live' ? `${periodName} ${set.home ?? 0}–${set.away ?? 0}` : periodName
  const where = game.status === 'live' ? [period, clock] : [STATES[game.status] ?? game.status]
  const rest = [isCorrection ? null : play, ...where].filter(Boolean).join(', ')
  return `${isCorrection ? 'Correction. ' : ''}${score}${rest ? ` ${rest}.` : ''}`
}

const STATES: Readonly<Record<string, string>> = { break: 'Break', final: 'Final', suspended: 'Play is halted', forfeited: 'Forfeited' }
