import { io } from 'socket.io-client'
import { expect, it } from 'vitest'
import { startServer } from '#e2e/server.ts'
import { expectError } from './built.ts'

it('F22 told to stop, it is not ready, takes no write and no newcomer, answers reads to the end, and goes', async () => {
  const server = await startServer()
  try {
    const game = await server.createGame()
    const socket = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    const told = new Promise<{ inMs: number }>(done => socket.on('sys:drain', done))
    await new Promise<void>(done => socket.on('connect', done))
    const stopped = server.stop()
    await told
    const play = { id: 'too-late-1', kind: '2pt', side: 'home' }
    // All at once: it does not stay for long.
    const [read, ready, health, ...writes] = await Promise.all([
      server.api(`/api/v1/games/${game.id}`, undefined, { token: null }),
      server.api('/readyz', undefined, { token: null }),
      server.api('/healthz', undefined, { token: null }),
      server.api(`/api/v1/games/${game.id}/plays`, play),
      server.api('/api/v1/games', { sport: 'basketball', home: { name: 'A' }, away: { name: 'B' } }),
      server.api(`/api/v1/games/${game.id}`, undefined, { method: 'DELETE' }),
      server.api('/api/v1/announcements', { text: 'Hello' }),
      server.api('/api/v1/admin/settings', { chat: 'off' }, { method: 'PATCH' }),
      server.api('/api/auth/sign-in/email', server.owner, { token: null, headers: { origin: server.url } }),
    ])
    expect([read.status, read.body]).toMatchObject([200, { game: { id: game.id, seq: 0 } }])
    expect([ready.status, health.status]).toEqual([503, 200])
    for (const answer of writes) {
      expectError(answer, 'DRAINING', { retryable: true, retryAfterMs: expect.any(Number) })
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    const late = io(server.url, { transports: ['websocket'], forceNew: true, reconnection: false })
    await new Promise<void>(done => late.on('connect_error', () => done()))
    // By itself: one that does not go is killed after half a minute, and has no code.
    expect(await stopped).toBe(0)
    // The same play, once it is up again, counts once.
    await server.restart()
    expect(await server.api(`/api/v1/games/${game.id}/plays`, play)).toMatchObject({ status: 201, body: { seq: 1 } })
  } finally {
    await server.dispose()
  }
})
