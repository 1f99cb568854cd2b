'use client'
import { Area, AreaChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useAtMostEachSecond } from '#components/ui/use-loaded.ts'
import { OVER_LABELS, Tip, useDrawn } from './asked.tsx'
import type { LeadStep } from './lead.ts'
import type { Reach } from './step-path.ts'

export interface LeadRechartsProps {
  steps: readonly LeadStep[]
  now: number
  reach: Reach
  summary: string
  /** `Q4 2:07` and `Hawks 61–58, Bears’ two by Ito` for the play a step came from. */
  tell: (seq: number) => { when: string; text: string }
  onDrawn: () => void
}

interface Point {
  x: number
  home: number
  away: number
  seq: number
}

/** The same mountains, to be asked about: what the score was, when, by which play. */
export function LeadRecharts({ steps, now, reach, summary, tell, onDrawn }: LeadRechartsProps) {
  const data = useAtMostEachSecond(steps)
  useDrawn(onDrawn)
  const last = data.at(-1)
  const points: Point[] = [
    { x: 0, home: 0, away: 0, seq: 0 },
    ...data.map(toPoint),
    ...(last ? [{ ...toPoint(last), x: Math.max(now, last.x) }] : []),
  ]
  const area = { type: 'stepAfter', stroke: 'none', fillOpacity: 1, isAnimationActive: false, activeDot: false } as const
  return (
    <div className="absolute inset-0 forced-color-adjust-none">
      <ResponsiveContainer width="100%" height="100%">
        <AreaChart data={points} margin={{ top: 0, right: 0, bottom: 0, left: 0 }} title="Lead" desc={summary}>
          <XAxis dataKey="x" type="number" domain={[0, 1]} hide />
          <YAxis domain={[-reach.away, reach.home]} hide allowDataOverflow />
          <Area dataKey="home" fill="var(--home)" {...area} />
          <Area dataKey="away" fill="var(--away)" {...area} />
          <Tooltip
            isAnimationActive={false}
            wrapperStyle={OVER_LABELS}
            cursor={{ stroke: 'var(--color-ink)', strokeWidth: 1 }}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Point | undefined
              if (!active || !point || point.seq === 0) return null
              const { when, text } = tell(point.seq)
              return (
                <Tip when={when}>
                  <p>{text}</p>
                </Tip>
              )
            }}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  )
}

const toPoint = ({ x, margin, seq }: LeadStep): Point => ({ x, home: Math.max(0, margin), away: Math.min(0, margin), seq })
