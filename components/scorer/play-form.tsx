'use client'
import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field, Select, TextInput } from '#components/ui/field.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import { other, type PlayInput, type Side } from '#domain/play.ts'
import { clockEntry, parseClock } from './clock-entry.ts'
import { useConsole } from './console-context.ts'
import { DataField } from './data-field.tsx'
import { rosterFor } from './follow-up.tsx'
import type { Draft } from './moves.ts'
import { sideNames } from './naming.ts'
import { PanelFrame } from './panel.tsx'

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
  playerId: string
  player: string
  data: Readonly<Record<string, unknown>>
}

const NEW = 'new'

/** Any play of the sport, all of it: for what the keys do not say, and for saying it differently. */
export function PlayForm({ edits, before, starts, onDone }: PlayFormProps) {
  const { sport, rules, state, actions, sides, desk, act, open, follow } = useConsole()
  const { game, rows } = state
  const edited = rows.find(row => row.play.id === edits)
  const next = rows.find(row => row.play.id === before)
  const [entry, setEntry] = useState<Entry>(() =>
    entryOf(edited?.play ?? starts, actions[0]?.kind ?? Object.keys(sport.kinds)[0] ?? 'note', sides[0]),
  )
  const kind = sport.kinds[entry.kind]
  const names = sideNames(game)
  const set = (change: Partial<Entry>) => setEntry({ ...entry, ...change })
  const periods = periodsOf()
  const clockMs = parseClock(entry.clock)
  const rosterSide = kind?.playerSide === 'other' ? other(entry.side) : entry.side
  const namesPlayer = kind?.player === true && game[rosterSide].kind !== 'person'
  const drafts: Draft[] = [
    {
      kind: entry.kind,
      ...(kind?.side === 'none' ? {} : { side: entry.side }),
      ...(entry.period === null ? {} : { period: entry.period }),
      ...(clockMs === null ? {} : { clockMs }),
      ...(kind?.points ? { points: entry.points } : {}),
      ...(kind?.player && entry.playerId !== '' && entry.playerId !== NEW ? { playerId: entry.playerId } : {}),
      ...(kind?.player && entry.playerId === NEW && entry.player.trim() ? { player: entry.player.trim() } : {}),
      ...(Object.keys(entry.data).length > 0 ? { data: entry.data } : {}),
      ...(edited ? { replaces: edited.play.id } : {}),
      ...(next ? { before: next.play.id } : {}),
      ...(starts ? { replaces: starts.replaces, before: starts.before } : {}),
    },
  ]
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
            <Select {...control} value={entry.kind} onChange={event => set({ kind: event.target.value, data: {} })}>
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
              onChange={side => set({ side, playerId: '' })}
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
          <Field label="Player">
            {control => (
              <Select {...control} value={entry.playerId} onChange={event => set({ playerId: event.target.value })}>
                <option value="">Not said</option>
                {rosterFor(game.roster, rosterSide).map(({ id, number, name }) => (
                  <option key={id} value={id}>
                    {[number, name].filter(Boolean).join(' ')}
                  </option>
                ))}
                {rosterSide === entry.side ? <option value={NEW}>Somebody else…</option> : null}
              </Select>
            )}
          </Field>
        ) : null}
        {namesPlayer && entry.playerId === NEW ? (
          <Field label="Name">
            {control => (
              <TextInput
                {...control}
                maxLength={80}
                autoComplete="off"
                value={entry.player}
                onChange={event => set({ player: event.target.value })}
              />
            )}
          </Field>
        ) : null}
        {Object.entries(kind?.data ?? {}).map(([key, field]) => (
          <DataField
            key={`${entry.kind} ${key}`}
            field={field}
            value={entry.data[key]}
            sides={names}
            onChange={value => {
              const { [key]: _gone, ...rest } = entry.data
              set({ data: value === undefined ? rest : { ...rest, [key]: value } })
            }}
          />
        ))}
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
        <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-3 border-t border-line bg-paper px-4 pt-3 pb-1">
          <Button type="submit" look="ink" size="l" disabled={after === null}>
            {edited ? 'Replace' : next ? 'Insert' : 'Send'}
          </Button>
          <p className="text-sm font-semibold tabular-nums" data-testid="preview">
            {after
              ? `${game.score.home}–${game.score.away} → ${after.score.home}–${after.score.away}`
              : 'This cannot be where the game stands.'}
          </p>
        </div>
      </form>
    </PanelFrame>
  )
}

function entryOf(play: (PlayInput & { text?: string }) | undefined, kind: string, side: Side): Entry {
  return {
    kind: play?.kind ?? kind,
    side: play?.side ?? side,
    period: play?.period ?? null,
    clock: clockEntry(play?.clockMs),
    points: play?.points ?? 1,
    playerId: play?.playerId ?? (play?.player ? NEW : ''),
    player: play?.player ?? '',
    data: play?.data ?? {},
  }
}
