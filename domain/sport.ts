import type { BoxPlay, BoxTable } from './box.ts'
import type { Field, Fields } from './fields.ts'
import type { Column, Detail, Game, How, PeriodView, Score, SideView, Winner } from './game.ts'
import type { Facts, LoggedPlay, Side } from './play.ts'

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
  /** What became known elsewhere (a match of a tie): it counts after the end as before it. */
  isNews?: boolean
  /** A time-out: the rule that holds its length in seconds, which `data.seconds` of a play goes before. Readers see it run until play goes on. */
  lasts?: string
  /**
   * Who has the ball next, and how long: the other side anew, this one anew or `again` (an offensive rebound), by the rules `shotClock` and
   * `shotClockAgain`; `nobody` until the ball is won (a face-off follows); `set` is the play that sets the shot clock. `fouled` is the other
   * side, which keeps what it has left, `shotClockAgain` at the least, where it had the ball; `conceded` the other side anew where the rule
   * `keeperRestarts` holds, else nobody. Nothing runs in a game in which nobody has set it.
   */
  attack?: 'other' | 'own' | 'again' | 'nobody' | 'set' | 'fouled' | 'conceded'
  /** A card: how it is drawn on a timeline of goals, and what it is counted as there, unless the facts of a play have a `card` of their own. */
  card?: Card
  /** Only where a kind has no worth of its own (`run`): the play must say how many. */
  points?: { min: number; max: number }
  data?: Fields
}

/** A second yellow card sends off as a red one does. */
export type Card = 'green' | 'yellow' | 'second' | 'red' | 'blue'

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
  /**
   * Fields of the kind the console asks for after the tap, in order and without holding it back. `player` among them is the place of who it
   * was, where an answer before it changes who that may be (which penalty, which card); first unless given, last where nobody is listed.
   */
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
  /**
   * How deep a scorer must go to want it: `score` keeps nothing but the score, `full` is for those who write everything down. Without it the
   * key stands in between, with the scoring plays, and at `full` too. What is asked after a tap is asked at `full` and in between.
   */
  depth?: Depth
}
export type Depth = 'score' | 'full'

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
  /** What the game's clock showed at the play; null without a clock, and of a play put into the past that does not say. */
  clockMs: number | null
  /** Playing time since the start of the game at the play, in ms over all periods; null where the clock says nothing. */
  playedMs: number | null
  /** When the play was made, ISO-8601; null where nothing tells, and not set at the edge of a period. */
  at?: string | null
}

/** Something that runs out with the game's clock: a penalty, a suspension, a card, the shot clock. Or, with `untilAt`, by the time of day. */
export interface Timer {
  /** Unlike any other of the game. */
  id: string
  side: Side
  /** Two words at most: `Minor`, `Yellow`. */
  label: string
  playerId?: string
  /** The playing time, as `Context.playedMs` counts it, at which it is over. */
  untilMs?: number
  /** Over then, ISO-8601, whether the clock runs or not: somebody off for a blood injury. A sport leaves out what is past, as far as it knows. */
  untilAt?: string
  /** The whole of it: where the clock was set back there is no more left than that. */
  lengthMs?: number
}

/** A total beside the linescore, in a column of its own: hits, shots, kicks from the mark. */
export interface Total {
  /** `H`, `SOG` */
  label: string
  name: string
  of: Score
}

export interface Refusal {
  refuse: string
  path?: string
}
export interface Step<S> {
  state: S
  /** Short codes for what is odd but possible; `Sport.warnings` says them. */
  warnings?: string[]
  /** What it makes of the game's status, where its kind alone does not say. */
  status?: 'scheduled' | 'live'
  /** What the play's sentence has to know of where the game stood: `describe` gets it. Few and small, since it is kept with the play. */
  facts?: Facts
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
  /** Whether a game that is level after regular time always goes on. Unless given, most stay as they are where there are several ways on. */
  playsOn?(rules: V): boolean
}

export interface DescribeContext {
  side: string | null
  player: string | null
  rules: Readonly<Record<string, unknown>>
  /** What the period the play stands in is called (`2nd quarter`), where the fold tells; else the play has to name it. */
  periodName?: string | null
  /** What somebody on the roster is called; the people named in `data` are said by it. */
  nameOf?(id: string): string | null
  /** What `reduce` found out about it, where it counts. A play that is not folded yet has none: every sentence does without. */
  facts?: Facts
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
  /** What stands in the winner's cell of a period it did not need: baseball's `x`. */
  notNeeded?: string
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
  /**
   * What each outcome usually brings in its tables; 3, 1 and 0 for `win`, `draw` and `loss` unless given. Others are those of `outcome`, or
   * follow from how it ended: `overtimeWin overtimeLoss shootoutWin shootoutLoss forfeitWin forfeitLoss`; one not named counts as a plain
   * win, draw or loss.
   */
  tablePoints?: Readonly<{ win: number; draw: number; loss: number } & Record<string, number>>
  /** How its tables usually tell sides level on points apart, in order. */
  tieBreakers?: readonly string[]
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
  /** The pack, by id, that a new game of such sides is offered in place of the usual one: singles have rules of their own. */
  packFor?(kinds: Readonly<Record<Side, SideView['kind']>>): string | null
  /** The editable numbers of a pack: exactly the keys of its values. */
  ruleFields: Readonly<Record<keyof V & string, Field>>
  kinds: Readonly<Record<string, Kind>>
  initial(rules: V): S
  reduce(state: S, play: LoggedPlay, context: Context<V>): Step<S> | Refusal
  /** Called when a period opens or closes in a timed sport, and for `periodStart` / `periodEnd` plays in others. */
  onPeriod?(state: S, edge: 'start' | 'end', play: LoggedPlay, context: Context<V>): Step<S> | Refusal
  /** Somebody declares the game over: what was left open (a shoot-out broken off, one of which only the winner is told) is as it will stay. */
  onEnd?(state: S, end: { how: How; winner: Winner }, rules: V): S
  score(state: S, rules: V): Score
  columns(state: S, rules: V): Column[]
  /** What is counted towards the next unit of a column, as it is called: `40` and `AD` of a game in tennis. */
  points?(state: S, rules: V): { home: string; away: string }
  /** Sports without a clock: the period the state stands in. */
  period?(state: S, rules: V): PeriodView | null
  /** Sports that end themselves: the end, once reached. */
  end?(state: S, rules: V): { how: How; winner: Winner } | null
  /** Who has won if it ends as it stands, shoot-outs included. */
  winner(state: S, rules: V): Winner
  /**
   * The side that has won already where the game goes on until somebody ends it: a golden goal, a shoot-out that nothing can turn any more.
   * The console brings out the end. Null while play may still change it; what `end` finds needs no telling.
   */
  decided?(state: S, rules: V, period: number): Side | null
  /** Whose name stands first on boards by custom (in baseball who bats first); the home side's unless given. */
  namedFirst?(rules: V): Side
  /** How it was decided if it ends as it stands. */
  how?(state: S, rules: V, period: number): How
  detail(state: S, rules: V): Detail
  /** What runs beside the game's clock. Readers get them in `detail.timers`, with the time left when the clock was last said. */
  timers?(state: S, rules: V): readonly Timer[]
  /** Totals that belong beside the linescore. */
  totals?(detail: Detail): readonly Total[]
  /**
   * Actions that are due now (the conversion after a try), by id, with the side in front where it is that side's alone
   * (`home:conversion`): the console brings them out, without moving a key.
   */
  due?(detail: Detail): readonly string[]
  /**
   * Whether a key's question (`Action.ask`, `player` too) has an answer worth giving: not who threw a touchdown that was run in, not who comes
   * in after the last wicket. One answer of a choice is a question too, `how.ace`. The play as it was made, `was` and `now` the details around
   * it; every question has an answer unless given.
   */
  isAsked?(question: string, play: Pick<LoggedPlay, 'kind' | 'side' | 'data'>, was: Detail, now: Detail): boolean
  /** Where only one side acts at a time (baseball: who bats), the side whose keys the console shows. */
  activeSide?(detail: Detail): Side | null
  /** `worm`: each innings as a line, from `innings`. */
  chart: 'lead' | 'timeline' | 'worm'
  /** In sports whose innings are measured in overs or balls: those begun so far, in order, without what only breaks a tie. */
  innings?(state: S, rules: V): readonly InningsSoFar[]
  actions(rules: V): readonly Action[]
  /** Asked at the table before anything is scored: which side did this first. Null once `detail` knows. */
  opening?(detail: Detail): { ask: string; action: string } | null
  /** The key into `words` and its values for one play, and the keys of what follows it after a comma each: a fact, a clause. */
  describe(
    play: LoggedPlay,
    context: DescribeContext,
  ): { key: string; values?: Readonly<Record<string, string | number>>; clauses?: readonly string[] }
  /** When the play was, as this sport says it with the period (`45+2′`, `2nd 14.3`), of the reading its clock had; the reading itself unless given. */
  when?(play: LoggedPlay, context: { period: number; clockMs: number | null; rules: V; facts?: Facts }): string | null
  /** English sentences; `{player}`, `{side}`, the data fields that name somebody, and values in braces. Other languages are further tables of the same keys. */
  words: Readonly<Record<string, string>>
  /** What its own warning codes mean, a sentence each for whoever keeps the score. Readers are told the words `warning.CODE`, if any. */
  warnings?: Readonly<Record<string, string>>
  /**
   * A few words beside each side and in the middle, drawn from `detail`; whom it names is called as sides and roster have it, and a score is in
   * the order of the sides, where they are known.
   */
  glance?(game: Pick<Game, 'detail' | 'status' | 'period'> & Partial<Pick<Game, 'home' | 'away' | 'roster' | 'displayOrder'>>): Glance
  /** Whether a board row needs the columns to make sense (sets). */
  showColumns?: boolean
  /** The box score by its own conventions: of each side, then of both; tables without a row are left out. */
  box?(plays: readonly BoxPlay<S>[], rules: V): readonly BoxTable[]
  /** What the game was for each side in a table, where win, draw and loss say too little (a win in five sets). Called for counted games. */
  outcome?(game: Pick<Game, 'winner' | 'statusReason' | 'score' | 'detail' | 'linescore'>): Record<Side, string>
  /** Names of what a game brings beside its outcome (`tries`, `narrowLoss`); the league's points give each its worth. */
  bonus?(game: Pick<Game, 'winner' | 'statusReason' | 'score' | 'detail' | 'linescore'>): Record<Side, readonly string[]>
  /**
   * What counts for the net run rate: the runs a side made and the overs they are held to have taken (all of them when it was bowled out).
   * Null where the game brings nothing to it.
   */
  runRate?(
    game: Pick<Game, 'winner' | 'statusReason' | 'score' | 'detail' | 'linescore'>,
  ): Record<Side, { runs: number; overs: number }> | null
}
/** How far an innings has come. */
export interface InningsSoFar {
  side: Side
  /** Overs, part of one as a fraction, or balls; and as it is said, `6.3`. */
  at: number
  label: string
  /** As many as it may have; null where time is the limit. */
  most: number | null
  unit: 'over' | 'ball'
  runs: number
  wickets: number
}

export interface Glance {
  home?: string
  away?: string
  /**
   * Small, under the clock. Without a clock it is what stands largest between the scores: what comes before the first `, `, or the
   * figures at its end (`Tie-break 4–4`); at the console if those have seven characters at most. The page has its own word for a break and for the end.
   */
  middle?: string
  /** Who serves, bats or has the ball. */
  mark?: Side | null
  /** Occupied bases, 1 to 3. */
  bases?: readonly number[]
  /** What is counted within one turn: balls and strikes, `2–1`. */
  count?: string
  /** Small signs beside a side's name: cards, the bonus, a power play. `text` has four letters at most, `title` says it in full. */
  badges?: readonly { side: Side; text: string; tone: Tone; title: string }[]
  /**
   * Rows of small marks: the over being bowled, the kicks of a shoot-out. Of one player (who bats, who bowls) with the name behind the label,
   * where it is known, and the figures as they are, `34 (21)`.
   */
  marks?: readonly {
    label: string
    side?: Side
    playerId?: string
    figures?: string
    marks: readonly { text: string; tone: Tone; title?: string }[]
  }[]
}
export type Tone = 'plain' | 'accent' | 'good' | 'bad' | 'yellow' | 'red' | 'green' | 'blue'

/** Checks a sport whole where it is written, then forgets its state and rules types so that all of them fit one list. */
export function defineSport<S, V extends object>(sport: Sport<S, V>): Sport {
  return sport as unknown as Sport
}
