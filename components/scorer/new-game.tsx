'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { Field, Select, TextInput } from '#components/ui/field.tsx'
import { ABSENT, momentOf, TWICE } from '#components/ui/local-moment.ts'
import { Notice } from '#components/ui/notice.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import type { Sport } from '#domain/sport.ts'
import { SPORTS } from '#domain/sports/index.ts'
import { keep, read } from './browser.ts'
import { createGame, type NewGameInput, sideOf } from './create-game.ts'
import { newSender } from './play-id.ts'
import { RulesFields } from './rules-fields.tsx'
import { SportChoice } from './sport-choice.tsx'

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
}

const LAST = 'sideline-new-game'

/** Two names and a tap: everything else is as it was last time. */
export function NewGame({ sports, competitions, known, mustChoose }: NewGameProps) {
  const router = useRouter()
  const listId = useId()
  const played = playedHere(competitions, known)
  const [sportId, setSportId] = useState(played[0] ?? sports[0]?.id ?? '')
  const [home, setHome] = useState('')
  const [away, setAway] = useState('')
  const [when, setWhen] = useState<'now' | 'at'>('now')
  const [at, setAt] = useState('')
  const [competitionId, setCompetitionId] = useState('')
  const [pack, setPack] = useState<string | null>(null)
  const [values, setValues] = useState<Readonly<Record<string, unknown>>>({})
  const [error, setError] = useState<{ message: string; path?: string } | null>(null)
  const [isBusy, setBusy] = useState(false)
  // The same for every try: a tap that is repeated because nobody saw its answer makes one game.
  const [externalId, setExternalId] = useState('')
  const sport = useSport(sportId)
  const player = sport?.labels.player
  const isOfPlayers = player !== undefined
  const leagues = competitions.filter(competition => competition.sport === sportId)

  useEffect(() => {
    setExternalId(`table-${newSender()}${newSender()}`)
    const last = JSON.parse(read(LAST) ?? '{}') as { sport?: string; competition?: string }
    if (sports.some(({ id }) => id === last.sport)) setSportId(last.sport as string)
    if (competitions.some(({ id, sport: of }) => id === last.competition && of === last.sport)) setCompetitionId(last.competition as string)
  }, [sports, competitions])

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
    const rules = pack || Object.keys(values).length > 0 ? { ...packRef(sport, pack), values } : undefined
    const input: NewGameInput = {
      sport: sportId,
      home: sideOf(home, isOfPlayers),
      away: sideOf(away, isOfPlayers),
      startsAt: moment?.at ?? new Date().toISOString(),
      ...(competitionId ? { competitionId } : {}),
      ...(rules ? { rules } : {}),
      externalId,
    }
    const made = await createGame(input, (...sent) => fetch(...sent))
    if (!made.ok) {
      setBusy(false)
      if (made.error.code === 'UNAUTHENTICATED') router.push(`/login?next=${encodeURIComponent('/score/new')}`)
      else setError(made.error)
      return
    }
    keep(LAST, JSON.stringify({ sport: sportId, competition: competitionId }))
    router.push(`/score/${made.gameId}`)
  }
  const names = [
    ...new Set(
      known.filter(side => side.sport === sportId && (!competitionId || side.competitionId === competitionId)).map(side => side.name),
    ),
  ]
  const errorAt = (path: string) => (error?.path === path || error?.path?.startsWith(`${path}.`) ? error.message : null)

  return (
    <form className="page max-w-xl pb-16" onSubmit={submit}>
      <h1 className="heading pt-6 pb-4 text-xl">New game</h1>
      <div className="grid gap-5">
        <SportChoice sports={sports} played={played} value={sportId} onChange={choose} />
        <div className="grid gap-3 sm:grid-cols-2">
          <NameField
            label={player ? `${player} 1 (home)` : 'Home'}
            name="home"
            hint={player ? 'Doubles: two names with a / between' : undefined}
            value={home}
            list={listId}
            error={errorAt('home')}
            onChange={setHome}
            isFirst
          />
          <NameField
            label={player ? `${player} 2 (away)` : 'Away'}
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
        {leagues.length > 0 || mustChoose ? (
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
        {sport ? (
          <RulesFields
            sport={sport}
            pack={pack}
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
        <Button type="submit" look="ink" size="l" disabled={isBusy || !sport || !home.trim() || !away.trim()}>
          {isBusy ? 'Creating…' : when === 'now' ? 'Create and score' : 'Create'}
        </Button>
      </div>
    </form>
  )
}

/** Sports of the leagues and of the newest games, the commoner first. */
function playedHere(competitions: NewGameProps['competitions'], known: readonly KnownSide[]): string[] {
  const counts = new Map<string, number>()
  for (const { sport } of [...competitions, ...known]) counts.set(sport, (counts.get(sport) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([sport]) => sport)
}

function packRef(sport: Sport | null, key: string | null): { pack?: string; version?: string } {
  const found = sport?.packs.find(pack => `${pack.id} ${pack.version}` === key)
  return found ? { pack: found.id, version: found.version } : {}
}

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
