import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import type { TieDetail } from '#domain/tie.ts'
import { createHeads } from '#server/games/heads.ts'
import { type PostgresForTests, startPostgres } from '#server/storage/postgres-for-tests.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

let server: Running
let dataDir: string
let postgres: PostgresForTests
beforeAll(async () => {
  postgres = await startPostgres()
}, 180_000)
afterAll(() => postgres?.dispose())
afterEach(async () => {
  await server.stop({ keepData: true })
  rmSync(dataDir, { recursive: true, force: true })
})

const ROUNDS = Array.from({ length: 12 }, (_, round) => round)
/** Each round begins its commands at other distances from each other. */
const pause = (steps: number) => new Promise<void>(done => setTimeout(done, steps % 4))

type Answer = { ok: true } | { ok: false; error: { code: string } }
const codeOf = (answer: Answer) => (answer.ok ? 'ok' : answer.error.code)
const create = (more: object) => server.app.games.create(MANAGER, { sport: 'basketball', startsAt: null, ...more })
const removeDemo = (): Promise<Answer> =>
  server.app.settings.removeDemo(MANAGER).catch((error: unknown) => server.app.explain(error) ?? Promise.reject(error))
const rowsOf = (tie: Game) => server.context.storage.db.selectFrom('games').where('part_of', '=', tie.id).selectAll().execute()

/** Whatever is kept ready reads like the same game opened anew. */
async function expectSame(...ids: string[]): Promise<void> {
  const anew = createHeads(server.context.storage, server.context.sports)
  for (const id of ids) {
    const kept = server.context.heads.peek(id)
    if (kept) expect(kept.game).toEqual((await anew.open(id))?.game)
  }
}

describe.each(['the embedded database', 'PostgreSQL'])('at the same time, on %s', engine => {
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'sideline-races-'))
    server = await startServer({ dataDir, databaseUrl: engine === 'PostgreSQL' ? await postgres.database() : undefined })
  })

  const tieOf = () => server.createGame('basketball', { rules: { pack: 'tie', values: {} } })
  const matchOf = (tie: Game) => server.createGame('basketball', { partOf: tie.id })
  const addTo = (tie: Game, round: number) =>
    [1, 2, 3].map(async n => {
      await pause(n)
      return create({ partOf: tie.id, home: { name: `Hawks ${round}.${n}` }, away: { name: `Bears ${round}.${n}` } })
    })

  it('a match that is added while its tie is deleted goes with it, or is not made', async () => {
    const codes = new Set<string>()
    for (const round of ROUNDS) {
      const tie = await tieOf()
      const added = addTo(tie, round)
      await pause(round)
      expect(await server.app.games.remove(MANAGER, tie.id)).toEqual({ ok: true })
      for (const answer of await Promise.all(added)) codes.add(codeOf(answer))
      const rows = await rowsOf(tie)
      expect(rows.filter(row => row.deleted_at === null)).toEqual([])
      for (const { id } of rows) expect(await server.app.games.get(MANAGER, id)).toMatchObject({ ok: false, error: { code: 'GONE' } })
    }
    expect([...codes].filter(code => !['ok', 'GONE', 'BUSY_RETRY'].includes(code))).toEqual([])
  })

  it('a match that is added while its tie is hidden is hidden too', async () => {
    for (const round of ROUNDS) {
      const tie = await tieOf()
      const added = addTo(tie, round)
      await pause(round)
      await server.play(tie.id, { id: `hide-${round}-000`, kind: 'edit', data: { visibility: 'private' } })
      await Promise.all(added)
      expect(new Set((await rowsOf(tie)).map(row => row.visibility))).toEqual(new Set(['private']))
    }
  })

  it('a match that is played while it is deleted is in its tie no more', async () => {
    for (const round of ROUNDS) {
      const tie = await tieOf()
      const match = await matchOf(tie)
      const played = [1, 2, 3, 4, 5, 6].map(async n => {
        await pause(n)
        return server.app.games.record(MANAGER, match.id, [basket('2pt', 'home')], false)
      })
      await pause(round)
      expect(await server.app.games.remove(MANAGER, match.id)).toEqual({ ok: true })
      for (const answer of await Promise.all(played)) expect(['ok', 'GONE', 'BUSY_RETRY']).toContain(codeOf(answer))
      const read = await server.app.games.get(MANAGER, tie.id)
      expect(read).toMatchObject({ ok: true })
      if (read.ok) expect((read.game.detail as unknown as TieDetail).parts).toEqual([])
    }
  })

  it('a game that is made of a side while that is called otherwise, or erased, shows no former name', async () => {
    for (const round of ROUNDS) {
      const first = await server.createGame()
      const sides = { home: { id: first.home.id }, away: { id: first.away.id } }
      const made = [1, 2, 3, 4].map(async n => {
        await pause(n)
        return create(sides)
      })
      await pause(round)
      const [renamed, erased] = await Promise.all([
        server.app.teams.change(MANAGER, first.home.id, { shortName: `Kites ${round}` }),
        server.app.players.erase(MANAGER, first.away.id),
      ])
      expect([codeOf(renamed), codeOf(erased)].filter(code => !['ok', 'BUSY_RETRY'].includes(code))).toEqual([])
      const ids = (await Promise.all(made)).flatMap(answer => (answer.ok ? [answer.game.id] : []))
      expect(ids.length).toBeGreaterThan(0)
      await expectSame(first.id, ...ids)
    }
  })

  it('colour and name of a team that are changed by two hold both', async () => {
    for (const round of ROUNDS) {
      const { home } = await server.createGame()
      const next = { name: `Kites ${round}`, color: '#a1b2c3' }
      const answers = await Promise.all([
        server.app.teams.change(MANAGER, home.id, { name: next.name }),
        server.app.teams.change(MANAGER, home.id, { color: next.color }),
      ])
      expect(answers.map(codeOf)).toEqual(['ok', 'ok'])
      const row = await server.context.storage.db.selectFrom('teams').where('id', '=', home.id).select(['name', 'color']).executeTakeFirst()
      expect(row).toEqual(next)
    }
  })

  it('a side of the demo that a game is made of while the demo is removed stays with it, or is no side any more', async () => {
    const codes = new Set<string>()
    for (const round of ROUNDS) {
      const demo = await Promise.all(Array.from({ length: 6 }, () => server.createGame('basketball', { demo: true })))
      let isOver = false
      const removal = removeDemo().finally(() => {
        isOver = true
      })
      const made: ReturnType<typeof create>[] = []
      for (const [n, { id }] of demo.flatMap(game => [game.home, game.away]).entries()) {
        if (isOver) break
        made.push(create({ home: { id }, away: { name: `Bears ${round}.${n}` } }))
        await pause(1)
      }
      for (const answer of await Promise.all([removal, ...made])) codes.add(codeOf(answer))
    }
    expect([...codes].filter(code => !['ok', 'NOT_FOUND', 'BUSY_RETRY'].includes(code))).toEqual([])
  })

  it('what is said, recorded and made while the demo is removed is there, or is not', async () => {
    const codes = new Set<string>()
    for (const round of ROUNDS) {
      const game = await server.createGame('basketball', { demo: true })
      await server.play(game.id, basket('2pt', 'home'))
      const line = (n: number) => ({ gameId: game.id, id: `line-${round}-${n}00`, text: 'Good evening' })
      const acts = [1, 2, 3, 4].map(async n => {
        await pause(n)
        const account = { ...MANAGER, id: `account-${round}-${n}` }
        return Promise.all([
          server.app.chat.send({ account, address: '192.0.2.1', socketId: null }, line(n)),
          server.app.games.record(MANAGER, game.id, [basket('2pt', 'home', { player: `Nobody ${n}` })], false),
          create({ home: { id: game.home.id }, away: { name: `Bears again ${round}.${n}` } }),
          server.app.games.get(MANAGER, game.id, 1),
        ])
      })
      await pause(round)
      codes.add(codeOf(await removeDemo()))
      for (const answer of (await Promise.all(acts)).flat()) codes.add(codeOf(answer))
      await expectSame(game.id)
    }
    expect([...codes].filter(code => !['ok', 'UNKNOWN_GAME', 'NOT_FOUND', 'BUSY_RETRY'].includes(code))).toEqual([])
  })
})
