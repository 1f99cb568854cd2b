import { type Axis, layAxis, type Stretch } from '#components/charts/axis.ts'
import { type LeadFacts, type LeadStep, leadFacts, leadSteps } from '#components/charts/lead.ts'
import { type Mark, timelineMarks } from '#components/charts/timeline.ts'
import { type Worm, wormOf } from '#components/charts/worm.ts'
import type { BoxPlay, BoxTable } from '#domain/box.ts'
import { boxOf, playByPlay } from '#domain/box-score.ts'
import type { Column, Game, Score } from '#domain/game.ts'
import { displacedBy, isCorrection } from '#domain/log.ts'
import { isBaseKind, type LoggedPlay, type Play, type Side } from '#domain/play.ts'
import { byOrder, type FoldedPlay } from '#domain/replay.ts'
import type { Glance, Sport, Total } from '#domain/sport.ts'
import { sayPlay, sayWarning } from '#domain/words.ts'
import { sayHere, saysOther } from './say.ts'
import { toldFor, type Unsaid, unsaidOf } from './unsaid.ts'
import { whenOf } from './when.ts'

/** A play as the page tells it, beside the play itself (by `seq`). Plain JSON: the server folds it for the first paint. */
export interface StoryRow {
  seq: number
  /** `Q4 2:07`, `67′`, `Top 3` */
  when: string
  /** What stands after it: the score, a set's games, a game's points. */
  tally: { home: string; away: string } | null
  /** Whose play it was: named by it, else who batted. */
  side: Side | null
  /** Who scored by it. */
  gain: Side | null
  /** Struck or set aside, and why. */
  note: { kind: 'corrected' | 'voided' | 'ignored'; by?: number; reason?: string } | null
  /** The play's sentence, where the fold knows more than the play itself says (which quarter begins). */
  text?: string
  /** What is odd about it, in a few words. */
  remark?: string
  /** Of what is gathered into one line: it came to more, the ball that was a walk. What follows is another batter's. */
  isDone?: true
}

export interface Story {
  epoch: string
  seq: number
  /** The log reaches back to the first play; without it there is neither a running score nor a chart. */
  isWhole: boolean
  /** In order of play. */
  rows: StoryRow[]
  chart: {
    kind: Sport['chart']
    stretches: Stretch[]
    now: number
    steps: LeadStep[]
    marks: Mark[]
    facts: LeadFacts
    /** Where the sport has innings of overs. */
    worm: Worm | null
  } | null
  /** The box score, by side and of both; empty where a sport has none, and of a log that is not whole. */
  box: readonly BoxTable[]
  labels: Sport['labels']
  isTimed: boolean
  /** The columns say more than the score (sets). */
  hasSets: boolean
}

/** What the game itself says in its sport's words. */
export interface Sayings {
  glance: Glance
  /** `4th quarter`; the short label where a sport has no longer name. */
  periodName: string | null
  /** What stands beside the linescore, the score apart. */
  totals: readonly Total[]
  /** Something may run beside the clock here: there is room for it before it does. */
  hasTimers: boolean
}

/** What of a game its plays are told with. */
export type ToldGame = Pick<Game, 'epoch' | 'seq' | 'rules' | 'home' | 'away' | 'roster'>

/** Folds the plays in order and tells what a page shows beside the game itself. Runs on the server and in the browser alike. */
export function tellStory(sport: Sport, game: ToldGame, plays: readonly Play[]): Story {
  const isWhole = plays.length === 0 ? game.seq === 0 : plays[0]?.seq === 1
  const rules = game.rules.values
  const told = isWhole ? foldRows(sport, game, plays) : { folded: [], rows: plainRows(sport, plays) }
  const axis = layAxis(sport, rules, told.folded)
  return {
    epoch: game.epoch,
    seq: plays.at(-1)?.seq ?? 0,
    isWhole,
    rows: told.rows,
    chart: isWhole ? chartOf(sport, rules, told.folded, axis) : null,
    box: boxOf(sport, rules, told.folded),
    labels: sport.labels,
    isTimed: sport.timed !== null,
    hasSets: sport.showColumns === true,
  }
}

export function sayGame(sport: Sport, game: Game): Sayings {
  const { period, rules } = game
  const name = period && (sport.timed?.period(period.number, rules.values)?.name ?? period.label)
  return {
    glance: sport.glance?.(game) ?? {},
    periodName: name,
    totals: sport.totals?.(game.detail) ?? [],
    hasTimers: sport.timers !== undefined || Object.values(sport.kinds).some(({ lasts }) => lasts),
  }
}

function chartOf(sport: Sport, rules: Rules, folded: readonly BoxPlay[], axis: Axis): Story['chart'] {
  const steps = leadSteps(folded, axis)
  const scored = folded.filter(({ counts }) => counts).map(({ play, score }) => ({ seq: play.seq, score }))
  // A run says something where both may score.
  const facts = leadFacts(steps, sport.showColumns || sport.activeSide ? [] : scored)
  const marks = sport.chart === 'timeline' ? timelineMarks(sport, folded, axis) : []
  const last = folded.at(-1)
  const columns = last && sport.showColumns ? sport.columns(last.after, rules) : []
  const stretches = axis.stretches.map((stretch, i) => ({ ...stretch, ...scoreIn(columns[i]) }))
  const worm = sport.chart === 'worm' ? wormOf(sport, rules, folded) : null
  return { kind: sport.chart, stretches, now: axis.now, steps, marks, facts, worm }
}

/** A set's score over its stretch of the chart; of a match tie-break its points. */
function scoreIn(column: Column | undefined): { score?: string } {
  if (!column) return {}
  const { home, away } = column.tiebreak && (column.home ?? 0) + (column.away ?? 0) <= 1 ? column.tiebreak : column
  return { score: `${home}–${away}` }
}

function foldRows(sport: Sport, game: ToldGame, plays: readonly Play[]): { folded: BoxPlay[]; rows: StoryRow[] } {
  const displaced = displacedBy(plays.filter(isCorrection).sort((a, b) => a.seq - b.seq))
  const unsaid = unsaidOf(plays, displaced)
  const rules = game.rules.values
  const stored = new Map(plays.map(({ seq, facts }) => [seq, facts]))
  const folded: BoxPlay[] = []
  const rows: StoryRow[] = []
  let before = tallyOf(sport, rules, sport.initial(rules))
  for (const { row, fold } of playByPlay(sport, rules, plays)) {
    const { play } = row
    const batting = before.batting
    const after = tallyOf(sport, rules, row.after)
    const said = row.counts ? tell(before, after, play) : { tally: null, gain: null }
    folded.push(row)
    if (!unsaid.has(play.seq) && sport.kinds[play.kind]?.attack !== 'set')
      rows.push({
        seq: play.seq,
        when: play.kind === 'void' || NOT_PLAYED.has(fold.status) ? '' : whenOf(sport, row),
        side: play.side ?? said.gain ?? (isBaseKind(play.kind) ? null : batting),
        ...said,
        note: noteOf(row.marks, unsaid),
        ...(PERIOD_EDGES.has(play.kind)
          ? { text: sayEdge(sport, rules, row) }
          : saysOther(stored.get(play.seq), row.marks.facts)
            ? { text: sayHere(sport, game, play, { facts: row.marks.facts }) }
            : {}),
        ...remarkOf(sport, row.marks),
        ...doneOf(sport, play.kind, row.marks.facts),
      })
    before = after
  }
  return { folded, rows }
}

const PERIOD_EDGES: ReadonlySet<string> = new Set(['periodStart', 'periodEnd'])

/** `2nd quarter begins`, also where the play left it to the game which quarter that is. */
function sayEdge(sport: Sport, rules: Rules, { play, period, periodLabel }: FoldedPlay): string {
  const periodName = sport.timed?.period(period, rules)?.name ?? periodLabel
  return sayPlay(sport, play, { side: null, player: null, rules, periodName })
}

function remarkOf(sport: Sport, { warnings = [] }: FoldedPlay['marks']): { remark?: string } {
  const said = warnings.flatMap(code => sayWarning(sport, code) ?? [])
  return said.length > 0 ? { remark: said.join(', ') } : {}
}

const doneOf = ({ labels }: Sport, kind: string, facts: Play['facts']): { isDone?: true } =>
  facts && labels.gathered?.includes(kind) ? { isDone: true } : {}

const NOT_PLAYED: ReadonlySet<string> = new Set(['scheduled', 'postponed', 'cancelled'])

type Rules = Game['rules']['values']

interface Tally {
  columns: number
  main: Score
  /** Points of a game under way, as a scoreboard has them. */
  points: { home: string; away: string } | null
  batting: Side | null
}

/** The score, or in sports of sets the set under way and the points of its game. */
function tallyOf(sport: Sport, rules: unknown, state: unknown): Tally {
  const { points, batting = null } = sport.detail(state, rules) as { points?: { home: string; away: string }; batting?: Side }
  if (!sport.showColumns) return { columns: 0, main: sport.score(state, rules), points: null, batting }
  const columns = sport.columns(state, rules)
  const last: Column | undefined = columns.at(-1)
  return {
    columns: columns.length,
    main: { home: last?.home ?? 0, away: last?.away ?? 0 },
    points: points ?? null,
    batting,
  }
}

function tell(before: Tally, after: Tally, play: LoggedPlay): Pick<StoryRow, 'tally' | 'gain'> {
  const base = after.columns > before.columns ? { home: 0, away: 0 } : before.main
  const gain: Side | null = after.main.home > base.home ? 'home' : after.main.away > base.away ? 'away' : null
  const hasMoved = gain !== null || after.main.home !== base.home || after.main.away !== base.away
  if (hasMoved) return { tally: { home: String(after.main.home), away: String(after.main.away) }, gain }
  return { tally: isBaseKind(play.kind) ? null : after.points, gain: null }
}

function noteOf({ voidedBy, replacedBy, ignored }: FoldedPlay['marks'], unsaid: Unsaid): StoryRow['note'] {
  if (replacedBy !== undefined) return { kind: 'corrected', by: toldFor(replacedBy, unsaid) }
  if (voidedBy !== undefined) return { kind: 'voided', by: voidedBy }
  return ignored === undefined ? null : { kind: 'ignored', reason: ignored }
}

/** Of a log without its beginning: what the plays say of themselves. */
function plainRows(sport: Sport, plays: readonly Play[]): StoryRow[] {
  const displaced = new Map(plays.filter(({ voidedBy, replacedBy }) => voidedBy ?? replacedBy).map(play => [play.seq, play]))
  const unsaid = unsaidOf(plays, displaced)
  return [...plays]
    .sort(byOrder)
    .filter(({ seq }) => !unsaid.has(seq))
    .map(play => ({
      seq: play.seq,
      when: play.period ? String(play.period) : '',
      side: play.side ?? null,
      tally: null,
      gain: null,
      note: noteOf(play, unsaid),
      ...doneOf(sport, play.kind, play.facts),
    }))
}
