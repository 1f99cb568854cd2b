import { createHash } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { tellStory } from '#components/game/story.ts'
import type { SidelineError } from '#domain/errors.ts'
import { follow, openFollowed } from '#domain/follow.ts'
import type { Game, GameRow } from '#domain/game.ts'
import type { ChatMessage, LobbyMessage, UpdateMessage, WatchAnswer } from '#domain/protocol.ts'
import { SPORTS } from '#domain/sports/index.ts'
import type { Scope } from '#server/policies.ts'
import { OWNER } from './accounts.ts'
import { basket, MANAGER, type Running, startServer } from './running.ts'

let server: Running
const open: Socket[] = []
beforeAll(async () => {
  server = await startServer()
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})
afterAll(() => server.stop())

async function fan(auth: object = {}): Promise<Socket> {
  const socket = io(server.url, { transports: ['websocket'], auth, forceNew: true, reconnection: false })
  open.push(socket)
  await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
  return socket
}
const watch = (socket: Socket, gameId: string, at: { epoch?: string; seq?: number } = {}): Promise<{ ok: true } & WatchAnswer> =>
  socket.timeout(20_000).emitWithAck('game:watch', { gameId, ...at })
async function newToken(scopes: Scope[]) {
  const made = await server.app.admin.tokens.create(OWNER, { name: 'table', scopes })
  if (!made.ok) throw new Error(made.error.message)
  return made
}
function collect<T>(socket: Socket, event: string): T[] {
  const all: T[] = []
  socket.on(event, (message: T) => all.push(message))
  return all
}
async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise(done => setTimeout(done, 10))
  }
}

async function sportOf({ sport }: Game) {
  const load = SPORTS[sport]
  if (!load) throw new Error(`no ${sport}`)
  return (await load()).sport
}

describe('watching', () => {
  it('[C1] a reader at the head is told so', async () => {
    const game = await server.createGame()
    const { epoch, seq } = await server.play(game.id, basket('2pt', 'home'))
    expect(await watch(await fan(), game.id, { epoch, seq })).toEqual({ ok: true, mode: 'same', epoch, seq, viewers: 1 })
  })

  it('[C2] a reader behind gets what it missed, up to 256 plays', async () => {
    const game = await server.createGame()
    await server.play(game.id, ...Array.from({ length: 300 }, () => basket('ft', 'away')))
    const { epoch } = game
    for (const isFresh of [false, true]) {
      if (isFresh) server.context.heads.forget(game.id)
      const answer = await watch(await fan(), game.id, { epoch, seq: 44 })
      expect(answer.mode === 'plays' && answer.plays.map(play => play.seq)).toEqual(Array.from({ length: 256 }, (_, i) => 45 + i))
      expect(answer.mode === 'plays' && answer.game.score).toEqual({ home: 0, away: 300 })
    }
  })

  it('[C2] a game just opened reads further back for who was away, and is played and corrected on as before', async () => {
    const game = await server.createGame()
    await server.play(game.id, ...Array.from({ length: 290 }, () => basket('ft', 'away')))
    await server.play(game.id, { id: 'void-of-200', kind: 'void', voids: 200 }, basket('ft', 'away'))
    server.context.heads.forget(game.id)
    await watch(await fan(), game.id, { epoch: game.epoch, seq: 280 })
    const held = () => server.context.heads.peek(game.id)?.head.window.plays.length ?? 0
    expect(held()).toBeLessThan(128)
    const behind = await Promise.all([1, 2, 3].map(async () => watch(await fan(), game.id, { epoch: game.epoch, seq: 60 })))
    for (const answer of behind) {
      expect(answer.mode === 'plays' && answer.plays.map(play => play.seq)).toEqual(Array.from({ length: 232 }, (_, i) => 61 + i))
      expect(answer.mode === 'plays' && answer.plays.find(play => play.seq === 200)?.voidedBy).toBe(291)
    }
    expect(held()).toBeGreaterThanOrEqual(232)
    await server.play(game.id, { id: 'void-of-void', kind: 'void', voids: 291 }, { id: 'void-of-100', kind: 'void', voids: 100 })
    const answer = await watch(await fan(), game.id, { epoch: game.epoch, seq: 99 })
    expect(answer.mode === 'plays' && [100, 200].map(seq => answer.plays.find(play => play.seq === seq)?.voidedBy)).toEqual([
      294,
      undefined,
    ])
    expect(answer).toMatchObject({ seq: 294, game: { score: { home: 0, away: 290 } } })
  })

  it('[C3] a reader too far behind, ahead, of another epoch or new gets the game and its last 50 plays', async () => {
    const game = await server.createGame()
    await server.play(game.id, ...Array.from({ length: 300 }, () => basket('ft', 'away')))
    const { epoch } = game
    const socket = await fan()
    for (const at of [{ epoch, seq: 43 }, { epoch, seq: 301 }, { epoch: 'another', seq: 300 }, {}]) {
      const answer = await watch(socket, game.id, at)
      expect(answer.mode).toBe('snapshot')
      if (answer.mode === 'snapshot')
        expect([answer.game.home.name, answer.plays.length, answer.plays[0]?.seq]).toEqual([game.home.name, 50, 251])
    }
  })

  it('[C6] gets every play of its game once and in order, and nothing of another game', async () => {
    const [game, another] = [await server.createGame(), await server.createGame()]
    const socket = await fan()
    const updates = collect<UpdateMessage>(socket, 'game:update')
    await watch(socket, game.id)
    await watch(socket, game.id)
    await Promise.all(Array.from({ length: 60 }, (_, i) => server.play(i % 2 ? game.id : another.id, basket('2pt', 'home'))))
    await until(() => updates.at(-1)?.seq === 30)
    expect(updates.flatMap(update => update.plays.map(play => play.seq))).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    expect(new Set(updates.map(update => update.gameId))).toEqual(new Set([game.id]))
    expect(updates.at(-1)?.game).toMatchObject({ score: { home: 60, away: 0 }, seq: 30 })
    expect(updates.at(-1)?.game).not.toHaveProperty('home')
  })

  it('[C6] watching twice is one membership, with or without an acknowledgement', async () => {
    const game = await server.createGame()
    const socket = await fan()
    const updates = collect<UpdateMessage>(socket, 'game:update')
    socket.emit('game:watch', { gameId: game.id })
    for (let i = 0; i < 5; i++) expect(await watch(socket, game.id)).toMatchObject({ viewers: 1 })
    expect(server.gateway.viewersHere(game.id)).toBe(1)
    await server.play(game.id, basket('2pt', 'home'))
    await socket.emitWithAck('time:sync')
    await until(() => updates.length > 0)
    expect(updates).toHaveLength(1)
    await socket.emitWithAck('game:unwatch', { gameId: game.id })
    expect(server.gateway.viewersHere(game.id)).toBe(0)
    await server.play(game.id, basket('2pt', 'home'))
    await socket.emitWithAck('time:sync')
    expect(updates).toHaveLength(1)
  })

  it('[C6] joins without an acknowledgement, and leaves when asked to', async () => {
    const game = await server.createGame()
    const socket = await fan()
    const updates = collect<UpdateMessage>(socket, 'game:update')
    socket.emit('game:watch', { gameId: game.id })
    await until(() => server.gateway.viewersHere(game.id) === 1)
    await server.play(game.id, basket('2pt', 'home'))
    await until(() => updates.length === 1)
    expect(await socket.emitWithAck('game:unwatch', { gameId: game.id })).toEqual({ ok: true })
    await server.play(game.id, basket('2pt', 'home'))
    await socket.emitWithAck('time:sync')
    expect(updates).toHaveLength(1)
  })

  it('[C6] [R1] refuses the 21st game, an unknown one, and a private one alike to the unknown', async () => {
    const socket = await fan()
    for (let i = 0; i < 20; i++) {
      const game = await server.createGame()
      // Twenty messages in ten seconds is a spectator's limit; the bound on rooms is another one.
      server.context.limits.take('messages', socket.id ?? '', -1)
      expect((await watch(socket, game.id)).ok).toBe(true)
    }
    const late = await fan()
    expect(await watch(late, 'no-such-game')).toMatchObject({ ok: false, error: { code: 'UNKNOWN_GAME' } })
    const hidden = await server.createGame('basketball', { visibility: 'private' })
    expect(await watch(late, hidden.id)).toEqual(await watch(late, 'no-such-game'))
    const more = await server.createGame()
    await new Promise(done => setTimeout(done, 1_200))
    expect(await watch(socket, more.id)).toMatchObject({ ok: false, error: { code: 'TOO_MANY_ROOMS' } })
  })
})

describe('somebody who is new to the roster', () => {
  const goal = (n: number, player: string, more: object = {}) => ({
    id: `goal-000${n}`,
    kind: 'goal',
    side: 'home' as const,
    player,
    ...more,
  })

  it('[C13] comes with the play that names them, once, to pages and programs alike', async () => {
    const game = await server.createGame('ice_hockey')
    const socket = await fan()
    const updates = collect<UpdateMessage>(socket, 'game:update')
    const { epoch } = (await watch(socket, game.id)) as { epoch: string }
    await server.play(game.id, goal(1, 'Ida Lind', { data: { assist: { name: 'Mia Okafor' } } }))
    await until(() => updates.length === 1)
    const named = (message: { roster?: { name: string; side: string }[] } | undefined) =>
      message?.roster?.map(({ name, side }) => [name, side]).sort()
    expect(named(updates[0])).toEqual([
      ['Ida Lind', 'home'],
      ['Mia Okafor', 'home'],
    ])
    expect(updates[0]?.plays[0]?.playerId).toBe(updates[0]?.roster?.find(({ name }) => name === 'Ida Lind')?.id)
    // Known by then; and several plays that leave as one bring everybody whom they seat.
    await server.play(game.id, goal(2, 'Ida Lind'))
    await server.play(game.id, goal(3, 'Zoe Brandt'), goal(4, 'Una Falk'))
    await until(() => updates.at(-1)?.seq === 4)
    expect(updates.slice(1).flatMap(update => named(update) ?? [])).toEqual([
      ['Una Falk', 'home'],
      ['Zoe Brandt', 'home'],
    ])
    expect(updates[1]).not.toHaveProperty('roster')

    // Who was away is told of everybody whom the missing plays name.
    const missed = await watch(await fan(), game.id, { epoch, seq: 2 })
    expect(missed).toMatchObject({ mode: 'plays', roster: [{ name: 'Una Falk' }, { name: 'Zoe Brandt' }] })
    expect(await watch(await fan(), game.id, { epoch, seq: 4 })).not.toHaveProperty('roster')
  })

  it('[C13] stands by name in the box of a page that was open before, and in its story', async () => {
    const game = await server.createGame('ice_hockey')
    const socket = await fan()
    const updates = collect<UpdateMessage>(socket, 'game:update')
    await watch(socket, game.id)
    let page = openFollowed(game, [])
    await server.play(game.id, { id: 'start-001', kind: 'periodStart' }, goal(1, 'Ida Lind', { data: { assist: { name: 'Mia Okafor' } } }))
    await until(() => updates.at(-1)?.seq === 2)
    for (const message of updates) page = follow(page, { type: 'update', message })
    const { box } = tellStory(await sportOf(game), page.game, page.plays)
    const rows = box.flatMap(table => table.rows).flatMap(({ playerId }) => playerId ?? [])
    expect(rows.length).toBeGreaterThan(0)
    const nameOf = (id: string) => page.game.roster.find(entry => entry.id === id)?.name
    expect(new Set(rows.map(nameOf))).toEqual(new Set(['Ida Lind', 'Mia Okafor']))
  })
})

describe('rights', () => {
  it('[R2] who recorded a play is in the answer to a scorer’s watch and in nobody’s updates', async () => {
    const game = await server.createGame()
    await server.play(game.id, basket('2pt', 'home'))
    const { token } = await newToken(['score'])
    const [scorer, plain] = [await fan({ token }), await fan()]
    const heard = [scorer, plain].map(socket => collect<UpdateMessage>(socket, 'game:update'))
    for (const at of [{}, { epoch: game.epoch, seq: 0 }]) {
      const [seen, hidden] = [await watch(scorer, game.id, at), await watch(plain, game.id, at)]
      expect(seen).toMatchObject({ plays: [{ by: 'token:feed' }] })
      expect('plays' in hidden && hidden.plays).toHaveLength(1)
      expect(JSON.stringify(hidden)).not.toContain('token:feed')
    }
    await server.play(game.id, basket('2pt', 'home'))
    await until(() => heard.every(updates => updates.length === 1))
    expect(JSON.stringify(heard)).not.toContain('token:feed')
  })

  it('[R1] a deleted game is gone, and no longer counts among the twenty', async () => {
    const socket = await fan()
    const games = []
    for (let i = 0; i < 20; i++) {
      games.push(await server.createGame())
      server.context.limits.take('messages', socket.id ?? '', -1)
      await watch(socket, games[i]?.id ?? '')
    }
    await server.app.games.remove(MANAGER, games[0]?.id ?? '')
    server.context.limits.take('messages', socket.id ?? '', -4)
    expect(await watch(socket, games[0]?.id ?? '')).toMatchObject({ ok: false, error: { code: 'GONE' } })
    expect(await watch(socket, (await server.createGame()).id)).toMatchObject({ ok: true })
  })

  it('[R3] a token that is revoked closes its sockets at once, and they cannot come back', async () => {
    const { token, id } = await newToken(['score'])
    const [gone, other] = [await fan({ token }), await fan()]
    const reason = new Promise<string>(done => gone.on('disconnect', done))
    expect(await server.app.admin.tokens.revoke(OWNER, id)).toMatchObject({ ok: true })
    // Not "io server disconnect", after which a page would never come back as whoever it is then.
    expect(await reason).toBe('transport close')
    await expect(fan({ token })).rejects.toMatchObject({ data: { code: 'AUTH_INVALID' } })
    expect(other.connected).toBe(true)
  })
})

it('[R3] the demo’s token ends with the demo: it is not listed, asks for nothing and has no socket any more', async () => {
  const { accounts, admin, settings, competitions } = server.app
  const made = await competitions.create(MANAGER, { name: 'Demo of a token', sport: 'basketball', demo: true })
  if (!made.ok) throw new Error(made.error.message)
  const limits = { competitions: [made.competition.id] }
  const token = await accounts.createToken({ name: 'Demo table', scopes: ['score', 'manage'], ...limits }, OWNER.id)
  if (!token.ok) throw new Error(token.error.message)
  const headers = new Headers({ authorization: `Bearer ${token.token}` })
  expect((await accounts.identify(headers)).account?.id).toBe(token.id)
  const socket = await fan({ token: token.token })
  expect(await settings.removeDemo(MANAGER)).toEqual({ ok: true, games: 0 })
  expect(await accounts.identify(headers)).toMatchObject({ account: null, isRefused: true })
  const listed = await admin.tokens.list(OWNER)
  expect(listed.ok && listed.tokens.map(({ id }) => id)).not.toContain(token.id)
  await until(() => !socket.connected)
  await expect(fan({ token: token.token })).rejects.toMatchObject({ message: 'AUTH_INVALID' })
})

describe('the lobby', () => {
  it('[C8] sends rows that changed, gathered, with a counter that never jumps', async () => {
    const games = [await server.createGame(), await server.createGame(), await server.createGame()]
    const socket = await fan()
    const updates = collect<LobbyMessage>(socket, 'lobby:update')
    const { n, games: first } = await socket.emitWithAck('lobby:watch', {})
    for (let round = 0; round < 20; round++) for (const game of games) await server.play(game.id, basket('2pt', 'home'))
    const newest = () => new Map(updates.flatMap(update => update.games.map(row => [row.id, row.score.home] as const)))
    await until(() => games.every(game => newest().get(game.id) === 40))
    for (const game of games) await server.play(game.id, { id: `foul-${game.id}`, kind: 'foul', side: 'away' })
    for (const game of games) await server.play(game.id, basket('3pt', 'home'))
    await until(() => games.every(game => newest().get(game.id) === 43))
    expect(updates.map(update => update.n)).toEqual(updates.map((_, i) => n + 1 + i))
    // Of 66 changes.
    expect(updates.length).toBeLessThan(50)
    // The first basket makes a game live: that is told in a whole row, the others in what has moved.
    const told = updates.flatMap(update => update.games).filter(row => row.id === games[1]?.id)
    expect(told[0]).toMatchObject({ status: 'live', home: { name: games[1]?.home.name } })
    expect(Object.keys(told.at(-1) ?? {}).sort()).toEqual(['id', 'score', 'seq'])
    // Put on the rows before, it makes the rows that whoever comes now is given.
    const rows = new Map((first as GameRow[]).map(row => [row.id, row]))
    for (const row of updates.flatMap(update => update.games)) rows.set(row.id, { ...rows.get(row.id), ...row } as GameRow)
    const late = await fan()
    const now = (await late.emitWithAck('lobby:watch', {})).games as GameRow[]
    for (const game of games) expect(rows.get(game.id)).toEqual(now.find(row => row.id === game.id))
    await server.app.games.remove(MANAGER, games[0]?.id ?? '')
    await until(() => updates.some(update => update.removed.includes(games[0]?.id ?? '')))
  })
})

describe('chat', () => {
  it('[C9] a message goes to everyone in the room except its sender, who has it from the acknowledgement', async () => {
    const game = await server.createGame()
    const [writer, reader, elsewhere] = [await fan(), await fan(), await fan()]
    const [own, seen, foreign] = [writer, reader, elsewhere].map(socket =>
      collect<ChatMessage & { gameId: string }>(socket, 'chat:message'),
    )
    await watch(writer, game.id)
    await watch(reader, game.id)
    const answer = await writer.emitWithAck('chat:send', { gameId: game.id, id: 'message-1', text: ' What a\u202e game ', name: 'Lena' })
    expect(answer).toMatchObject({ ok: true, message: { id: 'message-1', n: 1, name: 'Lena', guest: true, text: 'What a game' } })
    await until(() => seen?.length === 1)
    expect(seen?.[0]).toEqual({ gameId: game.id, ...answer.message })
    expect(await writer.emitWithAck('chat:send', { gameId: game.id, id: 'message-1', text: ' What a\u202e game ', name: 'Lena' })).toEqual(
      answer,
    )
    await elsewhere.emitWithAck('time:sync')
    expect([own?.length, foreign?.length, seen?.length]).toEqual([0, 0, 1])
    const removed = collect<{ gameId: string; id: string }>(reader, 'chat:removed')
    expect(await server.app.chat.remove(MANAGER, game.id, 'message-1')).toEqual({ ok: true })
    await until(() => removed.length === 1)
    expect(await server.app.chat.history(null, game.id, undefined, 50)).toEqual({ ok: true, messages: [] })
  })

  it('refuses no name, too long, too fast, and a name that speaks for the league', async () => {
    const game = await server.createGame()
    const socket = await fan()
    const send = (text: string, name?: string) =>
      socket.emitWithAck('chat:send', { gameId: game.id, id: `message-${Math.random().toString(36).slice(2, 10)}`, text, name })
    expect(await send('hello')).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'name' } })
    expect(await send('hello', 'Admin')).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'name' } })
    expect(await send('x'.repeat(301), 'Lena')).toMatchObject({ error: { code: 'INVALID_PAYLOAD', path: 'text' } })
    const answers = []
    for (let i = 0; i < 8; i++) answers.push(await send(`message ${i}`, 'Lena'))
    expect(answers.at(-1)).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) } })
  })
})

it('takes no chat while it stops, and says when to come again', async () => {
  const own = await startServer()
  const game = await own.createGame()
  const sockets = Array.from({ length: 40 }, () => io(own.url, { transports: ['websocket'], forceNew: true, reconnection: false }))
  open.push(...sockets)
  await Promise.all(sockets.map(socket => new Promise(done => socket.on('connect', () => done(null)))))
  // Who came first is closed last.
  const last = sockets[0] as Socket
  const told = new Promise(done => last.on('sys:drain', done))
  const drained = own.gateway.drain(1500)
  expect(await told).toEqual({ inMs: 1500 })
  expect(await last.emitWithAck('chat:send', { gameId: game.id, id: 'message-1', text: 'Hello', name: 'Lena' })).toMatchObject({
    ok: false,
    error: { code: 'DRAINING', retryable: true, retryAfterMs: expect.any(Number) },
  })
  // Reading goes on.
  expect(await watch(last, game.id)).toMatchObject({ ok: true, mode: 'snapshot' })
  await drained
  expect(await own.app.chat.history(null, game.id, undefined, 50)).toEqual({ ok: true, messages: [] })
  await own.stop()
})

it('keeps of a guest’s address what tells nothing without the server’s own secret', async () => {
  const [game, another] = [await server.createGame(), await server.createGame()]
  const sender = (address: string) => ({ account: null, address, socketId: null })
  let sent = 0
  const hashOf = async (address: string, gameId = game.id) => {
    sent += 1
    const id = `address-${sent}`
    expect(await server.app.chat.send(sender(address), { gameId, id, text: 'Hello', name: 'Lena' })).toMatchObject({ ok: true })
    const row = await server.context.storage.db.selectFrom('chat_messages').where('id', '=', id).select('ip_hash').executeTakeFirst()
    return row?.ip_hash
  }
  const hash = await hashOf('192.0.2.7')
  expect(hash).toMatch(/^[\w-]{22}$/)
  expect(await hashOf('192.0.2.7')).toBe(hash)
  expect(await hashOf('192.0.2.8')).not.toBe(hash)
  expect(await hashOf('192.0.2.7', another.id)).not.toBe(hash)
  // Whoever reads the database could otherwise try every address there is.
  for (const plain of ['192.0.2.7', `${game.id} 192.0.2.7`, `pseudonym ${game.id} 192.0.2.7`])
    expect(createHash('sha256').update(plain).digest('base64url')).not.toContain(hash)
})

describe('the handshake', () => {
  const handshake = (headers: Record<string, string> = {}, url = server.url) =>
    new Promise<{ status: number; retryAfter?: string; code?: string }>(done => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers })
      socket.on('open', () => {
        done({ status: 101 })
        socket.close()
      })
      socket.on('unexpected-response', (_, response) => {
        let text = ''
        response.on('data', chunk => {
          text += chunk
        })
        response.on('end', () => {
          const { error } = JSON.parse(text) as { error: { code: string } }
          done({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], code: error.code })
        })
      })
      socket.on('error', () => done({ status: 0 }))
    })

  it('[C11] S1 comes from this origin or from a program without a cookie', async () => {
    expect(await handshake({ origin: server.url })).toEqual({ status: 101 })
    expect(await handshake()).toEqual({ status: 101 })
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${server.url}.evil.example` },
      { cookie: 'sideline=x' },
    ]
    for (const headers of foreign) expect(await handshake(headers)).toEqual({ status: 403, code: 'ORIGIN_NOT_ALLOWED' })
  })

  it('[C11] S6 is refused when an address asks too often, or the server stops, with the time to come again', async () => {
    const own = await startServer()
    const { maxConnectionsPerAddress: most } = own.context.config
    // More than all of them, or the next would be free again in a few milliseconds.
    own.context.limits.takeUnder({ burst: most, perMs: 10_000 }, 'handshake 127.0.0.1', 1.5 * most)
    const refused = await handshake({}, own.url)
    expect(refused).toEqual({ status: 429, code: 'TOO_MANY_CONNECTIONS', retryAfter: expect.stringMatching(/^[1-6]$/) })
    await own.gateway.drain(0)
    expect(await handshake({}, own.url)).toEqual({ status: 503, code: 'DRAINING', retryAfter: '2' })
    await own.stop()
  })

  it('[C12] says so while there is more to do than can be done, scoring goes on, and who comes meanwhile is let in and told', async () => {
    const own = await startServer({ busy: { busyMs: 30, calmMs: 200, everyMs: 10 } })
    const game = await own.createGame()
    const told: boolean[] = []
    const socket = io(own.url, { transports: ['websocket'], auth: { v: 1 }, forceNew: true, reconnection: false })
    open.push(socket)
    socket.on('sys:busy', ({ isBusy }: { isBusy: boolean }) => told.push(isBusy))
    const updates = collect<UpdateMessage>(socket, 'game:update')
    await watch(socket, game.id)
    // Somebody keeps the server from everything else, four fifths of the time.
    const hog = setInterval(() => {
      const end = performance.now() + 80
      while (performance.now() < end);
    }, 20)
    await until(() => told.length > 0)
    expect(told[0]).toBe(true)
    const late = io(own.url, { transports: ['websocket'], auth: { v: 1 }, forceNew: true, reconnection: false })
    open.push(late)
    expect(await new Promise(done => late.once('sys:busy', done))).toEqual({ isBusy: true })
    await own.play(game.id, basket('3pt', 'home'))
    await until(() => updates.at(-1)?.game.score.home === 3)
    clearInterval(hog)
    await until(() => told.at(-1) === false)
    // A machine that is busy with other things may be so once more.
    expect(told).toEqual(told.map((_, i) => i % 2 === 0))
    await own.stop()
  })

  it('S2 refuses a bad token and a version it does not speak, and lives', async () => {
    await expect(fan({ token: 'sl_pat_bad' })).rejects.toMatchObject({ data: { code: 'AUTH_INVALID' } })
    await expect(fan({ token: {} })).rejects.toMatchObject({ data: { code: 'AUTH_INVALID' } })
    await expect(fan({ v: 0 })).rejects.toMatchObject({ data: { code: 'CLIENT_TOO_OLD' } })
    expect((await fan({ v: 1 })).connected).toBe(true)
  })
})

it('S10 every event survives nonsense, with an acknowledgement and without', async () => {
  const socket = await fan()
  const nonsense = [
    null,
    0,
    'x',
    [],
    { gameId: {} },
    { gameId: 'x', extra: 1 },
    JSON.parse('{"__proto__":{"isAdmin":true}}'),
    { gameId: 'x', seq: 1e308 },
    '['.repeat(1000),
  ]
  for (const event of ['game:watch', 'game:unwatch', 'lobby:watch', 'lobby:unwatch', 'chat:send', 'time:sync']) {
    for (const payload of nonsense) socket.emit(event, payload)
    socket.emit(event)
    socket.emit(event, 1, 2, 3)
  }
  let deep: unknown = 1
  for (let i = 0; i < 500; i++) deep = [deep]
  socket.emit('chat:send', deep)
  await new Promise(done => setTimeout(done, 300))
  const another = await fan()
  expect(await another.emitWithAck('game:watch', null)).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } })
  expect(await another.emitWithAck('time:sync')).toMatchObject({ ok: true, now: expect.any(Number) })
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
})

it('[C7] F14 a reader that does not read is let go of, and brought up to date when it reads again', async () => {
  const game = await server.createGame()
  const healthy = await fan()
  const seen = collect<UpdateMessage>(healthy, 'game:update')
  await watch(healthy, game.id)
  const stalled = await fan()
  const updates = collect<UpdateMessage>(stalled, 'game:update')
  await watch(stalled, game.id)
  const raw = (stalled.io.engine.transport as unknown as { ws: { _socket?: { pause(): void; resume(): void } } }).ws._socket
  raw?.pause()
  const note = 'x'.repeat(290)
  // Kernel buffers on loopback take some megabytes before the server's own begin to grow.
  for (let i = 0; i < 40; i++) {
    await server.play(
      game.id,
      ...Array.from({ length: 400 }, (_, k) => ({ id: `note-${i}-${k}-aaaa`, kind: 'note', data: { text: note } })),
    )
    if (server.gateway.lagging() > 0) break
  }
  await until(() => server.gateway.lagging() === 1)
  raw?.resume()
  await until(() => updates.some(update => update.resync === true && update.plays.length === 0))
  await server.play(game.id, basket('3pt', 'home'))
  await until(() => updates.at(-1)?.game.score.home === 3 && seen.at(-1)?.game.score.home === 3)
})

describe('a reader that stays behind', () => {
  /** A server whose patience is short, a game, and a socket on it that has stopped reading. */
  async function stalled(slow: object) {
    const own = await startServer({ slow: { sweepMs: 20, ...slow } })
    const game = await own.createGame()
    const socket = io(own.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    open.push(socket)
    await new Promise(done => socket.on('connect', () => done(null)))
    await watch(socket, game.id)
    const wire = (socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket
    wire.pause()
    let sent = 0
    const fill = async () => {
      const note = 'x'.repeat(290)
      const some = () => ({ id: `filler-${String(sent++).padStart(6, '0')}`, kind: 'note', data: { text: note } })
      await own.play(game.id, ...Array.from({ length: 400 }, some))
    }
    return { own, game, socket, wire, fill }
  }

  it('[C7] F14 is closed as SLOW_CONSUMER once its grace is over, with that as the reason', async () => {
    const { own, socket, wire, fill } = await stalled({ graceMs: 400 })
    try {
      const ended = new Promise<{ code: number; reason: string }>(done =>
        socket.on('disconnect', (_, details) => done((details as unknown as { context: { code: number; reason: string } }).context)),
      )
      while (own.gateway.lagging() === 0) await fill()
      expect(own.gateway.connections()).toBe(1)
      await until(() => own.gateway.connections() === 0)
      expect(own.gateway.lagging()).toBe(0)
      wire.resume()
      expect(await ended).toMatchObject({ code: 4008, reason: 'SLOW_CONSUMER' })
    } finally {
      await own.stop()
    }
  })

  it('[C7] F14 is let go of for the time it has been behind, however little waits', async () => {
    const { own, game, socket, wire, fill } = await stalled({ behindBytes: Number.POSITIVE_INFINITY, behindMs: 300, graceMs: 60_000 })
    try {
      const updates = collect<UpdateMessage>(socket, 'game:update')
      while (own.gateway.lagging() === 0) await fill()
      // Nothing more is queued for it, and nothing of what it missed is sent afterwards: one header, without plays.
      expect(own.gateway.viewersHere(game.id)).toBe(0)
      await fill()
      wire.resume()
      await until(() => updates.at(-1)?.resync === true)
      expect(updates.at(-1)).toMatchObject({
        plays: [],
        seq: await own.app.games.get(null, game.id).then(read => read.ok && read.game.seq),
      })
      expect(updates.filter(update => update.resync)).toHaveLength(1)
      expect(own.gateway.lagging()).toBe(0)
    } finally {
      await own.stop()
    }
  })
})

describe('a reader that has drained', () => {
  /** A watcher of a game and of the board that is let go of, and a way to let it read again. */
  async function lagging(own: Running) {
    const game = await own.createGame()
    const socket = io(own.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    open.push(socket)
    await new Promise(done => socket.on('connect', () => done(null)))
    await socket.emitWithAck('lobby:watch', {})
    await watch(socket, game.id)
    const wire = (socket.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }).ws._socket
    wire.pause()
    let sent = 0
    const note = 'x'.repeat(290)
    const some = () => ({ id: `filler-${String(sent++).padStart(6, '0')}`, kind: 'note', data: { text: note } })
    while (own.gateway.lagging() === 0) await own.play(game.id, ...Array.from({ length: 400 }, some))
    // What fell until then is on the board: the server's timers are those of this process, and in order.
    await new Promise(done => setTimeout(done, 700))
    return { socket, wire, game }
  }
  const slow = { sweepMs: 20, graceMs: 60_000 }

  it('[C14] is not answered without end while it does not read, and goes on once it has', async () => {
    const own = await startServer({ slow })
    try {
      const { socket, wire, game } = await lagging(own)
      const asked = Array.from(
        { length: 45 },
        () => socket.emitWithAck('game:watch', { gameId: game.id }) as Promise<{ ok: boolean; error?: SidelineError }>,
      )
      await new Promise(done => setTimeout(done, 500))
      wire.resume()
      const answers = await Promise.all(asked)
      const unread = answers.filter(answer => answer.error?.message === 'More was asked for than has been read.')
      expect(answers[0]).toMatchObject({ ok: true, mode: 'snapshot' })
      expect(unread.length).toBeGreaterThan(5)
      expect(unread[0]).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) } })
      expect(await socket.emitWithAck('time:sync')).toMatchObject({ ok: true })
      expect(socket.connected).toBe(true)
    } finally {
      await own.stop()
    }
  })

  it('[C10] has its board again: the one message it missed, a jump when it missed more, and nothing when there was nothing', async () => {
    const own = await startServer({ slow })
    try {
      const other = await own.createGame()
      for (const missed of [0, 1, 2]) {
        const { socket, wire } = await lagging(own)
        const updates = collect<LobbyMessage>(socket, 'lobby:update')
        const before = await own.app.parts.lobby.snapshot()
        for (let i = 0; i < missed; i++) {
          await own.play(other.id, basket('3pt', 'home'))
          await until(async () => (await own.app.parts.lobby.snapshot()).n === before.n + i + 1)
        }
        wire.resume()
        await until(() => own.gateway.lagging() === 0)
        await socket.emitWithAck('time:sync')
        const { n } = await own.app.parts.lobby.snapshot()
        expect(n).toBe(before.n + missed)
        const since = updates.filter(update => update.n > before.n)
        if (missed === 0) expect(since).toEqual([])
        if (missed === 1) expect(since).toMatchObject([{ n, games: [{ id: other.id, score: { home: 3 } }], removed: [] }])
        if (missed === 2) expect(since).toEqual([{ n, games: [], removed: [] }])
        // It is in the room again: the next change comes by itself, and is the next one.
        await own.play(other.id, basket('2pt', 'away'))
        await until(() => updates.at(-1)?.n === n + 1)
        expect(updates.at(-1)?.games.map(row => row.id)).toEqual([other.id])
        socket.disconnect()
      }
    } finally {
      await own.stop()
    }
  })

  it('[C10] had an answer to what it asked while it was behind, and the updates only since', async () => {
    const own = await startServer({ slow })
    try {
      const { socket, wire } = await lagging(own)
      const asked = await own.createGame()
      const updates = collect<UpdateMessage>(socket, 'game:update')
      const answer = watch(socket, asked.id)
      const board = socket.emitWithAck('lobby:watch', { competitionId: 'none' })
      // Its asking arrives; its reading does not.
      await new Promise(done => setTimeout(done, 1_000))
      expect(own.gateway.lagging()).toBe(1)
      expect(own.gateway.viewersHere(asked.id)).toBe(0)
      await own.play(asked.id, basket('2pt', 'home'))
      await own.play(asked.id, basket('2pt', 'home'))
      wire.resume()
      expect(await answer).toMatchObject({ ok: true, mode: 'snapshot', seq: 0 })
      expect(await board).toMatchObject({ ok: true })
      await until(() => updates.some(update => update.gameId === asked.id))
      expect(updates.filter(update => update.gameId === asked.id)).toMatchObject([{ seq: 2, plays: [], resync: true }])
      expect(own.gateway.viewersHere(asked.id)).toBe(1)
      await own.play(asked.id, basket('3pt', 'away'))
      await until(() => updates.at(-1)?.seq === 3)
      expect(updates.at(-1)).toMatchObject({ gameId: asked.id, plays: [{ seq: 3 }], game: { score: { home: 4, away: 3 } } })
    } finally {
      await own.stop()
    }
  })
})

it('[C2] a newcomer far back in a long game still reaches who catches up by seq', async () => {
  const game = await server.createGame()
  const plays = Array.from({ length: 620 }, () => basket('ft', 'away'))
  await server.play(game.id, ...plays.slice(0, 500))
  await server.play(game.id, ...plays.slice(500))
  await server.play(game.id, basket('3pt', 'home', { before: plays[4]?.id ?? '' }))
  for (const isFresh of [false, true]) {
    if (isFresh) server.context.heads.forget(game.id)
    const answer = await watch(await fan(), game.id, { epoch: game.epoch, seq: 620 })
    expect(answer).toMatchObject({ mode: 'plays', seq: 621, plays: [{ seq: 621 }], game: { score: { home: 3, away: 620 } } })
    const snapshot = await watch(await fan(), game.id)
    expect(snapshot.mode === 'snapshot' && snapshot.plays.map(play => play.seq)).toEqual(Array.from({ length: 50 }, (_, i) => 572 + i))
  }
})

it('[R1] a game made private is left by who may not read it, before the play that says so', async () => {
  const game = await server.createGame()
  const socket = await fan()
  const updates = collect<UpdateMessage>(socket, 'game:update')
  const gone = collect<{ gameId: string }>(socket, 'game:gone')
  await watch(socket, game.id)
  await server.play(game.id, basket('2pt', 'home'))
  await server.play(game.id, { id: 'edit-private', kind: 'edit', data: { visibility: 'private' } })
  await server.play(game.id, basket('2pt', 'home', { player: 'Secret' }))
  await socket.emitWithAck('time:sync')
  expect(updates.map(update => update.seq)).toEqual([1])
  expect(gone).toEqual([{ gameId: game.id }])
  expect(await watch(socket, game.id)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_GAME' } })
})
