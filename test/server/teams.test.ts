import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'
import type { LobbyMessage, UpdateMessage, WatchAnswer } from '#domain/protocol.ts'
import { createHub } from '#server/nodes/link.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import { OWNER, SCORER } from './accounts.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

let dataDir: string
let here: Running
let there: Running
const open: Socket[] = []
afterEach(async () => {
  for (const socket of open.splice(0)) socket.disconnect()
  await here.stop({ keepData: true })
  await there.stop({ keepData: true })
  rmSync(dataDir, { recursive: true, force: true })
})

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 45_000; !(await condition()); ) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise(done => setTimeout(done, 10))
  }
}
async function fan(server: Running): Promise<Socket> {
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
  open.push(socket)
  await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
  return socket
}
async function gameOf(server: Running, id: string): Promise<Game> {
  const answer = await server.app.games.get(MANAGER, id)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.game
}
async function competitionOf(name: string, sport = 'basketball', standings: object = {}): Promise<string> {
  const made = await here.app.competitions.create(MANAGER, { name, sport, standings })
  if (!made.ok) throw new Error(made.error.message)
  return made.competition.id
}
async function change(id: string, changes: object, server = here) {
  const answer = await server.app.teams.change(MANAGER, id, changes)
  if (!answer.ok) throw new Error(`${answer.error.code} ${answer.error.path}: ${answer.error.message}`)
  return answer.team
}
const refused = (code: string, path?: string) => ({ ok: false, error: { code, ...(path ? { path } : {}) } })
const ending: PlayInput = { id: 'end-00001', kind: 'gameEnd' }

let postgres: PostgresForTests
beforeAll(async () => {
  postgres = await startPostgres()
}, 180_000)
afterAll(() => postgres?.dispose())

describe.each(['the embedded database', 'PostgreSQL'])('on %s', engine => {
  beforeEach(async () => {
    const databaseUrl = engine === 'PostgreSQL' ? await postgres.database() : undefined
    dataDir = mkdtempSync(join(tmpdir(), 'sideline-teams-'))
    const link = createHub(run => queueMicrotask(run))
    here = await startServer({ dataDir, databaseUrl, link: link() })
    there = await startServer({ dataDir, databaseUrl, link: link() })
  })

  it('[R6] a team is called otherwise on every page, board and table, at every node, and open sockets see it', async () => {
    const competitionId = await competitionOf('Harbour League', 'basketball', {
      deductions: [{ team: 'Habrour Hawks', points: 2, reason: 'Late' }],
      decisions: [{ by: 'lots', teams: ['Habrour Hawks', 'Mill Bears'] }],
    })
    const sides = { home: { name: 'Habrour Hawks' }, away: { name: 'Mill Bears' }, competitionId }
    const played = await here.createGame('basketball', { ...sides, startsAt: new Date().toISOString() })
    const other = await here.createGame('basketball', { ...sides, home: { name: 'Mill Bears' }, away: { name: 'Habrour Hawks' } })
    await here.play(played.id, basket('2pt', 'home'), ending)
    const table = async (server: Running) => {
      const answer = await server.app.pages.competition(competitionId)
      if (!answer.ok) throw new Error(answer.error.code)
      return answer.page.rows.map(row => [row.team.name, row.deduction, row.deductions])
    }
    expect(await table(here)).toContainEqual(['Habrour Hawks', 2, [expect.objectContaining({ points: 2 })]])

    const heard = await Promise.all(
      [here, there].map(async server => {
        const socket = await fan(server)
        const [updates, boards]: [UpdateMessage[], LobbyMessage[]] = [[], []]
        socket.on('game:update', update => updates.push(update))
        socket.on('lobby:update', message => boards.push(message))
        await socket.emitWithAck('game:watch', { gameId: played.id })
        await socket.emitWithAck('lobby:watch', {})
        return { socket, updates, boards }
      }),
    )
    const before = await gameOf(here, played.id)
    const team = await change(played.home.id, { name: 'Harbour Hawks' })
    expect(team).toEqual({
      id: played.home.id,
      name: 'Harbour Hawks',
      shortName: 'Harbour Hawks',
      abbr: 'HAR',
      color: null,
      kind: 'team',
      competitionId,
    })

    for (const { socket, updates, boards } of heard) {
      await until(() => updates.length > 0)
      expect(updates[0]).toMatchObject({ gameId: played.id, seq: before.seq, plays: [], resync: true })
      const again = (await socket.emitWithAck('game:watch', { gameId: played.id, epoch: before.epoch, seq: before.seq })) as WatchAnswer
      expect(again).toMatchObject({ mode: 'snapshot', game: { home: { name: 'Harbour Hawks' }, score: { home: 2, away: 0 } } })
      await until(() => JSON.stringify(boards).includes('Harbour Hawks'))
    }
    for (const server of [here, there]) {
      await until(async () => (await gameOf(server, played.id)).home.name === 'Harbour Hawks')
      expect((await gameOf(server, other.id)).away).toMatchObject({ name: 'Harbour Hawks', abbr: 'HAR' })
      const board = await server.app.pages.board({})
      await until(async () => !JSON.stringify((await server.app.pages.board({})).games).includes('Habrour'))
      expect(board.games.length).toBeGreaterThan(0)
      await until(async () => JSON.stringify(await table(server)).includes('Harbour Hawks'))
      expect(await table(server)).toContainEqual(['Harbour Hawks', 2, [{ team: 'Harbour Hawks', points: 2, reason: 'Late' }]])
      expect(JSON.stringify(await server.app.games.list(null, {}))).not.toContain('Habrour')
      const plays = await server.app.games.plays(null, played.id, 0, 10)
      expect(plays.ok && plays.plays[0]?.text).toMatch(/Harbour Hawks/)
    }
    // By its name it is the same team, and by the one before another.
    const next = await here.createGame('basketball', { ...sides, home: { name: 'Harbour Hawks' } })
    expect(next.home.id).toBe(played.home.id)
    const lines = await here.context.storage.db.selectFrom('audit').where('action', '=', 'team.edit').selectAll().execute()
    expect(lines).toMatchObject([{ actor: MANAGER.id, target: team.id, detail: null }])
  })

  it('[R6] what is given stays, what was made of the name follows it, and null makes it anew', async () => {
    const game = await here.createGame('basketball', { home: { name: 'Quayside Athletic Rovers', abbr: 'QUA' } })
    const { id } = game.home
    expect(game.home).toMatchObject({ shortName: 'Rovers', abbr: 'QUA' })
    expect(await change(id, { name: 'Quayside Athletic Harriers' })).toMatchObject({ shortName: 'Harriers', abbr: 'QUA' })
    expect(await change(id, { shortName: 'Docks', color: '#004488' })).toMatchObject({ shortName: 'Docks', color: '#004488' })
    expect(await change(id, { name: 'Tollgate Athletic Rovers' })).toMatchObject({ shortName: 'Docks', abbr: 'QUA', color: '#004488' })
    expect(await change(id, { shortName: null, abbr: null, color: null })).toMatchObject({
      shortName: 'Rovers',
      abbr: 'TAR',
      color: null,
    })
    const { epoch, home } = await gameOf(here, game.id)
    expect(home).toMatchObject({ name: 'Tollgate Athletic Rovers', shortName: 'Rovers', abbr: 'TAR', color: null })
    // The same again is no news to anybody.
    await change(id, { name: 'Tollgate Athletic Rovers' })
    expect((await gameOf(here, game.id)).epoch).toBe(epoch)
  })

  it('[R6] people who are a side are named themselves, on the roster too', async () => {
    const competitionId = await competitionOf('Open', 'tennis')
    const people = (...names: string[]) => ({ members: names.map(name => ({ name })) })
    const game = await here.createGame('tennis', {
      home: people('Ida Lnid', 'Mia Holm'),
      away: people('Zoe Berg', 'Una Falk'),
      competitionId,
    })
    const ida = game.home.members?.[0]?.id ?? ''
    await here.play(game.id, { id: 'point-001', kind: 'point', side: 'home', playerId: ida })
    const team = await change(game.home.id, people('Ida Lind', 'Mia Holm'))
    expect(team).toMatchObject({ kind: 'pair', name: 'Ida Lind / Mia Holm', shortName: 'Lind / Holm', abbr: 'LH' })
    const after = await gameOf(there, game.id)
    expect(after.home).toMatchObject({ name: 'Ida Lind / Mia Holm', members: [{ id: ida, name: 'Ida Lind' }, { name: 'Mia Holm' }] })
    expect(after.roster).toMatchObject([{ id: ida, name: 'Ida Lind' }])
    const ask = (id: string, changes: object) => here.app.teams.change(MANAGER, id, changes)
    expect(await ask(game.home.id, { name: 'The Lobs' })).toMatchObject(refused('INVALID_PAYLOAD', 'name'))
    expect(await ask(game.home.id, people('Ida Lind'))).toMatchObject(refused('INVALID_PAYLOAD', 'members'))
    expect(await ask(game.away.id, people('Ida Lind', 'Mia Holm'))).toMatchObject(refused('CONFLICT', 'members'))
    expect(await here.app.players.erase(OWNER, ida)).toEqual({ ok: true })
    expect(await ask(game.home.id, people('Ida Lind', 'Mia Holm'))).toMatchObject(refused('CONFLICT', 'members'))
    expect(await ask(game.home.id, { color: '#112233' })).toMatchObject({
      ok: true,
      team: { name: 'A player / Mia Holm', members: [{ name: 'A player' }, { name: 'Mia Holm' }], color: '#112233' },
    })
    expect((await gameOf(here, game.id)).home).toMatchObject({ name: 'A player / Mia Holm', color: '#112233' })
  })

  it('[R6] is for who manages the competition, and refuses what cannot be by its field', async () => {
    const competitionId = await competitionOf('Cup')
    const game = await here.createGame('basketball', { competitionId })
    const friendly = await here.createGame()
    const { id } = game.home
    const ask = (account: typeof MANAGER | null, team: string, changes: unknown) => here.app.teams.change(account, team, changes)
    const limited = { ...MANAGER, grants: { games: [game.id, friendly.id], competitions: [] } }
    const within = { ...MANAGER, grants: { games: [], competitions: [competitionId] } }
    expect(await ask(null, id, { name: 'New' })).toMatchObject(refused('UNAUTHENTICATED'))
    for (const account of [SCORER, limited]) expect(await ask(account, id, { name: 'New' })).toMatchObject(refused('FORBIDDEN'))
    expect(await ask(within, friendly.home.id, { name: 'New' })).toMatchObject(refused('FORBIDDEN'))
    expect(await ask(within, 'nothing', { name: 'New' })).toMatchObject(refused('FORBIDDEN'))
    expect(await ask(MANAGER, 'nothing', { name: 'New' })).toMatchObject(refused('NOT_FOUND'))
    expect(await ask(within, id, { name: 'New' })).toMatchObject({ ok: true, team: { name: 'New', competitionId } })
    expect(await ask(MANAGER, friendly.home.id, { abbr: 'FRI' })).toMatchObject({ ok: true, team: { abbr: 'FRI', competitionId: null } })
    const odd: [object, string][] = [
      [{ name: '' }, 'name'],
      [{ name: 'x'.repeat(81) }, 'name'],
      [{ shortName: 'x'.repeat(41) }, 'shortName'],
      [{ abbr: 'LONGER!' }, 'abbr'],
      [{ color: 'red' }, 'color'],
      [{ kind: 'person' }, 'kind'],
      [{ members: [{ name: 'Ida' }] }, 'members'],
    ]
    for (const [changes, path] of odd) expect(await ask(MANAGER, id, changes), path).toMatchObject(refused('INVALID_PAYLOAD', path))
    for (const nothing of [{}, null, [], 'x']) expect(await ask(MANAGER, id, nothing)).toMatchObject(refused('INVALID_PAYLOAD'))
    expect(await ask(MANAGER, game.away.id, { name: 'New' })).toMatchObject(refused('CONFLICT', 'name'))
    // Elsewhere there may be one of the same name.
    expect(await ask(MANAGER, friendly.away.id, { name: 'New' })).toMatchObject({ ok: true })
  })

  it('[R6] in the middle of scoring every play counts once, and a tie and its matches are called anew together', async () => {
    const tie = await here.createGame('basketball', { rules: { pack: 'tie', values: {} } })
    const match = await here.createGame('basketball', { partOf: tie.id, home: { id: tie.home.id }, away: { id: tie.away.id } })
    const before = await gameOf(here, tie.id)
    const score = async (server: Running, play: PlayInput) => {
      // So many at two nodes at once ask each other to wait now and then: the same play is sent again.
      for (;;) {
        const answer = await server.app.games.record(MANAGER, match.id, [play], false)
        if (answer.ok) return
        expect(answer.error.code).toBe('BUSY_RETRY')
      }
    }
    await Promise.all([
      change(tie.home.id, { name: 'Ferrymen' }),
      ...[1, 2, 3, 4, 5, 6].map(() => score(here, basket('ft', 'home'))),
      change(tie.away.id, { name: 'Tollgate' }, there),
      ...[1, 2, 3].map(() => score(there, basket('2pt', 'away'))),
    ])
    for (const server of [here, there]) {
      await until(async () => (await gameOf(server, match.id)).seq === 9 && (await gameOf(server, match.id)).away.name === 'Tollgate')
      expect(await gameOf(server, match.id)).toMatchObject({ score: { home: 6, away: 6 }, home: { name: 'Ferrymen' } })
      await until(async () => (await gameOf(server, tie.id)).home.name === 'Ferrymen')
    }
    expect((await gameOf(here, tie.id)).epoch).not.toBe(before.epoch)
  })
})
