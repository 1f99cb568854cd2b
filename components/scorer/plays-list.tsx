'use client'
import { memo, useMemo, useState } from 'react'
import { scoreOf } from '#components/game/sides.ts'
import { unsaidOf } from '#components/game/unsaid.ts'
import { whenOf } from '#components/game/when.ts'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { useConsole } from './console-context.ts'
import { bringsBack, voidsOf } from './corrections.ts'
import type { Row } from './desk.ts'
import { capital, scoreWords } from './naming.ts'
import { PanelFrame } from './panel.tsx'
import { type Running, runningScores } from './running-score.ts'
import { warningsOf } from './warning-words.ts'

const SHOWN = 60
/** Kinds that only a void can change: there is nothing in them to edit. */
const FIXED: ReadonlySet<string> = new Set(['void', 'clockStart', 'clockStop', 'periodStart', 'periodEnd', 'gameEnd', 'status', 'edit'])

/** The log, newest first: any play can be voided, brought back, changed, or have another put before it. */
export function PlaysList({ isBeside }: { isBeside?: boolean }) {
  const { sport, state } = useConsole()
  const [chosen, setChosen] = useState<string | null>(null)
  const [isAll, setAll] = useState(false)
  const { rows: played } = state
  const { home, away } = state.game
  const running = useMemo(() => runningScores(sport, { home, away }, played), [sport, home, away, played])
  const newest = useMemo(() => saidOf(played).toReversed(), [played])
  const rows = isAll ? newest : newest.slice(0, SHOWN)
  return (
    <PanelFrame title="Plays" aside={state.waiting > 0 ? `${state.waiting} waiting` : undefined} isFlush isFixed={isBeside}>
      {state.isWhole ? null : <p className="px-4 py-3 text-sm text-soft">Fetching the plays…</p>}
      {state.isWhole && rows.length === 0 ? <p className="px-4 py-3 text-sm text-soft">Nothing yet. Tap a key to begin.</p> : null}
      <ol data-testid="log" aria-label="Plays, newest first">
        {rows.map(row => (
          <li key={row.play.id} className="border-b border-line">
            <Line row={row} running={running.get(row.play.id)} isChosen={chosen === row.play.id} onChoose={setChosen} />
            {chosen === row.play.id ? <Actions row={row} onDone={() => setChosen(null)} /> : null}
          </li>
        ))}
      </ol>
      {newest.length > rows.length ? (
        <p className="p-3">
          <Button className="w-full" onClick={() => setAll(true)}>
            Earlier plays ({newest.length - rows.length})
          </Button>
        </p>
      ) : null}
    </PanelFrame>
  )
}

/** Of a play that was only added to, the form that says most. */
function saidOf(rows: readonly Row[]): readonly Row[] {
  const displaced = new Map(
    rows.flatMap(({ play, marks }) => ((marks.voidedBy ?? marks.replacedBy) === undefined ? [] : [[play.seq, marks] as const])),
  )
  const unsaid = unsaidOf(
    rows.map(({ play }) => play),
    displaced,
  )
  return unsaid.size > 0 ? rows.filter(({ play }) => !unsaid.has(play.seq)) : rows
}

function stateOf({ marks, isAhead }: Row): string | null {
  if (marks.voidedBy !== undefined) return 'voided'
  if (marks.replacedBy !== undefined) return 'replaced'
  if (marks.ignored !== undefined) return `does not count: ${marks.ignored}`
  return isAhead ? 'on its way' : null
}

interface LineProps {
  row: Row
  running?: Running
  isChosen: boolean
  onChoose(id: string | null): void
}

const Line = memo(function Line({ row, running, isChosen, onChoose }: LineProps) {
  const { sport, state } = useConsole()
  const { play, counts } = row
  const won = running?.won
  const note = stateOf(row)
  const warnings = row.counts ? warningsOf(sport, row.marks).join(' ') : ''
  const isStruck = row.marks.voidedBy !== undefined || row.marks.replacedBy !== undefined
  return (
    <>
      {won ? <Won {...won} /> : null}
      <button
        type="button"
        aria-expanded={isChosen}
        className={cx(
          'grid min-h-12 w-full grid-cols-[4.25rem_0.25rem_minmax(0,1fr)_auto] items-center gap-x-2.5 px-4 py-2 text-start text-sm',
          isChosen ? 'bg-press' : 'hover:bg-press/60',
        )}
        onClick={() => onChoose(isChosen ? null : play.id)}
      >
        <span className="figures text-soft">{whenOf(sport, row)}</span>
        <span aria-hidden className="h-4 w-1 rounded-[1px]" style={play.side ? { background: `var(--${play.side})` } : undefined} />
        <span className="min-w-0">
          <span className={cx('block', (isStruck || !counts) && 'text-soft', isStruck && 'line-through')}>{row.text}</span>
          {note ? <span className={cx('block text-xs', row.marks.ignored ? 'text-warn' : 'text-soft')}>{note}</span> : null}
          {warnings ? <span className="block text-xs text-warn">{warnings}</span> : null}
        </span>
        {counts && play.kind !== 'void' ? (
          <span className="figures text-base">
            <bdi dir="ltr">{scoreOf(running?.score ?? row.score, state.game)}</bdi>
          </span>
        ) : null}
      </button>
    </>
  )
}, areSame)

/** Between the games and the sets of a match, newest first: what the play under it has won. */
function Won({ text, sets }: NonNullable<Running['won']>) {
  const { sport, state } = useConsole()
  return (
    <p
      className={cx(
        'flex justify-between border-b border-line px-4 py-1.5 text-xs',
        sets ? 'bg-press font-bold' : 'font-semibold text-soft',
      )}
    >
      {text}
      {sets ? (
        <span className="tabular-nums">
          {scoreOf(sets, state.game)} {sport.labels.units}
        </span>
      ) : null}
    </p>
  )
}

/** Folding makes new rows of old plays: what shows is what counts. */
function areSame(a: LineProps, b: LineProps): boolean {
  return (
    a.isChosen === b.isChosen &&
    a.onChoose === b.onChoose &&
    a.row.play.id === b.row.play.id &&
    a.row.text === b.row.text &&
    a.row.when === b.row.when &&
    a.row.isAhead === b.row.isAhead &&
    a.row.counts === b.row.counts &&
    JSON.stringify([a.running, a.row.marks]) === JSON.stringify([b.running, b.row.marks])
  )
}

/** What opens under the last line of a list would open out of sight. */
const intoView = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'nearest' })

/** What can be done about one play. Voiding shows the score it leads to before it asks. */
function Actions({ row, onDone }: { row: Row; onDone: () => void }) {
  const { sport, state, desk, act, open, follow } = useConsole()
  const [isSure, setSure] = useState(false)
  const isVoided = row.marks.voidedBy !== undefined
  const back = isVoided ? bringsBack(state.rows, row) : []
  const voids = isVoided ? back : voidsOf(state.rows, row)
  const drafts = voids.map(id => ({ kind: 'void', voids: id }))
  const before = scoreWords(sport, state.game)
  const after = isSure ? desk.preview(drafts) : null
  const verb = isVoided ? 'Bring back' : 'Void'

  if (row.play.kind === 'void') return <p className="px-4 pb-3 text-xs text-soft">To take this back, bring back the play it voided.</p>
  if (isSure) {
    return (
      <fieldset ref={intoView} aria-label={`${verb} ${row.name}`} className="min-w-0 flex flex-wrap items-center gap-2 bg-press px-4 pb-3">
        <p className="w-full text-sm font-bold tabular-nums">
          {verb} {row.name}? {before}
          {after ? ` → ${scoreWords(sport, after)}` : ''}
        </p>
        <Button
          look="ink"
          onClick={() => {
            if (act(drafts).ok) follow({ is: 'said', text: `${capital(row.name)} ${isVoided ? 'is back' : 'voided'}`, tone: 'plain' })
            onDone()
          }}
        >
          {verb}
        </Button>
        <Button onClick={() => setSure(false)}>Leave it</Button>
      </fieldset>
    )
  }
  return (
    <div ref={intoView} className="flex flex-wrap gap-2 bg-press px-4 pb-3">
      <Button disabled={drafts.length === 0} onClick={() => setSure(true)}>
        {verb}
      </Button>
      {isVoided || FIXED.has(row.play.kind) ? null : <Button onClick={() => open({ is: 'edit', id: row.play.id })}>Change</Button>}
      <Button onClick={() => open({ is: 'insert', id: row.play.id })}>Insert before</Button>
    </div>
  )
}
