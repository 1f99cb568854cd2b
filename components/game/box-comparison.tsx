import type { BoxTable } from '#domain/box.ts'
import type { Game } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'

/** A table of both sides: a column each. */
export const isComparison = ({ side, columns }: BoxTable) =>
  side === undefined && columns.length === 2 && columns.every(({ key }) => key === 'home' || key === 'away')

type Figure = number | string | null

/** The two sides figure by figure, each row with a bar that shows whose the greater part was. */
export function BoxComparison({ game, table, sides }: { game: Game; table: BoxTable; sides: readonly [Side, Side] }) {
  const [first, second] = sides
  return (
    <table className="mt-4 w-full border-separate border-spacing-0 text-sm" aria-label={table.title}>
      <thead>
        <tr className="text-xs text-soft">
          <th scope="col" className={`${HEAD} text-start`}>
            <abbr title={game[first].name} className="no-underline">
              {game[first].abbr}
            </abbr>
          </th>
          <th scope="col" className="w-full border-b border-line py-2 text-center font-semibold">
            {table.title}
          </th>
          <th scope="col" className={`${HEAD} text-end`}>
            <abbr title={game[second].name} className="no-underline">
              {game[second].abbr}
            </abbr>
          </th>
        </tr>
      </thead>
      <tbody>
        {table.rows.map(({ label, cells }) => {
          const [one = null, two = null] = [cells[first], cells[second]]
          const part = share(one, two)
          return (
            <tr key={label}>
              <td className={CELL}>
                <bdi dir="ltr">{one ?? '–'}</bdi>
              </td>
              <th scope="row" className="border-b border-line px-3 py-1.5 text-center font-[480]">
                {label}
                {part === null ? null : (
                  <span aria-hidden className="mt-1 flex h-1 gap-0.5 forced-color-adjust-none">
                    <span className="rounded-[1px]" style={{ inlineSize: `${part}%`, background: `var(--${first})` }} />
                    <span className="grow rounded-[1px]" style={{ background: `var(--${second})` }} />
                  </span>
                )}
              </th>
              <td className={`${CELL} text-end`}>
                <bdi dir="ltr">{two ?? '–'}</bdi>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const HEAD = 'border-b border-line py-2 font-semibold'
const CELL = 'figures min-w-14 border-b border-line text-base whitespace-nowrap'

/** The part of the first in both together, in percent; null where they are not both numbers, or nothing. */
function share(one: Figure, two: Figure): number | null {
  const [a, b] = [numberOf(one), numberOf(two)]
  return a === null || b === null || a + b <= 0 || a < 0 || b < 0 ? null : Math.round((a / (a + b)) * 100)
}

function numberOf(figure: Figure): number | null {
  if (typeof figure === 'number') return figure
  const percent = /^(\d+(?:\.\d+)?)\s?%$/.exec(figure ?? '')?.[1]
  return percent === undefined ? null : Number(percent)
}
