import type { ReactNode } from 'react'
import { cx } from '#components/ui/cx.ts'
import type { Side } from '#domain/play.ts'
import type { Axis } from './axis.ts'
import { Backdrop, BOX, ChartFrame, Dot, Label, NowLine, Shapes } from './chart-frame.tsx'
import type { BiggestLead, LeadStep } from './lead.ts'
import { guideOf, leadY, type Reach, reachOf, stepPath } from './step-path.ts'

export interface LeadChartProps extends Pick<Axis, 'stretches' | 'now'> {
  steps: readonly LeadStep[]
  /** What the biggest lead is called in place: `Hawks +11, Q3 1:12`. */
  peak: { lead: BiggestLead; text: string } | null
  isLive: boolean
  /** One short sentence for those who do not see it. */
  summary: string
  /** Drawn in place of the mountains once it has loaded; same box, same scale. */
  children?: (reach: Reach, still: ReactNode) => ReactNode
}

/** The lead as mountains above and below the line: home above, away below, the biggest lead named where it stands. */
export function LeadChart({ stretches, now, steps, peak, isLive, summary, children }: LeadChartProps) {
  const reach = reachOf(steps)
  const plot = { ...BOX, ...reach }
  const yOf = (margin: number) => leadY(margin, reach)
  const guide = guideOf(reach)
  const guides = [guide, -guide].filter(lead => lead < reach.home && -lead < reach.away)
  const still = (
    <Shapes summary={summary}>
      <Area side="home" d={stepPath(steps, 'home', now, plot)} />
      <Area side="away" d={stepPath(steps, 'away', now, plot)} />
    </Shapes>
  )
  return (
    <>
      {stretches.some(({ score }) => score) ? <SetScores stretches={stretches} /> : null}
      <ChartFrame stretches={stretches}>
        <Backdrop stretches={stretches} levels={guides.map(yOf)} />
        {children ? children(reach, still) : still}
        <span
          key={yOf(0)}
          aria-hidden
          className="pointer-events-none absolute inset-x-0 h-px bg-ink/70"
          style={{ top: `${yOf(0) * 100}%` }}
        />
        {isLive && now > 0 ? <NowLine x={now} /> : null}
        {guides.map(lead => (
          <Label key={lead} x={peak && peak.lead.x < 0.25 ? 1 : 0} y={yOf(lead)} place={lead > 0 ? 'above' : 'below'} className="text-soft">
            {`+${guide}`}
          </Label>
        ))}
        {peak ? <Peak lead={peak.lead} text={peak.text} y={yOf(peak.lead.side === 'home' ? peak.lead.by : -peak.lead.by)} /> : null}
      </ChartFrame>
    </>
  )
}

/** The narrowest set that has room for its score on a phone. */
const NARROW = 0.12

/** Over each set what it came to; the linescore says it to those who do not see it. */
function SetScores({ stretches }: Pick<Axis, 'stretches'>) {
  return (
    <div dir="ltr" aria-hidden className="figures relative mt-3 -mb-2 h-4 text-xs leading-4 text-soft">
      {stretches.map(({ from, to, score }) => (
        <span
          key={from}
          className={cx('absolute top-0 whitespace-nowrap', to - from < NARROW && 'max-sm:hidden')}
          style={{ left: `calc(${Math.round(from * 10_000) / 100}% + ${from === 0 ? 0 : 4}px)` }}
        >
          {score}
        </span>
      ))}
    </div>
  )
}

function Area({ side, d }: { side: Side; d: string }) {
  return d ? <path d={d} style={{ fill: `var(--${side})` }} /> : null
}

function Peak({ lead, text, y }: { lead: BiggestLead; text: string; y: number }) {
  return (
    <>
      <Dot x={lead.x} y={y} />
      <Label x={lead.x} y={y} place={lead.side === 'home' ? 'above' : 'below'} className="font-semibold">
        {text}
      </Label>
    </>
  )
}
