'use client'
import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useAtMostEachSecond } from '#components/ui/use-loaded.ts'
import { OVER_LABELS, Tip, useDrawn } from './asked.tsx'
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
  useDrawn(onDrawn)
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
              if (!active || !point || point.at === 0) return null
              const { when, text } = say(point)
              return (
                <Tip when={when}>
                  {text.map(line => (
                    <p key={line}>{line}</p>
                  ))}
                </Tip>
              )
            }}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  )
}
