import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { findRedis } from '#scripts/setup/databases.mjs'
import { freePort } from '#test/free-port.ts'

const START_MS = 30_000

/** A Redis of a test's own, which keeps nothing: killed and started again, it is empty. */
export interface RedisForTests {
  port: number
  url: string
  /** SIGKILL. */
  kill(): Promise<void>
  /** The same port again. */
  start(): Promise<void>
  /** It stands still, its connections open, as a machine that has hung. */
  freeze(): void
  thaw(): void
  /** One command, on a connection of its own; its answer as Redis writes it. */
  ask(command: string): Promise<string>
  dispose(): Promise<void>
}

export async function startRedis(): Promise<RedisForTests> {
  const program = findRedis()
  if (!program) throw new Error('These tests need Redis: install the package "redis-server", or put it in PATH')
  const folder = mkdtempSync(join(tmpdir(), 'sideline-redis-'))
  const port = await freePort()
  let child: ChildProcess | null = null
  // Whatever happens to the tests, nothing they started stays.
  const killNow = () => child?.kill('SIGKILL')
  process.once('exit', killNow)

  const redis: RedisForTests = {
    port,
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
      const started = spawn(program, options, { stdio: 'ignore' })
      child = started
      const deadline = Date.now() + START_MS
      while ((await redis.ask('PING').catch(() => '')) !== '+PONG') {
        if (started.exitCode !== null || Date.now() > deadline) throw new Error('Redis does not start')
        await sleep(20)
      }
    },
    async kill() {
      const killed = child
      child = null
      if (!killed || killed.exitCode !== null || killed.signalCode !== null) return
      const ended = once(killed, 'exit')
      killed.kill('SIGKILL')
      await ended
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async ask(command) {
      const socket = connect({ port, host: '127.0.0.1' })
      try {
        await once(socket, 'connect', { signal: AbortSignal.timeout(15_000) })
        socket.write(`${command}\r\n`)
        const [answer] = (await once(socket, 'data', { signal: AbortSignal.timeout(15_000) })) as [Buffer]
        return answer.toString('utf8').trimEnd()
      } finally {
        socket.on('error', () => {}).destroy()
      }
    },
    async dispose() {
      process.off('exit', killNow)
      await redis.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await redis.start()
  return redis
}
