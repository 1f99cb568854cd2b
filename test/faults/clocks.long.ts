import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { Game } from '#domain/game.ts'
import { type Env, type Server, startServer } from '#e2e/server.ts'
import { startChild } from './child.ts'
import { readLog, score, truthOf, Watcher } from './crowd.ts'
import { type Invocation, violations } from './history.ts'
import { until } from './until.ts'

const HOUR_MS = 3_600_000

const library = () =>
  execFileSync('sh', ['-c', 'ls /usr/lib/*/faketime/libfaketimeMT.so.1'], { encoding: 'utf8' }).trim().split('\n')[0] ?? ''

async function signedIn(server: Server): Promise<{ cookie: string; origin: string }> {
  const response = await fetch(`${server.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify(server.owner),
  })
  const cookie = response.headers.getSetCookie().map(line => line.split(';')[0])
  return { cookie: cookie.join('; '), origin: server.url }
}

it.each(['-3d', '-1h', '+1h'])(
  'F16 a scorer and a page whose clock is off by %s: order, times and the game are the server’s',
  async offset => {
    const server = await startServer()
    try {
      const game = await server.createGame()
      const honest = new Watcher(server.url, game.id)
      const child = startChild('./clock-child.ts', [server.url, game.id, server.token], {
        LD_PRELOAD: library(),
        FAKETIME: offset,
        DONT_FAKE_MONOTONIC: '1',
      })
      const [theirs = ''] = await child.heard('clock')
      expect(Math.abs(Number(theirs) - Date.now())).toBeGreaterThan(HOUR_MS - 60_000)
      await server.play(game.id, { kind: '3pt', side: 'away' })
      const [state = ''] = await child.heard('state')
      await until(() => honest.shown.at(-1)?.seq === 11)
      const log = await readLog(server, game.id)
      // A scorer a minute behind says so by how long ago a play was, which no clock tells.
      for (const play of log) expect(Math.abs(Date.parse(play.at) - Date.now())).toBeLessThan(120_000)
      expect(log.map(play => play.seq)).toEqual(log.map((_, i) => i + 1))
      expect([state.replaceAll('_', ' '), honest.state]).toEqual(['11 20-3', '11 20-3'])
      honest.socket.disconnect()
      child.process.kill('SIGKILL')
      await child.ended
    } finally {
      await server.dispose()
    }
  },
)

it('F17 the server’s clock jumps an hour ahead, back, and an hour behind, in mid-burst: order stands, nobody is signed out, limits go on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sideline-clock-'))
  const stamp = join(folder, 'stamp')
  const set = (offset: string) => {
    writeFileSync(stamp, `${offset}\n`)
    utimesSync(stamp, new Date(), new Date())
  }
  set('+0')
  const env: Env = { LD_PRELOAD: library(), FAKETIME_TIMESTAMP_FILE: stamp, FAKETIME_NO_CACHE: '1', DONT_FAKE_MONOTONIC: '1' }
  expect(existsSync(env.LD_PRELOAD ?? '')).toBe(true)
  const server = await startServer({ env })
  try {
    const game = await server.createGame()
    const watcher = new Watcher(server.url, game.id)
    const headers = await signedIn(server)
    const now = async () => Date.parse((await fetch(`${server.url}/healthz`)).headers.get('date') ?? '')
    const session = async () =>
      (await (await fetch(`${server.url}/api/auth/get-session`, { headers })).json()) as { account: object | null }
    const invocations: Invocation[] = []
    let isOver = false
    const scorers = (['home', 'away'] as const).map(side => score(server, game.id, side, invocations, () => isOver))
    await until(() => invocations.length > 20)
    const clock = async () => (await server.api<{ game: Game }>(`/api/v1/games/${game.id}`)).body.game
    for (const [offset, hours] of [
      ['+1h', 1],
      ['+0', 0],
      ['-1h', -1],
      ['+0', 0],
    ] as const) {
      const before = invocations.length
      set(offset)
      await until(async () => Math.abs((await now()) - Date.now() - hours * HOUR_MS) < 5_000)
      // Timers and turns neither stand still nor burst.
      await until(() => invocations.length > before + 50)
      expect((await session()).account, `${offset}`).not.toBeNull()
      expect((await server.api(`/api/v1/games/${game.id}`)).status).toBe(200)
      await sleep(1_000)
    }
    isOver = true
    await Promise.all(scorers)
    const log = await readLog(server, game.id)
    const truth = truthOf(log)
    await until(() => watcher.state === truth)
    expect(violations({ invocations, log, watchers: [watcher], truth })).toEqual([])
    // One sender's plays never run backwards in time, though the clock has.
    const times = log.map(play => Date.parse(play.at))
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(HOUR_MS - 60_000)
    expect((await clock()).seq).toBe(log.length)
    // Fifty wrong guesses at once are held up whatever the clock says.
    set('+1h')
    const guesses: number[] = []
    for (let i = 0; i < 8; i++) {
      const guess = { email: `nobody-${randomUUID()}@example.org`, password: 'a wrong guess' }
      guesses.push(
        (
          await server.api(
            '/api/auth/sign-in/email',
            { ...guess, email: 'nobody@example.org' },
            { token: null, headers: { origin: server.url } },
          )
        ).status,
      )
    }
    expect(guesses.at(-1)).toBe(429)
    watcher.socket.disconnect()
  } finally {
    await server.dispose()
    rmSync(folder, { recursive: true, force: true })
  }
})
