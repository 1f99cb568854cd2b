import type { BoxTable } from '#domain/box.ts'
import { failure, type Result } from '#domain/errors.ts'
import type { Fold } from '#domain/fold.ts'
import type { Game, RosterEntry } from '#domain/game.ts'
import { peopleOf } from '#domain/people.ts'
import type { Play } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import type { Account } from '../accounts.ts'
import type { Context } from '../context.ts'
import { canRead, canSeeWho, hasScope } from '../policies.ts'
import { createBoxes } from './box.ts'
import { calledAs } from './called.ts'
import { dayBounds, isDay, isTimeZone } from './days.ts'
import type { OpenGame } from './heads.ts'
import { guarded, presentGame, presentPlay } from './present.ts'
import {
  type GameRecord,
  type MemberRecord,
  playsAfter,
  selectGames,
  startOrLast,
  toGameMeta,
  toMarks,
  toPlay,
  UNKNOWN_START,
} from './rows.ts'

export interface GameQuery {
  date?: string
  tz?: string
  status?: string[]
  competition?: string
  sport?: string
  team?: string
  cursor?: string
  limit?: number
}

export interface Reader {
  open(account: Account | null, gameId: string): Promise<Result<{ open: OpenGame }>>
  /** The same without waiting, where it is kept here and nobody else writes to it; null where it has to be opened. */
  ready(account: Account | null, gameId: string): OpenGame | null
  game(account: Account | null, gameId: string, seq?: number): Promise<Result<{ game: Game }>>
  plays(
    account: Account | null,
    gameId: string,
    after: number,
    limit: number,
  ): Promise<Result<{ plays: Play[]; epoch: string; seq: number }>>
  box(account: Account | null, gameId: string): Promise<Result<{ tables: readonly BoxTable[]; epoch: string; seq: number }>>
  list(account: Account | null, query: GameQuery): Promise<Result<{ games: Game[]; cursor: string | null }>>
}

export function createReader(context: Context): Reader {
  const { storage, heads } = context
  const { db } = storage
  const boxes = createBoxes(storage)

  async function open(account: Account | null, gameId: string): Promise<Result<{ open: OpenGame }>> {
    // No database takes a NUL, and no id holds one.
    if (gameId.includes('\0')) return failure('UNKNOWN_GAME', 'No such game.')
    await context.freshen(gameId)
    const found = await heads.open(gameId)
    if (found && canRead(account, guarded(found.game))) return { ok: true, open: found }
    return found ? failure('UNKNOWN_GAME', 'No such game.') : whyMissing(context, account, gameId)
  }

  /** The game as its first plays left it: nobody is on its roster whom only a later one names. */
  async function gameAt({ sport, meta, roster }: OpenGame, seq: number): Promise<Game | null> {
    const [rows, [creation]] = await storage.readBatch([
      playsAfter(db, meta.id, null),
      db.selectFrom('games').where('id', '=', meta.id).select('created_at').compile(),
    ])
    // Removed as a whole since it was opened.
    if (!creation) return null
    const whole = rows.map(row => toPlay(row as never))
    const log = whole.filter(play => play.seq <= seq)
    const named = new Set(log.flatMap(play => peopleOf(sport, play)))
    const ahead = new Set(whole.flatMap(play => peopleOf(sport, play)).filter(id => !named.has(id)))
    const { fold } = replay(sport, meta.rules.values, log)
    const newest = log.reduce((at, play) => Math.max(at, Date.parse(play.at)), creation.created_at)
    const seated = roster.filter(person => !ahead.has(person.id))
    return presentGame(sport, meta, fold, seq, new Date(newest).toISOString(), seated)
  }

  return {
    open,

    ready(account, gameId) {
      const kept = context.isAlone() ? heads.peek(gameId) : null
      return kept && canRead(account, guarded(kept.game)) ? kept : null
    },

    async game(account, gameId, seq) {
      const found = await open(account, gameId)
      if (!found.ok) return found
      if (seq === undefined || seq === found.open.head.seq) return { ok: true, game: found.open.game }
      if (seq > found.open.head.seq) return failure('NOT_FOUND', 'The game has not come that far.', { path: 'seq' })
      const game = await gameAt(found.open, seq)
      return game ? { ok: true, game } : whyMissing(context, account, gameId)
    },

    async plays(account, gameId, after, limit) {
      const found = await open(account, gameId)
      if (!found.ok) return found
      const { meta, head, sport, names, game } = found.open
      const plays = db
        .selectFrom('plays')
        .where('game_id', '=', gameId)
        .where('seq', '>', after)
        .where('seq', '<=', head.seq)
        .selectAll()
        .orderBy('seq')
        .limit(limit)
      const marks = db
        .selectFrom('marks')
        .where('game_id', '=', gameId)
        .where('seq', '>', after)
        .where('seq', '<=', after + limit)
        .selectAll()
      const [rows, marked] = await storage.readBatch([plays.compile(), marks.compile()])
      const bySeq = new Map(marked.map(row => [row.seq, toMarks(row)]))
      const seesWho = canSeeWho(account, guarded(game))
      return {
        ok: true,
        plays: rows.map(row => presentPlay(sport, game, names, toPlay(row), bySeq.get(row.seq), seesWho)),
        epoch: meta.epoch,
        seq: head.seq,
      }
    },

    async box(account, gameId) {
      const found = await open(account, gameId)
      if (!found.ok) return found
      const { meta, head } = found.open
      return { ok: true, tables: await boxes(found.open), epoch: meta.epoch, seq: head.seq }
    },

    async list(account, query) {
      const limit = query.limit ?? 100
      let games = selectGames(db).where('g.part_of', 'is', null)
      if (!hasScope(account, 'read') || account?.grants !== null) games = games.where('g.visibility', '=', 'public')
      if (query.tz !== undefined && !isTimeZone(query.tz)) return failure('INVALID_PAYLOAD', 'Not a time zone.', { path: 'tz' })
      if (query.date !== undefined) {
        if (!isDay(query.date)) return failure('INVALID_PAYLOAD', 'A day, YYYY-MM-DD.', { path: 'date' })
        const { from, to } = dayBounds(query.date, query.tz ?? context.config.timeZone)
        games = games.where('g.starts_at', '>=', from).where('g.starts_at', '<', to)
      }
      if (query.status) games = games.where('g.status', 'in', query.status.includes('live') ? [...query.status, 'break'] : query.status)
      if (query.competition) games = games.where('g.competition_id', '=', query.competition)
      if (query.sport) games = games.where('g.sport', '=', query.sport)
      if (query.team) {
        const { team } = query
        games = games.where(eb => eb.or([eb('g.home_id', '=', team), eb('g.away_id', '=', team)]))
      }
      const cursor = query.cursor === undefined ? null : readCursor(query.cursor)
      if (query.cursor !== undefined && !cursor) return failure('INVALID_PAYLOAD', 'Not a cursor of this list.', { path: 'cursor' })
      if (cursor) {
        const { start: at, id } = cursor
        games = games.where(eb => eb.or([eb(startOrLast, '>', at), eb.and([eb(startOrLast, '=', at), eb('g.id', '>', id)])]))
      }
      const rows = (await games
        .orderBy(startOrLast)
        .orderBy('g.id')
        .limit(limit + 1)
        .execute()) as GameRecord[]
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      return {
        ok: true,
        games: await presentRecords(context, page),
        cursor: rows.length > limit && last ? writeCursor(last.starts_at ?? UNKNOWN_START, last.id) : null,
      }
    },
  }
}

/** What is said of a game that is not there: deleted, to those who might have read it; unknown to everybody else. */
export async function whyMissing(context: Context, account: Account | null, gameId: string) {
  const gone = await context.storage.db
    .selectFrom('games')
    .where('id', '=', gameId)
    .where('deleted_at', 'is not', null)
    .select(['id', 'competition_id as competitionId', 'visibility', 'official', 'part_of as partOf'])
    .executeTakeFirst()
  const isKnown = gone && canRead(account, { ...gone, official: gone.official === 1 })
  return isKnown ? failure('GONE', 'This game was deleted.') : failure('UNKNOWN_GAME', 'No such game.')
}

const writeCursor = (start: number, id: string) => Buffer.from(JSON.stringify([start, id])).toString('base64url')
function readCursor(cursor: string): { start: number; id: string } | null {
  try {
    const [start, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[]
    return Number.isSafeInteger(start) && typeof id === 'string' && !id.includes('\0') ? { start: start as number, id } : null
  } catch {
    return null
  }
}

/** Games of a list, from what is kept ready or else from their rows, with two more reads whatever their number. */
export async function presentRecords(context: Context, records: GameRecord[]): Promise<Game[]> {
  if (records.length === 0) return []
  const { db } = context.storage
  const teams = [...new Set(records.flatMap(record => [record.home_id, record.away_id]))]
  const [members, rosters] = await context.storage.readBatch([
    db
      .selectFrom('team_members as m')
      .innerJoin('persons as p', 'p.id', 'm.person_id')
      .where('m.team_id', 'in', teams)
      .select(['m.team_id', 'p.id', 'p.name'])
      .orderBy('m.position')
      .compile(),
    db
      .selectFrom('rosters as r')
      .innerJoin('persons as p', 'p.id', 'r.person_id')
      .where(
        'r.game_id',
        'in',
        records.map(record => record.id),
      )
      .select(['r.game_id', 'r.person_id', 'r.side', 'r.number', 'p.name'])
      .orderBy('r.number', order => order.asc().nullsFirst())
      .orderBy('p.name')
      .compile(),
  ])
  return records.flatMap(record => {
    const sport = context.sports.get(record.sport)
    if (!sport) return []
    const roster: RosterEntry[] = rosters
      .filter(row => row.game_id === record.id)
      .map(row => ({ id: row.person_id, side: row.side, name: calledAs(row.name), number: row.number }))
    const meta = toGameMeta(record, members as MemberRecord[])
    return [presentGame(sport, meta, JSON.parse(record.state) as Fold, record.seq, new Date(record.updated_at).toISOString(), roster)]
  })
}
