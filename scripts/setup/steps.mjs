// Running other programs: quietly as a step with its elapsed seconds, or in the foreground.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const TAIL_LINES = 40
const QUIET_REPORT_SECONDS = 15
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** A failure whose message is all the reader needs: it is printed without a stack. */
export class PlainError extends Error {
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** The signal reached us in the middle of a step: end silently with the shell's code for it. */
class Interrupted extends PlainError {
  constructor(signal) {
    super('', { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal] ?? 1)
  }
}

/** Runs the whole of a command and turns expected failures into one line and an exit code. */
export async function main(run) {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof PlainError)) throw error
    if (error.message) process.stderr.write(`${error.message}\n`)
    process.exit(error.exitCode)
  }
}

/**
 * Runs a program without showing its output; shows the title and the seconds instead, and the tail of the output if it fails.
 * @param {string} title what is being done, as in "Installing packages"
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, out?: NodeJS.WriteStream, optional?: boolean }} options `optional`: answer false instead of failing
 */
export async function step(title, program, args, { env = process.env, out = process.stdout, optional = false } = {}) {
  const progress = showProgress(title, out)
  const tail = []
  const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', text => {
      tail.push(text)
      if (tail.length > 500) tail.splice(0, 250)
    })
  }
  const { code, signal, interruptedBy } = await ended(child)
  if (interruptedBy) {
    progress.end('stopped')
    throw new Interrupted(interruptedBy)
  }
  if (code === 0) {
    progress.end('done')
    return true
  }
  progress.end('failed')
  if (optional) return false
  const lines = tail.join('').trimEnd().split('\n').slice(-TAIL_LINES)
  throw new PlainError(`${lines.join('\n')}\n\n${title} failed (${signal ?? `exit code ${code}`}); the end of its output is above.`)
}

/** Runs a program in our place: our terminal, our signals, and in the end its exit code becomes ours. */
export async function foreground(program, args, env = process.env) {
  const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' })
  const { code, signal } = await ended(child)
  return code ?? { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 }[signal] ?? 1
}

function ended(child) {
  return new Promise((resolve, reject) => {
    let interruptedBy
    const passOn = signal => {
      interruptedBy = signal
      child.kill(signal)
    }
    for (const signal of PASSED_ON) process.on(signal, passOn)
    const finish = () => {
      for (const signal of PASSED_ON) process.off(signal, passOn)
    }
    child.once('error', error => {
      finish()
      reject(new PlainError(`Cannot run ${child.spawnfile}: ${error.message}`))
    })
    child.once('close', (code, signal) => {
      finish()
      resolve({ code, signal, interruptedBy })
    })
  })
}

function showProgress(title, out) {
  const began = performance.now()
  const seconds = () => Math.round((performance.now() - began) / 1000)
  const show = out.isTTY ? word => out.write(`\r  ${title} … ${word}   `) : word => out.write(`  ${title} … ${word}\n`)
  if (out.isTTY) show('')
  else out.write(`  ${title} …\n`)
  const timer = setInterval(() => show(`${seconds()} s`), out.isTTY ? 1000 : QUIET_REPORT_SECONDS * 1000)
  return {
    end(word) {
      clearInterval(timer)
      show(`${word}, ${seconds()} s`)
      if (out.isTTY) out.write('\n')
    },
  }
}
