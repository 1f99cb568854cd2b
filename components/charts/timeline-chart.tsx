import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import type { Axis } from './axis.ts'
import { Backdrop, ChartFrame, NowLine } from './chart-frame.tsx'
import type { Mark } from './timeline.ts'

/** A mark with the words that stand at it and the place it was given among its neighbours. */
export interface NamedMark extends Mark {
  /** `2–1` for a goal. */
  label: string
  /** `67′`, `14:05`; empty where there is no room for it. */
  minute: string
  /** `67′ Goal for Rovers, Okafor` */
  text: string
}

export interface TimelineChartProps extends Pick<Axis, 'stretches' | 'now'> {
  marks: readonly NamedMark[]
  isLive: boolean
  summary: string
  children?: (still: ReactNode) => ReactNode
}

/** Closer than this and the words at two goals of one side would cover each other. */
const NEAR = 0.08
const LEVELS = 2

/** How far from the line each mark stands: cards right at it, goals above or below them, neighbours one step further out. */
export function spread(marks: readonly Mark[]): number[] {
  const last: Record<Mark['side'], { x: number; level: number }> = { home: { x: -1, level: -1 }, away: { x: -1, level: -1 } }
  return marks.map(({ x, side, kind }) => {
    if (kind !== 'score') return -1
    const level = x - last[side].x < NEAR ? (last[side].level + 1) % LEVELS : 0
    last[side] = { x, level }
    return level
  })
}

/** Whether a goal of the same side is so near that only one of the two can bear its minute. */
export const isCrowded = (mark: Mark, marks: readonly Mark[]) =>
  marks.some(other => other.seq !== mark.seq && other.side === mark.side && other.kind === 'score' && Math.abs(other.x - mark.x) < NEAR)

/** Where a mark stands in the box, from its upper edge. */
export const markY = (side: Mark['side'], level: number) => 0.5 + (side === 'home' ? -1 : 1) * (level < 0 ? 0.07 : 0.19 + level * 0.17)

/** Goals and cards on an axis of minutes: home above the line, away below. */
export function TimelineChart({ stretches, now, marks, isLive, summary, children }: TimelineChartProps) {
  const levels = spread(marks)
  const still = (
    <div role="img" aria-label={summary} className="absolute inset-0">
      {marks.map((mark, i) => (
        <Stem key={mark.seq} mark={mark} y={markY(mark.side, levels[i] ?? 0)} />
      ))}
    </div>
  )
  return (
    <ChartFrame stretches={stretches} isLow>
      <Backdrop stretches={stretches} />
      <span aria-hidden className="pointer-events-none absolute inset-x-0 top-1/2 h-px bg-line" />
      <span aria-hidden className="pointer-events-none absolute start-0 top-1/2 h-px bg-ink/70" style={{ width: `${now * 100}%` }} />
      {isLive ? <NowLine x={now} /> : null}
      {children ? children(still) : still}
    </ChartFrame>
  )
}

const GLYPHS = {
  score: 'size-3 rounded-full',
  green: 'h-3.5 w-2.5 rounded-[1px] bg-green',
  yellow: 'h-3.5 w-2.5 rounded-[1px] bg-yellow',
  // Half of it is the yellow one.
  second: 'h-3.5 w-2.5 rounded-[1px] bg-red border-s-5 border-yellow',
  red: 'h-3.5 w-2.5 rounded-[1px] bg-red',
  blue: 'h-3.5 w-2.5 rounded-[1px] bg-blue',
} as const

function Stem({ mark, y }: { mark: NamedMark; y: number }) {
  const isHome = mark.side === 'home'
  const left = `${mark.x * 100}%`
  return (
    <>
      {mark.kind === 'score' ? (
        <span
          aria-hidden
          className="absolute w-0.5 -translate-x-1/2 forced-color-adjust-none"
          style={{
            left,
            background: `var(--${mark.side})`,
            ...(isHome ? { top: `${y * 100}%`, bottom: '50%' } : { top: '50%', bottom: `${(1 - y) * 100}%` }),
          }}
        />
      ) : null}
      <span
        title={mark.text}
        className={cx('absolute -translate-1/2 forced-color-adjust-none', GLYPHS[mark.kind])}
        style={{ left, top: `${y * 100}%`, ...(mark.kind === 'score' ? { background: `var(--${mark.side})` } : {}) }}
      />
      {mark.kind === 'score' ? (
        <span
          aria-hidden
          className="absolute flex -translate-x-1/2 flex-col items-center leading-none"
          style={{ left, ...(isHome ? { bottom: `calc(${(1 - y) * 100}% + 0.6rem)` } : { top: `calc(${y * 100}% + 0.6rem)` }) }}
        >
          <span className="figures text-md leading-none">{mark.label}</span>
          <span className={cx('text-2xs leading-4 text-soft', isHome && 'order-first')}>{mark.minute}</span>
        </span>
      ) : null}
    </>
  )
}
