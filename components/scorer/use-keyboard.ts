'use client'
import { type KeyboardEvent, useRef } from 'react'
import type { Side } from '#domain/play.ts'
import type { Action, Sport } from '#domain/sport.ts'
import type { Console } from './console-context.ts'

const WRITES = 'input, textarea, select, [contenteditable]'
/** Where Space and letters belong to what has the focus. */
const OWN_KEYS = '[data-own-keys]'

/** The action a letter stands for, and whose. */
export function actionFor(
  sport: Sport,
  actions: readonly Action[],
  letter: string,
  activeSide: Side | null,
): { action: Action; side: Side | null } | null {
  for (const action of actions) {
    const isHome = action.key.home === letter
    if (!isHome && action.key.away !== letter) continue
    if (sport.kinds[action.kind]?.side === 'none') return { action, side: null }
    return { action, side: activeSide ?? (isHome ? 'home' : 'away') }
  }
  return null
}

/** Whether one of the keys offered is on this letter, of either side. */
export const hasLetter = (offered: readonly Action[], letter: string) =>
  offered.some(({ key }) => key.home === letter || key.away === letter)

/** Keys of the console, heard only while the focus is in it. Without letters (WCAG 2.1.4) the others stay. */
export function useKeyboard(
  desk: Console,
  { hasLetters, activeSide, offered }: { hasLetters: boolean; activeSide: Side | null; offered: readonly Action[] },
) {
  const isHeld = useRef(false)

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const target = event.target as HTMLElement
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (key === 'Escape') {
      if (desk.followUp?.is === 'asked') desk.follow(null)
      else desk.open(null)
      return
    }
    if (target.closest(WRITES) || desk.isLocked) return
    if ((event.ctrlKey || event.metaKey) && key === 'z') {
      event.preventDefault()
      desk.undo()
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest(OWN_KEYS)) return
    if (key === ' ') {
      event.preventDefault()
      if (event.repeat) return
      isHeld.current = true
      desk.toggleClock()
    } else if (event.repeat || !hasLetters) return
    else if (key === '?') desk.open(desk.panel?.is === 'help' ? null : { is: 'help' })
    else if (key === 'n' && !hasLetter(offered, 'n')) advance(desk)
    else {
      const found = actionFor(desk.sport, offered, key, activeSide)
      if (found) {
        event.preventDefault()
        desk.tap(found.action, found.side, true)
      }
    }
  }

  /** Some browsers press the focused button when Space comes up. */
  function onKeyUp(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== ' ' || !isHeld.current) return
    isHeld.current = false
    event.preventDefault()
  }

  return { onKeyDown, onKeyUp }
}

/** N once asks, N again confirms. */
function advance(desk: Console): void {
  const { followUp, moves } = desk
  if (followUp?.is === 'asked') {
    desk.run(followUp.move)
    return
  }
  const move = moves.primary ?? moves.endPeriod ?? moves.endGame
  if (move) desk.follow({ is: 'asked', move: { ...move, asks: move.asks ?? `${move.label}?` } })
}
