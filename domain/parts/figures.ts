import type { BoxCells, BoxColumn, BoxPlay, BoxTable } from '../box.ts'
import { type LoggedPlay, SIDES, type Side } from '../play.ts'

/** What a play adds to somebody's figures: 1 of `key` unless it says `by`. Without a player it counts for the side alone. */
export interface Figure {
  side: Side
  key: string
  playerId?: string
  by?: number
}

/** Figures by key; what nobody did is not in it. */
export type Figures = Readonly<Record<string, number>>
export const figure = (figures: Figures, key: string): number => figures[key] ?? 0

interface SideFigures {
  players: Map<string, Record<string, number>>
  /** Of plays that name nobody. */
  unnamed: Record<string, number>
  all: Record<string, number>
}
export type Counted = Readonly<Record<Side, SideFigures>>

/** The figures of the plays that count. */
export function count<S>(plays: readonly BoxPlay<S>[], of: (play: LoggedPlay, folded: BoxPlay<S>) => readonly Figure[]): Counted {
  const empty = (): SideFigures => ({ players: new Map(), unnamed: {}, all: {} })
  const counted = { home: empty(), away: empty() }
  for (const folded of plays) {
    if (!folded.counts) continue
    for (const { side, key, playerId, by = 1 } of of(folded.play, folded)) {
      const { players, unnamed, all } = counted[side]
      if (playerId !== undefined && !players.has(playerId)) players.set(playerId, {})
      const own = (playerId === undefined ? undefined : players.get(playerId)) ?? unnamed
      own[key] = figure(own, key) + by
      all[key] = figure(all, key) + by
    }
  }
  return counted
}

export interface FigureColumn extends BoxColumn {
  of(figures: Figures): number | string | null
}
export const column = (
  key: string,
  label: string,
  name: string,
  of: FigureColumn['of'] = figures => figure(figures, key),
): FigureColumn => ({
  key,
  label,
  name,
  of,
})

/** `5/7`; null where there was no attempt. */
export const outOf = (made: number, attempts: number) => (attempts > 0 ? `${made}/${attempts}` : null)
/** Whole percent; null where there was no attempt. */
export const percent = (made: number, attempts: number) => (attempts > 0 ? `${Math.round((100 * made) / attempts)}%` : null)

/**
 * A table a side of whoever has a figure in it; what plays without a name did stands in a row of its own.
 *
 * @param by the column whose figure comes most first; the first one unless given, `''` for the order in which they were first seen
 */
export function playerTables(counted: Counted, id: string, title: string, columns: readonly FigureColumn[], by?: string): BoxTable[] {
  const cellsOf = (figures: Figures): BoxCells => Object.fromEntries(columns.map(({ key, of }) => [key, of(figures)]))
  const isEmpty = (cells: BoxCells) => Object.values(cells).every(cell => cell === 0 || cell === null)
  const first = by ?? columns[0]?.key ?? ''
  const rank = (cells: BoxCells) => Number(cells[first] ?? 0)
  const heads = columns.map(({ key, label, name }) => ({ key, label, name }))
  return SIDES.flatMap(side => {
    const { players, unnamed, all } = counted[side]
    const rows = [...players]
      .map(([playerId, figures]) => ({ playerId, cells: cellsOf(figures) }))
      .filter(({ cells }) => !isEmpty(cells))
      .sort((a, b) => rank(b.cells) - rank(a.cells))
    if (rows.length === 0) return []
    const rest = cellsOf(unnamed)
    const more = isEmpty(rest) ? [] : [{ label: 'Not named', cells: rest }]
    return [{ id, title, side, columns: heads, rows: [...rows, ...more], total: cellsOf(all) }]
  })
}

export interface TeamRow {
  label: string
  of(own: Figures, others: Figures): number | string | null
}
export const teamRow = (label: string, key: string): TeamRow => ({ label, of: own => figure(own, key) })

/** Both sides beside each other; a row in which neither has anything is left out. */
export function teamTable(counted: Counted, rows: readonly TeamRow[]): BoxTable[] {
  const { home, away } = counted
  const shown = rows
    .map(({ label, of }) => ({ label, cells: { home: of(home.all, away.all), away: of(away.all, home.all) } }))
    .filter(({ cells }) => [cells.home, cells.away].some(cell => cell !== 0 && cell !== null))
  const columns = [
    { key: 'home', label: 'Home', name: 'Home' },
    { key: 'away', label: 'Away', name: 'Away' },
  ]
  return shown.length > 0 ? [{ id: 'team', title: 'Team', columns, rows: shown }] : []
}

/** Without the columns that say nothing in any of the tables: what nobody wrote down. */
export function withoutEmpty(tables: readonly BoxTable[], kept: readonly string[]): BoxTable[] {
  const says = (key: string) =>
    kept.includes(key) || tables.some(({ rows }) => rows.some(({ cells }) => ![null, undefined, 0, ''].includes(cells[key] as null)))
  return tables.map(table => ({ ...table, columns: table.columns.filter(({ key }) => says(key)) }))
}

/** `7–12` where the misses were written down too, else what was made. */
export const split = (made = 0, missed = 0, hasMisses = true): string | number => (hasMisses ? `${made}–${made + missed}` : made)
