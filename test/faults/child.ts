import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** A program of these tests in a process of its own. */
export interface Child {
  process: ChildProcess
  /** What it has said so far. */
  lines: string[]
  /** Waits for a line that begins so; answers the rest of it, in words. */
  heard(start: string): Promise<string[]>
  /** By which signal or with which code it ended. */
  ended: Promise<string | number | null>
}

const WAIT_MS = 60_000

export function startChild(program: string, args: string[], env: Record<string, string> = {}): Child {
  const started = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL(program, import.meta.url)), ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  // Whatever happens to the tests, nothing they started stays.
  const kill = () => started.kill('SIGKILL')
  process.once('exit', kill)
  const ended = once(started, 'close').then(([code, signal]: (string | number | null)[]) => {
    process.off('exit', kill)
    return signal ?? code ?? null
  })
  const lines: string[] = []
  if (started.stdout) createInterface({ input: started.stdout }).on('line', line => lines.push(line))
  return {
    process: started,
    lines,
    ended,
    async heard(start) {
      const since = performance.now()
      for (;;) {
        const line = lines.find(said => said.startsWith(`${start} `) || said === start)
        if (line !== undefined) return line.slice(start.length).trim().split(' ')
        if (started.exitCode !== null || started.signalCode !== null || performance.now() - since > WAIT_MS)
          throw new Error(`${program} ${args.slice(1).join(' ')} never said "${start}", but:\n${lines.slice(-20).join('\n')}`)
        await new Promise(done => setTimeout(done, 10))
      }
    },
  }
}
