import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { UpdateMessage } from '#domain/protocol.ts'
import { type Server, startServer } from '#e2e/server.ts'
import { expectError } from '../server/built.ts'
import { dial, lines, open, opened, takesOver, until, type Wire } from './wire.ts'

const MOST = 40
const KIB = 1024
let server: Server
const wires: Wire[] = []

beforeAll(async () => {
  // This test is the proxy, so that each case comes from an address of its own.
  server = await startServer({ env: { MAX_CONNECTIONS_PER_IP: String(MOST), TRUSTED_PROXIES: '127.0.0.1' } })
})
afterEach(() => {
  for (const wire of wires.splice(0)) wire.close()
})
afterAll(async () => {
  // Whatever was sent, it is the same process, and nothing of it was an accident.
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect(server.output()).not.toMatch(/"level":"(error|fatal)"/)
  await server.dispose()
})

const from = (address: string) => ({ 'x-forwarded-for': address })
async function enter(address: string): Promise<Wire> {
  const wire = await opened(server.url, from(address))
  wires.push(wire)
  return wire
}
const event = (id: number | '', name: string, ...sent: unknown[]) => `42${id}${JSON.stringify([name, ...sent])}`
async function isAlive(): Promise<void> {
  const wire = await enter('10.9.9.9')
  wire.send(event(7, 'time:sync'))
  expect(await wire.answer(7)).toMatchObject({ ok: true })
}
async function openAndClose(address: string) {
  const made = await open(server.url, from(address), { greet: false })
  if ('wire' in made) made.wire.close()
  return made
}
async function figure(name: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? Number.NaN)
}

describe('the handshake', () => {
  it('S1 takes no polling, from whatever origin, and opens nothing for another site', async () => {
    for (const origin of [server.url, 'https://evil.example', 'null', undefined]) {
      const answer = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: origin ? { origin } : {} })
      expect(answer.status, String(origin)).toBeGreaterThanOrEqual(400)
      expect(await answer.text()).not.toContain('sid')
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
    const forged: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: `${server.url}.evil.example` },
      { cookie: 'sideline=x' },
    ]
    for (const headers of forged) {
      const refused = await open(server.url, { ...from('10.1.0.1'), ...headers })
      expect(refused).toMatchObject({ status: 403 })
    }
  })

  it('S1 lets nobody take an open session over, even by its own id: each connection is a handshake of its own', async () => {
    const wire = await enter('10.1.0.2')
    const { sid } = JSON.parse((wire.heard.find(text => text.startsWith('0')) ?? '0{}').slice(1)) as { sid: string }
    expect(sid.length).toBeGreaterThanOrEqual(20)
    const shown: Record<string, string>[] = [{ origin: 'https://evil.example' }, { cookie: 'sideline=x' }, {}]
    for (const headers of shown) expect(await takesOver(server.url, sid, { ...from('10.1.0.3'), ...headers })).toBe(false)
    const asked = await fetch(`${server.url}/socket.io/?EIO=4&transport=websocket&sid=${sid}`)
    expect(asked.status).toBe(400)
    wire.send(event(1, 'time:sync'))
    expect(await wire.answer(1)).toMatchObject({ ok: true })
  })

  it('[C14] is a WebSocket of Engine.IO 4, and anything else is told so', async () => {
    for (const query of [
      '',
      '?EIO=4',
      '?EIO=3&transport=websocket',
      '?EIO=4&transport=polling',
      '?EIO=4&transport=websocket&sid=abc',
      'EIO=4&transport=websocket',
    ]) {
      const refused = await open(server.url, from('10.1.0.4'), { path: `/socket.io/${query}` })
      expect(refused, query).toMatchObject({ status: 400 })
      expect(JSON.parse('body' in refused ? refused.body : '')).toMatchObject({ error: { code: 'INVALID_PAYLOAD' } })
      const asked = await fetch(`${server.url}/socket.io/${query}`)
      expect([asked.status, await asked.json()]).toMatchObject([400, { error: { code: 'INVALID_PAYLOAD' } }])
    }
    // In any order, and with what another client adds for itself.
    const made = await open(server.url, from('10.1.0.4'), { path: '/socket.io/?transport=websocket&t=abc&EIO=4' })
    expect('wire' in made).toBe(true)
    if ('wire' in made) wires.push(made.wire)
  })

  it('S2 a token of any other shape is AUTH_INVALID, one beyond all size ends the connection', async () => {
    const tokens = [{}, [], ['sl_pat_x'], 5, '', 'x', `sl_pat_${'x'.repeat(43)}`, 'x'.repeat(30_000), '\u0000', 'sl_pat_\ud800']
    for (const token of tokens) {
      const made = await open(server.url, from('10.2.0.1'), { greet: false })
      if (!('wire' in made)) throw new Error('refused')
      wires.push(made.wire)
      made.wire.send(`40${JSON.stringify({ token })}`)
      await until(() => made.wire.heard.some(text => text.startsWith('44')), 'a refusal')
      expect(made.wire.heard.find(text => text.startsWith('44'))).toContain('AUTH_INVALID')
    }
    const made = await open(server.url, from('10.2.0.1'), { greet: false })
    if (!('wire' in made)) throw new Error('refused')
    made.wire.send(`40${JSON.stringify({ token: 'x'.repeat(1_000_000) })}`)
    await until(made.wire.isClosed, 'the end of the connection')
    await isAlive()
  })
})

const POSTS = 400

describe('S5 a flood', () => {
  it('of one socket is told to wait, then closed; what is recorded meanwhile reaches everybody else', async () => {
    const game = await server.createGame()
    const fan = await enter('10.5.0.1')
    fan.send(event(1, 'game:watch', { gameId: game.id }))
    expect(await fan.answer(1)).toMatchObject({ ok: true })
    const flooders = await Promise.all(Array.from({ length: 20 }, () => enter('10.5.0.2')))
    const floodedAt = performance.now()
    const waits: number[] = []
    for (const [i, wire] of flooders.entries()) {
      for (let id = 1; id <= 70; id++) wire.send(event(id, 'time:sync'))
      if (i % 4 > 0) continue
      const began = performance.now()
      const { seq } = await server.play(game.id, { kind: 'ft', side: 'home' })
      await until(() => fan.heard.some(text => updateOf(text)?.seq === seq), `play ${seq}`)
      waits.push(performance.now() - began)
    }
    // Told, and going on all the same.
    for (const wire of flooders) {
      await wire.answer(70)
      for (let id = 71; id <= 500; id++) wire.send(event(id, 'time:sync'))
    }
    for (const wire of flooders) {
      await until(wire.isClosed, 'the end of a flood')
      const answers = wire.heard.filter(text => text.startsWith('43'))
      // Sixty at once, and two more with each second that it takes.
      const most = 60 + 2 * Math.ceil((performance.now() - floodedAt) / 1000)
      expect(answers.filter(text => text.includes('"ok":true')).length).toBeLessThanOrEqual(most)
      const refused = answers.filter(text => text.includes('RATE_LIMITED'))
      expect(refused.length).toBeGreaterThan(0)
      expect(refused[0]).toMatch(/"retryAfterMs":\d+/)
    }
    expect(fan.isClosed()).toBe(false)
    console.log(`a play to a fan while 20 sockets flood: ${waits.map(ms => `${Math.round(ms)} ms`).join(', ')}`)
    // It may come back, and is heard again.
    await isAlive()
  })

  it('of messages nobody knows counts like any other', async () => {
    const wire = await enter('10.5.0.3')
    for (let id = 1; id <= 400; id++) wire.send(event(id, id % 2 ? 'no:such' : 'admin:all', { id }))
    await until(wire.isClosed, 'the end of a flood of unknown messages')
    const well = await enter('10.5.0.3')
    well.send(event(1, 'no:such', {}))
    expect(await well.answer(1)).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } })
  })

  it('of plays by one scorer is told when to come again, counts what it took once, and leaves others alone', async () => {
    const [flooded, calm] = [await server.createGame(), await server.createGame()]
    const signedIn = await server.api('/api/auth/sign-in/email', server.owner, { token: null, headers: { origin: server.url } })
    const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
    const post = (gameId: string) =>
      server.api<{ seq: number }>(
        `/api/v1/games/${gameId}/plays`,
        { id: randomUUID(), kind: 'ft', side: 'home' },
        {
          token: null,
          headers: { cookie, origin: server.url },
        },
      )
    const began = performance.now()
    // More than a slow machine takes in the seconds in which so many would be let pass.
    const sent = Promise.all(Array.from({ length: POSTS }, () => post(flooded.id)))
    const others = []
    for (let i = 0; i < 10; i++) others.push((await server.play(calm.id, { kind: 'ft', side: 'away' })).seq)
    const answers = await sent
    const seconds = (performance.now() - began) / 1000
    const taken = answers.filter(answer => answer.status === 201)
    const refused = answers.filter(answer => answer.status !== 201)
    expect(taken.length).toBeGreaterThanOrEqual(60)
    expect(taken.length).toBeLessThanOrEqual(61 + Math.ceil(30 * seconds))
    expect(refused.length).toBeGreaterThan(0)
    for (const answer of refused) {
      expectError(answer, 'RATE_LIMITED', { retryable: true, retryAfterMs: expect.any(Number) as number })
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect(others).toEqual(Array.from({ length: 10 }, (_, i) => i + 1))
    const now = await server.api<{ game: { seq: number } }>(`/api/v1/games/${flooded.id}`)
    expect(now.body.game.seq).toBe(taken.length)
    console.log(`${POSTS} posts of one scorer: ${taken.length} taken, ${refused.length} told to wait, in ${seconds.toFixed(2)} s`)
  })
})

it('S16 plays are recorded while many sign in at once', async () => {
  const game = await server.createGame()
  const attempts = Array.from({ length: 8 }, (_, i) =>
    server.api(
      '/api/auth/sign-in/email',
      { email: `nobody${i}@club.example`, password: 'a wrong one 1' },
      {
        token: null,
        headers: { origin: server.url, ...from(`10.16.0.${i + 1}`) },
      },
    ),
  )
  let pending = attempts.length
  for (const attempt of attempts) void attempt.then(() => (pending -= 1))
  const took: number[] = []
  for (let i = 0; i < 20; i++) {
    const began = performance.now()
    await server.play(game.id, { kind: 'ft', side: 'home' })
    took.push(performance.now() - began)
    // Each check of a password is most of a second's work: a play that waited for them would find them done.
    if (i === 0) expect(pending).toBeGreaterThan(0)
  }
  for (const answer of await Promise.all(attempts)) expect(answer.status).toBe(401)
  console.log(`20 plays beside 8 sign-ins: ${Math.round(Math.max(...took))} ms at most`)
})

describe('S6 connections', () => {
  it('of one address are counted, whoever else comes; the address is the one a listed proxy saw', async () => {
    const made = await Promise.all(Array.from({ length: MOST }, () => open(server.url, from('10.6.0.1'), { greet: false })))
    const held = made.flatMap(each => ('wire' in each ? [each.wire] : []))
    wires.push(...held)
    expect(held).toHaveLength(MOST)
    const one = await open(server.url, from('10.6.0.1'))
    expect(one).toMatchObject({ status: 429 })
    if ('wire' in one) throw new Error('let in')
    expect(JSON.parse(one.body)).toMatchObject({ error: { code: 'TOO_MANY_CONNECTIONS', retryable: true } })
    expect(Number(one.headers['retry-after'])).toBeGreaterThan(0)
    // What a client writes in front of what the proxy saw is nobody's address.
    expect(await open(server.url, from('198.51.100.1, 10.6.0.1'))).toMatchObject({ status: 429 })
    expect(await open(server.url, from('10.6.0.2'))).toHaveProperty('wire')
    // None of them said what it wants: each is let go of by itself.
    const began = performance.now()
    await until(() => held.every(wire => wire.isClosed()), 'the end of connections that ask for nothing')
    console.log(`connections that ask for nothing are gone after ${Math.round(performance.now() - began)} ms`)
  })
})

describe('a line', () => {
  it('is one reader, however often it asks to be let in before it is known who it is', async () => {
    const made = await open(server.url, from('10.6.1.1'), { greet: false })
    if (!('wire' in made)) throw new Error('refused')
    const { wire } = made
    wires.push(wire)
    for (let asked = 0; asked < 5; asked += 1) wire.send(`40${JSON.stringify({ token: server.token })}`)
    await until(() => wire.heard.filter(text => /^4[04]/.test(text)).length === 5, 'five answers')
    expect(wire.heard.filter(text => text.startsWith('40'))).toHaveLength(1)
    wire.send(event(1, 'time:sync'))
    expect(await wire.answer(1)).toMatchObject({ ok: true })
  })

  it('[C14] that has left is closed, and so is one that asks without end for what is not there', async () => {
    const left = await enter('10.6.1.2')
    left.send('41')
    await until(left.isClosed, 'the end of the line that left')
    const asks = await enter('10.6.1.3')
    for (let asked = 0; asked < 5_000; asked += 1) asks.send('40/nope,')
    await until(asks.isClosed, 'the end of the line that floods')
    await isAlive()
  })

  it('counts for its address until its connection is closed, not only until it is told to', async () => {
    const address = '10.6.1.4'
    const before = await figure('sideline_ws_clients')
    const all = await Promise.all(Array.from({ length: MOST }, () => enter(address)))
    for (const { ws, send } of all) {
      // It is told to close, and hears nothing of it.
      ;(ws as unknown as { _socket: Socket })._socket.pause()
      send('x')
    }
    await until(async () => (await figure('sideline_ws_clients')) <= before, 'the end of all lines')
    // Long enough for a few handshakes more, if it were for those alone.
    await sleep(1_000)
    expect(await open(server.url, from(address))).toMatchObject({ status: 429 })
    for (const line of all) line.close()
    await until(async () => 'wire' in (await openAndClose(address)), 'a line, once the handshakes are paid off')
  })

  it('that breaks off while the server is starting ends nothing', async () => {
    let [isStarting, broken] = [true, 0]
    const knocking = (async () => {
      while (isStarting) {
        const line = await dial(server.port).catch(() => null)
        if (line) {
          line.send(lines('GET / HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket'))
          await sleep(5)
          line.socket.resetAndDestroy()
          broken += 1
        } else await sleep(1)
      }
    })()
    await server.restart({ signal: 'SIGKILL' })
    isStarting = false
    await knocking
    expect(broken).toBeGreaterThan(0)
    await isAlive()
  })
})

describe('S7 a frame', () => {
  it('of 32 KiB is heard, and one byte more ends its connection alone', async () => {
    const sized = (bytes: number) => {
      const empty = event(3, 'time:sync', '')
      return event(3, 'time:sync', 'x'.repeat(bytes - empty.length))
    }
    const whole = await enter('10.7.0.1')
    whole.send(sized(32 * KIB - 1))
    expect(await whole.answer(3)).toMatchObject({ ok: true })
    for (const bytes of [32 * KIB + 1, 1_000_001]) {
      const wire = await enter('10.7.0.1')
      wire.send(sized(bytes))
      await until(wire.isClosed, `the end after ${bytes} bytes`)
      expect(wire.code()).toBe(1009)
    }
    expect(whole.isClosed()).toBe(false)
  })

  it('is never unpacked: compression is not agreed to, and a frame that claims it ends its connection', async () => {
    const wire = await enter('10.7.0.2')
    expect(wire.ws.extensions).toBe('')
    const line = await dial(server.port)
    line.send(
      lines(
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
        `Host: 127.0.0.1:${server.port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        'Sec-WebSocket-Extensions: permessage-deflate',
        'X-Forwarded-For: 10.7.0.3',
      ),
    )
    await until(() => line.text().includes('\r\n\r\n'), 'the handshake')
    expect(line.text()).toMatch(/^HTTP\/1\.1 101/)
    expect(line.text()).not.toMatch(/sec-websocket-extensions/i)
    // FIN, RSV1, text; masked with zeroes.
    line.send(Buffer.from([0xc1, 0x82, 0, 0, 0, 0, 0x34, 0x30]))
    await until(line.isEnded, 'the end of a connection that sends packed frames')
    line.close()
  })

  it('that announces attachments holds nothing back for them', async () => {
    const before = await figure('process_resident_memory_bytes')
    for (const frame of [
      '459999-["time:sync",{"_placeholder":true,"num":0}]',
      '451-["time:sync",{"_placeholder":true,"num":0}]',
      '450-["time:sync"]',
      '45-["time:sync"]',
      '4599999999999999999999-["time:sync"]',
    ]) {
      const wire = await enter('10.7.0.4')
      wire.send(frame)
      for (let i = 0; i < 40; i++) wire.send(Buffer.alloc(30 * KIB, 7))
      await until(async () => wire.isClosed() || wire.ws.bufferedAmount === 0, 'everything being sent')
      wire.close()
    }
    await isAlive()
    const grown = ((await figure('process_resident_memory_bytes')) - before) / KIB / KIB
    console.log(`attachments: ${grown.toFixed(1)} MB`)
    expect(grown).toBeLessThan(100)
  })

  it('that is nested without end is refused or ends its connection', async () => {
    for (const [begin, end] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      for (const depth of [9, 100, 2_000]) {
        const wire = await enter('10.7.0.5')
        wire.send(`425["chat:send",${begin.repeat(depth)}1${end.repeat(depth)}]`)
        const answer = await wire.answer(5).catch(() => null)
        if (answer) expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_PAYLOAD' } })
        else expect(wire.isClosed()).toBe(true)
      }
    }
    await isAlive()
  })
})

describe('S8 rooms and namespaces', () => {
  it('of games that are not there are none', async () => {
    const before = await figure('sideline_ws_rooms')
    const wire = await enter('10.8.0.1')
    for (let id = 1; id <= 50; id++) wire.send(event(id, 'game:watch', { gameId: randomUUID() }))
    for (let id = 1; id <= 50; id++) expect(await wire.answer(id)).toMatchObject({ ok: false, error: { code: 'UNKNOWN_GAME' } })
    // Its own room is the one every socket has.
    expect(await figure('sideline_ws_rooms')).toBeLessThanOrEqual(before + 1)
    expect(await figure('sideline_games_watched')).toBe(0)
  })

  it('are twenty at most, of games and of boards, also when they are asked for in one breath', async () => {
    const games = await Promise.all(Array.from({ length: 22 }, () => server.createGame()))
    const wire = await enter('10.8.0.2')
    for (const [i, game] of games.entries()) wire.send(event(i + 1, 'game:watch', { gameId: game.id }))
    const watched = await Promise.all(games.map((_, i) => wire.answer(i + 1)))
    expect(watched.filter(answer => answer.ok)).toHaveLength(20)
    expect(watched.filter(answer => answer.error?.code === 'TOO_MANY_ROOMS')).toHaveLength(2)
    for (let id = 101; id <= 122; id++) wire.send(event(id, 'lobby:watch', { competitionId: randomUUID() }))
    const boards = await Promise.all(Array.from({ length: 22 }, (_, i) => wire.answer(101 + i)))
    expect(boards.filter(answer => answer.ok)).toHaveLength(20)
    expect(boards.filter(answer => answer.error?.code === 'TOO_MANY_ROOMS')).toHaveLength(2)
  })

  it('there is one namespace, and every other answers alike', async () => {
    const wire = await enter('10.8.0.3')
    const said: string[] = []
    for (const name of ['/admin', '/nope', '/socket.io', '/dynamic-101', '/__proto__', '/constructor', '/games']) {
      const count = wire.heard.length
      wire.send(`40${name},`)
      await until(() => wire.isClosed() || wire.heard.length > count, `an answer to ${name}`)
      said.push((wire.heard[count] ?? '').replace(name, ''))
    }
    expect(new Set(said).size).toBe(1)
    expect(said[0]).toMatch(/^44,/)
    await isAlive()
  })
})

function updateOf(text: string): UpdateMessage | null {
  return text.startsWith('42["game:update"') ? ((JSON.parse(text.slice(2)) as [string, UpdateMessage])[1] ?? null) : null
}
