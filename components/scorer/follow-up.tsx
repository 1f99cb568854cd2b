'use client'
import { type ReactNode, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import type { Field } from '#domain/fields.ts'
import type { RosterEntry } from '#domain/game.ts'
import { other, type Side } from '#domain/play.ts'
import { type FollowUp, useConsole } from './console-context.ts'
import { clockTarget, stands, voidsOf } from './corrections.ts'
import { callPlayer, capital, sideNames } from './naming.ts'
import { warningsOf } from './warning-words.ts'

/** Under the keys, always of the same height: what was just done and what is still to be said about it, or a question. */
export function FollowUpRow({ className }: { className?: string }) {
  const { sport, state, followUp } = useConsole()
  const [isUnknown, setUnknown] = useState(false)
  const hasScored = state.rows.some(row => stands(row) && sport.kinds[row.play.kind]?.scoring === true)
  const opening = isUnknown || hasScored || !state.isWhole ? null : (sport.opening?.(state.game.detail) ?? null)
  return (
    <div data-testid="follow-up" className={cx('flex min-h-15 items-center border-t border-line', className)}>
      {followUp?.is === 'played' ? <Played followUp={followUp} /> : null}
      {followUp?.is === 'asked' ? <Asked followUp={followUp} /> : null}
      {followUp?.is === 'said' ? (
        <p role="status" className={cx('min-w-0 grow px-4 text-[1.0625rem] font-semibold', followUp.tone === 'warn' && 'text-warn')}>
          {followUp.text}
        </p>
      ) : null}
      {followUp ? null : opening ? <Opening {...opening} onUnknown={() => setUnknown(true)} /> : <Newest />}
      {followUp?.is === 'asked' ? null : <ClockBack />}
    </div>
  )
}

/** The clock goes on as if its key had not been pressed. */
function ClockBack() {
  const { state, act, isLocked } = useConsole()
  const target = clockTarget(state.rows)
  if (!target || isLocked) return null
  return (
    <button
      type="button"
      aria-label={`Undo ${target.name}`}
      className={cx(CHIP, 'ms-2 me-2.5')}
      onClick={() => act(voidsOf(state.rows, target).map(id => ({ kind: 'void', voids: id })))}
    >
      Undo {target.name.replace(/^clock /, '')}
    </button>
  )
}

/** What is to be known before anything is scored: one tap a side, or none. */
function Opening({ ask, action: id, onUnknown }: { ask: string; action: string; onUnknown(): void }) {
  const { state, sport, sides, actions, act, isLocked } = useConsole()
  const action = actions.find(entry => entry.id === id)
  if (!action) return null
  const names = sideNames(state.game)
  return (
    <fieldset aria-label={ask} className="no-scrollbar flex min-w-0 grow items-center gap-2 overflow-x-auto px-2.5">
      <p className="min-w-18 shrink ps-1.5 text-sm leading-tight font-bold text-balance sm:text-[1.0625rem]">{ask}</p>
      {sides.map(side => (
        <button
          key={side}
          type="button"
          disabled={isLocked}
          className={cx(ANSWER, 'min-h-12 max-w-26 shrink-0 sm:max-w-none')}
          onClick={() => act([{ kind: action.kind, ...(sport.kinds[action.kind]?.side === 'none' ? {} : { side }) }])}
        >
          <span className="truncate">{names[side]}</span>
        </button>
      ))}
      <button type="button" className={cx(CHIP, 'text-soft max-sm:text-sm')} onClick={onUnknown}>
        Don’t know
      </button>
    </fieldset>
  )
}

/** With nothing to say: where the log stands. */
function Newest() {
  const { state } = useConsole()
  const row = state.rows.findLast(entry => stands(entry) && entry.play.kind !== 'void')
  if (!row) return null
  const when = [row.periodLabel, row.when].filter(Boolean).join(' ')
  return (
    <p className="min-w-0 grow truncate px-4 text-sm text-soft">
      Last: {when ? <span className="figures text-ink">{when} </span> : null}
      {row.text}
    </p>
  )
}

const ANSWER =
  'inline-flex min-w-12 items-center justify-center rounded-lg border border-line bg-field px-3 text-[1.0625rem] font-semibold whitespace-nowrap active:bg-press aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-paper'
const CHIP = `${ANSWER} min-h-12 shrink-0`

/** The longest question that stands beside its answers on a phone in full size. */
const ONE_LINE = 24
const NO: Readonly<Record<string, string>> = { start: 'Not yet', give: 'Leave it' }

function Asked({ followUp }: { followUp: Extract<FollowUp, { is: 'asked' }> }) {
  const { run, follow } = useConsole()
  const { move } = followUp
  return (
    // The answers keep away from the bar below, which a thumb must not meet instead.
    <fieldset aria-label={move.asks} className="mb-3.5 min-w-0 flex w-full items-center gap-2 px-2.5">
      <p
        role="status"
        className={cx(
          'min-w-0 grow ps-1.5 leading-tight font-bold text-balance tabular-nums sm:text-[1.0625rem]',
          (move.asks?.length ?? 0) > ONE_LINE ? 'text-sm' : 'text-[1.0625rem]',
        )}
      >
        {move.asks}
      </p>
      <button type="button" className={cx(ANSWER, 'min-h-11 shrink-0 border-ink bg-ink text-paper')} onClick={() => run(move)}>
        {move.label.startsWith('End') ? 'End it' : 'Yes'}
      </button>
      <button type="button" className={cx(ANSWER, 'min-h-11 shrink-0')} onClick={() => follow(null)}>
        {NO[move.id] ?? 'Keep playing'}
      </button>
    </fieldset>
  )
}

function Played({ followUp }: { followUp: Extract<FollowUp, { is: 'played' }> }) {
  const { state, sport, desk, follow, open } = useConsole()
  const { playId, action, side, isTwice, answered } = followUp
  const row = state.rows.find(entry => entry.play.id === playId)
  if (!row || !stands(row)) return <Newest />
  const kind = sport.kinds[action.kind]
  const playerSide = side && kind?.player ? (kind.playerSide === 'other' && row.play.side ? other(row.play.side) : side) : null
  // A side that is one person needs no name.
  const wantsName = playerSide !== null && state.game[playerSide].kind !== 'person' && row.play.playerId === undefined
  const asks = (action.ask ?? []).filter(key => !answered.includes(key) && action.data?.[key] === undefined)
  const named = state.game.roster.find(({ id }) => id === row.play.playerId)
  const warning = warningsOf(sport, row.marks)[0]

  function give(change: Parameters<typeof desk.addTo>[1], what: string, held?: Readonly<Record<string, unknown>>) {
    const acted = desk.addTo(playId, change)
    const now = [...answered, what]
    if (acted.ok) follow({ ...followUp, playId: acted.ids[0] as string, answered: now, held: undefined })
    else if (held && asks.length > 1) follow({ ...followUp, answered: now, held })
    else follow({ is: 'said', text: acted.why, tone: 'warn' })
  }
  function answer(key: string, value: unknown) {
    const data = { ...followUp.held, [key]: value }
    give({ data }, key, data)
  }
  // Without a roster the likelier answer comes first.
  const isKnown = playerSide !== null && state.game.roster.some(entry => entry.side === playerSide)
  const who = wantsName ? (
    <Who
      side={playerSide}
      canType={playerSide === row.play.side}
      onName={entry => give({ playerId: entry.id }, 'player')}
      onType={() => open({ is: 'roster', playId, side: playerSide })}
    />
  ) : null
  return (
    <div className="no-scrollbar flex min-w-0 grow items-center gap-2 overflow-x-auto overscroll-contain px-2.5">
      <p key={playId} role="status" className="flex shrink-0 animate-rise items-center ps-1.5 text-[1.0625rem] font-bold whitespace-pre">
        {side ? <span aria-hidden className="me-2 h-7 w-1.5 rounded-[1px]" style={{ background: `var(--${side})` }} /> : null}
        {capital(row.name)}
        {named ? <span className="font-medium text-soft">, {named.name}</span> : null}
      </p>
      {warning ? <p className="max-w-48 shrink-0 text-sm leading-tight text-balance text-warn">{warning}</p> : null}
      {isTwice ? <Twice playId={playId} /> : null}
      {isKnown ? who : null}
      {asks.map(key => {
        const field = kind?.data?.[key]
        return field ? (
          <Ask key={key} field={field} onAnswer={value => answer(key, value)} onMore={() => open({ is: 'edit', id: playId })} />
        ) : null
      })}
      {isKnown ? null : who}
    </div>
  )
}

function Twice({ playId }: { playId: string }) {
  const { state, act, follow } = useConsole()
  const row = state.rows.find(entry => entry.play.id === playId)
  if (!row) return null
  return (
    <button
      type="button"
      className={cx(CHIP, 'border-warn text-warn')}
      onClick={() => {
        if (act(voidsOf(state.rows, row).map(id => ({ kind: 'void', voids: id }))).ok)
          follow({ is: 'said', text: `Counted once: ${row.name}`, tone: 'plain' })
      }}
    >
      Twice? Undo one
    </button>
  )
}

const byNumber = (a: RosterEntry, b: RosterEntry) => Number(callPlayer(a).number ?? 999) - Number(callPlayer(b).number ?? 999)

export function rosterFor(roster: readonly RosterEntry[], side: Side): RosterEntry[] {
  return roster.filter(entry => entry.side === side).sort(byNumber)
}

interface WhoProps {
  side: Side
  canType: boolean
  onName(entry: RosterEntry): void
  onType(): void
}
function Who({ side, canType, onName, onType }: WhoProps) {
  const { state } = useConsole()
  const roster = rosterFor(state.game.roster, side)
  return (
    <Group label="who?">
      {roster.slice(0, 8).map(entry => (
        <button key={entry.id} type="button" className={CHIP} onClick={() => onName(entry)}>
          {callPlayer(entry).number ? <span className="figures me-1.5">{callPlayer(entry).number}</span> : null}
          {callPlayer(entry).name}
        </button>
      ))}
      {canType || roster.length > 8 ? (
        <button type="button" className={cx(CHIP, 'text-soft')} onClick={onType}>
          {roster.length > 8 ? 'All' : roster.length > 0 ? 'Other' : 'Name'}
        </button>
      ) : null}
    </Group>
  )
}

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset aria-label={label} className="min-w-0 flex shrink-0 items-center gap-2">
      <span className="text-sm text-soft">{label}</span>
      {children}
    </fieldset>
  )
}

/** `doubleFault` as it is said. */
const words = (option: string) => option.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

/** The longest list of numbers that is quicker to tap than to type. */
const MOST_CHIPS = 8

function Ask({ field, onAnswer, onMore }: { field: Field; onAnswer(value: unknown): void; onMore(): void }) {
  const choices = choicesOf(field)
  return (
    <Group label={field.label}>
      {choices
        ? choices.list.map(([value, label]) => (
            <button key={label} type="button" className={CHIP} onClick={() => onAnswer(value)}>
              {label}
            </button>
          ))
        : null}
      {choices?.isAll ? null : (
        <button type="button" className={cx(CHIP, 'text-soft')} onClick={onMore}>
          {choices ? 'More' : 'Say'}
        </button>
      )}
    </Group>
  )
}

function choicesOf(field: Field): { list: [unknown, string][]; isAll: boolean } | null {
  switch (field.type) {
    case 'choice':
      return { list: field.options.map(option => [option, field.labels?.[option] ?? words(option)]), isAll: true }
    case 'int': {
      const count = field.max - field.min + 1
      const list = Array.from({ length: Math.min(count, MOST_CHIPS) }, (_, i): [unknown, string] => [field.min + i, String(field.min + i)])
      return { list, isAll: count <= MOST_CHIPS }
    }
    case 'flag':
      return {
        list: [
          [true, 'Yes'],
          [false, 'No'],
        ],
        isAll: true,
      }
    default:
      return null
  }
}
