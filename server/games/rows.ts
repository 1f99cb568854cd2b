import { type CompiledQuery, type Kysely, type Selectable, sql } from 'kysely'
import type { SideView } from '#domain/game.ts'
import type { Facts, LoggedPlay, PlayMarks } from '#domain/play.ts'
import type { Database, GameTable, MarkTable, PlayTable } from '#server/storage/schema.ts'
import { calledAs } from './called.ts'
import type { GameMeta } from './present.ts'
import { calledAnew } from './sides.ts'

export type GameRecord = Selectable<GameTable> & {
  organisation_name: string
  competition_name: string | null
  season_name: string | null
  round_name: string | null
} & { [K in `${'home' | 'away'}_${'name' | 'short_name' | 'abbr' | 'kind'}`]: string } & {
  home_color: string | null
  away_color: string | null
}

export type MemberRecord = { team_id: string; id: string; name: string }

/** Later than any time of the calendar: a start that is not known yet sorts last. */
export const UNKNOWN_START = 253_402_300_799_999
export const startOrLast = sql<number>`coalesce(g.starts_at, ${UNKNOWN_START})`

/** Games with the names around them. */
export function selectGames(db: Kysely<Database>) {
  return db
    .selectFrom('games as g')
    .innerJoin('organisations as o', 'o.id', 'g.organisation_id')
    .innerJoin('teams as h', 'h.id', 'g.home_id')
    .innerJoin('teams as a', 'a.id', 'g.away_id')
    .leftJoin('competitions as c', 'c.id', 'g.competition_id')
    .leftJoin('seasons as s', 's.id', 'g.season_id')
    .leftJoin('rounds as r', 'r.id', 'g.round_id')
    .where('g.deleted_at', 'is', null)
    .selectAll('g')
    .select([
      'o.name as organisation_name',
      'c.name as competition_name',
      's.name as season_name',
      'r.name as round_name',
      'h.name as home_name',
      'h.short_name as home_short_name',
      'h.abbr as home_abbr',
      'h.kind as home_kind',
      'h.color as home_color',
      'a.name as away_name',
      'a.short_name as away_short_name',
      'a.abbr as away_abbr',
      'a.kind as away_kind',
      'a.color as away_color',
    ])
}

export const gameRecord = (db: Kysely<Database>, id: string): CompiledQuery => selectGames(db).where('g.id', '=', id).compile()

/** The people of the given games' sides, where a side is a person or a pair. */
export const membersOf = (db: Kysely<Database>, gameId: string): CompiledQuery =>
  db
    .selectFrom('games as g')
    .innerJoin('team_members as m', join =>
      join.on(on => on.or([on('m.team_id', '=', on.ref('g.home_id')), on('m.team_id', '=', on.ref('g.away_id'))])),
    )
    .innerJoin('persons as p', 'p.id', 'm.person_id')
    .where('g.id', '=', gameId)
    .select(['m.team_id', 'p.id', 'p.name'])
    .orderBy('m.position')
    .compile()

export const rosterOf = (db: Kysely<Database>, gameId: string): CompiledQuery =>
  db
    .selectFrom('rosters as r')
    .innerJoin('persons as p', 'p.id', 'r.person_id')
    .where('r.game_id', '=', gameId)
    .select(['r.person_id', 'r.side', 'r.number', 'p.name'])
    .orderBy('r.number', order => order.asc().nullsFirst())
    .orderBy('p.name')
    .compile()

/** In no order, and by number: asked for what is not null, or by seq, SQLite goes through all plays of the game instead of their index. */
export const correctionsOf = (db: Kysely<Database>, gameId: string): CompiledQuery =>
  db.selectFrom('plays').where('game_id', '=', gameId).where('corrects', '>=', 1).select(['seq', 'kind', 'voids', 'replaces']).compile()

/**
 * The newest checkpoint that the newest plays by arrival, so many, stand behind: wherever they stand in the order of play, the log after
 * it holds them all.
 */
const behindNewest = (db: Kysely<Database>, gameId: string, count: number) => {
  const newest = db.selectFrom('plays').where('game_id', '=', gameId).select('ord').orderBy('seq', 'desc').limit(count).as('newest')
  const first = db.selectFrom(newest).select(eb => eb.fn.min('newest.ord').as('ord'))
  return db.selectFrom('checkpoints').where('game_id', '=', gameId).where('ord', '<', first).orderBy('ord', 'desc').limit(1)
}
export const checkpointBehind = (db: Kysely<Database>, gameId: string, count: number): CompiledQuery =>
  behindNewest(db, gameId, count).select(['ord', 'plays', 'state']).compile()

/** What stands after that checkpoint, in order of play: the plays, or their marks. */
export function playsBehind(db: Kysely<Database>, gameId: string, count: number): CompiledQuery {
  const after = behindNewest(db, gameId, count).select('ord')
  return db
    .selectFrom('plays')
    .where('game_id', '=', gameId)
    .where('ord', '>', eb => eb.fn.coalesce(after, sql.lit('')))
    .selectAll()
    .orderBy('ord')
    .compile()
}
export function marksBehind(db: Kysely<Database>, gameId: string, count: number): CompiledQuery {
  const after = behindNewest(db, gameId, count).select('ord')
  return db
    .selectFrom('marks as m')
    .innerJoin('plays as p', join => join.onRef('p.game_id', '=', 'm.game_id').onRef('p.seq', '=', 'm.seq'))
    .where('m.game_id', '=', gameId)
    .where('p.ord', '>', eb => eb.fn.coalesce(after, sql.lit('')))
    .selectAll('m')
    .compile()
}

/** In order of play, after an order (null: all). */
export function playsAfter(db: Kysely<Database>, gameId: string, order: string | null): CompiledQuery {
  const plays = db.selectFrom('plays').where('game_id', '=', gameId).selectAll().orderBy('ord')
  return (order === null ? plays : plays.where('ord', '>', order)).compile()
}

/** By arrival, after a seq. */
export const playsSince = (db: Kysely<Database>, gameId: string, seq: number, limit: number) =>
  db.selectFrom('plays').where('game_id', '=', gameId).where('seq', '>', seq).selectAll().orderBy('seq').limit(limit).compile()

/** How far a game has come; nothing once it is deleted. */
export const headOf = (db: Kysely<Database>, gameId: string) =>
  db.selectFrom('games').where('id', '=', gameId).where('deleted_at', 'is', null).select(['epoch', 'seq', 'updated_at']).compile()

export const checkpointBefore = (db: Kysely<Database>, gameId: string, order: string): CompiledQuery =>
  db
    .selectFrom('checkpoints')
    .where('game_id', '=', gameId)
    .where('ord', '<', order)
    .select(['ord', 'plays', 'state'])
    .orderBy('ord', 'desc')
    .limit(1)
    .compile()

export const orderOfPlay = (db: Kysely<Database>, gameId: string, seq: number): CompiledQuery =>
  db.selectFrom('plays').where('game_id', '=', gameId).where('seq', '=', seq).select('ord').compile()

export function toPlay(row: Selectable<PlayTable>): LoggedPlay {
  const play: LoggedPlay = { seq: row.seq, id: row.id, kind: row.kind, order: row.ord, at: new Date(row.at).toISOString() }
  if (row.side !== null) play.side = row.side
  if (row.period !== null) play.period = row.period
  if (row.clock_ms !== null) play.clockMs = row.clock_ms
  if (row.points !== null) play.points = row.points
  if (row.player_id !== null) play.playerId = row.player_id
  if (row.data !== null) play.data = JSON.parse(row.data)
  if (row.voids !== null) play.voids = row.voids
  if (row.replaces !== null) play.replaces = row.replaces
  if (row.by !== null) play.by = row.by
  return play
}

export function toMarks(row: Selectable<MarkTable>): PlayMarks {
  return {
    ...(row.warnings !== null ? { warnings: JSON.parse(row.warnings) as string[] } : {}),
    ...(row.facts !== null ? { facts: JSON.parse(row.facts) as Facts } : {}),
    ...(row.ignored !== null ? { ignored: row.ignored } : {}),
    ...(row.voided_by !== null ? { voidedBy: row.voided_by } : {}),
    ...(row.replaced_by !== null ? { replacedBy: row.replaced_by } : {}),
  }
}

/** The sides of a game as they are called now. */
export function namedSides(row: GameRecord, members: readonly MemberRecord[]): Record<'home' | 'away', SideView> {
  const side = (which: 'home' | 'away'): SideView => {
    const id = row[`${which}_id`]
    const own = members.filter(member => member.team_id === id)
    const people = own.map(member => ({ id: member.id, name: calledAs(member.name) }))
    const isErased = own.some(member => member.name === '')
    return {
      id,
      name: row[`${which}_name`],
      shortName: row[`${which}_short_name`],
      abbr: row[`${which}_abbr`],
      ...(isErased ? calledAnew(people.map(member => member.name)) : {}),
      color: row[`${which}_color`],
      kind: row[`${which}_kind`] as SideView['kind'],
      ...(people.length > 0 ? { members: people } : {}),
    }
  }
  return { home: side('home'), away: side('away') }
}

export function toGameMeta(row: GameRecord, members: readonly MemberRecord[]): GameMeta {
  const ref = (id: string | null, name: string | null) => (id && name !== null ? { id, name } : null)
  return {
    id: row.id,
    sport: row.sport,
    organisation: { id: row.organisation_id, name: row.organisation_name },
    competition: ref(row.competition_id, row.competition_name),
    season: ref(row.season_id, row.season_name),
    round: ref(row.round_id, row.round_name),
    ...namedSides(row, members),
    venue: row.venue,
    neutral: row.neutral === 1,
    displayOrder: row.display_order,
    startsAt: row.starts_at === null ? null : new Date(row.starts_at).toISOString(),
    timeZone: row.time_zone,
    visibility: row.visibility,
    demo: row.demo === 1,
    rules: { pack: row.pack, version: row.pack_version, values: JSON.parse(row.rules) },
    partOf: row.part_of,
    chat: row.chat === 1,
    epoch: row.epoch,
    // As the game was created: the columns follow its edits, which are plays and fold on top of this.
    ...(JSON.parse(row.row) as Partial<GameMeta>),
  }
}
