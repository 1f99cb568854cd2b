import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { TeamPage } from '#server/app.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import { OWNER } from './accounts.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

let server: Running
let postgres: PostgresForTests
beforeAll(async () => {
  postgres = await startPostgres()
}, 180_000)
afterAll(() => postgres?.dispose())

let made = 0
async function competition(sport = 'basketball'): Promise<string> {
  made += 1
  const answer = await server.app.competitions.create(MANAGER, { name: `League ${made}`, sport })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.competition.id
}
async function ended(home: object, away: object, winner: 'home' | 'away', more: object = {}): Promise<Game> {
  const game = await server.createGame('basketball', { home, away, ...more })
  made += 1
  await server.play(game.id, basket('2pt', winner), { id: `end-of-game-${made}`, kind: 'gameEnd' })
  return game
}
const changed = (data: Record<string, unknown>) => {
  made += 1
  return { id: `edit-of-game-${made}`, kind: 'edit', data }
}
const at = (day: number) => `2031-03-${String(day).padStart(2, '0')}T18:00:00.000Z`
async function pageOf(teamId: string): Promise<TeamPage> {
  const answer = await server.app.pages.team(teamId)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.page
}
const idsOf = async (teamId: string) => (await pageOf(teamId)).games.map(game => game.id)
const missing = { ok: false, error: { code: 'NOT_FOUND' } }

describe.each(['the embedded database', 'PostgreSQL'])('the page of a team, on %s,', engine => {
  beforeAll(async () => {
    server = await startServer({ databaseUrl: engine === 'PostgreSQL' ? await postgres.database() : undefined })
  })
  afterAll(() => server.stop())

  it('holds what a team plays, the newest first, and its own part of each table, that it plays most in first', async () => {
    const [league, cup] = [await competition(), await competition()]
    const names = ['Hawks', 'Bears', 'Lions', 'Pilots', 'Millers', 'Rovers', 'Terns']
    const first = await ended({ name: 'Hawks', color: '#1f5fbf' }, { name: 'Bears' }, 'away', { competitionId: league, startsAt: at(1) })
    const { id } = first.home
    const second = await ended({ name: 'Lions' }, { id }, 'home', { competitionId: league, startsAt: at(8) })
    for (const name of names.slice(3)) await ended({ name }, { name: 'Lions' }, 'home', { competitionId: league, startsAt: at(2) })
    const final = await ended({ id }, { name: 'Bears' }, 'home', { competitionId: cup, startsAt: at(9) })
    const friendly = await server.createGame('basketball', { home: { name: 'Guests' }, away: { id }, startsAt: at(5) })
    const unknown = await server.createGame('basketball', { home: { id }, away: { name: 'Pilots' }, competitionId: league })

    const { team, games, tables } = await pageOf(id)
    expect(team).toMatchObject({ id, name: 'Hawks', color: '#1f5fbf', kind: 'team' })
    expect(games.map(game => game.id)).toEqual([unknown, final, second, friendly, first].map(game => game.id))
    expect(tables.map(table => [table.competition.id, table.teams])).toEqual([
      [league, 7],
      [cup, 2],
    ])
    expect(tables[0]?.rows.find(row => row.team.id === id)).toMatchObject({ played: 2, won: 0, lost: 2 })
    // Around its own row, and at either end of the table the five there are.
    const whole = await server.app.pages.competition(league)
    const ids = whole.ok ? whole.page.rows.map(row => row.team.id) : []
    const windows = await Promise.all(
      [0, 1, 3, 5, 6].map(async place => {
        const { tables } = await pageOf(ids[place] ?? '')
        const rows = tables.find(table => table.competition.id === league)?.rows ?? []
        expect(rows.map(row => row.team.id)).toContain(ids[place])
        return rows.map(row => row.position).join('')
      }),
    )
    expect(windows).toEqual(['12345', '12345', '23456', '34567', '34567'])
  })

  it('knows nothing of private, unlisted and deleted games and of a tie’s matches, for nobody', async () => {
    const league = await competition()
    const shown = await ended({ name: 'Hawks' }, { name: 'Bears' }, 'home', { competitionId: league })
    const { id } = shown.home
    const quiet: Game[] = []
    for (const visibility of ['private', 'unlisted'] as const) {
      quiet.push(await ended({ id }, { name: `Known to ${visibility}` }, 'home', { competitionId: league, visibility }))
      // All that it plays in another competition is hidden: so is the competition.
      quiet.push(await ended({ id }, { name: `Elsewhere ${visibility}` }, 'home', { competitionId: await competition(), visibility }))
    }
    const deleted = await ended({ id }, { name: 'Known to a deleted one' }, 'home', { competitionId: league })
    expect(await idsOf(deleted.away.id)).toEqual([deleted.id])
    expect(await server.app.games.remove(MANAGER, deleted.id)).toMatchObject({ ok: true })
    const tie = await server.createGame('basketball', { rules: { pack: 'tie', values: {} }, home: { id } })
    const match = await server.createGame('basketball', { partOf: tie.id, home: { id }, away: { name: 'Known to a match' } })

    const page = await pageOf(id)
    expect(page.games.map(game => game.id).sort()).toEqual([shown.id, tie.id].sort())
    expect(page.tables.map(table => table.competition.id)).toEqual([league])
    expect(page.tables[0]).toMatchObject({ teams: 2, rows: [{ played: 1, won: 1 }, { played: 1 }] })
    for (const game of [...quiet, deleted, match]) {
      expect(JSON.stringify(page)).not.toContain(game.away.name)
      expect(await server.app.pages.team(game.away.id), game.away.name).toMatchObject(missing)
    }
    for (const odd of ['nothing', '', 'with\0nul', 'x'.repeat(5000)]) expect(await server.app.pages.team(odd)).toMatchObject(missing)
  })

  it('shows and hides at once what is changed, whatever was read a moment before', async () => {
    const league = await competition()
    const game = await server.createGame('basketball', { home: { name: 'Habrour Hawks' }, competitionId: league })
    const { id } = game.home
    expect((await pageOf(id)).games).toMatchObject([{ status: 'scheduled' }])
    await server.play(game.id, basket('3pt', 'away'))
    expect((await pageOf(id)).games).toMatchObject([{ status: 'live', score: { home: 0, away: 3 } }])
    expect(await server.app.teams.change(MANAGER, id, { name: 'Harbour Hawks' })).toMatchObject({ ok: true })
    expect(JSON.stringify(await pageOf(id))).not.toContain('Habrour')
    expect((await pageOf(id)).team.name).toBe('Harbour Hawks')
    const next = await server.createGame('basketball', { home: { id }, startsAt: at(20) })
    expect(await idsOf(id)).toEqual([game.id, next.id])

    await server.play(next.id, changed({ visibility: 'private' }))
    expect(await idsOf(id)).toEqual([game.id])
    expect(await server.app.pages.team(next.away.id)).toMatchObject(missing)
    await server.play(game.id, changed({ visibility: 'unlisted' }))
    expect(await server.app.pages.team(id)).toMatchObject(missing)
    await server.play(next.id, changed({ visibility: 'public' }))
    expect(await idsOf(id)).toEqual([next.id])
    expect(await idsOf(next.away.id)).toEqual([next.id])
    expect(await server.app.games.remove(MANAGER, next.id)).toMatchObject({ ok: true })
    expect(await server.app.pages.team(id)).toMatchObject(missing)
  })

  it('calls a side of people by their names, and by none that was erased', async () => {
    const game = await server.createGame('tennis', { home: { members: [{ name: 'Ida Lind' }, { name: 'Mia Holm' }] } })
    const { id, members = [] } = game.home
    expect((await pageOf(id)).team).toMatchObject({ kind: 'pair', name: 'Ida Lind / Mia Holm' })
    expect(await server.app.players.erase(OWNER, members[0]?.id ?? '')).toMatchObject({ ok: true })
    expect((await pageOf(id)).team.name).toBe('A player / Mia Holm')
    expect(JSON.stringify(await pageOf(id))).not.toContain('Ida')
  })
})
