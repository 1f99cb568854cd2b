import { failure, type Result } from '#domain/errors.ts'
import type { Game, GameRow, Ref, SideView } from '#domain/game.ts'
import type { StandingsRow } from '#domain/standings.ts'
import { createBriefMemory } from './brief-memory.ts'
import type { Context } from './context.ts'
import { presentRow } from './games/present.ts'
import { presentRecords } from './games/read.ts'
import { type GameRecord, selectGames, startOrLast } from './games/rows.ts'
import type { CompetitionPage } from './pages.ts'

export interface TeamPage {
  team: SideView
  /** What everybody may read of its games, the newest first. */
  games: readonly GameRow[]
  /** The tables it stands in: its own row, and those around it. */
  tables: { competition: Ref & { sport: string }; rows: StandingsRow[]; teams: number }[]
}

/** Of a side with more games than any team plays in years the oldest are left out. */
const MAX_GAMES = 500
const MAX_TABLES = 10
/** Rows of a table around the team's own. */
const AROUND = 5
/** A page that many ask for in the same moment is read once; a play in one of its games drops it at once. */
const KEPT_MS = 1_000
const MAX_KEPT = 200

type Answer = Result<{ page: TeamPage }>
type ReadCompetition = (competitionId: string) => Promise<Result<{ page: CompetitionPage }>>

/** The page of a team. It is the same for every reader: a team that only private or unlisted games know is known to nobody here. */
export function createTeamPages(context: Context, competition: ReadCompetition): (teamId: string) => Promise<Answer> {
  const { db } = context.storage
  const kept = createBriefMemory<Answer>({ forMs: KEPT_MS, maxKeys: MAX_KEPT })
  const drop = ({ game: { home, away } }: { game: Pick<Game, 'home' | 'away'> }) => {
    kept.drop(home.id)
    kept.drop(away.id)
  }
  context.bus.subscribe('played', drop)
  context.bus.subscribe('created', drop)
  context.bus.subscribe('competition', () => kept.clear())
  // Only its id is told of a game that is gone, not who played it.
  context.bus.subscribe('removed', () => kept.clear())

  const gamesOf = (teamId: string) =>
    selectGames(db)
      .where('g.visibility', '=', 'public')
      .where('g.part_of', 'is', null)
      // Each half has an index of its own.
      .where('g.id', 'in', eb =>
        eb
          .selectFrom('games')
          .where('home_id', '=', teamId)
          .select('games.id')
          .unionAll(eb.selectFrom('games').where('away_id', '=', teamId).select('games.id')),
      )
      .orderBy(startOrLast, 'desc')
      .orderBy('g.id')
      .limit(MAX_GAMES)

  async function tableOf(teamId: string, competitionId: string): Promise<TeamPage['tables']> {
    const found = await competition(competitionId)
    const place = found.ok ? found.page.rows.findIndex(row => row.team.id === teamId) : -1
    if (!found.ok || place < 0) return []
    const { competition: ref, rows } = found.page
    const from = Math.max(0, Math.min(place - Math.floor(AROUND / 2), rows.length - AROUND))
    return [{ competition: ref, rows: rows.slice(from, from + AROUND), teams: rows.length }]
  }

  async function read(teamId: string): Promise<Answer> {
    const games = await presentRecords(context, (await gamesOf(teamId).execute()) as GameRecord[])
    const team = games.flatMap(({ home, away }) => [home, away]).find(side => side.id === teamId)
    if (!team) return failure('NOT_FOUND', 'No such team.')
    const competitions = byWeight(games.flatMap(game => game.competition?.id ?? [])).slice(0, MAX_TABLES)
    return {
      ok: true,
      page: {
        team,
        games: games.flatMap(game => {
          const sport = context.sports.get(game.sport)
          return sport ? [presentRow(sport, game)] : []
        }),
        tables: (await Promise.all(competitions.map(id => tableOf(teamId, id)))).flat(),
      },
    }
  }

  return async teamId => (teamId.includes('\0') ? failure('NOT_FOUND', 'No such team.') : kept.get(teamId, () => read(teamId)))
}

/** Each once, the most frequent first. */
function byWeight(ids: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a).map(([id]) => id)
}
