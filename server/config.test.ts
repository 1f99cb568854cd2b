import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'sideline-config-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function configOf(env: Record<string, string>) {
  const loaded = loadConfig(env)
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'))
  return loaded.config
}
function problemsOf(env: Record<string, string>) {
  const loaded = loadConfig(env)
  return loaded.ok ? [] : loaded.problems
}
function file(name: string, content: string, mode = 0o600) {
  const path = join(dir, name)
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

describe('loadConfig', () => {
  it('needs nothing', () => {
    expect(configOf({})).toMatchObject({
      port: 3000,
      host: '0.0.0.0',
      dataDir: resolve('data'),
      databaseUrl: null,
      publicOrigin: null,
      isSecure: false,
      timeZone: 'UTC',
      owner: null,
      isDemoWanted: true,
      logLevel: 'info',
      maxConnectionsPerAddress: 2000,
      workers: 1,
    })
  })

  it('takes an empty variable for an unset one', () => {
    const names = ['PORT', 'HOST', 'DATA_DIR', 'DATABASE_URL', 'REDIS_URL', 'PUBLIC_URL', 'PUBLIC_TZ', 'TRUSTED_PROXIES', 'DEMO', 'WORKERS']
    expect(configOf(Object.fromEntries(names.map(name => [name, ' '])))).toMatchObject({
      port: 3000,
      publicOrigin: null,
      isDemoWanted: true,
    })
    expect(configOf({ ADMIN_EMAIL: '', ADMIN_PASSWORD: '', ADMIN_PASSWORD_FILE: '' }).owner).toBeNull()
  })

  it('reads every setting', () => {
    const config = configOf({
      PORT: '0',
      HOST: '::1',
      DATA_DIR: dir,
      PUBLIC_URL: 'https://Scores.Example:8443/',
      PUBLIC_TZ: 'Europe/Lisbon',
      TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8 192.0.2.4',
      ADMIN_EMAIL: 'Owner@Club.example',
      ADMIN_PASSWORD: 'turnstile seven',
      DEMO: '0',
      LOG_LEVEL: 'WARN',
      MAX_CONNECTIONS_PER_IP: '0',
      WORKERS: '4',
    })
    expect(config).toMatchObject({
      port: 0,
      host: '::1',
      dataDir: dir,
      publicOrigin: 'https://scores.example:8443',
      isSecure: true,
      timeZone: 'Europe/Lisbon',
      owner: { email: 'owner@club.example', password: 'turnstile seven' },
      isDemoWanted: false,
      logLevel: 'warn',
      maxConnectionsPerAddress: 0,
      workers: 4,
    })
    expect(config.trustedProxies.check('10.3.2.1')).toBe(true)
    expect(config.trustedProxies.check('192.0.2.4')).toBe(true)
    expect(config.trustedProxies.check('192.0.2.5')).toBe(false)
    expect(configOf({ PUBLIC_URL: 'http://hall:3000' })).toMatchObject({ publicOrigin: 'http://hall:3000', isSecure: false })
  })

  it.each([
    ['PORT', 'abc'],
    ['PORT', '70000'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '1e3'],
    ['PORT', '٣'],
    ['HOST', 'http://x'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'scores.example'],
    ['PUBLIC_URL', 'ftp://scores.example'],
    ['PUBLIC_URL', 'https://scores.example/league'],
    ['PUBLIC_URL', 'https://scores.example/?x'],
    ['PUBLIC_URL', 'https:scores.example'],
    ['PUBLIC_URL', 'https://user:CANARY@scores.example'],
    ['PUBLIC_TZ', 'Mars/Olympus'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['DEMO', 'maybe'],
    ['LOG_LEVEL', 'loud'],
    ['MAX_CONNECTIONS_PER_IP', 'many'],
    ['WORKERS', '0'],
    ['WORKERS', '65'],
    ['WORKERS', '2.5'],
    ['WORKERS', 'auto'],
    ['DATABASE_URL', 'CANARY'],
    ['DATABASE_URL', 'mysql://club:CANARY@db/sideline'],
    ['DATABASE_URL', 'postgres:club:CANARY@db/sideline'],
    ['DATABASE_URL', 'postgres://club:CAN/ARY@db/sideline'],
    ['DATABASE_URL', 'postgres://club:CANARY%@db/sideline'],
    ['DATABASE_URL', 'postgres://club:x@db/sideline#CANARY'],
    ['DATABASE_URL', 'postgres://club:CANARY@db'],
    ['DATABASE_URL', 'postgres://club:CANARY@db/'],
    ['DATABASE_URL', 'postgres://club:CANARY@db/a/b'],
    ['DATABASE_URL', 'postgres://club:CANARY@/sideline'],
    ['DATABASE_URL', 'postgres://club:CANARY@db:99999/sideline'],
    ['DATABASE_URL', 'postgres://club:CANARY@db/sideline?CANARY=1'],
    ['DATABASE_URL', 'postgres://club:CANARY@db/sideline?sslmode=CANARY'],
    ['DATABASE_URL', 'postgres://club:CANARY@db/sideline?sslmode=verify-ca'],
    ['REDIS_URL', 'redis://:CANARY@cache'],
  ])('F29 refuses %s=%s in one line that names it', (name, value) => {
    const problems = problemsOf({ [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${name}: .{10}`))
    expect(problems[0]).not.toContain('\n')
    expect(problems[0]).not.toContain('CANARY')
  })

  it('F29 lists every problem at once', () => {
    const problems = problemsOf({ PORT: 'abc', PUBLIC_TZ: 'x/y', TRUSTED_PROXIES: 'a,b', ADMIN_EMAIL: 'nobody' })
    expect(problems.map(line => line.split(':')[0])).toEqual([
      'PORT',
      'PUBLIC_TZ',
      'TRUSTED_PROXIES',
      'TRUSTED_PROXIES',
      'ADMIN_EMAIL',
      'ADMIN_PASSWORD',
    ])
  })

  it('prints no control characters of a value', () => {
    expect(problemsOf({ PORT: `1\u001b[31m\n${'9'.repeat(500)}` })[0]).toMatch(/^[\x20-\x7e…]{1,200}$/)
  })

  it.each([
    [{ ADMIN_PASSWORD: 'turnstile seven' }, 'ADMIN_EMAIL'],
    [{ ADMIN_EMAIL: 'owner@club.example' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_EMAIL: 'owner@club.example', ADMIN_PASSWORD: 'short' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_EMAIL: 'owner@club.example', ADMIN_PASSWORD: 'change-me' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_EMAIL: 'owner@club.example', ADMIN_PASSWORD: 'owner@club.example' }, 'ADMIN_PASSWORD'],
    [{ ADMIN_EMAIL: 'owner', ADMIN_PASSWORD: 'turnstile seven' }, 'ADMIN_EMAIL'],
  ] as [Record<string, string>, string][])('no default owner exists: %o names %s', (env, name) => {
    const problems = problemsOf(env)
    expect(problems).toHaveLength(1)
    expect(problems[0]?.startsWith(`${name}: `)).toBe(true)
    if (env.ADMIN_PASSWORD === 'short') expect(problems[0]).not.toContain('short')
  })

  it('reads secrets from files', () => {
    const path = file('password', 'turnstile seven\n')
    expect(configOf({ ADMIN_EMAIL: 'owner@club.example', ADMIN_PASSWORD_FILE: path }).owner?.password).toBe('turnstile seven')
    const both = problemsOf({ ADMIN_EMAIL: 'owner@club.example', ADMIN_PASSWORD: 'turnstile six', ADMIN_PASSWORD_FILE: path })
    expect(both[0]).toMatch(/^ADMIN_PASSWORD: is set, and ADMIN_PASSWORD_FILE too/)
    expect(problemsOf({ DATABASE_URL_FILE: file('url', 'postgres://CANARY') })[0]).toMatch(/^DATABASE_URL: /)
    const url = 'postgres://club:p%40ss@db.example:6432/sideline?sslmode=verify-full'
    expect(configOf({ DATABASE_URL_FILE: file('url', `${url}\n`) }).databaseUrl).toBe(url)
    for (const good of [
      'postgresql://db/sideline',
      'postgres://club@[::1]/sideline',
      'postgres:///sideline?host=/run/postgresql&user=club',
    ]) {
      expect(configOf({ DATABASE_URL: good }).databaseUrl).toBe(good)
    }
  })

  it('F29 refuses a secret file that is missing, open to everybody, or no file', () => {
    const env = (path: string) => ({ ADMIN_EMAIL: 'owner@club.example', ADMIN_PASSWORD_FILE: path })
    expect(problemsOf(env(join(dir, 'none')))[0]).toMatch(/^ADMIN_PASSWORD_FILE: .*ENOENT/)
    expect(problemsOf(env(file('open', 'turnstile seven', 0o644)))[0]).toMatch(/^ADMIN_PASSWORD_FILE: .*chmod 600/)
    expect(problemsOf(env(dir))[0]).toMatch(/^ADMIN_PASSWORD_FILE: .*not a file/)
    expect(problemsOf(env(file('long', 'x'.repeat(20_000))))[0]).toMatch(/^ADMIN_PASSWORD_FILE: .*too long/)
  })
})
