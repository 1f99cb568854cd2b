import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { areDependenciesCurrent } from './dependencies.mjs'
import { withLock } from './lock.mjs'
import { refuseTakenPort } from './port.mjs'
import { fingerprint } from './product.mjs'

const silent = { write: () => true }
let folder

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sideline-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function put(path, content) {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content))
}

describe('dependencies', () => {
  const lock = {
    packages: {
      '': { name: 'sideline' },
      'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
      'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-e', optional: true },
    },
  }
  const installed = { packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } } }

  it('are current when all but other platforms’ binaries are installed as locked', () => {
    put('package-lock.json', lock)
    put('node_modules/.package-lock.json', installed)
    expect(areDependenciesCurrent(folder)).toBe(true)
  })

  it('are out of date after a new version, a removal, a broken install and before the first', () => {
    put('package-lock.json', lock)
    expect(areDependenciesCurrent(folder)).toBe(false)
    put('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '0.9.0', integrity: 'sha512-old' } } })
    expect(areDependenciesCurrent(folder)).toBe(false)
    put('node_modules/.package-lock.json', { packages: { ...installed.packages, 'node_modules/gone': { version: '1.0.0' } } })
    expect(areDependenciesCurrent(folder)).toBe(false)
    put('node_modules/.package-lock.json', '{"packages":')
    expect(areDependenciesCurrent(folder)).toBe(false)
  })
})

describe('fingerprint', () => {
  it('follows content, names and folders, and nothing that is not shipped', () => {
    put('server.ts', 'one')
    put('app/page.tsx', 'two')
    const before = fingerprint(folder)
    put('app/page.test.tsx', 'a test')
    put('docs/notes.md', 'words')
    expect(fingerprint(folder)).toBe(before)
    put('app/page.tsx', 'three')
    const changed = fingerprint(folder)
    expect(changed).not.toBe(before)
    put('app/deeper/page.tsx', '')
    expect(fingerprint(folder)).not.toBe(changed)
  })
})

describe('lock', () => {
  it('lets one in at a time', async () => {
    const file = join(folder, 'deep', 'lock')
    let inside = 0
    let most = 0
    const visit = () =>
      withLock(
        async () => {
          inside += 1
          most = Math.max(most, inside)
          await new Promise(resolve => setTimeout(resolve, 20))
          inside -= 1
        },
        { file, out: silent },
      )
    await Promise.all([visit(), visit(), visit(), visit()])
    expect(most).toBe(1)
  })

  it('is let go when the work fails', async () => {
    const file = join(folder, 'lock')
    const failing = withLock(() => Promise.reject(new Error('no')), { file, out: silent })
    await expect(failing).rejects.toThrow('no')
    expect(await withLock(() => 'free', { file, out: silent })).toBe('free')
  })

  it('does not outlive a killed holder', async () => {
    const file = join(folder, 'lock')
    const holder = spawn(process.execPath, ['--input-type=module', '-e', holding(file)], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise(resolve => holder.stdout.once('data', resolve))
    const gone = new Promise(resolve => holder.once('exit', resolve))
    holder.kill('SIGKILL')
    await gone
    expect(readFileSync(file, 'utf8')).toContain(String(holder.pid))
    expect(await withLock(() => 'free', { file, out: silent })).toBe('free')
  })

  it('waits for a holder on another host, until that one has been silent for long', async () => {
    const file = join(folder, 'lock')
    writeFileSync(file, JSON.stringify({ pid: 1, host: `not-${hostname()}`, nonce: 'x' }))
    let isFree = false
    const waiting = withLock(() => isFree, { file, out: silent })
    await new Promise(resolve => setTimeout(resolve, 600))
    isFree = true
    const longAgo = new Date(Date.now() - 60_000)
    utimesSync(file, longAgo, longAgo)
    expect(await waiting).toBe(true)
  })
})

describe('port', () => {
  it('is refused in one line when taken, and left alone when free or no port at all', async () => {
    const other = createServer()
    await new Promise(resolve => other.listen(0, '127.0.0.1', resolve))
    const PORT = String(other.address().port)
    await expect(refuseTakenPort({ PORT, HOST: '127.0.0.1' })).rejects.toThrow(`PORT: ${PORT} is taken`)
    await new Promise(resolve => other.close(resolve))
    await refuseTakenPort({ PORT, HOST: '127.0.0.1' })
    await refuseTakenPort({ PORT: 'abc', HOST: '127.0.0.1' })
  })
})

function holding(file) {
  const lock = new URL('./lock.mjs', import.meta.url).href
  return `import { withLock } from ${JSON.stringify(lock)}
    await withLock(() => { console.log('held'); return new Promise(resolve => setTimeout(resolve, 60_000)) }, { file: ${JSON.stringify(file)} })`
}
