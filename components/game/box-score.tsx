'use client'
import { memo, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Section } from '#components/ui/section.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import type { BoxRow, BoxTable } from '#domain/box.ts'
import type { Game, RosterEntry } from '#domain/game.ts'
import type { Side } from '#domain/play.ts'
import { BoxComparison, isComparison } from './box-comparison.tsx'
import { SCROLLABLE } from './scrollable.ts'
import { sidesOf } from './sides.ts'
import { useRoster } from './use-roster.ts'

/** As many columns as still have room beside those of the other side. */
const SLIM = 6
/** More columns than this scroll on a phone. */
const LONG = 5
/** One side at a time on a phone, with or without scripts. */
const ONE_AT_A_TIME: Readonly<Record<Side, string>> = {
  home: 'max-sm:group-has-[[value=away]:checked]/box:hidden',
  away: 'max-sm:group-has-[[value=home]:checked]/box:hidden',
}

/** What everybody did, in the sport's own figures: a side each, and below both compared. */
export const BoxScore = memo(function BoxScore({ game, tables }: { game: Game; tables: readonly BoxTable[] }) {
  const sides = sidesOf(game)
  const [shown, setShown] = useState<Side>(sides[0])
  const roster = useRoster(game, tables)
  const own = tables.filter(({ side }) => side !== undefined)
  const shared = tables.filter(({ side }) => side === undefined)
  const ofSides = sides.filter(side => own.some(table => table.side === side))
  const isSlim = own.every(({ columns }) => columns.length <= SLIM)
  return (
    <Section title="Box score" className="group/box">
      <div data-testid="box">
        {ofSides.length > 1 ? (
          <div className="pt-3 sm:hidden">
            <Segmented
              label="Side"
              name="box-side"
              value={shown}
              options={sides.map(side => ({ value: side, label: <SideName game={game} side={side} isShort /> }))}
              onChange={setShown}
            />
          </div>
        ) : null}
        <div
          className={cx('grid grid-cols-[minmax(0,1fr)] gap-x-8', isSlim && ofSides.length > 1 && 'md:grid-cols-[repeat(2,minmax(0,1fr))]')}
        >
          {ofSides.map(side => (
            <div key={side} className={cx('max-sm:pt-1', ofSides.length > 1 && ONE_AT_A_TIME[side])}>
              <h3 className={cx('pt-4 text-sm font-bold', ofSides.length > 1 && 'max-sm:sr-only')}>
                <SideName game={game} side={side} />
              </h3>
              {own
                .filter(table => table.side === side)
                .map(table => (
                  <Table key={table.id} table={table} of={game[side].name} roster={roster} />
                ))}
            </div>
          ))}
        </div>
        {shared.map(table =>
          isComparison(table) ? (
            <BoxComparison key={table.id} game={game} table={table} sides={sides} />
          ) : (
            <Table key={table.id} table={table} of={null} roster={roster} />
          ),
        )}
      </div>
    </Section>
  )
})

function SideName({ game, side, isShort }: { game: Game; side: Side; isShort?: boolean }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-2">
      <span aria-hidden className="h-[1em] w-1 shrink-0 rounded-[1px] forced-color-adjust-none" style={{ background: `var(--${side})` }} />
      {isShort ? game[side].shortName : game[side].name}
    </span>
  )
}

type Roster = ReadonlyMap<string, RosterEntry>

/** It scrolls inside its own frame; the names stay put. */
function Table({ table, of, roster }: { table: BoxTable; of: string | null; roster: Roster }) {
  const { title, columns, rows, total } = table
  const name = [of, title].filter(Boolean).join(', ')
  return (
    <section className="overflow-x-auto" aria-label={`${name}, table`} {...(columns.length > LONG ? SCROLLABLE : {})}>
      <table className="w-full border-separate border-spacing-0 text-end text-sm">
        <thead>
          <tr className="text-xs text-soft">
            <th scope="col" className={cx(FIRST, 'w-full py-2 font-semibold')}>
              {title}
            </th>
            {columns.map(({ key, label, name: full }) => (
              <th
                key={key}
                scope="col"
                className="border-b border-line py-2 ps-2 font-semibold whitespace-nowrap"
                style={{ minInlineSize: roomFor(table, key) }}
              >
                <abbr title={full} className="no-underline">
                  {label}
                </abbr>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keyed(rows).map(({ key, row }) => (
            <tr key={key}>
              <th scope="row" className={cx(FIRST, 'max-w-36 min-w-24 py-1.5 font-[480] sm:max-w-none')}>
                <RowName row={row} roster={roster} />
              </th>
              {columns.map(column => (
                <Figure key={column.key} value={row.cells[column.key]} />
              ))}
            </tr>
          ))}
        </tbody>
        {total ? (
          <tfoot>
            <tr>
              <th scope="row" className={cx(FIRST, 'py-1.5 font-bold')}>
                Total
              </th>
              {columns.map(column => (
                <Figure key={column.key} value={total[column.key]} isTotal />
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
    </section>
  )
}

/** Figures that gain a place must not push the others about: there is room for two, or for two pairs. */
function roomFor({ rows, total }: BoxTable, key: string): string {
  const isPair = [...rows.map(({ cells }) => cells), total ?? {}].some(cells => PAIR.test(String(cells[key] ?? '')))
  return isPair ? '3.25rem' : '2.25rem'
}
const PAIR = /\d[–/:-]\d/

const FIRST = 'sticky start-0 z-10 border-b border-line bg-paper pe-2 text-start'

const keyed = (rows: readonly BoxRow[]) => rows.map((row, i) => ({ row, key: row.playerId ?? `${row.label} ${i}` }))

/** `12 Osei`; whoever is not on the roster any more, or not yet, is a player all the same. */
function RowName({ row: { playerId, label }, roster }: { row: BoxRow; roster: Roster }) {
  if (playerId === undefined) return <span className="text-soft">{label}</span>
  const entry = roster.get(playerId)
  return (
    <span className="flex items-baseline gap-2">
      {entry?.number ? <span className="figures w-5 shrink-0 text-soft">{entry.number}</span> : null}
      <span className="min-w-0 truncate" title={entry?.name}>
        {entry?.name ?? 'A player'}
      </span>
      {label ? <span className="shrink-0 text-2xs text-soft">{label}</span> : null}
    </span>
  )
}

function Figure({ value = null, isTotal }: { value: number | string | null | undefined; isTotal?: boolean }) {
  const isWords = typeof value === 'string' && /[a-z]{3}/i.test(value)
  const isQuiet = !isTotal && (value === null || value === 0)
  return (
    <td
      className={cx(
        'border-b border-line ps-2',
        isWords ? 'text-xs text-soft' : 'figures text-base whitespace-nowrap',
        isQuiet && 'text-soft',
      )}
    >
      <bdi dir="ltr">{value ?? '–'}</bdi>
    </td>
  )
}
