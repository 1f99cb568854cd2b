import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import type { Side } from '#domain/play.ts'
import type { Stretch } from './axis.ts'

/** Places along the drawing, in its own measure: shapes are stretched to the box, labels are set over it in type of their own size. */
export const BOX = { width: 1000, height: 400 } as const

const percent = (place: number) => `${Math.round(place * 10_000) / 100}%`

/**
 * The box every chart stands in, of one size whoever draws in it, with the periods below. Time runs left to right in every language.
 */
export function ChartFrame({ stretches, children, isLow }: { stretches: readonly Stretch[]; children: ReactNode; isLow?: boolean }) {
  return (
    <div dir="ltr" className="pt-3">
      {/* What stands at an edge, such as a goal in the first minute, may reach into the page's own margin. */}
      <div className="-mx-4 overflow-x-clip px-4">
        <div className={cx('relative', isLow ? 'h-40 sm:h-48' : 'h-44 sm:h-56 lg:h-64')}>{children}</div>
      </div>
      <div aria-hidden className="relative h-6 text-xs text-soft">
        {stretches.map(stretch => (
          <span
            key={stretch.from}
            className={cx('absolute top-1 whitespace-nowrap', stretch.to - stretch.from < 0.035 && 'max-sm:hidden')}
            style={{ left: `calc(${percent(stretch.from)} + ${stretch.from === 0 ? 0 : 4}px)` }}
          >
            {stretch.label}
          </span>
        ))}
      </div>
    </div>
  )
}

/** A chart's shapes, stretched to the box, with one sentence for those who do not see them. */
export function Shapes({ summary, className, children }: { summary: string; className?: string; children: ReactNode }) {
  return (
    <svg
      viewBox={`0 0 ${BOX.width} ${BOX.height}`}
      preserveAspectRatio="none"
      className={cx('absolute inset-0 size-full forced-color-adjust-none', className)}
      role="img"
      aria-label={summary}
    >
      <title>{summary}</title>
      {children}
    </svg>
  )
}

/** Where one period ends and the next begins, and level lines at these places, 0 at the upper edge. */
export function Backdrop({ stretches, levels = [] }: { stretches: readonly Stretch[]; levels?: readonly number[] }) {
  return (
    <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden className="absolute inset-0 size-full">
      {stretches.slice(1).map(({ from }) => (
        <line
          key={from}
          x1={from * BOX.width}
          x2={from * BOX.width}
          y1="0"
          y2={BOX.height}
          className="stroke-line"
          strokeDasharray="2 3"
          vectorEffect="non-scaling-stroke"
        />
      ))}
      {levels.map(level => (
        <line
          key={level}
          x1="0"
          x2={BOX.width}
          y1={level * BOX.height}
          y2={level * BOX.height}
          className="stroke-line"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  )
}

/** Moves what is in it to a place of the box, by transform alone: nothing is laid out anew when it moves on. */
function Place({ x, y = 0, children }: { x: number; y?: number; children: ReactNode }) {
  return (
    <span aria-hidden className="pointer-events-none absolute inset-0" style={{ transform: `translate(${percent(x)}, ${percent(y)})` }}>
      {children}
    </span>
  )
}

interface LabelProps {
  x: number
  y: number
  place?: 'above' | 'below'
  className?: string
  children: ReactNode
}

/** A word set over the drawing, kept inside it. */
export function Label({ x, y, place = 'above', className, children }: LabelProps) {
  return (
    <Place x={x} y={y}>
      <span
        className={cx(
          'absolute text-xs leading-4 whitespace-nowrap',
          // Lines pass behind words, not through them.
          '[text-shadow:0_0_3px_var(--color-paper),0_0_3px_var(--color-paper),0_0_3px_var(--color-paper)]',
          place === 'above' ? 'bottom-full mb-[5px]' : 'top-[5px]',
          x < 0.2 ? 'left-0' : x > 0.8 ? 'right-full me-1' : 'left-0 -translate-x-1/2',
          className,
        )}
      >
        {children}
      </span>
    </Place>
  )
}

/** So near the end of the box half a dot would be cut off. */
const EDGE = 0.985

/** A dot that stays round however the drawing is stretched; a side's in its colour. */
export function Dot({ x, y, side }: { x: number; y: number; side?: Side }) {
  return (
    <Place x={x} y={y}>
      <span
        className={cx(
          'absolute -top-1 size-2 rounded-full',
          side ? 'outline outline-paper' : 'bg-ink',
          x > EDGE ? '-left-2' : x < 1 - EDGE ? 'left-0' : '-left-1',
        )}
        style={side && { background: `var(--${side})` }}
      />
    </Place>
  )
}

/** Up to here it has been played; beyond it nothing is known. */
export function NowLine({ x }: { x: number }) {
  return (
    <Place x={x}>
      <span className="absolute inset-y-0 left-0 w-px -translate-x-px bg-live" />
    </Place>
  )
}
