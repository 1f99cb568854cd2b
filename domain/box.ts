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

/** A few words beside a name; `{fielder}` stands for somebody of the roster, whose id `people` holds under that name. */
export interface BoxNote {
  text: string
  people?: Readonly<Record<string, string>>
}

/** Who or what a row is of: a player by roster id, else words (`Bench`, `Extras`). */
export interface BoxRow {
  playerId?: string
  label?: string
  /** `c {fielder} b {bowler}` */
  note?: BoxNote
  cells: BoxCells
}

/** A part of the game with tables of its own, told one after the other instead of side by side: an innings of `side`. */
export interface BoxPart {
  id: string
  side: Side
  /** `1st innings, 187/6` */
  title: string
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
  /** Beside the word for the total: `6 wkts, 20 ov`. */
  totalNote?: string
  /** The same in all tables that stand together, in the order given. */
  part?: BoxPart
  /** What those of the side are who have no row (`Did not bat`), if its roster has no more than `most`: a squad is no team. */
  others?: { label: string; most: number }
}
