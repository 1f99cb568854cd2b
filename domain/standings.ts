import type { Game, Status, Winner } from './game.ts'

/** How a competition counts. Points per outcome; then what separates sides level on points, in order. */
export interface StandingsRules {
  points: { win: number; draw: number; loss: number }
  tieBreakers: readonly TieBreaker[]
  /** Points taken away, by team name. */
  deductions: readonly { team: string; points: number; reason?: string }[]
}
export const TIE_BREAKERS = ['difference', 'for', 'wins', 'head-to-head', 'name'] as const
export type TieBreaker = (typeof TIE_BREAKERS)[number]

export interface StandingsRow {
  position: number
  team: { id: string; name: string; color: string | null }
  played: number
  won: number
  drawn: number
  lost: number
  for: number
  against: number
  points: number
  deduction: number
  /** What put this row above the next: `points`, or the tie-breaker that told them apart. */
  decidedBy: 'points' | TieBreaker | null
}

type Played = Pick<Game, 'home' | 'away' | 'score'> & { status: Status; winner: Winner }
const COUNTED: ReadonlySet<Status> = new Set(['final', 'forfeited'])

/** The table from the games that are over. Sides without a game yet stand in it with nothing. */
export function standings(games: readonly Played[], rules: StandingsRules): StandingsRow[] {
  const rows = new Map<string, StandingsRow>()
  const rowOf = (side: Game['home']) => {
    const row = rows.get(side.id) ?? emptyRow(side, rules)
    rows.set(side.id, row)
    return row
  }
  const counted = games.filter(game => COUNTED.has(game.status) && game.winner !== null)
  for (const game of games) for (const side of [game.home, game.away]) rowOf(side)
  for (const game of counted) {
    count(
      rowOf(game.home),
      game.score.home,
      game.score.away,
      game.winner === 'draw' ? 'draw' : game.winner === 'home' ? 'win' : 'loss',
      rules,
    )
    count(
      rowOf(game.away),
      game.score.away,
      game.score.home,
      game.winner === 'draw' ? 'draw' : game.winner === 'away' ? 'win' : 'loss',
      rules,
    )
  }
  const sorted = [...rows.values()].sort((a, b) => compare(a, b, counted, rules).order)
  return sorted.map((row, i) => {
    const next = sorted[i + 1]
    return { ...row, position: i + 1, decidedBy: next ? compare(row, next, counted, rules).by : null }
  })
}

function emptyRow(side: Game['home'], rules: StandingsRules): StandingsRow {
  const deduction = rules.deductions.filter(entry => entry.team === side.name).reduce((sum, entry) => sum + entry.points, 0)
  const team = { id: side.id, name: side.name, color: side.color }
  return { position: 0, team, played: 0, won: 0, drawn: 0, lost: 0, for: 0, against: 0, points: -deduction, deduction, decidedBy: null }
}

function count(row: StandingsRow, made: number, conceded: number, outcome: 'win' | 'draw' | 'loss', rules: StandingsRules): void {
  row.played += 1
  row.for += made
  row.against += conceded
  row.points += rules.points[outcome]
  if (outcome === 'win') row.won += 1
  else if (outcome === 'draw') row.drawn += 1
  else row.lost += 1
}

function compare(
  a: StandingsRow,
  b: StandingsRow,
  games: readonly Played[],
  rules: StandingsRules,
): { order: number; by: StandingsRow['decidedBy'] } {
  if (a.points !== b.points) return { order: b.points - a.points, by: 'points' }
  for (const by of rules.tieBreakers) {
    const order = by === 'head-to-head' ? headToHead(b, a, games, rules) - headToHead(a, b, games, rules) : measure(b, by) - measure(a, by)
    if (order !== 0) return { order, by }
  }
  return { order: a.team.name < b.team.name ? -1 : a.team.name > b.team.name ? 1 : 0, by: 'name' }
}

function measure(row: StandingsRow, by: TieBreaker): number {
  if (by === 'difference') return row.for - row.against
  if (by === 'for') return row.for
  return by === 'wins' ? row.won : 0
}

/** Points `a` took from its games against `b`. */
function headToHead(a: StandingsRow, b: StandingsRow, games: readonly Played[], rules: StandingsRules): number {
  let points = 0
  for (const game of games) {
    const isHome = game.home.id === a.team.id && game.away.id === b.team.id
    if (!isHome && !(game.away.id === a.team.id && game.home.id === b.team.id)) continue
    const own = isHome ? 'home' : 'away'
    points += game.winner === 'draw' ? rules.points.draw : game.winner === own ? rules.points.win : rules.points.loss
  }
  return points
}
