import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Update } from './orders.ts'

export type PeerKind = 'socketio' | 'ws'
export interface Peer {
  port: number
  one(id: string): Promise<void>
  /** Resolves to the updates it sent, besides the last. */
  flood(ms: number): Promise<number>
  /** Resident memory, bytes. */
  memory(): number
  stop(): Promise<void>
}

/** Starts one in a process of its own. */
export async function startPeer(kind: PeerKind, sample: Update): Promise<Peer> {
  const file = join(mkdtempSync(join(tmpdir(), 'sideline-bench-')), 'update.json')
  writeFileSync(file, JSON.stringify(sample))
  const source = fileURLToPath(new URL(`./peer-${kind}.ts`, import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', source, file], {
    cwd: dirname(fileURLToPath(new URL('.', import.meta.url))),
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const ended = new Promise<void>(done => child.once('exit', () => done()))
  void ended.then(() => process.off('exit', kill))
  const lines = createInterface(child.stdout)
  const answer = <T>() => new Promise<T>(done => lines.once('line', line => done(JSON.parse(line) as T)))
  const ask = async <T>(order: string): Promise<T> => {
    const answered = answer<T>()
    child.stdin.write(`${order}\n`)
    return answered
  }
  const { port } = await answer<{ port: number }>()
  return {
    port,
    one: async id => void (await ask(`one ${id}`)),
    flood: async ms => (await ask<{ sent: number }>(`flood ${ms}`)).sent,
    memory: () => memoryOf(child.pid as number),
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}

export function memoryOf(pid: number): number {
  const [, kilobytes = '0'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1024
}
