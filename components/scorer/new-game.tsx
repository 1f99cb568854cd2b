'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { momentInput } from '#components/admin/details.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field, Select, TextInput } from '#components/ui/field.tsx'
import { ABSENT, momentOf, TWICE } from '#components/ui/local-moment.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import type { Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { TIE_PACK } from '#domain/tie.ts'
import { keep, read } from './browser.ts'
import { createGame, type NewGameInput, packFor, sideOf } from './create-game.ts'
import { newSender } from './play-id.ts'
import { RulesFields } from './rules-fields.tsx'
import { SportChoice } from './sport-choice.tsx'
import { TieFields } from './tie-fields.tsx'

export interface KnownSide {
  name: string
  sport: string
  competitionId: string | null
}

interface NewGameProps {
  sports: { id: string; name: string }[]
  competitions: { id: string; name: string; sport: string }[]
  known: KnownSide[]
  /** The account may create games within its competitions only. */
  mustChoose: boolean
  /** The tie that is given its matches. */
  tie?: OpenTie
}
/** A tie of several matches that may be given one more. */
export interface OpenTie {
  id: string
  sport: string
  home: string
  away: string
  competitionId: string | null
  startsAt: string | null
  /** How many it has, and how many are planned; 0: as many as it has. */
  matches: number
  planned: number
}

const LAST = 'sideline-new-game'
/** Four singles and a doubles: what most leagues of players play. */
const USUAL_TIE = { ...TIE_PACK.values, tieOf: 5 }

/** Two names and a tap: everything else is as it was last time. */
export function NewGame({ sports, competitions, known, mustChoose, tie }: NewGameProps) {
  const router = useRouter()
  const listId = useId()
  const played = playedHere(competitions, known)
  const [sportId, setSportId] = useState(tie?.sport ?? played[0] ?? sports[0]?.id ?? '')
  const [home, setHome] = useState('')
  const [away, setAway] = useState('')
  const [when, setWhen] = useState<'now' | 'at'>('now')
  const [at, setAt] = useState('')
  const [competitionId, setCompetitionId] = useState(tie?.competitionId ?? '')
  const [isTie, setTie] = useState(false)
  const [tieRules, setTieRules] = useState(USUAL_TIE)
  const [matches, setMatches] = useState(tie?.matches ?? 0)
  // What was made last, where the form stays for the next.
  const [made, setMade] = useState('')
  const [pack, setPack] = useState<string | null>(null)
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({})
  const [error, setError] = useState<{ message: string; path?: string } | null>(null)
  const [isBusy, setBusy] = useState(false)
  // The same for every try: a tap that is repeated because nobody saw its answer makes one game.
  const [externalId, setExternalId] = useState('')
  const sport = useSport(sportId)
  // Where players meet, teams of them meet in several matches.
  const isOfTeams = isTie && sport?.labels.player !== undefined
  const player = isOfTeams ? undefined : sport?.labels.player
  const isOfPlayers = player !== undefined
  const offered = sport && packFor(sport, sideOf(home, isOfPlayers), sideOf(away, isOfPlayers))
  const leagues = competitions.filter(competition => competition.sport === sportId)

  useEffect(() => {
    setExternalId(`table-${newSender()}${newSender()}`)
    if (tie) {
      // Matches of a tie that is still to come do not begin before it.
      if (tie.startsAt === null || Date.parse(tie.startsAt) <= Date.now()) return
      setWhen('at')
      return setAt(momentInput(tie.startsAt, Intl.DateTimeFormat().resolvedOptions().timeZone))
    }
    const last = JSON.parse(read(LAST) ?? '{}') as { sport?: string; competition?: string }
    if (sports.some(({ id }) => id === last.sport)) setSportId(last.sport as string)
    if (competitions.some(({ id, sport: of }) => id === last.competition && of === last.sport)) setCompetitionId(last.competition as string)
  }, [sports, competitions, tie])

  function choose(id: string): void {
    setSportId(id)
    setCompetitionId('')
    setPack(null)
    setValues({})
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (isBusy) return
    const moment = when === 'at' && at ? momentOf(at) : null
    if (when === 'at' && at && !moment) return setError(ABSENT)
    setBusy(true)
    setError(null)
    const own =
      pack || offered || Object.keys(values).length > 0
        ? { ...(pack ? packRef(sport, pack) : offered && refOf(offered)), values }
        : undefined
    const rules = isOfTeams ? { pack: TIE_PACK.id, values: { ...tieRules } } : own
    const isNext = (event.nativeEvent as SubmitEvent).submitter?.getAttribute('value') === 'next'
    const input: NewGameInput = {
      sport: sportId,
      home: sideOf(home, isOfPlayers),
      away: sideOf(away, isOfPlayers),
      startsAt: moment?.at ?? new Date().toISOString(),
      ...(competitionId ? { competitionId } : {}),
      ...(rules ? { rules } : {}),
      externalId,
      ...(tie ? { partOf: tie.id } : {}),
    }
    const answer = await createGame(input, (...sent) => fetch(...sent))
    if (!answer.ok) {
      setBusy(false)
      if (answer.error.code === 'UNAUTHENTICATED')
        router.push(`/login?next=${encodeURIComponent(tie ? `/score/new?tie=${tie.id}` : '/score/new')}`)
      else setError(answer.error)
      return
    }
    keep(LAST, JSON.stringify({ sport: sportId, competition: competitionId }))
    if (!isNext) return router.push(isOfTeams ? `/score/new?tie=${answer.gameId}` : `/score/${answer.gameId}`)
    setMade(`${home.trim()} against ${away.trim()}`)
    setMatches(matches + 1)
    setHome('')
    setAway('')
    setExternalId(`table-${newSender()}${newSender()}`)
    setBusy(false)
    document.querySelector<HTMLInputElement>('input[name=home]')?.focus()
  }
  const names = [
    ...new Set(
      known.filter(side => side.sport === sportId && (!competitionId || side.competitionId === competitionId)).map(side => side.name),
    ),
  ]
  const errorAt = (path: string) => (error?.path === path || error?.path?.startsWith(`${path}.`) ? error.message : null)

  return (
    <form className="page max-w-xl pb-16" onSubmit={submit}>
      <h1 className="heading pt-6 pb-4 text-xl">{tie ? matchName(matches + 1, tie.planned) : 'New game'}</h1>
      <div className="grid gap-5">
        {tie ? (
          <p className="text-soft" aria-live="polite">
            {tie.home} against {tie.away}.{' '}
            {matches === 0 ? 'No match yet.' : matches === 1 ? 'One match so far.' : `${matches} matches so far.`}{' '}
            <Link href={`/score/${tie.id}`} className="whitespace-nowrap text-ink underline underline-offset-4">
              To the tie
            </Link>
          </p>
        ) : (
          <SportChoice sports={sports} played={played} value={sportId} onChange={choose} />
        )}
        {sport?.labels.player !== undefined && !tie ? (
          <Segmented
            label="Played as"
            name="tie"
            value={isTie ? 'tie' : 'match'}
            options={[
              { value: 'match', label: 'One match' },
              { value: 'tie', label: 'A tie of several' },
            ]}
            onChange={value => setTie(value === 'tie')}
          />
        ) : null}
        <div className="grid gap-3 sm:grid-cols-2">
          <NameField
            label={tie ? tie.home : player ? `${player} 1 (home)` : isOfTeams ? 'Home team' : 'Home'}
            name="home"
            hint={player ? 'Doubles: two names with a / between' : undefined}
            value={home}
            list={listId}
            error={errorAt('home')}
            onChange={setHome}
            isFirst
          />
          <NameField
            label={tie ? tie.away : player ? `${player} 2 (away)` : isOfTeams ? 'Away team' : 'Away'}
            name="away"
            value={away}
            list={listId}
            error={errorAt('away')}
            onChange={setAway}
          />
        </div>
        <datalist id={listId}>
          {names.slice(0, 200).map(name => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <div className="flex flex-wrap items-end gap-3">
          <Segmented
            label="Start"
            name="when"
            value={when}
            options={[
              { value: 'now', label: 'Now' },
              { value: 'at', label: 'At' },
            ]}
            onChange={setWhen}
          />
          {when === 'at' ? (
            <TextInput
              type="datetime-local"
              aria-label="Date and time"
              required
              className="w-auto min-w-56 grow"
              value={at}
              onChange={event => setAt(event.target.value)}
              aria-describedby="when-note"
              aria-invalid={errorAt('startsAt') ? true : undefined}
            />
          ) : null}
          {when === 'at' ? (
            <p
              id="when-note"
              className={cx('basis-full text-xs empty:hidden', errorAt('startsAt') ? 'font-semibold text-warn' : 'text-soft')}
            >
              {errorAt('startsAt') ?? (momentOf(at)?.isTwice ? TWICE : '')}
            </p>
          ) : null}
        </div>
        {!tie && (leagues.length > 0 || mustChoose) ? (
          <Field label="Competition" error={errorAt('competitionId')}>
            {control => (
              <Select {...control} required={mustChoose} value={competitionId} onChange={event => setCompetitionId(event.target.value)}>
                <option value="">{mustChoose ? 'Choose' : 'None, a friendly'}</option>
                {leagues.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : null}
        {isOfTeams ? (
          <TieFields rules={tieRules} onChange={setTieRules} />
        ) : sport ? (
          <RulesFields
            sport={sport}
            pack={pack}
            usual={offered}
            values={values}
            onPack={next => {
              setPack(next)
              setValues({})
            }}
            onValues={setValues}
          />
        ) : (
          <p className="min-h-11 text-sm text-soft">Fetching the rules…</p>
        )}
        {error && !['home', 'away', 'competitionId'].some(path => errorAt(path)) ? <Notice tone="warn">{error.message}</Notice> : null}
        <div className="grid gap-2">
          {tie && matches + 1 !== tie.planned ? (
            <Button type="submit" name="then" value="next" size="l" look="ink" disabled={isBusy || !sport || !home.trim() || !away.trim()}>
              Create, and add the next
            </Button>
          ) : null}
          <Button
            type="submit"
            look={tie && matches + 1 !== tie.planned ? 'line' : 'ink'}
            size="l"
            disabled={isBusy || !sport || !home.trim() || !away.trim()}
          >
            {isBusy ? 'Creating…' : isOfTeams ? 'Create, and add its matches' : when === 'now' ? 'Create and score' : 'Create'}
          </Button>
          {!tie && !isOfTeams && when === 'at' ? (
            <Button type="submit" name="then" value="next" size="l" disabled={isBusy || !sport || !home.trim() || !away.trim()}>
              Create, and add the next
            </Button>
          ) : null}
          <p role="status" className="text-sm text-soft">
            {!tie && made ? `Added: ${made}.` : null}
          </p>
        </div>
      </div>
    </form>
  )
}

const matchName = (n: number, planned: number) => (planned > 0 ? `Match ${n} of ${Math.max(n, planned)}` : `Match ${n}`)

/** Sports of the leagues and of the newest games, the commoner first. */
function playedHere(competitions: NewGameProps['competitions'], known: readonly KnownSide[]): string[] {
  const counts = new Map<string, number>()
  for (const { sport } of [...competitions, ...known]) counts.set(sport, (counts.get(sport) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([sport]) => sport)
}

function packRef(sport: Sport | null, key: string | null): { pack?: string; version?: string } {
  const found = sport?.packs.find(pack => `${pack.id} ${pack.version}` === key)
  return found ? refOf(found) : {}
}

const refOf = ({ id, version }: Sport['packs'][number]) => ({ pack: id, version })

function useSport(id: string): Sport | null {
  const [loaded, setLoaded] = useState<Sport | null>(null)
  useEffect(() => {
    let isCurrent = true
    void SPORTS[id]?.().then(({ sport }) => isCurrent && setLoaded(sport))
    return () => {
      isCurrent = false
    }
  }, [id])
  return loaded?.id === id ? loaded : null
}

interface NameFieldProps {
  label: string
  name: string
  hint?: string
  value: string
  list: string
  error: string | null
  onChange(value: string): void
  /** The first thing to type on this page. */
  isFirst?: boolean
}
function NameField({ label, name, hint, value, list, error, onChange, isFirst }: NameFieldProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (isFirst) input.current?.focus()
  }, [isFirst])
  return (
    <Field label={label} hint={hint} error={error}>
      {control => (
        <TextInput
          {...control}
          name={name}
          required
          maxLength={80}
          autoComplete="off"
          autoCapitalize="words"
          list={list}
          ref={input}
          value={value}
          onChange={event => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
