// One preparation at a time in a checkout: two commands started together must not install or build into each other.

import { linkSync, mkdirSync, readFileSync, renameSync, statSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PlainError, ROOT } from './steps.mjs'

const BEAT_MS = 2_000
// A holder on another host (a shared folder, a container) cannot be asked whether it lives; it is dead when it stops touching the file.
const SILENT_MS = 30_000
const RETRY_MS = 250

/** Waits for the checkout's lock, runs `work` and lets go, whatever happens in it. */
export async function withLock(work, { out = process.stdout, file = join(ROOT, 'dist', '.lock') } = {}) {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), nonce: Math.random().toString(36).slice(2) })
  let isWaiting = false
  while (!take(file, mine)) {
    if (clearIfDead(file)) continue
    if (!isWaiting) out.write('  Waiting for another command that prepares this checkout …\n')
    isWaiting = true
    await sleep(RETRY_MS)
  }
  const beat = setInterval(() => touch(file), BEAT_MS)
  const leave = () => remove(file, mine)
  process.once('exit', leave)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    process.off('exit', leave)
    leave()
  }
}

function take(file, mine) {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(draft, mine)
  } catch (error) {
    throw new PlainError(`Cannot write in ${dirname(file)} (${error.code}): what is built is kept there.`)
  }
  try {
    // A link appears whole or not at all, so nobody reads a lock that is still being written.
    linkSync(draft, file)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

function clearIfDead(file) {
  const found = read(file)
  if (found === undefined) return true
  if (isHeld(file, found)) return false
  const aside = `${file}.${process.pid}.dead`
  try {
    renameSync(file, aside)
  } catch {
    return true
  }
  // Somebody faster may have cleared it and taken a fresh lock between the look and the rename: give that one back.
  if (read(aside) !== found) {
    try {
      linkSync(aside, file)
    } catch {}
  }
  unlinkSync(aside)
  return true
}

function isHeld(file, content) {
  let holder
  try {
    holder = JSON.parse(content)
  } catch {
    return false
  }
  if (holder.host === hostname() && !isAlive(holder.pid)) return false
  try {
    return Date.now() - statSync(file).mtimeMs < SILENT_MS
  } catch {
    return false
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

function touch(file) {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch {}
}

function remove(file, mine) {
  if (read(file) !== mine) return
  try {
    unlinkSync(file)
  } catch {}
}
