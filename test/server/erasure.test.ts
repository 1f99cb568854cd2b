import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { PlayInput } from '#domain/play.ts'
import type { LobbyMessage, UpdateMessage, WatchAnswer } from '#domain/protocol.ts'
import { sideOf } from '#server/games/sides.ts'
import { createHub } from '#server/nodes/link.ts'
import { exportLeague } from '#server/portable.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import { OWNER, SCORER } from './accounts.ts'
import { MANAGER, type Running, startServer } from './running.ts'

let dataDir: string
let here: Running
let there: Running
const open: Socket[] = []
async function startBoth(databaseUrl?: string): Promise<void> {
  dataDir = mkdtempSync(join(tmpdir(), 'sideline-erasure-'))
  const link = createHub(run => queueMicrotask(run))
  here = await startServer({ dataDir, databaseUrl, link: link() })
  there = await startServer({ dataDir, databaseUrl, link: link() })
}
afterEach(async () => {
  for (const socket of open.splice(0)) socket.disconnect()
  await here.stop({ keepData: true })
  await there.stop({ keepData: true })
  rmSync(dataDir, { recursive: true, force: true })
})

const goal: PlayInput = {
  id: 'goal-0001',
  kind: 'goal',
  side: 'home',
  player: 'Ida Lind',
  data: { assist: { name: 'Mia Okafor' }, assist2: { name: 'Zoe Brandt' } },
}
const NAMES = /Lind|Ida/

async function found(name: string) {
  const answer = await here.app.players.find(MANAGER, name)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.people
}
async function erase(id: string, server = here): Promise<void> {
  expect(await server.app.players.erase(MANAGER, id)).toEqual({ ok: true })
}
async function gameOf(server: Running, id: string): Promise<Game> {
  const answer = await server.app.games.get(null, id)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.game
}
const textsOf = async (server: Running, id: string) => {
  const answer = await server.app.games.plays(null, id, 0, 100)
  return answer.ok ? answer.plays.map(({ text }) => text) : []
}

/** Everything that one server says of a game to whoever asks. */
async function all(server: Running, game: Game): Promise<string> {
  const { app } = server
  const gone = new AbortController()
  const stream = await app.stream(null, game.id, null, gone.signal)
  const told: string[] = []
  if (stream.ok) {
    const reader = stream.body.getReader()
    while (!told.join('').includes('event: snapshot')) told.push(new TextDecoder().decode((await reader.read()).value))
    gone.abort()
  }
  return JSON.stringify([
    await app.games.get(null, game.id),
    await app.games.get(null, game.id, game.seq),
    await app.games.plays(null, game.id, 0, 100),
    await app.games.box(null, game.id),
    await app.games.list(null, {}),
    await app.pages.game(null, game.id),
    await app.pages.board({}),
    game.competition && (await app.pages.competition(game.competition.id)),
    await app.pages.team(game.home.id),
    await app.pages.team(game.away.id),
    told,
  ])
}

async function fan(server: Running): Promise<Socket> {
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
  open.push(socket)
  await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
  return socket
}
async function until(condition: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise(done => setTimeout(done, 10))
  }
}

async function competitionOf(names: string[]): Promise<string> {
  const deductions = names.map((team, i) => ({ team, points: i + 1 }))
  const created = await here.app.competitions.create(MANAGER, { name: 'Open', sport: 'tennis', standings: { deductions } })
  if (!created.ok) throw new Error(created.error.message)
  return created.competition.id
}

let postgres: PostgresForTests
beforeAll(async () => {
  postgres = await startPostgres()
}, 180_000)
afterAll(() => postgres?.dispose())

describe.each(['the embedded database', 'PostgreSQL'])('on %s', engine => {
  beforeEach(async () => startBoth(engine === 'PostgreSQL' ? await postgres.database() : undefined))

  it('[R5] S32 an erased name is nowhere to be read, at any node, and the plays stay', async () => {
    const game = await here.createGame('ice_hockey')
    await here.play(game.id, { id: 'start-001', kind: 'periodStart' }, goal)
    const before = await gameOf(here, game.id)
    expect(await all(there, before)).toMatch(NAMES)
    expect(await textsOf(here, game.id)).toEqual([expect.any(String), expect.stringMatching(/Ida Lind.*Mia Okafor.*Zoe Brandt/)])
    const [ida] = await found('lind')
    expect(ida).toEqual({
      id: expect.any(String),
      name: 'Ida Lind',
      games: [{ id: game.id, sport: 'ice_hockey', startsAt: null, home: game.home.name, away: game.away.name }],
      gameCount: 1,
    })

    await erase(ida?.id ?? '')
    expect(await all(here, before)).not.toMatch(NAMES)
    await until(() => there.context.heads.peek(game.id)?.game.epoch !== before.epoch)
    expect(await all(there, before)).not.toMatch(NAMES)
    for (const server of [here, there]) {
      const after = await gameOf(server, game.id)
      expect(after).toMatchObject({ seq: before.seq, score: before.score })
      expect(after.epoch).not.toBe(before.epoch)
      expect(after.roster.map(({ id, name }) => [id === ida?.id, name])).toContainEqual([true, 'A player'])
      expect((await textsOf(server, game.id)).at(-1)).toMatch(/a player.*Mia Okafor.*Zoe Brandt/i)
    }
    expect(await found('Lind')).toEqual([])

    // Nothing of it is kept either, nor goes out with the league.
    const { db } = here.context.storage
    expect(
      await db
        .selectFrom('persons')
        .where('id', '=', ida?.id ?? '')
        .select(['name', 'erased_at'])
        .execute(),
    ).toEqual([{ name: '', erased_at: expect.any(Number) }])
    const file = join(dataDir, 'league.jsonl')
    await exportLeague(db, file, 0)
    expect(readFileSync(file, 'utf8')).not.toMatch(NAMES)
    const audit = await db.selectFrom('audit').where('action', '=', 'person.erase').selectAll().execute()
    expect(audit).toMatchObject([{ actor: MANAGER.id, target: ida?.id, detail: null }])

    // Somebody who is typed under the same name is somebody else.
    await here.play(game.id, { ...goal, id: 'goal-0002', data: undefined })
    const [other] = await found('Ida Lind')
    expect(other?.id).not.toBe(ida?.id)
  })

  it('[R5] whoever has a game open is told to read it anew, here and at another node', async () => {
    const game = await here.createGame('ice_hockey', { startsAt: new Date().toISOString() })
    await here.play(game.id, { id: 'start-001', kind: 'periodStart' }, goal)
    const [ida] = await found('Ida Lind')
    const heard = await Promise.all(
      [here, there].map(async server => {
        const socket = await fan(server)
        const updates: UpdateMessage[] = []
        socket.on('game:update', update => updates.push(update))
        const answer = (await socket.emitWithAck('game:watch', { gameId: game.id })) as { epoch: string; seq: number }
        return { socket, updates, epoch: answer.epoch, seq: answer.seq }
      }),
    )
    await erase(ida?.id ?? '')
    for (const { socket, updates, epoch, seq } of heard) {
      await until(() => updates.length > 0)
      expect(updates[0]).toMatchObject({ gameId: game.id, seq, plays: [], resync: true })
      expect(updates[0]?.epoch).not.toBe(epoch)
      const again = (await socket.emitWithAck('game:watch', { gameId: game.id, epoch, seq })) as WatchAnswer
      expect(again.mode).toBe('snapshot')
      expect(JSON.stringify(again)).not.toMatch(NAMES)
    }
    // And the next play reaches them as ever.
    await here.play(game.id, { ...goal, id: 'goal-0002', player: 'Mia Okafor', data: undefined })
    for (const { updates } of heard) await until(() => updates.at(-1)?.seq === 3)
  })

  it('[R5] a stream that is open goes on with a snapshot of the new epoch', async () => {
    const game = await here.createGame('ice_hockey')
    await here.play(game.id, goal)
    const [ida] = await found('Ida Lind')
    const gone = new AbortController()
    const stream = await here.app.stream(null, game.id, null, gone.signal)
    if (!stream.ok) throw new Error(stream.error.code)
    let told = ''
    void (async () => {
      for await (const part of stream.body) told += new TextDecoder().decode(part)
    })().catch(() => undefined)
    await until(() => told.includes('Ida Lind'))
    const first = told.length
    await erase(ida?.id ?? '')
    await until(() => told.slice(first).includes('event: snapshot'))
    expect(told.slice(first)).not.toMatch(NAMES)
    expect(told.slice(first)).toContain('A player')
    gone.abort()
  })

  it('[R5] sides are named anew: a person, and a pair by whoever is left', async () => {
    const competition = await competitionOf(['Ida Lind', 'Bea Holm'])
    const person = await here.createGame('tennis', {
      home: { members: [{ name: 'Ida Lind' }] },
      away: { members: [{ name: 'Bea Holm' }] },
      competitionId: competition,
      startsAt: new Date().toISOString(),
    })
    const pair = await here.createGame('tennis', {
      home: { members: [{ name: 'Ida Lind' }, { name: 'Una Falk' }] },
      away: { members: [{ name: 'Noor Berg' }, { name: 'Kim Vale' }] },
    })
    await here.play(person.id, { id: 'end-00001', kind: 'gameEnd', data: { how: 'walkover', winner: 'away' } })
    await here.app.pages.board({})
    const board = await fan(here)
    const news: LobbyMessage[] = []
    board.on('lobby:update', message => news.push(message))
    await board.emitWithAck('lobby:watch', {})
    const table = async () => {
      const answer = await here.app.pages.competition(competition)
      return answer.ok ? answer.page.rows.map(row => [row.team.name, row.deduction, row.deductions]) : []
    }
    expect(await table()).toContainEqual(['Ida Lind', 1, [{ team: 'Ida Lind', points: 1 }]])

    // Once as the side by itself, once as one of a pair: two people, as they were typed.
    const people = await found('Ida Lind')
    expect(people.map(({ gameCount }) => gameCount)).toEqual([1, 1])
    for (const { id } of people) await erase(id)
    expect((await gameOf(here, person.id)).home).toMatchObject({
      kind: 'person',
      name: 'A player',
      shortName: 'A player',
      members: [{ name: 'A player' }],
    })
    expect((await gameOf(there, pair.id)).home).toMatchObject({
      kind: 'pair',
      name: 'A player / Una Falk',
      shortName: 'A player / Falk',
      abbr: 'PF',
      members: [{ name: 'A player' }, { name: 'Una Falk' }],
    })
    // Boards gather what changes for less than half a second.
    await until(() => news.some(({ games }) => JSON.stringify(games).includes('A player')))
    for (const game of [person, pair]) expect(await all(here, game)).not.toMatch(NAMES)
    expect(await table()).toContainEqual(['A player', 1, [{ team: 'A player', points: 1 }]])
    expect(JSON.stringify(news)).not.toMatch(NAMES)

    // Both of a pair at once, and two without a name in one table.
    const [una] = await found('Una Falk')
    const [bea] = await found('Bea Holm')
    await Promise.all([erase(una?.id ?? ''), erase(bea?.id ?? '', there)])
    expect((await gameOf(here, pair.id)).home.name).toBe('A player / A player')
    await expect
      .poll(async () => (await table()).map(([name, deduction]) => `${name} ${deduction}`).sort())
      .toEqual(['A player 1', 'A player 2'])

    // A new side of that name is a new side.
    const again = await here.createGame('tennis', { home: { members: [{ name: 'Ida Lind' }] }, competitionId: competition })
    expect(again.home).toMatchObject({ name: 'Ida Lind' })
    expect(again.home.id).not.toBe(person.home.id)
  })

  it('[R5] names are found however they are written, and a side that was typed by a name is one person without it', async () => {
    const competition = await competitionOf(['Élodie Šmid'])
    const typed = await here.createGame('tennis', {
      home: { name: 'Élodie Šmid' },
      away: { name: 'ＫＩＭ Vale' },
      competitionId: competition,
      startsAt: new Date().toISOString(),
    })
    const hockey = await here.createGame('ice_hockey')
    await here.play(typed.id, { id: 'end-00001', kind: 'gameEnd', data: { how: 'walkover', winner: 'away' } })
    await here.play(hockey.id, { ...goal, player: 'ÉLODIE ŠMID', data: undefined })
    // In any case, put together of parts, and at any width.
    for (const name of ['élodie', 'ÉLODIE šMID', 'e\u0301lodie', 'ŠMID'])
      expect((await found(name)).map(({ name, isSide = false }) => [name, isSide])).toEqual([
        ['ÉLODIE ŠMID', false],
        ['Élodie Šmid', true],
      ])
    expect(await found('kim vale')).toMatchObject([{ name: 'ＫＩＭ Vale', isSide: true, gameCount: 1, games: [{ id: typed.id }] }])
    expect(await found('elodie')).toEqual([])

    const [, side] = await found('élodie')
    expect(side?.id).toBe(typed.home.id)
    await erase(typed.home.id)
    await erase(typed.home.id, there)
    expect(await found('élodie')).toMatchObject([{ name: 'ÉLODIE ŠMID' }])
    for (const server of [here, there]) {
      await until(async () => !/Élodie Šmid/.test(await all(server, await gameOf(server, typed.id))))
      expect((await gameOf(server, typed.id)).home).toMatchObject({ id: typed.home.id, kind: 'person', name: 'A player', abbr: 'PLA' })
    }
    const table = await here.app.pages.competition(competition)
    expect(table.ok && table.page.rows.map(row => `${row.team.name} ${row.deduction}`).sort()).toEqual(['A player 1', 'ＫＩＭ Vale 0'])
    const lines = await here.context.storage.db.selectFrom('audit').where('action', '=', 'person.erase').selectAll().execute()
    expect(lines).toMatchObject([{ target: typed.home.id, detail: null }])
    const file = join(dataDir, 'league.jsonl')
    await exportLeague(here.context.storage.db, file, 0)
    expect(readFileSync(file, 'utf8')).not.toMatch(/Élodie Šmid/)
  })

  it('[R5] only who manages everything looks people up and erases them; again is the same, nobody is not found', async () => {
    const game = await here.createGame('ice_hockey')
    await here.play(game.id, goal)
    const { players } = here.app
    const [ida] = await found('Ida Lind')
    const id = ida?.id ?? ''
    const limited = { ...MANAGER, grants: { games: [game.id], competitions: [] } }
    for (const account of [SCORER, limited]) {
      expect(await players.find(account, 'Ida')).toMatchObject({ error: { code: 'FORBIDDEN' } })
      expect(await players.erase(account, id)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    }
    expect(await players.find(null, 'Ida')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    expect(await players.erase(null, id)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    expect(await players.erase(OWNER, 'nobody')).toMatchObject({ error: { code: 'NOT_FOUND' } })
    for (const odd of [null, '', '  ', 'x'.repeat(81)])
      expect(await players.find(OWNER, odd)).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'name' } })
    // What stands for anything elsewhere stands for itself here.
    for (const sign of ['%', '_', '\\', '%%']) expect(await found(sign)).toEqual([])
    expect((await found('IDA LI')).length).toBe(1)

    expect(await Promise.all([players.erase(OWNER, id), players.erase(OWNER, id)])).toEqual([{ ok: true }, { ok: true }])
    const { epoch } = await gameOf(here, game.id)
    await erase(id)
    expect((await gameOf(here, game.id)).epoch).toBe(epoch)
    const lines = await here.context.storage.db.selectFrom('audit').where('action', '=', 'person.erase').selectAll().execute()
    expect(lines.length).toBe(1)
  })

  it('[R5] a tie and its other pages show the name no more, and scoring goes on', async () => {
    const tie = await here.createGame('tennis')
    const match = await here.createGame('tennis', {
      partOf: tie.id,
      home: { members: [{ name: 'Ida Lind' }] },
      away: { members: [{ name: 'Noor Berg' }] },
    })
    const point = (n: number): PlayInput => ({ id: `point-000${n}`, kind: 'point', side: 'home' })
    await here.play(match.id, point(1))
    const [ida] = await found('Ida Lind')
    const before = await gameOf(here, tie.id)
    // In the middle of scoring: every point counts once, whatever epoch it meets.
    const [, ...points] = await Promise.all([erase(ida?.id ?? ''), ...[2, 3, 4, 5].map(n => here.play(match.id, point(n)))])
    expect(points.length).toBe(4)
    expect((await gameOf(here, tie.id)).epoch).not.toBe(before.epoch)
    for (const game of [match, tie]) expect(await all(here, game)).not.toMatch(NAMES)
    expect((await textsOf(here, match.id)).length).toBe(5)
  })

  it('new sides that are made at once, at two nodes, get a number each, and none has to be made again', async () => {
    const nodes = [here, there].map(({ context }) => context)
    const made = await Promise.all(
      nodes.flatMap((context, at) =>
        [1, 2, 3, 4, 5, 6].map(async n => {
          const side = await sideOf(context, { name: `New ${at} ${n}` }, '', 'home')
          return side.ok && (await context.storage.write(side.statements))
        }),
      ),
    )
    expect(made.filter(written => written && !written.ok)).toEqual([])
    const rows = await here.context.storage.db.selectFrom('teams').select('number').execute()
    expect(new Set(rows.map(({ number }) => number)).size).toBe(12)
    const games = await Promise.all([here.createGame(), there.createGame('tennis', { home: { members: [{ name: 'Kim Vale' }] } })])
    expect(games.map(({ seq }) => seq)).toEqual([0, 0])
  })

  it('a start that its offset moves out of the calendar is refused by its field', async () => {
    const game = await here.createGame()
    for (const startsAt of ['9999-12-31T23:59:59-14:00', '0001-01-01T00:00:00+14:00'])
      expect(await here.app.games.record(MANAGER, game.id, [{ id: 'edit-00001', kind: 'edit', data: { startsAt } }], false)).toMatchObject({
        error: { code: 'INVALID_PAYLOAD', path: 'data.startsAt' },
      })
    expect((await gameOf(there, game.id)).seq).toBe(0)
  })
})
