import { type ReactNode, useEffect } from 'react'

/** What is asked about stands over the words that are set into a chart. */
export const OVER_LABELS = { zIndex: 1 } as const

/** Tells that a chart that can be asked stands there: once it has been painted the still one may go. */
export function useDrawn(onDrawn: () => void): void {
  useEffect(() => {
    const frame = requestAnimationFrame(() => requestAnimationFrame(onDrawn))
    return () => cancelAnimationFrame(frame)
  }, [onDrawn])
}

/** When it was, and what there is to say of it. */
export function Tip({ when, children }: { when: string; children: ReactNode }) {
  return (
    <div className="max-w-60 rounded-sm border border-ink bg-field px-2.5 py-1.5 text-xs">
      <p className="figures text-sm">{when}</p>
      {children}
    </div>
  )
}
