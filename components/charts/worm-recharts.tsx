'use client'
import { useEffect } from 'react'
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useAtMostEachSecond } from '#components/ui/use-loaded.ts'
import { OVER_LABELS } from './chart-frame.tsx'
import { reachOf, type Worm, type WormPoint } from './worm.ts'
import { LINE, type ToldLine } from './worm-chart.tsx'

interface WormRechartsProps {
  worm: Worm
  lines: readonly ToldLine[]
  summary: string
  /** `6 overs`, and where each innings stood after them. */
  say(at: Pick<WormPoint, 'at' | 'label'>): { when: string; text: readonly string[] }
  onDrawn(): void
}

/** Runs by the key of a line, at a place where one of them has a point. */
interface Point extends Pick<WormPoint, 'at' | 'label'> {
  runs: Record<string, number>
}

const keyOf = ({ side, nth }: ToldLine) => `${side}${nth}`

/** The same lines, to be asked about: where each innings stood after so many overs. */
export function WormRecharts({ worm, lines, summary, say, onDrawn }: WormRechartsProps) {
  const data = useAtMostEachSecond(lines)
  useEffect(() => {
    const frame = requestAnimationFrame(() => requestAnimationFrame(onDrawn))
    return () => cancelAnimationFrame(frame)
  }, [onDrawn])
  const points = new Map<number, Point>([[0, { at: 0, label: '0', runs: Object.fromEntries(data.map(line => [keyOf(line), 0])) }]])
  for (const line of data)
    for (const { at, label, runs } of line.points) points.set(at, { at, label, runs: { ...points.get(at)?.runs, [keyOf(line)]: runs } })
  return (
    <div className="absolute inset-0 forced-color-adjust-none">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart
          data={[...points.values()].sort((a, b) => a.at - b.at)}
          margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
          title="Runs"
          desc={summary}
        >
          <XAxis dataKey="at" type="number" domain={[0, worm.most]} hide />
          <YAxis domain={[0, reachOf(worm)]} hide allowDataOverflow />
          {data.map(line => (
            <Line
              key={keyOf(line)}
              dataKey={`runs.${keyOf(line)}`}
              type="linear"
              stroke={`var(--${line.side})`}
              strokeWidth={LINE.width}
              strokeDasharray={line.nth > 1 ? LINE.second : undefined}
              connectNulls
              dot={false}
              activeDot={false}
              isAnimationActive={false}
            />
          ))}
          <Tooltip
            isAnimationActive={false}
            wrapperStyle={OVER_LABELS}
            cursor={{ stroke: 'var(--color-ink)', strokeWidth: 1 }}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Point | undefined
              return active && point && point.at > 0 ? <Tip {...say(point)} /> : null
            }}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}

function Tip({ when, text }: { when: string; text: readonly string[] }) {
  return (
    <div className="max-w-60 rounded-sm border border-ink bg-field px-2.5 py-1.5 text-xs">
      <p className="figures text-sm">{when}</p>
      {text.map(line => (
        <p key={line}>{line}</p>
      ))}
    </div>
  )
}
