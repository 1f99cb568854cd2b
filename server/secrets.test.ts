import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isOpenToOthers, isSameText, openSecrets } from './secrets.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-secrets-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

function open(path = dir) {
  const opened = openSecrets(path)
  if (!opened.ok) throw new Error(opened.problem)
  return opened.secrets
}

describe('openSecrets', () => {
  it('makes the secret at the first start, for its owner alone, and keeps it', () => {
    const fresh = join(dir, 'data')
    const first = open(fresh)
    expect(first.auth).toMatch(/^[\w-]{64}$/)
    expect(statSync(fresh).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(fresh)) expect(statSync(join(fresh, name)).mode & 0o777).toBe(0o600)
    expect(open(fresh).auth).toBe(first.auth)
    expect(readdirSync(fresh)).toEqual(['auth.secret'])
  })

  it('makes the set-up token once, and knows it as people type it', () => {
    const secrets = open()
    const token = secrets.setupToken()
    expect(token).toMatch(/^([2-9a-z]{4}-){5}[2-9a-z]{4}$/)
    expect(secrets.setupToken()).toBe(token)
    expect(open().setupToken()).toBe(token)
    expect(statSync(join(dir, 'setup.token')).mode & 0o777).toBe(0o600)
    expect(secrets.isSetupToken(token)).toBe(true)
    expect(secrets.isSetupToken(` ${token.toUpperCase().replaceAll('-', ' ')} `)).toBe(true)
    expect(secrets.isSetupToken(token.slice(0, -1))).toBe(false)
    expect(secrets.isSetupToken('')).toBe(false)
    secrets.dropSetupToken()
    secrets.dropSetupToken()
    expect(secrets.isSetupToken(token)).toBe(false)
    expect(secrets.isSetupToken('')).toBe(false)
  })

  it.each(['auth.secret', 'setup.token'])('F29 refuses a %s that everybody may read, in one line without the secret', name => {
    const secrets = open()
    secrets.setupToken()
    chmodSync(join(dir, name), 0o644)
    const again = openSecrets(dir)
    expect(again.ok).toBe(false)
    if (again.ok) return
    expect(again.problem).toContain('chmod 600')
    expect(again.problem).not.toContain('\n')
    expect(again.problem).not.toContain(readFileSync(join(dir, name), 'utf8').trim())
  })

  it('F29 says what is wrong with a damaged secret or directory', () => {
    writeFileSync(join(dir, 'auth.secret'), 'short\n', { mode: 0o600 })
    expect(openSecrets(dir)).toMatchObject({ ok: false, problem: expect.stringMatching(/^DATA_DIR: .*damaged/) })
    const file = join(dir, 'file')
    writeFileSync(file, '')
    expect(openSecrets(file)).toMatchObject({ ok: false, problem: expect.stringMatching(/^DATA_DIR: .*not a directory/) })
    expect(openSecrets(join(file, 'below'))).toMatchObject({ ok: false, problem: expect.stringMatching(/^DATA_DIR: .*not a directory/) })
  })

  it('two first starts at once agree on one secret', async () => {
    const target = join(dir, 'both')
    mkdirSync(target)
    const { spawn } = await import('node:child_process')
    const code = `import('${new URL('./secrets.ts', import.meta.url).href}').then(m => process.stdout.write(m.openSecrets(${JSON.stringify(target)}).secrets.auth))`
    const run = () =>
      new Promise<string>(resolve => {
        const child = spawn(process.execPath, ['--import', 'tsx', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
        let out = ''
        child.stdout.on('data', chunk => {
          out += chunk
        })
        child.on('close', () => resolve(out))
      })
    const [one, other] = await Promise.all([run(), run()])
    expect(one).toMatch(/^[\w-]{64}$/)
    expect(other).toBe(one)
  }, 20_000)
})

describe('helpers', () => {
  it('a group may read a secret, others may not, and a container mounts its own as it likes', () => {
    expect(isOpenToOthers('/x', 0o100640)).toBe(false)
    expect(isOpenToOthers('/x', 0o100644)).toBe(true)
    expect(isOpenToOthers('/x', 0o100602)).toBe(true)
    expect(isOpenToOthers('/run/secrets/admin', 0o100444)).toBe(false)
  })
  it('isSameText compares whole texts', () => {
    expect(isSameText('abc', 'abc')).toBe(true)
    expect(isSameText('abc', 'abd')).toBe(false)
    expect(isSameText('abc', 'ab')).toBe(false)
    expect(isSameText('', '')).toBe(false)
  })
})
