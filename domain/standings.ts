import type { Game, Status, Winner } from './game.ts'
import { SIDES, type Side } from './play.ts'
import { isMeant, rank, type Team } from './ranking.ts'
import type { Sport } from './sport.ts'
import { isTie } from './tie.ts'
import { emptyTally, percentageOf, type Tally, type TieBreaker, tieBreakerOf } from './tie-breakers.ts'

/** How a competition counts. What it leaves out is as its sport's tables usually have it. */
export interface StandingsRules {
  /** What an outcome or a bonus is worth, by its name. One that is not named is worth what it is a kind of: `overtimeLoss` a `loss`. */
  points: Readonly<{ win: number; draw: number; loss: number } & Record<string, number>>
  /** The rules in order. Points come first, unless the list says where they come or begins with `percentage`. */
  tieBreakers: readonly TieBreaker[]
  /** Points taken away, by team name, or id where a side lost its name; several of one team add up. */
  deductions: readonly Deduction[]
  /**
   * Once a rule has parted some of the sides that are level, the others are compared `again`, by their own games alone, from the first rule
   * about them on; or they go on with the next rule, in the games of all that were level (`once`).
   */
  headToHead: 'again' | 'once'
  /** Points for conduct, by team name: the fewer the better. */
  fairPlay: readonly { team: string; points: number }[]
  /** What was decided beside the games, by `playoff` or `lots`: names of teams, the best first. */
  decisions: readonly { by: 'playoff' | 'lots'; teams: readonly string[] }[]
}
export interface Deduction {
  team: string
  points: number
  reason?: string
  /** `YYYY-MM-DD` */
  date?: string
}

export interface StandingsRow {
  position: number
  team: { id: string; name: string; color: string | null }
  played: number
  won: number
  drawn: number
  lost: number
  for: number
  against: number
  /** Deductions taken off. */
  points: number
  deduction: number
  /** Why and when points were taken away. */
  deductions?: Deduction[]
  /** Of the points, those that came beside the outcomes. */
  bonus: number
  /** How often each outcome was had, by its name. */
  outcomes: Record<string, number>
  /** Games won of those played, a draw being half of one, from 0 to 1; null before the first. */
  percentage: number | null
  /** Half the games by which its wins and losses fall short of the first row's. */
  gamesBehind: number
  /** The games among the sides that were level when their own games were looked at; null where they were not. */
  headToHead: Pick<Tally, 'played' | 'won' | 'drawn' | 'lost' | 'for' | 'against' | 'points'> | null
  /** What put this row above the next: `points`, or the rule that told them apart. Null in the last row. */
  decidedBy: TieBreaker | null
}

export type TableSport = Pick<Sport, 'labels' | 'outcome' | 'bonus' | 'runRate'>
export type TableGame = Pick<Game, 'home' | 'away' | 'score' | 'statusReason' | 'detail' | 'linescore'> & {
  status: Status
  winner: Winner
  rules?: Game['rules']
}

/** A plain result, and what it is worth unless the competition has a word for this one. */
const FALLBACKS: Readonly<Record<string, string>> = {
  overtimeWin: 'win',
  overtimeLoss: 'loss',
  shootoutWin: 'overtimeWin',
  shootoutLoss: 'overtimeLoss',
  forfeitWin: 'win',
  forfeitLoss: 'loss',
}
/** Without a winner, since too little was played; counts only where the points name it. */
const NO_RESULT = 'noResult'
const USUAL_POINTS = { win: 3, draw: 1, loss: 0 }
const USUAL_ORDER: readonly TieBreaker[] = ['difference', 'for', 'head-to-head']

/** What points may be given for in this sport. */
export const outcomesOf = ({ labels }: Pick<Sport, 'labels'>): readonly string[] => [
  ...new Set(['win', 'draw', 'loss', ...Object.keys(FALLBACKS), NO_RESULT, ...Object.keys(labels.tablePoints ?? {})]),
]

/** What a competition says, over what is usual in its sport. Points of its own stand for themselves: no refinement of the sport's is added. */
export function standingsRules(sport: Pick<Sport, 'labels'>, given: Partial<StandingsRules> = {}): StandingsRules {
  const usual = { ...USUAL_POINTS, ...sport.labels.tablePoints }
  const order = sport.labels.tieBreakers?.flatMap(name => tieBreakerOf(name) ?? [])
  return {
    points: given.points ? { win: usual.win, draw: usual.draw, loss: usual.loss, ...(given.points as Record<string, number>) } : usual,
    tieBreakers: given.tieBreakers?.length ? given.tieBreakers : order?.length ? order : USUAL_ORDER,
    deductions: given.deductions ?? [],
    headToHead: given.headToHead ?? 'again',
    fairPlay: given.fairPlay ?? [],
    decisions: given.decisions ?? [],
  }
}

/** A counted game, and what it was for either side. */
interface Counted {
  game: TableGame
  outcomes: Record<Side, string>
}

/** The table from the games that are over. Sides without a game yet stand in it with nothing. */
export function standings(games: readonly TableGame[], rules: StandingsRules, sport: TableSport): StandingsRow[] {
  const counted = games.flatMap(game => count(game, rules, sport) ?? [])
  const sides = new Map(games.flatMap(({ home, away }) => [home, away]).map(side => [side.id, side]))
  const tallies = tally(counted, rules, sport)
  const teams = [...sides.values()].map(({ id, name, color }): Team => {
    const deduction = rules.deductions.reduce((sum, { team, points }) => (isMeant(team, { id, name }) ? sum + points : sum), 0)
    return { ref: { id, name, color }, deduction, tally: tallies.get(id) ?? emptyTally() }
  })
  const ranked = rank(teams, rules, group => tally(among(group, counted), rules, sport))
  const first = ranked[0]?.team.tally
  return ranked.map(({ team, by, mini }, i) => {
    const { tally, deduction, ref } = team
    const { played, won, drawn, lost, bonus, outcomes } = tally
    const taken = rules.deductions.filter(({ team }) => isMeant(team, ref)).map(entry => ({ ...entry, team: ref.name }))
    return {
      position: i + 1,
      team: ref,
      played,
      won,
      drawn,
      lost,
      for: tally.for,
      against: tally.against,
      points: tally.points - deduction,
      deduction,
      ...(taken.length > 0 ? { deductions: taken } : {}),
      bonus,
      outcomes,
      percentage: percentageOf(tally),
      gamesBehind: first ? (first.won - won + lost - first.lost) / 2 : 0,
      headToHead: mini && meetings(mini),
      decidedBy: by,
    }
  })
}

const meetings = ({ played, won, drawn, lost, for: made, against, points }: Tally) => ({
  played,
  won,
  drawn,
  lost,
  for: made,
  against,
  points,
})

/** What a game was for its sides; null where it counts for nobody. */
function count(game: TableGame, rules: StandingsRules, sport: TableSport): Counted | null {
  const { status, winner, statusReason } = game
  if (status !== 'final' && status !== 'forfeited') return null
  if (winner === null) {
    if (statusReason !== 'no-result' || rules.points[NO_RESULT] === undefined) return null
    return { game, outcomes: { home: NO_RESULT, away: NO_RESULT } }
  }
  const own = isOwn(game) ? sport.outcome?.(game) : undefined
  if (own) return { game, outcomes: own }
  if (winner === 'draw') return { game, outcomes: { home: 'draw', away: 'draw' } }
  const how = status === 'forfeited' ? 'forfeit' : (MANNERS[statusReason ?? ''] ?? null)
  const named = (side: Side) => (how ? `${how}${side === winner ? 'Win' : 'Loss'}` : side === winner ? 'win' : 'loss')
  return { game, outcomes: { home: named('home'), away: named('away') } }
}
const MANNERS: Readonly<Record<string, string>> = { overtime: 'overtime', golden: 'overtime', shootout: 'shootout' }

/** Played, and under the sport's own rules: what else its tables count can be read off it. */
const isOwn = ({ status, rules }: TableGame) => status === 'final' && !isTie(rules?.values)

/** What an outcome brings: its own points, else those of what it is a kind of, else those of the plain result. */
function worth(outcome: string, result: 'win' | 'draw' | 'loss', { points }: StandingsRules): number {
  for (let name: string | undefined = outcome; name !== undefined; name = FALLBACKS[name]) {
    if (Object.hasOwn(points, name)) return points[name] ?? 0
  }
  return points[result]
}

function tally(counted: readonly Counted[], rules: StandingsRules, sport: TableSport): Map<string, Tally> {
  const tallies = new Map<string, Tally>()
  for (const { game, outcomes } of counted) {
    const bonus = isOwn(game) ? sport.bonus?.(game) : undefined
    const rate = isOwn(game) ? sport.runRate?.(game) : undefined
    for (const side of SIDES) {
      const { id } = game[side]
      const own = tallies.get(id) ?? emptyTally()
      tallies.set(id, own)
      const away: Side = side === 'home' ? 'away' : 'home'
      const result = game.winner === 'draw' ? 'draw' : game.winner === side ? 'win' : 'loss'
      own.played += 1
      if (game.winner === 'draw') own.drawn += 1
      else if (game.winner === side) own.won += 1
      else if (game.winner !== null) own.lost += 1
      own.for += game.score[side]
      own.against += game.score[away]
      own.outcomes[outcomes[side]] = (own.outcomes[outcomes[side]] ?? 0) + 1
      const more = (bonus?.[side] ?? []).reduce((sum, name) => sum + (rules.points[name] ?? 0), 0)
      own.bonus += more
      own.points += worth(outcomes[side], result, rules) + more
      if (side === 'away') {
        own.awayFor += game.score.away
        if (game.winner === 'away') own.awayWon += 1
      }
      for (const column of game.linescore.columns) {
        own.columnsFor += column[side] ?? 0
        own.columnsAgainst += column[away] ?? 0
      }
      if (rate) {
        own.runs.for += rate[side].runs
        own.runs.overs += rate[side].overs
        own.runs.against += rate[away].runs
        own.runs.oversAgainst += rate[away].overs
      }
    }
  }
  return tallies
}

function among(group: readonly Team[], counted: readonly Counted[]): Counted[] {
  const ids = new Set(group.map(team => team.ref.id))
  return counted.filter(({ game }) => ids.has(game.home.id) && ids.has(game.away.id))
}
