export type Side = 'home' | 'away'
export const SIDES = ['home', 'away'] as const
export const other = (side: Side): Side => (side === 'home' ? 'away' : 'home')

export type PlayData = Readonly<Record<string, unknown>>

/** The plays every sport knows; a sport's own kinds stand in its file. */
export const BASE_KINDS = [
  'periodStart',
  'periodEnd',
  'clockStart',
  'clockStop',
  'clockSet',
  'status',
  'gameEnd',
  'edit',
  'note',
  'void',
] as const
export type BaseKind = (typeof BASE_KINDS)[number]
export const isBaseKind = (kind: string): kind is BaseKind => (BASE_KINDS as readonly string[]).includes(kind)

/** A play as a scorer or a feed sends it. `voids`, `replaces` and `before` name a play of the same game by seq or by its sender's id. */
export interface PlayInput {
  id: string
  kind: string
  side?: Side
  period?: number
  clockMs?: number
  points?: number
  playerId?: string
  player?: string
  data?: PlayData
  voids?: number | string
  replaces?: number | string
  before?: number | string
  agoMs?: number
  expectedSeq?: number
  epoch?: string
}

/** A play as the log keeps it: immutable. References are resolved to seqs, a typed player to a roster entry. */
export interface LoggedPlay {
  seq: number
  id: string
  kind: string
  /** Sorts bytewise by order of play; the fold runs by it. */
  order: string
  /** Server time of the play itself (arrival less the sender's `agoMs`), ISO-8601 UTC with milliseconds. */
  at: string
  side?: Side
  period?: number
  clockMs?: number
  points?: number
  playerId?: string
  data?: PlayData
  voids?: number
  replaces?: number
  by?: string
}

/**
 * What a sentence has to know of where the game stood, and the play does not say itself: `{ strength: 'powerPlay' }`, `{ foul: 4 }`, by the
 * sport's own names. Of a start or an end that names no period, which one it was: `{ period: 2 }`.
 */
export type Facts = Readonly<Record<string, string | number>>

/** What the fold says about a play. Derived: a later correction may change it, the log never changes. */
export interface PlayMarks {
  warnings?: string[]
  facts?: Facts
  /** Why the play counts for nothing where it stands now. */
  ignored?: string
  voidedBy?: number
  replacedBy?: number
}

/** A play as read: log entry, marks, and its sentence in the reader's language. */
export interface Play extends LoggedPlay, PlayMarks {
  text: string
}
