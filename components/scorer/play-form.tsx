'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Select, TextInput } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import type { Field as DataFieldType } from '#domain/fields.ts'
import { other, type PlayInput, type Side } from '#domain/play.ts'
import { rosterFor } from './chips.tsx'
import { clockEntry, parseClock } from './clock-entry.ts'
import { useConsole } from './console-context.ts'
import { DataField } from './data-field.tsx'
import type { Draft } from './moves.ts'
import { scoreWords, sideNames } from './naming.ts'
import { asTyped } from './optimist.ts'
import { PanelFrame } from './panel.tsx'
import { type Person, PlayerField } from './player-field.tsx'
import { playerSideOf } from './tap.ts'

interface PlayFormProps {
  /** The play whose newer form this is. */
  edits?: string
  /** The play this one came before. */
  before?: string
  /** Where to start from: a refused play. */
  starts?: PlayInput
  onDone?(isSent: boolean): void
}

interface Entry {
  kind: string
  side: Side
  period: number | null
  clock: string
  points: number
  who: Person | undefined
  data: Readonly<Record<string, unknown>>
}

/** More people than this in one play are asked for behind a tap. */
const MANY = 3

/** Any play of the sport, all of it: for what the keys do not say, and for saying it differently. */
export function PlayForm({ edits, before, starts, onDone }: PlayFormProps) {
  const { sport, rules, state, actions, sides, desk, act, open, follow } = useConsole()
  const { game, rows } = state
  const edited = rows.find(row => row.play.id === edits)
  const next = rows.find(row => row.play.id === before)
  const [entry, setEntry] = useState<Entry>(() =>
    entryOf(edited ? asTyped(sport, edited.play) : starts, actions[0]?.kind ?? Object.keys(sport.kinds)[0] ?? 'note', sides[0]),
  )
  const kind = sport.kinds[entry.kind]
  const names = sideNames(game)
  const set = (change: Partial<Entry>) => setEntry({ ...entry, ...change })
  /** An own goal's player is of the other side than a goal's: nobody stays named whom the list does not show. */
  const setKind = (next: string) => {
    const isOther = playerSideOf(sport, next, entry.side) !== playerSideOf(sport, entry.kind, entry.side)
    set({ kind: next, data: {}, ...(isOther ? { who: undefined } : {}) })
  }
  const periods = periodsOf()
  const clockMs = parseClock(entry.clock)
  const rosterSide = playerSideOf(sport, entry.kind, entry.side) ?? entry.side
  const namesPlayer = kind?.player === true && game[rosterSide].kind !== 'person'
  const drafts: Draft[] = [
    {
      kind: entry.kind,
      ...(kind?.side === 'none' ? {} : { side: entry.side }),
      ...(entry.period === null ? {} : { period: entry.period }),
      ...(clockMs === null ? {} : { clockMs }),
      ...(kind?.points ? { points: entry.points } : {}),
      ...(kind?.player ? whoOf(entry.who) : {}),
      ...dataOf(entry.data),
      ...(edited ? { replaces: edited.play.id } : {}),
      ...(next ? { before: next.play.id } : {}),
      ...(starts ? { replaces: starts.replaces, before: starts.before } : {}),
    },
  ]
  function withoutPeople(data: Entry['data']): Entry['data'] {
    return Object.fromEntries(Object.entries(data).filter(([key]) => kind?.data?.[key]?.type !== 'player'))
  }
  // Everybody on the ice is for who has the time: what is asked more often stands in front.
  const people = Object.values(kind?.data ?? {}).filter(({ type }) => type === 'player').length
  const fields = Object.entries(kind?.data ?? {}).sort(([, a], [, b]) =>
    people > MANY ? Number(a.type === 'player') - Number(b.type === 'player') : 0,
  )
  const cut = people > MANY ? fields.length - people + MANY : fields.length
  const after = desk.preview(drafts)
  const title = edited ? `Change ${edited.name}` : next ? `Insert before ${next.name}` : starts ? 'Edit and send again' : 'Another play'
  const close = (isSent: boolean) => (onDone ? onDone(isSent) : open({ is: 'plays' }))

  function periodsOf(): { n: number; label: string }[] {
    const { timed } = sport
    if (!timed || !game.period) return []
    return Array.from({ length: game.period.number }, (_, i) => timed.period(i + 1, rules as never)).flatMap(period =>
      period ? [{ n: period.number, label: period.label }] : [],
    )
  }
  function asked([key, field]: [string, DataFieldType]) {
    const value = entry.data[key]
    const change = (value: unknown) => {
      const { [key]: _gone, ...rest } = entry.data
      set({ data: value === undefined ? rest : { ...rest, [key]: value } })
    }
    if (field.type !== 'player')
      return <DataField key={`${entry.kind} ${key}`} field={field} value={value} sides={names} onChange={change} />
    const of = field.of === 'other' ? other(entry.side) : entry.side
    const hasSide = kind?.side !== 'none'
    if (hasSide && game[of].kind === 'person') return null
    return (
      <PlayerField
        key={`${entry.kind} ${key}`}
        label={field.label}
        roster={hasSide ? rosterFor(game, of) : game.roster}
        value={value as Person | undefined}
        canType={hasSide}
        onChange={change}
      />
    )
  }
  function send(): void {
    const acted = act(drafts)
    if (!acted.ok) return
    follow({ is: 'said', text: edited ? 'Changed' : 'Added', tone: 'plain' })
    close(true)
  }
  return (
    <PanelFrame title={title} onClose={() => close(false)}>
      <form
        className="grid gap-3"
        onSubmit={event => {
          event.preventDefault()
          send()
        }}
      >
        <Field label="Play">
          {control => (
            <Select {...control} value={entry.kind} onChange={event => setKind(event.target.value)}>
              {Object.entries(sport.kinds).map(([id, { label }]) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {kind?.side === 'none' ? null : (
          <div>
            <Segmented
              label="Side"
              name="side"
              value={entry.side}
              options={sides.map(side => ({ value: side, label: names[side] }))}
              onChange={side => set({ side, who: undefined, data: withoutPeople(entry.data) })}
            />
          </div>
        )}
        {kind?.points ? (
          <Field label={`${sport.labels.units}, ${kind.points.min} to ${kind.points.max}`}>
            {control => (
              <TextInput
                {...control}
                type="number"
                inputMode="numeric"
                min={kind.points?.min}
                max={kind.points?.max}
                value={entry.points}
                onChange={event => set({ points: Number(event.target.value) })}
              />
            )}
          </Field>
        ) : null}
        {namesPlayer ? (
          <PlayerField
            label="Player"
            roster={rosterFor(game, rosterSide)}
            value={entry.who}
            canType={rosterSide === entry.side}
            onChange={who => set({ who })}
          />
        ) : null}
        {fields.slice(0, cut).map(asked)}
        {fields.length > cut ? (
          <details>
            <summary className="inline-flex min-h-11 items-center text-sm font-semibold">More ({fields.length - cut})</summary>
            <div className="grid gap-3">{fields.slice(cut).map(asked)}</div>
          </details>
        ) : null}
        {periods.length > 1 && !edited && !next ? (
          <Field label={sport.labels.period}>
            {control => (
              <Select
                {...control}
                value={entry.period ?? ''}
                onChange={event => set({ period: event.target.value ? Number(event.target.value) : null })}
              >
                <option value="">Where it stands</option>
                {periods.map(({ n, label }) => (
                  <option key={n} value={n}>
                    {label}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : null}
        {sport.timed ? (
          <Field
            label="Clock"
            hint="Leave empty to let the log tell"
            error={entry.clock !== '' && clockMs === null ? 'Minutes and seconds, as 4:12' : null}
          >
            {control => (
              <TextInput
                {...control}
                inputMode="decimal"
                placeholder="4:12"
                className="tabular-nums"
                value={entry.clock}
                onChange={event => set({ clock: event.target.value })}
              />
            )}
          </Field>
        ) : null}
        <div className="sticky -bottom-3 -mx-4 -mb-3 flex flex-wrap items-center gap-3 border-t border-line bg-paper px-4 pt-3 pb-4">
          <Button type="submit" look="ink" size="l" disabled={after === null}>
            {edited ? 'Replace' : next ? 'Insert' : 'Send'}
          </Button>
          <p className="text-sm font-semibold tabular-nums" data-testid="preview">
            {after ? `${scoreWords(sport, game)} → ${scoreWords(sport, after)}` : 'This cannot be where the game stands.'}
          </p>
        </div>
      </form>
    </PanelFrame>
  )
}

/** A name that is still empty is nobody. */
const isNobody = (value: unknown) => typeof value === 'object' && value !== null && 'name' in value && String(value.name).trim() === ''

function whoOf(who: Entry['who']): Pick<Draft, 'playerId' | 'player'> {
  if (who === undefined || isNobody(who)) return {}
  return typeof who === 'string' ? { playerId: who } : { player: who.name.trim() }
}

function dataOf(data: Entry['data']): Pick<Draft, 'data'> {
  const said = Object.entries(data).filter(([, value]) => !isNobody(value))
  return said.length > 0 ? { data: Object.fromEntries(said) } : {}
}

function entryOf(play: (PlayInput & { text?: string }) | undefined, kind: string, side: Side): Entry {
  return {
    kind: play?.kind ?? kind,
    side: play?.side ?? side,
    period: play?.period ?? null,
    clock: clockEntry(play?.clockMs),
    points: play?.points ?? 1,
    who: play?.playerId ?? (play?.player === undefined ? undefined : { name: play.player }),
    data: play?.data ?? {},
  }
}
