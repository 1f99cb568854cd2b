'use client'
import Link from 'next/link'
import { useEffect, useMemo, useRef, useState } from 'react'
import { sportName } from '#components/board/board-data.ts'
import { createGame, packFor, sideOf } from '#components/scorer/create-game.ts'
import { announce } from '#components/shell/announcer.tsx'
import { Button, ButtonLink } from '#components/ui/button.tsx'
import { Field, Select, TextArea } from '#components/ui/field.tsx'
import { ABSENT, momentOf } from '#components/ui/local-moment.ts'
import { Empty, Notice } from '#components/ui/notice.tsx'
import { Section } from '#components/ui/section.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import { dayText, timeText } from '#components/ui/time.ts'
import { useReader } from '#components/ui/use-time.ts'
import type { Ref } from '#domain/game.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { count } from './admin-data.ts'
import { type DateOrder, type Fixture, type FixtureLine, MOST_LINES, readFixtures } from './fixture-list.ts'

interface FixturesPageProps {
  competitions: (Ref & { sport: string })[]
  chosen: string
}

/** What became of a line: a new game, one that was there already, or why it is none. */
type Outcome = 'added' | 'known' | { problem: string }
const EXAMPLE = 'Sat 5 Dec 2026, 15:00\nHawks v Bears\nLions v Wolves 17:30'

/** A season's games from a list: read while it is typed, shown line by line, and added together. */
export function FixturesPage({ competitions, chosen }: FixturesPageProps) {
  const [competitionId, setCompetitionId] = useState(chosen)
  const [text, setText] = useState('')
  const [order, setOrder] = useState<DateOrder>('day-first')
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, Outcome>>(new Map())
  const [progress, setProgress] = useState<{ done: number; of: number } | null>(null)
  const isHere = useRef(true)
  const competition = competitions.find(({ id }) => id === competitionId)
  const { lines, isAmbiguous } = useMemo(() => readFixtures(text, order), [text, order])
  const ready = lines.filter(line => line.fixture && !isAdded(outcomes.get(line.number)))
  const wrong = lines.filter(line => line.problem !== null)

  useEffect(() => {
    isHere.current = true
    if (new Intl.DateTimeFormat().resolvedOptions().locale === 'en-US') setOrder('month-first')
    return () => {
      isHere.current = false
    }
  }, [])

  /** Another list: nothing has become of its lines yet. */
  function changing<T>(set: (next: T) => void): (next: T) => void {
    return next => {
      set(next)
      setOutcomes(new Map())
    }
  }
  async function add(): Promise<void> {
    if (!competition || progress) return
    const became = new Map(outcomes)
    setProgress({ done: 0, of: ready.length })
    for (const [index, { number, fixture }] of ready.entries()) {
      if (!isHere.current) return
      if (fixture) became.set(number, await addOne(fixture, competition))
      setOutcomes(new Map(became))
      setProgress({ done: index + 1, of: ready.length })
    }
    setProgress(null)
    announce(`${summary([...became.values()])}.`)
  }

  if (!competition)
    return (
      <Empty title="No competition to play in yet">
        A list of fixtures belongs to a competition.{' '}
        <Link href="/admin/competitions" className="underline underline-offset-4">
          Add one first
        </Link>
        .
      </Empty>
    )
  const over = [...outcomes.values()]
  return (
    <div className="grid items-start gap-x-16 gap-y-10 lg:grid-cols-[minmax(0,26rem)_minmax(0,1fr)]">
      <h1 className="sr-only">Add games from a list</h1>
      <Section title="Paste a fixture list">
        <div className="mt-5 grid gap-5">
          <Field label="Competition">
            {control => (
              <Select
                {...control}
                value={competitionId}
                disabled={progress !== null}
                onChange={event => changing(setCompetitionId)(event.target.value)}
              >
                {competitions.map(({ id, name, sport }) => (
                  <option key={id} value={id}>
                    {name}, {sportName(sport)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field
            label="Games, one a line"
            hint="From a spreadsheet, an e-mail or typed: day, time, home, away. A line with a day alone holds for the lines below it; a first line that names columns (Date, Time, Home, Away, Venue) says which is which. Times are by this device’s clock."
          >
            {control => (
              <TextArea
                {...control}
                rows={12}
                value={text}
                placeholder={EXAMPLE}
                spellCheck={false}
                autoComplete="off"
                disabled={progress !== null}
                onChange={event => changing(setText)(event.target.value)}
                className="text-sm"
              />
            )}
          </Field>
          {isAmbiguous ? (
            <div className="grid gap-1">
              <p className="text-sm font-semibold">In dates of numbers</p>
              <Segmented
                label="In dates of numbers, which comes first"
                name="order"
                value={order}
                options={[
                  { value: 'day-first', label: 'the day comes first' },
                  { value: 'month-first', label: 'the month' },
                ]}
                onChange={changing(setOrder)}
              />
            </div>
          ) : null}
        </div>
      </Section>
      <Section
        title={lines.length > 0 ? count(lines.length - wrong.length, 'game') : 'What was read'}
        aside={wrong.length > 0 ? `${count(wrong.length, 'line')} left out` : null}
      >
        {lines.length === 0 ? (
          <p className="max-w-prose py-6 text-soft">Each game shows here as it was understood, before anything is added.</p>
        ) : (
          <ol>
            {lines.map(line => (
              <Line key={line.number} line={line} outcome={outcomes.get(line.number)} />
            ))}
          </ol>
        )}
        {lines.length >= MOST_LINES ? <p className="mt-3 text-sm text-soft">The first {MOST_LINES} lines are read.</p> : null}
        {over.length > 0 && !progress ? (
          <Notice className="mt-5" tone={over.every(isAdded) ? 'info' : 'warn'}>
            {summary(over)}.
          </Notice>
        ) : null}
        <div className="mt-5 flex flex-wrap gap-3">
          {ready.length > 0 ? (
            <Button look="ink" size="l" disabled={progress !== null} onClick={() => void add()}>
              {progress ? `Adding ${progress.done} of ${progress.of}…` : `Add ${count(ready.length, 'game')}`}
            </Button>
          ) : null}
          {over.some(isAdded) && !progress ? (
            <ButtonLink href={`/competitions/${competition.id}`} prefetch={false} size="l">
              To {competition.name}
            </ButtonLink>
          ) : null}
        </div>
      </Section>
    </div>
  )
}

function Line({ line: { number, text, fixture, problem, leftOut }, outcome }: { line: FixtureLine; outcome: Outcome | undefined }) {
  const reader = useReader()
  if (!fixture)
    return (
      <li className="border-b border-line py-2.5">
        <p className="text-sm font-semibold text-warn">
          Line {number}: {problem}
        </p>
        <p className="truncate text-sm text-soft">{text}</p>
      </li>
    )
  const moment = momentOf(fixture.local)
  const said = outcomeText(outcome) ?? (moment ? null : ABSENT.message)
  const notes = [fixture.venue, leftOut.length > 0 ? `not kept: ${leftOut.join(', ')}` : ''].filter(Boolean)
  return (
    <li className="grid min-h-14 grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-x-4 border-b border-line py-2">
      <span className="figures text-sm text-soft">
        <span className="block">{dayText(fixture.local.slice(0, 10), '0000')}</span>
        {moment ? timeText(moment.at, reader) : fixture.local.slice(11)}
      </span>
      <span className="min-w-0">
        <span className="block font-[560] break-words">
          <bdi>{fixture.home}</bdi> <span className="font-normal text-soft">v</span> <bdi>{fixture.away}</bdi>
        </span>
        {notes.length > 0 ? <span className="block text-xs text-soft">{notes.join('; ')}</span> : null}
        {said ? <span className={`block text-xs font-semibold ${isAdded(outcome) ? 'text-soft' : 'text-warn'}`}>{said}</span> : null}
      </span>
    </li>
  )
}

const isAdded = (outcome: Outcome | undefined): boolean => outcome === 'added' || outcome === 'known'
const outcomeText = (outcome: Outcome | undefined): string | null =>
  outcome === undefined ? null : outcome === 'added' ? 'Added' : outcome === 'known' ? 'Was there already' : outcome.problem

function summary(outcomes: readonly Outcome[]): string {
  const [added, known] = (['added', 'known'] as const).map(what => outcomes.filter(outcome => outcome === what).length)
  const failed = outcomes.length - (added ?? 0) - (known ?? 0)
  return [
    `${count(added ?? 0, 'game')} added`,
    known ? `${known} ${known === 1 ? 'was' : 'were'} there already` : '',
    failed > 0 ? `${failed} could not be added` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

/** The same line adds one game, however often it is pasted. */
async function addOne({ home, away, venue, local }: Fixture, competition: Ref & { sport: string }): Promise<Outcome> {
  const moment = momentOf(local)
  if (!moment) return { problem: ABSENT.message }
  const loaded = await SPORTS[competition.sport]?.()
  if (!loaded) return { problem: 'This sport is not known here.' }
  const isOfPlayers = loaded.sport.labels.player !== undefined
  const sides = { home: sideOf(home, isOfPlayers), away: sideOf(away, isOfPlayers) }
  const pack = packFor(loaded.sport, sides.home, sides.away)
  for (;;) {
    const made = await createGame(
      {
        sport: competition.sport,
        ...sides,
        startsAt: moment.at,
        competitionId: competition.id,
        ...(venue ? { venue } : {}),
        ...(pack ? { rules: { pack: pack.id, version: pack.version, values: {} } } : {}),
        externalId: `fixture ${competition.id} ${moment.at} ${home} v ${away}`.slice(0, 120),
      },
      (...sent) => fetch(...sent),
    )
    if (made.ok) return made.isNew ? 'added' : 'known'
    if (made.error.code !== 'RATE_LIMITED') return { problem: made.error.message }
    await new Promise(done => setTimeout(done, made.error.retryAfterMs ?? 1_000))
  }
}
