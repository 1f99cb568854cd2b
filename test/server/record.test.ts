import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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
async function competition(name: string): Promise<string> {
  const answer = await server.app.competitions.create(MANAGER, { name, sport: 'basketball' })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.competition.id
}
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
    const { ignored, warnings, facts, voidedBy, replacedBy } = plays[play.seq - 1] as Play
    expect({ ignored, warnings, facts, voidedBy, replacedBy }).toEqual({
      ignored: undefined,
      warnings: undefined,
      facts: undefined,
      voidedBy: undefined,
      replacedBy: undefined,
      ...marks,
    })
  }
}

describe('identity', () => {
  it('[L3] reads what a batch expects only where its first play is new', async () => {
    const game = await server.createGame()
    const first = basket('3pt', 'home', { expectedSeq: 0 })
    await server.play(game.id, first)
    const more = await record(game.id, first, basket('2pt', 'away'))
    expect(more).toMatchObject({ ok: true, seq: 2, created: true, game: { score: { home: 3, away: 2 } } })
    const stale = await record(game.id, basket('2pt', 'home', { expectedSeq: 1 }), basket('2pt', 'away'))
    expect(stale).toMatchObject({ ok: false, error: { code: 'CONFLICT', index: 0, path: 'expectedSeq' }, game: { seq: 2 } })
    const elsewhere = await record(game.id, basket('2pt', 'home', { epoch: 'other' }), basket('2pt', 'away'))
    expect(elsewhere).toMatchObject({ ok: false, error: { code: 'CONFLICT', index: 0, path: 'epoch' } })
  })

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

  it('[R1] a deleted game is gone for its readers and its scorers, and its externalId is free again', async () => {
    const externalId = 'season-4/round-7/1'
    const game = await server.createGame('basketball', { externalId })
    await server.play(game.id, basket('2pt', 'home'))
    expect(await server.app.games.remove(MANAGER, game.id)).toEqual({ ok: true })
    const gone = { ok: false, error: { code: 'GONE' } }
    expect(await server.app.games.get(null, game.id)).toMatchObject(gone)
    expect(await server.app.games.plays(null, game.id, 0, 10)).toMatchObject(gone)
    expect(await server.app.chat.history(null, game.id, undefined, 10)).toMatchObject(gone)
    expect(await server.app.games.record(MANAGER, game.id, [basket('2pt', 'home')], false)).toMatchObject(gone)
    expect(await server.app.games.remove(MANAGER, game.id)).toMatchObject(gone)
    const list = await server.app.games.list(MANAGER, { limit: 500 })
    expect(list.ok && list.games.map(other => other.id)).not.toContain(game.id)
    const anew = await server.createGame('basketball', { externalId })
    expect(anew.id).not.toBe(game.id)
  })

  it('[R1] a private game is unknown to others whatever they ask of it, deleted or not', async () => {
    const game = await server.createGame('basketball', { visibility: 'private', externalId: 'behind-closed-doors' })
    const elsewhere = { ...MANAGER, grants: { games: [], competitions: ['another'] } }
    const unknown = { ok: false, error: { code: 'UNKNOWN_GAME', message: 'No such game.' } }
    const { games, chat, stream } = server.app
    for (const who of [null, elsewhere]) {
      const ask = async () => [
        await games.get(who, game.id),
        await games.get(who, game.id, 0),
        await games.plays(who, game.id, 0, 10),
        await games.record(who, game.id, [basket('2pt', 'home')], false),
        await games.remove(who, game.id),
        await chat.history(who, game.id, undefined, 10),
        await chat.remove(who, game.id, 'message-1'),
        await stream(who, game.id, null, new AbortController().signal),
      ]
      for (const answer of await ask()) expect(answer).toEqual(unknown)
      const list = await games.list(who, { limit: 500 })
      expect(list.ok && list.games.map(other => other.id)).not.toContain(game.id)
    }
    const guessed = { sport: 'basketball', home: { name: 'Foxes' }, away: { name: 'Owls' }, externalId: 'behind-closed-doors' }
    const inOwn = { ...elsewhere, grants: { games: [], competitions: [await competition('Guessers’ League')] } }
    const answer = await games.create(inOwn, { ...guessed, competitionId: inOwn.grants.competitions[0] })
    expect(answer).toMatchObject({ ok: false, error: { code: 'CONFLICT', path: 'externalId' } })
    expect(JSON.stringify(answer)).not.toContain(game.id)

    expect(await games.remove(MANAGER, game.id)).toEqual({ ok: true })
    expect(await games.get(null, game.id)).toEqual(unknown)
    expect(await games.get(elsewhere, game.id)).toEqual(unknown)
    expect(await games.get(MANAGER, game.id)).toMatchObject({ error: { code: 'GONE' } })
  })

  it('[R2] who recorded a play is told to those who may score the game', async () => {
    const game = await server.createGame()
    const recorded = await server.app.games.record(SCORER, game.id, [basket('2pt', 'home')], false)
    expect(recorded).toMatchObject({ ok: true, plays: [{ by: 'user:scorer-1' }] })
    const elsewhere = { ...SCORER, grants: { games: ['another'], competitions: [] } }
    const read = async (who: typeof SCORER | null) => {
      const answer = await server.app.games.plays(who, game.id, 0, 10)
      const page = await server.app.pages.game(who, game.id)
      if (!answer.ok || !page.ok) throw new Error('unreadable')
      return [answer.plays, page.page.plays].map(plays => plays.map(play => play.by))
    }
    expect(await read(SCORER)).toEqual([['user:scorer-1'], ['user:scorer-1']])
    expect(await read(null)).toEqual([[undefined], [undefined]])
    expect(await read(elsewhere)).toEqual([[undefined], [undefined]])
  })

  it('[P6] [R2] once official, a scorer corrects no more; who manages does', async () => {
    const game = await server.createGame()
    const three = basket('3pt', 'home')
    await server.play(game.id, three, { id: 'game-end', kind: 'gameEnd' }, { id: 'official', kind: 'status', data: { official: true } })
    const correction = { id: 'void-late', kind: 'void', voids: three.id }
    expect(await server.app.games.record(SCORER, game.id, [correction], false)).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await record(game.id, correction)).toMatchObject({ ok: true, game: { score: { home: 0, away: 0 }, winner: 'draw' } })
  })
})

describe('commands of one game that wait together', () => {
  it('[L13] share commits, each on what the one before makes of the game', async () => {
    const game = await server.createGame()
    await server.play(game.id, basket('2pt', 'home'))
    const { storage } = server.app.parts.context
    const before = storage.counts.groups
    const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => record(game.id, basket('2pt', i % 2 ? 'home' : 'away'))))
    expect(answers.every(answer => answer.ok && answer.created)).toBe(true)
    expect(storage.counts.groups - before).toBeLessThan(20)
    expect(answers.map(answer => answer.ok && answer.seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 2))
    // Each is answered with the game as of its own play.
    expect(answers.map(answer => answer.ok && answer.game.seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 2))
    await expectWhole(game.id)
  })

  it('[L13] fall with the one they stand on, and are judged anew on what is there', async () => {
    const game = await server.createGame()
    await server.play(game.id, basket('2pt', 'home'))
    const { storage } = server.app.parts.context
    const { write } = storage
    let dropped = 0
    let fallen = 0
    // The first of a game's commands does not reach the disk; what was sent behind it does not know yet.
    storage.write = async statements => {
      const isPlays = statements.some(({ query }) => query.sql.startsWith('insert into "plays"'))
      if (isPlays && dropped === 0) {
        dropped += 1
        await new Promise(done => setTimeout(done, 50))
        return { ok: false, reason: 'full', detail: 'a test' }
      }
      const outcome = await write.call(storage, statements)
      if (!outcome.ok && outcome.reason === 'guard') fallen += 1
      return outcome
    }
    try {
      const answers = await Promise.all(Array.from({ length: 12 }, () => record(game.id, basket('3pt', 'away'))))
      expect([dropped, fallen]).toEqual([1, 11])
      expect(answers[0]).toMatchObject({ ok: false, error: { code: 'STORAGE_FULL' } })
      expect(answers.slice(1).map(answer => answer.ok && answer.seq)).toEqual(Array.from({ length: 11 }, (_, i) => i + 2))
    } finally {
      storage.write = write
    }
    await expectWhole(game.id)
    const found = await server.app.parts.reader.open(null, game.id)
    expect(found).toMatchObject({ ok: true, open: { game: { score: { home: 2, away: 33 } } } })
  })

  it('[L13] never stand on another play than the one they were judged on', async () => {
    const game = await server.createGame()
    await server.play(game.id, basket('2pt', 'home'))
    const { storage } = server.app.parts.context
    const { write } = storage
    // Another node writes a play with the same seq in the place of the first: the number alone would fit.
    let isFirst = true
    let fallen = 0
    storage.write = async statements => {
      if (!isFirst || !statements.some(({ query }) => query.sql.startsWith('insert into "plays"'))) {
        const outcome = await write.call(storage, statements)
        if (!outcome.ok && outcome.reason === 'guard') fallen += 1
        return outcome
      }
      isFirst = false
      const id = `other-${game.id}`.slice(0, 40)
      const others = statements.map(({ query, expect }) => ({
        query: { sql: query.sql, parameters: query.parameters.map(value => (value === first.id ? id : value)) },
        expect,
      }))
      await write.call(storage, others)
      return { ok: false, reason: 'guard', at: 0 }
    }
    const first = basket('2pt', 'away')
    try {
      const answers = await Promise.all([
        record(game.id, first),
        record(game.id, basket('3pt', 'away')),
        record(game.id, basket('3pt', 'away')),
      ])
      expect(answers.map(answer => answer.ok && answer.seq).sort()).toEqual([3, 4, 5])
      expect(fallen).toBe(2)
    } finally {
      storage.write = write
    }
    await expectWhole(game.id)
    const found = await server.app.parts.reader.open(null, game.id)
    expect(found).toMatchObject({ ok: true, open: { game: { seq: 5, score: { home: 2, away: 10 } } } })
  })
})

it('[L3] a long batch is answered with every warning and every void in it', async () => {
  const game = await server.createGame()
  for (let i = 0; i < 2; i++) await record(game.id, ...Array.from({ length: 400 }, () => basket('2pt', 'home')))
  const early = basket('2pt', 'away')
  const answer = await record(
    game.id,
    early,
    { id: `v-${early.id}`.slice(0, 60), kind: 'void', voids: early.id },
    ...Array.from({ length: 498 }, () => basket('2pt', 'home')),
  )
  expect(answer).toMatchObject({ ok: true })
  expect(answer.ok && answer.plays[0]).toMatchObject({ id: early.id, voidedBy: 802 })
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

describe('when a play was', () => {
  // The clock of this server stands still, so that what is left is arithmetic.
  const arrival = Date.parse('2031-04-05T18:30:00.000Z')
  let now = arrival
  const usual = Date.now
  beforeEach(() => {
    now = arrival
    server.context.now = () => now
  })
  afterEach(() => {
    server.context.now = usual
  })
  const timesOf = async (gameId: string) => (await playsOf(gameId)).map(play => Date.parse(play.at) - arrival)

  it('[L11] at is arrival less agoMs', async () => {
    const game = await server.createGame()
    await server.play(game.id, basket('2pt', 'home', { agoMs: 21_600_000 }), basket('2pt', 'home', { agoMs: 90_000 }), basket('ft', 'home'))
    expect(await timesOf(game.id)).toEqual([-21_600_000, -90_000, 0])
    expect((await playsOf(game.id))[1]?.at).toBe('2031-04-05T18:28:30.000Z')
  })

  it('[L11] at is never before that sender’s previous play; other senders have their own', async () => {
    const game = await server.createGame()
    await server.play(game.id, basket('2pt', 'home', { agoMs: 1_000 }))
    await server.play(game.id, basket('2pt', 'home', { agoMs: 60_000 }))
    const other = await server.app.games.record(SCORER, game.id, [basket('2pt', 'away', { agoMs: 60_000 })], false)
    expect(other.ok).toBe(true)
    expect(await timesOf(game.id)).toEqual([-1_000, -1_000, -60_000])
    // Read from disk, the sender is remembered; within one array as well; and a wall clock set back does not turn time.
    server.context.heads.forget(game.id)
    await server.play(
      game.id,
      basket('2pt', 'home', { agoMs: 5_000 }),
      basket('2pt', 'home', { agoMs: 300 }),
      basket('ft', 'home', { agoMs: 900 }),
    )
    now = arrival - 3_600_000
    await server.play(game.id, basket('ft', 'home'))
    expect(await timesOf(game.id)).toEqual([-1_000, -1_000, -60_000, -1_000, -300, -300, -300])
  })

  it('[L11] agoMs is a whole number of milliseconds, six hours at most', async () => {
    const game = await server.createGame()
    for (const agoMs of [-1, 21_600_001, 1.5, 2 ** 53, 1e308, '5', null]) {
      expect(await record(game.id, { ...basket('2pt', 'home'), agoMs })).toMatchObject({
        error: { code: 'INVALID_PAYLOAD', path: 'agoMs' },
      })
    }
    expect(await playsOf(game.id)).toEqual([])
  })

  it('[L11] [P7] the clock is anchored on at', async () => {
    const game = await server.createGame()
    const started = await server.play(game.id, { id: 'clock-start', kind: 'clockStart', agoMs: 42_000 })
    expect(started.game.clock).toMatchObject({ running: true, valueMs: 600_000, asOf: '2031-04-05T18:29:18.000Z' })
    now = arrival + 8_000
    const stopped = await server.play(game.id, { id: 'clock-stop', kind: 'clockStop', agoMs: 3_000 })
    expect(stopped.game.clock).toMatchObject({ running: false, valueMs: 600_000 - 47_000 })
  })
})

it('what is read of a time is UTC with milliseconds, however it was sent', async () => {
  const game = await server.createGame('basketball', { startsAt: '2031-04-05T20:30:00+02:00' })
  expect(game.startsAt).toBe('2031-04-05T18:30:00.000Z')
  const moved = await server.play(
    game.id,
    { id: 'moved-0001', kind: 'edit', data: { startsAt: '2031-04-05T21:00:00+02:00' } },
    { id: 'fog-000001', kind: 'status', data: { status: 'scheduled', reason: 'Fog', until: '2031-04-05T21:30:00+02:00' } },
  )
  expect(moved.game).toMatchObject({ startsAt: '2031-04-05T19:00:00.000Z', statusUntil: '2031-04-05T19:30:00.000Z' })
  const unknown = await server.play(game.id, { id: 'moved-0002', kind: 'edit', data: { startsAt: null } })
  expect(unknown.game.startsAt).toBeNull()
  const nowhere = { id: 'moved-0003', kind: 'edit', data: { timeZone: 'Nowhere/Land' } }
  expect(await record(game.id, nowhere)).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'data.timeZone' } })
})

it('a table is read anew once a game of it has moved', async () => {
  const competitionId = await competition('Cached League')
  const game = await server.createGame('basketball', { competitionId })
  const points = async () => {
    const answer = await server.app.pages.competition(competitionId)
    return answer.ok && answer.page.rows.map(row => row.points + 0)
  }
  expect(await points()).toEqual([0, 0])
  await server.play(game.id, basket('2pt', 'home'), { id: 'game-end-1', kind: 'gameEnd' })
  expect(await points()).toEqual([2, 1])
  await server.createGame('basketball', { competitionId })
  expect(await points()).toEqual([2, 1, 0, 0])
  await server.app.games.remove(MANAGER, game.id)
  expect(await points()).toEqual([0, 0])
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

it('[L12] an edit is a play like any other: taken back, the game reads as it was created, also from disk', async () => {
  const game = await server.createGame('basketball', { venue: 'Old hall', startsAt: '2030-01-01T18:00:00.000Z' })
  await server.play(game.id, { id: 'edit-0001', kind: 'edit', data: { venue: 'New hall', startsAt: '2031-01-01T18:00:00.000Z' } })
  server.context.heads.forget(game.id)
  expect((await server.context.heads.open(game.id))?.game).toMatchObject({ venue: 'New hall', startsAt: '2031-01-01T18:00:00.000Z' })
  expect(await server.app.games.get(null, game.id, 0)).toMatchObject({ game: { venue: 'Old hall' } })
  const back = await server.play(game.id, { id: 'void-edit', kind: 'void', voids: 'edit-0001' })
  expect(back.game).toMatchObject({ venue: 'Old hall', startsAt: '2030-01-01T18:00:00.000Z' })
})

it('[R4] who manages without scoring settles and corrects what is official, and scores nothing', async () => {
  const manages = { ...MANAGER, scopes: ['read', 'manage'] as const }
  const game = await server.createGame()
  const three = basket('3pt', 'home')
  await server.play(game.id, three)
  const tryAs = (play: unknown) => server.app.games.record(manages, game.id, [play], false)
  for (const play of [
    basket('2pt', 'home'),
    basket('2pt', 'home', { period: 1 }),
    basket('2pt', 'home', { before: three.id }),
    basket('2pt', 'home', { replaces: three.id }),
  ]) {
    expect(await tryAs(play)).toMatchObject({ error: { code: 'FORBIDDEN' } })
  }
  expect(await tryAs({ id: 'edit-venue', kind: 'edit', data: { venue: 'Hall 2' } })).toMatchObject({ ok: true })
  await server.play(game.id, { id: 'game-over', kind: 'gameEnd' })
  expect(await tryAs({ id: 'edit-after', kind: 'edit', data: { venue: 'Hall 3' } })).toMatchObject({ ok: true })
  expect(await tryAs({ id: 'make-official', kind: 'status', data: { official: true } })).toMatchObject({ ok: true })
  expect(await tryAs({ id: 'void-three', kind: 'void', voids: three.id })).toMatchObject({
    ok: true,
    game: { score: { home: 0, away: 0 } },
  })
})

it('[L9] who is a side can be named by the id the game shows', async () => {
  const game = await server.createGame('tennis', { home: { members: [{ name: 'Ida Vale' }] }, away: { members: [{ name: 'Noor Berg' }] } })
  const playerId = game.home.members?.[0]?.id
  const answer = await server.play(game.id, { id: 'an-ace-01', kind: 'point', side: 'home', playerId, data: { how: 'ace' } })
  expect(answer.game.roster).toMatchObject([{ id: playerId, name: 'Ida Vale', side: 'home' }])
})

it('[P9] a game of sets that was never begun has no period and no column', async () => {
  const game = await server.createGame('tennis', { home: { members: [{ name: 'Ida Holm' }] }, away: { members: [{ name: 'Noor Falk' }] } })
  const answer = await server.play(game.id, { id: 'put-off-1', kind: 'status', data: { status: 'postponed', reason: 'rain' } })
  expect(answer.game).toMatchObject({ status: 'postponed', period: null, linescore: { columns: [] } })
})

describe('a game opened from disk', () => {
  it('[L10] knows earlier voids and replacements when the next correction comes', async () => {
    const game = await server.createGame()
    const three = [basket('2pt', 'home'), basket('2pt', 'home'), basket('2pt', 'home')]
    await server.play(game.id, ...three)
    const undo = (i: number): PlayInput => ({ id: `undo-disk-${i}`, kind: 'void', voids: i })
    await server.play(game.id, undo(1))
    await server.play(game.id, undo(2))
    server.context.heads.forget(game.id)
    const last = await server.play(game.id, undo(3))
    expect(last.game.score).toEqual({ home: 0, away: 0 })
    await server.play(game.id, basket('3pt', 'away'))
    await server.play(game.id, { ...basket('2pt', 'away'), replaces: 7 })
    server.context.heads.forget(game.id)
    const again = await server.play(game.id, { ...basket('ft', 'away'), replaces: 8 })
    expect(again.game.score).toEqual({ home: 0, away: 1 })
    await expectWhole(game.id)
  })
})
