'use client'
import { useEffect, useRef, useState } from 'react'
import { whenOf } from '#components/game/when.ts'
import { cx } from '#components/ui/cx.ts'
import type { SideView } from '#domain/game.ts'
import { peopleOf } from '#domain/people.ts'
import { other } from '#domain/play.ts'
import { ANSWER, Ask, CHIP, rosterFor, Who } from './chips.tsx'
import { type FollowUp, useConsole } from './console-context.ts'
import { clockTarget, stands, voidsOf } from './corrections.ts'
import { capital, sideNames } from './naming.ts'
import { playerSideOf } from './tap.ts'
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
  const { state, sport, sides, actions, act, follow, isLocked } = useConsole()
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
          // Both answers and the way past them stand beside each other on a phone: names of several words take two lines.
          className={cx(ANSWER, 'min-h-12 shrink-0 max-sm:px-2 sm:max-w-none', names[side].includes(' ') ? 'max-w-22' : 'max-w-26')}
          onClick={() => {
            const acted = act([{ kind: action.kind, ...(sport.kinds[action.kind]?.side === 'none' ? {} : { side }) }])
            // Of a pair it may be said who of the two.
            if (acted.ok && state.game[side].kind === 'pair')
              follow({ is: 'played', playId: acted.ids[0] as string, action, side, isTwice: false, was: state.game.detail, answered: [] })
          }}
        >
          <span className="line-clamp-2 leading-tight text-balance whitespace-normal max-sm:text-[0.9375rem]">{names[side]}</span>
        </button>
      ))}
      <button type="button" className={cx(CHIP, 'text-soft max-sm:text-sm')} onClick={onUnknown}>
        Don’t know
      </button>
    </fieldset>
  )
}

/** What the clock shows by itself, and what is told by what it took back. */
const SILENT: ReadonlySet<string> = new Set(['void', 'clockStart', 'clockStop', 'clockSet'])

/** With nothing to say: where the log stands. */
function Newest() {
  const { sport, state } = useConsole()
  const row = state.rows.findLast(entry => stands(entry) && !SILENT.has(entry.play.kind))
  if (!row) return null
  // A start or an end says its period itself.
  const when = row.play.kind === 'periodStart' || row.play.kind === 'periodEnd' ? '' : whenOf(sport, row)
  return (
    <p className="min-w-0 grow truncate px-4 text-sm text-soft">
      Last: {when ? <span className="figures text-ink">{when} </span> : null}
      {row.text}
    </p>
  )
}

/** Of two who are known there is no third to name. */
const isPair = ({ kind, members = [] }: SideView) => kind === 'pair' && members.length === 2

/** Among what an action asks, the place of who it was. */
const PLAYER = 'player'

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
  const { state, sport, desk, follow, open, level } = useConsole()
  const { playId, action, side, isTwice, was, answered } = followUp
  const line = useRef<HTMLDivElement>(null)
  const said = answered.length
  // The next question begins where this one did.
  useEffect(() => {
    if (said > 0) line.current?.scrollTo({ left: 0 })
  }, [said])
  const row = state.rows.find(entry => entry.play.id === playId)
  if (!row || !stands(row)) return <Newest />
  const kind = sport.kinds[action.kind]
  // A point that credits the other side was the doing of the side whose key it was; where one side has all the keys, the new pitcher is theirs.
  const isDoers = action.creditsOther && !sport.activeSide
  const credited = isDoers ? undefined : playerSideOf(sport, action.kind, row.play.side)
  const playerSide = kind?.player ? (credited ?? side) : null
  // A side that is one person needs no name.
  const isBare = level === 'score'
  const isOpenTo = playerSide !== null && state.game[playerSide].kind !== 'person' && row.play.playerId === undefined
  const hasAnswer = (key: string) => sport.isAsked?.(key, row.play, was, state.game.detail) !== false
  // Whose ace it was follows from who served, whose single from the batting order.
  const { server, batter } = row.marks.facts ?? {}
  const wantsName = !isBare && isOpenTo && server === undefined && batter === undefined && hasAnswer(PLAYER)
  // What the key itself said may still be put right (at least three minutes added, or four).
  const isOpen = (key: string) => row.play.data?.[key] === undefined || row.play.data[key] === action.data?.[key]
  const asks = isBare ? [] : (action.ask ?? []).filter(key => !answered.includes(key) && isOpen(key) && hasAnswer(key))
  const named = playerSide === null ? undefined : rosterFor(state.game, playerSide).find(({ id }) => id === (row.play.playerId ?? batter))
  // Of a pair the line has the name itself.
  const isNamed = playerSide !== null && state.game[playerSide].members?.some(({ id }) => id === named?.id)
  const warning = warningsOf(sport, row.marks)[0]

  function give(change: Parameters<typeof desk.addTo>[1], what: string, held?: Readonly<Record<string, unknown>>) {
    const acted = desk.addTo(playId, change)
    const now = [...answered, what]
    if (acted.ok) follow({ ...followUp, playId: acted.ids[0] as string, answered: now, held: undefined })
    else if (held && asks.filter(key => key !== PLAYER).length > 1) follow({ ...followUp, answered: now, held })
    else follow({ is: 'said', text: acted.why, tone: 'warn' })
  }
  function answer(key: string, value: unknown) {
    const data = { ...followUp.held, [key]: value }
    give({ data }, key, data)
  }
  // Without a roster the likelier answer comes first.
  const isKnown = playerSide !== null && rosterFor(state.game, playerSide).length > 0
  const order = asks.includes(PLAYER) ? asks : isKnown ? [PLAYER, ...asks] : [...asks, PLAYER]
  const who = wantsName ? (
    <Who
      key={PLAYER}
      label="who?"
      side={playerSide}
      isNot={peopleOf(sport, row.play)}
      canType={!isPair(state.game[playerSide])}
      isOffered={id => hasAnswer(`${PLAYER}.${id}`)}
      onName={entry => give({ playerId: entry.id }, 'player')}
      onType={() => open({ is: 'roster', playId, side: playerSide })}
    />
  ) : null
  return (
    <div ref={line} className="no-scrollbar flex min-w-0 grow items-center gap-2 overflow-x-auto overscroll-contain px-2.5">
      <div key={playId} role="status" className="flex max-w-[min(100%,24rem)] shrink-0 animate-rise items-center ps-1.5">
        {side ? <span aria-hidden className="me-2 h-7 w-1.5 shrink-0 rounded-[1px]" style={{ background: `var(--${side})` }} /> : null}
        <div className={cx('min-w-0', warning && 'text-[0.9375rem] leading-tight')}>
          <p className={cx('font-bold', warning ? 'truncate' : 'text-[1.0625rem] whitespace-pre')}>
            {capital(row.name)}
            {isNamed ? null : named ? <span className="font-medium text-soft">, {named.name}</span> : null}
          </p>
          {warning ? <p className="text-xs leading-tight text-warn sm:text-sm sm:leading-tight">{warning}</p> : null}
        </div>
      </div>
      {isTwice ? <Twice playId={playId} /> : null}
      {order.map(key => {
        if (key === PLAYER) return who
        const field = kind?.data?.[key]
        if (field?.type === 'player') {
          // Who else had a part in it comes after whose it was.
          if (wantsName) return null
          const of = row.play.side && field.of === 'other' ? other(row.play.side) : row.play.side
          return of && state.game[of].kind !== 'person' ? (
            <Who
              key={key}
              label={field.label}
              side={of}
              isNot={peopleOf(sport, row.play)}
              canType={!isPair(state.game[of])}
              isOffered={id => hasAnswer(`${key}.${id}`)}
              onName={entry => answer(key, entry.id)}
              onType={() => open({ is: 'roster', playId, side: of, field: key })}
            />
          ) : null
        }
        return field ? (
          <Ask
            key={key}
            field={field}
            isOffered={option => hasAnswer(`${key}.${option}`)}
            onAnswer={value => answer(key, value)}
            onMore={() => open({ is: 'edit', id: playId })}
          />
        ) : null
      })}
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
