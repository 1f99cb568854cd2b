'use client'
import { useCallback, useMemo, useState } from 'react'
import { Section } from '#components/ui/section.tsx'
import { useLoaded } from '#components/ui/use-loaded.ts'
import type { Game } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { AsTable, Fact, isolate, Row } from './beside.tsx'
import { standingAt, type Worm, type WormLine, type WormPoint } from './worm.ts'
import { type ToldLine, WormChart } from './worm-chart.tsx'

/** Innings over by over, each as a line, with a dot for each wicket: cricket's worm. */
export function WormSection({ game, worm }: { game: Game; worm: Worm }) {
  const [isDrawn, setDrawn] = useState(false)
  const onDrawn = useCallback(() => setDrawn(true), [])
  const Recharts = useLoaded(useCallback(() => import('./worm-recharts.tsx').then(module => module.WormRecharts), []))
  const { home, away } = game
  const told = useMemo(() => {
    const name = (side: Side) => isolate({ home, away }[side].shortName)
    const begun = worm.lines.filter(({ points }) => points.length > 0)
    return begun.map((line): ToldLine => ({ ...line, name: line.nth > 1 ? `${name(line.side)}, 2nd` : name(line.side) }))
  }, [home, away, worm])
  const summary = `${told.map(line => `${line.name} ${standing(line)} after ${measured(line.points.at(-1) as WormPoint, worm)}`).join('; ')}.`
  const isLive = game.status === 'live' || game.status === 'break'
  return (
    <Section title={worm.unit === 'ball' ? 'Runs by balls' : 'Runs by over'} aside="A dot is a wicket">
      <WormChart worm={worm} lines={told} summary={summary}>
        {still => (
          <>
            {isDrawn ? null : still}
            {Recharts ? (
              <Recharts worm={worm} lines={told} summary={summary} say={point => sayAt(told, point, worm)} onDrawn={onDrawn} />
            ) : null}
          </>
        )}
      </WormChart>
      <Facts worm={worm} lines={told} isLive={isLive} />
      <AsTable head={[worm.unit === 'ball' ? 'Balls' : 'Overs', 'Side', 'Score']}>
        {told.flatMap(line =>
          line.points.map(({ at, label, runs, wickets }) => (
            <Row key={`${line.name} ${at}`} cells={[label, line.name, `${runs}/${wickets}`]} />
          )),
        )}
      </AsTable>
    </Section>
  )
}

const standing = ({ points }: WormLine) => {
  const last = points.at(-1)
  return `${last?.runs ?? 0}/${last?.wickets ?? 0}`
}

const measured = ({ at, label }: Pick<WormPoint, 'at' | 'label'>, { unit }: Pick<Worm, 'unit'>) => `${label} ${unit}${at === 1 ? '' : 's'}`

const sayAt = (lines: readonly ToldLine[], { at, label }: Pick<WormPoint, 'at' | 'label'>, worm: Worm) => ({
  when: measured({ at, label }, worm),
  text: lines.flatMap(line => {
    const then = standingAt(line, at)
    return then ? [`${line.name} ${then.runs}/${then.wickets}`] : []
  }),
})

const LATELY = 5

/** How fast it goes, how fast it went lately, and where the other side stood by then. */
function Facts({ worm, lines, isLive }: { worm: Worm; lines: readonly ToldLine[]; isLive: boolean }) {
  const current = lines.at(-1)
  const last = current?.points.at(-1)
  if (!current || !last) return null
  const isOvers = worm.unit === 'over'
  const rate = (last.runs / last.at) * (isOvers ? 1 : 100)
  const before = isOvers && isLive && last.at > LATELY ? standingAt(current, last.at - LATELY) : null
  const other = lines.length === 2 ? lines[0] : undefined
  const then = other && standingAt(other, last.at)
  return (
    <dl className="flex min-h-20 flex-wrap content-start gap-x-6 gap-y-1 pt-3 text-sm text-soft sm:min-h-12">
      {last.at > 0 ? (
        <Fact figure={rate.toFixed(isOvers ? 2 : 0)} words={`${isOvers ? 'runs an over' : 'runs per 100 balls'}, ${current.name}`} />
      ) : null}
      {before ? <Fact figure={`${last.runs - before.runs}/${last.wickets - before.wickets}`} words="in the last five overs" /> : null}
      {then && other ? <Fact figure={`${then.runs}/${then.wickets}`} words={`${other.name} at this point`} /> : null}
    </dl>
  )
}
