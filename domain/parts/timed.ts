import type { Column, Score } from '../game.ts'
import type { Side } from '../play.ts'

/** What a timed sport keeps of each period begun, in order. A late play finds the row of its own period; a sport adds counters to it. */
export interface PeriodScore extends Score {
  n: number
}

export const MINUTE = 60_000
export const LEVEL: Score = { home: 0, away: 0 }

export const plus = (score: Score, side: Side, by = 1): Score => ({ ...score, [side]: score[side] + by })

/** The side ahead, or `draw`. */
export const leader = ({ home, away }: Score): Side | 'draw' => (home > away ? 'home' : away > home ? 'away' : 'draw')

/** The rows with the n-th changed; a period that had none gets one. */
export function amend<R extends PeriodScore>(rows: readonly R[], n: number, blank: (n: number) => R, change: (row: R) => R): R[] {
  const i = rows.findIndex(row => row.n >= n)
  const at = i < 0 ? rows.length : i
  const found = rows[at]?.n === n ? rows[at] : undefined
  return [...rows.slice(0, at), change(found ?? blank(n)), ...rows.slice(found ? at + 1 : at)]
}

export const begin = <R extends PeriodScore>(rows: readonly R[], n: number, blank: (n: number) => R): R[] =>
  amend(rows, n, blank, row => row)

export function addPoints<R extends PeriodScore>(rows: readonly R[], n: number, blank: (n: number) => R, side: Side, points: number): R[] {
  return amend(rows, n, blank, row => ({ ...row, [side]: row[side] + points }))
}

export function total(rows: readonly Score[]): Score {
  return rows.reduce<Score>((sum, row) => ({ home: sum.home + row.home, away: sum.away + row.away }), LEVEL)
}

export function columnsOf(rows: readonly PeriodScore[], label: (n: number) => string): Column[] {
  return rows.map(({ n, home, away }) => ({ label: label(n), home, away }))
}

const TEENS = new Set([11, 12, 13])
/** `1st`, `2nd`, `3rd`, `4th`. */
export function ordinal(n: number): string {
  const suffix = TEENS.has(n % 100) ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')
  return `${n}${suffix}`
}

/** A record by roster id that stays bounded however many ids a feed makes up: beyond the limit nobody new is kept. */
const PLAYERS_KEPT = 80
export function tally(counts: Readonly<Record<string, number>>, id: string | undefined, by = 1): Readonly<Record<string, number>> {
  if (id === undefined) return counts
  const before = countOf(counts, id)
  return before === 0 && Object.keys(counts).length >= PLAYERS_KEPT ? counts : { ...counts, [id]: before + by }
}
export const countOf = (counts: Readonly<Record<string, number>>, id: string | undefined): number =>
  id !== undefined && Object.hasOwn(counts, id) ? (counts[id] ?? 0) : 0

export const bySide = <T>(of: (side: Side) => T): Record<Side, T> => ({ home: of('home'), away: of('away') })

/** The warnings that apply, of conditions that give a code or nothing. */
export const warned = (...codes: readonly (string | false | null)[]): string[] => codes.filter(code => typeof code === 'string')
