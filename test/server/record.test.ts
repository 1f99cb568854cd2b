import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { view } from '#domain/fold.ts'
import type { LoggedPlay, Play, PlayInput } from '#domain/play.ts'
import { replay } from '#domain/replay.ts'
import { basket, MANAGER, type Running, SCORER, startServer } from './running.ts'

let server: Running
beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.stop())

const record = (gameId: string, ...plays: unknown[]) => server.app.games.record(MANAGER, gameId, plays, plays.length > 1)
async function playsOf(gameId: string): Promise<Play[]> {
  const all: Play[] = []
  for (;;) {
    const answer = await server.app.games.plays(null, gameId, all.length, 1000)
    if (!answer.ok) throw new Error(answer.error.code)
    all.push(...answer.plays)
    if (answer.plays.length < 1000) return all
  }
}
/** What is stored reads like a fold of the log from its beginning. */
async function expectWhole(gameId: string) {
  const found = await server.app.parts.reader.open(null, gameId)
  if (!found.ok) throw new Error('game is gone')
  const { sport, meta, game } = found.open
  const plays = await playsOf(gameId)
  expect(plays.map(play => play.seq)).toEqual(plays.map((_, i) => i + 1))
  const folded = replay(sport, meta.rules.values, plays as LoggedPlay[])
  expect(game).toMatchObject(JSON.parse(JSON.stringify(view(sport, meta.rules.values, folded.fold))))
  for (const { play, marks } of folded.plays) {
    const { ignored, warnings, voidedBy, replacedBy } = plays[play.seq - 1] as Play
    expect({ ignored, warnings, voidedBy, replacedBy }).toEqual({
      ignored: undefined,
      warnings: undefined,
      voidedBy: undefined,
      replacedBy: undefined,
      ...marks,
    })
  }
}

describe('identity', () => {
  it('[L1] answers a known id with its first seq, whatever has happened since', async () => {
    const game = await server.createGame()
    const first = basket('3pt', 'home', { expectedSeq: 0 })
    await server.play(game.id, first)
    await server.play(game.id, basket('2pt', 'away'))
    const again = await record(game.id, { ...first, expectedSeq: 77, agoMs: 5000 })
    expect(again).toMatchObject({
      ok: true,
      seq: 1,
      created: false,
      game: { score: { home: 3, away: 2 } },
      plays: [{ id: first.id, seq: 1 }],
    })
  })

  it('[L1] refuses a known id with other content, and says where the game stands', async () => {
    const game = await server.createGame()
    const first = basket('3pt', 'home')
    await server.play(game.id, first)
    expect(await record(game.id, { ...first, kind: '2pt' })).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY_MISMATCH' },
      game: { seq: 1 },
    })
  })

  it('[L1] counts ten sends of one play at once as one', async () => {
    const game = await server.createGame()
    const play = basket('2pt', 'home')
    const answers = await Promise.all(Array.from({ length: 10 }, () => record(game.id, play)))
    expect(answers.map(answer => answer.ok && answer.seq)).toEqual(Array(10).fill(1))
    expect(answers.filter(answer => answer.ok && answer.created)).toHaveLength(1)
  })
})

describe('the head', () => {
  it('[L2] takes one of two plays that expect the same head', async () => {
    const game = await server.createGame()
    const answers = await Promise.all([
      record(game.id, basket('2pt', 'home', { expectedSeq: 0 })),
      record(game.id, basket('3pt', 'away', { expectedSeq: 0 })),
    ])
    expect(answers.filter(answer => answer.ok)).toHaveLength(1)
    expect(answers.find(answer => !answer.ok)).toMatchObject({ error: { code: 'CONFLICT' }, game: { seq: 1 } })
  })

  it('[L2] refuses an expectation ahead of the head, and another epoch', async () => {
    const game = await server.createGame()
    expect(await record(game.id, basket('2pt', 'home', { expectedSeq: 4 }))).toMatchObject({ error: { code: 'CONFLICT' } })
    expect(await record(game.id, basket('2pt', 'home', { epoch: 'another' }))).toMatchObject({ error: { code: 'CONFLICT' } })
  })
})

describe('batches', () => {
  it('[L3] stores all or none, and names the play that was refused', async () => {
    const game = await server.createGame()
    const refused = await record(game.id, basket('2pt', 'home'), basket('2pt', 'home', { period: 4 }), basket('2pt', 'home'))
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD', index: 1, path: 'period' } })
    expect((await playsOf(game.id)).length).toBe(0)
  })

  it('[L3] answers known plays in their place', async () => {
    const game = await server.createGame()
    const known = basket('2pt', 'home')
    await server.play(game.id, known)
    const fresh = basket('3pt', 'home')
    expect(await record(game.id, fresh, known)).toMatchObject({
      ok: true,
      created: true,
      plays: [
        { id: fresh.id, seq: 2 },
        { id: known.id, seq: 1 },
      ],
    })
    expect(await record(game.id, fresh, known)).toMatchObject({ ok: true, created: false })
  })

  it('[L3] refuses none at all, one id twice, and more than 500', async () => {
    const game = await server.createGame()
    expect(await server.app.games.record(MANAGER, game.id, [], true)).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } })
    const play = basket('2pt', 'home')
    expect(await record(game.id, play, play)).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'id', index: 1 } })
    const many = Array.from({ length: 501 }, () => basket('2pt', 'home'))
    expect(await record(game.id, ...many)).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } })
  })
})

describe('corrections', () => {
  it('[L4] a void takes a play out, a void of the void brings it back', async () => {
    const game = await server.createGame()
    const three = basket('3pt', 'home')
    await server.play(game.id, three, basket('2pt', 'away'))
    const undone = await server.play(game.id, { id: 'void-0001', kind: 'void', voids: three.id })
    expect(undone.game.score).toEqual({ home: 0, away: 2 })
    const back = await server.play(game.id, { id: 'void-0002', kind: 'void', voids: 'void-0001' })
    expect(back.game.score).toEqual({ home: 3, away: 2 })
    await expectWhole(game.id)
  })

  it('[L5] a replacement of a replaced play replaces its newest form', async () => {
    const game = await server.createGame()
    const three = basket('3pt', 'home')
    await server.play(game.id, three)
    await server.play(game.id, basket('2pt', 'home', { replaces: three.id }))
    const last = await server.play(game.id, basket('ft', 'home', { replaces: 1 }))
    expect(last.game.score).toEqual({ home: 1, away: 0 })
    expect((await playsOf(game.id)).map(play => play.replacedBy)).toEqual([2, 3, undefined])
    await expectWhole(game.id)
  })

  it('[L6] a play inserted before another takes its place in the order of play', async () => {
    const game = await server.createGame('tennis', { home: { members: [{ name: 'Ada' }] }, away: { members: [{ name: 'Bo' }] } })
    const point = (id: string, side: 'home' | 'away', more: Partial<PlayInput> = {}): PlayInput => ({ id, kind: 'point', side, ...more })
    await server.play(game.id, point('point-001', 'home'), point('point-002', 'home'), point('point-003', 'home'))
    const inserted = await server.play(game.id, point('point-000', 'away', { before: 'point-001' }))
    expect(inserted.game.detail).toMatchObject({ points: { home: '40', away: '15' } })
    const plays = await playsOf(game.id)
    expect([...plays].sort((a, b) => (a.order < b.order ? -1 : 1)).map(play => play.id)).toEqual([
      'point-000',
      'point-001',
      'point-002',
      'point-003',
    ])
  })

  it('[L7] reaches back over any number of plays, and what no longer fits is ignored until it fits again', async () => {
    const game = await server.createGame()
    await server.play(game.id, { id: 'start-q1', kind: 'periodStart' }, ...Array.from({ length: 300 }, () => basket('2pt', 'home')))
    await server.play(
      game.id,
      { id: 'end-q1-a', kind: 'periodEnd' },
      { id: 'start-q2', kind: 'periodStart' },
      ...Array.from({ length: 400 }, () => basket('2pt', 'away')),
    )
    await server.play(game.id, { id: 'void-q1x', kind: 'void', voids: 2 })
    const now = await server.play(game.id, { id: 'void-end', kind: 'void', voids: 'end-q1-a' })
    expect(now.game.score).toEqual({ home: 598, away: 800 })
    expect((await playsOf(game.id)).find(play => play.id === 'start-q2')?.ignored).toBeTruthy()
    await expectWhole(game.id)
    await server.play(game.id, { id: 'void-void', kind: 'void', voids: 'void-end' })
    expect((await playsOf(game.id)).find(play => play.id === 'start-q2')?.ignored).toBeUndefined()
    await expectWhole(game.id)
  })

  it('[L8] refuses a reference to no play of this game', async () => {
    const game = await server.createGame()
    expect(await record(game.id, { id: 'void-none', kind: 'void', voids: 9 })).toMatchObject({
      error: { code: 'INVALID_PAYLOAD', path: 'voids' },
    })
    expect(await record(game.id, basket('2pt', 'home', { before: 'no-such-play' }))).toMatchObject({ error: { path: 'before' } })
  })
})

describe('rights', () => {
  it('[R1] nobody scores without a sign-in, and a private game does not exist for others', async () => {
    const game = await server.createGame('basketball', { visibility: 'private' })
    expect(await server.app.games.record(null, game.id, [basket('2pt', 'home')], false)).toMatchObject({ error: { code: 'UNKNOWN_GAME' } })
    const open = await server.createGame()
    expect(await server.app.games.record(null, open.id, [basket('2pt', 'home')], false)).toMatchObject({
      error: { code: 'UNAUTHENTICATED' },
    })
    const elsewhere = { ...SCORER, grants: { games: ['another'], competitions: [] } }
    expect(await server.app.games.record(elsewhere, open.id, [basket('2pt', 'home')], false)).toMatchObject({
      error: { code: 'FORBIDDEN' },
    })
  })

  it('[R2] once official, a scorer corrects no more; who manages does', async () => {
    const game = await server.createGame()
    const three = basket('3pt', 'home')
    await server.play(game.id, three, { id: 'game-end', kind: 'gameEnd' }, { id: 'official', kind: 'status', data: { official: true } })
    const correction = { id: 'void-late', kind: 'void', voids: three.id }
    expect(await server.app.games.record(SCORER, game.id, [correction], false)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await record(game.id, correction)).toMatchObject({ ok: true, game: { score: { home: 0, away: 0 }, winner: 'draw' } })
  })
})

it('[L9] a typed player becomes an entry of the roster; the log holds the id alone', async () => {
  const game = await server.createGame()
  await server.play(
    game.id,
    basket('2pt', 'home', { player: 'Osei' }),
    basket('2pt', 'home', { player: 'Osei' }),
    basket('2pt', 'away', { player: 'Osei' }),
  )
  const plays = await playsOf(game.id)
  expect(plays[0]?.playerId).toBe(plays[1]?.playerId)
  expect(plays[2]?.playerId).not.toBe(plays[0]?.playerId)
  const rows = await server.context.storage.db.selectFrom('plays').where('game_id', '=', game.id).selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain('Osei')
  expect(plays[0]?.text).toContain('Osei')
})

it('[L10] a game opened anew from disk stands where it stood', async () => {
  const game = await server.createGame()
  const plays = Array.from({ length: 700 }, (_, i) => basket(i % 3 ? '2pt' : 'ft', i % 2 ? 'home' : 'away'))
  await server.play(game.id, ...plays.slice(0, 400))
  const written = await server.play(game.id, ...plays.slice(400))
  server.context.heads.forget(game.id)
  const opened = await server.context.heads.open(game.id)
  expect(opened?.game).toEqual(written.game)
  expect(opened?.head.window.plays.length).toBeLessThanOrEqual(512)
  await server.play(game.id, { id: 'void-old', kind: 'void', voids: plays[3]?.id ?? '' })
  await expectWhole(game.id)
})

it('[L9] who scored an own goal stands on the roster of their own side', async () => {
  const game = await server.createGame('soccer')
  const answer = await server.play(game.id, { id: 'own-goal-1', kind: 'ownGoal', side: 'home', player: 'Okafor' })
  expect(answer.game.score).toEqual({ home: 1, away: 0 })
  expect(answer.game.roster).toMatchObject([{ name: 'Okafor', side: 'away' }])
})
