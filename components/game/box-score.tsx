'use client'
import { memo, type ReactNode, useState } from 'react'
import { cx } from '#components/ui/cx.ts'
import { Section } from '#components/ui/section.tsx'
import { Segmented } from '#components/ui/tabs.tsx'
import type { BoxNote, BoxRow, BoxTable } from '#domain/box.ts'
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
  const parts = partsOf(tables)
  const own = tables.filter(({ side, part }) => side !== undefined && !part)
  const shared = tables.filter(({ side }) => side === undefined)
  const ofSides = sides.filter(side => own.some(table => table.side === side))
  const isSlim = own.every(({ columns }) => columns.length <= SLIM)
  return (
    <Section title="Box score" className="group/box">
      <div data-testid="box">
        {parts.map(({ part, tables: list }) => (
          <section key={part.id} aria-label={`${game[part.side].name}, ${part.title}`} className="pt-4 not-first:mt-3">
            <h3 className="flex items-baseline justify-between gap-3 text-sm font-bold">
              <SideName game={game} side={part.side} />
              <span className="shrink-0 font-semibold text-soft">{part.title}</span>
            </h3>
            {list.map(table => (
              <Table key={table.id} table={table} of={`${game[table.side ?? part.side].name}, ${part.title}`} roster={roster} />
            ))}
          </section>
        ))}
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

/** Tables that stand together, in their order. */
function partsOf(tables: readonly BoxTable[]) {
  const parts: { part: NonNullable<BoxTable['part']>; tables: BoxTable[] }[] = []
  for (const table of tables) {
    const { part } = table
    if (!part) continue
    const known = parts.find(one => one.part.id === part.id)
    if (known) known.tables.push(table)
    else parts.push({ part, tables: [table] })
  }
  return parts
}

/** It scrolls inside its own frame; the names stay put. */
function Table({ table, of, roster }: { table: BoxTable; of: string | null; roster: Roster }) {
  const { title, columns, rows, total, totalNote } = table
  const name = [of, title].filter(Boolean).join(', ')
  const isNoted = rows.some(({ note }) => note)
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
              <th scope="row" className={cx(FIRST, isNoted ? 'max-w-44' : 'max-w-36', 'min-w-24 py-1.5 font-[480] sm:max-w-none')}>
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
                {totalNote ? <Noted note={{ text: totalNote }}>Total</Noted> : 'Total'}
              </th>
              {columns.map(column => (
                <Figure key={column.key} value={total[column.key]} isTotal />
              ))}
            </tr>
          </tfoot>
        ) : null}
      </table>
      <Others table={table} roster={roster} />
    </section>
  )
}

/** Those of the side who have no row: `Yet to bat: Fry, Ek`. */
function Others({ table: { side, rows, others }, roster }: { table: BoxTable; roster: Roster }) {
  if (!others) return null
  const team = [...roster.values()].filter(entry => entry.side === side)
  const left = team.filter(({ id }) => rows.every(({ playerId }) => playerId !== id))
  if (left.length === 0 || team.length > others.most) return null
  return (
    <p className="border-b border-line py-1.5 text-start text-xs text-soft">
      <span className="font-semibold">{others.label}:</span> {left.map(({ name }) => name).join(', ')}
    </p>
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

/** A name, and what is said of it: under it on a phone, beside it where there is room. */
function Noted({ note, roster, children }: { note: BoxNote; roster?: Roster; children: ReactNode }) {
  return (
    <span className="flex flex-col sm:flex-row sm:items-baseline sm:gap-x-4">
      <span className="min-w-0 sm:w-44 sm:shrink-0">{children}</span>
      <span className="text-xs leading-tight font-normal text-soft">{fill(note, roster)}</span>
    </span>
  )
}

const fill = ({ text, people = {} }: BoxNote, roster?: Roster) =>
  text.replace(/\{(\w+)\}/g, (_, key: string) => surnameOf(people[key] ?? '', roster))

/** `Fry` of `Bo Fry`, as scorecards have it; in full where two of a side share it. */
function surnameOf(id: string, roster: Roster = new Map()): string {
  const entry = roster.get(id)
  if (!entry) return 'a player'
  const last = lastOf(entry.name)
  const isShared = [...roster.values()].some(one => one.id !== id && one.side === entry.side && lastOf(one.name) === last)
  return isShared ? entry.name : last
}
const lastOf = (name: string) => name.trim().split(/\s+/).slice(1).join(' ') || name

/** `12 Osei`; whoever is not on the roster any more, or not yet, is a player all the same. */
function RowName({ row, roster }: { row: BoxRow; roster: Roster }) {
  const name = <Name row={row} roster={roster} />
  return row.note ? (
    <Noted note={row.note} roster={roster}>
      {name}
    </Noted>
  ) : (
    name
  )
}

function Name({ row: { playerId, label }, roster }: { row: BoxRow; roster: Roster }) {
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
