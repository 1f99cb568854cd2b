'use client'
import type { LobbyStore } from '#components/board/lobby-store.ts'
import { useRow } from '#components/board/use-lobby.ts'
import { cx } from '#components/ui/cx.ts'
import type { GameRow } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'

export type Outcome = 'won' | 'drawn' | 'lost'

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = { won: 'Won', drawn: 'Drawn', lost: 'Lost' }

export const sideOf = (row: Pick<GameRow, 'home'>, teamId: string): Side => (row.home.id === teamId ? 'home' : 'away')

/** What a game was for one of its sides; null where it has no result. */
export function outcomeOf(row: Pick<GameRow, 'home' | 'winner'>, teamId: string): Outcome | null {
  if (row.winner === null) return null
  return row.winner === 'draw' ? 'drawn' : row.winner === sideOf(row, teamId) ? 'won' : 'lost'
}

/** Ink for a win, its outline for a draw, nothing but the letter for a defeat: told apart without a colour. */
const LOOKS: Readonly<Record<Outcome, string>> = {
  won: 'bg-ink text-paper border-ink',
  drawn: 'border-edge text-ink',
  lost: 'border-line text-soft',
}

/** `W`, `D` or `L`, for the eye. */
export function OutcomeLetter({ outcome }: { outcome: Outcome }) {
  return (
    <span aria-hidden className={cx('figures grid size-6 place-items-center rounded-sm border text-sm', LOOKS[outcome])}>
      {OUTCOME_WORDS[outcome].charAt(0)}
    </span>
  )
}

/** The same at the end of a game's line, and for the ear; its place is kept where a game has no result. */
export function OutcomeMark({ store, id, teamId }: { store: LobbyStore; id: string; teamId: string }) {
  const row = useRow(store, id)
  const outcome = row ? outcomeOf(row, teamId) : null
  return (
    <span className="w-6 shrink-0">
      {outcome ? (
        <>
          <OutcomeLetter outcome={outcome} />
          <span className="sr-only">{OUTCOME_WORDS[outcome]}</span>
        </>
      ) : null}
    </span>
  )
}
