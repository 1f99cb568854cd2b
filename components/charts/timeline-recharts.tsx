'use client'
import { ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts'
import { useAtMostEachSecond } from '#components/ui/use-loaded.ts'
import { OVER_LABELS, useDrawn } from './asked.tsx'
import { markY, type NamedMark, spread } from './timeline-chart.tsx'

interface Point extends NamedMark {
  y: number
}
/** Room for the words at a goal that stands at the edge, px: as far as the chart reaches into the page's margin. */
const EDGE = 16

interface Shape {
  cx?: number
  cy?: number
  payload?: Point
}

/** The same goals and cards, to be asked about one by one. */
export function TimelineRecharts({ marks, summary, onDrawn }: { marks: readonly NamedMark[]; summary: string; onDrawn: () => void }) {
  const data = useAtMostEachSecond(marks)
  useDrawn(onDrawn)
  const levels = spread(data)
  const points: Point[] = data.map((mark, i) => ({ ...mark, y: 1 - markY(mark.side, levels[i] ?? 0) }))
  return (
    <div className="absolute -inset-x-4 inset-y-0 forced-color-adjust-none">
      <ResponsiveContainer width="100%" height="100%">
        <ScatterChart margin={{ top: 0, right: EDGE, bottom: 0, left: EDGE }} title="Goals and cards" desc={summary}>
          <XAxis dataKey="x" type="number" domain={[0, 1]} hide />
          <YAxis dataKey="y" type="number" domain={[0, 1]} hide />
          <Tooltip
            isAnimationActive={false}
            wrapperStyle={OVER_LABELS}
            cursor={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Point | undefined
              return active && point ? (
                <p className="max-w-60 rounded-sm border border-ink bg-field px-2.5 py-1.5 text-xs">{point.text}</p>
              ) : null
            }}
          />
          <Scatter data={points} isAnimationActive={false} shape={(shape: Shape) => <Glyph {...shape} />} />
        </ScatterChart>
      </ResponsiveContainer>
    </div>
  )
}

const CARDS = { green: 'fill-green', yellow: 'fill-yellow', second: 'fill-red', red: 'fill-red', blue: 'fill-blue' } as const

function Glyph({ cx = 0, cy = 0, payload: mark }: Shape) {
  if (!mark) return <g />
  if (mark.kind !== 'score') {
    return (
      <>
        <rect x={cx - 5} y={cy - 7} width={10} height={14} rx={1} className={CARDS[mark.kind]} />
        {mark.kind === 'second' ? <rect x={cx - 5} y={cy - 7} width={5} height={14} rx={1} className="fill-yellow" /> : null}
      </>
    )
  }
  const away = mark.side === 'away'
  // The mark knows its share of the box's height, and so where half of it is.
  const middle = cy / (2 * (1 - mark.y))
  return (
    <g>
      <line x1={cx} x2={cx} y1={cy} y2={middle} stroke={`var(--${mark.side})`} strokeWidth={2} />
      <circle cx={cx} cy={cy} r={6} fill={`var(--${mark.side})`} />
      <text x={cx} y={away ? cy + 21 : cy - 11} textAnchor="middle" className="figures fill-ink text-md">
        {mark.label}
      </text>
      <text x={cx} y={away ? cy + 36 : cy - 26} textAnchor="middle" className="fill-soft text-2xs">
        {mark.minute}
      </text>
    </g>
  )
}
