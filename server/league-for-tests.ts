import type { Kysely } from 'kysely'
import { portableTables } from './portable.ts'
import type { Database } from './storage/schema.ts'

// A small league with a row in every table, in a file without a test framework.

const AT = 1_900_000_000_000
const ISO = new Date(AT).toISOString()
const ORG = 'default'

export async function fillLeague(db: Kysely<Database>, { demo = 0 }: { demo?: 0 | 1 } = {}): Promise<void> {
  const mine = (id: string) => (demo ? `demo-${id}` : id)
  const common = { organisation_id: ORG, created_at: AT }
  const name = (text: string) => (demo ? `Demo ${text}` : text)
  await db
    .insertInto('competitions')
    .values({ id: mine('c1'), ...common, name: name('Harbour League'), sport: 'basketball', demo })
    .execute()
  await db
    .insertInto('seasons')
    .values({ id: mine('s1'), organisation_id: ORG, competition_id: mine('c1'), name: '2030' })
    .execute()
  await db
    .insertInto('rounds')
    .values({ id: mine('r1'), organisation_id: ORG, competition_id: mine('c1'), season_id: mine('s1'), name: 'Round 1', number: 1 })
    .execute()
  for (const [index, title] of ['Pilots', 'Millers'].entries()) {
    const number = index + 1 + demo * 100
    const team = { short_name: title, abbr: title.slice(0, 3).toUpperCase(), kind: 'team' as const, number }
    await db
      .insertInto('teams')
      .values({ id: mine(`t${index}`), ...common, competition_id: mine('c1'), name: name(title), ...team })
      .execute()
    await db
      .insertInto('persons')
      .values({ id: mine(`p${index}`), ...common, name: name(`Player "${index}" \u2028 é`) })
      .execute()
    await db
      .insertInto('team_members')
      .values({ team_id: mine(`t${index}`), person_id: mine(`p${index}`), position: index })
      .execute()
  }
  // The part sorts before its tie, so that an order by id alone would not do.
  for (const [id, part_of] of [
    ['g-tie', null],
    ['a-part', 'g-tie'],
  ] as const) {
    await db
      .insertInto('games')
      .values({
        id: mine(id),
        ...common,
        updated_at: AT,
        competition_id: mine('c1'),
        season_id: mine('s1'),
        round_id: mine('r1'),
        sport: 'basketball',
        home_id: mine('t0'),
        away_id: mine('t1'),
        time_zone: 'UTC',
        part_of: part_of && mine(part_of),
        pack: 'fiba',
        pack_version: '1',
        rules: '{}',
        reducer: 1,
        epoch: `epoch-${mine(id)}`,
        seq: 1200,
        status: 'final',
        official: 1,
        demo,
        row: '{}',
        state: '{"deep":[1,2,{"text":"ünïcode"}]}',
      })
      .execute()
    for (let start = 1; start <= 1200; start += 100) {
      const plays = Array.from({ length: 100 }, (_, n) => start + n).map(seq => ({
        game_id: mine(id),
        seq,
        id: `play-${seq}`,
        hash: 'h',
        kind: '2pt',
        side: 'home' as const,
        data: seq % 7 ? null : '{"x":1}',
        ord: `a${String(seq).padStart(6, '0')}`,
        at: AT + seq,
        by: 'u1',
      }))
      await db.insertInto('plays').values(plays).execute()
    }
    await db
      .insertInto('marks')
      .values({ game_id: mine(id), seq: 3, ignored: 'late' })
      .execute()
    await db
      .insertInto('checkpoints')
      .values({ game_id: mine(id), ord: 'a000064', plays: 64, state: '{}' })
      .execute()
    await db
      .insertInto('rosters')
      .values({ game_id: mine(id), side: 'home', person_id: mine('p0'), number: '7' })
      .execute()
    await db
      .insertInto('results')
      .values({ game_id: mine(id), epoch: `epoch-${mine(id)}`, seq: 1200, at: AT, result: '{}', hash: 'h' })
      .execute()
    await db
      .insertInto('chat_messages')
      .values({ game_id: mine(id), n: 1, id: 'm1', name: 'Fan', guest: 1, text: 'line\nbreak', at: AT })
      .execute()
    await db
      .insertInto('chat_mutes')
      .values({ game_id: mine(id), writer: 'guest h', at: AT, by: 'u1' })
      .execute()
  }
}

/** What does not belong to a demo. */
export async function fillSite(db: Kysely<Database>): Promise<void> {
  await db
    .insertInto('user')
    .values({ id: 'u1', name: 'Ann', email: 'ann@club.example', emailVerified: 0, createdAt: ISO, updatedAt: ISO, role: 'owner' })
    .execute()
  await db
    .insertInto('account')
    .values({ id: 'acc1', accountId: 'u1', providerId: 'credential', userId: 'u1', password: '$scrypt$x', createdAt: ISO, updatedAt: ISO })
    .execute()
  await db
    .insertInto('session')
    .values({ id: 'sess1', token: 'session-token', userId: 'u1', expiresAt: ISO, createdAt: ISO, updatedAt: ISO })
    .execute()
  await db.insertInto('announcements').values({ id: 'an1', organisation_id: ORG, text: 'Hall closed', at: AT }).execute()
  await db
    .insertInto('tokens')
    .values({ id: 'tok1', organisation_id: ORG, name: 'Feed', hash: 'abc', scopes: '["score"]', created_at: AT })
    .execute()
  await db.insertInto('grants').values({ user_id: 'u1', game_id: 'g-tie', created_at: AT }).execute()
  await db.insertInto('settings').values({ organisation_id: ORG, key: 'chat', value: 'on' }).execute()
  await db.insertInto('audit').values({ id: 'aud1', organisation_id: ORG, at: AT, actor: 'u1', action: 'token.create' }).execute()
}

/** Every row of every table that is taken along. */
export async function everything(db: Kysely<Database>, tables: readonly string[] = portableTables): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const table of tables as (keyof Database)[]) {
    const rows = await db.selectFrom(table).selectAll().execute()
    all[table] = rows.map(row => JSON.stringify(row)).sort()
  }
  return all
}

/** The same with every epoch taken out, since a restore renews them. */
export function withoutEpochs(all: Record<string, unknown[]>): Record<string, unknown[]> {
  return Object.fromEntries(
    Object.entries(all).map(([table, rows]) => [table, rows.map(row => String(row).replace(/"epoch":"[^"]*"/, '"epoch":""')).sort()]),
  )
}
