import { assert } from 'vitest'
import type { GameState, TimerView } from './game.ts'
import { type LoggedPlay, type PlayMarks, SIDES } from './play.ts'
import type { Replayed } from './replay.ts'
import type { Sport } from './sport.ts'

// What holds of every sport, for the tests that play them.

type Marked = [seq: number, marks: PlayMarks]
export const marksOf = ({ plays }: Replayed): Marked[] =>
  plays.map(({ play, marks }): Marked => [play.seq, marks]).sort(([a], [b]) => a - b)

/** Marks of the plays but those named. Which of several corrections took a play out is no part of what the game is; that it is out is. */
export function outcomeOf(replayed: Replayed, except: readonly number[] = []): Marked[] {
  return marksOf(replayed)
    .filter(([seq]) => !except.includes(seq))
    .map(([seq, { voidedBy, replacedBy, ...marks }]): Marked => [seq, { ...marks, ...((voidedBy ?? replacedBy) ? { voidedBy: 0 } : {}) }])
}

/** The log as if a play had never been sent: what replaced it replaces what it replaced, what voided it voids nothing. */
export function without(log: readonly LoggedPlay[], gone: LoggedPlay): LoggedPlay[] {
  return log
    .filter(play => play !== gone)
    .map(play => (play.replaces === gone.seq && gone.replaces !== undefined ? { ...play, replaces: gone.replaces } : play))
}

export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : []
}

/** Where columns hold points their sum is the score; where they are sets the score counts those that were won, in order. */
export function checkTotals(sport: Sport, game: GameState): void {
  const { columns } = game.linescore
  if (game.status === 'forfeited' || !game.period) return
  const shown = columns.map(({ home, away }) => `${home ?? 'x'}–${away ?? 'x'}`).join(' ')
  if (!sport.showColumns) {
    for (const side of SIDES) {
      const sum = columns.reduce((points, column) => points + (column[side] ?? 0), 0)
      const told = `${side} has ${game.score[side]} as its score and ${sum} in its columns (${shown})`
      assert(sum === game.score[side], `The columns must add up to the score: ${told}. Where the score counts sets, set showColumns.`)
    }
    return
  }
  const { home, away } = game.score
  const open = columns.length - home - away
  assert(open === 0 || open === 1, `The score must count the sets won, all but one under way: ${home}–${away} with the columns ${shown}.`)
  const sets = columns.slice(0, home + away)
  const won = (side: 'home' | 'away') =>
    sets.filter(set => Math.sign((set.home ?? 0) - (set.away ?? 0)) === (side === 'home' ? 1 : -1)).length
  const isCounted = won('home') === home && won('away') === away
  assert(isCounted, `A side must have as many sets as columns it is ahead in: ${home}–${away} with the columns ${shown}.`)
}

/** A game but for when its clock was last said, what was left then of what runs beside it, and what runs by the time of day. */
export function timeless(game: GameState): unknown {
  const timers = ((game.detail.timers ?? []) as TimerView[]).flatMap(({ id, side, untilAt }) =>
    untilAt === undefined ? [{ id, side }] : [],
  )
  const { statusUntil } = game
  const until = game.status === 'break' ? null : statusUntil
  return { ...game, statusUntil: until, clock: game.clock && { running: game.clock.running }, detail: { ...game.detail, timers } }
}
