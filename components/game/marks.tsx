import { cx } from '#components/ui/cx.ts'
import type { Game } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import type { Glance, Tone } from '#domain/sport.ts'

type Row = NonNullable<Glance['marks']>[number]
type Mark = Row['marks'][number]

const LOOKS: Readonly<Record<Tone, string>> = {
  plain: 'border-edge text-ink',
  accent: 'border-ink bg-ink text-paper',
  good: 'border-green bg-green text-on-green',
  bad: 'border-red text-ink',
  yellow: 'border-yellow bg-yellow text-on-yellow',
  red: 'border-red bg-red text-on-red',
  green: 'border-green bg-green text-on-green',
  blue: 'border-blue bg-blue text-on-blue',
}

/** Rows of small marks: those of a side under it, the others across. */
export function Marks({ rows, sides, roster }: { rows: readonly Row[]; sides: readonly [Side, Side]; roster?: Game['roster'] }) {
  if (rows.length === 0) return null
  const shared = rows.filter(({ side }) => side === undefined)
  const hasSides = rows.length > shared.length
  return (
    <div className="mt-3 grid gap-2" data-testid="marks">
      {shared.map(row => (
        <MarkRow key={row.label} row={row} className="justify-center" />
      ))}
      {hasSides ? (
        <div className="grid grid-cols-2 gap-x-6">
          {sides.map((side, i) => (
            <div key={side} className="grid content-start gap-2">
              {rows
                .filter(row => row.side === side)
                .map(row => (
                  <MarkRow key={row.label} row={row} roster={roster} className={i === 1 ? 'justify-end text-end' : undefined} />
                ))}
            </div>
          ))}
        </div>
      ) : null}
    </div>
  )
}

/** Named as a whole: nobody wants to hear every dot by itself. */
export function MarkRow({ row, roster, className }: { row: Row; roster?: Game['roster']; className?: string }) {
  const { playerId, figures } = row
  const said = row.marks.map(({ title, text }) => title ?? text).join(', ')
  const name = playerId && roster?.find(({ id }) => id === playerId)?.name
  return (
    <p className={cx('flex min-h-6 min-w-0 flex-wrap items-center gap-x-1 gap-y-1', className)}>
      <span className="me-1 text-xs text-soft">
        {row.label}
        {figures === undefined ? <span className="sr-only">: {said || 'none yet'}</span> : null}
      </span>
      {name ? <span className="min-w-0 truncate text-sm font-semibold">{name}</span> : null}
      {figures ? <span className="figures shrink-0 text-sm">{figures}</span> : null}
      {keyed(row.marks).map(({ key, mark }) => (
        <Sign key={key} mark={mark} />
      ))}
    </p>
  )
}

/** Marks come one behind the other and stay in their places. */
const keyed = (marks: readonly Mark[]) => marks.map((mark, i) => ({ mark, key: `${i}` }))

function Sign({ mark: { text, tone, title } }: { mark: Mark }) {
  const isDot = !/[\p{L}\p{N}]/u.test(text)
  return (
    <span
      aria-hidden
      title={title}
      className={cx(
        'inline-grid shrink-0 place-items-center border-[1.5px] forced-color-adjust-none',
        isDot ? 'size-3.5 rounded-full' : 'figures h-6 min-w-6 rounded-full px-1 text-xs leading-none',
        LOOKS[tone],
      )}
    >
      {isDot ? tone === 'bad' ? <span className="text-2xs leading-none font-bold">×</span> : null : text}
    </span>
  )
}
