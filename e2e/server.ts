import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Game } from '#domain/game.ts'
import type { Play, PlayInput } from '#domain/play.ts'
import { freePort } from '#test/free-port.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const START_MS = 150_000
const STOP_MS = 60_000

export interface Account {
  email: string
  password: string
}

export interface Answer<T> {
  status: number
  headers: Headers
  body: T
}

export interface Recorded {
  seq: number
  epoch: string
  game: Game
  plays: Play[]
}

/** What a test gives of a game; the rest is filled in. */
export type GameInput = { sport?: string; home?: unknown; away?: unknown; startsAt?: string | null } & Record<string, unknown>

/** A production server of the test's own: its port, its data directory, its owner, and a token that may do everything a scorer may. */
export interface Server {
  url: string
  port: number
  dataDir: string
  owner: Account
  token: string
  /** GET, or POST when there is a body; with the token unless `token` is null. Answers whatever the status is. */
  api<T = unknown>(
    path: string,
    body?: unknown,
    options?: { method?: string; token?: string | null; headers?: Record<string, string> },
  ): Promise<Answer<T>>
  createGame(input?: GameInput): Promise<Game>
  /** Records plays in one go; an id is made up for those without. */
  play(gameId: string, plays: Draft | Draft[]): Promise<Recorded>
  /** The operator's tool on this server's data directory; answers what it printed. */
  sideline(...args: string[]): Promise<string>
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Stops it and starts it on the same port and data. `SIGKILL` is the power cut. */
  restart(options?: { signal?: NodeJS.Signals; env?: Env }): Promise<void>
  /** What it has printed so far. */
  output(): string
  /** Stops it and removes its data. */
  dispose(): Promise<void>
}

export type Draft = Omit<PlayInput, 'id'> & { id?: string }
export type Env = Record<string, string | undefined>

/** Starts `dist/server.js` as `npm start` would, on a free port with an empty data directory, and waits until it is ready. */
export async function startServer({ env = {} }: { env?: Env } = {}): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sideline-e2e-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const owner = { email: 'owner@example.org', password: `plain-${randomUUID()}` }
  let settings: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    DEMO: '0',
    LOG_LEVEL: 'warn',
    ADMIN_EMAIL: owner.email,
    ADMIN_PASSWORD: owner.password,
    ...env,
  }
  let output = ''
  let child = await launch()

  async function launch(): Promise<ChildProcess> {
    const started = spawn(process.execPath, ['dist/server.js'], { cwd: ROOT, env: settings, stdio: ['ignore', 'pipe', 'pipe'] })
    // Whatever happens to the tests, nothing they started stays.
    const kill = () => started.kill('SIGKILL')
    process.once('exit', kill)
    started.once('exit', () => process.off('exit', kill))
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-100_000)
      })
    }
    const deadline = Date.now() + START_MS
    while (!(await isReady(url))) {
      if (hasEnded(started))
        throw new Error(`The server ended with ${started.exitCode ?? started.signalCode} before it was ready:\n${output}`)
      if (Date.now() > deadline) {
        started.kill('SIGKILL')
        throw new Error(`The server was not ready within ${START_MS / 1000} s:\n${output}`)
      }
      await sleep(50)
    }
    return started
  }

  const server: Server = {
    url,
    port,
    dataDir,
    owner,
    token: '',
    output: () => output,
    async api<T>(
      path: string,
      body?: unknown,
      options: { method?: string; token?: string | null; headers?: Record<string, string> } = {},
    ): Promise<Answer<T>> {
      const { method = body === undefined ? 'GET' : 'POST', token = server.token, headers = {} } = options
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json')
      return { status: response.status, headers: response.headers, body: (isJson && text ? JSON.parse(text) : text) as T }
    },
    async createGame(input = {}) {
      const word = randomUUID().slice(0, 6)
      const game = {
        sport: 'basketball',
        home: { name: `Home ${word}` },
        away: { name: `Away ${word}` },
        startsAt: new Date().toISOString(),
      }
      return expectMade<{ game: Game }>(await server.api('/api/v1/games', { ...game, ...input })).game
    },
    async play(gameId, plays) {
      const list = Array.isArray(plays) ? plays : [plays]
      const withIds = list.map(play => ({ id: randomUUID(), ...play }))
      return expectMade<Recorded>(await server.api(`/api/v1/games/${gameId}/plays`, withIds))
    },
    async sideline(...args) {
      const run = promisify(execFile)
      const { stdout } = await run(process.execPath, ['scripts/run.mjs', 'sideline', ...args], {
        cwd: ROOT,
        env: settings,
      })
      return stdout
    },
    stop: (signal = 'SIGTERM') => end(child, signal),
    async restart({ signal = 'SIGTERM', env: changes = {} } = {}) {
      await end(child, signal)
      settings = { ...settings, ...changes }
      child = await launch()
    },
    async dispose() {
      await end(child, 'SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
  try {
    const made = await server.sideline('token', 'create', '--name', 'tests', '--scope', 'score,manage', '--json')
    server.token = (JSON.parse(made) as { token: string }).token
  } catch (error) {
    await server.dispose()
    throw error
  }
  return server
}

function expectMade<T>({ status, body }: Answer<unknown>): T {
  if (status !== 200 && status !== 201) throw new Error(`The server answered ${status}: ${JSON.stringify(body)}`)
  return body as T
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (!hasEnded(child)) {
    const ended = new Promise(resolve => child.once('exit', resolve))
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
    child.kill(signal)
    await ended
    clearTimeout(timer)
  }
  return child.exitCode
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(1000) })).ok
  } catch {
    return false
  }
}
