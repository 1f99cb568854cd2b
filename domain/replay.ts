import { clockText, readClock } from './clock.ts'
import { currentPeriod, type Fold, isRefusal, openFold, step } from './fold.ts'
import type { Column, Score } from './game.ts'
import { type Displaced, displacedBy, isCorrection } from './log.ts'
import type { Facts, LoggedPlay, PlayMarks } from './play.ts'
import type { Sport, Step } from './sport.ts'
import { playedAs } from './tie.ts'

/** A play in its place, with what the fold says about it and where the game stood after it. */
export interface FoldedPlay {
  play: LoggedPlay
  marks: PlayMarks
  /** It stands and had its effect. */
  counts: boolean
  period: number
  periodLabel: string | null
  score: Score
  /** In sports of sets: the set under way, or just ended. */
  column: Score | null
  /** Where a column counts games: the points of the one under way, as they are called. */
  points: { home: string; away: string } | null
  /** The lead, the home side's positive; in sports of sets within the set. */
  margin: number
  /** What the clock showed: as the play says, else as it ran. */
  clockMs: number | null
  /** When it was, as the sport says it (`4:12`, `45+2′`); null where nothing tells. */
  when: string | null
}

export interface Replayed {
  fold: Fold
  plays: FoldedPlay[]
}

export const byOrder = (a: { order: string }, b: { order: string }) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0)

/** Folds a whole log, given in any order. */
export function replay(sport: Sport, rules: unknown, log: readonly LoggedPlay[]): Replayed {
  const corrections = log.filter(isCorrection).sort((a, b) => a.seq - b.seq)
  return continueFold(sport, rules, openFold(sport, rules), [...log].sort(byOrder), displacedBy(corrections))
}

/** Folds on from a known state over plays already in order of play. */
export function continueFold(
  sport: Sport,
  rules: unknown,
  from: Fold,
  plays: readonly LoggedPlay[],
  displaced: ReadonlyMap<number, Displaced>,
): Replayed {
  let fold = from
  const folded: FoldedPlay[] = []
  for (const play of plays) {
    const next = foldPlay(sport, rules, fold, play, displaced.get(play.seq))
    fold = next.fold
    folded.push(describeStep(sport, rules, fold, play, next))
  }
  return { fold, plays: folded }
}

/** One play of the log, displaced or not, and the marks it earns. */
export function foldPlay(
  sport: Sport,
  rules: unknown,
  fold: Fold,
  play: LoggedPlay,
  displaced: Displaced | undefined,
): { fold: Fold; marks: PlayMarks; counts: boolean; path?: string } {
  if (displaced) return { fold: passOver(fold, play, displaced), marks: displaced, counts: false }
  const outcome = step(sport, rules, fold, play)
  if (isRefusal(outcome)) return { fold: settled(fold), marks: { ignored: outcome.refuse }, counts: false, path: outcome.path }
  const { state, warnings } = outcome
  const facts = factsOf(sport, rules, play, outcome)
  const marks = { ...(warnings?.length ? { warnings } : {}), ...(facts && Object.keys(facts).length > 0 ? { facts } : {}) }
  return { fold: settled(state), marks, counts: true }
}

/** What the sport found out; of a start or an end, which period it was, where the play leaves that to the game. */
function factsOf(of: Sport, rules: unknown, { kind, period }: LoggedPlay, { state, facts }: Step<Fold>): Facts | undefined {
  if (kind !== 'periodStart' && kind !== 'periodEnd') return facts
  const sport = playedAs(of, rules)
  if (sport.timed) return period === undefined ? { period: state.period } : undefined
  const label = sport.period?.(state.sport, rules)?.label
  return label === undefined ? undefined : { period: label }
}

/** Whatever stands next to what was passed over is its newer form, or nothing is. */
function settled(fold: Fold): Fold {
  if (fold.replaced === undefined) return fold
  const { replaced: _, ...rest } = fold
  return rest
}

/** What was corrected was made when its first form was, whatever clock was read then. */
function passOver(fold: Fold, { seq, at, replaces }: LoggedPlay, { replacedBy, voidedBy }: Displaced): Fold {
  const first = replaces !== undefined && fold.replaced?.seq === replaces ? fold.replaced.at : null
  if (first === null && (replacedBy === undefined || voidedBy !== undefined)) return fold
  return { ...fold, replaced: { seq, at: first ?? at } }
}

function describeStep(of: Sport, rules: unknown, fold: Fold, play: LoggedPlay, next: { marks: PlayMarks; counts: boolean }): FoldedPlay {
  const sport = playedAs(of, rules)
  const score = sport.score(fold.sport, rules)
  const period = play.period ?? Math.max(1, currentPeriod(sport, rules, fold))
  const seen = sport.timed ? sport.timed.period(period, rules) : (sport.period?.(fold.sport, rules) ?? null)
  const clockMs = play.clockMs ?? reading(sport, rules, fold, play)
  const column = sport.showColumns ? columnOf(sport.columns(fold.sport, rules).at(-1)) : null
  const lead = column ?? score
  return {
    play,
    marks: next.marks,
    counts: next.counts,
    period,
    periodLabel: seen?.label ?? null,
    score,
    column,
    points: sport.points?.(fold.sport, rules) ?? null,
    margin: lead.home - lead.away,
    clockMs,
    when: sport.when
      ? sport.when(play, { period, clockMs, rules, facts: next.marks.facts })
      : clockMs === null
        ? null
        : clockText(clockMs, sport.timed?.direction(rules) ?? 'up', true),
  }
}

const columnOf = (column: Column | undefined): Score => ({ home: column?.home ?? 0, away: column?.away ?? 0 })

/** What a running clock showed at a play of the period under way. */
function reading(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): number | null {
  if (!sport.timed || !fold.clock?.running || (play.period !== undefined && play.period !== fold.period)) return null
  return readClock({ ...fold.clock, direction: sport.timed.direction(rules) }, Date.parse(play.at))
}
