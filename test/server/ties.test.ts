import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { view } from '#domain/fold.ts'
import type { Game } from '#domain/game.ts'
import type { Play } from '#domain/play.ts'
import type { LobbyMessage, UpdateMessage } from '#domain/protocol.ts'
import { replay } from '#domain/replay.ts'
import type { TieDetail } from '#domain/tie.ts'
import type { Account } from '#server/accounts.ts'
import { createHub } from '#server/nodes/link.ts'
import { OWNER } from './accounts.ts'
import { basket, MANAGER, type Running, SCORER, startServer } from './running.ts'

let server: Running
let dataDir: string
const stops: (() => unknown)[] = []
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'sideline-ties-'))
  server = await startServer({ dataDir })
})
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  await server.stop({ keepData: true })
  rmSync(dataDir, { recursive: true, force: true })
})

let made = 0
const id = () => {
  made += 1
  return `tie-${String(made).padStart(6, '0')}`
}
const end = () => ({ id: id(), kind: 'gameEnd' })
const tied = (values: object = {}) => ({ rules: { pack: 'tie', values } })
const create = (more: object = {}, account: Account | null = MANAGER) => {
  made += 1
  const sides = { home: { name: `Hawks ${made}` }, away: { name: `Bears ${made}` } }
  return server.app.games.create(account, { sport: 'basketball', startsAt: null, ...sides, ...more })
}
async function match(tie: Game, more: object = {}): Promise<Game> {
  const created = await create({ partOf: tie.id, ...more })
  if (!created.ok) throw new Error(`${created.error.code} ${created.error.path}: ${created.error.message}`)
  return created.game
}
async function read(gameId: string, from = server): Promise<Game> {
  const answer = await from.app.games.get(MANAGER, gameId)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.game
}
async function playsOf(gameId: string): Promise<Play[]> {
  const answer = await server.app.games.plays(null, gameId, 0, 1000)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.plays
}
const partsOf = ({ detail }: Game) => (detail as unknown as TieDetail).parts
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const last = Date.now() + 20_000; !(await condition()); ) {
    if (Date.now() > last) throw new Error('it did not happen')
    await new Promise(done => setTimeout(done, 10))
  }
}
async function fan(of = server): Promise<Socket> {
  const socket = io(of.url, { transports: ['websocket'], forceNew: true, reconnection: false })
  stops.push(() => socket.disconnect())
  await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
  return socket
}

describe('a tie', () => {
  it('is one game in the figures of an admin, whatever it is made of', async () => {
    const figures = async () => {
      const [overview, kept] = [await server.app.admin.overview(OWNER, {}), await server.app.admin.games.competitions(OWNER)]
      if (!overview.ok || !kept.ok) throw new Error('no figures')
      const { all, live } = overview.overview.games
      return { all, live, cup: kept.competitions[0]?.games }
    }
    const made = await server.app.competitions.create(MANAGER, { name: 'Cup', sport: 'basketball' })
    if (!made.ok) throw new Error(made.error.message)
    const competitionId = made.competition.id
    const before = await figures()
    const tie = await server.createGame('basketball', { ...tied({ tieOf: 3 }), competitionId })
    const only = await match(tie, { competitionId })
    await match(tie, { competitionId })
    await server.play(only.id, basket('2pt', 'home'))
    expect(await figures()).toEqual({ all: before.all + 1, live: before.live + 1, cup: 1 })
  })

  it('[T1] is folded from its matches, which are on no board and in no list', async () => {
    const tie = await server.createGame('basketball', tied({ tieOf: 3 }))
    const [first, second] = [await match(tie), await match(tie), await match(tie)]
    expect(first).toMatchObject({ partOf: tie.id, competition: null })
    expect(await read(tie.id)).toMatchObject({ status: 'scheduled', parts: [first.id, second.id, expect.any(String)], seq: 3 })

    await server.play(first.id, basket('3pt', 'home'), basket('2pt', 'away'))
    expect(await read(tie.id)).toMatchObject({
      status: 'live',
      score: { home: 0, away: 0 },
      linescore: { columns: [{ label: '1', home: 3, away: 2 }] },
    })
    await server.play(first.id, end())
    expect(await read(tie.id)).toMatchObject({ status: 'live', score: { home: 1, away: 0 } })
    await server.play(second.id, basket('ft', 'home'), end())
    const over = await read(tie.id)
    expect(over).toMatchObject({ status: 'final', statusReason: 'regulation', score: { home: 2, away: 0 }, winner: 'home' })
    expect(partsOf(over)[1]).toMatchObject({ id: second.id, status: 'final', score: { home: 1, away: 0 }, winner: 'home' })

    const listed = await server.app.games.list(null, {})
    expect(listed.ok && listed.games.map(game => game.id)).toEqual([tie.id])
    const page = await server.app.pages.game(null, tie.id)
    expect(page.ok && page.page.parts?.map(row => row.id)).toEqual(partsOf(over).map(part => part.id))
    const own = await server.app.pages.game(null, second.id)
    expect(own.ok && own.page.tie).toMatchObject({ id: tie.id, score: { home: 2, away: 0 } })
    expect((await server.app.parts.lobby.snapshot()).games.map(row => row.id)).not.toContain(first.id)

    // What is stored is what its log folds to, and nobody is named in it.
    const plays = await playsOf(tie.id)
    const open = server.context.heads.peek(tie.id)
    if (!open) throw new Error('not kept')
    expect(over).toMatchObject(
      JSON.parse(JSON.stringify(view(open.sport, over.rules.values, replay(open.sport, over.rules.values, plays).fold))),
    )
    expect(JSON.stringify(plays.map(play => play.data))).not.toMatch(/Hawks|Bears/)
    expect(plays.at(-1)?.text).toBe(`Match 2 goes to ${over.home.name}, 1–0`)
  })

  it('[T2] follows corrections of its matches, also after its end', async () => {
    const tie = await server.createGame('basketball', tied({ tieOf: 1 }))
    const only = await match(tie)
    await server.play(only.id, basket('2pt', 'home'), end())
    expect(await read(tie.id)).toMatchObject({ status: 'final', winner: 'home' })
    await server.play(only.id, { id: id(), kind: 'void', voids: 2 })
    expect(await read(tie.id)).toMatchObject({ status: 'live', winner: null })
    await server.play(only.id, basket('3pt', 'away'), end())
    expect(await read(tie.id)).toMatchObject({ status: 'final', score: { home: 0, away: 1 }, winner: 'away' })
    for (const { warnings, ignored } of await playsOf(tie.id)) expect([warnings, ignored]).toEqual([undefined, undefined])
  })

  it('[T3] becomes one with the first match of a game without plays, and readers start anew', async () => {
    const game = await server.createGame()
    const socket = await fan()
    const updates: UpdateMessage[] = []
    socket.on('game:update', message => updates.push(message))
    await socket.timeout(20_000).emitWithAck('game:watch', { gameId: game.id })
    const part = await match(game)
    await until(() => updates.at(-1)?.seq === 1)
    expect(updates[0]).toMatchObject({ resync: true, plays: [], epoch: expect.not.stringMatching(game.epoch) })
    expect(updates.at(-1)?.game.parts).toEqual([part.id])
    expect(await read(game.id)).toMatchObject({ rules: { pack: 'tie' }, parts: [part.id] })
  })

  it('[T4] tells whoever watches it, and the board, of every match', async () => {
    const startsAt = new Date().toISOString()
    const tie = await server.createGame('basketball', { ...tied({ tieOf: 2, playOn: true }), startsAt })
    const [one, two] = [await match(tie), await match(tie)]
    const socket = await fan()
    const updates: UpdateMessage[] = []
    const boards: LobbyMessage[] = []
    socket.on('game:update', message => updates.push(message))
    socket.on('lobby:update', message => boards.push(message))
    await socket.timeout(20_000).emitWithAck('game:watch', { gameId: tie.id })
    await socket.timeout(20_000).emitWithAck('lobby:watch', {})
    await Promise.all(Array.from({ length: 10 }, (_, i) => server.play((i % 2 ? one : two).id, basket('2pt', i % 3 ? 'home' : 'away'))))
    await server.play(one.id, end())
    await server.play(two.id, end())
    const now = await read(tie.id)
    await until(() => updates.at(-1)?.seq === now.seq)
    expect(updates.flatMap(update => update.plays.map(play => play.seq))).toEqual(Array.from({ length: now.seq - 2 }, (_, i) => i + 3))
    expect(updates.at(-1)?.game).toMatchObject({ status: 'final', parts: [one.id, two.id] })
    expect(partsOf(now).map(part => part.score)).toEqual([(await read(one.id)).score, (await read(two.id)).score])
    await until(() => boards.flatMap(message => message.games).some(row => row.id === tie.id && 'status' in row && row.status === 'final'))
    expect(boards.flatMap(message => message.games).map(row => row.id)).not.toContain(one.id)
  })

  it('[T5] is told by the server alone', async () => {
    const tie = await server.createGame('basketball', tied())
    const part = await match(tie)
    await server.play(part.id, basket('2pt', 'home'))
    const [first] = await playsOf(tie.id)
    const forged = { id: id(), kind: 'part', data: { ...first?.data, seq: 99, score: { home: 9, away: 0 } } }
    const send = (gameId: string, ...plays: object[]) => server.app.games.record(MANAGER, gameId, plays, plays.length > 1)
    const refused = (path: string) => ({ ok: false, error: { code: 'INVALID_PAYLOAD', path } })
    expect(await send(tie.id, forged)).toMatchObject(refused('kind'))
    expect(await send(part.id, forged)).toMatchObject(refused('kind'))
    expect(await send(tie.id, { id: id(), kind: 'void', voids: 1 })).toMatchObject(refused('voids'))
    expect(await send(tie.id, { id: id(), kind: 'note', data: { text: 'x' }, replaces: first?.id })).toMatchObject(refused('replaces'))
    expect(await send(tie.id, basket('2pt', 'home'))).toMatchObject(refused('kind'))
    // Its details, notes and an end by decision are its own.
    await server.play(
      tie.id,
      { id: id(), kind: 'edit', data: { venue: 'Old Hall' } },
      { id: id(), kind: 'gameEnd', data: { how: 'awarded', winner: 'away' } },
    )
    expect(await read(tie.id)).toMatchObject({ venue: 'Old Hall', status: 'final', winner: 'away' })
    await server.play(tie.id, { id: id(), kind: 'void', voids: 4 })
    expect(await read(tie.id)).toMatchObject({ status: 'live', winner: null })
  })

  it('[T6] takes matches from who may make games there, of its sport and its competition', async () => {
    const made = await server.app.competitions.create(MANAGER, { name: 'Harbour Ties', sport: 'basketball' })
    const competitionId = made.ok ? made.competition.id : ''
    const tie = await server.createGame('basketball', { ...tied(), competitionId, visibility: 'unlisted' })
    const partOf = tie.id
    const refused = (code: string, path?: string) => ({ ok: false, error: { code, ...(path ? { path } : {}) } })
    expect(await create({ partOf }, null)).toMatchObject(refused('UNAUTHENTICATED'))
    expect(await create({ partOf: 'nothing' })).toMatchObject(refused('UNKNOWN_GAME', 'partOf'))
    const limited: Account = { ...SCORER, grants: { games: ['another'], competitions: [] } }
    expect(await create({ partOf }, limited)).toMatchObject(refused('FORBIDDEN'))
    expect(await create({ partOf, sport: 'soccer' })).toMatchObject(refused('INVALID_PAYLOAD', 'sport'))
    expect(await create({ partOf, competitionId: 'another' })).toMatchObject(refused('INVALID_PAYLOAD', 'competitionId'))
    expect(await create({ partOf, ...tied() })).toMatchObject(refused('INVALID_PAYLOAD', 'rules.pack'))
    const granted: Account = { ...SCORER, grants: { games: [tie.id], competitions: [] } }
    const part = await create({ partOf, externalId: 'one' }, granted)
    expect(part).toMatchObject({ ok: true, created: true, game: { partOf, competition: { id: competitionId }, visibility: 'unlisted' } })
    expect(await create({ partOf, externalId: 'one' })).toMatchObject({ ok: true, created: false })
    expect(await create({ partOf: part.ok ? part.game.id : '' })).toMatchObject(refused('INVALID_PAYLOAD', 'partOf'))
    const begun = await server.createGame()
    await server.play(begun.id, basket('2pt', 'home'))
    expect(await create({ partOf: begun.id })).toMatchObject(refused('INVALID_PAYLOAD', 'partOf'))
    const hidden = await server.createGame('basketball', { ...tied(), visibility: 'private' })
    expect(await create({ partOf: hidden.id }, limited)).toMatchObject(refused('UNKNOWN_GAME', 'partOf'))
    expect(await create({ ...tied({ tieOf: 100 }) })).toMatchObject(refused('INVALID_PAYLOAD', 'rules.values.tieOf'))
  })

  it('[T6] made official, its matches are corrected by who manages alone', async () => {
    const tie = await server.createGame('basketball', tied())
    const part = await match(tie)
    await server.play(part.id, basket('2pt', 'home'), end())
    await server.play(tie.id, { id: id(), kind: 'status', data: { official: true } })
    const correction = { id: id(), kind: 'void', voids: 2 }
    expect(await server.app.games.record(SCORER, part.id, [correction], false)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await server.app.games.record(MANAGER, part.id, [correction], false)).toMatchObject({ ok: true })
    expect(await read(tie.id)).toMatchObject({ status: 'live' })
  })

  it('[T10] a match that has not begun gets other players, and everybody who has it or its tie open reads them', async () => {
    const people = (...names: string[]) => ({ members: names.map(name => ({ name })) })
    const made = await server.app.competitions.create(MANAGER, { name: 'Singles League', sport: 'table_tennis' })
    const competitionId = made.ok ? made.competition.id : ''
    const tie = await server.createGame('table_tennis', { ...tied({ tieOf: 2 }), competitionId })
    const sides = { sport: 'table_tennis', home: people('Ada Lind'), away: people('Bo Vey') }
    const [one, two] = [await match(tie, sides), await match(tie, { ...sides, home: people('Cy Orr') })]
    const heard = await Promise.all(
      [tie, one].map(async game => {
        const socket = await fan()
        const updates: UpdateMessage[] = []
        socket.on('game:update', message => updates.push(message))
        await socket.timeout(20_000).emitWithAck('game:watch', { gameId: game.id })
        return { game: await read(game.id), updates }
      }),
    )
    const change = (changes: unknown, account: Account | null = SCORER, gameId = one.id) =>
      server.app.games.change(account, gameId, changes)
    const changed = await change({ home: people('Eva Holm', 'Flo Berg'), away: { id: two.away.id } })
    expect(changed).toMatchObject({
      ok: true,
      game: { id: one.id, partOf: tie.id, seq: 0, home: { kind: 'pair', name: 'Eva Holm / Flo Berg' }, away: { name: 'Bo Vey' } },
    })
    for (const { game, updates } of heard) {
      await until(() => updates.length > 0)
      expect(updates[0]).toMatchObject({ gameId: game.id, seq: game.seq, plays: [], resync: true })
      expect(updates[0]?.epoch).not.toBe(game.epoch)
    }
    const page = await server.app.pages.game(null, tie.id)
    expect(page.ok && page.page.parts?.map(row => row.home.name)).toEqual(['Eva Holm / Flo Berg', 'Cy Orr'])
    // Who is a side already is the same one, and the same again is no news.
    const { epoch } = await read(one.id)
    expect(await change({ home: people('Eva Holm', 'Flo Berg') })).toMatchObject({ ok: true, game: { epoch } })
    // Details may have changed meanwhile; the match goes on in the tie as before.
    await server.play(one.id, { id: id(), kind: 'edit', data: { venue: 'Table 2' } })
    expect(await change({ home: people('Ada Lind') })).toMatchObject({ ok: true, game: { home: { id: one.home.id }, venue: 'Table 2' } })
    await server.play(one.id, { id: id(), kind: 'setScore', data: { home: 11, away: 3 } })
    expect(await read(tie.id)).toMatchObject({ status: 'live' })
    const begun = await change({ away: people('Di Ekman') })
    expect(begun).toMatchObject({ ok: false, error: { code: 'CONFLICT', path: 'status' }, game: { id: one.id, seq: 2 } })
  })

  it('[T10] players are changed by who may make matches there, and refused by their field', async () => {
    const tie = await server.createGame('basketball', tied())
    const part = await match(tie)
    const change = (account: Account | null, changes: unknown, gameId = part.id) => server.app.games.change(account, gameId, changes)
    const refused = (code: string, path?: string) => ({ ok: false, error: { code, ...(path ? { path } : {}) } })
    const others = { home: { name: 'Others' } }
    const limited: Account = { ...SCORER, grants: { games: ['another'], competitions: [] } }
    const granted: Account = { ...SCORER, grants: { games: [tie.id], competitions: [] } }
    const feed: Account = { ...MANAGER, scopes: ['read', 'score'] }
    expect(await change(null, others)).toMatchObject(refused('UNAUTHENTICATED'))
    for (const account of [limited, feed]) expect(await change(account, others)).toMatchObject(refused('FORBIDDEN'))
    expect(await change(MANAGER, others, 'nothing')).toMatchObject(refused('UNKNOWN_GAME'))
    expect(await change(granted, others)).toMatchObject({ ok: true, game: { home: { name: 'Others' } } })
    for (const nothing of [{}, null, []]) expect(await change(MANAGER, nothing)).toMatchObject(refused('INVALID_PAYLOAD'))
    expect(await change(MANAGER, { home: { name: '' } })).toMatchObject(refused('INVALID_PAYLOAD', 'home.name'))
    expect(await change(MANAGER, { away: { id: 'nobody' } })).toMatchObject(refused('NOT_FOUND', 'away.id'))
    expect(await change(MANAGER, { away: others.home })).toMatchObject(refused('INVALID_PAYLOAD', 'away'))
    expect(await change(MANAGER, { home: { name: 'New' }, away: { name: 'New' } })).toMatchObject(refused('INVALID_PAYLOAD', 'away'))
    expect(await change(MANAGER, { venue: 'Hall' })).toMatchObject(refused('INVALID_PAYLOAD', 'venue'))
    const hidden = await server.createGame('basketball', { visibility: 'private' })
    expect(await change(limited, others, hidden.id)).toMatchObject(refused('UNKNOWN_GAME'))
    // Of an official tie, who manages.
    await server.play(tie.id, { id: id(), kind: 'gameEnd', data: { how: 'awarded', winner: 'away' } })
    await server.play(tie.id, { id: id(), kind: 'status', data: { official: true } })
    expect(await change(SCORER, { home: { name: 'Late' } })).toMatchObject(refused('FORBIDDEN'))
    expect(await change(MANAGER, { home: { name: 'Late' } })).toMatchObject({ ok: true })
  })

  it('[T10] who begins while the players are changed is scored for whoever plays then', async () => {
    const tie = await server.createGame('basketball', tied())
    for (let n = 0; n < 8; n++) {
      const part = await match(tie)
      const [changed] = await Promise.all([
        server.app.games.change(MANAGER, part.id, { home: { name: `Others ${n}` } }),
        server.play(part.id, basket('2pt', 'home')),
      ])
      const now = await read(part.id)
      expect(now).toMatchObject({ seq: 1, score: { home: 2, away: 0 } })
      expect(now.home.name === `Others ${n}`).toBe(changed.ok)
      if (!changed.ok) expect(changed.error.code).toBe('CONFLICT')
    }
  })

  it('[T6] is seen by the same people as its matches', async () => {
    const tie = await server.createGame('basketball', tied())
    const part = await match(tie)
    const hide = id()
    await server.play(tie.id, { id: hide, kind: 'edit', data: { visibility: 'private' } })
    expect(await server.app.games.get(null, part.id)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_GAME' } })
    expect(await match(tie)).toMatchObject({ visibility: 'private' })
    await server.play(tie.id, { id: id(), kind: 'void', voids: hide })
    expect(await server.app.games.get(null, part.id)).toMatchObject({ ok: true, game: { visibility: 'public' } })
  })

  it('[T7] goes with its matches, and forgets one that is deleted', async () => {
    const tie = await server.createGame('basketball', tied({ tieOf: 2 }))
    const [one, two] = [await match(tie), await match(tie)]
    await server.play(one.id, basket('2pt', 'home'))
    expect(await server.app.games.remove(MANAGER, one.id)).toEqual({ ok: true })
    expect(await read(tie.id)).toMatchObject({ parts: [two.id], status: 'scheduled' })
    expect(await server.app.games.remove(MANAGER, tie.id)).toEqual({ ok: true })
    for (const game of [tie, one, two])
      expect(await server.app.games.get(null, game.id)).toMatchObject({ ok: false, error: { code: 'GONE' } })
  })

  it('[T8] is told at the next start what it was not told before the power went', async () => {
    const tie = await server.createGame('basketball', tied({ tieOf: 3 }))
    const [one, two, three] = [await match(tie), await match(tie), await match(tie)]
    await server.play(one.id, basket('2pt', 'home'), end())
    const told = await read(tie.id)
    // What two matches came to and that the third was deleted never reached the tie.
    const { db } = server.context.storage
    await server.play(two.id, basket('3pt', 'away'), end())
    await server.app.games.remove(MANAGER, three.id)
    const row = await db.selectFrom('games').where('id', '=', tie.id).selectAll().executeTakeFirstOrThrow()
    await db.deleteFrom('plays').where('game_id', '=', tie.id).where('seq', '>', told.seq).execute()
    const { seq, last_order } =
      (await db
        .selectFrom('plays')
        .where('game_id', '=', tie.id)
        .select(['seq', 'ord as last_order'])
        .orderBy('seq', 'desc')
        .executeTakeFirst()) ?? row
    const open = server.context.heads.peek(tie.id)
    if (!open) throw new Error('not kept')
    const { fold } = replay(open.sport, tie.rules.values, await playsOf(tie.id))
    await db
      .updateTable('games')
      .set({ seq, last_order, state: JSON.stringify(fold), updated_at: Date.parse(told.updatedAt) })
      .where('id', '=', tie.id)
      .execute()
    // The power was off for longer than what is looked for every now and then reaches back.
    const away = 2 * 3_600_000
    for (const { id } of [tie, one, two, three])
      await db
        .updateTable('games')
        .set(eb => ({ updated_at: eb('updated_at', '-', away) }))
        .where('id', '=', id)
        .execute()
    await server.stop({ keepData: true })

    server = await startServer({ dataDir })
    await until(async () => (await read(tie.id)).seq >= told.seq + 2)
    const repaired = await read(tie.id)
    expect(repaired).toMatchObject({ score: { home: 1, away: 1 }, parts: [one.id, two.id], seq: told.seq + 2 })
    expect((await playsOf(tie.id)).map(play => play.seq)).toEqual(Array.from({ length: repaired.seq }, (_, i) => i + 1))
  })

  it('[T9] is one log, whichever node its matches are scored at', async () => {
    await server.stop({ keepData: true })
    const link = createHub(run => queueMicrotask(run))
    server = await startServer({ dataDir, link: link() })
    const there = await startServer({ dataDir, link: link() })
    stops.push(() => there.stop({ keepData: true }))
    const tie = await server.createGame('basketball', tied({ tieOf: 2, playOn: true }))
    const [one, two] = [await match(tie), await match(tie)]
    const score = async (of: Running, game: Game, side: 'home' | 'away') => {
      for (let i = 0; i < 8; i++) await of.play(game.id, basket('2pt', side))
      await of.play(game.id, end())
    }
    await Promise.all([score(server, one, 'home'), score(there, two, 'away')])
    // The other way round, so that each node takes over a match of the other's.
    await there.play(one.id, { id: id(), kind: 'void', voids: 1 })
    await server.play(two.id, { id: id(), kind: 'void', voids: 1 })
    for (const of of [server, there]) {
      await until(() => of.context.heads.peek(tie.id)?.head.seq !== undefined)
      await until(async () => partsOf(await read(tie.id, of)).every(part => part.seq >= 10))
      const now = await read(tie.id, of)
      expect(now).toMatchObject({ status: 'final', score: { home: 1, away: 1 }, winner: 'draw' })
      expect(partsOf(now).map(part => part.score)).toEqual([
        { home: 14, away: 0 },
        { home: 0, away: 14 },
      ])
    }
    const seqs = (await playsOf(tie.id)).map(play => play.seq)
    expect(seqs).toEqual(Array.from({ length: seqs.length }, (_, i) => i + 1))
  })

  it('[T9] is told by a node that has not heard what another one told it', async () => {
    await server.stop({ keepData: true })
    const link = createHub(() => {})
    server = await startServer({ dataDir, link: link() })
    const there = await startServer({ dataDir, link: link() })
    stops.push(() => there.stop({ keepData: true }))
    const tie = await server.createGame('basketball', tied({ tieOf: 3 }))
    const part = await match(tie)
    await server.play(part.id, basket('2pt', 'home'))
    expect(partsOf(await read(tie.id, there))[0]?.score).toEqual({ home: 2, away: 0 })
    await server.play(part.id, basket('2pt', 'home'))
    // For all that this node knows, the match stands as its tie was told.
    await there.play(part.id, { id: id(), kind: 'void', voids: 2 })
    // It is in the tie when the play is answered, before anybody looks for what was forgotten.
    expect(partsOf(await read(tie.id, there))[0]).toMatchObject({ seq: 3, score: { home: 2, away: 0 } })
    await until(async () => partsOf(await read(tie.id))[0]?.seq === 3)
    expect(partsOf(await read(tie.id))[0]).toMatchObject({ seq: 3, score: { home: 2, away: 0 } })
  })
})
