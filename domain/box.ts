import type { Side } from './play.ts'
import type { FoldedPlay } from './replay.ts'

/** A play in its place, with the sport's state before and after it. */
export interface BoxPlay<S = unknown> extends FoldedPlay {
  before: S
  after: S
}

/** One column of a box score: `label` heads it (`REB`), `name` says it in full. */
export interface BoxColumn {
  key: string
  label: string
  name: string
}

/** Figures by column key; text where a figure is not one number (`7–12`, `31:04`), null where there is nothing to say. */
export type BoxCells = Readonly<Record<string, number | string | null>>

/** Who or what a row is of: a player by roster id, else words (`Bench`, `Extras`). */
export interface BoxRow {
  playerId?: string
  label?: string
  cells: BoxCells
}

/** A table of one side, or, with the columns `home` and `away`, of both. */
export interface BoxTable {
  id: string
  /** `Batting`, `Goalkeepers`, `Team` */
  title: string
  side?: Side
  columns: readonly BoxColumn[]
  rows: readonly BoxRow[]
  total?: BoxCells
}
