import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until.ts'

/** Faults put into the system calls of a running process. */
export interface Tampering {
  /** What was tampered with, a line each. */
  hits(): string[]
  stop(): Promise<void>
}

/**
 * @param file only calls on this file count
 * @param fault in the words of strace: `error=EIO:when=3+`, `signal=SIGKILL:when=2`
 */
export async function tamper(pid: number, file: string, calls: string, fault: string): Promise<Tampering> {
  const folder = mkdtempSync(join(tmpdir(), 'sideline-strace-'))
  const log = join(folder, 'log')
  const child = spawn(
    'strace',
    ['-f', '-p', String(pid), '-P', file, '-e', `trace=${calls}`, '-e', `inject=${calls}:${fault}`, '-o', log],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const ended = new Promise<void>(done => child.once('close', () => done()))
  await until(() => said.includes('attached') || child.exitCode !== null)
  if (child.exitCode !== null) throw new Error(`strace: ${said}`)
  const read = () => {
    try {
      return readFileSync(log, 'utf8').split('\n').filter(Boolean)
    } catch {
      return []
    }
  }
  return {
    hits: () => read().filter(line => line.includes('INJECTED') || line.includes('killed by')),
    async stop() {
      child.kill('SIGINT')
      const timer = setTimeout(kill, 2_000)
      await ended
      clearTimeout(timer)
      process.off('exit', kill)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
