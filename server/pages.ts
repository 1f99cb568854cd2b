import { failure, type Result } from '#domain/errors.ts'
import type { Game, GameRow, Ref } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import { type StandingsRow, type StandingsRules, standings, standingsRules } from '#domain/standings.ts'
import type { Account } from './accounts.ts'
import { createBriefMemory } from './brief-memory.ts'
import type { Context } from './context.ts'
import { addDays, dayBounds, dayOf, isDay } from './games/days.ts'
import { guarded, presentPlay, presentRow } from './games/present.ts'
import { presentRecords, type Reader } from './games/read.ts'
import { type GameRecord, selectGames } from './games/rows.ts'
import type { Lobby } from './lobby.ts'
import { canModerate, canRead, canScore, canSeeWho } from './policies.ts'
import { createTeamPages, type TeamPage } from './team-page.ts'

/** Plays that come with a page; a longer game's older ones are fetched when asked for. */
const MAX_PAGE_PLAYS = 1_000
const STRIP_DAYS = 7
/** A table that many ask for in the same moment is read once; a play, a new or a deleted game drops it at once. */
const TABLE_MS = 1_000
const MAX_TABLES = 200
/** More than any season has: a table from a part of its games would be wrong. */
const MAX_TABLE_GAMES = 10_000

/** What the home page is drawn from. */
export interface Board {
  /** The day shown and today, `YYYY-MM-DD` in `timeZone`. */
  date: string
  today: string
  timeZone: string
  /** Games of the day, and everything live when the day is today, in order of start. */
  games: readonly GameRow[]
  /** Days around the one shown. */
  strip: { date: string; games: number; live: number }[]
  /** The nearest day with games when this one has none. */
  nearest: string | null
  competitions: (Ref & { sport: string })[]
  /** Counter of the lobby that the rows belong to. */
  n: number
}

export interface GamePage {
  game: Game
  plays: Play[]
  viewers: number
  canScore: boolean
  canModerate: boolean
  /** The matches of a tie, as rows with their names; and of a match the tie it is a part of. */
  parts?: GameRow[]
  tie?: GameRow
}

export interface CompetitionPage {
  competition: Ref & { sport: string }
  rows: StandingsRow[]
  games: readonly GameRow[]
}

type Table = Result<{ page: CompetitionPage }>

export interface Pages {
  board(query: { date?: string }): Promise<Board>
  game(account: Account | null, gameId: string): Promise<Result<{ page: GamePage }>>
  competition(competitionId: string): Promise<Table>
  competitions(): Promise<(Ref & { sport: string })[]>
  team(teamId: string): Promise<Result<{ page: TeamPage }>>
}

export function createPages(context: Context, reader: Reader, lobby: Lobby, viewersOf: (gameId: string) => number): Pages {
  const { db } = context.storage
  const zone = context.config.timeZone
  const publicGames = () => selectGames(db).where('g.visibility', '=', 'public').where('g.part_of', 'is', null)

  const competitions = async () => db.selectFrom('competitions').select(['id', 'name', 'sport']).orderBy('name').limit(500).execute()

  async function rowsOf(records: GameRecord[]): Promise<GameRow[]> {
    const games = await presentRecords(context, records)
    return games.flatMap(game => {
      const sport = context.sports.get(game.sport)
      return sport ? [presentRow(sport, game)] : []
    })
  }

  /** What a tie and its matches show of each other, as far as the reader may see it. */
  async function tieOf(account: Account | null, { partOf, parts }: Game): Promise<Pick<GamePage, 'parts' | 'tie'>> {
    const ids = parts ?? (partOf ? [partOf] : [])
    if (ids.length === 0) return parts ? { parts: [] } : {}
    const games = await presentRecords(context, (await selectGames(db).where('g.id', 'in', ids).execute()) as GameRecord[])
    const rows = ids.flatMap(id => {
      const game = games.find(one => one.id === id && canRead(account, guarded(one)))
      const sport = game && context.sports.get(game.sport)
      return game && sport ? [presentRow(sport, game)] : []
    })
    return parts ? { parts: rows } : { tie: rows[0] }
  }

  /** Games a day in the board's zone, for the days around one. */
  async function stripAround(day: string) {
    const days = Array.from({ length: STRIP_DAYS * 2 + 1 }, (_, i) => addDays(day, i - STRIP_DAYS))
    const from = dayBounds(days[0] as string, zone).from
    const to = dayBounds(days.at(-1) as string, zone).to
    const games = await db
      .selectFrom('games')
      .where('deleted_at', 'is', null)
      .where('visibility', '=', 'public')
      .where('part_of', 'is', null)
      .where('starts_at', '>=', from)
      .where('starts_at', '<', to)
      .select(['starts_at', 'status'])
      .limit(5_000)
      .execute()
    const counts = new Map(days.map(date => [date, { date, games: 0, live: 0 }]))
    for (const game of games) {
      const count = counts.get(dayOf(game.starts_at as number, zone))
      if (!count) continue
      count.games += 1
      if (game.status === 'live' || game.status === 'break') count.live += 1
    }
    return [...counts.values()]
  }

  async function nearestTo(day: string): Promise<string | null> {
    const { from, to } = dayBounds(day, zone)
    const timed = db
      .selectFrom('games')
      .where('deleted_at', 'is', null)
      .where('visibility', '=', 'public')
      .where('part_of', 'is', null)
      .select('starts_at')
    const [next] = await timed.where('starts_at', '>=', to).orderBy('starts_at').limit(1).execute()
    const [last] = await timed.where('starts_at', '<', from).orderBy('starts_at', 'desc').limit(1).execute()
    const found = [next, last].flatMap(row => (row?.starts_at == null ? [] : [row.starts_at]))
    const [closest] = found.sort((a, b) => Math.abs(a - from) - Math.abs(b - from))
    return closest === undefined ? null : dayOf(closest, zone)
  }

  const tables = createBriefMemory<Table>({ forMs: TABLE_MS, maxKeys: MAX_TABLES })
  const drop = ({ game }: { game: Game }) => {
    if (game.competition) tables.drop(game.competition.id)
  }
  context.bus.subscribe('played', drop)
  context.bus.subscribe('created', drop)
  context.bus.subscribe('competition', ({ competitionId }) => tables.drop(competitionId))
  // Only its id is told of a game that is gone, not where it was.
  context.bus.subscribe('removed', () => tables.clear())

  async function readTable(competitionId: string): Promise<Table> {
    const competition = await db
      .selectFrom('competitions')
      .where('id', '=', competitionId)
      .select(['id', 'name', 'sport', 'standings'])
      .executeTakeFirst()
    if (!competition) return failure('NOT_FOUND', 'No such competition.')
    const records = (await publicGames()
      .where('g.competition_id', '=', competitionId)
      .orderBy('g.starts_at', order => order.asc().nullsFirst())
      .orderBy('g.id')
      .limit(MAX_TABLE_GAMES)
      .execute()) as GameRecord[]
    const games = await presentRecords(context, records)
    const sport = context.sports.get(competition.sport)
    const given = competition.standings ? (JSON.parse(competition.standings) as Partial<StandingsRules>) : {}
    const rows = sport ? standings(games, standingsRules(sport, given), sport) : []
    const { standings: _standings, ...ref } = competition
    return {
      ok: true,
      page: {
        competition: ref,
        rows,
        games: games.flatMap(game => {
          const sport = context.sports.get(game.sport)
          return sport ? [presentRow(sport, game)] : []
        }),
      },
    }
  }

  async function competition(competitionId: string): Promise<Table> {
    if (competitionId.includes('\0')) return failure('NOT_FOUND', 'No such competition.')
    return tables.get(competitionId, () => readTable(competitionId))
  }

  return {
    competitions,
    competition,
    team: createTeamPages(context, competition),

    async board({ date }) {
      const today = dayOf(context.now(), zone)
      const day = date && isDay(date) ? date : today
      const { from, to } = dayBounds(day, zone)
      const live = await lobby.snapshot()
      const games =
        day === today
          ? live.games
          : await rowsOf(
              (await publicGames()
                .where('g.starts_at', '>=', from)
                .where('g.starts_at', '<', to)
                .orderBy('g.starts_at')
                .orderBy('g.id')
                .limit(500)
                .execute()) as GameRecord[],
            )
      const [strip, leagues] = await Promise.all([stripAround(day), competitions()])
      return {
        date: day,
        today,
        timeZone: zone,
        games,
        strip,
        nearest: games.length === 0 ? await nearestTo(day) : null,
        competitions: leagues,
        n: live.n,
      }
    },

    async game(account, gameId) {
      const found = await reader.open(account, gameId)
      if (!found.ok) return found
      const { open } = found
      const guard = guarded(open.game)
      const { head, sport, names, game } = open
      // The whole log where the page can hold it: the chart and every running score are folded from it.
      const isWhole = head.window.count === 0
      const listed = isWhole ? null : await reader.plays(account, gameId, Math.max(0, head.seq - MAX_PAGE_PLAYS), MAX_PAGE_PLAYS)
      if (listed && !listed.ok) return listed
      const seesWho = canSeeWho(account, guard)
      const plays =
        listed?.plays ??
        [...head.window.plays]
          .sort((a, b) => a.seq - b.seq)
          .map(play => presentPlay(sport, game, names, play, head.marks.get(play.seq), seesWho))
      // Plays that fell while the log was being read come with the first watch.
      return {
        ok: true,
        page: {
          game,
          plays: plays.filter(play => play.seq <= game.seq),
          viewers: viewersOf(gameId),
          canScore: canScore(account, guard),
          canModerate: canModerate(account, guard),
          ...(await tieOf(account, game)),
        },
      }
    },
  }
}
