import { clockText, readClock } from './clock.ts'
import { currentPeriod, type Fold, isRefusal, openFold, step } from './fold.ts'
import type { Score } from './game.ts'
import { type Displaced, displacedBy, isCorrection } from './log.ts'
import type { LoggedPlay, PlayMarks } from './play.ts'
import type { Sport } from './sport.ts'
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
  return { fold: settled(outcome.state), marks: outcome.warnings?.length ? { warnings: outcome.warnings } : {}, counts: true }
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
  return {
    play,
    marks: next.marks,
    counts: next.counts,
    period,
    periodLabel: seen?.label ?? null,
    score,
    margin: sport.margin?.(fold.sport, rules) ?? score.home - score.away,
    clockMs,
    when: sport.when
      ? sport.when(play, { period, clockMs, rules })
      : clockMs === null
        ? null
        : clockText(clockMs, sport.timed?.direction(rules) ?? 'up', true),
  }
}

/** What a running clock showed at a play of the period under way. */
function reading(sport: Sport, rules: unknown, fold: Fold, play: LoggedPlay): number | null {
  if (!sport.timed || !fold.clock?.running || (play.period !== undefined && play.period !== fold.period)) return null
  return readClock({ ...fold.clock, direction: sport.timed.direction(rules) }, Date.parse(play.at))
}
