'use client'
import { cx } from '#components/ui/cx.ts'
import type { Action } from '#domain/sport.ts'
import { useConsole } from './console-context.ts'
import { bringsBack, redoTarget, undoTarget } from './corrections.ts'
import type { Row } from './desk.ts'
import { actionOf, doerOf, keyName } from './naming.ts'
import { asTyped } from './optimist.ts'
import { canBe, insteadOf } from './tap.ts'

const KEY =
  'min-h-14 min-w-0 rounded-lg border border-line bg-field px-1.5 text-[1.0625rem] leading-tight font-semibold active:bg-press disabled:opacity-45'

/** The longest name that has room in full size: what was missed or scored stands at its end. */
const TWO_LINES = 20

/** Undo named by what it takes back, the likely mistakes beside it, and the log. */
export function FootRow({ className, hidesPlays }: { className?: string; hidesPlays: string }) {
  const { state, undo, open, panel, isLocked } = useConsole()
  const { rows } = state
  const target = undoTarget(rows)
  const again = redoTarget(rows)
  return (
    <footer className={cx('flex gap-2 px-2.5 pb-2.5', className)}>
      <button
        type="button"
        disabled={!target || isLocked}
        className={cx(KEY, 'flex-[1.5] border-ink')}
        onClick={undo}
        data-testid="undo"
        aria-keyshortcuts="Control+Z"
      >
        <span className={target && target.name.length > TWO_LINES ? 'line-clamp-3 text-sm leading-[1.1]' : 'line-clamp-2'}>
          Undo{target ? ` ${target.name}` : ''}
        </span>
      </button>
      {again ? <BringBack row={again} /> : target ? <ItWas row={target} /> : null}
      <button
        type="button"
        aria-expanded={panel?.is === 'plays'}
        className={cx(KEY, 'flex-[0.85]', hidesPlays)}
        onClick={() => open(panel ? null : { is: 'plays' })}
      >
        {panel ? 'Keys' : 'Plays'}
      </button>
    </footer>
  )
}

/** The keys this one is most often mistaken for, each one tap away. */
function ItWas({ row }: { row: Row }) {
  const { sport, state, actions, act, follow, followUp, isLocked } = useConsole()
  const was = actionOf(actions, row.play)
  const side = doerOf(was, row.play.side)
  const before = followUp?.is === 'played' ? followUp.was : null
  const couldBe = (action: Action) => before === null || canBe(sport, action, side, before, state.game.detail)
  const likely = (was?.insteadOf ?? []).flatMap(id => actions.find(action => action.id === id && couldBe(action)) ?? []).slice(0, 2)
  if (!was || likely.length === 0) return null
  return (
    <fieldset className={cx('flex min-w-0', likely.length > 1 ? 'flex-[1.7]' : 'flex-[1.1]')}>
      <legend className="sr-only">It was</legend>
      {likely.map((action, i) => (
        <button
          key={action.id}
          type="button"
          disabled={isLocked}
          aria-label={`It was ${keyName(actions, action)}`}
          className={cx(KEY, 'flex-1', likely.length > 1 && (i === 0 ? 'rounded-e-none border-e-0' : 'rounded-s-none'))}
          onClick={() => {
            const acted = act([{ ...insteadOf(sport, action, side, asTyped(sport, row.play)), replaces: row.play.id }])
            const shown = before ?? state.game.detail
            if (acted.ok) follow({ is: 'played', playId: acted.ids[0] as string, action, side, isTwice: false, was: shown, answered: [] })
          }}
        >
          <span className="block text-2xs leading-3.5 font-medium text-soft">It was</span>
          <span className={cx('line-clamp-2 leading-[1.05] wrap-anywhere', action.label.length > LONG ? 'text-xs' : 'text-[0.9375rem]')}>
            {action.label === was.label ? (action.hint ?? action.label) : action.label}
          </span>
        </button>
      ))}
    </fieldset>
  )
}

/** The longest label that has room beside another in full size. */
const LONG = 6

function BringBack({ row }: { row: Row }) {
  const { state, act, follow, isLocked } = useConsole()
  return (
    <button
      type="button"
      disabled={isLocked}
      className={cx(KEY, 'flex-[1.25]')}
      onClick={() => {
        const voids = bringsBack(state.rows, row).map(id => ({ kind: 'void', voids: id }))
        if (voids.length > 0 && act(voids).ok) follow({ is: 'said', text: `${row.name} is back`, tone: 'plain' })
      }}
    >
      <span className="block text-2xs font-medium text-soft">Bring back</span>
      <span className="line-clamp-1">{row.name}</span>
    </button>
  )
}
