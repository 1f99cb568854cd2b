import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ChatMessage, LobbyMessage } from '#domain/protocol.ts'
import type { Account } from '#server/accounts.ts'
import { OWNER } from '../server/accounts.ts'
import { MANAGER, type Running, SCORER, startServer } from '../server/running.ts'

let server: Running
const open: Socket[] = []
beforeAll(async () => {
  server = await startServer()
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})
afterAll(() => server.stop())

let sent = 0
const message = (gameId: string, more: object = {}) => {
  sent += 1
  return { gameId, id: `message-${String(sent).padStart(5, '0')}`, text: `Number ${sent}`, name: 'Lena', ...more }
}
async function fan(gameId: string): Promise<Socket> {
  const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
  open.push(socket)
  await new Promise<void>((done, fail) => socket.on('connect', done).on('connect_error', fail))
  await socket.emitWithAck('game:watch', { gameId })
  return socket
}
/** Each guest from an address of their own, past the sockets: the limit of an address is another test's. */
let guests = 0
const say = (gameId: string, more: object = {}, account: Account | null = null) => {
  guests += 1
  const address = `10.31.${guests >> 8}.${guests & 255}`
  return server.app.chat.send({ account, address, socketId: null }, message(gameId, more))
}
async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 20_000
  while (!condition()) {
    if (Date.now() > end) throw new Error('it did not happen')
    await new Promise(done => setTimeout(done, 10))
  }
}

describe('S31 the chat', () => {
  it('lets nobody speak for the league, however the name is spelt', async () => {
    const { id } = await server.createGame()
    const posing = [
      'Admin',
      'ADMIN',
      ' admin ',
      'moderator',
      'Official',
      'Ad\u200bmin',
      'Ad\u00admin',
      '\u2060admin',
      'ad\u202emin',
      '\u0410dmin',
      '\u0430dm\u0456n',
      '\uff21\uff44\uff4d\uff49\uff4e',
      '\ud835\udc00dmin',
      '\u00c1dm\u00edn',
      'A\u0301dmin',
      'A d m i n',
      'Admin.',
      '[Admin]',
      '★ admin ★',
      'Adm1n',
      'S\u0456deline',
      'System',
      'The Admin',
      'Sideline admin',
      'League official',
    ]
    const taken = []
    for (const name of posing) {
      const answer = await say(id, { name })
      if (answer.ok || answer.error.path !== 'name') taken.push(name)
    }
    expect(taken).toEqual([])
    for (const name of ['Adminira', 'Badmington', 'Ana', 'Лена', 'محمد', 'Systema', 'O’Fficial Fan 7', 'João', 'Scorerinho'])
      expect(await say(id, { name }), name).toMatchObject({ ok: true, message: { guest: true } })
    // Those who may are told apart by the server, not by their words.
    expect(await say(id, { name: undefined }, { ...SCORER, name: 'Admin' })).toMatchObject({ ok: true, message: { guest: false } })
  })

  it('takes 300 characters and no towers of marks', async () => {
    const { id } = await server.createGame()
    expect(await say(id, { text: 'x'.repeat(300) })).toMatchObject({ ok: true })
    expect(await say(id, { text: 'x'.repeat(301) })).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD', path: 'text' } })
    expect(await say(id, { text: `x${'\u0301'.repeat(500)}` })).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } })
    const tower = await say(id, { text: `a${'\u0334\u0321\u0353'.repeat(80)}b`, name: `Z${'\u0334'.repeat(30)}o` })
    if (!tower.ok) throw new Error(tower.error.message)
    for (const text of [tower.message.text, tower.message.name]) expect(text).not.toMatch(/\p{M}{5}/u)
    for (const text of ['Tiếng Việt', 'ภาษาไทยน้ำ', 'हिन्दी में क्ष्म', 'שָׁלוֹם', '👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿']) {
      const answer = await say(id, { text })
      expect(answer.ok && answer.message.text, text).toBe(text.normalize('NFC'))
    }
  })

  it('holds an address to its rate also from a new socket and under a new name, and an account from any address', async () => {
    const { id } = await server.createGame()
    const answers = []
    for (let i = 0; i < 8; i++) {
      const socket = await fan(id)
      answers.push(await socket.emitWithAck('chat:send', message(id, { name: `Lena ${i}`, text: 'Buy at https://spam.example now' })))
    }
    expect(answers.filter(answer => answer.ok)).toHaveLength(5)
    const refused = answers.filter(answer => !answer.ok)
    for (const answer of refused) expect(answer.error).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: expect.any(Number) })
    const own = []
    for (let i = 0; i < 8; i++) own.push(await say(id, { name: undefined }, { ...SCORER, id: 'scorer-of-spam' }))
    expect(own.filter(answer => answer.ok)).toHaveLength(5)
  })

  it('who was muted writes no more, on a new socket, under a new name or by HTTP’s side; others do, and it can be taken back', async () => {
    const { id } = await server.createGame()
    const address = '10.44.0.1'
    const from = (more: object = {}, account: Account | null = null, at = address) =>
      server.app.chat.send({ account, address: at, socketId: null }, message(id, more))
    const first = await from({ name: 'Spammer' })
    const member = await from({ name: undefined }, { ...SCORER, id: 'scorer-to-mute' })
    if (!first.ok || !member.ok) throw new Error('not written')
    expect(await server.app.chat.mute(SCORER, id, first.message.id, { muted: true })).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await server.app.chat.mute(MANAGER, id, first.message.id, { muted: 1 })).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } })
    expect(await server.app.chat.mute(MANAGER, id, 'no-such-message', { muted: true })).toMatchObject({ error: { code: 'NOT_FOUND' } })
    for (let twice = 0; twice < 2; twice++)
      expect(await server.app.chat.mute(MANAGER, id, first.message.id, { muted: true })).toEqual({ ok: true, muted: true })
    for (const name of ['Spammer', 'Somebody else'])
      expect(await from({ name })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', path: 'gameId' } })
    // From the same hall, who has an account still writes; and so does a guest from elsewhere, and the muted one in another game.
    expect(await from({ name: undefined }, { ...SCORER, id: 'another-scorer' })).toMatchObject({ ok: true })
    expect(await from({}, null, '10.44.0.2')).toMatchObject({ ok: true })
    const another = await server.createGame()
    expect(await server.app.chat.send({ account: null, address, socketId: null }, message(another.id))).toMatchObject({ ok: true })

    expect(await server.app.chat.mute(MANAGER, id, member.message.id, { muted: true })).toEqual({ ok: true, muted: true })
    expect(await from({ name: undefined }, { ...SCORER, id: 'scorer-to-mute' }, '10.44.0.9')).toMatchObject({
      error: { code: 'FORBIDDEN' },
    })
    const seen = await server.app.chat.history(MANAGER, id, undefined, 50)
    expect(seen.ok && seen.messages.filter(({ muted }) => muted).map(each => each.id)).toEqual([first.message.id, member.message.id])
    const plain = await server.app.chat.history(null, id, undefined, 50)
    expect(plain.ok && plain.messages.some(each => 'muted' in each)).toBe(false)

    expect(await server.app.chat.mute(MANAGER, id, first.message.id, { muted: false })).toEqual({ ok: true, muted: false })
    expect(await from({ name: 'Better now' })).toMatchObject({ ok: true })
    const lines = await server.context.storage.db
      .selectFrom('audit')
      .where('action', 'like', 'chat.%mute')
      .selectAll()
      .orderBy('at')
      .execute()
    expect(lines.map(({ action, actor, target }) => [action, actor, target])).toEqual([
      ['chat.mute', MANAGER.id, first.message.id],
      ['chat.mute', MANAGER.id, first.message.id],
      ['chat.mute', MANAGER.id, member.message.id],
      ['chat.unmute', MANAGER.id, first.message.id],
    ])
  })

  it('a message that is deleted is gone for whoever reads along and for whoever comes, its words from the database too', async () => {
    const { id } = await server.createGame()
    const reader = await fan(id)
    const [heard, removed]: [ChatMessage[], { id: string }[]] = [[], []]
    reader.on('chat:message', (each: ChatMessage) => heard.push(each)).on('chat:removed', (each: { id: string }) => removed.push(each))
    const words = 'something that nobody should have to read'
    const said = await say(id, { text: words })
    if (!said.ok) throw new Error(said.error.message)
    await until(() => heard.length === 1)
    for (const account of [null, SCORER]) expect(await server.app.chat.remove(account, id, said.message.id)).toMatchObject({ ok: false })
    expect(await server.app.chat.remove(MANAGER, id, said.message.id)).toEqual({ ok: true })
    await until(() => removed.length === 1)
    expect(removed[0]).toMatchObject({ id: said.message.id })
    expect(await server.app.chat.history(null, id, undefined, 50)).toMatchObject({ ok: true, messages: [] })
    const rows = await server.context.storage.db.selectFrom('chat_messages').where('game_id', '=', id).selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(words)
    const audit = await server.context.storage.db.selectFrom('audit').selectAll().where('action', '=', 'chat.remove').execute()
    expect(audit).toMatchObject([{ actor: MANAGER.id, target: said.message.id }])
    expect(JSON.stringify(audit)).not.toContain(words)
    // Nor can it be said again under the same id.
    const again = await server.app.chat.send(
      { account: null, address: '10.31.255.1', socketId: null },
      { gameId: id, id: said.message.id, text: words, name: 'Lena' },
    )
    expect(again.ok).toBe(false)
  })

  it('is closed for a game or for all of them, to guests and to scorers', async () => {
    const [closed, other] = [await server.createGame(), await server.createGame()]
    await server.play(closed.id, { id: 'close-the-chat', kind: 'edit', data: { chat: false } })
    expect(await say(closed.id)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await say(other.id)).toMatchObject({ ok: true })
    expect(await server.app.settings.change(OWNER, { chat: 'off' })).toMatchObject({ ok: true })
    expect(await say(other.id)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await say(other.id, { name: undefined }, SCORER)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await server.app.settings.change(OWNER, { chat: 'on' })).toMatchObject({ ok: true })
  })
})

describe('S32 what is kept of people', () => {
  it('of a guest: no address, and no two games in which the same one can be told', async () => {
    const [one, two] = [await server.createGame(), await server.createGame()]
    const address = '10.32.77.99'
    for (const { id } of [one, two]) {
      const answer = await server.app.chat.send({ account: null, address, socketId: null }, message(id))
      expect(answer.ok).toBe(true)
    }
    const rows = await server.context.storage.db.selectFrom('chat_messages').where('game_id', 'in', [one.id, two.id]).selectAll().execute()
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain('10.32')
    expect(rows[0]?.ip_hash).not.toBe(rows[1]?.ip_hash)
    expect(JSON.stringify(await server.app.chat.history(null, one.id, undefined, 50))).not.toContain(rows[0]?.ip_hash)
  })

  it('of an account that is removed: its plays, and neither name nor address anywhere', async () => {
    const { accounts } = server.app
    const created = await accounts.createUser(
      { email: 'leaver@club.example', name: 'Wilhelmina Leaver', password: 'turnstile eleven', role: 'scorer' },
      'test',
    )
    if (!created.ok) throw new Error(created.error.message)
    const { id } = created.user
    const { id: gameId } = await server.createGame()
    const leaver: Account = { ...SCORER, id, name: 'Wilhelmina Leaver', email: 'leaver@club.example' }
    expect(await server.app.games.record(leaver, gameId, [{ id: 'leavers-play', kind: '2pt', side: 'home' }], false)).toMatchObject({
      ok: true,
    })
    expect(await server.app.admin.people.remove(OWNER, id)).toMatchObject({ ok: true })
    const { db } = server.context.storage
    const everything: unknown[] = []
    for (const table of ['user', 'account', 'session', 'audit', 'plays', 'games', 'grants', 'tokens', 'persons', 'rosters'] as const)
      everything.push(await db.selectFrom(table).selectAll().execute())
    expect(JSON.stringify(everything)).not.toMatch(/Wilhelmina|leaver@/i)
    expect(await server.app.games.get(null, gameId)).toMatchObject({ ok: true, game: { seq: 1, score: { home: 2, away: 0 } } })
    expect(JSON.stringify(await server.app.games.plays(null, gameId, 0, 50))).not.toContain(id)
  })

  it('private and unlisted games stand on no board, by whatever way they come to it', async () => {
    const boards: LobbyMessage[] = []
    const lobby = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    open.push(lobby)
    lobby.on('lobby:update', (each: LobbyMessage) => boards.push(each))
    await new Promise<void>(done => lobby.on('connect', done))
    await lobby.emitWithAck('lobby:watch', {})
    const hidden = []
    for (const visibility of ['private', 'unlisted']) {
      const game = await server.createGame('basketball', { visibility, startsAt: new Date().toISOString() })
      await server.play(game.id, { id: `hidden-${visibility}`, kind: '2pt', side: 'home' })
      hidden.push(game.id)
    }
    const turned = await server.createGame('basketball', { startsAt: new Date().toISOString() })
    await server.play(turned.id, { id: 'seen-at-first', kind: '2pt', side: 'home' })
    await until(() => boards.some(({ games }) => games.some(row => row.id === turned.id)))
    await server.play(turned.id, { id: 'then-made-private', kind: 'edit', data: { visibility: 'private' } })
    await until(() => boards.some(({ removed }) => removed.includes(turned.id)))
    const after = boards.length
    await server.play(turned.id, { id: 'and-played-on', kind: '2pt', side: 'home' })
    const shown = await server.createGame('basketball', { startsAt: new Date().toISOString() })
    await server.play(shown.id, { id: 'shown-at-last', kind: '2pt', side: 'home' })
    await until(() => boards.some(({ games }) => games.some(row => row.id === shown.id)))
    expect(JSON.stringify(boards.slice(after))).not.toContain(turned.id)
    for (const id of hidden) expect(JSON.stringify(boards)).not.toContain(id)

    const anew = JSON.stringify(await lobby.emitWithAck('lobby:watch', {}))
    expect(anew).toContain(shown.id)
    for (const id of [...hidden, turned.id]) expect(anew).not.toContain(id)
  })
})
