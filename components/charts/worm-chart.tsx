import type { ReactNode } from 'react'
import type { Stretch } from './axis.ts'
import { Backdrop, BOX, ChartFrame, Dot, Label, Shapes } from './chart-frame.tsx'
import { reachOf, standingAt, stepFor, type Worm, type WormLine } from './worm.ts'

/** An innings with the name it goes by: `Hawks`, `Hawks, 2nd`. */
export type ToldLine = WormLine & { name: string }

export interface WormChartProps {
  worm: Worm
  lines: readonly ToldLine[]
  /** One short sentence for those who do not see it. */
  summary: string
  /** Drawn in place of the lines once it has loaded; same box, same scale. */
  children(still: ReactNode): ReactNode
}

const GUIDES = 4
/** Above this a guide's figure would not fit in. */
const TOP = 0.9

/** Runs upwards, overs to the right: one line an innings, broken where it is a side's second. */
export function WormChart({ worm, lines, summary, children }: WormChartProps) {
  const reach = reachOf(worm)
  const xOf = (at: number) => at / worm.most
  const yOf = (runs: number) => 1 - runs / reach
  const step = stepFor(worm.most)
  const stretches: Stretch[] = Array.from({ length: Math.ceil(worm.most / step) }, (_, i) => ({
    label: i === 0 ? '' : String(i * step),
    from: xOf(i * step),
    to: Math.min(1, xOf((i + 1) * step)),
  }))
  const high = stepFor(reach, GUIDES)
  const guides = Array.from({ length: Math.ceil(reach / high) }, (_, i) => (i + 1) * high).filter(runs => runs <= reach * TOP)
  const still = (
    <Shapes summary={summary} className="overflow-visible">
      {lines.map(({ side, nth, name, points }) => (
        <polyline
          key={name}
          points={[{ at: 0, runs: 0 }, ...points]
            .map(({ at, runs }) => `${round(xOf(at) * BOX.width)},${round(yOf(runs) * BOX.height)}`)
            .join(' ')}
          fill="none"
          style={{ stroke: `var(--${side})` }}
          strokeWidth={LINE.width}
          strokeDasharray={nth > 1 ? LINE.second : undefined}
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </Shapes>
  )
  return (
    <ChartFrame stretches={stretches}>
      <Backdrop stretches={stretches} levels={guides.map(yOf)} />
      {guides.map(runs => (
        <Label key={runs} x={0} y={yOf(runs)} className="text-soft">
          {runs}
        </Label>
      ))}
      <span aria-hidden className="pointer-events-none absolute inset-x-0 bottom-0 h-px bg-ink/70" />
      {children(still)}
      {lines.flatMap(({ side, name, points }) =>
        points.map((point, i) =>
          point.wickets > (points[i - 1]?.wickets ?? 0) ? (
            <Dot key={`${name} ${point.at}`} x={xOf(point.at)} y={yOf(point.runs)} side={side} />
          ) : null,
        ),
      )}
      {lines.map((line, i) => {
        const last = line.points.at(-1)
        if (!last) return null
        // Named on the side where no other line is in the way.
        const isLower = lines.some((other, k) => {
          const runs = k === i ? -1 : nearby(other, last.at, worm.most * BESIDE)
          return runs > last.runs || (runs === last.runs && k < i)
        })
        return (
          <Label key={line.name} x={xOf(last.at)} y={yOf(last.runs)} place={isLower ? 'below' : 'above'} className="font-semibold">
            {line.name} {last.runs}/{last.wickets}
          </Label>
        )
      })}
    </ChartFrame>
  )
}

/** Runs of a line beside this place: there, or at its end where that is near. */
function nearby(line: WormLine, at: number, reach: number): number {
  const end = line.points.at(-1)
  return standingAt(line, at)?.runs ?? (end && at - end.at < reach ? end.runs : 0)
}

/** So near each other, as a part of the box, the names of two lines would lie on each other. */
const BESIDE = 0.4
/** Px. */
export const LINE = { width: 2.5, second: '7 5' } as const

const round = (value: number) => Math.round(value * 10) / 10
