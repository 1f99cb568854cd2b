import type { Kysely, Transaction } from 'kysely'
import { ORGANISATION } from './organisation.ts'
import { announceRemovals } from './removals.ts'
import { bumpRevision } from './revision.ts'
import { isConstraint } from './storage/error.ts'
import type { Database } from './storage/schema.ts'

const ATTEMPTS = 5

export const DEMO_REMOVED = 'demo.removed'
/** The token that the demo is played with is called so, and no other. */
export const DEMO_TOKEN = 'Demo games, renewed at every start'

/** Whether somebody has removed the demo, so that an empty database is not filled with it again. */
export async function isDemoRemoved(db: Kysely<Database>): Promise<boolean> {
  const row = await db
    .selectFrom('settings')
    .select('value')
    .where('organisation_id', '=', ORGANISATION)
    .where('key', '=', DEMO_REMOVED)
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Takes the demo out for good: its games with everything that hangs on them, and the competitions, teams and persons that nothing else
 * uses, and its token. Answers the ids of the games. What somebody added to the demo themselves stays, and is no demo any more.
 */
export async function removeDemo(db: Kysely<Database>): Promise<string[]> {
  const removed = await removeAll(db)
  await announceRemovals(db, removed)
  return removed
}

async function removeAll(db: Kysely<Database>, attempt = 1): Promise<string[]> {
  try {
    return await removeOnce(db)
  } catch (error) {
    // Somebody made a game of a team of it in the same moment: look again at what is used.
    if (attempt < ATTEMPTS && isConstraint(error)) return removeAll(db, attempt + 1)
    throw error
  }
}

const removeOnce = (db: Kysely<Database>): Promise<string[]> =>
  db.transaction().execute(async transaction => {
    const games = await transaction.selectFrom('games').select(['id', 'home_id', 'away_id']).where('demo', '=', 1).execute()
    const ids = games.map(game => game.id)
    const competitions = (await transaction.selectFrom('competitions').select('id').where('demo', '=', 1).execute()).map(row => row.id)
    const persons = await personsOf(transaction, ids)
    const teams = await teamsOf(transaction, games, competitions)
    for (const team of teams) persons.push(...team.persons)

    for (const some of slices(ids)) {
      await transaction.deleteFrom('grants').where('game_id', 'in', some).execute()
      await transaction.deleteFrom('games').where('id', 'in', some).execute()
    }
    for (const { id } of teams) {
      const isPlaying = await transaction
        .selectFrom('games')
        .select('id')
        .where(where => where.or([where('home_id', '=', id), where('away_id', '=', id)]))
        .executeTakeFirst()
      if (!isPlaying) await transaction.deleteFrom('teams').where('id', '=', id).execute()
    }
    for (const id of competitions) await removeCompetition(transaction, id)
    await removeDeadTokens(transaction)
    for (const some of slices([...new Set(persons)])) {
      await transaction
        .deleteFrom('persons')
        .where('id', 'in', some)
        .where('id', 'not in', transaction.selectFrom('rosters').select('person_id'))
        .where('id', 'not in', transaction.selectFrom('team_members').select('person_id'))
        .execute()
    }
    await transaction
      .insertInto('settings')
      .values({ organisation_id: ORGANISATION, key: DEMO_REMOVED, value: 'true' })
      .onConflict(conflict => conflict.columns(['organisation_id', 'key']).doNothing())
      .execute()
    return ids
  })

/** The demo's own token, and every other that is limited to games and competitions of which none is there any more. */
export async function removeDeadTokens(db: Kysely<Database>): Promise<void> {
  const limited = await db
    .selectFrom('tokens')
    .where('organisation_id', '=', ORGANISATION)
    .where(where => where.or([where('name', '=', DEMO_TOKEN), where('games', 'is not', null), where('competitions', 'is not', null)]))
    .select(['id', 'name', 'games', 'competitions'])
    .execute()
  const dead: string[] = []
  for (const { id, name, games, competitions } of limited) {
    const isAlive = name !== DEMO_TOKEN && ((await isAnyLeft(db, 'competitions', competitions)) || (await isAnyLeft(db, 'games', games)))
    if (!isAlive) dead.push(id)
  }
  if (dead.length === 0) return
  for (const some of slices(dead)) await db.deleteFrom('tokens').where('id', 'in', some).execute()
  // Servers of this database look again at whom they let in.
  await bumpRevision(db)
}

async function isAnyLeft(db: Kysely<Database>, table: 'games' | 'competitions', list: string | null): Promise<boolean> {
  for (const some of slices(list === null ? [] : (JSON.parse(list) as string[]))) {
    if (await db.selectFrom(table).where('id', 'in', some).select('id').executeTakeFirst()) return true
  }
  return false
}

async function removeCompetition(db: Transaction<Database>, id: string): Promise<void> {
  const used = await db.selectFrom('games').select('id').where('competition_id', '=', id).executeTakeFirst()
  if (used) {
    await db.updateTable('competitions').set({ demo: 0 }).where('id', '=', id).execute()
    return
  }
  await db.deleteFrom('grants').where('competition_id', '=', id).execute()
  await db.deleteFrom('competitions').where('id', '=', id).execute()
}

async function personsOf(db: Transaction<Database>, gameIds: string[]): Promise<string[]> {
  const persons: string[] = []
  for (const some of slices(gameIds)) {
    const rows = await db.selectFrom('rosters').select('person_id').where('game_id', 'in', some).execute()
    persons.push(...rows.map(row => row.person_id))
  }
  return persons
}

/** The sides of the demo's games and the teams of its competitions, with their members. */
async function teamsOf(db: Transaction<Database>, games: { home_id: string; away_id: string }[], competitions: string[]) {
  const ids = new Set(games.flatMap(game => [game.home_id, game.away_id]))
  for (const some of slices(competitions)) {
    for (const { id } of await db.selectFrom('teams').select('id').where('competition_id', 'in', some).execute()) ids.add(id)
  }
  const teams: { id: string; persons: string[] }[] = []
  for (const id of ids) {
    const members = await db.selectFrom('team_members').select('person_id').where('team_id', '=', id).execute()
    teams.push({ id, persons: members.map(member => member.person_id) })
  }
  return teams
}

function* slices<T>(list: readonly T[], size = 200): Generator<T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size)
}
