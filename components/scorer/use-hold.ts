'use client'
import { useRef } from 'react'

const HOLD_MS = 600

/** Handlers of a long press; whatever it does has a plain button too (WCAG 2.5.7). */
export function useHold(onHold: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const stop = () => clearTimeout(timer.current)
  return {
    onPointerDown: () => {
      stop()
      timer.current = setTimeout(onHold, HOLD_MS)
    },
    onPointerUp: stop,
    onPointerLeave: stop,
    onPointerCancel: stop,
    onContextMenu: (event: { preventDefault(): void }) => event.preventDefault(),
  }
}
