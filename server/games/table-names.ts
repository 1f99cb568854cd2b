import type { Kysely, SelectQueryBuilder } from 'kysely'
import type { Database } from '../storage/schema.ts'
import type { Statement } from '../storage/storage.ts'

/** Teams by their ids. */
export type SomeTeams = SelectQueryBuilder<Database, 'teams', { id: string }>

/** As a competition keeps what it says of its table. */
interface Tables {
  deductions?: { team: string }[]
  fairPlay?: { team: string }[]
  decisions?: { teams: string[] }[]
}

/** A competition's rules for its table name sides: these stand there by their ids from now on, whatever they are called. */
export async function byIdInTables(db: Kysely<Database>, teams: SomeTeams): Promise<Statement[]> {
  const rows = await db
    .selectFrom('teams as t')
    .innerJoin('competitions as c', 'c.id', 't.competition_id')
    .where('t.id', 'in', teams)
    .where('c.standings', 'is not', null)
    .select(['t.id', 't.name', 'c.id as competition', 'c.standings'])
    .execute()
  return [...new Set(rows.map(row => row.competition))].flatMap(competition => {
    const sides = rows.filter(row => row.competition === competition)
    const before = sides[0]?.standings ?? ''
    const ids = new Map(sides.map(side => [side.name, side.id]))
    const { deductions, fairPlay, decisions, ...rest } = JSON.parse(before) as Tables
    const byId = <T extends { team: string }>(entry: T): T => ({ ...entry, team: ids.get(entry.team) ?? entry.team })
    const after = JSON.stringify({
      ...rest,
      ...(deductions ? { deductions: deductions.map(byId) } : {}),
      ...(fairPlay ? { fairPlay: fairPlay.map(byId) } : {}),
      ...(decisions ? { decisions: decisions.map(entry => ({ ...entry, teams: entry.teams.map(team => ids.get(team) ?? team) })) } : {}),
    })
    return [
      {
        query: db
          .updateTable('competitions')
          .set({ standings: after })
          .where('id', '=', competition)
          .where('standings', '=', before)
          .compile(),
        // Somebody else changes this table: read anew.
        expect: 1,
      },
    ]
  })
}
