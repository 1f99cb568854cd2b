'use client'
import { type CSSProperties, useLayoutEffect, useRef, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import type { Side } from '#domain/play.ts'
import type { Action } from '#domain/sport.ts'
import { useConsole } from './console-context.ts'
import { type KeyRow, planKeys } from './key-layout.ts'
import { sideNames } from './naming.ts'

/** The keys of the sport, a column a side. */
export function KeyPad({ activeSide }: { activeSide: Side | null }) {
  const { sport, offered, sides, state, due, open } = useConsole()
  const [height, setHeight] = useState(Number.POSITIVE_INFINITY)
  const pad = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = pad.current
    if (!element) return
    const measure = () => setHeight(element.clientHeight - 20)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  const plan = planKeys(sport, offered, { sides, height, activeSide })
  const isDueInMore = (side: Side) => plan.more.some(action => isDueFor(due, action, side))
  const isWide = plan.columns.length === 1
  return (
    <div ref={pad} data-testid="keys" className="flex h-full flex-col gap-2 py-2.5">
      <div className="flex min-h-0 grow">
        {plan.columns.map(({ side, rows }, i) => (
          <section
            key={side}
            aria-label={state.game[side].name}
            className={cx('flex min-w-0 flex-1 flex-col gap-2 px-2.5', i > 0 && 'border-s border-line')}
          >
            {isWide ? <WideLabel side={side} /> : null}
            {rows.map((row, n) => (
              <Row
                key={row.keys.map(({ id }) => id).join(' ')}
                row={row}
                side={side}
                hasMore={n === rows.length - 1 && plan.more.length > 0 ? () => open({ is: 'more' }) : null}
                isMoreDue={isDueInMore(side)}
              />
            ))}
          </section>
        ))}
      </div>
      {plan.neutral.length > 0 ? (
        <div className="flex shrink-0 gap-2 px-2.5">
          {plan.neutral.map(action => (
            <Key key={action.id} action={action} side={null} className="min-h-16 flex-1" />
          ))}
        </div>
      ) : null}
    </div>
  )
}

function WideLabel({ side }: { side: Side }) {
  const { state } = useConsole()
  return (
    <p className="flex items-center gap-2 text-sm font-bold">
      <span aria-hidden className="h-4 w-1 rounded-[1px]" style={{ background: `var(--${side})` }} />
      {state.game[side].name}
    </p>
  )
}

interface RowProps {
  row: KeyRow
  side: Side
  hasMore: (() => void) | null
  /** What should come now has had no room. */
  isMoreDue: boolean
}
function Row({ row, side, hasMore, isMoreDue }: RowProps) {
  return (
    <div className="grid min-h-16 auto-cols-fr grid-flow-col gap-2" style={{ flex: `${row.weight} 1 0` } as CSSProperties}>
      {row.keys.map(action => (
        <Key key={action.id} action={action} side={side} />
      ))}
      {hasMore ? (
        <button
          type="button"
          aria-label="More keys"
          aria-describedby={isMoreDue ? DUE_ID : undefined}
          className={cx(KEY, isMoreDue ? DUE : 'border-line')}
          onClick={hasMore}
        >
          <span className="text-[1.0625rem] font-semibold">More</span>
        </button>
      ) : null}
    </div>
  )
}

const KEY =
  'relative flex min-h-16 min-w-0 flex-col items-center justify-center overflow-hidden rounded-lg border bg-field ps-3 pe-1.5 text-center [container-type:size] hover:border-edge active:bg-press disabled:opacity-50'

/** What should come now stands out where it stands; no key moves. */
const DUE = 'border-ink shadow-[inset_0_0_0_2.5px_var(--color-ink)]'
/** Says it to screen readers. */
export const DUE_ID = 'key-is-due'
const isDueFor = (due: ReadonlySet<string>, { id }: Action, side: Side | null) => due.has(id) || due.has(`${side}:${id}`)

interface KeyProps {
  action: Action
  side: Side | null
  /** Among many others: one size for all of them. */
  isSmall?: boolean
  className?: string
}

/** One key: label, hint, the side's bar, and the letter that does the same where there is a keyboard. */
export function Key({ action, side, isSmall, className }: KeyProps) {
  const { state, tap, sport, due } = useConsole()
  const { label, hint } = action
  const size = isSmall ? 1 : action.size
  const isDue = isDueFor(due, action, side)
  const isFigure = /^\+?\d\S{0,2}$/.test(label)
  const isScoring = sport.kinds[action.kind]?.scoring === true
  const letter = side === 'away' ? action.key.away : action.key.home
  const team = side ? state.game[side] : null
  return (
    <button
      type="button"
      data-key={side ? `${side}:${action.id}` : action.id}
      aria-label={[side ? sideNames(state.game)[side] : null, label, hint].filter(Boolean).join(' ')}
      aria-describedby={isDue ? DUE_ID : undefined}
      className={cx(KEY, isDue ? DUE : 'border-line', className)}
      onClick={() => tap(action, side)}
    >
      {side ? (
        <span
          aria-hidden
          className={cx('absolute inset-y-0 start-0 forced-color-adjust-none', isScoring ? 'w-1.5' : 'w-1')}
          style={{ background: `var(--${side})` }}
        />
      ) : null}
      <span className={isFigure ? cx('figures', FIGURES[size]) : cx('font-semibold leading-tight text-balance hyphens-auto', LABELS[size])}>
        {label}
      </span>
      {hint ? (
        <span className={cx('mt-0.5 text-xs leading-tight text-soft', hint.length > 12 ? NO_ROOM.long : NO_ROOM.short)}>{hint}</span>
      ) : null}
      {team && size === 3 && !sport.activeSide ? (
        <span
          aria-hidden
          className="absolute end-2 top-1.5 text-2xs font-semibold tracking-wide text-soft [@container(max-height:5.5rem)]:hidden"
        >
          {team.abbr}
        </span>
      ) : null}
      <kbd
        aria-hidden
        className="absolute end-2 bottom-1.5 hidden font-sans text-2xs font-semibold text-soft uppercase pointer-fine:block pointer-coarse:hidden [@container(max-width:6.5rem)]:hidden"
      >
        {letter}
      </kbd>
    </button>
  )
}

/** Keys that are low lose what explains them before they lose their name. */
const NO_ROOM = { long: '[@container(max-height:5.25rem)]:hidden', short: '[@container(max-height:3.75rem)]:hidden' } as const
const FIGURES = {
  3: 'text-[clamp(3.125rem,42cqmin,4.75rem)] leading-none',
  2: 'text-[clamp(2.125rem,36cqmin,3rem)] leading-none',
  1: 'text-[1.75rem] leading-none',
} as const
const LABELS = {
  3: 'text-[clamp(1.25rem,26cqi,1.75rem)]',
  2: 'text-[clamp(1rem,21cqi,1.25rem)]',
  1: 'text-[clamp(0.9375rem,20cqi,1.125rem)]',
} as const
