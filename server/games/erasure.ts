import { failure, type Result } from '#domain/errors.ts'
import { firstIssue, name } from '#domain/schema.ts'
import type { Account } from '../accounts.ts'
import { auditStatement } from '../audit.ts'
import type { Context } from '../context.ts'
import { ORGANISATION } from '../organisation.ts'
import { canManageAll } from '../policies.ts'
import type { Statement } from '../storage/storage.ts'
import { plain } from './alike.ts'
import { commitFailure } from './commit.ts'
import { renewal, renewedBy, tellRenewed } from './renew.ts'
import { type GameRecord, type MemberRecord, namedSides, selectGames, startOrLast } from './rows.ts'
import { holdTeams } from './sides.ts'
import { byIdInTables } from './table-names.ts'

const MOST_PEOPLE = 100
const GAMES_SHOWN = 10
const ATTEMPTS = 5
/** Names that are read at once to be compared: engines fold few letters but the English ones, and not the same. */
const COMPARED_AT_ONCE = 2_000

/** Somebody who was typed into a game, or is a side of some. */
export interface Standing {
  id: string
  name: string
  /** Typed as the name of a side: a person's, or a club's. */
  isSide?: true
  /** The newest by start. */
  games: { id: string; sport: string; startsAt: string | null; home: string; away: string }[]
  gameCount: number
}

export interface Erasure {
  find(account: Account | null, raw: unknown): Promise<Result<{ people: Standing[] }>>
  /** Takes a name away everywhere for good; a side of that name is one person without a name from then on. Done before, it is done. */
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

  /** Where these stand: on a roster, or as a side, by their own name or as one of its people. */
  const placesOf = (ids: readonly string[]) => {
    const sides = (side: 'home_id' | 'away_id') =>
      db
        .selectFrom('team_members as m')
        .innerJoin('games as g', `g.${side}`, 'm.team_id')
        .where('m.person_id', 'in', ids)
        .select(['m.person_id', 'g.id as game_id'])
    const called = (side: 'home_id' | 'away_id') =>
      db
        .selectFrom('games')
        .where(side, 'in', ids)
        .select([`${side} as person_id`, 'id as game_id'])
    return db
      .selectFrom('rosters')
      .where('person_id', 'in', ids)
      .select(['person_id', 'game_id'])
      .union(sides('home_id'))
      .union(sides('away_id'))
      .union(called('home_id'))
      .union(called('away_id'))
  }

  /** Sides too that are teams as far as anybody said: one that was typed by a person's name is among them. */
  const namesAfter = (last: string, isSide: boolean) =>
    isSide
      ? db
          .selectFrom('teams')
          .where('organisation_id', '=', ORGANISATION)
          .where('kind', '=', 'team')
          .where('id', '>', last)
          .select(['id', 'name'])
          .orderBy('id')
          .limit(COMPARED_AT_ONCE)
      : db
          .selectFrom('persons')
          .where('organisation_id', '=', ORGANISATION)
          .where('erased_at', 'is', null)
          .where('id', '>', last)
          .select(['id', 'name'])
          .orderBy('id')
          .limit(COMPARED_AT_ONCE)

  async function calledLike(wanted: string) {
    const found: { id: string; name: string; isSide?: true }[] = []
    for (const isSide of [false, true]) {
      for (let last: string | undefined = ''; last !== undefined; ) {
        const page: { id: string; name: string }[] = await namesAfter(last, isSide).execute()
        for (const entry of page) if (plain(entry.name).includes(wanted)) found.push({ ...entry, ...(isSide ? { isSide } : {}) })
        last = page.length < COMPARED_AT_ONCE ? undefined : page.at(-1)?.id
      }
    }
    return found.sort((a, b) => (a.name === b.name ? (a.id < b.id ? -1 : 1) : a.name < b.name ? -1 : 1)).slice(0, MOST_PEOPLE)
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

  const sidesOf = (id: string) =>
    db
      .selectFrom('teams')
      .where('id', 'in', db.selectFrom('team_members').where('person_id', '=', id).select('team_id'))
      .select('teams.id')

  async function eraseStatements(id: string, by: string): Promise<Statement[]> {
    const at = now()
    const places = db.selectFrom(placesOf([id]).as('place')).select('place.game_id')
    const games = db.selectFrom('games').where('id', 'in', places).select('id')
    return [
      ...holdTeams(context, sidesOf(id), 'named'),
      ...renewal(db, games, at),
      ...(await byIdInTables(db, sidesOf(id))),
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

  /** A side that was typed by a person's name becomes the side of one person, who has the side's own id and no name. */
  async function eraseSideStatements(id: string, by: string): Promise<Statement[]> {
    const at = now()
    const games = db
      .selectFrom('games')
      .where(eb => eb.or([eb('home_id', '=', id), eb('away_id', '=', id)]))
      .select('id')
    return [
      ...holdTeams(context, db.selectFrom('teams').where('id', '=', id).select('teams.id'), 'named'),
      ...renewal(db, games, at),
      ...(await byIdInTables(db, db.selectFrom('teams').where('id', '=', id).select('id'))),
      {
        query: db
          .updateTable('teams')
          .set({ kind: 'person', name: id, short_name: '', abbr: '' })
          .where('id', '=', id)
          .where('kind', '=', 'team')
          .compile(),
        expect: 1,
      },
      {
        query: db.insertInto('persons').values({ id, organisation_id: ORGANISATION, name: '', erased_at: at, created_at: at }).compile(),
      },
      { query: db.insertInto('team_members').values({ team_id: id, person_id: id, position: 0 }).compile() },
      auditStatement(db, { at, actor: by, action: 'person.erase', target: id }),
    ]
  }

  /** What of that id has a name to be erased; null where there is nothing of that id. */
  async function read(id: string): Promise<'person' | 'side' | 'erased' | null> {
    const [[person], [side]] = (await storage.readBatch([
      db.selectFrom('persons').where('id', '=', id).where('organisation_id', '=', ORGANISATION).select('erased_at').compile(),
      db
        .selectFrom('teams')
        .where('id', '=', id)
        .where('organisation_id', '=', ORGANISATION)
        .where('kind', '=', 'team')
        .select('id')
        .compile(),
    ])) as [{ erased_at: number | null }[], { id: string }[]]
    if (person) return person.erased_at === null ? 'person' : 'erased'
    return side ? 'side' : null
  }

  return {
    async find(account, raw) {
      const allowed = mayErase(account)
      if (!allowed.ok) return allowed
      const parsed = name().safeParse(raw ?? '')
      if (!parsed.success) return firstIssue(parsed.error, 'name')
      const wanted = plain(parsed.data)
      const people = wanted === '' ? [] : await calledLike(wanted)
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
        const what = await read(id)
        if (what === null) return failure('NOT_FOUND', 'No such person.')
        if (what === 'erased') return { ok: true }
        const statements = what === 'side' ? eraseSideStatements : eraseStatements
        const written = await storage.write(await statements(id, allowed.account.id))
        if (written.ok) {
          await tellRenewed(context, renewedBy(written))
          return { ok: true }
        }
        // Erased by somebody else in the same moment: look again.
        if (written.reason !== 'guard' && written.reason !== 'unique') return commitFailure(written.reason)
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
