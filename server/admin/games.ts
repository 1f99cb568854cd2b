import { sql } from 'kysely'
import { failure, type Result } from '#domain/errors.ts'
import type { Game, GameRow, Ref } from '#domain/game.ts'
import { type StandingsRules, standingsRules } from '#domain/standings.ts'
import { type Competitions, type CompetitionView, UNPLAYED } from '../competitions.ts'
import type { Context } from '../context.ts'
import { presentRow } from '../games/present.ts'
import { presentRecords } from '../games/read.ts'
import { type GameRecord, selectGames } from '../games/rows.ts'
import { ORGANISATION } from '../organisation.ts'
import type { Account } from '../policies.ts'
import type { Acts } from './act.ts'

export const STAGES = ['live', 'next', 'done'] as const
export type Stage = (typeof STAGES)[number]

const STATUSES: Readonly<Record<Stage, readonly Game['status'][]>> = {
  live: ['live', 'break', 'suspended'],
  next: ['scheduled', 'postponed'],
  done: ['final', 'forfeited', 'abandoned', 'cancelled'],
}
const PAGE = 50

/** A row of the board with what only admins are shown. */
export type AdminGameRow = GameRow & Pick<Game, 'visibility' | 'chat' | 'official'>

export interface AdminCompetition extends Ref {
  sport: string
  games: number
  /** Of its games, those that have begun or were decided without. */
  played: number
  isDemo: boolean
}

export interface AdminCompetitionPage {
  competition: CompetitionView
  /** What its table is made by where nothing was said. */
  usual: StandingsRules
  teams: Ref[]
  games: number
  played: number
}

export interface AdminGames {
  /** Private games too. What comes is listed by its start, what was from the newest; `page` counts from 1. */
  list(
    account: Account | null,
    query: { stage: Stage; page: number },
  ): Promise<Result<{ games: AdminGameRow[]; counts: Record<Stage, number>; hasMore: boolean }>>
  competitions(account: Account | null): Promise<Result<{ competitions: AdminCompetition[] }>>
  /** What an admin may change of one. */
  competition(account: Account | null, id: string): Promise<Result<{ page: AdminCompetitionPage }>>
}

export function createAdminGames({ look }: Acts, context: Context, one: Pick<Competitions, 'get'>): AdminGames {
  const { db } = context.storage

  async function counts(): Promise<Record<Stage, number>> {
    const rows = await db
      .selectFrom('games')
      .where('organisation_id', '=', ORGANISATION)
      .where('deleted_at', 'is', null)
      .where('part_of', 'is', null)
      .select(['status', eb => eb.fn.countAll<number>().as('games')])
      .groupBy('status')
      .execute()
    const of = (stage: Stage) =>
      rows.filter(row => STATUSES[stage].some(status => status === row.status)).reduce((sum, row) => sum + Number(row.games), 0)
    return { live: of('live'), next: of('next'), done: of('done') }
  }

  /** By name; only this one, if one is named. */
  async function listed(id?: string): Promise<AdminCompetition[]> {
    const rows = await db
      .selectFrom('competitions as c')
      .leftJoin('games as g', join =>
        join.onRef('g.competition_id', '=', 'c.id').on('g.deleted_at', 'is', null).on('g.part_of', 'is', null),
      )
      .where('c.organisation_id', '=', ORGANISATION)
      .$if(id !== undefined, query => query.where('c.id', '=', id ?? ''))
      .select([
        'c.id',
        'c.name',
        'c.sport',
        'c.demo',
        eb => eb.fn.count<number>('g.id').as('games'),
        eb =>
          eb.fn
            .count<number>('g.id')
            .filterWhere('g.status', 'not in', [...UNPLAYED])
            .as('played'),
      ])
      .groupBy(['c.id', 'c.name', 'c.sport', 'c.demo'])
      .orderBy('c.name')
      .limit(500)
      .execute()
    return rows.map(({ demo, games, played, ...row }) => ({ ...row, games: Number(games), played: Number(played), isDemo: demo === 1 }))
  }

  return {
    list: (account, { stage, page }) =>
      look(account, async () => {
        if (!STAGES.includes(stage)) return failure('INVALID_PAYLOAD', `One of ${STAGES.join(', ')}.`, { path: 'stage' })
        if (!Number.isInteger(page) || page < 1 || page > 10_000) return failure('INVALID_PAYLOAD', 'No such page.', { path: 'page' })
        // Games without a time stand at the end of what comes.
        const start = sql`coalesce(g.starts_at, ${Number.MAX_SAFE_INTEGER})`
        const direction = stage === 'done' ? 'desc' : 'asc'
        const records = (await selectGames(db)
          .where('g.organisation_id', '=', ORGANISATION)
          .where('g.part_of', 'is', null)
          .where('g.status', 'in', [...STATUSES[stage]])
          .orderBy(start, direction)
          .orderBy('g.id')
          .offset((page - 1) * PAGE)
          .limit(PAGE + 1)
          .execute()) as GameRecord[]
        const games = await presentRecords(context, records.slice(0, PAGE))
        const rows = games.flatMap(game => {
          const sport = context.sports.get(game.sport)
          return sport ? [{ ...presentRow(sport, game), visibility: game.visibility, chat: game.chat, official: game.official }] : []
        })
        return { ok: true, games: rows, counts: await counts(), hasMore: records.length > PAGE }
      }),

    competitions: account => look(account, async () => ({ ok: true, competitions: await listed() })),

    competition: (account, id) =>
      look(account, async () => {
        const found = await one.get(id)
        if (!found.ok) return found
        const { competition } = found
        const sport = context.sports.get(competition.sport)
        const known = (await listed(id))[0]
        if (!sport || !known) return failure('NOT_FOUND', 'No such competition.')
        const teams = await db
          .selectFrom('teams')
          .where('competition_id', '=', id)
          .where('name', '<>', '')
          .select(['id', 'name'])
          .orderBy('name')
          .limit(500)
          .execute()
        return { ok: true, page: { competition, usual: standingsRules(sport), teams, games: known.games, played: known.played } }
      }),
  }
}
