import type { Field, Fields } from './fields.ts'
import type { Column, Detail, Game, How, PeriodView, Score, Winner } from './game.ts'
import type { LoggedPlay, Side } from './play.ts'

/** What a scorer may send of this kind: its schema, and how the fold treats it. */
export interface Kind {
  /** `Two points` */
  label: string
  side: 'required' | 'optional' | 'none'
  /** May name a player. */
  player?: boolean
  /** The player named is of the other side than the one credited (own goals). */
  playerSide?: 'other'
  /** Makes a scheduled game or a break live. Whatever may change the score has it. */
  scoring?: boolean
  /** Only where a kind has no worth of its own (`run`): the play must say how many. */
  points?: { min: number; max: number }
  data?: Fields
}

/**
 * A key of the console. `size` 3 is the commonest. `hint` stands small under the label; low keys, as on a phone, leave out one of more than
 * twelve characters. `key` are its keyboard letters per side.
 */
export interface Action {
  id: string
  kind: string
  label: string
  hint?: string
  size: 1 | 2 | 3
  key: { home: string; away: string }
  points?: number
  data?: Readonly<Record<string, unknown>>
  /** Stands in the column of the side that did it, and is sent with the other side, which it credits (a double fault). */
  creditsOther?: true
  /** Fields of the kind the console asks for after the tap, without holding it back; of an `int` the first eight numbers from `min`. */
  ask?: readonly string[]
  /** The action this one is most often mistaken for ("It was +2"). */
  insteadOf?: readonly string[]
  /**
   * Asked before it counts, where one tap takes much: `Give {side} the set as it stands, {column}?`. `{column}` is the score of the
   * column under way, `{call}` what `glance` calls before its first `, `.
   */
  asks?: string
  /** Offered only while the game stands in a period of one of these kinds (`PeriodView.kind`); always unless given. */
  during?: readonly string[]
}

/** One dated set of numbers. A game keeps the pack and the values it was played under. */
export interface RulePack<V> {
  id: string
  name: string
  version: string
  /** First day it is in force, `YYYY-MM-DD`; of the default packs the newest not after the game's date applies, before all the oldest. */
  from: string
  /** Chosen without being asked for. */
  isDefault?: boolean
  /** Rule book, edition, article. */
  source: string
  values: V
}

export interface Context<V> {
  rules: V
  /** The period the play belongs to, from 1: the one it names, else the one the game stands in. */
  period: number
  /** The play names an earlier period than the current one. */
  late: boolean
}

export interface Refusal {
  refuse: string
  path?: string
}
export interface Step<S> {
  state: S
  /** Short codes for what is odd but possible; `Sport.warnings` says them. */
  warnings?: string[]
}
export const refuse = (reason: string, path?: string): Refusal => (path ? { refuse: reason, path } : { refuse: reason })

/** Periods opened and closed by the scorer under a clock that the kernel keeps (basketball, soccer, hockey, rugby …). */
export interface Timed<V> {
  direction(rules: V): 'up' | 'down'
  /**
   * The n-th period from 1, or null where the rules have no such period. Lengths in ms; `startMs` is what the board shows when it opens.
   * A `clockless` one has no clock on the board; the chart spreads its plays evenly, over `lengthMs` or the usual length.
   */
  period(n: number, rules: V): (PeriodView & { name: string; startMs: number; lengthMs: number; clockless?: boolean }) | null
  /** Regulation periods; later ones are overtime. */
  regulation(rules: V): number
  /** The periods that may follow the n-th, the usual one first; `n + 1` alone unless given. Soccer's kicks may follow either end of play. */
  next?(n: number, rules: V): readonly number[]
}

export interface DescribeContext {
  side: string | null
  player: string | null
  rules: Readonly<Record<string, unknown>>
  /** What the period the play stands in is called (`2nd quarter`), where the fold tells; else the play has to name it. */
  periodName?: string | null
}

/** What a sport calls its things. Plain JSON: pages that hold games of every sport are given all of them. */
export interface Labels {
  /** `Game` or `Match`, `Quarter`, and what one unit of the score is called. */
  game: string
  period: string
  periods: string
  unit: string
  units: string
  byPeriod: string
  /**
   * How boards of this sport write an ending, where the common words are not its own: `main` in place of `Final`, `second` under it.
   * `{n}` is the number of the last period.
   */
  endings?: Readonly<Partial<Record<How, { main?: string; second?: string }>>>
  /** Where a side is a player or a pair of them: what one is called. */
  player?: string
  /** What the columns count, where it is not the score: `games`. */
  inColumns?: string
  /** What the side does that `Glance.mark` points at: `serving`, `batting`. */
  mark?: string
  /** A clock that counts up is told in minutes begun, `67′` and `45+2′`, not in minutes and seconds. */
  isInMinutes?: boolean
  /** Kinds told together in one line when they follow each other (pitches). */
  gathered?: readonly string[]
  /** What a win, a draw and a loss usually bring in its tables; 3, 1 and 0 unless given. */
  tablePoints?: Readonly<Record<'win' | 'draw' | 'loss', number>>
}

/**
 * A sport, whole: what plays it knows, how they change its state, and how the state is shown. `reduce` is pure and total; it never throws, it
 * returns a refusal. State is plain JSON that does not grow with the number of plays (totals, columns, counters, who serves), since it is
 * kept at the head and in every checkpoint.
 */
export interface Sport<S = unknown, V = unknown> {
  id: string
  name: string
  /** Raised when `reduce` changes its results: open games are refolded, official ones are not. */
  version: number
  labels: Labels
  /** Ends by its own rules (sets, innings); others need `gameEnd`. */
  endsItself: boolean
  /** Null for sports whose periods follow from the plays alone. */
  timed: Timed<V> | null
  packs: readonly RulePack<V>[]
  /** The editable numbers of a pack: exactly the keys of its values. */
  ruleFields: Readonly<Record<keyof V & string, Field>>
  kinds: Readonly<Record<string, Kind>>
  initial(rules: V): S
  reduce(state: S, play: LoggedPlay, context: Context<V>): Step<S> | Refusal
  /** Called when a period opens or closes in a timed sport, and for `periodStart` / `periodEnd` plays in others. */
  onPeriod?(state: S, edge: 'start' | 'end', play: LoggedPlay, context: Context<V>): Step<S> | Refusal
  score(state: S, rules: V): Score
  columns(state: S, rules: V): Column[]
  /** Sports without a clock: the period the state stands in. */
  period?(state: S, rules: V): PeriodView | null
  /** Sports that end themselves: the end, once reached. */
  end?(state: S, rules: V): { how: How; winner: Winner } | null
  /** Who has won if it ends as it stands, shoot-outs included. */
  winner(state: S, rules: V): Winner
  /** How it was decided if it ends as it stands. */
  how?(state: S, rules: V, period: number): How
  detail(state: S, rules: V): Detail
  /** Where only one side acts at a time (baseball: who bats), the side whose keys the console shows. */
  activeSide?(detail: Detail): Side | null
  /** Signed lead for the chart (home positive); the score's difference unless given. */
  margin?(state: S, rules: V): number
  chart: 'lead' | 'timeline'
  actions(rules: V): readonly Action[]
  /** Asked at the table before anything is scored: which side did this first. Null once `detail` knows. */
  opening?(detail: Detail): { ask: string; action: string } | null
  /** The key into `words` and its values for one play. */
  describe(play: LoggedPlay, context: DescribeContext): { key: string; values?: Readonly<Record<string, string | number>> }
  /** When the play was, as this sport says it (`45+2′`), of the reading its clock had; the reading itself unless given. */
  when?(play: LoggedPlay, context: { period: number; clockMs: number | null; rules: V }): string | null
  /** English sentences; `{player}`, `{side}` and values in braces. Other languages are further tables of the same keys. */
  words: Readonly<Record<string, string>>
  /** What its own warning codes mean, a sentence each for whoever keeps the score. Readers are told the words `warning.CODE`, if any. */
  warnings?: Readonly<Record<string, string>>
  /** A few words beside each side and in the middle, drawn from `detail`. */
  glance?(game: Pick<Game, 'detail' | 'status' | 'period'>): Glance
  /** Whether a board row needs the columns to make sense (sets). */
  showColumns?: boolean
}
export interface Glance {
  home?: string
  away?: string
  /**
   * Small, under the clock. Without a clock it is what stands largest between the scores: all of it at the console if it has seven characters
   * at most, on the game's page what comes before the first `, `. The page has its own word for a break and for the end.
   */
  middle?: string
  /** Who serves, bats or has the ball. */
  mark?: Side | null
  /** Occupied bases, 1 to 3. */
  bases?: readonly number[]
  /** What is counted within one turn: balls and strikes, `2–1`. */
  count?: string
}

/** Checks a sport whole where it is written, then forgets its state and rules types so that all of them fit one list. */
export function defineSport<S, V extends object>(sport: Sport<S, V>): Sport {
  return sport as unknown as Sport
}
