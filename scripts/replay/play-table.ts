import type { Game } from '#domain/game.ts'
import type { StandingsRow } from '#domain/standings.ts'
import type { Api } from '#scripts/api.ts'
import { each } from './each.ts'
import { type GameLine, type Played, sayError, sendAll } from './play-game.ts'
import { compareTable, type Table, type TableRecord, tableOf } from './standings.ts'

/** Games of one table on their way at once. */
const AT_ONCE = 8

/** What is said of one table: as of a game, with the competition it became. */
export interface TableLine extends GameLine {
  competitionId: string | null
  games: number
}

/** Plays a whole season into a competition of its own and compares its table with the published one. */
export async function playTable(api: Api, { file, record }: { file: string; record: TableRecord }): Promise<Played> {
  const line: TableLine = {
    file,
    id: record.id,
    gameId: null,
    competitionId: null,
    games: record.results?.length ?? 0,
    ok: false,
    given: [],
  }
  const tell = (diff: string[], plays = 0): Played => {
    const isJudged = (record.expectedTable?.length ?? 0) > 0
    const why = diff.length === 0 && !isJudged ? 'the record has no table to compare with' : undefined
    return { line: { ...line, ok: diff.length === 0, ...(diff.length > 0 ? { diff } : {}), ...(why ? { why } : {}) }, plays, isJudged }
  }
  let table: Table
  try {
    table = tableOf(record)
  } catch (error) {
    return tell([`the record cannot be read: ${error instanceof Error ? error.message : String(error)}`])
  }
  const made = await api.post<{ competition: { id: string } }>('/api/v1/competitions', table.competition)
  if (!made.ok) return tell([`the competition was not created: ${sayError(made.error)}`])
  const competitionId = made.body.competition.id
  line.competitionId = competitionId

  const refused: string[] = []
  let plays = 0
  await each(table.games, AT_ONCE, async ({ game, plays: ofGame }) => {
    if (refused.length > 0) return
    const created = await api.post<{ game: Game }>('/api/v1/games', { ...game, competitionId })
    if (!created.ok) return void refused.push(`a game was not created: ${sayError(created.error)}`)
    plays += ofGame.length
    const why = await sendAll(api, created.body.game.id, ofGame)
    if (why) refused.push(why)
  })
  if (refused.length > 0) return tell(refused.slice(0, 1), plays)
  const read = await api.get<{ rows: StandingsRow[] }>(`/api/v1/competitions/${competitionId}/standings`)
  if (!read.ok) return tell([`the table cannot be read back: ${sayError(read.error)}`], plays)
  try {
    return tell(record.expectedTable ? compareTable(record, read.body.rows) : [], plays)
  } catch (error) {
    return tell([`the table cannot be compared: ${error instanceof Error ? error.message : String(error)}`], plays)
  }
}
