import { sql } from 'kysely'
import { failure, type Result } from '#domain/errors.ts'
import { firstIssue, name } from '#domain/schema.ts'
import type { Account } from '../accounts.ts'
import { auditStatement } from '../audit.ts'
import type { Context } from '../context.ts'
import { ORGANISATION } from '../organisation.ts'
import { canManageAll } from '../policies.ts'
import type { Statement } from '../storage/storage.ts'
import { commitFailure } from './commit.ts'
import { renewal, renewedBy, tellRenewed } from './renew.ts'
import { type GameRecord, type MemberRecord, namedSides, selectGames, startOrLast } from './rows.ts'

const MOST_PEOPLE = 100
const GAMES_SHOWN = 10
const ATTEMPTS = 5

/** Somebody who was typed into a game, or is a side of some. */
export interface Standing {
  id: string
  name: string
  /** The newest by start. */
  games: { id: string; sport: string; startsAt: string | null; home: string; away: string }[]
  gameCount: number
}

export interface Erasure {
  find(account: Account | null, raw: unknown): Promise<Result<{ people: Standing[] }>>
  /** Takes a name away everywhere for good. Done before, it is done. */
  erase(account: Account | null, id: string): Promise<Result<object>>
}

/**
 * Erasing a person leaves the plays: the log and the fold hold ids alone, so that it is the name that goes, from the person and from the
 * sides that were called by it. Every game where it stood is renewed.
 */
export function createErasure(context: Context): Erasure {
  const { storage, now } = context
  const { db } = storage

  function mayErase(account: Account | null): Result<{ account: Account }> {
    if (!account) return failure('UNAUTHENTICATED', 'Sign in or send a token.')
    return canManageAll(account) ? { ok: true, account } : failure('FORBIDDEN', 'This account may not erase people.')
  }

  /** Where these people stand: on a roster, or as a side. */
  const placesOf = (people: readonly string[]) => {
    const sides = (side: 'home_id' | 'away_id') =>
      db
        .selectFrom('team_members as m')
        .innerJoin('games as g', `g.${side}`, 'm.team_id')
        .where('m.person_id', 'in', people)
        .select(['m.person_id', 'g.id as game_id'])
    return db
      .selectFrom('rosters')
      .where('person_id', 'in', people)
      .select(['person_id', 'game_id'])
      .union(sides('home_id'))
      .union(sides('away_id'))
  }

  async function gamesOf(people: readonly string[]) {
    const places = await selectGames(db)
      .clearSelect()
      .innerJoin(placesOf(people).as('place'), 'place.game_id', 'g.id')
      .select(['place.person_id', 'g.id'])
      .orderBy(startOrLast, 'desc')
      .orderBy('g.id')
      .execute()
    const byPerson = grouped(places, place => place.person_id)
    const shown = new Set([...byPerson.values()].flatMap(own => own.slice(0, GAMES_SHOWN).map(({ id }) => id)))
    return { byPerson, games: await namesIn([...shown]) }
  }

  /** What games are called. */
  async function namesIn(ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, Standing['games'][number]>()
    const some = selectGames(db).where('g.id', 'in', ids)
    const members = db
      .selectFrom('team_members as m')
      .innerJoin('persons as p', 'p.id', 'm.person_id')
      .where(eb =>
        eb.or(
          (['home_id', 'away_id'] as const).map(side => eb('m.team_id', 'in', db.selectFrom('games').where('id', 'in', ids).select(side))),
        ),
      )
      .select(['m.team_id', 'p.id', 'p.name'])
      .orderBy('m.position')
    const [records, people] = await storage.readBatch([some.compile(), members.compile()])
    return new Map(
      (records as GameRecord[]).map(record => {
        const { home, away } = namedSides(record, people as MemberRecord[])
        const startsAt = record.starts_at === null ? null : new Date(record.starts_at).toISOString()
        return [record.id, { id: record.id, sport: record.sport, startsAt, home: home.name, away: away.name }]
      }),
    )
  }

  const sidesOf = (id: string) => db.selectFrom('team_members').where('person_id', '=', id).select('team_id')

  /** A competition's rules for its table name sides: those of this person stand there by their ids from now on. */
  async function tableStatements(id: string): Promise<Statement[]> {
    const rows = await db
      .selectFrom('teams as t')
      .innerJoin('competitions as c', 'c.id', 't.competition_id')
      .where('t.id', 'in', sidesOf(id))
      .where('c.standings', 'is not', null)
      .select(['t.id', 't.name', 'c.id as competition', 'c.standings'])
      .execute()
    return [...grouped(rows, row => row.competition)].map(([competition, sides]) => {
      const before = sides[0]?.standings ?? ''
      const ids = new Map(sides.map(side => [side.name, side.id]))
      const { deductions, fairPlay, decisions, ...rest } = JSON.parse(before) as Tables
      const byId = <T extends { team: string }>(entry: T): T => ({ ...entry, team: ids.get(entry.team) ?? entry.team })
      const after = {
        ...rest,
        ...(deductions ? { deductions: deductions.map(byId) } : {}),
        ...(fairPlay ? { fairPlay: fairPlay.map(byId) } : {}),
        ...(decisions ? { decisions: decisions.map(entry => ({ ...entry, teams: entry.teams.map(team => ids.get(team) ?? team) })) } : {}),
      }
      return {
        query: db
          .updateTable('competitions')
          .set({ standings: JSON.stringify(after) })
          .where('id', '=', competition)
          .where('standings', '=', before)
          .compile(),
        // Somebody else of this table is being erased: read anew.
        expect: 1,
      }
    })
  }

  async function eraseStatements(id: string, by: string): Promise<Statement[]> {
    const at = now()
    const places = db.selectFrom(placesOf([id]).as('place')).select('place.game_id')
    const games = db.selectFrom('games').where('id', 'in', places).select('id')
    return [
      ...renewal(db, games, at),
      ...(await tableStatements(id)),
      {
        query: db
          .updateTable('teams')
          .set(eb => ({ name: eb.ref('id'), short_name: '', abbr: '' }))
          .where('id', 'in', sidesOf(id))
          .compile(),
      },
      {
        query: db.updateTable('persons').set({ name: '', erased_at: at }).where('id', '=', id).where('erased_at', 'is', null).compile(),
        expect: 1,
      },
      auditStatement(db, { at, actor: by, action: 'person.erase', target: id }),
    ]
  }

  const read = (id: string) =>
    db.selectFrom('persons').where('id', '=', id).where('organisation_id', '=', ORGANISATION).select('erased_at').executeTakeFirst()

  return {
    async find(account, raw) {
      const allowed = mayErase(account)
      if (!allowed.ok) return allowed
      const parsed = name().safeParse(raw ?? '')
      if (!parsed.success) return firstIssue(parsed.error, 'name')
      const pattern = `%${parsed.data.replace(/[\\%_]/g, '\\$&')}%`
      const people = await db
        .selectFrom('persons')
        .where('organisation_id', '=', ORGANISATION)
        .where(sql<boolean>`lower(name) like lower(${pattern}) escape '\\'`)
        .select(['id', 'name'])
        .orderBy('name')
        .orderBy('id')
        .limit(MOST_PEOPLE)
        .execute()
      if (people.length === 0) return { ok: true, people: [] }
      const { byPerson, games } = await gamesOf(people.map(({ id }) => id))
      return {
        ok: true,
        people: people.map(person => {
          const own = byPerson.get(person.id) ?? []
          return { ...person, games: own.slice(0, GAMES_SHOWN).flatMap(({ id }) => games.get(id) ?? []), gameCount: own.length }
        }),
      }
    },

    async erase(account, id) {
      const allowed = mayErase(account)
      if (!allowed.ok) return allowed
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const person = await read(id)
        if (!person) return failure('NOT_FOUND', 'No such person.')
        if (person.erased_at !== null) return { ok: true }
        const written = await storage.write(await eraseStatements(id, allowed.account.id))
        if (written.ok) {
          await tellRenewed(context, renewedBy(written))
          return { ok: true }
        }
        if (written.reason !== 'guard') return commitFailure(written.reason)
      }
      return commitFailure('guard')
    },
  }
}

function grouped<T>(list: readonly T[], by: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const entry of list) {
    const group = groups.get(by(entry))
    if (group) group.push(entry)
    else groups.set(by(entry), [entry])
  }
  return groups
}

/** As a competition keeps what it says of its table. */
interface Tables {
  deductions?: { team: string }[]
  fairPlay?: { team: string }[]
  decisions?: { teams: string[] }[]
}
