import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, renameSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export const NEEDLE = '"id":"bench-'
export const LAST = '"id":"final-'
const SOCKET_IO = '/socket.io/?EIO=4&transport=websocket'
const IN_FLIGHT = Number(process.env.IN_FLIGHT ?? 100)
const PATIENCE_MS = 120_000

export interface Count {
  open: number
  /** Plays that came, to whomever. */
  hits: number
  /** Fans that are connected and have what was sent last; plays that came to them. */
  atHead: number
  headHits: number
  frames: number
  bytes: number
  failed: number
  /** Of the first and the last that came. Microseconds, like the ages. */
  firstAt: number
  lastAt: number
  p50: number
  p99: number
  max: number
}
interface Happening {
  event: string
  at: number
  ms: number
  failed: number
}

export interface SwarmOptions {
  port: number
  fans: number
  /** What each says once it is connected, and how the answer begins. */
  join: string
  joined: string
  isRaw?: boolean
}

/** Fans in a process of their own, in C where there is a compiler and in JavaScript where there is none. */
export interface Swarm {
  count(): Promise<Count>
  reset(): Promise<void>
  joinWith(frame: string): Promise<void>
  comeBack(): Promise<void>
  /** Resolves when all have joined. */
  whenReady(): Promise<Happening>
  /** Counts until it is so. */
  until(isSo: (count: Count) => boolean, withinMs?: number): Promise<Count>
  stop(): Promise<void>
}

/** The moment by the clock that all processes share, in microseconds, never the same twice. */
export function stampNow(): string {
  newest = Math.max(newest + 1, Number(process.hrtime.bigint() / 1_000n))
  return String(newest).padStart(16, '0')
}
let newest = 0
export const microseconds = () => Number(process.hrtime.bigint() / 1_000n)

let program: string[] | undefined
function client(): string[] {
  program ??= compiled() ?? [process.execPath, '--import', 'tsx', fileURLToPath(new URL('./swarm-node.ts', import.meta.url))]
  return program
}
export const isCompiled = () => client().length === 1

function compiled(): string[] | null {
  const source = fileURLToPath(new URL('./swarm.c', import.meta.url))
  if (process.env.SWARM === 'node') return null
  const made = join(tmpdir(), `sideline-swarm-${createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 12)}`)
  try {
    if (!existsSync(made)) {
      const fresh = join(mkdtempSync(join(tmpdir(), 'sideline-swarm-')), 'swarm')
      execFileSync('gcc', ['-O2', '-o', fresh, source], { stdio: 'pipe' })
      renameSync(fresh, made)
    }
    return [made]
  } catch {
    return null
  }
}

export function openSwarm({ port, fans, join: first, joined, isRaw }: SwarmOptions): Swarm {
  const [command = '', ...before] = client()
  const args = [port, fans, isRaw ? '/' : SOCKET_IO, isRaw ? 'raw' : 'sio', first, joined, NEEDLE, LAST, IN_FLIGHT].map(String)
  const child: ChildProcess = spawn(command, [...before, ...args], {
    cwd: dirname(fileURLToPath(new URL('.', import.meta.url))),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<void>(done => child.once('exit', () => done()))
  void ended.then(() => process.off('exit', kill))
  const waiting = new Map<string, ((happening: never) => void)[]>()
  if (child.stdout)
    createInterface(child.stdout).on('line', line => {
      const happening = JSON.parse(line) as Happening
      for (const tell of waiting.get(happening.event)?.splice(0) ?? []) tell(happening as never)
    })
  const heard = <T>(event: string): Promise<T> => {
    let timer: NodeJS.Timeout
    return Promise.race([
      new Promise<T>(done => waiting.set(event, [...(waiting.get(event) ?? []), done as never])),
      ended.then(() => Promise.reject(new Error('The load client has ended.'))),
      new Promise<T>((_, fail) => {
        timer = setTimeout(() => fail(new Error(`The load client did not say "${event}" in time.`)), PATIENCE_MS)
      }),
    ]).finally(() => clearTimeout(timer))
  }
  const ask = <T>(line: string, event: string): Promise<T> => {
    const answer = heard<T>(event)
    child.stdin?.write(`${line}\n`)
    return answer
  }
  const swarm: Swarm = {
    count: () => ask<Count>('count', 'count'),
    reset: () => ask('reset', 'reset'),
    joinWith: frame => ask(`join ${frame}`, 'join'),
    comeBack: () => ask('again', 'again'),
    whenReady: () => heard<Happening>('ready'),
    async until(isSo, withinMs = 20_000) {
      const end = performance.now() + withinMs
      for (;;) {
        const count = await swarm.count()
        if (isSo(count) || performance.now() > end) return count
        await new Promise(done => setTimeout(done, 10))
      }
    },
    async stop() {
      child.stdin?.write('quit\n')
      await ended
    },
  }
  return swarm
}
