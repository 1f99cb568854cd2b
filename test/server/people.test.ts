import { afterAll, beforeAll, expect, it } from 'vitest'
import type { BoxTable } from '#domain/box.ts'
import type { Play, PlayInput } from '#domain/play.ts'
import { presentPlay } from '#server/games/present.ts'
import { MANAGER, type Running, startServer } from './running.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const record = (gameId: string, ...plays: unknown[]) => server.app.games.record(MANAGER, gameId, plays, plays.length > 1)
const rosterOf = async (gameId: string, seq?: number) => {
  const answer = await server.app.games.get(null, gameId, seq)
  return answer.ok ? answer.game.roster : []
}
const namesOf = async (gameId: string, seq?: number) => (await rosterOf(gameId, seq)).map(({ name }) => name)
async function playsOf(gameId: string): Promise<Play[]> {
  const answer = await server.app.games.plays(null, gameId, 0, 100)
  return answer.ok ? answer.plays : []
}
const goal: PlayInput = {
  id: 'goal-0001',
  kind: 'goal',
  side: 'home',
  player: 'Ida Lind',
  data: { assist: { name: 'Mia Okafor' }, assist2: { name: 'Zoe Brandt' } },
}

it('[L9] everybody whom a play names gets a seat on the roster; the log holds ids alone', async () => {
  const game = await server.createGame('ice_hockey')
  await server.play(game.id, { id: 'start-001', kind: 'periodStart' }, goal)
  const roster = await rosterOf(game.id)
  expect(roster.map(({ name, side }) => [name, side])).toEqual([
    ['Ida Lind', 'home'],
    ['Mia Okafor', 'home'],
    ['Zoe Brandt', 'home'],
  ])
  const [, logged] = await playsOf(game.id)
  const idOf = (name: string) => roster.find(entry => entry.name === name)?.id
  expect(logged).toMatchObject({
    playerId: idOf('Ida Lind'),
    data: { assist: idOf('Mia Okafor'), assist2: idOf('Zoe Brandt') },
    text: expect.stringMatching(/Ida Lind.*Mia Okafor.*Zoe Brandt/),
  })
  const rows = await server.context.storage.db.selectFrom('plays').where('game_id', '=', game.id).selectAll().execute()
  expect(JSON.stringify(rows)).not.toMatch(/Lind|Okafor|Brandt/)

  // The next play knows them by id and by name alike.
  const next = { ...goal, id: 'goal-0002', player: 'Zoe Brandt', data: { assist: idOf('Ida Lind'), assist2: { name: 'Mia Okafor' } } }
  await server.play(game.id, next)
  expect(await rosterOf(game.id)).toEqual(roster)
  server.context.heads.forget(game.id)
  expect(await rosterOf(game.id)).toEqual(roster)
})

it('[L1] the same play sent again, names and all, counts once', async () => {
  const game = await server.createGame('ice_hockey')
  const answers = await Promise.all([record(game.id, goal), record(game.id, goal), record(game.id, goal)])
  expect(answers.map(answer => answer.ok && answer.seq)).toEqual([1, 1, 1])
  expect(await namesOf(game.id)).toEqual(['Ida Lind', 'Mia Okafor', 'Zoe Brandt'])
  expect(await record(game.id, { ...goal, data: { assist: { name: 'Mia Okafor' } } })).toMatchObject({
    error: { code: 'IDEMPOTENCY_MISMATCH' },
  })
})

it('[L9] whom nobody knows is refused by the field that names them, and nobody is seated', async () => {
  const game = await server.createGame('ice_hockey')
  expect(await record(game.id, { ...goal, data: { assist: 'nobody' } })).toMatchObject({
    error: { code: 'INVALID_PAYLOAD', path: 'data.assist' },
  })
  const batch = await record(game.id, goal, { ...goal, id: 'goal-0002', data: { assist2: 'nobody' } })
  expect(batch).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'data.assist2', index: 1 } })
  for (const assist of [{ name: '' }, { name: 'Ada', id: 'x' }, 7, null])
    expect(await record(game.id, { ...goal, data: { assist } })).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } })
  expect(await rosterOf(game.id)).toEqual([])
})

it('[L9] as of a play, nobody is on the roster whom only a later one names in its data', async () => {
  const game = await server.createGame('ice_hockey')
  await server.play(game.id, { ...goal, data: undefined }, { ...goal, id: 'goal-0002' })
  expect(await namesOf(game.id, 1)).toEqual(['Ida Lind'])
  expect(await namesOf(game.id, 2)).toEqual(['Ida Lind', 'Mia Okafor', 'Zoe Brandt'])
})

it('[L9] who was erased is still somebody', async () => {
  const game = await server.createGame('ice_hockey')
  await server.play(game.id, goal)
  const open = await server.context.heads.open(game.id)
  const logged = open?.head.window.plays[0]
  if (!open || !logged) throw new Error('nothing was logged')
  const names = new Map([...open.names].filter(([, name]) => name !== 'Mia Okafor'))
  expect(presentPlay(open.sport, open.game, names, logged, undefined, false).text).toMatch(/Ida Lind.*a player.*Zoe Brandt/)
})

it('the box score is folded from the log, whole, and changes with it', async () => {
  const game = await server.createGame('ice_hockey')
  const box = async () => {
    const answer = await server.app.games.box(null, game.id)
    if (!answer.ok) throw new Error(answer.error.code)
    return answer
  }
  expect(await box()).toMatchObject({ seq: 0, epoch: game.epoch })
  await server.play(game.id, { id: 'start-001', kind: 'periodStart' }, goal)
  const people = (tables: readonly BoxTable[]) => new Set(tables.flatMap(({ rows }) => rows.flatMap(({ playerId }) => playerId ?? [])))
  const full = await box()
  expect(full.seq).toBe(2)
  const ids = (await rosterOf(game.id)).map(({ id }) => id)
  expect([...people(full.tables)]).toEqual(expect.arrayContaining(ids))

  // A log that is no longer at hand whole is read again.
  const faceoffs = Array.from(
    { length: 700 },
    (_, i): PlayInput => ({ id: `note-${String(i).padStart(6, '0')}`, kind: 'note', data: { text: 'Hello' } }),
  )
  await server.play(game.id, ...faceoffs.slice(0, 400))
  await server.play(game.id, ...faceoffs.slice(400))
  expect((await box()).tables).toEqual(full.tables)
  await server.play(game.id, { id: 'void-goal', kind: 'void', voids: goal.id })
  expect(people((await box()).tables)).toEqual(new Set())
  expect(await server.app.games.box(null, 'none')).toMatchObject({ error: { code: 'UNKNOWN_GAME' } })
})
