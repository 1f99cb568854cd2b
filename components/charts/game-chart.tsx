'use client'
import { memo, useCallback, useMemo, useState } from 'react'
import { scoreOf } from '#components/game/sides.ts'
import type { Story, StoryRow } from '#components/game/story.ts'
import { Section } from '#components/ui/section.tsx'
import { useLoaded } from '#components/ui/use-loaded.ts'
import type { Game } from '#domain/game.ts'
import type { Play, Side } from '#domain/play.ts'
import type { Card } from '#domain/sport.ts'
import { AsTable, Fact, isolate, Row } from './beside.tsx'
import type { BiggestLead } from './lead.ts'
import { LeadChart } from './lead-chart.tsx'
import { isCrowded, type NamedMark, TimelineChart } from './timeline-chart.tsx'
import { WormSection } from './worm-section.tsx'

interface GameChartProps {
  game: Game
  plays: readonly Play[]
  story: Story
}
type Chart = NonNullable<Story['chart']>

/** The game in one shape: the lead as mountains, goals on a line of minutes, or innings over by over, with the same facts as figures under it. */
export const GameChart = memo(function GameChart({ game, plays, story }: GameChartProps) {
  const { chart } = story
  const teller = useTeller(game, plays, story.rows)
  if (chart?.worm) return <WormSection game={game} worm={chart.worm} />
  if (!chart || (chart.steps.length === 0 && chart.marks.length === 0)) return null
  return chart.kind === 'timeline' ? (
    <Timeline game={game} chart={chart} teller={teller} />
  ) : (
    <Lead game={game} chart={chart} story={story} teller={teller} />
  )
})

/** Room beside a heading on a phone, in letters. */
const ASIDE = 26

function placesOf({ home, away }: Game): string {
  const isShort = home.shortName.length + away.shortName.length <= ASIDE || home.abbr === away.abbr
  return `${isolate(isShort ? home.shortName : home.abbr)} above, ${isolate(isShort ? away.shortName : away.abbr)} below`
}

interface Teller {
  row(seq: number): StoryRow | undefined
  text(seq: number): string
  score(seq: number): string
}

function useTeller({ displayOrder }: Game, plays: readonly Play[], rows: readonly StoryRow[]): Teller {
  return useMemo(() => {
    const texts = new Map(plays.map(play => [play.seq, play.text]))
    const bySeq = new Map(rows.map(row => [row.seq, row]))
    const score = (seq: number) => {
      const tally = bySeq.get(seq)?.tally
      return tally ? scoreOf(tally, { displayOrder }) : ''
    }
    return { row: seq => bySeq.get(seq), text: seq => bySeq.get(seq)?.text ?? texts.get(seq) ?? '', score }
  }, [displayOrder, plays, rows])
}

function Lead({ game, chart, story, teller }: { game: Game; chart: Chart; story: Story; teller: Teller }) {
  const { steps, facts, stretches, now } = chart
  const name = (side: Side) => isolate(game[side].shortName)
  const [isDrawn, setDrawn] = useState(false)
  const onDrawn = useCallback(() => setDrawn(true), [])
  const Recharts = useLoaded(useCallback(() => import('./lead-recharts.tsx').then(module => module.LeadRecharts), []))
  const tell = useCallback(
    (seq: number) => ({ when: teller.row(seq)?.when ?? '', text: [teller.score(seq), teller.text(seq)].filter(Boolean).join(', ') }),
    [teller],
  )
  const best = biggestOf(facts.biggest.home, facts.biggest.away)
  const say = (lead: BiggestLead) => `${name(lead.side)} +${lead.by}, ${teller.row(lead.seq)?.when ?? ''}`
  const last = steps.at(-1)?.margin ?? 0
  const inSet = story.hasSets ? (story.labels.inColumns ?? 'points') : null
  const unit = inSet ?? story.labels.units
  const summary = `${last === 0 ? 'Level' : `${name(last > 0 ? 'home' : 'away')} lead by ${Math.abs(last)}`} in ${unit}; ${
    best ? `biggest lead ${say(best)}` : 'nobody has led'
  }.`
  return (
    <Section title={inSet ? `Lead in ${inSet}, ${story.labels.byPeriod.toLowerCase()}` : 'Lead'} aside={placesOf(game)}>
      <LeadChart
        stretches={stretches}
        now={now}
        steps={steps}
        peak={best && steps.length > 1 ? { lead: best, text: say(best) } : null}
        isLive={game.status === 'live' || game.status === 'break'}
        summary={summary}
      >
        {(reach, still) => (
          <>
            {isDrawn ? null : still}
            {Recharts ? <Recharts steps={steps} now={now} reach={reach} summary={summary} tell={tell} onDrawn={onDrawn} /> : null}
          </>
        )}
      </LeadChart>
      <LeadFactsLine chart={chart} teller={teller} name={name} hasSets={story.hasSets} say={say} />
      <AsTable head={['When', 'Score', 'Lead']}>
        {steps
          .filter(({ isFresh }) => !isFresh)
          .map(({ seq, margin }) => (
            <Row key={seq} cells={[teller.row(seq)?.when ?? '', teller.score(seq), leadWords(margin, name)]} />
          ))}
      </AsTable>
    </Section>
  )
}

const leadWords = (margin: number, name: (side: Side) => string) =>
  margin === 0 ? 'level' : `${name(margin > 0 ? 'home' : 'away')} +${Math.abs(margin)}`

function biggestOf(home: BiggestLead | null, away: BiggestLead | null): BiggestLead | null {
  if (!home || !away) return home ?? away
  return away.by > home.by ? away : home
}

function LeadFactsLine(props: {
  chart: Chart
  teller: Teller
  name: (side: Side) => string
  hasSets: boolean
  say: (lead: BiggestLead) => string
}) {
  const { changes, level, biggest, run } = props.chart.facts
  const best = biggestOf(biggest.home, biggest.away)
  const other = best?.side === 'home' ? biggest.away : biggest.home
  const since = run ? props.teller.row(run.since)?.when : null
  return (
    // Room for what may come to be said, so that nothing below moves when it is.
    <dl className="flex min-h-20 flex-wrap content-start gap-x-6 gap-y-1 pt-3 text-sm text-soft sm:min-h-12">
      {changes > 0 ? <Fact figure={changes} words={changes === 1 ? 'lead change' : 'lead changes'} /> : null}
      {level > 0 && !props.hasSets ? <Fact figure={level} words={level === 1 ? 'time level' : 'times level'} /> : null}
      {changes === 0 && level === 0 && best && !other ? <Fact figure={props.name(best.side)} words="ahead throughout" /> : null}
      {run ? (
        <Fact figure={`${run.points}–${run.against}`} words={`${possessive(props.name(run.side))} run${since ? ` since ${since}` : ''}`} />
      ) : null}
      {other ? (
        <Fact
          figure={`+${other.by}`}
          words={`${possessive(props.name(other.side))} biggest lead, ${props.teller.row(other.seq)?.when ?? ''}`}
        />
      ) : null}
    </dl>
  )
}

const possessive = (name: string) => (name.endsWith('s') ? `${name}’` : `${name}’s`)

function Timeline({ game, chart, teller }: { game: Game; chart: Chart; teller: Teller }) {
  const [isDrawn, setDrawn] = useState(false)
  const onDrawn = useCallback(() => setDrawn(true), [])
  const Recharts = useLoaded(useCallback(() => import('./timeline-recharts.tsx').then(module => module.TimelineRecharts), []))
  const marks = useMemo<NamedMark[]>(
    () =>
      chart.marks.map(mark => ({
        ...mark,
        label: teller.score(mark.seq),
        // Which period it was the axis says.
        minute: isCrowded(mark, chart.marks) ? '' : (teller.row(mark.seq)?.when.split(' ').at(-1) ?? ''),
        text: [teller.row(mark.seq)?.when, teller.text(mark.seq)].filter(Boolean).join(' '),
      })),
    [chart.marks, teller],
  )
  const count = (kind: NamedMark['kind']) => marks.filter(mark => mark.kind === kind).length
  const summary = marks.map(({ text }) => text).join('. ')
  return (
    <Section title="Goals" aside={placesOf(game)}>
      <TimelineChart
        stretches={chart.stretches}
        now={chart.now}
        marks={marks}
        isLive={game.status === 'live' || game.status === 'break'}
        summary={summary}
      >
        {still => (
          <>
            {isDrawn ? null : still}
            {Recharts ? <Recharts marks={marks} summary={summary} onDrawn={onDrawn} /> : null}
          </>
        )}
      </TimelineChart>
      <dl className="flex flex-wrap gap-x-6 gap-y-1 pt-2 text-sm text-soft">
        <Fact figure={count('score')} words={count('score') === 1 ? 'goal' : 'goals'} />
        {CARDS.map(card =>
          count(card) > 0 ? <Fact key={card} figure={count(card)} words={`${CARD_WORDS[card]}${count(card) === 1 ? '' : 's'}`} /> : null,
        )}
      </dl>
      <AsTable head={['When and what', 'Side', 'Score']}>
        {marks.map(mark => (
          <Row key={mark.seq} cells={[mark.text, game[mark.side].shortName, mark.label]} />
        ))}
      </AsTable>
    </Section>
  )
}

const CARD_WORDS: Readonly<Record<Card, string>> = {
  green: 'green card',
  yellow: 'yellow card',
  second: 'second yellow card',
  red: 'red card',
  blue: 'blue card',
}
const CARDS = Object.keys(CARD_WORDS) as Card[]
