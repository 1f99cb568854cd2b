'use client'
import { createContext, useContext } from 'react'
import type { Detail } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { Action, Sport } from '#domain/sport.ts'
import type { Level } from './depth.ts'
import type { Acted, Desk, DeskState } from './desk.ts'
import type { Draft, Move, Moves } from './moves.ts'

/** What stands in the place of the keys. The clock and Undo stay where they are, whatever is open. */
export type Panel =
  | { is: 'plays' | 'menu' | 'clock' | 'status' | 'end' | 'note' | 'review' | 'help' | 'more' | 'other' | 'hand-over' }
  | { is: 'edit' | 'insert'; id: string }
  | { is: 'roster'; playId: string; side: Side; field?: string }

/** What the row under the keys has to say: about the play just made, about one that could not be, or a question. */
export type FollowUp =
  | {
      is: 'played'
      playId: string
      action: Action
      side: Side | null
      isTwice: boolean
      /** What the sport showed before it. */
      was: Detail
      answered: readonly string[]
      /** Answers that say nothing without the next one: a set's games of one side. */
      held?: Readonly<Record<string, unknown>>
    }
  | { is: 'said'; text: string; tone: 'warn' | 'plain' }
  | { is: 'asked'; move: Move; key?: { action: Action; side: Side | null } }

export interface Console {
  sport: Sport
  /** Values of the game's rule pack. */
  rules: unknown
  desk: Desk
  state: DeskState
  actions: readonly Action[]
  /** Those that the period and the depth chosen here leave on the table. */
  offered: readonly Action[]
  level: Level
  /** What should come now, by id; with a side in front (`home:conversion`) where it is that side's alone. */
  due: ReadonlySet<string>
  moves: Moves
  /** In the order they are drawn. */
  sides: readonly [Side, Side]
  /** May settle and reopen official results. */
  canManage: boolean
  isLocked: boolean
  panel: Panel | null
  followUp: FollowUp | null
  /** The server's time, ms. */
  now(): number
  open(panel: Panel | null): void
  follow(next: FollowUp | null): void
  /** Does it, and says why if it cannot be done. */
  act(drafts: readonly Draft[]): Acted
  /** `isLetter`: pressed on a keyboard, whose keys never move. */
  tap(action: Action, side: Side | null, isLetter?: boolean): void
  /** Asks first where the move wants it. */
  run(move: Move): void
  undo(): void
  toggleClock(): void
  setLocked(isLocked: boolean): void
}

export const ConsoleContext = createContext<Console | null>(null)

export function useConsole(): Console {
  const value = useContext(ConsoleContext)
  if (!value) throw new Error('Only within a console.')
  return value
}
