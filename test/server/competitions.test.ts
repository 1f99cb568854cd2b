import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { UpdateMessage } from '#domain/protocol.ts'
import { createHub } from '#server/nodes/link.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import { SCORER } from './accounts.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

let dataDir: string
let here: Running
let there: Running
let postgres: PostgresForTests
beforeAll(async () => {
  postgres = await startPostgres()
}, 180_000)
afterAll(() => postgres?.dispose())
afterEach(async () => {
  await here.stop({ keepData: true })
  await there.stop({ keepData: true })
  rmSync(dataDir, { recursive: true, force: true })
})

const refused = (code: string, path?: string) => ({ ok: false, error: { code, ...(path ? { path } : {}) } })
const competitions = () => here.app.competitions
async function competitionOf(name = 'Harbour Leage', standings: object = {}): Promise<string> {
  const made = await competitions().create(MANAGER, { name, sport: 'basketball', standings })
  if (!made.ok) throw new Error(made.error.message)
  return made.competition.id
}
async function gameOf(id: string, server = here): Promise<Game> {
  const answer = await server.app.games.get(MANAGER, id)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.game
}
async function tableOf(id: string, server = here) {
  const answer = await server.app.pages.competition(id)
  if (!answer.ok) throw new Error(answer.error.code)
  return answer.page.rows.map(row => [row.team.name, row.points, row.deduction])
}
const hawks = { home: { name: 'Hawks' }, away: { name: 'Bears' } }
const end = { id: 'end-00001', kind: 'gameEnd' }

describe.each(['the embedded database', 'PostgreSQL'])('a competition, on %s', engine => {
  beforeEach(async () => {
    const databaseUrl = engine === 'PostgreSQL' ? await postgres.database() : undefined
    dataDir = mkdtempSync(join(tmpdir(), 'sideline-competitions-'))
    const link = createHub(run => queueMicrotask(run))
    here = await startServer({ dataDir, databaseUrl, link: link() })
    there = await startServer({ dataDir, databaseUrl, link: link() })
  })

  it('[R7] is called otherwise in every game of it, at every node, and open sockets see it', async () => {
    const id = await competitionOf()
    const game = await here.createGame('basketball', { ...hawks, competitionId: id })
    const elsewhere = await here.createGame('basketball', hawks)
    expect((await gameOf(game.id, there)).competition?.name).toBe('Harbour Leage')
    const socket = io(there.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    try {
      const updates: UpdateMessage[] = []
      socket.on('game:update', update => updates.push(update))
      await socket.emitWithAck('game:watch', { gameId: game.id })
      expect(await competitions().change(MANAGER, id, { name: 'Harbour League' })).toMatchObject({
        ok: true,
        competition: { id, name: 'Harbour League', sport: 'basketball' },
      })
      await expect.poll(() => updates.at(-1)?.epoch ?? game.epoch, { timeout: 30_000 }).not.toBe(game.epoch)
      for (const server of [here, there]) {
        const now = await gameOf(game.id, server)
        expect([now.competition?.name, now.epoch === game.epoch, now.seq]).toEqual(['Harbour League', false, 0])
        expect((await gameOf(elsewhere.id, server)).epoch).toBe(elsewhere.epoch)
      }
    } finally {
      socket.disconnect()
    }
    const other = await competitionOf('Quarry Cup')
    expect(await competitions().change(MANAGER, other, { name: 'Harbour League' })).toMatchObject(refused('CONFLICT', 'name'))
    // The same name again is no change: nobody has to read anything anew.
    const { epoch } = await gameOf(game.id)
    await competitions().change(MANAGER, id, { name: 'Harbour League' })
    expect((await gameOf(game.id)).epoch).toBe(epoch)
  })

  it('[R7] counts otherwise from then on: what is named replaces what was said, null is what is usual', async () => {
    const id = await competitionOf('Harbour League', { points: { win: 3, draw: 1, loss: 0 }, deductions: { Bears: 1 } })
    const game = await here.createGame('basketball', { ...hawks, competitionId: id })
    await here.play(game.id, basket('2pt', 'home'), end)
    expect(await tableOf(id)).toEqual([
      ['Hawks', 3, 0],
      ['Bears', -1, 1],
    ])
    const changed = await competitions().change(MANAGER, id, { standings: { points: { win: 5, loss: 2 }, tieBreakers: ['wins'] } })
    expect(changed).toMatchObject({
      ok: true,
      competition: { standings: { points: { win: 5, loss: 2 }, tieBreakers: ['wins'], deductions: [{ team: 'Bears', points: 1 }] } },
    })
    expect(await tableOf(id)).toEqual([
      ['Hawks', 5, 0],
      ['Bears', 1, 1],
    ])
    const deductions = [{ team: 'Hawks', points: 2, reason: 'Late', date: '2026-11-01' }]
    await competitions().change(MANAGER, id, { standings: { deductions, points: null, tieBreakers: null } })
    const now = await competitions().get(id)
    const usual = await competitions().get(await competitionOf('As usual'))
    if (!now.ok || !usual.ok) throw new Error('not there')
    expect(now.competition.standings).toEqual({ ...usual.competition.standings, deductions })
    expect((await gameOf(game.id)).epoch).toBe(game.epoch)

    const wrong = [
      [{ standings: { points: { goals: 1 } } }, 'standings.points.goals'],
      [{ standings: { tieBreakers: ['wins', 'weight'] } }, 'standings.tieBreakers.1'],
      [{ standings: { deductions: [{ team: 'Hawks', points: -1 }] } }, 'standings.deductions.0.points'],
      [{ standings: { colour: 'red' } }, 'standings.colour'],
      [{ name: ' ' }, 'name'],
      [{ sport: 'soccer' }, undefined],
      [{}, undefined],
    ] as const
    for (const [body, path] of wrong) expect(await competitions().change(MANAGER, id, body)).toMatchObject(refused('INVALID_PAYLOAD', path))
    expect(await competitions().get(id)).toEqual(now)
  })

  it('[R7] two who change different parts of it in the same moment both have done so', async () => {
    const id = await competitionOf('Harbour League')
    const parts = [
      { points: { win: 4, draw: 2, loss: 1 } },
      { deductions: [{ team: 'Hawks', points: 1 }] },
      { headToHead: 'once' },
      { tieBreakers: ['wins'] },
    ]
    const answers = await Promise.all(
      parts.map((standings, i) => (i % 2 ? here : there).app.competitions.change(MANAGER, id, { standings })),
    )
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(await competitions().get(id)).toMatchObject({ competition: { standings: Object.assign({}, ...parts) } })
  })

  it('[R7] goes with its games to come and its limits, and stays as long as one was played', async () => {
    const id = await competitionOf('Harbour League')
    const coming = await here.createGame('basketball', { ...hawks, competitionId: id, externalId: 'round-1' })
    const played = await here.createGame('basketball', { ...hawks, competitionId: id })
    await here.play(played.id, basket('2pt', 'home'))
    const elsewhere = await here.createGame('basketball', { ...hawks, externalId: 'cup-1' })
    await here.app.accounts.createToken({ name: 'Table', scopes: ['score'], competitions: [id] }, 'operator')
    const { db } = here.context.storage

    expect(await competitions().remove(MANAGER, id)).toMatchObject(refused('CONFLICT'))
    expect((await gameOf(coming.id)).competition?.id).toBe(id)

    expect(await here.app.games.remove(MANAGER, played.id)).toMatchObject({ ok: true })
    await gameOf(coming.id, there)
    expect(await competitions().remove(MANAGER, id)).toMatchObject({ ok: true })
    expect(await competitions().get(id)).toMatchObject(refused('NOT_FOUND'))
    expect(await here.app.pages.competition(id)).toMatchObject(refused('NOT_FOUND'))
    for (const server of [here, there])
      await expect.poll(async () => (await server.app.games.get(MANAGER, coming.id)).ok, { timeout: 30_000 }).toBe(false)
    expect((await gameOf(elsewhere.id)).seq).toBe(0)
    expect(await db.selectFrom('tokens').select('name').where('name', '=', 'Table').execute()).toEqual([])
    // Its name and the ids that programs gave are free again.
    const again = await competitionOf('Harbour League')
    expect((await here.createGame('basketball', { ...hawks, competitionId: again, externalId: 'round-1' })).id).not.toBe(coming.id)
    expect(await competitions().remove(MANAGER, id)).toMatchObject(refused('NOT_FOUND'))
  })

  it('[R7] a game that is made or begun while it is deleted keeps it, or is gone with it', async () => {
    const outcomes = new Set<string>()
    for (let round = 0; round < 16; round++) {
      const id = await competitionOf(`Cup ${round}`)
      const game = await here.createGame('basketball', { ...hawks, competitionId: id })
      const pause = () => new Promise(done => setTimeout(done, round % 4))
      const [removed, begun, made] = await Promise.all([
        pause().then(() => competitions().remove(MANAGER, id)),
        (round % 2 ? here : there).app.games.record(MANAGER, game.id, [basket('2pt', 'home')], false),
        here.app.games.create(MANAGER, { sport: 'basketball', startsAt: null, ...hawks, competitionId: id }),
      ])
      outcomes.add(`${removed.ok} ${begun.ok}`)
      const { db } = here.context.storage
      const rows = await db
        .selectFrom('games')
        .where('deleted_at', 'is', null)
        .where('competition_id', '=', id)
        .select(['id', 'seq'])
        .execute()
      expect(rows.length === 0 || !removed.ok).toBe(true)
      // What was acknowledged is there.
      if (begun.ok) expect(rows).toContainEqual({ id: game.id, seq: 1 })
      if (!removed.ok) expect(['CONFLICT', 'BUSY_RETRY']).toContain(removed.error.code)
      if (!made.ok) expect(['NOT_FOUND', 'BUSY_RETRY', 'GONE']).toContain(made.error.code)
    }
    expect([...outcomes].sort()).toEqual(expect.arrayContaining(['false true']))
  })

  it('[R7] is changed by who manages it and deleted by who manages everything', async () => {
    const [id, other] = [await competitionOf('Harbour League'), await competitionOf('Quarry Cup')]
    const limited = { ...MANAGER, grants: { games: [], competitions: [id] } }
    expect(await competitions().change(null, id, { name: 'X' })).toMatchObject(refused('UNAUTHENTICATED'))
    expect(await competitions().change(SCORER, id, { name: 'X' })).toMatchObject(refused('FORBIDDEN'))
    expect(await competitions().change(limited, other, { name: 'X' })).toMatchObject(refused('FORBIDDEN'))
    expect(await competitions().change(limited, 'none', { name: 'X' })).toMatchObject(refused('FORBIDDEN'))
    expect(await competitions().change(MANAGER, 'none', { name: 'X' })).toMatchObject(refused('NOT_FOUND'))
    expect(await competitions().change(limited, id, { name: 'Renamed' })).toMatchObject({ ok: true })
    expect(await competitions().remove(null, id)).toMatchObject(refused('UNAUTHENTICATED'))
    expect(await competitions().remove(limited, id)).toMatchObject(refused('FORBIDDEN'))
    expect(await competitions().remove(MANAGER, id)).toMatchObject({ ok: true })
    const lines = await here.context.storage.db.selectFrom('audit').where('target', '=', id).select('action').execute()
    expect(lines.map(({ action }) => action).sort()).toEqual(['competition.edit', 'competition.remove'])
  })
})
