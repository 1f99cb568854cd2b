import type { Side } from './play.ts'

export const STATUSES = ['scheduled', 'live', 'break', 'suspended', 'final', 'postponed', 'cancelled', 'abandoned', 'forfeited'] as const
export type Status = (typeof STATUSES)[number]
/** It goes on, or will any moment. */
export const UNDER_WAY: ReadonlySet<Status> = new Set(['live', 'break', 'suspended'])
/** Nothing of it was played, and it is still to be: who plays it may change. */
export const TO_COME: ReadonlySet<Status> = new Set(['scheduled', 'postponed'])

export const HOWS = [
  'regulation',
  'overtime',
  'shootout',
  'golden',
  'mercy',
  'dls',
  'called',
  'retired',
  'walkover',
  'forfeit',
  'disqualified',
  'awarded',
  'no-result',
] as const
/** How a game came to its end; kept in `statusReason`. */
export type How = (typeof HOWS)[number]

export type Winner = Side | 'draw' | null
export interface Score {
  home: number
  away: number
}
/** A column that has begun. A cell is null where a side had nothing to play (baseball's `x`). */
export interface Column {
  label: string
  home: number | null
  away: number | null
  tiebreak?: Score
}
export interface PeriodView {
  number: number
  /** quarter, half, set, inning, overtime, extra-time, shootout … */
  kind: string
  /** Short: `Q4`, `2H`, `Set 3`, `T7`. */
  label: string
  /** Under a clock that counts up: what it shows at the regular end; beyond it is stoppage time. */
  endMs?: number
}
/** An anchor, not a tick: the reading at time t is `valueMs ± (t − asOf)` while running. */
export interface Clock {
  running: boolean
  direction: 'up' | 'down'
  valueMs: number
  asOf: string
}

/**
 * Something that runs out, in `detail.timers`: with the clock, `leftMs` at the clock's own reading and less as it runs on, or by the time of
 * day, until `untilAt` (ISO-8601): one of the two is there. What is past its end is over.
 */
export interface TimerView {
  id: string
  side: Side
  label: string
  playerId?: string
  leftMs?: number
  /** The whole of it, where `leftMs` is more: it began after the clock's own reading, and never has more left than this. */
  lengthMs?: number
  untilAt?: string
}

/** What a sport shows beside the score: fouls, outs, bases, server, shoot-out. Shape per sport, documented in its file. */
export type Detail = Readonly<Record<string, unknown>>

/** The fields of a game that plays can change and names cannot: what a live update carries. */
export interface GameState {
  status: Status
  statusReason: string | null
  official: boolean
  underReview: boolean
  /** When a halt or a delay is expected to end, where somebody said so. */
  statusUntil: string | null
  period: PeriodView | null
  clock: Clock | null
  score: Score
  linescore: { columns: Column[] }
  winner: Winner
  detail: Detail
}

export interface SideView {
  id: string
  name: string
  shortName: string
  abbr: string
  /** `#rrggbb`, as the league gave it; readers resolve it for contrast. */
  color: string | null
  kind: 'team' | 'person' | 'pair'
  members?: { id: string; name: string }[]
}

export interface RulesView {
  pack: string
  version: string
  values: Readonly<Record<string, unknown>>
}

export type Visibility = 'public' | 'unlisted' | 'private'
export interface Ref {
  id: string
  name: string
}

/** A game, as read. */
export interface Game extends GameState {
  id: string
  sport: string
  organisation: Ref
  competition: Ref | null
  season: Ref | null
  round: Ref | null
  home: SideView
  away: SideView
  venue: string | null
  neutral: boolean
  displayOrder: 'home-first' | 'away-first'
  startsAt: string | null
  timeZone: string
  visibility: Visibility
  demo: boolean
  rules: RulesView
  partOf?: string
  parts?: string[]
  epoch: string
  seq: number
  updatedAt: string
  /** Whether fans may chat here. */
  chat: boolean
  roster: RosterEntry[]
}
export interface RosterEntry {
  id: string
  side: Side
  name: string
  number: string | null
}

/** What `game:update` carries: everything but names, venue and rules, as of `seq`. */
export type GameUpdate = Omit<Game, 'home' | 'away' | 'organisation' | 'competition' | 'season' | 'round' | 'venue' | 'rules' | 'roster'>

/** A row of the board. `line` holds the columns where a sport's score alone says too little (sets, innings under way). */
export interface GameRow
  extends Pick<
    Game,
    'id' | 'sport' | 'competition' | 'startsAt' | 'epoch' | 'seq' | 'status' | 'statusReason' | 'period' | 'clock' | 'score' | 'winner'
  > {
  home: SideView
  away: SideView
  line?: Column[]
  /** A few words of the sport's own: `30–40, break point`, `2 out, runner on third`. */
  brief?: string
  demo?: boolean
  /** Only where the away side stands first. */
  displayOrder?: 'away-first'
}

/** Of a row in which nothing but the score and what goes with it has moved: all of that which is new, and the score. */
export type RowInMotion = Pick<GameRow, 'id' | 'seq' | 'score'> & Partial<Pick<GameRow, 'clock' | 'line' | 'brief'>>
